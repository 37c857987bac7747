package site

import (
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
	Tried []Tried        // by index, in the order of Tree.Indices
	Own   [][]stat.Value // by index, then by Comune: Withheld where it is not the Comune's will and the law's to show it
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
	for i := range t.Nodes {
		x.Whole[i] = s.Whole(i)
		x.Means[i] = p.Policy.Means(p.Frame, s.Of(i, score.Common))
		if !x.Whole[i] {
			x.Full[i] = p.Policy.Means(p.Frame, onFull(e, s.Of(i, score.Own)))
		}
	}
	for _, i := range t.Indices() {
		x.Tried = append(x.Tried, x.try(s, i, a, p.Frame))
		own := make([]stat.Value, len(e.Places))
		for c := range own {
			if own[c] = stat.Missing(stat.Withheld); s.Open(i, c, score.Own) {
				own[c] = s.Of(i, score.Own)[c]
			}
		}
		x.Own = append(x.Own, own)
	}
	return x
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
		groups[k].TriedGroup = tried.Groups[k]
	}
	return Tried{Trials: tried.Trials, Groups: groups}
}
