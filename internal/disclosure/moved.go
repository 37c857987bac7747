package disclosure

import (
	"math"
	"slices"
	"strconv"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Side is an edition as it was protected, with its proof.
type Side struct {
	Input
	Published *Published
	Proof     *Proof
}

// Moved is by how many points the share of an answer moved between two editions, of
// all Comuni, as those tell that answered both; in whole points, with its 95 %
// interval. The zero Moved is of an answer that the edition before had not.
type Moved struct {
	Points, Low, High stat.Value
	Key               string // of the three; "" where there are none
}

// panelled is Italy in the frame, and the panel of Italy: what moved is published of
// Italy alone. A ripartizione's panel has fewer respondents, and more answers that
// were to look the same would look otherwise in it.
func panelled(f *estimate.Frame) (italy, panel int) {
	none := estimate.Area{Rip: -1, Region: -1, Class: -1}
	all, both := none, none
	all.Level, both.Level = estimate.Italy, estimate.PanelItaly
	return f.Find(all), f.Find(both)
}

// Pair adds to what is published of an edition how its answers moved since the one
// before. A figure of two editions joins what a Comune said in both, which no other
// figure does; so it is published only where
//
//   - the shares of the panel are, in both editions;
//   - at least [Policy.Least] Comuni took the answer up and as many gave it up, those
//     not counted whose answers everybody knows;
//   - no witness of either edition, beside the true answers to the other, prints
//     anything else.
func Pair(then, now Side) {
	p := newPaired(&then, &now)
	now.Published.moved = make([][]Moved, len(now.Published.Tables))
	each(len(now.Published.Tables), func(i int) { now.Published.moved[i] = p.table(i) })
	for i := range now.Published.Tables {
		t := &now.Published.Tables[i]
		q := &now.Edition.Book.Questions[t.Question]
		for k := range now.Published.moved[i] {
			if m := &now.Published.moved[i][k]; m.Points.OK() {
				m.Key = stemOf(now.Edition.Book, q, t.Row) + columnOf(q, k) + "/" + strconv.Itoa(p.italy) + "/panel"
			}
		}
	}
}

// columnOf is a column of a table in a key.
func columnOf(q *survey.Question, column int) string {
	if column < len(q.Options) {
		return q.Options[column].Code
	}
	return sintesi
}

// Moved is how the answers to a question, or a row of it, moved since the edition
// before: by column, the headline last; nil where the two do not compare.
func (p *Published) Moved(question, row int) []Moved {
	at := p.first[question]
	if p.moved == nil || at < 0 || at+row >= len(p.moved) || p.Tables[at+row].Question != question {
		return nil
	}
	return p.moved[at+row]
}

// numbers are all that may be printed of a move; the words may have its sign.
func (m *Moved) numbers() (out []float64) {
	for _, n := range shown(m.Points, m.Low, m.High) {
		out = append(out, n, math.Abs(n))
	}
	return out
}

// paired is two editions, each with what its respondents and its witnesses say.
type paired struct {
	then, now    *teller
	twin         []*survey.Twin // by question of the later; nil where they do not compare
	italy, panel int
	before       int // the panel of Italy in the frame of the edition before
}

// teller is what one says, witness or truth, in an edition.
type teller struct {
	*auditor
	proof *Proof
	by    [][]int // by table: the witnesses that can move it
}

func newTeller(s *Side) *teller {
	a := &auditor{Published: s.Published, in: &s.Input, tables: make([]audited, len(s.Published.Tables))}
	a.lead()
	for i, t := range s.Published.Tables {
		a.tables[i] = audited{q: &s.Edition.Book.Questions[t.Question], answers: s.Edition.Answers(t.Question, t.Row)}
	}
	t := &teller{auditor: a, proof: s.Proof, by: make([][]int, len(a.tables))}
	depending := make([][]int, len(a.tables))
	for i := range depending {
		depending[i] = a.depending(i)
	}
	for w, all := range s.Proof.Witnesses {
		for _, c := range all {
			for _, i := range depending[c.Table] {
				if n := len(t.by[i]); n == 0 || t.by[i][n-1] != w {
					t.by[i] = append(t.by[i], w)
				}
			}
		}
	}
	return t
}

func newPaired(then, now *Side) *paired {
	p := &paired{then: newTeller(then), now: newTeller(now), twin: make([]*survey.Twin, len(now.Edition.Book.Questions))}
	books := []*survey.Codebook{then.Edition.Book, now.Edition.Book}
	for q := range p.twin {
		if all := survey.Twins(books, 1, q); len(all) > 0 {
			p.twin[q] = &all[0]
		}
	}
	p.italy, p.panel = panelled(now.Frame)
	_, p.before = panelled(then.Frame)
	return p
}

// mark is where a Comune stands as to a share of an item, see [estimate.Marks].
func (t *teller) mark(table int, comune int32, any survey.Set, other told) estimate.Mark {
	if q := t.tables[table].q; !q.On(t.in.Edition.Places[comune].Form) {
		return estimate.Outside
	}
	switch st, set := t.auditor.now(table, comune, other); {
	case st == stateSaid && set.Meets(any):
		return estimate.Yes
	case st == stateSaid:
		return estimate.No
	case t.sampled(table, comune, other):
		return estimate.Beside
	}
	return estimate.Silent
}

// marks are those of all Comuni, as they answered.
func (t *teller) marks(table int, any survey.Set) []estimate.Mark {
	out := make([]estimate.Mark, len(t.in.Edition.Places))
	for i := range out {
		out[i] = t.mark(table, int32(i), any, nil)
	}
	return out
}

// duo is a column in both editions.
type duo struct {
	table, was int        // in the later and in the earlier
	any, old   survey.Set // the answers that it counts
	marks      [2][]estimate.Mark
	pairs      estimate.Pairs
	design     *estimate.Design
}

// table is what may be shown of a table of the later edition.
func (p *paired) table(i int) []Moved {
	t := &p.now.Published.Tables[i]
	twin := p.twin[t.Question]
	if twin == nil || p.panel < 0 || p.before < 0 {
		return nil
	}
	out := make([]Moved, len(t.Lines[p.italy].Options))
	if p.now.tables[i].q.Headline.Any != 0 {
		out = append(out, Moved{})
	}
	for col := range out {
		d, ok := p.duo(i, col)
		if !ok {
			continue
		}
		out[col] = Moved{Points: stat.Missing(stat.Withheld), Low: stat.Missing(stat.Withheld), High: stat.Missing(stat.Withheld)}
		if p.open(&d, col) {
			truth := p.print(&d.pairs, d.design)
			if truth.Points.OK() && p.holds(p.now, d.table, 1, &d, truth) && p.holds(p.then, d.was, 0, &d, truth) {
				out[col] = truth
			}
		}
	}
	return out
}

// duo is a column of the later edition beside the same one of the earlier; false where
// that had it not.
func (p *paired) duo(table, col int) (d duo, ok bool) {
	t := &p.now.Published.Tables[table]
	q, twin := p.now.tables[table].q, p.twin[t.Question]
	d.table, d.any = table, q.Headline.Any
	if col < len(q.Options) {
		d.any = survey.Set(0).With(col)
	}
	row := t.Row
	if twin.Rows != nil {
		row = twin.Rows[row]
	}
	if row < 0 || row >= len(p.then.at[twin.Question]) {
		return d, false
	}
	d.was = p.then.at[twin.Question][row]
	for o, there := range twin.Options {
		if !d.any.Has(o) {
			continue
		}
		if there < 0 {
			return d, false
		}
		d.old = d.old.With(there)
	}
	d.marks = [2][]estimate.Mark{p.then.marks(d.was, d.old), p.now.marks(table, d.any)}
	g := p.now.in.Grid
	d.pairs = g.Pair(d.marks[0], d.marks[1])
	d.design = estimate.NewDesign(g, d.pairs.Universe, d.pairs.Sample)
	return d, true
}

// open reports whether a move may be shown at all.
func (p *paired) open(d *duo, col int) bool {
	now := &p.now.Published.Tables[d.table].Lines[p.panel]
	was := &p.then.Published.Tables[d.was].Lines[p.before]
	there := col
	if q := p.now.tables[d.table].q; col < len(q.Options) {
		there = p.twin[p.now.Published.Tables[d.table].Question].Options[col]
	} else {
		there = len(was.Options)
	}
	if !now.cell(col).Value.OK() || !was.cell(there).Value.OK() {
		return false
	}
	up, down := p.crossed(d)
	least := p.now.Policy.Least
	if p.now.tables[d.table].q.Reserved || p.then.tables[d.was].q.Reserved {
		least = p.now.Policy.LeastReserved
	}
	return up >= least && down >= least
}

// crossed is how many Comuni took the answer up, and gave it up, of those whose two
// answers not everybody knows.
func (p *paired) crossed(d *duo) (up, down int) {
	then, now := p.then.Published.Tables[d.was].Question, p.now.Published.Tables[d.table].Question
	for i, was := range d.marks[0] {
		if !p.then.secret(then, i) && !p.now.secret(now, i) {
			continue
		}
		switch is := d.marks[1][i]; {
		case was == estimate.No && is == estimate.Yes:
			up++
		case was == estimate.Yes && is == estimate.No:
			down++
		}
	}
	return up, down
}

// print is a move as it is printed.
func (p *paired) print(pairs *estimate.Pairs, d *estimate.Design) Moved {
	x := d.PairedComuni(p.italy, pairs.Cross)
	if !x.Change.OK || x.Before.N < leastMean {
		return Moved{Points: stat.Missing(stat.Unknown)}
	}
	whole := func(v float64) stat.Value { return stat.Of(math.Floor(v+0.5) + 0) }
	return Moved{Points: whole(x.Change.Points), Low: whole(x.Change.Low), High: whole(x.Change.High)}
}

// holds reports whether all witnesses of an edition print the same move. A witness
// moves few Comuni, so that only these are counted again.
func (p *paired) holds(t *teller, table, side int, d *duo, truth Moved) bool {
	any := d.any
	if side == 0 {
		any = d.old
	}
	pairs := estimate.Pairs{Universe: d.pairs.Universe, Sample: slices.Clone(d.pairs.Sample), Cross: slices.Clone(d.pairs.Cross)}
	for _, w := range t.by[table] {
		other := t.witnessed(w, table, any, d.marks[side])
		if len(other) == 0 {
			continue
		}
		resampled := p.recross(&pairs, d, side, other, 1)
		design := d.design
		if resampled {
			design = estimate.NewDesign(p.now.in.Grid, pairs.Universe, pairs.Sample)
		}
		if p.print(&pairs, design) != truth {
			return false
		}
		p.recross(&pairs, d, side, other, -1)
	}
	return true
}

// marked is where another answer of a Comune puts it.
type marked struct {
	comune int32
	mark   estimate.Mark
}

// witnessed are the Comuni that a witness marks otherwise than they are.
func (t *teller) witnessed(w, table int, any survey.Set, truth []estimate.Mark) (out []marked) {
	for _, c := range t.proof.Witnesses[w] {
		m := t.mark(table, c.Comune, any, t.proof.Witnesses[w])
		if m != truth[c.Comune] && !slices.ContainsFunc(out, func(x marked) bool { return x.comune == c.Comune }) {
			out = append(out, marked{c.Comune, m})
		}
	}
	return out
}

// recross counts Comuni as another answer has them, by 1, or again as they are, by -1;
// it reports whether the sample is another.
func (p *paired) recross(pairs *estimate.Pairs, d *duo, side int, other []marked, by int) (resampled bool) {
	for _, x := range other {
		is := [2]estimate.Mark{d.marks[0][x.comune], d.marks[1][x.comune]}
		becomes := is
		becomes[side] = x.mark
		left := p.put(pairs, x.comune, is, -by)
		resampled = p.put(pairs, x.comune, becomes, by) != left || resampled
	}
	return resampled
}

// put counts a Comune in, or out, and reports whether it is of the sample.
func (p *paired) put(pairs *estimate.Pairs, comune int32, marks [2]estimate.Mark, by int) bool {
	cell := p.now.in.Grid.Cell[comune]
	if cell < 0 || slices.Contains(marks[:], estimate.Outside) || slices.Contains(marks[:], estimate.Silent) {
		return false
	}
	pairs.Sample[cell] += by
	x := &pairs.Cross[cell]
	var t *estimate.Tally
	switch was, is := marks[0] == estimate.Yes, marks[1] == estimate.Yes; {
	case slices.Contains(marks[:], estimate.Beside):
		return true
	case was && is:
		t = &x.Both
	case was:
		t = &x.Lost
	case is:
		t = &x.Gained
	default:
		t = &x.Neither
	}
	r := p.now.in.Grid.Residents[comune]
	t.Comuni, t.Residents, t.Squares = t.Comuni+by, t.Residents+by*r, t.Squares+by*r*r
	return true
}
