package main

import (
	"errors"
	"strings"
	"testing"
)

func TestTheTableHasMediansSpreadAndRatios(t *testing.T) {
	rows := []row{
		{subject: subject{name: ours}, samples: []sample{
			{Transfer: 200e3, Paint: 900, Sight: 900, First: 2000, Recolour: []float64{100, 120}, Frame: 50, Heap: 10e6},
			{Transfer: 200e3, Paint: 1000, Sight: 1000, First: 3000, Recolour: []float64{110, 130}, Frame: 70, Heap: 10e6}}},
		{subject: subject{name: "picture", still: true}, samples: []sample{{Transfer: 50e3, Paint: 700, Sight: 1250, First: 1250, Heap: 1.04e6, Stolen: 0.3}}},
		{subject: subject{name: "other"}, fault: errors.New("it has no map")},
	}
	var b strings.Builder
	print(&b, rows)
	const want = `| map | transfer, kB | first paint, ms | sight of a map, ms | first map, ms | recolour, ms | longest frame, ms | JS heap, MB |
|---|--:|--:|--:|--:|--:|--:|--:|
| ours (/mappa/) | 200 | 950 (900–1000) | 950 (900–1000) | 2500 (2000–3000) | 115 (100–130) | 60 (50–70) | 10.0 |
| picture | 50 ×0.2 | 700 ×0.7 | 1250 ×1.3 | 1250 ×0.5 | – | – | 1.0 ×0.1 |
| other | – | – | – | – | – | – | – |

picture: during 1 of 1 visits the host took up to 30 % of the processors; by the clock they are no measure.

other was not measured: it has no map.
`
	if got := b.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTheHostsShareIsOfAllTime(t *testing.T) {
	then := parseProcessors("cpu  10 0 10 70 0 0 0 10 5 0\ncpu0 1 2 3\n")
	if got := parseProcessors("cpu  40 10 20 130 0 0 0 50 5 0\n").since(then); got != 40.0/150 {
		t.Errorf("got %v", got)
	}
	for _, text := range []string{"", "cpu 1 2", "intr 1 2 3 4 5 6 7 8", "cpu  a 0 0 0 0 0 0 0"} {
		if got := parseProcessors(text); got != (processors{}) {
			t.Errorf("%q: got %v", text, got)
		}
	}
	if got := then.since(then); got != 0 {
		t.Errorf("of no time it took %v", got)
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		in   []float64
		want spread
	}{
		{nil, spread{}},
		{[]float64{3}, spread{3, 3, 3, 1}},
		{[]float64{9, 1, 2}, spread{1, 2, 9, 3}},
		{[]float64{4, 1, 2, 9}, spread{1, 3, 9, 4}},
	} {
		if got := spreadOf(c.in); got != c.want {
			t.Errorf("%v: got %v, want %v", c.in, got, c.want)
		}
	}
}
