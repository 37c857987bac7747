package survey

import (
	"fmt"
	"io/fs"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// Reply is what a Comune answers in public to a figure on its page.
type Reply struct {
	Comune   int    // index in atlas.Atlas.Comuni
	Question int    // index in Codebook.Questions, -1 where it is about an index
	Index    string // id of an index, "" where it is about a question
	Text     string // plain text, line breaks between paragraphs
	Date     atlas.Date
	File     string // where it stands, for messages
	Line     int
}

// all stands for every question in consensi.csv.
const all = "*"

// consent is a Comune and a question that it lets be shown.
type consent struct{ comune, question int }

// Consents reports whether a Comune lets its answers to a question be shown on
// its page. Only answers of class comune ask for it.
func (e *Public) Consents(question, comune int) bool {
	return e.Book.Questions[question].Class == Consented && e.consented[consent{comune, question}]
}

// comune is the Comune of a cadastral code, -1 where there is none, which is
// reported.
func (c *collector) comune(t *table.Table, row table.Row, col int) int {
	code := row.Get(col)
	i, successor, ok := c.atlas.ByCadastral(code)
	switch {
	case ok && !successor:
		return i
	case ok:
		t.Problem(row, col, fmt.Sprintf("%s is no more and went into %s, whose answers are not comparable", diag.Quote(code), c.atlas.Comuni[i].Name), "delete the line")
	case !c.atlas.KeyInDoubt(code):
		t.Problem(row, col, fmt.Sprintf("%s is not the cadastral code of a Comune", diag.Quote(code)), "want a letter and three digits, as H501 for Roma")
	}
	return -1
}

// named is the question of a cell, -1 where there is none, which is reported.
func (c *collector) named(t *table.Table, row table.Row, col int) int {
	id := row.Get(col)
	q := c.book.Find(id)
	if q < 0 && !c.book.broken {
		t.Problem(row, col, fmt.Sprintf("the codebook has no question %s", diag.Quote(id)), diag.DidYouMean(id, c.book.ids()))
	}
	return q
}

// ids are the addresses of the questions.
func (b *Codebook) ids() (out []string) {
	for i := range b.Questions {
		out = append(out, b.Questions[i].ID)
	}
	return out
}

// consents reads consensi.csv.
func (c *collector) consents(fsys fs.FS, name string) {
	c.consented = map[consent]bool{}
	if name == "" {
		return
	}
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{colCode, "domanda", "data"}, May: []string{colName, colDemo}}, c.list)
	who, what, when := t.Col(colCode), t.Col("domanda"), t.Col("data")
	for _, row := range t.Rows {
		at := c.comune(t, row, who)
		if c.day(t, row, when) == 0 && row.Get(when) == "" {
			t.Problem(row, when, "the day of the consent is empty", "want 2025-11-30 or 30/11/2025")
		}
		for _, q := range c.consentedTo(t, row, what) {
			if at >= 0 {
				c.consented[consent{at, q}] = true
			}
		}
	}
}

// consentedTo are the questions that a line of consensi.csv is about.
func (c *collector) consentedTo(t *table.Table, row table.Row, col int) (out []int) {
	if row.Get(col) != all {
		q := c.named(t, row, col)
		if q < 0 {
			return nil
		}
		if class := c.book.Questions[q].Class; class != Consented && class != "" {
			t.Problem(row, col, fmt.Sprintf("question %q is of class %s: its answers are not for a Comune to show", row.Get(col), class), "a consent is for questions of class comune; delete the line")
			return nil
		}
		return []int{q}
	}
	for q := range c.book.Questions {
		if c.book.Questions[q].Class == Consented {
			out = append(out, q)
		}
	}
	return out
}

// replies reads repliche.csv.
func (c *collector) replies(fsys fs.FS, name string) {
	if name == "" {
		return
	}
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{colCode, "domanda", "indice", "testo", "data"}, May: []string{colName, colDemo}}, c.list)
	who, what, index, text, when := t.Col(colCode), t.Col("domanda"), t.Col("indice"), t.Col("testo"), t.Col("data")
	for _, row := range t.Rows {
		r := Reply{Comune: c.comune(t, row, who), Question: -1, Index: row.Get(index), Text: c.plainText(t, row, text, "testo"),
			Date: c.day(t, row, when), File: name, Line: row.Line()}
		switch about := row.Get(what); {
		case (about == "") == (r.Index == ""):
			t.Problem(row, what, "the line must be about a question or an index", "fill domanda or indice, not both")
			continue
		case about != "":
			if r.Question = c.named(t, row, what); r.Question < 0 {
				continue
			}
		}
		if r.Comune >= 0 && r.Text != "" {
			c.Replies = append(c.Replies, r)
		}
	}
}
