package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
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

// column is the counts of the headline of a question, and its design.
type column struct {
	estimate.Counts
	*estimate.Design
	num []estimate.Tally
}

func headline(id string) column {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{}))
	q := e.Book.Find(id)
	c := g.Count(e, q, 0)
	return column{c, estimate.NewDesign(g, c.Universe, c.Sample), c.Num[len(e.Book.Questions[q].Options)]}
}

func TestEstimatesRestOnTheRespondentsAndTheUniverseOfTheTables(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{Edition: e, Cohorts: []estimate.Cohort{{ID: "dispari", Comuni: odd(len(a.Comuni))}}})
	g := estimate.NewGrid(a, f)
	seen := map[estimate.Level]int{}
	for _, table := range estimate.Tables(e, a, f) {
		c := g.Count(e, table.Question, table.Row)
		d := estimate.NewDesign(g, c.Universe, c.Sample)
		for k, num := range c.Num {
			for area := range f.Areas {
				x := d.Comuni(area, c.Base, num)
				if !x.OK {
					continue
				}
				seen[f.Areas[area].Level]++
				raw := 100 * float64(table.Num[k][area]) / float64(table.Base[area])
				switch {
				case x.N != table.Base[area] || x.Universe != table.Universe[area].Comuni:
					t.Fatalf("%s, %+v: of %d and %d, the table has %d and %d", e.Book.Questions[table.Question].ID, f.Areas[area], x.N, x.Universe, table.Base[area], table.Universe[area].Comuni)
				case x.Low > x.P || x.P > x.High || x.Low < 0 || x.High > 100:
					t.Fatalf("%s, %+v: %+v", e.Book.Questions[table.Question].ID, f.Areas[area], x)
				case math.Abs(x.P-raw) > 10 && x.N > 100:
					t.Errorf("%s, %+v: raw %.1f, estimated %.1f", e.Book.Questions[table.Question].ID, f.Areas[area], raw, x.P)
				case x.Weak != (x.N < 30):
					t.Errorf("%d respondents, weak %v", x.N, x.Weak)
				}
			}
		}
	}
	for _, level := range []estimate.Level{estimate.Italy, estimate.Ripartizioni, estimate.Regions, estimate.Classes, estimate.RipClasses, estimate.RegionSizes} {
		if seen[level] == 0 {
			t.Errorf("nothing is estimated of %s", level)
		}
	}
	if seen[estimate.CohortAreas] != 0 {
		t.Error("a cohort is no sample and has an estimate")
	}
}

func TestAShareIsThatOfAPairInWhichNobodyGaveTheFirstAnswerToTheLastBit(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{Edition: e})
	g := estimate.NewGrid(a, f)
	less := func(a, b estimate.Tally) estimate.Tally {
		return estimate.Tally{Comuni: a.Comuni - b.Comuni, Residents: a.Residents - b.Residents, Squares: a.Squares - b.Squares}
	}
	given := 0
	for _, table := range estimate.Tables(e, a, f) {
		c := g.Count(e, table.Question, table.Row)
		d := estimate.NewDesign(g, c.Universe, c.Sample)
		for _, num := range c.Num {
			pairs := make([]estimate.Crossed, len(num))
			for cell := range num {
				pairs[cell] = estimate.Crossed{Neither: less(c.Base[cell], num[cell]), Gained: num[cell]}
			}
			for area := range f.Areas {
				comuni, residents := d.Comuni(area, c.Base, num), d.Residents(area, c.Base, num)
				if comuni != d.PairedComuni(area, pairs).After || residents != d.PairedResidents(area, pairs).After {
					t.Fatalf("%s, %+v: %+v and %+v", e.Book.Questions[table.Question].ID, f.Areas[area], comuni, residents)
				}
				if p, ok := d.ShareOfResidents(area, c.Base, num); ok != residents.OK || p != residents.P {
					t.Fatalf("%s, %+v: the share of residents alone is %v", e.Book.Questions[table.Question].ID, f.Areas[area], p)
				}
				if comuni.OK && residents.OK {
					given++
				}
			}
		}
	}
	if given == 0 {
		t.Error("no area has an estimate")
	}
}

func odd(n int) (out []int) {
	for i := 1; i < n; i += 2 {
		out = append(out, i)
	}
	return out
}

func TestWhoWasLedPastStaysInTheSampleAndWhoLeftTheWayBlankDoesNot(t *testing.T) {
	e := national().Edition
	q := e.Book.Find("cloud-stato")
	route := e.Book.Questions[q].Route
	marks := estimate.Marks(e, q, 0, e.Book.Questions[q].Headline.Any)
	lead := e.Answers(route.Question, 0)
	seen := map[estimate.Mark]int{}
	for i, m := range marks {
		want := estimate.Silent
		switch own := e.Answers(q, 0)[i]; {
		case own.Kind == stat.Known || own.Kind == stat.DontKnow:
			want = estimate.No
			if own.Options.Meets(e.Book.Questions[q].Headline.Any) {
				want = estimate.Yes
			}
		case (lead[i].Kind == stat.Known || lead[i].Kind == stat.DontKnow) && !lead[i].Options.Meets(route.Any):
			want = estimate.Beside
		}
		if seen[want]++; m != want {
			t.Errorf("Comune %d: got %d, want %d", i, m, want)
		}
	}
	for _, m := range []estimate.Mark{estimate.Silent, estimate.Beside, estimate.No, estimate.Yes} {
		if seen[m] == 0 {
			t.Errorf("no Comune is %d: the test says nothing", m)
		}
	}
}

