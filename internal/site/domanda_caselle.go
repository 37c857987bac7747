package site

import (
	"html/template"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// hidden reports whether a value is withheld.
func hidden(v stat.Value) bool { return v.Kind == stat.Withheld }

// text is a share in words, or the short word of why there is none.
func (s *inquiry) text(c disclosure.Cell) string {
	if c.Closed {
		return s.words.T("domanda.incrocio.chiusa")
	}
	if !c.Value.OK() {
		return s.words.Missing(c.Value.Kind).Short
	}
	return s.words.Percent(c.Value.N, c.Decimals)
}

// aloud is what is said in place of text, where that is an abbreviation.
func (s *inquiry) aloud(c disclosure.Cell) string {
	if c.Closed {
		return ""
	}
	return s.spoken(c.Value)
}

// share is text as a table's cell. Why a share is withheld is not said cell by
// cell: for itself and for others look the same; where nothing of the area is
// published, that is said.
func (s *inquiry) share(c disclosure.Cell) cell {
	if c.Closed {
		return s.closed()
	}
	if !c.Value.OK() {
		return cell{HTML: s.missing(c.Value.Kind), Sort: "-1"}
	}
	return cell{Text: s.text(c), Sort: sortKey(c.Value.N), Figure: c.Key}
}

// closed is a cell of an area of which nothing is published.
func (s *inquiry) closed() cell {
	return cell{Text: s.words.T("domanda.incrocio.chiusa"), Sort: "-1", Class: "soft"}
}

// baseOf is the base of an area as a table's cell.
func (s *inquiry) baseOf(l disclosure.Line) cell {
	if l.Closed {
		return s.closed()
	}
	c := s.count(l.Base)
	if l.Base.OK() {
		c.Figure = l.Key
	}
	return c
}

// unsaid is what a table must explain under it: shares that are withheld, and areas of
// which nothing is published.
type unsaid struct{ withheld, closed bool }

// see notes a cell of the table.
func (u *unsaid) see(c disclosure.Cell) {
	u.closed = u.closed || c.Closed
	u.withheld = u.withheld || hidden(c.Value) && !c.Closed
}

// unsaidNote stands under the table.
func (s *inquiry) unsaidNote(u unsaid) template.HTML {
	return s.withheldNote(u.withheld) + s.closedNote(u.closed)
}

// count is a number of Comuni as a table's cell.
func (s *inquiry) count(v stat.Value) cell {
	if !v.OK() {
		return cell{HTML: s.missing(v.Kind), Sort: "-1"}
	}
	return cell{Text: s.words.Int(int(v.N)), Sort: sortKey(v.N)}
}

// rate is a response rate as a table's cell.
func (s *inquiry) rate(l disclosure.Line, v stat.Value) cell {
	return s.share(disclosure.Cell{Value: v, Decimals: 1, Key: l.Key})
}

// demoTag marks a caption.
func (s *inquiry) demoTag() template.HTML {
	if !s.edition.Demo() {
		return ""
	}
	return `<span class="demo-tag">` + esc(s.words.T("cornice.demo")) + "</span>"
}

// demoWords marks the caption of a table, which is text.
func (s *inquiry) demoWords(text string) string {
	if !s.edition.Demo() {
		return text
	}
	return text + " · " + s.words.T("cornice.demo")
}

// row is an area of a chart: the focus, with its base.
func (s *inquiry) areaRow(q *asked, x place) draw.Row {
	c, base := q.focused(x.area), q.tables[0].Lines[x.area].Base
	r := draw.Row{Name: x.name, Href: x.href, Value: s.text(c), Spoken: s.aloud(c), Figure: c.Key, Dot: at(c.Value), Small: s.words.HTML("domanda.base_riservata")}
	if base.OK() {
		r.Small = figured(q.tables[0].Lines[x.area].Key, s.words.T("base.n_comuni", locale.N("n", int(base.N))))
	}
	return whiskers(r, c)
}

// areaChart compares areas, with Italy as the line through all of them.
func (s *inquiry) areaChart(q *asked, areas []place) template.HTML {
	chart := draw.Rows{Axis: s.shareAxis(100), Ref: at(q.focused(s.areas.italy.area).Value)}
	for _, x := range areas {
		chart.Rows = append(chart.Rows, s.areaRow(q, x))
	}
	caption := s.demoTag()
	if q.anyEstimate(areas) {
		caption = s.words.HTML("domanda.stima.grafico") + " " + caption
	}
	return pictured(s.focusName(q), s.words.HTML("domanda.grafico_sotto", locale.S("forma", string(q.Shape)), s.told("italia", q.focused(s.areas.italy.area))), draw.HTML(chart), caption)
}

// optionsTable is every answer in each area, then the headline; base and
// response rates close each column.
func (s *inquiry) optionsTable(q *asked, t *disclosure.Table, title string, areas []place) template.HTML {
	w := s.words
	g := grid{Title: title, Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(q.Shape)))), Head: []heading{{Text: w.T("domanda.risposta_colonna")}}}
	for _, x := range areas {
		g.Head = append(g.Head, heading{Text: x.name, Number: true})
	}
	add := func(name, class string, of func(l disclosure.Line) cell) {
		row := line{Cells: []cell{{Text: name, Class: class}}}
		for _, x := range areas {
			row.Cells = append(row.Cells, of(t.Lines[x.area]))
		}
		g.Rows = append(g.Rows, row)
	}
	for k, o := range q.Options {
		add(o.Text, "who", func(l disclosure.Line) cell { return s.share(l.Options[k]) })
	}
	if q.focus == headline {
		add(w.T("domanda.insieme", locale.S("cosa", q.Headline.Title)), "who", func(l disclosure.Line) cell { return s.share(l.Headline) })
	}
	if t == &q.tables[0] && q.anyEstimate(areas) {
		focus := func(l disclosure.Line) disclosure.Cell {
			if q.focus == headline {
				return l.Headline
			}
			return l.Options[q.focus]
		}
		add(w.T("domanda.stima.riga", locale.S("cosa", q.focusText())), "who", func(l disclosure.Line) cell { return s.estimate(focus(l)) })
		add(w.T("domanda.stima.riga_residenti", locale.S("cosa", q.focusText())), "who", func(l disclosure.Line) cell { return s.residents(focus(l)) })
	}
	add(w.T("domanda.base"), "soft", s.baseOf)
	s.addRates(add)
	return scroll(title, g.HTML()) + s.unsaidNote(q.unsaid(areas))
}

