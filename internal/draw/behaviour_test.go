package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestDotsDrawsOneDotForEachComune(t *testing.T) {
	for _, n := range []int{0, 1, 45, MostDots, MostDots + 1} {
		got := string(Dots{Columns: []Column{{Text: "0", N: n / 2}, {Text: "1", N: n - n/2, Here: n > 0}}, Name: "Qui"}.Append(nil))
		circles, rects := strings.Count(got, "<circle"), strings.Count(got, "<rect")
		want, bars := n, 0
		if n > MostDots {
			want, bars = 1, 2 // the place
		}
		if circles != want || rects != bars {
			t.Errorf("%d Comuni: %d dots and %d bars, want %d and %d", n, circles, rects, want, bars)
		}
	}
}

func TestStripDrawsOneDotForEachComune(t *testing.T) {
	for _, n := range []int{0, 1, 41, MostDots} {
		s := Strip{Axis: Axis{Lo: 1, Hi: 100, Log: true}, Values: make([]float64, n)}
		if got := strings.Count(string(s.Append(nil)), "<circle"); got != n {
			t.Errorf("%d dots for %d values", got, n)
		}
	}
}

func TestUnknownDrawsNothing(t *testing.T) {
	for name, d := range map[string]Drawing{
		"row":       Rows{Axis: Axis{Hi: 1}, Rows: []Row{{Name: "a", Value: "n.d."}}},
		"nan":       Rows{Axis: Axis{Hi: 1}, Rows: []Row{{Name: "a", Value: "n.d.", Dot: At(math.NaN()), Interval: Between(0, math.Inf(1))}}},
		"timeline":  Timeline{Axis: Axis{Hi: 1}, Moments: []Moment{{Date: "a"}, {At: 1, Date: "b"}}, Place: "Qui", Median: "m", Band: "b"},
		"histogram": Histogram{Axis: Axis{Hi: 1}, Marks: []Mark{{Text: "mai"}}},
		"slope":     Slope{Hi: 1, Lines: []SlopeLine{{Name: "a"}}},
		"bars":      Bars{Bars: []Bar{{Text: "n.d."}}},
	} {
		got := string(d.Append(nil))
		for _, mark := range []string{"<circle", "<polygon", "f-place", "f-peer", "f-paid", "s-place", "mai", "Qui", "NaN"} {
			if strings.Contains(got, mark) {
				t.Errorf("%s: %s in %s", name, mark, got)
			}
		}
	}
}

