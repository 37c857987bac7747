package draw

import "github.com/paulmach/orb"

// Inset is small Italy with a dot where the place is. The outline is a file of
// its own ([Outline]), fetched once for all pages: a page with seven thousand
// sisters cannot carry it.
type Inset struct {
	Frame Frame  // of the outline
	Image string // address of the outline file
	At    orb.Point
	Among []orb.Point // with these there are only small dots, and none at At
}

// dotShare is the radius of the dot against the width of the inset.
const dotShare = 1. / 16

// smallDotShare is that of one dot of many.
const smallDotShare = 1. / 60

// Append writes the inset; beside words that name the region it is decoration.
func (i Inset) Append(b []byte) []byte {
	p := pen{b}
	p.raw("<svg")
	p.attr("class", "inset")
	p.viewBox(i.Frame.W, i.Frame.H)
	p.raw(` aria-hidden="true">`)
	if safe(i.Image) {
		p.raw("<image")
		p.attr("href", i.Image)
		p.num("width", float64(i.Frame.W))
		p.num("height", float64(i.Frame.H))
		p.raw("/>")
	}
	if i.Among == nil {
		i.dot(&p, i.At, dotShare)
	}
	for _, at := range i.Among {
		i.dot(&p, at, smallDotShare)
	}
	p.raw("</svg>")
	return p.b
}

func (i Inset) dot(p *pen, point orb.Point, share float64) {
	at := i.Frame.at(point)
	p.raw(`<circle class="here"`)
	p.num("cx", float64(at.x))
	p.num("cy", float64(at.y))
	p.num("r", float64(i.Frame.W)*share)
	p.raw("/>")
}

// Outline is the file behind an inset: areas in quiet classes, [Land] and
// [Dark], without borders. A caller that wants the region of a page to stand
// out makes one file for each region.
type Outline struct {
	Mesh  *Mesh
	Class []Class // by area of the mesh
	Style string  // the style sheet, light and dark, of land and f-peer
}

// File is the outline as a file.
func (o Outline) File() []byte {
	p := pen{}
	p.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	p.viewBox(o.Mesh.frame.W, o.Mesh.frame.H)
	p.raw("><style>")
	p.text(o.Style)
	p.raw("</style>")
	for c, rings := range o.Mesh.outlines(o.Class) {
		p.shape(Class(c).fill(), func(d *path) {
			for _, r := range rings {
				if a := area2(r); a > 2 || a < -2 { // a rock is no more than noise at this size
					d.ring(r)
				}
			}
		})
	}
	p.raw("</svg>\n")
	return p.b
}
