// Package indicator computes what the site says in figures: it joins the
// definitions of data/indicatori.yaml with the variables of the sources and
// gives, for every indicator and date, the value of each Comune and the figure
// of every area and size class.
//
// An area's figure is always computed from its Comuni (see package stat); the
// figures of areas are never averaged. Nothing is compared or added across
// dates: a [Series] has one date.
package indicator

import (
	"fmt"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

// Residents is the denominator that comes from the atlas instead of a source.
const Residents = "residenti"

// percent turns a share into per cent.
const percent = 100

// Series is one indicator at one date.
type Series struct {
	Indicator stat.Indicator
	Date      atlas.Date
	Values    []stat.Value // by Comune, in the indicator's unit; for a Share 0 or 1
	num, den  []float64    // by Comune, 0 where the value is missing
}

// Entry is an indicator with all its dates, ascending.
type Entry struct {
	stat.Indicator
	Series []*Series
	Cuts   []Cuts // parallel to Series
}

// Last is the newest series.
func (e *Entry) Last() *Series { return e.Series[len(e.Series)-1] }

// Now is the newest series' figures.
func (e *Entry) Now() *Cuts { return &e.Cuts[len(e.Cuts)-1] }

// Book is every indicator in the order of its definition.
type Book struct {
	Entries []*Entry
	byID    map[string]*Entry
}

// Find returns the indicator with that id, nil when there is none.
func (b *Book) Find(id string) *Entry { return b.byID[id] }

// IDs lists every indicator, in order.
func (b *Book) IDs() []string {
	out := make([]string, len(b.Entries))
	for i, e := range b.Entries {
		out[i] = e.ID
	}
	return out
}

// Where says where definition i names its variable, or the one it is taken over.
type Where func(i int, over bool) diag.Problem

// Build computes the book. A definition that names a variable no source has is
// a problem.
func Build(a *atlas.Atlas, defs []stat.Indicator, variables []stat.Variable, where Where, list *diag.List) *Book {
	b := &Book{byID: map[string]*Entry{}}
	byID := map[string][]stat.Variable{}
	for _, v := range variables {
		byID[v.ID] = append(byID[v.ID], v)
	}
	for i, def := range defs {
		vars := byID[def.Value]
		if len(vars) == 0 {
			list.Add(unknown(where(i, false), def.ID, def.Value, byID))
			continue
		}
		slices.SortFunc(vars, func(x, y stat.Variable) int { return int(x.Date - y.Date) })
		def.Source = vars[0].Source
		def.Dates = make([]atlas.Date, len(vars))
		for i, v := range vars {
			def.Dates[i] = v.Date
		}
		e := &Entry{Indicator: def}
		for _, v := range vars {
			over, ok := denominator(a, def, v.Date, byID)
			if !ok {
				list.Add(unknown(where(i, true), def.ID, def.Over, byID))
				break
			}
			s := newSeries(def, v, over)
			e.Series, e.Cuts = append(e.Series, s), append(e.Cuts, Cut(a, s))
		}
		b.Entries, b.byID[def.ID] = append(b.Entries, e), e
	}
	return b
}

func unknown(at diag.Problem, id, name string, known map[string][]stat.Variable) diag.Problem {
	names := make([]string, 0, len(known)+1)
	for n := range known {
		names = append(names, n)
	}
	slices.Sort(names)
	at.Text, at.Hint = fmt.Sprintf("indicator %q: no source has the variable %q", id, name), diag.DidYouMean(name, append(names, Residents))
	return at
}

// denominator is the residents, or the variable of the same date.
func denominator(a *atlas.Atlas, def stat.Indicator, at atlas.Date, byID map[string][]stat.Variable) ([]stat.Value, bool) {
	if def.Form != stat.Rate {
		return nil, true
	}
	if def.Over == Residents {
		out := make([]stat.Value, len(a.Comuni))
		for i, c := range a.Comuni {
			out[i] = stat.Of(float64(c.Residents))
		}
		return out, true
	}
	for _, v := range byID[def.Over] {
		if v.Date == at {
			return v.Values, true
		}
	}
	return nil, false
}

func newSeries(def stat.Indicator, v stat.Variable, over []stat.Value) *Series {
	n := len(v.Values)
	s := &Series{Indicator: def, Date: v.Date, Values: v.Values, num: make([]float64, n), den: make([]float64, n)}
	if def.Form == stat.Rate {
		s.Values = make([]stat.Value, n)
	}
	for i, x := range v.Values {
		switch {
		case !x.OK():
			s.Values[i] = x
		case def.Form != stat.Rate:
			s.num[i], s.den[i] = x.N, 1
		case !over[i].OK():
			s.Values[i] = over[i]
		case over[i].N > 0:
			s.num[i], s.den[i] = x.N, over[i].N
			s.Values[i] = stat.Of(x.N / over[i].N * def.Per)
		}
	}
	return s
}

// Of is the figure of a set of Comuni, given by their indexes.
func (s *Series) Of(comuni []int) stat.Figure {
	f := stat.Figure{Of: len(comuni)}
	var values []float64
	for _, i := range comuni {
		if !s.Values[i].OK() {
			continue
		}
		f.Base++
		f.Num += s.num[i]
		f.Den += s.den[i]
		if s.Indicator.Form == stat.Median {
			values = append(values, s.Values[i].N)
		}
	}
	switch {
	case f.Base == 0:
		f.Value = stat.Missing(stat.Unknown)
	case s.Indicator.Form == stat.Median:
		slices.Sort(values)
		f.Value = stat.Of(Quantile(values, 0.5))
	case s.Indicator.Form == stat.Share:
		f.Value = stat.Of(f.Num / f.Den * percent)
	default:
		f.Value = stat.Of(f.Num / f.Den * s.Indicator.Per)
	}
	return f
}

// Sorted returns the known values of a set of Comuni, ascending.
func (s *Series) Sorted(comuni []int) []float64 {
	var out []float64
	for _, i := range comuni {
		if s.Values[i].OK() {
			out = append(out, s.Values[i].N)
		}
	}
	slices.Sort(out)
	return out
}

// Quantile is the q-quantile (0..1) of ascending values, interpolated linearly
// between order statistics (R's default, type 7).
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	h := q * float64(len(sorted)-1)
	i := int(h)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((h-float64(i))*(sorted[i+1]-sorted[i]))
}

