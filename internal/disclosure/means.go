package disclosure

import (
	"math"
	"math/bits"

	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// What a mean must rest on: so many Comuni in each area that is shown (spec 3), so
// many in whatever shown areas leave over when one is taken from another; and how
// many answers more or less must give the same mean, as it is printed, where there
// are withheld ones: twice the least count that is shown, for an index and its
// areas are printed beside each other.
const (
	leastMean = 30
	leastRest = 10
	meanWidth = 2 * 3
)

// Mean is the mean of a score over the Comuni of an area, as it may be printed.
type Mean struct {
	Value    stat.Value // Withheld; NoRespondent where nobody has the score
	Base     stat.Value // Comuni that have it, withheld with the mean
	Decimals int
}

// Means are the means of a score by area. One is shown from leastMean Comuni, and
// only if no sum of areas and no area within another leaves fewer than leastRest
// (and more than none) over: the smallest area of such a sum is withheld as well.
// From Policy.Decimal Comuni it has one decimal.
//
// A mean of scores is, but for what is missing, a sum over counts of answers: with
// all other answers of an area shown it would give back a withheld one. reach says
// of an area by how many points one withheld answer moves the score of a Comune at
// most, 0 where none is withheld there; the mean is shown only where rounding hides
// meanWidth of them. That several means together, of several editions or weights,
// do not give one back is not proven.
func (p Policy) Means(f *estimate.Frame, values []stat.Value, reach func(area int) float64) []Mean {
	m := newMeans(f, values)
	fine := make([]bool, len(f.Areas)) // a decimal more hides enough too
	for a, n := range m.n {
		r := meanWidth * reach(a)
		m.shown[a] = m.shown[a] && float64(n) >= r
		fine[a] = n >= p.Decimal && float64(n) >= 10*r
	}
	for again := true; again; {
		again = m.overSums(f) || m.nested()
	}
	out := make([]Mean, len(f.Areas))
	for a, n := range m.n {
		switch {
		case n == 0:
			out[a].Value = stat.Missing(stat.NoRespondent)
			out[a].Base = stat.Of(0)
		case !m.shown[a]:
			out[a].Value, out[a].Base = stat.Missing(stat.Withheld), stat.Missing(stat.Withheld)
		default:
			if fine[a] {
				out[a].Decimals = 1
			}
			scale := math.Pow10(out[a].Decimals)
			out[a].Value = stat.Of(math.Floor(m.sum[a]/float64(n)*scale+0.5) / scale)
			out[a].Base = stat.Of(float64(n))
		}
	}
	return out
}

// means is which areas are shown, and who is in each.
type means struct {
	n      []int
	sum    []float64
	member [][]uint64 // by area: the Comuni with a score, a bit each
	shown  []bool
}

func newMeans(f *estimate.Frame, values []stat.Value) *means {
	const word = 64
	m := &means{n: make([]int, len(f.Areas)), sum: make([]float64, len(f.Areas)), shown: make([]bool, len(f.Areas))}
	for range f.Areas {
		m.member = append(m.member, make([]uint64, (len(values)+word-1)/word))
	}
	for i, v := range values {
		if !v.OK() {
			continue
		}
		for _, a := range f.Of(i) {
			m.n[a]++
			m.sum[a] += v.N
			m.member[a][i/word] |= 1 << (i % word)
		}
	}
	for a := range m.shown {
		m.shown[a] = m.n[a] >= leastMean
	}
	return m
}

// overSums withholds an area of a sum that tells of too few; it reports whether
// there was one.
func (m *means) overSums(f *estimate.Frame) (some bool) {
	for _, s := range f.Sums {
		rest, best := 0, -1 // Comuni of withheld parts, and the smallest shown part
		for _, a := range s.Parts {
			switch {
			case !m.shown[a]:
				rest += m.n[a]
			case best < 0 || m.n[a] < m.n[best]:
				best = a
			}
		}
		gives := m.shown[s.Total] && rest > 0 && rest < leastRest || !m.shown[s.Total] && m.n[s.Total] > 0 && rest == 0
		if gives && best >= 0 {
			m.shown[best], some = false, true
		}
	}
	return some
}

// nested withholds an area that leaves too few of another over; it reports whether
// there was one.
func (m *means) nested() (some bool) {
	for a := range m.shown {
		for b := range m.shown {
			if rest := m.n[b] - m.n[a]; m.shown[a] && m.shown[b] && rest > 0 && rest < leastRest && m.within(a, b) {
				m.shown[a], some = false, true
			}
		}
	}
	return some
}

// within reports whether all Comuni of a are in b.
func (m *means) within(a, b int) bool {
	out := 0
	for i, w := range m.member[a] {
		out += bits.OnesCount64(w &^ m.member[b][i])
	}
	return out == 0
}
