package score

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Scope is which parts an index is made of.
type Scope uint8

const (
	// Own is the parts on the form that the Comune got. Comuni with different
	// forms are not compared by it.
	Own Scope = iota
	// Common is the parts on both forms: what all Comuni are compared by.
	Common
)

// Scores are the scores of all Comuni.
type Scores struct {
	Tree    *Tree
	answers Answers
	on      []forms // by node
	leaves  [][]stat.Value
	own     [][]stat.Value // by node, then by Comune
	common  [][]stat.Value
}

// forms says on which forms something of a node is asked.
type forms struct {
	full, short, both bool // both: one part at least is on both forms
	asks              bool // a question is among its parts
}

func (f forms) in(s Scope, form survey.Form) bool {
	switch {
	case s == Common:
		return f.both
	case form == survey.ShortForm:
		return f.short
	}
	return f.full
}

// New scores all Comuni.
func New(t *Tree, a Answers) *Scores {
	s := &Scores{Tree: t, answers: a, on: t.forms(a.Edition.Book), leaves: make([][]stat.Value, len(t.Nodes))}
	places := len(a.Edition.Places)
	for i := range t.Nodes {
		if p := t.Nodes[i].Part; p != nil {
			r := a.reading(p)
			s.leaves[i] = make([]stat.Value, places)
			for c := range places {
				s.leaves[i][c] = r.score(c, nil).Value
			}
		}
	}
	s.own, s.common = s.all(Own, t.weights()), s.all(Common, t.weights())
	return s
}

// Of are the scores of a node, by Comune. The slice must not be changed.
func (s *Scores) Of(node int, scope Scope) []stat.Value {
	if scope == Common {
		return s.common[node]
	}
	return s.own[node]
}

// Whole reports whether a node has the same parts on both forms.
func (s *Scores) Whole(node int) bool {
	for _, l := range s.Tree.Leaves(node) {
		if !s.on[l].both {
			return false
		}
	}
	return true
}

// In reports whether a node is part of an index in a scope, for a form.
func (s *Scores) In(node int, scope Scope, form survey.Form) bool { return s.on[node].in(scope, form) }

// forms finds on which forms the parts stand.
func (t *Tree) forms(book *survey.Codebook) []forms {
	out := make([]forms, len(t.Nodes))
	for i := len(t.Nodes) - 1; i >= 0; i-- {
		n := &t.Nodes[i]
		if p := n.Part; p != nil {
			out[i] = forms{true, true, true, p.Question >= 0}
			if p.Question >= 0 {
				q := &book.Questions[p.Question]
				out[i].full, out[i].short, out[i].both = q.Full, q.Short, q.Full && q.Short
			}
		}
		if n.Parent >= 0 {
			up := &out[n.Parent]
			up.full, up.short, up.both, up.asks = up.full || out[i].full, up.short || out[i].short, up.both || out[i].both, up.asks || out[i].asks
		}
	}
	return out
}

// Weights are the shares of a tree's nodes in their parents, by node, and how
// the nodes are combined.
type Weights struct {
	Share   []float64
	Combine []Combine
	Without int // a node that is left out, -1 for none
}

// weights are those of the file.
func (t *Tree) weights() Weights {
	w := Weights{Share: make([]float64, len(t.Nodes)), Combine: make([]Combine, len(t.Nodes)), Without: -1}
	for i := range t.Nodes {
		w.Share[i], w.Combine[i] = t.Nodes[i].Share, t.Nodes[i].Combine
	}
	return w
}

// all are the values of every node and Comune.
func (s *Scores) all(scope Scope, w Weights) [][]stat.Value {
	places := len(s.answers.Edition.Places)
	out := make([][]stat.Value, len(s.Tree.Nodes))
	for i := range out {
		out[i] = make([]stat.Value, places)
	}
	row := make([]stat.Value, len(s.Tree.Nodes))
	var members []member
	for c := range places {
		members = s.comune(c, scope, w, row, members)
		for i := range out {
			out[i][c] = row[i]
		}
	}
	return out
}

// comune fills in the values of every node for a Comune; members is room to work
// in.
func (s *Scores) comune(c int, scope Scope, w Weights, row []stat.Value, members []member) []member {
	form := s.answers.Edition.Places[c].Form
	for i := len(row) - 1; i >= 0; i-- {
		n := &s.Tree.Nodes[i]
		switch {
		case !s.on[i].in(scope, form):
			row[i] = stat.Missing(stat.NotAsked)
			continue
		case n.Part != nil:
			row[i] = s.leaves[i][c]
			continue
		}
		members = members[:0]
		for _, k := range n.Children {
			if s.on[k].in(scope, form) && k != w.Without {
				members = append(members, member{w.Share[k], row[k]})
			}
		}
		row[i] = n.combine(w.Combine[i], members)
		if s.on[i].asks && row[i].OK() {
			if k, silent := s.silent(c); silent {
				row[i] = stat.Missing(k)
			}
		}
	}
	return members
}

// silent reports a Comune whose answers do not count, and why: of variables alone
// no index is made that asks something.
func (s *Scores) silent(c int) (stat.Kind, bool) {
	switch p := &s.answers.Edition.Places[c]; {
	case p.State == survey.Completed:
		return stat.Known, false
	case p.State == survey.Begun:
		return stat.NotFinished, true
	}
	return stat.NoRespondent, true
}
