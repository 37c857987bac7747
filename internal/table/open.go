package table

import (
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"strings"

	"mappa/internal/diag"
)

// Open reads the headings of the named file, for one who must see them to know
// which to want ([Table.Require]) or has no room for all rows at once
// ([Table.All]).
func Open(fsys fs.FS, name string, form Form, list *diag.List) *Table {
	t := &Table{File: name, list: list.Part()}
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.list.File(name, "the file is missing or cannot be read", "put it back, or correct the name in the manifest")
		return t
	}
	if strings.HasSuffix(name, ".gz") {
		if raw, err = unpack(raw); err != nil {
			t.list.File(name, err.Error(), "download or compress the file again")
			return t
		}
	}
	t.open(raw, form)
	return t
}

// Whole reports whether all that was wanted could be read so far; what the cells
// mean is for others to say.
func (t *Table) Whole() bool { return t.list.Len() == t.told }

// open finds out what the bytes are and reads the headings.
func (t *Table) open(raw []byte, form Form) {
	if isWorkbook(t.File) {
		t.openWorkbook(raw, form.Sheet)
	} else {
		t.openText(raw, form)
	}
	if t.from == nil {
		return
	}
	head, err := t.from.next()
	switch {
	case err == io.EOF:
		t.list.File(t.File, "the file is empty", "")
	case err != nil:
		t.broken(err)
	}
	if err != nil {
		t.from = nil
		return
	}
	for _, h := range head {
		t.Head = append(t.Head, Fold(h))
	}
}

func (t *Table) openText(raw []byte, form Form) {
	in, err := decode(raw, form.Encoding)
	switch {
	case err != nil:
		t.list.File(t.File, err.Error(), "save the file again as CSV, UTF-8")
		return
	case len(bytes.TrimSpace(in.text)) == 0:
		t.list.File(t.File, "the file is empty", "")
		return
	}
	for _, p := range in.problems {
		p.File = t.File
		t.list.Add(p)
	}
	t.Encoding, t.Comma = in.encoding, form.Comma
	if t.Comma == 0 {
		t.Comma = separator(in.text)
	}
	r := csv.NewReader(bytes.NewReader(in.text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = t.Comma, -1, false, true
	t.from = text{r}
}

// text is delimited text.
type text struct{ r *csv.Reader }

func (x text) next() ([]string, error)     { return x.r.Read() }
func (x text) place(i int) (line, col int) { return x.r.FieldPos(i) }
