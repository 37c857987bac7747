package survey

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"mappa/internal/diag"
	"mappa/internal/table"
)

// exclusion is a line of esclusioni.csv: a submission that counts although
// another would, or that does not.
type exclusion struct {
	counts bool
	line   int
	met    bool // the submission is there
}

// exclusions reads esclusioni.csv: which submissions count, and which do not.
func (c *collector) exclusions(fsys fs.FS, name string) {
	c.excluded = map[string]*exclusion{}
	if name == "" {
		return
	}
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{"invio", "conta", "motivo"}, May: []string{colDemo, "data"}}, c.list)
	who, counts, why := t.Col("invio"), t.Col("conta"), t.Col("motivo")
	for _, row := range t.Rows {
		id := row.Get(who)
		x := &exclusion{line: row.Line()}
		c.plainText(t, row, why, "motivo")
		switch s := strings.ToLower(row.Get(counts)); s {
		case "sì", "si":
			x.counts = true
		case "no":
		default:
			t.Problem(row, counts, fmt.Sprintf("%s does not say whether the submission counts", diag.Quote(row.Get(counts))), "want sì or no")
		}
		if first := c.excluded[id]; first != nil {
			t.Problem(row, who, fmt.Sprintf("the submission %s stands twice, first on line %d", diag.Quote(id), first.line), "one line for each")
			continue
		}
		c.excluded[id] = x
	}
}

// rule is the line of esclusioni.csv about a submission, nil without one.
func (c *collector) rule(id string) *exclusion {
	x := c.excluded[id]
	if x != nil {
		x.met = true
	}
	return x
}

// strangers reports lines of esclusioni.csv about submissions that are not there.
func (c *collector) strangers() {
	for id, x := range c.excluded {
		if !x.met && !c.unknown && !c.partial {
			c.list.Add(diag.Problem{File: c.files.exclusions, Line: x.line, Text: fmt.Sprintf("there is no submission %s", diag.Quote(id)),
				Hint: "want a user_id of the register, or the id of a row of the export"})
		}
	}
}

// plainText is the text of a cell for readers, which must be there and be plain:
// no control characters, and none that turn the direction of writing.
func (c *collector) plainText(t *table.Table, row table.Row, col int, what string) string {
	s := row.Get(col)
	if s == "" {
		t.Problem(row, col, fmt.Sprintf("the cell %s is empty", what), "readers want to know")
		return ""
	}
	for _, r := range s {
		if r != '\n' && r != '\r' && r != '\t' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError) {
			t.Problem(row, col, fmt.Sprintf("the cell %s holds %U, which is no letter and no mark", what, r), "retype the text, do not paste it")
			return ""
		}
	}
	return s
}
