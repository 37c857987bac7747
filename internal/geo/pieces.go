package geo

import "github.com/paulmach/orb"

// pieces numbers the connected pieces of the borders, arc by arc.
func (t *Topology) pieces() (piece []int32, n int) {
	arcs := make([]sided, len(t.Arcs))
	for i, a := range t.Arcs {
		arcs[i].points = a
	}
	start, end, nodes := numberNodes(arcs)
	root := make([]int32, nodes) // union-find over nodes
	for v := range root {
		root[v] = int32(v)
	}
	find := func(v int32) int32 {
		for root[v] != v {
			root[v] = root[root[v]]
			v = root[v]
		}
		return v
	}
	for i := range arcs {
		a, b := find(start[i]), find(end[i])
		root[max(a, b)] = min(a, b)
	}
	number := make([]int32, nodes)
	piece = make([]int32, len(arcs))
	for i := range arcs {
		v := find(start[i])
		if number[v] == 0 {
			n++
			number[v] = int32(n)
		}
		piece[i] = number[v] - 1
	}
	return piece, n
}

// misplacement is a piece of which a point lies in a polygon that does not
// surround it by its structure (or does not lie in one that does).
type misplacement struct {
	point         orb.Point
	face, polygon int
}

// misplaced compares where the pieces lie with where the structure says that
// they lie. No lines may cross, so one point of each piece will do.
func (t *Topology) misplaced() []misplacement {
	piece, n := t.pieces()
	if n < 2 {
		return nil
	}
	points := make([]orb.Point, n)
	for i := len(t.Arcs) - 1; i >= 0; i-- {
		points[piece[i]] = t.Arcs[i][0]
	}
	found := make([][]misplacement, len(t.Faces))
	parallel(len(t.Faces), func(f int) {
		for k, p := range t.Faces[f].Polygons {
			found[f] = append(found[f], t.misplacedIn(f, k, p, piece, points)...)
		}
	})
	var out []misplacement
	for _, m := range found {
		out = append(out, m...)
	}
	return out
}

// misplacedIn looks at the pieces that are, or should be, in one polygon.
func (t *Topology) misplacedIn(f, k int, p Polygon, piece []int32, points []orb.Point) []misplacement {
	rings := make([]orb.Ring, len(p))
	own := make(map[int32]bool, len(p))    // pieces the polygon is made of
	within := make(map[int32]bool, len(p)) // of these, the ones of its holes only
	for i, r := range p {
		rings[i] = t.Ring(r)
		at := piece[r[0].Arc()]
		if within[at] = i > 0 && (!own[at] || within[at]); !within[at] {
			delete(within, at)
		}
		own[at] = true
	}
	bound := rings[0].Bound()
	var out []misplacement
	for at, q := range points {
		at := int32(at)
		if !bound.Contains(q) && (len(within) == 0 || !within[at]) || own[at] && !within[at] {
			continue
		}
		in := locate(q, rings[0]) == inside
		for i := 1; i < len(p) && in; i++ {
			if piece[p[i][0].Arc()] != at {
				in = locate(q, rings[i]) == outside
			}
		}
		if in != within[at] {
			out = append(out, misplacement{q, f, k})
		}
	}
	return out
}
