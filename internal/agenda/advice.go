package agenda

import (
	"slices"

	"mappa/internal/stat"
)

// Subject is what the page of a Comune shows, as far as the rules ask for it.
type Subject struct {
	Measures []Measure // in the order of Rules.Measures
	Figures  []Figure  // in the order of Rules.Figures
	Answers  []Answer  // in the order of Rules.Answers
}

// Measure is where a Comune stands with an intervention.
type Measure struct {
	Unpaid  bool // financed and not paid, in a list that can say so
	Unasked bool // without a project, in a list that can say so
	Call    bool // without a project in the last list, and a call is open
}

// Figure is an indicator of a Comune beside that of its class.
type Figure struct{ Own, Around stat.Value }

// Answer is what a Comune said to a question and lets its page show.
type Answer struct {
	Shown bool
	Good  bool // it is one of those that the codebook sums up
}

// Rules are the crosswalk, ready to be applied.
type Rules struct {
	Measures, Figures, Answers []string // ids of what a subject must hold
	rules                      []Rule
	at                         []int // by rule: index in one of these
}

// NewRules lays the rules out.
func NewRules(a *Academy) *Rules {
	r := &Rules{Measures: a.ids(measure), Figures: a.ids(figure), Answers: a.ids(answer), rules: a.Rules}
	for _, x := range a.Rules {
		of := map[kind][]string{measure: r.Measures, figure: r.Figures, answer: r.Answers}[x.Sign.of()]
		r.at = append(r.at, slices.Index(of, x.Of))
	}
	return r
}

// Of are the indexes in Academy.Rules of the rules that hold of a subject, in
// order.
func (r *Rules) Of(s *Subject) (out []int) {
	for i := range r.rules {
		if r.holds(i, s) {
			out = append(out, i)
		}
	}
	return out
}

// At is the index in Subject of what rule i is about.
func (r *Rules) At(i int) int { return r.at[i] }

func (r *Rules) holds(i int, s *Subject) bool {
	x, at := &r.rules[i], r.at[i]
	switch x.Sign.of() {
	case measure:
		m := s.Measures[at]
		return x.Sign == Unpaid && m.Unpaid || x.Sign == Unasked && m.Unasked || x.Sign == CallOpen && m.Call
	case figure:
		return s.Figures[at].tells(x.Sign, x.Factor)
	case answer:
		return s.Answers[at].Shown && !s.Answers[at].Good
	}
	return true
}

func (f Figure) tells(sign Sign, factor float64) bool {
	switch {
	case sign == Failed:
		return f.Own.Kind == stat.Failed
	case !f.Own.OK():
		return false
	case sign == Absent:
		return f.Own.N == 0
	case !f.Around.OK():
		return false
	case sign == Above:
		return f.Own.N > float64(factor*f.Around.N)
	}
	return f.Own.N < float64(factor*f.Around.N)
}

// For reports whether the microprojects are for a Comune of so many residents.
func (a *Academy) For(residents int) bool { return residents > 0 && residents < a.Below }

// Standing is how a figure lies among those of the peers.
type Standing int8

// The standings. The zero value says nothing.
const (
	Gap      Standing = -1
	Strength Standing = 1
)

// Fewest is how many peers must have a value for anything to be said: of four the
// middle half is two.
const Fewest = 5

// quarter is the share of the peers on either side of the middle half.
const quarter = 0.25

// Against says whether a figure lies outside of the middle half of its peers'.
func Against(own stat.Value, peers []stat.Value, less bool) Standing {
	var known [16]float64
	sorted := known[:0]
	for _, v := range peers {
		if v.OK() {
			sorted = append(sorted, v.N)
		}
	}
	if !own.OK() || len(sorted) < Fewest {
		return 0
	}
	slices.Sort(sorted)
	out := Standing(0)
	switch lo, hi := quantile(sorted, quarter), quantile(sorted, 1-quarter); {
	case own.N < lo:
		out = Gap
	case own.N > hi:
		out = Strength
	}
	if less {
		out = -out
	}
	return out
}

// quantile is interpolated linearly between order statistics (R's type 7).
func quantile(sorted []float64, q float64) float64 {
	h := float64(q * float64(len(sorted)-1))
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((h-float64(i))*(sorted[i+1]-sorted[i]))
}

// AgainstMost says whether having something, or not, sets a Comune apart from the
// greater part of its peers: so many of so many have it.
func AgainstMost(has bool, peers, of int) Standing {
	switch {
	case of < Fewest:
		return 0
	case has && 2*peers < of:
		return Strength
	case !has && 2*peers > of:
		return Gap
	}
	return 0
}
