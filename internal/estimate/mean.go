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

// Mean estimates the mean over the Comuni of an area. The design must be that of
// the values' own marks ([Valued]).
func (d *Design) Mean(area int, values []stat.Value) Mean { return d.mean(area, asComune, values) }

// MeanOfResidents estimates the mean over the residents of an area, each with the
// number of its Comune.
func (d *Design) MeanOfResidents(area int, values []stat.Value) Mean {
	return d.mean(area, asResidents, values)
}

// valued is one Comune that has a number.
type valued struct{ value, size float64 }

func (d *Design) mean(area int, m measure, values []stat.Value) Mean {
	strata := d.strata(area)
	if strata == nil {
		return Mean{}
	}
	out := Mean{}
	held := d.held(area, m, strata, values)
	sum, weight := 0.0, 0.0
	for h, s := range strata {
		w := float64(s.Universe) / float64(s.Sample)
		for _, v := range held[h] {
			sum += float64(w * v.size * v.value)
			weight += float64(w * v.size)
		}
		out.N += len(held[h])
	}
	for cell, in := range d.grid.Areas[area].In {
		if in {
			out.Universe += d.universe[cell]
		}
	}
	if out.N == 0 || weight == 0 {
		return Mean{}
	}
	out.Value = sum / weight
	v := 0.0
	for h, s := range strata {
		v += variance(s, held[h], out.Value)
	}
	out.OK, out.Weak, out.SE = true, out.N < weakBelow, math.Sqrt(v)/weight
	out.Low, out.High = out.Value-float64(z95*out.SE), out.Value+float64(z95*out.SE)
	return out
}

// held are the numbers of an area by stratum, in an order that has nothing to do
// with that of the Comuni: sums of floats depend on it.
func (d *Design) held(area int, m measure, strata []Stratum, values []stat.Value) [][]valued {
	out := make([][]valued, len(strata))
	of := make([]int, d.grid.cells())
	for h, s := range strata {
		for _, cell := range s.Cells {
			of[cell] = h + 1
		}
	}
	in := d.grid.Areas[area].In
	for i, v := range values {
		cell := d.grid.Cell[i]
		if cell < 0 || !in[cell] || of[cell] == 0 || !v.OK() {
			continue
		}
		size, _ := m.of(Tally{Comuni: 1, Residents: d.grid.Residents[i]})
		out[of[cell]-1] = append(out[of[cell]-1], valued{v.N, size})
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b valued) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.size, b.size)) })
	}
	return out
}

// variance is that of the total of a stratum's linearised scores, those of Comuni
// without a number or outside the area being 0.
func variance(s Stratum, held []valued, mean float64) float64 {
	if s.Sample == s.Universe {
		return 0
	}
	n, all := float64(s.Sample), float64(s.Universe)
	sum := 0.0
	for _, v := range held {
		sum += float64(v.size * (v.value - mean))
	}
	middle := sum / n
	squares := float64(float64(s.Sample-len(held)) * middle * middle)
	for _, v := range held {
		e := float64(v.size*(v.value-mean)) - middle
		squares += float64(e * e)
	}
	return float64(all*(all-n)) / float64(n*(n-1)) * squares
}
