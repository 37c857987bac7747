package boundary

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"mappa/internal/diag"
)

// Layout of a .dbf: dBASE III.
const (
	dbfHeader     = 32 // bytes before the column descriptions, and of each of them
	dbfCount      = 4  // offset of the number of records
	dbfStart      = 8  // offset of the length of the header
	dbfWidth      = 10 // offset of the length of a record
	dbfNameLength = 11
	dbfFieldWidth = 16 // offset of the width in a column description
	dbfFieldEnd   = 0x0d
	dbfDeleted    = '*'
)

// dbf is an attribute table as text, decoded and trimmed.
type dbf struct {
	fields  []dbfField
	records [][]string // nil where a record is marked as deleted
}

type dbfField struct {
	name       string
	from, upTo int // place in the record
}

func (t *dbf) names() []string {
	out := make([]string, len(t.fields))
	for i, f := range t.fields {
		out[i] = f.name
	}
	return out
}

// readDBF reads the table, or reports why it cannot and returns nil.
func (r *reader) readDBF(b, cpg []byte) *dbf {
	if len(b) < dbfHeader {
		r.problem(r.layer, fmt.Sprintf("the .dbf has no header (%d bytes)", len(b)), "download it again")
		return nil
	}
	n := int(binary.LittleEndian.Uint32(b[dbfCount:]))
	start, width := int(binary.LittleEndian.Uint16(b[dbfStart:])), int(binary.LittleEndian.Uint16(b[dbfWidth:]))
	if start > len(b) || start < dbfHeader {
		r.problem(r.layer, fmt.Sprintf("the .dbf is cut off: it has %d bytes, its header alone %d", len(b), start), "download it again")
		return nil
	}
	t := &dbf{fields: dbfFields(b[dbfHeader:start])}
	if len(t.fields) == 0 || t.fields[len(t.fields)-1].upTo > width {
		r.problem(r.layer, fmt.Sprintf("the columns of the .dbf do not fit its records of %d bytes", width), "the .dbf is damaged; download it again")
		return nil
	}
	body := b[start:]
	if n > len(body)/width {
		r.problem(r.layer, fmt.Sprintf("the .dbf is cut off: it has room for %d records and says %d", len(body)/width, n), "download it again")
		return nil
	}
	body = body[:n*width]
	decode := r.decoder(cpg, body)
	for i := range n {
		t.records = append(t.records, r.dbfRecord(t, i, body[i*width:(i+1)*width], decode))
	}
	return t
}

// dbfFields reads the column descriptions.
func dbfFields(b []byte) []dbfField {
	var out []dbfField
	at := 1 // the mark of deleted records comes first
	for len(b) >= dbfHeader && b[0] != dbfFieldEnd {
		name, _, _ := bytes.Cut(b[:dbfNameLength], []byte{0})
		width := int(b[dbfFieldWidth])
		out = append(out, dbfField{strings.TrimSpace(string(name)), at, at + width})
		at += width
		b = b[dbfHeader:]
	}
	return out
}

func (r *reader) dbfRecord(t *dbf, i int, b []byte, decode decoder) []string {
	if b[0] == dbfDeleted {
		return nil
	}
	out := make([]string, len(t.fields))
	for c, f := range t.fields {
		raw := bytes.Trim(b[f.from:f.upTo], " \x00")
		text, ok := decode(raw)
		if !ok {
			r.problem(r.record("record", i+1, ""), fmt.Sprintf("column %s has %q, which is not %s", f.name, raw, r.set.Encoding), "put the encoding that the .dbf is in into the .cpg file")
		}
		out[c] = text
	}
	return out
}

// decoder makes text of bytes; not ok where they are not in the encoding.
type decoder func([]byte) (string, bool)

// decoder is the .cpg's encoding, else UTF-8 where the whole table is valid,
// else Windows-1252. The language byte of the .dbf is 0 in ISTAT's files and
// says nothing.
func (r *reader) decoder(cpg, body []byte) decoder {
	said := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(cpg), "\ufeff")))
	switch {
	case said == "" && utf8.Valid(body):
		said = "utf-8"
	case said == "":
		said = "windows-1252"
		r.list.Note(diag.Problem{File: r.file, Record: r.layer, Text: "there is no .cpg and the .dbf is not UTF-8: read as Windows-1252"})
	}
	switch e := namedEncoding(said); {
	case e == nil:
		r.problem(r.layer, fmt.Sprintf("the .cpg says %q, which is no known encoding", said), "want UTF-8 or 1252")
		fallthrough
	case e == encoding.Nop:
		r.set.Encoding = "UTF-8"
		return func(b []byte) (string, bool) { return strings.ToValidUTF8(string(b), "\ufffd"), utf8.Valid(b) }
	default:
		r.set.Encoding = said
		if e == charmap.Windows1252 {
			r.set.Encoding = "Windows-1252"
		}
		return func(b []byte) (string, bool) {
			text, err := e.NewDecoder().Bytes(b)
			return string(text), err == nil
		}
	}
}

// namedEncoding understands what .cpg files say: UTF-8, 65001, 1252, ANSI 1252,
// ISO-8859-1 (which is read as Windows-1252, as browsers do). [encoding.Nop]
// stands for UTF-8, nil for a name that is not known.
func namedEncoding(said string) encoding.Encoding {
	said = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(said, "ansi"), "cp"))
	switch said {
	case "utf-8", "utf8", "65001":
		return encoding.Nop
	case "1252", "88591", "8859-1", "iso 88591", "iso88591":
		return charmap.Windows1252
	}
	e, err := htmlindex.Get(said)
	if err != nil {
		return nil
	}
	return e
}
