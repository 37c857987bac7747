package disclosure

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// AuditMeans goes over the means of a score as they will be published, and takes
// nothing of how they were made on trust: it recounts them from the scores, Comune by
// Comune, true ones and those of every witness. It says what is wrong, never a number.
func AuditMeans(p *Published, grid *estimate.Grid, s Scored, published []Mean) (leaks []string) {
	a := &meansAuditor{p: p, s: s, grid: grid, published: published, members: make([][]int, len(p.Frame.Areas)), cells: map[int][]int{}, worlds: map[int]map[int]stat.Value{}}
	for i := range s.Values {
		for _, area := range p.Frame.Of(i) {
			a.members[area] = append(a.members[area], i)
		}
		a.cells[grid.Cell[i]] = append(a.cells[grid.Cell[i]], i)
	}
	for _, o := range s.Otherwise {
		if a.worlds[o.Witness] == nil {
			a.worlds[o.Witness] = map[int]stat.Value{}
		}
		a.worlds[o.Witness][o.Comune] = o.Value
	}
	for _, list := range a.members {
		n, sum := 0, 0.0
		for _, i := range list {
			if v := s.Values[i]; v.OK() {
				n, sum = n+1, sum+v.N
			}
		}
		a.n, a.sum = append(a.n, n), append(a.sum, sum)
	}
	if s.On != nil {
		a.counts, a.sums = grid.Of(estimate.Valued(s.On, s.Values)), grid.Sums(s.Values)
		a.design = estimate.NewDesign(grid, a.counts.Universe, a.counts.Sample)
	}
	for area := range published {
		if text := a.area(area); text != "" {
			leaks = append(leaks, fmt.Sprintf("%s, %s %s: %s", s.Key, p.Frame.Areas[area].Level, where(p.Frame.Areas[area]), text))
		}
	}
	for _, w := range slices.Sorted(maps.Keys(a.worlds)) {
		if text := a.world(a.worlds[w]); text != "" {
			leaks = append(leaks, fmt.Sprintf("%s: witness %d: %s", s.Key, w, text))
		}
	}
	return append(leaks, a.rests()...)
}

type meansAuditor struct {
	p         *Published
	s         Scored
	grid      *estimate.Grid
	published []Mean
	members   [][]int                    // by area
	cells     map[int][]int              // Comuni by cell of the grid
	worlds    map[int]map[int]stat.Value // by witness and Comune
	n         []int                      // by area: the Comuni that have the score
	sum       []float64                  // what they add up to
	counts    estimate.Counts            // with design and sums, where there are estimates
	sums      []estimate.Sums
	design    *estimate.Design
}

// value is the score of a Comune, true or in a witness.
func (a *meansAuditor) value(i int, said map[int]stat.Value) stat.Value {
	if v, ok := said[i]; ok {
		return v
	}
	return a.s.Values[i]
}

// area is what is wrong with the mean of an area as the answers are.
func (a *meansAuditor) area(area int) string {
	m := &a.published[area]
	if !m.Value.OK() {
		if m.Base.OK() && m.Base.N > 0 || m.Estimate.OK() || m.Low.OK() || m.High.OK() {
			return "the mean is withheld, and something beside it is shown"
		}
		return ""
	}
	n, sum := a.n[area], a.sum[area]
	switch {
	case n < leastMean:
		return "it rests on too few Comuni"
	case m.Base.OK() && m.Base != stat.Of(float64(n)):
		return "the base is not that of the scores"
	case m.Decimals > 1 || m.Decimals == 1 && n < a.p.Policy.Decimal:
		return "it is printed too finely"
	case !a.prints(m.Value.N, sum/float64(n), m.Decimals):
		return "it is not the mean of the scores"
	case (m.Value.N+1)*float64(n) < top || (top-m.Value.N+1)*float64(n) < top: // a point, whatever the rounding
		return "it says of every Comune that it scores near one end"
	}
	if m.Estimate.OK() && (a.s.On == nil || !a.guesses(area, a.design, a.sums)) {
		return "the estimate is not that of the scores"
	}
	return ""
}

// prints reports whether a number is printed so.
func (a *meansAuditor) prints(as, v float64, decimals int) bool {
	scale := math.Pow(10, float64(decimals))
	return math.Abs(as*scale-math.Floor(v*scale+0.5)) < 0.5
}

