package verify

import (
	"bytes"
	"strings"
)

// The reader of tags is strict where a browser is lenient: what it takes, every
// browser takes the same way (a fuzz test compares it with x/net/html, which
// like a browser repairs silently and so could not tell), and what it does not
// take is a fault of a template. It is also several times faster.

// scanner reads the tags of a document.
type scanner struct {
	data  []byte
	to    listener
	attrs attributes // of the tag being read, used again for the next
}

// listener is told what a scanner reads, in order, each with its offset.
type listener interface {
	start(name string, attrs attributes, selfClosed bool, off int)
	end(name string, off int)
	characters(text []byte, off int)
	fault(text string, off int)
}

// read goes through the document. At a fault it stops: what follows cannot be
// told apart.
func (s *scanner) read() {
	d := s.data
	for pos := 0; pos < len(d); {
		i := bytes.IndexByte(d[pos:], '<')
		if i < 0 {
			i = len(d) - pos
		}
		if i > 0 {
			s.to.characters(d[pos:pos+i], pos)
		}
		if pos += i; pos == len(d) {
			return
		}
		next, fault := s.markup(pos)
		if fault != "" {
			s.to.fault(fault, pos)
			return
		}
		pos = next
	}
}

// markup reads what starts with < at pos and returns where it ends.
func (s *scanner) markup(pos int) (next int, fault string) {
	d := s.data[pos:]
	switch {
	case len(d) > 1 && letter(d[1]):
		return s.startTag(pos)
	case len(d) > 2 && d[1] == '/' && letter(d[2]):
		n := 2 + word(d[2:])
		name := known(d[2:n])
		n += blanks(d[n:])
		if n == len(d) || d[n] != '>' {
			return 0, "the tag </" + name + "> does not end"
		}
		s.to.end(name, pos)
		return pos + n + 1, ""
	case bytes.HasPrefix(d, []byte("<!--")):
		n := bytes.Index(d[len("<!--"):], []byte("--"))
		if end := len("<!--") + n; n < 0 || end+2 >= len(d) || d[end+2] != '>' || n == 0 || d[len("<!--")] == '>' || bytes.HasPrefix(d[len("<!--"):], []byte("->")) {
			return 0, "a comment is empty, not closed, or has -- inside"
		}
		return pos + len("<!--") + n + len("-->"), ""
	case len(d) >= len(doctype) && strings.EqualFold(string(d[:len(doctype)]), doctype) && pos == 0:
		return len(doctype), ""
	}
	return 0, "a < starts no tag; as a character it is written &lt;"
}

const doctype = "<!doctype html>"

// startTag reads the start tag at pos, and the raw text after it.
func (s *scanner) startTag(pos int) (next int, fault string) {
	d := s.data[pos:]
	n := 1 + word(d[1:])
	name := known(d[1:n])
	s.attrs = s.attrs[:0]
	for {
		gap := blanks(d[n:])
		n += gap
		switch {
		case n == len(d):
			return 0, "the tag <" + name + "> does not end"
		case d[n] == '>':
			return s.opened(name, pos, n+1, false)
		case d[n] == '/' && n+1 < len(d) && d[n+1] == '>':
			return s.opened(name, pos, n+2, true)
		case gap == 0:
			return 0, "the attributes of <" + name + "> are not separated by blanks"
		}
		a, length := attributeAt(d[n:])
		if length == 0 {
			return 0, "an attribute of <" + name + "> is not written as name=\"value\""
		}
		if s.attrs.has(a.name) {
			return 0, "<" + name + "> has the attribute " + a.name + " twice"
		}
		s.attrs = append(s.attrs, a)
		n += length
	}
}

// opened hands on a start tag of n bytes and skips to the end of raw text.
func (s *scanner) opened(name string, pos, n int, selfClosed bool) (next int, fault string) {
	s.to.start(name, s.attrs, selfClosed, pos)
	next = pos + n
	switch name {
	case "script", "style", "textarea", "title":
	case "iframe", "noembed", "noframes", "plaintext", "xmp":
		if name != "iframe" {
			return 0, "<" + name + "> is obsolete"
		}
	default:
		return next, ""
	}
	if selfClosed {
		return next, ""
	}
	end := closing(s.data[next:], name)
	if end < 0 {
		return 0, "<" + name + "> is never closed"
	}
	if name == "script" && bytes.Contains(s.data[next:next+end], []byte("<!--")) {
		return 0, "<script> has <!-- inside, after which browsers look for its end elsewhere"
	}
	if end > 0 {
		s.to.characters(s.data[next:next+end], next)
	}
	return next + end, ""
}

