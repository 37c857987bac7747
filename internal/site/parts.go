package site

import (
	"html"
	"html/template"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// section is a part of a page under its own heading, with the margin that says
// base, date and source.
type section struct {
	ID, Title string
	Finding   template.HTML   // the title where figures of the survey stand in it
	Demo      template.HTML   // notice that the section rests on fictional answers
	Lead      []template.HTML // paragraphs
	Parts     []template.HTML // figures and tables
	Margin    []note
}

// note is a line in the margin.
type note struct {
	Title string
	Text  template.HTML
}

// strong is the one large figure of a page with the picture that gives it
// meaning.
type strong struct {
	Value, Unit, What, Base string
	Picture                 template.HTML
}

// key is one of the three key figures: each leads to its section.
type key struct {
	Value string
	What  template.HTML
	Base  string
}

// take is what can be taken away from a page: data, addresses, citation.
type take struct {
	Lists []takeList
	Cite  string
}

type takeList struct {
	Title string
	Items []template.HTML
}

// figure wraps a picture with its title above and its note below.
func figure(title, sub string, body template.HTML, caption template.HTML) template.HTML {
	return pictured(title, esc(sub), body, caption)
}

// pictured is figure with markup below its title.
func pictured(title string, sub, body, caption template.HTML) template.HTML {
	var b strings.Builder
	b.WriteString("<figure>")
	tagged(&b, "p", "title", esc(title))
	tagged(&b, "p", "sub", sub)
	b.WriteString(string(body))
	if caption != "" {
		b.WriteString("<figcaption>" + string(caption) + "</figcaption>")
	}
	b.WriteString("</figure>")
	return template.HTML(b.String()) // safe: title and sub are escaped, the rest is markup already
}

func tagged(b *strings.Builder, tag, class string, text template.HTML) {
	if text != "" {
		b.WriteString("<" + tag + ` class="` + class + `">` + string(text) + "</" + tag + ">")
	}
}

// scroll lets a wide table move sideways, also with the keyboard.
func scroll(label string, table template.HTML) template.HTML {
	return template.HTML(`<div class="scroll" tabindex="0" role="region" aria-label="`+html.EscapeString(label)+`">`) + table + "</div>"
}

// anchor is a link as markup.
func anchor(href, text string) template.HTML {
	return template.HTML(`<a href="` + html.EscapeString(href) + `">` + html.EscapeString(text) + `</a>`)
}

// code is an address or identifier to be copied.
func code(text string) template.HTML {
	return template.HTML("<code>" + html.EscapeString(text) + "</code>")
}

// esc is text as markup.
func esc(text string) template.HTML { return template.HTML(html.EscapeString(text)) }

// value writes a figure's number without its unit; a share gets its per cent
// sign. A missing value says why in a short word.
func (p *press) value(def stat.Indicator, v stat.Value) string {
	if !v.OK() {
		return p.words.Missing(v.Kind).Short
	}
	if def.Form == stat.Share {
		return p.words.Percent(v.N, def.Decimals)
	}
	return p.words.Number(v.N, def.Decimals)
}

// valueCell is value as a table's cell: it sorts by number, and a missing value
// carries its glyph and its whole name.
func (p *press) valueCell(def stat.Indicator, v stat.Value) cell {
	if !v.OK() {
		return cell{HTML: p.missing(v.Kind)}
	}
	return cell{Text: p.value(def, v), Sort: sortKey(v.N)}
}

// missing is the glyph and short word of a missing value. The whole name is read
// aloud in its place: few screen readers say what an abbreviation stands for.
func (p *press) missing(k stat.Kind) template.HTML {
	w := p.words.Missing(k)
	return template.HTML(`<span class="nv nowrap">`) + p.glyph(k.Code()) +
		template.HTML(`<span aria-hidden="true" title="`+html.EscapeString(w.Full)+`">`+html.EscapeString(w.Short)+`</span><span class="vh">`+html.EscapeString(w.Full)+`</span></span>`)
}

// shortWords says what the short words in a table's cells stand for, each kind once:
// a title is for pointers only.
func (p *press) shortWords(g grid) (out template.HTML) {
	for _, k := range stat.Kinds() {
		short := p.missing(k)
		if slices.ContainsFunc(g.Rows, func(r line) bool { return slices.ContainsFunc(r.Cells, func(c cell) bool { return c.HTML == short }) }) {
			w := p.words.Missing(k)
			out += p.keyTo(k, esc(w.Full+". "+w.Why))
		}
	}
	return out
}

// keyTo is a note that begins with a kind's glyph and short word, as they stand in
// the cells.
func (p *press) keyTo(k stat.Kind, text template.HTML) template.HTML {
	return `<p class="note"><span class="nv nowrap" aria-hidden="true">` + p.glyph(k.Code()) + esc(p.words.Missing(k).Short) + "</span> " + text + "</p>"
}

// spoken is what a chart's row says of a missing value in place of its short
// word; "" of a known one.
func (p *press) spoken(v stat.Value) string { return p.words.Missing(v.Kind).Full }

// glyph is a symbol of the theme's sprite; words stand beside it.
func (p *press) glyph(icon string) template.HTML {
	return p.icons[icon]
}

// axisSteps is about how many steps an axis has.
const axisSteps = 4

// axisOf is an axis from 0 to top for figures of that form.
func (p *press) axisOf(form stat.Form, top float64) draw.Axis {
	if form == stat.Share {
		return p.shareAxis(top)
	}
	return draw.NewAxis(0, top, axisSteps, func(v float64) string { return p.words.Number(v, decimalsFor(v)) })
}

// shareAxis is an axis of per cent. The sign stands once, at the last number:
// with every number it would leave no room for all of them on a phone.
func (p *press) shareAxis(top float64) draw.Axis {
	a := draw.NewAxis(0, top, axisSteps, func(v float64) string { return p.words.Number(v, decimalsFor(v)) })
	last := &a.Ticks[len(a.Ticks)-1]
	last.Label = p.words.Percent(last.At, decimalsFor(last.At))
	return a
}

// citation says how to cite a page.
func (p *press) citation(page string) string {
	site := p.Settings.Site
	return p.words.T("scarica.cita", locale.S("sito", site.Title), locale.S("pagina", page), locale.S("versione", site.Version), locale.S("titolare", site.Owner), locale.S("data", p.words.Date(site.UpdatedDate())))
}

// base says how many Comuni a figure rests on, of how many.
func (p *press) base(f stat.Figure) string {
	return p.words.T("base.comuni", locale.N("base", f.Base), locale.N("su", f.Of))
}

// short is the indicator's name in tables, which begins a cell.
func (p *press) short(e *indicator.Entry) string { return locale.Capital(p.text(e.ID).Front.Short) }

// unitOf is the unit of an indicator as it stands after a number: "ogni 1.000
// abitanti"; "" for shares, whose numbers carry their sign.
func (p *press) unitOf(e *indicator.Entry) string {
	if e.Form == stat.Share {
		return ""
	}
	return p.text(e.ID).Front.Unit
}

// longNames joins the names a place has in all languages: Bolzano/Bozen.
func longName(name string, other []atlas.OtherName) string {
	for _, o := range other {
		name += "/" + o.Text
	}
	return name
}
