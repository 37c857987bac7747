package score

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"mappa/internal/stat"
)

// alone are the first and third Comune, each an area of its own, and both.
var alone = []Group{{{0}, {2}}, {{0, 2}, {4}}}

func TestOtherWeightsGiveTheMeansComputedByHand(t *testing.T) {
	e := edition(t, asWritten)
	s := New(tree(t, two, e), NewAnswers(e, nil))
	// common scope: Primo entrata 100, aiuto 66.67, servizio 33.33; Terzo 0, 0, 50
	got := s.Try(0, alone, nil)
	want := []struct {
		kind         TrialKind
		part         string
		primo, terzo float64
	}{
		{Declared, "", 64.583333, 12.5},       // 0.75*(0.25*100+0.75*66.67)+0.25*33.33
		{Equal, "", 58.333333, 25},            // (83.33+33.33)/2, (0+50)/2
		{AllGeometric, "", 60.487878, 0},      // 100^.1875 * 66.67^.5625 * 33.33^.25
		{Without, "entrata", 58.333333, 12.5}, // 0.75*66.67+0.25*33.33
		{Without, "aiuto", 83.333333, 12.5},   // 0.75*100+0.25*33.33
		{Without, "servizio", 75, 0},          // fuori alone
		{Without, "abitudine", 64.583333, 12.5},
	}
	if len(got.Trials) != len(want) {
		t.Fatalf("got %d trials", len(got.Trials))
	}
	for i, w := range want {
		x := got.Trials[i]
		part := ""
		if x.Node >= 0 {
			part = s.Tree.Nodes[x.Node].ID
		}
		means := got.Groups[0].Means[i]
		if x.Kind != w.kind || part != w.part || math.Abs(means[0].N-w.primo) > 1e-5 || math.Abs(means[1].N-w.terzo) > 1e-5 {
			t.Errorf("%+v: got %s %s %v", w, x.Kind, part, means)
		}
	}
	if r := got.Groups[0].Ranks; !reflect.DeepEqual(r[0], []int{1, 2}) {
		t.Errorf("ranks %v", r)
	}
	both := got.Groups[1]
	if m := both.Means[0]; math.Abs(m[0].N-(64.583333+12.5)/2) > 1e-5 || m[1].OK() || both.Ranks[0][1] != 0 || both.Low[1].OK() || both.Last[1] != 0 {
		t.Errorf("an area of several, and one without a score: %+v", both)
	}
}

func TestTheBandHoldsTheFigureAndIsTheSameEveryTime(t *testing.T) {
	e := edition(t, asWritten)
	s := New(tree(t, two, e), NewAnswers(e, nil))
	a, b := s.Try(0, alone, nil), s.Try(0, alone, nil)
	if !reflect.DeepEqual(a, b) {
		t.Error("two runs differ")
	}
	g := a.Groups[0]
	for i := range g.Low {
		if m := g.Means[0][i].N; !(g.Low[i].N < m && m < g.High[i].N) {
			t.Errorf("area %d: %g is not between %g and %g", i, m, g.Low[i].N, g.High[i].N)
		}
	}
	// Terzo is 100 * w(dentro) / (w(fuori)+w(dentro)) * 0.5: with both weights
	// 25 % off, between 50*0.75/(0.75+3*1.25) and 50*1.25/(1.25+3*0.75)
	if g.Low[1].N < 50*.75/4.5 || g.High[1].N > 50*1.25/3.5 {
		t.Errorf("the band is %g to %g", g.Low[1].N, g.High[1].N)
	}
	if !reflect.DeepEqual(g.First, []int{1, 2}) || !reflect.DeepEqual(g.Last, []int{1, 2}) {
		t.Errorf("places %v to %v", g.First, g.Last)
	}
}

func TestARankIsSharedByWhatIsTheSameInWholePoints(t *testing.T) {
	got := Ranks([]stat.Value{stat.Of(50.4), stat.Of(49.5), stat.Of(80), stat.Missing(stat.Withheld), stat.Of(49.4)})
	if want := []int{2, 2, 1, 0, 4}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestTheOrderOfAreasMovesNothing shuffles the areas of a group.
func TestTheOrderOfAreasMovesNothing(t *testing.T) {
	e := edition(t, asWritten)
	s := New(tree(t, two, e), NewAnswers(e, nil))
	areas := Group{{0}, {2}, {0, 2}, {2, 3}}
	straight := s.Try(0, []Group{areas}, nil).Groups[0]
	order := rand.New(rand.NewPCG(3, 4)).Perm(len(areas))
	mixed := make(Group, len(areas))
	for i, k := range order {
		mixed[i] = areas[k]
	}
	shuffled := s.Try(0, []Group{mixed}, nil).Groups[0]
	for i, k := range order {
		if shuffled.Low[i] != straight.Low[k] || shuffled.Last[i] != straight.Last[k] || shuffled.Ranks[0][i] != straight.Ranks[0][k] || shuffled.Means[2][i] != straight.Means[2][k] {
			t.Errorf("area %d differs", k)
		}
	}
}
