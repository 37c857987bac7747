package disclosure

import (
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// witness counts what other answers would print.
func (a *auditor) witness(w []Change) (out seen) {
	bad := func(c Change, text string) {
		t := a.Tables[c.Table]
		out.leaks = append(out.leaks, Leak{t.Question, t.Row, 0, 0, "a witness " + text})
	}
	other := told(w)
	var tables []int
	for _, c := range w {
		t, pt := &a.tables[c.Table], &a.Tables[c.Table]
		switch {
		case !a.here(t.q, int(c.Comune)):
			bad(c, "moves a Comune that did not answer")
		case !a.secret(pt.Question, int(c.Comune)):
			bad(c, "moves an answer that everybody knows")
		}
		tables = append(tables, a.depending(c.Table)...)
		out.movers = append(out.movers, c.Comune)
	}
	for _, c := range w {
		if text := a.impossible(c, other); text != "" {
			bad(c, text)
		}
	}
	slices.Sort(out.movers)
	out.movers = slices.Compact(out.movers)
	slices.Sort(tables)
	for _, i := range slices.Compact(tables) {
		a.recount(i, other, &out)
	}
	return out
}

// depending are a table and those of the questions that its answers lead to.
func (a *auditor) depending(table int) []int {
	out := []int{table}
	for _, t := range a.led[a.Tables[table].Question] {
		out = append(out, a.depending(t)...)
	}
	return out
}

// lead finds the tables of each question and those that its answers lead to.
func (a *auditor) lead() {
	questions := a.in.Edition.Book.Questions
	a.at, a.led = make([][]int, len(questions)), make([][]int, len(questions))
	for i, t := range a.Tables {
		a.at[t.Question] = append(a.at[t.Question], i)
	}
	for q := range questions {
		if r := questions[q].Route; r.On {
			a.led[r.Question] = append(a.led[r.Question], a.at[q]...)
		}
	}
}

// told is a witness as one looks up what it says: it has a handful of changes, of which
// the last counts.
type told []Change

func (t told) of(table int, comune int32) (Change, bool) {
	for i := len(t) - 1; i >= 0; i-- {
		if t[i].Comune == comune && t[i].Table == table {
			return t[i], true
		}
	}
	return Change{}, false
}

// now is what a Comune says to an item of a table, witness or truth.
func (a *auditor) now(table int, comune int32, other told) (state, survey.Set) {
	if c, ok := other.of(table, comune); ok {
		return c.state, c.To
	}
	r := replyOf(a.tables[table].answers[comune])
	return r.state, r.set
}

// recount holds what a table would print against what is printed, and notes what
// moves.
func (a *auditor) recount(i int, other told, out *seen) {
	t, pt := &a.tables[i], &a.Tables[i]
	mine := a.spare.Get().(*copied)
	defer a.spare.Put(mine)
	mine.take(t, a.ground.areas)
	num, counts, design, touched := mine.num, mine.counts, t.design, mine.touched
	for _, c := range out.movers {
		if !a.here(t.q, int(c)) {
			continue
		}
		answer := t.answers[c]
		st, set := a.now(i, c, other)
		kind := stat.Blank
		if st == stateSaid {
			kind = stat.Known
		}
		cell := a.in.Grid.Cell[c]
		put := func(columns []int, by int) {
			for _, col := range columns {
				for _, area := range a.ground.of[c] {
					num[int(area)*t.columns+col] += by
					touched[int(area)] = true
				}
				if cell < 0 {
					continue
				}
				tally := &counts.Base[cell]
				if col < t.columns-1 {
					tally = &counts.Num[col][cell]
				}
				r := a.in.Grid.Residents[c]
				tally.Comuni, tally.Residents, tally.Squares = tally.Comuni+by, tally.Residents+by*r, tally.Squares+by*r*r
			}
		}
		mine.columns = t.columnsOf(mine.columns[:0], answer.Kind, answer.Options)
		put(mine.columns, -1)
		mine.columns = t.columnsOf(mine.columns[:0], kind, set)
		put(mine.columns, 1)
		if cell >= 0 {
			counts.Sample[cell] += one(a.sampled(i, c, other)) - one(a.sampled(i, c, nil))
		}
	}
	resampled := !slices.Equal(counts.Sample, t.counts.Sample)
	if resampled {
		design = estimate.NewDesign(a.in.Grid, counts.Universe, counts.Sample)
	}
	for area := range a.ground.areas {
		if !touched[area] && !resampled {
			continue
		}
		for col := range t.columns {
			if by := num[area*t.columns+col] - t.num[area*t.columns+col]; by != 0 {
				out.moved = append(out.moved, shift{i, area, col, by})
			}
			if area >= len(pt.Lines) || pt.Lines[area].Respondents == 0 {
				continue
			}
			l := &pt.Lines[area]
			ok := !l.Base.OK() || num[area*t.columns+col] == int(l.Base.N)
			if col < t.columns-1 {
				c := l.cell(col)
				ok = !c.Value.OK() || a.same(t, num, &counts, design, area, col, c)
			}
			if !ok {
				out.leaks = append(out.leaks, Leak{pt.Question, pt.Row, area, col, "it is shown, and answers that were to look the same look otherwise there"})
			}
		}
	}
}

// copied is the counts of a table that a witness is counted into. They are used again,
// as a survey has a million of them.
type copied struct {
	num     []int
	counts  estimate.Counts
	touched []bool // by area
	columns []int
}

func (c *copied) take(t *audited, areas int) {
	c.num = append(c.num[:0], t.num...)
	c.touched = append(c.touched[:0], make([]bool, areas)...)
	c.counts.Universe = t.counts.Universe
	c.counts.Base, c.counts.Sample = append(c.counts.Base[:0], t.counts.Base...), append(c.counts.Sample[:0], t.counts.Sample...)
	for len(c.counts.Num) < len(t.counts.Num) {
		c.counts.Num = append(c.counts.Num, nil)
	}
	c.counts.Num = c.counts.Num[:len(t.counts.Num)]
	for k, n := range t.counts.Num {
		c.counts.Num[k] = append(c.counts.Num[k][:0], n...)
	}
}

// sampled reports whether a Comune answered an item, or was led past it by an
// answer.
func (a *auditor) sampled(table int, comune int32, other told) bool {
	switch st, _ := a.now(table, comune, other); st {
	case stateSaid:
		return true
	case statePast:
		r := a.tables[table].q.Route
		return r.On && len(a.at[r.Question]) > 0 && a.sampled(a.at[r.Question][0], comune, other)
	}
	return false
}

// impossible is why a form cannot have been filled in as a witness says.
func (a *auditor) impossible(c Change, other told) string {
	t, question := &a.tables[c.Table], a.Tables[c.Table].Question
	size, alone := 0, false
	for o, option := range t.q.Options {
		if c.To.Has(o) {
			size++
			alone = alone || option.Exclusive || option.DontKnow
		}
	}
	switch {
	case c.state == stateSaid && (size == 0 || size > 1 && (!t.q.Many() || alone)):
		return "ticks what rules each other out"
	case c.state != stateSaid && size > 0:
		return "answers what it does not answer"
	}
	for _, tables := range [][]int{a.at[question], a.led[question]} { // what leads here, and what the answer leads to
		for _, i := range tables {
			if text := a.routed(i, c.Comune, other); text != "" {
				return text
			}
		}
	}
	if tied(t.q) && !a.adds(question, c.Comune, other) {
		return "gives two places to one option, or percentages that cannot add up"
	}
	return ""
}

// routed holds an item's answer against the one that leads to it.
func (a *auditor) routed(i int, comune int32, other told) string {
	r := a.tables[i].q.Route
	if !r.On || len(a.at[r.Question]) == 0 || !a.here(a.tables[i].q, int(comune)) {
		return ""
	}
	st, _ := a.now(i, comune, other)
	lead, set := a.now(a.at[r.Question][0], comune, other)
	if led := lead == stateSaid && set.Meets(r.Any); lead == stateSaid && led != (st != statePast) {
		return "leads to a question and does not answer it, or the other way round"
	}
	return ""
}

// adds reports whether the rows of a ranking or of percentages go together.
func (a *auditor) adds(question int, comune int32, other told) bool {
	var taken survey.Set
	low, high := 0.0, 0.0
	for _, i := range a.at[question] {
		t := &a.tables[i]
		st, set := a.now(i, comune, other)
		if st != stateSaid {
			return true
		}
		if t.q.Shape == survey.Ranking && taken.Meets(set) {
			return false
		}
		taken |= set
		for o := range t.q.Options {
			m := &t.q.Measure
			if !set.Has(o) || t.q.Shape != survey.Percentages {
				continue
			}
			from, to := m.Least, min(m.Most, m.Sum)
			if o > 0 && o <= len(m.Bins) {
				from = m.Bins[o-1]
			}
			if o < len(m.Bins) {
				to = m.Bins[o]
			}
			low, high = low+from, high+to
		}
	}
	m := &a.tables[a.at[question][0]].q.Measure
	return a.tables[a.at[question][0]].q.Shape != survey.Percentages || low-m.Within <= m.Sum && m.Sum <= high+m.Within
}
