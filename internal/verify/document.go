package verify

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"mappa/internal/diag"
)

// document is one file while it is looked at.
type document struct {
	gates *Gates
	path  string
	data  []byte

	page  *page // HTML only
	found []diag.Problem
	links []use
	ids   []ident
	loads []load // what the browser fetches with it
}

// use is an internal link at its place.
type use struct {
	address string
	link
}

// load is what a browser fetches for a page: always, or only for a page that has
// one of some characters.
type load struct {
	address string
	only    []span
}

// ident is an id and the offset of its tag.
type ident struct {
	name string
	off  int
}

// at is the line and column of an offset.
func (d *document) at(off int) position {
	off = min(off, len(d.data))
	before := d.data[:off]
	return position{1 + bytes.Count(before, []byte{'\n'}), off - bytes.LastIndexByte(before, '\n')}
}

// wrong records a problem at an offset.
func (d *document) wrong(off int, hint, format string, args ...any) {
	p := d.at(off)
	d.found = append(d.found, diag.Problem{File: d.path, Line: p.line, Col: p.col, Text: fmt.Sprintf(format, args...), Hint: hint})
}

// address is where a path of the tree is found on the site.
func address(path string) string {
	if stem, ok := strings.CutSuffix(path, "index.html"); ok && (stem == "" || strings.HasSuffix(stem, "/")) {
		return "/" + stem
	}
	return "/" + path
}

// filed is the path in the tree that an address without fragment leads to.
func filed(address string) string {
	p := strings.TrimPrefix(address, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	return p
}

// refer records a link to raw at off if it leads into the site, and returns its
// address; "" when it leads elsewhere or is no link.
func (d *document) refer(raw string, off int) string {
	to, ok := d.resolve(strings.TrimSpace(raw), off)
	if !ok {
		return ""
	}
	d.links = append(d.links, use{to, link{file: d.path, off: off}})
	return to
}

// resolve brings a link to its address on this site: absolute, without query,
// with fragment.
func (d *document) resolve(raw string, off int) (string, bool) {
	raw, fragment, _ := strings.Cut(raw, "#")
	raw, _, _ = strings.Cut(raw, "?")
	if rest, ok := strings.CutPrefix(raw, d.gates.rules.Origin); ok && d.gates.rules.Origin != "" && (rest == "" || rest[0] == '/') {
		raw = "/" + strings.TrimPrefix(rest, "/")
	}
	switch {
	case elsewhere(raw) || scheme(raw):
		return "", false
	case raw == "":
		raw = address(d.path)
	case raw[0] != '/':
		if d.path == notFoundPage {
			d.wrong(off, "start it with /", "the link %q is relative, but this page is shown at any address", raw)
			return "", false
		}
		base := address(d.path)
		raw = base[:strings.LastIndexByte(base, '/')+1] + raw
	}
	if strings.Contains(raw, "/.") || strings.Contains(raw, "//") {
		raw = cleaned(raw)
	}
	if strings.IndexByte(raw, '%') >= 0 {
		raw = unescaped(raw)
	}
	if fragment != "" {
		raw += "#" + unescaped(fragment)
	}
	return raw, true
}

// notFoundPage is what a host shows instead of a page that is not there.
const notFoundPage = "404.html"

// elsewhere reports whether a link names another host.
func elsewhere(raw string) bool {
	return strings.HasPrefix(raw, "//") || strings.HasPrefix(raw, "https:") || strings.HasPrefix(raw, "http:")
}

// scheme reports whether a link starts with some scheme: mailto:, data:.
func scheme(raw string) bool {
	i := strings.IndexAny(raw, ":/?#")
	return i > 0 && raw[i] == ':'
}

// name checks what a file is called: folders are lower-case words, or codes, and the
// name is one of those that the rules know.
func (d *document) name() {
	ok := d.gates.rules.Names == nil
	for _, pattern := range d.gates.rules.Names {
		of := path.Base(d.path)
		if strings.Contains(pattern, "/") {
			of = d.path
		}
		fits, err := path.Match(pattern, of)
		ok = ok || err == nil && fits
	}
	if !ok {
		d.wrong(0, "add it to the names that the gates know, if it says nothing that is not for readers", "no file of the site is called so")
	}
	if i := strings.IndexFunc(d.path, func(r rune) bool { return !plain(r) }); i >= 0 {
		d.wrong(0, "", "there is %q in the name of the file", d.path[i:i+1])
	}
}

// plain reports whether a character may stand in a path of the site.
func plain(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-./_", r)
}

// text checks what holds for every text file: UTF-8, no bidi controls.
func (d *document) text() {
	if binary(d.path) {
		return
	}
	if !utf8.Valid(d.data) {
		d.wrong(firstInvalid(d.data), "", "this is not UTF-8")
	}
	if off := bidiControl(d.data); off >= 0 {
		d.wrong(off, "remove it where the text is read", "a character that turns the direction of text stands here (%U)", runeAt(d.data, off))
	}
}

func runeAt(b []byte, off int) rune {
	r, _ := utf8.DecodeRune(b[off:])
	return r
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// binary reports whether a file is not text, by its name.
func binary(name string) bool {
	for _, ext := range []string{".woff2", ".woff", ".png", ".jpg", ".webp", ".ico", ".parquet", ".gz", ".br", ".zip", ".pdf", ".bin"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

// bidiControl finds the first of U+202A-202E and U+2066-2069, or -1. Both
// groups start with the byte E2 and 80 or 81.
func bidiControl(b []byte) int {
	for i := 0; ; {
		j := bytes.IndexByte(b[i:], 0xE2)
		if j < 0 || i+j+2 >= len(b) {
			return -1
		}
		i += j
		switch mid, last := b[i+1], b[i+2]; {
		case mid == 0x80 && last >= 0xAA && last <= 0xAE, mid == 0x81 && last >= 0xA6 && last <= 0xA9:
			return i
		}
		i++
	}
}