// addRates adds the rows of response rates.
func (s *inquiry) addRates(add func(name, class string, of func(l disclosure.Line) cell)) {
	add(s.words.T("domanda.risposta_comuni"), "soft", func(l disclosure.Line) cell { return s.rate(l, l.Response) })
	add(s.words.T("domanda.risposta_residenti"), "soft", func(l disclosure.Line) cell { return s.rate(l, l.ResidentsResponse) })
}

// withheldNote stands under a table with withheld cells.
func (s *inquiry) withheldNote(any bool) template.HTML {
	if !any {
		return ""
	}
	return s.keyTo(stat.Withheld, s.words.HTML("domanda.nota_riservati"))
}

// regionTable is the regions, highest first; those without a figure stand at
// the end, in the order of the list of regions.
func (s *inquiry) regionTable(q *asked, columns []column, order []place) template.HTML {
	w := s.words
	title := s.focusName(q)
	if q.focus != headline && !q.byRow() {
		title = w.T("domanda.regioni.tabella")
	}
	g := grid{Sortable: true, Title: title, Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(q.Shape)))), Head: []heading{{Text: w.T("colonna.regione")}}}
	for i, c := range columns {
		h := heading{Text: c.name, Number: true}
		if i == 0 {
			h.Order = "descending"
		}
		g.Head = append(g.Head, h)
	}
	based := !q.byRow() && q.anyEstimate(order)
	if based {
		g.Head = append(g.Head, heading{Text: w.T("domanda.stima.colonna"), Number: true})
	}
	halves := s.halvesInForce(q, order)
	for _, size := range halves {
		g.Head = append(g.Head, heading{Text: s.half(size), Number: true})
	}
	for _, key := range []string{"domanda.base", "domanda.risposta_comuni", "domanda.risposta_residenti"} {
		g.Head = append(g.Head, heading{Text: w.T(key), Number: true})
	}
	var not unsaid
	for _, x := range order {
		row := line{Cells: []cell{{Text: x.name, Href: x.href, Class: "who"}}}
		for _, c := range columns {
			share := q.cell(c.table, x.area, c.at)
			not.see(share)
			row.Cells = append(row.Cells, s.share(share))
		}
		if based {
			row.Cells = append(row.Cells, s.estimate(q.focused(x.area)))
		}
		for _, size := range halves {
			c := q.focused(s.areas.halves[[2]int{s.published.Frame.Areas[x.area].Region, int(size)}].area)
			not.see(c)
			row.Cells = append(row.Cells, s.share(c))
		}
		l := q.tables[0].Lines[x.area]
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, s.base(q, x), s.rate(l, l.Response), s.rate(l, l.ResidentsResponse))})
	}
	return scroll(g.Title, g.HTML()) + s.unsaidNote(not)
}

// base is how many Comuni of an area answered; the rows of a grid can differ,
// and then it is the least and the most.
func (s *inquiry) base(q *asked, x place) cell {
	least, most := &q.tables[0].Lines[x.area], &q.tables[0].Lines[x.area]
	for i := range q.tables {
		l := &q.tables[i].Lines[x.area]
		if !l.Base.OK() {
			return s.baseOf(*l)
		}
		if l.Base.N < least.Base.N {
			least = l
		}
		if l.Base.N > most.Base.N {
			most = l
		}
	}
	c := s.baseOf(*least)
	if least.Base != most.Base {
		c.Text = s.words.T("domanda.fra", locale.S("da", s.words.Int(int(least.Base.N))), locale.S("a", s.words.Int(int(most.Base.N))))
		c.Figure += " " + most.Key
	}
	return c
}

// column is a share shown for each region.
type column struct {
	name  string
	table *disclosure.Table
	at    int // option, or headline
}

// descending orders areas by a column.
func descending(q *asked, c column, areas []place) []place {
	out := slices.Clone(areas)
	slices.SortStableFunc(out, func(a, b place) int {
		x, y := q.cell(c.table, a.area, c.at).Value, q.cell(c.table, b.area, c.at).Value
		switch {
		case x.OK() && y.OK() && x.N != y.N:
			if x.N > y.N {
				return -1
			}
			return 1
		case x.OK() != y.OK():
			if x.OK() {
				return -1
			}
			return 1
		}
		return 0
	})
	return out
}
