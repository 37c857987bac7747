package survey

import (
	"mappa/internal/atlas"
	"mappa/internal/stat"
)

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
	// Class is the size class of the default scheme at the time of the edition:
	// as the column "cluster" says, else as the Atlas does; -1 where not known.
	Class int
}

// Public is what anybody may know of an edition: what was asked, who took part,
// and what Comuni said that is public. No answer can be reached from it.
type Public struct {
	Book   *Codebook
	Places []Participation // in the order of atlas.Atlas.Comuni
	// Replies of Comuni to figures on their pages, in the order of the file.
	Replies []Reply
	// Corrections is the public register of what was put right, oldest first.
	Corrections []Correction
	consented   map[consent]bool
	told        map[consent]bool // what consents showed when the edition was published
}

// Edition is a codebook with its answers. Who prints gets its Public, and of the
// answers what package disclosure lets through.
type Edition struct {
	Public
	Encoding  string // of the export, as detected
	Separator rune
	first     []int       // index of a question's first item in answers
	answers   [][]Answer  // by item, then by Comune; nil for class mai
	numbers   [][]float64 // the same; nil for what is no number
	lines     [][]int32   // the same: where the answer stands in the export, the first place of several
	columns   []int32     // by item: the column of the export that holds it
	exports   []string    // the files
	from      []uint8     // by Comune: which of them its answers are from
}

// Answer is what a Comune said to one item.
type Answer struct {
	Kind    stat.Kind
	Options Set // exactly one, unless [Question.Many]
}

// Demo reports whether the answers are fictional; a production build refuses
// them.
func (e *Public) Demo() bool { return e.Book.Demo }

// Answers are all Comuni's answers to a question (row 0, or the row of a grid),
// in the order of atlas.Atlas.Comuni; nil for a question of class mai. The
// slice is the Edition's own and must not be changed.
func (e *Edition) Answers(question, row int) []Answer { return e.answers[e.first[question]+row] }

// Numbers are all Comuni's numbers in answer to a question (row 0, or the row),
// as [Edition.Answers]; nil where the answers are no numbers. A number is one
// only where the answer's Kind is Known; its bin is the answer's option.
func (e *Edition) Numbers(question, row int) []float64 { return e.numbers[e.first[question]+row] }

// Cell is where in the export a Comune's answer to a question stands: the line
// and, counted in cells from 1, the column. The line is 0 where there is no
// answer. Of several options it is the first.
func (e *Edition) Cell(question, row, comune int) (file string, line, column int) {
	if len(e.exports) > 0 {
		file = e.exports[e.from[comune]]
	}
	item := e.first[question] + row
	if e.lines[item] == nil || e.lines[item][comune] == 0 {
		return file, 0, 0
	}
	return file, int(e.lines[item][comune]), int(e.columns[item])
}

// Respondents is how many Comuni sent the form.
func (e *Public) Respondents() (n int) {
	for i := range e.Places {
		if e.Places[i].State == Completed {
			n++
		}
	}
	return n
}
