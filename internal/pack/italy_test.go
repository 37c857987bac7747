package pack_test

import (
	"cmp"
	"os"
	"slices"
	"sync"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/diag"
	"mappa/internal/geo"
	"mappa/internal/istat"
	"mappa/internal/pack"
)

// country is the real Italy, its Comuni by plate and name.
type country struct {
	atlas *atlas.Atlas
	maps  *cartography.Maps
	order []int // place → Comune of the atlas
	hash  pack.Order
}

var italy = sync.OnceValues(func() (*country, *diag.List) {
	var list diag.List
	fsys := os.DirFS("../..")
	in, _ := istat.Read(fsys, "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	set, _ := boundary.Read(fsys, in.Boundaries.File, in.Boundaries.Source.Date, &list)
	l := cartography.Lines{ToGeographic: geo.UTM32ToGeographic, Shapes: atlas.Shapes{Date: in.Boundaries.Source.Date, Where: func(int) diag.Problem {
		return diag.Problem{File: set.File}
	}}}
	for _, s := range set.Shapes {
		l.Codes, l.Polygons = append(l.Codes, s.Code), append(l.Polygons, s.Polygon)
	}
	fitted, ok := cartography.Fit(a, l, &list)
	if !ok {
		return nil, &list
	}
	c := &country{atlas: a, maps: cartography.New(a, fitted)}
	c.order = make([]int, len(a.Comuni))
	for i := range c.order {
		c.order[i] = i
	}
	slices.SortFunc(c.order, func(i, j int) int {
		x, y := a.Comuni[i], a.Comuni[j]
		return cmp.Or(cmp.Compare(x.Plate, y.Plate), cmp.Compare(x.Name, y.Name))
	})
	keys := make([]string, len(c.order))
	for i, k := range c.order {
		keys[i] = a.Comuni[k].Cadastral
	}
	c.hash = pack.OrderOf(keys)
	return c, nil
})

func realItaly(t testing.TB) *country {
	t.Helper()
	c, list := italy()
	if c == nil {
		t.Fatal(list.Problems())
	}
	return c
}

// geometry is the pack of the Comuni that keep says, drawn from lines.
func (c *country) geometry(lines *geo.Topology, step int, keep func(atlas.Comune) bool) pack.Geometry {
	g := pack.Geometry{Order: c.hash, Of: len(c.order), Lines: &geo.Topology{Arcs: lines.Arcs}}
	for place, i := range c.order {
		if keep(c.atlas.Comuni[i]) {
			g.Faces = append(g.Faces, place)
			g.Lines.Faces = append(g.Lines.Faces, lines.Faces[i])
		}
	}
	b := g.Lines.FaceBounds(0)
	for f := range g.Lines.Faces {
		b = b.Union(g.Lines.FaceBounds(f))
	}
	g.Grid = pack.NewGrid(b, step)
	return g
}

func (c *country) whole(step int) pack.Geometry {
	return c.geometry(c.maps.Country, step, func(atlas.Comune) bool { return true })
}

func (c *country) region(r, step int) pack.Geometry {
	return c.geometry(c.maps.Region, step, func(m atlas.Comune) bool { return m.Region == r })
}
