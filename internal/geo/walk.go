package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// walker follows the border of one face after another.
type walker struct {
	t        *Topology
	start    []int32 // node at which arc i starts
	end      []int32
	borders  [][]ArcRef // of face f at f; of the outside at the end
	leaving  []int32    // per node: position in the face's border list, +1
	chained  []int32    // per position: the next one that leaves the same node
	consumed []bool
}

func newWalker(t *Topology, arcs []sided, n int) *walker {
	w := &walker{t: t, borders: make([][]ArcRef, n+1)}
	var nodes int
	w.start, w.end, nodes = numberNodes(arcs)
	w.leaving = make([]int32, nodes)
	at := func(f int) int {
		if f == Outside {
			return n
		}
		return f
	}
	for i, a := range arcs {
		w.borders[at(a.left)] = append(w.borders[at(a.left)], ArcRef(i))
		w.borders[at(a.right)] = append(w.borders[at(a.right)], ^ArcRef(i))
	}
	return w
}

func (w *walker) from(r ArcRef) int32 {
	if r < 0 {
		return w.end[^r]
	}
	return w.start[r]
}

func (w *walker) to(r ArcRef) int32 { return w.from(^r) }

// walks are the closed walks along the border of a face, the face always on the
// left; at a point where the face touches itself each walk keeps to the same
// piece of it.
func (w *walker) walks(f int) []Ring {
	border := w.borders[f]
	w.chained = append(w.chained[:0], make([]int32, len(border))...)
	w.consumed = append(w.consumed[:0], make([]bool, len(border))...)
	for i := len(border) - 1; i >= 0; i-- {
		v := w.from(border[i])
		w.chained[i], w.leaving[v] = w.leaving[v], int32(i+1)
	}
	var out []Ring
	for i := range border {
		if w.consumed[i] {
			continue
		}
		var ring Ring
		for at := int32(i); at >= 0 && !w.consumed[at]; at = w.onward(border, border[at]) {
			w.consumed[at] = true
			ring = append(ring, border[at])
		}
		out = append(out, ring)
	}
	for _, r := range border {
		w.leaving[w.from(r)] = 0
	}
	return out
}

// onward is the position of the reference that follows r: where several leave
// the node, the first one clockwise from r looked at backwards, because between
// the two lies the face.
func (w *walker) onward(border []ArcRef, r ArcRef) int32 {
	first := w.leaving[w.to(r)] - 1
	if first < 0 || w.chained[first] == 0 {
		return first
	}
	node, back := w.t.end(r), w.t.second(^r)
	best, bestTurn := int32(-1), math.Inf(1)
	for at := first; at >= 0; at = w.chained[at] - 1 {
		if turn := clockwise(node, back, w.t.second(border[at])); turn < bestTurn {
			best, bestTurn = at, turn
		}
	}
	return best
}

// clockwise is the angle in (0, 2π] by which the line from o to a must turn
// clockwise to point to b.
func clockwise(o, a, b orb.Point) float64 {
	turn := math.Atan2(a[1]-o[1], a[0]-o[0]) - math.Atan2(b[1]-o[1], b[0]-o[0])
	if turn <= 0 {
		turn += 2 * math.Pi
	}
	return turn
}

// split cuts walks that visit a node twice into rings that do not.
func split(t *Topology, walks []Ring) []Ring {
	var out []Ring
	for _, walk := range walks {
		if len(walk) == 1 {
			out = append(out, walk)
			continue
		}
		at := make(map[orb.Point]int, len(walk)) // node → length of the stack when it was reached
		var stack Ring
		for _, r := range walk {
			at[t.start(r)] = len(stack)
			stack = append(stack, r)
			if k, seen := at[t.end(r)]; seen {
				out = append(out, slices.Clone(stack[k:]))
				for _, s := range stack[k+1:] {
					delete(at, t.start(s))
				}
				stack = stack[:k]
			}
		}
	}
	return out
}
