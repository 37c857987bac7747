package survey

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// word is a scalar of a YAML file that remembers where it stood. The zero word
// is a key that is not there.
type word struct {
	text      string
	line, col int
	odd       string // what stood there instead of a scalar
}

// UnmarshalYAML takes the scalar from the tree.
func (w *word) UnmarshalYAML(n ast.Node) error {
	p := n.GetToken().Position
	w.line, w.col = p.Line, p.Column
	switch n := n.(type) {
	case *ast.NullNode:
		*w = word{}
	case *ast.LiteralNode:
		w.text = n.Value.Value
	case *ast.StringNode:
		w.text = n.Value
	case ast.ScalarNode:
		w.text = n.GetToken().Value
	case *ast.SequenceNode:
		w.odd = "a list"
	default:
		w.odd = "something else"
	}
	return nil
}

// UnmarshalText is never called; it tells yamlfile that a word is a scalar.
func (w *word) UnmarshalText(b []byte) error {
	w.text = string(b)
	return nil
}

// reader turns words into values and says what is wrong with them.
type reader struct {
	file string
	list *diag.List
}

func (r reader) at(w word, text, hint string) {
	r.list.Add(diag.Problem{File: r.file, Line: w.line, Col: w.col, Text: text, Hint: hint})
}

// missing reports a key that owner lacks.
func (r reader) missing(owner word, what, key, hint string) {
	r.at(owner, fmt.Sprintf("%s has no key %q", what, key), hint)
}

// text is a scalar as text; an odd node is a problem.
func (r reader) text(w word) string {
	if w.odd != "" {
		r.at(w, w.odd+" stands here, want text", "")
	}
	return w.text
}

// need is text that must be there.
func (r reader) need(w, owner word, what, key string) string {
	if s := r.text(w); s != "" || w.odd != "" {
		return s
	}
	if w.line > 0 {
		owner = w
	}
	r.missing(owner, what, key, "")
	return ""
}

// flag is true, false or absent.
func (r reader) flag(w word) bool {
	switch r.text(w) {
	case "true":
		return true
	case "", "false":
		return false
	}
	r.at(w, fmt.Sprintf("%q stands here, want true or false", w.text), "")
	return false
}

// number is a whole number that is not negative.
func (r reader) number(w, owner word, what, key string) int {
	s := r.need(w, owner, what, key)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		r.at(w, fmt.Sprintf("%q is not a number, want digits only", s), "")
	}
	return n
}

// date is a day, or 0 where there is none.
func (r reader) date(w word) atlas.Date {
	s := r.text(w)
	if s == "" {
		return 0
	}
	d, err := atlas.ParseDate(s)
	if err != nil {
		r.at(w, err.Error(), "")
	}
	return d
}

// oneOf is the value among the allowed ones that w spells.
func oneOf[T ~string](r reader, w, owner word, what, key string, allowed ...T) T {
	s := r.need(w, owner, what, key)
	if s == "" {
		return ""
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		if s == string(a) {
			return a
		}
		names[i] = string(a)
	}
	r.at(w, fmt.Sprintf("%q is not a value of %q", s, key), diag.DidYouMean(s, names))
	return ""
}
