package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// reading is a page as a reader or a screen reader gets it: one line a heading,
// paragraph, item or row, with what cannot be seen in brackets. What changes
// with every build (asset names, coordinates, classes) is not in it, so that a
// page can be read, and compared, as text.
//
//	# heading         of level 1
//	text <address>    a link
//	| a | b |         a row; rows after the first few are counted
//	[immagine: …]     the alternative of a picture
//	{de: Bozen}       words in another language
//	a / b             pieces that stand apart only by their style
func reading(page []byte) string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "not HTML: " + err.Error()
	}
	r := &reader{}
	head := find(doc, "head")
	r.line("lingua: " + attribute(find(doc, "html"), "lang"))
	r.line("titolo: " + r.inline(find(head, "title")))
	for n := range head.Descendants() {
		if n.Data == "meta" {
			switch attribute(n, "name") {
			case "description":
				r.line("descrizione: " + attribute(n, "content"))
			case "robots":
				r.line("motori di ricerca: " + attribute(n, "content"))
			}
		}
	}
	r.blocks(find(doc, "main"))
	return strings.TrimSpace(r.out.String()) + "\n"
}

// framing is the same of what stands around the page's own part.
func framing(page []byte) string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "not HTML: " + err.Error()
	}
	r := &reader{}
	body := find(doc, "body")
	for c := range body.ChildNodes() {
		if c.Data == "main" {
			r.line("…")
			continue
		}
		r.block(c)
	}
	return strings.TrimSpace(r.out.String()) + "\n"
}

type reader struct{ out strings.Builder }

// How many rows of a table, items of a list and places of a map are written
// out; the rest is counted.
const rowsRead, itemsRead, placesRead = 24, 40, 3

func (r *reader) line(s string) {
	if s = strings.TrimRight(s, " "); s != "" {
		r.out.WriteString(s + "\n")
	}
}

func (r *reader) blocks(n *html.Node) {
	for c := range n.ChildNodes() {
		r.block(c)
	}
}

// block writes a node that stands by itself.
func (r *reader) block(n *html.Node) {
	if n.Type != html.ElementNode {
		r.line(r.inline(n))
		return
	}
	if attribute(n, "aria-hidden") == "true" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" }) {
		return
	}
	switch n.Data {
	case "script", "style":
	case "h1", "h2", "h3", "h4":
		r.line("\n" + strings.Repeat("#", int(n.Data[1]-'0')) + " " + r.inline(n))
	case "ul", "ol":
		r.list(n)
	case "dl":
		for c := range n.Descendants() {
			if c.Data == "dt" {
				r.line(r.inline(c) + ": " + r.inline(c.NextSibling))
			}
		}
	case "table":
		r.table(n)
	case "aside":
		for c := range n.ChildNodes() {
			if s := r.inline(c); s != "" {
				r.line("  nota: " + s)
			}
		}
	case "div", "section", "nav", "main", "header", "footer", "figure", "details", "form", "article":
		if label := attribute(n, "aria-label"); label != "" {
			r.line("[" + label + "]")
		}
		if inlineOnly(n) {
			r.line(r.inline(n))
			return
		}
		r.blocks(n)
	default:
		r.line(r.inline(n))
	}
}

func (r *reader) list(n *html.Node) {
	if label := attribute(n, "aria-label"); label != "" {
		r.line("[" + label + "]")
	}
	k, items := 0, count(n, "li")
	for li := range n.ChildNodes() {
		if li.Data != "li" || attribute(li, "aria-hidden") == "true" {
			continue
		}
		if k++; k <= itemsRead {
			if inlineOnly(li) {
				r.line("- " + r.inline(li))
			} else {
				r.line("-")
				r.blocks(li)
			}
		}
	}
	if items > itemsRead {
		r.line(fmt.Sprintf("- (e altre %d voci)", items-itemsRead))
	}
}

func (r *reader) table(n *html.Node) {
	for c := range n.Descendants() {
		if c.Data == "caption" {
			r.line("[tabella: " + r.inline(c) + "]")
		}
	}
	k := 0
	for tr := range n.Descendants() {
		if tr.Data != "tr" {
			continue
		}
		if k++; k > rowsRead {
			continue
		}
		var cells []string
		for c := range tr.ChildNodes() {
			s := r.inline(c)
			if sorted := attribute(c, "aria-sort"); sorted != "" {
				s += " (" + sorted + ")"
			}
			cells = append(cells, s)
		}
		r.line("| " + strings.Join(cells, " | ") + " |")
	}
	if k > rowsRead {
		r.line(fmt.Sprintf("(e altre %d righe)", k-rowsRead))
	}
}

// inline is the text of a node and what is in it, on one line.
func (r *reader) inline(n *html.Node) string {
	var b strings.Builder
	r.text(&b, n)
	return strings.Join(strings.FieldsFunc(b.String(), func(c rune) bool {
		return unicode.IsSpace(c) && c != ' '
	}), " ")
}

