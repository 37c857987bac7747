package locale

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// readMessages compiles every message of a file, by key. One that has a fault is
// there too, and broken: it is not missing. It reports whether every key is there.
func readMessages(path string, src []byte, list *diag.List) (map[string]*message, bool) {
	leaves, whole := yamlfile.Leaves(src, path, list)
	out := make(map[string]*message, len(leaves))
	for _, l := range leaves {
		out[l.Key] = readMessage(path, l, list)
	}
	return out, whole
}

func readMessage(path string, l yamlfile.Leaf, list *diag.List) *message {
	text := strings.TrimRight(l.Text, "\n")
	m := &message{file: path, line: l.Line, col: l.Col, source: text}
	c := compiler{text: text}
	m.nodes = c.nodes("")
	if c.fault != "" {
		m.broken = true
		p := m.fault(c.fault, c.hint)
		if !strings.Contains(text, "\n") {
			p.Col = l.Inside.Col + c.at // exact where the value stands on one line, unescaped
		}
		list.Add(p)
		return m
	}
	if len(m.wants()) == 0 {
		m.fixed = true
		m.plain = string(m.write(nil, nil, nil, false))
		m.markup = template.HTML(m.write(nil, nil, nil, true))
	}
	return m
}

// compiler turns the text of a message into nodes; it stops at the first fault.
type compiler struct {
	text  string
	i     int
	bold  bool
	count string // name the innermost plural counts
	fault string
	hint  string
	at    int
}

func (c *compiler) fail(at int, text, hint string) {
	if c.fault == "" {
		c.at, c.fault, c.hint = at, text, hint
	}
	c.i = len(c.text)
}

// nodes reads up to one of the bytes in end, which it leaves, or to the end of
// the text.
func (c *compiler) nodes(end string) []node {
	var out []node
	start := c.i
	flush := func() {
		if s := c.text[start:min(c.i, len(c.text))]; s != "" && c.fault == "" {
			out = append(out, node{op: literal, text: s, safe: html.EscapeString(s)})
		}
	}
	for c.i < len(c.text) {
		b := c.text[c.i]
		if strings.IndexByte(end, b) >= 0 {
			break
		}
		switch {
		case b == '{' || b == '[' || b == '#' && c.count != "" || strings.HasPrefix(c.text[c.i:], "**"):
			flush()
			out = append(out, c.mark(b))
			start = c.i
		case b == '}' || b == ']':
			c.fail(c.i, "there is a "+quote(string(b))+" that closes nothing", "a value is written {name}, a link [words]({address})")
		default:
			c.i++
		}
	}
	flush()
	if end == "" && c.bold {
		c.fail(len(c.text), "strong words are not closed, want a second **", "")
	}
	return out
}

// mark reads what begins with b.
func (c *compiler) mark(b byte) node {
	switch b {
	case '{':
		return c.braces()
	case '[':
		return c.link()
	case '#':
		c.i++
		return node{op: value, text: c.count}
	}
	c.i += len("**")
	c.bold = !c.bold
	if c.bold {
		return node{op: boldStart, safe: "<b>"}
	}
	return node{op: boldEnd, safe: "</b>"}
}

// link reads [words](address).
func (c *compiler) link() node {
	at := c.i
	c.i++
	n := node{op: link, nodes: c.nodes("]")}
	if !strings.HasPrefix(c.text[c.i:], "](") {
		c.fail(at, "a link is not complete, want [words]({address})", "")
		return n
	}
	c.i += len("](")
	n.href = c.nodes(")")
	if c.i >= len(c.text) {
		c.fail(at, "the address of a link is not closed, want )", "")
		return n
	}
	c.i++
	return n
}

// braces reads {name}, {name, plural, …} or {name, select, …}.
func (c *compiler) braces() node {
	at := c.i
	c.i++
	stop := strings.IndexAny(c.text[c.i:], ",}{")
	if stop < 0 || c.text[c.i+stop] == '{' {
		c.fail(at, "a brace is not closed, want }", "a value is written {name}")
		return node{}
	}
	name := strings.TrimSpace(c.text[c.i : c.i+stop])
	c.i += stop + 1
	if !isName(name) {
		c.fail(at+1, quote(name)+" is not the name of a value, want letters, digits and _", "")
		return node{}
	}
	if c.text[c.i-1] == '}' {
		return node{op: value, text: name}
	}
	stop = strings.IndexByte(c.text[c.i:], ',')
	if stop < 0 {
		c.fail(at, "want {"+name+", plural, …} or {"+name+", select, …}", "")
		return node{}
	}
	n := node{op: plural, text: name}
	switch word := strings.TrimSpace(c.text[c.i : c.i+stop]); word {
	case "plural":
	case "select":
		n.op = choose
	default:
		c.fail(c.i, "there is no choice by "+quote(word)+", want plural or select", diag.DidYouMean(word, []string{"plural", "select"}))
		return node{}
	}
	c.i += stop + 1
	c.branches(at, &n)
	return n
}

// branches reads word{…} until the closing brace.
func (c *compiler) branches(at int, n *node) {
	outer := c.count
	if n.op == plural {
		c.count = n.text
	}
	defer func() { c.count = outer }()
	other := false
	for {
		c.i += len(c.text[c.i:]) - len(strings.TrimLeft(c.text[c.i:], " \n"))
		if c.i >= len(c.text) {
			c.fail(at, "a brace is not closed, want }", "")
			return
		}
		if c.text[c.i] == '}' {
			c.i++
			break
		}
		open := strings.IndexByte(c.text[c.i:], '{')
		if open < 0 {
			c.fail(c.i, "want word{text} for each case", "")
			return
		}
		ch := choice{word: strings.TrimSpace(c.text[c.i : c.i+open])}
		if n.op == plural && !c.pluralWord(&ch) {
			return
		}
		other = other || ch.word == "other"
		c.i += open + 1
		ch.nodes = c.nodes("}")
		if c.i >= len(c.text) {
			c.fail(at, "a brace is not closed, want }", "")
			return
		}
		c.i++
		n.cases = append(n.cases, ch)
	}
	if !other {
		c.fail(at, "the choice by {"+n.text+"} has no case other{…}", "")
	}
}

func (c *compiler) pluralWord(ch *choice) bool {
	if rest, ok := strings.CutPrefix(ch.word, "="); ok {
		v, err := strconv.ParseFloat(rest, 64)
		ch.exact, ch.number = true, v
		if err == nil {
			return true
		}
	}
	if ch.word == "one" || ch.word == "other" {
		return true
	}
	c.fail(c.i, quote(ch.word)+" is not a case of a plural, want =0, one or other", "")
	return false
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b != '_' && (b < 'a' || b > 'z') && (b < 'A' || b > 'Z') && (b < '0' || b > '9') {
			return false
		}
	}
	return s != ""
}
