package score

import (
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// away is how far an area of a group moves in the worlds.
type away struct {
	tells []bool  // by trial: a world has another mean in whole points
	most  float64 // by which its mean moves under any of the random weights
}

// seat is a place of a Comune in the groups.
type seat struct{ group, area int }

// away are those of all areas, by group; the first trials of the weights are the
// trials, the others are drawn.
func (w *Worlds) away(index int, groups []Group, weights []Weights, trials int) [][]away {
	out := fresh(groups, trials)
	if w == nil {
		return out
	}
	s := w.of
	seats := make([][]seat, len(s.answers.Edition.Places))
	for k, areas := range groups {
		for a, comuni := range areas {
			for _, c := range comuni {
				seats[c] = append(seats[c], seat{k, a})
			}
		}
	}
	sums := make([][][]gathered, trials)
	for t := range sums {
		sums[t] = s.totals(index, weights[t], groups)
	}
	parts := make([][][]away, runtime.GOMAXPROCS(0))
	var g errgroup.Group
	for p := range parts {
		from, to := p*len(w.changed)/len(parts), (p+1)*len(w.changed)/len(parts)
		g.Go(func() error {
			parts[p] = fresh(groups, trials)
			r := s.again()
			for i := from; i < to; i++ {
				r.world(s, w.changed[i], index, weights, sums, seats, parts[p])
			}
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	for _, p := range parts {
		for k := range out {
			for a := range out[k] {
				out[k][a].most = max(out[k][a].most, p[k][a].most)
				for t, tells := range p[k][a].tells {
					out[k][a].tells[t] = out[k][a].tells[t] || tells
				}
			}
		}
	}
	return out
}

func fresh(groups []Group, trials int) [][]away {
	out := make([][]away, len(groups))
	for k := range groups {
		out[k] = make([]away, len(groups[k]))
		for a := range out[k] {
			out[k][a].tells = make([]bool, trials)
		}
	}
	return out
}

// gathered is a sum of scores, and of how many.
type gathered struct {
	sum float64
	n   int
}

func (t gathered) with(o gathered) gathered { return gathered{t.sum + o.sum, t.n + o.n} }

// points is the mean in whole points.
func (t gathered) points() float64 {
	if t.n == 0 {
		return -1
	}
	return Round(t.sum / float64(t.n))
}

// edge is how near to the next whole point a mean may not be: sums in another order
// end up on the other side.
const edge = 1e-9

// apart reports whether a mean in whole points is not certainly the same with more
// added to it.
func (t gathered) apart(more gathered) bool {
	u := t.with(more)
	nudged := func(x gathered, by float64) float64 { return gathered{x.sum + float64(by*float64(x.n)), x.n}.points() }
	return t.n != u.n || nudged(u, edge) != t.points() || nudged(u, -edge) != t.points()
}

// totals are the sums of an index under some weights, by group and area.
func (s *Scores) totals(index int, w Weights, groups []Group) [][]gathered {
	values := s.under(index, w)
	out := make([][]gathered, len(groups))
	for k, areas := range groups {
		out[k] = make([]gathered, len(areas))
		for a, comuni := range areas {
			for _, c := range comuni {
				if values[c].OK() {
					out[k][a] = out[k][a].with(gathered{values[c].N, 1})
				}
			}
		}
	}
	return out
}

// world notes how far one world moves the areas.
func (r *again) world(s *Scores, changed []revised, index int, weights []Weights, sums [][][]gathered, seats [][]seat, out [][]away) {
	trials := len(sums)
	changed = slices.DeleteFunc(slices.Clone(changed), func(c revised) bool {
		return !slices.ContainsFunc(c.leaves, func(l int) bool { return slices.Contains(r.below[index], l) })
	})
	moved := make([]map[seat]gathered, trials)
	for t := range moved {
		moved[t] = map[seat]gathered{}
	}
	most := map[seat]float64{}
	for _, c := range changed {
		lurch := r.lurch(s, c, index, weights[trials:])
		for _, x := range seats[c.comune] {
			most[x] += lurch
		}
		for t := range moved {
			var by gathered
			if was := r.under(s, revised{comune: c.comune}, index, weights[t]); was.OK() {
				by = gathered{-was.N, -1}
			}
			if is := r.under(s, c, index, weights[t]); is.OK() {
				by = by.with(gathered{is.N, 1})
			}
			if by == (gathered{}) {
				continue
			}
			for _, x := range seats[c.comune] {
				moved[t][x] = moved[t][x].with(by)
			}
		}
	}
	for x, by := range most {
		a := &out[x.group][x.area]
		for t := range moved {
			if m, ok := moved[t][x]; ok && sums[t][x.group][x.area].apart(m) {
				a.tells[t] = true
			}
		}
		if n := sums[0][x.group][x.area].n - len(changed); n > 0 {
			a.most = max(a.most, by/float64(n))
		} else {
			a.most = Top
		}
	}
}
