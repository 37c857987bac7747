package estimate_test

import (
	"fmt"
	"strings"
	"testing"

	"mappa/internal/estimate"
)

// drawn is a grid with as many Comuni as a picture says: a line for each region, a
// column for each class, "respondents/universe" or a dot; the ripartizione stands
// before the colon. Residents are those of nobody.
func drawn(t *testing.T, picture string, neighbour ...int) (g *estimate.Grid, universe, sample []int) {
	t.Helper()
	g = &estimate.Grid{Neighbour: neighbour}
	for line := range strings.Lines(picture) {
		head, cells, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		rip, columns := 0, strings.Fields(cells)
		fmt.Sscan(head, &rip)
		g.Rip, g.Classes = append(g.Rip, rip), len(columns)
		for _, c := range columns {
			n, of := 0, 0
			if c != "." {
				if _, err := fmt.Sscanf(c, "%d/%d", &n, &of); err != nil {
					t.Fatalf("%q: %v", c, err)
				}
			}
			universe, sample = append(universe, of), append(sample, n)
		}
	}
	all := make([]int, len(universe))
	for i := range all {
		all[i] = i
	}
	g.Areas = []estimate.Covered{{Cells: all, Region: -1}}
	for region := range g.Rip {
		g.Areas = append(g.Areas, estimate.Covered{Cells: all[region*g.Classes : (region+1)*g.Classes], Region: region})
	}
	return g, universe, sample
}

// joins says collapses as "ripartizione.class (respondents/universe) > ripartizione.class".
func joins(made []estimate.Collapse) string {
	var out []string
	for _, c := range made {
		out = append(out, fmt.Sprintf("%d.%d (%d/%d) > %d.%d", c.Rip, c.Class, c.Sample, c.Universe, c.Into.Rip, c.Into.Class))
	}
	return strings.Join(out, ", ")
}

func sizes(strata []estimate.Stratum) string {
	var out []string
	for _, s := range strata {
		out = append(out, fmt.Sprintf("%v %d/%d", s.Cells, s.Sample, s.Universe))
	}
	return strings.Join(out, ", ")
}

func TestSparseStrataJoinInTheDeclaredOrder(t *testing.T) {
	for _, test := range []struct{ name, picture, joins, strata string }{
		{"five respondents are enough", `
			0: 5/9 5/9
			1: 5/9 5/9`,
			"", "[0] 5/9, [1] 5/9, [2] 5/9, [3] 5/9"},
		{"four join the class below", `
			0: 5/9 6/9 4/9
			1: 5/9 6/9 7/9`,
			"0.2 (4/9) > 0.1", "[0] 5/9, [1 2] 10/18, [3] 5/9, [4] 6/9, [5] 7/9"},
		{"the smallest class joins the one above", `
			0: 1/9 6/9 7/9
			1: 5/9 6/9 7/9`,
			"0.0 (1/9) > 0.1", "[0 1] 7/18, [2] 7/9, [3] 5/9, [4] 6/9, [5] 7/9"},
		{"four of four that all answered join too", `
			0: 5/9 4/4
			1: 5/9 5/5`,
			"0.1 (4/4) > 0.0", "[0 1] 9/13, [2] 5/9, [3] 5/5"},
		{"what is still too small turns to the neighbour", `
			0: 8/9 1/9 2/9
			1: 5/9 6/9 7/9`,
			"0.2 (2/9) > 0.1, 0.2 (2/9) > 1.2", "[0] 8/9, [1 2 5] 10/27, [3] 5/9, [4] 6/9"},
		{"then to the other classes of its own", `
			0: 8/9 1/9 1/9
			1: 5/9 6/9 1/9`,
			"0.2 (1/9) > 0.1, 0.2 (1/9) > 1.2, 0.2 (1/9) > 0.0", "[0 1 2 5] 11/36, [3] 5/9, [4] 6/9"},
		{"a class without Comuni is stepped over", `
			0: 5/9 . 2/9
			1: 5/9 . .`,
			"0.2 (2/9) > 0.0", "[0 2] 7/18, [3] 5/9"},
		{"an empty stratum is named", `
			0: 5/9 0/3
			1: 5/9 5/9`,
			"0.1 (0/3) > 0.0", "[0 1] 5/12, [2] 5/9, [3] 5/9"},
		{"who was joined in time has no need to join", `
			0: 2/9 3/9
			1: 5/9 5/9`,
			"0.1 (3/9) > 0.0", "[0 1] 5/18, [2] 5/9, [3] 5/9"},
		{"regions of a ripartizione are one stratum", `
			0: 3/9 9/9
			0: 2/9 1/9
			1: 5/9 5/9`,
			"", "[0 2] 5/18, [1 3] 10/18, [4] 5/9, [5] 5/9"},
		{"a ripartizione of few respondents goes to its neighbour", `
			0: 1/9 1/9
			1: 5/9 6/9`,
			"0.1 (1/9) > 0.0, 0.1 (1/9) > 1.1", "[0 1 3] 8/27, [2] 5/9"},
		{"four in all are no sample", `
			0: 1/9 1/9
			1: 1/9 1/9`,
			"0.1 (1/9) > 0.0, 0.1 (1/9) > 1.1, 0.1 (1/9) > 1.0", ""},
	} {
		g, universe, sample := drawn(t, test.picture, 1, 0)
		d := estimate.NewDesign(g, universe, sample)
		if got := joins(d.Collapses); got != test.joins {
			t.Errorf("%s: got %s, want %s", test.name, got, test.joins)
		}
		if got := sizes(d.Strata); got != test.strata {
			t.Errorf("%s: got strata %s, want %s", test.name, got, test.strata)
		}
	}
}

func TestARegionUsesItsOwnCellsOnly(t *testing.T) {
	g, universe, sample := drawn(t, `
		0: 3/9 4/9 9/9
		0: 9/9 9/9 9/9
		1: 1/9 1/9 2/9`, 1, 0)
	d := estimate.NewDesign(g, universe, sample)
	if got, want := sizes(d.Regions[0].Strata), "[0 1] 7/18, [2] 9/9"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := joins(d.Regions[0].Collapses), "0.1 (4/9) > 0.0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d.Regions[2].Strata != nil {
		t.Errorf("four respondents make strata: %s", sizes(d.Regions[2].Strata))
	}
	base := make([]estimate.Tally, len(universe))
	for i, n := range sample {
		base[i].Comuni = n
	}
	if x := d.Comuni(3, base, base); x.OK {
		t.Errorf("a region of four respondents has an estimate: %+v", x)
	}
	if x := d.Comuni(0, base, base); !x.OK || x.Universe != 81 {
		t.Errorf("Italy has none: %+v", x)
	}
}

func TestRipartizioniTurnToTheOtherPartOfTheMezzogiornoElseToTheOneBefore(t *testing.T) {
	a := national().atlas
	var got []string
	for rip, to := range estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{})).Neighbour {
		if to >= 0 {
			got = append(got, a.Ripartizioni[rip].Name+" > "+a.Ripartizioni[to].Name)
		}
	}
	want := "Nord-ovest > Nord-est, Nord-est > Nord-ovest, Centro > Nord-est, Sud > Isole, Isole > Sud"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}
