package draw

// Strip shows every value of a group on one axis, mostly a logarithmic one: a
// dot for each Comune, dots that would touch side by side; where there are too
// many to tell apart, bars.
type Strip struct {
	Label  string
	Axis   Axis
	Values []float64 // of the others
	Here   Mark      // the place, with name and value
	Median Mark
}

// Sizes of a strip, in pixels and per cent.
const (
	stripMiddle = 62.
	stripBase   = 104. // of the axis
	stripLane   = 9    // pixels between two lanes of dots
	stripLanes  = 7
	stripNear   = 2.2 // per cent: dots nearer than this go to different lanes
	stripDot    = 4.
	stripBins   = 40
	stripHere   = 8. // radius
)

// Append writes the chart.
func (s Strip) Append(b []byte) []byte {
	p := pen{b}
	p.plot("plot", stripBase+axisBelow, s.Label)
	p.line(0, stripBase, 100, stripBase, "s-axis")
	p.ticks(s.Axis, rowFrom, rowTo, stripBase)
	if len(s.Values) <= MostDots {
		s.dots(&p)
	} else {
		s.bars(&p)
	}
	s.Here.Here, s.Median.Here = true, false
	marks, _ := callouts([]Mark{s.Median, s.Here}, s.x)
	for _, f := range marks {
		base := stripBase
		if f.mark.Here {
			base = stripMiddle
			p.circle(f.x, stripMiddle, stripHere, "f-place")
		}
		f.draw(&p, base)
	}
	p.raw("</svg>")
	return p.b
}

func (s Strip) x(v float64) float64 { return s.Axis.along(v, rowFrom, rowTo) }

// dots puts each value, from the left, on the lane nearest to the middle where
// the last dot is far enough; if all are taken, on the one with most room.
func (s Strip) dots(p *pen) {
	var lanes [stripLanes]float64
	for i := range lanes {
		lanes[i] = -stripNear
	}
	order := sorted(len(s.Values), func(a, b int) bool { return s.Values[a] < s.Values[b] })
	for _, i := range order {
		x := s.x(s.Values[i])
		lane := 0
		for k := range lanes {
			if x-lanes[k] >= stripNear {
				lane = k
				break
			}
			if lanes[k] < lanes[lane] {
				lane = k
			}
		}
		lanes[lane] = x
		step := (lane + 1) / 2 // lanes 0, +1, -1, +2, -2…
		if lane%2 == 0 {
			step = -step
		}
		p.circle(x, stripMiddle+float64(step*stripLane), stripDot, "f-peer")
	}
}

// bars counts the values in equal parts of the axis.
func (s Strip) bars(p *pen) {
	var n [stripBins]int
	most := 1
	for _, v := range s.Values {
		k := min(int(s.Axis.share(v)*stripBins), stripBins-1)
		n[k]++
		most = max(most, n[k])
	}
	const wide = (rowTo - rowFrom) / stripBins
	for k, c := range n {
		if c > 0 {
			h := max(leastBar, float64((stripBase-36)*float64(c)/float64(most)))
			p.rect(rowFrom+float64(float64(k)*wide), stripBase-h, wide-binGap, h, "f-soft")
		}
	}
}
