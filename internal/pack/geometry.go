package pack

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// Grid is where a pack's points lie: x = X0 + Step·gx, y = Y0 - Step·gy on the
// maps' plane; gy grows downwards, as on a screen.
type Grid struct {
	X0, Y0 int // metres, the upper left corner
	Step   int // decimetres
	W, H   int // the greatest gx and gy
}

const decimetres = 10 // in a metre

// NewGrid is the grid over b with cells of step decimetres.
func NewGrid(b orb.Bound, step int) Grid {
	g := Grid{X0: int(math.Floor(b.Min[0])), Y0: int(math.Ceil(b.Max[1])), Step: step}
	corner := g.cell(orb.Point{b.Max[0], b.Min[1]})
	g.W, g.H = corner.x, corner.y
	return g
}

type cell struct{ x, y int }

func (g Grid) cell(p orb.Point) cell {
	step := float64(g.Step) / decimetres
	return cell{int(math.Round((p[0] - float64(g.X0)) / step)), int(math.Round((float64(g.Y0) - p[1]) / step))}
}

func (g Grid) point(c cell) orb.Point {
	step := float64(g.Step) / decimetres
	return orb.Point{float64(g.X0) + float64(step*float64(c.x)), float64(g.Y0) - float64(step*float64(c.y))}
}

// Geometry is what a geometry pack holds.
type Geometry struct {
	Order Order
	Grid  Grid
	Of    int   // Comuni of the whole country
	Faces []int // by face of Lines: its place among the Comuni, ascending
	Lines *geo.Topology
}

// models are the contexts of a geometry pack; encoder and decoder learn alike.
type models struct {
	header, origin          signed
	gap, polygons, rings    *number
	length, recent, choice  *number
	known, over, old, close []bit
	dx, dy                  []signed
}

func newModels() *models {
	return &models{header: newSigned(), origin: newSigned(), gap: newNumber(), polygons: newNumber(), rings: newNumber(),
		length: newNumber(), recent: newNumber(), choice: newNumber(),
		known: newBits(2), over: newBits(2), old: newBits(crowd + 1), close: newBits(4),
		dx: newSigneds(sizes), dy: newSigneds(sizes * sizes)}
}

const (
	sizes = 8 // how many binary lengths of a step are told apart as a context
	crowd = 3 // how many open arcs at a cell are
)

// size is a step's length as a context.
func size(x, y int) int { return min(bits.Len32(uint32(max(x, -x, y, -y))), sizes-1) }

// closing is the context of whether an arc ends where its ring began: known is
// whether the ring began with an arc of another face, first whether this is its
// first arc.
func closing(known, first int) int { return known<<1 | first }

// EncodeGeometry writes a pack. Points that fall into one cell with the one
// before are left out.
func EncodeGeometry(g Geometry) ([]byte, error) {
	e := &geometryEncoder{encoder: newEncoder(head(kindGeometry, g.Order)), models: newModels(), grid: g.Grid, lines: g.Lines,
		numbered: map[int]int{}, ending: map[cell][]int{}}
	for _, v := range []int{g.Grid.X0, g.Grid.Y0, g.Grid.Step, g.Grid.W, g.Grid.H, g.Of, len(g.Faces)} {
		e.signed(e.header, v)
	}
	last := -1
	for _, f := range g.Faces {
		if f <= last || f >= g.Of {
			return nil, fmt.Errorf("face %d after %d of %d: faces stand in ascending order", f, last, g.Of)
		}
		e.number(e.gap, uint32(f-last-1))
		last = f
	}
	if len(g.Faces) != len(g.Lines.Faces) {
		return nil, fmt.Errorf("%d faces are named, there are %d", len(g.Faces), len(g.Lines.Faces))
	}
	for _, f := range g.Lines.Faces {
		e.face(f)
	}
	return e.finish(), nil
}

type geometryEncoder struct {
	*encoder
	*models
	grid     Grid
	lines    *geo.Topology
	numbered map[int]int    // arc of lines → its number in the pack
	ends     []cell         // by number
	open     []int          // numbers of arcs used once, in order
	ending   map[cell][]int // open arcs by where they end
	start    cell           // of the last ring that began with a new arc
}

