package site

import (
	"html/template"

	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/survey"
)

// answers is the picture of the page: every answer in Italy, or the focus of
// every row of a grid.
func (s *inquiry) answers(q *asked) template.HTML {
	w, italy := s.words, s.areas.italy.area
	chart := draw.Rows{Axis: s.shareAxis(100)}
	title, sub := w.T("domanda.risposte.nome"), w.T("domanda.risposte.sotto", locale.S("forma", string(q.Shape)))
	caption := s.demoTag()
	if o, ok := s.commonest(q); ok {
		title = w.T("domanda.piu_data", locale.S("forma", string(q.Shape)), locale.S("risposta", o.Text))
	}
	if q.byRow() {
		title = s.focusName(q)
		for i := range q.tables {
			c := q.cell(&q.tables[i], italy, q.focus)
			chart.Rows = append(chart.Rows, draw.Row{Name: q.Rows[q.tables[i].Row].Text, Value: s.text(c), Spoken: s.aloud(c), Figure: c.Key, Dot: at(c.Value)})
		}
		return figure(title, sub, draw.HTML(chart), caption)
	}
	for k, c := range q.tables[0].Lines[italy].Options {
		chart.Rows = append(chart.Rows, draw.Row{Name: q.Options[k].Text, Value: s.text(c), Spoken: s.aloud(c), Figure: c.Key, Dot: at(c.Value), Strong: q.focus == headline && q.Headline.Any.Has(k)})
	}
	if q.focus == headline {
		caption = w.HTML("domanda.risposte.neretto") + " " + caption
	}
	caption += s.unsaidNote(q.unsaid([]place{s.areas.italy}))
	return figure(title, sub, draw.HTML(chart), caption)
}

func (s *inquiry) answersByClass(q *asked) section {
	classes := s.inForce(q, s.areas.classes)
	out := section{ID: "classi", Finding: s.classFinding(q, classes), Margin: s.margin(q)}
	out.Parts = []template.HTML{s.areaChart(q, classes),
		s.optionsTable(q, &q.tables[0], s.words.T("domanda.classi.tabella"), append(classes, s.areas.italy))}
	return out
}

func (s *inquiry) answersByRip(q *asked) section {
	rips := s.inForce(q, s.areas.rips)
	out := section{ID: "ripartizioni", Finding: s.areaFinding(q, "ripartizioni", s.inForce(q, s.areas.five), s.words.Ripartizione)}
	out.Parts = []template.HTML{s.areaChart(q, rips),
		s.optionsTable(q, &q.tables[0], s.words.T("domanda.ripartizioni.tabella"), append(rips, s.areas.italy)), s.crossTable(q)}
	out.Margin = []note{{s.words.T("domanda.mezzogiorno"), s.words.HTML("domanda.mezzogiorno_testo")}, s.collected()}
	return out
}

// answersByRegion shows the focus; where the codebook names no headline, every
// answer.
func (s *inquiry) answersByRegion(q *asked) section {
	regions := s.inForce(q, s.areas.regions)
	columns := []column{{locale.Capital(q.focusText()), &q.tables[0], q.focus}}
	if q.focus != headline {
		for k, o := range q.Options {
			if k != q.focus {
				columns = append(columns, column{o.Text, &q.tables[0], k})
			}
		}
	}
	return s.regionSection(q, s.areaFinding(q, "regioni", regions, s.words.Region), columns, regions)
}

func (s *inquiry) regionSection(q *asked, title template.HTML, columns []column, regions []place) section {
	out := section{ID: "regioni", Finding: title, Parts: []template.HTML{s.regionTable(q, columns, descending(q, columns[0], regions))}, Margin: []note{s.collected()}}
	if q.focus == headline {
		out.Margin = append(out.Margin, note{s.words.T("domanda.altre_risposte"), s.words.HTML("domanda.altre_risposte_testo", locale.S("indirizzo", indicatorPath(q.ID)+"dati.csv"))})
	}
	return out
}

// gridAnswers is every row of a grid with all its answers, in Italy.
func (s *inquiry) gridAnswers(q *asked) section {
	w, italy := s.words, s.areas.italy
	g := grid{Title: w.T("domanda.risposte.tabella"), Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(q.Shape)))), Head: []heading{{Text: w.T("domanda.riga_colonna")}}}
	for _, o := range q.Options {
		g.Head = append(g.Head, heading{Text: o.Text, Number: true})
	}
	g.Head = append(g.Head, heading{Text: w.T("domanda.base"), Number: true})
	for i := range q.tables {
		l := q.tables[i].Lines[italy.area]
		row := line{Cells: []cell{{Text: q.Rows[q.tables[i].Row].Text, Class: "who"}}}
		for _, c := range l.Options {
			row.Cells = append(row.Cells, s.share(c))
		}
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, s.baseOf(l))})
	}
	return section{ID: "risposte", Finding: s.rowFinding(q), Margin: s.margin(q),
		Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.unsaidNote(q.unsaid([]place{italy}))}}
}

