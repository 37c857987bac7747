package estimate

import (
	"cmp"
	"math"
	"slices"

	"mappa/internal/stat"
)

// Mean is the mean of a number over the Comuni of an area, in the number's own
// unit. The zero Mean says that none is given.
type Mean struct {
	OK        bool
	Value     float64
	Low, High float64 // 95 % interval, normal; the caller knows the number's range
	SE        float64
	N         int // Comuni that have the number
	Universe  int
	Weak      bool
}

// Valued marks who has a number: on says of every Comune whether it is of the
// universe. Who was led past by an answer is known to have none.
func Valued(on []bool, values []stat.Value) []Mark {
	out := make([]Mark, len(values))
	for i, v := range values {
		switch {
		case !on[i]:
			out[i] = Outside
		case v.OK():
			out[i] = No
		case v.Kind == stat.NotRouted:
			out[i] = Beside
		default:
			out[i] = Silent
		}
	}
	return out
}

// Sums are what a mean needs of the Comuni of a cell that have a number.
type Sums struct {
	N         int
	Comuni    Moments
	Residents Moments
}

// Moments are sums over Comuni that have a number x and each count for u: for
// themselves, 1, or for their residents.
type Moments struct{ U, UX, UU, UUX, UUXX float64 }

// Sums adds up numbers by cell, those of a cell in an order that has nothing to do
// with that of the Comuni: a sum of floats depends on it.
func (g *Grid) Sums(values []stat.Value) []Sums {
	type number struct{ x, residents float64 }
	held := make([][]number, g.cells())
	for i, v := range values {
		if cell := g.Cell[i]; cell >= 0 && v.OK() {
			held[cell] = append(held[cell], number{v.N, float64(g.Residents[i])})
		}
	}
	out := make([]Sums, g.cells())
	for cell, list := range held {
		slices.SortFunc(list, func(a, b number) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.residents, b.residents)) })
		s := &out[cell]
		s.N = len(list)
		for _, n := range list {
			s.Comuni.put(1, n.x, 1)
			s.Residents.put(n.residents, n.x, 1)
		}
	}
	return out
}

// Put counts a Comune with a number in, by 1, or out, by -1.
func (s *Sums) Put(x float64, residents, by int) {
	s.N += by
	s.Comuni.put(1, x, float64(by))
	s.Residents.put(float64(residents), x, float64(by))
}

func (m *Moments) put(u, x, by float64) {
	m.gain(Moments{float64(by * u), float64(by * u * x), float64(by * u * u), float64(by * u * u * x), float64(by * float64(u*x) * float64(u*x))})
}

func (m *Moments) gain(o Moments) {
	m.U += o.U
	m.UX += o.UX
	m.UU += o.UU
	m.UUX += o.UUX
	m.UUXX += o.UUXX
}

// Mean estimates the mean over the Comuni of an area of numbers that [Grid.Sums] added
// up. The design must be that of the numbers' own marks ([Valued]).
func (d *Design) Mean(area int, sums []Sums) Mean {
	return d.mean(area, sums, func(s *Sums) Moments { return s.Comuni })
}

// MeanOfResidents estimates the mean over the residents of an area, each with the
// number of its Comune.
func (d *Design) MeanOfResidents(area int, sums []Sums) Mean {
	return d.mean(area, sums, func(s *Sums) Moments { return s.Residents })
}

func (d *Design) mean(area int, sums []Sums, of func(*Sums) Moments) Mean {
	out := Mean{}
	strata, stratum := d.strata(area)
	held := make([]Moments, len(strata))
	for _, cell := range d.grid.Areas[area].Cells {
		if len(strata) > 0 && stratum[cell] >= 0 {
			out.Universe += d.universe[cell]
			out.N += sums[cell].N
			held[stratum[cell]].gain(of(&sums[cell]))
		}
	}
	weight, total := 0.0, 0.0
	for h, s := range strata {
		w := float64(s.Universe) / float64(s.Sample)
		weight += float64(w * held[h].U)
		total += float64(w * held[h].UX)
	}
	if out.N == 0 || weight == 0 {
		return Mean{}
	}
	out.OK, out.Weak, out.Value = true, out.N < WeakBelow, total/weight
	v := 0.0
	for h, s := range strata {
		v += held[h].variance(s, out.Value)
	}
	out.SE = math.Sqrt(v) / weight
	out.Low, out.High = out.Value-float64(z95*out.SE), out.Value+float64(z95*out.SE)
	return out
}

// variance is that of the total of a stratum's linearised scores u (x - mean), those
// of Comuni without a number or outside the area being 0.
func (m *Moments) variance(s Stratum, mean float64) float64 {
	if s.Sample == s.Universe {
		return 0
	}
	sum := m.UX - float64(mean*m.U)
	squares := m.UUXX - float64(2*mean*m.UUX) + float64(mean*mean*m.UU)
	n, all := float64(s.Sample), float64(s.Universe)
	spread := squares - float64(sum*sum)/n
	if spread <= noise*(m.UUXX+float64(mean*mean*m.UU)) {
		return 0
	}
	return float64(all*(all-n)) / float64(n*(n-1)) * spread
}
