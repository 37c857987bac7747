package cartogram

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// regions is a country of two regions: the west thick with places, the east thin,
// and an island far off in the south that belongs to the east.
func regions() (at []orb.Point, group []int) {
	add := func(x, y float64, g int) { at, group = append(at, orb.Point{x, -y}), append(group, g) }
	for y := range 20 {
		for x := range 20 {
			add(float64(x*5+y%3), float64(y*5+x%2), 0)
		}
	}
	for y := range 8 {
		for x := range 8 {
			add(101+float64(x)*12.5, float64(y)*12.5+float64(x%2), 1)
		}
	}
	add(150, 260, 1)
	return at, group
}

// pieces are the sizes of the parts of some faces that do not touch, the largest
// first.
func pieces(t *geo.Topology, of func(face int) bool) (out []int) {
	beside := t.Neighbours()
	seen := make([]bool, len(t.Faces))
	for f := range t.Faces {
		if seen[f] || !of(f) {
			continue
		}
		seen[f] = true
		part := []int{f}
		for k := 0; k < len(part); k++ {
			for _, n := range beside[part[k]] {
				if !seen[n.Face] && of(n.Face) {
					seen[n.Face] = true
					part = append(part, n.Face)
				}
			}
		}
		out = append(out, len(part))
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

func TestEveryPlaceHasAHexagonOfOneSize(t *testing.T) {
	at, group := regions()
	m := New(at, group)
	if faults := m.Check(); len(faults) > 0 || len(m.Faces) != len(at) {
		t.Fatalf("%d faces for %d places, %v", len(m.Faces), len(at), faults)
	}
	for f := range m.Faces {
		if got := m.Area(f); got != m.Area(0) || got <= 0 {
			t.Fatalf("place %d has the area %v, the first %v", f, got, m.Area(0))
		}
	}
}

func TestRegionsStayWholeAndAnIslandAlone(t *testing.T) {
	at, group := regions()
	m := New(at, group)
	for g, least := range []int{398, 58} {
		if got := pieces(m, func(f int) bool { return group[f] == g }); got[0] < least {
			t.Errorf("region %d is in pieces of %v", g, got)
		}
	}
	if n := m.Neighbours()[len(at)-1]; len(n) > 0 {
		t.Errorf("the island has neighbours: %v", n)
	}
}

func TestThereIsNoHole(t *testing.T) {
	at, group := regions()
	m := New(at, group)
	all := m.Dissolve(make([]int, len(at)), 1)
	for _, p := range all.Polygon(0) {
		if len(p) > 1 {
			t.Errorf("a piece of land has %d holes", len(p)-1)
		}
	}
}

func TestWhatLaySouthLiesSouth(t *testing.T) {
	at, group := regions()
	m := New(at, group).Labels()
	mean := func(d int, of func(i int) bool) (sum float64) {
		n := 0.0
		for i := range at {
			if of(i) {
				sum, n = sum+m[i][d], n+1
			}
		}
		return sum / n
	}
	if west, east := mean(0, func(i int) bool { return group[i] == 0 }), mean(0, func(i int) bool { return group[i] == 1 }); west >= east {
		t.Errorf("the west lies at %v, the east at %v", west, east)
	}
	if north, south := mean(1, func(i int) bool { return group[i] == 0 && at[i][1] > -30 }), mean(1, func(i int) bool { return group[i] == 0 && at[i][1] < -70 }); north <= south {
		t.Errorf("the north lies at %v, the south at %v", north, south)
	}
	for i := range m[:len(m)-1] {
		if m[i][1] <= m[len(m)-1][1] {
			t.Errorf("place %d lies below the island", i)
		}
	}
}

func TestTheThickRegionGrows(t *testing.T) {
	at, group := regions()
	for i := range at {
		at[i][1] = -at[i][1]
	}
	wide := func(points []orb.Point, g int) float64 {
		least, most := math.Inf(1), math.Inf(-1)
		for i, p := range points[:len(points)-1] {
			if group[i] == g {
				least, most = min(least, p[0]), max(most, p[0])
			}
		}
		return most - least
	}
	moved := spread(at)
	if got, was := wide(moved, 0)/wide(moved, 1), wide(at, 0)/wide(at, 1); got < 1.3*was {
		t.Errorf("west to east is %v, was %v", got, was)
	}
}

func TestTheSamePlacesGiveTheSameCells(t *testing.T) {
	at, group := regions()
	if !reflect.DeepEqual(New(at, group), New(at, group)) {
		t.Error("the second map differs from the first")
	}
}

func TestARegionShutInByOthersFindsRoom(t *testing.T) {
	var at []orb.Point
	var group []int
	for range 40 {
		at, group = append(at, orb.Point{10, 10}), append(group, 0)
	}
	for i := range 60 {
		at, group = append(at, orb.Point{10 + 4*math.Cos(float64(i)), 10 + 4*math.Sin(float64(i))}), append(group, 1)
	}
	seen := map[cell]bool{}
	for g, cells := range land(at, group) {
		if want := []int{40, 60}[g]; len(cells) != want {
			t.Errorf("region %d has %d cells, want %d", g, len(cells), want)
		}
		for _, c := range cells {
			if seen[c] {
				t.Errorf("two places lie at %v", c)
			}
			seen[c] = true
		}
	}
}
