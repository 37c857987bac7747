package disclosure

import (
	"slices"

	"mappa/internal/survey"
)

// mostGrants bounds how often consents are tried for a group of tables: each time is a
// search among what stays as it was.
const mostGrants = 128

// Grant lets answers be shown that Comuni agreed to after their edition was published.
// Who agrees is known from then on, also in what was printed before: a witness that moves
// it tells nothing any more, and a share of three of which it was one is one of two. So
// consents are taken as far as what is printed, which stays as it was, is proven with
// other witnesses; of those that are not, the Comuni are told apart by halves, question
// by question. It returns the edition with what was taken, and how many consents that is.
func Grant(s Side, more []survey.Grant) (Side, int) {
	parts := joined(&s.Input)
	taken := make([][]survey.Grant, len(parts))
	each(len(parts), func(i int) {
		var here []survey.Grant
		for _, g := range more {
			if slices.ContainsFunc(parts[i], func(t int) bool { return s.Tables[t].Question == g.Question }) {
				here = append(here, g)
			}
		}
		if len(here) > 0 {
			tries := mostGrants
			_, taken[i] = s.part(parts[i]).granted(here, &tries)
		}
	})
	all := slices.Concat(taken...)
	if len(all) == 0 {
		return s, 0
	}
	if out, ok := s.with(all); ok {
		return out, len(all)
	}
	return s, 0
}

// joined are the groups of tables, those in one that have rows of one question: a consent
// is to all of it.
func joined(in *Input) (out [][]int) {
	at := map[int]int{} // by question
	for _, g := range groups(in) {
		k, ok := lookup(at, in.Tables[g[0]].Question) // what is led there is in the group of all its rows
		if !ok {
			k, out = len(out), append(out, nil)
		}
		for _, t := range g {
			at[in.Tables[t].Question] = k
		}
		out[k] = append(out[k], g...)
	}
	return out
}

// part is an edition of some tables alone.
func (s Side) part(tables []int) Side {
	at := map[int]int{}
	in, p, proof := s.Input, *s.Published, new(Proof)
	in.Tables, p.Tables = nil, nil
	for _, t := range tables {
		at[t] = len(in.Tables)
		in.Tables, p.Tables = append(in.Tables, s.Tables[t]), append(p.Tables, s.Published.Tables[t])
	}
	for _, w := range s.Proof.Witnesses {
		var changes []Change
		for _, c := range w {
			if k, ok := at[c.Table]; ok {
				c.Table = k
				changes = append(changes, c)
			}
		}
		if changes != nil { // a witness moves answers of one group
			proof.Witnesses = append(proof.Witnesses, changes)
		}
	}
	return Side{in, &p, proof}
}

// granted is the edition with those of the consents that can be taken.
func (s Side) granted(more []survey.Grant, tries *int) (Side, []survey.Grant) {
	if len(more) == 0 || *tries == 0 {
		return s, nil
	}
	*tries--
	if out, ok := s.with(more); ok {
		return out, more
	}
	half := len(more) / 2
	if half == 0 {
		return s, nil
	}
	out, taken := s.granted(more[:half], tries)
	out, rest := out.granted(more[half:], tries)
	return out, slices.Concat(taken, rest)
}

// with is an edition with more consents, if all that is printed can stay.
func (s Side) with(more []survey.Grant) (Side, bool) {
	out := s
	out.Edition = s.Edition.Granting(more)
	out.Frozen, out.FrozenProof = make([][]*Line, len(s.Tables)), s.Proof
	for i := range s.Tables {
		if Public(s.Edition.Book, &s.Edition.Book.Questions[s.Tables[i].Question]) {
			continue
		}
		for area := range s.Published.Tables[i].Lines {
			out.Frozen[i] = append(out.Frozen[i], &s.Published.Tables[i].Lines[area])
		}
	}
	out.Published, out.Proof = Protect(out.Input, s.Published.Policy)
	ok := len(AuditFrozen(out.Published, out.Input)) == 0 && len(Audit(out.Published, out.Input, out.Proof)) == 0
	return out, ok
}
