// Package yamlfile reads the YAML that people edit by hand (manifests,
// codebooks, lists of indicators, front matter, figure blocks, files of strings)
// and is the only way to do so: [Decode] into structs, [Entries] where the keys
// depend on where they stand, [Leaves] where they are paths. A [Word] remembers its place, a [Check] says what is wrong with it.
//
// Every fault is a problem with line and column, all in one run: a key that is
// not known (with a "did you mean"), doubled, missing or empty, and a value of
// the wrong kind. Scalars are taken as they are written (007 stays 007); anchors,
// aliases and tags are not understood, a file is one document.
package yamlfile

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mappa/internal/diag"
)

// Read reads the named file into v as [Decode] does.
func Read(fsys fs.FS, name string, v any, list *diag.List) bool {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "put it back")
		return false
	}
	return Decode(raw, name, v, list)
}

// Decode reads raw into v, a pointer, and reports whether v can be used; name is
// for messages. What could be read is in v in any case.
//
// The tag yaml:"key" takes a key, yaml:"key,required" one that must be there and
// not empty, yaml:"*" lets all other keys through. The keys of an embedded struct
// are the struct's own. A field of type [Place] takes the mapping's place. Values
// are [Word], encoding.TextUnmarshaler, string, bool, int (digits only), float64,
// and slices of, maps from text or [Word] to, pointers to and structs of these.
func Decode(raw []byte, name string, v any, list *diag.List) bool {
	r := reader{file: name, src: strings.Split(string(raw), "\n"), list: list}
	if body := r.parse(raw); body != nil {
		r.value(body, reflect.ValueOf(v).Elem())
	} else if r.faults == 0 {
		r.add(Place{}, "the file is empty", "")
	}
	return r.faults == 0
}

// Entry is a key of a mapping that is not held against a struct: with plain
// values, trimmed, or with a list of mappings.
type Entry struct {
	Key    Word
	Values []Word
	Maps   [][]Entry
}

// Entries reads a mapping of keys to plain values, lists of them, or lists of
// such mappings, in the order of the file; none is no fault. Of the file, so many
// lines come before raw (front matter, a block in a text).
func Entries(raw []byte, name string, before int, list *diag.List) []Entry {
	r := reader{file: name, src: strings.Split(string(raw), "\n"), before: before, list: list}
	if body := r.parse(raw); body != nil {
		return r.entries(body)
	}
	return nil
}

// Leaf is a text and the path of keys that leads to it: comune.titolo.
type Leaf struct {
	Key string
	Word
	Inside Place // of its first character, behind a quote; of a block, as of the Word
}

// Leaves reads texts under keys that are nested as deep as helps, in the order of
// the file. ok is false where there was something wrong; the other texts are read.
func Leaves(raw []byte, name string, list *diag.List) (out []Leaf, ok bool) {
	r := reader{file: name, src: strings.Split(string(raw), "\n"), list: list}
	if body := r.parse(raw); body != nil {
		out = r.leaves("", body)
	}
	return out, r.faults == 0
}

func (r *reader) leaves(path string, n ast.Node) (out []Leaf) {
	m, isMap := n.(ast.MapNode)
	if !isMap {
		w, ok := r.scalar(n)
		if _, isNull := n.(*ast.NullNode); isNull && path != "" {
			r.add(w.Place, fmt.Sprintf("the key %q is empty, want text", path), "a text that begins with a brace stands between quotes")
			return nil
		}
		if !ok || path == "" {
			r.odd(n, "text under keys")
			return nil
		}
		l := Leaf{Key: path, Word: w, Inside: w.Place}
		if t := n.GetToken().Type; t == token.DoubleQuoteType || t == token.SingleQuoteType {
			l.Inside.Col++
		}
		return []Leaf{l}
	}
	for kv := range r.pairs(m, map[string]bool{}) {
		key := kv.key.Text
		if path != "" {
			key = path + "." + key
		}
		out = append(out, r.leaves(key, kv.value)...)
	}
	return out
}

// reader reads one file and counts its faults: others may write to the list too.
type reader struct {
	file   string
	src    []string
	before int // lines of the file before src
	list   *diag.List
	faults int
}

func (r *reader) add(at Place, text, hint string) {
	r.faults++
	r.list.Add(at.Problem(r.file, text, hint))
}

// hintYAML helps with what is not YAML.
const hintYAML = `want one "key: value" a line; put a value that holds ": " or starts with a sign between quotes`

