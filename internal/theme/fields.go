package theme

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// chain is the type of .A.B.C on t; the arguments are of the last name.
func (c *checker) chain(s *scope, n parse.Node, t reflect.Type, names []string, args []reflect.Type) reflect.Type {
	for i, name := range names {
		if t == nil {
			return nil
		}
		var given []reflect.Type
		if i == len(names)-1 {
			given = args
		}
		t = c.field(s, n, t, name, given)
	}
	if len(names) == 0 && len(args) > 0 {
		c.fault(s, n, "a value takes no arguments")
	}
	return t
}

// field is the type of one field, method or map entry of t.
func (c *checker) field(s *scope, n parse.Node, t reflect.Type, name string, args []reflect.Type) reflect.Type {
	if m, ok := method(t, name); ok {
		return c.result(s, n, "method "+name, m, args)
	}
	base := t
	if base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch base.Kind() {
	case reflect.Struct:
		if f, ok := base.FieldByName(name); ok && f.IsExported() {
			if len(args) > 0 {
				c.fault(s, n, fmt.Sprintf("%s.%s is a field and takes no arguments", base, name))
			}
			return f.Type
		}
		c.fault(s, n, fmt.Sprintf("%s has no field or method %s", base, name), append([]string{name}, members(t)...)...)
	case reflect.Map:
		return base.Elem()
	case reflect.Interface:
		c.fault(s, n, fmt.Sprintf("%s is behind an interface and cannot be checked, want a type", name))
	default:
		c.fault(s, n, fmt.Sprintf("%s has no field or method %s", t, name))
	}
	return nil
}

// method is the method of t, or of a pointer to it: html/template takes the
// address of what it can, and pages are given by pointer. The receiver is left
// out of the type.
func method(t reflect.Type, name string) (reflect.Type, bool) {
	if t.Kind() == reflect.Interface {
		m, ok := t.MethodByName(name)
		return m.Type, ok
	}
	m, ok := t.MethodByName(name)
	if !ok && t.Kind() != reflect.Pointer {
		m, ok = reflect.PointerTo(t).MethodByName(name)
	}
	if !ok {
		return nil, false
	}
	in := make([]reflect.Type, 0, m.Type.NumIn())
	for i := 1; i < m.Type.NumIn(); i++ {
		in = append(in, m.Type.In(i))
	}
	out := make([]reflect.Type, 0, m.Type.NumOut())
	for i := range m.Type.NumOut() {
		out = append(out, m.Type.Out(i))
	}
	return reflect.FuncOf(in, out, m.Type.IsVariadic()), true
}

// result is the type of calling f, once the arguments were held against it.
func (c *checker) result(s *scope, n parse.Node, what string, f reflect.Type, args []reflect.Type) reflect.Type {
	want := f.NumIn()
	if f.IsVariadic() {
		want--
	}
	if len(args) < want || len(args) > want && !f.IsVariadic() {
		c.fault(s, n, fmt.Sprintf("%s takes %d arguments, not %d", what, want, len(args)))
	} else {
		for i, a := range args {
			in := f.In(min(i, f.NumIn()-1))
			if f.IsVariadic() && i >= want {
				in = in.Elem()
			}
			if a != nil && !fits(a, in) {
				c.fault(s, n, fmt.Sprintf("argument %d of %s is a %s, want %s", i+1, what, a, in))
			}
		}
	}
	if f.NumOut() == 0 {
		c.fault(s, n, what+" returns nothing to print")
		return nil
	}
	return f.Out(0)
}

// fits reports whether html/template can pass a value of type a for in: as Go
// does, through one pointer, and a constant for any number.
func fits(a, in reflect.Type) bool {
	return a.AssignableTo(in) || a.Kind() == reflect.Pointer && a.Elem().AssignableTo(in) ||
		reflect.PointerTo(a).AssignableTo(in) || a.Kind() == reflect.Int && in.Kind() >= reflect.Int && in.Kind() <= reflect.Float64
}

// members names what a template can ask of t, for hints.
func members(t reflect.Type) []string {
	var out []string
	ptr := t
	if t.Kind() != reflect.Pointer {
		ptr = reflect.PointerTo(t)
	}
	for i := range ptr.NumMethod() {
		out = append(out, ptr.Method(i).Name)
	}
	for _, f := range reflect.VisibleFields(ptr.Elem()) {
		if f.IsExported() {
			out = append(out, f.Name)
		}
	}
	return out
}

// function is the type of a call of a template function.
func (c *checker) function(s *scope, n *parse.IdentifierNode, args []reflect.Type) reflect.Type {
	if f, ok := (fill{}).funcs()[n.Ident]; ok {
		return c.result(s, n, n.Ident, reflect.TypeOf(f), args)
	}
	switch n.Ident {
	case "and", "or":
		for _, a := range args[1:] {
			if a != args[0] {
				return nil
			}
		}
		return args[0]
	case "not", "eq", "ne", "lt", "le", "gt", "ge":
		return reflect.TypeFor[bool]()
	case "len":
		return reflect.TypeFor[int]()
	case "index":
		return c.indexed(s, n, args)
	case "slice":
		if len(args) > 0 {
			return args[0]
		}
		return nil
	case "call":
		c.fault(s, n, "call cannot be checked, want a method")
		return nil
	}
	return reflect.TypeFor[string]() // print, printf, println, html, js, urlquery
}

// indexed is the type of index x i j.
func (c *checker) indexed(s *scope, n parse.Node, args []reflect.Type) reflect.Type {
	if len(args) == 0 {
		return nil
	}
	t := args[0]
	for range args[1:] {
		if t == nil {
			return nil
		}
		switch t.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
		case reflect.String:
			t = reflect.TypeFor[byte]()
		default:
			c.fault(s, n, fmt.Sprintf("a %s cannot be indexed", t))
			return nil
		}
	}
	return t
}
