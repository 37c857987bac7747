package site

import (
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/stat"
)

// answerRow is a row of a question's dati.csv. There are no counts of answers.
type answerRow struct {
	Edition   string   `csv:"edizione"`
	Question  string   `csv:"domanda"`
	Row       string   `csv:"riga"`
	Option    string   `csv:"opzione"` // "sintesi" is the headline
	Text      string   `csv:"voce"`
	Level     string   `csv:"livello"`
	Code      string   `csv:"codice"`
	Name      string   `csv:"nome"`
	Class     string   `csv:"classe"`
	Value     *float64 `csv:"quota"`
	Missing   string   `csv:"assenza"`
	Estimate  *float64 `csv:"stima"`
	Low       *float64 `csv:"stima_da"`
	High      *float64 `csv:"stima_a"`
	OfPeople  *float64 `csv:"stima_residenti"`
	NoGuess   string   `csv:"stima_assenza"`
	Figure    string   `csv:"cifra"` // where share and estimates come from
	Base      *float64 `csv:"base"`
	NoBase    string   `csv:"base_assenza"`
	BaseKey   string   `csv:"cifra_base"` // where base and response come from
	Comuni    int      `csv:"comuni"`
	Response  *float64 `csv:"risposta_comuni"`
	Residents *float64 `csv:"risposta_residenti"`
	Demo      bool     `csv:"dimostrativo"`
}

// headlineCode is the headline among the codes of options in the files.
const headlineCode = "sintesi"

// closedCode is why there is no figure of an area of which none is published.
const closedCode = "non_pubblicato"

// questionCSV is every share of the question, in this edition and in those that
// compare, the newest first.
func (s *inquiry) questionCSV(q *asked) error {
	rows := s.answerRows(q)
	pasts := s.pasts(q)
	for k := len(pasts) - 1; k >= 0; k-- {
		x := &pasts[k]
		before := s.inquiryOf(s.before[x.twin.Edition], s.before[:x.twin.Edition])
		if was, ok := before.asked(x.twin.Question); ok {
			rows = append(rows, before.answerRows(was)...)
		}
	}
	if broken := s.brokenRows(q); broken != nil {
		if err := s.csv(indicatorPath(q.ID)+brokenFile, broken); err != nil {
			return err
		}
	}
	if moved := s.movedRows(q); moved != nil {
		if err := s.csv(indicatorPath(q.ID)+movedFile, moved); err != nil {
			return err
		}
	}
	return s.csv(indicatorPath(q.ID)+"dati.csv", rows)
}

func (s *inquiry) answerRows(q *asked) (rows []answerRow) {
	for i := range q.tables {
		t := &q.tables[i]
		base := answerRow{Edition: s.book.Edition, Question: q.ID, Demo: s.edition.Demo()}
		if len(q.Rows) > 0 {
			base.Row = q.Rows[t.Row].Code
		}
		add := func(code, text string, column int) {
			for _, level := range slices.Concat(s.areas.levels, s.areas.more) {
				for _, x := range level.places {
					r, l := base, t.Lines[x.area]
					r.Option, r.Text, r.Level, r.Code, r.Name, r.Class = code, text, level.name, x.code, x.name, x.class
					c := q.cell(t, x.area, column)
					r.Value, r.Missing = known(c.Value), absence(c)
					r.Estimate, r.Low, r.High, r.OfPeople, r.NoGuess = known(c.Estimate), known(c.Low), known(c.High), known(c.Residents), c.Estimate.Kind.Code()
					r.Figure = c.Key
					r.Base, r.NoBase = known(l.Base), l.Base.Kind.Code()
					r.BaseKey = l.Key
					if c.Closed {
						r.NoGuess, r.NoBase = closedCode, closedCode
					}
					r.Comuni, r.Response, r.Residents = l.Comuni, known(l.Response), known(l.ResidentsResponse)
					rows = append(rows, r)
				}
			}
		}
		for k, o := range q.Options {
			add(o.Code, o.Text, k)
		}
		if q.Headline.Title != "" {
			add(headlineCode, q.Headline.Title, headline)
		}
	}
	return rows
}

// absence is why there is no share, as the files say it.
func absence(c disclosure.Cell) string {
	if c.Closed {
		return closedCode
	}
	return c.Value.Kind.Code()
}

// known is a value for a file: an empty field where there is none, never 0.
func known(v stat.Value) *float64 {
	if !v.OK() {
		return nil
	}
	return &v.N
}
