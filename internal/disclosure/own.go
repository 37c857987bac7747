package disclosure

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Said is what a Comune said to an item, where anybody may know it.
type Said struct {
	Question, Row int
	Kind          stat.Kind // Known, DontKnow, or why there is no answer
	Options       survey.Set
	Number        float64 // of a question that wants one
}

// own are by Comune the answers that its own page may show: of class registro, and
// of class comune where it consented, with the question that leads there. Of a
// fictional edition there are none: they are no Comune's. What the law makes public is
// an answer; that there is none it does not.
func own(e *survey.Edition) [][]Said {
	out := make([][]Said, len(e.Places))
	if e.Demo() {
		return out
	}
	for q := range e.Book.Questions {
		for row := range e.Book.Questions[q].Items() {
			if class := e.Book.Questions[q].Class; class != survey.Consented && class != survey.Register {
				break
			}
			for i, a := range e.Answers(q, row) {
				if !mine(&e.Public, q, i) || e.Book.Questions[q].Class == survey.Register && a.Kind != stat.Known && a.Kind != stat.DontKnow {
					continue
				}
				s := Said{Question: q, Row: row, Kind: a.Kind, Options: a.Options}
				if e.Book.Questions[q].Numeric() && a.Kind == stat.Known {
					s.Number = e.Numbers(q, row)[i]
				}
				out[i] = append(out[i], s)
			}
		}
	}
	return out
}

// mine reports whether the page of a Comune may show what it said to a question, and
// so to those that lead to it: that it was put tells of them.
func mine(e *survey.Public, question, comune int) bool {
	q, p := &e.Book.Questions[question], &e.Places[comune]
	switch {
	case e.Demo() || q.Reserved || p.State != survey.Completed || p.Merged || !q.On(p.Form):
		return false
	case q.Class != survey.Register && !e.Consents(question, comune):
		return false
	}
	return !q.Route.On || mine(e, q.Route.Question, comune)
}

// Own are the answers of a Comune that its own page may show, in the order of the
// codebook.
func (p *Published) Own(comune int) []Said { return p.own[comune] }

// owned finds answers on a Comune's page that it did not let be shown, or did not
// give.
func (a *auditor) owned() (out []Leak) {
	e := a.in.Edition
	for comune, all := range a.Published.own {
		for _, s := range all {
			leak := func(text string) { out = append(out, Leak{Question: s.Question, Row: s.Row, Text: text}) }
			q := &e.Book.Questions[s.Question]
			if e.Demo() || q.Reserved || q.Class != survey.Register && !e.Consents(s.Question, comune) {
				leak("an answer stands on a Comune's page that it does not let be shown")
			}
			if r := q.Route; r.On && e.Book.Questions[r.Question].Class != survey.Register && !e.Consents(r.Question, comune) {
				leak("an answer on a Comune's page tells of the one that leads to it")
			}
			if have := e.Answers(s.Question, s.Row)[comune]; have.Kind != s.Kind || have.Options != s.Options {
				leak("the answer on a Comune's page is not the one that it gave")
			}
		}
	}
	return out
}
