package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// New builds the Topology of shapes, face i from shape i. Two shapes share a
// border where their vertices are equal to the last bit. Rings may be open or
// closed and turn either way; points repeated one after another count once.
// Polygons of one shape that share a border become one.
//
// A fault is a ring of fewer than three points, a coordinate that is no number,
// or an edge that two shapes use on the same side (they overlap); with any fault the
// Topology is nil. New compares no lines that share no vertex: [Topology.Check]
// does.
func New(shapes []orb.MultiPolygon) (*Topology, []Fault) {
	m, faults := newMesh(shapes)
	faults = append(faults, m.join()...)
	if len(faults) > 0 {
		return nil, faults
	}
	return build(m.trace(), len(shapes)), nil
}

// mesh is the shapes as rings of vertex numbers.
type mesh struct {
	points []orb.Point // vertex number → point
	rings  []meshRing
	edges  edgeTable
	node   []bool // vertex number → arcs end here
}

type meshRing struct {
	face     int32
	vertices []int32 // anticlockwise around the face's inside, not repeated at the end
}

// newMesh gives equal points equal numbers and turns rings so that the face is
// on their left.
func newMesh(shapes []orb.MultiPolygon) (*mesh, []Fault) {
	n := 0
	for _, s := range shapes {
		for _, p := range s {
			for _, r := range p {
				n += len(r)
			}
		}
	}
	m := &mesh{}
	index := newPointIndex(n)
	var faults []Fault
	for f, s := range shapes {
		for _, p := range s {
			for k, r := range p {
				vertices, ok := index.ring(r, k == 0)
				if !ok {
					faults = append(faults, Fault{Kind: BadRing, Faces: [2]int{f, Outside}, Point: firstPoint(r)})
					continue
				}
				m.rings = append(m.rings, meshRing{int32(f), vertices})
			}
		}
	}
	m.points = index.points
	return m, faults
}

func firstPoint(r orb.Ring) orb.Point {
	if len(r) == 0 {
		return orb.Point{}
	}
	return r[0]
}

// pointIndex numbers points in the order in which they are first seen: an open
// hash table on the bits of the coordinates, with linear probing.
type pointIndex struct {
	points []orb.Point
	slots  []int32 // vertex number + 1; 0 is free
	mask   uint64
}

func newPointIndex(n int) *pointIndex {
	size := tableSize(n)
	return &pointIndex{slots: make([]int32, size), mask: uint64(size - 1)}
}

// tableSize is a power of two that leaves an open hash table of n entries half
// empty.
func tableSize(n int) int {
	size := 1
	for size < 2*n+2 {
		size *= 2
	}
	return size
}

// mix spreads the bits of a key over all 64: the finaliser of SplitMix64
// (Steele, Lea and Flood 2014).
func mix(k uint64) uint64 {
	k = (k ^ k>>30) * 0xbf58476d1ce4e5b9
	k = (k ^ k>>27) * 0x94d049bb133111eb
	return k ^ k>>31
}

func (x *pointIndex) number(p orb.Point) int32 {
	a, b := math.Float64bits(p[0]), math.Float64bits(p[1])
	for s := mix(a^mix(b)) & x.mask; ; s = (s + 1) & x.mask {
		v := x.slots[s]
		if v == 0 {
			x.points = append(x.points, p)
			x.slots[s] = int32(len(x.points))
			return int32(len(x.points) - 1)
		}
		if x.points[v-1] == p {
			return v - 1
		}
	}
}

