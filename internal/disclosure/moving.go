package disclosure

import (
	"cmp"
	"slices"

	"mappa/internal/survey"
)

// moving are the deltas that raise a column of a sheet, each in the direction
// that does.
//
// Where few respondents could move a cell at all, local is who they are: what they
// said is tried even if nobody else said it.
func (f *family) moving(s *sheet, col int, local []int32) []directed {
	key := target{s, col}
	out, ok := f.moves[key]
	if ok && local == nil {
		return out
	}
	out = nil
	for _, pair := range s.pairs(col, f.respondents, local) {
		out = append(out, f.both(s, pair[0], pair[1], local)...)
	}
	if s.q.Many() && col != s.base() {
		out = append(out, f.ticks(s, col)...)
	}
	if s.lead != nil {
		out = append(out, f.leading(s, col, local)...)
	}
	if len(s.rows) > 0 {
		out = append(append(out, f.couples(s, col)...), f.wholes(s, col, local)...)
	}
	if local == nil {
		f.moves[key] = out
	}
	return out
}

func (f *family) ticks(s *sheet, col int) (out []directed) {
	alone := s.alone()
	switch {
	case col == s.headline():
		for o := range s.q.Options {
			if s.q.Headline.Any.Has(o) && !alone.Has(o) {
				out = append(out, directed{f.tick(s, o, true), 1})
			}
		}
	case !alone.Has(col):
		out = append(out, directed{f.tick(s, col, false), 1})
		if s.q.Headline.Any.Has(col) {
			out = append(out, directed{f.tick(s, col, true), 1})
		}
	}
	return out
}

// leading are the deltas of the question that leads here which raise a column.
func (f *family) leading(s *sheet, col int, local []int32) (out []directed) {
	lead := s.lead
	kinds := lead.kinds(f.respondents, local)
	for _, from := range kinds {
		for _, to := range kinds {
			if turn, ok := lead.turns(from, to); !ok || turn != 1 {
				continue
			}
			for _, d := range f.replacing(lead, from, to, local) {
				for _, x := range d.steps {
					if x.sheet == s && x.col == col {
						out = append(out, directed{d, x.by})
					}
				}
			}
		}
	}
	return out
}

// mostKinds bounds how many different sets of ticks are tried against each other.
const mostKinds = 16

// kinds are the replies that respondents gave, most frequent first.
func (s *sheet) kinds(respondents, local []int32) []reply {
	n := map[reply]int{}
	var out []reply
	for _, i := range respondents {
		r := s.replies[i]
		if r.state == away {
			continue
		}
		if n[r]++; n[r] == 1 {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b reply) int {
		return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a.state, b.state), cmp.Compare(a.set, b.set))
	})
	if s.q.Many() {
		for i := len(out) - 1; i >= mostKinds; i-- {
			if !slices.ContainsFunc(local, func(c int32) bool { return s.replies[c] == out[i] }) {
				out = slices.Delete(out, i, i+1)
			}
		}
		return out
	}
	for o := range s.q.Options { // what nobody said can be said as well
		if r := (reply{survey.Set(0).With(o), said}); n[r] == 0 {
			out = append(out, r)
		}
	}
	return out
}

// pairs are replies of which the second is counted in a column and the first is
// not.
func (s *sheet) pairs(col int, respondents, local []int32) (out [][2]reply) {
	kinds := s.kinds(respondents, local)
	alone := s.alone()
	for _, to := range kinds {
		if !s.has(to, col) {
			continue
		}
		for _, from := range kinds {
			switch {
			case s.has(from, col):
			case from.state == past && !(s.routed && s.lead == nil): // who is led here is said by the lead's deltas
			case s.q.Many() && from.state == said && !from.set.Meets(alone) && !to.set.Meets(alone): // ticks do it
			default:
				out = append(out, [2]reply{from, to})
			}
		}
	}
	return out
}
