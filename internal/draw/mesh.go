package draw

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// Mesh is areas on the grid of a frame, with the borders between them. It does
// not depend on values: one Mesh serves all maps of the same areas and size.
type Mesh struct {
	frame Frame
	areas []cell
	uses  []use // sorted by edge, then by area
}

// cell is an area on the grid.
type cell struct {
	rings  [][]pt
	speck  bool // too small to be seen: a square at at stands for it
	at     pt
	islets []pt // parts that are lost on the grid and still show as a dot
}

// use is one area's use of an edge between two grid points.
type use struct {
	a, b    pt // in canonical order
	area    int32
	forward bool // the area's ring goes from a to b
}

// speckShare: a speck is at least this part of a map's width, a little over a
// pixel where a map is 480 pixels wide.
const speckShare = 400

// NewMesh puts shapes on the grid of f. Shapes that share a border must share
// its vertices.
func NewMesh(f Frame, shapes []orb.MultiPolygon) *Mesh {
	areas := make([]cell, len(shapes))
	for i, shape := range shapes {
		areas[i] = f.cell(shape)
	}
	return newMesh(f, areas)
}

func newMesh(f Frame, areas []cell) *Mesh {
	m := &Mesh{frame: f, areas: areas}
	edges := 0
	for _, a := range areas {
		for _, r := range a.rings {
			edges += len(r)
		}
	}
	m.uses = make([]use, 0, edges)
	for i, a := range areas {
		for _, r := range a.rings {
			m.uses = appendUses(m.uses, int32(i), r)
		}
	}
	slices.SortFunc(m.uses, func(u, v use) int {
		if u.a != v.a {
			return order(u.a, v.a)
		}
		if u.b != v.b {
			return order(u.b, v.b)
		}
		if u.area != v.area {
			return int(u.area - v.area)
		}
		return cmp.Compare(u.net(), v.net())
	})
	return m
}

// leastIslet is the area, in units of the grid, from which a part that shrinks
// to a line is drawn as a dot: Palmaria and Ventotene are, a rock is not.
const leastIslet = 0.25

// cell is a shape on the grid. Rings that shrink to a line are left out, unless
// they are islets; a shape that is less than half of the square that stands for
// specks is one.
func (f Frame) cell(shape orb.MultiPolygon) cell {
	var c cell
	total, largest := int64(0), int64(-1)
	for _, polygon := range shape {
		for k, ring := range polygon {
			r := f.ring(ring)
			if len(r) == 0 {
				continue
			}
			a := area2(r)
			total += a
			if a = max(a, -a); k == 0 && a > largest {
				largest, c.at = a, middle(r)
			}
			if len(r) >= 3 && a > 0 {
				c.rings = append(c.rings, r)
			} else if k == 0 && f.area(ring) >= leastIslet {
				c.islets = append(c.islets, middle(r))
			}
		}
	}
	side := int64(f.speck())
	c.speck = largest >= 0 && max(total, -total) < side*side // total is twice the area
	if c.speck {
		c.islets = nil
	}
	return c
}

// sight is what of a shape is in sight: its rings, cut at the frame.
func (f Frame) sight(shape orb.MultiPolygon) cell {
	var c cell
	for _, polygon := range shape {
		for _, ring := range polygon {
			if r := f.clip(f.ring(ring)); len(r) >= 3 && area2(r) != 0 {
				c.rings = append(c.rings, r)
			}
		}
	}
	return c
}

// speck is the side of the square that stands for what is too small.
func (f Frame) speck() int32 { return max(2, int32(f.W/speckShare)) }

// order is that of reading: row by row.
func order(p, q pt) int {
	if p.y != q.y {
		return int(p.y - q.y)
	}
	return int(p.x - q.x)
}

// net is 1 for a use forwards, -1 for one backwards.
func (u use) net() int8 {
	if u.forward {
		return 1
	}
	return -1
}

// middle is the middle of the box around r.
func middle(r []pt) pt {
	lo, hi := box(r)
	return pt{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2}
}

func box(r []pt) (lo, hi pt) {
	lo, hi = r[0], r[0]
	for _, p := range r[1:] {
		lo, hi = pt{min(lo.x, p.x), min(lo.y, p.y)}, pt{max(hi.x, p.x), max(hi.y, p.y)}
	}
	return lo, hi
}

func appendUses(uses []use, area int32, r []pt) []use {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		u := use{a: p, b: q, area: area, forward: true}
		if order(p, q) > 0 {
			u.a, u.b, u.forward = q, p, false
		}
		uses = append(uses, u)
	}
	return uses
}

