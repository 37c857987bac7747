package survey

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/table"
)

// The forms of export.
const (
	formLong = "lungo"
	formLime = "limesurvey"
	formWide = "largo"
)

// export reads the answers, in whichever form of export they are. Where each
// form of the questionnaire has an export of its own, only says which this is.
func (c *collector) export(fsys fs.FS, name string, only Form) {
	if name == "" {
		return
	}
	c.file, c.decimals, c.byCode, c.byLabel = name, decimals{}, 0, 0
	c.exports, c.only = append(c.exports, name), only
	clear(c.skipped)
	clear(c.matched)
	t := table.Open(fsys, name, c.files.form, c.list)
	c.Encoding, c.Separator = t.Encoding, t.Comma
	switch cmp.Or(c.files.formed, formOf(t.Head)) {
	case formLong:
		c.longExport(t)
	case formLime:
		c.wideExport(t, true)
	default:
		c.wideExport(t, false)
	}
	for _, why := range slices.Sorted(maps.Keys(c.skipped)) {
		c.list.Note(diag.Problem{File: name, Text: fmt.Sprintf("%d rows passed over: %s", c.skipped[why], why)})
	}
	for _, how := range slices.Sorted(maps.Keys(c.matched)) {
		c.list.Note(diag.Problem{File: name, Text: fmt.Sprintf("%d respondents matched by %s", c.matched[how], how)})
	}
}

// formOf tells the form of an export by its headings.
func formOf(head []string) string {
	has := func(names ...string) bool {
		return slices.ContainsFunc(head, func(h string) bool {
			return slices.Contains(names, h) || slices.Contains(names, codeOf(h)) || slices.Contains(names, spoken(h))
		})
	}
	switch {
	case len(head) == 0 || has(longUser, longName, longItem, longValue):
		return formLong
	case has("submitdate", "lastpage", "startlanguage"):
		return formLime
	}
	return formWide
}

// longExport reads an export in the long format.
func (c *collector) longExport(t *table.Table) {
	if c.files.unregistered {
		c.list.File(c.files.settings, `the key "rispondenti" is missing`, "the long format says whose an answer is by a user id: rispondenti.csv says which Comune has it")
	}
	usable := t.Require(table.Spec{Want: []string{longUser, longName, longQuestion, longItem, longValue}, May: []string{colDemo}})
	if usable {
		c.demo(t)
	}
	l := newLong(t, len(c.book.Questions))
	rows := 0
	for row := range t.All() {
		if rows++; usable {
			c.longRow(l, row)
		}
	}
	c.partial = c.partial || !t.Whole()
	c.describe(t, "long format, "+c.written(t), rows)
}

// longRow reads one row, an answer or a part of it.
func (c *collector) longRow(l *long, row table.Row) {
	if user := row.Get(l.user); l.who.is == nil || user != l.who.text || l.who.is.state == NotOpened {
		l.who = heard[*respondent]{user, c.respondent(l, row)}
	}
	if s := row.Get(l.question); s == "" || s != l.what.text {
		next := &l.after[l.what.is+1]
		if s == "" || s != next.text {
			*next = heard[int]{s, c.question(l, row)}
		}
		l.what = *next
	}
	who, q := l.who.is, l.what.is
	who.seen = true
	if q < 0 || who.comune < 0 && !who.fault {
		return
	}
	switch {
	case c.book.Questions[q].broken:
	case c.book.Questions[q].Class == Never:
		c.skipped["of class mai, not looked at"]++
	case who.fault: // whose answer it is will be put right: it must be one
		c.read(l, row, q, nobody)
	case c.counts[who.comune] != who:
		c.skipped["of a user id whose answers do not count"]++
	case who.state != Completed:
		c.skipped["of forms that were not sent"]++
	default:
		c.answer(l, row, q, who.comune)
	}
}

// respondent finds who a row is of, and reports an unknown one once.
func (c *collector) respondent(l *long, row table.Row) *respondent {
	id := row.Get(l.user)
	if r := c.users[id]; r != nil {
		if r.known && r.state == NotOpened && r.comune >= 0 {
			r.known = false
			l.Problem(row, l.user, fmt.Sprintf("the export has answers of user id %s, which is Mai aperto on line %d of %s", diag.Quote(id), r.line, c.files.register), "correct its stato_compilazione")
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
func (c *collector) byName(l *long, row table.Row, id string, r *respondent) {
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
		l.Problem(row, l.user, fmt.Sprintf("user id %s is not in the register, and %d Comuni are called %s", diag.Quote(id), len(found.Others), diag.Quote(name)), c.line(id, found.Others...))
	case !found.OK:
		l.Problem(row, l.user, fmt.Sprintf("user id %s is not in the register, and no Comune is called %s", diag.Quote(id), diag.Quote(name)), c.line(id))
	case c.counts[found.Comune] != nil:
		l.Problem(row, l.user, fmt.Sprintf("user id %s is not in the register, and %s has another user id there", diag.Quote(id), diag.Quote(name)), c.line(id, found.Comune))
	case found.Successor:
		c.Places[found.Comune].Merged = true
		l.Note(row, l.user, fmt.Sprintf("user id %s: %s; its answers are not comparable and do not count", diag.Quote(id), found.Note), "")
	default:
		r.comune = found.Comune
		if s, ok := c.board[r.comune]; ok {
			r.state, r.sent = s.state, s.sent
		}
		c.counts[r.comune], c.Places[r.comune].State = r, r.state
		l.Note(row, l.user, fmt.Sprintf("user id %s matched by name: %s", diag.Quote(id), found.Note), c.line(id, r.comune))
	}
}
