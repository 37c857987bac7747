package survey

import (
	"math"
	"testing"

	"mappa/internal/stat"
)

func TestAnEditionWithOtherAnswersLeavesTheFirstAlone(t *testing.T) {
	m := Measure{Most: 100, Sum: 100, Bins: []float64{0, 25, 50}}
	book := &Codebook{Questions: []Question{
		{Shape: Single, Options: []Option{{}, {}, {DontKnow: true}}},
		{Shape: Percentages, Rows: make([]Label, 2), Options: make([]Option, 4), Measure: m},
	}}
	bin := func(o int) Answer { return Answer{stat.Known, Set(0).With(o)} }
	e := &Edition{Public: Public{Book: book}, first: []int{0, 1}, answers: [][]Answer{{bin(0)}, {bin(1)}, {bin(3)}}, numbers: [][]float64{nil, {20}, {80}}}
	x := e.With([]Said{{0, 0, 0, bin(1)}, {1, 0, 0, bin(2)}})
	if e.Answers(0, 0)[0] != bin(0) || e.Numbers(1, 0)[0] != 20 || e.Numbers(1, 1)[0] != 80 {
		t.Error("the edition was changed")
	}
	if x.Answers(0, 0)[0] != bin(1) || x.Answers(1, 0)[0] != bin(2) || x.Answers(1, 1)[0] != bin(3) {
		t.Error("the answers are not the ones that were said")
	}
	if a, b := x.Numbers(1, 0)[0], x.Numbers(1, 1)[0]; a != 26 || b != 74 {
		t.Errorf("the numbers are %g and %g", a, b)
	}
	if got := e.With([]Said{{0, 0, 0, bin(2)}}).Answers(0, 0)[0].Kind; got != stat.DontKnow {
		t.Errorf("who does not know is %v", got)
	}
	if got := e.With([]Said{{1, 0, 0, Answer{Kind: stat.Blank}}}); got.Numbers(1, 0)[0] != 0 || got.Numbers(1, 1)[0] != 80 {
		t.Error("a blank has a number, or moves another")
	}
}

func TestABinHasALowestAndAHighestNumber(t *testing.T) {
	m := Measure{Decimals: 1, Least: 0, Most: math.Inf(1), Bins: []float64{0, .9, 5}}
	for o, want := range [][2]float64{{0, 0}, {.1, .9}, {1, 5}, {5.1, math.Inf(1)}} {
		if low, high := m.Range(Set(0).With(o)); math.Abs(low-want[0]) > 1e-9 || high != want[1] {
			t.Errorf("bin %d: %g to %g, want %v", o, low, high, want)
		}
	}
	m.Sum = 100
	if _, high := m.Range(Set(0).With(3)); high != 100 {
		t.Errorf("of percentages: %g", high)
	}
}
