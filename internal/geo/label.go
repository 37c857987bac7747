package geo

import (
	"container/heap"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// labelPrecision is how near, as a part of the polygon's smaller side, the label
// point comes to the best one.
const labelPrecision = 0.02

// labelSquares bounds the number of squares the search begins with, for shapes
// that are much longer than wide.
const labelSquares = 64

// labelSteps bounds the search in a needle, where no square is as good as the
// precision asks for; a Comune takes a hundred.
const labelSteps = 2000

// LabelPoint is a point inside the largest polygon of m and as far as possible
// from its border (the pole of inaccessibility, to labelPrecision): where a
// label or a dot stands best. It lies in no hole and not in the bay of a
// crescent, where a centroid may. A shape without area gives its first point.
//
// The search cuts squares in four, the most promising first, as V. Agafonkin
// described for polylabel (2016).
func LabelPoint(m orb.MultiPolygon) orb.Point {
	p := largest(m)
	if len(p) == 0 || len(p[0]) == 0 {
		return orb.Point{}
	}
	b := p[0].Bound()
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if !(min(w, h) > 0) {
		return p[0][0]
	}
	best := newSquare(scanPoint(p, b), 0, p)
	var queue squares
	half := max(min(w, h)/2, max(w, h)/labelSquares)
	for x := b.Min[0] + half; x < b.Max[0]+half; x += 2 * half {
		for y := b.Min[1] + half; y < b.Max[1]+half; y += 2 * half {
			queue = append(queue, newSquare(orb.Point{x, y}, half, p))
		}
	}
	heap.Init(&queue)
	for range labelSteps {
		if len(queue) == 0 {
			break
		}
		s := heap.Pop(&queue).(square)
		if s.distance > best.distance {
			best = s
		}
		if s.reach-best.distance <= labelPrecision*min(w, h) {
			continue
		}
		half := s.half / 2
		for _, d := range [...]orb.Point{{-half, -half}, {half, -half}, {-half, half}, {half, half}} {
			heap.Push(&queue, newSquare(orb.Point{s.at[0] + d[0], s.at[1] + d[1]}, half, p))
		}
	}
	return best.at
}

// Labels is the [LabelPoint] of every face.
func (t *Topology) Labels() []orb.Point {
	out := make([]orb.Point, len(t.Faces))
	parallel(len(out), func(i int) { out[i] = LabelPoint(t.Polygon(i)) })
	return out
}

// largest is the polygon of m whose outer ring encloses most.
func largest(m orb.MultiPolygon) orb.Polygon {
	var best orb.Polygon
	area := -1.0
	for _, p := range m {
		if len(p) == 0 {
			continue
		}
		if a := math.Abs(signedArea(p[0])); a > area {
			best, area = p, a
		}
	}
	return best
}

// scanPoint is the middle of the widest stretch inside p at half its height: a
// first guess that is inside, however thin the polygon is.
func scanPoint(p orb.Polygon, b orb.Bound) orb.Point {
	y := (b.Min[1] + b.Max[1]) / 2
	var xs []float64
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			a, c := r[i-1], r[i]
			if (a[1] <= y) != (c[1] <= y) {
				xs = append(xs, a[0]+(y-a[1])/(c[1]-a[1])*(c[0]-a[0]))
			}
		}
	}
	slices.Sort(xs)
	best, width := p[0][0], 0.0
	for i := 1; i < len(xs); i += 2 {
		if d := xs[i] - xs[i-1]; d > width {
			best, width = orb.Point{(xs[i] + xs[i-1]) / 2, y}, d
		}
	}
	return best
}

// square is a part of the search space.
type square struct {
	at       orb.Point // its middle
	half     float64   // half its side
	distance float64   // from the middle to the border, negative outside
	reach    float64   // the greatest distance anywhere in it
}

func newSquare(at orb.Point, half float64, p orb.Polygon) square {
	d := borderDistance(at, p)
	return square{at, half, d, d + half*math.Sqrt2}
}

// squares is a heap, the farthest reach first.
type squares []square

func (s squares) Len() int           { return len(s) }
func (s squares) Less(i, j int) bool { return s[i].reach > s[j].reach }
func (s squares) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *squares) Push(x any)        { *s = append(*s, x.(square)) }
func (s *squares) Pop() any {
	last := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return last
}

// borderDistance is the distance from q to the border of p, negative outside.
func borderDistance(q orb.Point, p orb.Polygon) float64 {
	in := false
	least := math.Inf(1)
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if (a[1] > q[1]) != (b[1] > q[1]) && q[0] < a[0]+(q[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
				in = !in
			}
			least = min(least, segmentDistance2(q, a, b))
		}
	}
	if d := math.Sqrt(least); in {
		return d
	}
	return -math.Sqrt(least)
}

// segmentDistance2 is the square of the distance from q to the segment ab.
func segmentDistance2(q, a, b orb.Point) float64 {
	x, y, dx, dy := q[0]-a[0], q[1]-a[1], b[0]-a[0], b[1]-a[1]
	if length2 := dx*dx + dy*dy; length2 > 0 {
		s := min(max((x*dx+y*dy)/length2, 0), 1)
		x, y = x-s*dx, y-s*dy
	}
	return x*x + y*y
}
