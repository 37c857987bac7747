package theme

import (
	"fmt"
	"html/template"
	"text/template/parse"

	"mappa/internal/locale"
)

// fill puts what is known when the theme is loaded into its templates.
type fill struct {
	language *locale.Language
	assets   assets
}

// funcs are the functions of the templates, for the calls with values; those
// with constants only are replaced by [fill.list].
func (f fill) funcs() template.FuncMap {
	return template.FuncMap{
		"t": func(key string, pairs ...any) (string, error) {
			a, err := args(pairs)
			return f.language.T(key, a...), err
		},
		"th": func(key string, pairs ...any) (template.HTML, error) {
			a, err := args(pairs)
			return f.language.HTML(key, a...), err
		},
		"asset": func(name string) (string, error) { return f.assets.address(name) },
		"icona": func(id string) (string, error) { return f.assets.icon(id) },
	}
}

// args are names and values in turn, as a template gives them.
func args(pairs []any) ([]locale.Arg, error) {
	out := make([]locale.Arg, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		switch v := pairs[i+1].(type) {
		case string:
			out = append(out, locale.S(name, v))
		case int:
			out = append(out, locale.N(name, v))
		case template.HTML:
			out = append(out, locale.H(name, v))
		default:
			return nil, fmt.Errorf("value {%s} is a %T, want string, int or template.HTML", name, v)
		}
	}
	return out, nil
}

// list replaces constant calls below a node by their text, in place: the tree
// is a copy of our own.
func (f fill) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for i, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok := f.constant(n.Pipe); ok {
				l.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(text)}
			}
		case *parse.IfNode:
			f.branch(&n.BranchNode)
		case *parse.RangeNode:
			f.branch(&n.BranchNode)
		case *parse.WithNode:
			f.branch(&n.BranchNode)
		}
	}
	l.Nodes = joined(l.Nodes)
}

func (f fill) branch(b *parse.BranchNode) {
	f.list(b.List)
	f.list(b.ElseList)
}

// joined makes one text of neighbours.
func joined(nodes []parse.Node) []parse.Node {
	out := nodes[:0]
	for _, n := range nodes {
		text, ok := n.(*parse.TextNode)
		if ok && len(out) > 0 {
			if last, ok := out[len(out)-1].(*parse.TextNode); ok {
				last.Text = append(last.Text[:len(last.Text):len(last.Text)], text.Text...)
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// constant is the text of a call with constants only: {{t "cornice.salta"}}.
// It is escaped for text and for attributes in quotes, where words belong.
func (f fill) constant(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 2 {
		return "", false
	}
	fn, ok := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	word, isText := p.Cmds[0].Args[1].(*parse.StringNode)
	if !ok || !isText {
		return "", false
	}
	var text string
	var err error
	switch fn.Ident {
	case "t":
		text = template.HTMLEscapeString(f.language.T(word.Text))
	case "th":
		text = string(f.language.HTML(word.Text))
	case "asset":
		text, err = f.assets.address(word.Text)
	case "icona":
		text, err = f.assets.icon(word.Text)
	default:
		return "", false
	}
	return text, err == nil
}
