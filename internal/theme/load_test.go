package theme

import (
	"html/template"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

// copyInto copies a folder of this package into files, without the folders
// above its last name.
func copyInto(t *testing.T, files fstest.MapFS, dir string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path.Join(dir, name))
		files[path.Join(path.Base(dir), name)] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type listPage struct {
	Chrome
	Rows []Link
}

func minimo(t *testing.T, over fstest.MapFS) *Theme {
	files := fstest.MapFS{}
	copyInto(t, files, "testdata/minimo")
	for name, f := range over {
		files["tema/"+name] = f
	}
	return load(t, files, Source{Dir: "minimo", Over: "tema", Base: "/sotto/"})
}

func rendered(t *testing.T, th *Theme) string {
	t.Helper()
	f, err := th.Frame(Frame{Lang: "it", Home: "/sotto/", SiteName: "Sito", Menu: []Item{{ID: "a", Text: "A", URL: "/a/"}, {ID: "b", Text: "B", URL: "/b/"}}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := th.Render("elenco", &listPage{Chrome: Chrome{Frame: f, Title: `<b>&"`, Section: "b"}, Rows: []Link{{Text: "uno"}, {Text: "</ul><script>"}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestAnotherThemeSharesNothingWithTheFirst(t *testing.T) {
	th := minimo(t, nil)
	address, err := th.Asset("minimo.css")
	if err != nil {
		t.Fatal(err)
	}
	want := `<!doctype html>
<title>&lt;b&gt;&amp;&#34; · Sito</title>
<link rel="stylesheet" href="` + address + `">
<header><a href="/a/">A</a> <a href="/b/" aria-current="page">B</a> </header>
<main><h1 title="Ciao &amp; &#34;benvenuti&#34;">&lt;b&gt;&amp;&#34;</h1>
<p>2 righe</p>
<ul><li>uno</li>
<li>&lt;/ul&gt;&lt;script&gt;</li>
</ul>
</main>
<footer>Fine</footer>
`
	if got := rendered(t, th); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.HasPrefix(address, "/sotto/assets/minimo-") {
		t.Errorf("the asset is at %s", address)
	}
}

func TestASiteTakesThePlaceOfSingleParts(t *testing.T) {
	th := minimo(t, fstest.MapFS{
		"componenti/riga/riga.html": {Data: []byte(`<li class="mia">{{.Text}}</li>`)},
		"lingue/it.yaml":            {Data: []byte("piede: Fine, davvero\n")},
		"stile/minimo.css":          {Data: []byte("main { color: red }")},
	})
	got := rendered(t, th)
	for _, want := range []string{`<li class="mia">uno</li>`, `<footer>Fine, davvero</footer>`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	for _, f := range th.Files() {
		if strings.Contains(f.Path, "minimo") && !strings.Contains(string(f.Data), "red") {
			t.Errorf("%s is %s", f.Path, f.Data)
		}
	}
}

func TestAScriptThatImportsAnotherNamesItsFile(t *testing.T) {
	made := func(other string) (string, string) {
		th := minimo(t, fstest.MapFS{
			"script/uno.ts":          {Data: []byte(`import { two } from "./due.ts"; import { three } from "../componenti/riga/tre.ts"; console.log(two, three);`)},
			"script/due.ts":          {Data: []byte(`export const two = "` + other + `";`)},
			"componenti/riga/tre.ts": {Data: []byte(`import { two } from "../../script/due.ts"; export const three = two + 1;`)},
		})
		one, err := th.Asset("uno.js")
		if err != nil {
			t.Fatal(err)
		}
		two, err := th.Asset("due.js")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range th.Files() {
			if strings.HasSuffix(one, f.Path) && (!strings.Contains(string(f.Data), `from"./`+path.Base(two)+`"`) || strings.Contains(string(f.Data), other)) {
				t.Errorf("%s is %s, want an import of %s", f.Path, f.Data, two)
			}
		}
		return one, two
	}
	one, two := made("primo")
	newOne, newTwo := made("secondo")
	if one == newOne || two == newTwo {
		t.Errorf("%s, %s and %s, %s: a name follows from all that is imported", one, two, newOne, newTwo)
	}
}

func TestScriptsThatImportEachOtherAreAFault(t *testing.T) {
	files := fstest.MapFS{
		"minimo/script/uno.ts": {Data: []byte(`import { b } from "./due.ts"; export const a = () => b;`)},
		"minimo/script/due.ts": {Data: []byte(`import { a } from "./uno.ts"; export const b = () => a;`)},
	}
	copyInto(t, files, "testdata/minimo")
	var list diag.List
	if _, ok := Load(files, Source{Dir: "minimo", Base: "/"}, &list); ok {
		t.Error("it loads")
	}
	holds(t, &list, "minimo/script/due.ts: scripts import each other: due.js, uno.js, due.js\n    hint: a script's name holds the hash of all that it imports")
}

func TestAFaultInAThemeHasItsPlace(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"syntax", "pagine/elenco.html", "a\n{{if}}", `minimo/pagine/elenco.html:2: missing value for if`},
		{"no such function", "pagine/elenco.html", "{{upper .Title}}", `minimo/pagine/elenco.html:1: function "upper" not defined`},
		{"no such message", "pagine/elenco.html", `a {{t "salutto"}}`, `minimo/pagine/elenco.html:1:5: there is no message "salutto"` + "\n    hint: did you mean \"saluto\"?"},
		{"value not given", "pagine/elenco.html", `{{t "quanti"}}`, `message "quanti" wants a value {n}`},
		{"value not taken", "pagine/elenco.html", `{{t "saluto" "n" 1}}`, `message "saluto" takes no value {n}`},
		{"key not written out", "pagine/elenco.html", `{{t .Title}}`, `the key of a message is not written out`},
		{"no such asset", "pagine/elenco.html", `{{asset "minima.css"}}`, `there is no asset "minima.css"` + "\n    hint: did you mean \"minimo.css\"?"},
		{"no such icon", "pagine/elenco.html", `{{icona "lente"}}`, `there is no icon "lente"`},
		{"broken markup", "pagine/elenco.html", "\n<a href=\"{{if .Title}}\"{{end}}>", `minimo/pagine/elenco.html:2:15: {{if}} branches end in different contexts`},
		{"style", "stile/minimo.css", "\n@import \"./no.css\";", `minimo/stile/minimo.css:2:9: there is no file "stile/no.css" in the theme`},
		{"script", "script/minimo.ts", "let a: = 1", `minimo/script/minimo.ts:1:8: Unexpected "="`},
		{"no such template", "pagine/elenco.html", `{{if .Title}}{{template "rigo" .}}{{end}}`, `minimo/pagine/elenco.html:1:25: there is no template "rigo"` + "\n    hint: did you mean \"riga\"?"},
		{"two templates of one name", "componenti/altra/altra.html", `{{define "riga"}}x{{end}}`, `template "riga" is defined in minimo/componenti/altra/altra.html too`},
		{"sprite", "icone/icone.svg", "<svg><symbol></svg>", `not valid SVG`},
		{"words", "lingue/it.yaml", "a: '{'", `minimo/lingue/it.yaml:1:5: a brace is not closed`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			copyInto(t, files, "testdata/minimo")
			files["minimo/"+c.file] = &fstest.MapFile{Data: []byte(c.text)}
			var list diag.List
			if _, ok := Load(files, Source{Dir: "minimo", Base: "/"}, &list); ok {
				t.Error("it loads")
			}
			holds(t, &list, c.want)
		})
	}
}

func TestOneFaultDoesNotHideAnother(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"a template, a message, a style sheet", map[string]string{"pagine/elenco.html": "{{if}}", "lingue/it.yaml": "a: '{'\npiede: Fine\n", "stile/minimo.css": "@import \"./no.css\";"},
			[]string{"minimo/lingue/it.yaml:1:5", "minimo/pagine/elenco.html:1", "minimo/stile/minimo.css:1:9"}},
		{"a broken template, and a message that another asks for", map[string]string{"pagine/elenco.html": "{{if}}", "pagine/altra.html": `{{t "salutto"}}`},
			[]string{"minimo/pagine/altra.html:1:3", "minimo/pagine/elenco.html:1"}},
		{"a broken part, which no page asks for in vain, and a message", map[string]string{"componenti/riga/riga.html": "{{if}}", "pagine/altra.html": `{{t "salutto"}}{{template "riga" .}}`},
			[]string{"minimo/componenti/riga/riga.html:1", "minimo/pagine/altra.html:1:3"}},
		{"a list among the words, and an asset", map[string]string{"lingue/it.yaml": "a: [1]\n", "pagine/altra.html": `{{t "salutto"}}{{asset "no.css"}}`},
			[]string{"minimo/lingue/it.yaml:1:4", "minimo/pagine/altra.html:1:18"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			copyInto(t, files, "testdata/minimo")
			for name, text := range c.files {
				files["minimo/"+name] = &fstest.MapFile{Data: []byte(text)}
			}
			var list diag.List
			list.File("elsewhere", "something else is wrong", "")
			Load(files, Source{Dir: "minimo", Base: "/"}, &list)
			var got []string
			for _, p := range list.Problems()[1:] {
				got = append(got, p.Place())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v\nwant %v\n%v", got, c.want, list.Problems())
			}
		})
	}
}

func TestAThemeThatIsNotThereIsAProblem(t *testing.T) {
	var list diag.List
	if _, ok := Load(fstest.MapFS{"themes/italia/base.html": {}}, Source{Dir: "themes/itala", Base: "/"}, &list); ok {
		t.Error("it loads")
	}
	if got := list.Problems(); len(got) != 1 || got[0].String() != "themes/itala: there is no theme \"itala\"\n    hint: did you mean \"italia\"?" {
		t.Error(got)
	}
}

func TestAHostileNameIsInertEverywhere(t *testing.T) {
	th := italia(t)
	const evil = `"><script>alert(1)</script>' onload=x javascript:x`
	f, err := th.Frame(testFrame())
	if err != nil {
		t.Fatal(err)
	}
	p := &struct{ Chrome }{Chrome{Frame: f, Title: evil, Description: evil, Path: "x/", Section: evil, Image: evil,
		Breadcrumb: []Link{{evil, evil}, {evil, ""}}, DemoIn: []Link{{evil, evil}}, Facts: []Fact{{evil, template.HTML("x")}},
		Others: []Alternate{{evil, evil, evil, evil, evil}}}}
	out, err := th.Render("404", p)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(out); strings.Contains(s, "<script>alert") || strings.Contains(s, `" onload`) || strings.Contains(s, `href="javascript:`) {
		t.Error(s)
	}
}

func TestAPageIsTheSameEveryTime(t *testing.T) {
	if a, b := rendered(t, minimo(t, nil)), rendered(t, minimo(t, nil)); a != b {
		t.Error("two loads render two pages")
	}
}

// testFrame is the frame of the tests.
func testFrame() Frame {
	item := func(id, text string) Item { return Item{ID: id, Text: text, URL: "/" + id + "/"} }
	return Frame{Lang: "it", Mark: "ITA", Origin: "https://mappa.example", Base: "/", Home: "/",
		SiteName: "Mappa dei Comuni digitali", Owner: "ANCI e Dipartimento per la trasformazione digitale", OwnerShort: "ANCI · DTD",
		Menu:   []Item{item("comuni", "Comuni"), item("mappa", "Mappa"), item("indicatori", "Indicatori"), item("rapporti", "Rapporti"), item("dati", "Dati"), item("metodo", "Metodo")},
		Search: item("cerca", "Cerca un Comune"), Foot: []Item{item("metodo", "Metodo"), item("fonti", "Fonti")},
		Legal: []Item{{Text: "Dichiarazione di accessibilità", URL: "/accessibilita/", Element: "accessibility-link"}},
		AZ:    "/comuni/", SearchIndex: "/assets/nomi.json"}
}
