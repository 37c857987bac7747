package survey

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// standing is what the collection dashboard says of a Comune.
type standing struct {
	state State
	sent  atlas.Date
	line  int
}

// dashboard reads the export of the collection dashboard: who opened the form, who
// sent it, and when. It knows Comuni by region and name only.
func (c *collector) dashboard(fsys fs.FS, name string) {
	if name == "" {
		return
	}
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{"area", "regione", colName, colClass, colState, colSent}, May: []string{colDemo}}, c.list)
	c.demo(t)
	region, who, class, state, sent := t.Col("regione"), t.Col(colName), t.Col(colClass), t.Col(colState), t.Col(colSent)
	c.board = map[int]standing{}
	for _, row := range t.Rows {
		s := standing{sent: c.day(t, row, sent), line: row.Line()}
		var ok bool
		if s.state, ok = c.state(t, row, state); !ok {
			continue
		}
		k, classed := c.class(t, row, class)
		at := c.listed(t, row, region, who)
		if at < 0 {
			continue
		}
		if first, twice := c.board[at]; twice {
			t.Problem(row, who, fmt.Sprintf("%s stands twice, first on line %d", diag.Quote(row.Get(who)), first.line), "one line for each Comune")
			continue
		}
		c.board[at] = s
		p := &c.Places[at]
		p.Invited = true
		if classed {
			p.Class = k
		}
		c.follow(t, row, at, s)
	}
}

// follow gives a Comune the standing that the dashboard knows, where the register
// does not say.
func (c *collector) follow(t *table.Table, row table.Row, at int, s standing) {
	p, r := &c.Places[at], c.counts[at]
	switch {
	case r == nil:
		p.Sent = s.sent
	case r.known && r.state != s.state:
		t.Problem(row, t.Col(colState), fmt.Sprintf("%s is %s here, and %s on line %d of %s", c.atlas.Comuni[at].Name, states()[s.state], states()[r.state], r.line, c.files.register),
			"leave the column stato_compilazione out of one of them")
	case !r.known:
		r.state, r.known, r.sent = s.state, true, s.sent
		p.State, p.Sent = s.state, s.sent
	}
}

// listed is the Comune of a row of the dashboard, -1 where there is none, which is
// reported.
func (c *collector) listed(t *table.Table, row table.Row, region, who int) int {
	name := row.Get(who)
	italian, _, _ := strings.Cut(row.Get(region), "/") // Valle d'Aosta/Vallée d'Aoste
	within := atlas.Fold(italian)
	if i, ok := c.users[name]; ok && i.comune >= 0 {
		return i.comune
	}
	bare, area, _ := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	found := c.atlas.ByName(strings.TrimSpace(bare), strings.TrimSpace(area))
	found = slices.DeleteFunc(found, func(m atlas.Match) bool {
		r := &c.atlas.Regions[c.atlas.Comuni[m.Comune].Region]
		return within != "" && atlas.Fold(r.Name) != within && !slices.ContainsFunc(r.Aliases, func(a string) bool { return atlas.Fold(a) == within })
	})
	exact := slices.DeleteFunc(slices.Clone(found), func(m atlas.Match) bool { return m.Alias != 0 })
	if len(exact) > 0 {
		found = exact
	}
	switch {
	case len(found) == 1 && !found[0].Successor:
		return found[0].Comune
	case len(found) == 1:
		t.Note(row, who, fmt.Sprintf("%s is no more and went into %s: it does not count", diag.Quote(name), c.atlas.Comuni[found[0].Comune].Name), "")
	case c.inDoubt(name):
	case len(found) == 0:
		t.Problem(row, who, fmt.Sprintf("no Comune of %s is called %s", diag.Quote(row.Get(region)), diag.Quote(name)), c.line(name))
	default:
		var others []int
		for _, m := range found {
			others = append(others, m.Comune)
		}
		t.Problem(row, who, fmt.Sprintf("%d Comuni of %s are called %s", len(found), diag.Quote(row.Get(region)), diag.Quote(name)), c.line(name, others...))
	}
	return nobody
}

// held holds register and dashboard to the answers: a form that was sent has some,
// if the export is whole. The register may be older than the export, so that of it
// this is a note.
func (c *collector) held() {
	silent, line := 0, 0
	for _, r := range c.counts {
		if r != nil && r.line > 0 && r.known && r.state == Completed && !r.seen && !r.row && c.board == nil {
			if silent++; line == 0 || r.line < line {
				line = r.line
			}
		}
	}
	if silent > 0 && !c.partial {
		c.list.Note(diag.Problem{File: c.files.register, Line: line, Text: fmt.Sprintf("%d respondents that are Completato have no answers in the export; this is the first", silent)})
	}
	for at, s := range c.board {
		r := c.counts[at]
		if s.state != Completed || c.partial || r != nil && (r.seen || r.fault) || c.Places[at].Merged {
			continue
		}
		c.list.Add(diag.Problem{File: c.files.dashboard, Line: s.line, Text: fmt.Sprintf("%s is Completato, and the export has no answers of it", c.atlas.Comuni[at].Name),
			Hint: "export the answers again, or bring the dashboard up to date"})
	}
}
