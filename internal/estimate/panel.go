package estimate

import (
	"math"
	"slices"

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
	p, both := g.both(before, after)
	p.Cross = make([]Crossed, g.cells())
	for _, i := range both {
		p.Cross[g.Cell[i]].count(before[i] == Yes, after[i] == Yes, g.Residents[i])
	}
	return p
}

// PairAgain counts all Comuni of some cells again, where those may be marked otherwise
// than what was counted; the other cells stay as they are.
func (g *Grid) PairAgain(was Pairs, cells []int, before, after []Mark) Pairs {
	p := Pairs{Universe: slices.Clone(was.Universe), Sample: slices.Clone(was.Sample), Cross: slices.Clone(was.Cross)}
	for _, cell := range cells {
		p.Universe[cell], p.Sample[cell], p.Cross[cell] = 0, 0, Crossed{}
		for _, i := range g.in[cell] {
			if p.counted(cell, before[i], after[i]) {
				p.Cross[cell].count(before[i] == Yes, after[i] == Yes, g.Residents[i])
			}
		}
	}
	return p
}

// both counts universe and sample of two editions, and lists the Comuni that are in
// the base both times.
func (g *Grid) both(before, after []Mark) (p Pairs, both []int) {
	p = Pairs{Universe: make([]int, g.cells()), Sample: make([]int, g.cells())}
	for i, cell := range g.Cell {
		if cell >= 0 && p.counted(cell, before[i], after[i]) {
			both = append(both, i)
		}
	}
	return p, both
}

// counted counts a Comune in universe and sample, and reports whether it is in the base
// both times.
func (p *Pairs) counted(cell int, before, after Mark) bool {
	if before == Outside || after == Outside {
		return false
	}
	p.Universe[cell]++
	if before == Silent || after == Silent {
		return false
	}
	p.Sample[cell]++
	return before != Beside && after != Beside
}

// count counts a Comune by its two answers.
func (x *Crossed) count(before, after bool, residents int) {
	switch {
	case before && after:
		x.Both.add(residents)
	case before:
		x.Lost.add(residents)
	case after:
		x.Gained.add(residents)
	default:
		x.Neither.add(residents)
	}
}

// Twice counts a question, or a row of a grid, of two editions: by column of
// [Table.Num] as the later has them. A column, or all of a row, that the earlier has
// not is nil; the others share Universe and Sample. The grid is the later's.
func (g *Grid) Twice(then, now *survey.Edition, question, row int, twin survey.Twin) []*Pairs {
	q := &now.Book.Questions[question]
	var sets []survey.Set
	for o := range q.Options {
		sets = append(sets, survey.Set(0).With(o))
	}
	if q.Headline.Any != 0 {
		sets = append(sets, q.Headline.Any)
	}
	out := make([]*Pairs, len(sets))
	there := row
	if twin.Rows != nil {
		there = twin.Rows[row]
	}
	if there < 0 {
		return out
	}
	whole, both := g.both(Marks(then, twin.Question, there, 0), Marks(now, question, row, 0))
	type column struct {
		*Pairs
		was, set survey.Set
	}
	var columns []column
	for k, set := range sets {
		if was, ok := earlier(set, twin.Options); ok {
			p := whole
			p.Cross = make([]Crossed, g.cells())
			out[k], columns = &p, append(columns, column{&p, was, set})
		}
	}
	all := make([]Tally, g.cells())
	before, after := then.Answers(twin.Question, there), now.Answers(question, row)
	for _, i := range both {
		cell, residents := g.Cell[i], g.Residents[i]
		all[cell].add(residents)
		for _, c := range columns {
			if b, a := before[i].Options.Meets(c.was), after[i].Options.Meets(c.set); b || a {
				c.Cross[cell].count(b, a, residents)
			}
		}
	}
	for _, c := range columns {
		for cell := range c.Cross {
			c.Cross[cell].rest(&all[cell])
		}
	}
	return out
}

// rest has the others of a cell's Comuni give neither answer.
func (x *Crossed) rest(all *Tally) {
	x.Neither = *all
	for _, t := range []*Tally{&x.Lost, &x.Gained, &x.Both} {
		x.Neither.gain(t, -1)
	}
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
	var r room
	t := d.total(area, m, pairs, &r)
	out := Paired{Before: t.linear(m, t.before, t.yes[0], before), After: t.linear(m, t.after, t.yes[1], after)}
	if !out.Before.OK {
		return out
	}
	p, q := out.Before.P/100, out.After.P/100
	const points = 100 * 100
	out.Covariance = points * t.covariance(m, before(p), after(q))
	moved := change(q - p)
	se := math.Sqrt(points * t.covariance(m, moved, moved))
	correlation := 0.0
	if out.Before.SE > 0 && out.After.SE > 0 {
		correlation = min(1, max(-1, out.Covariance/float64(out.Before.SE*out.After.SE)))
	}
	out.Change = between(out.Before, out.After, se, correlation)
	return out
}
