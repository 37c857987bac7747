package theme

import (
	"fmt"
	"reflect"
	"strconv"
	"text/template/parse"

	"mappa/internal/diag"
)

// Check reports every field, method, function and template that the templates
// of a kind of page name and the struct they print does not have. It follows
// the parse tree as the templates would run, with the types that range and with
// put in place of the dot, so that a slip in a branch that no test page takes
// is found all the same. What it cannot know (a value behind an interface) it
// reports too: a page has types.
func (t *Theme) Check(kind string, page Page, list *diag.List) {
	if _, ok := t.trees.pages[kind]; !ok {
		list.File("pagine/"+kind+".html", "there is no template for pages of kind "+strconv.Quote(kind), diag.DidYouMean(kind, t.Kinds()))
		return
	}
	by := map[string]named{}
	for _, n := range t.trees.of(kind) {
		by[n.name] = n
	}
	c := checker{theme: t, list: list, by: by, done: map[call]bool{}}
	c.template(baseName, reflect.TypeOf(page), diag.Problem{})
	// the parts that Go asks for by name
	c.template(headName, reflect.TypeFor[Head](), diag.Problem{})
	c.template(footName, reflect.TypeFor[*Frame](), diag.Problem{})
}

// call is a template with the type of its dot.
type call struct {
	name string
	dot  reflect.Type
}

// checker walks the templates. A nil type is that of a value that was reported
// already, or of nil: what is done with it is not reported again.
type checker struct {
	theme *Theme
	list  *diag.List
	by    map[string]named
	done  map[call]bool
}

// scope is where a node stands: its file, its dot and the variables in sight.
type scope struct {
	file string
	dot  reflect.Type
	vars []variable
}

type variable struct {
	name string
	typ  reflect.Type
}

func (c *checker) template(name string, dot reflect.Type, from diag.Problem) {
	n, ok := c.by[name]
	if !ok {
		from.Text, from.Hint = "there is no template "+strconv.Quote(name), diag.DidYouMean(name, c.names())
		c.list.Add(from)
		return
	}
	if c.done[call{name, dot}] {
		return
	}
	c.done[call{name, dot}] = true
	c.nodes(n.tree.Root, &scope{file: n.file, dot: dot, vars: []variable{{"$", dot}}})
}

func (c *checker) names() []string {
	var out []string
	for name := range c.by {
		out = append(out, name)
	}
	return out
}

func (c *checker) nodes(l *parse.ListNode, s *scope) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		c.node(n, s)
	}
}

func (c *checker) node(n parse.Node, s *scope) {
	switch n := n.(type) {
	case *parse.ActionNode:
		c.pipe(n.Pipe, s)
	case *parse.IfNode:
		c.branch(&n.BranchNode, s, func(in *scope, _ reflect.Type) {})
	case *parse.WithNode:
		c.branch(&n.BranchNode, s, func(in *scope, t reflect.Type) { in.dot = t })
	case *parse.RangeNode:
		c.ranged(&n.BranchNode, s)
	case *parse.TemplateNode:
		dot := reflect.TypeFor[struct{}]() // no dot: it has no fields
		if n.Pipe != nil {
			dot = c.pipe(n.Pipe, s)
		}
		c.template(n.Name, dot, c.theme.trees.place(s.file, n.Pos))
	}
}

// branch checks an if or a with: the list in a scope of its own, the else list
// with the dot as it was.
func (c *checker) branch(b *parse.BranchNode, s *scope, enter func(*scope, reflect.Type)) {
	in := *s
	t := c.pipe(b.Pipe, &in)
	outer := in
	enter(&in, t)
	c.nodes(b.List, &in)
	c.nodes(b.ElseList, &outer)
}

func (c *checker) ranged(b *parse.BranchNode, s *scope) {
	in := *s
	t := c.value(b.Pipe, &in)
	key, elem := c.elements(t, b.Pipe, &in)
	switch decl := b.Pipe.Decl; len(decl) {
	case 1:
		in.vars = declare(in.vars, decl[0], elem)
	case 2:
		in.vars = declare(declare(in.vars, decl[0], key), decl[1], elem)
	}
	in.dot = elem
	c.nodes(b.List, &in)
	c.nodes(b.ElseList, s)
}

// elements are the types of key and element of what range goes over.
func (c *checker) elements(t reflect.Type, at parse.Node, s *scope) (key, elem reflect.Type) {
	if t == nil {
		return nil, nil
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return reflect.TypeFor[int](), t.Elem()
	case reflect.Map:
		return t.Key(), t.Elem()
	case reflect.Int:
		return t, t
	}
	c.fault(s, at, fmt.Sprintf("range goes over a %s, want a slice", t))
	return nil, nil
}

// pipe checks a pipeline and declares or assigns its variables.
func (c *checker) pipe(p *parse.PipeNode, s *scope) reflect.Type {
	t := c.value(p, s)
	for _, v := range p.Decl {
		if !p.IsAssign {
			s.vars = declare(s.vars, v, t)
		}
	}
	return t
}

func declare(vars []variable, v *parse.VariableNode, t reflect.Type) []variable {
	return append(vars[:len(vars):len(vars)], variable{v.Ident[0], t})
}

// value is the type of a pipeline: each command is given the one before it as
// its last argument.
func (c *checker) value(p *parse.PipeNode, s *scope) reflect.Type {
	var t reflect.Type
	for i, cmd := range p.Cmds {
		t = c.command(cmd, s, t, i > 0)
	}
	return t
}

func (c *checker) command(cmd *parse.CommandNode, s *scope, final reflect.Type, piped bool) reflect.Type {
	args := make([]reflect.Type, 0, len(cmd.Args))
	for _, a := range cmd.Args[1:] {
		args = append(args, c.operand(a, s))
	}
	if piped {
		args = append(args, final)
	}
	switch n := cmd.Args[0].(type) {
	case *parse.FieldNode:
		return c.chain(s, n, s.dot, n.Ident, args)
	case *parse.VariableNode:
		return c.chain(s, n, c.variable(n, s), n.Ident[1:], args)
	case *parse.ChainNode:
		return c.chain(s, n, c.operand(n.Node, s), n.Field, args)
	case *parse.IdentifierNode:
		return c.function(s, n, args)
	default:
		if len(args) > 0 {
			c.fault(s, n, "a value takes no arguments")
		}
		return c.operand(n, s)
	}
}

// operand is the type of a value that is not called with arguments.
func (c *checker) operand(n parse.Node, s *scope) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return c.chain(s, n, s.dot, n.Ident, nil)
	case *parse.VariableNode:
		return c.chain(s, n, c.variable(n, s), n.Ident[1:], nil)
	case *parse.ChainNode:
		return c.chain(s, n, c.operand(n.Node, s), n.Field, nil)
	case *parse.PipeNode:
		return c.value(n, s)
	case *parse.IdentifierNode:
		return c.function(s, n, nil)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.NumberNode:
		if n.IsInt {
			return reflect.TypeFor[int]()
		}
		return reflect.TypeFor[float64]()
	}
	return nil
}

func (c *checker) variable(n *parse.VariableNode, s *scope) reflect.Type {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == n.Ident[0] {
			return s.vars[i].typ
		}
	}
	return nil // the parser refuses a variable that is not declared
}

func (c *checker) fault(s *scope, n parse.Node, text string, candidates ...string) {
	p := c.theme.trees.place(s.file, n.Position())
	p.Text = text
	if len(candidates) > 1 {
		p.Hint = diag.DidYouMean(candidates[0], candidates[1:])
	}
	c.list.Add(p)
}
