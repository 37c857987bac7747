package draw

import (
	"slices"
	"strconv"
)

// National is a choropleth without links: one path for each class. It shows all
// Comuni of Italy at once.
type National struct {
	Mesh   *Mesh
	Class  []Class // by area of the mesh
	Group  []int   // region of each area; borders are drawn between groups; nil draws none
	Label  string  // what the map shows, as a finding
	Detail string  // in a file: the longer description
	Style  string  // in a file: the style sheet, light and dark, of fills, regb, coast, h-bg and h-line
}

// hatchID is the id of the hatch in a file of its own, where c0 must use it.
const hatchID = "hatch"

// Append writes the map to stand inside a page.
func (n National) Append(b []byte) []byte {
	p := pen{b}
	p.raw("<svg")
	p.viewBox(n.Mesh.frame.W, n.Mesh.frame.H)
	p.alternative("img", n.Label)
	p.raw(">")
	n.body(&p)
	p.raw("</svg>")
	return p.b
}

// File is the map as a file of its own, for an img or a download.
func (n National) File() []byte {
	p := pen{}
	p.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	p.viewBox(n.Mesh.frame.W, n.Mesh.frame.H)
	p.num("width", float64(n.Mesh.frame.W))
	p.num("height", float64(n.Mesh.frame.H))
	p.raw(` role="img"><title>`)
	p.text(n.Label)
	p.raw("</title>")
	if n.Detail != "" {
		p.raw("<desc>")
		p.text(n.Detail)
		p.raw("</desc>")
	}
	p.raw("<style>")
	p.text(n.Style)
	p.raw("</style>")
	if slices.Contains(n.Class, NoValue) {
		p.hatch(hatchID)
	}
	n.body(&p)
	p.raw("</svg>\n")
	return p.b
}

func (n National) body(p *pen) {
	for c, rings := range n.Mesh.outlines(n.Class) {
		p.shape(Class(c).seamed(), func(d *path) {
			for _, r := range rings {
				d.ring(r)
			}
		})
	}
	if n.Group != nil {
		p.lines("regb", n.Mesh.borders(n.Group))
	}
	p.lines("coast", n.Mesh.coast())
	for c := range count { // specks last: their neighbours would cover them
		p.shape(Class(c).fill(), func(d *path) {
			for i, a := range n.Mesh.areas {
				if n.Class[i] != Class(c) {
					continue
				}
				if a.speck {
					d.speck(a.at, n.Mesh.frame.speck())
				}
				for _, at := range a.islets {
					d.speck(at, n.Mesh.frame.speck())
				}
			}
		})
	}
}

func (p *pen) viewBox(w, h int) {
	p.raw(` viewBox="0 0 `)
	p.b = strconv.AppendInt(p.b, int64(w), 10)
	p.raw(" ")
	p.b = strconv.AppendInt(p.b, int64(h), 10)
	p.raw(`"`)
}

// shape writes a path if there is anything to draw.
func (p *pen) shape(class string, draw func(*path)) {
	before := len(p.b)
	p.raw("<path")
	p.attr("class", class)
	p.raw(` d="`)
	d := path{b: p.b}
	draw(&d)
	if p.b = d.b; !d.begun {
		p.b = p.b[:before]
		return
	}
	p.raw(`"/>`)
}

func (p *pen) lines(class string, lines [][]pt) {
	p.shape(class, func(d *path) {
		for _, l := range lines {
			d.line(l)
		}
	})
}

// Hatch is the pattern of "no value". A page that shows a map writes it once;
// the style sheet fills c0 with url(#ID).
type Hatch struct {
	ID string
}

// Append writes the pattern in an invisible SVG.
func (h Hatch) Append(b []byte) []byte {
	p := pen{b}
	p.raw(`<svg width="0" height="0" class="vh" aria-hidden="true" focusable="false">`)
	p.hatch(h.ID)
	p.raw("</svg>")
	return p.b
}

func (p *pen) hatch(id string) {
	p.raw("<defs><pattern")
	p.attr("id", id)
	p.raw(` width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="h-bg" width="5" height="5"/><path class="h-line" d="M0 2.5h5"/></pattern></defs>`)
}
