package disclosure

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/estimate"
)

// The states by names that stand out beside a table's columns.
const (
	stateSaid = said
	statePast = past
)

// spot is a cell of the published tables, or of a difference of areas.
type spot struct{ table, area, column int }

// cells holds every withheld cell against the witnesses.
func (a *auditor) cells() (out []Leak) {
	by := map[spot][]int{} // witnesses that move it
	for w := range a.witnesses {
		for _, m := range a.witnesses[w].moved {
			x := spot{m.table, m.area, m.column}
			by[x] = append(by[x], w)
		}
	}
	for i := range a.tables {
		t := &a.tables[i]
		for area := range a.ground.areas {
			for col := range t.columns {
				need, insiders := a.needed(i, area, col)
				if need == 0 {
					continue
				}
				if text := a.open(spot{i, area, col}, by[spot{i, area, col}], need, insiders); text != "" {
					out = append(out, Leak{a.Tables[i].Question, a.Tables[i].Row, area, col, text})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Leak) int { return cmp.Compare(x.Question, y.Question) })
	return out
}

// needed is how far apart the solutions for a cell must be, 0 where it is shown or
// has nothing to hide, and whether a respondent that knows its own answer must be
// left in the dark as well: so where the cell is withheld for itself.
func (a *auditor) needed(i, area, col int) (width int, insiders bool) {
	t := &a.tables[i]
	least, wide := a.Policy.Least, a.Policy.Width
	if t.q.Reserved || col == t.columns-1 && t.q.Route.On && a.in.Edition.Book.Questions[t.q.Route.Question].Reserved {
		least, wide = a.Policy.LeastReserved, a.Policy.WidthReserved
	}
	row := area * t.columns
	n, of := t.free[row+col], t.free[row+t.columns-1]
	room := of
	sensitive := n < least || of-n < least
	if col == t.columns-1 {
		room = t.asked[area]
		sensitive = true
	}
	if area >= len(a.Tables[i].Lines) { // a difference: nothing is printed of it
		if col == t.columns-1 || !sensitive || !a.taken(i) || t.num[row+t.columns-1] == 0 {
			return 0, false
		}
		return min(wide, room), true
	}
	l := &a.Tables[i].Lines[area]
	if l.Closed || l.Respondents == 0 {
		return 0, false
	}
	if col == t.columns-1 {
		if l.Base.OK() {
			return 0, false
		}
		if a.byBase(i, area) {
			return min(wide, room), true
		}
		return min(a.Policy.WidthCover, room), false
	}
	const all = 100
	switch c := l.cell(col); {
	case c.Value.OK() || Public(a.in.Edition.Book, t.q) && l.Base.OK():
		return 0, false
	case Public(a.in.Edition.Book, t.q):
		return 0, false
	case sensitive || rounded(t.num[row+col], t.num[row+t.columns-1], a.Policy) == 0 || rounded(t.num[row+col], t.num[row+t.columns-1], a.Policy) == all:
		return min(wide, room), true
	}
	return min(a.Policy.WidthCover, room), false
}

func rounded(n, base int, p Policy) float64 {
	if base == 0 {
		return 0
	}
	return percent(n, base, p.decimals(base))
}

// byBase reports whether a base is withheld for itself.
func (a *auditor) byBase(i, area int) bool {
	t := &a.tables[i]
	r := t.q.Route
	routed := r.On && !Public(a.in.Edition.Book, &a.in.Edition.Book.Questions[r.Question])
	least := a.Policy.Least
	if t.q.Reserved || routed && a.in.Edition.Book.Questions[r.Question].Reserved {
		least = a.Policy.LeastReserved
	}
	n, of := t.num[area*t.columns+t.columns-1], a.Tables[i].Lines[area].Respondents
	return n < least && (routed || n < of) || routed && of-n < least
}

// taken reports whether anything of a table is shown of the areas of two criteria,
// cohorts or the panel, without which nobody has a difference.
func (a *auditor) taken(i int) bool {
	for area, l := range a.Tables[i].Lines {
		switch a.Frame.Areas[area].Level {
		case estimate.Italy, estimate.Ripartizioni, estimate.Regions, estimate.Classes:
		default:
			if !l.Closed {
				return true
			}
		}
	}
	return false
}

// open is what is wrong with a withheld cell, "" if nothing is.
func (a *auditor) open(x spot, witnesses []int, need int, insiders bool) string {
	low, high := 0, 0
	var movers []int32
	for k, w := range witnesses {
		for _, m := range a.witnesses[w].moved {
			if (spot{m.table, m.area, m.column}) == x {
				low, high = min(low, m.by), max(high, m.by)
			}
		}
		if k == 0 {
			movers = a.witnesses[w].movers
		} else {
			movers = common(movers, a.witnesses[w].movers)
		}
	}
	t := &a.tables[x.table]
	switch {
	case high-low < need && high == low:
		return "it is withheld, and nothing shows that it cannot be worked out"
	case high-low < need:
		return "it is withheld, and can be guessed too narrowly"
	case !insiders:
		return ""
	}
	room := t.free[x.area*t.columns+t.columns-1]
	if x.column == t.columns-1 {
		room = t.asked[x.area]
	}
	for _, i := range movers {
		if room > 1 || !holds(a.ground.of[i], x.area) {
			return "it is withheld, and a respondent that knows its own answer can work it out"
		}
	}
	return ""
}

// Words name the first leaks and say how many there are.
func Words(leaks []Leak, in Input) string {
	const most = 5
	text := ""
	for _, l := range leaks[:min(len(leaks), most)] {
		q := &in.Edition.Book.Questions[l.Question]
		area := "a difference of areas"
		if l.Area < len(in.Frame.Areas) {
			area = string(in.Frame.Areas[l.Area].Level) + " " + where(in.Frame.Areas[l.Area])
		}
		text += fmt.Sprintf("%s, row %d, %s, column %d: %s; ", q.ID, l.Row, area, l.Column, l.Text)
	}
	return text + fmt.Sprintf("%d in all", len(leaks))
}
