package estimate

import (
	"math"

	"mappa/internal/survey"
)

// Pairs is what the change in a panel rests on: the Comuni whose form had the
// question in both editions, by cell.
type Pairs struct {
	Universe []int
	Sample   []int     // answered both times, or were led past by an answer
	Cross    []Crossed // in the base both times
}

// Pair counts the Comuni of two editions, as the grid of one of them (the later)
// lays them out.
func (g *Grid) Pair(before, after []Mark) Pairs {
	p := Pairs{Universe: make([]int, g.cells()), Sample: make([]int, g.cells()), Cross: make([]Crossed, g.cells())}
	for i, cell := range g.Cell {
		b, a := before[i], after[i]
		if cell < 0 || b == Outside || a == Outside {
			continue
		}
		p.Universe[cell]++
		if b == Silent || a == Silent {
			continue
		}
		p.Sample[cell]++
		if b == Beside || a == Beside {
			continue
		}
		x := &p.Cross[cell]
		switch {
		case b == Yes && a == Yes:
			x.Both.add(g.Residents[i])
		case b == Yes:
			x.Lost.add(g.Residents[i])
		case a == Yes:
			x.Gained.add(g.Residents[i])
		default:
			x.Neither.add(g.Residents[i])
		}
	}
	return p
}

// Twice counts a question, or a row of a grid, of two editions: by column of
// [Table.Num] as the later has them. A column, or all of a row, that the earlier has
// not is nil. The grid is the later's.
func (g *Grid) Twice(then, now *survey.Edition, question, row int, twin survey.Twin) []*Pairs {
	q := &now.Book.Questions[question]
	var sets []survey.Set
	for o := range q.Options {
		sets = append(sets, survey.Set(0).With(o))
	}
	if q.Headline.Any != 0 {
		sets = append(sets, q.Headline.Any)
	}
	there := row
	if twin.Rows != nil {
		there = twin.Rows[row]
	}
	out := make([]*Pairs, len(sets))
	for k, set := range sets {
		was, ok := earlier(set, twin.Options)
		if !ok || there < 0 {
			continue
		}
		p := g.Pair(Marks(then, twin.Question, there, was), Marks(now, question, row, set))
		out[k] = &p
	}
	return out
}

// earlier is a set of options as the edition before numbers them; false where it has
// not all of them.
func earlier(set survey.Set, options []int) (out survey.Set, ok bool) {
	for o, there := range options {
		if !set.Has(o) {
			continue
		}
		if there < 0 {
			return 0, false
		}
		out = out.With(there)
	}
	return out, true
}

// Paired is the change among those that answered both times.
type Paired struct {
	Before, After Estimate
	Change        Change
	Covariance    float64 // of Before.P and After.P, squared percentage points
}

// PairedComuni estimates how the share of Comuni moved in an area.
func (d *Design) PairedComuni(area int, pairs []Crossed) Paired {
	return d.paired(area, asComune, pairs)
}

// PairedResidents estimates how the share of residents moved.
func (d *Design) PairedResidents(area int, pairs []Crossed) Paired {
	return d.paired(area, asResidents, pairs)
}

func (d *Design) paired(area int, m measure, pairs []Crossed) Paired {
	t := d.total(area, m, &counted{pairs: pairs})
	out := Paired{Before: t.estimate(m, t.before, t.yes[0], before), After: t.estimate(m, t.after, t.yes[1], after)}
	if !out.Before.OK {
		return out
	}
	p, q := out.Before.P/100, out.After.P/100
	const points = 100 * 100
	out.Covariance = points * t.covariance(m, before(p), after(q))
	moved := change(q - p)
	se := math.Sqrt(points * t.covariance(m, moved, moved))
	r := 0.0
	if out.Before.SE > 0 && out.After.SE > 0 {
		r = min(1, max(-1, out.Covariance/float64(out.Before.SE*out.After.SE)))
	}
	out.Change = between(out.Before, out.After, se, r)
	return out
}
