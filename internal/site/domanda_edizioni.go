package site

import (
	"html/template"
	"math"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// past is an edition before, in which the same question was asked.
type past struct {
	book   *survey.Codebook
	twin   survey.Twin
	tables []disclosure.Table
	areas  []int // by area of the page's own frame: the same one there, -1 without it
}

// cell is a share as it was: of a row and a column of the question, in an area
// of the page's frame.
func (x *past) cell(row, area, column int) disclosure.Cell {
	l, ok := x.line(row, area)
	switch {
	case !ok:
		return disclosure.Cell{Value: stat.Missing(stat.NotAsked)}
	case column == headline:
		return l.Headline
	}
	return l.Options[x.twin.Options[column]]
}

// line is an area of a row's table; false where there was no such row.
func (x *past) line(row, area int) (disclosure.Line, bool) {
	if x.twin.Rows != nil {
		row = x.twin.Rows[row]
	}
	if row < 0 || x.areas[area] < 0 {
		return disclosure.Line{}, false
	}
	return x.tables[row].Lines[x.areas[area]], true
}

// books are the codebooks up to this edition, oldest first.
func (s *inquiry) books() (out []*survey.Codebook) {
	for _, b := range s.before {
		out = append(out, b.Edition.Book)
	}
	return append(out, s.book)
}

// pasts are the editions whose answers to a question compare with this one's,
// oldest first.
func (s *inquiry) pasts(q *asked) (out []past) {
	for _, t := range survey.Twins(s.books(), len(s.before), q.index) {
		before := s.before[t.Edition]
		x := past{book: before.Edition.Book, twin: t, tables: before.Published.Of(t.Question)}
		if x.tables == nil {
			break
		}
		for _, area := range s.published.Frame.Areas {
			x.areas = append(x.areas, before.Published.Frame.Find(area))
		}
		out = append(out, x)
	}
	slices.Reverse(out)
	return out
}

// series is how a question stands to the editions before: shares side by side
// where it compares, the reason where it does not. The first edition has
// nothing to stand to.
func (s *inquiry) series(q *asked) (section, bool) {
	w := s.words
	out := section{ID: "edizioni"}
	if newest := s.Survey.Edition.Book; s.book != newest {
		out.Title = w.T("domanda.edizioni.fine_titolo", locale.S("edizione", s.book.Edition))
		out.Lead = []template.HTML{w.HTML("domanda.edizioni.fine", locale.S("edizione", s.book.Edition), locale.S("ultima", newest.Edition))}
		return out, true
	}
	if len(s.before) == 0 {
		return out, false
	}
	last := s.before[len(s.before)-1].Edition.Book
	args := []locale.Arg{locale.S("edizione", s.book.Edition), locale.S("prima", last.Edition), locale.S("motivo", locale.Capital(q.Earlier.Reason)), locale.S("indirizzo", indicatorPath(editionsID))}
	if pasts := s.pasts(q); len(pasts) > 0 {
		return s.compared(q, pasts), true
	}
	key := "nuova"
	if q.Earlier.Outcome == survey.Break {
		key = "interruzione"
	}
	out.Title = w.T("domanda.edizioni."+key+"_titolo", args...)
	out.Lead = []template.HTML{w.HTML("domanda.edizioni."+key, args...)}
	if text, ok := s.wordedBefore(q); ok {
		out.Lead = append(out.Lead, text)
	}
	return out, true
}

// wordedBefore is how the question was put in the edition that it names.
func (s *inquiry) wordedBefore(q *asked) (template.HTML, bool) {
	for _, b := range s.before {
		if book := b.Edition.Book; book.Edition == q.Earlier.Edition {
			if i := book.Find(q.Earlier.Question); i >= 0 {
				return s.words.HTML("domanda.edizioni.era", locale.S("edizione", book.Edition), locale.S("testo", book.Questions[i].Text)), true
			}
		}
	}
	return "", false
}

// compared shows a question's shares in this edition and in those that compare.
func (s *inquiry) compared(q *asked, pasts []past) section {
	w, italy, last := s.words, s.areas.italy.area, &pasts[len(pasts)-1]
	names := []locale.Arg{locale.S("forma", string(q.Shape)), locale.S("prima", last.book.Edition), locale.S("dopo", s.book.Edition)}
	out := section{ID: "edizioni", Title: w.T("domanda.edizioni.nome"), Margin: s.seriesMargin(pasts)}
	rows := s.seriesRows(q)
	first := rows[0]
	if now, was := first.now(q, italy), last.cell(first.row, italy, first.column); !q.byRow() && q.focus == headline && now.Value.OK() && was.Value.OK() {
		out.Finding = w.HTML("domanda.edizioni.titolo", append(names, locale.S("cosa", s.focusName(q)), s.told("valore_prima", was), s.told("valore_dopo", now))...)
	}
	chart := draw.Rows{Axis: s.shareAxis(100)}
	for _, r := range rows {
		now, was := r.now(q, italy), last.cell(r.row, italy, r.column)
		chart.Rows = append(chart.Rows, draw.Row{Name: r.name, Strong: r.strong, Value: s.text(now), Spoken: s.aloud(now), Figure: now.Key, Dot: at(now.Value), Ring: at(was.Value),
			Small: w.HTML("domanda.edizioni.prima", locale.S("edizione", last.book.Edition), s.told("valore", was))})
	}
	what := ""
	if q.byRow() {
		what = s.focusName(q)
	}
	if text, ok := s.changeWords(last.cell(first.row, italy, first.column), first.now(q, italy), names); ok && !q.byRow() {
		out.Lead = []template.HTML{text}
	}
	if text, ok := s.movedWords(s.moved(q, first.row, first.column), names); ok && !q.byRow() {
		out.Lead = append(out.Lead, text)
	}
	if s.anyMoved(q, rows) {
		out.Margin = append(out.Margin, note{w.T("domanda.stessi.nome"), w.HTML("domanda.stessi.nota")})
	}
	out.Parts = []template.HTML{figure(what, w.T("domanda.edizioni.grafico_sotto", names...), draw.HTML(chart), s.demoTag()), s.seriesTable(q, pasts, rows)}
	if !q.byRow() {
		out.Parts = append(out.Parts, s.areasTable(q, pasts))
	}
	return out
}

// seriesRow is one share that is followed through the editions.
type seriesRow struct {
	name        string
	row, column int // index in asked.tables; option or headline
	strong      bool
}

func (r seriesRow) now(q *asked, area int) disclosure.Cell {
	return q.cell(&q.tables[r.row], area, r.column)
}

// seriesRows are the focus first, then every answer; of a question with rows the
// focus of each.
func (s *inquiry) seriesRows(q *asked) (out []seriesRow) {
	if q.byRow() {
		for i := range q.tables {
			out = append(out, seriesRow{name: q.Rows[q.tables[i].Row].Text, row: i, column: q.focus})
		}
		return out
	}
	if q.focus == headline {
		out = append(out, seriesRow{name: s.words.T("domanda.insieme", locale.S("cosa", q.Headline.Title)), column: headline, strong: true})
	}
	for k, o := range q.Options {
		out = append(out, seriesRow{name: o.Text, column: k})
	}
	return out
}

// seriesHead are the columns of a table of editions: each edition, then by how
// much the last one differs from the one before it.
func (s *inquiry) seriesHead(first string, pasts []past, based bool) (out []heading) {
	out = []heading{{Text: first}}
	for _, name := range append(editionNames(pasts), s.book.Edition) {
		out = append(out, heading{Text: name, Number: true})
		if based {
			out = append(out, heading{Text: s.words.T("domanda.edizioni.base", locale.S("edizione", name)), Number: true})
		}
	}
	return append(out, heading{Text: s.words.T("domanda.edizioni.differenza"), Number: true})
}

func editionNames(pasts []past) (out []string) {
	for i := range pasts {
		out = append(out, pasts[i].book.Edition)
	}
	return out
}

// seriesTable is every followed share in Italy.
func (s *inquiry) seriesTable(q *asked, pasts []past, rows []seriesRow) template.HTML {
	w, italy := s.words, s.areas.italy.area
	first := "domanda.risposta_colonna"
	if q.byRow() {
		first = "domanda.riga_colonna"
	}
	g := grid{Title: w.T("domanda.edizioni.tabella"), Sub: s.demoWords(w.T("domanda.tabella_sotto", locale.S("forma", string(q.Shape)))), Head: s.seriesHead(w.T(first), pasts, false)}
	var not unsaid
	followed := s.anyMoved(q, rows)
	if followed {
		g.Head = append(g.Head, heading{Text: w.T("domanda.stessi.colonna"), Number: true})
	}
	for _, r := range rows {
		row := line{Cells: []cell{{Text: r.name, Class: "who"}}}
		var shares []disclosure.Cell
		for i := range pasts {
			shares = append(shares, pasts[i].cell(r.row, italy, r.column))
		}
		shares = append(shares, r.now(q, italy))
		for _, c := range shares {
			not.see(c)
			row.Cells = append(row.Cells, s.share(c))
		}
		row.Cells = append(row.Cells, s.difference(shares))
		if m := s.moved(q, r.row, r.column); followed {
			not.withheld = not.withheld || hidden(m.Points)
			row.Cells = append(row.Cells, s.movedCell(m))
		}
		g.Rows = append(g.Rows, row)
	}
	rest := make([]cell, len(g.Head)-len(pasts)-2) // of rows that have no difference
	if !q.byRow() {
		base := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}}}
		for i := range pasts {
			l, _ := pasts[i].line(0, italy)
			base.Cells = append(base.Cells, s.baseOf(l))
		}
		g.Rows = append(g.Rows, line{Cells: append(append(base.Cells, s.baseOf(q.tables[0].Lines[italy])), rest...)})
		if estimated(q.focused(italy)) {
			guess := line{Cells: []cell{{Text: w.T("domanda.stima.riga", locale.S("cosa", q.focusText())), Class: "soft"}}}
			for i := range pasts {
				guess.Cells = append(guess.Cells, s.estimate(pasts[i].cell(0, italy, q.focus)))
			}
			g.Rows = append(g.Rows, line{Cells: append(append(guess.Cells, s.estimate(q.focused(italy))), rest...)})
		}
	}
	return scroll(g.Title, g.HTML()) + s.unsaidNote(not)
}

