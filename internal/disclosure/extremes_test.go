package disclosure

import (
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Attack: a respondent that weighs much, and a share of residents near an end. Who sent
// the form is public, and so is how many residents each has and how many Comuni of a
// stratum did: with these the attacker knows what every respondent counts in an
// estimate. Where the residents of those that gave an answer are fewer than its own, it
// did not give it; where the others' are, it did.
func TestNoShareOfResidentsTellsWhatTheLargestSaid(t *testing.T) {
	s := default2025()
	looked := 0
	s.cells(func(table, area, col int, l *Line, c *Cell) {
		if !c.Residents.OK() {
			return
		}
		looked++
		most := heaviest(s, table, area)
		const half = 0.5
		if c.Residents.N+half < most || 100-c.Residents.N+half < most {
			t.Errorf("%s: %g %% of residents, of which one respondent is %.1f %%", s.name(Withheld{Table: table, Area: area, Column: col}), c.Residents.N, most)
		}
	})
	if looked == 0 {
		t.Error("no share of residents is shown: the test says nothing")
	}
}

// The audit says so where one is shown.
func TestAShareOfResidentsThatTellsIsALeak(t *testing.T) {
	s := default2025()
	planted := false
	s.cells(func(table, area, col int, l *Line, c *Cell) {
		if planted || c.Residents.Kind != stat.Withheld || !c.Value.OK() {
			return
		}
		counts := s.in.Grid.Count(s.in.Edition, s.p.Tables[table].Question, s.p.Tables[table].Row)
		e := estimate.NewDesign(s.in.Grid, counts.Universe, counts.Sample).Residents(area, counts.Base, counts.Num[col])
		if x := *c; e.OK && (e.P+1 < heaviest(s, table, area) || 99-e.P < heaviest(s, table, area)) {
			planted = true
			x.Residents = stat.Of(float64(steps(e.P)))
			p := s.clone()
			p.set(table, area, col, x)
			p.mustLeak(t, "the share of residents says what its largest respondent did")
		}
	})
	if !planted {
		t.Error("none tells: the test says nothing")
	}
}

// heaviest is the part of an estimate of residents, in per cent, that one respondent of
// its base makes.
func heaviest(s site, table, area int) (most float64) {
	g, pt := s.in.Grid, &s.p.Tables[table]
	counts := g.Count(s.in.Edition, pt.Question, pt.Row)
	d := estimate.NewDesign(g, counts.Universe, counts.Sample)
	strata := d.Strata
	if r := g.Areas[area].Region; r >= 0 {
		strata = d.Regions[r].Strata
	}
	weight := map[int]float64{}
	for _, h := range strata {
		for _, cell := range h.Cells {
			weight[cell] = float64(h.Universe) / float64(h.Sample)
		}
	}
	all := 0.0
	answers := s.in.Edition.Answers(pt.Question, pt.Row)
	for i, a := range answers {
		if replyOf(a).state != said || !s.in.Edition.Book.Questions[pt.Question].On(s.in.Edition.Places[i].Form) || s.in.Edition.Places[i].State != survey.Completed || !holdsInt(s.p.Frame.Of(i), area) || g.Cell[i] < 0 {
			continue
		}
		r := weight[g.Cell[i]] * float64(g.Residents[i])
		all += r
		most = max(most, r)
	}
	return 100 * most / all
}
