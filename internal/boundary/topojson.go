package boundary

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// topoJSON is a TopoJSON topology (specification 1.0, M. Bostock and C. Metcalf).
type topoJSON struct {
	Objects   map[string]topoObject
	Arcs      [][]orb.Point
	Transform *struct{ Scale, Translate orb.Point }
}

type topoObject struct {
	Type       string
	Properties map[string]json.RawMessage
	Arcs       json.RawMessage
	Geometries []topoObject
}

// arcUses bounds how often the arcs may be used in all: a border has two sides,
// and a file may hold an object or two more. Without it a short file could name
// one long arc a million times.
const arcUses = 8

// topology reads the object of the Comuni.
func (r *reader) topology(t topoJSON) {
	if len(t.Objects) == 0 {
		r.problem("", "there is no object in the topology", "")
		return
	}
	name := comuniObject(t.Objects)
	r.layer = "object " + name
	decoder := topoDecoder{arcs: t.decode()}
	for _, a := range t.Arcs {
		decoder.budget += arcUses * len(a)
	}
	for i, g := range t.Objects[name].Geometries {
		s, ok := r.attributes("geometry", i+1, g.Properties)
		if !ok {
			continue
		}
		switch g.Type {
		case "Polygon", "MultiPolygon":
			polygon, why := decoder.polygons(g)
			if why != "" {
				r.problem(s.Record, why, "the TopoJSON is damaged; download it again")
				continue
			}
			s.Polygon = oriented(polygon)
		case "": // null geometry
		default:
			r.notPolygon(s.Record, g.Type)
			continue
		}
		r.add(s)
	}
}

// comuniObject is the name of the object that holds the Comuni: the one that is
// called so, else the one with most geometries.
func comuniObject(objects map[string]topoObject) string {
	names := make([]string, 0, len(objects))
	for n := range objects {
		names = append(names, n)
	}
	slices.Sort(names)
	best := names[0]
	for _, n := range names {
		if lower := strings.ToLower(n); strings.HasPrefix(lower, "com") || strings.HasPrefix(lower, "municipalit") {
			return n
		}
		if len(objects[n].Geometries) > len(objects[best].Geometries) {
			best = n
		}
	}
	return best
}

// decode gives the arcs their coordinates: with a transform, points are steps
// on a grid from the one before.
func (t topoJSON) decode() [][]orb.Point {
	if t.Transform == nil {
		return t.Arcs
	}
	out := make([][]orb.Point, len(t.Arcs))
	for i, arc := range t.Arcs {
		out[i] = make([]orb.Point, len(arc))
		var at orb.Point
		for k, step := range arc {
			for d := range at {
				at[d] += step[d]
				out[i][k][d] = float64(at[d]*t.Transform.Scale[d]) + t.Transform.Translate[d]
			}
		}
	}
	return out
}

// topoDecoder puts rings together from arcs.
type topoDecoder struct {
	arcs   [][]orb.Point
	budget int // points that may still be made
}

// polygons is the rings of a geometry, or what is wrong with them.
func (d *topoDecoder) polygons(g topoObject) (orb.MultiPolygon, string) {
	refs := make([][][]int, 1)
	var err error
	if g.Type == "Polygon" {
		err = json.Unmarshal(g.Arcs, &refs[0])
	} else {
		err = json.Unmarshal(g.Arcs, &refs)
	}
	if err != nil {
		return nil, "the arcs are not those of a " + g.Type + ", want rings of arc numbers"
	}
	out := make(orb.MultiPolygon, len(refs))
	for i, p := range refs {
		for _, ring := range p {
			points, why := d.ring(ring)
			if why != "" {
				return nil, why
			}
			out[i] = append(out[i], points)
		}
	}
	return out, ""
}

func (d *topoDecoder) ring(refs []int) (orb.Ring, string) {
	var out orb.Ring
	for _, ref := range refs {
		i := ref
		if ref < 0 {
			i = ^ref
		}
		if i >= len(d.arcs) {
			return nil, fmt.Sprintf("arc %d is not there, the file has arcs 0 to %d", i, len(d.arcs)-1)
		}
		arc := d.arcs[i]
		if d.budget -= len(arc); d.budget < 0 {
			return nil, fmt.Sprintf("the arcs are used more than %d times over, want each border at most twice", arcUses)
		}
		if ref < 0 {
			arc = slices.Clone(arc)
			slices.Reverse(arc)
		}
		if len(out) > 0 && len(arc) > 0 {
			if out[len(out)-1] != arc[0] {
				return nil, fmt.Sprintf("arc %d does not begin where the one before it ends", i)
			}
			arc = arc[1:]
		}
		out = append(out, arc...)
	}
	return out, ""
}
