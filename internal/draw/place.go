package draw

import (
	"math"
	"strings"
)

// Names on a locator are placed on a raster of cells: for each area a table of
// sums tells in four look-ups how much of a box lies inside it.
const (
	cellSize  = 6 // units
	rasterW   = locatorW / cellSize
	rasterH   = (locatorH + cellSize - 1) / cellSize
	nameSize  = 14  // units: class t-name
	hereSize  = 17  // units: class t-here
	leading   = 1.1 // of the size
	edgeRoom  = 5   // units between a name and the frame
	nameRoom  = 3   // units between two names
	leastIn   = .62 // part of a name's box that must lie in its area: fewer, and it could be anybody's
	coastIn   = .1  // the same where the rest of the box lies on nobody's land
	hereIn    = .9  // the same for the Comune itself; with less its name stands beside it
	lineMalus = .04 // what a further line costs against the part inside
	farMalus  = .3  // what the width of the frame away from the middle costs
	maxLines  = 3
)

// rectangle is a box in units.
type rectangle struct{ x, y, w, h float64 }

func (r rectangle) meets(o rectangle) bool {
	return r.x < o.x+o.w+nameRoom && o.x < r.x+r.w+nameRoom && r.y < o.y+o.h+nameRoom && o.y < r.y+r.h+nameRoom
}

// placed is a name with its place; without lines it has none.
type placed struct {
	lines []string
	box   rectangle
	size  float64
}

// mask is an area on the raster.
type mask struct {
	sum            [(rasterW + 1) * (rasterH + 1)]int16 // cells inside above and left
	cx, cy         float64                              // middle of the cells inside, in cells
	cells          int
	x0, y0, x1, y1 int // box around the cells inside
}

// newMask marks the cells whose middle lies in the rings, row by row: between
// an odd crossing and the next lies the inside.
func newMask(rings [][]pt) *mask {
	m := &mask{x0: rasterW, y0: rasterH}
	var xs [64]float64 // crossings of a row; more than that are not looked at
	for row := range rasterH {
		y := (float64(row) + .5) * cellSize
		n := 0
		for _, r := range rings {
			for i, p := range r {
				q := r[(i+1)%len(r)]
				if (float64(p.y) <= y) != (float64(q.y) <= y) && n < len(xs) {
					xs[n] = float64(p.x) + float64(float64(q.x-p.x)*(y-float64(p.y))/float64(q.y-p.y))
					for k := n; k > 0 && xs[k] < xs[k-1]; k-- {
						xs[k], xs[k-1] = xs[k-1], xs[k]
					}
					n++
				}
			}
		}
		line, k := int16(0), 0
		for col := range rasterW {
			x := (float64(col) + .5) * cellSize
			for k < n && xs[k] <= x {
				k++
			}
			if k%2 == 1 {
				line++
				m.cells++
				m.x0, m.y0, m.x1, m.y1 = min(m.x0, col), min(m.y0, row), max(m.x1, col+1), max(m.y1, row+1)
				m.cx += float64(col) + .5
				m.cy += float64(row) + .5
			}
			m.sum[(row+1)*(rasterW+1)+col+1] = m.sum[row*(rasterW+1)+col+1] + line
		}
	}
	if m.cells > 0 {
		m.cx /= float64(m.cells)
		m.cy /= float64(m.cells)
	}
	return m
}

// share is the part of a box that lies inside, by the cells it touches.
func (m *mask) share(r rectangle) float64 {
	x0, y0 := max(0, int(r.x/cellSize)), max(0, int(r.y/cellSize))
	x1 := min(rasterW, int(math.Ceil((r.x+r.w)/cellSize)))
	y1 := min(rasterH, int(math.Ceil((r.y+r.h)/cellSize)))
	if x1 <= x0 || y1 <= y0 {
		return 0
	}
	const row = rasterW + 1
	in := m.sum[y1*row+x1] - m.sum[y0*row+x1] - m.sum[y1*row+x0] + m.sum[y0*row+x0]
	return float64(in) / float64((x1-x0)*(y1-y0))
}

