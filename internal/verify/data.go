package verify

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// cssAddress is url(...), quoted or not, and @import with a plain string.
var cssAddress = regexp.MustCompile(`url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')`)

// css takes what a stylesheet loads.
func (d *document) css() {
	for _, m := range cssAddress.FindAllSubmatchIndex(d.data, -1) {
		for i := 2; i < len(m); i += 2 {
			if m[i] < 0 {
				continue
			}
			to := string(d.data[m[i]:m[i+1]])
			if strings.HasPrefix(to, "#") || strings.HasPrefix(to, "data:") {
				continue
			}
			if at := d.fetched("style", to, m[0]); at != "" {
				d.loads = append(d.loads, load{at, d.characters(m[0])})
			}
		}
	}
}

// span is a range of characters, ends included.
type span struct{ from, to rune }

var unicodeRange = regexp.MustCompile(`(?i)unicode-range:([^;}]*)`)

// characters are the unicode-range of the @font-face rule that off lies in: a
// browser loads the font only for a page that has one of them. nil is none.
func (d *document) characters(off int) (out []span) {
	from, to := bytes.LastIndexByte(d.data[:off], '{'), bytes.IndexByte(d.data[off:], '}')
	if from < 0 || to < 0 || !bytes.HasSuffix(bytes.TrimSpace(d.data[:from]), []byte("@font-face")) {
		return nil
	}
	m := unicodeRange.FindSubmatch(d.data[from : off+to])
	if m == nil {
		return nil
	}
	for part := range strings.SplitSeq(string(m[1]), ",") {
		first, last, isRange := strings.Cut(strings.TrimLeft(strings.TrimSpace(part), "Uu+"), "-")
		if !isRange { // U+4?? stands for U+400-4FF
			first, last = strings.ReplaceAll(first, "?", "0"), strings.ReplaceAll(first, "?", "F")
		}
		a, err := strconv.ParseUint(first, 16, 32)
		b, err2 := strconv.ParseUint(last, 16, 32)
		if err != nil || err2 != nil {
			return nil
		}
		out = append(out, span{rune(a), rune(b)})
	}
	return out
}

// json checks that data, which starts at off in the file, is JSON.
func (d *document) json(data []byte, off int) {
	if json.Valid(data) {
		d.answers(data)
		return
	}
	var any json.RawMessage
	err := json.Unmarshal(data, &any)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		off += max(int(syntax.Offset)-1, 0)
	}
	d.wrong(off, "", "this is not JSON: %v", err)
}

// tags goes through the elements of an XML document.
func (d *document) tags(start func(e xml.StartElement, off int)) {
	x := xml.NewDecoder(bytes.NewReader(d.data))
	seen := false
	for {
		off := int(x.InputOffset())
		t, err := x.Token()
		if err == io.EOF && seen {
			return
		}
		if err != nil {
			text := err.Error()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				text = syntax.Msg
			}
			d.wrong(int(x.InputOffset()), "", "this is not XML: %s", text)
			return
		}
		if e, ok := t.(xml.StartElement); ok {
			seen = true
			start(e, off)
		}
	}
}

// xml checks a feed, a sitemap or RDF; its links are found by [document.origins].
func (d *document) xml() { d.tags(func(xml.StartElement, int) {}) }

// svg checks a drawing that stands in a file of its own. It may carry a style
// sheet: as an image it sees none of the page's, and the page's policy does not
// reach into it.
func (d *document) svg() {
	ids := map[string]bool{}
	var wanted []reference
	d.tags(func(e xml.StartElement, off int) {
		switch e.Name.Local {
		case "script", "foreignObject":
			d.wrong(off, "", "<%s> stands in the drawing, which the security policy forbids", e.Name.Local)
		}
		for _, a := range e.Attr {
			wanted = append(wanted, d.svgAttribute(e.Name.Local, a, off)...)
			if a.Name.Local == "id" {
				if ids[a.Value] {
					d.wrong(off, "", "the id %q stands twice in this drawing", a.Value)
				}
				ids[a.Value] = true
			}
		}
	})
	for _, w := range wanted {
		if !ids[w.id] {
			d.wrong(w.off, "", "%s names the id %q, which this drawing does not have", w.attr, w.id)
		}
	}
}

// svgAttribute checks one attribute and returns the ids it names.
func (d *document) svgAttribute(element string, a xml.Attr, off int) []reference {
	name := a.Name.Local
	switch {
	case strings.HasPrefix(name, "on"):
		d.wrong(off, "", "<%s> has the attribute %s, which the security policy forbids", element, name)
	case name == "href" && strings.HasPrefix(a.Value, "#"):
		return []reference{{"<" + element + ">", a.Value[1:], off}}
	case name == "href" && element == "a":
		if strings.HasPrefix(strings.ToLower(a.Value), "javascript:") {
			d.wrong(off, "", "a link runs a script, which the security policy forbids")
		}
		d.refer(a.Value, off)
	case name == "href":
		d.fetched(element, a.Value, off)
	case strings.HasPrefix(a.Value, "url(#"):
		return []reference{{name, strings.TrimSuffix(a.Value[len("url(#"):], ")"), off}}
	}
	return nil
}

// csv checks that every row has as many cells as the headings, and that no cell
// is one that a spreadsheet runs as a formula.
func (d *document) csv() {
	text := bytes.TrimPrefix(d.data, []byte("\ufeff"))
	skipped := len(d.data) - len(text)
	r := csv.NewReader(bytes.NewReader(text))
	head, _, _ := bytes.Cut(text, []byte{'\n'})
	if bytes.Count(head, []byte{';'}) > bytes.Count(head, []byte{','}) {
		r.Comma = ';'
	}
	r.ReuseRecord = true
	rows := 0
	var survey []figures
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			line, col := bad.Line, bad.Column
			p := problem(d.path, position{line, col}, "this is not a table: "+bad.Err.Error())
			d.found = append(d.found, p)
			return
		}
		rows++
		if rows == 1 {
			survey = newFigures(row)
		} else {
			for _, f := range survey {
				f.check(d, row, func(column int) position { line, col := r.FieldPos(column); return position{line, col} })
			}
		}
		for i, cell := range row {
			if formula(cell) {
				line, col := r.FieldPos(i)
				d.found = append(d.found, problem(d.path, position{line, col}, "a spreadsheet would run this cell as a formula"))
			}
		}
	}
	if rows == 0 {
		d.wrong(skipped, "", "the table has no headings")
	}
}

// formula reports whether a spreadsheet would calculate a cell: it starts as a
// formula does and is not a plain number or a dash.
func formula(cell string) bool {
	if len(cell) < 2 {
		return false
	}
	switch cell[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return strings.Trim(cell[1:], "0123456789.,eE+-") != ""
	}
	return false
}

// origins takes the links that data, which starts at start in the file, writes
// out in full: sitemaps, feeds, JSON, CSV, RDF.
func (d *document) origins(data []byte, start int) {
	origin := []byte(d.gates.rules.Origin + "/")
	if len(origin) == 1 || binary(d.path) {
		return
	}
	for off := 0; ; {
		i := bytes.Index(data[off:], origin)
		if i < 0 {
			return
		}
		off += i
		n := bytes.IndexAny(data[off:], "\"'<>\\ \t\r\n;,)|`")
		if n < 0 {
			n = len(data) - off
		}
		to := string(bytes.TrimRight(data[off:off+n], ".:"))
		off += n
		if !strings.ContainsAny(to, "{}*") && !strings.HasSuffix(to, "…") {
			d.refer(to, start+off-n)
		}
	}
}
