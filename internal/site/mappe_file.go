package site

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"mappa/internal/draw"
	"mappa/internal/geo"
	"mappa/internal/theme"
)

// styleAsset is the theme's style sheet for maps that are files of their own.
const styleAsset = "figura.css"

// outline is small Italy, one file for all pages.
type outline struct {
	frame   draw.Frame
	address string
}

// drawMaps writes the map files: the outline, and for every indicator Italy by
// Comune at its newest date.
func (p *press) drawMaps() error {
	style, err := p.style()
	if err != nil {
		return err
	}
	shapes := polygons(p.Maps.Country)
	bound := p.Maps.Country.Bounds()
	p.country = draw.NewMesh(draw.NewFrame(bound, countryGrid, margin), shapes)
	p.drawOutline(shapes, bound, style)
	p.figureStyle = style
	for _, e := range p.Book.Entries {
		p.images[e.ID] = p.imageFile(e.ID, draw.National{Mesh: p.country, Class: p.comuneClasses(e), Group: p.region,
			Label: p.mapTitle(e), Detail: p.mapAlt(e), Style: style})
	}
	p.drawAreaMeshes(bound)
	return nil
}

// style is the text of the theme's style sheet for pictures.
func (p *press) style() (string, error) {
	address, err := p.Theme.Asset(styleAsset)
	if err != nil {
		return "", fmt.Errorf("maps as files need it: %w", err)
	}
	for _, f := range p.Theme.Files() {
		if strings.HasSuffix(address, "/"+f.Path) {
			return strings.TrimSpace(string(f.Data)), nil
		}
	}
	return "", fmt.Errorf("the asset %s has no file", styleAsset)
}

func (p *press) drawOutline(shapes []orb.MultiPolygon, bound orb.Bound, style string) {
	p.outline.frame = draw.NewFrame(bound, insetGrid, 1)
	f := theme.Hashed("italia.svg", draw.Outline{Mesh: draw.NewMesh(p.outline.frame, shapes), Class: all(draw.Land, len(shapes)), Style: style}.File())
	p.out.Add(f.Path, f.Data)
	p.outline.address = "/" + f.Path
}

// drawAreaMeshes lays out Italy by region and by unit, dissolved from the same
// arcs as the Comuni.
func (p *press) drawAreaMeshes(bound orb.Bound) {
	frame := draw.NewFrame(bound, areasGrid, margin)
	byUnit := p.Maps.Country.Dissolve(p.units, len(p.Atlas.Units))
	p.unitMesh = draw.NewMesh(frame, polygons(byUnit))
	p.regionMesh = draw.NewMesh(frame, polygons(p.Maps.Country.Dissolve(p.region, len(p.Atlas.Regions))))
	p.unitRegion = make([]int, len(p.Atlas.Units))
	for u, unit := range p.Atlas.Units {
		p.unitRegion[u] = unit.Region
	}
}

func all(c draw.Class, n int) []draw.Class {
	out := make([]draw.Class, n)
	for i := range out {
		out[i] = c
	}
	return out
}

func polygons(t *geo.Topology) []orb.MultiPolygon {
	out := make([]orb.MultiPolygon, len(t.Faces))
	for i := range out {
		out[i] = t.Polygon(i)
	}
	return out
}

// imageFile writes a map as a file and returns its address.
func (p *press) imageFile(name string, m draw.National) string {
	f := theme.Hashed("mappa-"+name+".svg", m.File())
	p.out.Add(f.Path, f.Data)
	return "/" + f.Path
}
