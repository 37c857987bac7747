package source

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// lister reads one list of projects into the positions of its interventions.
type lister struct {
	m       *projectManifest
	t       opened
	file    Snapshot
	kinds   []int // indexes of the interventions of this list
	match   *matcher
	col     projectIndex
	ledger  ledger
	matches []Match
	lost    lost
	sums    []listSum

	others []pattern // names of bodies that are no Comuni, parallel to the manifest's; nil for a tipologia
	calls  map[string]callKind
	live   map[liveKey]Project // not renounced, to find rows that stand twice
	cups   map[string]int      // Comune of the first live row of a CUP
}

// projectIndex is where the columns of this list are; -1 where it has none.
type projectIndex struct {
	ipa, body, kind, istat, province, amount, call, measure, cup, stage, financed, status int
}

// callKind is what a title of a call means in this list.
type callKind struct {
	intervention  int    // -1: none
	exclude       string // reason, for a call the manifest leaves out
	problem, hint string
}

type liveKey struct {
	comune, intervention int
	cup                  string
}

// listSum is what a list adds up to for one measure, all bodies included.
type listSum struct {
	measure string
	file    Snapshot
	amount  [Paid + 1]Cents
	partial bool // rows that could not be read are missing from it
}

func newLister(m *projectManifest, t opened, file Snapshot, stem string, match *matcher) *lister {
	c := m.Columns
	l := &lister{m: m, t: t, file: file, match: match, lost: lost{}, calls: map[string]callKind{}, live: map[liveKey]Project{}, cups: map[string]int{}}
	l.col = projectIndex{t.Col(c.IPA.Text), t.Col(c.Body.Text), t.Col(c.Kind.Text), t.Col(c.ISTAT.Text), t.Col(c.Province.Text), t.Col(c.Amount.Text),
		t.Col(c.Call.Text), t.Col(c.Measure.Text), t.Col(c.CUP.Text), t.Col(c.Stage.Text), t.Col(c.Financed.Text), t.Col(c.Status.Text)}
	for _, o := range m.Others {
		var p pattern
		if o.Body.Text != "" {
			p = patternOf(o.Body)
		}
		l.others = append(l.others, p)
	}
	for k, i := range m.Interventions {
		if i.File.Text == stem {
			l.kinds = append(l.kinds, k)
		}
	}
	return l
}

func (l *lister) read(p *Programme) Account {
	for _, r := range l.t.Rows {
		l.row(r, p)
	}
	if !l.t.whole {
		for i := range l.sums {
			l.sums[i].partial = true
		}
	}
	for _, k := range l.kinds {
		p.Interventions[k].List = l.file
		for c := range p.Positions {
			if !l.lost[c] && !l.match.atlas.Outlived(c, l.file.Date) {
				p.Positions[c][k].Stage = None
			}
		}
	}
	return l.ledger.close("", l.file, len(l.t.Rows))
}

// row reads a row, reports everything wrong with it and puts it where it
// belongs.
func (l *lister) row(r table.Row, p *Programme) {
	x, ok := l.project(r)
	l.add(r.Get(l.col.measure), x, ok)
	reason, isComune := l.kindOf(r)
	if reason != "" {
		l.ledger.exclude(said(reason))
		return
	}
	call := l.callOf(x.Call)
	if isComune && call.problem != "" {
		l.t.Problem(r, l.col.call, call.problem, call.hint)
	}
	switch {
	case !isComune:
		l.ledger.exclude(Reason{Cause: Faulty})
	case call.exclude != "":
		l.ledger.exclude(said(call.exclude))
	default:
		l.place(r, x, ok && call.problem == "", call.intervention, p)
	}
}

// place finds the Comune of a row and, if the rest of it is good, adds the
// project to its position.
func (l *lister) place(r table.Row, x Project, good bool, intervention int, p *Programme) {
	b := body{istat: r.Get(l.col.istat), ipa: r.Get(l.col.ipa), name: x.Body, province: r.Get(l.col.province), cup: x.CUP}
	if l.match.doubtful(b) {
		l.ledger.exclude(Reason{Cause: Faulty})
		return
	}
	v := l.match.find(b, l.file.Date)
	if v.problem != "" {
		l.t.Problem(r, l.col.istat, v.problem, v.hint)
	}
	l.lost.add(v)
	if v.how != Plain && (good || v.out) {
		l.matches = append(l.matches, v.match(p.Source, l.file.File, x.Line, b))
	}
	switch {
	case v.out:
		l.ledger.exclude(v.exclude)
		return
	case v.problem != "" || !good:
		l.ledger.exclude(Reason{Cause: Faulty})
		return
	}
	if cause := l.repeated(r, x, liveKey{v.comune, intervention, x.CUP}); cause != 0 {
		l.ledger.exclude(Reason{Cause: cause})
		return
	}
	at := &p.Positions[v.comune][intervention]
	if x.Stage == Renounced {
		at.Renounced = append(at.Renounced, x)
	} else {
		at.Projects = append(at.Projects, x)
	}
	l.ledger.used++
}

