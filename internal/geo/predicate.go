package geo

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// orientError bounds the rounding error of the determinant in [orient],
// relative to the size of its two products: (3 + 16ε)ε with ε = 2⁻⁵³
// (Shewchuk 1997, ccwerrboundA).
const orientError = 3.3306690738754716e-16

// orient is 1 where a, b, c turn left, -1 where they turn right and 0 where
// they lie on a line; exact for finite coordinates.
func orient(a, b, c orb.Point) int {
	l := float64((b[0] - a[0]) * (c[1] - a[1]))
	r := float64((b[1] - a[1]) * (c[0] - a[0]))
	det, bound := l-r, orientError*(math.Abs(l)+math.Abs(r))
	switch {
	case det > bound:
		return 1
	case det < -bound:
		return -1
	case l == 0 && r == 0:
		if (b[0] == a[0] || c[1] == a[1]) && (b[1] == a[1] || c[0] == a[0]) {
			return 0
		}
	}
	return orientExact(a, b, c)
}

// orientExact settles the few cases that rounding leaves open.
func orientExact(a, b, c orb.Point) int {
	var v [6]*big.Rat
	for i, f := range []float64{a[0], a[1], b[0], b[1], c[0], c[1]} {
		if v[i] = new(big.Rat).SetFloat64(f); v[i] == nil {
			return 0
		}
	}
	sub := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }
	l := sub(v[2], v[0])
	l.Mul(l, sub(v[5], v[1]))
	r := sub(v[3], v[1])
	r.Mul(r, sub(v[4], v[0]))
	return l.Cmp(r)
}

// cross says whether the segments ab and cd have a point in common that is not
// an end of both. The caller has seen that their boxes overlap.
func cross(a, b, c, d orb.Point) bool {
	switch {
	case a == c:
		return ahead(a, b, d)
	case a == d:
		return ahead(a, b, c)
	case b == c:
		return ahead(b, a, d)
	case b == d:
		return ahead(b, a, c)
	}
	return orient(a, b, c)*orient(a, b, d) <= 0 && orient(c, d, a)*orient(c, d, b) <= 0
}

// ahead says whether p and q lie in the same direction from o.
func ahead(o, p, q orb.Point) bool {
	if orient(o, p, q) != 0 {
		return false
	}
	return float64((p[0]-o[0])*(q[0]-o[0]))+float64((p[1]-o[1])*(q[1]-o[1])) > 0
}

// side is where a point lies as seen from a ring.
type side int

const (
	outside side = iota - 1
	onBorder
	inside
)

// locate says on which side of the ring p lies; exact. The ring is closed.
func locate(p orb.Point, ring []orb.Point) side {
	in := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if a[1] > b[1] {
			a, b = b, a
		}
		if p[1] < a[1] || p[1] > b[1] {
			continue
		}
		o := orient(a, b, p)
		if o == 0 && min(a[0], b[0]) <= p[0] && p[0] <= max(a[0], b[0]) {
			return onBorder
		}
		if o > 0 && a[1] <= p[1] && p[1] < b[1] {
			in = !in
		}
	}
	if in {
		return inside
	}
	return outside
}

// ringWithin says whether ring a lies in ring b; they may touch, not cross. Both
// are closed.
func ringWithin(a, b orb.Ring) bool {
	for _, p := range a {
		if s := locate(p, b); s != onBorder {
			return s == inside
		}
	}
	for i := 1; i < len(a); i++ {
		mid := orb.Point{(a[i-1][0] + a[i][0]) / 2, (a[i-1][1] + a[i][1]) / 2}
		if s := locate(mid, b); s != onBorder {
			return s == inside
		}
	}
	return false
}
