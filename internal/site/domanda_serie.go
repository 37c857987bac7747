package site

import (
	"html/template"

	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/survey"
)

// editionsID is the address of the page of the editions, among the questions'.
const editionsID = "edizioni"

// dropped is the outcome of a question that the newest edition no longer asks.
const dropped survey.Outcome = "non-piu"

// course is how a question of the newest edition, or of the one before it,
// stands between the two.
type course struct {
	id, title string
	outcome   survey.Outcome
	before    string // edition and question before, "" without
	beforeID  string
	reason    string
	shown     bool // it has a page
}

// courses are the questions whose series breaks, begins or ends, then those that
// compare.
func (s *inquiry) courses() []course {
	groups := map[survey.Outcome][]course{}
	for i := range s.book.Questions {
		q := &s.book.Questions[i]
		if q.Class == survey.Never {
			continue
		}
		e := q.Earlier
		groups[e.Outcome] = append(groups[e.Outcome], course{q.ID, q.Title, e.Outcome, e.Edition, e.Question, e.Reason, len(s.published.Of(i)) > 0})
	}
	last := s.before[len(s.before)-1]
	book := last.Edition.Book
	for i := range book.Questions {
		if q := &book.Questions[i]; q.Class != survey.Never && !goesOn(q, book.Edition, []*inquiry{s}) {
			groups[dropped] = append(groups[dropped], course{q.ID, q.Title, dropped, book.Edition, q.ID, "", len(last.Published.Of(i)) > 0})
		}
	}
	var out []course
	for _, o := range []survey.Outcome{survey.Break, survey.New, dropped, survey.Comparable} {
		out = append(out, groups[o]...)
	}
	return out
}

// editionsPage is which editions there are, who answered, and which series go on.
func (s *inquiry) editionsPage() error {
	w, path, all := s.words, indicatorPath(editionsID), s.inquiries()
	name := w.T("edizioni.titolo")
	courses := s.courses()
	counts := map[survey.Outcome]int{}
	for _, c := range courses {
		counts[c.outcome]++
	}
	args := []locale.Arg{locale.N("n", len(all)), locale.S("edizione", s.book.Edition), locale.S("prima", all[1].book.Edition),
		locale.N("confrontabili", counts[survey.Comparable]), locale.N("interrotte", counts[survey.Break]), locale.N("nuove", counts[survey.New]), locale.N("non_piu", counts[dropped])}
	page := questionPage{Chrome: s.surveyChrome(name, w.T("edizioni.descrizione", args...), path), Name: name,
		Wording: w.HTML("edizioni.lead", args...), Value: esc(w.Int(counts[survey.Comparable])), What: w.T("edizioni.cosa", args...), Base: w.HTML("edizioni.base", args...),
		Picture: s.turnoutsChart(all[0], all[1])}
	page.Sections = []section{s.editionsTable(all), s.coursesTable(courses), s.surveyDownloads(name, path, "edizioni.file")}
	page.Contents = s.contents(page.Sections)
	if err := s.coursesCSV(courses, path); err != nil {
		return err
	}
	return s.page("domanda", &page, path)
}

// turnoutsChart compares who took part in two editions, by size class.
func (s *inquiry) turnoutsChart(now, before *inquiry) template.HTML {
	w := s.words
	chart := draw.Rows{Axis: s.shareAxis(100)}
	t, was := now.turnouts(), before.turnouts()
	add := func(a, b turnout) {
		chart.Rows = append(chart.Rows, draw.Row{Name: a.name, Href: a.href, Value: s.rateText(a.share()), Spoken: s.spoken(a.share()), Figure: a.key, Dot: at(a.share()), Ring: at(b.share()),
			Small: w.HTML("domanda.edizioni.prima", locale.S("edizione", before.book.Edition), s.rated("valore", b, b.share()))})
	}
	for k := range t.classes {
		add(t.classes[k], was.classes[k])
	}
	add(t.italy, was.italy)
	return figure(w.T("partecipazione.grafico"), w.T("edizioni.grafico_sotto", locale.S("prima", before.book.Edition), locale.S("dopo", now.book.Edition)), draw.HTML(chart), s.demoTag())
}

