package theme

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// words are the string literals of the program: each may be a key, or begin
// one ("assente." + code). Those given to T or HTML must be keys.
type words struct {
	any   map[string]bool
	asked map[string]string // key → place
}

func wordsOfTheProgram(t *testing.T) words {
	t.Helper()
	w := words{map[string]bool{}, map[string]string{}}
	set := token.NewFileSet()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says it better
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					w.any[s] = true
				}
			case *ast.CallExpr:
				w.call(set, n)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w words) call(set *token.FileSet, n *ast.CallExpr) {
	f, ok := n.Fun.(*ast.SelectorExpr)
	if !ok || f.Sel.Name != "T" && f.Sel.Name != "HTML" || len(n.Args) == 0 {
		return
	}
	if lit, ok := n.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
		if key, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(key, ".") {
			w.asked[key] = set.Position(lit.Pos()).String()
		}
	}
}

func TestEveryMessageIsThereAndIsUsed(t *testing.T) {
	th := load(t, os.DirFS("../.."), Source{Dir: "themes/italia", Base: "/"}) // templates are checked in here
	program := wordsOfTheProgram(t)
	for _, key := range th.Messages() {
		program.any[key] = true
	}
	l := th.Language("it")
	for key, place := range program.asked {
		if !l.Has(key) {
			t.Errorf("%s: there is no message %q", place, key)
		}
	}
	for _, key := range l.Keys() {
		if !program.uses(key) {
			t.Errorf("lingue/it.yaml: message %q is used nowhere", key)
		}
	}
}

// uses reports whether a literal is the key, or the beginning of it up to a dot
// or an underscore.
func (w words) uses(key string) bool {
	for i, r := range key {
		if (r == '.' || r == '_') && w.any[key[:i+1]] {
			return true
		}
	}
	return w.any[key]
}
