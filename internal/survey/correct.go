package survey

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// Correction is an entry of the public register of corrections. Date, section
// and reason are always there; whose answer it was, to what and how it changed
// only where the answer may be shown on the Comune's page.
type Correction struct {
	Date     atlas.Date
	Section  int // index in Codebook.Sections
	Reason   string
	Shown    bool // the rest is filled in
	Comune   int  // index in atlas.Atlas.Comuni, -1 where not shown
	Question int  // index in Codebook.Questions, -1 where not shown
	Row      int
	Old, New []string // labels of options, or a number; empty for a blank
}

// place is an item of a Comune.
type place struct{ item, comune int }

// correction is a line of corrections.csv.
type correction struct {
	t        *table.Table
	row      table.Row
	question int
	of       int // row of the question
	where    place
	old, new string
	reason   string
	date     atlas.Date
	met      bool // the export holds old as it is written, and it is no answer
}

// Columns of corrections.csv.
const (
	colOld = "prima"
	colNew = "dopo"
)

// corrections reads corrections.csv, which repairs answers without touching the
// export.
func (c *collector) corrections(fsys fs.FS, name string) map[place]*correction {
	out := map[place]*correction{}
	if name == "" {
		return out
	}
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{colCode, "domanda", "riga", colOld, colNew, "motivo", "data"}, May: []string{colName, colDemo}}, c.list)
	who, what, which, why, when := t.Col(colCode), t.Col("domanda"), t.Col("riga"), t.Col("motivo"), t.Col("data")
	for _, row := range t.Rows {
		x := &correction{t: t, row: row, old: row.Get(t.Col(colOld)), new: row.Get(t.Col(colNew)), reason: c.plainText(t, row, why, "motivo"), date: c.day(t, row, when)}
		if row.Get(when) == "" {
			t.Problem(row, when, "the day of the correction is empty", "want 2025-11-30 or 30/11/2025")
		}
		x.where.comune, x.question = c.comune(t, row, who), c.named(t, row, what)
		if x.question < 0 || x.where.comune < 0 || !c.correctable(x, which) {
			continue
		}
		if at := c.atlas.Comuni[x.where.comune]; mentions(x.reason, at.Name) && c.book.Questions[x.question].secret() {
			t.Problem(row, why, "the cell motivo names the Comune, and is shown in the public register", "say why without saying whose answer it is")
		}
		x.where.item = c.first[x.question] + x.of
		if first := out[x.where]; first != nil {
			t.Problem(row, what, fmt.Sprintf("the same answer is corrected twice, first on line %d", first.row.Line()), "keep one line, with what stands in the export as prima")
			continue
		}
		out[x.where] = x
	}
	return out
}

// correctable finds the row of a correction and reports what cannot be corrected.
func (c *collector) correctable(x *correction, which int) bool {
	q, row := &c.book.Questions[x.question], x.row.Get(which)
	i := slices.IndexFunc(q.Rows, func(l Label) bool { return l.Code == row })
	switch {
	case q.broken:
		return false
	case q.Class == Never:
		x.t.Problem(x.row, x.t.Col("domanda"), fmt.Sprintf("question %q is of class mai and is not read", q.ID), "delete the line")
		return false
	case len(q.Rows) > 0 && i < 0:
		x.t.Problem(x.row, which, fmt.Sprintf("question %q has no row %s", q.ID, diag.Quote(row)), "known here: "+strings.Join(q.rowCodes(), ", "))
		return false
	case len(q.Rows) == 0 && row != "":
		x.t.Problem(x.row, which, fmt.Sprintf("question %q has no rows", q.ID), "leave the cell empty")
		return false
	case x.old == x.new:
		x.t.Problem(x.row, x.t.Col(colNew), "prima and dopo are the same", "delete the line, or say what changes")
		return false
	}
	x.of = max(0, i)
	return true
}

