package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

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
	// Series is the indices beside those of the edition before; nil without one.
	Series *IndexSeries
}

// Tried is what other weights make of an index, group by group.
type Tried struct {
	Trials []score.Trial
	Groups []Ranking
}

// Ranking is areas that are held against each other: those of a level whose mean
// may be shown.
type Ranking struct {
	Key   string // of its figures, but for kind and area
	Level estimate.Level
	Size  estimate.Size
	Areas []int // of the frame
	score.TriedGroup
}

// The kinds of figures of a ranking in keys, beside those of trials.
const (
	drawnKey = "caso"
	placeKey = "posto"
)

// trialKey is a trial in keys.
func trialKey(x score.Trial) string {
	if x.Kind == score.Without {
		return string(x.Kind) + "-" + strconv.Itoa(x.Node)
	}
	return string(x.Kind)
}

// key is where figures of an area in the group come from.
func (r *Ranking) key(kind string, at int) string {
	return r.Key + "/" + kind + "/" + strconv.Itoa(r.Areas[at])
}

// leastTrial is how many Comuni an area has whose index is shown under every other
// weight: a dozen figures of one area, each known to a point, together narrow down
// more than one does.
const leastTrial = 300

// tries reports whether an area in a group has its index shown under other weights:
// those that are no part of a region, and large enough.
func (x *Indices) tries(index int, r *Ranking, at int) bool {
	switch r.Level {
	case estimate.Italy, estimate.Ripartizioni, estimate.Classes:
		return x.Means[index][r.Areas[at]].Base.N >= leastTrial
	}
	return false
}

// applies reports whether a trial changes the index that all Comuni are compared
// by: a part of one form alone is not in it.
func (x *Indices) applies(t score.Trial) bool { return t.Node < 0 || x.Whole[t.Node] }

// Figures are all figures of the indices that are printed, by key; places only where
// the site has ranks.
func (x *Indices) Figures(ranked bool) map[string][]float64 {
	out := map[string][]float64{}
	for i := range x.Means {
		for _, m := range slices.Concat(x.Means[i], x.Full[i]) {
			out[m.Key] = m.Figures()
		}
		n := &x.Tree.Nodes[i]
		if n.Parent < 0 {
			continue
		}
		within := n.Share
		if n.Depth == score.Leaf {
			within *= x.Tree.Nodes[n.Parent].Share
		}
		own, _ := weightAs(n.Share)
		of, _ := weightAs(within)
		out[x.weightKey(i)] = []float64{own, of}
	}
	delete(out, "")
	if x.Series != nil {
		x.Series.figures(out)
	}
	for k, index := range x.Tree.Indices() {
		for g := range x.Tried[k].Groups {
			x.tried(index, x.Tried[k].Trials, &x.Tried[k].Groups[g], ranked, out)
		}
	}
	return out
}

// tried adds the figures of a group.
func (x *Indices) tried(index int, trials []score.Trial, r *Ranking, ranked bool, out map[string][]float64) {
	add := func(kind string, at int, values ...stat.Value) {
		for _, v := range values {
			if v.OK() {
				out[r.key(kind, at)] = append(out[r.key(kind, at)], v.N)
			}
		}
	}
	for at := range r.Areas {
		switch {
		case x.tries(index, r, at):
			for k, t := range trials {
				if x.applies(t) {
					add(trialKey(t), at, r.Means[k][at])
				}
			}
			add(drawnKey, at, r.Low[at], r.High[at])
		case r.Level == estimate.Regions:
			add(drawnKey, at, r.Means[0][at], r.Low[at], r.High[at])
		}
		if ranked && r.placed() {
			add(placeKey, at, stat.Of(float64(r.First[at])), stat.Of(float64(r.Last[at])))
		}
	}
}

// placed reports whether places are said in the group: classes differ by size and not
// by merit.
func (r *Ranking) placed() bool { return r.Level != estimate.Italy && r.Level != estimate.Classes }

// weightKey is where the weights of a node come from.
func (x *Indices) weightKey(node int) string {
	return strings.Join([]string{x.Tree.Edition, "indici", x.Tree.Nodes[node].ID, "peso"}, "/")
}