func (e *geometryEncoder) face(f geo.Face) {
	e.number(e.polygons, uint32(len(f.Polygons)-1))
	for _, p := range f.Polygons {
		e.number(e.rings, uint32(len(p)-1))
		for k, r := range p {
			e.ring(r, min(k, 1))
		}
	}
}

// cells are the points of a reference in its direction, on the grid.
func (e *geometryEncoder) cells(r geo.ArcRef) []cell {
	arc := e.lines.Arcs[r.Arc()]
	n := len(arc)
	out := make([]cell, 0, n)
	for i := range arc {
		k := i
		if r < 0 {
			k = n - 1 - i
		}
		c := e.grid.cell(arc[k])
		if i > 0 && i < n-1 && c == out[len(out)-1] {
			continue
		}
		out = append(out, c)
	}
	return out
}

// begin turns a ring so that the arc that another face used last comes first;
// it reports whether there is one.
func (e *geometryEncoder) begin(r geo.Ring) (geo.Ring, int) {
	best, at, known := -1, 0, 0
	for i, ref := range r {
		if n, ok := e.numbered[ref.Arc()]; ok && n > best {
			best, at, known = n, i, 1
		}
	}
	return append(append(geo.Ring{}, r[at:]...), r[:at]...), known
}

func (e *geometryEncoder) ring(r geo.Ring, hole int) {
	r, known := e.begin(r)
	first := e.cells(r[0])
	begin, here := first[0], first[len(first)-1]
	e.bit(&e.known[hole], known)
	if known == 1 {
		n := e.numbered[r[0].Arc()]
		e.number(e.recent, uint32(fromEnd(e.open, n)))
		e.use(n)
	} else {
		e.signed(e.origin, begin.x-e.start.x)
		e.signed(e.origin, begin.y-e.start.y)
		e.start = begin
		e.fresh(r[0], first, closing(0, 1), len(r) == 1)
	}
	for i, ref := range r[1:] {
		if here == begin {
			e.bit(&e.over[hole], 0)
		}
		here = e.onward(ref, here, known, i == len(r)-2)
	}
	e.bit(&e.over[hole], 1)
}

// onward writes the next arc of a ring and returns where it ends.
func (e *geometryEncoder) onward(ref geo.ArcRef, here cell, known int, last bool) cell {
	n, used := e.numbered[ref.Arc()]
	there := e.ending[here]
	if len(there) > 0 {
		e.bit(&e.old[min(len(there), crowd)], one(used))
	}
	cells := e.cells(ref)
	if !used {
		e.fresh(ref, cells, closing(known, 0), last)
	} else {
		if len(there) > 1 {
			e.number(e.choice, uint32(fromEnd(there, n)))
		}
		e.use(n)
	}
	return cells[len(cells)-1]
}

// fresh writes an arc that no face has used yet.
func (e *geometryEncoder) fresh(ref geo.ArcRef, cells []cell, context int, last bool) {
	e.number(e.length, uint32(len(cells)-2))
	e.bit(&e.close[context], one(last))
	steps := len(cells) - 1
	if last {
		steps--
	}
	before := 0
	for i := range steps {
		x, y := cells[i+1].x-cells[i].x, cells[i+1].y-cells[i].y
		e.signed(e.dx[before], x)
		e.signed(e.dy[before*sizes+size(x, 0)], y)
		before = size(x, y)
	}
	n, end := len(e.ends), cells[len(cells)-1]
	e.numbered[ref.Arc()] = n
	e.ends = append(e.ends, end)
	e.open = append(e.open, n)
	e.ending[end] = append(e.ending[end], n)
}

// use closes an open arc: no third face can need it.
func (e *geometryEncoder) use(n int) {
	e.open = without(e.open, n)
	e.ending[e.ends[n]] = without(e.ending[e.ends[n]], n)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// fromEnd is how many entries of list stand after n.
func fromEnd(list []int, n int) int {
	i := len(list) - 1
	for list[i] != n {
		i--
	}
	return len(list) - 1 - i
}

func without(list []int, n int) []int {
	i := len(list) - 1 - fromEnd(list, n)
	return append(list[:i], list[i+1:]...)
}
