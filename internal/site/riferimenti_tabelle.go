package site

import (
	"html/template"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// tableOf is a tabella of indicators: indicators by row for all of Italy,
// otherwise areas by row, or areas by areas.
func (f figures) tableOf(pl plan) (content.Figure, error) {
	if len(pl.ref.List("data")) > 1 {
		return content.Figure{}, &content.Refusal{Key: "data", Text: "a tabella shows one date", Hint: "use per: data for all dates"}
	}
	if pl.columns != nil && pl.per != "nazione" {
		return content.Figure{}, &content.Refusal{Key: "colonne", Text: "colonne goes with per: nazione"}
	}
	var g grid
	out := content.Figure{Title: f.title(pl), Caption: f.caption(pl), Sub: f.sub(pl.entries), Demo: pl.entries[0].Demo}
	switch {
	case pl.by != "":
		e, err := pl.single()
		if err != nil {
			return content.Figure{}, err
		}
		if g, err = f.crossed(pl, e); err != nil {
			return content.Figure{}, err
		}
		out.Sub += ". " + f.words.T("riferimenti.fra_parentesi")
		out.Alt = f.finding(pl, e)
	case pl.per == "data":
		e, err := pl.single()
		if err != nil {
			return content.Figure{}, err
		}
		g = f.byDate(pl, e)
		out.Alt = f.alone(pl, e)
		out.Sub = f.text(e.ID).Front.Unit
	case pl.per == "nazione":
		g = f.national(pl)
		out.Alt = f.several(pl)
	default:
		parts, values, err := f.rowsOf(pl)
		if err != nil {
			return content.Figure{}, err
		}
		g = f.listed(pl, parts, values)
		out.Alt = f.finding(pl, pl.entries[0])
	}
	out.Body = scroll(f.title(pl), g.HTML())
	return out, nil
}

// several lists the figures of all indicators of a plan.
func (f figures) several(pl plan) string {
	var items []string
	for _, e := range pl.entries {
		items = append(items, f.text(e.ID).Front.Short+" "+f.withUnit(e, e.Last().Of(pl.where.comuni).Value))
	}
	return f.words.T("riferimenti.alt.elenco", locale.S("titolo", f.title(pl)), locale.S("elenco", f.words.And(items)))
}

// dimensionHead is the heading of the first column.
func (f figures) dimensionHead(per string) heading {
	return heading{Text: f.words.T("riferimenti.per." + per)}
}

// listed is areas by row and indicators by column. Every column names its unit
// and date.
func (f figures) listed(pl plan, parts []part, values [][]stat.Figure) grid {
	w := f.words
	g := grid{Sortable: len(parts) > len(f.Atlas.Schemes[0].Classes), Head: []heading{f.dimensionHead(pl.per)}}
	for _, e := range pl.entries {
		g.Head = append(g.Head, heading{Number: true, Text: w.T("riferimenti.colonna", locale.S("breve", f.text(e.ID).Front.Short),
			locale.S("unita", f.text(e.ID).Front.Unit), locale.S("data", w.ShortDate(e.Last().Date)))})
	}
	for i, p := range parts {
		row := line{Cells: []cell{{Text: p.name, Href: p.href, Sort: sortName(pl.per, p)}}}
		for k, e := range pl.entries {
			row.Cells = append(row.Cells, f.valueCell(e.Indicator, values[i][k].Value))
		}
		g.Rows = append(g.Rows, row)
	}
	if pl.where.italy() {
		row := line{Cells: []cell{{Text: w.T("italia")}}}
		for _, e := range pl.entries {
			row.Cells = append(row.Cells, f.valueCell(e.Indicator, e.Now().Nation.Value))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// sortName is what a name is sorted by: classes by size, the rest by letters.
func sortName(per string, p part) string {
	if per == "classe" {
		return sortKey(float64(p.at))
	}
	return atlas.Fold(p.name)
}

// crossed is one indicator by two dimensions, with their totals.
func (f figures) crossed(pl plan, e *indicator.Entry) (grid, error) {
	for _, d := range []string{pl.per, pl.by} {
		if !slices.Contains([]string{"ripartizione", "regione", "classe"}, d) || pl.per == pl.by {
			return grid{}, &content.Refusal{Key: "per", Text: "a table of two dimensions takes two of ripartizione, regione and classe"}
		}
	}
	rows, columns := f.parts(pl.per, pl.where), f.parts(pl.by, pl.where)
	total := part{name: f.words.T("riferimenti.totale"), comuni: pl.where.comuni}
	if pl.where.italy() {
		total.name = f.words.T("italia")
	}
	rows, columns = append(rows, total), append(columns, total)
	g := grid{Head: []heading{f.dimensionHead(pl.per)}}
	for _, c := range columns {
		g.Head = append(g.Head, heading{Text: c.name, Number: true})
	}
	in := make([]int, len(f.Atlas.Comuni))
	for k, r := range rows {
		for _, i := range r.comuni {
			in[i] = k + 1
		}
		row := line{Cells: []cell{{Text: r.name, Href: r.href}}}
		for _, c := range columns {
			var both []int
			for _, i := range c.comuni {
				if in[i] == k+1 {
					both = append(both, i)
				}
			}
			row.Cells = append(row.Cells, f.basedCell(e, e.Last().Of(both)))
		}
		g.Rows = append(g.Rows, row)
	}
	return g, nil
}

// byDate is one indicator at each of its dates.
func (f figures) byDate(pl plan, e *indicator.Entry) grid {
	w := f.words
	g := grid{Head: []heading{f.dimensionHead("data"), {Text: f.text(e.ID).Front.Short, Number: true}, {Text: w.T("riferimenti.colonne.base"), Number: true}}}
	for _, s := range e.Series {
		fig := s.Of(pl.where.comuni)
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: w.Date(s.Date)}, f.valueCell(e.Indicator, fig.Value), {Text: w.Int(fig.Base)}}})
	}
	return g
}

// national is indicators by row: their figures are never added or compared, so
// each carries its own date.
func (f figures) national(pl plan) grid {
	w, columns := f.words, pl.columns
	if columns == nil {
		columns = []string{"valore", "base", "data"}
	}
	g := grid{Head: []heading{{Text: w.T("riferimenti.per.indicatore")}}}
	for _, c := range columns {
		g.Head = append(g.Head, heading{Text: w.T("riferimenti.colonne." + c), Number: c != "fonte"})
	}
	for _, e := range pl.entries {
		fig := e.Last().Of(pl.where.comuni)
		row := line{Cells: []cell{{Text: f.text(e.ID).Front.Short, Href: indicatorPath(e.ID), Note: f.text(e.ID).Front.Unit}}}
		for _, c := range columns {
			row.Cells = append(row.Cells, f.nationalCell(c, e, fig))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func (f figures) nationalCell(column string, e *indicator.Entry, fig stat.Figure) cell {
	w := f.words
	switch column {
	case "valore":
		return f.valueCell(e.Indicator, fig.Value)
	case "numero":
		if e.Form == stat.Median {
			return cell{Text: "–"}
		}
		return cell{Text: w.Number(fig.Num, 0)}
	case "base":
		return cell{Text: w.Int(fig.Base)}
	case "data":
		return cell{Text: w.ShortDate(e.Last().Date), Class: "nowrap"}
	}
	return cell{HTML: template.HTML(f.credit(e.Source))}
}
