// Package agenda is what a Comune can do next: the catalogue of courses and
// microprojects, the crosswalk that leads from a weakness to them, the plans that
// Comuni sent, and the cohorts with their assessments. It reads them and computes
// with them; it knows no page and no words.
//
// # Advice
//
// A rule of the crosswalk says which sign, on which measure or indicator, leads to
// which course area, level and microproject area. [Rules.Of] applies the rules to a
// [Subject], which holds what the page of a Comune shows and nothing else: what is
// not shown cannot be advised upon. A rule that always holds (security) takes
// nothing from its subject and has no microproject, so that it reads the same on
// every page.
//
// Microprojects are for Comuni with fewer residents than the catalogue says.
//
// # Strengths and gaps
//
// A figure stands out when it lies outside of the middle half of its peers; from
// fewer than [Fewest] peers with a value nothing is said. See [Against].
//
// # Assessments
//
// An assessment is what so many persons of a Comune said, on average, before and
// after. It is shown for the whole cohort only, question by question: a mean from
// fewer than so many persons is withheld, and one at an end of the scale, which
// would say what each of them answered. Nothing is shown by Comune and no mean of
// means, so that no sum gives a withheld mean back. See [Cohort.Changes].
//
// # Files
//
// data/accademia, data/piani and data/gruppi; a site may do without any of them.
// Their README says what the columns mean.
package agenda

import (
	"fmt"
	"io/fs"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// The folders, relative to the site folder.
const (
	AcademyFolder = "data/accademia"
	PlansFolder   = "data/piani"
	CohortsFolder = "data/gruppi"
)

// Agenda is all that was read. Its zero value is a site without any of it.
type Agenda struct {
	Academy  Academy
	Plans    Plans
	Cohorts  []Cohort
	Fictions []Fiction
}

// Fiction says that a file holds invented entries, which a site that is not for
// demonstration must not show.
type Fiction struct {
	File       string
	Line, Rows int // of the first, and how many
}

// Problem is the fault that they are in a site for production.
func (f Fiction) Problem() diag.Problem {
	return diag.Problem{File: f.File, Line: f.Line, Text: fmt.Sprintf("produzione is true, but %s invented, this one first", counted(f.Rows)),
		Hint: "put the real entries here, or set produzione = false"}
}

func counted(rows int) string {
	if rows == 1 {
		return "1 row is"
	}
	return fmt.Sprintf("%d rows are", rows)
}

// Read reads the three folders. It reports whether there was nothing wrong; what
// could be read is there in any case.
func Read(fsys fs.FS, a *atlas.Atlas, all *diag.List) (Agenda, bool) {
	list := all.Part()
	r := reader{fsys: fsys, atlas: a, list: list}
	out := Agenda{Academy: r.academy(), Plans: r.plans(), Cohorts: r.cohorts()}
	out.Fictions = r.fictions
	return out, list.Len() == 0
}

// Cohort is the cohort of that id, nil when there is none.
func (a *Agenda) Cohort(id string) *Cohort {
	if i := slices.IndexFunc(a.Cohorts, func(c Cohort) bool { return c.ID == id }); i >= 0 {
		return &a.Cohorts[i]
	}
	return nil
}
