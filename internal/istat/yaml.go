package istat

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"mappa/internal/diag"
)

// node is a value of a YAML file and where it stands.
type node struct {
	kind      nodeKind
	text      string           // of a scalar
	fields    map[string]*node // of a mapping
	keys      []string         // of a mapping, in file order
	keyAt     map[string][2]int
	items     []*node // of a sequence
	line, col int
}

type nodeKind uint8

const (
	scalar nodeKind = iota
	mapping
	sequence
)

// String is the kind as the one who keeps the file calls it.
func (k nodeKind) String() string {
	return [...]string{"a plain value", "keys with values", "a list"}[k]
}

// yamlFile reads a YAML file as a tree of nodes; nil when it cannot be read.
func yamlFile(fsys fs.FS, name string, list *diag.List) *node {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "put it back")
		return nil
	}
	return parseYAML(raw, name, list)
}

func parseYAML(raw []byte, name string, list *diag.List) *node {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		p := diag.Problem{File: name, Text: "the file is not YAML", Hint: "look at indents, colons and quotes"}
		var e yaml.Error
		if errors.As(err, &e) {
			p.Text += ": " + e.GetMessage()
			if tk := e.GetToken(); tk != nil && tk.Position != nil {
				p.Line, p.Col = tk.Position.Line, tk.Position.Column
			}
		}
		list.Add(p)
		return nil
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			w := yamlWalk{name, list}
			return w.node(doc.Body)
		}
	}
	list.File(name, "the file is empty", "")
	return nil
}

type yamlWalk struct {
	file string
	list *diag.List
}

// node converts what the manifest may hold: scalars, mappings, sequences.
func (w yamlWalk) node(n ast.Node) *node {
	out := &node{}
	if tk := n.GetToken(); tk != nil && tk.Position != nil {
		out.line, out.col = tk.Position.Line, tk.Position.Column
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		w.mapping(out, n.Values)
	case *ast.MappingValueNode:
		w.mapping(out, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		out.kind = sequence
		for _, v := range n.Values {
			out.items = append(out.items, w.node(v))
		}
	case *ast.NullNode:
	case *ast.StringNode:
		out.text = n.Value
	case *ast.LiteralNode:
		out.text = n.Value.Value
	case ast.ScalarNode:
		out.text = n.GetToken().Value
	default:
		w.list.Add(diag.Problem{File: w.file, Line: out.line, Col: out.col, Text: "anchors, aliases and tags are not understood here", Hint: "write the value out"})
	}
	return out
}

func (w yamlWalk) mapping(out *node, values []*ast.MappingValueNode) {
	out.kind, out.fields, out.keyAt = mapping, map[string]*node{}, map[string][2]int{}
	for _, v := range values {
		key := w.node(v.Key)
		if first, twice := out.keyAt[key.text]; twice {
			w.list.Add(diag.Problem{File: w.file, Line: key.line, Col: key.col, Text: fmt.Sprintf("the key %q stands twice, first on line %d", key.text, first[0])})
			continue
		}
		out.keyAt[key.text] = [2]int{key.line, key.col}
		out.keys = append(out.keys, key.text)
		value := &node{line: key.line, col: key.col}
		if v.Value != nil {
			value = w.node(v.Value)
		}
		out.fields[key.text] = value
	}
	if len(out.keys) > 0 {
		at := out.keyAt[out.keys[0]]
		out.line, out.col = at[0], at[1]
	}
}

// shape says what keys a mapping must and may have.
type shape struct{ want, may []string }

// check reports what of the mapping n is missing or unknown; nil is no mapping
// and has been reported.
func (s shape) check(n *node, file string, list *diag.List) bool {
	if n == nil {
		return false
	}
	if n.kind != mapping {
		list.Add(diag.Problem{File: file, Line: n.line, Col: n.col, Text: fmt.Sprintf("%s here, want %s", n.kind, mapping), Hint: "known here: " + joined(slices.Concat(s.want, s.may))})
		return false
	}
	ok := true
	known := slices.Concat(s.want, s.may)
	for _, k := range n.keys {
		if !slices.Contains(known, k) {
			at := n.keyAt[k]
			list.Add(diag.Problem{File: file, Line: at[0], Col: at[1], Text: fmt.Sprintf("the key %q is not known here", k), Hint: diag.DidYouMean(k, known)})
			ok = false
		}
	}
	for _, k := range s.want {
		if n.fields[k] == nil {
			list.Add(diag.Problem{File: file, Line: n.line, Text: fmt.Sprintf("the key %q is missing", k), Hint: diag.DidYouMean(k, n.keys)})
			ok = false
		}
	}
	return ok
}

func joined(words []string) string {
	s := ""
	for i, w := range words {
		if i > 0 {
			s += ", "
		}
		s += w
	}
	return s
}

// at is the text of a scalar field, "" when it is not there.
func (n *node) at(key string) string {
	if n == nil || n.fields[key] == nil {
		return ""
	}
	return n.fields[key].text
}
