package draw

// Dots is a unit chart: one dot for each Comune of a group, piled up over the
// value it has. Where there are more than a reader can tell apart it draws
// bars, on the same axis.
type Dots struct {
	Label   string
	Columns []Column
	Name    string // of the place, over its dot
}

// Column is one value and how many Comuni have it.
type Column struct {
	Text string // the value, under the axis
	N    int
	Here bool // the place is one of the N
}

// MostDots is how many dots a chart draws; more become bars.
const MostDots = 60

// Sizes of unit charts, in pixels.
const (
	dotPitch  = 13 // from dot to dot
	dotRadius = 4.5
	hereDot   = 6.5
	nameLine  = 33 // room above the piles for the name of the place
	axisLine  = 30 // room under the piles for axis and values
	barsHigh  = 120
)

// Append writes the chart.
func (d Dots) Append(b []byte) []byte {
	p := pen{b}
	n, most := 0, 0
	for _, c := range d.Columns {
		n += max(c.N, 0)
		most = max(most, c.N)
	}
	high := float64(barsHigh)
	if n <= MostDots {
		high = float64(most * dotPitch)
	}
	base := nameLine + high
	p.plot("plot", base+axisLine, d.Label)
	xs, texts := d.positions()
	kept := keep(xs, texts)
	for i, c := range d.Columns {
		if n <= MostDots {
			d.pile(&p, xs[i], base, c)
		} else {
			d.bar(&p, xs[i], base, c, high/float64(most))
		}
		class := ""
		if c.Here {
			class = "t-place"
		}
		if kept[i] || c.Here && d.alone(i, kept, xs, texts) {
			p.label(xs[i], base+22, c.Text, class)
		}
	}
	p.line(0, base+8, 100, base+8, "s-axis")
	p.raw("</svg>")
	return p.b
}

func (d Dots) positions() (xs []float64, texts []string) {
	for i, c := range d.Columns {
		xs = append(xs, 100*(float64(i)+.5)/float64(len(d.Columns)))
		texts = append(texts, c.Text)
	}
	return xs, texts
}

// alone tells whether the text of column i collides with none that is kept.
func (d Dots) alone(i int, kept []bool, xs []float64, texts []string) bool {
	e := reach(xs[i], texts[i])
	for k := range kept {
		if kept[k] && !e.clear(reach(xs[k], texts[k])) {
			return false
		}
	}
	return true
}

// pile draws the dots of a column, the place on top.
func (d Dots) pile(p *pen, x, base float64, c Column) {
	for k := range c.N {
		y := base - float64(k*dotPitch)
		if c.Here && k == c.N-1 {
			p.circle(x, y, hereDot, "f-place")
			d.flag(p, x, y-hereDot)
			return
		}
		p.circle(x, y, dotRadius, "f-peer")
	}
}

// bar draws a column as a bar; the place is a dot on it.
func (d Dots) bar(p *pen, x, base float64, c Column, unit float64) {
	const share = .8 // of the column that the bar takes
	w := share * 100 / float64(len(d.Columns))
	h := float64(unit * float64(max(c.N, 0)))
	p.rect(x-w/2, base+8-h, w, h, "f-peer")
	if c.Here {
		p.circle(x, base+8-h, hereDot, "f-place")
		d.flag(p, x, base+8-h-hereDot)
	}
}

// flag writes the name of the place at the top and a line down to its dot.
func (d Dots) flag(p *pen, x, y float64) {
	if d.Name == "" {
		return
	}
	p.line(x, 16, x, y, "s-place thin")
	p.label(x, 12, d.Name, "t-place")
}
