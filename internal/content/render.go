package content

import (
	"bufio"
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"mappa/internal/diag"
)

// Options fit a document into the page that carries it. The zero value is a
// document on a page of its own.
type Options struct {
	Prefix string // before the address of every heading and note, when several documents share a page
	Deeper int    // levels by which headings go down: 1 makes ## an h3
}

// Rendered is a document as HTML.
type Rendered struct {
	Lead    template.HTML // what stands before the first section
	HTML    template.HTML // the sections; footnotes close the last one
	TOC     []Heading     // with prefixes, and with what rests on fictional answers
	Figures []FigureInfo
	Minutes int // reading time
	Demo    bool
}

// FigureInfo is a figure of a rendered document, for lists, previews and downloads.
type FigureInfo struct {
	ID, Label, Title, Alt string
	Name                  string // for {figura: …}; "" when the author gave none
	Kind                  string // mappa, grafico, tabella, numero
	Section               string // address of the section it stands in
	Demo                  bool
	Ref                   Ref
}

// Render writes a document as HTML with the resolver's values and figures. What
// the resolver refuses becomes a problem at the reference and is printed as the
// author wrote it.
func Render(d *Document, from Resolver, list *diag.List, o Options) Rendered {
	p := &painter{doc: d, from: from, list: list, o: o, values: map[*refNode]Value{}, figures: map[ast.Node]shown{}}
	p.resolve()
	p.write = renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(p, 1)))
	out := Rendered{Minutes: minutes(d.Words)}
	lead, sections := cut(d.tree)
	demoAt := map[string]bool{}
	if len(sections) == 0 {
		lead.notes = notesOf(d.tree)
	} else {
		sections[len(sections)-1].notes = notesOf(d.tree)
	}
	main, aside, leadDemo := p.blocks(lead, &out)
	out.Lead, out.Demo = template.HTML(main+aside), leadDemo
	var all strings.Builder
	for _, s := range sections {
		id := o.Prefix + d.heading[s.head]
		main, aside, demo := p.blocks(s, &out)
		demoAt[id] = demo
		out.Demo = out.Demo || demo
		fmt.Fprintf(&all, "<section class=\"block\" id=\"%s\"><div class=\"main\">%s</div>", id, main)
		if aside != "" {
			fmt.Fprintf(&all, "<aside class=\"margin\">%s</aside>", aside)
		}
		all.WriteString("</section>\n")
	}
	out.HTML = template.HTML(all.String())
	for _, h := range d.TOC {
		h.ID = o.Prefix + h.ID
		h.Demo = demoAt[h.ID]
		out.TOC = append(out.TOC, h)
	}
	return out
}

// section is a run of blocks under one heading; head is nil for the lead.
type section struct {
	head  *ast.Heading
	nodes []ast.Node
	notes ast.Node
}

// cut divides the tree's blocks at the headings of level 2. The footnotes are
// kept apart.
func cut(tree ast.Node) (lead section, sections []section) {
	at := &lead
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == xast.KindFootnoteList {
			continue
		}
		if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
			sections = append(sections, section{head: h})
			at = &sections[len(sections)-1]
		}
		at.nodes = append(at.nodes, n)
	}
	return lead, sections
}

func notesOf(tree ast.Node) ast.Node {
	if n := tree.LastChild(); n != nil && n.Kind() == xast.KindFootnoteList {
		return n
	}
	return nil
}

// shown is a figure, or a table, as the resolver gave it.
type shown struct {
	ref Ref
	fig Figure
	ok  bool
}

// painter writes one document once.
type painter struct {
	doc     *Document
	from    Resolver
	list    *diag.List
	o       Options
	write   renderer.Renderer
	values  map[*refNode]Value
	figures map[ast.Node]shown
	aside   bool
}

func (p *painter) problem(f fault) {
	p.list.Add(diag.Problem{File: p.doc.Path, Line: f.at.Line, Col: f.at.Col, Text: f.text, Hint: f.hint})
}

// resolve asks for every value and figure of the document.
func (p *painter) resolve() {
	for _, n := range p.doc.inline {
		if n.ref.isFigure() {
			continue
		}
		v, err := p.from.Inline(n.ref)
		if err != nil {
			r := refusal(err)
			p.problem(fault{n.ref.at(r), r.Text, r.Hint})
			continue
		}
		switch f := n.ref.check(v); {
		case f != nil && v.Stands != "":
			p.list.Note(diag.Problem{File: p.doc.Path, Line: f.at.Line, Col: f.at.Col, Text: f.text + "; the text stands: " + v.Stands,
				Hint: "to bring the report up to date correct the text and the dates dati_al and territorio_al of its index.md"})
		case f != nil:
			p.problem(*f)
		}
		p.values[n] = v
	}
	for n, i := range p.doc.blocks {
		ref := p.doc.Figures[i]
		if ref.broken {
			continue
		}
		fig, err := p.from.Figure(ref)
		if err != nil {
			r := refusal(err)
			p.problem(fault{ref.at(r), r.Text, r.Hint})
		}
		if s := ref.Arg("titolo"); s != "" {
			fig.Title = typeset(s)
		}
		if s := ref.Arg("sotto"); s != "" {
			fig.Sub = typeset(s)
		}
		if err == nil && fig.Title == "" && ref.Label != "" {
			p.problem(fault{ref.Pos, fmt.Sprintf("the %s has no title, want \"titolo: …\"", ref.Name), ""})
		}
		p.figures[n] = shown{ref, fig, err == nil}
	}
}

// blocks writes the blocks of one section: its text, and what goes to its margin.
func (p *painter) blocks(s section, out *Rendered) (main, aside string, demo bool) {
	var text, margin bytes.Buffer
	id := ""
	if s.head != nil {
		id = p.o.Prefix + p.doc.heading[s.head]
	}
	demo = p.restsOnDemo(s)
	for i, n := range s.nodes {
		switch {
		case n.Kind() == ast.KindBlockquote:
			p.aside = true
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				margin.WriteString(p.html(c))
			}
			p.aside = false
		default:
			text.WriteString(p.html(n))
		}
		if i == 0 && demo && s.head != nil {
			fmt.Fprintf(&text, "<p class=\"demo\">%s</p>\n", wordDemo)
		}
		if f, ok := p.figures[n]; ok && f.ok {
			out.Figures = append(out.Figures, FigureInfo{ID: f.ref.ID, Label: f.ref.Label, Title: f.fig.Title, Alt: f.fig.Alt,
				Name: f.ref.Arg("nome"), Kind: f.ref.Name, Section: id, Demo: f.fig.Demo, Ref: f.ref})
		}
	}
	if s.notes != nil {
		text.WriteString(p.html(s.notes))
	}
	return text.String(), margin.String(), demo
}

// restsOnDemo reports whether a section shows anything of the fictional edition.
func (p *painter) restsOnDemo(s section) (demo bool) {
	for _, n := range s.nodes {
		_ = ast.Walk(n, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
			if r, ok := n.(*refNode); ok && p.values[r].Demo || p.figures[n].fig.Demo {
				demo = true
			}
			return ast.WalkContinue, nil
		})
	}
	return demo
}

// html writes one node. Writing to memory cannot fail.
func (p *painter) html(n ast.Node) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	_ = p.write.Render(w, p.doc.markdown(), n)
	_ = w.Flush()
	return b.String()
}
