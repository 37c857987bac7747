package content

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// entry is one key of a YAML mapping: plain values, or mappings below it.
type entry struct {
	key    string
	at     Pos
	values []scalar
	maps   [][]entry
}

// scalar is a plain value with its place.
type scalar struct {
	text string
	at   Pos
}

// fault is what is wrong at a place of the file being read.
type fault struct {
	at         Pos
	text, hint string
}

// parseYAML reads a mapping of keys to plain values, lists of them, or lists of
// such mappings. place turns a line and column of src into a place of the file.
func parseYAML(src []byte, place func(line, col int) Pos) (entries []entry, faults []fault) {
	y := &yamlReader{src: strings.Split(string(src), "\n"), place: place}
	defer func() {
		// The YAML library has panicked on malformed input before; for an
		// author that is a file that cannot be read, not a crash.
		if r := recover(); r != nil {
			entries, faults = nil, []fault{{place(1, 1), "this is not YAML, want one \"key: value\" a line", ""}}
		}
	}()
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return nil, []fault{y.syntax(err)}
	}
	for i, d := range file.Docs {
		if i > 0 {
			y.wrong(d.GetToken(), "a second YAML document, want one", "")
			break
		}
		if d.Body != nil {
			entries = y.mapping(d.Body)
		}
	}
	return entries, y.faults
}

type yamlReader struct {
	src    []string
	place  func(line, col int) Pos
	faults []fault
}

func (y *yamlReader) syntax(err error) fault {
	var at *token.Token
	text := err.Error()
	if e, ok := err.(yaml.Error); ok {
		at, text = e.GetToken(), e.GetMessage()
	}
	return fault{y.pos(at), "this is not YAML: " + strings.ToLower(text), `want one "key: value" a line; put a value that holds ": " or starts with a sign between quotes`}
}

// pos is the place of a token. The library counts columns in characters.
func (y *yamlReader) pos(t *token.Token) Pos {
	if t == nil || t.Position == nil || t.Position.Line < 1 || t.Position.Line > len(y.src) {
		return y.place(1, 1)
	}
	line, col := y.src[t.Position.Line-1], 1
	for i := 1; i < t.Position.Column && col <= len(line); i++ {
		_, n := utf8.DecodeRuneInString(line[col-1:])
		col += n
	}
	return y.place(t.Position.Line, col)
}

func (y *yamlReader) wrong(t *token.Token, text, hint string) {
	y.faults = append(y.faults, fault{y.pos(t), text, hint})
}

func (y *yamlReader) mapping(n ast.Node) (entries []entry) {
	m, ok := n.(ast.MapNode)
	if !ok {
		y.wrong(n.GetToken(), fmt.Sprintf("%s is not a key with a value, want \"key: value\"", quote(n.String())), "")
		return nil
	}
	seen := map[string]bool{}
	for i := m.MapRange(); i.Next(); {
		kv := i.KeyValue()
		key := kv.Key.GetToken()
		e := entry{key: key.Value, at: y.pos(key)}
		if seen[e.key] {
			y.wrong(key, fmt.Sprintf("%q is given twice", e.key), "")
		}
		seen[e.key] = true
		y.value(&e, kv.Value)
		entries = append(entries, e)
	}
	return entries
}

func (y *yamlReader) value(e *entry, n ast.Node) {
	switch n := n.(type) {
	case *ast.SequenceNode:
		for _, v := range n.Values {
			if _, ok := v.(ast.MapNode); ok {
				e.maps = append(e.maps, y.mapping(v))
			} else if s, ok := y.scalar(v); ok {
				e.values = append(e.values, s)
			}
		}
	default:
		if s, ok := y.scalar(n); ok {
			e.values = []scalar{s}
		}
	}
}

// scalar reads a plain value as it is written: 007 stays 007.
func (y *yamlReader) scalar(n ast.Node) (scalar, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return scalar{strings.TrimSpace(n.Value), y.pos(n.GetToken())}, true
	case *ast.LiteralNode:
		return scalar{strings.TrimSpace(n.Value.Value), y.pos(n.Start)}, true
	case *ast.NullNode:
		return scalar{"", y.pos(n.GetToken())}, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return scalar{n.GetToken().Value, y.pos(n.GetToken())}, true
	}
	y.wrong(n.GetToken(), "a plain value is wanted here", "")
	return scalar{}, false
}
