package site

import (
	"math"
	"slices"
	"strconv"

	"mappa/internal/indicator"
	"mappa/internal/pack"
	"mappa/internal/stat"
)

// The tables of a column, each a list of areas: Italy, the regions of the
// atlas, the units in map order, the size classes of the first scheme, and the
// classes within each region and within each unit, area by area.
const (
	cellNation = iota
	cellRegions
	cellUnits
	cellClasses
	cellRegionClasses
	cellUnitClasses
)

// rounding says when a number may stand for another one: printed with so many
// decimals both look the same, on a page and in a script, and they fall into
// the same class.
type rounding struct {
	decimals int // printed
	breaks   []float64
	number   func(v float64, decimals int) string
}

func (r rounding) same(v, x float64) bool {
	return r.number(v, r.decimals) == r.number(x, r.decimals) && indicator.Class(r.breaks, v) == indicator.Class(r.breaks, x) &&
		// a script rounds the binary number; no tie may come out otherwise there
		r.number(x, r.decimals) == r.number(binary(x, r.decimals), r.decimals)
}

// binary is x rounded as toFixed of a browser does.
func binary(x float64, decimals int) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
	return out
}

// near is the shortest number that may stand for v, and its decimals: the
// nearest with so many, or one beside it. 149.97 in the class below 150 is 149.9
// and not 150.
func (r rounding) near(v float64) (float64, int) {
	for d := range pack.MostDecimals {
		unit := math.Pow10(d)
		n := math.Round(v * unit)
		for _, k := range []float64{n, n - 1, n + 1} {
			if x := k / unit; r.same(v, x) {
				return x, d
			}
		}
	}
	return v, pack.MostDecimals
}

// column rounds every value; the column has the decimals of the longest.
func (r rounding) column(c pack.Column) pack.Column {
	var values []*stat.Value
	c.Comuni = slices.Clone(c.Comuni)
	for i := range c.Comuni {
		values = append(values, &c.Comuni[i])
	}
	for k := range c.Areas {
		c.Areas[k] = slices.Clone(c.Areas[k])
		for i := range c.Areas[k] {
			values = append(values, &c.Areas[k][i].Value)
		}
	}
	for _, v := range values {
		if v.OK() {
			var d int
			v.N, d = r.near(v.N)
			c.Decimals = max(c.Decimals, d)
		}
	}
	return c
}

// cells are figures as a column has them.
func cells(figures ...stat.Figure) []pack.Cell {
	out := make([]pack.Cell, len(figures))
	for i, f := range figures {
		out[i] = pack.Cell{Value: f.Value, Base: f.Base}
	}
	return out
}

// seriesColumn is an indicator at one date. The figure of every area comes from
// its Comuni ([indicator.Series.Of]).
func (p *press) seriesColumn(e *indicator.Entry, t int) pack.Column {
	s, cuts := e.Series[t], &e.Cuts[t]
	c := pack.Column{Order: p.order.hash}
	for _, i := range p.order.comuni {
		c.Comuni = append(c.Comuni, s.Values[i])
	}
	c.Areas[cellNation], c.Areas[cellRegions], c.Areas[cellClasses] = cells(cuts.Nation), cells(cuts.Regions...), cells(cuts.Classes...)
	for _, u := range p.order.units {
		c.Areas[cellUnits] = append(c.Areas[cellUnits], cells(cuts.Units[u])...)
		for _, comuni := range indicator.ByClass(p.Atlas, p.Atlas.Units[u].Comuni) {
			c.Areas[cellUnitClasses] = append(c.Areas[cellUnitClasses], cells(s.Of(comuni))...)
		}
	}
	for _, row := range cuts.RegionClass {
		c.Areas[cellRegionClasses] = append(c.Areas[cellRegionClasses], cells(row...)...)
	}
	return p.rounding(e.Decimals, e.Breaks).column(c)
}

func (p *press) rounding(decimals int, breaks []float64) rounding {
	return rounding{decimals: decimals, breaks: breaks, number: p.words.Number}
}
