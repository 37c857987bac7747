package draw

// Bars stands in a table cell: for each group that the place is compared with,
// a bar of what was financed and on it what was paid out, and the figure at its
// end. The same figures are in Words, for who does not see the bars.
type Bars struct {
	Bars  []Bar
	Words string
}

// Bar is a share of 100 and a part of it.
type Bar struct {
	Whole Pos    // 0 to 100: financed
	Part  Pos    // 0 to Whole: paid out
	Text  string // at the end of the bar, four characters at most: "85 %"
	Here  bool   // the place of the page
}

// Sizes of bars, in pixels and per cent.
const (
	barPitch = 17
	barThick = 8
	barWide  = 70. // per cent of the cell; the figure has the rest, 38 of 128 pixels at least
)

// Append writes the bars.
func (c Bars) Append(b []byte) []byte {
	p := pen{b}
	p.raw(`<svg class="bar plot"`)
	p.num("height", float64(len(c.Bars)*barPitch-2))
	p.raw(` aria-hidden="true">`)
	for i, bar := range c.Bars {
		y := float64(i*barPitch) + 3
		p.rect(0, y, barWide, barThick, "f-soft")
		whole, part, text := "f-peer", "f-paid", ""
		if bar.Here {
			whole, part, text = "f-place", "f-paid", "t-place"
		}
		p.part(bar.Whole, y, whole)
		p.part(bar.Part, y, part)
		p.write(100, y+barThick, 0, "end", bar.Text, text)
	}
	p.raw("</svg>")
	p.hidden(c.Words)
	return p.b
}

func (p *pen) part(v Pos, y float64, class string) {
	if w := (Axis{Lo: 0, Hi: 100}).along(v.v, 0, barWide); v.known && w > 0 {
		p.rect(0, y, w, barThick, class)
	}
}

// hidden writes words for screen readers.
func (p *pen) hidden(s string) {
	if s == "" {
		return
	}
	p.raw(`<span class="vh">`)
	p.text(s)
	p.raw("</span>")
}

// Swatches is the legend of a map: class, what it means, how many.
type Swatches struct {
	Label    string
	Swatches []Swatch
}

// Swatch is an entry of a legend.
type Swatch struct {
	Class Class
	Text  string
	Count string // "" where it is said elsewhere
}

// Append writes the legend.
func (s Swatches) Append(b []byte) []byte {
	p := pen{b}
	p.raw(`<ul role="list" class="swatches"`)
	p.attr("aria-label", s.Label)
	p.raw(">")
	for _, w := range s.Swatches {
		p.raw(`<li><svg viewBox="0 0 20 14" aria-hidden="true"><rect`)
		p.attr("class", w.Class.fill())
		p.raw(` width="20" height="14"/></svg>`)
		p.text(w.Text)
		if w.Count != "" {
			p.raw(` <span class="soft num">`)
			p.text(w.Count)
			p.raw("</span>")
		}
		p.raw("</li>")
	}
	p.raw("</ul>")
	return p.b
}
