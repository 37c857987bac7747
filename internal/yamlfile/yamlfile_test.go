package yamlfile

import (
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

type item struct {
	ID    string     `yaml:"id"`
	Per   float64    `yaml:"per"`
	Since atlas.Date `yaml:"dal"`
}

type doc struct {
	Title string            `yaml:"titolo"`
	Items []item            `yaml:"voci"`
	Free  map[string]string `yaml:"liberi"`
}

func TestAGoodFileIsRead(t *testing.T) {
	var list diag.List
	var d doc
	ok := Decode([]byte("titolo: Prova\nvoci:\n  - {id: a, per: 1000, dal: 2024-01-31}\nliberi: {x: y}\n"), "x.yaml", 0, &d, &list)
	if !ok || d.Items[0].Per != 1000 || d.Items[0].Since != 20240131 || d.Free["x"] != "y" {
		t.Errorf("%+v %v", d, list.Problems())
	}
}

func TestEveryFaultIsSaidAtItsPlace(t *testing.T) {
	for _, c := range []struct {
		name, in string
		line     int
		want     string
	}{
		{"two unknown keys", "titoo: x\nvoci:\n  - id: a\n    pre: 3\n", 0, "x.yaml:1:1: the key \"titoo\" is not known here\n    hint: did you mean \"titolo\"?\nx.yaml:4:5: the key \"pre\" is not known here\n    hint: did you mean \"per\"?"},
		{"front matter", "x: 1\n", 3, "x.yaml:4:1: the key \"x\" is not known here\n    hint: known here: titolo, voci, liberi"},
		{"list wanted", "voci: a\n", 0, "x.yaml:1:7: \"a\" stands here, want a list"},
		{"keys wanted", "voci:\n  - a\n", 0, "x.yaml:2:5: \"a\" stands here, want keys with values"},
		{"text wanted", "titolo:\n  a: b\n", 0, "x.yaml:2:4: keys stand here, want text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if Decode([]byte(c.in), "x.yaml", c.line, new(doc), &list) {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.String())
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("titolo: x\nvoci: [{id: a}]\n"))
	f.Add([]byte("a: &b\n  c: *b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var list diag.List
		if !Decode(raw, "f.yaml", 0, new(doc), &list) && list.Len() == 0 {
			t.Fatal("refused without a reason")
		}
	})
}
