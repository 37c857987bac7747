package score

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Explained is how the score of a Comune came about: a node, what it weighed,
// and what it is made of. Its figures are those of [Scores], computed by the
// same functions.
type Explained struct {
	Node  int
	Value stat.Value
	// Share is the weight in the parent as it was used, 0..1: that of the file,
	// made to add up over what the form asks and what is not missing; 0 of a
	// part that did not count.
	Share  float64
	In     bool // it is on the form
	Parts  []Explained
	Result Result // of a part
	Lines  []Line // of a part
}

// Explain takes a score of a Comune apart.
func (s *Scores) Explain(node, comune int, scope Scope) Explained {
	n, form := &s.Tree.Nodes[node], s.answers.Edition.Places[comune].Form
	x := Explained{Node: node, Value: s.Of(node, scope)[comune], Share: 1, In: s.In(node, scope, form)}
	if n.Part != nil {
		r := s.answers.reading(n.Part)
		x.Result = r.score(comune, func(l Line) { x.Lines = append(x.Lines, l) })
		return x
	}
	present := 0.0
	for _, k := range n.Children {
		part := s.Explain(k, comune, scope)
		part.Share = 0
		if part.In && (part.Value.OK() || n.Missing == Zero) {
			part.Share = s.Tree.Nodes[k].Share
			present += part.Share
		}
		x.Parts = append(x.Parts, part)
	}
	for i := range x.Parts {
		if present > 0 {
			x.Parts[i].Share /= present
		}
	}
	return x
}

// Present is the share of the weight that was there, 0..1: what the minimum of
// the node is held against. Parts that are not on the form count on neither side.
func (s *Scores) Present(node, comune int, scope Scope) float64 {
	all, have := 0.0, 0.0
	for _, k := range s.Tree.Nodes[node].Children {
		if !s.In(k, scope, s.answers.Edition.Places[comune].Form) {
			continue
		}
		all += s.Tree.Nodes[k].Share
		if s.Of(k, scope)[comune].OK() {
			have += s.Tree.Nodes[k].Share
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// Open reports whether a score may be shown for a Comune: all that it is made of
// may be, as is said of each question by its class and by the Comune's consent,
// and of each variable, which is open data. Fictional answers are never shown.
func (s *Scores) Open(node, comune int, scope Scope) bool {
	e := s.answers.Edition
	if e.Demo() {
		return false
	}
	may := func(question int) bool {
		q := &e.Book.Questions[question]
		return q.Class == survey.Register || q.Class == survey.Consented && !q.Reserved && e.Consents(question, comune)
	}
	for _, l := range s.Tree.Leaves(node) {
		p := s.Tree.Nodes[l].Part
		if p.Question < 0 || !s.In(l, scope, e.Places[comune].Form) {
			continue
		}
		if !may(p.Question) || p.Only != nil && !may(p.Only.Question) {
			return false
		}
		// that the question was not put tells of the answer that leads to it
		if route := e.Book.Questions[p.Question].Route; route.On && !may(route.Question) {
			return false
		}
	}
	return true
}