func (r *reader) text(b *strings.Builder, n *html.Node) {
	switch {
	case n == nil, attribute(n, "aria-hidden") == "true", n.Data == "script":
		return
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		return
	case n.Data == "img":
		fmt.Fprintf(b, "[immagine: %s]", attribute(n, "alt"))
		return
	case n.Data == "input":
		fmt.Fprintf(b, "[campo %s]", attribute(n, "name"))
		return
	case n.Data == "svg":
		r.picture(b, n)
		return
	case n.Data == "br":
		b.WriteString(" ")
		return
	}
	lang := attribute(n, "lang")
	if lang != "" {
		b.WriteString("{" + lang + ": ")
	}
	for c := range n.ChildNodes() {
		part := r.inlineKeepingEdges(c)
		if apart(c, b.String(), part) {
			b.WriteString(" / ")
		}
		b.WriteString(part)
	}
	switch {
	case lang != "":
		b.WriteString("}")
	case n.Data == "a":
		b.WriteString(" <" + attribute(n, "href") + ">")
	case n.Data == "abbr":
		b.WriteString(" (" + attribute(n, "title") + ")")
	}
}

func (r *reader) inlineKeepingEdges(n *html.Node) string {
	var b strings.Builder
	r.text(&b, n)
	return b.String()
}

// apart reports whether a node follows another element with nothing between
// them but style: their words would run together.
func apart(n *html.Node, before, text string) bool {
	if n.PrevSibling == nil || text == "" || before == "" || n.Type != html.ElementNode && n.PrevSibling.Type != html.ElementNode || n.Data == "tspan" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(text)
	return wordly(last) && wordly(first) || n.Type == html.ElementNode && n.PrevSibling.Type == html.ElementNode && !unicode.IsSpace(last) && !unicode.IsSpace(first)
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// picture writes the alternative of a drawing and, of a group, its links.
func (r *reader) picture(b *strings.Builder, n *html.Node) {
	fmt.Fprintf(b, "[immagine: %s]", attribute(n, "aria-label"))
	if attribute(n, "role") == "img" {
		return
	}
	var names, titles []string
	for c := range n.Descendants() {
		switch c.Data {
		case "title":
			titles = append(titles, r.inline(c))
		case "a":
			if unheard(c) {
				continue
			}
			if s := r.inline(c); s != "" && find(c, "title") == nil {
				names = append(names, s)
			}
		}
	}
	if len(names) > 0 {
		b.WriteString(" " + strings.Join(names, ", "))
	}
	if k := len(titles); k > placesRead {
		fmt.Fprintf(b, " [al passaggio: %s e altri %d]", strings.Join(titles[:placesRead], "; "), k-placesRead)
	} else if k > 0 {
		fmt.Fprintf(b, " [al passaggio: %s]", strings.Join(titles, "; "))
	}
}

func unheard(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if attribute(n, "aria-hidden") == "true" {
			return true
		}
	}
	return false
}

// inlineOnly reports whether a node holds nothing that stands by itself.
func inlineOnly(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.Data {
		case "p", "div", "ul", "ol", "dl", "table", "section", "figure", "h1", "h2", "h3", "h4", "nav", "aside", "details", "form", "figcaption", "summary", "blockquote":
			return false
		}
	}
	return true
}

func find(n *html.Node, tag string) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == tag {
			return c
		}
	}
	return nil
}

func count(n *html.Node, tag string) (k int) {
	for c := range n.ChildNodes() {
		if c.Data == tag {
			k++
		}
	}
	return k
}

func attribute(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestAPageIsReadAloud(t *testing.T) {
	const page = `<!doctype html><html lang="it"><head><title>Bolzano</title><meta name="description" content="Una prova."></head><body><main>
<h1>Bolzano <span lang="de">Bozen</span></h1><p class="facts"><span>uno</span><span>due</span></p>
<p>Ha <b>tre</b>: <a href="/x/">vicini</a>.</p><form hidden><label>Data</label></form>
<svg role="img" aria-label="Tre punti."><text>3</text></svg><svg aria-hidden="true"><text>no</text></svg>
<table><caption><b>Titolo</b>sotto</caption><tr><th>a</th><th aria-sort="descending">b</th></tr><tr><td><abbr title="Dato assente">n.d.</abbr></td><td></td></tr></table>
<aside><p><b>Base</b>12 Comuni</p></aside></main></body></html>`
	const want = `lingua: it
titolo: Bolzano
descrizione: Una prova.
# Bolzano {de: Bozen}
uno / due
Ha tre: vicini </x/>.
[immagine: Tre punti.]
[tabella: Titolo / sotto]
| a | b (descending) |
| n.d. (Dato assente) |  |
  nota: Base / 12 Comuni
`
	if got := reading([]byte(page)); strings.ReplaceAll(got, "\n\n", "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
