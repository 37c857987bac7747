package survey

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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
}

// export reads the answers.
func (c *collector) export(fsys fs.FS, name string) {
	if name == "" {
		return
	}
	c.file = name
	t, whole := table.Read(fsys, name, table.Spec{Want: []string{longUser, longName, longQuestion, longItem, longValue}, May: []string{colDemo}}, c.list)
	c.partial = !whole
	c.demo(t)
	c.Encoding, c.Separator = t.Encoding, t.Comma
	c.list.Note(diag.Problem{File: name, Text: fmt.Sprintf("long format, %s, separator %q, %d rows", t.Encoding, t.Comma, len(t.Rows))})
	l := long{t, t.Col(longUser), t.Col(longName), t.Col(longQuestion), t.Col(longItem), t.Col(longValue)}
	questions := map[string]int{}
	for i := range t.Rows {
		row := t.Rows[i]
		who, q := c.respondent(l, row), c.question(l, row, questions)
		if q < 0 || who.comune < 0 && !who.fault {
			continue
		}
		switch {
		case c.book.Questions[q].broken:
		case c.book.Questions[q].Class == Never:
			c.skipped["of class mai, not looked at"]++
		case who.fault: // whose answer it is will be put right: it must be one
			c.read(l, row, q)
		case c.counts[who.comune] != who:
			c.skipped["of a user id whose answers do not count"]++
		case who.state != Completed:
			c.skipped["of forms that were not sent"]++
		default:
			c.answer(l, row, q, who.comune)
		}
	}
	for _, why := range slices.Sorted(maps.Keys(c.skipped)) {
		c.list.Note(diag.Problem{File: name, Text: fmt.Sprintf("%d rows passed over: %s", c.skipped[why], why)})
	}
}

// respondent finds who a row is of, and reports an unknown one once.
func (c *collector) respondent(l long, row table.Row) *respondent {
	id := row.Get(l.user)
	if r := c.users[id]; r != nil {
		if r.known && r.state == NotOpened && r.comune >= 0 {
			r.known = false
			l.Problem(row, l.user, fmt.Sprintf("the export has answers of user id %q, which is Mai aperto on line %d of %s", id, r.line, c.registerFile), "correct its stato_compilazione")
		} else if !r.known && r.state == NotOpened && r.comune >= 0 && r.line > 0 {
			r.state = Completed
			c.Places[r.comune].State = Completed
		}
		return r
	}
	r := &respondent{comune: nobody, state: Completed}
	c.users[id] = r
	c.byName(l, row, id, r)
	return r
}

// byName gives an answer of a user id that the register lacks to the Comune of
// its name.
func (c *collector) byName(l long, row table.Row, id string, r *respondent) {
	name := row.Get(l.name)
	found := c.find(name)
	before := c.list.Len()
	defer func() { r.fault = r.fault || c.list.Len() > before }()
	switch {
	case c.unknown || c.lost[id] || c.inDoubt(name):
		r.fault = true
	case id == "":
		l.Problem(row, l.user, "the user id is empty", "every row says whose it is")
	case !found.OK && len(found.Others) > 0:
		l.Problem(row, l.user, fmt.Sprintf("user id %q is not in the register, and %d Comuni are called %q", id, len(found.Others), name), c.line(id, found.Others...))
	case !found.OK:
		l.Problem(row, l.user, fmt.Sprintf("user id %q is not in the register, and no Comune is called %q", id, name), c.line(id))
	case c.counts[found.Comune] != nil:
		l.Problem(row, l.user, fmt.Sprintf("user id %q is not in the register, and %q has another user id there", id, name), c.line(id, found.Comune))
	case found.Successor:
		c.Places[found.Comune].Merged = true
		l.Note(row, l.user, fmt.Sprintf("user id %q: %s; its answers are not comparable and do not count", id, found.Note), "")
	default:
		r.comune = found.Comune
		c.counts[r.comune], c.Places[r.comune].State = r, Completed
		l.Note(row, l.user, fmt.Sprintf("user id %q matched by name: %s", id, found.Note), c.line(id, r.comune))
	}
}

