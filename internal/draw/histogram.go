package draw

// Histogram shows how values are spread; in the colours of a map it is the
// map's legend.
type Histogram struct {
	Label  string
	Axis   Axis // its ticks are the edges of the classes
	Bins   []Bin
	Marks  []Mark
	Height float64 // of the highest bar, in pixels; 0 means 120
}

// Bin is the number of values from From to To.
type Bin struct {
	From, To float64
	N        int
	Class    Class // NoValue draws the grey of the crowd: a bar of values is never hatched
}

const (
	histogramHigh = 120 // pixels
	binGap        = .2  // per cent between two bars
	axisBelow     = 22  // pixels under the axis for its labels
	leastBar      = 1.5 // pixels: a bin that is not empty can be seen
)

// Append writes the chart.
func (h Histogram) Append(b []byte) []byte {
	p := pen{b}
	high := h.Height
	if !(high > 0) {
		high = histogramHigh
	}
	marks, lines := callouts(h.Marks, func(v float64) float64 { return h.Axis.along(v, 0, 100) })
	base := high + float64(lines*lineGap) + 6
	p.plot("plot legend-h", base+axisBelow, h.Label)
	most := 1
	for _, bin := range h.Bins {
		most = max(most, bin.N)
	}
	for _, bin := range h.Bins {
		if bin.N <= 0 {
			continue
		}
		x0, x1 := h.Axis.along(bin.From, 0, 100), h.Axis.along(bin.To, 0, 100)
		y := max(leastBar, float64(high*float64(bin.N)/float64(most)))
		class := "f-peer"
		if bin.Class != NoValue {
			class = bin.Class.fill()
		}
		p.rect(x0, base-y, max(x1-x0-binGap, binGap), y, class)
	}
	p.line(0, base, 100, base, "s-axis")
	p.ticks(h.Axis, 0, 100, base)
	for _, m := range marks {
		m.draw(&p, base)
	}
	p.raw("</svg>")
	return p.b
}

// ticks writes the labels of an axis under y, and a stroke for each.
func (p *pen) ticks(a Axis, from, to, y float64) {
	var xs []float64
	var texts []string
	for _, t := range a.Ticks {
		xs = append(xs, a.along(t.At, from, to))
		texts = append(texts, t.Label)
	}
	kept := written(xs, texts)
	for i := range xs {
		p.line(xs[i], y, xs[i], y+5, "s-axis")
		if kept[i] {
			p.label(xs[i], y+19, texts[i], "")
		}
	}
}
