package survey

import (
	"fmt"
	"strconv"

	"mappa/internal/diag"
	"mappa/internal/table"
)

// Columns of the Mappa's long format.
const (
	longUser     = "quesito.user_id"
	longName     = "quesito.username"
	longQuestion = "domanda_id"
	longItem     = "risposta_voce"
	longValue    = "risposta_valore"
)

// long is an export in the long format, its columns found.
type long struct {
	*table.Table
	user, name, question, item, value int

	cells     [2]spot        // of the row that is read: item and value
	questions map[string]int // by domanda_id as it stands there, -1 for one that is not known
	who       heard[*respondent]
	what      heard[int]   // question
	after     []heard[int] // by question, from that before the first: which came next
}

// heard is what a cell of the row before held, and what that is: most rows hold the
// same.
type heard[T any] struct {
	text string
	is   T
}

func newLong(t *table.Table, questions int) *long {
	l := &long{Table: t, user: t.Col(longUser), name: t.Col(longName), question: t.Col(longQuestion), item: t.Col(longItem), value: t.Col(longValue),
		questions: map[string]int{}, what: heard[int]{is: -1}, after: make([]heard[int], questions+1)}
	for i, col := range []int{l.item, l.value} {
		l.cells[i] = spot{Table: t, col: col}
	}
	return l
}

// question is the index of the row's question, -1 for an unknown one, which is
// reported once.
func (c *collector) question(l *long, row table.Row) int {
	s := row.Get(l.question)
	if q, ok := l.questions[s]; ok {
		return q
	}
	l.questions[s] = -1
	n, err := strconv.Atoi(s)
	if err != nil {
		l.Problem(row, l.question, diag.Quote(s)+" is not a domanda_id, want a number", "")
		return -1
	}
	q, ok := c.book.byExport[n]
	if !ok && (c.book.broken || c.book.partial) {
		return -1
	}
	if !ok {
		known := make([]string, len(c.book.Questions))
		for i := range c.book.Questions {
			known[i] = strconv.Itoa(c.book.Questions[i].Export)
		}
		l.Problem(row, l.question, fmt.Sprintf("the codebook has no question with domanda_id %d", n), diag.DidYouMean(s, known))
		return -1
	}
	l.questions[s] = q
	return q
}

// read finds the item of question q, counted from its first, that a row answers,
// what it says, and the cell where it does. An item that is not known is -1, so
// is the Comune at where nobody knows whose answer it is.
func (c *collector) read(l *long, row table.Row, q, at int) (item int, says entry, in *spot, ok bool) {
	question, labels := &c.book.Questions[q], &c.labels[q]
	first, second := &l.cells[0], &l.cells[1]
	first.turn(row)
	second.turn(row)
	switch {
	case question.Shape == Ranking:
		place, err := strconv.Atoi(second.text)
		if err != nil || place < 1 || place > len(question.Rows) {
			c.option(first, q)
			c.noMatch(second, question, fmt.Sprintf("a place from 1 to %d", len(question.Rows)))
			return -1, says, second, false
		}
		first.fix = c.fix(q, place-1, at)
		says, ok = c.option(first, q)
		return place - 1, says, first, ok
	case len(question.Rows) > 0:
		if item, ok = labels.rows.find(first.text); !ok {
			c.noLabel(first, question, "row")
			item = -1
		}
		second.fix = c.fix(q, item, at)
		says, ok = c.entry(second, q)
		return item, says, second, ok && item >= 0
	case question.Numeric() && first.text == "":
		second.fix = c.fix(q, 0, at)
		says, ok = c.entry(second, q)
		return 0, says, second, ok
	}
	first.fix = c.fix(q, 0, at)
	says, ok = c.entry(first, q)
	if specified := ok && question.Options[says.option].Other; second.text != "" && !specified {
		second.problem(fmt.Sprintf("the cell is not empty, but question %q is a %s: its answers stand in %s", question.ID, question.Shape, longItem), "")
		return 0, says, first, false
	}
	return 0, says, first, ok
}

// answer puts one row's answer in its place.
func (c *collector) answer(l *long, row table.Row, q, at int) {
	question := &c.book.Questions[q]
	item, says, in, ok := c.read(l, row, q, at)
	if in.fix == nil && !c.asked(l.Table, row, l.question, question, at) {
		return
	}
	if ok {
		c.put(in, q, item, at, says)
	} else if item >= 0 {
		c.mark(row, &c.filled(at)[c.first[q]+item], at)
	}
}

// fix is the correction of an item of a Comune, nil without one.
func (c *collector) fix(q, item, comune int) *correction {
	if len(c.fixes) == 0 || item < 0 || comune < 0 {
		return nil
	}
	return c.fixes[place{c.first[q] + item, comune}]
}
