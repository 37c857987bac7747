package site

import (
	"cmp"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/pack"
)

// mapOrder is the order in which Comuni stand in the files of the interactive
// map: by the plate of their unit, then by name, as in the groups comuni/ of
// the file of names ([theme.SearchIndex]). The Comuni of a unit are a run of it.
type mapOrder struct {
	comuni []int // indexes in Atlas.Comuni
	units  []int // indexes in Atlas.Units, in the order of their runs
	hash   pack.Order
}

// newMapOrder puts the Comuni in order. The hash is that of their
// cadastral codes: it changes when a Comune comes, goes or moves.
func newMapOrder(a *atlas.Atlas) mapOrder {
	o := mapOrder{comuni: make([]int, len(a.Comuni))}
	for i := range o.comuni {
		o.comuni[i] = i
	}
	slices.SortStableFunc(o.comuni, func(i, j int) int {
		x, y := a.Comuni[i], a.Comuni[j]
		return cmp.Or(cmp.Compare(x.Plate, y.Plate), cmp.Compare(x.Name, y.Name))
	})
	codes := make([]string, len(o.comuni))
	for k, i := range o.comuni {
		codes[k] = a.Comuni[i].Cadastral
		if u := a.Comuni[i].Unit; len(o.units) == 0 || o.units[len(o.units)-1] != u {
			o.units = append(o.units, u)
		}
	}
	o.hash = pack.OrderOf(codes)
	return o
}