// Class is the map class of a value, 1 for the lowest to 5 for the highest: the
// number of edges that the value reaches, plus one.
func Class(breaks []float64, v float64) int {
	class := 1
	for _, b := range breaks {
		if v >= b {
			class++
		}
	}
	return class
}

// Cuts is an indicator's figure for every area, at one date, in the order of
// the atlas. RipClass and RegionClass are by area, then by class of the default
// scheme.
type Cuts struct {
	Nation      stat.Figure
	Rips        []stat.Figure
	Regions     []stat.Figure
	Units       []stat.Figure
	Classes     []stat.Figure
	RipClass    [][]stat.Figure
	RegionClass [][]stat.Figure
}

// Cut computes the figures of every area.
func Cut(a *atlas.Atlas, s *Series) Cuts {
	all := make([]int, len(a.Comuni))
	for i := range all {
		all[i] = i
	}
	c := Cuts{Nation: s.Of(all)}
	for _, r := range a.Ripartizioni {
		c.Rips = append(c.Rips, s.Of(r.Comuni))
		c.RipClass = append(c.RipClass, s.byClass(a, r.Comuni))
	}
	for _, r := range a.Regions {
		c.Regions = append(c.Regions, s.Of(r.Comuni))
		c.RegionClass = append(c.RegionClass, s.byClass(a, r.Comuni))
	}
	for _, u := range a.Units {
		c.Units = append(c.Units, s.Of(u.Comuni))
	}
	for _, k := range a.Schemes[0].Classes {
		c.Classes = append(c.Classes, s.Of(k.Comuni))
	}
	return c
}

func (s *Series) byClass(a *atlas.Atlas, comuni []int) []stat.Figure {
	parts := ByClass(a, comuni)
	out := make([]stat.Figure, len(parts))
	for k, p := range parts {
		out[k] = s.Of(p)
	}
	return out
}

// ByClass splits Comuni by their class in the default scheme.
func ByClass(a *atlas.Atlas, comuni []int) [][]int {
	parts := make([][]int, len(a.Schemes[0].Classes))
	for _, i := range comuni {
		k := a.Comuni[i].Class[0]
		parts[k] = append(parts[k], i)
	}
	return parts
}
