package estimate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"mappa/internal/estimate"
)

// TestNineteenIntervalsOfTwentyHoldTheTruth lets as many Comuni of every stratum
// answer as did in the national sample, but other ones each time, in populations of
// which the truth is known.
func TestNineteenIntervalsOfTwentyHoldTheTruth(t *testing.T) {
	const draws = 400
	for _, test := range []struct {
		name   string
		yes    [6]float64 // share of each class
		skewed bool       // so that what was said is off by a point
	}{
		{"alike in all classes", [6]float64{.5, .5, .5, .5, .5, .5}, false},
		{"the larger the more", [6]float64{.2, .3, .4, .6, .8, .9}, true},
		{"rare, and more so in small Comuni", [6]float64{.003, .003, .01, .03, .05, .1}, false},
	} {
		p := newPopulation(samples()["nazionale"], test.yes)
		held, raw, mean := 0, 0.0, 0.0
		for range draws {
			c := p.grid.Of(p.draw())
			x := estimate.NewDesign(p.grid, c.Universe, c.Sample).Comuni(0, c.Base, c.Num[0])
			if x.Low <= p.truth && p.truth <= x.High {
				held++
			}
			mean += x.P / draws
			raw += p.raw(c) / draws
		}
		if held < 93*draws/100 || held > 97*draws/100 {
			t.Errorf("%s: %d of %d intervals hold the truth", test.name, held, draws)
		}
		if math.Abs(mean-p.truth) > 0.1 {
			t.Errorf("%s: the truth is %.2f, the estimates are about %.2f", test.name, p.truth, mean)
		}
		if off := math.Abs(raw - p.truth); test.skewed && off < 1 {
			t.Errorf("%s: what was said is off by %.2f only: the test says little", test.name, off)
		}
	}
}

// population is the Comuni of a sample with answers for all of them.
type population struct {
	grid  *estimate.Grid
	yes   []bool
	truth float64
	of    [][]int // Comuni by stratum
	take  []int   // how many of them answer
	rng   *rand.Rand
}

func newPopulation(s drawnSample, yes [6]float64) *population {
	p := &population{grid: s.grid, rng: rand.New(rand.NewPCG(20, 26))}
	p.of, p.take = make([][]int, len(s.grid.Neighbour)*s.grid.Classes), make([]int, len(s.grid.Neighbour)*s.grid.Classes)
	for i, cell := range s.grid.Cell {
		region, class := cell/s.grid.Classes, cell%s.grid.Classes
		stratum := s.grid.Rip[region]*s.grid.Classes + class
		p.of[stratum] = append(p.of[stratum], i)
		if s.columns["atti-digitali"][i] != estimate.Silent {
			p.take[stratum]++
		}
		p.yes = append(p.yes, p.rng.Float64() < yes[class])
		if p.yes[i] {
			p.truth += 100 / float64(len(s.grid.Cell))
		}
	}
	return p
}

// draw lets some of every stratum answer.
func (p *population) draw() []estimate.Mark {
	out := make([]estimate.Mark, len(p.yes))
	for stratum, list := range p.of {
		p.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for k, i := range list {
			switch {
			case k >= p.take[stratum]:
				out[i] = estimate.Silent
			case p.yes[i]:
				out[i] = estimate.Yes
			default:
				out[i] = estimate.No
			}
		}
	}
	return out
}

// raw is the share of those that answered.
func (p *population) raw(c estimate.Counts) float64 {
	yes, n := 0, 0
	for cell := range c.Base {
		yes, n = yes+c.Num[0][cell].Comuni, n+c.Base[cell].Comuni
	}
	return 100 * float64(yes) / float64(n)
}
