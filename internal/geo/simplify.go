package geo

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Detail says how much of the lines [Topology.Simplify] keeps.
type Detail struct {
	// Share is the part of the points between nodes that is kept, 0 to 1; used
	// where it is not 0. The points that repair puts back come on top.
	Share float64
	// Area is the least weighted triangle that a kept point makes, in the square
	// of the plane's unit (m²); used where Share is 0.
	Area float64
	// Islets is the area below which an island goes whole, unless it is the
	// largest piece of its face. An island is a piece bordering on nothing but the
	// outside; holes always stay. 0 keeps all.
	Islets float64
}

// ringLoss is the factor by which the area of a ring may shrink or grow. A ring
// that would change more gets points back: a third of an island is a different
// island.
const ringLoss = 2

// Simplify takes points out of the arcs, the least important first (weighted
// Visvalingam), the same for the faces on both sides. Nodes stay. Then points
// are put back, the most important first, until no ring has fewer than three
// corners, is inverted or has lost half its area, no lines cross or touch, and
// every island and enclave is where it was; so a Topology without faults gives
// one without faults. The plane should be an equal-area one.
func (t *Topology) Simplify(d Detail) *Topology {
	t = t.withoutIslets(d.Islets)
	s := newSketch(t)
	s.keep(s.threshold(d))
	rings, nodes := t.simpleRings(), t.nodes()
	for {
		s.restoreRings(rings)
		out, at := s.draw()
		if s.restoreCrossings(out, at) || s.restoreOrder(nodes, out, at) || s.restorePlaces(out, at) {
			continue
		}
		return out
	}
}

// withoutIslets drops the islands below an area, the largest piece of each face
// excepted.
func (t *Topology) withoutIslets(area float64) *Topology {
	if area <= 0 {
		return t
	}
	arcs := t.sides()
	gone := make([]bool, len(t.Arcs))
	for _, face := range t.Faces {
		for k, p := range face.Polygons {
			if k == 0 || len(p) != 1 || len(p[0]) != 1 {
				continue
			}
			a := arcs[p[0][0].Arc()]
			alone := a.left == Outside || a.right == Outside
			gone[p[0][0].Arc()] = alone && t.ringArea(p[0]) < area
		}
	}
	var kept []sided
	for i, a := range arcs {
		if !gone[i] {
			kept = append(kept, a)
		}
	}
	return build(kept, len(t.Faces))
}

// sketch is a simplification under way. Points are numbered through all arcs.
type sketch struct {
	t     *Topology
	first []int     // arc → number of its first point; the total at the end
	rank  []float64 // point → weight at which it goes
	kept  []bool
}

func newSketch(t *Topology) *sketch {
	s := &sketch{t: t, first: make([]int, len(t.Arcs)+1)}
	for i, arc := range t.Arcs {
		s.first[i+1] = s.first[i] + len(arc)
	}
	s.rank, s.kept = make([]float64, s.first[len(t.Arcs)]), make([]bool, s.first[len(t.Arcs)])
	scratch := sync.Pool{New: func() any { return new(visvalingam) }}
	parallel(len(t.Arcs), func(i int) {
		v := scratch.Get().(*visvalingam)
		v.rank(t.Arcs[i], s.rank[s.first[i]:s.first[i+1]])
		scratch.Put(v)
	})
	return s
}

// threshold is the weight from which points are kept.
func (s *sketch) threshold(d Detail) float64 {
	if d.Share == 0 {
		return d.Area
	}
	inner := make([]float64, 0, len(s.rank))
	for _, r := range s.rank {
		if !math.IsInf(r, 1) {
			inner = append(inner, r)
		}
	}
	slices.Sort(inner)
	drop := int(math.Round((1 - min(max(d.Share, 0), 1)) * float64(len(inner))))
	if drop == len(inner) {
		return math.Inf(1)
	}
	return inner[drop]
}

func (s *sketch) keep(threshold float64) {
	for i, r := range s.rank {
		s.kept[i] = r >= threshold
	}
}

// draw is the Topology of the kept points, and for each arc the numbers of
// these points in the whole arc.
func (s *sketch) draw() (*Topology, [][]int32) {
	arcs, at := make([][]orb.Point, len(s.t.Arcs)), make([][]int32, len(s.t.Arcs))
	parallel(len(arcs), func(i int) {
		kept := s.kept[s.first[i]:s.first[i+1]]
		n := 0
		for _, k := range kept {
			if k {
				n++
			}
		}
		arcs[i], at[i] = make([]orb.Point, 0, n), make([]int32, 0, n)
		for k, p := range s.t.Arcs[i] {
			if kept[k] {
				arcs[i], at[i] = append(arcs[i], p), append(at[i], int32(k))
			}
		}
	})
	return &Topology{Arcs: arcs, Faces: s.t.Faces}, at
}

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
