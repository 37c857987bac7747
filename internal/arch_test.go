// Package internal has no code: its test holds the architecture.
package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "mappa/"

// root is the repository, seen from this test.
var root = os.DirFS("..")

// everything stands for all packages.
const everything = "*"

// allowed says which packages of this project each one may import, and does:
// an entry that is not used is as wrong as an import that is not listed.
var allowed = map[string]string{
	// Vocabulary: what comes in, what is wrong, what goes out.
	"internal/diag":     "",
	"internal/table":    "diag",
	"internal/yamlfile": "diag",
	"internal/atlas":    "diag",
	"internal/stat":     "atlas",
	"internal/geo":      "",
	"internal/output":   "",

	// Read: a stage imports vocabulary and no other stage.
	"internal/settings": "atlas diag stat yamlfile",
	"internal/istat":    "atlas diag table yamlfile",
	"internal/boundary": "atlas diag",
	"internal/source":   "atlas diag stat table yamlfile",
	"internal/survey":   "atlas diag stat table yamlfile",
	"internal/content":  "atlas diag yamlfile",
	"internal/agenda":   "atlas diag stat table yamlfile", // and pure functions of what it read

	// Compute. What a survey answered is survey's own vocabulary (codebook and
	// answers), and what was estimated is estimate's (tables with cells): those
	// who work on these values import them, and none of their functions but pure
	// ones.
	"internal/cartogram":   "geo",
	"internal/cartography": "atlas diag geo",
	"internal/indicator":   "atlas diag stat",
	"internal/estimate":    "atlas stat survey",
	"internal/disclosure":  "atlas estimate stat survey",
	"internal/sample":      "atlas diag survey table",
	"internal/score":       "diag stat survey yamlfile",

	// Render.
	"internal/draw":   "",
	"internal/pack":   "geo stat",
	"internal/locale": "atlas diag stat yamlfile",
	"internal/theme":  "diag locale",

	// Bring together: which pages exist, their addresses, what stands on each.
	"internal/site": "agenda atlas cartogram cartography content diag disclosure draw estimate geo indicator locale output pack score settings source stat survey theme",

	// For the eyes of one Comune, never for the site.
	"internal/sheet": "atlas disclosure estimate indicator locale score stat survey",

	// Write.
	"internal/verify": "diag",

	// For tests: a real browser.
	"internal/browsertest": "",

	// For measuring: our map beside others, on the same data.
	"cmd/compare": "atlas boundary cartography diag geo istat settings stat",

	// Only the command knows everything.
	"cmd/mappa": everything,
}

func TestEachPackageImportsOnlyWhatItMay(t *testing.T) {
	have := packages(t)
	for _, dir := range slices.Sorted(maps.Keys(have)) {
		want, ok := allowed[dir]
		if !ok {
			t.Errorf("%s is not in the table of packages: say what it may import", dir)
			continue
		}
		if want == everything {
			continue
		}
		uses := map[string]bool{}
		for _, f := range have[dir] {
			for _, i := range imports(f) {
				if p, ok := strings.CutPrefix(i, module); ok {
					uses[strings.TrimPrefix(p, "internal/")] = true
				}
			}
		}
		may := strings.Fields(want)
		for _, u := range slices.Sorted(maps.Keys(uses)) {
			if !slices.Contains(may, u) {
				t.Errorf("%s imports %s, which the table does not allow", dir, u)
			}
		}
		for _, m := range may {
			if !uses[m] {
				t.Errorf("%s may import %s and does not: take it out of the table", dir, m)
			}
		}
	}
	for dir := range allowed {
		if have[dir] == nil {
			t.Errorf("%s is in the table and does not exist", dir)
		}
	}
}

// outward are the packages that may touch disk, network, flags, environment
// and clock.
var outward = []string{"cmd/mappa", "cmd/compare", "internal/output", "internal/browsertest"}

func TestOnlyTheEdgeTouchesTheMachine(t *testing.T) {
	forbidden := []string{"os", "os/exec", "os/signal", "net", "net/http", "flag", "log", "syscall"}
	for dir, files := range packages(t) {
		if slices.Contains(outward, dir) {
			continue
		}
		for _, f := range files {
			for _, i := range imports(f) {
				if slices.Contains(forbidden, i) {
					t.Errorf("%s imports %s: only %s may", f.Name, i, strings.Join(outward, ", "))
				}
			}
			ast.Inspect(f.File, func(n ast.Node) bool {
				call, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				pkg, ok := call.X.(*ast.Ident)
				clock := ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Sleep", "Tick"}, call.Sel.Name)
				if clock {
					t.Errorf("%s uses time.%s: a date comes from the data or a flag", f.Name, call.Sel.Name)
				}
				return true
			})
		}
	}
}

// sealed are the names behind which answers, exact counts or scores of single
// Comuni stand, by package. Who prints may name none of them, so that no template
// and no page can reach one: what is printed comes out of disclosure.
var sealed = map[string]string{
	"survey":   "Edition Answer Read",
	"estimate": "Table Tables Grid NewGrid Counts Tally Marks Design NewDesign",
	"score":    "Answers NewAnswers New Scores Explained Line",
}