func TestAnAbbreviationIsSeenAndItsNameIsRead(t *testing.T) {
	got := string(Rows{Rows: []Row{{Name: "a", Value: "ris.", Spoken: "Dato <riservato>"}, {Name: "b", Value: "12 %"}}}.Append(nil))
	for _, want := range []string{
		`<span class="v"><span aria-hidden="true" title="Dato &lt;riservato&gt;">ris.</span><span class="vh">Dato &lt;riservato&gt;</span></span>`,
		`<span class="v">12 %</span>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestBreakJoinsNothing(t *testing.T) {
	line := Timeline{Axis: Axis{Hi: 100}, Moments: []Moment{
		{At: 0, Place: At(1), Band: Between(0, 2)}, {At: 1, Place: At(2), Band: Between(0, 2)},
		{At: 2, Place: At(3), Band: Between(0, 2), Break: true}, {At: 3, Place: At(4), Band: Between(0, 2)},
	}}
	got := string(line.Append(nil))
	if lines, bands := strings.Count(got, `class="s-place"`), strings.Count(got, "<polygon"); lines != 2 || bands != 2 {
		t.Errorf("%d lines and %d bands, want two of each around the break", lines, bands)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		n      int
		want   []float64
	}{
		{0, 100, 4, []float64{0, 20, 40, 60, 80, 100}},
		{0, 544, 3, []float64{0, 200, 400, 600}},
		{0, .3, 3, []float64{0, .1, .2, .3}},
		{-5, 5, 2, []float64{-5, 0, 5}},
		{3, 3, 4, []float64{3, 4}},
		{0, 7, 7, []float64{0, 1, 2, 3, 4, 5, 6, 7}},
	} {
		if got := Ticks(c.lo, c.hi, c.n); !slices.Equal(got, c.want) {
			t.Errorf("Ticks(%v, %v, %d) = %v, want %v", c.lo, c.hi, c.n, got, c.want)
		}
	}
}

func TestLogAxisThinsOut(t *testing.T) {
	label := func(v float64) string { return fmt.Sprint(v) }
	var got []string
	for _, tick := range NewLogAxis(.25, 40, 7, label).Ticks {
		got = append(got, tick.Label)
	}
	if want := []string{"0.5", "1", "2", "5", "10", "20"}; !slices.Equal(got, want) {
		t.Errorf("ticks %v, want %v", got, want)
	}
	if n := len(NewLogAxis(1, 1e6, 7, label).Ticks); n != 7 {
		t.Errorf("%d ticks over six powers of ten, want 7", n)
	}
}

func TestLabelsStayInsideAndApart(t *testing.T) {
	xs := []float64{0, 10, 20, 50, 95, 100}
	labels := []string{"feb 2022", "mar 2022", "ago 2022", "nov 2023", "giu 2024", "lug 2024"}
	kept := keep(xs, labels)
	if !kept[0] || !kept[5] {
		t.Error("the first or the last date is not written")
	}
	for i := range xs {
		e := reach(xs[i], labels[i])
		if e.from < -.001 || e.to > minWidth+.001 {
			t.Errorf("%s sticks out: %v", labels[i], e)
		}
		for k := range xs[:i] {
			if kept[i] && kept[k] && !e.clear(reach(xs[k], labels[k])) {
				t.Errorf("%s meets %s", labels[i], labels[k])
			}
		}
	}
}

func TestTheNumbersOfAnAxisStayEvenlySpaced(t *testing.T) {
	axis := func(labels ...string) Axis {
		a := Axis{Hi: float64(len(labels) - 1)}
		for i, l := range labels {
			a.Ticks = append(a.Ticks, Tick{float64(i), l})
		}
		return a
	}
	tests := []struct {
		name     string
		axis     Axis
		from, to float64
		want     string
	}{
		{"the sign stands at the last only", axis("0", "20", "40", "60", "80", "100\u00a0%"), 0, 100, "111111"},
		{"between margins", axis("0", "20", "40", "60", "80", "100\u00a0%"), rowFrom, rowTo, "111111"},
		{"every second", axis("0", "10.000", "20.000", "30.000", "40.000", "50.000", "60.000"), 0, 100, "1010101"},
		{"every second counts from the last", axis("0 usi", "200 usi", "400 usi", "600 usi", "800 usi", "1.000 usi"), 0, 100, "010101"},
		{"the last alone", axis("una parola molto lunga davvero", "un’altra parola molto lunga"), 0, 100, "01"},
		{"none", Axis{Hi: 1}, 0, 100, ""},
		{"of classes what fits, from the ends", Axis{Hi: 100, Ticks: []Tick{{0, "0"}, {5, "cinque"}, {50, "metà"}, {100, "cento"}}}, 0, 100, "1011"},
		{"of powers what fits, from the ends", Axis{Lo: 1, Hi: 100, Log: true, Ticks: []Tick{{1, "1"}, {90, "novanta"}, {100, "cento"}}}, 0, 100, "101"},
	}
	for _, test := range tests {
		var xs []float64
		var labels []string
		for _, tick := range test.axis.Ticks {
			xs, labels = append(xs, test.axis.along(tick.At, test.from, test.to)), append(labels, tick.Label)
		}
		got := ""
		for _, k := range written(xs, labels) {
			got += map[bool]string{true: "1", false: "0"}[k]
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestNoStrokeCrossesAText(t *testing.T) {
	marks := []Mark{{At(30), "mediana dei Comuni 305", false}, {At(31), "Suvereto 310", true}, {At(50), "Italia 506", false}, {At(99), "Milano 990", false}}
	for _, m := range [][]Mark{marks, marks[:3], marks[1:], {marks[3], marks[0]}} {
		got, _ := callouts(m, func(v float64) float64 { return v })
		for i, f := range got {
			for _, g := range got[:i] {
				if f.meets(g) {
					t.Errorf("%q meets %q", f.mark.Text, g.mark.Text)
				}
			}
		}
	}
}

func TestDodgeKeepsOrderAndDistance(t *testing.T) {
	got := dodge([]float64{100, 20, 101, 102, 300}, 15, 0, 200)
	if want := []float64{100, 20, 115, 130, 200}; !slices.Equal(got, want) {
		t.Errorf("dodge: %v, want %v", got, want)
	}
}

func TestNamesBreakWhereTheyCan(t *testing.T) {
	for name, want := range map[string]string{
		"Roma":                       "Roma",
		"Monterotondo Marittimo":     "Monterotondo|Marittimo",
		"San Giovanni in Persiceto":  "San Giovanni|in Persiceto",
		"Saint-Christophe":           "Saint-|Christophe",
		"Bolzano/Bozen":              "Bolzano/|Bozen",
		"Castrocaro Terme e Terra -": "Castrocaro|Terme e Terra -",
	} {
		if got := strings.Join(wrapped(name, 2), "|"); got != want {
			t.Errorf("%s breaks %s, want %s", name, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for href, want := range map[string]bool{
		"": false, "../x/": true, "/x/?a=b:c": true, "#a:b": true, "https://a.it/": true, "HTTP://a.it": true,
		"javascript:x": false, "data:x": false, "java\tscript:x": false, " x": false, ":x": false, "x y": false,
	} {
		if safe(href) != want {
			t.Errorf("safe(%q) = %v", href, !want)
		}
	}
}

func TestPathIsRelativeAndShort(t *testing.T) {
	var p path
	p.ring([]pt{{10, 20}, {10, 30}, {25, 30}})
	p.line([]pt{{9, 19}, {0, 0}})
	if got, want := string(p.b), "m10 20 0 10 15 0zm-1-1-9-19"; got != want {
		t.Errorf("path %s, want %s", got, want)
	}
}

func TestBordersInsideAClassCancel(t *testing.T) {
	shapes := drawn(
		"aabb",
		"aabb",
		"ccbb")
	m := NewMesh(NewFrame(boundOf(shapes), 40, 0), shapes)
	got := m.outlines([]Class{C1, C1, C2})
	if n := len(got[C1]); n != 1 {
		t.Fatalf("a and b have %d outlines, want 1", n)
	}
	if n := len(got[C1][0]); n != 6 {
		t.Errorf("the outline of a and b has %d corners, want 6: %v", n, got[C1][0])
	}
	if n := len(m.borders([]int{1, 1, 2})); n != 1 {
		t.Errorf("%d borders, want 1", n)
	}
	if coast := m.coast(); len(coast) != 1 || coast[0][0] != coast[0][len(coast[0])-1] {
		t.Errorf("the coast is not one closed line: %v", coast)
	}
}

func TestEnclavesStayHoles(t *testing.T) {
	shapes := drawn(
		"aaaa",
		"ab.a",
		"aaaa")
	m := NewMesh(NewFrame(boundOf(shapes), 40, 0), shapes)
	got := m.outlines([]Class{C1, C2})
	area := int64(0)
	for _, r := range got[C1] {
		area += area2(r)
	}
	if want := int64(-2 * 10 * 100); area != want { // ten squares of 10 × 10 units
		t.Errorf("twice the area of a is %d, want %d", area, want)
	}
}

func TestNoComuneDisappears(t *testing.T) {
	dot := func(x float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, 0}, {x + 1, 0}, {x + 1, 1}, {x, 1}, {x, 0}}}}
	}
	shapes := []orb.MultiPolygon{dot(0), dot(5e5), dot(1e6)}
	m := NewMesh(NewFrame(boundOf(shapes), 400, 4), shapes)
	got := string(National{Mesh: m, Class: []Class{C1, C2, NoValue}}.Append(nil))
	for _, class := range []string{"c1", "c2", "c0"} {
		if !strings.Contains(got, `<path class="`+class+`" d="m`) {
			t.Errorf("%s is not drawn: %s", class, got)
		}
	}
}