func TestCountsOfOneShareAreThoseOfTheQuestion(t *testing.T) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{}))
	for _, id := range []string{"cloud-stato", "rischi", "assistenza"} {
		c := headline(id)
		q := e.Book.Find(id)
		one := g.Of(estimate.Marks(e, q, 0, e.Book.Questions[q].Headline.Any))
		if !slices.Equal(one.Base, c.Base) || !slices.Equal(one.Num[0], c.num) || !slices.Equal(one.Sample, c.Sample) || !slices.Equal(one.Universe, c.Universe) {
			t.Errorf("%s is counted in two ways", id)
		}
	}
}

func TestThePartsOfACellMakeTheWholeInTheEstimateToo(t *testing.T) {
	e := national().Edition
	c := headline("atti-digitali")
	for area := range 20 {
		sum, whole := 0.0, estimate.Estimate{}
		for o := range e.Book.Questions[e.Book.Find("atti-digitali")].Options {
			whole = c.Comuni(area, c.Base, c.Num[o])
			sum += whole.P
		}
		if whole.OK {
			near(t, "options", sum, 100)
		}
	}
}

func TestTheSameAnswersInAnotherOrderAreTheSameBytes(t *testing.T) {
	s := samples()["nazionale"]
	n := len(s.values)
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	other := drawnSample{columns: map[string][]estimate.Mark{"atti-digitali": make([]estimate.Mark, n), "atti-prima": make([]estimate.Mark, n)}, values: make([]stat.Value, n)}
	grid := *s.grid
	grid.Cell, grid.Residents = make([]int, n), make([]int, n)
	for from, to := range order {
		grid.Cell[to], grid.Residents[to], other.values[to] = s.grid.Cell[from], s.grid.Residents[from], s.values[from]
		for id := range other.columns {
			other.columns[id][to] = s.columns[id][from]
		}
	}
	other.grid = &grid
	print := func(s drawnSample) string {
		var b strings.Builder
		c, p := s.grid.Of(s.columns["atti-digitali"]), s.grid.Pair(s.columns["atti-prima"], s.columns["atti-digitali"])
		everybody := make([]bool, n)
		for i := range everybody {
			everybody[i] = true
		}
		v := s.grid.Of(estimate.Valued(everybody, s.values))
		shares, panel, means := estimate.NewDesign(s.grid, c.Universe, c.Sample), estimate.NewDesign(s.grid, p.Universe, p.Sample), estimate.NewDesign(s.grid, v.Universe, v.Sample)
		for area := range s.grid.Areas {
			fmt.Fprintln(&b, shares.Comuni(area, c.Base, c.Num[0]), shares.Residents(area, c.Base, c.Num[0]),
				panel.PairedComuni(area, p.Cross), panel.PairedResidents(area, p.Cross), means.Mean(area, s.grid.Sums(s.values)), means.MeanOfResidents(area, s.grid.Sums(s.values)))
		}
		return b.String()
	}
	if print(s) != print(other) {
		t.Error("another order of the Comuni gives other figures")
	}
}

func TestAChangeIsCalledOneOnlyWhereTheIntervalExcludesZero(t *testing.T) {
	at := func(p, low, high float64) estimate.Estimate {
		return estimate.Estimate{OK: true, P: p, Low: low, High: high, SE: (high - low) / 4}
	}
	for _, test := range []struct {
		name          string
		before, after estimate.Estimate
		want          bool
	}{
		{"apart", at(40, 38, 42), at(50, 48, 52), true},
		{"downwards", at(50, 48, 52), at(40, 38, 42), true},
		{"overlapping", at(40, 35, 45), at(44, 39, 49), false},
		{"the same", at(40, 38, 42), at(40, 38, 42), false},
		{"one of them not given", estimate.Estimate{}, at(50, 48, 52), false},
	} {
		if c := estimate.Between(test.before, test.after); c.Changed() != test.want || c.OK != test.before.OK {
			t.Errorf("%s: %+v", test.name, c)
		}
	}
}

func BenchmarkShare(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{}))
	c := g.Count(e, e.Book.Find("atti-digitali"), 0)
	d := estimate.NewDesign(g, c.Universe, c.Sample)
	for b.Loop() {
		d.Comuni(0, c.Base, c.Num[0])
	}
}

func BenchmarkDesign(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{}))
	c := g.Count(e, e.Book.Find("atti-digitali"), 0)
	for b.Loop() {
		estimate.NewDesign(g, c.Universe, c.Sample)
	}
}

func BenchmarkCount(b *testing.B) {
	e, a := national().Edition, national().atlas
	g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{}))
	for b.Loop() {
		g.Count(e, e.Book.Find("atti-digitali"), 0)
	}
}
