package draw

// Timeline shows a place through time over the band and the median of its
// class.
type Timeline struct {
	Label   string
	Axis    Axis // of the values; its ticks are lines across
	Moments []Moment
	Dashed  bool   // the tool is noisier than the change: the line of the place is dashed
	Place   string // what stands at the end of each line: name and last value
	Median  string
	Band    string
}

// Moment is one date of a timeline.
type Moment struct {
	At        float64 // days since any day: distances are true
	Date      string
	Place     Pos
	PlaceText string
	Median    Pos
	Band      Span
	Break     bool // not comparable with the moment before: nothing joins the two
}

// Sizes of a timeline, in pixels and per cent.
const (
	timeTop    = 16.
	timeBase   = 186.
	timeHigh   = 220
	timeFrom   = 13. // per cent: the values of the axis stand left of it
	endGap     = 10  // pixels between the last dot and its words
	widestEnd  = 42. // per cent that the words at the end may take; longer ones break
	narrowEnd  = 8.  // per cent left without words, for the last value
	textRise   = 11  // pixels from the middle of a dot to a text above it
	textDrop   = 20  // the same to one under it
	textMiddle = 4   // from the middle of a line of text to its baseline
)

// Append writes the chart.
func (t Timeline) Append(b []byte) []byte {
	p := pen{b}
	ends := t.ends()
	last := 100 - roomFor(ends)
	p.plot("plot", timeHigh, t.Label)
	for _, tick := range t.Axis.Ticks {
		y := t.y(tick.At)
		p.line(timeFrom-3, y, last, y, "s-rule")
		p.write(0, y+textMiddle, 0, "start", tick.Label, "")
	}
	xs := t.xs(last)
	t.bands(&p, xs)
	t.curve(&p, xs, func(m Moment) Pos { return m.Median }, "s-ref")
	class := "s-place"
	if t.Dashed {
		class = "s-place s-dash"
	}
	t.curve(&p, xs, func(m Moment) Pos { return m.Place }, class)
	t.points(&p, xs)
	t.dates(&p, xs)
	p.ends(last, ends)
	p.raw("</svg>")
	return p.b
}

func (t Timeline) y(v float64) float64 { return t.Axis.along(v, timeBase, timeTop) }

// xs are the moments in per cent: the first at timeFrom, the last at last.
func (t Timeline) xs(last float64) []float64 {
	xs := make([]float64, len(t.Moments))
	if len(xs) == 0 {
		return xs
	}
	a := Axis{Lo: t.Moments[0].At, Hi: t.Moments[len(xs)-1].At}
	for i, m := range t.Moments {
		xs[i] = a.along(m.At, timeFrom, last)
	}
	if len(xs) == 1 {
		xs[0] = (timeFrom + last) / 2
	}
	return xs
}

// bands draws the band, a piece for each run without a break, in a box of its
// own that is stretched to the width.
func (t Timeline) bands(p *pen, xs []float64) {
	p.raw(`<svg width="100%" height="220" viewBox="0 0 1000 220" preserveAspectRatio="none">`)
	for from := 0; from < len(xs); {
		to := from
		for to < len(xs) && t.Moments[to].Band.known && (to == from || !t.Moments[to].Break) {
			to++
		}
		if to-from > 1 {
			p.raw(`<polygon class="f-soft" points="`)
			for i := from; i < to; i++ {
				p.corner(xs[i], t.y(t.Moments[i].Band.to))
			}
			for i := to - 1; i >= from; i-- {
				p.corner(xs[i], t.y(t.Moments[i].Band.from))
			}
			p.raw(`"/>`)
		}
		from = max(to, from+1)
	}
	p.raw("</svg>")
}

func (p *pen) corner(x, y float64) {
	p.fixed(x*10, 0)
	p.raw(",")
	p.fixed(y, 1)
	p.raw(" ")
}

// curve joins known values that follow each other without a break.
func (t Timeline) curve(p *pen, xs []float64, value func(Moment) Pos, class string) {
	for i := 1; i < len(xs); i++ {
		a, b := value(t.Moments[i-1]), value(t.Moments[i])
		if a.known && b.known && !t.Moments[i].Break {
			p.line(xs[i-1], t.y(a.v), xs[i], t.y(b.v), class)
		}
	}
}

// points draws the dots; the value of the place stands on the side away from
// the median.
func (t Timeline) points(p *pen, xs []float64) {
	for i, m := range t.Moments {
		if m.Median.known {
			p.circle(xs[i], t.y(m.Median.v), 3.5, "f-ref")
		}
		if !m.Place.known {
			continue
		}
		y := t.y(m.Place.v)
		p.circle(xs[i], y, 6, "f-place")
		if i == len(xs)-1 && t.Place != "" {
			continue // its value stands at the end of the line
		}
		if above := y - textRise; !m.Median.known || m.Place.v >= m.Median.v || y+textDrop > timeBase+8 {
			p.label(xs[i], above, m.PlaceText, "t-place")
		} else {
			p.label(xs[i], y+textDrop, m.PlaceText, "t-place")
		}
	}
}

func (t Timeline) dates(p *pen, xs []float64) {
	texts := make([]string, len(xs))
	for i, m := range t.Moments {
		texts[i] = m.Date
	}
	for i, kept := range keep(xs, texts) {
		if kept {
			p.label(xs[i], timeHigh-12, texts[i], "")
		}
	}
}

// ends are the words at the end of the lines, at their heights.
func (t Timeline) ends() []end {
	if len(t.Moments) == 0 {
		return nil
	}
	var out []end
	m := t.Moments[len(t.Moments)-1]
	if m.Place.known && t.Place != "" {
		out = append(out, newEnd(t.Place, "t-place", t.y(m.Place.v)))
	}
	if m.Median.known && t.Median != "" {
		out = append(out, newEnd(t.Median, "t-ref", t.y(m.Median.v)))
	}
	if m.Band.known && t.Band != "" {
		out = append(out, newEnd(t.Band, "", t.y(m.Band.to)))
	}
	return out
}
