package estimate

import "math"

// z95 is the normal quantile of a 95 % interval, as R's qnorm(0.975) has it.
const z95 = 1.959963984540054

// wilson is the score interval of a proportion on an effective size. It never
// leaves 0 to 1.
func wilson(p, n float64) (low, high float64) {
	if math.IsInf(n, 1) {
		return p, p
	}
	const zz = z95 * z95
	scale := 1 + zz/n
	center := (p + zz/(2*n)) / scale
	half := z95 / scale * math.Sqrt(float64(p*(1-p))/n+zz/float64(4*n*n))
	low, high = max(0, center-half), min(1, center+half)
	if p == 0 {
		low = 0
	}
	if p == 1 {
		high = 1
	}
	return low, high
}

// Change is how a share moved from one edition to the next, in percentage points.
// The zero Change says that nothing is known.
type Change struct {
	OK        bool
	Points    float64
	Low, High float64 // 95 % interval
	SE        float64
}

// Changed reports whether the interval excludes 0: only then may a page speak of a
// change.
func (c Change) Changed() bool { return c.OK && (c.Low > 0 || c.High < 0) }

// Between is the change from one estimate to another, of two sets of respondents
// taken as independent.
func Between(before, after Estimate) Change {
	if !before.OK || !after.OK {
		return Change{}
	}
	v := float64(before.SE*before.SE) + float64(after.SE*after.SE)
	return between(before, after, math.Sqrt(v), 0)
}

// between puts the interval of a difference together from those of its terms
// (Newcombe; Zou and Donner's MOVER), r being the correlation of the two. It lies
// within 100 points, as those lie within 0 to 100.
func between(before, after Estimate, se, r float64) Change {
	c := Change{OK: true, Points: after.P - before.P, SE: se}
	reach := func(a, b float64) float64 {
		return math.Sqrt(max(0, float64(a*a)+float64(b*b)-float64(2*r*a*b)))
	}
	c.Low = c.Points - reach(after.P-after.Low, before.High-before.P)
	c.High = c.Points + reach(after.High-after.P, before.P-before.Low)
	return c
}