// correct puts the answers right.
func (c *collector) correct() {
	order := make([]*correction, 0, len(c.fixes))
	for _, x := range c.fixes {
		order = append(order, x)
	}
	slices.SortFunc(order, func(a, b *correction) int { return cmp.Compare(a.row.Line(), b.row.Line()) })
	for _, x := range order {
		c.apply(x)
	}
	slices.SortStableFunc(c.Corrections, func(a, b Correction) int { return cmp.Compare(a.Date, b.Date) })
}

// apply makes one correction, if the export holds what it corrects.
func (c *collector) apply(x *correction) {
	q := &c.book.Questions[x.question]
	have := &c.filled(x.where.comune)[x.where.item]
	now := says{have.options, have.number}
	old, oldOK := c.meant(x, q, colOld, x.old)
	next, ok := c.meant(x, q, colNew, x.new)
	place := &c.Places[x.where.comune]
	switch {
	case !ok || !oldOK && !x.met:
		return
	case place.State != Completed:
		x.t.Problem(x.row, x.t.Col(colCode), fmt.Sprintf("no answers of %s count, so none can be corrected", c.atlas.Comuni[x.where.comune].Name), "")
		return
	case !x.met && old != now:
		text, hint := fmt.Sprintf("the answer to question %q in the export is another", q.ID), c.hidden(q)
		if !q.secret() {
			text, hint = fmt.Sprintf("%s is not the answer to question %q in the export, which is %s", diag.Quote(x.old), q.ID, diag.Quote(strings.Join(q.spell(now), "|"))), "correct prima: it is what stands there now"
		}
		x.t.Problem(x.row, x.t.Col(colOld), text, hint)
		return
	case next.set != 0 && !q.On(place.Form):
		x.t.Problem(x.row, x.t.Col(colNew), fmt.Sprintf("question %q does not stand on the form of this Comune", q.ID), "leave dopo empty")
		return
	}
	have.options, have.number = next.set, next.number
	out := Correction{Date: x.date, Section: q.Section, Reason: x.reason, Comune: -1, Question: -1}
	if q.Class == Register && !c.book.Demo || c.Consents(x.question, x.where.comune) {
		out.Shown, out.Comune, out.Question, out.Row = true, x.where.comune, x.question, x.of
		out.Old, out.New = q.spell(now), q.spell(next)
		if x.met {
			out.Old = []string{x.old}
		}
	}
	c.Corrections = append(c.Corrections, out)
}

// says is what an item holds.
type says struct {
	set    Set
	number float64
}

// meant reads prima or dopo: codes or labels of options with | between them, or
// a number; empty for a blank.
func (c *collector) meant(x *correction, q *Question, column, text string) (out says, ok bool) {
	if text == "" {
		return out, true
	}
	in := cellOf(x.t, x.row, x.t.Col(column))
	l := &c.labels[x.question]
	if q.Numeric() {
		if x.met && column == colOld {
			return out, false
		}
		e, ok := c.number(in, q, l)
		return says{Set(0).With(e.option), e.number}, ok
	}
	for _, s := range strings.Split(text, "|") {
		s = strings.TrimSpace(s)
		i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Code == s })
		if i < 0 {
			if i, ok = l.options.find(s); !ok {
				if column != colOld || !x.met {
					c.noLabel(in, q, "option")
				}
				return out, false
			}
		}
		out.set = out.set.With(i)
	}
	if several := out.set&(out.set-1) != 0; several && column == colNew && (!q.Many() || out.set.Meets(l.alone)) {
		c.noMatch(in, q, "one answer")
		return out, false
	}
	return out, true
}

// spell is what an item holds, in words.
func (q *Question) spell(s says) (out []string) {
	for i, o := range q.Options {
		switch {
		case !s.set.Has(i):
		case q.Numeric() && i <= len(q.Measure.Bins):
			out = append(out, plain(s.number))
		default:
			out = append(out, o.Text)
		}
	}
	return out
}

// mentions reports whether a name stands in a text as words of its own.
func mentions(text, name string) bool {
	words := func(s string) string {
		return " " + strings.Join(strings.FieldsFunc(foldLabel(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
	}
	return strings.Contains(words(text), words(name))
}
