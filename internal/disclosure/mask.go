package disclosure

import (
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// mask is which cells of a table are withheld. Its columns are those of the
// table and then the base, which is a figure like the others: so many of those
// that sent the form.
type mask struct {
	t      *estimate.Table
	q      *survey.Question
	policy Policy
	public bool  // the answers are not withheld for themselves
	lead   *mask // of the question whose answers lead to this one; nil where they are no secret
	routed bool  // the base says how many gave an answer that is a secret
	hidden [][]bool
}

// cell is a place in a mask.
type cell struct {
	m       *mask
	k, area int
}

// sum says that the parts add up to the total, or to several totals together.
type sum struct {
	total []cell
	parts []cell
	areas bool // of one column over areas
}

func newMask(t *estimate.Table, q *survey.Question, public bool, policy Policy) *mask {
	m := &mask{t: t, q: q, policy: policy, public: public, hidden: make([][]bool, len(t.Num)+1)}
	for k := range m.hidden {
		m.hidden[k] = make([]bool, len(t.Base))
	}
	return m
}

// base is the column of the base, headline that of the headline.
func (m *mask) base() int     { return len(m.t.Num) }
func (m *mask) headline() int { return len(m.q.Options) }

// empty areas have no respondent: everything there is known to be 0.
func (m *mask) empty(area int) bool { return m.t.Universe[area].Respondents == 0 }

// count is a cell's number, and of how many.
func (c cell) count() (num, of int) {
	if c.k == c.m.base() {
		return c.m.t.Base[c.area], c.m.t.Universe[c.area].Respondents
	}
	return c.m.t.Num[c.k][c.area], c.m.t.Base[c.area]
}

func (c cell) hidden() bool { return c.m.hidden[c.k][c.area] }

// hide withholds a cell; without its base nothing of an area is shown.
func (c cell) hide() {
	c.m.hidden[c.k][c.area] = true
	if c.k == c.m.base() {
		for k := range c.m.hidden {
			c.m.hidden[k][c.area] = true
		}
	}
}

// least is the threshold of a column: that of the question, and for the base of
// a routed one the threshold of the answers that it counts, if that is higher.
func (m *mask) least(k int) int {
	if m.q.Reserved || k == m.base() && m.lead != nil && m.lead.q.Reserved {
		return m.policy.LeastReserved
	}
	return m.policy.Least
}

// tells reports whether a column's number out of so many tells of single Comuni.
// A base that only leaves out blanks does where so few answered that one could
// say who did not; that everybody answered is no secret.
func (m *mask) tells(k, num, of int) bool {
	few, but := num < m.least(k), of-num < m.least(k)
	if k == m.base() && !m.routed {
		return few && num < of
	}
	return few || but
}

// primary withholds what is unsafe by itself.
func (m *mask) primary() {
	for k := range m.hidden {
		for area := range m.t.Base {
			if c := (cell{m, k, area}); !m.empty(area) && c.unsafe() {
				c.hide()
			}
		}
	}
}

func (c cell) unsafe() bool {
	num, of := c.count()
	switch {
	case c.k == c.m.base():
		return c.m.tells(c.k, num, of)
	case c.m.public:
		return false
	case of == 0: // with its base
		return true
	}
	const all = 100
	printed := percent(num, of, c.m.policy.decimals(of))
	return c.m.tells(c.k, num, of) || printed == 0 || printed == all
}

// follow withholds the base of a routed question wherever an answer that leads
// to it is withheld; it reports whether there was one to withhold.
func (m *mask) follow() (some bool) {
	if m.lead == nil {
		return false
	}
	for area := range m.t.Base {
		base := cell{m, m.base(), area}
		if !m.empty(area) && !m.near(area) && !base.hidden() && slices.ContainsFunc(m.leading(area), cell.hidden) {
			base.hide()
			some = true
		}
	}
	return some
}

// settle withholds further cells until no sum gives one back; it reports
// whether there was one to withhold.
func settle(sums []sum) (some bool) {
	for i := range sums {
		for sums[i].gives() && sums[i].cover() {
			some = true
		}
	}
	return some
}

// gives reports whether a sum gives back a withheld cell, or tells of those
// withheld together what could not be told of one.
func (s *sum) gives() bool {
	total, parts := withheld(s.total), withheld(s.parts)
	switch {
	case len(total)+len(parts) == 1:
		return true
	case len(total) > 0 || len(parts) == 0:
		return false
	case len(parts) == len(s.parts) && len(s.total) == 1: // the total stands for itself
		return false
	}
	num, of := 0, 0
	for _, c := range parts {
		n, o := c.count()
		num, of = num+n, of+o
	}
	m, k := parts[0].m, parts[0].k
	if s.areas {
		return m.tells(k, num, of)
	}
	return num < m.least(k)
}

func withheld(cells []cell) (out []cell) {
	for _, c := range cells {
		if c.hidden() {
			out = append(out, c)
		}
	}
	return out
}

// cover withholds the smallest shown cell of a sum, of equal ones a part before
// a total; it reports whether there was one.
func (s *sum) cover() bool {
	var best cell
	least := -1
	for _, side := range [][]cell{s.parts, s.total} {
		for _, c := range side {
			if n, _ := c.count(); !c.hidden() && (least < 0 || n < least) {
				best, least = c, n
			}
		}
	}
	if least < 0 {
		return false
	}
	best.hide()
	return true
}

// withheld is how many cells are, and of these how many are bases.
func (m *mask) withheld() (cells, bases int) {
	for k := range m.hidden {
		for _, h := range m.hidden[k] {
			switch {
			case h && k == m.base():
				bases++
			case h:
				cells++
			}
		}
	}
	return cells, bases
}
