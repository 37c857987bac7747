package locale

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/diag"
)

// message is one compiled message and where it stands.
type message struct {
	file      string
	line, col int
	source    string // as written
	nodes     []node
	broken    bool // has a fault, which was reported
	fixed     bool // takes no values: plain and markup hold it whole
	plain     string
	markup    template.HTML
}

// node is one piece of a message.
type node struct {
	op    op
	text  string // literal text; name of the value
	safe  string // as markup: literal text escaped, the tag of **
	cases []choice
	href  []node // of a link
	nodes []node // words of a link
}

type op uint8

const (
	literal op = iota
	value
	plural    // chooses by number
	choose    // chooses by word
	boldStart // **
	boldEnd
	link
)

// choice is one branch of a plural or select.
type choice struct {
	exact  bool // =12
	number float64
	word   string // one, other, or the word of a select
	nodes  []node
}

// Arg is a value for a message. The zero Arg has no name and fits nowhere.
type Arg struct {
	name     string
	text     string
	n        float64
	decimals int32
	isNumber bool
	markup   bool
}

// S is a word or phrase.
func S(name, text string) Arg { return Arg{name: name, text: text} }

// N is a whole number: it is written with the language's thousands and may
// choose a plural.
func N(name string, n int) Arg { return Arg{name: name, n: float64(n), isNumber: true} }

// F is a number printed with so many decimals.
func F(name string, v float64, decimals int) Arg {
	return Arg{name: name, n: v, decimals: int32(decimals), isNumber: true}
}

// H is markup that is safe already; in plain text its tags are left out.
func H(name string, h template.HTML) Arg { return Arg{name: name, text: string(h), markup: true} }

// HTML is the message as markup: text and values are escaped, strong words and
// links become elements.
func (l *Language) HTML(key string, args ...Arg) template.HTML {
	m := l.messages[key]
	switch {
	case m == nil:
		return template.HTML("⟦" + html.EscapeString(key) + "⟧")
	case m.fixed:
		return m.markup
	}
	return template.HTML(m.write(make([]byte, 0, sentence), l, args, true))
}

func (m *message) write(dst []byte, l *Language, args []Arg, markup bool) []byte {
	return writeNodes(dst, m.nodes, l, args, markup)
}

func writeNodes(dst []byte, nodes []node, l *Language, args []Arg, markup bool) []byte {
	for i := range nodes {
		n := &nodes[i]
		switch n.op {
		case literal:
			if markup {
				dst = append(dst, n.safe...)
			} else {
				dst = append(dst, n.text...)
			}
		case value:
			dst = writeArg(dst, l, find(args, n.text), n.text, markup)
		case plural, choose:
			a := find(args, n.text)
			if a == nil {
				dst = writeArg(dst, l, nil, n.text, markup)
				continue
			}
			dst = writeNodes(dst, n.pick(a), l, args, markup)
		case boldStart, boldEnd:
			if markup {
				dst = append(dst, n.safe...)
			}
		case link:
			dst = writeLink(dst, n, l, args, markup)
		}
	}
	return dst
}

func writeLink(dst []byte, n *node, l *Language, args []Arg, markup bool) []byte {
	if !markup {
		return writeNodes(dst, n.nodes, l, args, false)
	}
	href := string(writeNodes(nil, n.href, l, args, false))
	dst = append(dst, `<a href="`...)
	dst = append(dst, html.EscapeString(safeAddress(href))...)
	dst = append(dst, `">`...)
	dst = writeNodes(dst, n.nodes, l, args, true)
	return append(dst, `</a>`...)
}

// safeAddress lets pass what a page of ours links to; anything else, a script
// address above all, leads nowhere.
func safeAddress(href string) string {
	for _, p := range [...]string{"/", "#", "./", "../", "?", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(href, p) {
			return href
		}
	}
	return "#"
}

func writeArg(dst []byte, l *Language, a *Arg, name string, markup bool) []byte {
	switch {
	case a == nil:
		return append(append(append(dst, "⟦"...), name...), "⟧"...)
	case a.isNumber:
		return l.appendNumber(dst, a.n, int(a.decimals))
	case a.markup && markup:
		return append(dst, a.text...)
	case a.markup:
		return append(dst, html.UnescapeString(withoutTags(a.text))...)
	case markup:
		return append(dst, html.EscapeString(a.text)...)
	}
	return append(dst, a.text...)
}

// withoutTags drops <…> from markup that this program wrote.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			return b.String()
		}
		s = s[i+j+1:]
	}
}

func find(args []Arg, name string) *Arg {
	for i := range args {
		if args[i].name == name {
			return &args[i]
		}
	}
	return nil
}

// pick is the branch for a: exact numbers first, then one, then other. Both
// languages of the site count alike: one is 1 and nothing else.
func (n *node) pick(a *Arg) []node {
	var other []node
	word := a.text
	if n.op == plural {
		if word = "other"; a.n == 1 && a.decimals == 0 {
			word = "one"
		}
	}
	for i := range n.cases {
		c := &n.cases[i]
		switch {
		case c.exact && a.n == c.number:
			return c.nodes
		case !c.exact && c.word == word:
			return c.nodes
		case c.word == "other":
			other = c.nodes
		}
	}
	return other
}

// wants names the values that the nodes take, sorted, each once.
func (m *message) wants() []string {
	names := namesIn(m.nodes, nil)
	slices.Sort(names)
	return slices.Compact(names)
}

func namesIn(nodes []node, names []string) []string {
	for _, n := range nodes {
		switch n.op {
		case value, plural, choose:
			names = append(names, n.text)
		}
		names = namesIn(n.href, namesIn(n.nodes, names))
		for _, c := range n.cases {
			names = namesIn(c.nodes, names)
		}
	}
	return names
}

// within reports whether m takes no value that other does not take.
func (m *message) within(other *message) bool {
	known := other.wants()
	return !slices.ContainsFunc(m.wants(), func(name string) bool { return !slices.Contains(known, name) })
}

// mustTake reports values that m takes and the message it stands for does not.
func (m *message) mustTake(old *message, list *diag.List) {
	known := old.wants()
	for _, name := range m.wants() {
		if !slices.Contains(known, name) {
			list.Add(m.fault("there is no value {"+name+"} here, "+old.place()+" takes "+namesOf(known),
				diag.DidYouMean(name, known)))
		}
	}
}

func namesOf(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}

func (m *message) place() string { return m.file + ":" + strconv.Itoa(m.line) }

func (m *message) fault(text, hint string) diag.Problem {
	return diag.Problem{File: m.file, Line: m.line, Col: m.col, Text: text, Hint: hint}
}