// repeated looks for the same CUP of the same Comune that was not renounced in
// between: the same row twice counts once, two different rows are a problem. A
// CUP that two bodies give is noted: one of them mistyped it, both count.
func (l *lister) repeated(r table.Row, x Project, k liveKey) Cause {
	if x.Stage == Renounced || x.CUP == "" {
		return 0
	}
	if first, twice := l.live[k]; twice {
		same := first
		same.Line = x.Line
		if same == x {
			l.t.Note(r, l.col.cup, fmt.Sprintf("the row repeats line %d and counts once", first.Line), "")
			return Repeated
		}
		l.t.Problem(r, l.col.cup, fmt.Sprintf("the CUP %q stands in line %d too, not renounced, with another amount, stage, call or date", x.CUP, first.Line),
			"leave one of them out under eccezioni in the manifest")
		return Faulty
	}
	l.live[k] = x
	if other, seen := l.cups[x.CUP]; seen && other != k.comune {
		l.t.Note(r, l.col.cup, fmt.Sprintf("the CUP %q is also that of a project of %s; both count", x.CUP, l.match.atlas.Comuni[other].Name), "")
	}
	l.cups[x.CUP] = k.comune
	return 0
}

// project reads amount, stage and dates.
func (l *lister) project(r table.Row) (Project, bool) {
	x := Project{CUP: r.Get(l.col.cup), Call: r.Get(l.col.call), Body: r.Get(l.col.body), Line: r.Line()}
	ok := true
	fault := func(col int, text, hint string) {
		l.t.Problem(r, col, text, hint)
		ok = false
	}
	if s := r.Get(l.col.amount); true {
		if x.Amount, ok = parseCents(s); !ok {
			fault(l.col.amount, fmt.Sprintf("%q is not an amount, want euros with a point, like 23147.0", s), "")
		}
	}
	words := l.m.Stages
	switch s := r.Get(l.col.stage); s {
	case words.Financed.Text:
		x.Stage = Financed
	case words.Paid.Text:
		x.Stage = Paid
	case words.Renounced.Text:
		x.Stage = Renounced
	default:
		fault(l.col.stage, fmt.Sprintf("%q is not a status, want %s, %s or %s", s, words.Financed.Text, words.Paid.Text, words.Renounced.Text),
			"a new letter is added under stati in the manifest")
	}
	if x.CUP == "" {
		l.t.Note(r, l.col.cup, "the project has no CUP", "")
	}
	date := func(col int) (d atlas.Date) {
		d, err := atlas.ParseDate(r.Get(col))
		if err != nil {
			fault(col, err.Error(), "")
		} else if d > l.file.Date {
			fault(col, fmt.Sprintf("%s is later than the date of the file, %s", d, l.file.Date), "correct the date in the name of the file")
		}
		return d
	}
	x.Financed = date(l.col.financed)
	if l.col.status >= 0 {
		x.Status = date(l.col.status)
	}
	return x, ok
}

// add counts a row of any body towards the publisher's totals.
func (l *lister) add(measure string, x Project, ok bool) {
	i := slices.IndexFunc(l.sums, func(s listSum) bool { return s.measure == measure })
	if i < 0 {
		i = len(l.sums)
		l.sums = append(l.sums, listSum{measure: measure, file: l.file})
	}
	if !ok {
		l.sums[i].partial = true
		return
	}
	l.sums[i].amount[x.Stage] += x.Amount
}

// kindOf reports whether the row is of a Comune, or why it is left out; neither
// when its tipologia is not known, which is reported.
func (l *lister) kindOf(r table.Row) (reason string, comune bool) {
	kind := r.Get(l.col.kind)
	if holds(l.m.Kinds, kind) {
		name := plain(r.Get(l.col.body))
		if i := slices.IndexFunc(l.others, func(p pattern) bool { return p != nil && p.fits(name) }); i >= 0 {
			return l.m.Others[i].Reason.Text, false
		}
		return "", true
	}
	known := yamlfile.Texts(l.m.Kinds)
	for _, o := range l.m.Others {
		if o.Kind.Text == kind && kind != "" {
			return o.Reason.Text, false
		}
		if o.Kind.Text != "" {
			known = append(known, o.Kind.Text)
		}
	}
	l.t.Problem(r, l.col.kind, fmt.Sprintf("%q is not a known tipologia", kind), hintOr(diag.DidYouMean(kind, known), "add it under comuni or altri_enti in the manifest"))
	return "", false
}

// callOf finds the one intervention that a call's title belongs to.
func (l *lister) callOf(title string) callKind {
	if k, ok := l.calls[title]; ok {
		return k
	}
	k := callKind{intervention: -1}
	var fits []string
	for _, i := range l.kinds {
		spec := l.m.Interventions[i]
		if likeAny(patterns(spec.Calls), title) {
			k.intervention = i
			fits = append(fits, spec.ID.Text)
		}
	}
	for _, s := range l.m.Skipped {
		if patternOf(s.Call).fits(plain(title)) {
			k.exclude = s.Reason.Text
			fits = append(fits, "avvisi_esclusi")
		}
	}
	switch len(fits) {
	case 0:
		k.problem = fmt.Sprintf("the call %q belongs to no intervention", title)
		k.hint = "add it to the avvisi of one, or to avvisi_esclusi with a reason, in the manifest"
	case 1:
	default:
		k.problem = fmt.Sprintf("the call %q belongs to %s, want one", title, strings.Join(fits, " and "))
		k.hint = "make the avvisi of the manifest narrower"
	}
	l.calls[title] = k
	return k
}

func hintOr(hint, otherwise string) string {
	if hint == "" {
		return otherwise
	}
	return hint + " or " + otherwise
}
