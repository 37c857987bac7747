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

// Mark is a value that is pointed at: the place, a median, the value of Italy.
type Mark struct {
	At   Pos
	Text string
	Here bool // the place of the page; the others are comparisons
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
	marks, row, lines := h.marks()
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
	for i, m := range marks {
		m.draw(&p, h.Axis.along(m.At.v, 0, 100), float64(row[i]*lineGap)+11, base)
	}
	p.raw("</svg>")
	return p.b
}

// marks are those with a value, each with the line its text stands on.
func (h Histogram) marks() (known []Mark, row []int, lines int) {
	var xs []float64
	var texts []string
	for _, m := range h.Marks {
		if m.At.known {
			known = append(known, m)
			xs = append(xs, h.Axis.along(m.At.v, 0, 100))
			texts = append(texts, m.Text)
		}
	}
	row, lines = rows(xs, texts)
	return known, row, lines
}

// draw writes the text at y and a line from it down to base.
func (m Mark) draw(p *pen, x, y, base float64) {
	line, text := "s-ref", "t-ref"
	if m.Here {
		line, text = "s-place", "t-place"
	}
	p.line(x, y+4, x, base, line)
	p.label(x, y, m.Text, text)
}

// ticks writes the labels of an axis under y, and a stroke for each.
func (p *pen) ticks(a Axis, from, to, y float64) {
	var xs []float64
	var texts []string
	for _, t := range a.Ticks {
		xs = append(xs, a.along(t.At, from, to))
		texts = append(texts, t.Label)
	}
	kept := keep(xs, texts)
	for i := range xs {
		p.line(xs[i], y, xs[i], y+5, "s-axis")
		if kept[i] {
			p.label(xs[i], y+19, texts[i], "")
		}
	}
}
