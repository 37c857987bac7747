// Package table reads delimited text the way offices export it: comma,
// semicolon or tab, with or without a byte-order mark, UTF-8 or Windows-1252,
// headings with line breaks, plain or gzipped, or a sheet of a workbook (.xlsx).
// Encoding and separator are detected, unless a [Form] says them, and can be read
// off the [Table]; every cell knows its line and column, in a workbook Foglio1!C7,
// so that whoever reads its meaning can say where a fault is.
//
// One fault does not hide the next. A byte in another encoding than the rest of
// the file is reported and read as what it probably was. A row with too few or too many cells is
// reported and left out; the cells of a column that is missing, or stands twice,
// are empty, and problems with them are not added to the one of the heading. So a
// reader can go through what there is and say what else is wrong, and only what
// it concludes from rows that are not there must wait for a whole table.
package table

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"mappa/internal/diag"
)

// Spec says which headings a table must and may have.
type Spec struct {
	Want  []string // headings that must be there
	May   []string // headings that may be there
	Extra bool     // further headings are let through and kept
}

// Form is how a file is written, where somebody knows better than what can be
// detected. The zero Form detects all of it.
type Form struct {
	Encoding string // UTF8 or Windows1252
	Comma    rune
	Sheet    string // of a workbook
}

// Table is a file's rows under its headings.
type Table struct {
	File     string
	Encoding string
	Comma    rune
	Head     []string // white space folded, as [Fold] does
	Rows     []Row
	Broken   [][]string // cells, as far as they could be read, of rows that were left out
	Sheet    string     // of a workbook, "" for delimited text

	at   map[string]int
	from records
	list *diag.List
	told int // problems that were found by whoever reads what the cells mean
}

// records are the rows of a file, one at a time.
type records interface {
	// next is the next row with its cells; io.EOF ends them.
	next() ([]string, error)
	// placer is of the last row.
	placer
}

// placer knows where the cells of a row stand.
type placer interface {
	place(i int) (line, col int)
}

// What [Table.Col] gives for a column that is not there.
const (
	none = -1 // and need not be
	lost = -2 // and is wanted, which was reported
)

// Row is one record. Cells keep their white space.
type Row struct {
	Cells []string
	placer
}

type pos struct{ line, col int32 }

// places are those of the cells of a row that is kept.
type places []pos

func (p places) place(i int) (line, col int) { return int(p[i].line), int(p[i].col) }

// Line is the 1-based line on which the row starts.
func (r Row) Line() int {
	line, _ := r.place(0)
	return line
}

// Fold trims a heading and folds its inner white space, line breaks included,
// to single blanks, which is how headings are compared.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// Read reads the named file. A file ending in .gz is unpacked, a workbook
// (.xlsx) is read from its first sheet. It reports whether every wanted column and
// every row could be read; when not, list says why, and the table, never nil,
// holds what could.
func Read(fsys fs.FS, name string, spec Spec, list *diag.List) (*Table, bool) {
	t := Open(fsys, name, Form{}, list)
	return t.read(spec)
}

func (t *Table) read(spec Spec) (*Table, bool) {
	if t.Require(spec) {
		for row := range t.All() {
			kept := make(places, len(row.Cells))
			for i := range kept {
				line, col := row.place(i)
				kept[i] = pos{int32(line), int32(col)}
			}
			t.Rows = append(t.Rows, Row{slices.Clone(row.Cells), kept})
		}
	}
	return t, t.Whole()
}

// Require holds the headings to a Spec. It reports whether the rows mean
// anything; a column that is missing is none of its own.
func (t *Table) Require(spec Spec) bool {
	if t.from == nil {
		return false
	}
	t.at = make(map[string]int, len(t.Head))
	known := append(slices.Clone(spec.Want), spec.May...)
	if len(t.Head) == 1 && len(spec.Want) > 1 && t.Sheet == "" {
		t.headProblem(0, "the first line holds one column only; a comma, a semicolon or a tab is wanted between columns", "export the file again with one of these separators")
		return false
	}
	first := make(map[string]int, len(t.Head))
	for i, h := range t.Head {
		if before, twice := first[h]; twice {
			if slices.Contains(known, h) || !spec.Extra {
				t.headProblem(i, fmt.Sprintf("the column %s stands twice, first as column %d", diag.Quote(h), before+1), "delete or rename one of them")
				t.at[h] = lost
			}
			continue
		}
		first[h], t.at[h] = i, i
		if !spec.Extra && !slices.Contains(known, h) {
			t.headProblem(i, fmt.Sprintf("the column %s is not known here", diag.Quote(h)), diag.DidYouMean(h, known))
		}
	}
	for _, w := range spec.Want {
		if _, ok := t.at[w]; !ok {
			t.list.Add(diag.Problem{File: t.File, Line: 1,
				Text: fmt.Sprintf("the column %q is missing", w), Hint: diag.DidYouMean(w, t.Head)})
			t.at[w] = lost
		}
	}
	return true
}

