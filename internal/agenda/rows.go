package agenda

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// reader reads the folders and gathers what is invented in them.
type reader struct {
	fsys     fs.FS
	atlas    *atlas.Atlas
	list     *diag.List
	fictions []Fiction
}

// has reports whether the site has a folder or file.
func (r *reader) has(name string) bool {
	_, err := fs.Stat(r.fsys, name)
	return err == nil
}

// rows reads a table and hands each of its rows to do, with what says of a cell
// what is wrong. Rows that are marked as invented are counted. It reports whether
// all could be read: else what is not in the table may be in the file.
func (r *reader) rows(name string, columns []string, do func(c *cells)) (whole bool) {
	before := r.list.Len()
	t, _ := table.Read(r.fsys, name, table.Spec{Want: columns}, r.list)
	f := Fiction{File: name}
	seen := map[string]yamlfile.Place{}
	for _, row := range t.Rows {
		c := &cells{reader: r, Table: t, row: row, seen: seen}
		if do(c); c.invented {
			if f.Rows++; f.Rows == 1 {
				f.Line = row.Line()
			}
		}
	}
	if f.Rows > 0 {
		r.fictions = append(r.fictions, f)
	}
	return r.list.Len() == before
}

// yaml reads a file that people edit and lets check look at it; it reports
// whether all is well.
func (r *reader) yaml(name string, v any, check func(c *yamlfile.Check)) bool {
	ok := yamlfile.Read(r.fsys, name, v, r.list)
	c := &yamlfile.Check{File: name, List: r.list}
	check(c)
	return ok && c.Faults == 0
}

// cells are those of one row, by heading.
type cells struct {
	*reader
	*table.Table
	row      table.Row
	seen     map[string]yamlfile.Place // what must stand once in the file
	invented bool
	faults   int
}

func (c *cells) say(column, text, hint string) {
	c.faults++
	c.Table.Problem(c.row, c.Col(column), text, hint)
}

func (c *cells) text(column string) string { return c.row.Get(c.Col(column)) }

// want is a cell that must not be empty.
func (c *cells) want(column string) string {
	s := c.text(column)
	if s == "" {
		c.say(column, fmt.Sprintf("%s is empty", column), "")
	}
	return s
}

// word is a cell as yamlfile's checks take one.
func (c *cells) word(column string) yamlfile.Word {
	p := c.place(column)
	return yamlfile.Word{Text: c.text(column), Place: p}
}

func (c *cells) place(column string) yamlfile.Place {
	line, col := c.Where(c.row, c.Col(column))
	return yamlfile.Place{Line: line, Col: col}
}

// id is a cell that names its row, once in the file.
func (c *cells) id(column string) string {
	if c.want(column) == "" {
		return ""
	}
	check := yamlfile.Check{File: c.File, List: c.list}
	check.ID(c.word(column), column, c.seen)
	c.faults += check.Faults
	return c.text(column)
}

// once reports that the row says again what another said.
func (c *cells) once(column, what string) {
	if first, twice := c.seen[what]; twice {
		c.say(column, fmt.Sprintf("%s: this stands in line %d already", what, first.Line), "take one of the lines out")
	}
	c.seen[what] = c.place(column)
}

// one is a cell that is one of the known words.
func (c *cells) one(column string, known ...string) string {
	s := c.want(column)
	if s != "" && !slices.Contains(known, s) {
		c.say(column, fmt.Sprintf("%q is not a value of %q", s, column), diag.DidYouMean(s, known))
		return ""
	}
	return s
}

// yes is a cell with sì or no.
func (c *cells) yes(column string) bool { return c.one(column, "sì", "no") == "sì" }

// fiction reads the mark of an invented row.
func (c *cells) fiction() bool {
	c.invented = c.yes("fittizio")
	return c.invented
}

// address is a cell with an address, or nothing.
func (c *cells) address(column string) string {
	s := c.text(column)
	if s != "" && !isAddress(s) {
		c.say(column, fmt.Sprintf("%q is not an address, want https://…", s), "")
		return ""
	}
	return s
}

func isAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && !strings.ContainsAny(rest, " \t\"<>")
}

// number is a cell with a number, with a decimal comma or point.
func (c *cells) number(column string) float64 {
	s := c.want(column)
	if s == "" {
		return 0
	}
	v, ok := decimal(s)
	if !ok {
		c.say(column, fmt.Sprintf("%q is not a number of %s", s, column), "digits, with a comma or a point before the decimals and nothing between the thousands")
	}
	return v
}

func decimal(s string) (float64, bool) {
	if strings.Trim(s, "0123456789,.-") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// count is a cell with a whole number that is not negative.
func (c *cells) count(column string) int {
	s := c.want(column)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		c.say(column, fmt.Sprintf("%q is not a number of %s, want digits only", s, column), "")
		return 0
	}
	return n
}

// day is a cell with a day.
func (c *cells) day(column string) atlas.Date {
	s := c.want(column)
	if s == "" {
		return 0
	}
	d, err := atlas.ParseDate(s)
	if err != nil {
		c.say(column, err.Error(), "")
	}
	return d
}

// comune is a cell with the cadastral code of a Comune in force.
func (c *cells) comune(column string) (int, bool) {
	code := c.want(column)
	if code == "" {
		return 0, false
	}
	i, successor, ok := c.atlas.ByCadastral(code)
	switch {
	case ok && !successor:
		return i, true
	case ok:
		c.say(column, fmt.Sprintf("the Comune %q is no more, it went into %s", code, c.atlas.Comuni[i].Name), "say it of the new Comune, "+c.atlas.Comuni[i].Cadastral+", or take the row out")
	case !c.atlas.KeyInDoubt(code):
		c.say(column, fmt.Sprintf("%q is not the cadastral code of a Comune", code), "want a letter and three digits, as H501 for Roma")
	default:
		c.faults++
	}
	return 0, false
}

// called is a Comune's name with its code: two have the same.
func (c *cells) called(i int) string {
	return c.atlas.Comuni[i].Name + " (" + c.atlas.Comuni[i].Cadastral + ")"
}
