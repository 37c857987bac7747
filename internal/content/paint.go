package content

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// RegisterFuncs names the writer of every kind of node; a kind without one (HTML
// blocks aside) prints its children only. It is part of goldmark's renderer.
func (p *painter) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	tag := func(kind ast.NodeKind, open, end string) {
		reg.Register(kind, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				_, _ = w.WriteString(open)
			} else {
				_, _ = w.WriteString(end)
			}
			return ast.WalkContinue, nil
		})
	}
	tag(ast.KindParagraph, "<p>", "</p>\n")
	tag(ast.KindBlockquote, "<blockquote>", "</blockquote>\n")
	tag(ast.KindListItem, "<li>", "</li>\n")
	tag(ast.KindThematicBreak, "<hr>\n", "")
	tag(xast.KindDefinitionList, "<dl>\n", "</dl>\n")
	tag(xast.KindDefinitionTerm, "<dt>", "</dt>\n")
	tag(xast.KindDefinitionDescription, "<dd>", "</dd>\n")
	tag(xast.KindTableHeader, "<thead><tr>", "</tr></thead>\n<tbody>\n")
	tag(xast.KindTableRow, "<tr>", "</tr>\n")
	tag(xast.KindTable, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""+wordTable+"\"><table>", "</tbody></table></div>\n")
	p.register(reg, xast.KindTableCell, p.cell)
	p.register(reg, ast.KindList, p.listTag)
	p.register(reg, ast.KindHeading, p.headingTag)
	p.register(reg, ast.KindEmphasis, p.emphasis)
	p.register(reg, ast.KindLink, p.linkTag)
	p.register(reg, ast.KindAutoLink, p.autoLink)
	p.register(reg, ast.KindText, p.text)
	p.register(reg, ast.KindString, p.text)
	p.register(reg, ast.KindCodeSpan, p.code)
	p.register(reg, ast.KindCodeBlock, p.codeBlock)
	p.register(reg, ast.KindFencedCodeBlock, p.fenced)
	p.register(reg, ast.KindHTMLBlock, p.escaped)
	p.register(reg, ast.KindRawHTML, p.escaped)
	p.register(reg, ast.KindImage, p.nothing)
	p.register(reg, refKind, p.reference)
	p.register(reg, xast.KindFootnoteLink, p.noteMark)
	p.register(reg, xast.KindFootnoteBacklink, p.noteBack)
	p.register(reg, xast.KindFootnote, p.note)
	p.register(reg, xast.KindFootnoteList, p.noteList)
}

// visit writes a node on the way in and on the way out, and says whether its
// children follow.
type visit func(n ast.Node, entering bool) (out string, children bool)

