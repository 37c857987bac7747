package site

import (
	"slices"
	"strings"
	"testing"

	"mappa/internal/atlas"
)

// TestEveryNeighbourIsNamedWithALink counts the links that a keyboard reaches on the
// locators of awkward places: many neighbours, one, none by land.
func TestEveryNeighbourIsNamedWithALink(t *testing.T) {
	p := referencePress(t, "it")
	for _, name := range []string{"Roma", "Suvereto", "Campione d'Italia", "Capraia Isola", "Atrani"} {
		i := slices.IndexFunc(p.Atlas.Comuni, func(c atlas.Comune) bool { return c.Name == name })
		if i < 0 {
			t.Fatalf("there is no %s", name)
		}
		c := p.Atlas.Comuni[i]
		place := comunePlace{press: p, i: i, c: c, unit: p.Atlas.Units[c.Unit], reg: p.Atlas.Regions[c.Region], class: p.Atlas.Schemes[0].Classes[c.Class[0]]}
		place.known = place.names()
		picture, below := place.locator()
		reached := ""
		for _, l := range strings.Split(string(picture+below), "<a ")[1:] {
			if !strings.Contains(l[:strings.Index(l, ">")], `tabindex="-1"`) {
				reached += l
			}
		}
		for _, j := range p.Maps.Neighbours[i] {
			if n := strings.Count(reached, `href="`+comunePath(p.Atlas.Comuni[j])+`"`); n != 1 {
				t.Errorf("%s: %d links lead to %s, want one", name, n, p.Atlas.Comuni[j].Name)
			}
		}
	}
}
