package site

import (
	"html/template"
	"math"

	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// spread shows where the place's use of the register stands among the Comuni
// around it: a dot for each of them, or bars where they are many.
func (p comunePlace) spread(title, sub string) template.HTML {
	e, w := p.uses, p.words
	s, sorted := e.Last(), p.around.uses
	if len(sorted) == 0 {
		return ""
	}
	label := func(v float64) string { return w.Number(v, decimalsFor(v)) }
	top := indicator.Quantile(sorted, outlier)
	if v := s.Values[p.i]; v.OK() {
		top = max(top, v.N)
	}
	axis := draw.NewAxis(0, top, 5, label)
	var others []float64
	beyond := 0
	for _, j := range p.around.comuni {
		switch v := s.Values[j]; {
		case j == p.i || !v.OK():
		case v.N > axis.Hi:
			beyond++
		default:
			others = append(others, v.N)
		}
	}
	median := indicator.Quantile(sorted, 0.5)
	chart := draw.Strip{Axis: axis, Values: others,
		Median: draw.Mark{At: draw.At(median), Text: w.T("grafico.mediana", locale.S("valore", p.value(e.Indicator, stat.Of(median))))}}
	alt := "grafico.striscia"
	if v := s.Values[p.i]; v.OK() {
		chart.Here = draw.Mark{At: draw.At(v.N), Text: p.c.Name + " " + p.value(e.Indicator, v), Here: true}
		alt = "grafico.striscia_qui"
	}
	chart.Label = w.T(alt, p.args(locale.N("n", len(sorted)), locale.S("mediana", p.value(e.Indicator, stat.Of(median))),
		locale.S("da", p.value(e.Indicator, stat.Of(sorted[0]))), locale.S("a", p.value(e.Indicator, stat.Of(sorted[len(sorted)-1]))),
		locale.S("valore", p.value(e.Indicator, s.Values[p.i])))...)
	var caption template.HTML
	if beyond > 0 {
		caption = w.HTML("grafico.oltre", locale.N("n", beyond), locale.S("valore", p.value(e.Indicator, stat.Of(chart.Axis.Hi))))
	}
	return figure(title, sub, draw.HTML(chart), caption)
}

// outlier is the quantile at which a chart of a group ends when the place
// itself lies below: one Comune at ten times the others would flatten them all.
const outlier = 0.98

// decimalsFor prints axis labels below ten with a decimal where they have one.
func decimalsFor(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return 1
}

// register is the use of the online register, against the areas around.
func (p comunePlace) register() section {
	w, e := p.words, p.uses
	s := section{ID: "anagrafe", Title: w.T("comune.anagrafe.titolo", locale.S("come", p.against()))}
	now, k := e.Now(), p.c.Class[0]
	rows := []draw.Row{p.row(p.c.Name, "", e, stat.Figure{Value: e.Last().Values[p.i]}, true)}
	if e.Last().Values[p.i].Kind == stat.NotComparable {
		rows[0].Value, rows[0].Spoken = w.T("comune.anagrafe.parziale"), ""
		s.Lead = []template.HTML{esc(w.T("comune.forte.ripartito_perche"))}
	}
	if f := now.RegionClass[p.c.Region][k]; f.Of > 1 { // alone in its class, a Comune would stand beside itself
		rows = append(rows, p.row(w.T("comune.riga.classe_regione", p.args()...), "", e, f, false))
	}
	rows = append(rows, p.row(w.T("comune.riga.classe", p.args()...), classPath(p.class), e, now.Classes[k], false))
	if p.unit.Name != p.reg.Name {
		rows = append(rows, p.row(locale.Capital(w.Unit(p.unit.Kind, p.unit.Name).Name), unitPath(p.unit), e, now.Units[p.c.Unit], false))
	}
	rows = append(rows, p.row(p.reg.Name, regionPath(p.reg), e, now.Regions[p.c.Region], false), p.row(w.T("italia"), indicatorPath(e.ID), e, now.Nation, false))
	top := 0.
	for _, f := range []stat.Figure{now.RegionClass[p.c.Region][k], now.Classes[k], now.Units[p.c.Unit], now.Regions[p.c.Region], now.Nation, {Value: e.Last().Values[p.i]}} {
		top = max(top, f.Value.N)
	}
	chart := draw.Rows{Axis: draw.NewAxis(0, top, 4, func(v float64) string { return w.Number(v, 0) }), Rows: rows}
	s.Parts = []template.HTML{figure(w.T("comune.anagrafe.figura", locale.S("data", w.AtDate(e.Last().Date))), "", draw.HTML(chart), ""), p.registerTable()}
	s.Margin = []note{{w.T("comune.base"), w.HTML("comune.anagrafe.base", locale.S("data", w.AtDate(p.Atlas.Population.Date)))},
		{w.T("comune.anagrafe.tendenza"), w.HTML("comune.anagrafe.una_sola", locale.N("n", len(e.Series)))},
		{w.T("comune.fonte"), p.credit(e.Source)}}
	return s
}

// row is a line of a dot chart.
func (p *press) row(name, href string, e *indicator.Entry, f stat.Figure, here bool) draw.Row {
	r := draw.Row{Name: name, Href: href, Value: p.value(e.Indicator, f.Value), Spoken: p.spoken(f.Value), Here: here}
	if f.Of > 0 {
		r.Note = p.words.T("base.n_comuni", locale.N("n", f.Base))
	}
	if f.Value.OK() {
		r.Dot = draw.At(f.Value.N)
	}
	return r
}

// alike is how far from the class's figure a value still counts as the same: a
// tenth, since a few uses more move a small Comune.
const alike = 0.1

// against says how the place's use compares with its class: piu, meno, come, or
// ripartito where the count began again with a merger, or manca.
func (p comunePlace) against() string {
	v, f := p.uses.Last().Values[p.i], p.uses.Now().Classes[p.c.Class[0]].Value
	switch {
	case v.Kind == stat.NotComparable:
		return "ripartito"
	case !v.OK() || !f.OK():
		return "manca"
	case v.N > f.N*(1+alike):
		return "piu"
	case v.N < f.N*(1-alike):
		return "meno"
	}
	return "come"
}

// registerTable is the single services of the register, as counts and per 1,000
// residents, with the class beside them.
func (p comunePlace) registerTable() template.HTML {
	w := p.words
	if !p.uses.Last().Values[p.i].OK() {
		return ""
	}
	g := grid{Title: w.T("comune.anagrafe.tabella", p.args(locale.S("data", w.AtDate(p.uses.Last().Date)))...),
		Head: []heading{{Text: w.T("comune.anagrafe.servizio")}, {Text: w.T("comune.anagrafe.numero"), Number: true},
			{Text: w.T("comune.anagrafe.per_mille"), Number: true}, {Text: w.T("comune.anagrafe.classe"), Number: true}}}
	for k, v := range p.services {
		if !v.Values[p.i].OK() {
			continue
		}
		n := v.Values[p.i].N
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: w.T("servizio." + variableName(v.ID))}, {Text: w.Number(n, 0)},
			{Text: w.Number(n/float64(max(p.c.Residents, 1))*p.uses.Per, 1)}, {Text: w.Number(p.rates[p.c.Class[0]][k].Value.N, 1)}}})
	}
	return g.HTML()
}
