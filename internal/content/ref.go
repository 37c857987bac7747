package content

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"mappa/internal/diag"
)

// refNode is an inline reference in the Markdown tree: either ref, or what is
// wrong with it.
type refNode struct {
	ast.BaseInline
	ref   Ref
	at    spans  // of ref's parts, as offsets into the Markdown
	wrong string // a fault of syntax
	hint  string
	fault int    // offset of the fault
	raw   []byte // as written, printed when the reference is wrong
}

// spans are the offsets of a reference's parts, turned into [Pos] after parsing.
type spans struct {
	start, name, value int
	keys, values       []int
}

// refKind is set once: goldmark hands out node kinds at run time.
var refKind = ast.NewNodeKind("MappaRef")

func (n *refNode) Kind() ast.NodeKind { return refKind }
func (n *refNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Name": n.ref.Name}, nil)
}

// refParser finds references in running text. It runs before goldmark's own
// parsers, so that [text]{…} is not half a link.
type refParser struct{}

// refPriority is ahead of code spans (100) and links (200) in goldmark's order.
const refPriority = 90

func (refParser) Trigger() []byte { return []byte{'{', '['} }

func (refParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	typed, open := "", 0
	if line[0] == '[' {
		end := strings.IndexAny(string(line[1:]), "[]")
		if end < 0 || line[1+end] != ']' || len(line) < end+3 || line[end+2] != '{' {
			return nil
		}
		typed, open = strings.TrimSpace(string(line[1:1+end])), end+2
	}
	block.Advance(open)
	raw, at := upToBrace(block)
	n := scanRef(raw, at)
	n.ref.Typed, n.at.start = typed, segment.Start
	n.raw = append(append([]byte{}, line[:open]...), raw...)
	if open > 0 && typed == "" && n.wrong == "" {
		n.wrong, n.fault = `"[]" binds no text to the reference`, segment.Start
		n.hint = "write the number between the brackets, or leave them out"
	}
	n.SetPos(segment.Start)
	return n
}

// upToBrace reads up to and including the closing brace, over line ends, and
// gives each byte's offset. Without a closing brace it reads one line only.
func upToBrace(block text.Reader) (raw []byte, at []int) {
	line, pos := block.Position()
	firstLen := 0
	for {
		b, seg := block.PeekLine()
		if b == nil {
			break
		}
		for i, c := range b {
			raw, at = append(raw, c), append(at, seg.Start+i-seg.Padding)
			if c == '}' && (i == 0 || b[i-1] != '\\') {
				block.Advance(i + 1)
				return raw, at
			}
		}
		if firstLen == 0 {
			firstLen = len(raw)
		}
		block.AdvanceLine()
	}
	block.SetPosition(line, pos)
	raw = []byte(strings.TrimRight(string(raw[:firstLen]), "\r\n"))
	block.Advance(len(raw))
	return raw, at[:len(raw)]
}

// scanRef reads "{name: value | key: value}".
func scanRef(raw []byte, at []int) *refNode {
	n := &refNode{}
	if raw[len(raw)-1] != '}' {
		n.wrong = fmt.Sprintf("%s is not closed, want \"}\" in the same paragraph", quote(string(raw)))
		n.fault, n.hint = at[0], `for a brace that is no reference write "\{"; in a table write "\|" for "|"`
		return n
	}
	for i, p := range split(raw[1 : len(raw)-1]) {
		key, value, ok := strings.Cut(p.text, ":")
		keyAt, valueAt := 1+p.start+indent(key), 1+p.start+len(key)+1+indent(value)
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case !ok:
			n.complain(at, keyAt, fmt.Sprintf("%s has no colon, want {name: value | key: value}", quote(strings.TrimSpace(p.text))), "")
		case !isWord(key):
			n.complain(at, keyAt, fmt.Sprintf("%s is not a name, want letters, digits and hyphens", quote(key)), "")
		case value == "":
			n.complain(at, keyAt, fmt.Sprintf("%q has no value", key), "")
		case strings.ContainsAny(value, "{["):
			n.complain(at, valueAt, fmt.Sprintf("a reference inside the value of %q", key), `close the first reference with "}"`)
		case i == 0:
			n.ref.Name, n.ref.Value = key, value
			n.at.name, n.at.value = at[keyAt], at[valueAt]
		case n.ref.List(key) != nil:
			n.complain(at, keyAt, fmt.Sprintf("%q is given twice", key), "")
		default:
			n.ref.Args = append(n.ref.Args, Arg{Key: key, Values: []string{value}})
			n.at.keys, n.at.values = append(n.at.keys, at[keyAt]), append(n.at.values, at[valueAt])
		}
	}
	return n
}

// complain keeps the first fault of a reference.
func (n *refNode) complain(at []int, i int, wrong, hint string) {
	if n.wrong == "" {
		n.wrong, n.fault, n.hint = wrong, at[min(i, len(at)-1)], hint
	}
}

type part struct {
	text  string
	start int
}

// split cuts at | or \| and folds line ends to spaces.
func split(raw []byte) (parts []part) {
	s := strings.NewReplacer("\n", " ", "\r", " ", "\t", " ", "\u00a0", "  ").Replace(string(raw))
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '|' {
			continue
		}
		t := s[start:i]
		if i < len(s) && strings.HasSuffix(t, `\`) {
			t = t[:len(t)-1]
		}
		parts = append(parts, part{t, start})
		start = i + 1
	}
	return parts
}

func indent(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

// isWord reports whether s can name a reference or a key. A capital first letter
// is let through: {Figura: …} opens a sentence.
func isWord(s string) bool {
	for i, c := range s {
		lower, upper, digit := c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9'
		if !lower && !(i == 0 && upper) && !(i > 0 && (digit || c == '-')) {
			return false
		}
	}
	return s != ""
}

// longest text that a message quotes.
const quoteMax = 60

// quote is what is there, for a message: on one line and not too long.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > quoteMax {
		s = string(r[:quoteMax]) + "…"
	}
	return `"` + s + `"`
}

// String is the reference as it is written.
func (r Ref) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{%s: %s", r.Name, r.Value)
	for _, a := range r.Args {
		fmt.Fprintf(&b, " | %s: %s", a.Key, strings.Join(a.Values, ", "))
	}
	return b.String() + "}"
}

// Allow refuses the first key that is not among those given, with a hint. Keys
// that only name or describe a figure, and an article, need not be listed.
func (r Ref) Allow(keys ...string) error {
	for _, a := range r.Args {
		own := r.ID != "" && slices.Contains(ownKeys(), a.Key) || r.ID == "" && a.Key == articleKey
		if own || slices.Contains(keys, a.Key) {
			continue
		}
		what := "{" + r.Name + ": …}"
		if r.ID != "" {
			what = r.Name
		}
		return &Refusal{Key: a.Key, onKey: true, Text: fmt.Sprintf("%q means nothing to %s", a.Key, what),
			Hint: diag.DidYouMean(a.Key, keys)}
	}
	return nil
}

// at is the place a refusal speaks of.
func (r Ref) at(f *Refusal) Pos {
	for _, a := range r.Args {
		if a.Key == f.Key && f.onKey {
			return a.KeyPos
		}
		if a.Key == f.Key {
			return a.Pos
		}
	}
	if r.ValuePos != (Pos{}) {
		return r.ValuePos
	}
	return r.Pos
}