// weightAs is a share of a weight in per cent, as it is printed.
func weightAs(share float64) (v float64, decimals int) {
	const percent, tenth, whole = 100, 10, 1e-6
	if v = math.Round(percent*share*tenth) / tenth; math.Abs(percent*share-math.Round(percent*share)) > whole {
		return v, 1
	}
	return math.Round(percent * share), 0
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

// Source is what indices are made of: scores, what they would be in the witnesses of
// the edition's proof, and where they are published.
type Source struct {
	Scores    *score.Scores
	Worlds    *score.Worlds
	Edition   *survey.Public
	Published *disclosure.Published
	Grid      *estimate.Grid
}

// NewIndices makes of scores what may be shown of them.
func NewIndices(from Source, a *atlas.Atlas) *Indices {
	s, p := from.Scores, from.Published
	t := s.Tree
	x := &Indices{Tree: t, Whole: make([]bool, len(t.Nodes)), Means: make([][]disclosure.Mean, len(t.Nodes)), Full: make([][]disclosure.Mean, len(t.Nodes))}
	for i := range t.Nodes {
		x.Whole[i] = s.Whole(i)
		x.Means[i] = p.Means(from.Grid, from.scored(i, score.Common))
		if !x.Whole[i] {
			x.Full[i] = p.Means(from.Grid, from.scored(i, score.Own))
		}
	}
	for _, i := range t.Indices() {
		x.Tried = append(x.Tried, x.try(from, i, a, p.Frame))
		own := make([]stat.Value, len(from.Edition.Places))
		for c := range own {
			if own[c] = stat.Missing(stat.Withheld); s.Open(i, c, score.Common) {
				own[c] = s.Of(i, score.Common)[c]
			}
		}
		x.Own = append(x.Own, own)
	}
	return x
}

// AuditIndices goes over the means of all indices; it says what is wrong, never a
// number.
func AuditIndices(from Source, x *Indices) (leaks []string) {
	for i := range x.Tree.Nodes {
		leaks = append(leaks, disclosure.AuditMeans(from.Published, from.Grid, from.scored(i, score.Common), x.Means[i])...)
		if !x.Whole[i] {
			leaks = append(leaks, disclosure.AuditMeans(from.Published, from.Grid, from.scored(i, score.Own), x.Full[i])...)
		}
	}
	return leaks
}

// scored is the score of a node as means are made of it. With all parts of the full
// form it is that of the Comuni that got it.
func (from *Source) scored(node int, scope score.Scope) disclosure.Scored {
	s := from.Scores
	n := &s.Tree.Nodes[node]
	parts := ofBoth
	out := disclosure.Scored{Values: s.Of(node, scope)}
	for _, o := range from.Worlds.Of(node, scope) {
		if scope == score.Own && from.Edition.Places[o.Comune].Form != survey.FullForm {
			continue
		}
		out.Otherwise = append(out.Otherwise, disclosure.Otherwise(o))
	}
	if scope == score.Own {
		parts, out.Values = ofFull, onFull(from.Edition, out.Values)
	} else if n.Depth != score.Leaf {
		out.On = slices.Repeat([]bool{true}, len(out.Values))
	}
	out.Key = strings.Join([]string{from.Edition.Book.Edition, "indici", n.ID, parts}, "/")
	whole := s.Whole(node)
	out.Printed = func(a estimate.Area) bool {
		switch a.Level {
		case estimate.Italy:
			return n.Depth != score.Leaf || whole || scope == score.Own
		case estimate.Ripartizioni, estimate.Regions, estimate.Classes:
			return n.Depth != score.Leaf // a part is one question
		case estimate.RegionSizes:
			return n.Depth == score.Index && scope == score.Common
		}
		return false
	}
	return out
}

// The parts of an index, in keys and files: those of both forms, or all of the full
// one.
const (
	ofBoth = "comuni"
	ofFull = "completo"
)

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
func (x *Indices) try(from Source, index int, a *atlas.Atlas, f *estimate.Frame) Tried {
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
	tried := from.Scores.Try(index, in, from.Worlds)
	for k := range groups {
		g := &groups[k]
		g.TriedGroup = wholePoints(tried.Groups[k])
		g.Key = strings.Join([]string{x.Tree.Edition, "indici", x.Tree.Nodes[index].ID}, "/")
		for at, area := range g.Areas { // with the declared weights it is the mean that is printed
			g.Means[0][at] = stat.Of(score.Round(x.Means[index][area].Value.N))
		}
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
