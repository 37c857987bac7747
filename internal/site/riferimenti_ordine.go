package site

import (
	"cmp"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// sequence is the order of rows: by the last indicator, highest first and those
// without a value last; by name; or as the atlas has them.
func sequence(ordine string, parts []part, values [][]stat.Figure) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	switch ordine {
	case "valore":
		slices.SortStableFunc(order, func(x, y int) int {
			a, b := values[x][len(values[x])-1].Value, values[y][len(values[y])-1].Value
			if a.OK() != b.OK() {
				return cmp.Compare(b.Kind, a.Kind)
			}
			return cmp.Compare(b.N, a.N)
		})
	case "nome":
		slices.SortStableFunc(order, func(x, y int) int {
			return cmp.Compare(atlas.Fold(parts[x].name), atlas.Fold(parts[y].name))
		})
	}
	return order
}

// finding says what a figure by areas shows: the highest, the lowest and Italy.
// It speaks of all areas, also of those that a limit leaves out.
func (f figures) finding(pl plan, e *indicator.Entry) string {
	w, parts := f.words, f.parts(pl.per, pl.where)
	figures := figuresOf(e, parts)
	args := []locale.Arg{locale.S("titolo", f.title(pl)), locale.S("italia", f.withUnit(e, e.Now().Nation.Value)), locale.S("data", w.Date(e.Last().Date))}
	order := byValue(figures)
	if len(order) < 2 {
		return f.alone(pl, e)
	}
	high, low := order[0], order[len(order)-1]
	return w.T("riferimenti.alt.parti", append(args, locale.S("alta", parts[high].name), locale.S("massimo", f.value(e.Indicator, figures[high].Value)),
		locale.S("bassa", parts[low].name), locale.S("minimo", f.value(e.Indicator, figures[low].Value)))...)
}

// alone says the one figure of a plan.
func (f figures) alone(pl plan, e *indicator.Entry) string {
	key := "riferimenti.alt.italia"
	if !pl.where.italy() {
		key = "riferimenti.alt.qui"
	}
	return f.words.T(key, locale.S("titolo", f.title(pl)), locale.S("valore", f.withUnit(e, e.Last().Of(pl.where.comuni).Value)),
		locale.S("data", f.words.Date(e.Last().Date)))
}

// figuresOf are an indicator's figures of the parts.
func figuresOf(e *indicator.Entry, parts []part) []stat.Figure {
	out := make([]stat.Figure, len(parts))
	for i, p := range parts {
		out[i] = e.Last().Of(p.comuni)
	}
	return out
}

// nth is the figures of one indicator.
func nth(values [][]stat.Figure, k int) []stat.Figure {
	out := make([]stat.Figure, len(values))
	for i := range values {
		out[i] = values[i][k]
	}
	return out
}
