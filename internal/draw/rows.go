package draw

import "html/template"

// Rows is a dot chart: a list with a name, a dot on a common scale and the
// value in words for each row. The rows are text that is read as it stands, the
// drawings are decoration.
type Rows struct {
	Label string // of the list; "" where a heading is near
	Axis  Axis
	Ref   Pos // a line through all rows: the value of Italy
	Rows  []Row
}

// Row is one line of a dot chart. Marks that are not known are not drawn.
type Row struct {
	Name     string
	Note     string        // small print under the name: how many answered
	Small    template.HTML // Note as markup
	Href     string        // where the name leads
	Value    string        // what stands at the end: the figure, or why there is none
	Spoken   string        // said in place of Value, where Value is an abbreviation
	Figure   string        // where the figure comes from, if it is one of the survey
	Dot      Pos           // the value
	Ring     Pos           // a second value: the raw share, the median
	Interval Span          // whiskers
	Weak     bool          // the estimate stands on few answers: whiskers are dashed
	Band     Span          // the middle half of the others
	Median   Pos           // a tick on the band
	Here     bool          // the place of the page
	Strong   bool          // a heading among the rows
}

// Sizes of rows, in pixels and per cent.
const (
	rowHigh  = 26
	rowFrom  = 2. // per cent: a dot at the end of the axis is not cut
	rowTo    = 98.
	axisHigh = 18
)

// Append writes the list.
func (r Rows) Append(b []byte) []byte {
	p := pen{b}
	p.raw(`<ul role="list" class="rows"`)
	p.attr("aria-label", r.Label)
	p.raw(">")
	for _, row := range r.Rows {
		p.raw("<li")
		if row.Here {
			p.attr("class", "me")
		}
		p.raw(">")
		row.name(&p)
		r.draw(&p, row)
		p.raw(`<span class="v"`)
		p.attr("data-cifra", row.Figure)
		p.raw(">")
		if row.Spoken == "" {
			p.text(row.Value)
		} else {
			p.raw(`<span aria-hidden="true"`)
			p.attr("title", row.Spoken)
			p.raw(">")
			p.text(row.Value)
			p.raw("</span>")
			p.hidden(row.Spoken)
		}
		p.raw("</span></li>")
	}
	if len(r.Axis.Ticks) > 0 {
		p.raw(`<li class="axisrow" aria-hidden="true"><span></span>`)
		p.plot("plot", axisHigh, "")
		r.axis(&p)
		p.raw("</svg><span></span></li>")
	}
	p.raw("</ul>")
	return p.b
}

func (row Row) name(p *pen) {
	p.raw("<span>")
	linked := p.link(row.Href, "")
	if row.Strong {
		p.raw("<strong>")
	}
	p.text(row.Name)
	if row.Strong {
		p.raw("</strong>")
	}
	if linked {
		p.raw("</a>")
	}
	if row.Note != "" || row.Small != "" {
		p.raw(`<br><span class="note">`)
		p.text(row.Note)
		p.raw(string(row.Small))
		p.raw("</span>")
	}
	p.raw("</span>")
}

func (r Rows) draw(p *pen, row Row) {
	const y = rowHigh / 2
	x := func(v float64) float64 { return r.Axis.along(v, rowFrom, rowTo) }
	p.plot("plot", rowHigh, "")
	p.line(0, y, 100, y, "s-rule")
	if row.Band.known {
		from := x(row.Band.from)
		p.rect(from, y-5, x(row.Band.to)-from, 10, "f-soft")
	}
	if r.Ref.known {
		p.line(x(r.Ref.v), 0, x(r.Ref.v), rowHigh, "s-ref thin")
	}
	if row.Median.known {
		p.line(x(row.Median.v), y-8, x(row.Median.v), y+8, "s-ref")
	}
	if row.Interval.known {
		from, to, class := x(row.Interval.from), x(row.Interval.to), "s-ref"
		if row.Weak {
			class = "s-ref s-dash"
		}
		p.line(from, y, to, y, class)
		p.line(from, y-4, from, y+4, "s-ref")
		p.line(to, y-4, to, y+4, "s-ref")
	}
	dot, ring := "f-ref", "hollow"
	if row.Here {
		dot, ring = "f-place", "hollow-place"
	}
	if row.Ring.known {
		p.circle(x(row.Ring.v), y, dotRadius, ring)
	}
	if row.Dot.known {
		p.circle(x(row.Dot.v), y, 6, dot)
	}
	p.raw("</svg>")
}

func (r Rows) axis(p *pen) {
	var xs []float64
	var texts []string
	for _, t := range r.Axis.Ticks {
		xs = append(xs, r.Axis.along(t.At, rowFrom, rowTo))
		texts = append(texts, t.Label)
	}
	for i, kept := range written(xs, texts) {
		if kept {
			p.label(xs[i], 14, texts[i], "")
		}
	}
}
