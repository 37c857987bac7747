package site

import (
	"fmt"
	"html/template"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/survey"
	"mappa/internal/theme"
)

// Survey is an edition's codebook, who took part, and what may be shown of the
// answers, which are not here. The zero Survey is a site without one.
type Survey struct {
	Edition   *survey.Public
	Published *disclosure.Published
	Tree      *score.Tree // nil of an edition without indices
	Indices   *Indices
}

// questionPage is the page of a question of the survey, and of who took part.
type questionPage struct {
	theme.Chrome
	Name     string
	Wording  template.HTML // the question as it was asked
	Value    template.HTML // the strong figure; "" where it may not be shown
	What     string        // what the figure counts
	Base     template.HTML // of how many, and who these are
	Defs     []note
	Picture  template.HTML
	Sections []section
}

// inquiry is an edition of the survey as its pages see it.
type inquiry struct {
	*press
	edition   *survey.Public
	book      *survey.Codebook
	published *disclosure.Published
	before    []Survey // the editions before it, oldest first
	areas     surveyAreas
	panel     place // those that answered the edition before as well; nameless without one
}

// asked is a question with what may be shown of it.
type asked struct {
	*survey.Question
	index  int                // in the codebook
	tables []disclosure.Table // one, or one for each row of a grid
	focus  int                // the column that charts and findings are about: an option, or headline
}

// headline as a column is the group of answers that the codebook sums up.
const headline = -1

// byRow reports whether the pages speak of the question row by row. Of a ranking
// they speak by who stands first.
func (a *asked) byRow() bool { return len(a.Rows) > 0 && a.Shape != survey.Ranking }

// spoken is how many of the tables hold the focus: all, of a ranking the first.
func (a *asked) spoken() int {
	if a.byRow() {
		return len(a.tables)
	}
	return 1
}

// cell is the share of a column in an area.
func (a *asked) cell(t *disclosure.Table, area, column int) disclosure.Cell {
	if column == headline {
		return t.Lines[area].Headline
	}
	return t.Lines[area].Options[column]
}

// focused is the share of the focus in an area, in the first or only table.
func (a *asked) focused(area int) disclosure.Cell { return a.cell(&a.tables[0], area, a.focus) }

// unsaid is whether any share of the areas is withheld, and whether nothing is
// published of one.
func (a *asked) unsaid(areas []place) (out unsaid) {
	for i := range a.tables {
		for _, x := range areas {
			l := &a.tables[i].Lines[x.area]
			for _, c := range append([]disclosure.Cell{l.Headline}, l.Options...) {
				out.see(c)
			}
		}
	}
	return out
}

// questions are the pages of the survey: one for each question of which
// anything may be shown, of the newest edition that asked it, one of who took
// part and, where there are several, one of the editions.
func (p *press) questions() []job {
	all := p.inquiries()
	if len(all) == 0 {
		return nil
	}
	jobs := []job{all[0].turnoutPage}
	if len(all) > 1 {
		jobs = append(jobs, all[0].editionsPage)
	}
	for k, s := range all {
		for i := range s.book.Questions {
			q, ok := s.asked(i)
			if _, _, later := heir(all, k, i); !ok || later || s.clashes(q) {
				continue
			}
			jobs = append(jobs, func() error { return s.question(q) }, func() error { return s.questionCSV(q) })
		}
	}
	return jobs
}

// goesOn reports whether a later edition has the question or one that names it.
func goesOn(q *survey.Question, edition string, later []*inquiry) bool {
	for _, s := range later {
		for i := range s.book.Questions {
			e := &s.book.Questions[i].Earlier
			if s.book.Questions[i].ID == q.ID || e.Edition == edition && e.Question == q.ID {
				return true
			}
		}
	}
	return false
}

// inquiry lays out the newest edition; it reports whether the site has one.
func (p *press) inquiry() (*inquiry, bool) {
	if p.Survey.Edition == nil || p.Survey.Published == nil {
		return nil, false
	}
	return p.inquiryOf(p.Survey, p.Before), true
}

func (p *press) inquiryOf(x Survey, before []Survey) *inquiry {
	s := &inquiry{press: p, edition: x.Edition, book: x.Edition.Book, published: x.Published, before: before}
	s.areas = s.layOut(x.Published.Frame)
	if i := x.Published.Frame.Find(estimate.Area{Level: estimate.PanelItaly, Rip: -1, Region: -1, Class: -1}); i >= 0 {
		s.panel = place{name: p.words.T("domanda.edizioni.panel"), area: i}
	}
	return s
}

// inquiries are all editions, the newest first.
func (p *press) inquiries() []*inquiry {
	newest, ok := p.inquiry()
	if !ok {
		return nil
	}
	out := []*inquiry{newest}
	for k := len(p.Before) - 1; k >= 0; k-- {
		out = append(out, p.inquiryOf(p.Before[k], p.Before[:k]))
	}
	return out
}

// asked is question i, if anything of it may be shown. Without a headline the
// pages speak of the answer that was given most, in a grid of the first.
func (s *inquiry) asked(i int) (*asked, bool) {
	a := &asked{Question: &s.book.Questions[i], index: i, tables: s.published.Of(i), focus: headline}
	if len(a.tables) == 0 {
		return nil, false
	}
	if a.Headline.Title == "" || s.silent(a) {
		s.focus(a)
	}
	return a, true
}

// silent reports whether the focus is shown of no row in Italy.
func (s *inquiry) silent(a *asked) bool {
	for i := range a.tables[:a.spoken()] {
		if a.cell(&a.tables[i], s.areas.italy.area, a.focus).Value.OK() {
			return false
		}
	}
	return true
}

