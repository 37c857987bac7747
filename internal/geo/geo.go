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
// Nothing is changed in place: every operation returns a new Topology.
package geo

import "github.com/paulmach/orb"

// Topology is a set of faces over shared arcs.
type Topology struct {
	Arcs  [][]orb.Point // each at least two points; a closed arc (an island, an enclave) repeats its first point at the end
	Faces []Face
}

// Face is one area: a Comune, or what Comuni were dissolved into. A face with
// no polygons is possible only before a Topology has been checked.
type Face struct {
	Polygons []Polygon
}

// Polygon is one outer ring and its holes, as GeoJSON has it: outer ring first
// and anticlockwise, holes clockwise.
type Polygon []Ring

// Ring is a closed walk over arcs.
type Ring []ArcRef

// ArcRef names an arc and the direction in which it is walked: i >= 0 is arc i
// forwards, i < 0 is arc ^i backwards (as in TopoJSON).
type ArcRef int32
