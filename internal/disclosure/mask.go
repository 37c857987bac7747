package disclosure

import (
	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// cellID is a cell of a table by column and area.
type cellID struct{ k, area int }

// sum says that the parts add up to the total, or to a number that everybody
// knows.
type sum struct {
	total cellID
	known bool // the total is shown whatever happens: the base
	parts []cellID
	areas bool // over areas: bases add up too
}

// mask is which cells of a table are withheld.
type mask struct {
	t      *estimate.Table
	q      *survey.Question
	policy Policy
	least  int
	hidden [][]bool // by column and area
	base   []bool   // by area: the base is withheld
	sums   []sum
}

func newMask(t *estimate.Table, f *estimate.Frame, q *survey.Question, policy Policy) *mask {
	m := &mask{t: t, q: q, policy: policy, least: policy.Least, base: make([]bool, len(t.Base)), hidden: make([][]bool, len(t.Num))}
	if q.Reserved {
		m.least = policy.LeastReserved
	}
	for k := range m.hidden {
		m.hidden[k] = make([]bool, len(t.Base))
	}
	if q.Class != survey.Register {
		m.sumsOverAreas(f)
		if q.Shape == survey.Multiple {
			m.sumsWithNone()
		} else {
			m.sumsOverOptions()
		}
	}
	return m
}

// empty cells have no respondent and are known to be 0: they take no part.
func (m *mask) empty(area int) bool { return m.t.Base[area] == 0 }

func (m *mask) sumsOverAreas(f *estimate.Frame) {
	for k := range m.t.Num {
		for _, s := range f.Sums {
			out := sum{total: cellID{k, s.Total}, areas: true}
			for _, part := range s.Parts {
				if !m.empty(part) {
					out.parts = append(out.parts, cellID{k, part})
				}
			}
			m.sums = append(m.sums, out)
		}
	}
}

func (m *mask) sumsOverOptions() {
	options := len(m.q.Options)
	for area := range m.t.Base {
		if m.empty(area) {
			continue
		}
		all := sum{known: true}
		head, rest := sum{total: cellID{options, area}}, sum{known: true, parts: []cellID{{options, area}}}
		for o := range options {
			c := cellID{o, area}
			all.parts = append(all.parts, c)
			if m.q.Headline.Any.Has(o) {
				head.parts = append(head.parts, c)
			} else {
				rest.parts = append(rest.parts, c)
			}
		}
		m.sums = append(m.sums, all)
		if len(m.t.Num) > options {
			m.sums = append(m.sums, head, rest)
		}
	}
}

// sumsWithNone: where the headline of a multiple choice is "any of them", those
// that gave none are the rest of the base.
func (m *mask) sumsWithNone() {
	options := len(m.q.Options)
	var alone []int
	for o, option := range m.q.Options {
		switch {
		case option.Exclusive || option.DontKnow:
			alone = append(alone, o)
		case !m.q.Headline.Any.Has(o):
			return
		}
	}
	for area := range m.t.Base {
		if m.empty(area) {
			continue
		}
		s := sum{known: true, parts: []cellID{{options, area}}}
		for _, o := range alone {
			s.parts = append(s.parts, cellID{o, area})
		}
		m.sums = append(m.sums, s)
	}
}

// follow withholds every area in which the answers that lead to the question
// are withheld: its base would give them back.
func (m *mask) follow(source *mask, any survey.Set) {
	if source.q.Class == survey.Register {
		return
	}
	for area := range m.base {
		for o := range source.q.Options {
			if any.Has(o) && source.hidden[o][area] {
				m.base[area] = true
			}
		}
		for k := range m.hidden {
			m.hidden[k][area] = m.base[area]
		}
	}
}

// primary withholds what is unsafe by itself.
func (m *mask) primary() {
	if m.q.Class == survey.Register {
		return
	}
	for k := range m.hidden {
		for area, base := range m.t.Base {
			if base > 0 && m.unsafe(m.t.Num[k][area], base) {
				m.hidden[k][area] = true
			}
		}
	}
}

func (m *mask) unsafe(num, base int) bool {
	const all = 100
	printed := percent(num, base, m.policy.decimals(base))
	return num < m.least || base-num < m.least || printed == 0 || printed == all
}

// settle withholds further cells until no sum gives one back.
func (m *mask) settle() {
	for again := true; again; {
		again = false
		for i := range m.sums {
			for m.gives(&m.sums[i]) && m.cover(&m.sums[i]) {
				again = true
			}
		}
	}
}

// gives reports whether a sum gives back a withheld cell, or tells of those
// withheld together what could not be told of one.
func (m *mask) gives(s *sum) bool {
	hidden, num, rest := 0, 0, 0
	for _, c := range s.parts {
		if m.is(c) {
			hidden++
			num += m.t.Num[c.k][c.area]
			rest += m.t.Base[c.area] - m.t.Num[c.k][c.area]
		}
	}
	switch {
	case !s.known && m.is(s.total):
		return hidden == 0 && len(s.parts) > 0
	case hidden == 0:
		return false
	case hidden == 1:
		return true
	}
	return num < m.least || s.areas && rest < m.least
}

// cover withholds the smallest shown part of a sum, or its total where no part
// is left; it reports whether there was one.
func (m *mask) cover(s *sum) bool {
	best, found := s.total, !s.known && !m.is(s.total)
	first := true
	for _, c := range s.parts {
		if !m.is(c) && (first || m.t.Num[c.k][c.area] < m.t.Num[best.k][best.area]) {
			best, found, first = c, true, false
		}
	}
	if found {
		m.hidden[best.k][best.area] = true
	}
	return found
}

func (m *mask) is(c cellID) bool { return m.hidden[c.k][c.area] }

// count is how many cells are withheld.
func (m *mask) count() (n int) {
	for k := range m.hidden {
		for _, h := range m.hidden[k] {
			if h {
				n++
			}
		}
	}
	return n
}
