package pack

import (
	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// What a pack may hold at most; more is damage. Italy has 8,000 Comuni, 50,000
// references to arcs and 100,000 points.
const (
	mostFaces  = 1 << 16
	mostRefs   = 1 << 20
	mostPoints = 1 << 22
	mostCell   = 1<<16 - 1
)

// DecodeGeometry reads a pack. The site never does; it is the proof that the
// format can be read.
func DecodeGeometry(data []byte) (Geometry, error) {
	order, d, err := open(data, kindGeometry)
	if err != nil {
		return Geometry{}, err
	}
	r := &geometryDecoder{decoder: d, models: newModels(), ending: map[cell][]int{}, t: &geo.Topology{}}
	var h [7]int
	for i := range h {
		h[i] = r.signed(r.header)
	}
	g := Geometry{Order: order, Grid: Grid{h[0], h[1], h[2], h[3], h[4]}, Of: h[5], Lines: r.t}
	n := h[6]
	if g.Of < 0 || g.Of > mostFaces || n < 0 || n > g.Of || g.Grid.Step <= 0 || g.Grid.W < 0 || g.Grid.W > mostCell || g.Grid.H < 0 || g.Grid.H > mostCell {
		return Geometry{}, errBroken
	}
	r.grid = g.Grid
	last := -1
	for range n {
		last += int(r.number(r.gap)) + 1
		if last >= g.Of {
			return Geometry{}, errBroken
		}
		g.Faces = append(g.Faces, last)
	}
	for range n {
		r.t.Faces = append(r.t.Faces, r.face())
		if r.err != nil {
			return Geometry{}, r.err
		}
	}
	return g, r.whole()
}

type geometryDecoder struct {
	*decoder
	*models
	grid   Grid
	t      *geo.Topology
	arcs   [][]cell
	open   []int
	ending map[cell][]int
	start  cell
	refs   int
	points int
	err    error
}

// sound reports whether it makes sense to read on.
func (r *geometryDecoder) sound() bool {
	switch {
	case r.err != nil:
	case r.beyond:
		r.err = errTruncated
	case r.refs > mostRefs || r.points > mostPoints:
		r.err = errBroken
	}
	return r.err == nil
}

// inside is c if it lies on the grid.
func (r *geometryDecoder) inside(c cell) cell {
	if c.x < 0 || c.y < 0 || c.x > r.grid.W || c.y > r.grid.H {
		r.err = errBroken
	}
	return c
}

func (r *geometryDecoder) face() geo.Face {
	var f geo.Face
	for left := int(r.number(r.polygons)); left >= 0 && r.sound(); left-- {
		var p geo.Polygon
		for k := int(r.number(r.rings)); k >= 0 && r.sound(); k-- {
			p = append(p, r.ring(min(len(p), 1)))
		}
		f.Polygons = append(f.Polygons, p)
	}
	return f
}

func (r *geometryDecoder) ring(hole int) geo.Ring {
	var out geo.Ring
	var begin, here cell
	known := r.bit(&r.known[hole])
	if known == 1 {
		n := r.taken(r.open, int(r.number(r.recent)))
		if n < 0 {
			return nil
		}
		out = append(out, geo.ArcRef(^n))
		begin, here = r.last(n), r.arcs[n][0]
	} else {
		x := r.signed(r.origin)
		r.start = r.inside(cell{r.start.x + x, r.start.y + r.signed(r.origin)})
		begin = r.start
		var ref geo.ArcRef
		ref, here = r.fresh(begin, begin, closing(0, 1))
		out = append(out, ref)
	}
	for r.sound() && !(here == begin && r.bit(&r.over[hole]) == 1) {
		there := r.ending[here]
		if len(there) > 0 && r.bit(&r.old[min(len(there), crowd)]) == 1 {
			k := 0
			if len(there) > 1 {
				k = int(r.number(r.choice))
			}
			n := r.taken(there, k)
			if n < 0 {
				return nil
			}
			out, here = append(out, geo.ArcRef(^n)), r.arcs[n][0]
			continue
		}
		var ref geo.ArcRef
		ref, here = r.fresh(here, begin, closing(known, 0))
		out = append(out, ref)
	}
	return out
}

func (r *geometryDecoder) last(n int) cell { return r.arcs[n][len(r.arcs[n])-1] }

// taken is the entry of list that k stand after, no longer open; -1 if there is
// none.
func (r *geometryDecoder) taken(list []int, k int) int {
	if k >= len(list) {
		r.err = errBroken
		return -1
	}
	n := list[len(list)-1-k]
	r.refs++
	end := r.last(n)
	r.open = without(r.open, n)
	r.ending[end] = without(r.ending[end], n)
	return n
}

// fresh reads a new arc that begins at from.
func (r *geometryDecoder) fresh(from, begin cell, context int) (geo.ArcRef, cell) {
	steps := int(r.number(r.length)) + 1
	last := r.bit(&r.close[context]) == 1
	cells := []cell{from}
	before := 0
	if last {
		steps--
	}
	for i := 0; i < steps && r.sound(); i++ {
		x := r.signed(r.dx[before])
		y := r.signed(r.dy[before*sizes+size(x, 0)])
		before = size(x, y)
		cells = append(cells, r.inside(cell{cells[i].x + x, cells[i].y + y}))
		r.points++
	}
	if last {
		cells = append(cells, begin)
	}
	r.refs++
	n, end := len(r.arcs), cells[len(cells)-1]
	r.arcs = append(r.arcs, cells)
	r.open = append(r.open, n)
	r.ending[end] = append(r.ending[end], n)
	line := make([]orb.Point, len(cells))
	for i, c := range cells {
		line[i] = r.grid.point(c)
	}
	r.t.Arcs = append(r.t.Arcs, line)
	return geo.ArcRef(n), end
}
