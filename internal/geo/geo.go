// Package geo is geometry on shared borders.
//
// Italy is a partition of the plane: where two Comuni touch, the border is one
// line that both use. A [Topology] keeps that line once, as an arc, and every
// face refers to it; so simplifying an arc moves both sides together and no gap
// or overlap can appear, and provinces, regions and ripartizioni are dissolved
// from the same arcs that the Comuni use.
//
// Coordinates are x, y in the plane of the caller's choice, y up; the package
// offers the two planes of this project, EPSG:32632 (what ISTAT publishes) and
// an ellipsoidal Lambert azimuthal equal-area one (what the maps are drawn in).
// Nothing is changed in place: every operation returns a new Topology. Where an
// arc did not change, old and new share its points.
//
// [New] finds the shared lines: two faces share a border where their vertices
// are equal to the last bit, which is how ISTAT publishes them. A point where
// other than two lines meet is a node; arcs run from node to node, or are
// closed where there is none (an island, an enclave). Nodes are never moved or
// removed, except by [Topology.Dissolve] where the line through them is one.
//
// [Topology.Check] says whether a Topology is a partition: no line crosses or
// touches another except at a node, every ring is closed and turns the right
// way, every piece lies in the face that it lies in by its structure. What
// passes it has no gap and no overlap. [Topology.Simplify] returns nothing that
// would not pass where its input does.
package geo

import (
	"runtime"
	"sync"

	"github.com/paulmach/orb"
)

// Outside stands for the face that is not there: the sea, another state.
const Outside = -1

// Topology is a set of faces over shared arcs.
type Topology struct {
	Arcs  [][]orb.Point // each at least two points; a closed arc (an island, an enclave) repeats its first point at the end
	Faces []Face
}

// Face is one area: a Comune, or what Comuni were dissolved into. A face with
// no polygons is possible only before a Topology has been checked.
type Face struct {
	Polygons []Polygon // the largest first
}

// Polygon is one outer ring and its holes, as GeoJSON has it: outer ring first
// and anticlockwise, holes clockwise.
type Polygon []Ring

// Ring is a closed walk over arcs.
type Ring []ArcRef

// ArcRef names an arc and the direction in which it is walked: i >= 0 is arc i
// forwards, i < 0 is arc ^i backwards (as in TopoJSON).
type ArcRef int32

// Arc is the index of the arc, whatever the direction.
func (r ArcRef) Arc() int {
	if r < 0 {
		return int(^r)
	}
	return int(r)
}

// Map moves every vertex by f, which must be a pure function and must keep the
// orientation (a projection, not a mirror). Straight lines stay straight lines
// between the moved vertices.
func (t *Topology) Map(f func(orb.Point) orb.Point) *Topology {
	arcs := make([][]orb.Point, len(t.Arcs))
	parallel(len(arcs), func(i int) {
		moved := make([]orb.Point, len(t.Arcs[i]))
		for k, p := range t.Arcs[i] {
			moved[k] = f(p)
		}
		arcs[i] = moved
	})
	return &Topology{Arcs: arcs, Faces: t.Faces}
}

// Polygon is face i as plain rings, closed, outer rings anticlockwise. The
// points are the caller's own.
func (t *Topology) Polygon(i int) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, p := range t.Faces[i].Polygons {
		rings := make(orb.Polygon, len(p))
		for k, r := range p {
			rings[k] = t.Ring(r)
		}
		out = append(out, rings)
	}
	return out
}

// Ring is the points of r, the first repeated at the end.
func (t *Topology) Ring(r Ring) orb.Ring {
	n := 1
	for _, ref := range r {
		n += len(t.Arcs[ref.Arc()]) - 1
	}
	out := make(orb.Ring, 0, n)
	t.walk(r, func(p orb.Point) { out = append(out, p) })
	if len(out) > 0 {
		out = append(out, out[0])
	}
	return out
}

// walk visits the points of r once each, the closing one left out.
func (t *Topology) walk(r Ring, visit func(orb.Point)) {
	for _, ref := range r {
		arc := t.Arcs[ref.Arc()]
		if ref >= 0 {
			for _, p := range arc[:len(arc)-1] {
				visit(p)
			}
			continue
		}
		for k := len(arc) - 1; k > 0; k-- {
			visit(arc[k])
		}
	}
}

// start and end are the first and last point of a reference, in its direction.
func (t *Topology) start(r ArcRef) orb.Point {
	if r < 0 {
		return t.Arcs[^r][len(t.Arcs[^r])-1]
	}
	return t.Arcs[r][0]
}

func (t *Topology) end(r ArcRef) orb.Point { return t.start(^r) }

// second is the point after start: where the line goes from there.
func (t *Topology) second(r ArcRef) orb.Point {
	if r < 0 {
		return t.Arcs[^r][len(t.Arcs[^r])-2]
	}
	return t.Arcs[r][1]
}

// Area is the area of face i in the square of the plane's unit: m² on an
// equal-area plane in metres.
func (t *Topology) Area(i int) float64 {
	sum := 0.0
	for _, p := range t.Faces[i].Polygons {
		for _, r := range p {
			sum += t.ringArea(r)
		}
	}
	return sum
}

// ringArea is positive for an anticlockwise ring. Coordinates are taken from
// the ring's first point, so that big coordinates cost no digits; products are
// rounded before they are added, so that every processor gives the same figure.
func (t *Topology) ringArea(r Ring) float64 {
	if len(r) == 0 {
		return 0
	}
	origin := t.start(r[0])
	var last orb.Point
	sum := 0.0
	t.walk(r, func(p orb.Point) {
		x, y := p[0]-origin[0], p[1]-origin[1]
		sum += float64(last[0]*y) - float64(x*last[1])
		last = orb.Point{x, y}
	})
	return sum / 2
}

// Bounds is the smallest box around all arcs.
func (t *Topology) Bounds() orb.Bound {
	if len(t.Arcs) == 0 {
		return orb.Bound{}
	}
	b := orb.Bound{Min: t.Arcs[0][0], Max: t.Arcs[0][0]}
	for _, arc := range t.Arcs {
		for _, p := range arc {
			b = b.Extend(p)
		}
	}
	return b
}

// FaceBounds is the smallest box around face i.
func (t *Topology) FaceBounds(i int) orb.Bound {
	var b orb.Bound
	first := true
	for _, p := range t.Faces[i].Polygons {
		t.walk(p[0], func(q orb.Point) {
			if first {
				b, first = orb.Bound{Min: q, Max: q}, false
			}
			b = b.Extend(q)
		})
	}
	return b
}

// Points is the number of points in all arcs: what a file of them has to hold.
func (t *Topology) Points() int {
	n := 0
	for _, arc := range t.Arcs {
		n += len(arc)
	}
	return n
}

// parallel calls f for 0..n-1 on every processor, in any order; f writes its
// result to its own index only. The blocks are small, because faces are not
// equally long.
func parallel(n int, f func(i int)) {
	const block = 64
	workers := min(runtime.GOMAXPROCS(0), (n+block-1)/block)
	if workers < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	blocks := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for lo := range blocks {
				for i := lo; i < min(lo+block, n); i++ {
					f(i)
				}
			}
		})
	}
	for lo := 0; lo < n; lo += block {
		blocks <- lo
	}
	close(blocks)
	wg.Wait()
}