// ring numbers the points of r, anticlockwise for an outer ring and clockwise
// for a hole. It is not ok when fewer than three points differ or one is not a
// finite number.
func (x *pointIndex) ring(r orb.Ring, outer bool) ([]int32, bool) {
	out := make([]int32, 0, len(r))
	for _, p := range r {
		p[0], p[1] = p[0]+0, p[1]+0 // -0 and 0 are one place
		if sum := p[0] + p[1]; math.IsNaN(sum) || math.IsInf(sum, 0) {
			return nil, false
		}
		if v := x.number(p); len(out) == 0 || out[len(out)-1] != v {
			out = append(out, v)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	const triangle = 3
	if len(out) < triangle {
		return nil, false
	}
	if (signedArea(r) > 0) != outer {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out, true
}

// signedArea is positive for an anticlockwise ring, closed or not.
func signedArea(r orb.Ring) float64 {
	sum := 0.0
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += float64((p[0]-r[0][0])*(q[1]-r[0][1])) - float64((q[0]-r[0][0])*(p[1]-r[0][1]))
	}
	return sum / 2
}

// edgeTable finds the face on the left of a directed edge.
type edgeTable struct {
	keys  []uint64 // from<<32 | to, plus one; 0 is free
	faces []int32
	mask  uint64
}

func newEdgeTable(n int) edgeTable {
	size := tableSize(n)
	return edgeTable{make([]uint64, size), make([]int32, size), uint64(size - 1)}
}

func edgeKey(u, v int32) uint64 { return (uint64(u)<<32 | uint64(v)) + 1 }

func (t edgeTable) slot(key uint64) uint64 {
	s := mix(key) & t.mask
	for t.keys[s] != 0 && t.keys[s] != key {
		s = (s + 1) & t.mask
	}
	return s
}

// left is the face on the left of the edge from u to v.
func (t edgeTable) left(u, v int32) int32 {
	if s := t.slot(edgeKey(u, v)); t.keys[s] != 0 {
		return t.faces[s]
	}
	return Outside
}

// join fills the edge table and marks the nodes: vertices at which other than
// two edges meet, and those at which a face touches itself along an edge.
func (m *mesh) join() []Fault {
	n := 0
	for _, r := range m.rings {
		n += len(r.vertices)
	}
	m.edges = newEdgeTable(n)
	var faults []Fault
	for _, r := range m.rings {
		u := r.vertices[len(r.vertices)-1]
		for _, v := range r.vertices {
			key := edgeKey(u, v)
			s := m.edges.slot(key)
			if m.edges.keys[s] != 0 {
				faults = append(faults, Fault{Kind: Overlap, Faces: [2]int{int(m.edges.faces[s]), int(r.face)}, Point: m.points[u]})
			}
			m.edges.keys[s], m.edges.faces[s] = key, r.face
			u = v
		}
	}
	m.markNodes()
	return faults
}

func (m *mesh) markNodes() {
	m.node = make([]bool, len(m.points))
	degree := make([]uint8, len(m.points))
	const line = 2 // edges at a vertex that is no node
	add := func(v int32) {
		if degree[v] <= line {
			degree[v]++
		}
	}
	for _, r := range m.rings {
		u := r.vertices[len(r.vertices)-1]
		for _, v := range r.vertices {
			switch other := m.edges.left(v, u); {
			case other == r.face:
				m.node[u], m.node[v] = true, true
			case other == Outside || r.face < other:
				add(u)
				add(v)
			}
			u = v
		}
	}
	for v, d := range degree {
		m.node[v] = m.node[v] || d != line
	}
}

// trace cuts the rings at the nodes. A line between two faces is taken from the
// face with the lower number.
func (m *mesh) trace() []sided {
	var out []sided
	for _, r := range m.rings {
		n := len(r.vertices)
		first := 0
		for first < n && !m.node[r.vertices[first]] {
			first++
		}
		from := first % n // no node: one closed arc from the first vertex
		for done := 0; done < n; {
			length := 1
			for length < n && !m.node[r.vertices[(from+length)%n]] {
				length++
			}
			right := m.edges.left(r.vertices[(from+1)%n], r.vertices[from])
			if right == Outside || r.face < right {
				points := make([]orb.Point, length+1)
				for k := range points {
					points[k] = m.points[r.vertices[(from+k)%n]]
				}
				out = append(out, sided{points, int(r.face), int(right)})
			}
			from, done = (from+length)%n, done+length
		}
	}
	return out
}
