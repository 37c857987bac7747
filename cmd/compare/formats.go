package main

import (
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// The peers get the same geometry as our own map, rounded as their makers
// advise for a map of this size: TopoJSON to a grid of ten thousand steps
// (130 m on Italy), GeoJSON to three decimals of a degree (110 m).
const (
	gridSteps = 1e4
	decimals  = 3
)

// properties are what a shape carries in both formats.
type properties struct {
	Name  string   `json:"n"`
	Value *float64 `json:"v,omitempty"` // of the first indicator
}

func (c *country) properties(face int) properties {
	p := properties{Name: c.names[face]}
	if v := c.indicators[0].Values[face]; !math.IsNaN(v) {
		p.Value = &v
	}
	return p
}

// json is the column as the peers fetch it; null where there is no value.
func (c column) json() []*float64 {
	out := make([]*float64, len(c.Values))
	for i := range c.Values {
		if !math.IsNaN(c.Values[i]) {
			out[i] = &c.Values[i]
		}
	}
	return out
}

// TopoJSON 1.0.0.
type (
	topoJSON struct {
		Type      string                    `json:"type"`
		Transform transform                 `json:"transform"`
		Objects   map[string]topoCollection `json:"objects"`
		Arcs      [][][2]int                `json:"arcs"`
	}
	transform struct {
		Scale     [2]float64 `json:"scale"`
		Translate [2]float64 `json:"translate"`
	}
	topoCollection struct {
		Type       string      `json:"type"`
		Geometries []topoShape `json:"geometries"`
	}
	topoShape struct {
		Type       string           `json:"type"`
		Arcs       [][][]geo.ArcRef `json:"arcs"`
		Properties properties       `json:"properties"`
	}
)

// topology is the country on the plane of our maps, arcs as differences on a
// grid.
func (c *country) topology() topoJSON {
	box := c.shapes.Bounds()
	step := max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]) / gridSteps
	t := topoJSON{Type: "Topology", Transform: transform{Scale: [2]float64{step, step}, Translate: box.Min}}
	for _, arc := range c.shapes.Arcs {
		var out [][2]int
		var last [2]int
		for k, p := range arc {
			at := [2]int{int(math.Round((p[0] - box.Min[0]) / step)), int(math.Round((p[1] - box.Min[1]) / step))}
			// An arc keeps its two ends, even where they are one.
			if k > 0 && at == last && (k < len(arc)-1 || len(out) > 1) {
				continue
			}
			out = append(out, [2]int{at[0] - last[0], at[1] - last[1]})
			last = at
		}
		t.Arcs = append(t.Arcs, out)
	}
	all := topoCollection{Type: "GeometryCollection"}
	for i, face := range c.shapes.Faces {
		s := topoShape{Type: "MultiPolygon", Properties: c.properties(i)}
		for _, p := range face.Polygons {
			var rings [][]geo.ArcRef
			for _, r := range p {
				rings = append(rings, r)
			}
			s.Arcs = append(s.Arcs, rings)
		}
		all.Geometries = append(all.Geometries, s)
	}
	t.Objects = map[string]topoCollection{"comuni": all}
	return t
}

// GeoJSON, RFC 7946.
type (
	geoJSON struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}
	feature struct {
		Type       string     `json:"type"`
		ID         int        `json:"id"`
		Geometry   geometry   `json:"geometry"`
		Properties properties `json:"properties"`
	}
	geometry struct {
		Type        string      `json:"type"`
		Coordinates [][][]coord `json:"coordinates"`
	}
	coord [2]float64
)

// MarshalJSON writes no more decimals than there are.
func (c coord) MarshalJSON() ([]byte, error) {
	b := strconv.AppendFloat([]byte("["), c[0], 'f', -1, 64)
	b = strconv.AppendFloat(append(b, ','), c[1], 'f', -1, 64)
	return append(b, ']'), nil
}

// features is the country in longitude and latitude.
func (c *country) features() geoJSON {
	plane := geo.Italy().Projector()
	// The corners are rounded before the rings are made, so that neighbours
	// still fit.
	unit := math.Pow10(decimals)
	rounded := c.shapes.Map(func(p orb.Point) orb.Point {
		p = plane.Inverse(p)
		return orb.Point{math.Round(p[0]*unit) / unit, math.Round(p[1]*unit) / unit}
	})
	out := geoJSON{Type: "FeatureCollection"}
	for i := range rounded.Faces {
		f := feature{Type: "Feature", ID: i, Geometry: geometry{Type: "MultiPolygon"}, Properties: c.properties(i)}
		for _, p := range rounded.Polygon(i) {
			var rings [][]coord
			for _, r := range p {
				if ring := corners(r); len(ring) > 0 {
					rings = append(rings, ring)
				}
			}
			if len(rings) > 0 {
				f.Geometry.Coordinates = append(f.Geometry.Coordinates, rings)
			}
		}
		out.Features = append(out.Features, f)
	}
	return out
}

// corners is a ring without repeated points; nil where rounding left no area.
func corners(r orb.Ring) (out []coord) {
	const fewest = 4 // three corners, the first again
	r = slices.Compact(slices.Clone(r))
	if len(r) < fewest {
		return nil
	}
	for _, p := range r {
		out = append(out, coord(p))
	}
	return out
}
