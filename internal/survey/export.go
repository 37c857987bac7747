package survey

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/table"
)

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
			c.read(l, row, q, -1)
		case c.counts[who.comune] != who:
			c.skipped["of a user id whose answers do not count"]++
		case who.state != Completed:
			c.skipped["of forms that were not sent"]++
		default:
			c.answer(l, row, q, who.comune)
		}
	}
	c.strangers()
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
			l.Problem(row, l.user, fmt.Sprintf("the export has answers of user id %q, which is Mai aperto on line %d of %s", id, r.line, c.files.register), "correct its stato_compilazione")
		} else if !r.known && r.state == NotOpened && r.comune >= 0 && r.line > 0 {
			r.state = Completed
			c.Places[r.comune].State = Completed
		}
		return r
	}
	r := &respondent{comune: nobody, state: Completed, id: id}
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
