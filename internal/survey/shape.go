package survey

import "slices"

// Shape is how a question is answered; see the package comment.
type Shape string

// The shapes.
const (
	Single      Shape = "singola"
	Multiple    Shape = "multipla"
	Grid        Shape = "griglia"          // one answer a row
	MultiGrid   Shape = "griglia-multipla" // several a row
	Number      Shape = "numero"
	Percentages Shape = "percentuali" // one number a row, which add up
	Ranking     Shape = "graduatoria" // one option a place
	Text        Shape = "testo"       // class mai only
)

func shapes() []Shape {
	return []Shape{Single, Multiple, Grid, MultiGrid, Number, Percentages, Ranking, Text}
}

// Items is how many answers the question takes: one, or one for each row.
func (q *Question) Items() int { return max(1, len(q.Rows)) }

// Many reports whether an item may hold several options. Where it may not, the
// options of an item add up to those that answered it.
func (q *Question) Many() bool { return q.Shape == Multiple || q.Shape == MultiGrid }

// Numeric reports whether the question is answered with numbers, of which the
// options are bins.
func (q *Question) Numeric() bool { return q.Shape == Number || q.Shape == Percentages }

// Measure is what the numbers of a question may be.
type Measure struct {
	Unit     string    // "euro", "%"
	Decimals int       // that a number may have
	Least    float64   // lowest number allowed
	Most     float64   // highest, +Inf without a bound
	Sum      float64   // what the rows of percentages add up to
	Within   float64   // how far from it they may be
	Bins     []float64 // the upper edge of each bin but the last, rising
}

// bin is the index of the bin that holds n.
func (m *Measure) bin(n float64) int {
	for i, edge := range m.Bins {
		if n <= edge {
			return i
		}
	}
	return len(m.Bins)
}

// same reports whether numbers of both measures mean the same and are counted in
// the same bins.
func (m *Measure) same(o *Measure) bool {
	return m.Unit == o.Unit && m.Sum == o.Sum && slices.Equal(m.Bins, o.Bins)
}