// question is the index of the row's question, -1 for an unknown one, which is
// reported once.
func (c *collector) question(l long, row table.Row, seen map[string]int) int {
	s := row.Get(l.question)
	if q, ok := seen[s]; ok {
		return q
	}
	seen[s] = -1
	n, err := strconv.Atoi(s)
	if err != nil {
		l.Problem(row, l.question, fmt.Sprintf("%q is not a domanda_id, want a number", s), "")
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
	seen[s] = q
	return q
}

// read finds the item of question q, counted from its first, that a row answers,
// and the option that it gives. An item that is not known is -1.
func (c *collector) read(l long, row table.Row, q int) (item, option, cell int, ok bool) {
	question, labels := &c.book.Questions[q], &c.labels[q]
	cell = l.item
	if question.Shape == Grid {
		if item, ok = labels.find(labels.rows, row.Get(l.item)); !ok {
			c.noLabel(l, row, l.item, question, "row")
			item = -1
		}
		cell = l.value
	} else if row.Get(l.value) != "" {
		l.Problem(row, l.value, fmt.Sprintf("the cell is not empty, but question %q is a %s: its answers stand in %s", question.ID, question.Shape, longItem), "")
		return 0, 0, cell, false
	}
	if option, ok = labels.find(labels.options, row.Get(cell)); !ok {
		c.noLabel(l, row, cell, question, "option")
	}
	return item, option, cell, ok && item >= 0
}

// answer puts one row's answer in its place.
func (c *collector) answer(l long, row table.Row, q, at int) {
	question, labels := &c.book.Questions[q], &c.labels[q]
	item, option, cell, ok := c.read(l, row, q)
	if !question.On(c.Places[at].Form) && !c.unsure[at] {
		l.Problem(row, l.question, fmt.Sprintf("question %q is answered, but does not stand on the form of this Comune", question.ID),
			"correct the column questionario of "+c.registerFile+", or moduli in the codebook")
		return
	}
	item += c.first[q]
	if !ok {
		if item >= c.first[q] && c.lines[item][at] == 0 {
			c.lines[item][at] = int32(row.Line())
		}
		return
	}
	have := &c.answers[item][at]
	first := c.lines[item][at]
	switch {
	case first > 0 && question.Shape != Multiple:
		l.Problem(row, cell, fmt.Sprintf("question %q has two answers, the first on line %d", question.ID, first), "delete one of the rows")
		return
	case have.Options.Has(option):
		l.Problem(row, cell, fmt.Sprintf("the same answer to question %q stands twice", question.ID), "delete one of the rows")
		return
	case first > 0 && (labels.alone.Has(option) || have.Options.Meets(labels.alone)):
		l.Problem(row, cell, fmt.Sprintf("question %q has an answer that rules out every other, and others; the first on line %d", question.ID, first), "delete the rows that do not hold")
		return
	}
	have.Options = have.Options.With(option)
	if first == 0 {
		c.lines[item][at] = int32(row.Line())
	}
}

// noLabel reports a cell that the codebook does not know. What stands in it is
// said only where it may be published.
func (c *collector) noLabel(l long, row table.Row, col int, q *Question, kind string) {
	s := row.Get(col)
	if q.Class == Aggregate {
		what := "does not match"
		if s == "" {
			what = "is empty and does not match"
		}
		l.Problem(row, col, fmt.Sprintf("the cell %s any %s of question %q", what, kind, q.ID),
			fmt.Sprintf("its value is not shown, the class is %s; compare it with line %d of the codebook, and add an alias there", q.Class, q.Line))
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
	l.Problem(row, col, fmt.Sprintf("%q is not the label of any %s of question %q", s, kind, q.ID), hint)
}

// labels finds a question's rows and options by what stands in an export.
type labels struct {
	rows, options map[string]int // by label as written, and by label folded
	alone         Set            // options that rule out every other
}

func newLabels(q *Question) labels {
	l := labels{rows: map[string]int{}, options: map[string]int{}}
	for i, r := range q.Rows {
		l.learn(l.rows, r, i)
	}
	for i, o := range q.Options {
		l.learn(l.options, o.Label, i)
		if o.Exclusive || o.DontKnow {
			l.alone = l.alone.With(i)
		}
	}
	return l
}

func (labels) learn(m map[string]int, l Label, i int) {
	m[l.Text], m[foldLabel(l.Text)] = i, i
	for _, a := range l.Also {
		m[foldLabel(a)] = i
	}
}

func (labels) find(m map[string]int, s string) (int, bool) {
	if i, ok := m[s]; ok {
		return i, true
	}
	if !utf8.ValidString(s) {
		return 0, false
	}
	i, ok := m[foldLabel(norm.NFC.String(s))]
	return i, ok
}
