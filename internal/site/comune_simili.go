package site

import (
	"html/template"
	"slices"

	"mappa/internal/indicator"
	"mappa/internal/locale"
)

// similar lists the place's peers.
func (p comunePlace) similar() section {
	w := p.words
	where := w.Ripartizione(p.Atlas.Ripartizioni[p.c.Rip].Name).In
	if slices.ContainsFunc(p.peers[p.i], func(j int) bool { return p.Atlas.Comuni[j].Rip != p.c.Rip }) {
		where = w.T("comune.simili.ovunque")
	}
	s := section{ID: "simili", Title: w.T("comune.simili.titolo"), Lead: []template.HTML{w.HTML("comune.simili.intro", p.args(locale.S("ripartizione", where))...)}}
	g := p.comparison(append([]int{p.i}, p.peers[p.i]...), p.i)
	s.Parts = []template.HTML{scroll(w.T("comune.simili.tabella"), g.HTML()) + p.shortWords(g)}
	s.Margin = []note{{w.T("comune.simili.peso"), w.HTML("comune.simili.criteri")}}
	return s
}

// comparison is a table of Comuni with the figures that one can compare.
func (p *press) comparison(comuni []int, here int) grid {
	w := p.words
	g := grid{Head: []heading{{Text: w.T("colonna.comune")}, {Text: w.T("colonna.abitanti"), Number: true}}}
	type column struct {
		e *indicator.Entry
		k int
	}
	var stages []column
	for _, id := range twoFreshest {
		if k, iv := p.intervention(id); iv != nil {
			stages = append(stages, column{k: k})
			g.Head = append(g.Head, heading{Text: w.T("colonna."+id, locale.S("data", w.ShortDate(iv.List.Date)))})
		}
	}
	figures := []*indicator.Entry{p.scores, p.uses}
	for _, e := range figures {
		g.Head = append(g.Head, heading{Text: w.T("colonna."+e.ID, locale.S("data", w.ShortDate(e.Last().Date))), Number: true})
	}
	for _, i := range comuni {
		c := p.Atlas.Comuni[i]
		row := line{Cells: []cell{{Text: c.Name, Href: comunePath(c), Note: c.Plate, Class: "who", Sort: p.common.folds[i]}, {Text: w.Int(c.Residents), Sort: sortKey(float64(c.Residents))}}}
		if i == here {
			row.Class, row.Cells[0].Href = "me", ""
		}
		for _, s := range stages {
			st := p.fund.Positions[i][s.k].Stage
			row.Cells = append(row.Cells, cell{HTML: p.stage(st, w.T("stadio."+st.String())), Sort: sortKey(float64(st))})
		}
		for _, e := range figures {
			row.Cells = append(row.Cells, p.valueCell(e.Indicator, e.Last().Values[i]))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
