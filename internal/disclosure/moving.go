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
	if !s.q.Many() && len(s.led) == 0 && s.lead == nil && len(s.rows) == 0 {
		local = nil // all that can be said is tried for everybody
	}
	key := target{s, col}
	out, ok := f.moves[key]
	if ok && local == nil {
		return out
	}
	out = nil
	for _, pair := range f.pairs(s, col, local) {
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
	kinds := f.kinds(lead, local)
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
func (f *family) kinds(s *sheet, local []int32) []reply {
	if s.sorted == nil {
		s.sorted = f.sorted(s)
	}
	if !s.q.Many() || len(s.sorted) <= mostKinds {
		return s.sorted
	}
	out := slices.Clone(s.sorted[:mostKinds])
	for _, r := range s.sorted[mostKinds:] {
		if slices.ContainsFunc(local, func(c int32) bool { return s.replies[c] == r }) {
			out = append(out, r)
		}
	}
	return out
}

func (f *family) sorted(s *sheet) []reply {
	f.saying(s, reply{})
	n := func(r reply) int { return len(s.sayers[r].all) }
	var out []reply
	for r := range s.sayers {
		if r.state != away {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b reply) int {
		return cmp.Or(cmp.Compare(n(b), n(a)), cmp.Compare(a.state, b.state), cmp.Compare(a.set, b.set))
	})
	if s.q.Many() {
		return out
	}
	for o := range s.q.Options { // what nobody said can be said as well
		if r := (reply{survey.Set(0).With(o), said}); s.sayers[r] == nil {
			out = append(out, r)
		}
	}
	return out
}

// pairs are replies of which the second is counted in a column and the first is
// not.
func (f *family) pairs(s *sheet, col int, local []int32) (out [][2]reply) {
	kinds := f.kinds(s, local)
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
