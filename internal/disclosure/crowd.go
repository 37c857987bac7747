package disclosure

import (
	"slices"

	"mappa/internal/survey"
)

// crowd is a Comune that corrected its answers, and those that may have done so in its
// place.
type crowd struct {
	comune int32
	known  bool // everybody may know what it said and says
	others []int32
}

// leastCrowd is how many there must be: as many as an area of two criteria must have.
const leastCrowd = 10

// crowds are those that may have corrected in place of each that did, in all versions
// together; false where there are too few.
func (x *renewing) crowds(tables []int, versions []Version) (out []crowd, ok bool) {
	var searches []*search
	var corrected []int32
	for v := 1; v < len(versions); v++ {
		lines, coarse := changed(versions[v], versions[v-1]), map[int]bool{}
		for t, l := range lines {
			for col := range len(l.Options) + 1 {
				c := l.cell(col)
				coarse[t] = coarse[t] || c.Value.OK() && c.Decimals < x.Published.Policy.decimals(int(l.Base.N))
			}
		}
		searches = append(searches, x.family(tables, versions[v].Said, lines, coarse))
		for _, s := range versions[v].Said {
			corrected = append(corrected, int32(s.Comune))
		}
	}
	slices.Sort(corrected)
	corrected = slices.Compact(corrected)
	in := x.Input
	in.Frozen = nil
	truth := newFamily(x.ground, &in, tables, x.Published.Policy, x.cuts[tables[0]])
	for _, comune := range corrected {
		c, ok := x.crowd(truth, searches, comune, corrected)
		if !ok {
			return nil, false
		}
		out = append(out, c)
	}
	return out, true
}

// witnesses are those of what was published, among answers of which some were corrected:
// what these say now is not what the witness has them say then.
func (x *renewing) witnesses(f *search, said []survey.Said) (out []witness) {
	at := map[int]*sheet{}
	for _, s := range f.sheets {
		at[s.index] = s
	}
	for _, changes := range x.Proof.Witnesses {
		var w witness
		for _, c := range without(changes, said) {
			if s := at[c.Table]; s != nil {
				w = append(w, change{s, c.Comune, reply{c.To, c.state}})
			}
		}
		if len(w) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// without is a witness without the Comuni that corrected.
func without(w []Change, said []survey.Said) []Change {
	return slices.DeleteFunc(slices.Clone(w), func(c Change) bool {
		return slices.ContainsFunc(said, func(x survey.Said) bool { return x.Comune == int(c.Comune) })
	})
}

// crowd is who may have corrected its answers in place of a Comune.
func (x *renewing) crowd(truth *family, versions []*search, comune int32, corrected []int32) (crowd, bool) {
	c := crowd{comune: comune, known: true}
	secret, open := false, false
	for k, s := range truth.sheets {
		moved := slices.ContainsFunc(versions, func(v *search) bool { return v.sheets[k].replies[comune] != s.replies[comune] })
		c.known = c.known && (!moved || !s.free[comune])
		if s.replies[comune].state != away {
			secret, open = secret || s.free[comune], open || !s.free[comune]
		}
	}
	if c.known || secret && open { // a part of what it said is known: nobody can stand in for it
		return c, c.known
	}
	for _, other := range truth.respondents {
		if _, is := slices.BinarySearch(corrected, other); is || !alike(truth, comune, other) {
			continue
		}
		if !slices.ContainsFunc(versions, func(v *search) bool { return !v.same(instead(truth, v, comune, other)) }) {
			if c.others = append(c.others, other); len(c.others) == leastCrowd {
				return c, true
			}
		}
	}
	return c, false
}

// same reports whether all that is shown prints the same in a witness.
func (x *search) same(w witness) bool {
	_, cost := x.broken(w, mostCost)
	return cost == 0
}

// alike reports whether two Comuni said the same, and of both nobody knows it.
func alike(f *family, a, b int32) bool {
	for _, s := range f.sheets {
		if s.replies[a] != s.replies[b] || s.free[a] != s.free[b] {
			return false
		}
	}
	return true
}

// instead is a version in which another Comune corrected its answers in place of one.
func instead(truth *family, version *search, comune, other int32) (w witness) {
	for k, s := range version.sheets {
		if was, is := truth.sheets[k].replies[comune], s.replies[comune]; was != is {
			w = append(w, change{s, comune, was}, change{s, other, is})
		}
	}
	return w
}
