package table

import (
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
	raw, err := load(fsys, name)
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
func (t *Table) open(raw string, form Form) {
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

func (t *Table) openText(raw string, form Form) {
	in, err := decode(raw, form.Encoding)
	switch {
	case err != nil:
		t.list.File(t.File, err.Error(), "save the file again as CSV, UTF-8")
		return
	case strings.TrimSpace(in.text) == "":
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
	t.from = newText(in.text, byte(t.Comma))
}

// load is the content of a file.
func load(fsys fs.FS, name string) (string, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	var content strings.Builder
	if info, err := file.Stat(); err == nil {
		content.Grow(int(min(max(info.Size(), 0), maxBytes)))
	}
	_, err = io.Copy(&content, file)
	return content.String(), err
}
