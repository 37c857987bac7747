package draw

// Areas is a map whose areas have names and may be links: the regions of
// Italy, the units of a region, the Comuni of a unit.
//
// A table beside the map carries the same links, and 1,500 tab stops would be
// cruel: so the links of a map are for pointers only, out of the tab order and
// hidden from screen readers, which hear Label. Where nothing else leads to the
// areas, set Keyboard.
type Areas struct {
	Mesh     *Mesh
	Areas    []Area // by area of the mesh
	Group    []int  // borders are drawn between groups; nil draws none
	Around   *Mesh  // land around, in the same frame; nil for none
	Sea      bool   // all that is not drawn is known to be sea
	Label    string // what the map shows, as a finding
	Figure   string // where the figures of Label come from, if they are of the survey
	Keyboard bool   // links are tab stops and are read aloud
}

// Area is one area of a map.
type Area struct {
	Title  string // what a pointer reads: name and value
	Figure string // where the value comes from, if it is a figure of the survey
	Href   string // its page; "" for none
	Class  Class
	Here   bool // the place of the page: outlined
}

// Append writes the map.
func (a Areas) Append(b []byte) []byte {
	p := pen{b}
	f := a.Mesh.frame
	p.raw("<svg")
	p.viewBox(f.W, f.H)
	p.attr("role", "group")
	p.attr("aria-label", a.Label)
	p.attr("data-cifre", a.Figure)
	p.raw(">")
	if a.Around != nil {
		p.ground(f, a.Sea)
		p.around(a.Around)
	}
	p.raw(`<g class="areas"`)
	if !a.Keyboard {
		p.raw(` aria-hidden="true"`)
	}
	p.raw(">")
	for i, area := range a.Areas {
		if !a.Mesh.areas[i].speck {
			a.area(&p, i, area)
		}
	}
	for i, area := range a.Areas { // specks last: their neighbours would cover them
		if a.Mesh.areas[i].speck {
			a.area(&p, i, area)
		}
	}
	p.raw("</g>")
	if a.Group != nil {
		p.lines("regb", a.Mesh.borders(a.Group))
	}
	p.lines("coast", a.Mesh.coast())
	for i, area := range a.Areas {
		if area.Here {
			p.shape("s-place", func(d *path) { d.cell(a.Mesh, i) })
		}
	}
	p.raw("</svg>")
	return p.b
}

func (a Areas) area(p *pen, i int, area Area) {
	c := a.Mesh.areas[i]
	if len(c.rings) == 0 && !c.speck {
		return
	}
	attrs := ` tabindex="-1"`
	if a.Keyboard {
		attrs = ""
	}
	linked := p.link(area.Href, attrs)
	if !linked {
		p.raw("<g>")
	}
	p.title(area.Title, area.Figure)
	p.shape(area.Class.fill(), func(d *path) { d.cell(a.Mesh, i) })
	if linked {
		p.raw("</a>")
	} else {
		p.raw("</g>")
	}
}

// cell draws an area, or its speck.
func (d *path) cell(m *Mesh, i int) {
	c := m.areas[i]
	for _, r := range c.rings {
		d.ring(straight(r, true))
	}
	for _, at := range c.islets {
		d.speck(at, m.frame.speck())
	}
	if c.speck {
		d.speck(c.at, m.frame.speck())
	}
}

func (p *pen) title(s, figure string) {
	if s == "" {
		return
	}
	p.raw("<title")
	p.attr("data-cifra", figure)
	p.raw(">")
	p.text(s)
	p.raw("</title>")
}

// ground paints what is not Italy. Boundaries of Italy cannot tell the sea from
// Switzerland: it is sea only where the caller knows.
func (p *pen) ground(f Frame, sea bool) {
	class := "outside"
	if sea {
		class = "sea"
	}
	p.raw("<rect")
	p.attr("class", class)
	p.num("width", float64(f.W))
	p.num("height", float64(f.H))
	p.raw("/>")
}

// around paints the land of a mesh in one piece, as far as it is in sight.
func (p *pen) around(m *Mesh) {
	whole := m.outlines(make([]Class, len(m.areas)))[0]
	p.shape(Land.fill(), func(d *path) {
		for _, r := range whole {
			d.ring(straight(m.frame.clip(r), true))
		}
	})
}
