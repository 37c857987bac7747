// Package theme is how pages look: it turns one typed struct per page into
// HTML with the templates, the words and the assets of a folder under themes/.
//
// A theme is a folder:
//
//	base.html                  the layout: template "base", dot is the page
//	pagine/<kind>.html         what stands inside <main> of a page of this kind
//	componenti/<name>/         a part: <name>.html (template "<name>"), .css, .ts, tests
//	stile/*.css, script/*.ts   entries: each becomes one file under assets/
//	icone/*                    files for assets/; icone.svg holds one symbol per icon
//	lingue/<code>.yaml         the words of one language
//	scheda/*                   the private sheet of a Comune: see package sheet
//
// A site may keep a folder of its own with some of these files: they take the
// place of the theme's, and its strings say single messages otherwise. Nothing
// in Go knows a class name or a sentence; what Go asks of a theme is the
// templates base, testata (dot: [Head]) and piede (dot: [*Frame]).
//
// Templates have four functions: t and th (a message as text and as markup: key
// and then names and values), asset (the address of an entry or icon file) and
// icona (the address of a symbol). Called with constants only, they are replaced
// by their text when the theme is loaded, so that the words of the frame cost
// nothing on 7,894 pages. [Theme.Check] holds a template against the struct it
// prints, so that a wrong field cannot print an empty paragraph.
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"mappa/internal/diag"
	"mappa/internal/locale"
)

// Source says where a theme lies. Paths are slash-separated in the file system
// given to [Load].
type Source struct {
	Dir  string // the theme's folder: themes/italia
	Over string // the site's own folder of parts, "" for none
	Base string // address of the site on its host, with both slashes: "/", "/mappa/"
}

// Theme is a loaded theme. It is not changed by rendering and may be used from
// several goroutines.
type Theme struct {
	parts     parts
	languages map[string]*locale.Language
	trees     trees
	assets    assets
	sets      map[setKey]*template.Template
}

type setKey struct{ lang, kind string }

// shared is the kind of the set that holds no page, only the common parts.
const shared = ""

// Names of the templates that Go asks of every theme.
const (
	baseName    = "base"
	headName    = "testata"
	footName    = "piede"
	contentName = "contenuto"
)

// Load reads a theme and everything in it, and reports every fault: one in the
// words does not hide one in the templates, nor the other way round.
func Load(fsys fs.FS, src Source, all *diag.List) (*Theme, bool) {
	list := all.Part()
	t := &Theme{sets: map[setKey]*template.Template{}}
	if t.parts = readParts(fsys, src, list); list.Len() > 0 {
		return nil, false
	}
	var known knowledge
	t.languages, known.words = loadLanguages(fsys, src, t.parts, list)
	t.trees, known.templates = parseTrees(t.parts, list)
	t.assets, known.assets = buildAssets(t.parts, src.Base, list)
	t.checkWords(known, list)
	if list.Len() > 0 {
		return nil, false
	}
	for _, lang := range slices.Sorted(maps.Keys(t.languages)) {
		for _, kind := range append([]string{shared}, t.Kinds()...) {
			t.sets[setKey{lang, kind}] = t.compile(lang, kind, list)
		}
	}
	return t, list.Len() == 0
}

// knowledge says of what the theme has whether all of it could be read: what is
// not found where it could not is not reported as missing.
type knowledge struct{ words, templates, assets bool }

// Kinds lists the kinds of page the theme has a template for, sorted.
func (t *Theme) Kinds() []string { return slices.Sorted(maps.Keys(t.trees.pages)) }

// Languages lists the codes of the languages it speaks, sorted.
func (t *Theme) Languages() []string { return slices.Sorted(maps.Keys(t.languages)) }

// Language is one of them, or nil.
func (t *Theme) Language(code string) *locale.Language { return t.languages[code] }

// Page is any struct that embeds [Chrome].
type Page interface{ chrome() *Chrome }

// Render writes a page of the given kind in the page's language.
func (t *Theme) Render(kind string, page Page) ([]byte, error) {
	lang := page.chrome().Lang
	set := t.sets[setKey{lang, kind}]
	if set == nil {
		return nil, fmt.Errorf("no template pagine/%s.html in language %q", kind, lang)
	}
	var out bytes.Buffer
	out.Grow(pageSize)
	if err := set.ExecuteTemplate(&out, baseName, page); err != nil {
		return nil, fmt.Errorf("page %q: %w", page.chrome().Path, err)
	}
	return out.Bytes(), nil
}

// pageSize is the room first made for a page, in bytes: most Comune pages fit.
const pageSize = 48 << 10

// loadLanguages reports whether every key of every language is known.
func loadLanguages(fsys fs.FS, src Source, p parts, list *diag.List) (map[string]*locale.Language, bool) {
	whole := true
	out := map[string]*locale.Language{}
	var first *locale.Language
	for _, path := range p.in("lingue", ".yaml") {
		files := []string{src.Dir + "/" + path}
		if src.Over != "" {
			if over := src.Over + "/" + path; exists(fsys, over) {
				files = append(files, over)
			}
		}
		l, _ := locale.Load(fsys, list, files...)
		whole = whole && !l.Partial
		out[l.Code] = l
		if first == nil {
			first = l
		} else {
			locale.Same(first, l, list)
		}
	}
	if first == nil {
		list.File(src.Dir+"/lingue", "the theme has no words", "a language is a file lingue/<code>.yaml")
		whole = false
	}
	return out, whole
}

func exists(fsys fs.FS, path string) bool {
	_, err := fs.Stat(fsys, path)
	return err == nil
}

// compile makes the set of one kind of page in one language: the shared
// templates and the page's own, with the constant words put in.
func (t *Theme) compile(lang, kind string, list *diag.List) *template.Template {
	f := fill{language: t.languages[lang], assets: t.assets}
	set := template.New(baseName).Funcs(f.funcs())
	for _, tr := range t.trees.of(kind) {
		c := tr.tree.Copy()
		f.list(c.Root)
		if _, err := set.AddParseTree(tr.name, c); err != nil {
			list.File(tr.file, err.Error(), "")
		}
	}
	starts := []string{baseName}
	if kind == shared {
		starts = []string{headName, footName}
	}
	for _, name := range starts {
		escape(set, name, list)
	}
	return set
}

// escape makes html/template work out the escaping now and report its faults;
// it offers no other way than to execute, which may fail for want of a page.
func escape(set *template.Template, name string, list *diag.List) {
	var fault *template.Error
	if err := set.ExecuteTemplate(io.Discard, name, nil); !errors.As(err, &fault) {
		return
	}
	p := diag.Problem{File: fault.Name, Line: fault.Line, Text: fault.Description}
	p.Text, _, _ = strings.Cut(p.Text, ": {state") // the rest is the inside of html/template
	if fault.Node != nil {                         // its tree remembers the file: "file:12:3"
		place, _ := (&parse.Tree{}).ErrorContext(fault.Node)
		at := strings.Split(place, ":")
		if n := len(at); n > 2 {
			p.File = strings.Join(at[:n-2], ":")
			p.Line, _ = strconv.Atoi(at[n-2])
			col, _ := strconv.Atoi(at[n-1])
			p.Col = col + 1 // it counts from 0
		}
	}
	list.Add(p)
}
