package content

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"mappa/internal/diag"
)

// newMarkdown is the dialect: CommonMark, tables, footnotes, definition lists,
// addresses of headings, Italian typography, and references.
func newMarkdown() goldmark.Markdown {
	marks := map[extension.TypographicPunctuation]string{
		extension.LeftDoubleQuote: "«", extension.RightDoubleQuote: "»",
		extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’", extension.Apostrophe: "’",
		extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
		extension.LeftAngleQuote: "«", extension.RightAngleQuote: "»",
	}
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Footnote, extension.DefinitionList,
			extension.NewTypographer(extension.WithTypographicSubstitutions(marks))),
		goldmark.WithParserOptions(parser.WithAttribute(),
			parser.WithInlineParsers(util.Prioritized(refParser{}, refPriority))),
	)
}

// link is a link of the body that must lead somewhere.
type link struct {
	node ast.Node
	dest string
	at   Pos
}

// Heading is a section or part of a document.
type Heading struct {
	ID, Text string // plain text, references left out
	Level    int    // 2 for a section, 3 for a part of it
	Demo     bool   // rests on fictional answers; known after rendering
}

// parse reads one file. Numbers of figures and links to other documents are
// settled by [Read], when all files are known.
func parse(path string, kind Kind, slug string, src []byte) (*Document, []fault) {
	d := &Document{Path: path, Kind: kind, Slug: slug, source: bytes.TrimPrefix(src, []byte("\ufeff")),
		blocks: map[ast.Node]int{}, targets: map[ast.Node]Target{}, ids: map[string]string{}, heading: map[ast.Node]string{}}
	d.lines = []int{0}
	for i, c := range d.source {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	if !utf8.Valid(d.source) {
		return nil, []fault{{d.firstBadByte(), "this is not UTF-8 text", "save the file as UTF-8"}}
	}
	front, start, body, wrong := splitFront(d.source)
	if wrong != "" {
		return nil, []fault{{Pos{1, 1}, wrong, ""}}
	}
	var faults []fault
	d.Front, faults = readFront(kind, front, d.posIn(start).Line)
	d.Title, d.body = d.Front.Title, body
	d.tree = newMarkdown().Parser().Parse(text.NewReader(d.markdown()))
	faults = append(faults, d.inspect()...)
	return d, append(faults, d.anchors()...)
}

func (d *Document) markdown() []byte { return d.source[d.body:] }

// pos is the place of an offset into the Markdown.
func (d *Document) pos(offset int) Pos { return d.posIn(max(0, offset) + d.body) }

func (d *Document) posIn(offset int) Pos {
	line := sort.SearchInts(d.lines, offset+1)
	return Pos{line, offset - d.lines[line-1] + 1}
}

func (d *Document) firstBadByte() Pos {
	for i := 0; i < len(d.source); {
		r, n := utf8.DecodeRune(d.source[i:])
		if r == utf8.RuneError && n == 1 {
			return d.posIn(i)
		}
		i += n
	}
	return Pos{1, 1}
}

// inspect walks the tree once: it gathers references, figures and links, counts
// words, and finds what a document may not hold.
func (d *Document) inspect() (faults []fault) {
	wrong := func(at int, text, hint string) { faults = append(faults, fault{d.pos(at), text, hint}) }
	_ = ast.Walk(d.tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				wrong(n.Pos(), "a heading of the first level, want ## or deeper", "the title is in the front matter")
			}
		case *refNode:
			d.gather(n, wrong)
		case *ast.FencedCodeBlock:
			faults = append(faults, d.gatherBlock(n)...)
		case *ast.HTMLBlock:
			wrong(n.Pos(), fmt.Sprintf("%s is HTML, want Markdown", quote(firstLine(n, d.markdown()))), `for a "<" that is no tag write "\<"`)
		case *ast.RawHTML:
			wrong(n.Pos(), fmt.Sprintf("%s is HTML, want Markdown", quote(string(n.Segments.Value(d.markdown())))), `for a "<" that is no tag write "\<"`)
		case *ast.Image:
			wrong(n.Pos(), "an image, which a document cannot hold", "figures are made from the data: see the blocks mappa, grafico, tabella")
		case *ast.Link:
			d.links = append(d.links, link{n, string(n.Destination), d.pos(n.Pos())})
		case *ast.AutoLink:
			d.links = append(d.links, link{n, string(n.URL(d.markdown())), d.pos(n.Pos())})
		case *ast.Text:
			d.Words += len(bytes.Fields(n.Segment.Value(d.markdown())))
		}
		return ast.WalkContinue, nil
	})
	return append(faults, d.dangling()...)
}

func firstLine(n *ast.HTMLBlock, src []byte) string {
	if n.Lines().Len() > 0 {
		seg := n.Lines().At(0)
		return string(seg.Value(src))
	}
	return ""
}

func (d *Document) gather(n *refNode, wrong func(at int, text, hint string)) {
	if n.wrong != "" {
		wrong(n.fault, n.wrong, n.hint)
		return
	}
	n.ref.File, n.ref.doc = d.Path, d
	n.ref.Pos, n.ref.NamePos, n.ref.ValuePos = d.pos(n.at.start), d.pos(n.at.name), d.pos(n.at.value)
	for i := range n.ref.Args {
		n.ref.Args[i].KeyPos, n.ref.Args[i].Pos = d.pos(n.at.keys[i]), d.pos(n.at.values[i])
	}
	d.inline = append(d.inline, n)
	d.Refs = append(d.Refs, n.ref)
	d.Words++
}

