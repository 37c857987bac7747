package disclosure

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"mappa/internal/atlas"
	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// Input is an edition as it is to be protected.
type Input struct {
	Edition *survey.Edition
	Frame   *estimate.Frame
	Tables  []estimate.Table // of estimate.Tables, for that frame
	Grid    *estimate.Grid   // of estimate.NewGrid, for that frame
	// Frozen is what was published of the edition before, by table and area: nothing of
	// it can be withheld any more, and nothing that it withholds is shown. nil: nothing
	// was. FrozenProof is its proof; what of it still holds need not be found again.
	Frozen      [][]*Line
	FrozenProof *Proof
}

// Inputs are the editions of a survey, oldest first. The panel of an edition is
// those that answered the next one as well; of the last, the one before.
func Inputs(a *atlas.Atlas, editions []*survey.Edition, cohorts []estimate.Cohort) []Input {
	var out []Input
	for i, e := range editions {
		l := estimate.Layout{Edition: e, Cohorts: cohorts}
		if i+1 < len(editions) {
			l.Other = editions[i+1]
		} else if i > 0 {
			l.Other = editions[i-1]
		}
		f := estimate.NewFrame(a, l)
		out = append(out, Input{Edition: e, Frame: f, Tables: estimate.Tables(e, a, f), Grid: estimate.NewGrid(a, f)})
	}
	return out
}

// known reports whether everybody knows what a Comune answered.
func (in *Input) known(question, comune int) bool { return in.Edition.Known(question, comune) }

// Protect makes of an edition's tables what may be shown, and the proof that it may.
func Protect(in Input, policy Policy) (*Published, *Proof) {
	g := newGround(in.Frame, sent(in.Edition), policy.LeastArea)
	groups := groups(&in)
	families, witnesses := make([]*family, len(groups)), make([][][]Change, len(groups))
	each(len(groups), func(i int) {
		x := protect(g, &in, groups[i], policy)
		for _, w := range x.witnesses {
			witnesses[i] = append(witnesses[i], w.changes())
		}
		families[i] = x.family
		families[i].release()
	})
	return assemble(&in, policy, families, slices.Concat(witnesses...))
}

// release lets go of what was made for the search; what is printed stays. Of a large
// survey it is more than its answers.
func (f *family) release() {
	f.deltas, f.moves, f.respondents = nil, nil, nil
	for _, s := range f.sheets {
		s.sayers, s.thens, s.sorted, s.frequent = nil, nil, nil, nil
		s.replies, s.now, s.free, s.secret = nil, nil, nil, nil
		s.bounds, s.mark, s.flips, s.complete = nil, nil, nil, nil
		s.counts, s.design, s.other = estimate.Counts{}, nil, nil
	}
}

// assemble is what families leave of an edition.
func assemble(in *Input, policy Policy, families []*family, witnesses [][]Change) (*Published, *Proof) {
	p := &Published{Frame: in.Frame, Policy: policy, first: make([]int, len(in.Edition.Book.Questions)), Tables: make([]Table, len(in.Tables)), own: own(in.Edition)}
	for q := range p.first {
		p.first[q] = -1
	}
	for i := len(in.Tables) - 1; i >= 0; i-- {
		p.first[in.Tables[i].Question] = i
	}
	proof := &Proof{Witnesses: witnesses}
	for _, f := range families {
		for _, s := range f.sheets {
			p.Tables[s.index] = Table{Question: s.table.Question, Row: s.table.Row, Lines: s.lines()}
		}
		proof.add(f)
	}
	p.name(in.Edition.Book)
	slices.SortStableFunc(proof.Withheld, func(a, b Withheld) int { return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Area, b.Area)) })
	return p, proof
}

// sent says which Comuni sent the form.
func sent(e *survey.Edition) []bool {
	out := make([]bool, len(e.Places))
	for i, p := range e.Places {
		out[i] = p.State == survey.Completed
	}
	return out
}

// each does n things on all processors.
func each(n int, do func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range next {
				do(i)
			}
		}()
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// protect protects tables that logic ties together. Where some cell has no witness
// at any price, fewer areas are published of them, step by step; of nothing, nothing
// can be given back.
func protect(g *ground, in *Input, tables []int, policy Policy) *search {
	for cut := 0; ; cut++ {
		x := newSearch(newFamily(g, in, tables, policy, cut))
		x.take(in.FrozenProof)
		x.run()
		if len(x.failed) == 0 || cut == nothing {
			return x
		}
	}
}

// take keeps the witnesses of an earlier proof that can still be had.
func (x *search) take(p *Proof) {
	if p == nil {
		return
	}
	at := map[int]*sheet{}
	for _, s := range x.sheets {
		at[s.index] = s
	}
	for _, changes := range p.Witnesses {
		var w witness
		for _, c := range changes {
			s := at[c.Table]
			if s == nil {
				continue
			}
			if !s.free[c.Comune] { // everybody knows by now what it said
				w = nil
				break
			}
			w = append(w, change{s, c.Comune, reply{c.To, c.state}})
		}
		if broken, cost := x.broken(w, mostCost); len(w) > 0 && cost < mostCost {
			for _, b := range broken {
				x.hide(b)
			}
			x.accept(w)
		}
	}
}

// nothing is the cut at which no area is published.
const nothing = 4

// cutAt is the cut from which a level is not published.
func cutAt(l estimate.Level) int {
	switch l {
	case estimate.Italy:
		return nothing
	case estimate.Ripartizioni, estimate.Classes:
		return 3
	case estimate.Regions:
		return 2
	}
	return 1
}

