package atlas

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/diag"
)

// Bearer is a Comune, living or ended, under one name and ISTAT code, and the
// time it bore them. Where the day of a change is not known both sides bear
// their code throughout the interval it lies in.
type Bearer struct {
	Span
	Name       string
	Comune     int   // index in Atlas.Comuni of the Comune it is or has certainly become, -1 where that is not known
	Living     bool  // it is itself that Comune
	Candidates []int // where Comune is -1: the Comuni that may have succeeded it
}

// history is every span of code and name, in order of code and time.
type history struct {
	spans  []Bearer
	byCode map[string][]int
	byCad  map[string][]int
}

// spanKey finds spans while they are being gathered.
type spanKey struct{ istat, cad string }

// gather puts the archive, the events and the lists into one history and says
// where they disagree.
func gather(in Input, list *diag.List) history {
	g := gathering{at: map[spanKey][]int{}, in: in, list: list, sure: len(in.Archive.Records) > 0}
	g.archive()
	if !g.sure {
		for _, l := range in.Lists[:len(in.Lists)-1] {
			g.seed(l)
		}
	}
	for _, e := range sortEvents(in.Variations.Events) {
		g.event(e)
	}
	for _, l := range in.Lists {
		g.agree(l)
	}
	g.left(in.Lists[len(in.Lists)-1])
	return index(g.spans)
}

type gathering struct {
	spans []Bearer
	at    map[spanKey][]int
	in    Input
	list  *diag.List
	sure  bool // there is an archive, so that what is not in it was never there
}

func (g *gathering) add(s Span, name string) {
	k := spanKey{s.ISTAT, s.Cadastral}
	g.at[k] = append(g.at[k], len(g.spans))
	g.spans = append(g.spans, Bearer{Span: s, Name: name, Comune: -1})
}

// archive adds the archive's records, joining those that differ in extent only.
func (g *gathering) archive() {
	records := slices.Clone(g.in.Archive.Records)
	slices.SortStableFunc(records, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.ISTAT, b.ISTAT), cmp.Compare(a.Cadastral, b.Cadastral), cmp.Compare(a.From, b.From))
	})
	for _, r := range records {
		if n := len(g.spans); n > 0 {
			last := &g.spans[n-1]
			if last.ISTAT == r.ISTAT && last.Cadastral == r.Cadastral && last.Name == r.Name && last.To != Forever && last.To.AddDays(1) == r.From {
				last.To = r.To
				continue
			}
		}
		g.add(Span{r.ISTAT, r.Cadastral, r.From, r.To}, r.Name)
	}
}

func (g *gathering) seed(l List) {
	for _, p := range l.Places {
		if len(g.at[spanKey{p.ISTAT, p.Cadastral}]) == 0 {
			g.add(Span{p.ISTAT, p.Cadastral, 0, Forever}, p.Name)
		}
	}
}

// event closes the old span and opens the new one, where the archive has not
// done so already.
func (g *gathering) event(e Event) {
	if e.Kind == TerritoryShift || e.Kind == Institution {
		g.known(e)
	} else {
		g.closeOld(e)
	}
	if e.Kind == Incorporation || e.Kind == TerritoryShift {
		return
	}
	for _, i := range g.at[spanKey{e.NewISTAT, e.NewCadastral}] {
		if s := g.spans[i]; s.To >= e.To && (e.Kind != Renaming || Fold(s.Name) == Fold(e.NewName)) {
			return
		}
	}
	g.add(Span{e.NewISTAT, e.NewCadastral, e.From, Forever}, e.NewName)
}

func (g *gathering) closeOld(e Event) {
	if !g.known(e) {
		return
	}
	for _, i := range g.at[spanKey{e.OldISTAT, e.OldCadastral}] {
		s := &g.spans[i]
		if s.To == Forever && s.From < e.To && (e.Kind != Renaming || Fold(s.Name) != Fold(e.NewName)) {
			s.To = e.To.AddDays(-1)
		}
	}
}

// known says whether the event's old code is on record; without an archive the
// event itself is the record.
func (g *gathering) known(e Event) bool {
	if len(g.at[spanKey{e.OldISTAT, e.OldCadastral}]) > 0 {
		return true
	}
	if !g.sure {
		g.add(Span{e.OldISTAT, e.OldCadastral, 0, Forever}, e.OldName)
		return true
	}
	if g.in.Doubt.event(e) {
		return false
	}
	g.list.Add(g.in.Variations.problem(e, fmt.Sprintf("the old code %q (%s) is unknown: neither the archive nor an earlier variation has it", e.OldISTAT, e.OldCadastral),
		"correct the ISTAT or the cadastral code"))
	return false
}

// agree checks that every Comune of a list is on record at the list's date.
func (g *gathering) agree(l List) {
	for _, p := range l.Places {
		k, found := spanKey{p.ISTAT, p.Cadastral}, false
		for _, i := range g.at[k] {
			found = found || g.spans[i].From <= l.Source.Date && l.Source.Date <= g.spans[i].To
		}
		if found {
			continue
		}
		if g.sure && !g.in.Doubt.Of(p.ISTAT, p.Cadastral) {
			g.list.Add(diag.Problem{File: l.File, Line: p.Line,
				Text: fmt.Sprintf("%s bears the code %q (%s) on %s, and neither the archive nor a variation says since when", p.Name, p.ISTAT, p.Cadastral, l.Source.Date),
				Hint: "add the variation to " + g.in.Variations.File})
		}
		g.add(Span{p.ISTAT, p.Cadastral, 0, Forever}, p.Name)
	}
}

// left checks that every Comune on record as living is in the list in force.
func (g *gathering) left(l List) {
	in := make(map[spanKey]bool, len(l.Places))
	for _, p := range l.Places {
		in[spanKey{p.ISTAT, p.Cadastral}] = true
	}
	for i, s := range g.spans {
		if s.To != Forever || s.From > l.Source.Date || in[spanKey{s.ISTAT, s.Cadastral}] {
			continue
		}
		if g.sure && !g.in.Doubt.Of(s.ISTAT, s.Cadastral) {
			g.list.File(l.File, fmt.Sprintf("%s, code %q (%s), is not in the list of %s, and no variation says what became of it", proper(s.Name), s.ISTAT, s.Cadastral, l.Source.Date),
				"add the variation to "+g.in.Variations.File)
		}
		g.spans[i].To = l.Source.Date
	}
}

func index(spans []Bearer) history {
	slices.SortStableFunc(spans, func(a, b Bearer) int {
		return cmp.Or(cmp.Compare(a.ISTAT, b.ISTAT), cmp.Compare(a.From, b.From), cmp.Compare(a.Cadastral, b.Cadastral))
	})
	h := history{spans: spans, byCode: make(map[string][]int, len(spans)), byCad: make(map[string][]int, len(spans))}
	for i, s := range spans {
		h.byCode[s.ISTAT] = append(h.byCode[s.ISTAT], i)
		if s.Cadastral != "" {
			h.byCad[s.Cadastral] = append(h.byCad[s.Cadastral], i)
		}
	}
	for _, of := range h.byCad {
		slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(spans[a].From, spans[b].From) })
	}
	return h
}
