package sheet

import (
	"cmp"
	"slices"

	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// peersShown is how many peers a sheet names: as many as the Comune's page.
const peersShown = 7

// figuresShown is how many indicators stand beside the names of peers: what A4 has room
// for.
const figuresShown = 4

// similar are the Comuni most like it, by name, with what anybody may know of them: who
// took part and the open data. The criteria are those of the Comune's page.
func (m *Maker) similar(comune int) (t Table) {
	if m.Book == nil || len(m.peers[comune]) == 0 {
		return t
	}
	w, c := m.Words, m.Atlas.Comuni[comune]
	where := w.Ripartizione(m.Atlas.Ripartizioni[c.Rip].Name).In
	if slices.ContainsFunc(m.peers[comune], func(i int) bool { return m.Atlas.Comuni[i].Rip != c.Rip }) {
		where = w.T("comune.simili.ovunque")
	}
	t.Note = w.T("comune.simili.intro", locale.S("ripartizione", where)) + " " + w.T("comune.simili.criteri")
	t.Head = []string{w.T("colonna.comune"), w.T("colonna.abitanti"), w.T("scheda.ha_risposto", locale.S("edizione", m.Edition.Book.Edition))}
	var shown []*indicator.Entry
	for _, e := range m.Book.Entries {
		if e.Form != stat.Share && e.Last() != nil && len(shown) < figuresShown {
			shown = append(shown, e)
			t.Head = append(t.Head, w.T("scheda.al", locale.S("titolo", m.Titles[e.ID]), locale.S("data", w.ShortDate(e.Last().Date))))
		}
	}
	for _, i := range append([]int{comune}, m.peers[comune]...) {
		o := m.Atlas.Comuni[i]
		sent := 0
		if m.Edition.Places[i].State == survey.Completed {
			sent = 1
		}
		row := Row{Name: o.Name + " (" + o.Plate + ")", Cells: []string{w.Int(o.Residents), w.T("scheda.si_no", locale.N("n", sent))}}
		for _, e := range shown {
			row.Cells = append(row.Cells, m.value(e, e.Last().Values[i], true))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// fewestInQuarters is from how many values a place is said in quarters: each has two.
const fewestInQuarters = 8

// quarter says in which quarter of a group a figure lies, from the lowest to the
// highest, or between which, where several are alike; "" of a yes or no, and of few.
func (m *Maker) quarter(e *indicator.Entry, comune int, group []int) string {
	own := e.Last().Values[comune]
	if e.Form == stat.Share || !own.OK() {
		return ""
	}
	below, alike, all := 0, 0, 0
	for _, i := range group {
		v := e.Last().Values[i]
		if !v.OK() {
			continue
		}
		all++
		if v.N < own.N {
			below++
		} else if v.N == own.N {
			alike++
		}
	}
	if all < fewestInQuarters || alike == 0 {
		return ""
	}
	const quarters = 4
	first, last := below*quarters/all, (below+alike-1)*quarters/all
	name := func(k int) string { return m.Words.T("scheda.quarto", locale.N("k", k+1)) }
	if first == last {
		return name(first)
	}
	return m.Words.T("scheda.fra_quarti", locale.S("primo", name(first)), locale.S("ultimo", name(last)))
}

// open are the indicators of open data, with the figures of the Comune's class and
// region and of Italy.
func (m *Maker) open(comune int) (t Table) {
	if m.Book == nil {
		return t
	}
	w, c := m.Words, m.Atlas.Comuni[comune]
	var class, region, all []int
	for i, o := range m.Atlas.Comuni {
		all = append(all, i)
		if slices.Equal(o.Class[:1], c.Class[:1]) {
			class = append(class, i)
		}
		if o.Region == c.Region {
			region = append(region, i)
		}
	}
	label := w.Missing(stat.Unknown).Short
	if k := c.Class[0]; k >= 0 {
		label = m.Atlas.Schemes[0].Classes[k].Label
	}
	t.Head = []string{w.T("scheda.indicatore"), c.Name, w.T("scheda.nella_classe"), label, m.Atlas.Regions[c.Region].Name, w.T("italia")}
	t.Note = w.T("scheda.aperti_nota")
	for _, e := range m.Book.Entries {
		s := e.Last()
		if s == nil {
			continue
		}
		row := Row{Name: w.T("scheda.al", locale.S("titolo", m.Titles[e.ID]), locale.S("data", w.ShortDate(s.Date)))}
		row.Cells = append(row.Cells, m.value(e, s.Values[comune], true), cmp.Or(m.quarter(e, comune, class), "–"))
		for _, set := range [][]int{class, region, all} {
			row.Cells = append(row.Cells, m.value(e, s.Of(set).Value, false))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// value is a figure of an indicator; one Comune's share is a yes or a no.
func (m *Maker) value(e *indicator.Entry, v stat.Value, one bool) string {
	w := m.Words
	switch {
	case !v.OK():
		return w.Missing(v.Kind).Short
	case e.Form == stat.Share && one:
		return w.T("scheda.si_no", locale.N("n", int(v.N)))
	case e.Form == stat.Share:
		return w.Percent(v.N, e.Decimals)
	}
	return w.Number(v.N, e.Decimals)
}