// guesses reports whether the estimate of an area is the one that is printed.
func (a *meansAuditor) guesses(area int, design *estimate.Design, sums []estimate.Sums) bool {
	m, e := &a.published[area], design.Mean(area, sums)
	return e.OK && a.prints(m.Estimate.N, e.Value, 0) && a.prints(m.Low.N, max(e.Low, 0), 0) && a.prints(m.High.N, min(e.High, top), 0)
}

// world is what a witness would print otherwise, "" for nothing.
func (a *meansAuditor) world(said map[int]stat.Value) string {
	type shift struct {
		n   int
		sum float64
	}
	moved := map[int]shift{}
	for i, v := range said {
		for _, area := range a.p.Frame.Of(i) {
			x := moved[area]
			if was := a.s.Values[i]; was.OK() {
				x.n, x.sum = x.n-1, x.sum-was.N
			}
			if v.OK() {
				x.n, x.sum = x.n+1, x.sum+v.N
			}
			moved[area] = x
		}
	}
	for area, x := range moved {
		m := &a.published[area]
		if !m.Value.OK() {
			continue
		}
		if n := a.n[area] + x.n; m.Base.OK() && float64(n) != m.Base.N || n < leastMean || !a.prints(m.Value.N, (a.sum[area]+x.sum)/float64(n), m.Decimals) {
			return "it has another mean in " + string(a.p.Frame.Areas[area].Level) + " " + where(a.p.Frame.Areas[area])
		}
	}
	if a.s.On == nil {
		return ""
	}
	return a.guessed(said)
}

// guessed recounts the cells that a witness touches, and holds the estimates of all
// areas against what is printed.
func (a *meansAuditor) guessed(said map[int]stat.Value) string {
	sums, sample := slices.Clone(a.sums), slices.Clone(a.counts.Sample)
	touched := map[int]bool{}
	for i := range said {
		cell := a.grid.Cell[i]
		if cell < 0 || touched[cell] {
			continue
		}
		touched[cell] = true
		sums[cell], sample[cell] = estimate.Sums{}, 0
		for _, c := range a.cells[cell] {
			v := a.s.Values[c]
			if other, ok := said[c]; ok {
				v = other
			}
			if !a.s.On[c] {
				continue
			}
			sample[cell] += one(v.OK() || v.Kind == stat.NotRouted)
			if v.OK() {
				sums[cell].Put(v.N, a.grid.Residents[c], 1)
			}
		}
	}
	design, all := a.design, !slices.Equal(sample, a.counts.Sample)
	if all {
		design = estimate.NewDesign(a.grid, a.counts.Universe, sample)
	}
	for area := range a.published {
		if !a.published[area].Estimate.OK() {
			continue
		}
		some := all
		for _, cell := range a.grid.Areas[area].Cells {
			some = some || touched[cell]
		}
		if some && !a.guesses(area, design, sums) {
			return "it has another estimate in " + string(a.p.Frame.Areas[area].Level) + " " + where(a.p.Frame.Areas[area])
		}
	}
	return ""
}

// rests are the shown areas of which others leave a few Comuni over.
func (a *meansAuditor) rests() (leaks []string) {
	has := make([]map[int]bool, len(a.members))
	for area, list := range a.members {
		has[area] = map[int]bool{}
		for _, i := range list {
			if a.s.Values[i].OK() {
				has[area][i] = true
			}
		}
	}
	shows := func(area int) bool { return a.published[area].Value.OK() }
	for outer := range has {
		for inner := range has {
			if !shows(outer) || !shows(inner) {
				continue
			}
			rest, all := len(has[outer])-len(has[inner]), true
			if rest <= 0 || rest >= leastRest {
				continue
			}
			for i := range has[inner] {
				all = all && has[outer][i]
			}
			if all {
				leaks = append(leaks, fmt.Sprintf("%s: areas %d and %d leave a few Comuni over", a.s.Key, outer, inner))
			}
		}
	}
	for _, s := range a.p.Frame.Sums {
		rest := 0
		for _, part := range s.Parts {
			if !shows(part) {
				rest += len(has[part])
			}
		}
		if shows(s.Total) && rest > 0 && rest < leastRest {
			leaks = append(leaks, fmt.Sprintf("%s: the parts of area %d leave a few Comuni over", a.s.Key, s.Total))
		}
	}
	return leaks
}
