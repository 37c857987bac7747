package source

import (
	"cmp"
	"slices"

	"mappa/internal/atlas"
)

// Stage is how far an intervention has come in a Comune, as its list says. The
// zero Stage is that nothing is known: there is no list, or it is of a day on
// which the Comune had ended in another.
type Stage uint8

const (
	Untold    Stage = iota
	None            // no project in the list
	Renounced       // every project was renounced
	Financed        // a project is financed, none is paid
	Paid            // a project is finished, checked and paid
)

// String is the stage as files for download write it.
func (s Stage) String() string {
	return [...]string{"non_confrontabile", "mai_richiesto", "rinunciato", "finanziato", "pagato"}[s]
}

// Programme is what a source of projects says: PA digitale 2026.
type Programme struct {
	Source        string
	Interventions []Intervention
	// Positions holds for each Comune (index in atlas.Atlas.Comuni) one
	// Position for each intervention. Lists have different dates: positions of
	// two interventions are listed side by side, never added up or compared.
	Positions [][]Position
	Calls     []Call // of all measures, as published
	CallsFile Snapshot
}

// Intervention is one thing a Comune can be financed for.
type Intervention struct {
	ID, Name string // "send", "Notifiche digitali (SEND)"
	Measure  string // of the PNRR: "1.4.5"
	List     Snapshot
	// SupportsPaid: the list holds paid projects of this intervention. One that
	// holds none cannot tell an unpaid project from an unpaid list.
	SupportsPaid bool
	// Stale: the list is more than twelve months older than the display date.
	Stale bool
	// What the list says of all Comuni.
	Comuni   [Paid + 1]int // how many are at each stage, or at none that is told
	Projects [Paid + 1]int // how many projects are
	Amount   Cents         // of projects not renounced
	Paid     Cents         // of paid projects
}

// Conclusive reports whether an unpaid project may be called "non conclusa".
// Where not, the list supports no more than "finanziata al <date of the list>".
func (i Intervention) Conclusive() bool { return i.SupportsPaid && !i.Stale }

// Position is where a Comune stands with an intervention on the date of its
// list.
type Position struct {
	Stage     Stage
	Since     atlas.Date // day the stage was first reached; 0 for None and where the list does not say
	Amount    Cents      // of Projects
	Paid      Cents      // of the paid ones
	Projects  []Project  // not renounced, by day of financing
	Renounced []Project  // not counted in anything
}

// Open is how many projects are financed and not paid.
func (p Position) Open() int {
	n := 0
	for _, x := range p.Projects {
		if x.Stage == Financed {
			n++
		}
	}
	return n
}

// Project is a row of a list. The same CUP can come back in a later call after
// it was renounced.
type Project struct {
	CUP, Call string // code of the project; title of the call
	Body      string // who applied, as the list writes it: a Comune that has since merged keeps its name here
	Amount    Cents
	Stage     Stage      // Financed, Paid or Renounced
	Financed  atlas.Date // day of the decree
	Status    atlas.Date // day the stage was reached; 0 where the list does not say
	Line      int        // in the list
}

// sum puts the projects in order and draws the position from them.
func (p *Position) sum() {
	if p.Stage == Untold {
		return
	}
	order := func(a, b Project) int {
		return cmp.Or(cmp.Compare(a.Financed, b.Financed), cmp.Compare(a.CUP, b.CUP), cmp.Compare(a.Line, b.Line))
	}
	slices.SortFunc(p.Projects, order)
	slices.SortFunc(p.Renounced, order)
	if len(p.Projects) == 0 && len(p.Renounced) > 0 {
		p.Stage = Renounced
		for _, x := range p.Renounced {
			p.Since = max(p.Since, x.Status)
		}
	}
	for _, x := range p.Projects {
		p.Amount += x.Amount
		switch {
		case x.Stage == Paid && p.Stage != Paid:
			p.Stage, p.Since = Paid, x.Status
		case x.Stage == Paid:
			p.Since = min(p.Since, x.Status)
		case p.Stage == None:
			p.Stage, p.Since = Financed, x.Financed
		}
		if x.Stage == Paid {
			p.Paid += x.Amount
		}
	}
}

// Step is what a list knew at the end of a month: cumulative projects of
// Comuni. The denominator of a share of paid projects is Financed - Renounced;
// a new call raises it, and the share falls.
type Step struct {
	Month                     int // yyyymm
	Financed, Renounced, Paid int // projects; Financed counts the later renounced ones too
	Comuni                    int // Comuni with a project financed by then and not renounced by the date of the list
}

// Steps is the history of intervention k, a step for every month in which
// something happened. Renounced and Paid stay 0 where the list does not say
// when.
func (p Programme) Steps(k int) []Step {
	at := map[int]*Step{}
	step := func(d atlas.Date) *Step {
		month := int(d) / 100
		if at[month] == nil {
			at[month] = &Step{Month: month}
		}
		return at[month]
	}
	for _, row := range p.Positions {
		for i, x := range row[k].Projects {
			step(x.Financed).Financed++
			if i == 0 {
				step(x.Financed).Comuni++
			}
			if x.Stage == Paid && x.Status != 0 {
				step(x.Status).Paid++
			}
		}
		for _, x := range row[k].Renounced {
			step(x.Financed).Financed++
			if x.Status != 0 {
				step(x.Status).Renounced++
			}
		}
	}
	out := make([]Step, 0, len(at))
	for _, s := range at {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Step) int { return cmp.Compare(a.Month, b.Month) })
	for i := 1; i < len(out); i++ {
		out[i].Financed += out[i-1].Financed
		out[i].Renounced += out[i-1].Renounced
		out[i].Paid += out[i-1].Paid
		out[i].Comuni += out[i-1].Comuni
	}
	return out
}
