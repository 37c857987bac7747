package locale

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

// basics are the patterns every language needs, in one line.
const basics = `numero: {decimali: ",", migliaia: ".", percento: "{n} %", euro: "{n} €", milioni: "{n} mln", miliardi: "{n} mld"}
data: {mesi: a b c d e f g h i l m n, mesi_brevi: a b c d e f g h i l m n, primo: 1º, lunga: "{giorno}", breve: "{giorno}", mese: "{mese}"}
elenco: {e: e, ed: ed, o: o, od: o}
`

func words(t *testing.T, text string) (*Language, *diag.List) {
	t.Helper()
	var list diag.List
	l, _ := Load(fstest.MapFS{"it.yaml": {Data: []byte(basics + text)}}, &list, "it.yaml")
	return l, &list
}

func TestAMessageTakesItsValues(t *testing.T) {
	for _, c := range []struct {
		name, in string
		args     []Arg
		plain    string
		html     template.HTML
	}{
		{"fixed", "Vai al contenuto", nil, "Vai al contenuto", "Vai al contenuto"},
		{"escaped", "a < b & c", nil, "a < b & c", "a &lt; b &amp; c"},
		{"value", "di {di_luogo}!", []Arg{S("di_luogo", "<Roma>")}, "di <Roma>!", "di &lt;Roma&gt;!"},
		{"number", "{n} Comuni", []Arg{N("n", 7894)}, "7.894 Comuni", "7.894 Comuni"},
		{"decimals", "{n} punti", []Arg{F("n", 61.25, 1)}, "61,3 punti", "61,3 punti"},
		{"one", "{n, plural, one{# Comune} other{# Comuni}}", []Arg{N("n", 1)}, "1 Comune", "1 Comune"},
		{"other", "{n, plural, one{# Comune} other{# Comuni}}", []Arg{N("n", 1200)}, "1.200 Comuni", "1.200 Comuni"},
		{"exact", "{n, plural, =0{nessun Comune} one{# Comune} other{# Comuni}}", []Arg{N("n", 0)}, "nessun Comune", "nessun Comune"},
		{"one point zero is many", "{n, plural, one{# punto} other{# punti}}", []Arg{F("n", 1, 1)}, "1,0 punti", "1,0 punti"},
		{"by word", "{s, select, pagato{pagata} other{in corso}}", []Arg{S("s", "pagato")}, "pagata", "pagata"},
		{"by another word", "{s, select, pagato{pagata} other{in corso}}", []Arg{S("s", "x")}, "in corso", "in corso"},
		{"inside a branch", "{n, plural, one{{s, select, a{# x} other{# y}}} other{}}", []Arg{N("n", 1), S("s", "a")}, "1 x", "1 x"},
		{"strong", "**Nove** su {n}", []Arg{N("n", 9)}, "Nove su 9", "<b>Nove</b> su 9"},
		{"link", "vedi [le **regole**]({u}).", []Arg{S("u", "/metodo/?a&b")}, "vedi le regole.", `vedi <a href="/metodo/?a&amp;b">le <b>regole</b></a>.`},
		{"link to an anchor", "[sopra](#su)", nil, "sopra", `<a href="#su">sopra</a>`},
		{"script address", "[x]({u})", []Arg{S("u", "javascript:alert(1)")}, "x", `<a href="#">x</a>`},
		{"markup", "{m}.", []Arg{H("m", "<i>L&#39;Aquila</i>")}, "L'Aquila.", "<i>L&#39;Aquila</i>."},
		{"value not given", "{x}", nil, "⟦x⟧", "⟦x⟧"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, list := words(t, "m: '"+c.in+"'\n")
			if l == nil {
				t.Fatal(list.Problems())
			}
			if got := l.T("m", c.args...); got != c.plain {
				t.Errorf("plain %q, want %q", got, c.plain)
			}
			if got := l.HTML("m", c.args...); got != c.html {
				t.Errorf("markup %q, want %q", got, c.html)
			}
		})
	}
}

