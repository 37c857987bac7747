package disclosure

import (
	"cmp"
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
	key := deltaKey{kind: 'c', a: a.index, b: b.index, more: string([]byte{byte(inA[0]), byte(inA[1]), byte(inB[0]), byte(inB[1])})}
	d := f.deltas[key]
	if d == nil {
		d = &delta{}
		at := func(o int) reply { return reply{survey.Set(0).With(o), said} }
		d.steps = append(a.steps(at(inA[0]), at(inA[1])), b.steps(at(inB[0]), at(inB[1]))...)
		ends := func(up bool) (from, to int) {
			if up {
				return 0, 1
			}
			return 1, 0
		}
		d.can = func(comune int, up bool) bool {
			from, to := ends(up)
			return a.replies[comune] == at(inA[from]) && b.replies[comune] == at(inB[from]) && a.free[comune] && a.fit(comune, at(inA[to]), b, at(inB[to]))
		}
		d.changes = func(comune int, up bool) []change {
			_, to := ends(up)
			return []change{{a, int32(comune), at(inA[to])}, {b, int32(comune), at(inB[to])}}
		}
		d.lists(f.ground, f.saying(a, at(inA[0])), f.saying(a, at(inA[1])))
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
	for _, i := range respondents {
		var v []reply
		for _, o := range s.rows {
			v = append(v, o.replies[i])
		}
		if slices.ContainsFunc(v, func(r reply) bool { return r.state != said }) {
			continue
		}
		if n[encode(v)]++; n[encode(v)] == 1 {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b []reply) int { return cmp.Compare(n[encode(b)], n[encode(a)]) })
	return out
}

func (f *family) whole(rows []*sheet, a, b []reply) directed {
	key := deltaKey{kind: 'w', a: rows[0].index, more: encode(a) + encode(b)}
	d := f.deltas[key]
	if d == nil {
		d = &delta{}
		for k, s := range rows {
			d.steps = append(d.steps, s.steps(a[k], b[k])...)
		}
		ends := func(up bool) (from, to []reply) {
			if up {
				return a, b
			}
			return b, a
		}
		d.can = func(comune int, up bool) bool {
			from, _ := ends(up)
			for k, s := range rows {
				if s.replies[comune] != from[k] || !s.free[comune] {
					return false
				}
			}
			return true
		}
		d.changes = func(comune int, up bool) (out []change) {
			_, to := ends(up)
			for k, s := range rows {
				out = append(out, change{s, int32(comune), to[k]})
			}
			return out
		}
		d.lists(f.ground, f.saying(rows[0], a[0]), f.saying(rows[0], b[0]))
		f.deltas[key] = d
	}
	return directed{d, 1}
}
