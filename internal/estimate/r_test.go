package estimate_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// drawnSample is a sample of testdata: the marks and numbers of invented Comuni, and
// the areas that testdata/stime.R names.
type drawnSample struct {
	grid    *estimate.Grid
	areas   []string // by index in grid.Areas
	columns map[string][]estimate.Mark
	values  []stat.Value
}

// samples are those of testdata, by the name that stime.csv has for them.
var samples = sync.OnceValue(func() map[string]drawnSample {
	small, err := os.ReadFile("testdata/prova.csv")
	if err != nil {
		panic(err)
	}
	packed, err := os.ReadFile("testdata/nazionale.csv.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	return map[string]drawnSample{
		"prova":     readSample(bytes.NewReader(small), 4, []int{1, 0}),
		"nazionale": readSample(z, 6, []int{1, 0, 1, 4, 3}),
	}
})

func readSample(in io.Reader, classes int, neighbour []int) drawnSample {
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		panic(err)
	}
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			panic(err)
		}
		return n
	}
	s := drawnSample{grid: &estimate.Grid{Classes: classes, Neighbour: neighbour}, columns: map[string][]estimate.Mark{}}
	rips := map[int]int{}
	for _, row := range rows[1:] {
		region, rip, class := number(row[1]), number(row[2]), number(row[3])
		rips[region] = rip
		s.grid.Cell = append(s.grid.Cell, region*classes+class)
		s.grid.Residents = append(s.grid.Residents, number(row[4]))
		for k := 5; k < len(row)-1; k++ {
			s.columns[rows[0][k]] = append(s.columns[rows[0][k]], estimate.Mark(strings.Index(".sbny", row[k])))
		}
		v, err := strconv.ParseFloat(row[len(row)-1], 64)
		if err != nil {
			s.values = append(s.values, stat.Missing(stat.NoRespondent))
		} else {
			s.values = append(s.values, stat.Of(v))
		}
	}
	for region := range len(rips) {
		s.grid.Rip = append(s.grid.Rip, rips[region])
	}
	s.cover()
	return s
}

// cover adds the areas of stime.R.
func (s *drawnSample) cover() {
	g := s.grid
	add := func(name string, region int, in func(region, rip, class int) bool) {
		c := estimate.Covered{Region: region}
		for r, rip := range g.Rip {
			for class := range g.Classes {
				if in(r, rip, class) {
					c.Cells = append(c.Cells, r*g.Classes+class)
				}
			}
		}
		g.Areas, s.areas = append(g.Areas, c), append(s.areas, name)
	}
	add("italia", -1, func(_, _, _ int) bool { return true })
	if len(g.Neighbour) == 5 {
		add("mezzogiorno", -1, func(_, rip, _ int) bool { return rip >= 3 })
	}
	for class := range g.Classes {
		add(fmt.Sprint("classe-", class), -1, func(_, _, k int) bool { return k == class })
	}
	for rip := range g.Neighbour {
		add(fmt.Sprint("rip-", rip), -1, func(_, r, _ int) bool { return r == rip })
		for class := range g.Classes {
			add(fmt.Sprintf("rip-%d-classe-%d", rip, class), -1, func(_, r, k int) bool { return r == rip && k == class })
		}
	}
	const small = 2 // classes up to 5,000 residents
	for region := range g.Rip {
		add(fmt.Sprint("regione-", region), region, func(r, _, _ int) bool { return r == region })
		add(fmt.Sprintf("regione-%d-piccoli", region), region, func(r, _, k int) bool { return r == region && k < small })
		add(fmt.Sprintf("regione-%d-grandi", region), region, func(r, _, k int) bool { return r == region && k >= small })
	}
}

// reckoned is one line of stime.csv.
type reckoned struct {
	sample, what, area, of      string
	value, se, low, high, other float64
	n                           int
}

