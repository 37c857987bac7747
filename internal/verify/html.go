package verify

import (
	"bytes"
	"html"
	"strings"
)

// reader goes through the tags of an HTML document.
type reader struct {
	*document
	off   int // of the tag or text being read
	attrs attributes
	open  []element
	in    depths

	broken bool // the nesting is; said once, the rest would follow from it
	text   *strings.Builder
	figure *figure // that is open
	survey *prose  // nil of a page that does not speak of the survey
	tables bool    // see Rules.Tables
	// Of the open table or chart: whether a value of it is a figure, the open one that is
	// none, and where those with a per cent stand that are none.
	sharing  bool
	bare     *bare
	stray    []int
	headings headings
	fields   []field
	labels   map[string]bool // ids that a label is for
	wanted   []reference
	counts   counts
	noindex  bool
}

// element is a tag that is open.
type element struct {
	name  string
	off   int
	named bool // svg: it has a title; table: it has a th
	role  string
	label bool // it has aria-label or aria-labelledby
}

// field is a form field that needs a label.
type field struct {
	name, id string
	off      int
}

// reference is a value of an attribute that must be an id of this page.
type reference struct {
	attr, id string
	off      int
}

// depths are how many elements of a name are open, for those that are asked
// about at every tag.
type depths struct{ p, a, button, svg, math, label int }

func (n *depths) change(name string, by int) {
	switch name {
	case "p":
		n.p += by
	case "a":
		n.a += by
	case "button":
		n.button += by
	case "svg":
		n.svg += by
	case "math":
		n.math += by
	case "label":
		n.label += by
	}
}

// counts are what a page may have only so many of.
type counts struct{ titles, descriptions, canonicals, leads int }

// attributes are those of one tag, their values as they are written.
type attributes []attribute

type attribute struct {
	name  string
	value []byte
}

// get is the value of an attribute, "" when there is none.
func (a attributes) get(name string) string {
	v, _ := a.look(name)
	return decoded(v)
}

// decoded is text of the document without its character references.
func decoded(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	return html.UnescapeString(string(b))
}

func (a attributes) look(name string) ([]byte, bool) {
	for i := range a {
		if a[i].name == name {
			return a[i].value, true
		}
	}
	return nil, false
}

func (a attributes) has(name string) bool {
	_, ok := a.look(name)
	return ok
}

// says reports whether an attribute has a value that is not blank.
func (a attributes) says(name string) bool {
	v, _ := a.look(name)
	return len(bytes.TrimSpace(v)) > 0
}

// html takes the facts of a page.
func (d *document) html() {
	d.page = &page{path: d.path, aside: fitsAny(d.gates.rules.Asides, d.path)}
	r := &reader{document: d, labels: map[string]bool{}}
	if fitsAny(d.gates.rules.Survey, d.path) {
		r.survey = new(prose)
		r.tables = fitsAny(d.gates.rules.Tables, d.path)
	}
	if len(d.data) < len(doctype) || !strings.EqualFold(string(d.data[:len(doctype)]), doctype) {
		d.wrong(0, "", "the page does not start with %s", doctype)
	}
	(&scanner{data: d.data, to: r}).read()
	r.finish()
}

// characters are the text between tags.
func (r *reader) characters(text []byte, off int) {
	if r.figure != nil {
		r.figure.text.Write(text)
	} else if r.survey != nil {
		r.survey.write(off, text)
	}
	if r.bare != nil && r.figure == nil {
		r.bare.text.Write(text)
	}
	if r.text == nil {
		return
	}
	r.off = off
	r.text.Write(text)
	r.block()
}

func (r *reader) fault(text string, off int) {
	r.off = off
	r.brokenAt(off, "%s", text)
}

func (r *reader) start(name string, attrs attributes, selfClosed bool, off int) {
	r.off, r.attrs = off, attrs
	r.nest(name, selfClosed)
	r.parted(name)
	r.printed()
	r.apart(name)
	r.common(name)
	r.element(name)
}

// common checks what any element may have.
func (r *reader) common(name string) {
	for _, a := range r.attrs {
		switch {
		case a.name == "id":
			r.ids = append(r.ids, ident{decoded(a.value), r.off})
		case a.name == "style":
			r.wrong(r.off, "use a class, or an attribute of SVG", "<%s> has a style attribute, which the security policy forbids", name)
		case strings.HasPrefix(a.name, "on"):
			r.wrong(r.off, "bind it in a script of the theme", "<%s> has the attribute %s, which the security policy forbids", name, a.name)
		case a.name == "aria-labelledby", a.name == "aria-describedby", a.name == "aria-controls", a.name == "headers",
			a.name == "list", a.name == "for" && name == "label":
			for id := range strings.FieldsSeq(decoded(a.value)) {
				r.wanted = append(r.wanted, reference{a.name, id, r.off})
			}
		case bytes.HasPrefix(a.value, []byte("url(")):
			r.paint(a)
		}
	}
}

// paint is an attribute of SVG whose value is url(...): a pattern, a clip path.
func (r *reader) paint(a attribute) {
	inner := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(decoded(a.value), "url("), ")"), `"' `)
	if id, ok := strings.CutPrefix(inner, "#"); ok {
		r.wanted = append(r.wanted, reference{a.name, id, r.off})
		return
	}
	r.resource("url()", inner)
}

// finish is the end of the document.
func (r *reader) finish() {
	r.unclosed()
	if r.broken {
		return
	}
	seen := make(map[string]bool, len(r.ids))
	for _, id := range r.ids {
		switch {
		case id.name == "" || strings.ContainsAny(id.name, " \t\n"):
			r.wrong(id.off, "", "the id %q is empty or has a blank in it", id.name)
		case seen[id.name]:
			r.wrong(id.off, "", "the id %q stands twice on this page", id.name)
		}
		seen[id.name] = true
	}
	for _, w := range r.wanted {
		if !seen[w.id] {
			r.wrong(w.off, "", "%s names the id %q, which this page does not have", w.attr, w.id)
		}
	}
	for _, f := range r.fields {
		if f.id == "" || !r.labels[f.id] {
			r.wrong(f.off, "give it a <label for>, or aria-label", "<%s> has no label", f.name)
		}
	}
	r.unsaid()
	r.headings.finish(r)
	r.head()
}