// focus chooses the answer that the pages speak of, where it is not the headline: the
// one that was given most of those that are shown, in a grid the first of which
// anything is shown. Where nothing is, it stays with the headline, or the first.
func (s *inquiry) focus(a *asked) {
	was := a.focus
	if a.Headline.Title == "" {
		was = 0
	}
	a.focus = 0
	for k, c := range a.tables[0].Lines[s.areas.italy.area].Options {
		switch {
		case !a.byRow() && descend(c.Value, a.focused(s.areas.italy.area).Value) < 0:
			a.focus = k
		case a.byRow() && s.silent(a):
			a.focus = k
		}
	}
	if s.silent(a) {
		a.focus = was
	}
}

// clashes reports a question whose address is taken: an indicator and a
// question of one id would be one page.
func (s *inquiry) clashes(q *asked) bool {
	taken := q.ID == turnoutID || q.ID == editionsID || s.Book.Find(q.ID) != nil
	if taken {
		s.list.Add(diag.Problem{File: s.book.File, Line: q.Line,
			Text: fmt.Sprintf("the question %q has the address of another page, %s", q.ID, indicatorPath(q.ID)),
			Hint: "choose another id, addresses are for ever"})
	}
	return taken
}

func (s *inquiry) question(q *asked) error {
	w, path := s.words, indicatorPath(q.ID)
	page := questionPage{
		Chrome: s.surveyChrome(q.Title, w.T("domanda.descrizione", locale.S("titolo", q.Title)), path),
		Name:   q.Title, Wording: w.HTML("domanda.testo", locale.S("testo", q.Text)), Defs: s.questionFacts(q), Picture: s.answers(q),
	}
	page.Value, page.What, page.Base = s.strongest(q)
	var sections []section
	if q.byRow() {
		sections = []section{s.gridAnswers(q), s.gridByClass(q), s.gridByRip(q), s.gridByRegion(q)}
	} else {
		sections = []section{s.answersByClass(q), s.answersByRip(q), s.answersByRegion(q)}
	}
	if q.Shape == survey.Ranking {
		sections = slices.Insert(sections, 0, s.places(q))
	}
	if series, ok := s.series(q); ok {
		sections = slices.Insert(sections, min(1, len(q.Rows)), series)
	}
	files := s.surveyDownloads(q.Title, path, "domanda.file")
	if s.brokenRows(q) != nil {
		files.Parts = slices.Insert(files.Parts, 1, "<ul><li>"+anchor(path+brokenFile, brokenFile)+" "+w.HTML("domanda.edizioni.file")+"</li></ul>")
	}
	if s.movedRows(q) != nil {
		files.Parts = slices.Insert(files.Parts, 1, "<ul><li>"+anchor(path+movedFile, movedFile)+" "+w.HTML("domanda.stessi.file")+"</li></ul>")
	}
	page.Sections = append(sections, s.absences(q), files)
	page.Contents = s.contents(page.Sections)
	return s.page("domanda", &page, path)
}

// surveyChrome is what surrounds a page of the survey. A page with fictional
// answers says so at its top and stays out of search engines.
func (s *inquiry) surveyChrome(title, description, path string) theme.Chrome {
	c := s.chrome(title, description, path, "indicatori", theme.Link{Text: s.words.T("menu.indicatori"), URL: "/indicatori/"})
	c.DemoAll, c.NoIndex = s.edition.Demo(), s.edition.Demo()
	return c
}

func (s *inquiry) contents(sections []section) []theme.Link {
	var out []theme.Link
	for _, x := range sections {
		out = append(out, theme.Link{Text: s.words.T("domanda.voce." + x.ID), URL: "#" + x.ID})
	}
	return out
}

// questionGroups lists the questions by section of the form, with the figure of
// Italy, for the list of indicators. Among true figures it shows no invented one:
// of a fictional edition there are links only.
func (p *press) questionGroups() []linkGroup {
	s, ok := p.inquiry()
	if !ok {
		return nil
	}
	w := p.words
	lead := w.HTML("domanda.elenco.lead", locale.S("edizione", s.book.Title), locale.S("indirizzo", indicatorPath(turnoutID)))
	if len(s.before) > 0 {
		lead += " " + w.HTML("domanda.elenco.edizioni", locale.N("n", len(s.before)), locale.S("indirizzo", indicatorPath(editionsID)))
	}
	if p.Survey.Indices != nil {
		lead += " " + w.HTML("indice.elenco.rimando", locale.S("indirizzo", indicesPath))
	}
	if s.edition.Demo() {
		lead += " " + s.demoTag()
	}
	var out []linkGroup
	for _, sec := range s.book.Sections {
		// sections of the form and themes of indicators may have the same id
		group := linkGroup{ID: "indagine-" + sec.ID, Title: w.T("domanda.elenco.titolo", locale.S("sezione", sec.Title))}
		g := grid{Sub: w.T("domanda.elenco.sotto"), Head: []heading{{Text: w.T("domanda.elenco.domanda")}, {Text: w.T("italia"), Number: true}, {Text: w.T("domanda.base"), Number: true}}}
		for _, i := range sec.Questions {
			q, ok := s.asked(i)
			switch {
			case ok && s.edition.Demo():
				group.Items = append(group.Items, linkItem{Text: q.Title, URL: indicatorPath(q.ID)})
			case ok:
				g.Rows = append(g.Rows, line{Cells: []cell{{Text: q.Title, Href: indicatorPath(q.ID), Under: s.listed(q)}, s.share(s.leading(q)), s.baseOf(q.tables[0].Lines[s.areas.italy.area])}})
			}
		}
		if len(g.Rows) > 0 {
			group.Table = scroll(sec.Title, g.HTML())
		}
		if group.Items == nil && group.Table == "" {
			continue
		}
		if len(out) == 0 {
			group.Lead = lead // said once: it holds for all sections
		}
		out = append(out, group)
	}
	return out
}
