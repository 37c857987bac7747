// Package cartogram lays out the map on which every Comune is a hexagon of one
// size, so that area does not shout, Italy still to be recognised. The points of
// the map are pushed apart until they lie equally thick everywhere, as many cells
// as there are Comuni are chosen where they came to lie, and points and cells are
// matched by halving both again and again. Same points, same cells, on every
// processor: no sum of products is left to be fused.
package cartogram

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// A hexagon on the grid of the map: its width, the pitch of the rows, and how far
// its upper corners lie below its top. A step of the grid is as long as makes the
// plane as large as Italy, as an address says a view in whole kilometres.
const (
	across, pitch, slope = 52, 45, 15
	// Step is the length of a step, in decimetres.
	Step   = 2500
	metres = Step / 10
)

// corners are those of a hexagon, from the top on, clockwise, y down.
var corners = [6][2]int{{across / 2, 0}, {across, slope}, {across, pitch}, {across / 2, pitch + slope}, {0, pitch}, {0, slope}}

// New is a face for every point, in their order: a geometry as any other, so that
// it is drawn, hit and walked in the same way. Groups (regions) stay together.
func New(at []orb.Point, group []int) *geo.Topology {
	south := make([]orb.Point, len(at)) // y down, as all that follows
	for i, p := range at {
		south[i] = orb.Point{p[0], -p[1]}
	}
	moved := spread(south)
	place := make([]cell, len(at))
	for g, cells := range land(moved, group) {
		var points []int
		for i := range at {
			if group[i] == g {
				points = append(points, i)
			}
		}
		match(points, moved, cells, place)
	}
	return hexagons(place)
}

// hexagons are the faces of cells; the grid begins at the outermost.
func hexagons(place []cell) *geo.Topology {
	west, north := math.MaxInt, math.MaxInt
	for _, c := range place {
		west, north = min(west, c.column), min(north, c.row&^1)
	}
	faces := make([]orb.MultiPolygon, len(place))
	for f, c := range place {
		x, y := (c.column-west)*across+(c.row&1)*across/2, (c.row-north)*pitch
		ring := make(orb.Ring, 0, len(corners)+1)
		for k := range len(corners) + 1 { // counterclockwise where y is up
			at := corners[(len(corners)-k)%len(corners)]
			ring = append(ring, orb.Point{float64((x + at[0]) * metres), -float64((y + at[1]) * metres)})
		}
		faces[f] = orb.MultiPolygon{{ring}}
	}
	t, faults := geo.New(faces)
	if len(faults) > 0 {
		panic(faults[0]) // hexagons of one lattice have their corners in common
	}
	return t
}

// cell is a place on the hexagonal grid; odd rows stand half a cell to the right.
type cell struct{ column, row int }

// Rows of hexagons are so much nearer than columns, half the root of 3; a hexagon
// of one square is so wide, the root of what that is turned over.
const (
	nearer = 0.8660254037844386
	wide   = 1.0745699318235419
)

// middle is the point of a cell.
func (c cell) middle() orb.Point {
	return orb.Point{float64((float64(c.column) + float64(c.row&1)/2) * wide), float64(float64(c.row) * nearer * wide)}
}

// match gives each of some points one of as many cells: both are cut in two equal
// halves across the longer side, and each half again.
func match(points []int, at []orb.Point, cells []cell, place []cell) {
	if len(points) < 2 {
		for k, i := range points {
			place[i] = cells[k]
		}
		return
	}
	var b orb.Bound
	for k, c := range cells {
		if m := c.middle(); k == 0 {
			b = m.Bound()
		} else {
			b = b.Extend(m)
		}
	}
	d := 0
	if b.Max[1]-b.Min[1] >= b.Max[0]-b.Min[0] {
		d = 1
	}
	before := func(p, q orb.Point) int { return cmp.Or(cmp.Compare(p[d], q[d]), cmp.Compare(p[1-d], q[1-d])) }
	points, cells = slices.Clone(points), slices.Clone(cells)
	slices.SortFunc(points, func(i, j int) int { return cmp.Or(before(at[i], at[j]), i-j) })
	slices.SortFunc(cells, func(a, b cell) int { return before(a.middle(), b.middle()) })
	half := len(points) / 2
	match(points[:half], at, cells[:half], place)
	match(points[half:], at, cells[half:], place)
}
