package disclosure_test

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/istat"
	"mappa/internal/stat"
)

// wholeCountry is the shipped territory, read once.
var wholeCountry = sync.OnceValue(func() *atlas.Atlas {
	var list diag.List
	in, _ := istat.Read(os.DirFS("../.."), "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if list.Len() > 0 {
		panic(fmt.Sprint(list.Problems()))
	}
	return a
})

// someScores gives so many of every hundred Comuni a score.
func someScores(n, inHundred int, seed uint64) []stat.Value {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]stat.Value, n)
	for i := range out {
		if r.IntN(100) < inHundred {
			out[i] = stat.Of(float64(r.IntN(1001)) / 10)
		}
	}
	return out
}

// meansOf are the means of a score that is printed of all areas.
func meansOf(f *estimate.Frame, values []stat.Value, otherwise ...disclosure.Otherwise) []disclosure.Mean {
	p, s := scored(f, values, otherwise)
	return p.Means(nil, s)
}

func scored(f *estimate.Frame, values []stat.Value, otherwise []disclosure.Otherwise) (*disclosure.Published, disclosure.Scored) {
	return &disclosure.Published{Frame: f, Policy: disclosure.Default()},
		disclosure.Scored{Key: "x", Values: values, Otherwise: otherwise, Printed: func(estimate.Area) bool { return true }}
}

// half of the Comuni have 0, half 100, so that no one's score follows from the mean.
func halves(all, n int, more float64) []stat.Value {
	out := make([]stat.Value, all)
	for i := range n {
		out[i] = stat.Of(float64(i % 2 * 100))
	}
	out[0].N += more
	return out
}

// TestAMeanThatAWitnessPrintsOtherwiseIsWithheld: what is printed is the same in every
// witness, or it is not printed.
func TestAMeanThatAWitnessPrintsOtherwiseIsWithheld(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	to := func(v stat.Value) disclosure.Otherwise { return disclosure.Otherwise{Witness: 7, Comune: 0, Value: v} }
	for _, c := range []struct {
		name  string
		n     int
		more  float64
		other []disclosure.Otherwise
		want  disclosure.Mean
	}{
		{"without witnesses", 30, 0, nil, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(30)}},
		{"a witness that prints the same", 30, 0, []disclosure.Otherwise{to(stat.Of(14))}, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(30)}},
		{"a witness that prints another", 30, 0, []disclosure.Otherwise{to(stat.Of(15))}, disclosure.Mean{Value: stat.Missing(stat.Withheld), Base: stat.Missing(stat.Withheld)}},
		{"two that cancel each other out", 30, 0, []disclosure.Otherwise{to(stat.Of(60)), {Witness: 7, Comune: 1, Value: stat.Of(41)}}, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(30)}},
		{"the same two in two witnesses", 30, 0, []disclosure.Otherwise{to(stat.Of(60)), {Witness: 8, Comune: 1, Value: stat.Of(41)}}, disclosure.Mean{Value: stat.Missing(stat.Withheld), Base: stat.Missing(stat.Withheld)}},
		{"a witness with another base", 100, 0, []disclosure.Otherwise{to(stat.Missing(stat.Blank))}, disclosure.Mean{Value: stat.Missing(stat.Withheld), Base: stat.Missing(stat.Withheld)}},
		{"a witness with another base and the same mean", 400, 0, []disclosure.Otherwise{to(stat.Missing(stat.Blank))}, disclosure.Mean{Value: stat.Of(50), Base: stat.Missing(stat.Withheld)}},
		{"a witness with too few", 30, 0, []disclosure.Otherwise{to(stat.Missing(stat.Blank))}, disclosure.Mean{Value: stat.Missing(stat.Withheld), Base: stat.Missing(stat.Withheld)}},
		{"many Comuni", 3000, 0, nil, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(3000), Decimals: 1}},
		{"of which a witness has another decimal", 3000, 140, []disclosure.Otherwise{to(stat.Of(160))}, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(3000)}},
		{"and one that moves less", 3000, 0, []disclosure.Otherwise{to(stat.Of(49)), {Witness: 8, Comune: 1, Value: stat.Of(51)}}, disclosure.Mean{Value: stat.Of(50), Base: stat.Of(3000), Decimals: 1}},
		{"a mean near the end", 60, -2950, nil, disclosure.Mean{Value: stat.Missing(stat.Withheld), Base: stat.Missing(stat.Withheld)}},
	} {
		values := halves(len(a.Comuni), c.n, c.more)
		if c.want.Value.OK() {
			c.want.Key = "x/0"
		}
		if got := meansOf(f, values, c.other...)[0]; got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
		p, s := scored(f, values, c.other)
		if leaks := disclosure.AuditMeans(p, estimate.NewGrid(a, f), s, p.Means(nil, s)); len(leaks) > 0 {
			t.Errorf("%s: %s", c.name, leaks[0])
		}
	}
}

