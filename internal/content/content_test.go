package content

import (
	"flag"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// fake knows a few figures. It is the resolver of the tests and of the fuzzer.
type fake struct{}

func (fake) Inline(r Ref) (Value, error) {
	known := map[string]Value{
		"siti":   {Text: "58,0 %", N: 58.03, Numeric: true, Percent: true},
		"comuni": {Text: "7.894", N: 7894, Numeric: true},
		"send":   {Text: "86,3 %", N: 86.34, Numeric: true, Percent: true},
		"salto":  {Text: "+50,9 punti", N: 50.9, Numeric: true, Low: 50.9, High: 50.9, Interval: true},
		"forse":  {Text: "+1,2 punti", N: 1.2, Numeric: true, Low: -0.4, High: 2.8, Interval: true},
		"finto":  {Text: "30 %", N: 30, Numeric: true, Percent: true, Demo: true, Origin: "indagine/2025/q1"},
		"posta":  {Text: "mappa@example.org", Href: "mailto:mappa@example.org"},
		"male":   {Text: "<b>", Href: "javascript:alert(1)"},
	}
	if err := r.Allow("regione", "classe"); err != nil {
		return Value{}, err
	}
	if r.Name != "quota" {
		return Value{}, &Refusal{Text: fmt.Sprintf("%q is no kind of value", r.Name), Hint: diag.DidYouMean(r.Name, []string{"quota"})}
	}
	if reg := r.Arg("regione"); reg != "" && reg != "Umbria" {
		return Value{}, &Refusal{Key: "regione", Text: fmt.Sprintf("%q is no Regione", reg), Hint: diag.DidYouMean(reg, []string{"Umbria"})}
	}
	v, ok := known[r.Value]
	if !ok {
		return Value{}, &Refusal{Text: fmt.Sprintf("%q is no indicator", r.Value), Hint: diag.DidYouMean(r.Value, []string{"siti", "send", "comuni"})}
	}
	return v, nil
}

func (fake) Figure(r Ref) (Figure, error) {
	if r.Arg("indicatore") != "siti" && r.Arg("elenco") == "" {
		return Figure{}, &Refusal{Key: "indicatore", Text: fmt.Sprintf("%q is no indicator", r.Arg("indicatore")), Hint: diag.DidYouMean(r.Arg("indicatore"), []string{"siti"})}
	}
	body := template.HTML("<svg role=\"img\" aria-label=\"" + html.EscapeString(r.Name) + "\"></svg>")
	return Figure{Title: "Siti <comunali>", Sub: "Percentuale", Body: body, Caption: "Fonte: prova.", Demo: r.Arg("stima") != ""}, nil
}

func (fake) Link(t Target) (string, error) {
	if t.Doc == nil {
		return "/base" + t.Path, nil
	}
	href := "/" + t.Doc.Slug + "/"
	if t.Anchor != "" {
		href += "#" + t.Anchor
	}
	return href, nil
}

// TestDocuments runs every archive of testdata: its files are a content folder,
// "problems" what is wrong with them, and "html" what they become.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives in testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			var in []txtar.File
			for _, f := range a.Files {
				if f.Name == "problems" || f.Name == "html" {
					want[f.Name] = string(f.Data)
				} else {
					in = append(in, f)
				}
			}
			got := run(t, folder(in))
			if *update {
				a.Files = in
				for _, name := range []string{"problems", "html"} {
					if _, ok := want[name]; ok {
						a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(got[name])})
					}
				}
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for name, w := range want {
				if got[name] != w {
					t.Errorf("%s:\n%s\nwant:\n%s", name, got[name], w)
				}
			}
		})
	}
}

// folder is the archive as a file system. Tests write ⟨CR⟩, ⟨BOM⟩ and ⟨BAD⟩ for
// bytes that an archive cannot show.
func folder(files []txtar.File) fs.FS {
	m := fstest.MapFS{}
	for _, f := range files {
		s := strings.NewReplacer("⟨CR⟩", "\r", "⟨BOM⟩", "\ufeff", "⟨BAD⟩", "\xe8").Replace(string(f.Data))
		m[f.Name] = &fstest.MapFile{Data: []byte(s)}
	}
	return m
}