// places is every place of a ranking, in Italy: who stands there how often.
func (s *inquiry) places(q *asked) section {
	w, italy := s.words, s.areas.italy
	g := grid{Title: w.T("domanda.risposte.tabella"), Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(survey.Single)))), Head: []heading{{Text: w.T("domanda.risposta_colonna")}}}
	for i := range q.tables {
		g.Head = append(g.Head, heading{Text: w.T("domanda.posto", locale.S("posto", q.Rows[q.tables[i].Row].Text)), Number: true})
	}
	for k, o := range q.Options {
		row := line{Cells: []cell{{Text: o.Text, Class: "who"}}}
		for i := range q.tables {
			row.Cells = append(row.Cells, s.share(q.tables[i].Lines[italy.area].Options[k]))
		}
		g.Rows = append(g.Rows, row)
	}
	base := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}}}
	for i := range q.tables {
		base.Cells = append(base.Cells, s.baseOf(q.tables[i].Lines[italy.area]))
	}
	g.Rows = append(g.Rows, base)
	return section{ID: "risposte", Title: w.T("domanda.posti"), Margin: s.margin(q), Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.unsaidNote(q.unsaid([]place{italy}))}}
}

func (s *inquiry) gridByClass(q *asked) section {
	return s.gridCut(q, "classi", append(s.inForce(q, s.areas.classes), s.areas.italy))
}

func (s *inquiry) gridByRip(q *asked) section {
	return s.gridCut(q, "ripartizioni", append(s.inForce(q, s.areas.rips), s.areas.italy))
}

// gridCut is the focus of every row of a grid, by area.
func (s *inquiry) gridCut(q *asked, key string, areas []place) section {
	w := s.words
	g := grid{Title: s.focusName(q), Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(survey.Single)))), Head: []heading{{Text: w.T("domanda.riga_colonna")}}}
	base, rates := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}}}, [2]line{{Cells: []cell{{Text: w.T("domanda.risposta_comuni"), Class: "soft"}}}, {Cells: []cell{{Text: w.T("domanda.risposta_residenti"), Class: "soft"}}}}
	for _, x := range areas {
		l := q.tables[0].Lines[x.area]
		g.Head = append(g.Head, heading{Text: x.name, Number: true})
		base.Cells = append(base.Cells, s.base(q, x))
		rates[0].Cells, rates[1].Cells = append(rates[0].Cells, s.rate(l, l.Response)), append(rates[1].Cells, s.rate(l, l.ResidentsResponse))
	}
	var not unsaid
	for i := range q.tables {
		row := line{Cells: []cell{{Text: q.Rows[q.tables[i].Row].Text, Class: "who"}}}
		for _, x := range areas {
			c := q.cell(&q.tables[i], x.area, q.focus)
			not.see(c)
			row.Cells = append(row.Cells, s.share(c))
		}
		g.Rows = append(g.Rows, row)
	}
	g.Rows = append(g.Rows, base, rates[0], rates[1])
	return section{ID: key, Title: w.T("domanda." + key + ".nome"), Parts: []template.HTML{scroll(g.Title+", "+w.T("domanda."+key+".nome"), g.HTML()) + s.unsaidNote(not)}, Margin: []note{s.collected()}}
}

func (s *inquiry) gridByRegion(q *asked) section {
	var columns []column
	for i := range q.tables {
		columns = append(columns, column{q.Rows[q.tables[i].Row].Text, &q.tables[i], q.focus})
	}
	regions := s.inForce(q, s.areas.regions)
	out := s.regionSection(q, s.words.HTML("domanda.regioni.nome"), columns, regions)
	return out
}

// margin says what all figures of a question rest on.
func (s *inquiry) margin(q *asked) []note {
	w, l := s.words, q.tables[0].Lines[s.areas.italy.area]
	raw := note{w.T("domanda.grezza"), w.HTML("domanda.grezza_testo")}
	if estimated(s.leading(q)) {
		raw = note{w.T("domanda.stima.nome"), w.HTML("domanda.stima.nota")}
	}
	return []note{
		{w.T("domanda.base_titolo"), s.baseWords("domanda.base_testo", l, locale.S("forma", string(q.Shape)))},
		{w.T("domanda.risposta_titolo"), w.HTML("domanda.risposta_testo", append(s.rates(q, l), locale.S("indirizzo", indicatorPath(turnoutID)))...)},
		raw,
		s.collected(),
		{"", w.HTML("domanda.rimandi", locale.S("metodo", "/metodo/"), locale.S("riservatezza", "/riservatezza/"))},
	}
}

// collected says when the answers were collected.
func (s *inquiry) collected() note {
	w := s.words
	return note{w.T("domanda.raccolta"), w.HTML("domanda.raccolta_testo", locale.S("dal", w.SinceDate(s.book.From)), locale.S("al", w.AtDate(s.book.To)), locale.S("edizione", s.book.Title))}
}

// surveyDownloads is where the page's figures are to be had, and how to cite
// it.
func (s *inquiry) surveyDownloads(title, path, file string) section {
	w := s.words
	out := section{ID: "scarica", Title: w.T("scarica.titolo"),
		Parts: []template.HTML{"<ul><li>" + anchor(path+"dati.csv", "dati.csv") + " " + w.HTML(file) + "</li></ul>",
			`<p class="cite">` + esc(s.citation(title)) + "</p>"},
		Margin: []note{{w.T("cornice.licenza"), w.HTML("scarica.licenza")}}}
	if s.edition.Demo() {
		out.Demo = w.HTML("domanda.demo_file", locale.S("nota", s.book.Note))
	}
	return out
}
