package disclosure

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/survey"
)

// fits reports whether a reply goes with what the respondent said to the other
// rows of the question: no option has two places of a ranking, and percentages
// can still add up.
func (s *sheet) fits(comune int, r reply) bool { return s.fit(comune, r, s, r) }

// fit is fits for two rows at once.
func (s *sheet) fit(comune int, r reply, other *sheet, and reply) bool {
	if len(s.rows) == 0 {
		return true
	}
	var taken survey.Set
	low, high := 0.0, 0.0
	for _, o := range s.rows {
		now := o.replies[comune]
		switch o {
		case s:
			now = r
		case other:
			now = and
		}
		if now.state != said || o.replies[comune].state != said {
			return false
		}
		if s.q.Shape == survey.Ranking && taken.Meets(now.set) {
			return false
		}
		taken |= now.set
		l, h := o.span(now)
		low, high = low+l, high+h
	}
	return s.q.Shape == survey.Ranking || low-s.q.Measure.Within <= s.q.Measure.Sum && s.q.Measure.Sum <= high+s.q.Measure.Within
}

// span is which numbers an answer in bins can stand for.
func (s *sheet) span(r reply) (low, high float64) {
	m := &s.q.Measure
	for o := range s.q.Options {
		if !r.set.Has(o) || o > len(m.Bins) {
			continue
		}
		low, high = m.Least, min(m.Most, m.Sum)
		if o > 0 {
			low = m.Bins[o-1]
		}
		if o < len(m.Bins) {
			high = m.Bins[o]
		}
	}
	return low, high
}

// couples are the deltas of two rows of a question moving together: all that
// those can say otherwise who ranked every option, and percentages that still add
// up. In a ranking two options change places; of percentages one grows as another
// shrinks.
func (f *family) couples(s *sheet, col int) (out []directed) {
	if col >= len(s.q.Options) {
		return nil
	}
	for _, o := range s.rows {
		if o == s {
			continue
		}
		for x := range s.q.Options {
			if s.q.Shape == survey.Ranking {
				if x != col {
					out = append(out, f.couple(s, o, [2]int{x, col}, [2]int{col, x}))
				}
				continue
			}
			for u := range s.q.Options {
				for v := range s.q.Options {
					if (x < col) == (u > v) && x != col && u != v {
						out = append(out, f.couple(s, o, [2]int{x, col}, [2]int{u, v}))
					}
				}
			}
		}
	}
	return out
}

// couple is the delta of those that go from one option to another in row a and in
// row b, written down with the earlier row first.
func (f *family) couple(a, b *sheet, inA, inB [2]int) directed {
	if a.index > b.index {
		return f.couple(b, a, inB, inA)
	}
	key := fmt.Sprint("c", a.index, b.index, inA, inB)
	d := f.deltas[key]
	if d == nil {
		d = &delta{}
		at := func(o int) reply { return reply{survey.Set(0).With(o), said} }
		d.steps = append(a.steps(at(inA[0]), at(inA[1])), b.steps(at(inB[0]), at(inB[1]))...)
		turn := func(from, to int) func(int) []change {
			return func(comune int) []change {
				if a.replies[comune] != at(inA[from]) || b.replies[comune] != at(inB[from]) || !a.free[comune] || !a.fit(comune, at(inA[to]), b, at(inB[to])) {
					return nil
				}
				return []change{{a, int32(comune), at(inA[to])}, {b, int32(comune), at(inB[to])}}
			}
		}
		d.up, d.down = turn(0, 1), turn(1, 0)
		d.lists(f.ground, f.respondents)
		f.deltas[key] = d
	}
	return directed{d, 1}
}

// wholes are the deltas between all that one of few respondents said to the rows
// of a question and all that others frequently say.
func (f *family) wholes(s *sheet, col int, local []int32) (out []directed) {
	if local == nil {
		return nil
	}
	mine := s.rows[0].vectors(local)
	if s.rows[0].frequent == nil {
		s.rows[0].frequent = s.rows[0].vectors(f.respondents)
	}
	others := s.rows[0].frequent
	for _, a := range mine {
		for _, b := range others[:min(len(others), mostKinds)] {
			at := s.table.Row
			switch x, y := s.has(a[at], col), s.has(b[at], col); {
			case !x && y:
				out = append(out, f.whole(s.rows, a, b))
			case x && !y:
				d := f.whole(s.rows, a, b)
				out = append(out, directed{d.delta, -d.sign})
			}
		}
	}
	return out
}

// vectors are what respondents said to all rows, most frequent first.
func (s *sheet) vectors(respondents []int32) (out [][]reply) {
	n := map[string]int{}
	key := func(v []reply) string { return fmt.Sprint(v) }
	for _, i := range respondents {
		var v []reply
		for _, o := range s.rows {
			v = append(v, o.replies[i])
		}
		if slices.ContainsFunc(v, func(r reply) bool { return r.state != said }) {
			continue
		}
		if n[key(v)]++; n[key(v)] == 1 {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b []reply) int { return cmp.Compare(n[key(b)], n[key(a)]) })
	return out
}

func (f *family) whole(rows []*sheet, a, b []reply) directed {
	key := fmt.Sprint("w", rows[0].index, a, b)
	d := f.deltas[key]
	if d == nil {
		d = &delta{}
		for k, s := range rows {
			d.steps = append(d.steps, s.steps(a[k], b[k])...)
		}
		turn := func(from, to []reply) func(int) []change {
			return func(comune int) (out []change) {
				for k, s := range rows {
					if s.replies[comune] != from[k] || !s.free[comune] {
						return nil
					}
					out = append(out, change{s, int32(comune), to[k]})
				}
				return out
			}
		}
		d.up, d.down = turn(a, b), turn(b, a)
		d.lists(f.ground, f.respondents)
		f.deltas[key] = d
	}
	return directed{d, 1}
}
