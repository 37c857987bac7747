package survey

import (
	"math"
	"slices"

	"mappa/internal/stat"
)

// Said is what a Comune might have said to an item: Known with options, or a kind of
// "no value".
type Said struct {
	Question, Row, Comune int
	Answer                Answer
}

// With is the edition as it would be if some Comuni had said otherwise; e stays as it
// is. Of a number the answer names the bin: it becomes the number of the bin that is
// next to the one that was given, and percentages go on adding up wherever their bins
// let them.
func (e *Edition) With(said []Said) *Edition {
	out := *e
	out.answers, out.numbers = slices.Clone(e.answers), slices.Clone(e.numbers)
	own := map[int]bool{} // items that are out's own already
	for _, s := range said {
		item := e.first[s.Question] + s.Row
		q := &e.Book.Questions[s.Question]
		if !own[item] {
			own[item] = true
			out.answers[item], out.numbers[item] = slices.Clone(e.answers[item]), slices.Clone(e.numbers[item])
		}
		if s.Answer.Kind == stat.Known && q.dontKnow(s.Answer.Options) {
			s.Answer.Kind = stat.DontKnow
		}
		out.answers[item][s.Comune] = s.Answer
		if out.numbers[item] == nil {
			continue
		}
		n := 0.0
		if s.Answer.Kind == stat.Known {
			low, high := q.Measure.Range(s.Answer.Options)
			n = min(max(e.numbers[item][s.Comune], low), high)
		}
		out.numbers[item][s.Comune] = n
	}
	for _, s := range said {
		if q := &e.Book.Questions[s.Question]; q.Shape == Percentages {
			out.fill(q, s.Question, s.Comune, own)
		}
	}
	return &out
}

// dontKnow reports whether a set of options says that the Comune does not know.
func (q *Question) dontKnow(set Set) bool {
	for i, o := range q.Options {
		if set.Has(i) && o.DontKnow {
			return true
		}
	}
	return false
}

// Range is the lowest and the highest number of a bin, the only option of the set.
func (m *Measure) Range(set Set) (low, high float64) {
	step := math.Pow10(-m.Decimals)
	low, high = m.Least, m.Most
	for i := range m.Bins {
		if set.Has(i) {
			high = min(high, m.Bins[i])
		}
		if set.Has(i + 1) {
			low = max(low, m.Bins[i]+step)
		}
	}
	if m.Sum > 0 {
		high = min(high, m.Sum)
	}
	return low, high
}

// fill makes the percentages of a Comune add up by moving each within its bin.
func (e *Edition) fill(q *Question, question, comune int, own map[int]bool) {
	left := q.Measure.Sum
	for row := range q.Items() {
		if e.Answers(question, row)[comune].Kind != stat.Known {
			return
		}
		left -= e.Numbers(question, row)[comune]
	}
	for row := range q.Items() {
		item := e.first[question] + row
		low, high := q.Measure.Range(e.answers[item][comune].Options)
		now := e.numbers[item][comune]
		to := min(max(now+left, low), high)
		if to == now {
			continue
		}
		if !own[item] {
			own[item] = true
			e.numbers[item] = slices.Clone(e.numbers[item])
		}
		e.numbers[item][comune] = to
		left -= to - now
	}
}
