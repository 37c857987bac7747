package table

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"mappa/internal/diag"
)

// mixture is a text in two encodings: UTF-8 and, byte by byte, Windows-1252.
// Files become so when a line is pasted from one into the other.
type mixture struct {
	text  string // all of it, in UTF-8
	utf8  found  // sequences that can only be UTF-8
	stray found  // bytes that cannot
}

// found counts places and keeps the first.
type found struct {
	count int
	first []place
}

// place is a stretch of bytes, counted from 0.
type place struct{ from, to int }

// shownPlaces is how many places a file's problems name; one who sees five
// knows what to look for.
const shownPlaces = 5

func (f *found) add(from, to int) {
	if f.count++; f.count <= shownPlaces {
		f.first = append(f.first, place{from, to})
	}
}

// separate tells apart what raw holds, of which not all is UTF-8.
func separate(raw string) mixture {
	var m mixture
	var text strings.Builder
	text.Grow(len(raw))
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[at:])
		switch {
		case r == utf8.RuneError && size == 1:
			m.stray.add(at, at+1)
			r = charmap.Windows1252.DecodeByte(raw[at])
		case size > 1 && onlyUTF8(r):
			m.utf8.add(at, at+size)
		}
		text.WriteRune(r)
		at += size
	}
	m.text = text.String()
	return m
}

// onlyUTF8 reports whether the bytes of r would make no sense in Windows-1252:
// `è` would be `Ã¨`, `’` would be `â€™`. The two bytes of a letter from U+0180 on
// may well be Windows-1252, an accented capital before a mark, as in `PERCHÉ»`.
func onlyUTF8(r rune) bool { return r <= lastExtendedA || r > lastOfTwo }

const (
	lastExtendedA = 0x17F // end of the Unicode block Latin Extended-A
	lastOfTwo     = 0x7FF // last character that is two bytes in UTF-8
)

// problems says where raw leaves the encoding that most of it is in.
func (m mixture) problems(raw, encoding string) []diag.Problem {
	const hint = "put the letter right there and save the file as UTF-8"
	which, all := m.stray, "bytes that are not UTF-8"
	if encoding == Windows1252 {
		which, all = m.utf8, "letters that are in UTF-8, while most are in Windows-1252"
	}
	var out []diag.Problem
	if which.count > len(which.first) {
		out = append(out, diag.Problem{Text: fmt.Sprintf("the file has %d %s, of which the first %d are named", which.count, all, len(which.first)), Hint: "save the file as UTF-8"})
	}
	for _, p := range which.first {
		at := diag.Problem{Line: strings.Count(raw[:p.from], "\n") + 1, Col: p.from - strings.LastIndexByte(raw[:p.from], '\n'), Hint: hint}
		there := raw[p.from:p.to]
		if encoding == Windows1252 {
			at.Text = fmt.Sprintf("the bytes 0x%X are %q in UTF-8, while the file is in Windows-1252", there, there)
		} else {
			at.Text = fmt.Sprintf("the byte 0x%X is not UTF-8, which the file is in", there)
			if r := charmap.Windows1252.DecodeByte(there[0]); r != utf8.RuneError {
				at.Text += fmt.Sprintf("; in Windows-1252 it would be %q", string(r))
			}
		}
		out = append(out, at)
	}
	return out
}
