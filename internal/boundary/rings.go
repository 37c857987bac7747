package boundary

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// group makes polygons of the rings of a shapefile record, which come in any
// order: a ring that lies in an odd number of others is a hole of the smallest
// of them, every other one is an outer ring. ESRI wants outer rings clockwise;
// what contains what decides, because software has not always kept to it.
func group(rings []orb.Ring) orb.MultiPolygon {
	all := make([]sizedRing, 0, len(rings))
	for _, r := range rings {
		if r = closed(r); len(r) > 0 {
			all = append(all, sizedRing{ring: r, bound: r.Bound(), area: area(r)})
		}
	}
	if len(all) == 1 {
		return orb.MultiPolygon{{turned(all[0].ring, true)}}
	}
	bySize := make([]int, len(all)) // the largest first: what surrounds a ring comes before it
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortStableFunc(bySize, func(i, j int) int {
		return cmp.Compare(math.Abs(all[j].area), math.Abs(all[i].area))
	})
	for k, i := range bySize {
		all[i].parent = -1
		for _, j := range slices.Backward(bySize[:k]) {
			if all[j].contains(all[i]) {
				all[i].parent, all[i].depth = j, all[j].depth+1
				break
			}
		}
	}
	polygon := make([]int, len(all)) // ring → polygon, for outer rings
	var out orb.MultiPolygon
	for i, r := range all {
		if r.depth%2 == 0 {
			polygon[i] = len(out)
			out = append(out, orb.Polygon{turned(r.ring, true)})
		}
	}
	for _, r := range all {
		if r.depth%2 == 1 {
			p := polygon[r.parent]
			out[p] = append(out[p], turned(r.ring, false))
		}
	}
	return out
}

type sizedRing struct {
	ring   orb.Ring
	bound  orb.Bound
	area   float64 // positive when anticlockwise
	parent int     // the smallest ring around it, -1 for none
	depth  int     // number of rings around it
}

// contains says whether r surrounds s. Rings may touch in points, so the first
// vertex of s that is not on r decides; a ring that has all its vertices on r
// is decided by the middle of its first side.
func (r sizedRing) contains(s sizedRing) bool {
	if len(s.ring) < 2 || !r.bound.Contains(s.bound.Min) || !r.bound.Contains(s.bound.Max) {
		return false
	}
	for _, p := range s.ring {
		if in, on := within(p, r.ring); !on {
			return in
		}
	}
	in, _ := within(orb.Point{(s.ring[0][0] + s.ring[1][0]) / 2, (s.ring[0][1] + s.ring[1][1]) / 2}, r.ring)
	return in
}

// within says whether p is in the closed ring, or on it.
func within(p orb.Point, ring orb.Ring) (in, on bool) {
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if a == p || b == p {
			return false, true
		}
		if (a[1] > p[1]) != (b[1] > p[1]) {
			switch x := a[0] + (p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]); {
			case x == p[0]:
				return false, true
			case x > p[0]:
				in = !in
			}
		}
	}
	return in, false
}

// closed repeats the first point at the end where the file does not.
func closed(r orb.Ring) orb.Ring {
	if len(r) > 0 && r[0] != r[len(r)-1] {
		return append(slices.Clone(r), r[0])
	}
	return r
}

// area is positive for an anticlockwise ring; coordinates count from the first
// point, so that big ones cost no digits.
func area(r orb.Ring) float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		sum += (a[0]-r[0][0])*(b[1]-r[0][1]) - (b[0]-r[0][0])*(a[1]-r[0][1])
	}
	return sum / 2
}

// turned is the ring anticlockwise, or clockwise for a hole.
func turned(r orb.Ring, outer bool) orb.Ring {
	if (area(r) > 0) == outer {
		return r
	}
	out := slices.Clone(r)
	slices.Reverse(out)
	return out
}