func (p *painter) register(reg renderer.NodeRendererFuncRegisterer, kind ast.NodeKind, f visit) {
	reg.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		out, children := f(n, entering)
		_, _ = w.WriteString(out)
		if !children {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// either is open on the way in and end on the way out.
func either(entering bool, open, end string) (string, bool) {
	if entering {
		return open, true
	}
	return end, true
}

func (p *painter) nothing(ast.Node, bool) (string, bool) { return "", false }

func (p *painter) cell(n ast.Node, entering bool) (string, bool) {
	c := n.(*xast.TableCell)
	name, attr := "td", ""
	if c.Parent().Kind() == xast.KindTableHeader {
		name, attr = "th", ` scope="col"`
	} else if c.PreviousSibling() == nil {
		name, attr = "th", ` scope="row"`
	}
	if c.Alignment == xast.AlignRight {
		attr += ` class="r"`
	}
	return either(entering, "<"+name+attr+">", "</"+name+">")
}

func (p *painter) listTag(n ast.Node, entering bool) (string, bool) {
	l := n.(*ast.List)
	if !l.IsOrdered() {
		return either(entering, "<ul>\n", "</ul>\n")
	}
	start := ""
	if l.Start != 1 {
		start = fmt.Sprintf(` start="%d"`, l.Start)
	}
	return either(entering, "<ol"+start+">\n", "</ol>\n")
}

// headingTag writes a heading. The address of a section is on the section.
func (p *painter) headingTag(n ast.Node, entering bool) (string, bool) {
	h := n.(*ast.Heading)
	level := min(max(h.Level, 2)+p.o.Deeper, 6)
	id := ""
	if h.Level > 2 || h.Parent() != p.doc.tree {
		id = fmt.Sprintf(` id="%s"`, p.o.Prefix+p.doc.heading[h])
	}
	return either(entering, fmt.Sprintf("<h%d%s>", level, id), fmt.Sprintf("</h%d>\n", level))
}

// emphasis writes em and strong; in the margin strong is b, the note's title.
func (p *painter) emphasis(n ast.Node, entering bool) (string, bool) {
	name := "em"
	if n.(*ast.Emphasis).Level == 2 {
		name = "strong"
		if p.aside {
			name = "b"
		}
	}
	return either(entering, "<"+name+">", "</"+name+">")
}

func (p *painter) linkTag(n ast.Node, entering bool) (string, bool) {
	href := p.href(n, string(n.(*ast.Link).Destination))
	if href == "" {
		return "", true
	}
	return either(entering, `<a href="`+html.EscapeString(href)+`">`, "</a>")
}

func (p *painter) autoLink(n ast.Node, entering bool) (string, bool) {
	a := n.(*ast.AutoLink)
	label := html.EscapeString(string(a.Label(p.doc.markdown())))
	href := p.href(n, string(a.URL(p.doc.markdown())))
	if a.AutoLinkType == ast.AutoLinkEmail && href != "" && !strings.HasPrefix(strings.ToLower(href), "mailto:") {
		href = "mailto:" + href
	}
	if !entering {
		return "", true
	}
	if href == "" {
		return label, true
	}
	return `<a href="` + html.EscapeString(href) + `">` + label + "</a>", true
}

// href is where a link leads, "" when it was found to lead nowhere.
func (p *painter) href(n ast.Node, dest string) string {
	t, ok := p.doc.targets[n]
	switch {
	case !ok:
		return ""
	case t == Target{}:
		return dest
	case t.Doc == p.doc:
		if strings.HasPrefix(t.Anchor, "figura-") || strings.HasPrefix(t.Anchor, "tabella-") {
			return "#" + t.Anchor
		}
		return "#" + p.o.Prefix + t.Anchor
	}
	return p.resolveLink(t, p.linkPos(n))
}

func (p *painter) linkPos(n ast.Node) Pos { return p.doc.pos(n.Pos()) }

func (p *painter) resolveLink(t Target, at Pos) string {
	href, err := p.from.Link(t)
	if err != nil {
		r := refusal(err)
		p.problem(fault{at, r.Text, r.Hint})
		return ""
	}
	return href
}

// text writes running text: characters and entities, no break before % and €,
// an apostrophe where the typographer saw none.
func (p *painter) text(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	var value []byte
	end := ""
	switch n := n.(type) {
	case *ast.Text:
		value = n.Segment.Value(p.doc.markdown())
		if n.HardLineBreak() {
			end = "<br>\n"
		} else if n.SoftLineBreak() {
			end = "\n"
		}
	case *ast.String:
		value = n.Value
	}
	value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
	s := strings.ReplaceAll(string(bytes.ToValidUTF8(value, []byte("\ufffd"))), "'", "’")
	return html.EscapeString(beforeSign.ReplaceAllString(s, "$1"+noBreak+"$2")) + end, true
}

func (p *painter) code(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(p.doc.markdown())), "\n", " "))
		}
	}
	return "<code>" + html.EscapeString(b.String()) + "</code>", false
}

func (p *painter) codeBlock(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	return "<pre><code>" + html.EscapeString(string(n.Lines().Value(p.doc.markdown()))) + "</code></pre>\n", false
}

func (p *painter) fenced(n ast.Node, entering bool) (string, bool) {
	if _, ok := p.doc.blocks[n]; !ok {
		return p.codeBlock(n, entering)
	}
	f := p.figures[n]
	if !entering || !f.ok {
		return "", true
	}
	return f.html(), false
}

// escaped prints HTML, which is a problem, as text.
func (p *painter) escaped(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	switch n := n.(type) {
	case *ast.HTMLBlock:
		s := string(n.Lines().Value(p.doc.markdown()))
		if n.HasClosure() {
			s += string(n.ClosureLine.Value(p.doc.markdown()))
		}
		return "<p>" + html.EscapeString(s) + "</p>\n", false
	case *ast.RawHTML:
		return html.EscapeString(string(n.Segments.Value(p.doc.markdown()))), false
	}
	return "", false
}
