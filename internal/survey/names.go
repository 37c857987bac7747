package survey

import (
	"cmp"
	"fmt"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// find is the Comune that an export calls by the name; in brackets may stand
// the plate or the name of the province: Samone (TN). When the name does not
// decide, the match holds those it may be.
func (c *collector) find(name string) atlas.Match {
	bare, area, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(name), ")"), "(")
	return c.atlas.Resolve(atlas.Ref{Name: strings.TrimSpace(bare), Province: strings.TrimSpace(area), At: c.book.To})
}

// inDoubt reports whether the Comune of that name may be one whose line of the
// territory could not be read.
func (c *collector) inDoubt(name string) bool {
	bare, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(name), ")"), "(")
	return c.atlas.InDoubt(bare)
}

// line is what to add to rispondenti.csv for a user id.
func (c *collector) line(id string, found ...int) string {
	register := cmp.Or(c.files.register, "rispondenti.csv")
	switch {
	case diag.Quote(id) != `"`+id+`"`: // letters that are none, or too many of them
		id = "<user id>"
	case strings.ContainsAny(id, ",;"):
		id = `"` + id + `"`
	}
	if len(found) == 0 {
		return fmt.Sprintf("add a line to %s with its cadastral code: %s,<code>", register, id)
	}
	var lines []string
	for _, i := range found {
		p := &c.atlas.Comuni[i]
		lines = append(lines, fmt.Sprintf("%s,%s for %s (%s)", id, p.Cadastral, p.Name, c.atlas.Units[p.Unit].Name))
	}
	if len(lines) == 1 {
		return fmt.Sprintf("to say so, add to %s the line %s", register, lines[0])
	}
	return fmt.Sprintf("add to %s the right one of these lines: %s", register, strings.Join(lines, "; "))
}

// foldLabel brings a label to the form in which labels are compared: small
// letters, one kind of apostrophe, quote and dash, single blanks.
func foldLabel(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '`', '´', 'ʼ', '′':
			return '\''
		case '“', '”', '«', '»':
			return '"'
		case '–', '—', '‑', '‐', '−':
			return '-'
		}
		return r
	}, s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
