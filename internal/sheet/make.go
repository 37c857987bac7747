package sheet

import (
	"bytes"
	"math"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Input is what sheets are made of.
type Input struct {
	Words     *locale.Language
	Atlas     *atlas.Atlas
	Edition   *survey.Edition
	Published *disclosure.Published
	Scores    *score.Scores       // nil without indices
	Means     [][]disclosure.Mean // of the scores: by node, then by area, as published
	Book      *indicator.Book     // open data
	Titles    map[string]string   // of its indicators, by id
}

// Maker makes sheets.
type Maker struct {
	Input
	template *Template
	peers    [][]int // by Comune
}

// NewMaker makes sheets with a theme's template.
func NewMaker(in Input, t *Template) *Maker {
	return &Maker{in, t, indicator.Peers(in.Atlas, peersShown)}
}

// Respondents are the Comuni that sent the form.
func (m *Maker) Respondents() (out []int) {
	for i, p := range m.Edition.Places {
		if p.State == survey.Completed && !p.Merged {
			out = append(out, i)
		}
	}
	return out
}

// HTML is the document of a Comune: one file that fetches nothing.
func (m *Maker) HTML(comune int) ([]byte, error) {
	var b bytes.Buffer
	s := m.Sheet(comune)
	s.Style, s.Top, s.Foot = m.template.style, quoted(s.Demo), quoted(s.Private)
	err := m.template.tree.Execute(&b, s)
	return b.Bytes(), err
}

// Sheet is the document of a Comune.
func (m *Maker) Sheet(comune int) *Sheet {
	w, c, book := m.Words, m.Atlas.Comuni[comune], m.Edition.Book
	name := locale.S("nome", c.Name)
	s := &Sheet{Lang: w.Code, Name: c.Name, Title: w.T("scheda.titolo", name, locale.S("edizione", book.Edition)), Lead: w.T("scheda.lead", name, locale.S("edizione", book.Title)),
		Private: w.T("scheda.riservata", name), Sharing: w.HTML("scheda.condividere"),
		Words: Words{w.T("scheda.fatti"), w.T("scheda.indici"), w.T("scheda.spiegati"), w.T("scheda.aperti"), w.T("comune.simili.titolo"), w.T("scheda.risposte")}}
	if m.Edition.Demo() {
		s.Demo = w.T("scheda.demo")
	}
	s.Facts = m.facts(comune)
	s.Indices, s.Parts = m.indices(comune), m.explained(comune)
	s.Open, s.Peers = m.open(comune), m.similar(comune)
	for _, x := range book.Sections {
		if sec := m.section(x, comune); len(sec.Questions) > 0 {
			s.Sections = append(s.Sections, sec)
		}
	}
	return s
}

func (m *Maker) facts(comune int) []Fact {
	w, c, p := m.Words, m.Atlas.Comuni[comune], m.Edition.Places[comune]
	form := "completo"
	if p.Form == survey.ShortForm {
		form = "breve"
	}
	out := []Fact{{w.T("scheda.codici"), c.Cadastral + " · " + c.ISTAT}, {w.T("scheda.questionario"), w.T("scheda.modulo", locale.S("modulo", form))}}
	if p.Sent != 0 {
		out = append(out, Fact{w.T("scheda.inviato"), w.Date(p.Sent)})
	}
	var names []string
	for _, x := range m.areas(comune) {
		names = append(names, m.area(x))
	}
	return append(out, Fact{w.T("scheda.confrontato"), w.And(names)})
}

// compared are the levels a sheet compares with: those of the site's pages.
var compared = []estimate.Level{estimate.Classes, estimate.Regions, estimate.Ripartizioni, estimate.Italy}

// areas are the areas of the tables that a Comune lies in, the nearest first. The
// Mezzogiorno, which is two ripartizioni, is left out.
func (m *Maker) areas(comune int) (out []int) {
	f := m.Published.Frame
	for _, level := range compared {
		for _, x := range f.Of(comune) {
			a := f.Areas[x]
			if a.Level == level && (level != estimate.Ripartizioni || m.Atlas.Ripartizioni[a.Rip].Parts == nil) {
				out = append(out, x)
			}
		}
	}
	return out
}

func (m *Maker) area(x int) string {
	a := m.Published.Frame.Areas[x]
	switch a.Level {
	case estimate.Ripartizioni:
		return m.Atlas.Ripartizioni[a.Rip].Name
	case estimate.Regions:
		return m.Atlas.Regions[a.Region].Name
	case estimate.Classes:
		return m.Atlas.Schemes[0].Classes[a.Class].Label
	}
	return m.Words.T("italia")
}

// head is the heading of a table that compares.
func (m *Maker) head(comune int, what string) []string {
	out := []string{what, m.Atlas.Comuni[comune].Name}
	for _, x := range m.areas(comune) {
		out = append(out, m.area(x))
	}
	return out
}

// indices are the Comune's indices beside the published means.
func (m *Maker) indices(comune int) (t Table) {
	if m.Scores == nil {
		return t
	}
	w, tree := m.Words, m.Scores.Tree
	t.Head, t.Note = m.head(comune, w.T("scheda.indice")), w.T("scheda.indici_nota")
	for _, n := range tree.Indices() {
		own := m.Scores.Of(n, score.Common)[comune]
		row := Row{tree.Nodes[n].Title, []string{m.points(own)}}
		if l := tree.LevelOf(own.N); own.OK() && l >= 0 {
			row.Cells[0] += " · " + tree.Levels[l].Title
		}
		for _, x := range m.areas(comune) {
			mean := m.Means[n][x]
			text := w.Missing(mean.Value.Kind).Short
			if mean.Value.OK() {
				text = w.Number(mean.Value.N, mean.Decimals)
			}
			row.Cells = append(row.Cells, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (m *Maker) points(v stat.Value) string {
	if !v.OK() {
		return m.Words.Missing(v.Kind).Full
	}
	return m.Words.Number(v.N, 1)
}

// explained takes the Comune's indices apart.
func (m *Maker) explained(comune int) (out []Explained) {
	if m.Scores == nil {
		return nil
	}
	for _, n := range m.Scores.Tree.Indices() {
		e := m.Scores.Explain(n, comune, score.Own)
		x := Explained{Title: m.Scores.Tree.Nodes[n].Title}
		x.Lines = m.lines(0, e)
		out = append(out, x)
	}
	return out
}

func (m *Maker) lines(depth int, e score.Explained) []Line {
	const decimals = 3 // tell a third
	n := &m.Scores.Tree.Nodes[e.Node]
	l := Line{Depth: depth, Text: n.Title, Value: m.points(e.Value)}
	if depth > 0 {
		l.Weight = m.Words.Number(n.Share, decimals)
	}
	if !e.In && depth > 0 {
		l.Value = m.Words.T("spiega.non_posta")
	}
	if p := n.Part; p != nil && p.Question >= 0 && e.Value.OK() {
		l.How = m.worth(&m.Edition.Book.Questions[p.Question], e.Result)
	}
	out := []Line{l}
	for _, p := range e.Parts {
		out = append(out, m.lines(depth+1, p)...)
	}
	return out
}

// worth is what the answers to a question are worth: so many points of the most there
// are; of percentages, whose points are per cents of per cents, the share of the most.
func (m *Maker) worth(q *survey.Question, r score.Result) string {
	w, title := m.Words, locale.S("titolo", q.Title)
	if q.Numeric() {
		const all = 100
		return w.T("scheda.quota_del_massimo", title, locale.S("quota", w.Percent(all*r.Raw/r.Max, 1)))
	}
	short := func(v float64) string {
		if v == math.Trunc(v) {
			return w.Number(v, 0)
		}
		return w.Number(v, 1)
	}
	return w.T("scheda.punti", title, locale.S("punti", short(r.Raw)), locale.S("massimo", short(r.Max)))
}

// section is a section of the form; what is never looked at is not in it.
func (m *Maker) section(x survey.Section, comune int) Section {
	out := Section{Title: x.Title}
	for _, at := range x.Questions {
		if q := &m.Edition.Book.Questions[at]; q.Class != survey.Never {
			out.Questions = append(out.Questions, m.question(at, comune))
		}
	}
	return out
}

func (m *Maker) question(at, comune int) Question {
	w, q := m.Words, &m.Edition.Book.Questions[at]
	shown := "no"
	if m.Edition.Consents(at, comune) {
		shown = "si"
	}
	out := Question{Title: q.Title, Text: q.Text, Class: w.T("scheda.classi", locale.S("classe", string(q.Class)), locale.S("consenso", shown))}
	tables := m.Published.Of(at)
	for row := range q.Items() {
		a, number := m.Edition.Answers(at, row)[comune], 0.
		if q.Numeric() {
			number = m.Edition.Numbers(at, row)[comune]
		}
		var one Answer
		if len(q.Rows) > 0 {
			one.Row = q.Rows[row].Text
		}
		one.Said, one.None = answer(w, q, a, number)
		if a.Kind == stat.Known || a.Kind == stat.DontKnow {
			one.Compare = m.compare(&tables[row], q, a.Options, comune)
		}
		out.Answers = append(out.Answers, one)
	}
	return out
}

// compare says how many of others gave the same answer, as published.
func (m *Maker) compare(t *disclosure.Table, q *survey.Question, options survey.Set, comune int) (out []string) {
	w := m.Words
	for i, o := range q.Options {
		if !options.Has(i) {
			continue
		}
		var parts []string
		for _, x := range m.areas(comune) {
			c := t.Lines[x].Options[i]
			share := strings.ToLower(w.Missing(c.Value.Kind).Full)
			switch {
			case c.Closed:
				share = w.T("domanda.incrocio.chiusa")
			case c.Value.OK():
				share = w.Percent(c.Value.N, c.Decimals)
			}
			parts = append(parts, w.T("scheda.quota", locale.S("area", m.area(x)), locale.S("quota", share)))
		}
		out = append(out, w.T("scheda.quote", locale.S("risposta", o.Text), locale.S("quote", w.And(parts))))
	}
	return out
}