// place finds room for the names of Here and of its neighbours, by area.
func (l Locator) place(m *Mesh, visible [][][]pt) []placed {
	masks := make([]*mask, len(visible))
	for i, rings := range visible {
		masks[i] = newMask(rings)
	}
	land := newMask(m.outlines(make([]Class, len(m.areas)))[0])
	out := make([]placed, len(visible))
	var taken []rectangle
	if l.Scale != nil {
		f := locatorFrame(l.Here.Shape)
		km, length := barLength(f)
		w := max(length, width(l.Scale(km), nameSize)) + barMargin
		taken = append(taken, rectangle{float64(f.W) - w, float64(f.H) - barHeight - edgeRoom, w, barHeight})
	}
	here := masks[0]
	out[0] = best(l.Here.Name, hereSize, here, taken, func(r rectangle) (float64, bool) {
		in := here.share(r)
		if in >= hereIn {
			return in, true
		}
		return in - 1, in == 0 // beside it: any place inside is better
	})
	if out[0].lines != nil {
		taken = append(taken, out[0].box)
	}
	order := sorted(len(l.Neighbours), func(a, b int) bool { return masks[a+1].cells < masks[b+1].cells })
	for _, i := range order { // the smallest first: it has the fewest places to choose from
		m := masks[i+1]
		if m.cells == 0 {
			continue // out of sight
		}
		out[i+1] = best(l.Neighbours[i].Name, nameSize, m, taken, func(r rectangle) (float64, bool) {
			in := m.share(r)
			if in >= leastIn {
				return in, here.share(r) == 0
			}
			return in - 1, in >= coastIn && land.share(r) <= in
		})
		if out[i+1].lines != nil {
			taken = append(taken, out[i+1].box)
		}
	}
	return out
}

// best is the place for a name with the highest score: the score of its box
// less what lines and the way from the middle cost.
func best(name string, size float64, m *mask, taken []rectangle, score func(rectangle) (float64, bool)) placed {
	var out placed
	top := math.Inf(-1)
	for n := 1; n <= maxLines && name != ""; n++ {
		lines := wrapped(name, n)
		if len(lines) < n {
			break
		}
		r := rectangle{w: 0, h: float64(n) * size * leading}
		for _, s := range lines {
			r.w = max(r.w, width(s, size))
		}
		// A name that stands beside its area touches it, or nearly.
		across, down := int(r.w/2/cellSize)+2, int(r.h/2/cellSize)+2
		for row := max(0, m.y0-down); row < min(rasterH, m.y1+down); row++ {
			for col := max(0, m.x0-across); col < min(rasterW, m.x1+across); col++ {
				r.x, r.y = (float64(col)+.5)*cellSize-r.w/2, (float64(row)+.5)*cellSize-r.h/2
				if r.x < edgeRoom || r.y < edgeRoom || r.x+r.w > locatorW-edgeRoom || r.y+r.h > locatorH-edgeRoom {
					continue
				}
				dx, dy := float64(col)+.5-m.cx, float64(row)+.5-m.cy
				far := math.Sqrt(float64(dx*dx)+float64(dy*dy)) / rasterW
				most := 1 - float64(farMalus*far) - float64(lineMalus*float64(n-1))
				if most <= top {
					continue
				}
				s, ok := score(r)
				if s += most - 1; !ok || s <= top || collides(r, taken) {
					continue
				}
				top, out = s, placed{lines, r, size}
			}
		}
	}
	return out
}

func collides(r rectangle, taken []rectangle) bool {
	for _, t := range taken {
		if r.meets(t) {
			return true
		}
	}
	return false
}

// names writes them, those of neighbours as links.
func (l Locator) names(p *pen, names []placed) {
	p.raw(`<g text-anchor="middle">`)
	for i, n := range l.Neighbours {
		if names[i+1].lines == nil {
			continue
		}
		linked := p.link(n.Href, "")
		p.name("t-name", names[i+1])
		if linked {
			p.raw("</a>")
		}
	}
	if names[0].lines != nil {
		p.name("t-here", names[0])
	}
	p.raw("</g>")
}

// baseline is the distance from the top of a line to its baseline, in its size.
const baseline = .85

func (p *pen) name(class string, n placed) {
	x := math.Round(n.box.x + n.box.w/2)
	p.raw("<text")
	p.attr("class", class)
	p.num("x", x)
	p.num("y", math.Round(n.box.y+float64(n.size*baseline)))
	p.raw(">")
	for i, s := range n.lines {
		if i == 0 {
			p.text(s)
			continue
		}
		if !strings.HasSuffix(n.lines[i-1], "-") {
			p.raw(" ") // for those who hear the name
		}
		p.raw("<tspan")
		p.num("x", x)
		p.raw(` dy="1.1em">`)
		p.text(s)
		p.raw("</tspan>")
	}
	p.raw("</text>")
}
