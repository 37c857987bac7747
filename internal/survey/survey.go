// Package survey is the questionnaire of an edition and what the Comuni
// answered.
//
// # Codebook
//
// data/indagini/<edition>/questionario.yaml says everything about the
// questions; changing the survey is editing that file. Its keys:
//
//	edizione        name of the edition, the folder's own name
//	titolo          title for pages
//	dimostrativa    true where the answers are fictional
//	nota            what a reader must know about the edition (optional)
//	periodo         {dal, al}: first and last day of the collection
//	soglia_breve    a Comune with up to that many residents gets the short form
//	accademia       list of {id, titolo}: areas of the Accademia
//	sezioni         list of {id, titolo, personale, riservata, domande}
//
// and of a question:
//
//	id              its address, for ever
//	domanda_id      its number in the long export
//	titolo, testo   short title for pages; the question as it was asked
//	forma           singola, multipla, griglia (one answer a row) or testo
//	moduli          [completo, breve]: the forms it stands on
//	classe          mai, aggregato, comune or registro; no default
//	riservata       true: stricter threshold, never above aggregato
//	area            one of accademia (optional)
//	confronto       {esito: confrontabile | interruzione | nuova, motivo, edizione, domanda}
//	se              {domanda, una_di: [codes]}: asked only after one of these answers
//	sintesi         {titolo, una_di: [codes]}: the answers that make the one strong figure
//	righe           of a griglia: list of {codice, voce, alias}
//	opzioni         list of {codice, voce, alias, esclusiva, non_so}
//
// alias holds further spellings of a label that exports were seen to carry.
//
// # Publication policy
//
// Deny is the default: a question without a class stops the build. The section
// "sicurezza" must be riservata; what is riservata cannot have class comune or
// registro, and a question cannot lift what its section says. Free text and the
// personal section are of class mai: their cells are never looked at, not even
// to check them.
//
// # Answers
//
// edizione.yaml names the files: "esportazione" (the Mappa's long format, .gz
// allowed) and "rispondenti" (who was invited). A path that begins with
// riservato/ is relative to the site folder, which is where real answers live
// and git does not look; any other is relative to the edition's folder and is
// allowed for fictional answers only.
//
// A respondent is found by its user id in rispondenti.csv, else by its name,
// "Samone (TN)" where the name alone is borne by several; every match that is
// not by code is a note. The export's labels are matched through the codebook
// without regard to case, kind of apostrophe, dash or white space.
//
// Every answer has a [stat.Kind]: Known, or why there is none. "Don't know" is
// an answer and a kind: [Answer.Options] holds it and Kind is DontKnow.
//
// All files are read whatever is wrong with one of them; answers are not held
// against what could not be read: a faulty question, a respondent in a broken row.
//
// Problems about a question of class mai or aggregato give position and kind,
// never the value.
package survey

import (
	"mappa/internal/atlas"
	"mappa/internal/stat"
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
	Sections  []Section
	Questions []Question // in the order of the form

	byID     map[string]int
	byExport map[int]int
	broken   bool // it could not be read, and says nothing
	partial  bool // the domanda_id of a question could not be read
}

// Area is a field of the Accademia dei Comuni digitali.
type Area struct{ ID, Title string }

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
	Export  int // domanda_id of the long export
	Section int
	Title   string
	Text    string
	Shape   Shape
	Full    bool // stands on the full form
	Short   bool // stands on the short form
	Class   Class
	// Reserved questions have the stricter threshold and can never be shown
	// for a Comune.
	Reserved bool
	Area     int // index in Codebook.Areas, -1 without one
	Earlier  Earlier
	Route    Route
	Headline Headline
	Rows     []Label // of a grid; nil for the other shapes
	Options  []Option
	Line     int // in the codebook

	broken bool // it has a fault, which was reported: its answers are not held against it
}

// Shape is how a question is answered.
type Shape string

// The shapes that can be read. The others of the form (numbers, percentages
// that add up, rankings, grids with several answers a row) will join them.
const (
	Single   Shape = "singola"
	Multiple Shape = "multipla"
	Grid     Shape = "griglia"
	Text     Shape = "testo" // class mai only
)

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
	Text string
	Also []string // further spellings
}

// Option is an answer that can be given.
type Option struct {
	Label
	Exclusive bool // rules out every other: "nessuno"
	DontKnow  bool // "non so", "non disponibile"
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

// Items is how many answers the question takes: one, or one for each row.
func (q *Question) Items() int { return max(1, len(q.Rows)) }

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

// State is how far a Comune came.
type State uint8

const (
	NotOpened State = iota // Mai aperto, or not in the register
	Begun                  // In compilazione
	Completed              // Completato
)

// Participation is what is known of a Comune as a respondent.
type Participation struct {
	Invited bool
	Form    Form
	State   State
	Sent    atlas.Date // 0 where not sent, or not known
	Merged  bool       // a Comune that is no more answered for a part of it
}

// Edition is a codebook with its answers.
type Edition struct {
	Book      *Codebook
	Places    []Participation // in the order of atlas.Atlas.Comuni
	Encoding  string          // of the export, as detected
	Separator rune
	first     []int      // index of a question's first item in answers
	answers   [][]Answer // by item, then by Comune; nil for class mai
}

// Answer is what a Comune said to one item.
type Answer struct {
	Kind    stat.Kind
	Options Set // of a single choice and of a grid's row: exactly one
}

// Demo reports whether the answers are fictional; a production build refuses
// them.
func (e *Edition) Demo() bool { return e.Book.Demo }

// Answers are all Comuni's answers to a question (row 0, or the row of a grid),
// in the order of atlas.Atlas.Comuni; nil for a question of class mai. The
// slice is the Edition's own and must not be changed.
func (e *Edition) Answers(question, row int) []Answer { return e.answers[e.first[question]+row] }

// Respondents is how many Comuni sent the form.
func (e *Edition) Respondents() (n int) {
	for i := range e.Places {
		if e.Places[i].State == Completed {
			n++
		}
	}
	return n
}
