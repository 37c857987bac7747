package table

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"unicode/utf8"
)

// piece is how many bytes of a large text are unpacked at a time.
const piece = 1 << 20

// pieces unpacks a gzip file that [examine] found whole, piece by piece; "" ends it.
// The mark of UTF-8 is left out.
func pieces(packed string) func(least int) string {
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		panic("table: a gzip file that was read is none: " + err.Error())
	}
	first, buffer := true, make([]byte, piece)
	return func(least int) string {
		if len(buffer) < least {
			buffer = make([]byte, least)
		}
		n, err := io.ReadFull(z, buffer)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			panic("table: a gzip file that was read cannot be read again: " + err.Error())
		}
		out := string(buffer[:n])
		if first {
			out, first = strings.TrimPrefix(out, "\ufeff"), false
		}
		return out
	}
}

// examine unpacks a gzip file to see whether its text is UTF-8, as [decode] would read
// it as it stands. It gives the first piece.
func examine(packed string) (first, encoding string, ok bool) {
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		return "", "", false
	}
	buffer := make([]byte, 0, piece+utf8.UTFMax)
	for total := 0; ; {
		n, err := io.ReadFull(z, buffer[len(buffer):len(buffer)+piece])
		buffer = buffer[:len(buffer)+n]
		end := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !end {
			return "", "", false
		}
		whole := len(buffer)
		if !end {
			whole = wholeLetters(buffer)
		}
		if total == 0 {
			in, err := decode(string(buffer[:whole]), "")
			if err != nil || in.encoding == Windows1252 || len(in.problems) > 0 {
				return "", "", false
			}
			first, encoding = in.text, in.encoding
		} else if !utf8.Valid(buffer[:whole]) || bytes.IndexByte(buffer[:whole], 0) >= 0 {
			return "", "", false
		}
		if total += n; total > maxBytes {
			return "", "", false
		}
		if end {
			return first, encoding, true
		}
		buffer = buffer[:copy(buffer, buffer[whole:])]
	}
}

// wholeLetters is where the last letter ends of which all bytes are there.
func wholeLetters(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax, len(text)); n++ {
		if at := len(text) - n; utf8.RuneStart(text[at]) {
			if utf8.FullRune(text[at:]) {
				return len(text)
			}
			return at
		}
	}
	return len(text)
}
