package yamlfile

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"mappa/internal/diag"
)

// value reads a node into v.
func (r *reader) value(n ast.Node, v reflect.Value) {
	w, plain := r.scalar(n)
	seq, isList := n.(*ast.SequenceNode)
	m, isMap := n.(ast.MapNode)
	_, isNull := n.(*ast.NullNode)
	text, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	word, isWord := v.Addr().Interface().(*Word)
	switch kind := v.Kind(); {
	case isWord && plain:
		*word = w
	case isNull:
	case kind == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(n, v.Elem())
	case isText && plain:
		if err := text.UnmarshalText([]byte(w.Text)); err != nil {
			r.add(w.Place, err.Error(), "")
		}
	case isText || isWord:
		r.odd(n, "text")
	case kind == reflect.Slice && isList:
		v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
		for i, item := range seq.Values {
			r.value(item, v.Index(i))
		}
	case kind == reflect.Map && isMap:
		v.Set(reflect.MakeMap(v.Type()))
		for p := range r.pairs(m, map[string]bool{}) {
			of := reflect.New(v.Type().Elem()).Elem()
			r.value(p.value, of)
			key := reflect.ValueOf(p.key.Text)
			if v.Type().Key() == reflect.TypeFor[Word]() {
				key = reflect.ValueOf(p.key)
			}
			v.SetMapIndex(key, of)
		}
	case kind == reflect.Struct && isMap:
		r.mapping(m, v)
	case !plain || !set(v, w.Text):
		r.odd(n, wanted(v.Type()))
	}
}

// set takes a scalar into v and reports whether it is one that v can hold.
func set(v reflect.Value, s string) (ok bool) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
		return true
	case reflect.Bool:
		v.SetBool(s == "true")
		return s == "true" || s == "false"
	case reflect.Int:
		n, err := strconv.Atoi(s)
		v.SetInt(int64(n))
		return err == nil && strings.Trim(s, "0123456789") == ""
	case reflect.Float64:
		f, err := strconv.ParseFloat(s, 64)
		v.SetFloat(f)
		return err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
	}
	return false
}

// wanted is what v takes, as whoever keeps the file calls it.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "keys with values"
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a number in digits only"
	case reflect.Float64:
		return "a number"
	}
	return "text"
}

// mapping reads a mapping into the struct v.
func (r *reader) mapping(m ast.MapNode, v reflect.Value) {
	at := r.mapPlace(m)
	f := fieldsOf(v.Type())
	if f.place != nil {
		v.FieldByIndex(f.place).Set(reflect.ValueOf(at))
	}
	seen, meant := map[string]bool{}, map[string]bool{}
	for p := range r.pairs(m, seen) {
		index, ok := f.index[p.key.Text]
		switch {
		case ok && f.required[p.key.Text] && empty(p.value):
			r.add(p.key.Place, fmt.Sprintf("the key %q is empty", p.key.Text), "")
		case ok:
			r.value(p.value, v.FieldByIndex(index))
		case !f.open:
			meant[diag.Nearest(p.key.Text, f.names)] = true
			r.add(p.key.Place, fmt.Sprintf("the key %q is not known here", p.key.Text), diag.DidYouMean(p.key.Text, f.names))
		}
	}
	for _, name := range f.names {
		if f.required[name] && !seen[name] && !meant[name] {
			r.add(at, fmt.Sprintf("the key %q is missing", name), "")
		}
	}
}

// empty reports whether a value says nothing.
func empty(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.NullNode:
		return true
	case *ast.StringNode:
		return strings.TrimSpace(n.Value) == ""
	case *ast.SequenceNode:
		return len(n.Values) == 0
	case *ast.MappingNode:
		return len(n.Values) == 0
	}
	return false
}

// fields are the keys that a struct takes.
type fields struct {
	names    []string // in order
	index    map[string][]int
	required map[string]bool
	place    []int // of the field of type Place
	open     bool  // other keys are let through
}

func fieldsOf(t reflect.Type) fields {
	f := fields{index: map[string][]int{}, required: map[string]bool{}}
	for _, field := range reflect.VisibleFields(t) {
		name, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case field.Type == reflect.TypeFor[Place]():
			f.place = field.Index
		case name == "*":
			f.open = true
		case name != "":
			f.names = append(f.names, name)
			f.index[name], f.required[name] = field.Index, option == "required"
		}
	}
	return f
}
