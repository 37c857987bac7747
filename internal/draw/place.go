package draw

import (
	"math"
	"math/bits"
	"strings"
)

// Names on a locator are placed on a raster of cells: an area is a bit in each
// cell, so that a row of the raster is one word.
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
	rows           [rasterH]uint64 // a bit for each cell whose middle lies inside, the first column lowest
	cx, cy         float64         // middle of the cells inside, in cells
	cells          int
	x0, y0, x1, y1 int // box around the cells inside
}

// newMask marks the cells whose middle lies in the rings: every edge turns the
// cells to its right from outside to inside, or back.
func newMask(rings [][]pt) *mask {
	m := &mask{x0: rasterW, y0: rasterH}
	for _, r := range rings {
		for i, p := range r {
			m.cross(p, r[(i+1)%len(r)])
		}
	}
	for row := range m.rows {
		for by := 1; by < rasterW; by *= 2 {
			m.rows[row] ^= m.rows[row] << by
		}
		m.rows[row] &= 1<<rasterW - 1
	}
	m.measure()
	return m
}

// cross marks in each row that the edge from p to q crosses the first cell
// whose middle lies to the right of it, or on it.
func (m *mask) cross(p, q pt) {
	const middle = cellSize / 2 // of a cell
	top, end := min(p.y, q.y), max(p.y, q.y)
	for row := max(0, (top-middle+cellSize-1)/cellSize); row < rasterH; row++ {
		y := row*cellSize + middle
		if y >= end {
			return
		}
		if y < top { // division goes towards 0
			continue
		}
		x := float64(p.x) + float64(float64(q.x-p.x)*float64(y-p.y)/float64(q.y-p.y))
		col := int(max(0, math.Ceil((x-middle)/cellSize)))
		if col < rasterW {
			m.rows[row] ^= 1 << col
		}
	}
}

// measure counts the cells inside and finds their middle and the box around.
func (m *mask) measure() {
	for row, in := range m.rows {
		if in == 0 {
			continue
		}
		m.x0, m.y0 = min(m.x0, bits.TrailingZeros64(in)), min(m.y0, row)
		m.x1, m.y1 = max(m.x1, bits.Len64(in)), row+1
		n := bits.OnesCount64(in)
		m.cells += n
		m.cy += float64(n) * (float64(row) + .5)
		for ; in != 0; in &= in - 1 {
			m.cx += float64(bits.TrailingZeros64(in)) + .5
		}
	}
	if m.cells > 0 {
		m.cx /= float64(m.cells)
		m.cy /= float64(m.cells)
	}
}

// add takes in the cells of an area that does not lie over this one.
func (m *mask) add(o *mask) {
	for row, in := range o.rows {
		m.rows[row] |= in
	}
}

// share is the part of a box that lies inside, by the cells it touches.
func (m *mask) share(r rectangle) float64 {
	x0, y0 := max(0, int(r.x/cellSize)), max(0, int(r.y/cellSize))
	x1 := min(rasterW, int(math.Ceil((r.x+r.w)/cellSize)))
	y1 := min(rasterH, int(math.Ceil((r.y+r.h)/cellSize)))
	if x1 <= x0 || y1 <= y0 {
		return 0
	}
	in, span := 0, uint64(1)<<x1-uint64(1)<<x0
	for _, row := range m.rows[y0:y1] {
		in += bits.OnesCount64(row & span)
	}
	return float64(in) / float64((x1-x0)*(y1-y0))
}

// place finds room for the names of Here and of its neighbours, by area.
func (l Locator) place(m *Mesh, visible [][][]pt) []placed {
	masks := make([]*mask, len(visible))
	for i, rings := range visible {
		masks[i] = newMask(rings)
	}
	var around [][]pt
	for _, a := range m.areas[len(visible):] {
		around = append(around, a.rings...)
	}
	land := newMask(around)
	for _, m := range masks {
		land.add(m)
	}
	out := make([]placed, len(visible))
	var taken []rectangle
	if l.Scale != nil {
		f := locatorFrame(l.Here.Shape)
		km, length := barLength(f)
		w := max(length, width(l.Scale(km), nameSize)) + barMargin
		taken = append(taken, rectangle{float64(f.W) - w, float64(f.H) - barHeight - edgeRoom, w, barHeight})
	}
	here := masks[0]
	out[0] = best(l.Here.Name, hereSize, search{mask: here, taken: taken, least: hereIn, may: func(r rectangle, in float64) bool {
		return in >= hereIn || in == 0
	}})
	if out[0].lines != nil {
		taken = append(taken, out[0].box)
	}
	order := sorted(len(l.Neighbours), func(a, b int) bool { return masks[a+1].cells < masks[b+1].cells })
	for _, i := range order { // the smallest first: it has the fewest places to choose from
		m := masks[i+1]
		if m.cells == 0 {
			continue // out of sight
		}
		out[i+1] = best(l.Neighbours[i].Name, nameSize, search{mask: m, taken: taken, least: leastIn, may: func(r rectangle, in float64) bool {
			if in >= leastIn {
				return here.share(r) == 0
			}
			return in >= coastIn && land.share(r) <= in
		}})
		if out[i+1].lines != nil {
			taken = append(taken, out[i+1].box)
		}
	}
	return out
}

