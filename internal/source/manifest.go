package source

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Adapters, as manifests name them.
const (
	adapterProjects = "progetti"
	adapterTable    = "tabella"
)

// word is a text of a manifest that knows where it stands.
type word struct {
	Text      string
	Line, Col int
}

// UnmarshalYAML takes the text and its place.
func (w *word) UnmarshalYAML(n ast.Node) error {
	s, ok := n.(ast.ScalarNode)
	if !ok {
		return errors.New("text is wanted here")
	}
	t := n.GetToken()
	*w = word{t.Value, t.Position.Line, t.Position.Column}
	if _, null := s.(*ast.NullNode); null {
		w.Text = ""
	}
	return nil
}

// UnmarshalText marks a word as text for the check of keys.
func (w *word) UnmarshalText(b []byte) error { w.Text = string(b); return nil }

func (w word) problem(file, text, hint string) diag.Problem {
	return diag.Problem{File: file, Line: w.Line, Col: w.Col, Text: text, Hint: hint}
}

func texts(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// Header is what every manifest says.
type Header struct {
	Title      word      `yaml:"titolo"`
	Publisher  word      `yaml:"editore"`
	Licence    word      `yaml:"licenza"`
	LicenceURL word      `yaml:"licenza_url"`
	URL        word      `yaml:"url"`
	Adapter    word      `yaml:"adattatore"`
	Note       word      `yaml:"nota"`
	Exceptions []special `yaml:"eccezioni"`
}

// special is a row, or several, that the rules would misjudge: of those that
// hold all the keys given, the Comune or that they are left out, and why.
type special struct {
	ISTAT  word `yaml:"codice"`
	IPA    word `yaml:"ipa"`
	Body   word `yaml:"ente"`
	CUP    word `yaml:"cup"`
	Comune word `yaml:"comune"` // cadastral code, of a Comune in force
	Out    bool `yaml:"escludi"`
	Reason word `yaml:"ragione"`
}

// readManifest reads a manifest into *projectManifest or *tableManifest, by its
// adapter; nil when it cannot be used.
func readManifest(fsys fs.FS, file string, list *diag.List) any {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		list.File(file, "the manifest of the source is missing", "write one as the other folders have, or delete the folder")
		return nil
	}
	switch adapter, err := adapterOf(raw); {
	case err != nil:
		yamlfile.Decode(raw, file, 0, &Header{}, list)
	case adapter.Text == "":
		list.Add(diag.Problem{File: file, Line: 1, Text: `the key "adattatore" is missing`,
			Hint: fmt.Sprintf("it is %s or %s", adapterProjects, adapterTable)})
	case adapter.Text == adapterProjects:
		m := &projectManifest{file: file}
		if yamlfile.Decode(raw, file, 0, m, list) && m.check(list) {
			return m
		}
	case adapter.Text == adapterTable:
		m := &tableManifest{file: file}
		if yamlfile.Decode(raw, file, 0, m, list) && m.check(list) {
			return m
		}
	default:
		known := []string{adapterProjects, adapterTable}
		list.Add(adapter.problem(file, fmt.Sprintf("%q is not an adapter, want %s", adapter.Text, strings.Join(known, " or ")),
			diag.DidYouMean(adapter.Text, known)))
	}
	return nil
}

// adapterOf looks for the top-level key adattatore; the error is one of syntax.
func adapterOf(raw []byte) (word, error) {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil || len(file.Docs) == 0 {
		return word{}, err
	}
	var values []*ast.MappingValueNode
	switch n := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	}
	var w word
	for _, v := range values {
		if v.Key.GetToken().Value == "adattatore" && w.UnmarshalYAML(v.Value) == nil {
			break
		}
	}
	return w, nil
}

// checker gathers the faults of a manifest's values.
type checker struct {
	file string
	list *diag.List
}

func (c checker) want(key string, w word) {
	if w.Text == "" {
		c.list.Add(diag.Problem{File: c.file, Line: cmp.Or(w.Line, 1), Col: w.Col, Text: fmt.Sprintf("the key %q is missing or empty", key)})
	}
}

func (c checker) address(key string, w word) {
	c.want(key, w)
	if _, ok := webAddress(w.Text); !ok && w.Text != "" {
		c.list.Add(w.problem(c.file, fmt.Sprintf("%q is not an address, want https://…", w.Text), ""))
	}
}

// id checks a name that becomes part of a variable's id.
func (c checker) id(w word, seen map[string]bool) {
	c.want("id", w)
	for _, r := range w.Text {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			c.list.Add(w.problem(c.file, fmt.Sprintf("%q is not an id, want small letters, digits and hyphens", w.Text), ""))
			return
		}
	}
	if seen[w.Text] && w.Text != "" {
		c.list.Add(w.problem(c.file, fmt.Sprintf("the id %q stands twice", w.Text), "give one of them another"))
	}
	seen[w.Text] = true
}

func (h Header) check(c checker) {
	c.want("titolo", h.Title)
	c.want("editore", h.Publisher)
	c.want("licenza", h.Licence)
	c.address("licenza_url", h.LicenceURL)
	c.address("url", h.URL)
	for _, e := range h.Exceptions {
		at := cmp.Or(e.Reason, e.ISTAT, e.IPA, e.Body, e.CUP, e.Comune)
		if e.ISTAT.Text+e.IPA.Text+e.Body.Text+e.CUP.Text == "" {
			c.list.Add(at.problem(c.file, "the exception names no row, want codice, ipa, ente or cup", ""))
		}
		if e.Out == (e.Comune.Text != "") {
			c.list.Add(at.problem(c.file, "the exception says neither or both of comune and escludi, want one", ""))
		}
		if e.Reason.Text == "" {
			c.list.Add(at.problem(c.file, "the exception gives no ragione", ""))
		}
	}
}

// source is the public part of the manifest.
func (h Header) source(id string) Source {
	return Source{ID: id, Title: h.Title.Text, Publisher: h.Publisher.Text, Licence: h.Licence.Text, LicenceURL: h.LicenceURL.Text,
		URL: h.URL.Text, Note: h.Note.Text, Adapter: h.Adapter.Text}
}

// webAddress reports whether s is an http or https address with a host that
// can be one, and returns it trimmed.
func webAddress(s string) (string, bool) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	for _, r := range host {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' {
			return "", false
		}
	}
	if first, last, ok := strings.Cut(host, "."); !ok || first == "" || last == "" || strings.Contains(host, "..") {
		return "", false
	}
	return u.String(), true
}
