package disclosure_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"os"
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

func nothingWithheld(int) float64 { return 0 }

// TestAMeanDoesNotGiveBackAWithheldAnswer: in an area of so many Comuni a withheld
// answer that is worth so many points is found only up to n / points answers, the
// mean being known to a point.
func TestAMeanDoesNotGiveBackAWithheldAnswer(t *testing.T) {
	a := wholeCountry()
	f := estimate.NewFrame(a, estimate.Layout{})
	for _, c := range []struct {
		comuni   int
		reach    float64
		shown    bool
		decimals int
	}{
		{30, 0, true, 0}, {30, 5, true, 0}, {30, 5.1, false, 0}, {60, 10, true, 0}, {599, 100, false, 0}, {600, 100, true, 0},
		{6000, 100, true, 1}, {5999, 100, true, 0}, {6000, 0, true, 1},
	} {
		values := make([]stat.Value, len(a.Comuni))
		for i := range c.comuni {
			values[i] = stat.Of(50)
		}
		got := disclosure.Default().Means(f, values, func(int) float64 { return c.reach })[0]
		if got.Value.OK() != c.shown || got.Decimals != c.decimals {
			t.Errorf("%+v: got %+v", c, got)
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
		got := disclosure.Default().Means(f, values, nothingWithheld)
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
	got := disclosure.Default().Means(f, values, nothingWithheld)
	if got[0].Value != stat.Missing(stat.NoRespondent) || got[0].Base != stat.Of(0) {
		t.Errorf("nobody: %+v", got[0])
	}
	for i := range 29 {
		values[i] = stat.Of(50)
	}
	if got := disclosure.Default().Means(f, values, nothingWithheld); got[0].Value != stat.Missing(stat.Withheld) {
		t.Errorf("29 Comuni: %+v", got[0])
	}
	values[29] = stat.Of(50.5)
	if got := disclosure.Default().Means(f, values, nothingWithheld); got[0].Value != stat.Of(50) || got[0].Base != stat.Of(30) || got[0].Decimals != 0 {
		t.Errorf("30 Comuni: %+v", got[0])
	}
}
