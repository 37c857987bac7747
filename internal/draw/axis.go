package draw

import (
	"math"
	"sort"
)

// Tick is a labelled value of an axis.
type Tick struct {
	At    float64
	Label string
}

// Axis is a scale with its labels.
type Axis struct {
	Lo, Hi float64 // the values at the two ends, Lo < Hi; above 0 if Log
	Log    bool    // equal ratios are equally far apart
	Ticks  []Tick
}

// NewAxis is a linear axis that covers lo to hi with about n steps of 1, 2 or 5
// times a power of ten. It begins and ends on a tick.
func NewAxis(lo, hi float64, n int, label func(float64) string) Axis {
	at := Ticks(lo, hi, n)
	a := Axis{Lo: at[0], Hi: at[len(at)-1]}
	for _, v := range at {
		a.Ticks = append(a.Ticks, Tick{v, label(v)})
	}
	return a
}

// NewLogAxis is a logarithmic axis from lo to hi, both above 0, with ticks at
// 1, 2 and 5 times the powers of ten between them, or at the powers alone where
// there are more than n of the former.
func NewLogAxis(lo, hi float64, n int, label func(float64) string) Axis {
	a := Axis{Lo: lo, Hi: hi, Log: true}
	for _, mantissas := range [][]float64{{1, 2, 5}, {1}} {
		a.Ticks = a.Ticks[:0]
		for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
			for _, m := range mantissas {
				if v := decimal(m, int(e)); v >= lo && v <= hi {
					a.Ticks = append(a.Ticks, Tick{v, label(v)})
				}
			}
		}
		if len(a.Ticks) <= n {
			break
		}
	}
	return a
}

// Ticks are round values from at or below lo to at or above hi, about n steps
// of 1, 2 or 5 times a power of ten.
func Ticks(lo, hi float64, n int) []float64 {
	if !(hi > lo) || hi-lo > math.MaxFloat64 {
		return []float64{lo, lo + 1}
	}
	raw := (hi - lo) / float64(max(n, 1))
	exp := int(math.Floor(math.Log10(raw)))
	mantissa := 1.
	switch ratio := raw / math.Pow10(exp); {
	case ratio > 7:
		exp++
	case ratio > 3.5:
		mantissa = 5
	case ratio > 1.5:
		mantissa = 2
	}
	step := decimal(mantissa, exp)
	first, last := math.Floor(lo/step+tickSlack), math.Ceil(hi/step-tickSlack)
	var out []float64
	for i := first; i <= last && len(out) < 4*max(n, 1)+2; i++ {
		out = append(out, decimal(i*mantissa, exp))
	}
	return out
}

// tickSlack forgives what a division adds to a value that is a tick itself.
const tickSlack = 1e-9

// decimal is m·10^e, exact where a float64 can be: 3·10^-1 is .3, not
// .30000000000000004.
func decimal(m float64, e int) float64 {
	if e < 0 {
		return m / math.Pow10(-e)
	}
	return float64(m * math.Pow10(e))
}

// share is the place of v on the axis, 0 at Lo and 1 at Hi, kept between them.
func (a Axis) share(v float64) float64 {
	lo, hi := a.Lo, a.Hi
	if a.Log {
		lo, hi, v = math.Log(lo), math.Log(hi), math.Log(v)
	}
	s := (v - lo) / (hi - lo)
	if !(s > 0) { // also what is not a number: an axis of no length
		return 0
	}
	return min(s, 1)
}

// along is the place of v between from and to.
func (a Axis) along(v, from, to float64) float64 {
	return from + float64((to-from)*a.share(v))
}

// sorted is 0…n-1 in the order of less, stable.
func sorted(n int, less func(a, b int) bool) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return less(order[i], order[j]) })
	return order
}
