package site

import (
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
)

// indexList leads to the indices and to what stands beside them.
func (s *indexed) indexList() error {
	w := s.words
	name := w.T("indice.elenco.titolo")
	page := listPage{Chrome: s.surveyChrome(name, w.T("indice.elenco.descrizione"), indicesPath), Name: name,
		Lead: w.HTML("indice.elenco.lead", locale.S("metodo", indexMethodPath), locale.S("sensibilita", sensitivityPath))}
	for _, i := range s.Tree.Indices() {
		n := &s.Tree.Nodes[i]
		g := grid{Title: n.Title, Sub: s.demoWords(w.T("indice.tabella_sotto")), Head: []heading{{Text: w.T("indice.parti.colonna")}, {Text: w.T("italia"), Number: true}}}
		for _, x := range s.areas.classes {
			g.Head = append(g.Head, heading{Text: x.name, Number: true})
		}
		withheld := false
		for _, k := range append([]int{i}, n.Children...) {
			row := line{Cells: []cell{{Text: s.Tree.Nodes[k].Title}, s.mean(s.Means[k][s.areas.italy.area])}}
			if k == i {
				row.Cells[0].Class, row.Cells[0].Href = "who", s.path(i)
			}
			for _, x := range s.areas.classes {
				withheld = withheld || hidden(s.Means[k][x.area].Value)
				row.Cells = append(row.Cells, s.mean(s.Means[k][x.area]))
			}
			g.Rows = append(g.Rows, row)
		}
		base := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}, s.based(s.Means[i][s.areas.italy.area])}}
		for _, x := range s.areas.classes {
			base.Cells = append(base.Cells, s.based(s.Means[i][x.area]))
		}
		g.Rows = append(g.Rows, base)
		page.Groups = append(page.Groups, linkGroup{ID: n.ID, Margin: s.aboutMeans(), Title: n.Title, Lead: w.HTML("indice.elenco.indice", locale.S("indirizzo", s.path(i)), locale.S("aree", w.And(s.titles(n.Children)))), Table: scroll(g.Title, g.HTML()) + s.withheldNote(withheld)})
	}
	if g, ok := s.editionsGroup(); ok {
		page.Groups = append(page.Groups, g)
	}
	if items := s.besides(); len(items) > 0 {
		page.Groups = append(page.Groups, linkGroup{ID: "accanto", Title: w.T("indice.elenco.accanto"), Lead: w.HTML("indice.elenco.accanto_testo"), Items: items})
	}
	return s.page("elenco", &page, indicesPath)
}

// besides are the indicators that need no index, each on its own page.
func (s *indexed) besides() (out []linkItem) {
	for _, b := range s.Tree.Beside {
		item := linkItem{Text: b.Title, URL: indicatorPath(b.Indicator)}
		if b.Question >= 0 {
			q := &s.book.Questions[b.Question]
			item.URL, item.Under = indicatorPath(q.ID), q.Headline.Title
		}
		out = append(out, item)
	}
	return out
}

// indexRow is a row of dati.csv of the indices: a mean by area.
type indexRow struct {
	Edition string   `csv:"edizione"`
	Index   string   `csv:"indice"`
	Node    string   `csv:"voce"`
	Title   string   `csv:"titolo"`
	Depth   int      `csv:"livello_indice"` // 3 an index, 2 an area, 1 a part
	Weight  float64  `csv:"peso"`
	Parts   string   `csv:"parti"` // comuni: those of both forms; completo: all of the full form; confronto: those that the edition before asks alike
	Level   string   `csv:"livello"`
	Code    string   `csv:"codice"`
	Name    string   `csv:"nome"`
	Class   string   `csv:"classe"`
	Mean    *float64 `csv:"media"`
	Missing string   `csv:"assenza"`
	Guess   *float64 `csv:"stima"`
	Low     *float64 `csv:"stima_da"`
	High    *float64 `csv:"stima_a"`
	NoGuess string   `csv:"stima_assenza"`
	Figure  string   `csv:"cifra"` // where mean and estimate come from
	Base    *float64 `csv:"base"`
	NoBase  string   `csv:"base_assenza"`
	Demo    bool     `csv:"dimostrativo"`
}

func (s *indexed) indicesCSV() error {
	var rows []indexRow
	for i := range s.Tree.Nodes {
		n := &s.Tree.Nodes[i]
		top := i
		for s.Tree.Nodes[top].Parent >= 0 {
			top = s.Tree.Nodes[top].Parent
		}
		base := indexRow{Edition: s.Tree.Edition, Index: s.Tree.Nodes[top].ID, Node: n.ID, Title: n.Title, Depth: int(n.Depth), Weight: n.Share, Demo: s.edition.Demo()}
		for _, level := range slices.Concat(s.areas.levels, s.areas.more) {
			for _, x := range level.places {
				base.Level, base.Code, base.Name, base.Class = level.name, x.code, x.name, x.class
				add := func(parts string, m disclosure.Mean) {
					if m == (disclosure.Mean{}) {
						return // none is printed: a part is one question, whose answers may be withheld there
					}
					base.tell(parts, m)
					rows = append(rows, base)
				}
				add(ofBoth, s.Means[i][x.area])
				if !s.Whole[i] {
					add(ofFull, s.full(i, x.area))
				}
			}
		}
	}
	return s.csv(indicesPath+"dati.csv", append(rows, s.indexSeriesRows()...))
}

// tell puts a mean into the row.
func (r *indexRow) tell(parts string, m disclosure.Mean) {
	r.Parts, r.Mean, r.Missing = parts, known(m.Value), m.Value.Kind.Code()
	r.Guess, r.Low, r.High, r.NoGuess = known(m.Estimate), known(m.Low), known(m.High), m.Estimate.Kind.Code()
	r.Figure, r.Base, r.NoBase = m.Key, known(m.Base), m.Base.Kind.Code()
}
