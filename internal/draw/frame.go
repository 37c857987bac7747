package draw

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// Frame is a view of the plane: a rectangle of whole grid units, y down, over a
// part of the world, y up. The zero Frame shows nothing.
type Frame struct {
	W, H  int     // size of the viewBox, in grid units
	scale float64 // grid units in a unit of the world (a metre)
	left  float64 // world x of grid x 0
	top   float64 // world y of grid y 0
}

// NewFrame shows all of b, w units wide with a margin of pad units on every
// side; the height follows.
func NewFrame(b orb.Bound, w, pad int) Frame {
	dx, dy := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if w <= 2*pad || !(dx > 0) || !(dy > 0) {
		return Frame{}
	}
	scale := float64(w-2*pad) / dx
	margin := float64(pad) / scale
	return Frame{
		W: w, H: 2*pad + int(math.Ceil(float64(dy*scale))),
		scale: scale, left: b.Min[0] - margin, top: b.Max[1] + margin,
	}
}

// FrameIn shows all of b in the middle of w × h units.
func FrameIn(b orb.Bound, w, h int) Frame {
	dx, dy := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if w <= 0 || h <= 0 || !(dx > 0) || !(dy > 0) {
		return Frame{}
	}
	scale := min(float64(w)/dx, float64(h)/dy)
	return Frame{
		W: w, H: h, scale: scale,
		left: (b.Min[0]+b.Max[0])/2 - float64(w)/scale/2,
		top:  (b.Min[1]+b.Max[1])/2 + float64(h)/scale/2,
	}
}

// Bound is the part of the world that the frame shows.
func (f Frame) Bound() orb.Bound {
	if f.scale == 0 {
		return orb.Bound{}
	}
	return orb.Bound{
		Min: orb.Point{f.left, f.top - float64(f.H)/f.scale},
		Max: orb.Point{f.left + float64(f.W)/f.scale, f.top},
	}
}

// pt is a point of the grid.
type pt struct{ x, y int32 }

// farthest is more than any frame is wide; what lies beyond is drawn there.
const farthest = 1 << 20

func (f Frame) at(p orb.Point) pt {
	return pt{whole(float64((p[0] - f.left) * f.scale)), whole(float64((f.top - p[1]) * f.scale))}
}

func whole(v float64) int32 {
	return int32(math.Round(max(-farthest, min(v, farthest)))) // NaN gives -farthest or 0: out of view or inert, never a panic
}

// ring is r on the grid: open, without steps of no length, and never empty
// unless r is.
func (f Frame) ring(r orb.Ring) []pt {
	out := make([]pt, 0, len(r)/2+1)
	for _, p := range r {
		if q := f.at(p); len(out) == 0 || q != out[len(out)-1] {
			out = append(out, q)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// area is what a ring of the world covers of the grid, in units².
func (f Frame) area(r orb.Ring) float64 {
	sum := 0.
	for i := range r { // from the first point: coordinates are large, islets small
		p, q := r[i], r[(i+1)%len(r)]
		sum += float64((p[0]-r[0][0])*(q[1]-r[0][1])) - float64((q[0]-r[0][0])*(p[1]-r[0][1]))
	}
	return math.Abs(sum) / 2 * f.scale * f.scale
}

// area2 is twice the area of a ring, in units²; its sign is the direction.
func area2(r []pt) int64 {
	sum := int64(0)
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += int64(p.x)*int64(q.y) - int64(q.x)*int64(p.y)
	}
	return sum
}

// straight is the line or ring without the points that lie between their
// neighbours on one line. Spikes of a ring go too.
func straight(line []pt, closed bool) []pt {
	out := make([]pt, 0, len(line))
	for _, p := range line {
		for len(out) >= 2 && between(out[len(out)-2], out[len(out)-1], p, closed) {
			out = out[:len(out)-1]
		}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for closed && len(out) >= 3 {
		n := len(out)
		switch {
		case out[0] == out[n-1], between(out[n-2], out[n-1], out[0], true):
			out = out[:n-1]
		case between(out[n-1], out[0], out[1], true):
			out = out[1:]
		default:
			return out
		}
	}
	return out
}

// between tells whether b adds nothing between a and c; with spikes also where
// the way turns back on itself.
func between(a, b, c pt, spikes bool) bool {
	dx, dy, ex, ey := int64(b.x-a.x), int64(b.y-a.y), int64(c.x-b.x), int64(c.y-b.y)
	return dx*ey == dy*ex && (spikes || dx*ex+dy*ey >= 0)
}

// path writes path data: every piece begins with m, so that after the first
// all numbers are small.
type path struct {
	b     []byte
	begun bool
	here  pt // where the pen is
	start pt // where the piece began: the pen returns there after z
}

// ring writes a closed piece.
func (p *path) ring(r []pt) {
	if len(r) < 3 {
		return
	}
	p.line(r)
	p.b = append(p.b, 'z')
	p.here = p.start
}

// line writes an open piece.
func (p *path) line(l []pt) {
	if len(l) < 2 {
		return
	}
	p.begun = true
	p.b = append(p.b, 'm') // what follows the first step are relative lines
	p.step(l[0], true)
	p.start = l[0]
	for _, q := range l[1:] {
		p.step(q, false)
	}
}

// speck writes a square of the given side around q.
func (p *path) speck(q pt, side int32) {
	o := pt{q.x - side/2, q.y - side/2}
	p.ring([]pt{o, {o.x + side, o.y}, {o.x + side, o.y + side}, {o.x, o.y + side}})
}

// step writes the way from here to q and goes there.
func (p *path) step(q pt, first bool) {
	p.number(q.x-p.here.x, first)
	p.number(q.y-p.here.y, false)
	p.here = q
}

func (p *path) number(n int32, first bool) {
	if n >= 0 && !first {
		p.b = append(p.b, ' ')
	}
	p.b = strconv.AppendInt(p.b, int64(n), 10)
}
