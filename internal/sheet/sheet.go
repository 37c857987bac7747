// Package sheet is the private document that a Comune gets: all that it answered
// in words, how its indices came about, and where it stands. What may not be public
// still belongs to the Comune that gave it.
//
// A Sheet never goes into the site: it holds true answers. Every figure of others
// in it is one that the site prints as well: of the survey what disclosure
// published, of open data what is public anyway. So a sheet tells its Comune nothing
// of another that the site does not tell everybody.
package sheet

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"unicode"

	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Sheet is the document of one Comune, in words.
type Sheet struct {
	Lang     string
	Title    string
	Name     string
	Lead     string
	Demo     string // stands on every page; "" where the answers are true
	Private  string // stands on every page
	Sharing  template.HTML
	Facts    []Fact
	Indices  Table // none without indices
	Parts    []Explained
	Open     Table // indicators of open data
	Peers    Table // the Comuni most like it, by name, with their open data
	Sections []Section
	Words    Words
	Style    template.CSS // of the theme: the document fetches nothing
	Top      template.CSS // Demo and
	Foot     template.CSS // Private, as strings of CSS for the margins of each page
}

// Words are headings that the template prints.
type Words struct{ Facts, Indices, Explained, Open, Peers, Answers string }

// Fact is a line of the head.
type Fact struct{ Label, Text string }

// Table is figures of the Comune beside those of its areas.
type Table struct {
	Head []string
	Rows []Row
	Note string
}

// Row is a line of a table.
type Row struct {
	Name  string
	Cells []string
}

// Explained is an index taken apart: a line for each thing it is made of.
type Explained struct {
	Title string
	Lines []Line
}

// Line is a part of an index.
type Line struct {
	Depth               int
	Weight, Text, Value string
	How                 string // of which answers, with how many points
}

// Section is a section of the form.
type Section struct {
	Title     string
	Questions []Question
}

// Question is a question with the Comune's answer.
type Question struct {
	Title, Text string
	Class       string // what may be shared
	Answers     []Answer
}

// Answer is what the Comune said to one item, and what others said.
type Answer struct {
	Row     string // of a grid
	Said    string
	None    bool     // Said is why there is no answer
	Compare []string // shares of the same answer, area by area
}

// Files of a theme that a sheet is made with.
const (
	templateFile = "scheda/scheda.html"
	styleFile    = "scheda/scheda.css"
)

// Template is a theme's sheet.
type Template struct {
	tree  *template.Template
	style template.CSS
}

// ReadTemplate reads the sheet of the theme in dir.
func ReadTemplate(fsys fs.FS, dir string) (*Template, error) {
	text, err := fs.ReadFile(fsys, dir+"/"+templateFile)
	if err != nil {
		return nil, err
	}
	style, err := fs.ReadFile(fsys, dir+"/"+styleFile)
	if err != nil {
		return nil, err
	}
	tree, err := template.New(templateFile).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, err
	}
	return &Template{tree, template.CSS(style)}, nil
}

// quoted is text as a string of CSS. (html/template would take it for an address.)
func quoted(text string) template.CSS {
	var b strings.Builder
	for _, r := range text {
		if r == ' ' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\%x ", r)
		}
	}
	return template.CSS(`"` + b.String() + `"`)
}

// answer is what a Comune said, or why it said nothing.
func answer(w *locale.Language, q *survey.Question, a survey.Answer, number float64) (said string, none bool) {
	if a.Kind != stat.Known && a.Kind != stat.DontKnow {
		return w.Missing(a.Kind).Full, true
	}
	var out []string
	for i, o := range q.Options {
		if a.Options.Has(i) {
			out = append(out, o.Text)
		}
	}
	said = w.And(out)
	if a.Kind == stat.Known && q.Numeric() {
		said = fmt.Sprintf("%s %s", w.Number(number, q.Measure.Decimals), q.Measure.Unit)
	}
	return said, a.Kind == stat.DontKnow
}
