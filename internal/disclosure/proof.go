package disclosure

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
)

const withheldKind = stat.Withheld

// Proof is what shows that a Published gives nothing back: of every withheld cell
// why, and other answers that print the same. It holds true answers or what can be
// told from them, and never leaves the machine.
type Proof struct {
	Withheld  []Withheld
	Witnesses [][]Change
	cuts      []int // by group of tables: from which cut on no cell was without a witness
}

// Withheld is a cell that is not shown.
type Withheld struct {
	Table  int // index in Published.Tables
	Area   int // index in Frame.Areas, or after these a difference of areas
	Column int // an option; after these the headline, where there is one; then the base
	why    reason
	base   int32 // respondents of its base
}

// Change is one respondent who says something else to one item.
type Change struct {
	Comune int32
	Table  int // index in Published.Tables
	To     survey.Set
	state  state
}

// add takes over what is withheld of a family.
func (p *Proof) add(f *family) {
	p.cuts = append(p.cuts, f.cut)
	for _, s := range f.sheets {
		for at, why := range s.why {
			if why.hidden() {
				area := at / s.columns
				p.Withheld = append(p.Withheld, Withheld{s.index, area, at % s.columns, why, s.truth[s.at(area, s.base())]})
			}
		}
	}
}

// changes are a witness by the tables of the edition.
func (w witness) changes() (out []Change) {
	for _, c := range w {
		out = append(out, Change{c.comune, c.sheet.index, c.to.set, c.to.state})
	}
	return out
}

// cell is a column of a line.
func (l *Line) cell(col int) Cell {
	if col < len(l.Options) {
		return l.Options[col]
	}
	return l.Headline
}
