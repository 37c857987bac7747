package survey

import (
	"cmp"
	"fmt"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/table"
)

// spot is a cell of the export.
type spot struct {
	*table.Table
	row  table.Row
	col  int
	text string
	fix  *correction // of the item that the cell is about, nil without one
}

// turn goes to the cell of another row.
func (s *spot) turn(row table.Row) { s.row, s.text, s.fix = row, row.Get(s.col), nil }

// cellOf is a cell of a row.
func cellOf(t *table.Table, row table.Row, col int) *spot {
	return &spot{Table: t, row: row, col: col, text: row.Get(col)}
}

// problem reports a fault of the cell, unless it is what a correction corrects.
func (s *spot) problem(text, hint string) {
	if s.fix != nil && s.fix.old == s.text {
		s.fix.met = true
		return
	}
	s.Problem(s.row, s.col, text, hint)
}

// slot is an item of a Comune's form while the export is read. A form stands in one
// piece of memory, because an export goes from form to form; what is counted later
// goes from item to item.
type slot struct {
	options Set
	number  float64
	line    int32 // of the export, the first of several; 0 for none
}

// filled is the form of a Comune, as far as it was read.
func (c *collector) filled(at int) []slot {
	if c.forms[at] == nil {
		c.forms[at] = make([]slot, len(c.columns))
	}
	return c.forms[at]
}

// entry is what a cell says: an option, of numbers the bin.
type entry struct {
	option int
	number float64
}

// remedy is how an answer is put right: a row of its own can be deleted, a cell
// cannot.
func (c *collector) remedy(ofRow string) string {
	if c.coded {
		return "correct the answer with " + cmp.Or(c.files.corrections, correctionsFile)
	}
	return ofRow
}

// asked holds an answer to the form of its Comune.
func (c *collector) asked(t *table.Table, row table.Row, col int, q *Question, at int) bool {
	if q.On(c.Places[at].Form) || c.unsure[at] {
		return true
	}
	who := place{c.first[c.book.byID[q.ID]], at}
	if c.refused[who] { // of a question with several cells the first is enough
		return false
	}
	c.refused[who] = true
	hint := "correct the column questionario of " + c.files.register + ", or moduli in the codebook"
	if c.files.register == "" {
		hint = "say which form each Comune got in the column questionario of rispondenti.csv or of the export, or correct moduli in the codebook"
	}
	t.Problem(row, col, fmt.Sprintf("question %q is answered, but does not stand on the form of this Comune", q.ID), hint)
	return false
}

// mark remembers where an answer stands, the first place of several.
func (c *collector) mark(row table.Row, s *slot, at int) {
	c.from[at] = uint8(len(c.exports) - 1)
	if s.line == 0 {
		s.line = int32(row.Line())
	}
}

// put gives Comune at's answer to an item of question q what a cell says.
func (c *collector) put(in *spot, q, item, at int, says entry) {
	question, alone := &c.book.Questions[q], c.labels[q].alone
	item += c.first[q]
	have := &c.filled(at)[item]
	first := have.line
	refuse := func(text, hint string) {
		text = fmt.Sprintf(text, question.ID)
		if first > 0 && int(first) != in.row.Line() {
			text += fmt.Sprintf(", the first on line %d", first)
		}
		in.problem(text, c.remedy(hint))
	}
	c.columns[item] = int32(in.col) + 1
	switch {
	case in.fix != nil: // is held to what the correction says it is
	case first > 0 && question.Shape == Ranking:
		refuse("question %q has two options at the same place", "delete one of the rows")
		return
	case first > 0 && !question.Many():
		refuse("question %q has two answers", "delete one of the rows")
		return
	case have.options.Has(says.option):
		in.problem(fmt.Sprintf("the same answer to question %q stands twice", question.ID), c.remedy("delete one of the rows"))
		return
	case first > 0 && (alone.Has(says.option) || have.options.Meets(alone)):
		refuse("question %q has an answer that rules out every other, and others", "delete the rows that do not hold")
		return
	}
	have.options = have.options.With(says.option)
	have.number = says.number
	c.mark(in.row, have, at)
}

// entry reads a cell that holds an option or, of a numeric question, a number.
func (c *collector) entry(in *spot, q int) (entry, bool) {
	if question := &c.book.Questions[q]; question.Numeric() {
		return c.number(in, question, &c.labels[q])
	}
	return c.option(in, q)
}

func (c *collector) option(in *spot, q int) (entry, bool) {
	i, ok := c.choice(q, in.text)
	if !ok {
		c.noLabel(in, &c.book.Questions[q], "option")
	}
	return entry{option: i}, ok
}

// choice is the option that a text names: by its label and, in a wide export, by
// its code.
func (c *collector) choice(q int, s string) (i int, ok bool) {
	labels := &c.labels[q]
	if i, ok = labels.options.find(s); ok || !c.coded {
		c.byLabel++
		return i, ok
	}
	if i, ok = labels.coded(s); ok {
		c.byCode++
		return i, ok
	}
	if bare := unmasked(s); bare != s {
		return c.choice(q, bare)
	}
	return 0, false
}

// secret reports whether no answer to the question may stand in a message.
func (q *Question) secret() bool { return q.Class != Consented && q.Class != Register }

// hidden says why a message does not say what stands in the cell.
func (c *collector) hidden(q *Question) string {
	return fmt.Sprintf("its value is not shown, the class is %s; compare it with line %d of the codebook", q.Class, q.Line)
}

// noMatch reports a cell that is not what is wanted. What stands in it is said
// only where it may be published.
func (c *collector) noMatch(in *spot, q *Question, want string) {
	hint := ""
	if want == oneWay {
		hint = "say in " + c.files.settings + " which it is, decimali: virgola or decimali: punto"
	}
	switch s := in.text; {
	case s == "":
		in.problem(fmt.Sprintf("the cell is empty, want %s for question %q", want, q.ID), "")
	case q.secret():
		in.problem(fmt.Sprintf("the cell is not %s, as question %q wants", want, q.ID), strings.TrimPrefix(hint+"; "+c.hidden(q), "; "))
	default:
		in.problem(fmt.Sprintf("%s is not %s, as question %q wants", diag.Quote(s), want, q.ID), hint)
	}
}

// noLabel reports a cell that is no label of the codebook.
func (c *collector) noLabel(in *spot, q *Question, kind string) {
	s := in.text
	if q.secret() {
		what := "does not match"
		if s == "" {
			what = "is empty and does not match"
		}
		in.problem(fmt.Sprintf("the cell %s any %s of question %q", what, kind, q.ID), c.hidden(q)+", and add an alias there")
		return
	}
	var known []string
	for _, r := range q.Rows {
		known = append(known, r.Text)
	}
	if kind == "option" {
		known = nil
		for _, o := range q.Options {
			known = append(known, o.Text)
		}
	}
	hint := "add an alias to the " + kind + " in the codebook"
	if n := diag.Nearest(foldLabel(s), known); n != "" {
		hint = fmt.Sprintf("did you mean %q? if so, add an alias to the %s in the codebook", n, kind)
	}
	in.problem(fmt.Sprintf("%s is not the label of any %s of question %q", diag.Quote(s), kind, q.ID), hint)
}
