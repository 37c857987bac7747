package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Neighbour is a face that shares a border, of Length in the plane's unit.
// Faces that only touch in a point are none.
type Neighbour struct {
	Face   int
	Length float64
}

// Neighbours lists, for every face, the faces beside it by number. The outside
// is not among them.
func (t *Topology) Neighbours() [][]Neighbour {
	out := make([][]Neighbour, len(t.Faces))
	add := func(f, g int, length float64) {
		for i := range out[f] {
			if out[f][i].Face == g {
				out[f][i].Length += length
				return
			}
		}
		out[f] = append(out[f], Neighbour{g, length})
	}
	for _, a := range t.sides() {
		if a.left == Outside || a.right == Outside || a.left == a.right {
			continue
		}
		length := Length(a.points)
		add(a.left, a.right, length)
		add(a.right, a.left, length)
	}
	for _, n := range out {
		slices.SortFunc(n, func(a, b Neighbour) int { return cmp.Compare(a.Face, b.Face) })
	}
	return out
}

// Length of a polyline in the plane's unit.
func Length(line []orb.Point) float64 {
	sum := 0.0
	for i := 1; i < len(line); i++ {
		sum += math.Hypot(line[i][0]-line[i-1][0], line[i][1]-line[i-1][1])
	}
	return sum
}

// Lines are the arcs for which keep says yes, joined to as few polylines as
// will do; a closed one repeats its first point. keep is asked once per arc
// with the faces on its left and right, either of which may be [Outside], and
// should not care which is which.
func (t *Topology) Lines(keep func(left, right int) bool) [][]orb.Point {
	var kept []sided
	for _, a := range t.sides() {
		if keep(a.left, a.right) {
			kept = append(kept, a)
		}
	}
	start, end, n := numberNodes(kept)
	leaving := make([][]ArcRef, n)
	for i := range kept {
		leaving[start[i]] = append(leaving[start[i]], ArcRef(i))
		leaving[end[i]] = append(leaving[end[i]], ^ArcRef(i))
	}
	tr := trails{start, end, leaving, make([]bool, len(kept))}
	var out [][]orb.Point
	for _, oddOnly := range []bool{true, false} { // a line must end where an odd number meets; what is left are circuits
		for i := range kept {
			for _, r := range []ArcRef{ArcRef(i), ^ArcRef(i)} {
				if tr.used[i] || oddOnly && tr.open(tr.from(r))%2 == 0 {
					continue
				}
				out = append(out, concat(kept, tr.follow(r)).points)
			}
		}
	}
	return out
}

// trails walks arcs that were not walked before.
type trails struct {
	start, end []int32
	leaving    [][]ArcRef
	used       []bool
}

func (t trails) from(r ArcRef) int32 {
	if r < 0 {
		return t.end[^r]
	}
	return t.start[r]
}

// open is the number of arc ends at node v that are not used.
func (t trails) open(v int32) int {
	n := 0
	for _, r := range t.leaving[v] {
		if !t.used[r.Arc()] {
			n++
		}
	}
	return n
}

// follow walks on from r until no arc is left at the node it comes to.
func (t trails) follow(r ArcRef) []ArcRef {
	var out []ArcRef
	for more := true; more; {
		t.used[r.Arc()] = true
		out = append(out, r)
		more = false
		for _, next := range t.leaving[t.from(^r)] {
			if !t.used[next.Arc()] {
				r, more = next, true
				break
			}
		}
	}
	return out
}
