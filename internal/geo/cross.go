package geo

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// segment is one step of an arc: from point at to point at+1 of arcs[arc].
type segment struct {
	a, b    orb.Point
	arc, at int32
}

// segments of all arcs, in order.
func (t *Topology) segments() []segment {
	out := make([]segment, 0, t.Points())
	for i, arc := range t.Arcs {
		for k := 1; k < len(arc); k++ {
			out = append(out, segment{arc[k-1], arc[k], int32(i), int32(k - 1)})
		}
	}
	return out
}

// crossing is a pair of segments, by number, the lower first.
type crossing [2]int32

// crossings finds every pair of segments that have a point in common which is
// not an end of both, in order. Segments are sorted into the cells of a grid
// and compared within each cell.
func crossings(segs []segment) []crossing {
	if len(segs) < 2 {
		return nil
	}
	g := newGrid(segs)
	workers := max(1, min(runtime.GOMAXPROCS(0), g.cells()/workerCells))
	found := make([][]crossing, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for cell := g.cells() * w / workers; cell < g.cells()*(w+1)/workers; cell++ {
				found[w] = g.compare(segs, cell, found[w])
			}
		})
	}
	wg.Wait()
	out := slices.Concat(found...)
	slices.SortFunc(out, func(a, b crossing) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	return out
}

// workerCells is the number of cells that are worth a goroutine.
const workerCells = 4096

// grid sorts segments into square cells by the boxes around them.
type grid struct {
	min        orb.Point
	size       float64 // side of a cell
	cols, rows int
	first      []int32 // cell → where its segments start in items
	items      []int32 // segment numbers
}

// newGrid makes about as many cells as there are segments, and never cells much
// smaller than the average segment.
func newGrid(segs []segment) *grid {
	b := orb.Bound{Min: segs[0].a, Max: segs[0].a}
	reach := 0.0
	for _, s := range segs {
		b = b.Extend(s.a).Extend(s.b)
		reach += math.Abs(s.b[0]-s.a[0]) + math.Abs(s.b[1]-s.a[1])
	}
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	n := float64(len(segs))
	size := max(math.Sqrt(w*h/n), (w+h)/n, reach/n)
	if !(size > 0) || math.IsInf(size, 0) {
		size = math.MaxFloat64
	}
	g := &grid{min: b.Min, size: size, cols: int(w/size) + 1, rows: int(h/size) + 1}
	g.first = make([]int32, g.cells()+1)
	for _, s := range segs {
		g.each(s, func(cell int) { g.first[cell+1]++ })
	}
	for i := 1; i < len(g.first); i++ {
		g.first[i] += g.first[i-1]
	}
	g.items = make([]int32, g.first[len(g.first)-1])
	next := slices.Clone(g.first)
	for i, s := range segs {
		g.each(s, func(cell int) {
			g.items[next[cell]] = int32(i)
			next[cell]++
		})
	}
	return g
}

func (g *grid) cells() int { return g.cols * g.rows }

func (g *grid) col(x float64) int { return min(int((x-g.min[0])/g.size), g.cols-1) }
func (g *grid) row(y float64) int { return min(int((y-g.min[1])/g.size), g.rows-1) }

func (g *grid) each(s segment, visit func(cell int)) {
	left, right := g.col(min(s.a[0], s.b[0])), g.col(max(s.a[0], s.b[0]))
	for row := g.row(min(s.a[1], s.b[1])); row <= g.row(max(s.a[1], s.b[1])); row++ {
		for col := left; col <= right; col++ {
			visit(row*g.cols + col)
		}
	}
}

// compare appends the crossings of a cell to out. A pair that shares more cells
// than one is looked at where the common part of their boxes begins.
func (g *grid) compare(segs []segment, cell int, out []crossing) []crossing {
	items := g.items[g.first[cell]:g.first[cell+1]]
	for i, m := range items {
		a := &segs[m]
		ax0, ax1 := min(a.a[0], a.b[0]), max(a.a[0], a.b[0])
		ay0, ay1 := min(a.a[1], a.b[1]), max(a.a[1], a.b[1])
		for _, n := range items[i+1:] {
			b := &segs[n]
			x0, x1 := max(ax0, min(b.a[0], b.b[0])), min(ax1, max(b.a[0], b.b[0]))
			y0, y1 := max(ay0, min(b.a[1], b.b[1])), min(ay1, max(b.a[1], b.b[1]))
			if x0 > x1 || y0 > y1 || g.row(y0)*g.cols+g.col(x0) != cell {
				continue
			}
			if cross(a.a, a.b, b.a, b.b) {
				out = append(out, crossing{m, n})
			}
		}
	}
	return out
}
