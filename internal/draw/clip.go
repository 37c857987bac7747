package draw

// clipMargin is how far beyond the frame shapes are cut, in units: the stroke
// along the cut stays out of sight.
const clipMargin = 4

// clip cuts a ring at the frame (Sutherland and Hodgman): one half-plane after
// the other. A ring that leaves and comes back keeps a line along the cut.
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
	r = cut(r, func(p pt) int32 { return p.x + m })
	r = cut(r, func(p pt) int32 { return w + m - p.x })
	r = cut(r, func(p pt) int32 { return p.y + m })
	r = cut(r, func(p pt) int32 { return h + m - p.y })
	return straight(r, true)
}

func (f Frame) inside(lo, hi pt) bool {
	return lo.x >= -clipMargin && lo.y >= -clipMargin && hi.x <= int32(f.W)+clipMargin && hi.y <= int32(f.H)+clipMargin
}

// cut keeps what lies where depth is not negative.
func cut(r []pt, depth func(pt) int32) []pt {
	out := make([]pt, 0, len(r)+4)
	for i, p := range r {
		q := r[(i+1)%len(r)]
		dp, dq := depth(p), depth(q)
		if dp >= 0 {
			out = append(out, p)
		}
		if dp < 0 != (dq < 0) {
			t := float64(dp) / float64(dp-dq)
			out = append(out, pt{
				p.x + whole(float64(float64(q.x-p.x)*t)),
				p.y + whole(float64(float64(q.y-p.y)*t)),
			})
		}
	}
	return out
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
