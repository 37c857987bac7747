package score

import (
	"slices"

	"mappa/internal/survey"
)

// Series is a tree over the parts that two editions ask alike: what an index is
// compared by over time. Weights and points are those of the later edition in both,
// so that only the answers differ. A part is asked alike where the two questions are
// confrontabile and have the same rows, and where its rows hang on another question
// (solo), that one too. A variable is of a day, not of an edition, and never is.
type Series struct {
	Now, Then *Tree // the same nodes; of Then the parts read the earlier codebook
	Left      []int // parts of the whole tree that are on both forms and are not in it
}

// Series is what remains of the tree, that of books[now], in the edition before; the
// codebooks are oldest first. Areas and indices without a part are gone. Only what both
// forms ask is compared: see [Common].
func (t *Tree) Series(books []*survey.Codebook, now, before int) Series {
	was := func(question int) (survey.Twin, bool) {
		for _, x := range survey.Twins(books, now, question) {
			if x.Edition == before {
				return x, sameRows(x.Rows, len(books[before].Questions[x.Question].Rows))
			}
		}
		return survey.Twin{}, false
	}
	var out Series
	then := map[int]*Part{}
	for i := range t.Nodes {
		p := t.Nodes[i].Part
		if p == nil {
			continue
		}
		common := true
		if p.Question >= 0 {
			q := &books[now].Questions[p.Question]
			common = q.Full && q.Short
			if earlier, ok := p.earlier(q, was); ok && common {
				then[i] = earlier
			}
		}
		if common && then[i] == nil {
			out.Left = append(out.Left, i)
		}
	}
	keep := t.above(then)
	out.Now, out.Then = t.only(keep, nil), t.only(keep, then)
	return out
}

// earlier is a part as it reads the question before.
func (p *Part) earlier(q *survey.Question, was func(int) (survey.Twin, bool)) (*Part, bool) {
	twin, ok := was(p.Question)
	if !ok {
		return nil, false
	}
	out := *p
	out.Question = twin.Question
	if p.Only != nil {
		only, ok := was(p.Only.Question)
		if !ok || !slices.Equal(only.Rows, twin.Rows) {
			return nil, false
		}
		out.Only = &Only{Question: only.Question}
		for o, there := range only.Options {
			if p.Only.Any.Has(o) {
				out.Only.Any = out.Only.Any.With(there)
			}
		}
	}
	out.Rows = slices.Clone(p.Rows)
	for i, row := range p.Rows {
		at := i
		if twin.Rows != nil {
			at = twin.Rows[i]
		}
		if !q.Numeric() { // of numbers the points are of the row
			points := make([]float64, len(row.Points))
			for o, there := range twin.Options {
				points[there] = row.Points[o]
			}
			row.Points = points
		}
		out.Rows[at] = row
	}
	return &out, true
}

// sameRows reports whether all rows were there before, in some order, and none of so
// many has gone since: a row that is no more would have counted.
func sameRows(rows []int, before int) bool {
	return rows == nil || len(rows) == before && !slices.Contains(rows, -1)
}

// above are the nodes that have one of the parts, or are one.
func (t *Tree) above(parts map[int]*Part) []bool {
	keep := make([]bool, len(t.Nodes))
	for i := len(t.Nodes) - 1; i >= 0; i-- {
		if parts[i] != nil {
			keep[i] = true
		}
		if up := t.Nodes[i].Parent; keep[i] && up >= 0 {
			keep[up] = true
		}
	}
	return keep
}

// only is the tree of some nodes, with other parts where they are given. Weights are
// made to add up again.
func (t *Tree) only(keep []bool, parts map[int]*Part) *Tree {
	out := *t
	out.Nodes, out.Beside = nil, nil
	at := make([]int, len(t.Nodes))
	for i, n := range t.Nodes {
		if !keep[i] {
			continue
		}
		at[i] = len(out.Nodes)
		n.Children = nil
		if n.Parent >= 0 {
			all := 0.0
			for _, k := range t.Nodes[n.Parent].Children {
				if keep[k] {
					all += t.Nodes[k].Share
				}
			}
			n.Share, n.Parent = n.Share/all, at[n.Parent]
			out.Nodes[n.Parent].Children = append(out.Nodes[n.Parent].Children, at[i])
		}
		if parts != nil && n.Part != nil {
			n.Part = parts[i]
		}
		out.Nodes = append(out.Nodes, n)
	}
	return &out
}