// search is where a name may stand: around the middle of any cell, so that its
// box lies in the frame and clear of what is taken. A box scores the part of it
// that lies in the area, less 1 where that part is under least: any place inside
// is better than one beside. may has the last word on a box, of which such a
// part lies in the area.
type search struct {
	*mask
	taken []rectangle
	least float64
	may   func(r rectangle, in float64) bool
}

// spot is a search for a name in a number of lines, that fill a box of w by h.
type spot struct {
	search
	lines int
	w, h  float64
	room  cells // that the box may stand around
}

// cells is a box of them, its ends excluded.
type cells struct{ x0, y0, x1, y1 int }

func newSpot(where search, lines []string, size float64) spot {
	s := spot{search: where, lines: len(lines), h: float64(len(lines)) * size * leading}
	for _, line := range lines {
		s.w = max(s.w, width(line, size))
	}
	s.room.x0, s.room.x1 = roomAlong(s.w, locatorW, s.x0, s.x1)
	s.room.y0, s.room.y1 = roomAlong(s.h, locatorH, s.y0, s.y1)
	return s
}

// roomAlong says, in one direction, around which cells a box may stand: it lies
// in the frame and touches the area that goes from from to to, or nearly (a name
// may stand beside it).
func roomAlong(box, frame float64, from, to int) (first, end int) {
	half := box / 2
	beside := int(half/cellSize) + 2
	first = int(math.Ceil((edgeRoom+half)/cellSize - .5))
	end = int(math.Floor((frame-edgeRoom-half)/cellSize-.5)) + 1
	return max(first, from-beside), min(end, to+beside)
}

// most is what a place in the middle of the area can score.
func (s *spot) most() float64 { return 1 - float64(lineMalus*float64(s.lines-1)) }

// columns holds all cells of a row, and few others, that can score floor or
// more.
func (s *spot) columns(row int, floor float64) (from, to int) {
	reach, dy := (s.most()-floor)*rasterW/farMalus, float64(row)+.5-s.cy
	if math.Abs(dy) > reach {
		return 0, 0
	}
	reach = 1 + math.Sqrt(float64(reach*reach)-float64(dy*dy))
	return int(max(float64(s.room.x0), s.cx-reach)), int(min(float64(s.room.x1), s.cx+reach))
}

// try scores the box around a cell; under floor it is nothing.
func (s *spot) try(col, row int, floor float64) (score float64, ok bool) {
	r := s.at(col, row)
	in := s.share(r)
	if score = in; in < s.least {
		score--
	}
	if score+(s.most()-1) < floor {
		return 0, false
	}
	dx, dy := float64(col)+.5-s.cx, float64(row)+.5-s.cy
	far := math.Sqrt(float64(dx*dx)+float64(dy*dy)) / rasterW
	if score += s.most() - float64(farMalus*far) - 1; score < floor {
		return 0, false
	}
	return score, s.may(r, in) && !collides(r, s.taken)
}

// at is the box around the middle of a cell.
func (s *spot) at(col, row int) rectangle {
	return rectangle{(float64(col)+.5)*cellSize - s.w/2, (float64(row)+.5)*cellSize - s.h/2, s.w, s.h}
}

// best is the place for a name with the highest score: the score of its box
// less what lines and the way from the middle cost; of several such the one with
// the fewest lines, then the one that is read first.
func best(name string, size float64, where search) placed {
	var out placed
	top := math.Inf(-1)
	for n := 1; n <= maxLines && name != ""; n++ {
		lines := wrapped(name, n)
		if len(lines) < n {
			break
		}
		s := newSpot(where, lines, size)
		if r, score, ok := s.find(math.Nextafter(top, math.Inf(1))); ok {
			top, out = score, placed{lines, r, size}
		}
	}
	return out
}

// find is the best box that scores floor or more. It goes from the middle up
// and down: what lies near can score more, and then what lies far need not be
// tried.
func (s *spot) find(floor float64) (out rectangle, top float64, ok bool) {
	middle := min(max(int(s.cy), s.room.y0), s.room.y1)
	for away := 0; middle-away > s.room.y0 || middle+away < s.room.y1; away++ {
		for _, row := range [...]int{middle + away, middle - 1 - away} {
			if row < s.room.y0 || row >= s.room.y1 {
				continue
			}
			from, to := s.columns(row, floor)
			for col := from; col < to; col++ {
				score, found := s.try(col, row, floor)
				if !found {
					continue
				}
				if r := s.at(col, row); score > floor || !ok || r.y < out.y { // rows come in another order than they are read
					out, top, floor, ok = r, score, score, true
				}
			}
		}
	}
	return out, top, ok
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
