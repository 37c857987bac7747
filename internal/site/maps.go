package site

import (
	"html"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// The grids maps are drawn on, in units: a country map is shown at most 480
// pixels wide, on screens of up to two pixels each.
const (
	countryGrid = 800
	areasGrid   = 560 // regions or units of Italy, inline
	insetGrid   = 74
	margin      = 4
)

// classOf is the map class of a value. A Comune's own share is yes or no, the
// second and the last but one colour.
func classOf(e *indicator.Entry, v stat.Value, own bool) draw.Class {
	switch {
	case !v.OK():
		return draw.NoValue
	case own && e.Form == stat.Share && v.N > 0:
		return draw.C4
	case own && e.Form == stat.Share:
		return draw.C1
	}
	return draw.Class(indicator.Class(e.Breaks, v.N))
}

func (p *press) comuneClasses(e *indicator.Entry) []draw.Class {
	out := make([]draw.Class, len(p.Atlas.Comuni))
	for i, v := range e.Last().Values {
		out[i] = classOf(e, v, true)
	}
	return out
}

// image is a country map as the page shows it.
func (p *press) image(address, alt string, when loading) template.HTML {
	f := draw.NewFrame(p.Maps.Country.Bounds(), countryGrid, margin)
	return template.HTML(`<img src="` + address + `" width="` + strconv.Itoa(f.W) + `" height="` + strconv.Itoa(f.H) +
		`"` + string(when) + ` alt="` + template.HTMLEscapeString(alt) + `">`)
}

// loading says when an image is fetched: with the page where it opens the page,
// else when a reader comes near it.
type loading string

const (
	atOnce loading = ""
	nearby loading = ` loading="lazy"`
)

// countryMap is Italy by Comune as an image with its legend.
func (p *press) countryMap(e *indicator.Entry, when loading, caption template.HTML) template.HTML {
	return p.mapFigure(mapView{indicator: e.ID, level: "comuni"}, p.mapTitle(e), p.words.T("mappa.per_comune", locale.S("data", p.words.Date(e.Last().Date))),
		p.image(p.images[e.ID], p.mapAlt(e), when)+p.legend(e, e.Last().Values, true), caption)
}

// mapView is what a map on a page shows, so that the script of the interactive
// map can take its place when it is asked to: an indicator, a level and, where it is not all of
// Italy, the region or the unit. The zero mapView is left as it is.
type mapView struct {
	indicator, level, region, unit string
}

// mapFigure is a figure of class map.
func (p *press) mapFigure(v mapView, title, sub string, body, caption template.HTML) template.HTML {
	tag := []byte(`<figure class="map"`)
	if v != (mapView{}) {
		tag = attr(tag, "data-mappa", p.atlas)
		tag = attr(tag, "data-script", p.atlasScript)
		tag = attr(tag, "data-guasto", p.words.T("mappa.guasto"))
		query := url.Values{}
		for _, a := range [][2]string{{"indicatore", v.indicator}, {"livello", v.level}, {"regione", v.region}, {"provincia", v.unit}} {
			tag = attr(tag, "data-"+a[0], a[1])
			if a[1] != "" {
				query.Set(a[0], a[1])
			}
		}
		body += template.HTML(`<p class="open"><a href="`+mapPath+"?"+html.EscapeString(query.Encode())+`">`) + p.words.HTML("mappa.apri") +
			`</a> <button type="button" class="btn ghost" data-esplora hidden>` + p.words.HTML("mappa.esplora") + `</button></p>`
	}
	return template.HTML(strings.Replace(string(figure(title, sub, body, caption)), "<figure", string(tag), 1))
}

// areaMap is Italy by region or by unit, inline, with links.
func (p *press) areaMap(e *indicator.Entry, units bool, caption template.HTML) template.HTML {
	w, now := p.words, e.Now()
	m := draw.Areas{Mesh: p.regionMesh, Label: p.areaAlt(e, units)}
	values := make([]stat.Value, 0, len(p.Atlas.Units))
	add := func(name, href string, f stat.Figure) {
		values = append(values, f.Value)
		m.Areas = append(m.Areas, draw.Area{Title: w.T("mappa.voce", locale.S("nome", name), locale.S("valore", p.withUnit(e, f.Value))), Href: href, Class: classOf(e, f.Value, false)})
	}
	sub, level := "mappa.per_regione", "regioni"
	if units {
		sub, level, m.Mesh, m.Group = "mappa.per_unita", "province", p.unitMesh, p.unitRegion
		for u, unit := range p.Atlas.Units {
			add(longName(unit.Name, unit.Other), unitPath(unit), now.Units[u])
		}
	} else {
		for r, region := range p.Atlas.Regions {
			add(longName(region.Name, region.Other), regionPath(region), now.Regions[r])
		}
	}
	return p.mapFigure(mapView{indicator: e.ID, level: level}, p.mapTitle(e), w.T(sub, locale.S("data", w.Date(e.Last().Date))), draw.HTML(m)+p.legend(e, values, false), caption)
}

// comuniMap is the Comuni of an area, inline, with links; a table beside it
// carries the same.
func (p *press) comuniMap(e *indicator.Entry, a area, group func(i int) int) template.HTML {
	comuni := a.comuni
	w := p.words
	shapes := make([]orb.MultiPolygon, len(comuni))
	var bound orb.Bound
	m := draw.Areas{Group: make([]int, len(comuni))}
	values := make([]stat.Value, len(comuni))
	for k, i := range comuni {
		c, v := p.Atlas.Comuni[i], e.Last().Values[i]
		shapes[k], values[k] = p.Maps.Region.Polygon(i), v
		if b := shapes[k].Bound(); k == 0 {
			bound = b
		} else {
			bound = bound.Union(b)
		}
		m.Group[k] = group(i)
		m.Areas = append(m.Areas, draw.Area{Title: w.T("mappa.voce", locale.S("nome", c.Name), locale.S("valore", p.ownText(e, v))),
			Href: comunePath(c), Class: classOf(e, v, true)})
	}
	m.Mesh = draw.NewMesh(draw.NewFrame(bound, gridFor(len(comuni)), margin), shapes)
	m.Label = w.T("mappa.area_alt", locale.S("indicatore", p.text(e.ID).Front.Title), locale.N("n", len(comuni)))
	view := mapView{indicator: e.ID, level: "comuni", region: a.region, unit: a.unit}
	return p.mapFigure(view, p.mapTitle(e), w.T("mappa.per_comune", locale.S("data", w.Date(e.Last().Date))), draw.HTML(m)+p.legend(e, values, true), "")
}

// gridFor is the grid of a map of n Comuni: many are drawn coarser, so that the
// map of Lombardia weighs no more than a picture may.
func gridFor(n int) int {
	const few, fine, coarse = 400, 840, 620
	if n <= few {
		return fine
	}
	return coarse
}

// ownText is a Comune's value in words: of a share, yes or no.
func (p *press) ownText(e *indicator.Entry, v stat.Value) string {
	if e.Form == stat.Share && v.OK() {
		return p.words.T("valore.si_no", locale.N("n", int(v.N)))
	}
	return p.withUnit(e, v)
}

// withUnit is a value with its unit, or the whole name of why it is missing.
func (p *press) withUnit(e *indicator.Entry, v stat.Value) string {
	if !v.OK() {
		return p.words.Missing(v.Kind).Full
	}
	if u := p.unitOf(e); u != "" {
		return p.value(e.Indicator, v) + " " + u
	}
	return p.value(e.Indicator, v)
}

// legend lists the classes with how many places are in each.
func (p *press) legend(e *indicator.Entry, values []stat.Value, own bool) template.HTML {
	w := p.words
	counts := map[draw.Class]int{}
	for _, v := range values {
		counts[classOf(e, v, own)]++
	}
	s := draw.Swatches{Label: w.T("mappa.legenda")}
	add := func(c draw.Class, text string) {
		s.Swatches = append(s.Swatches, draw.Swatch{Class: c, Text: text, Count: w.Int(counts[c])})
	}
	if own && e.Form == stat.Share {
		add(draw.C4, w.T("valore.si_no", locale.N("n", 1)))
		add(draw.C1, w.T("valore.si_no", locale.N("n", 0)))
	} else {
		for k := range len(e.Breaks) + 1 {
			add(draw.Class(k+1), p.classLabel(e, k))
		}
	}
	if counts[draw.NoValue] > 0 {
		add(draw.NoValue, w.T("mappa.senza_valore"))
	}
	return draw.HTML(s)
}

// classLabel names class k, from 0: "meno di 150", "da 150 a meno di 250", "500
// e oltre"; of a share "da 70 a meno di 80 %".
func (p *press) classLabel(e *indicator.Entry, k int) string {
	w := p.words
	number := func(i int) string { return w.Number(e.Breaks[i], decimalsFor(e.Breaks[i])) }
	edge := number
	if e.Form == stat.Share {
		edge = func(i int) string { return w.Percent(e.Breaks[i], decimalsFor(e.Breaks[i])) }
	}
	switch {
	case k == 0:
		return w.T("mappa.meno_di", locale.S("b", edge(0)))
	case k == len(e.Breaks):
		return w.T("mappa.e_oltre", locale.S("a", edge(k-1)))
	}
	return w.T("mappa.fra", locale.S("a", number(k-1)), locale.S("b", edge(k)))
}

func (p *press) mapTitle(e *indicator.Entry) string {
	front := p.text(e.ID).Front
	if e.Form == stat.Share {
		return front.Title
	}
	return p.words.T("mappa.titolo", locale.S("titolo", front.Title), locale.S("unita", front.Unit))
}

// mapAlt says the finding of a map of all Comuni: the figure of Italy, the
// highest and the lowest regions, how many have no value.
func (p *press) mapAlt(e *indicator.Entry) string {
	now := e.Now()
	high, low := p.extremes(now.Regions, func(i int) string { return p.Atlas.Regions[i].Name }, e)
	return p.words.T("mappa.alt", locale.S("titolo", p.text(e.ID).Front.Title), locale.S("italia", p.withUnit(e, now.Nation.Value)),
		locale.S("alte", high), locale.S("basse", low), locale.N("manca", now.Nation.Of-now.Nation.Base))
}

func (p *press) areaAlt(e *indicator.Entry, units bool) string {
	now := e.Now()
	figures, name := now.Regions, func(i int) string { return p.Atlas.Regions[i].Name }
	if units {
		figures, name = now.Units, func(i int) string { return p.Atlas.Units[i].Name }
	}
	high, low := p.extremes(figures, name, e)
	return p.words.T("mappa.alt", locale.S("titolo", p.text(e.ID).Front.Title), locale.S("italia", p.withUnit(e, now.Nation.Value)),
		locale.S("alte", high), locale.S("basse", low), locale.N("manca", now.Nation.Of-now.Nation.Base))
}

// extremes lists the three highest and the three lowest areas with their values.
func (p *press) extremes(figures []stat.Figure, name func(i int) string, e *indicator.Entry) (high, low string) {
	const shown = 3
	order := byValue(figures)
	list := func(from []int) string {
		var items []string
		for _, i := range from[:min(shown, (len(from)+1)/2)] {
			items = append(items, name(i)+" "+p.value(e.Indicator, figures[i].Value))
		}
		return p.words.And(items)
	}
	up := make([]int, len(order))
	for k, i := range order {
		up[len(order)-1-k] = i
	}
	return list(order), list(up)
}
