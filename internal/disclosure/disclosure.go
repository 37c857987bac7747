package disclosure

import (
	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Policy is the numbers of the rules.
type Policy struct {
	Least         int // respondents that gave the answer, and that did not
	LeastReserved int // the same for what is riservata
	Width         int // how far apart two solutions for a withheld cell must be
	WidthReserved int
	WidthCover    int // the same for a cell that is withheld for others alone
	LeastArea     int // respondents of an area of two criteria
	Decimal       int // base from which a share has one decimal
}

// Default is the policy of the Mappa's specification, and what it leaves open: the
// widths, the areas of two criteria that are too small, and a first decimal only
// where one respondent moves it by less than half.
func Default() Policy {
	return Policy{Least: 3, LeastReserved: 10, Width: 3, WidthReserved: 5, WidthCover: 1, LeastArea: 10, Decimal: 3000}
}

// Cell is a share as it may be printed, and the estimates beside it, which are whole
// per cents. An estimate that was never there is Unknown: its base is too small, or
// the area has none.
type Cell struct {
	Value               stat.Value // per cent, rounded; Withheld, or NotAsked where the area has no Comune with the question
	Closed              bool       // withheld as all of its area is: see Line.Closed
	Decimals            int
	Estimate, Low, High stat.Value // of all Comuni of the area, with its 95 % interval
	Residents           stat.Value // estimated share of residents
	// Key is where the figures come from, of Published.Figures; "" where there is none.
	Key string
}

// Line is one area of a table.
type Line struct {
	// Closed: nothing is published of the area, all of its cells are Withheld. It is so
	// by rule where too few Comuni of the area, or of one that makes a total with it,
	// answered, and for what is riservata; and of a single question where no witness
	// was found for some cell: then all areas of that level are closed.
	Closed              bool
	Base                stat.Value // Comuni with an answer; Withheld where it tells of single ones
	Comuni, Respondents int        // that could answer, and that sent the form
	Response            stat.Value // per cent of Comuni, one decimal
	ResidentsResponse   stat.Value // per cent of residents, one decimal
	Key                 string     // of the base and both rates
	Options             []Cell     // in the order of the codebook
	Headline            Cell       // the zero Cell where the codebook names none
}

// Table is what may be shown of a question, or of one row of a grid.
type Table struct {
	Question, Row int
	Lines         []Line // in the order of estimate.Frame.Areas
	Key           string // what the keys of its figures begin with: "2025/rtd/-/"
}

// Published is all that may be shown of an edition.
type Published struct {
	Frame  *estimate.Frame
	Policy Policy
	Tables []Table
	first  []int     // index in Tables of a question's first row, -1 without a table
	own    [][]Said  // by Comune
	moved  [][]Moved // by table, then by column; see Pair
}

// Of are the tables of a question: one, or one for each row of a grid, or none
// where its class is mai.
func (p *Published) Of(question int) []Table {
	from := p.first[question]
	if from < 0 {
		return nil
	}
	to := from
	for to < len(p.Tables) && p.Tables[to].Question == question {
		to++
	}
	return p.Tables[from:to]
}

// Public reports whether the answers to a question are public by law already:
// those of class registro, as long as they are true. Invented ones are held to
// the rules of the others: nobody can look them up.
func Public(book *survey.Codebook, q *survey.Question) bool {
	return q.Class == survey.Register && !book.Demo
}

// lines are what a sheet leaves.
func (s *sheet) lines() []Line {
	var out []Line
	for area, u := range s.table.Universe {
		base := s.at(area, s.base())
		l := Line{Base: stat.Of(float64(s.truth[base])), Comuni: u.Comuni, Respondents: u.Respondents, Closed: s.why[base] == unpublished,
			Response: rate(u.Respondents, u.Comuni), ResidentsResponse: rate(u.RespondentsResidents, u.Residents)}
		if s.why[base].hidden() {
			l.Base = stat.Missing(stat.Withheld)
		}
		for col := range s.base() {
			if c := s.cell(area, col); col < s.headline() {
				l.Options = append(l.Options, c)
			} else {
				l.Headline = c
			}
		}
		out = append(out, l)
	}
	return out
}

func (s *sheet) cell(area, col int) Cell {
	at := s.at(area, col)
	switch {
	case s.table.Universe[area].Comuni == 0:
		return Cell{Value: stat.Missing(stat.NotAsked)}
	case s.empty(area):
		return Cell{Value: stat.Missing(stat.NoRespondent)}
	case s.why[at].hidden():
		return Cell{Value: stat.Missing(stat.Withheld), Closed: s.why[at] == unpublished}
	case s.truth[s.at(area, s.base())] == 0: // public by law, and nobody answered
		return Cell{Value: stat.Missing(stat.Blank)}
	}
	d, f := s.policy.decimals(int(s.truth[s.at(area, s.base())])), s.printed[at]
	const ten = 10
	c := Cell{Value: stat.Of(float64(f.share)), Decimals: d}
	if d == 1 {
		c.Value.N /= ten
	}
	if s.gives[area].estimate {
		c.Estimate, c.Low, c.High = s.beside(f.estimate), s.beside(f.low), s.beside(f.high)
	}
	if s.gives[area].residents {
		c.Residents = s.beside(f.residents)
	}
	return c
}

// beside is a figure beside a share.
func (s *sheet) beside(n int32) stat.Value {
	if n == none {
		return stat.Missing(stat.Withheld)
	}
	return stat.Of(float64(n))
}

// decimals is how exactly a share of a base is printed.
func (p Policy) decimals(base int) int {
	if base >= p.Decimal {
		return 1
	}
	return 0
}

// rate is a response rate, with one decimal: who took part is public.
func rate(n, of int) stat.Value {
	if of == 0 {
		return stat.Missing(stat.NotAsked)
	}
	return stat.Of(percent(n, of, 1))
}

// percent is n of base in per cent, rounded half up to d decimals, 0 or 1, in
// whole numbers so that it is the same everywhere.
func percent(n, base, d int) float64 {
	if d == 1 {
		const ten = 10
		return float64(perCent(int64(n), int64(base), d)) / ten
	}
	return float64(perCent(int64(n), int64(base), d))
}
