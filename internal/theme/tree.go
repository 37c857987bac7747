package theme

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"mappa/internal/diag"
)

// trees are the parsed templates of a theme: those that every page has, and
// those of each kind of page.
type trees struct {
	common []named
	pages  map[string][]named
	source map[string]string // text by file, to say where a fault is
}

// named is one template: its name, its tree and the file it stands in.
type named struct {
	name, file string
	tree       *parse.Tree
}

// of is the templates of one kind of page; a later one takes the place of an
// earlier one of the same name, so that a page may have a layout of its own.
func (t trees) of(kind string) []named {
	by := map[string]named{}
	for _, n := range t.common {
		by[n.name] = n
	}
	for _, n := range t.pages[kind] {
		by[n.name] = n
	}
	out := make([]named, 0, len(by))
	for _, name := range slices.Sorted(maps.Keys(by)) {
		out = append(out, by[name])
	}
	return out
}

// parseTrees parses every template of the theme, and reports whether it could.
func parseTrees(p parts, all *diag.List) (trees, bool) {
	list := all.Part()
	t := trees{pages: map[string][]named{}, source: map[string]string{}}
	defined := map[string]string{}
	common := append([]string{"base.html"}, p.under("componenti", ".html")...)
	for _, name := range common {
		for _, n := range t.parse(p, name, stem(name), list) {
			if other, ok := defined[n.name]; ok {
				list.File(n.file, "template "+strconv.Quote(n.name)+" is defined in "+other+" too", "")
			}
			defined[n.name] = n.file
			t.common = append(t.common, n)
		}
	}
	for _, name := range p.in("pagine", ".html") {
		t.pages[stem(name)] = t.parse(p, name, contentName, list)
	}
	for _, need := range []string{baseName, headName, footName} {
		if defined[need] == "" && list.Len() == 0 { // one that could not be read may define it
			list.File("base.html", "the theme has no template "+strconv.Quote(need), "")
		}
	}
	return t, list.Len() == 0
}

// parse reads one file; its text outside any define is the template top.
func (t *trees) parse(p parts, name, top string, list *diag.List) []named {
	src, ok := p[name]
	if !ok {
		list.File(name, "the theme has no file "+strconv.Quote(name), "")
		return nil
	}
	t.source[src.file] = string(src.data)
	set, err := parse.Parse(src.file, string(src.data), "", "", knownFuncs())
	if err != nil {
		list.Add(parseFault(src.file, err))
		return nil
	}
	var out []named
	for _, key := range slices.Sorted(maps.Keys(set)) {
		n := named{name: key, file: src.file, tree: set[key]}
		if key == src.file {
			if n.name = top; parse.IsEmptyTree(n.tree.Root) {
				continue
			}
		}
		n.tree.Name = n.name
		out = append(out, n)
	}
	return out
}

// parseFault takes the line out of a message of text/template/parse, which
// gives it nowhere else: "template: file:12: unexpected …".
func parseFault(file string, err error) diag.Problem {
	text := strings.TrimPrefix(err.Error(), "template: "+file+":")
	line, rest, ok := strings.Cut(text, ": ")
	n, convErr := strconv.Atoi(line)
	if !ok || convErr != nil {
		return diag.Problem{File: file, Text: err.Error()}
	}
	return diag.Problem{File: file, Line: n, Text: rest}
}

// knownFuncs names the functions a template may call.
func knownFuncs() map[string]any {
	known := map[string]any{}
	for _, name := range []string{"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "index", "slice",
		"len", "print", "printf", "println", "call", "html", "js", "urlquery"} {
		known[name] = true
	}
	for name := range (fill{}).funcs() {
		known[name] = true
	}
	return known
}

// place is where a node of a template stands.
func (t trees) place(file string, at parse.Pos) diag.Problem {
	src := t.source[file]
	before := src[:min(int(at), len(src))]
	return diag.Problem{File: file, Line: 1 + strings.Count(before, "\n"), Col: len(before) - strings.LastIndexByte(before, '\n')}
}
