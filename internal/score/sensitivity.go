package score

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"mappa/internal/stat"
)

// What the weights are tried with.
const (
	Draws  = 1000       // of random weights
	Spread = 0.25       // each weight is multiplied by 1-Spread to 1+Spread
	low    = 0.05       // percentiles of the draws that make a band
	high   = 0.95       //
	seed   = 0x1d1c1517 // of the draws; any will do, it must stay
)

// Round is a score in whole points: what is equal so shares a rank and is of the
// same level. Less than a point tells nobody apart.
func Round(score float64) float64 { return math.Floor(score + 0.5) }

// Trial is one other way to weigh an index.
type Trial struct {
	Kind TrialKind
	Node int // the part that is left out, else -1
}

// TrialKind is a way to weigh.
type TrialKind string

const (
	Declared     TrialKind = "dichiarati" // as the file says
	Equal        TrialKind = "uguali"     // every part of a parent weighs the same
	AllGeometric TrialKind = "geometrica" // areas and index as geometric means
	Without      TrialKind = "senza"      // one part is left out
)

// Trials are the ways in which an index is tried.
func (t *Tree) Trials(index int) []Trial {
	out := []Trial{{Declared, -1}, {Equal, -1}, {AllGeometric, -1}}
	for _, l := range t.Leaves(index) {
		out = append(out, Trial{Without, l})
	}
	return out
}

// weights are those of a trial.
func (t *Tree) trial(x Trial) Weights {
	w := t.weights()
	for i, n := range t.Nodes {
		switch {
		case x.Kind == Equal && n.Parent >= 0:
			w.Share[i] = 1 / float64(len(t.Nodes[n.Parent].Children))
		case x.Kind == AllGeometric && n.Part == nil:
			w.Combine[i] = Geometric
		}
	}
	if x.Kind == Without {
		w.Without = x.Node
		// an area of one part goes with it
		for n := &t.Nodes[x.Node]; n.Parent >= 0 && len(t.Nodes[n.Parent].Children) == 1; n = &t.Nodes[w.Without] {
			w.Without = n.Parent
		}
	}
	return w
}

// drawn are random weights.
func (t *Tree) drawn(r *rand.Rand) Weights {
	w := t.weights()
	for i := range w.Share {
		w.Share[i] *= 1 + float64(Spread*(2*r.Float64()-1))
	}
	return w
}

// Group is areas that are ranked among each other, each with its Comuni.
type Group [][]int

// Tried is what the trials make of an index.
type Tried struct {
	Index  int
	Trials []Trial
	Groups []TriedGroup
}

// TriedGroup is what they make of a group of areas. The bands are wide enough to
// hold in every world: between Low and High, and between First and Last, lie at least
// nine draws of ten.
type TriedGroup struct {
	Means [][]stat.Value // by trial, then by area; Withheld where a world has other whole points
	Ranks [][]int        // the same: 1 is the highest, ties share it; 0 where there is no mean
	Low   []stat.Value   // by area: 5th percentile of the mean when weights vary
	High  []stat.Value   // 95th
	First []int          // 5th percentile of the rank
	Last  []int          // 95th
}

// Try computes an index under other weights, of the parts common to both forms.
// The same scores give the same figures, whatever the order of the areas. None of
// them tells the worlds from what was answered.
func (s *Scores) Try(index int, groups []Group, worlds *Worlds) Tried {
	out := Tried{Index: index, Trials: s.Tree.Trials(index)}
	weights := make([]Weights, 0, len(out.Trials)+Draws)
	for _, x := range out.Trials {
		weights = append(weights, s.Tree.trial(x))
	}
	r := rand.New(rand.NewPCG(seed, uint64(index)))
	for range Draws {
		weights = append(weights, s.Tree.drawn(r))
	}
	means := make([][][]stat.Value, len(weights)) // by weights, then group, then area
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range weights {
		g.Go(func() error { means[i] = s.means(index, weights[i], groups); return nil })
	}
	_ = g.Wait() // none of them fails
	away := worlds.away(index, groups, weights, len(out.Trials))
	for k := range groups {
		out.Groups = append(out.Groups, tried(len(out.Trials), means, k, away[k]))
	}
	return out
}

