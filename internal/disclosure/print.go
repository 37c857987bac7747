package disclosure

import (
	"math"

	"mappa/internal/estimate"
)

// figure is a cell as it is printed, in whole steps of its precision; none
// where there is no such figure.
type figure struct{ share, estimate, low, high, residents int32 }

const none = -1

// layer is the figures of a cell that are withheld together.
type layer uint8

const (
	shares    layer = 0 // the share, and with it the others
	estimates layer = 1 << iota
	ofResidents
)

// differs are the layers in which two prints of a cell differ: the share, or
// which of the others.
func (f figure) differs(o figure) []layer {
	switch e, r := f.estimate != o.estimate || f.low != o.low || f.high != o.high, f.residents != o.residents; {
	case f == o:
		return nil
	case f.share != o.share:
		return []layer{shares}
	case e && r:
		return []layer{estimates, ofResidents}
	case e:
		return []layer{estimates}
	}
	return []layer{ofResidents}
}

// without is a print without the layers that are withheld.
func (s *sheet) without(at int, f figure) figure {
	if s.lacks[at]&estimates != 0 {
		f.estimate, f.low, f.high = none, none, none
	}
	if s.lacks[at]&ofResidents != 0 {
		f.residents = none
	}
	return f
}

// shown reports whether a cell is printed.
func (s *sheet) shown(at int) bool {
	area := at / s.columns
	return area < s.published && s.why[at] == open && !s.empty(area)
}

// print is a cell of the counts as they stand.
func (s *sheet) print(at int) figure { return s.figures(at, s.lacks[at]) }

// full is a cell with all figures that its area has.
func (s *sheet) full(at int) figure { return s.figures(at, shares) }

func (s *sheet) figures(at int, lacks layer) figure {
	area, col := at/s.columns, at%s.columns
	f := figure{s.share(at), none, none, none, none}
	if col == s.base() {
		return f
	}
	if s.gives[area].estimate && lacks&estimates == 0 {
		if e := s.estimated().Comuni(area, s.counts.Base, s.counts.Num[col]); e.OK {
			f.estimate, f.low, f.high = steps(e.P), steps(e.Low), steps(e.High)
		}
	}
	if s.gives[area].residents && lacks&ofResidents == 0 {
		if p, ok := s.estimated().ShareOfResidents(area, s.counts.Base, s.counts.Num[col]); ok && !tellsTheLargest(float64(steps(p)), s.largest()[area]) {
			f.residents = steps(p)
		}
	}
	return f
}

// largest is, by area, the part of an estimate of residents, in per cent, that one
// respondent of its base makes at most. It is that of the true answers.
func (s *sheet) largest() []float64 {
	if s.heavy != nil {
		return s.heavy
	}
	cells := len(s.counts.Sample)
	italy, own := weightsOf(s.design.Strata, cells), make([][]float64, len(s.design.Regions))
	most, all := make([]float64, s.published), make([]float64, s.published)
	for i, r := range s.replies {
		cell := s.grid.Cell[i]
		if r.state != said || cell < 0 {
			continue
		}
		for _, area := range s.of[i] {
			if int(area) >= s.published || !s.gives[area].residents {
				continue
			}
			weight := italy
			if region := s.grid.Areas[area].Region; region >= 0 {
				if own[region] == nil {
					own[region] = weightsOf(s.design.Regions[region].Strata, cells)
				}
				weight = own[region]
			}
			w := weight[cell] * float64(s.residents[i])
			all[area] += w
			most[area] = max(most[area], w)
		}
	}
	s.heavy = most
	for area := range most {
		if all[area] > 0 {
			s.heavy[area] = 100 * most[area] / all[area]
		}
	}
	return s.heavy
}

// weightsOf are how many Comuni a respondent stands for, by cell.
func weightsOf(strata []estimate.Stratum, cells int) []float64 {
	out := make([]float64, cells)
	for _, h := range strata {
		for _, cell := range h.Cells {
			out[cell] = float64(h.Universe) / float64(h.Sample)
		}
	}
	return out
}

// tellsTheLargest reports whether a share of residents, as printed, says on which side
// of it a respondent stands that makes so much of the estimate: it cannot be among
// fewer residents than its own.
func tellsTheLargest(printed, largest float64) bool {
	const all, half = 100, 0.5
	return largest > 0 && (largest >= printed-half || largest >= all-printed-half)
}

// estimated is the design that estimates are made with.
func (s *sheet) estimated() *estimate.Design {
	if s.other != nil {
		return s.other
	}
	return s.design
}

// steps is a per cent in the whole ones in which everything but shares is printed.
func steps(p float64) int32 {
	return int32(math.Round(p))
}

// share is the share of a cell as printed, in whole steps; of a base the number.
func (s *sheet) share(at int) int32 {
	area, col := at/s.columns, at%s.columns
	n := s.num[at]
	if col == s.base() {
		return n
	}
	return s.shareOf(n, s.num[s.at(area, s.base())])
}

func (s *sheet) shareOf(n, base int32) int32 {
	if base == 0 {
		return none
	}
	return perCent(int64(n), int64(base), s.policy.decimals(int(base)))
}

// perCent is n of base in steps of so many decimals, rounded half up.
func perCent(n, base int64, d int) int32 {
	scale := int64(100)
	if d == 1 {
		scale *= 10
	}
	if base == 0 {
		return none
	}
	return int32((2*scale*n + base) / (2 * base))
}
