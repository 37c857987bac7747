package cartogram

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// How far, in cells, a point claims the ground around it, and how much more the
// very cell counts in which it lies, so that a lonely island keeps its own.
const (
	reach = 3
	own   = 3
)

// home is so many cells of its group around a cell that it belongs to the body of
// it, or so much sea that it stands out.
const home = 3

// beside are the cells around one.
func (c cell) beside() [6]cell {
	half := c.row & 1 // odd rows stand to the right
	return [6]cell{{c.column - 1, c.row}, {c.column + 1, c.row}, {c.column - 1 + half, c.row - 1}, {c.column + half, c.row - 1}, {c.column - 1 + half, c.row + 1}, {c.column + half, c.row + 1}}
}

func compare(a, b cell) int {
	return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
}

// ground is the group of each cell that is land.
type ground map[cell]int

// sorted are the cells of land, row by row.
func (g ground) sorted() []cell { return slices.SortedFunc(maps.Keys(g), compare) }

// land is as many cells for each group as it has points, where its points lie
// thickest. What two want, the one gets that has more there.
func land(at []orb.Point, group []int) [][]cell {
	room := make([]int, slices.Max(group)+1)
	for _, g := range group {
		room[g]++
	}
	of := ground{}
	for _, c := range claims(at, group) {
		if _, taken := of[c.cell]; !taken && room[c.group] > 0 {
			of[c.cell] = c.group
			room[c.group]--
		}
	}
	for g, left := range room {
		// What found no room takes the nearest cells that are free.
		for ; left > 0; left-- {
			all := of.sorted()
			first := all[max(slices.IndexFunc(all, func(c cell) bool { return of[c] == g }), 0)]
			way := path(first, func(cell) bool { return true }, of.free)
			of[way[len(way)-1]] = g
		}
	}
	of.drain()
	of.gather()
	out := make([][]cell, len(room))
	for _, c := range of.sorted() {
		out[of[c]] = append(out[of[c]], c)
	}
	return out
}

// claim is how much a group wants a cell.
type claim struct {
	cell  cell
	group int
	much  float64
}

// claims are those of all points, the strongest first.
func claims(at []orb.Point, group []int) []claim {
	type key struct {
		cell  cell
		group int
	}
	sum := map[key]float64{}
	for i, p := range at {
		r0 := int(math.Floor(p[1]/nearer/wide + 0.5))
		c0 := int(math.Floor(p[0]/wide - float64(r0&1)/2 + 0.5))
		for r := r0 - reach; r <= r0+reach; r++ {
			for c := c0 - reach; c <= c0+reach; c++ {
				k := cell{c, r}
				m := k.middle()
				more := fading((float64((m[0]-p[0])*(m[0]-p[0])) + float64((m[1]-p[1])*(m[1]-p[1]))) / (wide * wide))
				if k == (cell{c0, r0}) {
					more += own
				}
				sum[key{k, group[i]}] += more
			}
		}
	}
	out := make([]claim, 0, len(sum))
	for k, much := range sum {
		out = append(out, claim{k.cell, k.group, much})
	}
	slices.SortFunc(out, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.much, a.much), cmp.Compare(a.group, b.group), compare(a.cell, b.cell))
	})
	return out
}

// fading is about e to the power of -d, and the same on every processor: as the
// 32nd power of 1 - d/32.
func fading(d float64) float64 {
	const halvings = 5
	x := max(0, 1-d/(1<<halvings))
	for range halvings {
		x *= x
	}
	return x
}

// path is the shortest way from a cell to where it may end, through where it may
// lead; none where there is no way.
func path(from cell, through, ends func(cell) bool) []cell {
	before := map[cell]cell{from: from}
	for queue := []cell{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range queue[0].beside() {
			if _, seen := before[next]; seen || !through(next) && !ends(next) {
				continue
			}
			before[next] = queue[0]
			if !ends(next) {
				queue = append(queue, next)
				continue
			}
			out := []cell{next}
			for out[len(out)-1] != from {
				out = append(out, before[out[len(out)-1]])
			}
			slices.Reverse(out)
			return out
		}
	}
	return nil
}

func (g ground) free(c cell) bool {
	_, land := g[c]
	return !land
}

func (g ground) land(c cell) bool { return !g.free(c) }

// slide moves what is at the beginning of a way to its end, every cell on it
// giving way by one.
func (g ground) slide(way []cell) {
	if len(way) == 0 {
		return
	}
	what, was := g[way[0]]
	for i, c := range way {
		group, land := what, was
		if i+1 < len(way) {
			group, land = g[way[i+1]]
		}
		if land {
			g[c] = group
		} else {
			delete(g, c)
		}
	}
}

// drain moves holes out to the sea, there where the coast stands out most: it is
// worn evenly. The sea is what is free around the land; a free cell beside none
// of it is a hole.
func (g ground) drain() {
	var all orb.Bound
	for i, c := range g.sorted() {
		p := orb.Point{float64(c.column), float64(c.row)}
		if i == 0 {
			all = p.Bound()
		}
		all = all.Extend(p)
	}
	all = all.Pad(2)
	open := func(c cell) bool { return g.free(c) && all.Contains(orb.Point{float64(c.column), float64(c.row)}) }
	corner := cell{int(all.Min[0]), int(all.Min[1])}
	sea := map[cell]bool{corner: true}
	for queue := []cell{corner}; len(queue) > 0; queue = queue[1:] {
		for _, next := range queue[0].beside() {
			if open(next) && !sea[next] {
				sea[next] = true
				queue = append(queue, next)
			}
		}
	}
	for r := corner.row; r <= int(all.Max[1]); r++ {
		for c := corner.column; c <= int(all.Max[0]); c++ {
			hole := cell{c, r}
			if !open(hole) || sea[hole] {
				continue
			}
			way := path(hole, g.land, func(c cell) bool {
				wet := 0
				for _, n := range c.beside() {
					if sea[n] {
						wet++
					}
				}
				return g.land(c) && wet >= home
			})
			if g.slide(way); len(way) > 0 {
				sea[way[len(way)-1]] = true
			}
		}
	}
}

// gather moves stray cells home to their group.
func (g ground) gather() {
	like := func(c cell, group int) (n int) {
		for _, b := range c.beside() {
			if of, land := g[b]; land && of == group {
				n++
			}
		}
		return n
	}
	before := maps.Clone(g)
	for _, c := range g.sorted() {
		group := before[c]
		if g[c] != group || like(c, group) > 1 {
			continue
		}
		way := path(c, g.land, func(c cell) bool {
			of, land := g[c]
			return land && of == group && like(c, group) >= home
		})
		if len(way) > 0 {
			g.slide(way[:len(way)-1])
		}
	}
}