// readR reads what R wrote; the version line is for people.
func readR(t *testing.T) (out []reckoned) {
	t.Helper()
	raw, err := os.ReadFile("testdata/stime.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		x := reckoned{sample: row[0], what: row[1], area: row[2], of: row[3]}
		for i, to := range []*float64{&x.value, &x.se, &x.low, &x.high, nil, &x.other} {
			if to == nil {
				x.n, err = strconv.Atoi(row[4+i])
			} else {
				*to, err = strconv.ParseFloat(row[4+i], 64)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, x)
	}
	return out
}

// ours are the same figures by this package, for every area, by "sample what area of".
func ours() map[string]reckoned {
	out := map[string]reckoned{}
	for name, s := range samples() {
		put := func(what string, area int, of string, x reckoned) {
			x.sample, x.what, x.area, x.of = name, what, s.areas[area], of
			out[strings.Join([]string{name, what, x.area, of}, " ")] = x
		}
		held := map[string][][2]estimate.Estimate{} // by column, then area
		for column, marks := range s.columns {
			c := s.grid.Of(marks)
			d := estimate.NewDesign(s.grid, c.Universe, c.Sample)
			for area := range s.areas {
				both := [2]estimate.Estimate{d.Comuni(area, c.Base, c.Num[0]), d.Residents(area, c.Base, c.Num[0])}
				held[column] = append(held[column], both)
				for i, of := range []string{"comuni", "residenti"} {
					if x := both[i]; x.OK {
						put(column, area, of, reckoned{value: x.P, se: x.SE, low: x.Low, high: x.High, n: x.N, other: x.Domain})
					}
				}
			}
		}
		for _, pair := range [][2]string{{"avviata-prima", "avviata"}, {"misto-prima", "misto"}, {"atti-prima", "atti-digitali"}, {"cloud-prima", "cloud-stato"}} {
			if s.columns[pair[0]] == nil {
				continue
			}
			p := s.grid.Pair(s.columns[pair[0]], s.columns[pair[1]])
			d := estimate.NewDesign(s.grid, p.Universe, p.Sample)
			for area := range s.areas {
				for i, of := range []string{"comuni", "residenti"} {
					x := d.PairedComuni(area, p.Cross)
					if i == 1 {
						x = d.PairedResidents(area, p.Cross)
					}
					if c := x.Change; c.OK {
						put("panel:"+pair[0]+">"+pair[1], area, of, reckoned{value: c.Points, se: c.SE, low: c.Low, high: c.High, n: x.After.N, other: x.Covariance})
					}
					b, a := held[pair[0]][area][i], held[pair[1]][area][i]
					if c := estimate.Between(b, a); c.OK {
						put("between:"+pair[0]+">"+pair[1], area, of, reckoned{value: c.Points, se: c.SE, low: c.Low, high: c.High, n: a.N})
					}
				}
			}
		}
		everybody := make([]bool, len(s.values))
		for i := range everybody {
			everybody[i] = true
		}
		c := s.grid.Of(estimate.Valued(everybody, s.values))
		d := estimate.NewDesign(s.grid, c.Universe, c.Sample)
		sums := s.grid.Sums(s.values)
		for area := range s.areas {
			for of, x := range map[string]estimate.Mean{"comuni": d.Mean(area, sums), "residenti": d.MeanOfResidents(area, sums)} {
				if x.OK {
					put("media", area, of, reckoned{value: x.Value, se: x.SE, low: x.Low, high: x.High, n: x.N})
				}
			}
		}
	}
	return out
}

func TestEstimatesAreThoseOfR(t *testing.T) {
	const within = 1e-6
	got := ours()
	compared := map[string]int{}
	for _, want := range readR(t) {
		key := strings.Join([]string{want.sample, want.what, want.area, want.of}, " ")
		x, ok := got[key]
		if !ok {
			t.Errorf("%s: R has %v, we give none", key, want.value)
			continue
		}
		compared[want.sample+" "+strings.SplitAfter(want.what, ":")[0]]++
		for _, v := range []struct {
			what      string
			got, want float64
		}{{"value", x.value, want.value}, {"standard error", x.se, want.se}, {"low", x.low, want.low}, {"high", x.high, want.high}, {"domain or covariance", x.other, want.other}} {
			if !(math.Abs(v.got-v.want) <= within*max(1, math.Abs(v.want)/100)) { // NaN is wrong too
				t.Errorf("%s, %s: got %.9f, R has %.9f", key, v.what, v.got, v.want)
			}
		}
		if x.n != want.n {
			t.Errorf("%s: of %d respondents, R has %d", key, x.n, want.n)
		}
		delete(got, key)
	}
	for _, what := range []string{"prova nessuno", "prova tutti", "prova uno", "prova misto", "prova avviata", "prova panel:", "prova between:", "prova media",
		"nazionale atti-digitali", "nazionale cloud-stato", "nazionale iter-atti", "nazionale panel:", "nazionale between:", "nazionale media"} {
		if compared[what] == 0 {
			t.Errorf("nothing was compared of %s", what)
		}
	}
	for key, x := range got {
		if !strings.Contains(x.what, ">") && strings.HasSuffix(x.what, "-prima") {
			continue // R writes these only as part of a change
		}
		t.Errorf("%s: we have %v, R gives none", key, x.value)
	}
}
