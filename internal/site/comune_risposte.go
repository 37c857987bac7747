package site

import (
	"html/template"
	"strings"

	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// ownAnswer is what the Comune said to an item of the newest edition and lets be shown.
type ownAnswer struct {
	q     *survey.Question
	said  disclosure.Said
	row   string          // label of the row; "" without rows
	text  string          // what it said, "" where Kind says why it did not
	share disclosure.Cell // of its class that said the same; zero where it said several things
}

// answered are the answers that the page shows.
func (p comunePlace) answered() (out []ownAnswer) {
	if p.Survey.Published == nil {
		return nil
	}
	book := p.Survey.Edition.Book
	class := p.Survey.Published.Frame.Find(estimate.Area{Level: estimate.Classes, Rip: -1, Region: -1, Class: p.Survey.Edition.Places[p.i].Class})
	for _, said := range p.Survey.Published.Own(p.i) {
		a := ownAnswer{q: &book.Questions[said.Question], said: said}
		if len(a.q.Rows) > 0 {
			a.row = a.q.Rows[said.Row].Text
		}
		if said.Kind == stat.Known || said.Kind == stat.DontKnow {
			a.text = p.spell(a.q, said)
			if at := only(said.Options); at >= 0 && class >= 0 {
				a.share = p.Survey.Published.Of(said.Question)[said.Row].Lines[class].Options[at]
			}
		}
		out = append(out, a)
	}
	return out
}

// only is the one option of a set, -1 where they are several.
func only(s survey.Set) int {
	for at := 0; s != 0; at++ {
		if s.Has(at) {
			if s == survey.Set(0).With(at) {
				return at
			}
			return -1
		}
	}
	return -1
}

// spell is an answer in words: the options, or the number.
func (p *press) spell(q *survey.Question, said disclosure.Said) string {
	if q.Numeric() && said.Kind == stat.Known {
		if q.Measure.Unit == "" {
			return p.words.Percent(said.Number, q.Measure.Decimals)
		}
		return p.words.Number(said.Number, q.Measure.Decimals) + " " + q.Measure.Unit
	}
	var out []string
	for k, o := range q.Options {
		if said.Options.Has(k) {
			out = append(out, o.Text)
		}
	}
	return strings.Join(out, "; ")
}

// ownAnswers is the section of them; none where the Comune shows none.
func (p comunePlace) ownAnswers() []section {
	all := p.shown
	s, ok := p.inquiry()
	if len(all) == 0 || !ok {
		return nil
	}
	w := p.words
	g := grid{Title: w.T("comune.risposte.tabella", p.args()...), Head: []heading{{Text: w.T("domanda.elenco.domanda")}, {Text: w.T("domanda.risposta_colonna")},
		{Text: w.T("comune.risposte.uguali", p.args(locale.S("classe_indagine", s.classOf(p.i)))...), Number: true}}}
	var not unsaid
	for _, a := range all {
		row := line{Cells: []cell{{Text: a.q.Title, Href: indicatorPath(a.q.ID), Note: a.row, Class: "who"}, {Text: a.text}, {}}}
		if a.text == "" {
			row.Cells[1] = cell{HTML: p.missing(a.said.Kind)}
		}
		if a.share != (disclosure.Cell{}) {
			row.Cells[2] = s.share(a.share)
			not.see(a.share)
		}
		g.Rows = append(g.Rows, row)
	}
	return []section{{ID: "risposte", Title: w.T("comune.risposte.titolo", locale.S("edizione", s.book.Edition)), Lead: []template.HTML{w.HTML("comune.risposte.intro", p.args(locale.S("edizione", s.book.Title))...)},
		Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.unsaidNote(not)}, Margin: []note{{w.T("comune.risposte.perche"), w.HTML("comune.risposte.perche_testo")}, s.collected()}}}
}

// classOf is the size class that a Comune had at the time of the edition.
func (s *inquiry) classOf(comune int) string {
	if k := s.edition.Places[comune].Class; k >= 0 {
		return s.Atlas.Schemes[0].Classes[k].Label
	}
	return ""
}

// answerFile is a row of a Comune's risposte.csv, and an item of dati.json.
type answerFile struct {
	Edition  string   `csv:"edizione" json:"edizione"`
	Question string   `csv:"domanda" json:"domanda"`
	Title    string   `csv:"titolo" json:"titolo"`
	Row      string   `csv:"riga" json:"riga,omitempty"` // code
	RowText  string   `csv:"voce" json:"voce,omitempty"`
	Codes    string   `csv:"opzioni" json:"opzioni,omitempty"` // with | between them
	Text     string   `csv:"risposta" json:"risposta,omitempty"`
	Number   *float64 `csv:"numero" json:"numero,omitempty"`
	Missing  string   `csv:"assenza" json:"assenza,omitempty"`
	Share    *float64 `csv:"quota" json:"quota_classe,omitempty"` // of its class that said the same
	NoShare  string   `csv:"quota_assenza" json:"quota_assenza,omitempty"`
	Figure   string   `csv:"cifra" json:"cifra,omitempty"`
}

// answerRows are the answers as the files have them.
func (p comunePlace) answerRows() (out []answerFile) {
	for _, a := range p.shown {
		r := answerFile{Edition: p.Survey.Edition.Book.Edition, Question: a.q.ID, Title: a.q.Title, RowText: a.row, Text: a.text}
		if len(a.q.Rows) > 0 {
			r.Row = a.q.Rows[a.said.Row].Code
		}
		var codes []string
		for k, o := range a.q.Options {
			if a.said.Options.Has(k) {
				codes = append(codes, o.Code)
			}
		}
		r.Codes = strings.Join(codes, "|")
		if a.said.Kind == stat.Known && a.q.Numeric() {
			r.Number = &a.said.Number
		} else if a.said.Kind != stat.Known {
			r.Missing = a.said.Kind.Code()
		}
		if a.share != (disclosure.Cell{}) {
			r.Share, r.NoShare, r.Figure = known(a.share.Value), absence(a.share), a.share.Key
		}
		out = append(out, r)
	}
	return out
}
