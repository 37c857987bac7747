// Package estimate counts what the respondents said: for every question, row
// and option, in the areas of a [Frame]. There is no province and no class within
// a region: cells that small would say who answered what.
//
// A table holds counts as they are and must not be shown: package disclosure
// makes of it what may be.
//
// # Areas
//
//   - Italy, the five ripartizioni and Mezzogiorno, the regions, the size classes of
//     the default scheme, each Comune in the class that it had when the edition was
//     held;
//   - size classes within the five ripartizioni, and regions up to 5,000 residents
//     and over, where a class ends there;
//   - cohorts, where enough of their Comuni sent the form;
//   - the panel, those that sent the form of the edition before as well, in all Italy:
//     what no page shows would only make others be withheld.
//
// # Base
//
// The base of a share is the Comuni that were asked and answered. Who was not
// asked (short form), not routed, or left the item blank is not in it; "don't
// know" is an answer like the others and is in it, so that the options of a
// single choice add up to the base. In a multiple choice the options do not add
// up; each is a share of the same base.
//
// # Universe and response
//
// The universe of a cell is the Comuni of the area that get a form on which the
// question stands: a question of the full form alone speaks of the Comuni with
// more residents than the short form's threshold, and its response rate is of
// those. Rates are in Comuni and in residents. A routed question keeps the
// universe of its form.
//
// # Headline
//
// Where the codebook names one (sintesi), the group of answers that makes the
// question's strong figure is counted after the options: the Comuni that gave
// any of them.
package estimate

import (
	"math/bits"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Level is a kind of area.
type Level string

// The levels, in the order of [Frame.Areas].
const (
	Italy        Level = "italia"
	Ripartizioni Level = "ripartizione" // the five, then Mezzogiorno
	Regions      Level = "regione"
	Classes      Level = "classe"
	RipClasses   Level = "ripartizione-classe" // of the five
	RegionSizes  Level = "regione-dimensione"
	CohortAreas  Level = "coorte"
	PanelItaly   Level = "panel"
)

// defaultScheme is the one scheme of size classes that survey figures use: two
// would give cells back by subtraction.
const defaultScheme = 0

// Size is one of the two halves of a region.
type Size uint8

// The halves; the zero Size is all of an area.
const (
	Small Size = iota + 1 // up to 5,000 residents, by class
	Large
)

// SmallUpTo is where the classes of small Comuni end (spec 3).
const SmallUpTo = 5000

// leastCohort is how many respondents a cohort must have to be an area (spec 3).
const leastCohort = 10

// Area is a set of Comuni for which figures are computed.
type Area struct {
	Level  Level
	Rip    int // index in atlas.Atlas.Ripartizioni, -1 where the level has none
	Region int // index in atlas.Atlas.Regions, or -1
	Class  int // index in the default scheme's Classes, or -1
	Size   Size
	Cohort string // id, or ""
}

// Cohort is a named list of Comuni.
type Cohort struct {
	ID     string
	Comuni []int
}

// Sum says that the parts are the total, cut up.
type Sum struct {
	Total int // index in Frame.Areas
	Parts []int
}

// Frame is the areas of all tables and how they add up.
type Frame struct {
	Areas []Area
	Sums  []Sum
	of    [][]int // by Comune: the areas it lies in

	residents []int // by Comune
	class     []int // by Comune: of the default scheme when the edition was held, -1 where not known
}

// Of are the areas that a Comune lies in, as indexes in Areas. The slice is the
// Frame's own.
func (f *Frame) Of(comune int) []int { return f.of[comune] }

// Residents of a Comune.
func (f *Frame) Residents(comune int) int { return f.residents[comune] }

// Find is the index in Areas of an area, -1 without it.
func (f *Frame) Find(a Area) int {
	for i := range f.Areas {
		if f.Areas[i] == a {
			return i
		}
	}
	return -1
}

// Universe is who could have answered in one area.
type Universe struct {
	Comuni               int // that get a form with the question on it
	Respondents          int // of these, sent the form
	Residents            int // of those Comuni
	RespondentsResidents int
}

// Table is the counts of one question, or of one row of a grid.
type Table struct {
	Question int
	Row      int        // of a grid, else 0
	Universe []Universe // by area
	Base     []int      // by area: Comuni with an answer, "don't know" included
	// Num counts by option, then by area: the Comuni of the base that gave
	// the option. After the options comes the headline, where there is one.
	Num [][]int
}

// Tables counts every question that may be published at all, in the order of
// the form; a grid gives a table for each row.
func Tables(e *survey.Edition, a *atlas.Atlas, f *Frame) []Table {
	var out []Table
	universes := map[[2]bool][]Universe{}
	for q := range e.Book.Questions {
		question := &e.Book.Questions[q]
		if question.Class == survey.Never || question.Shape == survey.Text {
			continue
		}
		on := [2]bool{question.Full, question.Short}
		if universes[on] == nil {
			universes[on] = universe(e, a, f, question)
		}
		for row := range question.Items() {
			out = append(out, count(e, f, universes[on], q, row))
		}
	}
	return out
}

func universe(e *survey.Edition, a *atlas.Atlas, f *Frame, q *survey.Question) []Universe {
	out := make([]Universe, len(f.Areas))
	for i, p := range e.Places {
		if !q.On(p.Form) {
			continue
		}
		residents := a.Comuni[i].Residents
		for _, area := range f.of[i] {
			u := &out[area]
			u.Comuni++
			u.Residents += residents
			if p.State == survey.Completed {
				u.Respondents++
				u.RespondentsResidents += residents
			}
		}
	}
	return out
}

func count(e *survey.Edition, f *Frame, of []Universe, q, row int) Table {
	question := &e.Book.Questions[q]
	columns := len(question.Options)
	if question.Headline.Any != 0 {
		columns++
	}
	t := Table{Question: q, Row: row, Universe: of, Base: make([]int, len(f.Areas)), Num: make([][]int, columns)}
	for k := range t.Num {
		t.Num[k] = make([]int, len(f.Areas))
	}
	for i, answer := range e.Answers(q, row) {
		if answer.Kind != stat.Known && answer.Kind != stat.DontKnow {
			continue
		}
		for _, area := range f.of[i] {
			t.Base[area]++
		}
		for set := uint64(answer.Options); set != 0; set &= set - 1 {
			num := t.Num[bits.TrailingZeros64(set)]
			for _, area := range f.of[i] {
				num[area]++
			}
		}
		if answer.Options.Meets(question.Headline.Any) {
			num := t.Num[len(question.Options)]
			for _, area := range f.of[i] {
				num[area]++
			}
		}
	}
	return t
}