// edges calls visit with all uses of each edge, in the order of the edges.
func (m *Mesh) edges(visit func([]use)) {
	for from := 0; from < len(m.uses); {
		to := from + 1
		for to < len(m.uses) && m.uses[to].a == m.uses[from].a && m.uses[to].b == m.uses[from].b {
			to++
		}
		visit(m.uses[from:to])
		from = to
	}
}

// arrow is an edge with a direction.
type arrow struct{ from, to pt }

// outlines are the rings around the areas of each class, without the borders
// inside them. Where the same edge is used both ways by one class it cancels;
// what remains has at every point as many ways in as out.
func (m *Mesh) outlines(class []Class) [count][][]pt {
	var out [count][][]pt
	for c, arrows := range m.around(class) {
		out[c] = rings(arrows)
	}
	return out
}

// around is the edges of the outlines.
func (m *Mesh) around(class []Class) [count][]arrow {
	var arrows [count][]arrow
	m.edges(func(uses []use) {
		var net [count]int8
		for _, u := range uses {
			net[class[u.area]] += u.net()
		}
		for _, u := range uses {
			c := class[u.area]
			for ; net[c] > 0; net[c]-- {
				arrows[c] = append(arrows[c], arrow{u.a, u.b})
			}
			for ; net[c] < 0; net[c]++ {
				arrows[c] = append(arrows[c], arrow{u.b, u.a})
			}
		}
	})
	return arrows
}

// rings joins arrows to closed walks, in the order of the arrows.
func rings(arrows []arrow) [][]pt {
	w := newWalks(arrows)
	var out [][]pt
	for i := range arrows {
		if w.gone[i] {
			continue
		}
		var r []pt
		for k := int32(i); k >= 0; k = w.take(arrows[k].to) {
			w.gone[k] = true
			r = append(r, arrows[k].from)
		}
		if r = straight(r, true); len(r) >= 3 {
			out = append(out, r)
		}
	}
	return out
}

// walks finds the arrows that leave a point.
type walks struct {
	first map[pt]int32
	next  []int32 // the next arrow that leaves the same point, -1 for none
	gone  []bool
}

func newWalks(arrows []arrow) walks {
	w := walks{make(map[pt]int32, len(arrows)), make([]int32, len(arrows)), make([]bool, len(arrows))}
	for i := len(arrows) - 1; i >= 0; i-- {
		w.next[i] = -1
		if k, ok := w.first[arrows[i].from]; ok {
			w.next[i] = k
		}
		w.first[arrows[i].from] = int32(i)
	}
	return w
}

// take is an arrow from p that is not gone, or -1.
func (w walks) take(p pt) int32 {
	k, ok := w.first[p]
	if !ok {
		return -1
	}
	for k >= 0 && w.gone[k] {
		k = w.next[k]
	}
	w.first[p] = k
	return k
}

// coast is the lines with land on one side only; borders are those between two
// different groups.
func (m *Mesh) coast() [][]pt {
	return m.lines(func(uses []use) bool { return len(uses) == 1 })
}

func (m *Mesh) borders(group []int) [][]pt {
	return m.lines(func(uses []use) bool {
		return len(uses) > 1 && slices.ContainsFunc(uses[1:], func(u use) bool { return group[u.area] != group[uses[0].area] })
	})
}

// lines joins the edges that are kept to lines, each as long as can be, that
// end where other than two of them meet.
func (m *Mesh) lines(kept func([]use) bool) [][]pt {
	var arrows []arrow // both ways: 2i and 2i+1
	m.edges(func(uses []use) {
		if kept(uses) && !m.frame.onCut(uses[0].a, uses[0].b) {
			arrows = append(arrows, arrow{uses[0].a, uses[0].b}, arrow{uses[0].b, uses[0].a})
		}
	})
	return join(arrows)
}

func join(arrows []arrow) [][]pt {
	degree := make(map[pt]int, len(arrows)/2)
	for _, a := range arrows {
		degree[a.from]++
	}
	w := newWalks(arrows)
	var out [][]pt
	follow := func(i int32) {
		line := []pt{arrows[i].from}
		for k := i; k >= 0; {
			w.gone[k], w.gone[k^1] = true, true
			p := arrows[k].to
			line = append(line, p)
			if k = -1; degree[p] == 2 {
				k = w.take(p)
			}
		}
		out = append(out, straight(line, false))
	}
	for i, a := range arrows {
		if !w.gone[i] && degree[a.from] != 2 {
			follow(int32(i))
		}
	}
	for i := range arrows {
		if !w.gone[i] {
			follow(int32(i))
		}
	}
	return out
}
