// Package estimate counts what the respondents said: for every question, row
// and option, in Italy, the ripartizioni and Mezzogiorno, the regions, and the
// size classes of the default scheme. There is no province and no class within
// a ripartizione: cells that small would say who answered what.
//
// A table holds counts as they are and must not be shown: package disclosure
// makes of it what may be.
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
	"slices"

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
)

// defaultScheme is the one scheme of size classes that survey figures use: two
// would give cells back by subtraction.
const defaultScheme = 0

// Area is a set of Comuni for which figures are computed.
type Area struct {
	Level  Level
	Rip    int // index in atlas.Atlas.Ripartizioni, -1 where the level has none
	Region int // index in atlas.Atlas.Regions, or -1
	Class  int // index in the default scheme's Classes, or -1
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
}

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

// NewFrame lays out the areas of an atlas.
func NewFrame(a *atlas.Atlas) *Frame {
	f := &Frame{of: make([][]int, len(a.Comuni))}
	add := func(area Area) int {
		f.Areas = append(f.Areas, area)
		return len(f.Areas) - 1
	}
	classes := a.Schemes[defaultScheme].Classes
	italy := add(Area{Italy, -1, -1, -1})
	rips, regions, cls := make([]int, len(a.Ripartizioni)), make([]int, len(a.Regions)), make([]int, len(classes))
	for r := range a.Ripartizioni {
		rips[r] = add(Area{Ripartizioni, r, -1, -1})
	}
	for r := range a.Regions {
		regions[r] = add(Area{Regions, -1, r, -1})
	}
	for k := range classes {
		cls[k] = add(Area{Classes, -1, -1, k})
	}
	for i := range a.Comuni {
		c := &a.Comuni[i]
		f.of[i] = []int{italy, rips[c.Rip], regions[c.Region], cls[c.Class[defaultScheme]]}
		for r := range a.Ripartizioni {
			for _, part := range a.Ripartizioni[r].Parts {
				if part == c.Rip {
					f.of[i] = append(f.of[i], rips[r])
				}
			}
		}
	}
	f.sums(a, italy, rips, regions, cls)
	return f
}

// sums writes down every way in which areas add up.
func (f *Frame) sums(a *atlas.Atlas, italy int, rips, regions, cls []int) {
	var five []int
	for r := range a.Ripartizioni {
		rip := &a.Ripartizioni[r]
		if len(rip.Parts) == 0 {
			five = append(five, rips[r])
			var within []int
			for _, region := range rip.Regions {
				within = append(within, regions[region])
			}
			f.Sums = append(f.Sums, Sum{rips[r], within})
			continue
		}
		parts, rest := []int(nil), []int{rips[r]}
		for q := range a.Ripartizioni {
			switch {
			case slices.Contains(rip.Parts, q):
				parts = append(parts, rips[q])
			case len(a.Ripartizioni[q].Parts) == 0:
				rest = append(rest, rips[q])
			}
		}
		f.Sums = append(f.Sums, Sum{rips[r], parts}, Sum{italy, rest})
	}
	f.Sums = append(f.Sums, Sum{italy, five}, Sum{italy, regions}, Sum{italy, cls})
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
			for o := range question.Options {
				if answer.Options.Has(o) {
					t.Num[o][area]++
				}
			}
			if answer.Options.Meets(question.Headline.Any) {
				t.Num[len(question.Options)][area]++
			}
		}
	}
	return t
}
