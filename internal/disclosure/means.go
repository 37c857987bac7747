package disclosure

import (
	"math"
	"math/bits"
	"slices"
	"strconv"

	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// What a mean must rest on: so many Comuni in each area that is shown (spec 3), and
// so many in whatever shown areas leave over when one is taken from another.
const (
	leastMean = 30
	leastRest = 10
)

// Mean is the mean of a score over the Comuni of an area, as it may be printed, and
// beside it what the mean of all Comuni would be, with its 95 % interval, in whole
// points. An estimate that was never there is Unknown.
type Mean struct {
	Value               stat.Value // Withheld; NoRespondent where nobody has the score
	Base                stat.Value // Comuni that have it; can be withheld where the mean is shown
	Decimals            int
	Estimate, Low, High stat.Value
	Key                 string // where the figures come from; "" where there is none
}

// Figures are the numbers that may stand under the mean's key.
func (m *Mean) Figures() []float64 { return shown(m.Value, m.Base, m.Estimate, m.Low, m.High) }

// Scored is a score that means are made of.
type Scored struct {
	Key       string                   // of its figures, but for the area: "2025/indici/esterna/comuni"
	Values    []stat.Value             // by Comune
	Otherwise []Otherwise              // what it would be in the witnesses, in their order
	On        []bool                   // by Comune: whether the score can be had there; nil: no estimates
	Printed   func(estimate.Area) bool // which areas have a mean
}

// Otherwise is the score of a Comune in a witness where it is another. The witnesses
// are those of the edition's proof, by their number.
type Otherwise struct {
	Witness, Comune int
	Value           stat.Value
}

// Means are the means of a score by area; the zero Mean where none is printed. One is
// shown from leastMean Comuni, and only if
//
//   - no sum of areas and no area within another leaves fewer than leastRest (and more
//     than none) over: the smallest area of such a sum is withheld as well;
//   - every witness prints it as the answers do. A mean of scores is a
//     sum over counts of answers, and with all that is shown of the questions it could
//     give back what is withheld: as it is, the witnesses that keep a cell secret from
//     whoever has the tables keep it so from whoever has the means as well;
//
// and if it leaves open what any one Comune scores: a mean near either end would say
// of all of them that they score near it.
//
// From Policy.Decimal Comuni it has one decimal if all witnesses have the same. Base
// and estimate stand beside it under the second rule; grid is that of the frame.
func (p *Published) Means(grid *estimate.Grid, s Scored) []Mean {
	m := newMeans(p.Frame, s)
	m.decimal = p.Policy.Decimal
	m.worlds(p.Frame, s)
	for a, n := range m.n {
		m.shown[a] = m.shown[a] && leavesOpen(meanAs(m.sum[a], n, one(m.fine(a))), n, one(m.fine(a)))
	}
	for again := true; again; {
		again = m.overSums(p.Frame) || m.nested()
	}
	out := make([]Mean, len(p.Frame.Areas))
	for a, n := range m.n {
		switch {
		case !s.Printed(p.Frame.Areas[a]):
			continue
		case n == 0:
			out[a].Value = stat.Missing(stat.NoRespondent)
			out[a].Base = stat.Of(0)
		case !m.shown[a]:
			out[a].Value, out[a].Base = stat.Missing(stat.Withheld), stat.Missing(stat.Withheld)
		default:
			out[a].Decimals = one(m.fine(a))
			out[a].Value, out[a].Base = stat.Of(meanAs(m.sum[a], n, out[a].Decimals)), stat.Of(float64(n))
			if m.counts[a] {
				out[a].Base = stat.Missing(stat.Withheld)
			}
		}
	}
	if s.On != nil {
		p.estimateMeans(grid, s, out)
	}
	for a := range out {
		if len(out[a].Figures()) > 0 {
			out[a].Key = s.Key + "/" + strconv.Itoa(a)
		}
	}
	return out
}

// meanAs is a mean as it is printed.
func meanAs(sum float64, n, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Floor(float64(sum/float64(n)*scale)+0.5) / scale
}

// edge is how near to the next printed number a mean may not be in any witness: sums
// in another order could end up on the other side.
const edge = 1e-9

// leavesOpen reports whether a mean that is printed so lets every single one of n scores be
// the lowest and the highest that there is.
func leavesOpen(printed float64, n, decimals int) bool {
	half := 0.5 / math.Pow10(decimals)
	return float64(n)*(printed-half) >= top && float64(n)*(top-printed-half) >= top
}

// steady reports whether a number is certainly printed as another is.
func steady(v, as float64, decimals int) bool {
	return meanAs(v+edge, 1, decimals) == meanAs(as, 1, decimals) && meanAs(v-edge, 1, decimals) == meanAs(as, 1, decimals)
}

// means is which areas are shown, and who is in each.
type means struct {
	n       []int
	sum     []float64
	member  [][]uint64 // by area: the Comuni with a score, a bit each
	shown   []bool
	tells   [2][]bool // by decimals: a witness prints it otherwise
	counts  []bool    // by area: a witness has another base
	decimal int       // Policy.Decimal
}

func newMeans(f *estimate.Frame, s Scored) *means {
	const word = 64
	areas := len(f.Areas)
	m := &means{n: make([]int, areas), sum: make([]float64, areas), shown: make([]bool, areas), counts: make([]bool, areas), tells: [2][]bool{make([]bool, areas), make([]bool, areas)}}
	for range f.Areas {
		m.member = append(m.member, make([]uint64, (len(s.Values)+word-1)/word))
	}
	for i, v := range s.Values {
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
		m.shown[a] = m.n[a] >= leastMean && s.Printed(f.Areas[a])
	}
	return m
}

// worlds withholds what a witness prints otherwise.
func (m *means) worlds(f *estimate.Frame, s Scored) {
	type shift struct {
		sum float64
		n   int
	}
	for all := s.Otherwise; len(all) > 0; {
		var now []Otherwise
		now, all = nextWitness(all)
		moved := map[int]shift{}
		for _, o := range now {
			for _, a := range f.Of(o.Comune) {
				x := moved[a]
				if was := s.Values[o.Comune]; was.OK() {
					x.sum, x.n = x.sum-was.N, x.n-1
				}
				if o.Value.OK() {
					x.sum, x.n = x.sum+o.Value.N, x.n+1
				}
				moved[a] = x
			}
		}
		for a, x := range moved {
			for d := range m.tells {
				if n := m.n[a] + x.n; n < leastMean || m.n[a] > 0 && !steady((m.sum[a]+x.sum)/float64(n), m.sum[a]/float64(m.n[a]), d) {
					m.tells[d][a] = true
				}
			}
			m.counts[a] = m.counts[a] || x.n != 0
		}
	}
	for a := range m.shown {
		m.shown[a] = m.shown[a] && (!m.tells[0][a] || m.fine(a))
	}
}

// fine reports whether a mean has a decimal: one that lies between two whole points
// may well be told with it and not without.
func (m *means) fine(a int) bool { return m.n[a] >= m.decimal && !m.tells[1][a] }

// nextWitness takes what the first witness of a list does off it.
func nextWitness(list []Otherwise) (first, rest []Otherwise) {
	k := slices.IndexFunc(list, func(o Otherwise) bool { return o.Witness != list[0].Witness })
	if k < 0 {
		return list, nil
	}
	return list[:k], list[k:]
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
