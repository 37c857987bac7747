package estimate_test

import (
	"math"
	"testing"

	"mappa/internal/estimate"
)

func TestAShareIsWeightedByStratum(t *testing.T) {
	// 4 of 10 that answered of 40, all 5 of 5: (40·0.4 + 5)/45; the variance is
	// 40·30/10 · (10/9 · 0.24) / 45².
	g, universe, sample := drawn(t, `0: 10/40 5/5`, -1)
	base := []estimate.Tally{{Comuni: 10}, {Comuni: 5}}
	got := estimate.NewDesign(g, universe, sample).Comuni(0, base, []estimate.Tally{{Comuni: 4}, {Comuni: 5}})
	p, v := 21.0/45, 32.0/(45*45)
	near(t, "share", got.P, 100*p)
	near(t, "standard error", got.SE, 100*math.Sqrt(v))
	near(t, "effective size", got.Effective, p*(1-p)/v)
	near(t, "domain", got.Domain, 45)
	if got.N != 15 || got.Universe != 45 || !got.Weak || !got.OK {
		t.Errorf("got %+v", got)
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) { // NaN is wrong too
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestAllAndNoneAreNoCertaintyUnlessEverybodyAnswered(t *testing.T) {
	for _, test := range []struct {
		name, picture string
		yes           int
		low, high     float64
	}{
		// Wilson at 0: z²/(n* + z²) with n* = 20/(1 - 20/80).
		{"nobody of 20 of 80", "0: 20/80", 0, 0, 100 * 3.841458820694124 / (20/0.75 + 3.841458820694124)},
		{"all of 20 of 80", "0: 20/80", 20, 100 - 100*3.841458820694124/(20/0.75+3.841458820694124), 100},
		{"nobody of all 20", "0: 20/20", 0, 0, 0},
		{"all of all 20", "0: 20/20", 20, 100, 100},
		{"some of all 20", "0: 20/20", 5, 25, 25},
	} {
		g, universe, sample := drawn(t, test.picture, -1)
		got := estimate.NewDesign(g, universe, sample).Comuni(0, []estimate.Tally{{Comuni: 20}}, []estimate.Tally{{Comuni: test.yes}})
		near(t, test.name+", low", got.Low, test.low)
		near(t, test.name+", high", got.High, test.high)
		if got.SE != 0 && test.yes != 5 {
			t.Errorf("%s: standard error %v", test.name, got.SE)
		}
	}
}

func TestAnswersThatDifferOnlyAmongThoseThatAllAnsweredAreNotCertainElsewhere(t *testing.T) {
	g, universe, sample := drawn(t, "0: 50/500 10/10", -1)
	d := estimate.NewDesign(g, universe, sample)
	got := d.Comuni(0, []estimate.Tally{{Comuni: 50}, {Comuni: 10}}, []estimate.Tally{{}, {Comuni: 1}})
	if got.SE != 0 || got.High-got.Low < 1 {
		t.Errorf("450 of 510 did not answer: %+v", got)
	}
}

func BenchmarkShare(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(e, a, estimate.NewFrame(a, estimate.Layout{}))
	c := g.Count(e, e.Book.Find("atti-digitali"), 0)
	d := estimate.NewDesign(g, c.Universe, c.Sample)
	for b.Loop() {
		d.Comuni(0, c.Base, c.Num[0])
	}
}

func BenchmarkDesign(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(e, a, estimate.NewFrame(a, estimate.Layout{}))
	c := g.Count(e, e.Book.Find("atti-digitali"), 0)
	for b.Loop() {
		estimate.NewDesign(g, c.Universe, c.Sample)
	}
}

func BenchmarkCount(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(e, a, estimate.NewFrame(a, estimate.Layout{}))
	for b.Loop() {
		g.Count(e, e.Book.Find("atti-digitali"), 0)
	}
}
