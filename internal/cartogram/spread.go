package cartogram

import (
	"math"

	"github.com/paulmach/orb"
)

// How points are pushed apart. They lie on a lattice of squares, so many along the
// longer side for the root of how many points there are (40 for Italy, a dozen
// Comuni to a square of land), with free squares around, so that they can spread
// to the sea. So often is each square smoothed into its neighbours, so strongly.
const (
	fine   = 0.45
	around = 12
	rounds = 300
	flow   = 0.24
)

// loose is how much looser than one to a cell the points are set: they do not lie
// evenly, and where they stay thicker there must be cells enough within reach.
const loose = 1.06

// lattice is how thick the points lie, square by square; what moves are its
// corners, and the points with them.
type lattice struct {
	w, h        int
	dense, next []float64
	x, y        []float64 // where each corner came to lie
}

// spread pushes points from where they are many to where they are few, as heat
// flows: the sea counts as thick as the land is on average.
func spread(at []orb.Point) []orb.Point {
	b := orb.MultiPoint(at).Bound()
	side := math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) / (fine * math.Sqrt(float64(len(at))))
	if side == 0 {
		side = 1
	}
	squares := func(d int) int { return int(math.Ceil((b.Max[d]-b.Min[d])/side)) + 2*around }
	l := newLattice(squares(0), squares(1))
	out := make([]orb.Point, len(at))
	for i, p := range at {
		out[i] = orb.Point{(p[0]-b.Min[0])/side + around, (p[1]-b.Min[1])/side + around}
		l.dense[int(out[i][1])*l.w+int(out[i][0])]++
	}
	mean := l.fill(len(at))
	for range rounds {
		l.smooth()
		l.move()
	}
	scale := math.Sqrt(mean * loose) // so that a point has the room of one
	for i, p := range out {
		out[i] = orb.Point{l.mix(l.x, p) * scale, l.mix(l.y, p) * scale}
	}
	return out
}

func newLattice(w, h int) *lattice {
	l := &lattice{w: w, h: h, dense: make([]float64, w*h), next: make([]float64, w*h), x: make([]float64, w*h), y: make([]float64, w*h)}
	for i := range l.x {
		l.x[i], l.y[i] = float64(i%w), float64(i/w)
	}
	return l
}

// fill gives the squares without a point the mean of those with some, of n in all.
func (l *lattice) fill(n int) (mean float64) {
	land := 0
	for _, d := range l.dense {
		if d > 0 {
			land++
		}
	}
	mean = float64(n) / float64(land)
	for i, d := range l.dense {
		if d == 0 {
			l.dense[i] = mean
		}
	}
	return mean
}

// smooth lets every square flow into those beside it; the edge follows the square
// within.
func (l *lattice) smooth() {
	w, d, to := l.w, l.dense, l.next
	for y := 1; y < l.h-1; y++ {
		for i := y*w + 1; i < y*w+w-1; i++ {
			to[i] = d[i] + float64(flow*(d[i-1]+d[i+1]+d[i-w]+d[i+w]-4*d[i]))
		}
	}
	last := (l.h - 1) * w
	for x := range w {
		to[x], to[last+x] = to[w+x], to[last-w+x]
	}
	for y := range l.h {
		to[y*w], to[y*w+w-1] = to[y*w+1], to[y*w+w-2]
	}
	l.dense, l.next = to, d
}

// move takes every corner down the slope where it lies.
func (l *lattice) move() {
	for c := range l.x {
		x := min(max(l.x[c]-0.5, 1), float64(l.w-3))
		y := min(max(l.y[c]-0.5, 1), float64(l.h-3))
		i := int(y)*l.w + int(x)
		u, v := x-math.Trunc(x), y-math.Trunc(y)
		a, b, d, e := l.dense[i], l.dense[i+1], l.dense[i+l.w], l.dense[i+l.w+1]
		here := between(between(a, b, u), between(d, e, u), v)
		l.x[c] -= float64(flow*between(b-a, e-d, v)) / here
		l.y[c] -= float64(flow*between(d-a, e-b, u)) / here
	}
}

// mix is a field of the corners at a point of the lattice as it was.
func (l *lattice) mix(field []float64, p orb.Point) float64 {
	i := int(p[1])*l.w + int(p[0])
	u, v := p[0]-math.Trunc(p[0]), p[1]-math.Trunc(p[1])
	return between(between(field[i], field[i+1], u), between(field[i+l.w], field[i+l.w+1], u), v)
}

// between is the value at part of the way from a to b.
func between(a, b, part float64) float64 { return float64(a*(1-part)) + float64(b*part) }
