package score

import (
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Otherwise is what a Comune would score in a world where it scores otherwise.
type Otherwise struct {
	Witness, Comune int
	Value           stat.Value
}

// Worlds are the scores in other worlds, of the Comuni that score otherwise there. A
// world is other answers to the survey: what some Comuni might have said.
type Worlds struct {
	of          *Scores
	own, common [][]Otherwise // by node, in order of worlds
	changed     [][]revised   // by world
}

// revised is a Comune of which parts that both forms ask score otherwise.
type revised struct {
	comune int
	leaves []int
	values []stat.Value
}

// Worlds scores the Comuni again that say otherwise in each of the worlds.
func (s *Scores) Worlds(worlds [][]survey.Said) *Worlds {
	w := &Worlds{of: s, own: make([][]Otherwise, len(s.Tree.Nodes)), common: make([][]Otherwise, len(s.Tree.Nodes)), changed: make([][]revised, len(worlds))}
	parts := make([]Worlds, runtime.GOMAXPROCS(0))
	var g errgroup.Group
	for k := range parts {
		from, to := k*len(worlds)/len(parts), (k+1)*len(worlds)/len(parts)
		g.Go(func() error {
			p := Worlds{of: s, own: make([][]Otherwise, len(s.Tree.Nodes)), common: make([][]Otherwise, len(s.Tree.Nodes)), changed: w.changed}
			r := s.again()
			for i := from; i < to; i++ {
				p.read(r, i, worlds[i])
			}
			parts[k] = p
			return nil
		})
	}
	_ = g.Wait() // none of them fails
	for _, p := range parts {
		for i := range s.Tree.Nodes {
			w.own[i], w.common[i] = append(w.own[i], p.own[i]...), append(w.common[i], p.common[i]...)
		}
	}
	return w
}

// Of are the scores of a node in the worlds where they are others, in their order.
func (w *Worlds) Of(node int, scope Scope) []Otherwise {
	if scope == Common {
		return w.common[node]
	}
	return w.own[node]
}

// read scores the Comuni of a world.
func (w *Worlds) read(r *again, world int, said []survey.Said) {
	if !w.of.reads(said) {
		return
	}
	e := w.of.answers.Edition.With(said)
	done := map[int]bool{}
	for _, x := range said {
		if done[x.Comune] {
			continue
		}
		done[x.Comune] = true
		r.read(e, x.Comune)
		for i, v := range r.of(x.Comune, Own) {
			if v != w.of.own[i][x.Comune] {
				w.own[i] = append(w.own[i], Otherwise{world, x.Comune, v})
			}
		}
		t := revised{comune: x.Comune}
		for i, v := range r.of(x.Comune, Common) {
			if v == w.of.common[i][x.Comune] {
				continue
			}
			w.common[i] = append(w.common[i], Otherwise{world, x.Comune, v})
			if w.of.Tree.Nodes[i].Part != nil {
				t.leaves, t.values = append(t.leaves, i), append(t.values, v)
			}
		}
		if t.leaves != nil {
			w.changed[world] = append(w.changed[world], t)
		}
	}
}

// reads reports whether a part reads any of these answers.
func (s *Scores) reads(said []survey.Said) bool {
	for _, n := range s.Tree.Nodes {
		for _, x := range said {
			if p := n.Part; p != nil && (p.Question == x.Question || p.Only != nil && p.Only.Question == x.Question) {
				return true
			}
		}
	}
	return false
}

// again is room to score single Comuni by other answers.
type again struct {
	scores  Scores // leaves hold what was read last, of those Comuni alone
	weights Weights
	row     []stat.Value
	members []member
	room    members
	below   [][]int // by node: its parts
}

func (s *Scores) again() *again {
	r := &again{scores: *s, weights: s.Tree.weights(), row: make([]stat.Value, len(s.Tree.Nodes))}
	for i := range s.Tree.Nodes {
		r.below = append(r.below, s.Tree.Leaves(i))
	}
	r.scores.leaves = make([][]stat.Value, len(s.leaves))
	for i, l := range s.leaves {
		if l != nil {
			r.scores.leaves[i] = make([]stat.Value, len(l))
		}
	}
	return r
}

// read takes in what a Comune says in another edition of the same forms.
func (r *again) read(e *survey.Edition, comune int) {
	a := r.scores.answers
	a.Edition = e
	for i := range r.scores.Tree.Nodes {
		if p := r.scores.Tree.Nodes[i].Part; p != nil {
			reading := a.reading(p)
			r.scores.leaves[i][comune] = reading.score(comune, nil).Value
		}
	}
}

// of are the scores of all nodes of a Comune that was read, good until the next call.
func (r *again) of(comune int, scope Scope) []stat.Value {
	r.members = r.scores.comune(comune, scope, r.weights, r.row, r.members)
	return r.row
}

// under is an index of a Comune under some weights, its parts scored as t has them.
func (r *again) under(of *Scores, t revised, index int, w Weights) stat.Value {
	for _, l := range r.below[index] {
		r.scores.leaves[l][t.comune] = of.leaves[l][t.comune]
	}
	for k, l := range t.leaves {
		r.scores.leaves[l][t.comune] = t.values[k]
	}
	return r.scores.one(t.comune, index, w, &r.room)
}

// lurch is the most by which one turn of a Comune moves an index of it under any of
// the weights that are drawn at random. Where all that changes is the number of a
// part, its share is at most so many times the declared one; else it is computed.
func (r *again) lurch(of *Scores, t revised, index int, draws []Weights) float64 {
	most, plain := 0.0, true
	for k, l := range t.leaves {
		was := of.leaves[l][t.comune]
		share, below := of.share(t.comune, index, l)
		if !below {
			continue
		}
		plain = plain && share > 0 && was.OK() && t.values[k].OK()
		most += drawnShare * share * math.Abs(t.values[k].N-was.N)
	}
	if plain {
		return min(most, Top)
	}
	most = 0
	same := revised{comune: t.comune}
	for _, w := range draws {
		was, is := r.under(of, same, index, w), r.under(of, t, index, w)
		switch {
		case was.OK() && is.OK():
			most = max(most, math.Abs(is.N-was.N))
		case was.OK() || is.OK():
			return Top
		}
	}
	return most
}

// drawnShare is how many times its declared share of an index a part can have under
// random weights: on each of two levels its own weight grows and the others shrink.
const drawnShare = (1 + Spread) / (1 - Spread) * (1 + Spread) / (1 - Spread)

// share is what part of an index of a Comune a part makes, of those present that both
// forms ask; 0 where the index is no weighted mean of them. below is false where the
// part is not in it.
func (s *Scores) share(comune, index, leaf int) (share float64, below bool) {
	share = 1
	for at := leaf; at != index; {
		up := s.Tree.Nodes[at].Parent
		if up < 0 || !s.on[leaf].both {
			return 0, false
		}
		n := &s.Tree.Nodes[up]
		present := 0.0
		for _, k := range n.Children {
			if s.on[k].both && s.common[k][comune].OK() {
				present += s.Tree.Nodes[k].Share
			}
		}
		if n.Combine != Arithmetic || present == 0 {
			share = 0
		} else {
			share *= min(s.Tree.Nodes[at].Share/present, 1)
		}
		at = up
	}
	return share, true
}
