package site

import (
	"slices"
	"strings"

	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/score"
)

// IndexSeries is the indices of an edition beside those of the one before, over the
// parts that both ask alike, with the weights and points of the later: see
// [score.Series].
type IndexSeries struct {
	Before string              // edition
	Tree   *score.Tree         // of the parts that compare
	Left   []int               // parts of both forms that do not, of the edition's own tree
	Now    [][]disclosure.Mean // by index of Tree, then by area of the edition's frame
	Then   [][]disclosure.Mean // by area of the frame of the one before
}

// NewIndexSeries makes of the scores of two editions, over the same parts, what may be
// shown. Each is held against the witnesses of its own edition: what they leave open,
// a figure of another edition does not close.
func NewIndexSeries(series score.Series, now, then Source) *IndexSeries {
	x := &IndexSeries{Before: then.Edition.Book.Edition, Tree: series.Now, Left: series.Left}
	for _, i := range x.Tree.Indices() {
		x.Now = append(x.Now, now.Published.Means(now.Grid, now.followed(i)))
		x.Then = append(x.Then, then.Published.Means(then.Grid, then.followed(i)))
	}
	return x
}

// AuditIndexSeries goes over them; it says what is wrong, never a number.
func AuditIndexSeries(x *IndexSeries, now, then Source) (leaks []string) {
	for k, i := range x.Tree.Indices() {
		leaks = append(leaks, disclosure.AuditMeans(now.Published, now.Grid, now.followed(i), x.Now[k])...)
		leaks = append(leaks, disclosure.AuditMeans(then.Published, then.Grid, then.followed(i), x.Then[k])...)
	}
	return leaks
}

// ofSeries are the parts of an index that two editions ask alike, in keys.
const ofSeries = "confronto"

// followed is the score of an index as it is compared over time.
func (from *Source) followed(index int) disclosure.Scored {
	out := from.scored(index, score.Common)
	out.Key = strings.Join([]string{from.Edition.Book.Edition, "indici", from.Scores.Tree.Nodes[index].ID, ofSeries}, "/")
	out.Printed = func(a estimate.Area) bool {
		switch a.Level {
		case estimate.Italy, estimate.Classes, estimate.Ripartizioni, estimate.PanelItaly:
			return true
		}
		return false
	}
	return out
}

// figures are those that may be printed, by key.
func (x *IndexSeries) figures(out map[string][]float64) {
	for i := range x.Now {
		for _, m := range slices.Concat(x.Now[i], x.Then[i]) {
			if m.Key != "" {
				out[m.Key] = m.Figures()
			}
		}
	}
}
