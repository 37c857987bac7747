package site

import (
	"html/template"
	"strconv"

	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// indexMethod is how the indices are made, written from the file that they are
// computed from.
func (s *indexed) indexMethod() error {
	w := s.words
	name := w.T("indice.metodo_pagina.titolo")
	page := questionPage{Chrome: s.methodChrome(name, w.T("indice.metodo_pagina.descrizione"), indexMethodPath), Name: name,
		Wording: w.HTML("indice.metodo_pagina.lead", locale.S("indici", indicesPath), locale.S("edizione", s.Tree.Edition)),
		What:    w.T("indice.metodo_pagina.cosa"), Base: esc(s.Tree.Note)}
	for _, key := range []string{"scala", "mancano", "moduli", "aree"} {
		page.Defs = append(page.Defs, note{w.T("indice.regola." + key), w.HTML("indice.regola."+key+"_testo", locale.N("soglia", s.book.ShortUpTo))})
	}
	page.Sections = []section{{ID: "regole", Title: w.T("indice.regole.tabella"), Parts: []template.HTML{s.ruleTable()}}}
	for _, i := range s.Tree.Indices() {
		page.Sections = append(page.Sections, s.methodOf(i))
	}
	for _, x := range page.Sections {
		page.Contents = append(page.Contents, theme.Link{Text: x.Title, URL: "#" + x.ID})
	}
	return s.page("domanda", &page, indexMethodPath)
}

// methodChrome is what surrounds the pages on method: theirs are no figures.
func (s *indexed) methodChrome(title, description, path string, crumbs ...theme.Link) theme.Chrome {
	return s.chrome(title, description, path, "metodo", append([]theme.Link{{Text: s.words.T("menu.metodo"), URL: "/metodo/"}}, crumbs...)...)
}

// ruleTable is the indices and areas with their weights and rules.
func (s *indexed) ruleTable() template.HTML {
	w := s.words
	g := grid{Title: w.T("indice.regole.tabella"), Head: []heading{{Text: w.T("indice.parti.colonna")}, {Text: w.T("indice.parti.peso"), Number: true},
		{Text: w.T("indice.regole.aggregazione")}, {Text: w.T("indice.regole.mancano")}, {Text: w.T("indice.regole.presenza"), Number: true}}}
	for i := range s.Tree.Nodes {
		n := &s.Tree.Nodes[i]
		if n.Part != nil {
			continue
		}
		row := line{Cells: []cell{{Text: n.Title}, {Text: s.weight(n.Share)}, {Text: w.T("indice.aggregazione." + string(n.Combine))}, {Text: w.T("indice.mancanti." + string(n.Missing))}, {Text: s.weight(n.Least)}}}
		if n.Depth == score.Index {
			row.Cells[0].Class, row.Cells[1].Text = "who", ""
		}
		g.Rows = append(g.Rows, row)
	}
	return scroll(g.Title, g.HTML())
}

// methodOf is the parts of an index, each with what its answers are worth.
func (s *indexed) methodOf(i int) section {
	n := &s.Tree.Nodes[i]
	out := section{ID: n.ID, Title: n.Title, Margin: []note{{s.words.T("indice.def.metodo"), s.words.HTML("indice.punti_testo")}}}
	for _, l := range s.Tree.Leaves(i) {
		out.Parts = append(out.Parts, s.pointsTable(l))
	}
	return out
}

// pointsTable is what the answers to the question of a part are worth.
func (s *indexed) pointsTable(l int) template.HTML {
	w, n := s.words, &s.Tree.Nodes[l]
	p := n.Part
	area := &s.Tree.Nodes[n.Parent]
	g := grid{Title: w.T("indice.punti_tabella", locale.S("parte", n.Title), locale.S("area", area.Title), locale.S("peso", s.weight(n.Share))), Sub: s.howScored(p)}
	g.Head, g.Rows = s.pointsRows(p)
	for _, k := range []stat.Kind{stat.DontKnow, stat.NotRouted, stat.Blank} {
		if points, ok := p.Kinds[k]; ok {
			row := line{Cells: []cell{{Text: w.Missing(k).Full}}}
			for range g.Head[1:] {
				row.Cells = append(row.Cells, cell{Text: s.plain(points)})
			}
			g.Rows = append(g.Rows, row)
		}
	}
	after := template.HTML("")
	if p.Question >= 0 {
		q := &s.book.Questions[p.Question]
		after = `<p class="note">` + w.HTML("indice.domanda", locale.S("titolo", q.Title), locale.S("indirizzo", indicatorPath(q.ID)), locale.S("testo", q.Text)) + "</p>"
	}
	return scroll(g.Title, g.HTML()) + after
}

// howScored says in a sentence what the method of a part does.
func (s *indexed) howScored(p *score.Part) string {
	w := s.words
	rows, only := "una", ""
	if len(p.Rows) > 1 {
		rows = "attese"
		if p.Present {
			rows = "presenti"
		}
	}
	if p.Only != nil {
		q := &s.book.Questions[p.Only.Question]
		var any []string
		for k, o := range q.Options {
			if p.Only.Any.Has(k) {
				any = append(any, "«"+o.Text+"»")
			}
		}
		only = " " + w.T("indice.solo", locale.S("domanda", q.Title), locale.S("risposte", w.Or(any)))
	}
	scale := "massimo"
	switch p.Scale.Kind {
	case score.FixedRange:
		scale = "fissa"
	case score.ToTarget:
		scale = "obiettivo"
	}
	text := w.T("indice.calcolo", locale.S("metodo", string(p.Method)), locale.S("righe", rows), locale.S("migliore", strconv.FormatBool(p.Best)), locale.S("pieno", s.plain(p.Full)))
	return text + only + " " + w.T("indice.scala", locale.S("scala", scale), locale.S("da", s.plain(p.Scale.From)), locale.S("a", s.plain(p.Scale.To)), locale.S("obiettivo", s.plain(p.Scale.Target)))
}

// plain is points, without zeros at the end.
func (s *indexed) plain(v float64) string { return s.words.Number(v, decimalsFor(v)) }

// pointsRows are the points of a part: by option; by row where rows differ.
func (s *indexed) pointsRows(p *score.Part) ([]heading, []line) {
	w := s.words
	if p.Question < 0 {
		return []heading{{Text: w.T("indice.variabile")}, {Text: w.T("indice.punti"), Number: true}}, []line{{Cells: []cell{{Text: p.Variable}, {Text: w.T("indice.il_numero")}}}}
	}
	q := &s.book.Questions[p.Question]
	var body []line
	switch {
	case q.Numeric():
		for i, r := range p.Rows {
			points := w.T("indice.il_numero")
			switch p.Method {
			case score.AboveZero:
				points = w.T("indice.uno_sopra_zero")
			case score.Sum:
				points = w.T("indice.per_cento", locale.S("punti", s.plain(r.Points[0])))
			}
			text := q.Title
			if len(q.Rows) > 0 {
				text = q.Rows[i].Text
			}
			body = append(body, line{Cells: []cell{{Text: text, Note: s.rowWeight(r)}, {Text: points}}})
		}
		return []heading{{Text: w.T("domanda.riga_colonna")}, {Text: w.T("indice.punti"), Number: true}}, body
	case len(q.Rows) == 0 || s.alike(p):
		for i, o := range q.Options {
			if o.DontKnow {
				continue
			}
			body = append(body, line{Cells: []cell{{Text: o.Text}, {Text: s.plain(p.Rows[0].Points[i])}}})
		}
		return []heading{{Text: w.T("domanda.risposta_colonna")}, {Text: w.T("indice.punti"), Number: true}}, body
	}
	head := []heading{{Text: w.T("domanda.risposta_colonna")}}
	for i, r := range p.Rows {
		text := q.Rows[i].Text
		if r.Reverse {
			text += " (" + w.T("indice.inversa") + ")"
		}
		if r.Weight != 1 {
			text += " (" + s.rowWeight(r) + ")"
		}
		head = append(head, heading{Text: text, Number: true})
	}
	for i, o := range q.Options {
		if o.DontKnow {
			continue
		}
		row := line{Cells: []cell{{Text: o.Text}}}
		for _, r := range p.Rows {
			row.Cells = append(row.Cells, cell{Text: s.plain(r.Points[i])})
		}
		body = append(body, row)
	}
	return head, body
}

// rowWeight says how much a row weighs, "" where it weighs as the others.
func (s *indexed) rowWeight(r score.Row) string {
	if r.Weight == 1 {
		return ""
	}
	return s.words.T("indice.riga_pesa", locale.S("peso", s.plain(r.Weight)))
}

// alike reports whether all rows of a part have the same points and weight.
func (s *indexed) alike(p *score.Part) bool {
	for _, r := range p.Rows {
		if r.Reverse || r.Weight != 1 {
			return false
		}
		for i := range r.Points {
			if r.Points[i] != p.Rows[0].Points[i] {
				return false
			}
		}
	}
	return true
}
