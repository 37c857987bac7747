package disclosure

import (
	"math"
	"slices"
	"sync"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Leak is a cell that is not safe. It says which and why, never a value.
type Leak struct {
	Question, Row int
	Area          int // index in Frame.Areas; after these a difference of areas
	Column        int // an option; after these the headline, where there is one; then the base
	Text          string
}

// Audit goes over an edition as it will be published with the proof that came with
// it, and takes nothing of either on trust. It counts the answers itself, true ones
// and those of every witness, and holds what it counts against what is published,
// as printed. It finds a leak where
//
//   - a shown figure is not that of the answers, or breaks the rules of the threshold
//     and of the whole;
//   - a witness is no form that could have been filled in, moves an answer that
//     everybody knows, or prints anything otherwise;
//   - a cell is withheld whose witnesses are not the width apart, or all move one
//     respondent, who knows better;
//   - a Comune's page may show an answer that it did not let be shown.
//
// A build does not go on with a leak.
func Audit(p *Published, in Input, proof *Proof) []Leak {
	a := newAuditor(p, &in)
	tables := make([][]Leak, len(p.Tables))
	each(len(p.Tables), func(t int) { tables[t] = a.table(t) })
	a.witnesses = make([]seen, len(proof.Witnesses))
	each(len(proof.Witnesses), func(w int) { a.witnesses[w] = a.witness(proof.Witnesses[w]) })
	out := slices.Concat(tables...)
	for _, w := range a.witnesses {
		out = append(out, w.leaks...)
	}
	return slices.Concat(out, a.cells(), a.owned())
}

// auditor counts by itself. It shares with the search what an area is, and with
// every printer how a number is rounded.
type auditor struct {
	*Published
	in        *Input
	ground    *ground
	tables    []audited
	at        [][]int // by question: its tables
	led       [][]int // by question: the tables that its answers lead to
	witnesses []seen
	spare     sync.Pool // of *copied
}

// audited is a table as the auditor counts it.
type audited struct {
	q       *survey.Question
	answers []survey.Answer
	columns int
	num     []int // by area and column
	free    []int // by area and column: of these, not known to everybody
	asked   []int // by area: respondents whose answer to the item is not known
	counts  estimate.Counts
	design  *estimate.Design
}

// seen is what a witness does.
type seen struct {
	moved  []shift
	movers []int32
	leaks  []Leak
}

// shift is how far a witness moves a cell.
type shift struct{ table, area, column, by int }

func newAuditor(p *Published, in *Input) *auditor {
	a := &auditor{Published: p, in: in, ground: newGround(in.Frame, sent(in.Edition), p.Policy.LeastArea),
		spare: sync.Pool{New: func() any { return new(copied) }}, tables: make([]audited, len(p.Tables))}
	a.lead()
	each(len(p.Tables), func(i int) { a.tables[i] = a.count(i) })
	return a
}

// columnsOf adds the columns that an answer is counted in; the last is the base.
func (t *audited) columnsOf(out []int, kind stat.Kind, set survey.Set) []int {
	if !counted(kind) {
		return out
	}
	for o := range t.q.Options {
		if set.Has(o) {
			out = append(out, o)
		}
	}
	if set.Meets(t.q.Headline.Any) {
		out = append(out, len(t.q.Options))
	}
	return append(out, t.columns-1)
}

// counted reports whether an answer is of the base.
func counted(kind stat.Kind) bool { return kind == stat.Known || kind == stat.DontKnow }

// here reports whether a Comune sent a form with the question on it.
func (a *auditor) here(q *survey.Question, comune int) bool {
	p := a.in.Edition.Places[comune]
	return p.State == survey.Completed && q.On(p.Form)
}

func (a *auditor) secret(question, comune int) bool {
	return !Public(a.in.Edition.Book, &a.in.Edition.Book.Questions[question]) && !a.in.Edition.Known(question, comune)
}

func (a *auditor) count(i int) audited {
	pt, e := &a.Tables[i], a.in.Edition
	q := &e.Book.Questions[pt.Question]
	t := audited{q: q, answers: e.Answers(pt.Question, pt.Row), columns: len(q.Options) + 1}
	if q.Headline.Any != 0 {
		t.columns++
	}
	n := a.ground.areas * t.columns
	t.num, t.free, t.asked = make([]int, n), make([]int, n), make([]int, a.ground.areas)
	var columns []int
	for c, answer := range t.answers {
		if !a.here(q, c) || answer.Kind == stat.NotFinished || answer.Kind == stat.NoRespondent || answer.Kind == stat.NotAsked {
			continue
		}
		free := a.secret(pt.Question, c)
		columns = t.columnsOf(columns[:0], answer.Kind, answer.Options)
		for _, area := range a.ground.of[c] {
			if free {
				t.asked[area]++
			}
			for _, col := range columns {
				t.num[int(area)*t.columns+col]++
				if free {
					t.free[int(area)*t.columns+col]++
				}
			}
		}
	}
	t.counts = a.in.Grid.Count(e, pt.Question, pt.Row)
	t.design = estimate.NewDesign(a.in.Grid, t.counts.Universe, t.counts.Sample)
	return t
}

// table holds what is shown of a table against the answers and the rules.
func (a *auditor) table(i int) (out []Leak) {
	t, pt := &a.tables[i], &a.Tables[i]
	heavy := a.heaviest(t)
	for area := range pt.Lines {
		l := &pt.Lines[area]
		leak := func(col int, text string) {
			out = append(out, Leak{pt.Question, pt.Row, area, col, text})
		}
		if l.Respondents == 0 {
			continue
		}
		base := t.num[area*t.columns+t.columns-1]
		if l.Base.OK() && int(l.Base.N) != base {
			leak(t.columns-1, "the base is not that of the answers")
		}
		for col := range t.columns - 1 {
			c := l.cell(col)
			if !c.Value.OK() {
				continue
			}
			if !l.Base.OK() {
				leak(col, "it is shown and its base is not")
			}
			if c.Residents.OK() && tellsTheLargest(c.Residents.N, heavy[area]) {
				leak(col, "the share of residents says what its largest respondent did")
			}
			if text := a.unsafe(t, pt.Question, area, col, c); text != "" {
				leak(col, text)
			}
			if !a.same(t, t.num, &t.counts, t.design, area, col, c) {
				leak(col, "what is shown is not what the answers say")
			}
		}
	}
	return out
}

// heaviest is, by area, the part of an estimate of residents, in per cent, that one
// respondent of its base makes at most.
func (a *auditor) heaviest(t *audited) []float64 {
	grid := a.in.Grid
	italy := weightsOf(t.design.Strata, len(t.counts.Sample))
	weights := make([][]float64, len(t.design.Regions))
	for r, own := range t.design.Regions {
		weights[r] = weightsOf(own.Strata, len(t.counts.Sample))
	}
	most, all := make([]float64, len(grid.Areas)), make([]float64, len(grid.Areas))
	for c, answer := range t.answers {
		cell := grid.Cell[c]
		if cell < 0 || !a.here(t.q, c) || !counted(answer.Kind) {
			continue
		}
		for _, area := range a.Frame.Of(c) {
			weight := italy
			if region := grid.Areas[area].Region; region >= 0 {
				weight = weights[region]
			}
			w := weight[cell] * float64(grid.Residents[c])
			most[area], all[area] = max(most[area], w), all[area]+w
		}
	}
	for area := range most {
		if all[area] > 0 {
			most[area] *= 100 / all[area]
		}
	}
	return most
}

// unsafe is why a share must not be shown.
func (a *auditor) unsafe(t *audited, question, area, col int, c Cell) string {
	if Public(a.in.Edition.Book, t.q) {
		return ""
	}
	least := a.Policy.Least
	if t.q.Reserved {
		least = a.Policy.LeastReserved
	}
	row := area * t.columns
	n, of := t.free[row+col], t.free[row+t.columns-1]
	const all = 100
	switch {
	case n < least:
		return "it is shown, and fewer than the threshold gave the answer"
	case of-n < least:
		return "it is shown, and all but fewer than the threshold gave the answer"
	case c.Value.N <= 0 || c.Value.N >= all:
		return "it says that nobody or everybody did"
	}
	return ""
}

// same reports whether counts print as a cell does.
func (a *auditor) same(t *audited, num []int, counts *estimate.Counts, design *estimate.Design, area, col int, c Cell) bool {
	row := area * t.columns
	n, base := num[row+col], num[row+t.columns-1]
	scale, decimals := 1.0, 0
	if base >= a.Policy.Decimal && c.Decimals > 0 { // it may be printed without its decimal
		const ten = 10
		scale, decimals = ten, 1
	}
	if base == 0 || c.Decimals != decimals || math.Round(c.Value.N*scale) != math.Floor(float64(200*n)*scale/float64(2*base)+0.5) {
		return false
	}
	if c.Estimate.OK() {
		e := design.Comuni(area, counts.Base, counts.Num[col])
		if !e.OK || math.Round(e.P) != c.Estimate.N || math.Round(e.Low) != c.Low.N || math.Round(e.High) != c.High.N {
			return false
		}
	}
	if c.Residents.OK() {
		p, ok := design.ShareOfResidents(area, counts.Base, counts.Num[col])
		return ok && math.Round(p) == c.Residents.N
	}
	return true
}
