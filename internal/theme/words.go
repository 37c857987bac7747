package theme

import (
	"maps"
	"slices"
	"strconv"
	"text/template/parse"

	"mappa/internal/diag"
)

// checkWords reports every message, asset, icon and template that a template
// asks for and that is not there, and every value that a message does not take.
func (t *Theme) checkWords(known knowledge, list *diag.List) {
	for _, kind := range append([]string{shared}, t.Kinds()...) {
		c := wordCheck{t: t, list: list, known: known, names: map[string]bool{}}
		all := t.trees.of(kind)
		for _, n := range all {
			c.names[n.name] = true
		}
		for _, n := range all {
			c.file = n.file
			eachCall(n.tree.Root, c.call)
		}
	}
}

// Messages lists the keys of the messages that the templates use, sorted.
func (t *Theme) Messages() []string {
	used := map[string]bool{}
	for _, n := range slices.Concat(append([][]named{t.trees.common}, slices.Collect(maps.Values(t.trees.pages))...)...) {
		eachCall(n.tree.Root, func(name string, at parse.Node) {
			cmd, ok := at.(*parse.CommandNode)
			if !ok || name != "t" && name != "th" {
				return
			}
			if key, ok := constantAt(cmd, 1); ok {
				used[key] = true
			}
		})
	}
	return slices.Sorted(maps.Keys(used))
}

type wordCheck struct {
	t    *Theme
	list *diag.List
	file string

	known knowledge
	names map[string]bool // of the templates there are
}

func (c wordCheck) call(name string, n parse.Node) {
	cmd, ok := n.(*parse.CommandNode)
	if !ok {
		if !c.names[name] && c.known.templates {
			c.fault(n, "there is no template "+strconv.Quote(name), diag.DidYouMean(name, slices.Sorted(maps.Keys(c.names))))
		}
		return
	}
	switch name {
	case "t", "th":
		c.message(cmd)
	case "asset":
		if want, ok := constantAt(cmd, 1); ok {
			if _, err := c.t.assets.address(want); err != nil && c.known.assets {
				c.fault(cmd, err.Error(), diag.DidYouMean(want, c.t.assets.names()))
			}
		}
	case "icona":
		if want, ok := constantAt(cmd, 1); ok {
			if _, err := c.t.assets.icon(want); err != nil && c.known.assets {
				c.fault(cmd, err.Error(), diag.DidYouMean(want, slices.Sorted(maps.Keys(c.t.assets.icons))))
			}
		}
	}
}

func (c wordCheck) message(cmd *parse.CommandNode) {
	key, ok := constantAt(cmd, 1)
	if !ok {
		c.fault(cmd, "the key of a message is not written out, want a word between quotes", "choose the message in Go")
		return
	}
	wants, ok := c.t.wants(key)
	if !ok && !c.known.words || c.t.broken(key) {
		return
	}
	if !ok {
		c.fault(cmd, "there is no message "+strconv.Quote(key), diag.DidYouMean(key, c.t.keys()))
		return
	}
	given := map[string]bool{}
	for i := 2; i < len(cmd.Args); i += 2 {
		name, ok := constantAt(cmd, i)
		switch {
		case !ok:
			c.fault(cmd, "the name of a value is not written out, want a word between quotes", "")
		case i+1 >= len(cmd.Args):
			c.fault(cmd, "value {"+name+"} is not given", "want name and value in turn")
		case !slices.Contains(wants, name):
			c.fault(cmd, "message "+strconv.Quote(key)+" takes no value {"+name+"}", diag.DidYouMean(name, wants))
		}
		given[name] = true
	}
	for _, name := range wants {
		if !given[name] {
			c.fault(cmd, "message "+strconv.Quote(key)+" wants a value {"+name+"}", "")
		}
	}
}

// wants names the values that a message takes in any language, and reports
// whether there is such a message.
func (t *Theme) wants(key string) (names []string, ok bool) {
	for _, l := range t.languages {
		more, has := l.Wants(key)
		names, ok = append(names, more...), ok || has
	}
	slices.Sort(names)
	return slices.Compact(names), ok
}

// broken reports whether a message has a fault of its own in any language.
func (t *Theme) broken(key string) bool {
	for _, l := range t.languages {
		if l.Broken(key) {
			return true
		}
	}
	return false
}

// keys lists the messages: every language has the same.
func (t *Theme) keys() []string {
	for _, l := range t.languages {
		return l.Keys()
	}
	return nil
}

func (c wordCheck) fault(n parse.Node, text, hint string) {
	p := c.t.trees.place(c.file, n.Position())
	p.Text, p.Hint = text, hint
	c.list.Add(p)
}

// constantAt is the constant text given as argument i of a call.
func constantAt(cmd *parse.CommandNode, i int) (string, bool) {
	if i >= len(cmd.Args) {
		return "", false
	}
	s, ok := cmd.Args[i].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return s.Text, true
}

// eachCall visits every call of a function below a node (a CommandNode),
// pipelines inside pipelines included, and every call of a template (a
// TemplateNode).
func eachCall(n parse.Node, visit func(name string, n parse.Node)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				eachCall(c, visit)
			}
		}
	case *parse.ActionNode:
		eachCall(n.Pipe, visit)
	case *parse.IfNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		eachInBranch(&n.BranchNode, visit)
	case *parse.TemplateNode:
		visit(n.Name, n)
		if n.Pipe != nil {
			eachCall(n.Pipe, visit)
		}
	case *parse.PipeNode:
		for _, cmd := range n.Cmds {
			eachCall(cmd, visit)
		}
	case *parse.CommandNode:
		if fn, ok := n.Args[0].(*parse.IdentifierNode); ok {
			visit(fn.Ident, n)
		}
		for _, a := range n.Args {
			eachCall(a, visit)
		}
	case *parse.ChainNode:
		eachCall(n.Node, visit)
	}
}

func eachInBranch(b *parse.BranchNode, visit func(string, parse.Node)) {
	eachCall(b.Pipe, visit)
	eachCall(b.List, visit)
	eachCall(b.ElseList, visit)
}
