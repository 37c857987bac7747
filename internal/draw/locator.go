package draw

import (
	"math"

	"github.com/paulmach/orb"
)

// Locator shows a Comune among its neighbours. The shape of each is a link, for
// pointers only; so is its name, for everybody, where there is room for it. The
// others are for the page to name: see [Locator.Draw].
type Locator struct {
	Here       Place
	Neighbours []Place            // the Comuni that touch it
	Around     []orb.MultiPolygon // other land in LocatorView; what is not in sight costs time only
	Units      []int              // the unit (province) of Here, of each neighbour and of each shape of Around, in this order; borders are drawn between units; nil draws none
	Sea        bool               // all that is not land is known to be sea
	Label      string             // says what is shown
	Scale      func(km float64) string
}

// Place is a Comune with its shape.
type Place struct {
	Name  string // on the map
	Title string // name with the sign of its province, for pointers and screen readers; Name where it is ""
	Href  string
	Shape orb.MultiPolygon
}

// The size of a locator: about its width on a phone, so that its text keeps its
// size there; at 416 pixels, the widest it gets, text is a sixth larger.
const (
	locatorW = 360
	locatorH = 316
	// hereShare is the part of the frame that the Comune takes: the rest is for
	// its neighbours.
	hereShare = .42
	// leastView is the least height of a view, in metres: Atrani, 0.12 km², is
	// shown among whole neighbours.
	leastView = 7000
	// spread is how much larger than its largest piece a Comune may be and still
	// be shown whole: Livorno is shown without Gorgona, 35 km out at sea.
	spread = 2.2
)

// LocatorView is the part of the world that a locator of the shape shows.
func LocatorView(here orb.MultiPolygon) orb.Bound {
	return locatorFrame(here).Bound()
}

func locatorFrame(here orb.MultiPolygon) Frame {
	b := here.Bound()
	var main orb.Bound
	for _, polygon := range here {
		if pb := polygon.Bound(); extentOf(pb) > extentOf(main) {
			main = pb
		}
	}
	if extentOf(b) > spread*extentOf(main) {
		b = main
	}
	w := max((b.Max[0]-b.Min[0])/hereShare, leastView*locatorW/locatorH)
	h := max((b.Max[1]-b.Min[1])/hereShare, leastView)
	c := b.Center()
	return FrameIn(orb.Bound{
		Min: orb.Point{c[0] - w/2, c[1] - h/2},
		Max: orb.Point{c[0] + w/2, c[1] + h/2},
	}, locatorW, locatorH)
}

func extentOf(b orb.Bound) float64 { return max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) }

// Append writes the map.
func (l Locator) Append(b []byte) []byte {
	b, _ = l.Draw(b)
	return b
}

// Draw writes the map, and says which of Neighbours have no room for their name.
func (l Locator) Draw(b []byte) (out []byte, unnamed []int) {
	f := locatorFrame(l.Here.Shape)
	m := l.mesh(f)
	visible := m.visible(1 + len(l.Neighbours))
	names := l.place(m, visible)

	p := pen{b}
	p.raw("<svg")
	p.viewBox(f.W, f.H)
	p.attr("role", "group")
	p.attr("aria-label", l.Label)
	p.raw(">")
	p.ground(f, l.Sea)
	l.land(&p, m)
	l.neighbours(&p, visible)
	if l.Units != nil {
		p.clipped("regb", f, m.borders(l.Units))
	}
	p.clipped("coast", f, m.coast())
	p.shape("here", func(d *path) { d.rings(visible[0]) })
	if here := f.cell(l.Here.Shape); here.speck {
		p.shape("here", func(d *path) { d.speck(here.at, f.speck()) })
	}
	l.names(&p, names)
	l.bar(&p, f)
	p.raw("</svg>")
	for i := range l.Neighbours {
		if names[i+1].lines == nil {
			unnamed = append(unnamed, i)
		}
	}
	return p.b, unnamed
}

// mesh is what can be seen of Here, of the neighbours and of what lies around,
// in this order. Most of it is out of sight: it is cut off before the borders
// are looked for.
func (l Locator) mesh(f Frame) *Mesh {
	areas := make([]cell, 0, 1+len(l.Neighbours)+len(l.Around))
	areas = append(areas, f.sight(l.Here.Shape))
	for _, n := range l.Neighbours {
		areas = append(areas, f.sight(n.Shape))
	}
	for _, shape := range l.Around {
		areas = append(areas, f.sight(shape))
	}
	return newMesh(f, areas)
}

// visible is what is drawn of the first n areas.
func (m *Mesh) visible(n int) [][][]pt {
	out := make([][][]pt, n)
	for i := range out {
		for _, r := range m.areas[i].rings {
			if r = straight(r, true); len(r) >= 3 {
				out[i] = append(out[i], r)
			}
		}
	}
	return out
}

// land paints what lies around the neighbours, without the borders inside it.
func (l Locator) land(p *pen, m *Mesh) {
	class := make([]Class, len(m.areas))
	for i := range class {
		if i > len(l.Neighbours) {
			class[i] = Land
		}
	}
	rest := rings(m.around(class)[Land])
	p.shape(Land.fill(), func(d *path) { d.rings(rest) })
}

// neighbours paints them as links, hidden from screen readers and the tab order:
// their names are the links for these.
func (l Locator) neighbours(p *pen, visible [][][]pt) {
	before := len(p.b)
	p.raw(`<g class="areas" aria-hidden="true">`)
	empty := true
	for i, n := range l.Neighbours {
		if len(visible[i+1]) == 0 {
			continue
		}
		empty = false
		linked := p.link(n.Href, ` tabindex="-1"`)
		if !linked {
			p.raw("<g>")
		}
		p.title(n.title(), "")
		p.shape(Land.fill(), func(d *path) { d.rings(visible[i+1]) })
		if linked {
			p.raw("</a>")
		} else {
			p.raw("</g>")
		}
	}
	p.raw("</g>")
	if empty {
		p.b = p.b[:before]
	}
}

func (n Place) title() string {
	if n.Title != "" {
		return n.Title
	}
	return n.Name
}

func (d *path) rings(rings [][]pt) {
	for _, r := range rings {
		d.ring(r)
	}
}

func (p *pen) clipped(class string, f Frame, lines [][]pt) {
	p.shape(class, func(d *path) {
		for _, l := range lines {
			for _, part := range f.clipLine(l) {
				d.line(part)
			}
		}
	})
}

// The scale bar stands in the lower right corner.
const (
	barLongest = .34 // of the width of the frame
	barMargin  = 10
	barHeight  = 26 // room for bar and words, in units
)

// barLength is a round number of kilometres and its length in units.
func barLength(f Frame) (km, units float64) {
	perKm := 1000 * f.scale
	longest := barLongest * float64(f.W) / perKm
	exp := int(math.Floor(math.Log10(longest)))
	for _, m := range []float64{5, 2, 1} {
		if km = decimal(m, exp); km <= longest {
			break
		}
	}
	return km, float64(km * perKm)
}

func (l Locator) bar(p *pen, f Frame) {
	if l.Scale == nil || f.scale == 0 {
		return
	}
	km, length := barLength(f)
	x, y := float64(f.W)-barMargin, float64(f.H)-barMargin
	p.raw(`<path class="s-axis" d="M`)
	p.fixed(x-length, 0)
	p.raw(" ")
	p.fixed(y, 0)
	p.raw("h")
	p.fixed(length, 0)
	p.raw(`"/><text class="t-name"`)
	p.num("x", x)
	p.num("y", y-5)
	p.raw(` text-anchor="end">`)
	p.text(l.Scale(km))
	p.raw("</text>")
}
