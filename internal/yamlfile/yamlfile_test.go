package yamlfile

import (
	"reflect"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

type base struct {
	ID Word `yaml:"id,required"`
}

type item struct {
	base
	Place
	Per   float64    `yaml:"per"`
	Count int        `yaml:"conto"`
	On    bool       `yaml:"acceso"`
	Since atlas.Date `yaml:"dal"`
	Word  Word       `yaml:"parola"`
}

type doc struct {
	Title string            `yaml:"titolo"`
	Items []item            `yaml:"voci"`
	Free  map[string]string `yaml:"liberi"`
	One   *item             `yaml:"una"`
	Known map[Word]float64  `yaml:"noti"`
}

// said is what a list of problems prints.
func said(list *diag.List) string {
	var out []string
	for _, p := range list.Problems() {
		out = append(out, p.String())
	}
	return strings.Join(out, "\n")
}

func TestAGoodFileIsRead(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     doc
	}{
		{"of every kind", "titolo: 007\nvoci:\n  - {id: a, per: 1.5, conto: 3, acceso: true, dal: 2024-01-31}\nliberi: {x: y}\n",
			doc{Title: "007", Free: map[string]string{"x": "y"}, Items: []item{{base: base{Word{"a", Place{3, 10}}}, Place: Place{3, 6}, Per: 1.5, Count: 3, On: true, Since: 20240131}}}},
		{"literal block", "una:\n  id: x\n  parola: |-\n    uno\n    due\n", doc{One: &item{base: base{Word{"x", Place{2, 7}}}, Place: Place{2, 3}, Word: Word{"uno\ndue", Place{3, 11}}}}},
		{"folded block", "una:\n  id: x\n  parola: >-\n    uno\n    due\n", doc{One: &item{base: base{Word{"x", Place{2, 7}}}, Place: Place{2, 3}, Word: Word{"uno due", Place{3, 11}}}}},
		{"column in bytes", "una: {parola: \"è\", id: x}\n", doc{One: &item{base: base{Word{"x", Place{1, 25}}}, Place: Place{1, 7}, Word: Word{"è", Place{1, 15}}}}},
		{"empty value", "titolo: x\nuna:\n", doc{Title: "x"}},
		{"keys that know their place", "noti:\n  no: 1\n  due: 2.5\n", doc{Known: map[Word]float64{{"no", Place{2, 3}}: 1, {"due", Place{3, 3}}: 2.5}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			var d doc
			if !Decode([]byte(c.in), "x.yaml", &d, &list) || !reflect.DeepEqual(d, c.want) {
				t.Errorf("got %+v, want %+v\n%s", d, c.want, said(&list))
			}
		})
	}
}

func TestEveryFaultIsSaidAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"two unknown keys", "titoo: x\nvoci:\n  - id: a\n    pre: 3\n", "x.yaml:1:1: the key \"titoo\" is not known here\n    hint: did you mean \"titolo\"?\nx.yaml:4:5: the key \"pre\" is not known here\n    hint: did you mean \"per\"?"},
		{"key twice", "titolo: x\ntitolo: y\n", "x.yaml:2:1: the key \"titolo\" stands twice\n    hint: delete one of them"},
		{"key missing", "voci:\n  - per: 3\n    idd: a\n  - per: 3\n", "x.yaml:3:5: the key \"idd\" is not known here\n    hint: did you mean \"id\"?\nx.yaml:4:5: the key \"id\" is missing"},
		{"key empty", "voci:\n  - id:\n  - id: ''\n", "x.yaml:2:5: the key \"id\" is empty\nx.yaml:3:5: the key \"id\" is empty"},
		{"list wanted", "voci: a\n", "x.yaml:1:7: \"a\" stands here, want a list"},
		{"keys wanted", "voci:\n  - a\n", "x.yaml:2:5: \"a\" stands here, want keys with values"},
		{"text wanted", "titolo:\n  a: b\nuna:\n  id: [x]\n  parola: {y: z}\n", "x.yaml:2:3: keys stand here, want text\nx.yaml:4:7: a list stands here, want text\nx.yaml:5:12: keys stand here, want text"},
		{"numbers wanted", "una: {id: x, per: molto, conto: 1.000, acceso: sì}\n", "x.yaml:1:19: \"molto\" stands here, want a number\nx.yaml:1:33: \"1.000\" stands here, want a number in digits only\nx.yaml:1:48: \"sì\" stands here, want true or false"},
		{"date wanted", "una: {id: x, dal: ieri}\n", "x.yaml:1:19: \"ieri\" is not a date, want yyyy-mm-dd"},
		{"anchor", "titolo: &a b\n", "x.yaml:1:9: anchors, aliases and tags are not understood here\n    hint: write the value out"},
		{"two documents", "titolo: a\n---\ntitolo: b\n", "x.yaml:2:1: a second YAML document begins here, want one"},
		{"not UTF-8", "titolo: \xe8\n", "x.yaml: the file is not UTF-8\n    hint: save it as UTF-8"},
		{"no document", "# nothing\n", "x.yaml: the file is empty"},
		{"broken", "titolo: \"a\n", "x.yaml:1:9: this is not YAML: could not find end character of double-quoted text\n    hint: " + hintYAML},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if Decode([]byte(c.in), "x.yaml", new(doc), &list) {
				t.Error("was taken as good")
			}
			if got := said(&list); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestEntriesKeepTheirOrderAndPlaces(t *testing.T) {
	var list diag.List
	got := Entries([]byte("b: [1, ' x ']\na:\n  - c: d\nb: {e: f}\n"), "x.md", 3, &list)
	want := []Entry{
		{Key: Word{"b", Place{4, 1}}, Values: []Word{{"1", Place{4, 5}}, {"x", Place{4, 8}}}},
		{Key: Word{"a", Place{5, 1}}, Maps: [][]Entry{{{Key: Word{"c", Place{6, 5}}, Values: []Word{{"d", Place{6, 8}}}}}}},
		{Key: Word{"b", Place{7, 1}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got, want := said(&list), "x.md:7:1: the key \"b\" stands twice\n    hint: delete one of them\nx.md:7:5: keys stand here, want text"; got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestLeavesArePaths(t *testing.T) {
	var list diag.List
	got, ok := Leaves([]byte("a:\n  b: uno\n  c: 'due'\nd: |\n  tre\ne: 007\n"), "x.yaml", &list)
	want := []Leaf{
		{"a.b", Word{"uno", Place{2, 6}}, Place{2, 6}}, {"a.c", Word{"due", Place{3, 6}}, Place{3, 7}},
		{"d", Word{"tre\n", Place{4, 4}}, Place{4, 4}}, {"e", Word{"007", Place{6, 4}}, Place{6, 4}}}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	got, ok = Leaves([]byte("a: [x]\nb: {luogo}\nc: sì\nc: no\nd:\n"), "x.yaml", &list)
	const faults = `x.yaml:1:4: a list stands here, want text under keys
x.yaml:2:6: the key "b.luogo" is empty, want text
    hint: a text that begins with a brace stands between quotes
x.yaml:4:1: the key "c" stands twice
    hint: delete one of them
x.yaml:5:3: the key "d" is empty, want text
    hint: a text that begins with a brace stands between quotes`
	if ok || len(got) != 2 || said(&list) != faults {
		t.Errorf("%d leaves, and said\n%s", len(got), said(&list))
	}
}

func TestAnotherFilesProblemsDoNotCount(t *testing.T) {
	var list diag.List
	list.File("y.yaml", "something is wrong", "")
	if !Decode([]byte("titolo: x\n"), "x.yaml", new(doc), &list) {
		t.Error("a good file was refused")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("titolo: x\nvoci: [{id: a}]\n"))
	f.Add([]byte("a: &b\n  c: *b\n"))
	f.Add([]byte("? a\n: b\n<<: {c: !!str d}\ntitolo: |\n  é\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var list diag.List
		if ok := Decode(raw, "f.yaml", new(doc), &list); ok != (list.Len() == 0) {
			t.Fatalf("ok %v with %d problems", ok, list.Len())
		}
		Entries(raw, "f.yaml", 0, &list)
		Leaves(raw, "f.yaml", &list)
	})
}
