package disclosure

import (
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// estimateMeans puts the estimates beside the means that are shown.
func (p *Published) estimateMeans(grid *estimate.Grid, s Scored, out []Mean) {
	b := newBasis(grid, s)
	truth := make([]estimate.Mean, len(out))
	for a := range out {
		if !estimated(p.Frame.Areas[a].Level) || !b.covers(a) {
			continue
		}
		switch e := b.design.Mean(a, b.sums); {
		case out[a].Value.Kind == stat.Withheld:
			out[a].withholdEstimate()
		case out[a].Value.OK() && e.OK:
			truth[a] = e
			out[a].Estimate, out[a].Low, out[a].High = whole(e.Value), whole(e.Low), whole(e.High)
		}
	}
	for all := s.Otherwise; len(all) > 0; {
		var now []Otherwise
		now, all = nextWitness(all)
		w := b.in(s, now)
		for a := range out {
			if !truth[a].OK || !out[a].Estimate.OK() || !w.touches(a) {
				continue
			}
			e := w.design.Mean(a, w.sums)
			if !e.OK || !steady(e.Value, truth[a].Value, 0) || !steady(clamp(e.Low), clamp(truth[a].Low), 0) || !steady(clamp(e.High), clamp(truth[a].High), 0) {
				out[a].withholdEstimate()
			}
		}
	}
}

func (m *Mean) withholdEstimate() {
	m.Estimate, m.Low, m.High = stat.Missing(stat.Withheld), stat.Missing(stat.Withheld), stat.Missing(stat.Withheld)
}

// top is the highest score.
const top = 100

// clamp keeps the end of an interval among the scores.
func clamp(v float64) float64 { return min(max(v, 0), top) }

// whole is an estimate as it is printed.
func whole(v float64) stat.Value { return stat.Of(meanAs(clamp(v), 1, 0)) }

// basis is what the estimates of a score rest on.
type basis struct {
	grid    *estimate.Grid
	counts  estimate.Counts
	sums    []estimate.Sums
	design  *estimate.Design
	cells   []int // of a witness: those that differ
	sampled bool  // of a witness: who is in the sample differs
}

func newBasis(grid *estimate.Grid, s Scored) *basis {
	b := &basis{grid: grid, counts: grid.Of(estimate.Valued(s.On, s.Values)), sums: grid.Sums(s.Values)}
	b.design = estimate.NewDesign(grid, b.counts.Universe, b.counts.Sample)
	return b
}

// covers reports whether an area is one of which there are estimates.
func (b *basis) covers(area int) bool { return b.grid.Areas[area].Cells != nil }

// in is the basis in a witness.
func (b *basis) in(s Scored, now []Otherwise) *basis {
	w := *b
	w.sums = slices.Clone(b.sums)
	sample := b.counts.Sample
	for _, o := range now {
		cell, was := b.grid.Cell[o.Comune], s.Values[o.Comune]
		if cell < 0 || !s.On[o.Comune] {
			continue
		}
		w.cells = append(w.cells, cell)
		residents := b.grid.Residents[o.Comune]
		if was.OK() {
			w.sums[cell].Put(was.N, residents, -1)
		}
		if o.Value.OK() {
			w.sums[cell].Put(o.Value.N, residents, 1)
		}
		if by := one(heard(o.Value)) - one(heard(was)); by != 0 {
			if !w.sampled {
				sample = slices.Clone(sample)
			}
			sample[cell] += by
			w.sampled = true
		}
	}
	if w.sampled {
		w.design = estimate.NewDesign(b.grid, b.counts.Universe, sample)
	}
	return &w
}

// heard reports whether a score, or that there is none, is known of who answered.
func heard(v stat.Value) bool { return v.OK() || v.Kind == stat.NotRouted }

// touches reports whether the estimate of an area can differ in the witness.
func (b *basis) touches(area int) bool {
	return b.sampled || slices.ContainsFunc(b.cells, func(cell int) bool { return slices.Contains(b.grid.Areas[area].Cells, cell) })
}
