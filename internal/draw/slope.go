package draw

// Slope shows values of several groups at two dates: what rose, what fell, and
// whether their order changed.
type Slope struct {
	Label       string
	Left, Right string // the dates
	Lo, Hi      float64
	Lines       []SlopeLine
}

// SlopeLine is one group. Without one of the values its other dot stands alone.
type SlopeLine struct {
	Name             string
	From, To         Pos
	FromText, ToText string
	Here             bool // the place of the page
	Dark             bool // one of the two or three that the text speaks about
}

// Sizes of a slope chart, in pixels and per cent.
const (
	slopeFrom = 14.
	slopeTop  = 46.
	slopeHigh = 340
	slopeGap  = 16 // pixels between two names; the design asks for 15 at least
)

// Append writes the chart. Names and values dodge, lines do not.
func (s Slope) Append(b []byte) []byte {
	p := pen{b}
	to := s.to()
	base := max(slopeHigh, slopeTop+float64(len(s.Lines)*slopeGap))
	axis := Axis{Lo: s.Lo, Hi: s.Hi}
	y := func(v float64) float64 { return axis.along(v, base, slopeTop) }
	p.plot("plot", base+14, s.Label)
	second := 14.
	if !reach(slopeFrom, s.Left).clear(reach(to, s.Right)) {
		second += lineGap
	}
	p.label(slopeFrom, 14, s.Left, "")
	p.label(to, second, s.Right, "")
	p.line(slopeFrom, 20, slopeFrom, base+8, "s-rule")
	p.line(to, second+6, to, base+8, "s-rule")
	for _, dark := range []bool{false, true} { // dark lines over grey ones
		for _, l := range s.Lines {
			if (l.Dark || l.Here) == dark {
				l.draw(&p, to, y)
			}
		}
	}
	s.words(&p, slopeFrom, -9, "end", y, base, func(l SlopeLine) (Pos, string) { return l.From, l.FromText })
	s.words(&p, to, 9, "start", y, base, func(l SlopeLine) (Pos, string) { return l.To, l.ToText + "  " + l.Name })
	p.raw("</svg>")
	return p.b
}

// to is where the right line stands: the names have the rest.
func (s Slope) to() float64 {
	w := 0.
	for _, l := range s.Lines {
		w = max(w, width(l.ToText+"  "+l.Name, noteWide)+9)
	}
	const nearest, farthest = 34., 70. // per cent
	return max(nearest, min(100-w/minWidth*100, farthest))
}

func (l SlopeLine) draw(p *pen, to float64, y func(float64) float64) {
	line, dot := "s-peer", "f-peer"
	switch {
	case l.Here:
		line, dot = "s-place", "f-place"
	case l.Dark:
		line, dot = "s-ref", "f-ref"
	}
	if l.From.known && l.To.known {
		p.line(slopeFrom, y(l.From.v), to, y(l.To.v), line)
	}
	if l.From.known {
		p.circle(slopeFrom, y(l.From.v), dotRadius, dot)
	}
	if l.To.known {
		p.circle(to, y(l.To.v), dotRadius, dot)
	}
}

// words writes one side.
func (s Slope) words(p *pen, x, dx float64, anchor string, y func(float64) float64, base float64, side func(SlopeLine) (Pos, string)) {
	var ys []float64
	var texts, classes []string
	for _, l := range s.Lines {
		v, text := side(l)
		if !v.known {
			continue
		}
		class := ""
		switch {
		case l.Here:
			class = "t-place"
		case l.Dark:
			class = "t-ref"
		}
		ys, texts, classes = append(ys, y(v.v)), append(texts, text), append(classes, class)
	}
	for i, at := range dodge(ys, slopeGap, slopeTop, base) {
		p.write(x, at+textMiddle, dx, anchor, texts[i], classes[i])
	}
}
