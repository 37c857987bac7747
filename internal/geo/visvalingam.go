package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// flatness is how much more a sharp corner weighs than a flat one of the same
// triangle: 1.7 times as much at most, 0.3 times at least. It keeps the outline
// of headlands and mountain borders where plain areas keep saw teeth (weighted
// Visvalingam, the value that M. Bloch's mapshaper settled on).
const flatness = 0.7

// weight is the importance of b between a and c: the area of the triangle in
// m², more where the corner is sharp.
func weight(a, b, c orb.Point) float64 {
	ux, uy, vx, vy := a[0]-b[0], a[1]-b[1], c[0]-b[0], c[1]-b[1]
	area := math.Abs(float64(ux*vy)-float64(uy*vx)) / 2
	lengths := math.Sqrt((float64(ux*ux) + float64(uy*uy)) * (float64(vx*vx) + float64(vy*vy)))
	if lengths == 0 {
		return 0
	}
	cos := (float64(ux*vx) + float64(uy*vy)) / lengths
	return area * (1 + float64(flatness*cos))
}

// visvalingam ranks the points of lines: the point of least weight goes first,
// its neighbours are weighed again, and none ranks below one that went before
// it. The scratch space is reused from line to line.
type visvalingam struct {
	prev, next []int32
	heap       []int32 // point numbers, least weight first
	at         []int32 // point → place in heap
	weight     []float64
}

// rank writes the weight at which each point goes to out; the ends never go.
func (v *visvalingam) rank(line []orb.Point, out []float64) {
	n := len(line)
	v.reset(n)
	out[0], out[n-1] = math.Inf(1), math.Inf(1)
	for i := 1; i < n-1; i++ {
		v.weight[i] = weight(line[i-1], line[i], line[i+1])
		v.at[i] = int32(len(v.heap))
		v.heap = append(v.heap, int32(i))
	}
	for i := len(v.heap)/2 - 1; i >= 0; i-- {
		v.down(i)
	}
	floor := 0.0
	for len(v.heap) > 0 {
		i := v.pop()
		floor = max(floor, v.weight[i])
		out[i] = floor
		a, b := v.prev[i], v.next[i]
		v.next[a], v.prev[b] = b, a
		v.again(line, a)
		v.again(line, b)
	}
}

func (v *visvalingam) reset(n int) {
	if cap(v.prev) < n {
		v.prev, v.next, v.at = make([]int32, 2*n), make([]int32, 2*n), make([]int32, 2*n)
		v.weight, v.heap = make([]float64, 2*n), make([]int32, 0, 2*n)
	}
	v.prev, v.next, v.at, v.weight = v.prev[:n], v.next[:n], v.at[:n], v.weight[:n]
	v.heap = v.heap[:0]
	for i := range n {
		v.prev[i], v.next[i] = int32(i-1), int32(i+1)
	}
}

// again weighs point i anew, unless it is an end.
func (v *visvalingam) again(line []orb.Point, i int32) {
	if i == 0 || int(i) == len(line)-1 {
		return
	}
	v.weight[i] = weight(line[v.prev[i]], line[i], line[v.next[i]])
	v.up(int(v.at[i]))
	v.down(int(v.at[i]))
}

// less breaks ties by place on the line, so that the result does not depend on
// the heap.
func (v *visvalingam) less(i, j int32) bool {
	return v.weight[i] < v.weight[j] || v.weight[i] == v.weight[j] && i < j
}

func (v *visvalingam) swap(i, j int) {
	v.heap[i], v.heap[j] = v.heap[j], v.heap[i]
	v.at[v.heap[i]], v.at[v.heap[j]] = int32(i), int32(j)
}

func (v *visvalingam) up(i int) {
	for i > 0 && v.less(v.heap[i], v.heap[(i-1)/2]) {
		v.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (v *visvalingam) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(v.heap) {
			return
		}
		if child+1 < len(v.heap) && v.less(v.heap[child+1], v.heap[child]) {
			child++
		}
		if !v.less(v.heap[child], v.heap[i]) {
			return
		}
		v.swap(i, child)
		i = child
	}
}

func (v *visvalingam) pop() int32 {
	top := v.heap[0]
	v.swap(0, len(v.heap)-1)
	v.heap = v.heap[:len(v.heap)-1]
	v.down(0)
	return top
}
