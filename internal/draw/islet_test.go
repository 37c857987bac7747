package draw

import (
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// An island that falls between the points of the grid is a dot, once it is large
// enough to be looked for; a rock is not, and neither is drawn twice.
func TestAnIslandThatTheGridLosesIsADot(t *testing.T) {
	square := func(x, y, side float64) orb.Polygon {
		return orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}
	}
	land := square(0, 0, 80)
	for _, c := range []struct {
		name   string
		shape  orb.MultiPolygon
		pieces int // closed rings in the path
	}{
		{"land alone", orb.MultiPolygon{land}, 1},
		{"an island of most of a cell", orb.MultiPolygon{land, square(89.7, 50.7, .6)}, 2},
		{"a rock", orb.MultiPolygon{land, square(89.9, 50.9, .2)}, 1},
		{"an island that the grid keeps", orb.MultiPolygon{land, square(89, 50, 3)}, 2},
		{"a place of two islands, too small to be seen", orb.MultiPolygon{square(89.7, 50.7, .6), square(92.7, 50.7, .6)}, 1},
	} {
		f := NewFrame(orb.Bound{Max: orb.Point{100, 100}}, 100, 0)
		m := NewMesh(f, []orb.MultiPolygon{c.shape})
		for how, svg := range map[string]string{
			"with links": string(HTML(Areas{Mesh: m, Areas: []Area{{Class: C3}}})),
			"whole":      string(HTML(National{Mesh: m, Class: []Class{C3}})),
		} {
			n := 0
			for part := range strings.SplitSeq(svg, `<path class="c3`) {
				if d, _, ok := strings.Cut(part, `"/>`); ok && strings.Contains(d, ` d="`) && !strings.Contains(d, "<svg") {
					n += strings.Count(d, "z")
				}
			}
			if n != c.pieces {
				t.Errorf("%s, %s: %d pieces, want %d: %s", c.name, how, n, c.pieces, svg)
			}
		}
	}
}
