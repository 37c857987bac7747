package survey

import (
	"cmp"
	"fmt"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// submission reads a row of a wide export.
func (c *collector) submission(w *wide, row table.Row) {
	r := c.sender(w, row)
	switch {
	case r.comune < 0 && !r.fault:
		c.skipped["of Comuni that are no more"]++
		return
	case r.fault:
		c.cells(w, row, nobody)
		return
	case !c.wins(w, row, r):
		c.skipped["of submissions that do not count"]++
		return
	}
	place := &c.Places[r.comune]
	if c.only != 0 {
		place.Form, c.unsure[r.comune] = c.only, false
	}
	if form, clear := c.form(w.Table, row, w.form); form != 0 || !clear {
		place.Form, c.unsure[r.comune] = cmp.Or(form, place.Form), !clear
	}
	if k, ok := c.class(w.Table, row, w.class); ok {
		place.Class = k
	}
	place.State, place.Sent = r.state, cmp.Or(r.sent, place.Sent)
	if r.state != Completed {
		c.skipped["of forms that were not sent"]++
		return
	}
	c.cells(w, row, r.comune)
}

// sender is whose answers a row holds, and how far it came.
func (c *collector) sender(w *wide, row table.Row) *respondent {
	key := w.who.first()
	r := &respondent{comune: nobody, id: cmp.Or(row.Get(w.id), row.Get(key)), line: row.Line(), state: Completed, row: true, seen: true}
	r.rule = c.rule(r.id)
	if x := c.rule(row.Get(key)); r.rule == nil {
		r.rule = x
	}
	before := c.list.Len()
	known := c.users[row.Get(key)]
	switch {
	case row.Get(key) == "":
		w.Problem(row, key, "the cell that says whose answers these are is empty", "every row says whose it is")
	case known != nil:
		known.seen = true
		r.comune, r.fault, c.matched["rispondenti.csv"] = known.comune, known.fault, c.matched["rispondenti.csv"]+1
		if known.comune >= 0 && known.known {
			r.state, r.sent = known.state, known.sent
		}
	default:
		c.recognise(w, row, key, r)
	}
	r.fault = r.fault || c.list.Len() > before
	c.progress(w, row, r, known)
	return r
}

// progress is how far the form came, as the export says or else the register.
func (c *collector) progress(w *wide, row table.Row, r *respondent, known *respondent) {
	if r.comune >= 0 && known == nil {
		if who := c.counts[r.comune]; who != nil && !who.row && who.known {
			known, r.state, r.sent = who, who.state, who.sent
			known.seen = true
		}
	}
	switch {
	case w.submit >= 0:
		r.state, r.sent = Begun, c.day(w.Table, row, w.submit)
		if row.Get(w.submit) != "" {
			r.state = Completed
		}
	case w.state < 0 && r.comune >= 0 && c.board[r.comune].line > 0:
		r.state, r.sent = c.board[r.comune].state, c.board[r.comune].sent
	case w.state >= 0:
		r.state, _ = c.state(w.Table, row, w.state)
		r.sent = c.day(w.Table, row, w.sent)
	}
	if known != nil && known.known && known.state == NotOpened && known.comune >= 0 {
		w.Problem(row, w.who.first(), fmt.Sprintf("the export has answers of %s, which is Mai aperto on line %d of %s", diag.Quote(r.id), known.line, c.files.register), "correct its stato_compilazione")
		known.known = false
	}
}

// recognise finds the Comune of a row by its codes, else by its name.
func (c *collector) recognise(w *wide, row table.Row, key int, r *respondent) {
	id, name := row.Get(key), row.Get(w.who.name)
	bare, area, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	ref := atlas.Ref{ISTAT: row.Get(w.who.istat), IPA: row.Get(w.who.ipa), Name: strings.TrimSpace(bare), Province: cmp.Or(row.Get(w.who.province), strings.TrimSpace(area)), At: cmp.Or(c.book.To, c.atlas.Display)}
	m := c.atlas.Resolve(ref)
	how := m.How.String()
	if i, successor, ok := c.atlas.ByCadastral(row.Get(w.who.cadastral)); ok && row.Get(w.who.cadastral) != "" {
		m, how = atlas.Match{Comune: i, OK: true, How: atlas.IPAId, Successor: successor}, "cadastral code"
	}
	coded := m.OK && (m.How == atlas.CodeAtDate || m.How == atlas.IPAId)
	switch witness := c.atlas.Resolve(atlas.Ref{Name: ref.Name, Province: ref.Province, At: ref.At}); {
	case c.unknown && c.files.register != "" || c.lost[id] || c.inDoubt(name) || c.atlas.KeyInDoubt(row.Get(w.who.cadastral)) && !m.OK:
		r.fault = true
	case !m.OK && len(m.Others) > 0:
		w.Problem(row, key, fmt.Sprintf("%d Comuni are called %s", len(m.Others), diag.Quote(name)), c.line(id, m.Others...))
	case !m.OK:
		w.Problem(row, key, fmt.Sprintf("%s is not known as a Comune", diag.Quote(id)), c.line(id))
	case coded && witness.OK && witness.Comune != m.Comune && !m.Successor && !witness.Successor:
		w.Problem(row, key, fmt.Sprintf("the code %s is %s, the name is %s", diag.Quote(id), c.atlas.Comuni[m.Comune].Name, diag.Quote(name)), "one of them is wrong; "+c.line(id, m.Comune, witness.Comune))
	case m.Successor:
		c.Places[m.Comune].Merged = true
		w.Note(row, key, fmt.Sprintf("%s is no more and went into %s: its answers are not comparable and do not count", diag.Quote(id), c.atlas.Comuni[m.Comune].Name), "")
	default:
		r.comune = m.Comune
		c.matched[how]++
		if !coded {
			w.Note(row, key, fmt.Sprintf("%s matched by %s: %s", diag.Quote(id), how, m.Note), c.line(id, m.Comune))
		}
	}
}

// wins reports whether a row counts for its Comune. Of two the one completed
// last does, unless esclusioni.csv says which; the other's answers are taken
// back.
func (c *collector) wins(w *wide, row table.Row, r *respondent) bool {
	name := c.atlas.Comuni[r.comune].Name
	if r.rule != nil && !r.rule.counts {
		w.Note(row, -1, fmt.Sprintf("the answers of %s in row %s are left out, as line %d of %s says", name, diag.Quote(r.id), r.rule.line, c.files.exclusions), "")
		return false
	}
	old := c.counts[r.comune]
	if old == nil || !old.row {
		c.counts[r.comune] = r
		return true
	}
	win, why := r, "the one completed last"
	switch {
	case (old.rule == nil) != (r.rule == nil):
		if old.rule != nil {
			win = old
		}
		why = fmt.Sprintf("as line %d of %s says", win.rule.line, c.files.exclusions)
	case r.state < old.state || r.state == old.state && r.sent < old.sent:
		win = old
	}
	w.Note(row, -1, fmt.Sprintf("%s has two submissions, the other on line %d; that of line %d counts, %s", name, old.line, win.line, why), "")
	if win == old {
		return false
	}
	c.counts[r.comune] = r
	clear(c.forms[r.comune])
	return true
}

// cells reads the answers of a row; of nobody, to see that they are answers.
func (c *collector) cells(w *wide, row table.Row, at int) {
	for i, x := range w.columns {
		if x.role == cellUnread || x.role == cellIdentity || strings.TrimSpace(row.Cells[i]) == "" || c.book.Questions[x.question].broken {
			continue
		}
		in := cellOf(w.Table, row, i)
		in.fix = c.fix(x.question, x.item, at)
		item, said, ok := c.cell(in, x)
		if len(said) == 0 && ok || at < 0 {
			continue
		}
		if in.fix == nil && !c.asked(w.Table, row, i, &c.book.Questions[x.question], at) {
			continue
		}
		if !ok && item >= 0 {
			c.mark(row, &c.filled(at)[c.first[x.question]+item], at)
		}
		for _, e := range said {
			c.put(in, x.question, item, at, e)
		}
	}
}

// cell is what a cell says to which item; nothing where it is an answer that was
// not given.
func (c *collector) cell(in *spot, x column) (item int, said []entry, ok bool) {
	q := &c.book.Questions[x.question]
	one := []entry{{option: x.option}}
	switch x.role {
	case cellTick, cellOther:
		switch word := strings.ToLower(in.text); {
		case isNo(word):
			return x.item, nil, true
		case x.role == cellOther || isYes(word):
			return x.item, one, true
		}
		if i, ok := c.choice(x.question, in.text); ok && i == x.option {
			return x.item, one, true
		}
		c.noMatch(in, q, "a tick or a blank")
		return x.item, nil, false
	case cellPlace:
		n, _, ok := parseNumber(in.text, c.decimal, 0)
		if place := int(n); ok && float64(place) == n && place >= 1 && place <= len(q.Rows) {
			return place - 1, one, true
		}
		c.noMatch(in, q, fmt.Sprintf("a place from 1 to %d", len(q.Rows)))
		return -1, nil, false
	}
	if !q.Many() {
		if notAnswered(in.text, q) {
			return x.item, nil, true
		}
		e, ok := c.entry(in, x.question)
		if !ok {
			return x.item, nil, false
		}
		return x.item, []entry{e}, true
	}
	return c.several(in, x)
}

// several reads a cell with several options, | or ; between them.
func (c *collector) several(in *spot, x column) (item int, said []entry, ok bool) {
	if i, ok := c.choice(x.question, in.text); ok {
		return x.item, []entry{{option: i}}, true
	}
	mark := "|"
	if !strings.Contains(in.text, mark) {
		mark = ";"
	}
	for _, s := range strings.Split(in.text, mark) {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		i, ok := c.choice(x.question, s)
		if !ok {
			c.noLabel(in, &c.book.Questions[x.question], "option")
			return x.item, nil, false
		}
		said = append(said, entry{option: i})
	}
	return x.item, said, true
}

// notAnswered reports LimeSurvey's word for a question that was left blank, where
// it is no option.
func notAnswered(s string, q *Question) bool {
	if !strings.EqualFold(s, "N/A") {
		return false
	}
	for _, o := range q.Options {
		if foldLabel(o.Text) == "n/a" || strings.EqualFold(o.Key, s) {
			return false
		}
	}
	return true
}

func isYes(word string) bool {
	switch word {
	case "y", "yes", "sì", "si", "1", "true", "vero", "x":
		return true
	}
	return false
}

func isNo(word string) bool {
	switch word {
	case "", "n", "no", "0", "false", "falso", "n/a":
		return true
	}
	return false
}

// describe notes how a file was read.
func (c *collector) describe(t *table.Table, form string, rows int) {
	if c.decimals.comma > 0 || c.decimals.point > 0 {
		form += fmt.Sprintf(", %d numbers with a decimal comma, %d with a point", c.decimals.comma, c.decimals.point)
	}
	c.list.Note(diag.Problem{File: t.File, Text: fmt.Sprintf("%s, %d rows", form, rows)})
}

// written is how a table is written.
func (c *collector) written(t *table.Table) string {
	if t.Sheet != "" {
		return fmt.Sprintf("%s, sheet %q", t.Encoding, t.Sheet)
	}
	return fmt.Sprintf("%s, separator %q", t.Encoding, t.Comma)
}
