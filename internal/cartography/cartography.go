// Package cartography brings boundaries to the display date and draws Italy at
// three scales.
//
// The boundaries of one vintage, one shape per Comune of that day, become one
// shape per Comune of the display date: merged Comuni are dissolved into one.
// Everything is then moved to the equal-area plane of the maps and simplified
// three times, each time from the same shared arcs, so that every level fits
// every other and no border has a gap.
//
// [Fit] finds what is wrong, [New] draws.
package cartography

import (
	"fmt"

	"github.com/paulmach/orb"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/geo"
)

// The parts of the points that each scale keeps. 10 % is what a map of all
// Comuni on a screen can show (median error of a Comune's area 1.5 %), 25 % is
// right for a region, and a tenth again is enough for the outline of the
// country in a thumbnail.
const (
	countryShare = 0.10
	regionShare  = 0.25
	placeShare   = 0.15
)

// m2PerKm2 converts areas.
const m2PerKm2 = 1e6

// Lines are the boundaries as they were read, one shape per Comune of their
// date.
type Lines struct {
	atlas.Shapes                    // the day they hold at, and the codes
	Polygons     []orb.MultiPolygon // parallel to Codes
	// ToGeographic takes a vertex to longitude and latitude in degrees.
	ToGeographic func(orb.Point) orb.Point
}

// Maps is the geometry of the site, faces in the order of the atlas's Comuni,
// on the equal-area plane in metres.
type Maps struct {
	Country    *geo.Topology // all Comuni at once
	Region     *geo.Topology // the Comuni of a region or unit
	Place      *geo.Topology // the surroundings of a Comune
	Neighbours [][]int       // by Comune: those that share a border, the longest border first
	AreaKm2    []float64     // by Comune, before simplification
}

// Fitted are lines of which each shape has its Comune and each Comune its shape.
type Fitted struct {
	lines Lines
	group []int         // by shape: its Comune
	whole *geo.Topology // the shapes, borders shared
}

// Fit holds the lines against the Comuni. What does not fit is a problem, and so
// are faults of the geometry; of lines that were read in part only the codes are
// looked at. It reports whether maps can be drawn.
func Fit(a *atlas.Atlas, l Lines, all *diag.List) (Fitted, bool) {
	list := all.Part()
	f := Fitted{lines: l, group: a.Regroup(l.Shapes, list)}
	if l.Partial {
		return f, false
	}
	var faults []geo.Fault
	f.whole, faults = geo.New(l.Polygons)
	for _, f := range faults {
		p := l.Where(f.Faces[0])
		p.Text, p.Hint = "the lines are not a map: "+f.String(), "repair the geometry, for example with ogr2ogr -makevalid"
		list.Add(p)
	}
	return f, list.Len() == 0
}

// New brings lines that fit to the display date of a and simplifies them.
func New(a *atlas.Atlas, f Fitted) *Maps {
	plane := geo.Italy().Projector()
	fine := f.whole.Dissolve(f.group, len(a.Comuni)).Map(func(p orb.Point) orb.Point { return plane.Forward(f.lines.ToGeographic(p)) })
	m := &Maps{AreaKm2: make([]float64, len(a.Comuni)), Neighbours: make([][]int, len(a.Comuni))}
	for i := range a.Comuni {
		m.AreaKm2[i] = fine.Area(i) / m2PerKm2
	}
	for i, beside := range fine.Neighbours() {
		m.Neighbours[i] = longestFirst(beside)
	}
	m.simplify(fine)
	return m
}

// simplify makes the three scales side by side: each is a pure function of fine.
func (m *Maps) simplify(fine *geo.Topology) {
	done := make(chan struct{})
	go func() {
		m.Country = fine.Simplify(geo.Detail{Share: countryShare})
		close(done)
	}()
	m.Region = fine.Simplify(geo.Detail{Share: regionShare})
	m.Place = m.Region.Simplify(geo.Detail{Share: placeShare / regionShare})
	<-done
}

func longestFirst(beside []geo.Neighbour) []int {
	out := make([]int, 0, len(beside))
	length := map[int]float64{}
	for _, n := range beside {
		length[n.Face] = n.Length
		at := len(out)
		for at > 0 && length[out[at-1]] < n.Length {
			at--
		}
		out = append(out, 0)
		copy(out[at+1:], out[at:])
		out[at] = n.Face
	}
	return out
}

// Check says whether every scale is a partition of the plane; it is slow, and
// meant for tests and for mappa check.
func (m *Maps) Check() error {
	for name, t := range map[string]*geo.Topology{"country": m.Country, "region": m.Region, "place": m.Place} {
		if faults := t.Check(); len(faults) > 0 {
			return fmt.Errorf("scale %s: %d faults, the first: %s", name, len(faults), faults[0])
		}
	}
	return nil
}