func run(t *testing.T, fsys fs.FS) map[string]string {
	var list diag.List
	lib, ok := Read(fsys, "content", &list)
	if ok != (list.Len() == 0) {
		t.Errorf("Read says %v with %d problems", ok, list.Len())
	}
	var out strings.Builder
	for _, d := range lib.Documents() {
		r := Render(d, fake{}, &list, Options{})
		fmt.Fprintf(&out, "== %s: %d min\n", d.Path, r.Minutes)
		for _, h := range r.TOC {
			fmt.Fprintf(&out, "toc %d %s %q demo=%v\n", h.Level, h.ID, h.Text, h.Demo)
		}
		for _, f := range r.Figures {
			fmt.Fprintf(&out, "figure %s %q %q in %s demo=%v\n", f.ID, f.Label, f.Title, f.Section, f.Demo)
		}
		fmt.Fprintf(&out, "%s%s", r.Lead, r.HTML)
	}
	var problems strings.Builder
	for _, p := range list.Problems() {
		fmt.Fprintln(&problems, p)
	}
	return map[string]string{"html": strings.ReplaceAll(out.String(), noBreak, "~"), "problems": problems.String()}
}

// locked is a folder of which one file cannot be read.
type locked struct {
	fstest.MapFS
	file string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.file {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func (l locked) ReadFile(name string) ([]byte, error) {
	if _, err := l.Open(name); err != nil {
		return nil, err
	}
	return l.MapFS.ReadFile(name)
}

func TestADocumentThatCannotBeReadHidesNoOther(t *testing.T) {
	page := func(body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("---\ntitolo: X\ndescrizione: x\n---\n" + body)}
	}
	files := fstest.MapFS{
		"content/pagine/a.md":            page("[B](b.md), [C](c.md#qui), [D](d.md), [cap](../rapporti/2026/cap.md)\n"),
		"content/pagine/b.md":            page("B\n"),
		"content/pagine/c.md":            page("\xe8\n"),
		"content/pagine/z.md":            page("[Y](y.md)\n"),
		"content/rapporti/2026/cap.md":   {Data: []byte("---\ntitolo: X\nvoce: x\ndescrizione: x\nordine: 1\n---\n[W](w.md)\n")},
		"content/rapporti/2027/cap.md":   {Data: []byte("---\ntitolo: X\nvoce: x\ndescrizione: x\nordine: 1\n---\n[V](v.md)\n")},
		"content/rapporti/2027/index.md": {Data: []byte("no front matter\n")},
	}
	var list diag.List
	Read(locked{files, "content/pagine/b.md"}, "content", &list)
	var got []string
	for _, p := range list.Problems() {
		got = append(got, strings.TrimPrefix(p.Place(), "content/"))
	}
	want := "pagine/a.md:5:27 pagine/b.md pagine/c.md:5:1 pagine/z.md:5:1 rapporti/2026/cap.md rapporti/2026/cap.md:7:1 rapporti/2027/cap.md:7:1 rapporti/2027/index.md:1:1"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got\n%s\nwant\n%s\n%v", s, want, list.Problems())
	}
}

func TestAFolderThatIsNotThereIsOneProblem(t *testing.T) {
	var list diag.List
	Read(fstest.MapFS{}, "content", &list)
	if got := list.Problems(); len(got) != 1 || got[0].String() != "content: the folder of the texts is missing or cannot be read\n    hint: a site folder holds data, content and themes" {
		t.Error(got)
	}
}

// two is a page with everything whose address could clash on a shared page.
const two = `---
titolo: X
descrizione: x
---
## Uno

Nota[^n], [qui](#uno), [figura](#figura-1), {figura: f}.

### Parte

` + "```mappa\nnome: f\nindicatore: siti\n```" + `

[^n]: Testo.
`

func TestSeveralDocumentsCanShareAPage(t *testing.T) {
	var list diag.List
	lib, _ := Read(fstest.MapFS{"content/pagine/x.md": {Data: []byte(two)}}, "content", &list)
	r := Render(lib.Page("x"), fake{}, &list, Options{Prefix: "x-", Deeper: 1})
	got := string(r.Lead + r.HTML)
	for _, want := range []string{`id="x-uno"`, `<h3>Uno</h3>`, `<h4 id="x-parte">`, `href="#x-uno"`, `href="#figura-1"`,
		`id="figura-1"`, `id="x-nota-1"`, `href="#x-nota-1"`, `id="x-rif-1"`, `href="#x-rif-1"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if list.Len() > 0 || r.TOC[0].ID != "x-uno" {
		t.Error(list.Problems(), r.TOC)
	}
}

func TestADocumentCanBeRenderedFromSeveralGoroutines(t *testing.T) {
	var list diag.List
	lib, _ := Read(fstest.MapFS{"content/pagine/x.md": {Data: []byte(two)}}, "content", &list)
	want := Render(lib.Page("x"), fake{}, &list, Options{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := Render(lib.Page("x"), fake{}, &list, Options{}); got.HTML != want.HTML {
				t.Error("another output")
			}
		})
	}
	wait.Wait()
}
