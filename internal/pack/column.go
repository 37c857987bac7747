package pack

import (
	"fmt"
	"math"

	"mappa/internal/stat"
)

// Tables are the sets of areas a column has figures of.
const Tables = 6

// Column is the values of one indicator at one date.
type Column struct {
	Order    Order
	Decimals int          // the most that a value here has
	Comuni   []stat.Value // in the order; nil when there are none for single Comuni
	// Areas are the figures of the nation, the regions, the units, the size
	// classes, regions by class (a row a region) and units by class; nil for a
	// table that may not be shown.
	Areas [Tables][]Cell
}

// Cell is the figure of an area.
type Cell struct {
	Value stat.Value
	Base  int // Comuni it rests on
}

// MostDecimals is how many a column may have.
const MostDecimals = 6

const (
	mostValue = 1<<30 - 1
	mostCells = 1 << 20
)

// scaled is v as a whole number at a number of decimals.
func scaled(v float64, decimals int) (int, bool) {
	x := math.Round(v * math.Pow10(decimals))
	return int(x), math.Abs(x) <= mostValue
}

// columnModels are the contexts of a column.
type columnModels struct {
	header signed
	kinds  []*number // by whether the last Comune had a value
	value  decimal
	cells  [Tables]cellModels
}

type cellModels struct {
	kind  *number
	value decimal
	base  *number
}

// decimal models numbers with decimals: how many of them, then the number
// without its point.
type decimal struct {
	decimals *number
	digits   signed
}

func newDecimal() decimal { return decimal{newNumber(), newSigned()} }

func newColumnModels() *columnModels {
	m := &columnModels{header: newSigned(), kinds: newNumbers(2), value: newDecimal()}
	for i := range m.cells {
		m.cells[i] = cellModels{newNumber(), newDecimal(), newNumber()}
	}
	return m
}

// decimal writes x, in units of the last of most decimals, with as few as it
// needs: 12.00 is 12.
func (e *encoder) decimal(m decimal, x, most int) {
	n := most
	for ; n > 0 && x%10 == 0; n-- {
		x /= 10
	}
	if most > 0 {
		e.number(m.decimals, uint32(n))
	}
	e.signed(m.digits, x)
}

func (d *decoder) decimal(m decimal, most int) (float64, error) {
	n := uint32(0)
	if most > 0 {
		n = d.number(m.decimals)
	}
	if n > uint32(most) {
		return 0, errBroken
	}
	return float64(d.signed(m.digits)) / math.Pow10(int(n)), nil
}

// swapped is the number of a kind in a file: that of stat, but a value is 0 and
// what nothing is known of is 1, since values are what there is most of.
func swapped(k uint32) uint32 {
	if k <= 1 {
		return 1 - k
	}
	return k
}

// EncodeColumn writes a column. It fails when a value is too large for its
// decimals.
func EncodeColumn(c Column) ([]byte, error) {
	e, m := newEncoder(head(kindColumn, c.Order)), newColumnModels()
	e.signed(m.header, c.Decimals)
	e.signed(m.header, len(c.Comuni))
	for _, table := range c.Areas {
		e.signed(m.header, len(table))
	}
	put := func(kind *number, value decimal, v stat.Value) error {
		e.number(kind, swapped(uint32(v.Kind)))
		if !v.OK() {
			return nil
		}
		x, ok := scaled(v.N, c.Decimals)
		if !ok || c.Decimals < 0 || c.Decimals > MostDecimals {
			return fmt.Errorf("%v with %d decimals does not fit a column", v.N, c.Decimals)
		}
		e.decimal(value, x, c.Decimals)
		return nil
	}
	last := 0
	for _, v := range c.Comuni {
		if err := put(m.kinds[last], m.value, v); err != nil {
			return nil, err
		}
		last = one(v.OK())
	}
	for t, table := range c.Areas {
		for _, x := range table {
			if err := put(m.cells[t].kind, m.cells[t].value, x.Value); err != nil {
				return nil, err
			}
			e.number(m.cells[t].base, uint32(x.Base))
		}
	}
	return e.finish(), nil
}

// DecodeColumn reads a column.
func DecodeColumn(data []byte) (Column, error) {
	order, d, err := open(data, kindColumn)
	if err != nil {
		return Column{}, err
	}
	m := newColumnModels()
	c := Column{Order: order, Decimals: d.signed(m.header)}
	n := d.signed(m.header)
	var sizes [Tables]int
	for t := range sizes {
		sizes[t] = d.signed(m.header)
		if sizes[t] < 0 || sizes[t] > mostCells {
			return Column{}, errBroken
		}
	}
	if n < 0 || n > mostFaces || c.Decimals < 0 || c.Decimals > MostDecimals {
		return Column{}, errBroken
	}
	get := func(kind *number, value decimal) stat.Value {
		k := d.number(kind)
		switch {
		case k > uint32(len(stat.Kinds())):
			err = errBroken
		case d.beyond:
			err = errTruncated
		case k > 0:
			return stat.Missing(stat.Kind(swapped(k)))
		}
		if err != nil {
			return stat.Value{}
		}
		var x float64
		x, err = d.decimal(value, c.Decimals)
		return stat.Of(x)
	}
	last := 0
	for range n {
		v := get(m.kinds[last], m.value)
		if err != nil {
			return Column{}, err
		}
		last = one(v.OK())
		c.Comuni = append(c.Comuni, v)
	}
	for t, n := range sizes {
		for range n {
			v := get(m.cells[t].kind, m.cells[t].value)
			x := Cell{v, int(d.number(m.cells[t].base))}
			if err != nil {
				return Column{}, err
			}
			c.Areas[t] = append(c.Areas[t], x)
		}
	}
	return c, d.whole()
}
