package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// FaultKind says what is wrong with shapes or a Topology.
type FaultKind uint8

const (
	BadRing   FaultKind = iota + 1 // a ring of fewer than three points, or a coordinate that is no finite number
	Overlap                        // two faces lie on the same side of a line
	Lost                           // a face has no polygon
	Open                           // a ring does not end where it began, or names an arc that is not there
	Inverted                       // a ring turns the wrong way or has no area
	Crossing                       // two lines cross or touch where there is no node
	Unused                         // no face uses an arc
	Misplaced                      // a piece lies in a face that it should not lie in, or out of the one that surrounds it
)

// String is the fault in words.
func (k FaultKind) String() string {
	switch k {
	case BadRing:
		return "ring of fewer than three points"
	case Overlap:
		return "overlap"
	case Lost:
		return "no area"
	case Open:
		return "ring not closed"
	case Inverted:
		return "ring inverted"
	case Crossing:
		return "lines cross"
	case Unused:
		return "unused line"
	case Misplaced:
		return "piece out of place"
	}
	return "no fault"
}

// Fault is one thing that is wrong, and where. Faces are the two concerned,
// either of which may be [Outside].
type Fault struct {
	Kind  FaultKind
	Faces [2]int
	Point orb.Point
}

// String is the fault for messages and tests: `lines cross: faces 3 and 4 at 12.5 7`.
func (f Fault) String() string {
	return fmt.Sprintf("%s: faces %d and %d at %v %v", f.Kind, f.Faces[0], f.Faces[1], f.Point[0], f.Point[1])
}

// Check finds what keeps t from being a partition of the plane: none means that
// there is no gap, no overlap and no face lost. Faults come in the order of
// kinds, then faces. A ring fault hides the geometric ones, which need rings.
func (t *Topology) Check() []Fault {
	faults := t.checkRings()
	if len(faults) > 0 {
		return faults
	}
	arcs := t.sides()
	segs := t.segments()
	for _, c := range crossings(segs) {
		a, b := segs[c[0]], segs[c[1]]
		faults = append(faults, Fault{Crossing, [2]int{arcs[a.arc].face(), arcs[b.arc].face()}, b.a})
	}
	if len(faults) > 0 {
		return faults
	}
	for _, m := range t.misplaced() {
		faults = append(faults, Fault{Misplaced, [2]int{m.face, Outside}, m.point})
	}
	return append(faults, t.checkOutlines(arcs)...)
}

// face is one of the faces beside an arc.
func (a sided) face() int { return max(a.left, a.right) }

// checkRings looks at the structure: closed, four points, orientation, and one
// use of each arc in each direction.
func (t *Topology) checkRings() []Fault {
	var faults []Fault
	used := [2][]int{make([]int, len(t.Arcs)), make([]int, len(t.Arcs))} // face + 1 by direction and arc
	for f, face := range t.Faces {
		if len(face.Polygons) == 0 {
			faults = append(faults, Fault{Kind: Lost, Faces: [2]int{f, Outside}})
		}
		for _, p := range face.Polygons {
			for k, r := range p {
				if kind := t.checkRing(r, k == 0); kind != 0 {
					faults = append(faults, Fault{kind, [2]int{f, Outside}, t.somewhere(r)})
					continue
				}
				for _, ref := range r {
					direction := 0
					if ref < 0 {
						direction = 1
					}
					if g := used[direction][ref.Arc()]; g != 0 {
						faults = append(faults, Fault{Overlap, [2]int{g - 1, f}, t.start(ref)})
					}
					used[direction][ref.Arc()] = f + 1
				}
			}
		}
	}
	for i, arc := range t.Arcs {
		if used[0][i] == 0 && used[1][i] == 0 && len(faults) == 0 {
			faults = append(faults, Fault{Unused, [2]int{Outside, Outside}, arc[0]})
		}
	}
	return faults
}

func (t *Topology) somewhere(r Ring) orb.Point {
	if len(r) == 0 || r[0].Arc() >= len(t.Arcs) || len(t.Arcs[r[0].Arc()]) == 0 {
		return orb.Point{}
	}
	return t.start(r[0])
}

// checkRing is the fault of a ring by itself, or 0.
func (t *Topology) checkRing(r Ring, outer bool) FaultKind {
	const closedTriangle = 4
	n := 1
	for i, ref := range r {
		if ref.Arc() >= len(t.Arcs) || len(t.Arcs[ref.Arc()]) < 2 {
			return Open
		}
		n += len(t.Arcs[ref.Arc()]) - 1
		if next := r[(i+1)%len(r)]; next.Arc() >= len(t.Arcs) || t.end(ref) != t.start(next) {
			return Open
		}
	}
	switch area := t.ringArea(r); {
	case n < closedTriangle:
		return BadRing
	case outer && !(area > 0), !outer && !(area < 0):
		return Inverted
	}
	return 0
}

// checkOutlines uses that of all walks around the faces of a connected piece,
// the outside among them, exactly one turns clockwise: the one around the whole
// piece. Another one is a gap or a part that has been turned inside out.
func (t *Topology) checkOutlines(arcs []sided) []Fault {
	piece, n := t.pieces()
	outline := make([]float64, n) // the clockwise walk that encloses most
	w := newWalker(t, arcs, len(t.Faces))
	var turned []Ring
	for f := range len(t.Faces) + 1 {
		for _, walk := range w.walks(f) {
			if area := t.ringArea(walk); area <= 0 {
				turned = append(turned, walk)
				at := piece[walk[0].Arc()]
				outline[at] = min(outline[at], area)
			}
		}
	}
	var faults []Fault
	for _, walk := range turned {
		arc := walk[0].Arc()
		if t.ringArea(walk) != outline[piece[arc]] {
			faults = append(faults, Fault{Inverted, [2]int{arcs[arc].face(), Outside}, t.start(walk[0])})
		}
	}
	return faults
}
