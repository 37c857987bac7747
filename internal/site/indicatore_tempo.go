package site

import (
	"html/template"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// trend is the figure at every date; one date draws no line and says so.
func (p *press) trend(e *indicator.Entry) section {
	w := p.words
	s := section{ID: "tendenza", Title: w.T("indicatore.tendenza.titolo", locale.N("n", len(e.Series)))}
	if k, iv := p.interventionOf(e); iv != nil {
		return p.denominator(s, k, iv)
	}
	if len(e.Series) < 2 {
		s.Lead = []template.HTML{w.HTML("indicatore.tendenza.una")}
		return s
	}
	s.Lead = []template.HTML{w.HTML("indicatore.tendenza.intro")}
	first, last := 0, len(e.Series)-1
	chart := draw.Slope{Left: w.Month(e.Series[first].Date), Right: w.Month(e.Series[last].Date)}
	g := grid{Title: w.T("indicatore.tendenza.tabella"), Sub: w.T("indicatore.classi.fra_parentesi"), Head: []heading{{Text: w.T("colonna.classe")}}}
	for _, sr := range e.Series {
		g.Head = append(g.Head, heading{Text: w.ShortDate(sr.Date), Number: true})
	}
	var values []float64
	add := func(name string, of func(*indicator.Cuts) stat.Figure, dark bool) {
		row := line{Cells: []cell{{Text: name}}}
		for t := range e.Series {
			row.Cells = append(row.Cells, p.basedCell(e, of(&e.Cuts[t])))
		}
		g.Rows = append(g.Rows, row)
		a, b := of(&e.Cuts[first]).Value, of(&e.Cuts[last]).Value
		chart.Lines = append(chart.Lines, draw.SlopeLine{Name: name, From: at(a), To: at(b), FromText: p.value(e.Indicator, a), ToText: p.value(e.Indicator, b), Dark: dark})
		values = append(values, a.N, b.N)
	}
	for k, c := range p.Atlas.Schemes[0].Classes {
		add(c.Label, func(c *indicator.Cuts) stat.Figure { return c.Classes[k] }, false)
	}
	add(w.T("italia"), func(c *indicator.Cuts) stat.Figure { return c.Nation }, true)
	chart.Lo, chart.Hi = 0, 0
	for _, v := range values {
		chart.Hi = max(chart.Hi, v)
	}
	chart.Label = w.T("indicatore.tendenza.alt", locale.S("da", chart.Lines[len(chart.Lines)-1].FromText), locale.S("a", chart.Lines[len(chart.Lines)-1].ToText),
		locale.S("prima", chart.Left), locale.S("dopo", chart.Right))
	s.Parts = []template.HTML{figure("", w.T("indicatore.tendenza.sotto"), draw.HTML(chart), ""), scroll(g.Title, g.HTML())}
	return s
}

// interventionOf is the intervention that an indicator counts, nil for another
// source's: padigitale/send/pagato counts send.
func (p *press) interventionOf(e *indicator.Entry) (int, *source.Intervention) {
	parts := strings.Split(e.Value, "/")
	if e.Source != p.fund.Source || len(parts) != 3 {
		return -1, nil
	}
	return p.intervention(parts[1])
}

// denominator is how many projects there were to be paid, as the list's own
// dates tell it: a new call raises the number, and the share paid falls.
func (p *press) denominator(s section, k int, iv *source.Intervention) section {
	w := p.words
	s.Title = w.T("indicatore.progetti.titolo")
	s.Lead = []template.HTML{w.HTML("indicatore.progetti.intro", locale.S("data", w.OfDate(iv.List.Date)))}
	g := grid{Title: w.T("indicatore.progetti.tabella"), Head: []heading{{Text: w.T("indicatore.progetti.mese")}, {Text: w.T("indicatore.progetti.comuni"), Number: true},
		{Text: w.T("indicatore.progetti.finanziati"), Number: true}}}
	if iv.SupportsPaid {
		g.Head = append(g.Head, heading{Text: w.T("indicatore.progetti.rinunciati"), Number: true}, heading{Text: w.T("indicatore.progetti.pagati"), Number: true}, heading{Text: w.T("indicatore.progetti.quota"), Number: true})
	}
	for _, step := range halfYears(p.fund.Steps(k)) {
		row := line{Cells: []cell{{Text: w.Month(atlas.Date(step.Month*100 + 1))}, {Text: w.Int(step.Comuni)}, {Text: w.Int(step.Financed)}}}
		if iv.SupportsPaid {
			share := "–"
			if due := step.Financed - step.Renounced; due > 0 {
				share = w.Percent(float64(step.Paid)/float64(due)*100, 1)
			}
			row.Cells = append(row.Cells, cell{Text: w.Int(step.Renounced)}, cell{Text: w.Int(step.Paid)}, cell{Text: share})
		}
		g.Rows = append(g.Rows, row)
	}
	s.Parts = []template.HTML{scroll(g.Title, g.HTML())}
	s.Margin = []note{{w.T("indicatore.progetti.perche"), w.HTML("indicatore.progetti.perche_testo")}, {w.T("comune.fonte"), p.credit(p.fund.Source)}}
	return s
}

// halfYears keeps the last step of every half year, and the newest. A half year
// without a step is one in which nothing happened.
func halfYears(steps []source.Step) []source.Step {
	const months = 6
	half := func(s source.Step) int { return s.Month/100*2 + (s.Month%100-1)/months }
	var out []source.Step
	for i, s := range steps {
		if i+1 == len(steps) || half(steps[i+1]) != half(s) {
			out = append(out, s)
		}
	}
	return out
}
