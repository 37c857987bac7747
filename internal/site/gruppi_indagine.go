package site

import (
	"html/template"

	"github.com/paulmach/orb"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/survey"
)

// bySize is how many Comuni of the group each size class has, with where they are.
func (g cohort) bySize() template.HTML {
	w := g.words
	t := grid{Title: w.T("gruppo.comuni.classi"), Head: []heading{{Text: w.T("colonna.classe")}, {Text: w.T("colonna.comuni"), Number: true}, {Text: w.T("colonna.abitanti"), Number: true}}}
	var dots []orb.Point
	for _, i := range g.Comuni {
		dots = append(dots, g.shapes[i].Bound().Center())
	}
	for k, class := range g.Atlas.Schemes[0].Classes {
		n, residents := 0, 0
		for _, i := range g.Comuni {
			if c := g.Atlas.Comuni[i]; c.Class[0] == k {
				n, residents = n+1, residents+c.Residents
			}
		}
		if n > 0 {
			t.Rows = append(t.Rows, line{Cells: []cell{{Text: class.Label, Href: classPath(class), Class: "who"}, {Text: w.Int(n)}, {Text: w.Int(residents)}}})
		}
	}
	small := draw.Inset{Frame: g.outline.frame, Image: g.outline.address, Among: dots}
	return scroll(t.Title, t.HTML()) + template.HTML(`<figure class="map cohort">`) + draw.HTML(small) + "<figcaption>" + esc(w.T("gruppo.comuni.mappa")) + "</figcaption></figure>"
}

// questions is the figure that leads each question, in the group at both ends of the
// series and in Italy. A question that compares has the edition before.
func (g cohort) questions(s *inquiry, area int) template.HTML {
	w := g.words
	t := grid{Title: w.T("gruppo.indagine.tabella"), Sub: s.demoWords(w.T("domanda.elenco.sotto")), Head: []heading{{Text: w.T("domanda.elenco.domanda")}}}
	if len(s.before) > 0 {
		t.Head = append(t.Head, heading{Text: w.T("gruppo.indagine.prima", locale.S("edizione", s.before[len(s.before)-1].Edition.Book.Edition)), Number: true})
	}
	t.Head = append(t.Head, heading{Text: w.T("gruppo.indagine.prima", locale.S("edizione", s.book.Edition)), Number: true})
	if len(s.before) > 0 {
		t.Head = append(t.Head, heading{Text: w.T("domanda.edizioni.differenza"), Number: true})
	}
	t.Head = append(t.Head, heading{Text: w.T("domanda.base"), Number: true}, heading{Text: w.T("italia"), Number: true})
	var not unsaid
	for i := range s.book.Questions {
		q, ok := s.asked(i)
		if !ok || q.focus != headline {
			continue
		}
		row, _ := s.leadingRow(q)
		now := q.cell(&q.tables[row], area, q.focus)
		not.see(now)
		cells := []cell{{Text: q.Title, Href: indicatorPath(q.ID), Note: s.listed(q)}}
		if len(s.before) > 0 {
			was, known := s.cellBefore(q, row, area)
			not.see(was)
			first := cell{Text: "–", Sort: "-1"}
			if known {
				first = s.share(was)
			}
			cells = append(cells, first, s.share(now), s.difference([]disclosure.Cell{was, now}))
		} else {
			cells = append(cells, s.share(now))
		}
		t.Rows = append(t.Rows, line{Cells: append(cells, s.baseOf(q.tables[row].Lines[area]), s.share(q.cell(&q.tables[row], s.areas.italy.area, q.focus)))})
	}
	return scroll(t.Title, t.HTML()) + s.unsaidNote(not)
}

// cellBefore is a share as it was in the edition right before, false where that does
// not compare or the group was no area of it.
func (s *inquiry) cellBefore(q *asked, row, area int) (disclosure.Cell, bool) {
	pasts := s.pasts(q)
	if len(pasts) == 0 {
		return disclosure.Cell{}, false
	}
	last := &pasts[len(pasts)-1]
	if _, ok := last.line(row, area); !ok || last.book != s.before[len(s.before)-1].Edition.Book {
		return disclosure.Cell{}, false
	}
	return last.cell(row, area, q.focus), true
}

// respondents is who of the group took part in each edition, by size class.
func (g cohort) respondents(s *inquiry) template.HTML {
	w := g.words
	t := grid{Title: w.T("gruppo.indagine.chi"), Sub: s.demoWords(w.T("gruppo.indagine.chi_sotto")), Head: []heading{{Text: w.T("colonna.classe")}}}
	rounds := append([]Survey(nil), s.before...)
	rounds = append(rounds, Survey{Edition: s.edition})
	for _, x := range rounds {
		t.Head = append(t.Head, heading{Text: w.T("gruppo.indagine.risposto", locale.S("edizione", x.Edition.Book.Edition)), Number: true})
	}
	for k, class := range g.Atlas.Schemes[0].Classes {
		row, any := line{Cells: []cell{{Text: class.Label, Class: "who"}}}, false
		for _, x := range rounds {
			sent, of := 0, 0
			for _, i := range g.Comuni {
				if p := &x.Edition.Places[i]; p.Class == k {
					of++
					if p.State == survey.Completed {
						sent++
					}
				}
			}
			any = any || of > 0
			row.Cells = append(row.Cells, cell{Text: w.T("gruppo.pnrr.quanti", locale.N("n", sent), locale.N("su", of))})
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return scroll(t.Title, t.HTML())
}