// difference is by how many points the last share lies above the one before, as
// the two are printed.
func (s *inquiry) difference(shares []disclosure.Cell) cell {
	now, was := shares[len(shares)-1], shares[len(shares)-2]
	if !now.Value.OK() || !was.Value.OK() {
		return cell{Text: "–", Sort: "-1000"}
	}
	decimals := min(now.Decimals, was.Decimals)
	scale := math.Pow10(decimals)
	d := math.Round((now.Value.N-was.Value.N)*scale) / scale
	return cell{Text: s.words.Signed(d, decimals), Sort: sortKey(d)}
}

// areasTable is the focus by size class and ripartizione, with its bases.
func (s *inquiry) areasTable(q *asked, pasts []past) template.HTML {
	w := s.words
	g := grid{Title: s.focusName(q), Sub: s.demoWords(w.T("domanda.edizioni.aree_sotto", locale.S("forma", string(q.Shape)))), Head: s.seriesHead(w.T("domanda.edizioni.area"), pasts, true)}
	var not unsaid
	areas := append(s.inForce(q, s.areas.classes), s.inForce(q, s.areas.rips)...)
	areas = append(areas, s.areas.italy)
	if s.panel.name != "" {
		areas = append(areas, s.panel)
	}
	for _, x := range areas {
		row := line{Cells: []cell{{Text: x.name, Href: x.href, Class: "who"}}}
		var shares []disclosure.Cell
		add := func(c disclosure.Cell, l disclosure.Line) {
			not.see(c)
			shares, row.Cells = append(shares, c), append(row.Cells, s.share(c), s.baseOf(l))
		}
		for i := range pasts {
			l, _ := pasts[i].line(0, x.area)
			add(pasts[i].cell(0, x.area, q.focus), l)
		}
		add(q.focused(x.area), q.tables[0].Lines[x.area])
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, s.difference(shares))})
	}
	return scroll(g.Title+", "+w.T("domanda.edizioni.nome"), g.HTML()) + s.unsaidNote(not)
}

