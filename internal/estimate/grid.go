package estimate

import (
	"math/bits"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Grid lays Comuni out in cells, region by size class: the finest cut that an
// estimate knows. Everything an estimate needs of the answers is a [Tally] a
// cell.
type Grid struct {
	Classes   int
	Rip       []int     // by region: its ripartizione
	Neighbour []int     // by ripartizione: the one that its sparse strata turn to, -1 without one
	Cell      []int     // by Comune: region*Classes + class, -1 where it has no class
	Residents []int     // by Comune
	Areas     []Covered // what can be estimated; parallel to Frame.Areas
	in        [][]int   // by cell: its Comuni
}

// Covered says of an area which cells it is made of.
type Covered struct {
	Cells  []int // ascending; nil where the area is no union of cells: it has no estimate
	Region int   // the region from whose own strata it is estimated, -1: from those of Italy
}

// NewGrid lays out the Comuni and the areas of an edition's frame.
func NewGrid(a *atlas.Atlas, f *Frame) *Grid {
	g := &Grid{
		Classes:   len(a.Schemes[defaultScheme].Classes),
		Neighbour: neighbours(a),
		Cell:      make([]int, len(a.Comuni)),
		Residents: f.residents,
	}
	for r := range a.Regions {
		g.Rip = append(g.Rip, a.Regions[r].Rip)
	}
	for i := range a.Comuni {
		g.Cell[i] = -1
		if f.class[i] >= 0 {
			g.Cell[i] = a.Comuni[i].Region*g.Classes + f.class[i]
		}
	}
	g.in = make([][]int, g.cells())
	for i, cell := range g.Cell {
		if cell >= 0 {
			g.in[cell] = append(g.in[cell], i)
		}
	}
	g.cover(f)
	return g
}

// neighbours is the declared order in which ripartizioni help each other out: to
// the one with which it makes a larger one (Sud and Isole are Mezzogiorno), else
// to the one before it in ISTAT's order, the first to the second.
func neighbours(a *atlas.Atlas) []int {
	out := make([]int, len(a.Ripartizioni))
	last := -1
	for r := range a.Ripartizioni {
		out[r] = -1
		if len(a.Ripartizioni[r].Parts) > 0 {
			continue
		}
		if out[r] = last; last >= 0 && out[last] < 0 {
			out[last] = r
		}
		last = r
	}
	for r := range a.Ripartizioni {
		parts := a.Ripartizioni[r].Parts
		for i, p := range parts {
			out[p] = parts[(i+1)%len(parts)]
		}
	}
	return out
}

// cover finds the cells of every area. An area that has only some Comuni of a cell
// has no estimate: what answered in it is no sample of it. So it is of cohorts and
// of the panel; the change in the panel is estimated for Italy and the ripartizioni
// themselves.
func (g *Grid) cover(f *Frame) {
	size := make([]int, g.cells())
	within := make([][]int, len(f.Areas))
	for area := range within {
		within[area] = make([]int, g.cells())
	}
	for i, cell := range g.Cell {
		if cell < 0 {
			continue
		}
		size[cell]++
		for _, area := range f.of[i] {
			within[area][cell]++
		}
	}
	for area, n := range within {
		c := Covered{Cells: []int{}, Region: f.Areas[area].Region}
		for cell := range n {
			if n[cell] > 0 && n[cell] < size[cell] {
				c.Cells = nil
				break
			}
			if n[cell] > 0 {
				c.Cells = append(c.Cells, cell)
			}
		}
		switch f.Areas[area].Level {
		case CohortAreas, PanelItaly:
			c.Cells = nil
		}
		g.Areas = append(g.Areas, c)
	}
}

func (g *Grid) cells() int { return len(g.Rip) * g.Classes }

// Tally is how many Comuni of a cell do something, and what squares of residents
// need. Whole numbers, so that no order of rows can matter.
type Tally struct {
	Comuni    int
	Residents int
	Squares   int // sum of the squares of their residents
}

// Mark is where a Comune stands as to one share.
type Mark uint8

const (
	Outside Mark = iota // not of the universe: its form has not the question
	Silent              // of the universe; no answer, for whatever reason
	Beside              // answered, and was not led to the question: not in the base
	No                  // of the base, without the answer
	Yes                 // of the base, with the answer
)

// Marks says of every Comune whether it gave any of the answers to a question
// (row 0, or the row of a grid), in the order of atlas.Atlas.Comuni.
func Marks(e *survey.Edition, question, row int, any survey.Set) []Mark {
	out := make([]Mark, len(e.Places))
	var on [survey.ShortForm + 1]bool
	for form := range on {
		on[form] = e.Book.Questions[question].On(survey.Form(form))
	}
	for i, answer := range e.Answers(question, row) {
		switch {
		case !on[e.Places[i].Form]:
			out[i] = Outside
		case answer.Kind == stat.NotRouted && led(e, question, i):
			out[i] = Beside
		case answer.Kind != stat.Known && answer.Kind != stat.DontKnow:
			out[i] = Silent
		case answer.Options.Meets(any):
			out[i] = Yes
		default:
			out[i] = No
		}
	}
	return out
}

// led says whether a Comune that was not asked a routed question answered the one
// that leads there. Where it left that blank, nobody knows on which side it stands.
func led(e *survey.Edition, question, comune int) bool {
	q := &e.Book.Questions[question]
	for q.Route.On {
		question = q.Route.Question
		switch e.Answers(question, 0)[comune].Kind {
		case stat.Known, stat.DontKnow:
			return true
		case stat.NotRouted:
			q = &e.Book.Questions[question]
		default:
			return false
		}
	}
	return false
}

// Counts is what the estimates of one question, or of one row of a grid, rest on:
// whole numbers by cell.
type Counts struct {
	Universe []int     // Comuni whose form has the question
	Sample   []int     // of these, those that answered, or were led past by an answer
	Base     []Tally   // of these, those with an answer, "don't know" included
	Num      [][]Tally // by column of [Table.Num]: those that gave the option; last, the headline
}

// Count counts a question, or a row of a grid, by cell.
func (g *Grid) Count(e *survey.Edition, question, row int) Counts {
	q := &e.Book.Questions[question]
	c := Counts{Universe: make([]int, g.cells()), Sample: make([]int, g.cells()), Base: make([]Tally, g.cells())}
	var all survey.Set
	for o := range q.Options {
		all = all.With(o)
	}
	columns := len(q.Options)
	if q.Headline.Any != 0 {
		columns++
	}
	c.Num = make([][]Tally, columns)
	for k := range c.Num {
		c.Num[k] = make([]Tally, g.cells())
	}
	answers := e.Answers(question, row)
	for i, mark := range Marks(e, question, row, all) {
		cell := g.Cell[i]
		if !c.mark(cell, mark) {
			continue
		}
		c.Base[cell].add(g.Residents[i])
		for set := uint64(answers[i].Options); set != 0; set &= set - 1 {
			c.Num[bits.TrailingZeros64(set)][cell].add(g.Residents[i])
		}
		if answers[i].Options.Meets(q.Headline.Any) {
			c.Num[len(q.Options)][cell].add(g.Residents[i])
		}
	}
	return c
}

// Of counts one share by cell: Num has one column.
func (g *Grid) Of(marks []Mark) Counts {
	c := Counts{Universe: make([]int, g.cells()), Sample: make([]int, g.cells()), Base: make([]Tally, g.cells()),
		Num: [][]Tally{make([]Tally, g.cells())}}
	for i, mark := range marks {
		cell := g.Cell[i]
		if !c.mark(cell, mark) {
			continue
		}
		c.Base[cell].add(g.Residents[i])
		if mark == Yes {
			c.Num[0][cell].add(g.Residents[i])
		}
	}
	return c
}

// Response counts who was sent a form with the question on it and sent it back:
// what the collapses of a whole edition are shown from.
func (g *Grid) Response(e *survey.Edition, q *survey.Question) Counts {
	marks := make([]Mark, len(e.Places))
	for i, p := range e.Places {
		switch {
		case !q.On(p.Form):
			marks[i] = Outside
		case p.State != survey.Completed || p.Merged:
			marks[i] = Silent
		default:
			marks[i] = Yes
		}
	}
	return g.Of(marks)
}

// mark counts a Comune in the universe and in the sample, and reports whether it is
// in the base.
func (c *Counts) mark(cell int, m Mark) bool {
	if cell < 0 || m == Outside {
		return false
	}
	c.Universe[cell]++
	if m == Silent {
		return false
	}
	c.Sample[cell]++
	return m != Beside
}

func (t *Tally) add(residents int) {
	t.Comuni++
	t.Residents += residents
	t.Squares += residents * residents
}

// gain adds o so many times.
func (t *Tally) gain(o *Tally, times int) {
	t.Comuni += times * o.Comuni
	t.Residents += times * o.Residents
	t.Squares += times * o.Squares
}
