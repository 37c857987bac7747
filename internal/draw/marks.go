package draw

// Mark is a value that is pointed at: the place, a median, the value of Italy.
type Mark struct {
	At   Pos
	Text string
	Here bool // the place of the page; the others are comparisons
}

// callout is a mark with the place of its text: on one of the lines above the
// picture, over its own stroke or beside it.
type callout struct {
	mark   Mark
	x      float64 // per cent
	width  float64 // of the text, in pixels
	line   int     // of text, from the top
	side   side
	extent extent // of the text, on the narrowest plot
}

type side int8

const (
	over  side = iota // centred over its stroke, which begins under it
	right             // beside its stroke
	left
)

// besideGap is the distance from a stroke to the text beside it, in pixels.
const besideGap = 5

// callouts finds places so that no text meets a text and no stroke a text, on as
// few lines as can be. A stroke goes down from the line of its text: it meets
// the lines below, not those above.
func callouts(marks []Mark, x func(float64) float64) (placed []callout, lines int) {
	var all []callout
	for _, m := range marks {
		if m.At.known {
			all = append(all, callout{mark: m, x: x(m.At.v), width: width(m.Text, noteWide)})
		}
	}
	for lines = 1; lines <= len(all); lines++ {
		if settle(all, 0, lines) {
			return all, lines
		}
	}
	for i := range all { // too many too close: one on each line, over its stroke
		all[i] = all[i].at(i, over)
	}
	return all, len(all)
}

// mostCallouts bounds the search; more marks than that stand one on each line.
const mostCallouts = 5

// settle tries every place for the callouts from i on.
func settle(all []callout, i, lines int) bool {
	if i == len(all) {
		return true
	}
	if len(all) > mostCallouts {
		return false
	}
	for line := range lines {
	next:
		for _, s := range []side{over, right, left} {
			f := all[i].at(line, s)
			if s != over && (f.extent.from < 0 || f.extent.to > minWidth) {
				continue
			}
			for _, g := range all[:i] {
				if f.meets(g) {
					continue next
				}
			}
			all[i] = f
			if settle(all, i+1, lines) {
				return true
			}
		}
	}
	return false
}

func (f callout) at(line int, s side) callout {
	f.line, f.side = line, s
	px, w := f.stroke(), f.width
	switch s {
	case over:
		middle := px + fit(f.x, w)
		f.extent = extent{middle - w/2, middle + w/2}
	case right:
		f.extent = extent{px + besideGap, px + besideGap + w}
	case left:
		f.extent = extent{px - besideGap - w, px - besideGap}
	}
	return f
}

// stroke is where the stroke stands on the narrowest plot.
func (f callout) stroke() float64 { return f.x / 100 * minWidth }

func (f callout) meets(g callout) bool {
	switch {
	case f.line == g.line:
		return !f.extent.clear(g.extent) || f.crosses(g) || g.crosses(f)
	case f.line < g.line:
		return f.crosses(g)
	}
	return g.crosses(f)
}

// crosses tells whether the stroke of f goes through the text of g.
func (f callout) crosses(g callout) bool {
	return f.stroke() > g.extent.from-2 && f.stroke() < g.extent.to+2
}

// draw writes the text and a stroke down to base.
func (f callout) draw(p *pen, base float64) {
	stroke, text := "s-ref", "t-ref"
	if f.mark.Here {
		stroke, text = "s-place", "t-place"
	}
	y := float64(f.line*lineGap) + 12
	switch f.side {
	case over:
		p.line(f.x, y+4, f.x, base, stroke)
		p.label(f.x, y, f.mark.Text, text)
	case right:
		p.line(f.x, y-9, f.x, base, stroke)
		p.write(f.x, y, besideGap, "start", f.mark.Text, text)
	case left:
		p.line(f.x, y-9, f.x, base, stroke)
		p.write(f.x, y, -besideGap, "end", f.mark.Text, text)
	}
}
