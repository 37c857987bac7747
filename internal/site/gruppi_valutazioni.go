package site

import (
	"html/template"
	"slices"

	"mappa/internal/agenda"
	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// least is from how many persons, or Comuni, a figure is shown.
func (p *press) least() int {
	if p.Survey.Published != nil {
		return p.Survey.Published.Policy.Least
	}
	return disclosure.Default().Least
}

// assessed is what the persons of the group said before and after; false where
// nobody is to be asked.
func (g cohort) assessed() (section, bool) {
	w := g.words
	out := section{ID: "valutazioni", Title: w.T("gruppo.valutazioni.nome")}
	switch {
	case g.Scale.Title == "":
		return out, false
	case g.changes == nil:
		out.Lead = []template.HTML{w.HTML("gruppo.valutazioni.nessuna", locale.N("n", g.least()))}
		return out, true
	}
	rose, told, withheld := 0, 0, false
	var areas []string
	for _, c := range g.changes {
		d := c.Difference()
		if d.OK() {
			told++
			if d.N > 0 {
				rose++
			}
		}
		withheld = withheld || d.Kind == stat.Withheld
		if c.Fictional {
			out.Demo = w.HTML("gruppo.valutazioni.inventate")
		}
		if !slices.Contains(areas, c.Area) {
			areas = append(areas, c.Area)
		}
	}
	if told > 0 {
		out.Title = w.T("gruppo.valutazioni.titolo", locale.N("salite", rose), locale.N("n", told))
	}
	out.Lead = []template.HTML{w.HTML("gruppo.valutazioni.intro", locale.S("scala", g.Scale.Title), locale.S("da", w.Number(g.Scale.Min, decimalsFor(g.Scale.Min))), locale.S("a", w.Number(g.Scale.Max, decimalsFor(g.Scale.Max))))}
	for _, a := range areas {
		out.Parts = append(out.Parts, g.assessedArea(a))
	}
	if withheld {
		out.Parts = append(out.Parts, `<p class="note">`+w.HTML("gruppo.valutazioni.riservate", locale.N("n", g.least()))+"</p>")
	}
	out.Margin = []note{{w.T("comune.base"), w.HTML("gruppo.valutazioni.base")}, {w.T("comune.fonte"), esc(g.Source)}}
	return out, true
}

// assessedArea is the questions of an area: ring before, dot after, and the
// figures.
func (g cohort) assessedArea(area string) template.HTML {
	w := g.words
	chart := draw.Rows{Axis: draw.NewAxis(g.Scale.Min, g.Scale.Max, axisSteps, func(v float64) string { return w.Number(v, decimalsFor(v)) })}
	t := grid{Title: area, Sub: w.T("gruppo.valutazioni.sotto"), Head: []heading{{Text: w.T("gruppo.valutazioni.domanda")}, {Text: w.T("gruppo.valutazioni.prima"), Number: true},
		{Text: w.T("gruppo.valutazioni.dopo"), Number: true}, {Text: w.T("gruppo.valutazioni.differenza"), Number: true}, {Text: w.T("gruppo.valutazioni.persone"), Number: true}}}
	for _, c := range g.changes {
		if c.Area != area {
			continue
		}
		chart.Rows = append(chart.Rows, draw.Row{Name: c.Question, Value: w.T("gruppo.valutazioni.da_a", locale.S("prima", g.mean(c.Before.Value)), locale.S("dopo", g.mean(c.After.Value))),
			Ring: at(c.Before.Value), Dot: at(c.After.Value)})
		difference := cell{HTML: g.missing(c.Difference().Kind)}
		if d := c.Difference(); d.OK() {
			difference = cell{Text: w.Signed(d.N, 1)}
		}
		t.Rows = append(t.Rows, line{Cells: []cell{{Text: c.Question}, g.meanCell(c.Before.Value), g.meanCell(c.After.Value), difference,
			{Text: w.T("gruppo.valutazioni.da_a", locale.S("prima", g.persons(c.Before)), locale.S("dopo", g.persons(c.After)))}}})
	}
	return figure(area, w.T("gruppo.valutazioni.figura"), draw.HTML(chart), "") + scroll(area, t.HTML())
}

func (g cohort) mean(v stat.Value) string {
	if !v.OK() {
		return g.words.Missing(v.Kind).Short
	}
	return g.words.Number(v.N, 1)
}

func (g cohort) meanCell(v stat.Value) cell {
	if !v.OK() {
		return cell{HTML: g.missing(v.Kind)}
	}
	return cell{Text: g.mean(v)}
}

func (g cohort) persons(m agenda.Mean) string {
	if !m.Value.OK() {
		return g.words.Missing(m.Value.Kind).Short
	}
	return g.words.Int(m.Persons)
}

// assessmentRow is a row of a group's valutazioni.csv.
type assessmentRow struct {
	Cohort    string   `csv:"gruppo"`
	Area      string   `csv:"area"`
	Question  string   `csv:"domanda"`
	Phase     string   `csv:"fase"`
	First     string   `csv:"dal"`
	Last      string   `csv:"al"`
	Value     *float64 `csv:"media"`
	Min       float64  `csv:"scala_minimo"`
	Max       float64  `csv:"scala_massimo"`
	Persons   *int     `csv:"persone"`
	Missing   string   `csv:"assenza"`
	Fictional bool     `csv:"fittizio"`
}

func (g cohort) assessmentsCSV() error {
	var rows []assessmentRow
	for _, c := range g.changes {
		for _, x := range []struct {
			phase agenda.Phase
			mean  agenda.Mean
		}{{agenda.Before, c.Before}, {agenda.After, c.After}} {
			r := assessmentRow{g.ID, c.Area, c.Question, string(x.phase), x.mean.First.String(), x.mean.Last.String(), nil, g.Scale.Min, g.Scale.Max, nil, x.mean.Value.Kind.Code(), c.Fictional}
			if x.mean.Value.OK() {
				r.Value, r.Persons = &x.mean.Value.N, &x.mean.Persons
			}
			rows = append(rows, r)
		}
	}
	return g.csv(cohortPath(g.ID)+"valutazioni.csv", rows)
}

// surveyed is what those of the group that answered the survey said; false on a site
// without one. A small group has none: whatever it says, it would say of its
// Comuni.
func (g cohort) surveyed() (section, bool) {
	s, ok := g.inquiry()
	if !ok {
		return section{}, false
	}
	w := g.words
	out := section{ID: "indagine", Title: w.T("gruppo.indagine.nome")}
	area := s.Survey.Published.Frame.Find(estimate.Area{Level: estimate.CohortAreas, Rip: -1, Region: -1, Class: -1, Cohort: g.ID})
	if area < 0 {
		out.Lead = []template.HTML{w.HTML("gruppo.indagine.pochi", locale.N("n", len(g.Comuni)))}
		return out, true
	}
	out.Parts = []template.HTML{g.questions(s, area), g.respondents(s)}
	out.Margin = []note{s.collected()}
	if s.edition.Demo() {
		out.Demo = w.HTML("gruppo.indagine.dimostrativa", locale.S("nota", s.book.Note))
	}
	return out, true
}
