package disclosure

import (
	"slices"

	"mappa/internal/estimate"
)

// AuditPair goes over the moves of an edition as [Audit] goes over its shares: it
// counts the answers to both editions itself, with [estimate.Grid.Twice], and those of
// every witness Comune by Comune, and finds a leak where a move that is shown is not
// that of the answers, breaks the rules, or would be another.
func AuditPair(then, now Side) []Leak {
	p := newPaired(&then, &now)
	leaks := make([][]Leak, len(now.Published.Tables))
	each(len(leaks), func(i int) {
		if i < len(now.Published.moved) {
			leaks[i] = p.audit(i)
		}
	})
	return slices.Concat(leaks...)
}

func (p *paired) audit(i int) (out []Leak) {
	t := &p.now.Published.Tables[i]
	twin := p.twin[t.Question]
	var pairs []*estimate.Pairs
	if twin != nil {
		pairs = p.now.in.Grid.Twice(p.then.in.Edition, p.now.in.Edition, t.Question, t.Row, *twin)
	}
	for col, m := range p.now.Published.moved[i] {
		if !m.Points.OK() && !m.Low.OK() && !m.High.OK() {
			continue
		}
		leak := func(text string) { out = append(out, Leak{t.Question, t.Row, p.italy, col, text}) }
		if col >= len(pairs) || pairs[col] == nil {
			leak("a change is shown of answers that do not compare")
			continue
		}
		truth := m
		truth.Key = ""
		d, _ := p.duo(i, col)
		if !p.open(&d, col) {
			leak("a change is shown, and a share of the panel is not, or fewer than the threshold changed their answer")
		}
		if p.print(pairs[col], estimate.NewDesign(p.now.in.Grid, pairs[col].Universe, pairs[col].Sample)) != truth {
			leak("the change that is shown is not that of the answers")
		}
		if !p.alike(p.now, d.table, 1, &d, truth) || !p.alike(p.then, d.was, 0, &d, truth) {
			leak("a change is shown, and answers that were to look the same look otherwise there")
		}
	}
	return out
}

// alike reports whether all witnesses of an edition print the same move, counting for
// each all Comuni of the cells in which it moves one.
func (p *paired) alike(t *teller, table, side int, d *duo, truth Moved) bool {
	any := d.any
	if side == 0 {
		any = d.old
	}
	grid := p.now.in.Grid
	counted := grid.Pair(d.marks[0], d.marks[1])
	design := estimate.NewDesign(grid, counted.Universe, counted.Sample)
	marks := d.marks
	marks[side] = slices.Clone(d.marks[side])
	for _, w := range t.by[table] {
		changes := told(t.proof.Witnesses[w])
		var cells []int
		for _, c := range changes {
			marks[side][c.Comune] = t.mark(table, c.Comune, any, changes)
			if cell := grid.Cell[c.Comune]; cell >= 0 && marks[side][c.Comune] != d.marks[side][c.Comune] && !slices.Contains(cells, cell) {
				cells = append(cells, cell)
			}
		}
		if len(cells) > 0 {
			pairs, by := grid.PairAgain(counted, cells, marks[0], marks[1]), design
			if !slices.Equal(pairs.Sample, counted.Sample) || !slices.Equal(pairs.Universe, counted.Universe) {
				by = estimate.NewDesign(grid, pairs.Universe, pairs.Sample)
			}
			if p.print(&pairs, by) != truth {
				return false
			}
		}
		for _, c := range changes {
			marks[side][c.Comune] = d.marks[side][c.Comune]
		}
	}
	return true
}
