package disclosure

import (
	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// bounds attacker: it has what is published, the codebook and who took part, and
// nothing else. It keeps for every cell the numbers that it can still be, from how
// shares are rounded, and narrows them down by every way in which cells add up, until
// nothing moves. What it leaves is never narrower than what can be worked out.
type attacker struct {
	p      *Published
	book   *survey.Codebook
	low    []map[[2]int]int // by table, and area and column
	high   []map[[2]int]int
	narrow bool
}

func attack(p *Published, book *survey.Codebook) *attacker {
	a := &attacker{p: p, book: book}
	for t := range p.Tables {
		a.low, a.high = append(a.low, map[[2]int]int{}), append(a.high, map[[2]int]int{})
		for area := range p.Tables[t].Lines {
			a.read(t, area)
		}
	}
	for a.narrow = true; a.narrow; {
		a.narrow = false
		for t := range p.Tables {
			a.sums(t)
			a.options(t)
			a.panel(t)
		}
	}
	return a
}

func (a *attacker) columns(t int) int {
	q := &a.book.Questions[a.p.Tables[t].Question]
	if q.Headline.Any != 0 {
		return len(q.Options) + 2
	}
	return len(q.Options) + 1
}

// read takes what is printed of an area.
func (a *attacker) read(t, area int) {
	l := &a.p.Tables[t].Lines[area]
	base := a.columns(t) - 1
	low, high := 0, l.Respondents
	if l.Base.OK() {
		low, high = int(l.Base.N), int(l.Base.N)
	}
	a.low[t][[2]int{area, base}], a.high[t][[2]int{area, base}] = low, high
	for col := range base {
		from, to := 0, high
		if c := l.cell(col); c.Value.OK() {
			from, to = -1, -1
			for n := range high + 1 {
				if percent(n, high, c.Decimals) == c.Value.N {
					if from < 0 {
						from = n
					}
					to = n
				}
			}
		}
		a.low[t][[2]int{area, col}], a.high[t][[2]int{area, col}] = from, to
	}
}

// equal narrows cells of one table of which the first is the sum of the others.
func (a *attacker) equal(t int, cells ...[2]int) {
	low, high := a.low[t], a.high[t]
	sumLow, sumHigh := 0, 0
	for _, c := range cells[1:] {
		sumLow, sumHigh = sumLow+low[c], sumHigh+high[c]
	}
	total := cells[0]
	a.set(t, total, sumLow, sumHigh)
	for _, c := range cells[1:] {
		a.set(t, c, low[total]-(sumHigh-high[c]), high[total]-(sumLow-low[c]))
	}
}

func (a *attacker) set(t int, c [2]int, low, high int) {
	if low > a.low[t][c] {
		a.low[t][c], a.narrow = low, true
	}
	if high < a.high[t][c] {
		a.high[t][c], a.narrow = high, true
	}
}

func (a *attacker) sums(t int) {
	for _, s := range a.p.Frame.Sums {
		for col := range a.columns(t) {
			cells := [][2]int{{s.Total, col}}
			for _, p := range s.Parts {
				cells = append(cells, [2]int{p, col})
			}
			a.equal(t, cells...)
		}
	}
}

func (a *attacker) options(t int) {
	q := &a.book.Questions[a.p.Tables[t].Question]
	base := a.columns(t) - 1
	for area := range a.p.Tables[t].Lines {
		head, all := [][2]int{{area, len(q.Options)}}, [][2]int{{area, base}}
		for o := range q.Options {
			all = append(all, [2]int{area, o})
			if q.Headline.Any.Has(o) {
				head = append(head, [2]int{area, o})
			}
			a.set(t, [2]int{area, o}, 0, a.high[t][[2]int{area, base}])
		}
		if !q.Many() {
			a.equal(t, all...)
			if q.Headline.Any != 0 {
				a.equal(t, head...)
			}
		}
	}
}

// panel: what is left of an area without the panel is no fewer than none, and no
// more than there are.
func (a *attacker) panel(t int) {
	for inner, x := range a.p.Frame.Areas {
		const outer = 0 // Italy
		if x.Level != estimate.PanelItaly {
			continue
		}
		for col := range a.columns(t) {
			a.set(t, [2]int{outer, col}, a.low[t][[2]int{inner, col}], a.high[t][[2]int{outer, col}])
			a.set(t, [2]int{inner, col}, 0, a.high[t][[2]int{outer, col}])
		}
	}
}

// width is how far a cell is still open.
func (a *attacker) width(t, area, col int) int {
	c := [2]int{area, col}
	return a.high[t][c] - a.low[t][c]
}