func TestClipKeepsWhatIsSeen(t *testing.T) {
	f := Frame{W: 100, H: 100}
	big := []pt{{-1000, -1000}, {-1000, 1000}, {1000, 1000}, {1000, -1000}}
	if got := f.clip(big); len(got) != 4 || area2(got) != area2([]pt{{-4, -4}, {-4, 104}, {104, 104}, {104, -4}}) {
		t.Errorf("a ring around the frame: %v", got)
	}
	if got := f.clip([]pt{{200, 0}, {300, 0}, {300, 50}}); got != nil {
		t.Errorf("a ring outside: %v", got)
	}
	if got := f.clipLine([]pt{{-50, 50}, {-20, 50}, {50, 50}, {500, 50}, {600, 50}, {600, 90}}); len(got) != 1 || len(got[0]) != 3 {
		t.Errorf("a line through: %v", got)
	}
}

// overlaps lists the names of a locator that meet, and those that leave it.
func overlaps(l Locator) (bad []string) {
	m := l.mesh(locatorFrame(l.Here.Shape))
	names := l.place(m, m.visible(1+len(l.Neighbours)))
	for i, n := range names {
		if n.lines == nil {
			if i == 0 {
				bad = append(bad, "the Comune has no name")
			}
			continue
		}
		if n.box.x < 0 || n.box.y < 0 || n.box.x+n.box.w > locatorW || n.box.y+n.box.h > locatorH {
			bad = append(bad, strings.Join(n.lines, " ")+" sticks out")
		}
		for _, o := range names[:i] {
			if o.lines != nil && n.box.meets(o.box) {
				bad = append(bad, strings.Join(n.lines, " ")+" meets "+strings.Join(o.lines, " "))
			}
		}
	}
	return bad
}

