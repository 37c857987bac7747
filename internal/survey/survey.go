package survey

import (
	"mappa/internal/atlas"
	"mappa/internal/yamlfile"
)

// Codebook is the questionnaire of one edition.
type Codebook struct {
	File      string
	Edition   string
	Title     string
	Note      string
	Demo      bool       // the answers are fictional
	From, To  atlas.Date // days of the collection
	ShortUpTo int        // residents up to which a Comune gets the short form
	Areas     []Area
	// Objectives of the Piano triennale that questions bear on.
	Objectives []Objective
	Sections   []Section
	Questions  []Question // in the order of the form

	byID     map[string]int
	byExport map[int]int
	broken   bool // it could not be read, and says nothing
	partial  bool // the domanda_id of a question could not be read
}

// Area is a field of the Accademia dei Comuni digitali.
type Area struct{ ID, Title string }

// Objective is one of the Piano triennale per l'informatica.
type Objective struct{ ID, Title, URL string }

// Section is a part of the questionnaire.
type Section struct {
	ID, Title string
	Personal  bool // who compiled the form: never enters a build
	Reserved  bool
	Questions []int // indexes in Codebook.Questions
}

// Question is one question of the form.
type Question struct {
	ID      string
	Export  int    // domanda_id of the long export
	Key     string // what a wide export calls it (sigla); the id where the codebook does not say
	Scale   int    // 1 or 2 where a wide export has its rows in two scales, of which this is one; else 0
	Section int
	Title   string
	Text    string
	Shape   Shape
	Full    bool // stands on the full form
	Short   bool // stands on the short form
	Class   Class
	// Reserved questions have the stricter threshold and can never be shown
	// for a Comune.
	Reserved  bool
	Area      int // index in Codebook.Areas, -1 without one
	Objective int // index in Codebook.Objectives, -1 without one
	Earlier   Earlier
	Route     Route
	Headline  Headline
	Rows      []Label // one for each item, nil where there is one item only
	Options   []Option
	Measure   Measure // of numbers
	Line      int     // in the codebook

	broken bool // it has a fault, which was reported: its answers are not held against it
}

// Class is what may be published of the answers to a question.
type Class string

const (
	Never     Class = "mai"       // nothing: personal data, free text
	Aggregate Class = "aggregato" // shares only
	Consented Class = "comune"    // shares, and a Comune's own answer where it consented
	Register  Class = "registro"  // public by law already
)

// Earlier says how a question corresponds to one of an earlier edition.
type Earlier struct {
	Outcome  Outcome
	Edition  string // "" where nuova
	Question string
	Reason   string // of a break
	place    yamlfile.Place
}

// Outcome of the comparison with an earlier edition.
type Outcome string

const (
	Comparable Outcome = "confrontabile"
	Break      Outcome = "interruzione"
	New        Outcome = "nuova"
)

// Label is a row of a grid, or the naming part of an option.
type Label struct {
	Code string
	Key  string // what a wide export calls it (sigla); the code where the codebook does not say
	Text string
	Also []string // further spellings
}

// Option is an answer that can be given.
type Option struct {
	Label
	Exclusive bool // rules out every other: "nessuno"
	DontKnow  bool // "non so", "non disponibile"
	Other     bool // "Altro (specificare)": what was specified is never read
}

// Route is the condition under which a question is asked.
type Route struct {
	On       bool // false: asked always
	Question int  // an earlier one, of shape singola or multipla
	Any      Set
}

// Headline is the group of answers whose share is the question's one strong
// figure: "pagoPA per tutti gli incassi o quasi". In a grid it holds row by
// row.
type Headline struct {
	Title string // "" without one
	Any   Set
}

// Set is a set of options by index.
type Set uint64

// maxOptions is what a Set holds.
const maxOptions = 64

// With is the set with option i.
func (s Set) With(i int) Set { return s | 1<<i }

// Has reports whether option i is in the set.
func (s Set) Has(i int) bool { return s>>i&1 == 1 }

// Meets reports whether the sets have an option in common.
func (s Set) Meets(o Set) bool { return s&o != 0 }

// Form is one of the two forms.
type Form uint8

const (
	FullForm Form = iota + 1
	ShortForm
)

// On reports whether the question stands on the form.
func (q *Question) On(f Form) bool { return f == FullForm && q.Full || f == ShortForm && q.Short }

// Find is the index of the question with that id, -1 without one.
func (c *Codebook) Find(id string) int {
	if i, ok := c.byID[id]; ok {
		return i
	}
	return -1
}

// Count is how many questions of the given form are not personal.
func (c *Codebook) Count(f Form) (n int) {
	for i := range c.Questions {
		if q := &c.Questions[i]; q.On(f) && !c.Sections[q.Section].Personal {
			n++
		}
	}
	return n
}