// editionsTable is the editions, the newest first.
func (s *inquiry) editionsTable(all []*inquiry) section {
	w := s.words
	g := grid{Title: w.T("edizioni.tabella"), Sub: s.demoWords(w.T("edizioni.tabella_sotto")), Head: []heading{{Text: w.T("edizioni.colonna.edizione")}, {Text: w.T("edizioni.colonna.raccolta")}}}
	for _, key := range []string{"domande", "breve", "comuni", "risposto", "quota", "residenti"} {
		g.Head = append(g.Head, heading{Text: w.T("edizioni.colonna." + key), Number: true})
	}
	for _, x := range all {
		t := x.turnouts().italy
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: x.book.Edition, Class: "who"}, {Text: w.T("edizioni.raccolta", locale.S("dal", w.SinceDate(x.book.From)), locale.S("al", w.AtDate(x.book.To)))},
			{Text: w.Int(x.book.Count(survey.FullForm))}, {Text: w.Int(x.book.Count(survey.ShortForm))}, {Text: w.Int(t.comuni)}, {Text: w.Int(t.sent)},
			{Text: s.rateText(t.share()), Figure: t.key}, {Text: s.rateText(t.people()), Figure: t.key}}})
	}
	now, was := all[0].turnouts().italy, all[1].turnouts().italy
	title := w.HTML("edizioni.edizioni.titolo", locale.S("edizione", s.book.Edition), s.rated("quota", now, now.share()),
		locale.S("prima", all[1].book.Edition), s.rated("quota_prima", was, was.share()))
	return section{ID: "edizioni", Finding: title, Parts: []template.HTML{scroll(g.Title, g.HTML())},
		Margin: []note{{w.T("edizioni.territorio"), w.HTML("edizioni.territorio_testo", locale.S("data", w.AtDate(s.Atlas.Display)))}, {w.T("domanda.risposta_titolo"), w.HTML("edizioni.chi", locale.S("indirizzo", indicatorPath(turnoutID)))}}}
}

// coursesTable is how each question stands to the edition before.
func (s *inquiry) coursesTable(courses []course) section {
	w := s.words
	g := grid{Sortable: true, Title: w.T("edizioni.serie.tabella"), Head: []heading{{Text: w.T("domanda.elenco.domanda")}, {Text: w.T("edizioni.colonna.esito")}, {Text: w.T("edizioni.colonna.perche")}}}
	for _, c := range courses {
		name := cell{Text: c.title, Class: "who"}
		if c.shown {
			name.Href = indicatorPath(c.id)
		}
		why := locale.Capital(c.reason)
		if why != "" {
			why += "."
		}
		g.Rows = append(g.Rows, line{Cells: []cell{name, {Text: w.T("edizioni.esito", locale.S("esito", string(c.outcome)), locale.S("prima", c.before))}, {Text: why}}})
	}
	return section{ID: "serie", Title: w.T("edizioni.serie.titolo"), Lead: []template.HTML{w.HTML("edizioni.serie.intro")}, Parts: []template.HTML{scroll(g.Title, g.HTML())}}
}

// courseRow is a row of the page's dati.csv.
type courseRow struct {
	Edition  string `csv:"edizione"`
	Question string `csv:"domanda"`
	Title    string `csv:"titolo"`
	Outcome  string `csv:"esito"`
	Before   string `csv:"edizione_prima"`
	BeforeID string `csv:"domanda_prima"`
	Reason   string `csv:"motivo"`
	Demo     bool   `csv:"dimostrativo"`
}

func (s *inquiry) coursesCSV(courses []course, path string) error {
	var rows []courseRow
	for _, c := range courses {
		r := courseRow{s.book.Edition, c.id, c.title, string(c.outcome), c.before, c.beforeID, c.reason, s.edition.Demo()}
		if c.outcome == dropped {
			r.Question = ""
		}
		rows = append(rows, r)
	}
	return s.csv(path+"dati.csv", rows)
}