// All are the rows under the headings, read as they are asked for; a row is good
// until the next one. Those that are no rows are reported and left out.
func (t *Table) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for t.from != nil {
			cells, err := t.from.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.broken(err)
				if !errors.As(err, new(*fault)) {
					return
				}
				t.Broken = append(t.Broken, slices.Clone(cells))
				continue
			}
			if len(cells) == 1 && cells[0] == "" && len(t.Head) > 1 { // a closing line of nothing but quotes
				continue
			}
			row := Row{cells, t.from}
			if len(cells) != len(t.Head) {
				p := diag.Problem{File: t.File, Line: row.Line(),
					Text: fmt.Sprintf("the row has %d cells, want %d as the headings have", len(cells), len(t.Head)),
					Hint: "look for a missing separator or an unquoted one"}
				t.list.Add(p)
				t.Broken = append(t.Broken, slices.Clone(cells))
				continue
			}
			if !yield(row) {
				return
			}
		}
	}
}

func (t *Table) broken(err error) {
	var e *fault
	if errors.As(err, &e) {
		at := diag.Problem{File: t.File, Line: e.line, Col: e.col, Text: e.Error(), Hint: "a quote inside a quoted cell is written twice"}
		if e.first < e.line {
			at.Line, at.Col, at.Text = e.first, 0, fmt.Sprintf("%s: the row goes on to line %d", e, e.line)
		}
		t.list.Add(at)
		return
	}
	t.list.File(t.File, "the file cannot be read as a table: "+err.Error(), "")
}

// Col is the index of a heading, negative when the table has no such column. Look
// it up once, outside the loop over rows.
func (t *Table) Col(head string) int {
	if i, ok := t.at[head]; ok {
		return i
	}
	return none
}

// Get is the cell of r in column i, trimmed; "" when i is negative.
func (r Row) Get(i int) string {
	if i < 0 || r.Cells[i] == "" {
		return ""
	}
	s := r.Cells[i]
	if plain(s[0]) && plain(s[len(s)-1]) { // most cells: nothing to trim
		return s
	}
	return strings.TrimSpace(s)
}

// plain reports whether a byte is a character that is no white space.
func plain(b byte) bool { return b > ' ' && b < utf8.RuneSelf }

// Problem records a fault of the cell of r in column i (-1: of the row); of a
// column that was reported as missing it records nothing.
func (t *Table) Problem(r Row, i int, text, hint string) {
	if i != lost {
		t.told++
		t.list.Add(t.locate(r, i, text, hint))
	}
}

// HeadProblem records a fault of the heading of column i. It is for one who has
// read no row yet.
func (t *Table) HeadProblem(i int, text, hint string) {
	t.told++
	t.headProblem(i, text, hint)
}

func (t *Table) headProblem(i int, text, hint string) {
	line, col := t.from.place(i)
	t.list.Add(t.inSheet(diag.Problem{File: t.File, Line: line, Col: col, Text: text, Hint: hint}, line, i))
}

// Note records a fact about the cell of r in column i (-1: the row), as [Table.Problem] does.
func (t *Table) Note(r Row, i int, text, hint string) {
	if i != lost {
		t.list.Note(t.locate(r, i, text, hint))
	}
}

// Where is the place of the cell of r in column i, 1-based; of a column that is not
// there, the line.
func (t *Table) Where(r Row, i int) (line, col int) {
	p := t.locate(r, i, "", "")
	return p.Line, p.Col
}

func (t *Table) locate(r Row, i int, text, hint string) diag.Problem {
	p := diag.Problem{File: t.File, Line: r.Line(), Text: text, Hint: hint}
	if i >= 0 {
		p.Line, p.Col = r.place(i)
	}
	return t.inSheet(p, p.Line, i)
}
