package disclosure

import (
	"maps"
	"math"
	"slices"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Version is the lines of Italy that were printed with some corrections.
type Version struct {
	Said  []survey.Said
	Lines map[int]Line // by table
}

// Renewal is the lines of Italy of the tables of one group with answers that were
// corrected after the edition was published, and why they tell nobody who corrected what.
type Renewal struct {
	Tables  []int
	Version         // the corrections since the edition was published, and what is printed now
	crowds  []crowd // of each Comune that corrected
}

// Renew takes corrections over into what was published of an edition, as far as that
// tells nothing, and leaves the rest as it was. Between two publications whoever has
// both sees how a count changed, and of few Comuni so sees answers. So
//
//   - only Italy's figures are renewed;
//   - no share that was shown is lost, and none is shown that was not;
//   - every witness of what was published prints a renewed figure as well; and
//   - of each Comune that corrected there are [leastCrowd] others that said the same
//     before: had one of them corrected instead of it, all figures that were ever renewed
//     would be the same, and whatever else was printed did not change.
//
// Before is what was printed since, oldest first; now is what all that corrected say
// today. Where that cannot be taken over, the lines printed last stay. It returns what is
// published then, and the renewals in it.
func Renew(s Side, before []Version, now []survey.Said) (*Published, []Renewal) {
	x := newRenewing(&s)
	groups := groups(&s.Input)
	out := make([]*Renewal, len(groups))
	each(len(groups), func(i int) { out[i] = x.group(groups[i], before, now) })
	p := *s.Published
	p.Tables = slices.Clone(p.Tables)
	var renewals []Renewal
	for _, r := range out {
		if r == nil {
			continue
		}
		for i, l := range r.Lines {
			t := &p.Tables[i]
			t.Lines = slices.Clone(t.Lines)
			t.Lines[x.italy] = l
		}
		renewals = append(renewals, *r)
	}
	p.name(s.Edition.Book)
	return &p, renewals
}

// renewing is the answers that were published, and what they are held against.
type renewing struct {
	*Side
	ground *ground
	italy  int
	cuts   []int // by table
}

func newRenewing(s *Side) *renewing {
	x := &renewing{Side: s, ground: newGround(s.Frame, sent(s.Edition), s.Published.Policy.LeastArea), cuts: make([]int, len(s.Tables))}
	x.italy, _ = panelled(s.Frame)
	for i, g := range groups(&s.Input) {
		for _, t := range g {
			x.cuts[t] = s.Proof.cuts[i]
		}
	}
	return x
}

// of are what is said to the questions of some tables.
func (x *renewing) of(tables []int, all []survey.Said) (out []survey.Said) {
	for _, said := range all {
		if slices.ContainsFunc(tables, func(t int) bool { return x.Tables[t].Question == said.Question && x.Tables[t].Row == said.Row }) {
			out = append(out, said)
		}
	}
	return out
}

// versions are those of a group that were printed, each once, with all of its lines: first
// of all that of the publication.
func (x *renewing) versions(tables []int, before []Version) []Version {
	lines := map[int]Line{}
	for _, t := range tables {
		lines[t] = x.Published.Tables[t].Lines[x.italy]
	}
	out := []Version{{Lines: lines}}
	for _, b := range before {
		v := Version{x.of(tables, b.Said), maps.Clone(out[len(out)-1].Lines)}
		if len(out) == 1 && len(v.Said) == 0 || slices.Equal(v.Said, out[len(out)-1].Said) {
			continue
		}
		for _, t := range tables {
			if l, ok := b.Lines[t]; ok {
				l.Comuni, l.Respondents, l.Response, l.ResidentsResponse = lines[t].Comuni, lines[t].Respondents, lines[t].Response, lines[t].ResidentsResponse
				v.Lines[t] = l
			}
		}
		out = append(out, v)
	}
	return out
}

// group is what is renewed of a group of tables, nil where nothing is or was.
func (x *renewing) group(tables []int, before []Version, now []survey.Said) *Renewal {
	versions := x.versions(tables, before)
	said := x.of(tables, now)
	if len(said) == 0 && len(versions) == 1 {
		return nil
	}
	last := versions[len(versions)-1]
	r := &Renewal{Tables: tables, Version: last}
	if !slices.Equal(said, last.Said) {
		if next, ok := x.next(tables, last, said); ok {
			if crowds, ok := x.crowds(tables, append(slices.Clone(versions), next)); ok {
				r.Version, r.crowds = next, crowds
				return r
			}
		}
	}
	if len(versions) == 1 {
		return nil
	}
	r.crowds, _ = x.crowds(tables, versions)
	return r
}

// family is the tables of a group with corrected answers, of which only the figures of
// Italy are looked at that are shown in lines; of coarse ones in whole per cents.
func (x *renewing) family(tables []int, said []survey.Said, lines map[int]Line, coarse map[int]bool) *search {
	in := x.Input
	in.Edition, in.Frozen = in.Edition.With(said), nil
	f := newFamily(x.ground, &in, tables, x.Published.Policy, x.cuts[tables[0]])
	for _, s := range f.sheets {
		l := lines[s.index]
		if coarse[s.index] {
			s.policy.Decimal = math.MaxInt
			s.primary() // one that would print as none or all
		}
		for at := range s.why {
			switch area, col := at/s.columns, at%s.columns; {
			case area != x.italy:
				s.why[at] = unpublished
			case s.why[at] != open:
			case col == s.base() && !l.Base.OK(), col != s.base() && !l.cell(col).Value.OK():
				s.why[at] = cover
			}
			if s.why[at] == open && at%s.columns != s.base() {
				c := l.cell(at % s.columns)
				if !c.Estimate.OK() {
					s.lacks[at] |= estimates
				}
				if !c.Residents.OK() {
					s.lacks[at] |= ofResidents
				}
			}
		}
	}
	return newSearch(f)
}

// next is the lines of Italy with some corrections, after those printed last. Where
// witnesses print a share otherwise, those of its table lose their decimal, which leaves
// room; where one is printed otherwise even so, the table stays as it is. An estimate that
// is printed otherwise is withheld. There is none where nothing is renewed, or a share that
// was shown may not be any more.
func (x *renewing) next(tables []int, last Version, said []survey.Said) (Version, bool) {
	fine := x.family(tables, said, last.Lines, nil)
	if fine.sheets[0].public {
		return last, false
	}
	for _, s := range fine.sheets {
		l := last.Lines[s.index]
		for col := range s.columns {
			shown := col == s.base() && l.Base.OK() || col != s.base() && l.cell(col).Value.OK()
			if shown && s.why[s.at(x.italy, col)] != open {
				return last, false
			}
		}
	}
	coarse := map[int]bool{}
	for t, l := range x.stays(fine, said) {
		coarse[t.table] = coarse[t.table] || slices.Contains(l, shares)
	}
	f := x.family(tables, said, last.Lines, coarse)
	stays := x.stays(f, said)
	out := Version{Said: said, Lines: maps.Clone(last.Lines)}
	some := false
	for _, s := range f.sheets {
		if l, ok := x.renew(s, last.Lines[s.index], stays); ok {
			out.Lines[s.index], some = l, true
		}
	}
	return out, some
}

// renew is the line of Italy of a table, without what stays; false where a share does, or
// no share would be another.
func (x *renewing) renew(s *sheet, was Line, stays map[spot][]layer) (Line, bool) {
	is := s.lines()[x.italy]
	is.Options = slices.Clone(is.Options)
	gain := was.Base != is.Base
	for col := range s.columns {
		l := stays[spot{s.index, x.italy, col}]
		if slices.Contains(l, shares) {
			return was, false
		}
		if col == s.base() {
			continue
		}
		c, old := is.cell(col), was.cell(col)
		switch {
		case !old.Value.OK():
			c = old
		case s.why[s.at(x.italy, col)] != open: // it would print as none or all without its decimal
			return was, false
		}
		gain = gain || c.Value.OK() && c.Value != stat.Of(atDecimals(old.Value.N, c.Decimals))
		none := stat.Missing(withheldKind)
		if slices.Contains(l, estimates) {
			c.Estimate, c.Low, c.High = none, none, none
		}
		if slices.Contains(l, ofResidents) {
			c.Residents = none
		}
		if col < len(is.Options) {
			is.Options[col] = c
		} else {
			is.Headline = c
		}
	}
	return is, gain
}

// atDecimals is a share with so many decimals, at most those that it has.
func atDecimals(share float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Floor(share*scale+0.5) / scale
}

// stays are the figures of Italy that some witness prints otherwise.
func (x *renewing) stays(f *search, said []survey.Said) map[spot][]layer {
	out := map[spot][]layer{}
	for _, w := range x.witnesses(f, said) {
		losses, _ := f.broken(w, mostCost)
		for _, b := range losses {
			at := spot{b.sheet.index, x.italy, b.at % b.sheet.columns}
			out[at] = append(out[at], b.layer)
		}
	}
	return out
}

// changed are the lines of a version without the figures that stand in the one before:
// what was printed again tells nothing new.
func changed(now, before Version) map[int]Line {
	out := map[int]Line{}
	for i, is := range now.Lines {
		was, l := before.Lines[i], is
		l.Options = nil
		for col := range len(is.Options) + 1 {
			c, old := is.cell(col), was.cell(col)
			none := stat.Missing(withheldKind)
			if c.Estimate == old.Estimate && c.Low == old.Low && c.High == old.High {
				c.Estimate, c.Low, c.High = none, none, none
			}
			if c.Residents == old.Residents {
				c.Residents = none
			}
			if is.Base == was.Base && c.Value == old.Value && !c.Estimate.OK() && !c.Residents.OK() {
				c.Value = none
			}
			if col < len(is.Options) {
				l.Options = append(l.Options, c)
			} else {
				l.Headline = c
			}
		}
		out[i] = l
	}
	return out
}