// parse returns the document, nil when there is none.
func (r *reader) parse(raw []byte) (body ast.Node) {
	defer func() {
		// The YAML library has panicked on malformed input before; for whoever
		// keeps the file that is a file that cannot be read, not a crash.
		if recover() != nil {
			body = nil
			r.add(r.place(nil), "this is not YAML", hintYAML)
		}
	}()
	if !utf8.Valid(raw) {
		r.add(Place{}, "the file is not UTF-8", "save it as UTF-8")
		return nil
	}
	file, err := parser.ParseBytes(raw, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at, text := r.place(nil), err.Error()
		if e, ok := errors.AsType[yaml.Error](err); ok {
			at, text = r.place(e.GetToken()), e.GetMessage()
		}
		r.add(at, "this is not YAML: "+strings.ToLower(text), hintYAML)
		return nil
	}
	for i, doc := range file.Docs {
		if i > 0 {
			r.add(r.place(doc.Start), "a second YAML document begins here, want one", "")
			break
		}
		body = doc.Body
	}
	return body
}

// place is where a token stands, nil at the beginning. The library counts columns in characters.
func (r *reader) place(t *token.Token) Place {
	if t == nil || t.Position == nil || t.Position.Line < 1 || t.Position.Line > len(r.src) {
		return Place{r.before + 1, 1}
	}
	line, col := r.src[t.Position.Line-1], 1
	for i := 1; i < t.Position.Column && col <= len(line); i++ {
		_, n := utf8.DecodeRuneInString(line[col-1:])
		col += n
	}
	return Place{r.before + t.Position.Line, col}
}

// scalar is a plain value, "" for null; ok is false for all other nodes.
func (r *reader) scalar(n ast.Node) (w Word, ok bool) {
	switch n := n.(type) {
	case *ast.NullNode:
		return Word{"", r.place(n.GetToken())}, true
	case *ast.StringNode:
		return Word{n.Value, r.place(n.GetToken())}, true
	case *ast.LiteralNode:
		return Word{n.Value.Value, r.place(n.Start)}, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return Word{n.GetToken().Value, r.place(n.GetToken())}, true
	}
	return Word{}, false
}

// odd reports a node that is not what is wanted.
func (r *reader) odd(n ast.Node, want string) {
	at, what := r.place(n.GetToken()), ""
	switch n := n.(type) {
	case ast.MapNode:
		at, what = r.mapPlace(n), "keys stand here"
	case *ast.SequenceNode:
		what = "a list stands here"
	default:
		w, ok := r.scalar(n)
		if !ok {
			r.add(at, "anchors, aliases and tags are not understood here", "write the value out")
			return
		}
		at, what = w.Place, fmt.Sprintf("%q stands here", w.Text)
	}
	r.add(at, what+", want "+want, "")
}

// mapPlace is where a mapping's first key stands.
func (r *reader) mapPlace(n ast.MapNode) Place {
	if m := n.MapRange(); m.Next() {
		return r.place(m.Key().GetToken())
	}
	return r.place(n.(ast.Node).GetToken())
}

func (r *reader) entries(n ast.Node) (out []Entry) {
	m, ok := n.(ast.MapNode)
	if !ok {
		r.odd(n, `"key: value"`)
		return nil
	}
	seen := map[string]bool{}
	for kv := range r.pairs(m, seen) {
		e := Entry{Key: kv.key}
		values := []ast.Node{kv.value}
		list, isList := kv.value.(*ast.SequenceNode)
		if isList {
			values = list.Values
		}
		for _, v := range values {
			w, plain := r.scalar(v)
			_, isMap := v.(ast.MapNode)
			switch {
			case plain:
				w.Text = strings.TrimSpace(w.Text)
				e.Values = append(e.Values, w)
			case isMap && isList:
				e.Maps = append(e.Maps, r.entries(v))
			default:
				r.odd(v, "text")
			}
		}
		out = append(out, e)
	}
	return out
}

// pair is a key and its value.
type pair struct {
	key   Word
	value ast.Node
}

// pairs goes through a mapping, fills in which keys were seen, and reports those
// that stand twice.
func (r *reader) pairs(m ast.MapNode, seen map[string]bool) iter.Seq[pair] {
	return func(yield func(pair) bool) {
		for i := m.MapRange(); i.Next(); {
			t := i.Key().GetToken()
			key := Word{t.Value, r.place(t)}
			if seen[key.Text] {
				r.add(key.Place, fmt.Sprintf("the key %q stands twice", key.Text), "delete one of them")
			}
			seen[key.Text] = true
			if !yield(pair{key, i.Value()}) {
				return
			}
		}
	}
}
