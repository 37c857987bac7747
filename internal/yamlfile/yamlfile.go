// Package yamlfile reads the YAML files that people edit by hand (manifests,
// codebooks, lists of indicators, front matter) into structs, and says where a
// key is not known: every unknown or doubled key and every value of the wrong
// kind is a problem with line, column and a "did you mean", all in one run.
package yamlfile

import (
	"encoding"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mappa/internal/diag"
)

// Read reads the named file into v, a pointer to a struct with yaml tags, and
// reports whether v can be used.
func Read(fsys fs.FS, name string, v any, list *diag.List) bool {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "")
		return false
	}
	return Decode(raw, name, 0, v, list)
}

// Decode is [Read] for bytes at hand; line is how many lines of the file come
// before them (front matter).
func Decode(raw []byte, name string, line int, v any, list *diag.List) bool {
	d := decoder{file: name, line: line, list: list, before: list.Len()}
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		d.syntax(err)
		return false
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			d.walk(doc.Body, reflect.TypeOf(v).Elem())
		}
	}
	if list.Len() > d.before {
		return false
	}
	if err := yaml.Unmarshal(raw, v); err != nil {
		d.syntax(err)
		return false
	}
	return true
}

type decoder struct {
	file   string
	line   int
	list   *diag.List
	before int
}

// syntax reports what the YAML library refuses, at its place.
func (d decoder) syntax(err error) {
	p := diag.Problem{File: d.file, Text: "this is not YAML: " + err.Error(), Hint: "look at indentation, colons and quotes"}
	var located yaml.Error
	if errors.As(err, &located) {
		p.Text = "this is not as wanted: " + strings.ToLower(located.GetMessage())
		p.Hint = ""
		if t := located.GetToken(); t != nil {
			p.Line, p.Col = t.Position.Line+d.line, t.Position.Column
		}
	}
	d.list.Add(p)
}

func (d decoder) add(t *token.Token, text, hint string) {
	d.list.Add(diag.Problem{File: d.file, Line: t.Position.Line + d.line, Col: t.Position.Column, Text: text, Hint: hint})
}

var (
	byText = reflect.TypeFor[encoding.TextUnmarshaler]()
	byYAML = reflect.TypeFor[yaml.BytesUnmarshaler]()
	byAny  = reflect.TypeFor[yaml.InterfaceUnmarshaler]()
)

// walk holds a node against the type it will be decoded into.
func (d decoder) walk(n ast.Node, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if p := reflect.PointerTo(t); p.Implements(byText) || p.Implements(byYAML) || p.Implements(byAny) {
		return
	}
	switch n := n.(type) {
	case *ast.AnchorNode:
		d.walk(n.Value, t)
	case *ast.TagNode:
		d.walk(n.Value, t)
	case *ast.MappingNode:
		d.mapping(n.Values, t, n.GetToken())
	case *ast.MappingValueNode:
		d.mapping([]*ast.MappingValueNode{n}, t, n.GetToken())
	case *ast.SequenceNode:
		if t.Kind() != reflect.Slice {
			d.add(n.GetToken(), "a list stands here, want "+kind(t), "")
			return
		}
		for _, v := range n.Values {
			d.walk(v, t.Elem())
		}
	case *ast.NullNode, *ast.AliasNode:
	default:
		if k := t.Kind(); k == reflect.Struct || k == reflect.Map || k == reflect.Slice {
			d.add(n.GetToken(), fmt.Sprintf("%q stands here, want %s", n.GetToken().Value, kind(t)), "")
		}
	}
}

func (d decoder) mapping(values []*ast.MappingValueNode, t reflect.Type, at *token.Token) {
	switch t.Kind() {
	case reflect.Interface:
		return
	case reflect.Map:
		for _, v := range values {
			d.walk(v.Value, t.Elem())
		}
		return
	case reflect.Struct:
	default:
		d.add(at, "keys stand here, want "+kind(t), "")
		return
	}
	fields, names := fieldsOf(t)
	seen := map[string]bool{}
	for _, v := range values {
		key := v.Key.GetToken().Value
		f, ok := fields[key]
		switch {
		case !ok:
			d.add(v.Key.GetToken(), fmt.Sprintf("the key %q is not known here", key), diag.DidYouMean(key, names))
			continue
		case seen[key]:
			d.add(v.Key.GetToken(), fmt.Sprintf("the key %q stands twice", key), "delete one of them")
		}
		seen[key] = true
		d.walk(v.Value, f)
	}
}

// fieldsOf lists the keys a struct takes, embedded structs included, in order.
func fieldsOf(t reflect.Type) (map[string]reflect.Type, []string) {
	fields, names := map[string]reflect.Type{}, []string(nil)
	for f := range t.Fields() {
		tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case f.Anonymous && tag == "":
			inner, n := fieldsOf(f.Type)
			for k, v := range inner {
				fields[k] = v
			}
			names = append(names, n...)
		case tag != "" && tag != "-":
			fields[tag] = f.Type
			names = append(names, tag)
		}
	}
	return fields, names
}

func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "keys with values"
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "a number"
	}
	return "text"
}
