package content

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// html is the figure with its number, title, and the author's own caption before
// the source.
func (s shown) html() string {
	r, f := s.ref, s.fig
	var b strings.Builder
	if r.Label == "" {
		fmt.Fprintf(&b, "<figure class=\"numero\" id=\"%s\">", r.ID)
	} else {
		fmt.Fprintf(&b, "<figure id=\"%s\" aria-labelledby=\"%s-titolo\">", r.ID, r.ID)
	}
	if f.Title != "" {
		number := ""
		if r.Label != "" {
			number = r.Label + ". "
		}
		fmt.Fprintf(&b, "<p class=\"title\" id=\"%s-titolo\">%s%s</p>", r.ID, number, html.EscapeString(f.Title))
	}
	demo := ""
	if f.Demo {
		demo = "<span class=\"demo-tag\">" + wordDemoTag + "</span>"
	}
	if sub := join(html.EscapeString(f.Sub), demo); sub != "" {
		fmt.Fprintf(&b, "<p class=\"sub\">%s</p>", sub)
	}
	b.WriteString("\n" + string(f.Body) + "\n")
	if caption := join(html.EscapeString(typeset(r.Arg("didascalia"))), string(f.Caption)); caption != "" {
		fmt.Fprintf(&b, "<figcaption>%s</figcaption>", caption)
	}
	b.WriteString("</figure>\n")
	return b.String()
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// reference writes an inline reference: the bound text, else the value.
func (p *painter) reference(n ast.Node, entering bool) (string, bool) {
	r := n.(*refNode)
	v, ok := p.values[r]
	switch {
	case !entering:
		return "", true
	case r.wrong == "" && r.ref.isFigure():
		return p.figureRef(r), true
	case !ok:
		return html.EscapeString(string(r.raw)), true
	}
	out := beforeSign.ReplaceAllString(v.Text, "$1"+noBreak+"$2")
	if r.ref.Typed != "" {
		out = typeset(r.ref.Typed)
	}
	out = html.EscapeString(withArticle(r.ref.Arg(articleKey), out))
	if v.Origin != "" {
		out = fmt.Sprintf("<span data-p=\"%s\">%s</span>", html.EscapeString(v.Origin), out)
	}
	if href := template.HTMLEscapeString(safeHref(v.Href)); href != "" {
		out = "<a href=\"" + href + "\">" + out + "</a>"
	}
	return out, true
}

// safeHref is the address if it leads to a page or by one of the known schemes.
func safeHref(href string) string {
	scheme, _, ok := strings.Cut(href, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return href
	}
	for _, s := range schemes() {
		if strings.EqualFold(scheme, s) {
			return href
		}
	}
	return ""
}

// figureRef writes {figura: nome}: a link to the figure, which may stand in
// another chapter.
func (p *painter) figureRef(r *refNode) string {
	f, ok := p.doc.named[r.ref.Value]
	if !ok || f.Label == "" {
		return html.EscapeString(string(r.raw))
	}
	label := f.Label
	if r.ref.Name == "figura" {
		label = strings.ToLower(label[:1]) + label[1:]
	}
	label = strings.ReplaceAll(label, " ", noBreak)
	href := "#" + f.ID
	if f.doc != p.doc {
		href = p.resolveLink(Target{Doc: f.doc, Anchor: f.ID}, r.ref.Pos)
	}
	return "<a href=\"" + html.EscapeString(href) + "\">" + label + "</a>"
}

// noteMark is a footnote's mark in the text.
func (p *painter) noteMark(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	l := n.(*xast.FootnoteLink)
	return fmt.Sprintf("<a class=\"fn\" href=\"#%snota-%d\" id=\"%s\" aria-label=\"nota %d\">%d</a>",
		p.o.Prefix, l.Index, p.markID(l.Index, l.RefIndex), l.Index, l.Index), true
}

func (p *painter) markID(note, mark int) string {
	if mark == 0 {
		return fmt.Sprintf("%srif-%d", p.o.Prefix, note)
	}
	return fmt.Sprintf("%srif-%d-%d", p.o.Prefix, note, mark+1)
}

func (p *painter) noteBack(n ast.Node, entering bool) (string, bool) {
	if !entering {
		return "", true
	}
	l := n.(*xast.FootnoteBacklink)
	return fmt.Sprintf(" <a href=\"#%s\" aria-label=\"%s\">↩</a>", p.markID(l.Index, l.RefIndex), wordBack), true
}

func (p *painter) note(n ast.Node, entering bool) (string, bool) {
	return either(entering, fmt.Sprintf("<li id=\"%snota-%d\">", p.o.Prefix, n.(*xast.Footnote).Index), "</li>\n")
}

func (p *painter) noteList(_ ast.Node, entering bool) (string, bool) {
	return either(entering, "<ol class=\"notes\" aria-label=\""+wordNotes+"\">\n", "</ol>\n")
}
