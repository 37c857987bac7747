package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestLabelsLieWhereThereIsRoom(t *testing.T) {
	for _, c := range []struct {
		name, picture string
		want          orb.Point
		within        float64
	}{
		{"a square", "AAAA\nAAAA\nAAAA\nAAAA", orb.Point{2, 2}, 0.2},
		{"a crescent", "AAAAAA\nA.....\nA.....\nAAA...\nAAA...\nAAA...", orb.Point{1.5, 1.5}, 0.2},
		{"around a hole", "AAAAAAA\nABAAAAA\nAAAAAAA\nAAAAAAA", orb.Point{4.9, 2}, 0.5},
		{"the larger of two", "A.AAA\n..AAA\n..AAA", orb.Point{3.5, 1.5}, 0.2},
	} {
		t.Run(c.name, func(t *testing.T) {
			topo, _ := draw(t, c.picture)
			got := LabelPoint(topo.Polygon(0))
			if math.Hypot(got[0]-c.want[0], got[1]-c.want[1]) > c.within {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestLabelsOfThinShapesLieInside(t *testing.T) {
	for _, c := range []struct {
		name string
		ring orb.Ring
	}{
		{"a needle", orb.Ring{{0, 0}, {1e6, 1e6}, {1e6, 1e6 + 1}, {0, 0}}},
		{"a flat needle", orb.Ring{{0, 0}, {1e6, 0.5}, {0, 1}, {0, 0}}},
		{"a bow", orb.Ring{{0, 0}, {100, 0}, {100, 100}, {99.9, 0.1}, {0, 0}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := LabelPoint(orb.MultiPolygon{{c.ring}}); locate(got, c.ring) != inside {
				t.Errorf("%v is not inside", got)
			}
		})
	}
	if got := LabelPoint(nil); got != (orb.Point{}) {
		t.Errorf("nothing has its label at %v", got)
	}
	if got := LabelPoint(orb.MultiPolygon{{{{1, 2}, {3, 2}, {1, 2}}}}); got != (orb.Point{1, 2}) {
		t.Errorf("a line has its label at %v", got)
	}
}