func TestLocatorNamesNeverMeet(t *testing.T) {
	for _, n := range []int{1, 3, 8} {
		l := locator(func(s string) string { return strings.Repeat(s+" ", n) }, island())
		for _, fault := range overlaps(l) {
			if n == 1 || fault != "the Comune has no name" { // eight names in one are longer than the frame
				t.Error(fault)
			}
		}
	}
}

func TestLocatorLinksEachNeighbourOnceForTheKeyboard(t *testing.T) {
	long := func(string) string { return strings.Repeat("Castelnuovo ", 20) }
	for name, say := range map[string]func(string) string{"names with room": same, "names without": long} {
		drawn, unnamed := locator(say, island()).Draw(nil)
		got := string(drawn)
		all, hidden := strings.Count(got, "<a "), strings.Count(got, `tabindex="-1"`)
		if all-hidden+len(unnamed) != 3 {
			t.Errorf("%s: %d links can be tabbed to and %d are for the page, want one for each of 3 neighbours: %s", name, all-hidden, len(unnamed), got)
		}
		if (name == "names without") != (len(unnamed) > 0) {
			t.Errorf("%s: neighbours %v are not named", name, unnamed)
		}
	}
}

func TestRingsCutAtTheFrameStillShareTheirBorder(t *testing.T) {
	f := Frame{W: 100, H: 100}
	left := []pt{{-70, -50}, {13, -33}, {31, 50}, {47, 171}, {-70, 171}}
	right := []pt{{13, -33}, {180, -50}, {180, 171}, {47, 171}, {31, 50}}
	m := newMesh(f, []cell{{rings: [][]pt{f.clip(left)}}, {rings: [][]pt{f.clip(right)}}})
	if whole := m.outlines([]Class{Land, Land})[Land]; len(whole) != 1 || len(whole[0]) != 4 {
		t.Errorf("the two together: %v, want the four corners of the cut", whole)
	}
	if b := m.borders([]int{1, 2}); len(b) != 1 || len(b[0]) != 3 {
		t.Errorf("the border: %v, want one line of three points", b)
	}
	if c := m.coast(); len(c) != 0 {
		t.Errorf("the cut is taken for a coast: %v", c)
	}
}