// TestNoShownMeanLeavesAFewComuniOver takes, on the national frame, every shown
// area from every other that holds it, and the shown parts of every sum from its
// total.
func TestNoShownMeanLeavesAFewComuniOver(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	for _, inHundred := range []int{2, 10, 30, 58, 97, 100} {
		values := someScores(len(a.Comuni), inHundred, uint64(inHundred))
		got := meansOf(f, values)
		count := make([]int, len(f.Areas))
		sum := make([]float64, len(f.Areas))
		member := make([][]uint64, len(f.Areas))
		for k := range member {
			member[k] = make([]uint64, len(values)/64+1)
		}
		for i, v := range values {
			for _, k := range f.Of(i) {
				if v.OK() {
					count[k]++
					sum[k] += v.N
					member[k][i/64] |= 1 << (i % 64)
				}
			}
		}
		hidden := 0
		for k, m := range got {
			if !m.Value.OK() {
				if count[k] > 0 {
					hidden++
					if m.Base.OK() {
						t.Errorf("%d%%: %+v is withheld and shows its base", inHundred, f.Areas[k])
					}
				}
				continue
			}
			if count[k] < 30 || m.Base.N != float64(count[k]) {
				t.Errorf("%d%%: %+v has %d Comuni and shows %+v", inHundred, f.Areas[k], count[k], m)
			}
			if d := m.Value.N - sum[k]/float64(count[k]); d > .5001 || d < -.5001 {
				t.Errorf("%d%%: %+v shows %g, the mean is %g", inHundred, f.Areas[k], m.Value.N, sum[k]/float64(count[k]))
			}
			for o := range got {
				rest, out := 0, 0
				for w := range member[k] {
					rest += bits.OnesCount64(member[o][w] &^ member[k][w])
					out += bits.OnesCount64(member[k][w] &^ member[o][w])
				}
				if got[o].Value.OK() && out == 0 && rest > 0 && rest < 10 {
					t.Errorf("%d%%: %+v less %+v leaves %d Comuni", inHundred, f.Areas[o], f.Areas[k], rest)
				}
			}
		}
		for _, s := range f.Sums {
			rest := 0
			for _, p := range s.Parts {
				if !got[p].Value.OK() {
					rest += count[p]
				}
			}
			if got[s.Total].Value.OK() && rest > 0 && rest < 10 {
				t.Errorf("%d%%: the parts of %+v leave %d Comuni", inHundred, f.Areas[s.Total], rest)
			}
			if !got[s.Total].Value.OK() && count[s.Total] > 0 && rest == 0 {
				t.Errorf("%d%%: %+v is withheld, its parts are all shown", inHundred, f.Areas[s.Total])
			}
		}
		if inHundred >= 58 && hidden > len(got)/3 {
			t.Errorf("%d%%: %d of %d areas are withheld", inHundred, hidden, len(got))
		}
	}
}

func TestAMeanSaysWhyThereIsNone(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	values := make([]stat.Value, len(a.Comuni))
	got := meansOf(f, values)
	if got[0].Value != stat.Missing(stat.NoRespondent) || got[0].Base != stat.Of(0) {
		t.Errorf("nobody: %+v", got[0])
	}
	for i := range 29 {
		values[i] = stat.Of(50)
	}
	if got := meansOf(f, values); got[0].Value != stat.Missing(stat.Withheld) {
		t.Errorf("29 Comuni: %+v", got[0])
	}
	values[29] = stat.Of(50.5)
	if got := meansOf(f, values); got[0].Value != stat.Of(50) || got[0].Base != stat.Of(30) || got[0].Decimals != 0 {
		t.Errorf("30 Comuni: %+v", got[0])
	}
}

