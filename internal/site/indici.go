package site

import (
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Indices is what may be shown of the indices of an edition.
type Indices struct {
	Tree  *score.Tree
	Whole []bool              // by node: it has the same parts on both forms
	Means [][]disclosure.Mean // by node, then by area of the frame: of the parts that both forms ask
	// Full is the same with all parts of the full form, over the Comuni that got
	// it; nil of a node that is Whole.
	Full  [][]disclosure.Mean
	Tried []Tried // by index, in the order of Tree.Indices
	// Own is by index, then by Comune, of the parts that both forms ask: Withheld
	// unless all that the index is made of may be shown for the Comune.
	Own [][]stat.Value
}

// Tried is what other weights make of an index, group by group.
type Tried struct {
	Trials []score.Trial
	Groups []Ranking
}

// Ranking is areas that are held against each other: those of a level whose mean
// may be shown.
type Ranking struct {
	Level estimate.Level
	Size  estimate.Size
	Areas []int // of the frame
	score.TriedGroup
}

// of is the position of an area in the group, -1 without one.
func (r *Ranking) of(area int) int {
	for i, a := range r.Areas {
		if a == area {
			return i
		}
	}
	return -1
}

// NewIndices makes of scores what may be shown of them.
func NewIndices(s *score.Scores, e *survey.Public, a *atlas.Atlas, p *disclosure.Published) *Indices {
	t := s.Tree
	x := &Indices{Tree: t, Whole: make([]bool, len(t.Nodes)), Means: make([][]disclosure.Mean, len(t.Nodes)), Full: make([][]disclosure.Mean, len(t.Nodes))}
	secret := secrets(t, p)
	for i := range t.Nodes {
		x.Whole[i] = s.Whole(i)
		reach := func(scope score.Scope) func(int) float64 {
			return func(area int) (most float64) {
				for _, l := range t.Leaves(i) {
					if secret[l] != nil && secret[l][area] {
						most = max(most, s.Reach(i, l, scope))
					}
				}
				return most
			}
		}
		x.Means[i] = p.Policy.Means(p.Frame, s.Of(i, score.Common), reach(score.Common))
		if !x.Whole[i] {
			x.Full[i] = p.Policy.Means(p.Frame, onFull(e, s.Of(i, score.Own)), reach(score.Own))
		}
	}
	for _, i := range t.Indices() {
		x.Tried = append(x.Tried, x.try(s, i, a, p.Frame))
		own := make([]stat.Value, len(e.Places))
		for c := range own {
			if own[c] = stat.Missing(stat.Withheld); s.Open(i, c, score.Common) {
				own[c] = s.Of(i, score.Common)[c]
			}
		}
		x.Own = append(x.Own, own)
	}
	return x
}

// secrets says of each part in which areas an answer to its question is withheld.
func secrets(t *score.Tree, p *disclosure.Published) [][]bool {
	out := make([][]bool, len(t.Nodes))
	for i, n := range t.Nodes {
		if n.Part == nil || n.Part.Question < 0 {
			continue
		}
		out[i] = make([]bool, len(p.Frame.Areas))
		for _, table := range p.Of(n.Part.Question) {
			for area, l := range table.Lines {
				out[i][area] = out[i][area] || hidden(l.Base) || slices.ContainsFunc(l.Options, func(c disclosure.Cell) bool { return hidden(c.Value) })
			}
		}
	}
	return out
}

// onFull keeps the scores of the Comuni that got the full form.
func onFull(e *survey.Public, values []stat.Value) []stat.Value {
	out := make([]stat.Value, len(values))
	for i, v := range values {
		if out[i] = stat.Missing(stat.NotAsked); e.Places[i].Form == survey.FullForm {
			out[i] = v
		}
	}
	return out
}

// try tries other weights on the areas whose mean is shown.
func (x *Indices) try(s *score.Scores, index int, a *atlas.Atlas, f *estimate.Frame) Tried {
	comuni := make([][]int, len(f.Areas))
	for i := range a.Comuni {
		for _, area := range f.Of(i) {
			comuni[area] = append(comuni[area], i)
		}
	}
	groups := []Ranking{{Level: estimate.Italy}, {Level: estimate.Classes}, {Level: estimate.Ripartizioni},
		{Level: estimate.RegionSizes, Size: estimate.Small}, {Level: estimate.RegionSizes, Size: estimate.Large}, {Level: estimate.Regions}}
	in := make([]score.Group, len(groups))
	for area, of := range f.Areas {
		for k := range groups {
			g := &groups[k]
			made := of.Level == estimate.Ripartizioni && len(a.Ripartizioni[of.Rip].Parts) > 0 // Mezzogiorno is Sud and Isole again
			if of.Level == g.Level && of.Size == g.Size && !made && x.Means[index][area].Value.OK() {
				g.Areas, in[k] = append(g.Areas, area), append(in[k], comuni[area])
			}
		}
	}
	tried := s.Try(index, in)
	for k := range groups {
		groups[k].TriedGroup = wholePoints(tried.Groups[k])
	}
	return Tried{Trials: tried.Trials, Groups: groups}
}

// wholePoints is a group in whole points: nothing finer reaches a page, or a picture.
func wholePoints(g score.TriedGroup) score.TriedGroup {
	round := func(values []stat.Value) []stat.Value {
		out := slices.Clone(values)
		for i := range out {
			if out[i].OK() {
				out[i].N = score.Round(out[i].N)
			}
		}
		return out
	}
	means := make([][]stat.Value, len(g.Means))
	for i := range means {
		means[i] = round(g.Means[i])
	}
	g.Means, g.Low, g.High = means, round(g.Low), round(g.High)
	return g
}
