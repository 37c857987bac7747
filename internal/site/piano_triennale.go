package site

import (
	"html/template"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
)

// objectives is the page of the Piano triennale: what the survey says of each of
// its objectives. A codebook that names none makes no page.
func (p *press) objectives() []job {
	s, ok := p.inquiry()
	if !ok || len(s.book.Objectives) == 0 {
		return nil
	}
	return []job{s.objectivesPage, s.objectivesCSV}
}

// objectivesGroup leads to the page, where there is one.
func (p *press) objectivesGroup() []linkGroup {
	s, ok := p.inquiry()
	if !ok || len(s.book.Objectives) == 0 {
		return nil
	}
	out := linkGroup{ID: "piano-triennale", Title: p.words.T("piano_triennale.titolo")}
	for k, o := range s.book.Objectives {
		out.Items = append(out.Items, linkItem{Text: o.Title, URL: objectivesPath + "#" + o.ID, Note: p.words.T("piano_triennale.domande", locale.N("n", len(s.bearing(k))))})
	}
	return []linkGroup{out}
}

func (s *inquiry) objectivesPage() error {
	w := s.words
	name := w.T("piano_triennale.titolo")
	questions := 0
	page := listPage{Chrome: s.surveyChrome(name, w.T("piano_triennale.descrizione", locale.S("edizione", s.book.Title)), objectivesPath), Name: name}
	for k, o := range s.book.Objectives {
		asked := s.bearing(k)
		questions += len(asked)
		g := linkGroup{ID: o.ID, Title: o.Title, Table: s.objectiveTable(o.Title, asked)}
		if o.URL != "" {
			g.Lead = anchor(o.URL, w.T("piano_triennale.testo"))
		}
		if len(asked) == 0 {
			g.Table = "<p>" + esc(w.T("piano_triennale.nessuna")) + "</p>"
		}
		page.Groups = append(page.Groups, g)
	}
	page.Lead = w.HTML("piano_triennale.lead", locale.N("obiettivi", len(s.book.Objectives)), locale.N("domande", questions), locale.S("edizione", s.book.Title))
	if len(s.smallAndLarge()) > 1 {
		page.Lead += " " + w.HTML("piano_triennale.accanto", locale.N("classi", len(s.areas.classes)), locale.N("n", manyComuni))
	}
	page.Groups = append(page.Groups, linkGroup{ID: "scarica", Title: w.T("scarica.titolo"), Items: []linkItem{{Text: "dati.csv", URL: objectivesPath + "dati.csv", Note: w.T("piano_triennale.file")}},
		Margin: []note{s.collected(), {"", w.HTML("domanda.rimandi", locale.S("metodo", "/metodo/"), locale.S("riservatezza", "/riservatezza/"))}}})
	return s.page("elenco", &page, objectivesPath)
}

// bearing are the questions that bear on an objective and of which anything may be
// shown.
func (s *inquiry) bearing(objective int) (out []*asked) {
	for i := range s.book.Questions {
		if s.book.Questions[i].Objective != objective {
			continue
		}
		if q, ok := s.asked(i); ok {
			out = append(out, q)
		}
	}
	return out
}

// objectiveTable is the leading figure of each question: Italy, and the small Comuni
// beside large ones, where the distance is.
func (s *inquiry) objectiveTable(title string, questions []*asked) template.HTML {
	w := s.words
	chart := draw.Rows{Axis: s.shareAxis(100)}
	g := grid{Title: title, Sub: s.demoWords(w.T("domanda.elenco.sotto")), Head: []heading{{Text: w.T("domanda.elenco.domanda")}, {Text: w.T("italia"), Number: true}, {Text: w.T("domanda.base"), Number: true}}}
	beside := s.smallAndLarge()
	for _, x := range beside {
		g.Head = append(g.Head, heading{Text: x.name, Number: true})
	}
	var not unsaid
	for _, q := range questions {
		italy, base := s.leadingIn(q, s.areas.italy)
		not.see(italy)
		row := line{Cells: []cell{{Text: q.Title, Href: indicatorPath(q.ID), Under: s.listed(q)}, s.share(italy), s.baseOf(base)}}
		for _, x := range beside {
			c, _ := s.leadingIn(q, x)
			not.see(c)
			row.Cells = append(row.Cells, s.share(c))
		}
		g.Rows = append(g.Rows, row)
		chart.Rows = append(chart.Rows, draw.Row{Name: q.Title, Note: s.listed(q), Href: indicatorPath(q.ID), Value: s.text(italy), Spoken: s.aloud(italy), Figure: italy.Key, Dot: at(italy.Value)})
	}
	return figure("", w.T("piano_triennale.figura"), draw.HTML(chart), s.demoTag()) + scroll(title, g.HTML()) + s.unsaidNote(not)
}

// leadingIn is the figure that leads in Italy, in another area, with its base.
func (s *inquiry) leadingIn(q *asked, x place) (disclosure.Cell, disclosure.Line) {
	row, _ := s.leadingRow(q)
	return q.cell(&q.tables[row], x.area, q.focus), q.tables[row].Lines[x.area]
}

// manyComuni is how many a class must have to stand beside Italy: of a dozen cities
// nearly everything is withheld.
const manyComuni = 1000

// smallAndLarge are the first class and the last that has many Comuni.
func (s *inquiry) smallAndLarge() []place {
	last := 0
	for k, class := range s.Atlas.Schemes[0].Classes {
		if len(class.Comuni) >= manyComuni {
			last = k
		}
	}
	return []place{s.areas.classes[0], s.areas.classes[last]}[:min(last, 1)+1]
}

// objectiveRow is a row of the page's dati.csv.
type objectiveRow struct {
	Edition   string   `csv:"edizione"`
	Objective string   `csv:"obiettivo"`
	Title     string   `csv:"titolo"`
	Question  string   `csv:"domanda"`
	What      string   `csv:"che_cosa"`
	Value     *float64 `csv:"valore"`
	Base      *float64 `csv:"base"`
	Missing   string   `csv:"assenza"`
	Figure    string   `csv:"cifra"`      // where the value comes from
	BaseKey   string   `csv:"cifra_base"` // and the base
	Demo      bool     `csv:"dimostrativo"`
}

func (s *inquiry) objectivesCSV() error {
	var rows []objectiveRow
	for k, o := range s.book.Objectives {
		for _, q := range s.bearing(k) {
			c, base := s.leadingIn(q, s.areas.italy)
			rows = append(rows, objectiveRow{s.book.Edition, o.ID, o.Title, q.ID, s.listed(q), known(c.Value), known(base.Base), absence(c), c.Key, base.Key, s.edition.Demo()})
		}
	}
	return s.csv(objectivesPath+"dati.csv", rows)
}
