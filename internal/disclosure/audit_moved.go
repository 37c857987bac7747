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

// alike reports whether all witnesses of an edition print the same move, counting all
// Comuni for each.
func (p *paired) alike(t *teller, table, side int, d *duo, truth Moved) bool {
	any := d.any
	if side == 0 {
		any = d.old
	}
	for w, changes := range t.proof.Witnesses {
		if !slices.Contains(t.by[table], w) {
			continue
		}
		said, marks := map[[2]int32]Change{}, d.marks
		for _, c := range changes {
			said[[2]int32{int32(c.Table), c.Comune}] = c
		}
		marks[side] = slices.Clone(d.marks[side])
		for _, c := range changes {
			marks[side][c.Comune] = t.mark(table, c.Comune, any, said)
		}
		if slices.Equal(marks[side], d.marks[side]) {
			continue
		}
		pairs := p.now.in.Grid.Pair(marks[0], marks[1])
		if p.print(&pairs, estimate.NewDesign(p.now.in.Grid, pairs.Universe, pairs.Sample)) != truth {
			return false
		}
	}
	return true
}
