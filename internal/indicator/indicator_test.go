package indicator

import (
	"math"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

// four is a country of four Comuni in two ripartizioni and two classes.
func four() *atlas.Atlas {
	return &atlas.Atlas{
		Comuni: []atlas.Comune{
			{Name: "A", Residents: 1000, AreaKm2: 10, Rip: 0, Class: []int{0}},
			{Name: "B", Residents: 3000, AreaKm2: 10, Rip: 0, Class: []int{1}},
			{Name: "C", Residents: 2000, AreaKm2: 1, Rip: 0, Class: []int{0}},
			{Name: "D", Residents: 1100, AreaKm2: 10, Rip: 0, Class: []int{0}},
		},
		Ripartizioni: []atlas.Ripartizione{{Comuni: []int{0, 1, 2, 3}}},
		Regions:      []atlas.Region{{Comuni: []int{0, 1}}, {Comuni: []int{2, 3}}},
		Units:        []atlas.Unit{{Comuni: []int{0, 1}}, {Comuni: []int{2, 3}}},
		Schemes:      []atlas.Scheme{{Classes: []atlas.Class{{Comuni: []int{0, 2, 3}}, {Comuni: []int{1}}}}},
	}
}

func build(t *testing.T, form stat.Form, values ...stat.Value) *Entry {
	t.Helper()
	var list diag.List
	def := stat.Indicator{ID: "x", Form: form, Value: "s/v", Over: Residents, Per: 1000}
	b := Build(four(), []stat.Indicator{def}, []stat.Variable{{ID: "s/v", Date: 20240101, Values: values}}, inFile, &list)
	if list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	return b.Find("x")
}

func inFile(int, bool) diag.Problem { return diag.Problem{File: "i.yaml"} }

func TestARateIsASumOverASumAndNeverAMeanOfMeans(t *testing.T) {
	e := build(t, stat.Rate, stat.Of(100), stat.Of(600), stat.Of(0), stat.Missing(stat.Unknown))
	if got := e.Now().Nation; got.Value.N != 700.0/6000*1000 || got.Base != 3 || got.Of != 4 {
		t.Errorf("nation %+v: the Comune without a value must leave both sums", got)
	}
	if got := e.Now().Regions[1]; got.Value != stat.Of(0) || got.Base != 1 {
		t.Errorf("region %+v: 0 is a value", got)
	}
	if got := e.Last().Values[0].N; got != 100 {
		t.Errorf("Comune %v per 1,000", got)
	}
}

func TestAShareCountsOnlyComuniWithAValue(t *testing.T) {
	e := build(t, stat.Share, stat.Of(1), stat.Of(0), stat.Missing(stat.Failed), stat.Of(1))
	got := e.Now()
	if math.Abs(got.Nation.Value.N-200.0/3) > 1e-12 || got.Nation.Base != 3 || got.RipClass[0][0].Value.N != 100 {
		t.Errorf("%+v", got)
	}
}

func TestAnAreaWithoutValuesHasNoFigureRatherThanZero(t *testing.T) {
	e := build(t, stat.Median, stat.Of(5), stat.Of(7), stat.Missing(stat.Failed), stat.Missing(stat.Failed))
	if got := e.Now().Regions[1].Value; got.OK() {
		t.Errorf("got %v", got)
	}
	if got := e.Now().Nation.Value.N; got != 6 {
		t.Errorf("median of 5 and 7 is %v", got)
	}
}

func TestAnUnknownVariableIsAProblemWithTheNearestName(t *testing.T) {
	var list diag.List
	Build(four(), []stat.Indicator{{ID: "x", Form: stat.Share, Value: "s/w1"}}, []stat.Variable{{ID: "s/w2", Values: make([]stat.Value, 4)}}, inFile, &list)
	if got := list.Problems()[0].String(); got != "i.yaml: indicator \"x\": no source has the variable \"s/w1\"\n    hint: did you mean \"s/w2\"?" {
		t.Errorf("got %s", got)
	}
}

func TestAClassBeginsAtItsEdge(t *testing.T) {
	for v, want := range map[float64]int{0: 1, 9.9: 1, 10: 2, 40: 5, 99: 5} {
		if got := Class([]float64{10, 20, 30, 40}, v); got != want {
			t.Errorf("Class(%v) = %d, want %d", v, got, want)
		}
	}
}

func TestPeersShareTheClassAndTheNearestComesFirst(t *testing.T) {
	got := Peers(four(), 2)
	if len(got[0]) != 2 || got[0][0] != 3 || got[0][1] != 2 {
		t.Errorf("peers of A %v, want D then C", got[0])
	}
	if len(got[1]) != 0 {
		t.Errorf("B is alone in its class, got %v", got[1])
	}
}