// makers are the packages that make figures of answers, or the answers.
var makers = []string{"internal/survey", "internal/sample", "internal/estimate", "internal/score", "internal/disclosure"}

// openers are the files beyond which what is sealed does not get: where the stages
// meet, what is for the Comune's own eyes, and where scores become what may be shown.
var openers = []string{"cmd/mappa/answers.go", "cmd/mappa/explain.go", "cmd/mappa/explain_text.go", "internal/sheet/make.go", "internal/sheet/sheet.go", "internal/site/indici.go"}

func TestAnswersStayWhereFiguresAreMade(t *testing.T) {
	used := map[string]bool{}
	for dir, files := range packages(t) {
		if slices.Contains(makers, dir) {
			continue
		}
		for _, f := range files {
			for _, name := range reached(f) {
				used[f.Name] = true
				if !slices.Contains(openers, f.Name) {
					t.Errorf("%s names %s, which holds answers: take survey.Public, or what disclosure publishes", f.Name, name)
				}
			}
		}
	}
	for _, name := range openers {
		if !used[name] {
			t.Errorf("%s may open what is sealed and does not: take it off the list", name)
		}
	}
}

// reached lists what a file names of what is sealed.
func reached(f file) (out []string) {
	imported := imports(f)
	ast.Inspect(f.File, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok { // of a method of survey.Edition, whatever holds it
			if m, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Answers", "Numbers", "Cell"}, m.Sel.Name) {
				out = append(out, "."+m.Sel.Name)
			}
		}
		x, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := x.X.(*ast.Ident); ok && slices.Contains(imported, module+"internal/"+pkg.Name) && slices.Contains(strings.Fields(sealed[pkg.Name]), x.Sel.Name) {
			out = append(out, pkg.Name+"."+x.Sel.Name)
		}
		return true
	})
	return out
}

func TestNoPackageHasHiddenState(t *testing.T) {
	for dir, files := range packages(t) {
		vars := map[string]bool{}
		for _, f := range files {
			for _, d := range f.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
					for _, s := range g.Specs {
						for _, n := range s.(*ast.ValueSpec).Names {
							vars[n.Name] = true
						}
					}
				}
			}
		}
		for _, f := range files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s: %s has an init function", f.Name, dir)
				}
				for _, name := range assigned(fn) {
					if vars[name] {
						t.Errorf("%s: %s changes the package variable %s", f.Name, fn.Name.Name, name)
					}
				}
			}
		}
	}
}

// assigned lists the names that a function assigns to without declaring them.
func assigned(fn *ast.FuncDecl) (out []string) {
	if fn.Body == nil {
		return nil
	}
	local := map[string]bool{}
	declare := func(names ...*ast.Ident) {
		for _, n := range names {
			local[n.Name] = true
		}
	}
	fields := func(lists ...*ast.FieldList) {
		for _, l := range lists {
			if l != nil {
				for _, f := range l.List {
					declare(f.Names...)
				}
			}
		}
	}
	fields(fn.Recv, fn.Type.Params, fn.Type.Results)
	var targets []ast.Expr
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			fields(n.Type.Params, n.Type.Results)
		case *ast.ValueSpec:
			declare(n.Names...)
		case *ast.RangeStmt:
			targets = append(targets, bound(n.Tok, n.Key, n.Value)...)
			if n.Tok == token.DEFINE {
				declare(idents(n.Key, n.Value)...)
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				declare(idents(n.Lhs...)...)
			} else {
				targets = append(targets, n.Lhs...)
			}
		case *ast.IncDecStmt:
			targets = append(targets, n.X)
		}
		return true
	})
	for _, t := range targets {
		if id := base(t); id != nil && !local[id.Name] {
			out = append(out, id.Name)
		}
	}
	return out
}

func bound(tok token.Token, exprs ...ast.Expr) []ast.Expr {
	if tok != token.ASSIGN {
		return nil
	}
	return slices.DeleteFunc(exprs, func(e ast.Expr) bool { return e == nil })
}

func idents(exprs ...ast.Expr) (out []*ast.Ident) {
	for _, e := range exprs {
		if id, ok := e.(*ast.Ident); ok {
			out = append(out, id)
		}
	}
	return out
}

// base is the variable that an assignment changes: v of v, v[i], v.f and *v.
func base(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// file is a parsed source file with its path.
type file struct {
	*ast.File
	Name string
}

// packages parses every package of the project, without tests, by folder.
func packages(t *testing.T) map[string][]file {
	t.Helper()
	out := map[string][]file{}
	set := token.NewFileSet()
	for _, top := range []string{"cmd", "internal"} {
		err := fs.WalkDir(root, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || path.Dir(name) == "internal" {
				return nil
			}
			raw, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(set, name, raw, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			out[path.Dir(name)] = append(out[path.Dir(name)], file{f, name})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func imports(f file) (out []string) {
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err == nil {
			out = append(out, p)
		}
	}
	return out
}
