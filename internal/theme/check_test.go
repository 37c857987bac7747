package theme

import (
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
	"mappa/internal/stat"
)

// sample is a page with some of everything a template can reach.
type sample struct {
	Chrome
	Rows   []row
	First  *row
	By     map[string]row
	Any    any
	Count  int
	Flag   bool
	Markup template.HTML
	hidden string
}

type row struct {
	Name  string
	Value stat.Value
	Sub   []row
}

func (r *row) Upper() string           { return strings.ToUpper(r.Name) }
func (r row) Times(n int) string       { return strings.Repeat(r.Name, n) }
func (r row) Join(parts ...string) row { return r }

func TestATemplateIsHeldAgainstItsStruct(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a field", `{{.Count}} {{.Title}} {{.Frame.Lang}}`, ""},
		{"no such field", "ab\n  {{.Cuont}}", `pagine/prova.html:2:5: theme.sample has no field or method Cuont` + "\n    hint: did you mean \"Count\"?"},
		{"a field that is not exported", `{{.hidden}}`, `has no field or method hidden`},
		{"a field of a field", `{{.First.Value.N}}`, ""},
		{"a method of a pointer", `{{range .Rows}}{{.Upper}}{{end}}`, ""},
		{"no such field in a range", `{{range .Rows}}{{.Title}}{{end}}`, `theme.row has no field or method Title`},
		{"the page inside a range", `{{range .Rows}}{{$.Title}}{{end}}`, ""},
		{"the else list has the outer dot", `{{range .Rows}}{{.Name}}{{else}}{{.Count}}{{end}}`, ""},
		{"with", `{{with .First}}{{.Name}}{{else}}{{.Count}}{{end}}`, ""},
		{"no such field in a with", `{{with .First}}{{.Count}}{{end}}`, `theme.row has no field or method Count`},
		{"a branch nobody takes", `{{if .Flag}}{{.X}}{{end}}`, `theme.sample has no field or method X`},
		{"variables", `{{range $i, $r := .Rows}}{{$i}}{{$r.Name}}{{end}}`, ""},
		{"no such field of a variable", `{{$r := .First}}{{$r.X}}`, `theme.row has no field or method X`},
		{"a map", `{{.By.roma.Name}} {{range $k, $v := .By}}{{$k}}{{$v.Name}}{{end}}`, ""},
		{"an index", `{{(index .Rows 0).Name}}{{(index .By "a").X}}`, `theme.row has no field or method X`},
		{"a method's arguments", `{{.First.Times 2}} {{2 | .First.Times}} {{.First.Join "a" "b"}}`, ""},
		{"too few arguments", `{{.First.Times}}`, `method Times takes 1 arguments, not 0`},
		{"an argument of the wrong type", `{{.First.Times "x"}}`, `argument 1 of method Times is a string, want int`},
		{"a field called", `{{.Count 2}}`, `theme.sample.Count is a field and takes no arguments`},
		{"range over no list", `{{range .First}}{{end}}`, `range goes over a theme.row, want a slice`},
		{"behind an interface", `{{.Any.X}}`, `X is behind an interface and cannot be checked`},
		{"a template's dot", `{{define "x"}}{{.Name}}{{end}}{{template "x" .First}}`, ""},
		{"a template with another dot", `{{define "x"}}{{.Name}}{{end}}{{template "x" .}}`, `theme.sample has no field or method Name`},
		{"a template without a dot", `{{define "x"}}{{.Name}}{{end}}{{template "x"}}`, `has no field or method Name`},
		{"a template that calls itself", `{{define "x"}}{{.Name}}{{range .Sub}}{{template "x" .}}{{end}}{{end}}{{template "x" .First}}`, ""},
		{"comparisons", `{{if and .Flag (eq .Count 1)}}{{len .Rows}}{{end}}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			copyInto(t, files, "testdata/minimo")
			files["minimo/pagine/prova.html"] = &fstest.MapFile{Data: []byte(c.page)}
			th := load(t, files, Source{Dir: "minimo", Base: "/"})
			var list diag.List
			th.Check("prova", &sample{hidden: ""}, &list)
			holds(t, &list, c.want)
		})
	}
}

// holds wants no problem, or one that contains want.
func holds(t *testing.T, list *diag.List, want string) {
	t.Helper()
	var got []string
	for _, p := range list.Problems() {
		got = append(got, p.String())
	}
	all := strings.Join(got, "\n")
	if want == "" && all != "" || want != "" && !strings.Contains(all, want) {
		t.Errorf("got\n%s\nwant\n%s", all, want)
	}
}
