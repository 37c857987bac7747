package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// best is the most important point left out between two points of an arc, by
// its number among all points, or -1 where nothing was left out.
func (s *sketch) best(arc, from, to int) int {
	best, rank := -1, -1.0
	for i := s.first[arc] + from + 1; i < s.first[arc]+to; i++ {
		if !s.kept[i] && s.rank[i] > rank {
			best, rank = i, s.rank[i]
		}
	}
	return best
}

// simpleRings are the rings of all faces and of the outside, none of which
// visits a point twice.
func (t *Topology) simpleRings() []Ring {
	var out []Ring
	for _, f := range t.Faces {
		for _, p := range f.Polygons {
			out = append(out, p...)
		}
	}
	w := newWalker(t, t.sides(), len(t.Faces))
	return append(out, split(t, w.walks(len(t.Faces)))...)
}

// restoreRings puts points back into rings that have changed their area too
// much; a ring that has collapsed or turned over has.
func (s *sketch) restoreRings(rings []Ring) {
	for _, r := range rings {
		whole := s.t.ringArea(r)
		for {
			now := s.area(r)
			if ratio := now / whole; ratio >= 1.0/ringLoss && ratio <= ringLoss {
				break
			}
			best, rank := -1, -1.0
			for _, ref := range r {
				i := s.best(ref.Arc(), 0, len(s.t.Arcs[ref.Arc()])-1)
				if i >= 0 && s.rank[i] > rank {
					best, rank = i, s.rank[i]
				}
			}
			if best < 0 {
				break
			}
			s.kept[best] = true
		}
	}
}

// area of a ring over the kept points, positive when anticlockwise.
func (s *sketch) area(r Ring) float64 {
	origin := s.t.start(r[0])
	var last orb.Point
	sum := 0.0
	for _, ref := range r {
		arc, first := s.t.Arcs[ref.Arc()], s.first[ref.Arc()]
		for k := range len(arc) - 1 {
			if ref < 0 {
				k = len(arc) - 1 - k
			}
			if !s.kept[first+k] {
				continue
			}
			x, y := arc[k][0]-origin[0], arc[k][1]-origin[1]
			sum += float64(last[0]*y) - float64(x*last[1])
			last = orb.Point{x, y}
		}
	}
	return sum / 2
}

// restoreCrossings puts a point back under both segments of every crossing. It
// says whether there was one that could be helped.
func (s *sketch) restoreCrossings(out *Topology, at [][]int32) bool {
	segs := out.segments()
	found := false
	for _, c := range crossings(segs) {
		for _, n := range c {
			seg := segs[n]
			from, to := at[seg.arc][seg.at], at[seg.arc][seg.at+1]
			if i := s.best(int(seg.arc), int(from), int(to)); i >= 0 {
				s.kept[i], found = true, true
			}
		}
	}
	return found
}

// nodes lists, for each node at which three or more arcs meet, the references
// that leave it, in anticlockwise order, beginning with the lowest.
func (t *Topology) nodes() [][]ArcRef {
	start, end, n := numberNodes(t.sides())
	all := make([][]ArcRef, n)
	for i := range t.Arcs {
		all[start[i]] = append(all[start[i]], ArcRef(i))
		all[end[i]] = append(all[end[i]], ^ArcRef(i))
	}
	const line = 2
	all = slices.DeleteFunc(all, func(refs []ArcRef) bool { return len(refs) <= line })
	for _, refs := range all {
		t.sortAround(refs)
	}
	return all
}

// sortAround sorts references that leave one node anticlockwise and turns the
// list so that the lowest is first.
func (t *Topology) sortAround(refs []ArcRef) {
	node := t.start(refs[0])
	angle := func(r ArcRef) float64 {
		p := t.second(r)
		return math.Atan2(p[1]-node[1], p[0]-node[0])
	}
	slices.SortFunc(refs, func(a, b ArcRef) int { return cmp.Compare(angle(a), angle(b)) })
	low := slices.Index(refs, slices.Min(refs))
	turned := slices.Concat(refs[low:], refs[:low])
	copy(refs, turned)
}

// restoreOrder puts points back where the arcs around a node have changed their
// order: a bay that touched the coast at one point has been turned inside out.
func (s *sketch) restoreOrder(nodes [][]ArcRef, out *Topology, at [][]int32) bool {
	found := false
	for _, refs := range nodes {
		now := slices.Clone(refs)
		if out.sortAround(now); slices.Equal(now, refs) {
			continue
		}
		for _, r := range refs {
			k := at[r.Arc()]
			from, to := k[0], k[1]
			if r < 0 {
				from, to = k[len(k)-2], k[len(k)-1]
			}
			if i := s.best(r.Arc(), int(from), int(to)); i >= 0 {
				s.kept[i], found = true, true
			}
		}
	}
	return found
}

// restorePlaces puts points back where a line has moved over an island or an
// enclave: under every segment of the polygon whose line enclosed, with the
// segment, a point of the piece.
func (s *sketch) restorePlaces(out *Topology, at [][]int32) bool {
	found := false
	for _, m := range out.misplaced() {
		for _, r := range s.t.Faces[m.face].Polygons[m.polygon] {
			for _, ref := range r {
				arc := ref.Arc()
				for k := 1; k < len(at[arc]); k++ {
					from, to := at[arc][k-1], at[arc][k]
					if to-from < 2 || !sweeps(s.t.Arcs[arc][from:to+1], m.point) {
						continue
					}
					if i := s.best(arc, int(from), int(to)); i >= 0 {
						s.kept[i], found = true, true
					}
				}
			}
		}
	}
	return found
}

// sweeps says whether p lies between a line and the segment from its first to
// its last point.
func sweeps(line []orb.Point, p orb.Point) bool {
	closed := append(slices.Clone(line), line[0])
	return orb.Ring(closed).Bound().Contains(p) && locate(p, closed) != outside
}
