package site

import (
	"html/template"
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/locale"
)

// closedNote stands under a table with areas of which nothing is published.
func (s *inquiry) closedNote(any bool) template.HTML {
	if !any {
		return ""
	}
	return `<p class="note">` + s.words.HTML("domanda.incrocio.nota_chiusa", locale.N("n", s.published.Policy.LeastArea)) + "</p>"
}

// crossTable is the focus by ripartizione and size class; "" where nothing is
// published of them, as of what is riservata.
func (s *inquiry) crossTable(q *asked) template.HTML {
	w := s.words
	classes := s.inForce(q, s.areas.classes)
	g := grid{Title: s.focusName(q), Sub: s.demoWords(w.T("domanda.incrocio.sotto", locale.S("forma", string(q.Shape)))), Head: []heading{{Text: w.T("domanda.incrocio.colonna")}}}
	for _, k := range classes {
		g.Head = append(g.Head, heading{Text: k.name, Number: true})
	}
	var not unsaid
	open := false
	for _, r := range s.areas.five {
		row := line{Cells: []cell{{Text: r.name, Href: r.href, Class: "who"}}}
		for _, k := range classes {
			x := s.areas.ripClasses[[2]int{s.published.Frame.Areas[r.area].Rip, s.published.Frame.Areas[k.area].Class}]
			c := q.focused(x.area)
			not.see(c)
			open = open || !c.Closed && q.tables[0].Lines[x.area].Comuni > 0
			row.Cells = append(row.Cells, s.share(c))
		}
		g.Rows = append(g.Rows, row)
	}
	if !open {
		return ""
	}
	return scroll(g.Title+", "+w.T("domanda.incrocio.nome"), g.HTML()) + s.unsaidNote(not)
}

// halvesInForce are the halves of regions that the table of regions shows: those
// of which anything is published, if it is of both: one alone would be the region
// again. Where the table has every answer, it does not have them twice more.
func (s *inquiry) halvesInForce(q *asked, regions []place) (out []estimate.Size) {
	if q.byRow() || q.focus != headline || len(s.areas.halves) == 0 {
		return nil
	}
	both := []estimate.Size{estimate.Small, estimate.Large}
	for _, size := range both {
		if slices.ContainsFunc(regions, func(x place) bool {
			half := s.areas.halves[[2]int{s.published.Frame.Areas[x.area].Region, int(size)}]
			l := q.tables[0].Lines[half.area]
			return l.Comuni > 0 && !l.Closed
		}) {
			out = append(out, size)
		}
	}
	if len(out) < len(both) {
		return nil
	}
	return out
}
