package table

import (
	"cmp"
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
		if t.stream(raw, form, inOnePiece) {
			t.headings()
			return t
		}
		if raw, err = unpack(raw); err != nil {
			t.list.File(name, err.Error(), "download or compress the file again")
			return t
		}
	}
	t.open(raw, form)
	return t
}

// inOnePiece is how many bytes of text are held at once. A larger gzip file is unpacked
// twice, to see what it is and to read it piece by piece: that takes a fifth longer, but
// two such texts do not fit beside the editions of a survey that are kept.
const inOnePiece = 160 << 20

// stream reads a large text in pieces as they are unpacked. It leaves to others what
// is small, damaged, or in need of all of it to say which encoding it is in.
func (t *Table) stream(packed string, form Form, large int) bool {
	if promised(packed) <= large || form.Encoding == Windows1252 || isWorkbook(t.File) {
		return false
	}
	first, encoding, ok := examine(packed)
	comma, headed := separator(first)
	if !ok || !headed || strings.TrimSpace(first) == "" {
		return false
	}
	t.Encoding, t.Comma = encoding, cmp.Or(form.Comma, comma)
	t.from = newText("", pieces(packed), byte(t.Comma))
	return true
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
	if t.from != nil {
		t.headings()
	}
}

// headings reads them.
func (t *Table) headings() {
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
		t.Comma, _ = separator(in.text)
	}
	t.from = newText(in.text, nil, byte(t.Comma))
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
