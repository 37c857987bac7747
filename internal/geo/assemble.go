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

// Part is the faces named, in that order, and the arcs they use. Unlike
// [Topology.Dissolve] it joins nothing: where a face that is left out met its
// border, the arc still ends, so that the part fits the whole at any scale.
func (t *Topology) Part(faces []int) *Topology {
	out := &Topology{Faces: make([]Face, len(faces))}
	number := map[int]ArcRef{} // arc of t → its number
	for k, f := range faces {
		for _, p := range t.Faces[f].Polygons {
			polygon := make(Polygon, len(p))
			for i, ring := range p {
				for _, r := range ring {
					n, ok := number[r.Arc()]
					if !ok {
						n = ArcRef(len(out.Arcs))
						number[r.Arc()] = n
						out.Arcs = append(out.Arcs, t.Arcs[r.Arc()])
					}
					if r < 0 {
						n = ^n
					}
					polygon[i] = append(polygon[i], n)
				}
			}
			out.Faces[k].Polygons = append(out.Faces[k].Polygons, polygon)
		}
	}
	return out
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
