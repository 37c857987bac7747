package disclosure

import "mappa/internal/survey"

// mostGrants bounds how often consents are tried: each time is a search among what stays
// as it was.
const mostGrants = 8

// Grant lets answers be shown that Comuni agreed to after their edition was published.
// Who agrees is known from then on, also in what was printed before: a witness that moves
// it tells nothing any more, and a share of three of which it was one is one of two. So
// consents are taken as far as what is printed, which stays as it was, is proven with
// other witnesses; of those that are not, the Comuni are told apart by halves. It returns
// the edition with what was taken, and how many consents that is.
func Grant(s Side, more []survey.Grant) (Side, int) {
	tries := mostGrants
	return s.granted(more, &tries)
}

func (s Side) granted(more []survey.Grant, tries *int) (Side, int) {
	if len(more) == 0 || *tries == 0 {
		return s, 0
	}
	*tries--
	if out, ok := s.with(more); ok {
		return out, len(more)
	}
	half := len(more) / 2
	for half > 0 && more[half-1].Comune == more[half].Comune { // the consents of one Comune go together
		half--
	}
	if half == 0 {
		return s, 0
	}
	first, n := s.granted(more[:half], tries)
	second, m := first.granted(more[half:], tries)
	return second, n + m
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
