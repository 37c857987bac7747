package table

import (
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
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

func unpack(raw string) (string, error) {
	z, err := gzip.NewReader(strings.NewReader(raw))
	if err != nil {
		return "", errors.New("the name ends in .gz but the file is not gzip")
	}
	var text strings.Builder
	text.Grow(promised(raw))
	_, err = io.Copy(&text, io.LimitReader(z, maxBytes+1))
	out := text.String()
	if err != nil {
		return "", fmt.Errorf("the gzip file is cut short or damaged after %d bytes of text", len(out))
	}
	if len(out) > maxBytes {
		return "", fmt.Errorf("the gzip file unpacks to more than %d MiB", maxBytes>>20)
	}
	return out, nil
}

// promised is how many bytes a gzip file says that it holds; 0 where that cannot be
// so.
func promised(raw string) int {
	const size, ratio = 4, 1032 // bytes of the number; the most that deflate can save
	if len(raw) < size {
		return 0
	}
	n := int(binary.LittleEndian.Uint32([]byte(raw[len(raw)-size:])))
	if n > maxBytes || n > len(raw)*ratio {
		return 0
	}
	return n
}

// decoded is a file's text in UTF-8.
type decoded struct {
	text     string
	encoding string         // that the file was in
	problems []diag.Problem // where it was in another, without the file's name
}

// decode brings raw to UTF-8. A file that is not UTF-8 is Windows-1252 when
// nothing in it can only be UTF-8; one that is both has problems, and is read as
// it was probably meant. One that is said to be Windows-1252 is.
func decode(raw, said string) (decoded, error) {
	if strings.HasPrefix(raw, "\xff\xfe") || strings.HasPrefix(raw, "\xfe\xff") {
		return decoded{}, errors.New("the file is in UTF-16, want UTF-8 or Windows-1252")
	}
	if strings.HasPrefix(raw, "PK\x03\x04") {
		return decoded{}, errors.New("the file is a zip or a spreadsheet, want delimited text")
	}
	if i := strings.IndexByte(raw, 0); i >= 0 {
		return decoded{}, fmt.Errorf("the file is not text: byte %d is zero", i+1)
	}
	if said == Windows1252 {
		text, err := charmap.Windows1252.NewDecoder().String(raw)
		return decoded{text: text, encoding: Windows1252}, err
	}
	encoding := UTF8
	raw, marked := strings.CutPrefix(raw, "\ufeff")
	if marked {
		encoding = UTF8BOM
	}
	if utf8.ValidString(raw) {
		return decoded{text: raw, encoding: encoding}, nil
	}
	m := separate(raw)
	if !marked && said == "" && m.utf8.count == 0 {
		text, err := charmap.Windows1252.NewDecoder().String(raw)
		if err != nil {
			return decoded{}, errors.New("the file is neither UTF-8 nor Windows-1252")
		}
		return decoded{text: text, encoding: Windows1252}, nil
	}
	if !marked && said == "" && m.utf8.count < m.stray.count {
		encoding = Windows1252
	}
	return decoded{m.text, encoding, m.problems(raw, encoding)}, nil
}

// separator is the one of , ; and tab that occurs most in the headings,
// outside quotes; a comma when none does. It reports whether the headings end.
func separator(text string) (mark rune, ended bool) {
	var count [3]int
	const marks = ",;\t"
	quoted := false
scan:
	for i := range len(text) {
		b := text[i]
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			ended = true
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
	return rune(marks[best]), ended
}