// means are those of an index under some weights, by group and area.
func (s *Scores) means(index int, w Weights, groups []Group) [][]stat.Value {
	values := s.under(index, w)
	out := make([][]stat.Value, len(groups))
	for k, areas := range groups {
		for _, comuni := range areas {
			sum, n := 0.0, 0
			for _, c := range comuni {
				if values[c].OK() {
					sum, n = sum+values[c].N, n+1
				}
			}
			mean := stat.Value{}
			if n > 0 {
				mean = stat.Of(sum / float64(n))
			}
			out[k] = append(out[k], mean)
		}
	}
	return out
}

// under is an index under some weights, by Comune, of the parts common to both
// forms. It does for one index, and for those that answered, what all does.
func (s *Scores) under(index int, w Weights) []stat.Value {
	out := make([]stat.Value, len(s.answers.Edition.Places))
	var room members
	for c := range out {
		out[c] = s.one(c, index, w, &room)
	}
	return out
}

// members is room to combine the parts of an area, and the areas of an index.
type members struct{ inner, outer []member }

// one is an index of a Comune under some weights; the zero Value of one that did not
// answer.
func (s *Scores) one(c, index int, w Weights, room *members) stat.Value {
	if _, silent := s.silent(c); silent && s.on[index].asks {
		return stat.Value{}
	}
	n := &s.Tree.Nodes[index]
	room.outer = room.outer[:0]
	for _, a := range n.Children {
		if !s.on[a].both || a == w.Without {
			continue
		}
		room.inner = room.inner[:0]
		area := &s.Tree.Nodes[a]
		for _, l := range area.Children {
			if s.on[l].both && l != w.Without {
				room.inner = append(room.inner, member{w.Share[l], s.leaves[l][c]})
			}
		}
		room.outer = append(room.outer, member{w.Share[a], area.combine(w.Combine[a], room.inner)})
	}
	return n.combine(w.Combine[index], room.outer)
}

// tried sums up one group: the trials first, then the draws.
func tried(trials int, means [][][]stat.Value, k int, away []away) TriedGroup {
	g := TriedGroup{}
	areas := len(means[0][k])
	lows, highs := make([][]float64, areas), make([][]float64, areas)
	firsts, lasts := make([][]int, areas), make([][]int, areas)
	down, up := make([]stat.Value, areas), make([]stat.Value, areas)
	for i := range means {
		of := means[i][k]
		if i < trials {
			of = slices.Clone(of)
			g.Ranks = append(g.Ranks, Ranks(of))
			for a := range of {
				if of[a].OK() && away[a].tells[i] {
					of[a] = stat.Missing(stat.Withheld)
				}
			}
			g.Means = append(g.Means, of)
			continue
		}
		for a, v := range of {
			if down[a], up[a] = v, v; v.OK() {
				down[a].N, up[a].N = v.N-away[a].most, v.N+away[a].most
			}
		}
		for a, v := range of {
			if v.OK() {
				lows[a], highs[a] = append(lows[a], down[a].N), append(highs[a], up[a].N)
				firsts[a], lasts[a] = append(firsts[a], place(down, up[a], a)), append(lasts[a], place(up, down[a], a))
			}
		}
	}
	for a := range areas {
		var from, to stat.Value
		first, last := 0, 0
		if n := len(lows[a]); n > 0 {
			slices.Sort(lows[a])
			slices.Sort(highs[a])
			slices.Sort(firsts[a])
			slices.Sort(lasts[a])
			from, to = stat.Of(max(lows[a][nearest(low, n)], 0)), stat.Of(min(highs[a][nearest(high, n)], Top))
			first, last = firsts[a][nearest(low, n)], lasts[a][nearest(high, n)]
		}
		g.Low, g.High, g.First, g.Last = append(g.Low, from), append(g.High, to), append(g.First, first), append(g.Last, last)
	}
	return g
}

// nearest is the index of the q-quantile among n sorted values, by nearest rank.
func nearest(q float64, n int) int { return max(int(math.Ceil(q*float64(n)))-1, 0) }

// Ranks are positions from the highest, 1, down; what is the same in whole points
// shares a position, and what has no value has none.
func Ranks(values []stat.Value) []int {
	out := make([]int, len(values))
	for i, v := range values {
		if v.OK() {
			out[i] = place(values, v, i)
		}
	}
	return out
}

// place is the position of a value among others, but for that at self.
func place(others []stat.Value, v stat.Value, self int) int {
	at := 1
	for i, o := range others {
		if i != self && o.OK() && Round(o.N) > Round(v.N) {
			at++
		}
	}
	return at
}