func (d *Document) gatherBlock(n *ast.FencedCodeBlock) []fault {
	at := n.Pos()
	kind := ""
	if n.Info != nil {
		kind, at = strings.TrimSpace(string(n.Info.Segment.Value(d.markdown()))), n.Info.Segment.Start
	}
	switch {
	case kind == "" || slices.Contains(codeKinds(), kind):
		return nil
	case !slices.Contains(figureKinds(), kind):
		all := append(figureKinds(), codeKinds()...)
		hint := diag.DidYouMean(kind, all)
		if hint == "" {
			hint = "known here: " + strings.Join(all, ", ")
		}
		return []fault{{d.pos(at), fmt.Sprintf("%s is not a kind of block", quote(kind)), hint}}
	case n.Parent() != d.tree:
		return []fault{{d.pos(at), fmt.Sprintf("a %q inside a list or a note, want it at the left edge of the text", kind), ""}}
	}
	r, faults := d.readFigure(kind, n, at)
	r.broken = len(faults) > 0
	d.blocks[n] = len(d.Figures)
	d.Figures = append(d.Figures, r)
	return faults
}

var (
	footnoteMark = regexp.MustCompile(`\[\^[^\]\s]+\]`)
	footnoteHead = regexp.MustCompile(`(?m)^ {0,3}(\[\^[^\]\s]+\]):`)
	codeInText   = regexp.MustCompile("(?s)```.*?(?:```|$)|`[^`]*`")
)

// dangling finds footnote marks without a note and notes without a mark, both
// of which goldmark would pass over in silence.
func (d *Document) dangling() (faults []fault) {
	src := codeInText.ReplaceAllFunc(d.markdown(), func(code []byte) []byte { return bytes.Repeat([]byte(" "), len(code)) })
	notes, heads := map[string]bool{}, map[int]bool{}
	for _, m := range footnoteHead.FindAllSubmatchIndex(src, -1) {
		notes[string(src[m[2]:m[3]])], heads[m[2]] = true, true
	}
	marks := map[string]bool{}
	for _, m := range footnoteMark.FindAllIndex(src, -1) {
		mark := string(src[m[0]:m[1]])
		if heads[m[0]] || m[0] > 0 && src[m[0]-1] == '\\' {
			continue
		}
		marks[mark] = true
		if !notes[mark] {
			faults = append(faults, fault{d.pos(m[0]), fmt.Sprintf("no note for %s, want a line that starts %s", quote(mark), quote(mark+":")), ""})
		}
	}
	for at := range heads {
		end := at + bytes.IndexByte(src[at:], ']') + 1
		if mark := string(src[at:end]); !marks[mark] {
			faults = append(faults, fault{d.pos(at), fmt.Sprintf("nothing in the text refers to the note %s", quote(mark)), ""})
		}
	}
	return faults
}

// reserved are the addresses that figures, notes and the page itself use.
var reserved = regexp.MustCompile(`^(contenuto|(figura|tabella|numero|nota|rif)-[0-9-]+)$`)

var anchorForm = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// anchors gives every heading an address that is its own in the document: the
// one written with {#id}, else one made of its words.
func (d *Document) anchors() (faults []fault) {
	var all []*ast.Heading
	_ = ast.Walk(d.tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			all = append(all, h)
		}
		return ast.WalkContinue, nil
	})
	for _, h := range all {
		faults = append(faults, d.givenAnchor(h)...)
	}
	for _, h := range all {
		words := d.plain(h)
		if d.heading[h] == "" {
			base := slug(words)
			if base == "" || reserved.MatchString(base) || base[0] < 'a' {
				base = strings.Trim("par-"+base, "-")
			}
			id := base
			for i := 2; d.ids[id] != ""; i++ {
				id = fmt.Sprintf("%s-%d", base, i)
			}
			d.heading[h] = id
		}
		d.ids[d.heading[h]] = words + " "
		if h.Level <= 3 && h.Parent() == d.tree {
			d.TOC = append(d.TOC, Heading{ID: d.heading[h], Text: words, Level: h.Level})
		}
	}
	return faults
}

// givenAnchor takes the address that the author wrote, if it is one.
func (d *Document) givenAnchor(h *ast.Heading) (faults []fault) {
	for _, a := range h.Attributes() {
		value, ok := a.Value.([]byte)
		id := string(value)
		switch {
		case string(a.Name) != "id" || !ok:
			faults = append(faults, fault{d.pos(h.Pos()), fmt.Sprintf("a heading takes no %q, want {#address} or nothing", a.Name), ""})
		case !anchorForm.MatchString(id) || reserved.MatchString(id):
			faults = append(faults, fault{d.pos(h.Pos()), fmt.Sprintf("%s cannot be an address, want lower-case letters, digits and hyphens, and none that figures use", quote("#"+id)), ""})
		case d.ids[id] != "":
			faults = append(faults, fault{d.pos(h.Pos()), fmt.Sprintf("the address %s is used twice in this document", quote("#"+id)), ""})
		default:
			d.heading[h], d.ids[id] = id, " "
		}
	}
	return faults
}

// plain is a node's words, without marks; a reference gives its bound text.
func (d *Document) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(d.markdown()))
				if n.SoftLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *refNode:
			if entering {
				b.WriteString(n.ref.Typed)
			}
		case *xast.FootnoteLink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(typeset(b.String())), " ")
}
