package site

import (
	"html/template"
	"math"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
)

// compared is an index beside that of the edition before, area by area.
type compared struct {
	before string // edition
	left   []string
	areas  []comparedArea // size classes, ripartizioni, Italy, the same Comuni
}

type comparedArea struct {
	place
	level     string // in the files
	then, now disclosure.Mean
}

// againstBefore lays out index i over time; false where there is no edition before.
func (s *indexed) againstBefore(i int) (out compared, ok bool) {
	x := s.Series
	if x == nil || len(s.before) == 0 {
		return out, false
	}
	last := s.before[len(s.before)-1]
	out.before = x.Before
	for _, l := range x.Left {
		if slices.Contains(s.Tree.Leaves(i), l) {
			out.left = append(out.left, s.Tree.Nodes[l].Title)
		}
	}
	k := slices.IndexFunc(x.Tree.Indices(), func(n int) bool { return x.Tree.Nodes[n].ID == s.Tree.Nodes[i].ID })
	if k < 0 {
		return out, true
	}
	add := func(level string, p place) {
		if then := last.Published.Frame.Find(s.published.Frame.Areas[p.area]); then >= 0 {
			out.areas = append(out.areas, comparedArea{place: p, level: level, then: x.Then[k][then], now: x.Now[k][p.area]})
		}
	}
	for _, p := range s.areas.classes {
		add("classe", p)
	}
	for _, p := range s.areas.rips {
		add("ripartizione", p)
	}
	add("nazione", s.areas.italy)
	if s.panel.name != "" {
		add("chi-ha-risposto-due-volte", s.panel)
	}
	return out, true
}

// italy is the country's own row; false where nothing compares.
func (c *compared) italy() (comparedArea, bool) {
	k := slices.IndexFunc(c.areas, func(a comparedArea) bool { return a.level == "nazione" })
	if k < 0 {
		return comparedArea{}, false
	}
	return c.areas[k], true
}

// moved is how the estimate of an index moved, as far as what is printed tells.
func (a *comparedArea) moved() (points, low, high float64, ok bool) {
	as := func(m disclosure.Mean) disclosure.Cell {
		return disclosure.Cell{Estimate: m.Estimate, Low: m.Low, High: m.High}
	}
	c := change(as(a.then), as(a.now))
	return c.Points, c.Low, c.High, c.OK
}

// indexMoved says by how much the estimate of an index moved, and whether that is a
// change.
func (s *indexed) indexMoved(a comparedArea, names []locale.Arg) (template.HTML, bool) {
	points, low, high, ok := a.moved()
	if !ok {
		return "", false
	}
	how := "fermo"
	switch {
	case low > 0:
		how = "sale"
	case high < 0:
		how = "scende"
	}
	w := s.words
	return w.HTML("domanda.stima.cambio", append(names, locale.S("come", how), locale.H("valore_prima", figured(a.then.Key, s.guess(a.then))), locale.H("valore_dopo", figured(a.now.Key, s.guess(a.now))),
		locale.N("n", int(math.Abs(points))), locale.S("punti", w.Signed(points, 0)), locale.S("da", w.Signed(low, 0)), locale.S("a", w.Signed(high, 0)))...), true
}

// indexByEdition is an index in this edition and in the one before, over the parts
// that both ask alike; where there is none, why.
func (s *indexed) indexByEdition(i int) (section, bool) {
	c, ok := s.againstBefore(i)
	if !ok {
		return section{}, false
	}
	w := s.words
	names := []locale.Arg{locale.S("prima", c.before), locale.S("dopo", s.book.Edition), locale.S("titolo", s.Tree.Nodes[i].Title), locale.S("fuori", w.And(c.left)), locale.N("n", len(c.left)), locale.S("indirizzo", indicatorPath(editionsID))}
	out := section{ID: "edizioni", Title: w.T("domanda.edizioni.nome")}
	italy, ok := c.italy()
	if !ok {
		out.Lead = []template.HTML{w.HTML("indice.edizioni.senza", names...)}
		return out, true
	}
	if italy.then.Value.OK() && italy.now.Value.OK() {
		out.Finding = w.HTML("indice.edizioni.titolo", append(names, s.told("valore_prima", italy.then), s.told("valore_dopo", italy.now))...)
	}
	if text, ok := s.indexMoved(italy, names); ok {
		out.Lead = append(out.Lead, text)
	}
	if same := c.areas[len(c.areas)-1]; same.area == s.panel.area && same.then.Value.OK() && same.now.Value.OK() {
		out.Lead = append(out.Lead, w.HTML("indice.edizioni.stessi", append(names, s.told("valore_prima", same.then), s.told("valore_dopo", same.now))...))
	}
	out.Parts = []template.HTML{s.editionsChart(c, names), s.indexEditions(w.T("indice.edizioni.tabella"), names, c.areas)}
	out.Margin = []note{{w.T("indice.edizioni.parti"), w.HTML("indice.edizioni.parti_testo", names...)}, s.followedIn(names)}
	return out, true
}

// followedIn is where the reader finds who answered in each edition.
func (s *indexed) followedIn(names []locale.Arg) note {
	return note{s.words.T("domanda.edizioni.chi"), s.words.HTML("indice.edizioni.chi", names...)}
}