// closing finds the end tag of an element of raw text, or -1.
func closing(d []byte, name string) int {
	for off := 0; ; {
		i := bytes.Index(d[off:], []byte("</"))
		if i < 0 {
			return -1
		}
		off += i
		after := off + len("</") + len(name)
		if after < len(d) && strings.EqualFold(string(d[off+len("</"):after]), name) && !wordByte(d[after]) {
			return off
		}
		off += len("</")
	}
}

// attributeAt reads an attribute and says how long it is; 0 when it is not
// well written.
func attributeAt(d []byte) (attribute, int) {
	n := 0
	for n < len(d) && attributeByte(d[n]) {
		n++
	}
	a := attribute{name: known(d[:n])}
	if n == 0 || n == len(d) || d[n] != '=' {
		return a, n
	}
	if n++; n == len(d) {
		return a, 0
	}
	if q := d[n]; q == '"' || q == '\'' {
		end := bytes.IndexByte(d[n+1:], q)
		if end < 0 {
			return a, 0
		}
		a.value = d[n+1 : n+1+end]
		return a, n + end + 2
	}
	end := bytes.IndexAny(d[n:], " \t\n\r\f>\"'=<`")
	if end <= 0 || !bytes.ContainsRune([]byte(" \t\n\r\f>"), rune(d[n+end])) {
		return a, 0
	}
	a.value = d[n : n+end]
	return a, n + end
}

func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func wordByte(b byte) bool {
	return letter(b) || b >= '0' && b <= '9' || b == '-' || b == ':' || b == '_' || b == '.'
}

// attributeByte reports whether an attribute's name may have b.
func attributeByte(b byte) bool {
	switch b {
	case '"', '\'', '<', '>', '/', '=':
		return false
	}
	return b > ' ' && b < 0x7f
}

// word is the length of the name at the start of d.
func word(d []byte) (n int) {
	for n < len(d) && wordByte(d[n]) {
		n++
	}
	return n
}

func blanks(d []byte) (n int) {
	for n < len(d) && (d[n] == ' ' || d[n] == '\n' || d[n] == '\t' || d[n] == '\r' || d[n] == '\f') {
		n++
	}
	return n
}

// known is a name in lower case; the usual ones are not made anew.
func known(b []byte) string {
	if len(b) > 0 {
		if name := usual[slot(b)]; name == string(b) {
			return name
		}
	}
	return strings.ToLower(string(b))
}

// slots is how many there are for the usual names.
const slots = 512

// slot is where a name lies among the usual ones, found faster than in a map.
// The factors were found by trial: with them all but three have their own.
func slot[T string | []byte](name T) int {
	n := len(name)
	return (n*29 + int(name[0])*61 + int(name[n-1])*17 + int(name[n/2])*56) % slots
}

// usual are names that pages are full of, each in its slot; where several share
// one it is the first's.
var usual = func() (table [slots]string) {
	for s := range strings.FieldsSeq(`a abbr article aside b body br button caption circle code col colgroup dd defs details
		div dl dt em figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hr html i img input label legend li line
		link main meta nav ol option p path pattern polygon polyline rect script section select small span strong sub
		summary sup svg symbol table tbody td text tfoot th thead time title tr tspan ul use
		alt aria-current aria-describedby aria-hidden aria-label aria-labelledby charset class colspan content crossorigin
		cx cy d data-element data-v datetime defer dx dy fill for focusable height href hreflang id integrity itemprop lang
		media name open points property r rel role rowspan rx scope src stroke stroke-width text-anchor transform type
		value width x x1 x2 y y1 y2`) {
		if table[slot(s)] == "" {
			table[slot(s)] = s
		}
	}
	return table
}()