// groups ties tables together: a question and what its answers lead to, and the
// rows of a question that logic ties to each other.
func groups(in *Input) (out [][]int) {
	book := in.Edition.Book
	at := map[int]int{} // by question: its first group
	for i := range in.Tables {
		t := &in.Tables[i]
		q := &book.Questions[t.Question]
		group, ok := -1, false
		if q.Route.On && !Public(book, &book.Questions[q.Route.Question]) {
			group, ok = lookup(at, q.Route.Question)
		}
		if !ok && tied(q) && t.Row > 0 {
			group, ok = lookup(at, t.Question)
		}
		if !ok {
			group = len(out)
			out = append(out, nil)
		}
		if _, seen := at[t.Question]; !seen {
			at[t.Question] = group
		}
		out[group] = append(out[group], i)
	}
	return out
}

func lookup(at map[int]int, q int) (int, bool) { g, ok := at[q]; return g, ok }

// tied reports whether the rows of a question bind each other.
func tied(q *survey.Question) bool {
	return q.Shape == survey.Ranking || q.Shape == survey.Percentages
}

func newFamily(g *ground, in *Input, tables []int, policy Policy, cut int) *family {
	f := &family{ground: g, cut: cut, deltas: map[deltaKey]*delta{}, moves: map[target][]directed{}}
	first, rows := map[int]*sheet{}, map[int][]*sheet{}
	book := in.Edition.Book
	for _, i := range tables {
		s := newSheet(g, in, i, policy)
		if first[s.table.Question] == nil {
			first[s.table.Question] = s
		}
		if r := s.q.Route; r.On && !Public(book, &book.Questions[r.Question]) {
			s.routed = true
			if lead := first[r.Question]; lead != nil {
				s.lead = lead
				lead.led = append(lead.led, s)
			}
		}
		if tied(s.q) {
			rows[s.table.Question] = append(rows[s.table.Question], s)
		}
		f.sheets = append(f.sheets, s)
	}
	for _, s := range f.sheets {
		s.rows = rows[s.table.Question]
		s.cut(cut)
		s.extras()
		s.primary()
		s.freeze(in.Frozen)
	}
	for _, i := range g.order {
		if slices.ContainsFunc(f.sheets, func(s *sheet) bool { return s.replies[i].state != away }) {
			f.respondents = append(f.respondents, i)
		}
	}
	return f
}

func newSearch(f *family) *search {
	for _, s := range f.sheets {
		for at := range s.complete[:s.published*s.columns] {
			s.complete[at] = s.full(at)
			s.printed[at] = s.without(at, s.complete[at])
		}
	}
	return &search{family: f, used: make([]bool, len(f.of))}
}

// cut closes the areas that are not published of a sheet.
func (s *sheet) cut(cut int) {
	for area := range s.published {
		if l := s.frame.Areas[area].Level; s.closed[area] || cut >= cutAt(l) || s.q.Reserved && cutAt(l) == 1 {
			for col := range s.columns {
				s.why[s.at(area, col)] = unpublished
			}
		}
	}
	if cut > 0 || s.q.Reserved { // whoever has no part of an area has nothing to take away from it
		for at := s.at(s.published, 0); at < len(s.why); at++ {
			s.why[at] = unpublished
		}
	}
}

// freeze takes over what was published before.
func (s *sheet) freeze(frozen [][]*Line) {
	if frozen == nil || frozen[s.index] == nil {
		return
	}
	s.fixed = make([]bool, s.areas)
	for area, l := range frozen[s.index] {
		if l == nil {
			continue
		}
		s.fixed[area] = true
		if l.Closed || s.empty(area) { // of nobody there is nothing but that it is closed, or not
			why := open
			if l.Closed {
				why = unpublished
			}
			for col := range s.columns {
				s.why[s.at(area, col)] = why
			}
			continue
		}
		hidden := func(v bool, col int) {
			switch at := s.at(area, col); {
			case !v:
				s.why[at] = open
			case s.why[at] == open:
				s.why[at] = cover
			}
		}
		hidden(!l.Base.OK(), s.base())
		for col := range s.base() {
			c := l.cell(col)
			hidden(!c.Value.OK(), col)
			if c.Estimate.Kind == withheldKind {
				s.lacks[s.at(area, col)] |= estimates
			}
			if c.Residents.Kind == withheldKind {
				s.lacks[s.at(area, col)] |= ofResidents
			}
		}
	}
}

// leastEstimated is the base from which there is more than a share (spec 3), and
// mostResidents the part of a base's residents, in per cent, that one respondent may
// hold where their share is told.
const (
	leastEstimated = 30
	mostResidents  = 10
)

// estimated reports whether areas of a level have estimates: a class within a
// ripartizione or one half of a region is about one stratum, of which an estimate
// says nothing that the share does not.
func estimated(l estimate.Level) bool { return cutAt(l) != 1 }

// extras says of every area which figures beside the share it has.
func (s *sheet) extras() {
	most, all := make([]int64, s.published), make([]int64, s.published)
	for i, r := range s.replies {
		if r.state == said {
			for _, area := range s.frame.Of(i) {
				all[area] += s.residents[i]
				most[area] = max(most[area], s.residents[i])
			}
		}
	}
	for area := range s.published {
		base := s.at(area, s.base())
		if estimated(s.frame.Areas[area].Level) && s.num[base] >= leastEstimated && s.why[base] != unpublished && s.design.Comuni(area, s.counts.Base, s.counts.Base).OK {
			s.gives[area] = extras{true, 100*most[area] <= mostResidents*all[area]}
		}
	}
}
