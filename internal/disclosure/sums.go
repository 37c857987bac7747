package disclosure

import (
	"mappa/internal/estimate"
)

// sums are all ways in which cells of the table add up, with each other and
// with those of the question that leads to it.
func (m *mask) sums(f *estimate.Frame) []sum {
	out := m.overAreas(f, m.base())
	if !m.public {
		for k := range m.t.Num {
			out = append(out, m.overAreas(f, k)...)
		}
	}
	for area := range m.t.Base {
		if m.empty(area) {
			continue
		}
		if !m.q.Many() {
			out = append(out, m.overOptions(area)...)
		} else if s, ok := m.anyAndNone(area); ok {
			out = append(out, s)
		}
	}
	if m.lead != nil {
		out = append(out, m.overForms(f)...)
	}
	return out
}

func (m *mask) overAreas(f *estimate.Frame, k int) []sum {
	var out []sum
	for _, s := range f.Sums {
		if m.empty(s.Total) {
			continue
		}
		x := sum{total: []cell{{m, k, s.Total}}, areas: true}
		for _, part := range s.Parts {
			if !m.empty(part) {
				x.parts = append(x.parts, cell{m, k, part})
			}
		}
		out = append(out, x)
	}
	return out
}

// overOptions: the options of a single choice are the base, those of the
// headline the headline.
func (m *mask) overOptions(area int) []sum {
	base, headline := []cell{{m, m.base(), area}}, []cell{{m, m.headline(), area}}
	all, head, rest := sum{total: base}, sum{total: headline}, sum{total: base, parts: headline}
	for o := range m.q.Options {
		c := cell{m, o, area}
		all.parts = append(all.parts, c)
		if m.q.Headline.Any.Has(o) {
			head.parts = append(head.parts, c)
		} else {
			rest.parts = append(rest.parts, c)
		}
	}
	if m.q.Headline.Any == 0 {
		return []sum{all}
	}
	return []sum{all, head, rest}
}

// anyAndNone: where the headline of a multiple choice is "any of them", those
// that gave none are the rest of the base.
func (m *mask) anyAndNone(area int) (sum, bool) {
	out := sum{total: []cell{{m, m.base(), area}}, parts: []cell{{m, m.headline(), area}}}
	for o, option := range m.q.Options {
		switch {
		case option.Exclusive || option.DontKnow:
			out.parts = append(out.parts, cell{m, o, area})
		case !m.q.Headline.Any.Has(o):
			return sum{}, false
		}
	}
	return out, true
}

// near reports whether, but for fewer than the threshold, all that answered the
// form with the leading question had this one on theirs as well: blanks apart,
// those that were led here are then its base.
func (m *mask) near(area int) bool {
	return m.lead.t.Universe[area].Respondents-m.t.Universe[area].Respondents < m.least(m.base())
}

// leading are the cells that say how many gave an answer leading here.
func (m *mask) leading(area int) []cell {
	any := m.q.Route.Any
	if m.lead.q.Headline.Any == any {
		return []cell{{m.lead, m.lead.headline(), area}}
	}
	var out []cell
	for o := range m.lead.q.Options {
		if any.Has(o) {
			out = append(out, cell{m.lead, o, area})
		}
	}
	return out
}

// led says how many were led here from an area: some figures, less others.
type led func(area int) (more, less []cell)

// ways are the ways to know how many were led here: the answers that lead here
// and, in a single choice, all less the answers that do not. Of a multiple
// choice with several leading answers nothing says it.
func (m *mask) ways() []led {
	if m.lead.q.Many() && len(m.leading(0)) > 1 {
		return nil
	}
	out := []led{func(area int) (more, less []cell) { return m.leading(area), nil }}
	if m.lead.q.Many() {
		return out
	}
	return append(out, func(area int) (more, less []cell) {
		for o := range m.lead.q.Options {
			if !m.q.Route.Any.Has(o) {
				less = append(less, cell{m.lead, o, area})
			}
		}
		return []cell{{m.lead, m.lead.base(), area}}, less
	})
}

// sum says that those led here from the total were led here from the parts.
func (way led) sum(total, parts []int) (s sum) {
	for _, area := range total {
		more, less := way(area)
		s.total, s.parts = append(s.total, more...), append(s.parts, less...)
	}
	for _, area := range parts {
		more, less := way(area)
		s.parts, s.total = append(s.parts, more...), append(s.total, less...)
	}
	return s
}

// overForms: the base is the number of those that were led here, in an area
// where both questions are on the same forms, and in one that divides into such
// areas and others where nobody had the question.
func (m *mask) overForms(f *estimate.Frame) (out []sum) {
	for _, way := range m.ways() {
		for area := range m.t.Base {
			if !m.empty(area) && m.near(area) {
				s := way.sum([]int{area}, nil)
				s.parts = append(s.parts, cell{m, m.base(), area})
				out = append(out, s)
			}
		}
		for _, x := range f.Sums {
			near, without, ok := m.divided(x)
			if !ok {
				continue
			}
			base := cell{m, m.base(), x.Total}
			with, all := way.sum(nil, near), way.sum([]int{x.Total}, without)
			with.total, all.parts = append(with.total, base), append(all.parts, base)
			out = append(out, with, all)
		}
	}
	return out
}

// divided are the parts of an area where both questions are on the same forms
// and those where nobody had this one, if there are no others.
func (m *mask) divided(s estimate.Sum) (near, without []int, ok bool) {
	for _, part := range s.Parts {
		switch {
		case m.lead.empty(part):
		case m.empty(part):
			without = append(without, part)
		case m.near(part):
			near = append(near, part)
		default:
			return nil, nil, false
		}
	}
	return near, without, len(near) > 0 && len(without) > 0
}
