package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestCheckFindsWhatIsWrong(t *testing.T) {
	square := func(x, y, side float64) []orb.Point {
		return []orb.Point{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
	}
	one := func(r ...ArcRef) Face { return Face{[]Polygon{{Ring(r)}}} }
	for _, c := range []struct {
		name string
		in   Topology
		want string
	}{
		{"nothing", Topology{[][]orb.Point{square(0, 0, 1)}, []Face{one(0)}}, ""},
		{"a face without area", Topology{[][]orb.Point{square(0, 0, 1)}, []Face{one(0), {}}}, "no area: faces 1 and -1 at 0 0"},
		{"an open ring", Topology{[][]orb.Point{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, []Face{one(0)}}, "ring not closed: faces 0 and -1 at 0 0"},
		{"an arc that is not there", Topology{[][]orb.Point{square(0, 0, 1)}, []Face{one(7)}}, "ring not closed: faces 0 and -1 at 0 0"},
		{"a ring of two points", Topology{[][]orb.Point{{{0, 0}, {1, 0}, {0, 0}}}, []Face{one(0)}}, "ring of fewer than three points: faces 0 and -1 at 0 0"},
		{"an inverted ring", Topology{[][]orb.Point{square(0, 0, 1)}, []Face{one(^0)}}, "ring inverted: faces 0 and -1 at 0 0"},
		{"an arc used twice", Topology{[][]orb.Point{square(0, 0, 1)}, []Face{one(0), one(0)}}, "overlap: faces 0 and 1 at 0 0"},
		{"an arc not used", Topology{[][]orb.Point{square(0, 0, 1), square(2, 0, 1)}, []Face{one(0)}}, "unused line: faces -1 and -1 at 2 0"},
		{"lines that cross", Topology{[][]orb.Point{square(0, 0, 2), square(1, 1, 2)}, []Face{one(0), one(1)}}, "lines cross: faces 0 and 1 at 1 1"},
		{"a corner on a line", Topology{[][]orb.Point{square(0, 0, 3), square(3, 1, 1)}, []Face{one(0), one(1)}}, "lines cross: faces 0 and 1 at 3 1"},
		{"a ring that crosses itself", Topology{[][]orb.Point{{{0, 0}, {3, 0}, {1, 2}, {1, -1}, {0, 0}}}, []Face{one(0)}}, "lines cross: faces 0 and 0 at 1 2"},
		{"an island on land", Topology{[][]orb.Point{square(0, 0, 3), square(1, 1, 1)}, []Face{one(0), one(1)}}, "piece out of place: faces 0 and -1 at 1 1"},
		{"an enclave outside", Topology{[][]orb.Point{square(0, 0, 3), square(5, 1, 1)}, []Face{{[]Polygon{{{0}, {^1}}}}, one(1)}}, "piece out of place: faces 0 and -1 at 5 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if faults := c.in.Check(); len(faults) > 0 {
				got = faults[0].String()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Two arcs between the same nodes that have changed sides: each ring by itself
// is well formed, and no lines cross.
//
//	 ___1___          ___2___
//	/  ___  \        /  ___  \      the gap between A (above) and B (below)
//	| / 2 \ |   →    | / 1 \ |      has become an overlap
func TestCheckFindsAGapTurnedInsideOut(t *testing.T) {
	node, other := orb.Point{0, 0}, orb.Point{4, 0}
	high, low := []orb.Point{node, {2, 1}, other}, []orb.Point{node, {2, -1}, other}
	top, bottom := []orb.Point{other, {2, 3}, node}, []orb.Point{node, {2, -3}, other}
	faces := []Face{{[]Polygon{{{0, 2}}}}, {[]Polygon{{{3, ^1}}}}}
	good := Topology{[][]orb.Point{high, low, top, bottom}, faces}
	if faults := good.Check(); len(faults) > 0 {
		t.Errorf("the gap is %v, want no fault", faults)
	}
	bad := Topology{[][]orb.Point{low, high, top, bottom}, faces}
	if faults := bad.Check(); len(faults) != 1 || faults[0].Kind != Inverted {
		t.Errorf("the overlap is %v, want one ring inverted", faults)
	}
}

func TestPredicatesAreExact(t *testing.T) {
	a, b := orb.Point{0.1, 0.1}, orb.Point{1234567.7, 1234567.7}
	on := orb.Point{654321.3, 654321.3}
	if got := orient(a, b, on); got != 0 {
		t.Errorf("a point on the diagonal is at %d, want 0", got)
	}
	above := orb.Point{654321.3, math.Nextafter(654321.3, math.Inf(1))}
	if got := orient(a, b, above); got != 1 {
		t.Errorf("a point a hair above is at %d, want 1", got)
	}
	for _, c := range []struct {
		name       string
		a, b, c, d orb.Point
		want       bool
	}{
		{"an X", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{0, 2}, orb.Point{2, 0}, true},
		{"a T", orb.Point{0, 0}, orb.Point{2, 0}, orb.Point{1, 0}, orb.Point{1, 2}, true},
		{"a V", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{0, 0}, orb.Point{2, 1}, false},
		{"one on the other", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{0, 0}, orb.Point{1, 1}, true},
		{"end to end", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{1, 1}, orb.Point{2, 2}, false},
		{"there and back", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{1, 1}, orb.Point{0, 0}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cross(c.a, c.b, c.c, c.d); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
