package draw

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pen writes SVG. Positions of charts are in per cent (x) and pixels (y).
type pen struct{ b []byte }

func (p *pen) raw(s string) { p.b = append(p.b, s...) }

// text writes s escaped for element content and quoted attributes, HTML and
// XML alike. Control characters and broken UTF-8 become U+FFFD.
func (p *pen) text(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			p.raw("&amp;")
		case r == '<':
			p.raw("&lt;")
		case r == '>':
			p.raw("&gt;")
		case r == '"':
			p.raw("&#34;")
		case r == '\'':
			p.raw("&#39;")
		case r == '\t' || r == '\n':
			p.b = append(p.b, byte(r))
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff:
			p.raw("\uFFFD")
		default:
			p.b = utf8.AppendRune(p.b, r)
		}
	}
}

// attr writes an attribute; an empty value writes nothing.
func (p *pen) attr(name, value string) {
	if value == "" {
		return
	}
	p.raw(" ")
	p.raw(name)
	p.raw(`="`)
	p.text(value)
	p.raw(`"`)
}

// fixed writes v with at most the given number of decimals (0 to 2) and no
// trailing zeros. A number that cannot be drawn is a fault of the geometry before it.
func (p *pen) fixed(v float64, decimals int) {
	unit := [...]float64{1, 10, 100}[decimals]
	n := int64(math.Round(float64(v * unit)))
	if n < 0 {
		p.raw("-")
		n = -n
	}
	u := int64(unit)
	p.b = strconv.AppendInt(p.b, n/u, 10)
	if rest := n % u; rest != 0 {
		p.raw(".")
		for d := u / 10; rest != 0; d /= 10 {
			p.b = append(p.b, byte('0'+rest/d))
			rest %= d
		}
	}
}

// num writes an attribute in pixels.
func (p *pen) num(name string, v float64) {
	p.raw(" ")
	p.raw(name)
	p.raw(`="`)
	p.fixed(v, 1)
	p.raw(`"`)
}

// pct writes an attribute in per cent.
func (p *pen) pct(name string, v float64) {
	p.raw(" ")
	p.raw(name)
	p.raw(`="`)
	p.fixed(v, 2)
	p.raw(`%"`)
}

// plot opens a chart; without a label it is decoration beside text that says it
// all.
func (p *pen) plot(class string, height float64, label string) {
	p.raw("<svg")
	p.attr("class", class)
	p.raw(` width="100%"`)
	p.num("height", height)
	p.alternative("img", label)
	p.raw(">")
}

// alternative writes role and label, or hides the picture.
func (p *pen) alternative(role, label string) {
	if label == "" {
		p.raw(` aria-hidden="true"`)
		return
	}
	p.attr("role", role)
	p.attr("aria-label", label)
}

func (p *pen) line(x1, y1, x2, y2 float64, class string) {
	p.raw("<line")
	p.pct("x1", x1)
	p.num("y1", y1)
	p.pct("x2", x2)
	p.num("y2", y2)
	p.attr("class", class)
	p.raw("/>")
}

func (p *pen) rect(x, y, w, h float64, class string) {
	p.raw("<rect")
	p.pct("x", x)
	p.num("y", y)
	p.pct("width", w)
	p.num("height", h)
	p.attr("class", class)
	p.raw("/>")
}

func (p *pen) circle(x, y, r float64, class string) {
	p.raw("<circle")
	p.pct("cx", x)
	p.num("cy", y)
	p.num("r", r)
	p.attr("class", class)
	p.raw("/>")
}

// write puts s at x, moved by dx pixels; anchor is start, middle or end.
func (p *pen) write(x, y, dx float64, anchor, s, class string) {
	if s == "" {
		return
	}
	p.raw("<text")
	p.pct("x", x)
	p.num("y", y)
	if math.Abs(dx) >= .05 {
		p.num("dx", dx)
	}
	if anchor != "start" {
		p.attr("text-anchor", anchor)
	}
	p.attr("class", class)
	p.raw(">")
	p.text(s)
	p.raw("</text>")
}

// link opens a link if the address is one that a page may carry, and tells.
func (p *pen) link(href, attrs string) bool {
	if !safe(href) {
		return false
	}
	p.raw("<a")
	p.attr("href", href)
	p.raw(attrs)
	p.raw(">")
	return true
}

// safe tells whether an address is relative or of the web. Browsers drop
// control characters inside an address, so one that has any is not safe.
func safe(href string) bool {
	if href == "" || strings.ContainsFunc(href, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return false
	}
	end := strings.IndexAny(href, ":/?#")
	if end < 0 || href[end] != ':' {
		return true
	}
	scheme := strings.ToLower(href[:end])
	return scheme == "http" || scheme == "https"
}
