package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// sided is an arc and the faces beside it, either of which may be Outside. The
// two are never equal.
type sided struct {
	points      []orb.Point
	left, right int
}

// sides lists the arcs with their faces. An arc that a face uses twice in one
// direction shows the last.
func (t *Topology) sides() []sided {
	out := make([]sided, len(t.Arcs))
	for i, arc := range t.Arcs {
		out[i] = sided{arc, Outside, Outside}
	}
	for f, face := range t.Faces {
		for _, p := range face.Polygons {
			for _, r := range p {
				for _, ref := range r {
					if ref >= 0 {
						out[ref].left = f
					} else {
						out[^ref].right = f
					}
				}
			}
		}
	}
	return out
}

// build makes the Topology of n faces whose borders are arcs: arcs are joined
// where only two meet, then walked round each face.
func build(arcs []sided, n int) *Topology {
	arcs = join(arcs)
	t := &Topology{Arcs: make([][]orb.Point, len(arcs)), Faces: make([]Face, n)}
	for i, a := range arcs {
		t.Arcs[i] = a.points
	}
	w := newWalker(t, arcs, n)
	for f := range n {
		t.Faces[f] = Face{t.polygons(split(t, w.walks(f)))}
	}
	return t
}

// Dissolve unites faces: face i becomes part of face group[i] of n, or is
// dropped where group[i] is -1 (what was beside it now borders the outside).
// Arcs between equal groups vanish; arcs that then meet alone at a node become
// one. A group without faces is a face without polygons.
func (t *Topology) Dissolve(group []int, n int) *Topology {
	of := func(f int) int {
		if f == Outside {
			return Outside
		}
		return group[f]
	}
	var kept []sided
	for _, a := range t.sides() {
		if a.left, a.right = of(a.left), of(a.right); a.left != a.right {
			kept = append(kept, a)
		}
	}
	return build(kept, n)
}

// numberNodes numbers the ends of arcs in order of first appearance; start and
// end are the node numbers of each arc.
func numberNodes(arcs []sided) (start, end []int32, n int) {
	number := make(map[orb.Point]int32, len(arcs))
	of := func(p orb.Point) int32 {
		v, ok := number[p]
		if !ok {
			v = int32(len(number))
			number[p] = v
		}
		return v
	}
	start, end = make([]int32, len(arcs)), make([]int32, len(arcs))
	for i, a := range arcs {
		start[i], end[i] = of(a.points[0]), of(a.points[len(a.points)-1])
	}
	return start, end, len(number)
}

// join makes one arc of arcs that meet where no third one does.
func join(arcs []sided) []sided {
	start, end, n := numberNodes(arcs)
	const none = math.MaxInt32
	leaving := make([][2]ArcRef, n) // the first two references that leave a node
	count := make([]int, n)
	leave := func(v int32, r ArcRef) {
		if count[v] < len(leaving[v]) {
			leaving[v][count[v]] = r
		}
		count[v]++
	}
	for i := range arcs {
		leave(start[i], ArcRef(i))
		leave(end[i], ^ArcRef(i))
	}
	next := func(r ArcRef) ArcRef { // the only way on from the end of r
		v := end[r.Arc()]
		if r < 0 {
			v = start[r.Arc()]
		}
		if count[v] != len(leaving[v]) {
			return none
		}
		if leaving[v][0] == ^r {
			return leaving[v][1]
		}
		return leaving[v][0]
	}
	used := make([]bool, len(arcs))
	var out []sided
	for i := range arcs {
		if used[i] {
			continue
		}
		first := ArcRef(i)
		for b := ^next(^first); b != ^none; b = ^next(^b) {
			if first = b; b == ArcRef(i) { // all the way round
				break
			}
		}
		chain := []ArcRef{first}
		used[first.Arc()] = true
		for r := next(first); r != none && !used[r.Arc()]; r = next(r) {
			used[r.Arc()] = true
			chain = append(chain, r)
		}
		out = append(out, concat(arcs, chain))
	}
	return out
}

// concat is the arcs of a chain as one, in the direction of the first as given.
func concat(arcs []sided, chain []ArcRef) sided {
	if len(chain) == 1 && chain[0] >= 0 {
		return arcs[chain[0]]
	}
	var points []orb.Point
	for _, r := range chain {
		p := arcs[r.Arc()].points
		if r < 0 {
			p = slices.Clone(p)
			slices.Reverse(p)
		}
		if len(points) > 0 {
			p = p[1:]
		}
		points = append(points, p...)
	}
	a := arcs[chain[0].Arc()]
	if chain[0] < 0 {
		a.left, a.right = a.right, a.left
	}
	return sided{points, a.left, a.right}
}

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

// polygons sorts rings into outer ones (anticlockwise) and their holes. A hole
// goes to the smallest outer ring around it.
func (t *Topology) polygons(rings []Ring) []Polygon {
	type sized struct {
		Polygon
		area   float64
		points orb.Ring
	}
	var outer []sized
	var holes []Ring
	for _, r := range rings {
		if a := t.ringArea(r); a < 0 {
			holes = append(holes, r)
		} else {
			outer = append(outer, sized{Polygon: Polygon{r}, area: a})
		}
	}
	slices.SortStableFunc(outer, func(a, b sized) int {
		switch {
		case a.area > b.area:
			return -1
		case a.area < b.area:
			return 1
		}
		return 0
	})
	if len(holes) > 0 && len(outer) > 1 {
		for i := range outer {
			outer[i].points = t.Ring(outer[i].Polygon[0])
		}
	}
	for _, h := range holes {
		in := 0
		for i := len(outer) - 1; i > 0; i-- {
			if ringWithin(t.Ring(h), outer[i].points) {
				in = i
				break
			}
		}
		if len(outer) > 0 {
			outer[in].Polygon = append(outer[in].Polygon, h)
		}
	}
	out := make([]Polygon, len(outer))
	for i, o := range outer {
		out[i] = o.Polygon
	}
	return out
}