func TestAFaultInAMessageHasItsPlace(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"brace not closed", `m: "ab {n"`, `it.yaml:4:8: a brace is not closed, want }`},
		{"brace that closes nothing", `m: "ab }"`, `it.yaml:4:8: there is a "}" that closes nothing`},
		{"no such choice", `m: "{n, plurale, other{x}}"`, `there is no choice by "plurale", want plural or select`},
		{"no other", `m: "{n, plural, one{x}}"`, `the choice by {n} has no case other{…}`},
		{"no such case", `m: "{n, plural, two{x} other{}}"`, `"two" is not a case of a plural, want =0, one or other`},
		{"strong not closed", `m: "a **b"`, `strong words are not closed, want a second **`},
		{"link without address", `m: "a [b] c"`, `it.yaml:4:7: a link is not complete, want [words]({address})`},
		{"no name", `m: "{il luogo}"`, `"il luogo" is not the name of a value`},
		{"a list for text", `m: [12]`, `it.yaml:4:4: a list stands here, want text`},
		{"a brace without quotes", `m: {n}`, `it.yaml:4:6: the key "m.n" is empty, want text`},
		{"not YAML", "m: \"a", `this is not YAML`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := words(t, c.in)
			if list.Len() == 0 || !strings.Contains(list.Problems()[0].String(), c.want) {
				t.Errorf("got %v, want %s", list.Problems(), c.want)
			}
		})
	}
}

func TestOneFaultDoesNotHideAnother(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(basics + s)} }
	const brace, list, missing = `it.yaml:4:7: a brace is not closed, want }`, `it.yaml:5:4: a list stands here, want text under keys`, `en.yaml:4:4: message "z" is missing in language "it"`
	for _, c := range []struct{ name, it, en, want string }{
		{"two messages", "a: 'x {n'\nb: [1]\nz: z\n", "a: x\nb: x\nz: z\n", brace + "\n" + list},
		{"a broken message is not missing, another is", "a: 'x {n'\n", "a: 'x {n}'\n", brace},
		{"a broken message, and one that the language lacks", "a: 'x {n'\n", "z: z\na: x\n", missing + "\n" + brace},
		{"where keys could not be read none is missing", "a: x\nb: [1]\n", "z: z\na: x\nb: x\n", list},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			files := fstest.MapFS{"it.yaml": file(c.it), "en.yaml": file(c.en)}
			it, _ := Load(files, &list, "it.yaml")
			en, _ := Load(files, &list, "en.yaml")
			Same(it, en, &list)
			var got []string
			for _, p := range list.Problems() {
				p.Hint = ""
				got = append(got, p.String())
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}

func TestASiteSaysSomeMessagesOtherwise(t *testing.T) {
	files := fstest.MapFS{
		"tema/it.yaml": {Data: []byte(basics + "a: uno {x}\nb: due\n")},
		"sito/it.yaml": {Data: []byte("b: DUE\n")},
		"male/it.yaml": {Data: []byte("c: tre\na: 'uno {y}'\n")},
	}
	var list diag.List
	l, ok := Load(files, &list, "tema/it.yaml", "sito/it.yaml")
	if !ok || l.T("b") != "DUE" || l.T("a", S("x", "1")) != "uno 1" {
		t.Error(list.Problems())
	}
	if _, ok := Load(files, &list, "tema/it.yaml", "male/it.yaml"); ok || list.Len() != 2 {
		t.Errorf("got %v", list.Problems())
	}
}

func TestLanguagesAreHeldAgainstEachOther(t *testing.T) {
	a, _ := words(t, "x: '{n} uno'\ny: due\n")
	b, _ := words(t, "x: '{m} one'\n")
	var list diag.List
	Same(a, b, &list)
	if list.Len() != 3 { // x wants {n} here and {m} there, y is missing
		t.Errorf("got %v", list.Problems())
	}
}

func BenchmarkMessage(b *testing.B) {
	var list diag.List
	l, _ := Load(fstest.MapFS{"it.yaml": {Data: []byte(basics + "m: '{n, plural, one{# Comune} other{# Comuni}} {in_luogo}: vedi [la mappa]({u})'\n")}}, &list, "it.yaml")
	for b.Loop() {
		l.HTML("m", N("n", 7894), S("in_luogo", "in Toscana"), S("u", "/mappa/"))
	}
}
