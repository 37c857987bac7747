package site

import (
	"html/template"
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
)

// ownIndices is the indices of the Comune, where all that they are made of may be
// shown; no section where none is. Each stands beside the mean of its class.
func (p comunePlace) ownIndices() []section {
	x := p.Survey.Indices
	if x == nil || !slices.ContainsFunc(x.Own, func(values []stat.Value) bool { return values[p.i].OK() }) {
		return nil
	}
	s, ok := p.indexing()
	if !ok {
		return nil
	}
	w := p.words
	class := p.Survey.Published.Frame.Find(estimate.Area{Level: estimate.Classes, Rip: -1, Region: -1, Class: p.c.Class[0]})
	g := grid{Title: w.T("comune.indici.tabella"), Sub: w.T("indice.tabella_sotto"), Head: []heading{{Text: w.T("comune.indici.colonna")}, {Text: p.c.Name, Number: true}, {Text: w.T("comune.indici.livello")},
		{Text: w.T("comune.indici.media", p.args()...), Number: true}}}
	for k, i := range x.Tree.Indices() {
		v := x.Own[k][p.i]
		if !v.OK() {
			continue
		}
		level := ""
		if l := x.Tree.LevelOf(v.N); l >= 0 {
			level = x.Tree.Levels[l].Title
		}
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: x.Tree.Nodes[i].Title, Href: s.path(i)}, {Text: w.Number(score.Round(v.N), 0)}, {Text: level}, s.mean(x.Means[i][class])}})
	}
	return []section{{ID: "indici", Title: w.T("comune.indici.titolo"), Parts: []template.HTML{scroll(g.Title, g.HTML())},
		Margin: []note{{w.T("comune.indici.consenso"), w.HTML("comune.indici.consenso_testo", locale.S("metodo", indexMethodPath))}, s.collected()}}}
}
