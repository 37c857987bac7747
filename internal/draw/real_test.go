package draw

import (
	"os"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/boundary"
	"mappa/internal/diag"
	"mappa/internal/geo"
)

// kept is the share of vertices that pages show.
const kept = .25

// italy is every Comune of the boundaries, simplified, with its name and what
// it touches.
func italy(t *testing.T) (shapes []orb.MultiPolygon, names []string, touching [][]geo.Neighbour) {
	t.Helper()
	if testing.Short() {
		t.Skip("reads the boundaries of Italy")
	}
	var problems diag.List
	set, ok := boundary.Read(os.DirFS("../../data/territorio/confini"), "Com01012024_g.zip", 20240101, &problems)
	if !ok {
		t.Fatal(problems.Problems()[0])
	}
	for _, s := range set.Shapes {
		shapes = append(shapes, s.Polygon)
		names = append(names, s.Name)
	}
	whole, faults := geo.New(shapes)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	plane := geo.Italy().Projector()
	whole = whole.Map(func(p orb.Point) orb.Point { return plane.Forward(geo.UTM32ToGeographic(p)) }).Simplify(geo.Detail{Share: kept})
	for i := range shapes {
		shapes[i] = whole.Polygon(i)
	}
	return shapes, names, whole.Neighbours()
}

func TestItaly(t *testing.T) {
	shapes, names, touching := italy(t)

	t.Run("every Comune is on the national map", func(t *testing.T) {
		m := NewMesh(NewFrame(boundOf(shapes), 1000, 4), shapes)
		for i, a := range m.areas {
			if len(a.rings) == 0 && !a.speck {
				t.Errorf("%s is not drawn", names[i])
			}
		}
	})

	t.Run("names on locators never meet", func(t *testing.T) {
		const every = 16
		bounds := make([]orb.Bound, len(shapes))
		for i, s := range shapes {
			bounds[i] = s.Bound()
		}
		for i := 0; i < len(shapes); i += every {
			l := Locator{Here: Place{Name: names[i], Shape: shapes[i]}, Scale: func(float64) string { return "10 km" }}
			near := map[int]bool{i: true}
			for _, n := range touching[i] {
				near[n.Face] = true
				l.Neighbours = append(l.Neighbours, Place{Name: names[n.Face], Shape: shapes[n.Face]})
			}
			view := LocatorView(shapes[i])
			for k, b := range bounds {
				if !near[k] && b.Intersects(view) {
					l.Around = append(l.Around, shapes[k])
				}
			}
			for _, fault := range overlaps(l) {
				t.Errorf("%s: %s", names[i], fault)
			}
		}
	})
}