// TestTheAuditOfMeansFindsWhatIsPlanted: each rule broken in turn, on a score with a
// witness and with estimates.
func TestTheAuditOfMeansFindsWhatIsPlanted(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	grid := estimate.NewGrid(a, f)
	values := someScores(len(a.Comuni), 58, 1)
	i := 0
	for !values[i].OK() {
		i++
	}
	p, s := scored(f, values, []disclosure.Otherwise{{Witness: 3, Comune: i, Value: stat.Of(100 - values[i].N)}})
	for range values {
		s.On = append(s.On, true)
	}
	means := p.Means(grid, s)
	if leaks := disclosure.AuditMeans(p, grid, s, means); len(leaks) > 0 {
		t.Fatal(leaks)
	}
	small := -1 // the smallest area with an estimate
	for k, m := range means {
		if m.Estimate.OK() && (small < 0 || m.Base.N < means[small].Base.N) {
			small = k
		}
	}
	for name, c := range map[string]struct {
		plant func(m []disclosure.Mean, s *disclosure.Scored)
		want  string
	}{
		"another mean":                  {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].Value.N += .1 }, "it is not the mean of the scores"},
		"a decimal more":                {func(m []disclosure.Mean, _ *disclosure.Scored) { m[small].Decimals = 1 }, "it is printed too finely"},
		"two decimals":                  {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].Decimals = 2 }, "it is printed too finely"},
		"another base":                  {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].Base.N++ }, "the base is not that of the scores"},
		"another estimate":              {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].Estimate.N++ }, "the estimate is not that of the scores"},
		"another end of the interval":   {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].High.N++ }, "the estimate is not that of the scores"},
		"a base beside a withheld mean": {func(m []disclosure.Mean, _ *disclosure.Scored) { m[0].Value = stat.Missing(stat.Withheld) }, "something beside it is shown"},
		"a witness with another mean": {func(_ []disclosure.Mean, s *disclosure.Scored) {
			for j, v := range values {
				if v.OK() && len(s.Otherwise) < 200 {
					s.Otherwise = append(s.Otherwise, disclosure.Otherwise{Witness: 9, Comune: j, Value: stat.Of(0)})
				}
			}
		}, "it has another mean in "},
		"a witness with another base": {func(_ []disclosure.Mean, s *disclosure.Scored) {
			s.Otherwise = append(s.Otherwise, disclosure.Otherwise{Witness: 9, Comune: i, Value: stat.Missing(stat.Blank)})
		}, "it has another mean in "},
	} {
		got, now := slices.Clone(means), s
		now.Otherwise = slices.Clone(s.Otherwise)
		c.plant(got, &now)
		leaks := disclosure.AuditMeans(p, grid, now, got)
		if !slices.ContainsFunc(leaks, func(l string) bool { return strings.Contains(l, c.want) }) {
			t.Errorf("%s: %q", name, leaks)
		}
	}
	few := make([]stat.Value, len(values))
	italyAlone := func(m disclosure.Mean) []disclosure.Mean {
		return append([]disclosure.Mean{m}, make([]disclosure.Mean, len(f.Areas)-1)...)
	}
	for k := range 29 {
		few[k] = stat.Of(50)
	}
	p, s = scored(f, few, nil)
	if leaks := disclosure.AuditMeans(p, grid, s, italyAlone(disclosure.Mean{Value: stat.Of(50), Base: stat.Of(29)})); len(leaks) != 1 || !strings.Contains(leaks[0], "too few Comuni") {
		t.Error(leaks)
	}
	for k := range 60 {
		few[k] = stat.Of(99.9)
	}
	p, s = scored(f, few, nil)
	if leaks := disclosure.AuditMeans(p, grid, s, italyAlone(disclosure.Mean{Value: stat.Of(100), Base: stat.Of(60)})); len(leaks) != 1 || !strings.Contains(leaks[0], "near one end") {
		t.Error(leaks)
	}
}

// TestTheAuditOfMeansKnowsWhatAreasLeaveOver shows every mean of a score that few have.
func TestTheAuditOfMeansKnowsWhatAreasLeaveOver(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	values := someScores(len(a.Comuni), 30, 30)
	p, s := scored(f, values, nil)
	means := p.Means(nil, s)
	count, sum := make([]int, len(f.Areas)), make([]float64, len(f.Areas))
	for i, v := range values {
		for _, k := range f.Of(i) {
			if v.OK() {
				count[k], sum[k] = count[k]+1, sum[k]+v.N
			}
		}
	}
	for k := range means {
		if count[k] >= 30 {
			means[k] = disclosure.Mean{Value: stat.Of(math.Floor(sum[k]/float64(count[k]) + .5)), Base: stat.Of(float64(count[k]))}
		}
	}
	if leaks := disclosure.AuditMeans(p, estimate.NewGrid(a, f), s, means); len(leaks) == 0 || !strings.Contains(leaks[0], "a few Comuni over") {
		t.Error(leaks)
	}
}
