package disclosure

import (
	"math"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// A witness as the answers of an edition, counted from the first form on by the stages
// that count true ones, prints every figure that is published, to the digit. So pages made of what is published are the same, byte for byte.
func TestAnEditionThatAWitnessAnsweredPrintsTheSame(t *testing.T) {
	s := default2025()
	others := s.p.Others(s.proof)
	const tried = 12
	for k := 0; k < len(others); k += len(others)/tried + 1 {
		e := s.in.Edition.With(others[k])
		if at, compared := s.toldBy(e); at != "" || compared == 0 {
			t.Errorf("witness %d prints otherwise: %s", k, at)
		}
	}
	// any other answer shows: some witness with one of its changes left out
	told := false
	for k := 0; k < len(others) && !told; k++ {
		if len(others[k]) > 1 {
			at, _ := s.toldBy(s.in.Edition.With(others[k][1:]))
			told = at != ""
		}
	}
	if !told {
		t.Error("whatever is answered prints the same: the test says nothing")
	}
}

// toldBy is where the figures that are published are not those of an edition, counted
// anew; "" if they all are.
func (s site) toldBy(e *survey.Edition) (at string, compared int) {
	in := of(Inputs(territory(), []*survey.Edition{both()[0], e}, nil)[1], questions...)
	for table := range in.Tables {
		pt, counted := &s.p.Tables[table], &in.Tables[table]
		counts := in.Grid.Count(e, pt.Question, pt.Row)
		d := estimate.NewDesign(in.Grid, counts.Universe, counts.Sample)
		for area := range pt.Lines {
			l := &pt.Lines[area]
			for col := range counts.Num {
				compared++
				c := l.cell(col)
				of, people := d.Comuni(area, counts.Base, counts.Num[col]), d.Residents(area, counts.Base, counts.Num[col])
				ok := !l.Base.OK() || int(l.Base.N) == counted.Base[area]
				ok = ok && (!c.Value.OK() || percent(counted.Num[col][area], counted.Base[area], c.Decimals) == c.Value.N)
				for _, x := range []struct {
					printed stat.Value
					is      float64
				}{{c.Estimate, of.P}, {c.Low, of.Low}, {c.High, of.High}, {c.Residents, people.P}} {
					ok = ok && (!x.printed.OK() || x.printed.N == math.Round(x.is))
				}
				if !ok {
					return s.name(Withheld{Table: table, Area: area, Column: col}), compared
				}
			}
		}
	}
	return "", compared
}
