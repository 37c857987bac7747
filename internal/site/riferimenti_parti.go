package site

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/content"
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

// part is one row of a figure: a set of Comuni with a name.
type part struct {
	name, href string
	comuni     []int
	at         int // index in the atlas's list of its kind
}

// mostRows is how many rows a figure may have without being told how many: the
// units of Italy are 107.
const mostRows = 120

// parts cuts the scope by a dimension; parts without a Comune are left out.
func (f figures) parts(per string, where scope) []part {
	a := f.Atlas
	var all []part
	add := func(i int, c comparison, comuni []int) { all = append(all, part{c.name, c.href, comuni, i}) }
	switch per {
	case "nazione":
		add(0, f.nation(), everyone(f.press))
	case "ripartizione":
		for i, x := range a.Ripartizioni {
			if x.Parts == nil {
				add(i, f.ripArea(i), x.Comuni)
			}
		}
	case "regione":
		for i, x := range a.Regions {
			add(i, f.regionArea(i), x.Comuni)
		}
	case "unita":
		for i, x := range a.Units {
			add(i, f.unitArea(i), x.Comuni)
		}
	case "classe":
		for i, x := range a.Schemes[0].Classes {
			add(i, f.classArea(i), x.Comuni)
		}
	case "comune":
		for _, i := range where.comuni {
			add(i, comparison{name: a.Comuni[i].Name, href: comunePath(a.Comuni[i])}, []int{i})
		}
	}
	if where.italy() {
		return all
	}
	in := make([]bool, len(a.Comuni))
	for _, i := range where.comuni {
		in[i] = true
	}
	var out []part
	for _, p := range all {
		p.comuni = slices.DeleteFunc(slices.Clone(p.comuni), func(i int) bool { return !in[i] })
		if len(p.comuni) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// rowsOf are the parts of a plan in its order, and their figures by indicator.
func (f figures) rowsOf(pl plan) ([]part, [][]stat.Figure, error) {
	parts := f.parts(pl.per, pl.where)
	if pl.limite == 0 && len(parts) > mostRows {
		return nil, nil, &content.Refusal{Key: "per", Text: fmt.Sprintf("%d rows do not fit a page", len(parts)), Hint: "choose a place, or add limite and ordine"}
	}
	values := make([][]stat.Figure, len(parts))
	for i, p := range parts {
		for _, e := range pl.entries {
			values[i] = append(values[i], e.Last().Of(p.comuni))
		}
	}
	order := sequence(pl.ordine, parts, values)
	if pl.limite > 0 && pl.limite < len(order) {
		order = order[:pl.limite]
	}
	outParts, outValues := make([]part, len(order)), make([][]stat.Figure, len(order))
	for k, i := range order {
		outParts[k], outValues[k] = parts[i], values[i]
	}
	return outParts, outValues, nil
}
