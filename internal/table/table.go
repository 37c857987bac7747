// Package table reads delimited text the way offices export it: comma,
// semicolon or tab, with or without a byte-order mark, UTF-8 or Windows-1252,
// headings with line breaks, plain or gzipped. Encoding and separator are
// detected and can be read off the [Table]; every cell knows its line and
// column, so that whoever reads its meaning can say where a fault is.
//
// One fault does not hide the next. A byte in another encoding than the rest of
// the file is reported and read as what it probably was. A row with too few or too many cells is
// reported and left out; the cells of a column that is missing, or stands twice,
// are empty, and problems with them are not added to the one of the heading. So a
// reader can go through what there is and say what else is wrong, and only what
// it concludes from rows that are not there must wait for a whole table.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// Spec says which headings a table must and may have.
type Spec struct {
	Want  []string // headings that must be there
	May   []string // headings that may be there
	Extra bool     // further headings are let through and kept
}

// Table is a file's rows under its headings.
type Table struct {
	File     string
	Encoding string
	Comma    rune
	Head     []string // white space folded, as [Fold] does
	Rows     []Row
	Broken   [][]string // cells, as far as they could be read, of rows that were left out

	at   map[string]int
	list *diag.List
}

// What [Table.Col] gives for a column that is not there.
const (
	none = -1 // and need not be
	lost = -2 // and is wanted, which was reported
)

// Row is one record. Cells keep their white space.
type Row struct {
	Cells []string
	pos   []pos
}

type pos struct{ line, col int32 }

// Line is the 1-based line on which the row starts.
func (r Row) Line() int { return int(r.pos[0].line) }

// Fold trims a heading and folds its inner white space, line breaks included,
// to single blanks, which is how headings are compared.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// Read reads the named file. A file ending in .gz is unpacked. It reports
// whether every wanted column and every row could be read; when not, list says
// why, and the table, never nil, holds what could.
func Read(fsys fs.FS, name string, spec Spec, list *diag.List) (*Table, bool) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "put it back, or correct the name in the manifest")
		return &Table{File: name, list: list}, false
	}
	if strings.HasSuffix(name, ".gz") {
		if raw, err = unpack(raw); err != nil {
			list.File(name, err.Error(), "download or compress the file again")
			return &Table{File: name, list: list}, false
		}
	}
	return Parse(raw, name, spec, list)
}

// Parse reads a table from its bytes; name is for messages.
func Parse(raw []byte, name string, spec Spec, list *diag.List) (*Table, bool) {
	t := &Table{File: name, list: list.Part()} // others may write to list
	in, err := decode(raw)
	switch {
	case err != nil:
		t.list.File(name, err.Error(), "save the file again as CSV, UTF-8")
		return t, false
	case len(bytes.TrimSpace(in.text)) == 0:
		t.list.File(name, "the file is empty", "")
		return t, false
	}
	for _, p := range in.problems {
		p.File = name
		t.list.Add(p)
	}
	t.Encoding, t.Comma = in.encoding, separator(in.text)
	r := csv.NewReader(bytes.NewReader(in.text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = t.Comma, -1, false
	if t.readHead(r, spec) {
		t.readRows(r)
	}
	return t, t.list.Len() == 0
}

// readHead reads the headings; where it cannot, the rows mean nothing.
func (t *Table) readHead(r *csv.Reader, spec Spec) bool {
	head, err := r.Read()
	if err != nil {
		t.broken(err)
		return false
	}
	t.at = make(map[string]int, len(head))
	known := append(slices.Clone(spec.Want), spec.May...)
	if len(head) == 1 && len(spec.Want) > 1 {
		line, col := r.FieldPos(0)
		t.list.Add(diag.Problem{File: t.File, Line: line, Col: col,
			Text: "the first line holds one column only; a comma, a semicolon or a tab is wanted between columns",
			Hint: "export the file again with one of these separators"})
		return false
	}
	first := make(map[string]int, len(head))
	for i, h := range head {
		h = Fold(h)
		line, col := r.FieldPos(i)
		t.Head = append(t.Head, h)
		if at, twice := first[h]; twice {
			if slices.Contains(known, h) || !spec.Extra {
				t.list.Add(diag.Problem{File: t.File, Line: line, Col: col,
					Text: fmt.Sprintf("the column %q stands twice, first as column %d", h, at+1),
					Hint: "delete or rename one of them"})
				t.at[h] = lost
			}
			continue
		}
		first[h], t.at[h] = i, i
		if !spec.Extra && !slices.Contains(known, h) {
			t.list.Add(diag.Problem{File: t.File, Line: line, Col: col,
				Text: fmt.Sprintf("the column %q is not known here", h), Hint: diag.DidYouMean(h, known)})
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

// readRows reads the rows and leaves out, with a problem, those that are none.
func (t *Table) readRows(r *csv.Reader) {
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.broken(err)
			if !errors.As(err, new(*csv.ParseError)) {
				return
			}
			t.Broken = append(t.Broken, cells)
			continue
		}
		p := make([]pos, len(cells))
		for i := range cells {
			line, col := r.FieldPos(i)
			p[i] = pos{int32(line), int32(col)}
		}
		if len(cells) != len(t.Head) {
			t.list.Add(diag.Problem{File: t.File, Line: int(p[0].line),
				Text: fmt.Sprintf("the row has %d cells, want %d as the headings have", len(cells), len(t.Head)),
				Hint: "look for a missing separator or an unquoted one"})
			t.Broken = append(t.Broken, cells)
			continue
		}
		t.Rows = append(t.Rows, Row{cells, p})
	}
}

func (t *Table) broken(err error) {
	var e *csv.ParseError
	if errors.As(err, &e) {
		text := "a quote stands inside a cell that is not quoted"
		if errors.Is(e.Err, csv.ErrQuote) {
			text = "a quoted cell is not closed, or goes on after its closing quote"
		}
		at := diag.Problem{File: t.File, Line: e.Line, Col: e.Column, Text: text, Hint: "a quote inside a quoted cell is written twice"}
		if e.StartLine < e.Line {
			at.Line, at.Col, at.Text = e.StartLine, 0, fmt.Sprintf("%s: the row goes on to line %d", text, e.Line)
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
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(r.Cells[i])
}

// Problem records a fault of the cell of r in column i (-1: of the row); of a
// column that was reported as missing it records nothing.
func (t *Table) Problem(r Row, i int, text, hint string) {
	if i != lost {
		t.list.Add(t.locate(r, i, text, hint))
	}
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
		p.Line, p.Col = int(r.pos[i].line), int(r.pos[i].col)
	}
	return p
}