// seriesMargin says who answered in each edition and where a series begins.
func (s *inquiry) seriesMargin(pasts []past) []note {
	w := s.words
	var who []string
	for _, b := range append(slices.Clone(s.before), Survey{Edition: s.edition}) {
		who = append(who, w.T("domanda.edizioni.rispondenti", locale.N("n", b.Edition.Respondents()), locale.S("edizione", b.Edition.Book.Edition)))
	}
	out := []note{{w.T("domanda.edizioni.chi"), w.HTML("domanda.edizioni.chi_testo", locale.S("elenco", w.And(who)), locale.S("indirizzo", indicatorPath(editionsID)))}}
	first := &pasts[0].book.Questions[pasts[0].twin.Question]
	if first.Earlier.Outcome == survey.Break {
		out = append(out, note{w.T("domanda.edizioni.interruzione_titolo", locale.S("edizione", pasts[0].book.Edition)), w.HTML("domanda.edizioni.perche", locale.S("motivo", locale.Capital(first.Earlier.Reason)))})
	}
	return out
}

// brokenFile holds the shares of editions before that do not compare.
const brokenFile = "prima.csv"

// brokenRows are the shares of the question in editions before, and of those that it
// took the place of, where they do not compare with the newest ones: each was
// published, and has no other page.
func (s *inquiry) brokenRows(q *asked) (rows []answerRow) {
	all := s.inquiries()
	own := slices.IndexFunc(all, func(x *inquiry) bool { return x.book == s.book })
	pasts := s.pasts(q)
	for k := own + 1; k < len(all); k++ {
		x := all[k]
		for i := range x.book.Questions {
			was, ok := x.asked(i)
			if !ok || slices.ContainsFunc(pasts, func(p past) bool { return p.book == x.book && p.twin.Question == i }) {
				continue
			}
			if edition, question := newest(all, k, i); edition == own && question == q.index {
				rows = append(rows, x.answerRows(was)...)
			}
		}
	}
	return rows
}

// heir is the question of the next edition, all being newest first, that has the id of
// question i of edition k, or names it, and of which anything is shown.
func heir(all []*inquiry, k, i int) (edition, question int, ok bool) {
	q, of := &all[k].book.Questions[i], all[k].book.Edition
	for edition = k - 1; edition >= 0; edition-- {
		for j := range all[edition].book.Questions {
			later := &all[edition].book.Questions[j]
			same := later.ID == q.ID || later.Earlier.Edition == of && later.Earlier.Question == q.ID
			if same && len(all[edition].published.Of(j)) > 0 {
				return edition, j, true
			}
		}
	}
	return k, i, false
}

// newest is the question whose page speaks of question i of edition k.
func newest(all []*inquiry, k, i int) (edition, question int) {
	for ok := true; ok; {
		k, i, ok = heir(all, k, i)
	}
	return k, i
}
