package draw

// clipMargin is how far beyond the frame shapes are cut, in units: the stroke
// along the cut stays out of sight.
const clipMargin = 4

// clip cuts a ring at the frame (Sutherland and Hodgman): one half-plane after
// the other. A ring that leaves and comes back keeps a line along the cut. What
// two rings share they share also after the cut.
func (f Frame) clip(r []pt) []pt {
	if len(r) == 0 {
		return nil
	}
	lo, hi := box(r)
	if f.inside(lo, hi) {
		return r
	}
	const m = clipMargin
	w, h := int32(f.W), int32(f.H)
	if hi.x < -m || hi.y < -m || lo.x > w+m || lo.y > h+m {
		return nil
	}
	if lo.x < -m {
		r = cut(r, func(p pt) int32 { return p.x + m })
	}
	if hi.x > w+m {
		r = cut(r, func(p pt) int32 { return w + m - p.x })
	}
	if lo.y < -m {
		r = cut(r, func(p pt) int32 { return p.y + m })
	}
	if hi.y > h+m {
		r = cut(r, func(p pt) int32 { return h + m - p.y })
	}
	return r
}

func (f Frame) inside(lo, hi pt) bool {
	return lo.x >= -clipMargin && lo.y >= -clipMargin && hi.x <= int32(f.W)+clipMargin && hi.y <= int32(f.H)+clipMargin
}

// onCut reports whether an edge lies along a line where rings are cut.
func (f Frame) onCut(a, b pt) bool {
	return a.x == b.x && (a.x == -clipMargin || a.x == int32(f.W)+clipMargin) ||
		a.y == b.y && (a.y == -clipMargin || a.y == int32(f.H)+clipMargin)
}

// cut keeps what lies where depth is not negative.
func cut(r []pt, depth func(pt) int32) []pt {
	out := make([]pt, 0, len(r)+4)
	add := func(p pt) {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for i, p := range r {
		q := r[(i+1)%len(r)]
		dp, dq := depth(p), depth(q)
		if dp >= 0 {
			add(p)
		}
		switch {
		case dp >= 0 && dq < 0:
			add(crossing(p, q, dp, dq))
		case dp < 0 && dq >= 0:
			add(crossing(q, p, dq, dp))
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// crossing is where the way out from p to q, of the depths dp and dq, crosses
// the cut; whichever ring asks, the way is the same.
func crossing(p, q pt, dp, dq int32) pt {
	t := float64(dp) / float64(dp-dq)
	return pt{
		p.x + whole(float64(float64(q.x-p.x)*t)),
		p.y + whole(float64(float64(q.y-p.y)*t)),
	}
}

// clipLine is the pieces of a line that touch the frame: whole steps, for what
// sticks out is not seen.
func (f Frame) clipLine(l []pt) [][]pt {
	const m = clipMargin
	out := [][]pt{}
	from := -1
	for i := 1; i < len(l); i++ {
		lo, hi := box(l[i-1 : i+1])
		seen := hi.x >= -m && hi.y >= -m && lo.x <= int32(f.W)+m && lo.y <= int32(f.H)+m
		switch {
		case seen && from < 0:
			from = i - 1
		case !seen && from >= 0:
			out = append(out, l[from:i])
			from = -1
		}
	}
	if from >= 0 {
		out = append(out, l[from:])
	}
	return out
}
