// Package table reads delimited text the way offices export it: comma,
// semicolon or tab, with or without a byte-order mark, UTF-8 or Windows-1252,
// headings with line breaks, plain or gzipped. Encoding and separator are
// detected and can be read off the [Table]; every cell knows its line and
// column, so that whoever reads its meaning can say where a fault is.
//
// A file that cannot be trusted as a table (a missing or doubled heading, a row
// with too few or too many cells) gives a problem for each fault and no table.
package table

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"mappa/internal/diag"
)

// Encoding names as they are reported.
const (
	UTF8        = "UTF-8"
	UTF8BOM     = "UTF-8 with BOM"
	Windows1252 = "Windows-1252"
)

// maxBytes bounds what a compressed file may unpack to: no national file comes
// near it, a gzip bomb passes it at once.
const maxBytes = 1 << 30

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

	at   map[string]int
	list *diag.List
}

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
// whether the table can be used; when not, list says why.
func Read(fsys fs.FS, name string, spec Spec, list *diag.List) (*Table, bool) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "put it back, or correct the name in the manifest")
		return nil, false
	}
	if strings.HasSuffix(name, ".gz") {
		if raw, err = unpack(raw); err != nil {
			list.File(name, err.Error(), "download or compress the file again")
			return nil, false
		}
	}
	return Parse(raw, name, spec, list)
}

func unpack(raw []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, errors.New("the name ends in .gz but the file is not gzip")
	}
	out, err := io.ReadAll(io.LimitReader(z, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("the gzip file is cut short or damaged after %d bytes of text", len(out))
	}
	if len(out) > maxBytes {
		return nil, fmt.Errorf("the gzip file unpacks to more than %d MiB", maxBytes>>20)
	}
	return out, nil
}

// Parse reads a table from its bytes; name is for messages.
func Parse(raw []byte, name string, spec Spec, list *diag.List) (*Table, bool) {
	text, encoding, err := decode(raw)
	if err != nil {
		list.File(name, err.Error(), "save the file again as CSV, UTF-8")
		return nil, false
	}
	t := &Table{File: name, Encoding: encoding, list: new(diag.List)}
	if len(bytes.TrimSpace(text)) == 0 {
		list.File(name, "the file is empty", "")
		return nil, false
	}
	t.Comma = separator(text)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = t.Comma, -1, false
	good := t.readHead(r, spec) && t.readRows(r)
	for _, p := range t.list.Problems() { // a list of its own: others may write to list
		list.Add(p)
	}
	if t.list = list; !good {
		return nil, false
	}
	return t, true
}

// decode brings raw to UTF-8 and names the encoding it was in.
func decode(raw []byte) ([]byte, string, error) {
	for _, b := range [][]byte{{0xFF, 0xFE}, {0xFE, 0xFF}} {
		if bytes.HasPrefix(raw, b) {
			return nil, "", errors.New("the file is in UTF-16, want UTF-8 or Windows-1252")
		}
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return nil, "", errors.New("the file is a zip or a spreadsheet, want delimited text")
	}
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		return nil, "", fmt.Errorf("the file is not text: byte %d is zero", i+1)
	}
	if b, ok := bytes.CutPrefix(raw, []byte("\ufeff")); ok && utf8.Valid(b) {
		return b, UTF8BOM, nil
	}
	if utf8.Valid(raw) {
		return raw, UTF8, nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, "", errors.New("the file is neither UTF-8 nor Windows-1252")
	}
	return out, Windows1252, nil
}

// separator is the one of , ; and tab that occurs most in the headings,
// outside quotes; a comma when none does.
func separator(text []byte) rune {
	var count [3]int
	const marks = ",;\t"
	quoted := false
scan:
	for _, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			break scan
		default:
			if i := strings.IndexByte(marks, b); i >= 0 {
				count[i]++
			}
		}
	}
	best := 0
	for i := range count {
		if count[i] > count[best] {
			best = i
		}
	}
	return rune(marks[best])
}

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
	for i, h := range head {
		h = Fold(h)
		line, col := r.FieldPos(i)
		t.Head = append(t.Head, h)
		switch first, twice := t.at[h]; {
		case twice && (slices.Contains(known, h) || !spec.Extra):
			t.list.Add(diag.Problem{File: t.File, Line: line, Col: col,
				Text: fmt.Sprintf("the column %q stands twice, first as column %d", h, first+1),
				Hint: "delete or rename one of them"})
			continue
		case !twice && !spec.Extra && !slices.Contains(known, h):
			t.list.Add(diag.Problem{File: t.File, Line: line, Col: col,
				Text: fmt.Sprintf("the column %q is not known here", h), Hint: diag.DidYouMean(h, known)})
		}
		if _, twice := t.at[h]; !twice {
			t.at[h] = i
		}
	}
	t.missing(spec)
	return t.list.Len() == 0
}

func (t *Table) missing(spec Spec) {
	for _, w := range spec.Want {
		if _, ok := t.at[w]; !ok {
			t.list.Add(diag.Problem{File: t.File, Line: 1,
				Text: fmt.Sprintf("the column %q is missing", w), Hint: diag.DidYouMean(w, t.Head)})
		}
	}
}

func (t *Table) readRows(r *csv.Reader) bool {
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return t.list.Len() == 0
		}
		if err != nil {
			t.broken(err)
			return false
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
		t.list.Add(diag.Problem{File: t.File, Line: e.Line, Col: e.Column, Text: text,
			Hint: "a quote inside a quoted cell is written twice"})
		return
	}
	t.list.File(t.File, "the file cannot be read as a table: "+err.Error(), "")
}

// Col is the index of a heading, -1 when the table has no such column. Look it
// up once, outside the loop over rows.
func (t *Table) Col(head string) int {
	if i, ok := t.at[head]; ok {
		return i
	}
	return -1
}

// Get is the cell of r in column i, trimmed; "" when i is -1.
func (r Row) Get(i int) string {
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(r.Cells[i])
}

// Problem records a fault of the cell of r in column i (-1: of the row).
func (t *Table) Problem(r Row, i int, text, hint string) { t.list.Add(t.locate(r, i, text, hint)) }

// Note records a fact about the cell of r in column i (-1: the row).
func (t *Table) Note(r Row, i int, text, hint string) { t.list.Note(t.locate(r, i, text, hint)) }

func (t *Table) locate(r Row, i int, text, hint string) diag.Problem {
	p := diag.Problem{File: t.File, Line: r.Line(), Text: text, Hint: hint}
	if i >= 0 {
		p.Line, p.Col = int(r.pos[i].line), int(r.pos[i].col)
	}
	return p
}