// editionsChart compares the two editions, area by area.
func (s *indexed) editionsChart(c compared, names []locale.Arg) template.HTML {
	w, chart := s.words, draw.Rows{Axis: s.points()}
	for _, a := range c.areas {
		chart.Rows = append(chart.Rows, draw.Row{Name: a.name, Href: a.href, Strong: a.level == "nazione", Value: s.number(a.now), Spoken: s.spoken(a.now.Value), Figure: s.origin(a.now), Dot: at(a.now.Value), Ring: at(a.then.Value),
			Small: w.HTML("domanda.edizioni.prima", locale.S("edizione", c.before), s.told("valore", a.then))})
	}
	return figure(w.T("indice.edizioni.grafico", names...), w.T("indice.edizioni.grafico_sotto", names...), draw.HTML(chart), s.demoTag())
}

// indexEditions is a table of two editions: means, their bases, the estimates, and by
// how much these moved.
func (s *indexed) indexEditions(title string, names []locale.Arg, areas []comparedArea) template.HTML {
	w := s.words
	g := grid{Title: title, Sub: s.demoWords(w.T("indice.edizioni.tabella_sotto", names...)), Head: []heading{{Text: w.T("domanda.edizioni.area")}}}
	for _, e := range []string{s.Series.Before, s.book.Edition} {
		edition := locale.S("edizione", e)
		g.Head = append(g.Head, heading{Text: e, Number: true}, heading{Text: w.T("domanda.edizioni.base", edition), Number: true}, heading{Text: w.T("indice.edizioni.stima", edition), Number: true})
	}
	g.Head = append(g.Head, heading{Text: w.T("indice.edizioni.cambio"), Number: true})
	any := false
	for _, a := range areas {
		row := line{Cells: []cell{{Text: a.name, Href: a.href, Class: "who"}}}
		for _, m := range []disclosure.Mean{a.then, a.now} {
			any = any || hidden(m.Value) || hidden(m.Base) || hidden(m.Estimate)
			row.Cells = append(row.Cells, s.mean(m), s.based(m), s.guessed(m))
		}
		row.Cells = append(row.Cells, s.movedBy(a))
		g.Rows = append(g.Rows, row)
	}
	return scroll(title, g.HTML()) + s.withheldNote(any)
}

// movedBy is the change of an estimate as a table's cell.
func (s *indexed) movedBy(a comparedArea) cell {
	points, low, high, ok := a.moved()
	if !ok {
		return cell{Text: "–", Sort: "-1000"}
	}
	w := s.words
	return cell{Text: w.T("domanda.stessi.cella", locale.S("punti", w.Signed(points, 0)), locale.S("da", w.Signed(low, 0)), locale.S("a", w.Signed(high, 0))), Sort: sortKey(points), Class: "nowrap"}
}

// editionsGroup is the indices of Italy in two editions, for the page that leads to
// them.
func (s *indexed) editionsGroup() (linkGroup, bool) {
	if s.Series == nil {
		return linkGroup{}, false
	}
	w := s.words
	names := []locale.Arg{locale.S("prima", s.Series.Before), locale.S("dopo", s.book.Edition), locale.S("indirizzo", indicatorPath(editionsID))}
	var rows []comparedArea
	var margin []note
	for _, i := range s.Tree.Indices() {
		c, _ := s.againstBefore(i)
		title := s.Tree.Nodes[i].Title
		for _, a := range c.areas {
			switch {
			case a.level == "nazione":
				a.name, a.href = title, s.path(i)+"#edizioni"
			case a.area == s.panel.area:
				a.name = w.T("indice.edizioni.stessi_riga", locale.S("titolo", title))
			default:
				continue
			}
			rows = append(rows, a)
		}
		if len(c.left) > 0 {
			margin = append(margin, note{title, w.HTML("indice.edizioni.parti_testo", append(names, locale.S("titolo", title), locale.S("fuori", w.And(c.left)), locale.N("n", len(c.left)))...)})
		}
	}
	if len(rows) == 0 {
		return linkGroup{}, false
	}
	return linkGroup{ID: "edizioni", Title: w.T("domanda.edizioni.nome"), Lead: w.HTML("indice.edizioni.elenco", names...), Table: s.indexEditions(w.T("indice.edizioni.tabella_italia", names...), names, rows), Margin: append(margin, s.followedIn(names))}, true
}

// indexSeriesRows are the indices of two editions in dati.csv.
func (s *indexed) indexSeriesRows() (rows []indexRow) {
	for _, i := range s.Tree.Indices() {
		c, _ := s.againstBefore(i)
		n := &s.Tree.Nodes[i]
		for _, a := range c.areas {
			row := indexRow{Index: n.ID, Node: n.ID, Title: n.Title, Depth: int(n.Depth), Weight: n.Share, Level: a.level, Code: a.code, Name: a.name, Class: a.class, Demo: s.edition.Demo()}
			row.Edition = c.before
			row.tell(ofSeries, a.then)
			rows = append(rows, row)
			row.Edition = s.book.Edition
			row.tell(ofSeries, a.now)
			rows = append(rows, row)
		}
	}
	return rows
}
