// Package disclosure makes, of counts, the figures that may be shown. Whatever
// is printed of the survey comes out of here, [Published], and of nowhere else.
//
// # Rules
//
// A share is shown when at least [Policy.Least] respondents gave the answer and
// as many did not ([Policy.LeastReserved] for what is riservata); so nothing
// is ever shown of fewer respondents, and no cell says that all or none did,
// be it by rounding. Otherwise the cell is withheld. Answers of class registro
// are public by law and are not withheld, unless they are invented: see
// [Public].
//
// Shares are whole per cents where the base is below [Policy.Decimal], and have
// one decimal from there. Counts of answers are not shown.
//
// # Bases
//
// How many sent the form is public, so that a base is a figure too: so many of
// those that sent it.
//
//   - The base of a routed question counts those that gave an answer leading to
//     it. It is held to the rule of a share: withheld where it, or what it leaves
//     out, is below the threshold.
//   - Any other base leaves out who left the item blank. It is withheld where it
//     is below the threshold and somebody did: in so small a group one could say
//     who. That one or two of a larger group left an item blank is shown, for
//     it says neither which nor what they think; so is that nobody did.
//
// Where a base is withheld, so is all of that area. An area with respondents and
// a base of 0 is always withheld, and so never looks like one without
// respondents.
//
// # Giving back
//
// A withheld cell must not follow from shown ones. Cells add up in three ways:
//
//   - over areas: Italy is its ripartizioni, its regions and its classes, a
//     ripartizione is its regions. Bases add up too;
//   - over options, in a single choice: they are the base, those of the headline
//     the headline. In a multiple choice "any" and "none" are the base;
//   - from question to question: the base of a routed question is the number that
//     gave an answer leading to it, where both stand on the same forms, and where
//     an area divides into such as these and others that had not the question,
//     as Italy does by class. Elsewhere such a number is only a bound; there a
//     withheld answer withholds the base that it leads to.
//
// Wherever exactly one cell of such a sum is withheld, or those withheld taken
// together would not pass the threshold, the smallest shown one is withheld as
// well, ties by position, until no sum of the edition is left that gives
// anything back. Shares count as exact here, as if rounding hid nothing, and
// routed questions as if nobody left them blank.
//
// Classes within ripartizioni are not among the areas: protected in this way,
// more of their cells would be withheld than shown.
//
// # What is not proven
//
// Each sum is safe by itself. That several together do not give a cell back is
// checked for the fictional edition in this package's tests, exactly where
// cells are taken as unknown numbers, but not by the build; nor does the
// build bound how narrowly a withheld cell can be guessed, look at other
// editions, at answers that Comuni consented to show, or at what a respondent
// knows of itself.
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
	Decimal       int // base from which a share has one decimal
}

// Default is the policy of the Mappa's specification.
func Default() Policy { return Policy{Least: 3, LeastReserved: 10, Decimal: 100} }

// Cell is a share as it may be printed, and the estimates beside it, which are whole
// per cents. An estimate that was never there is Unknown: its base is too small, or
// the area has none.
type Cell struct {
	Value               stat.Value // per cent, rounded; Withheld, or NotAsked where the area has no Comune with the question
	Decimals            int
	Estimate, Low, High stat.Value // of all Comuni of the area, with its 95 % interval
	Residents           stat.Value // estimated share of residents
	// Key is where the figures come from, of Published.Figures; "" where there is none.
	Key string
}

// Line is one area of a table.
type Line struct {
	Base                stat.Value // Comuni with an answer; Withheld where it tells of single ones
	Comuni, Respondents int        // that could answer, and that sent the form
	Response            stat.Value // per cent of Comuni, one decimal
	ResidentsResponse   stat.Value // per cent of residents, one decimal
	Key                 string     // of both rates
	Options             []Cell     // in the order of the codebook
	Headline            Cell       // the zero Cell where the codebook names none
}

// Table is what may be shown of a question, or of one row of a grid.
type Table struct {
	Question, Row int
	Lines         []Line // in the order of estimate.Frame.Areas
	Primary       int    // cells withheld for themselves, or with their base
	Secondary     int    // cells withheld so that those stay so
}

// Published is all that may be shown of an edition.
type Published struct {
	Frame  *estimate.Frame
	Policy Policy
	Tables []Table
	first  []int // index in Tables of a question's first row, -1 without a table
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

// Protect makes of an edition's tables what may be shown. The tables are those
// of estimate.Tables for the same book and frame.
func Protect(tables []estimate.Table, f *estimate.Frame, book *survey.Codebook, policy Policy) *Published {
	p := &Published{Frame: f, Policy: policy, first: make([]int, len(book.Questions))}
	for q := range p.first {
		p.first[q] = -1
	}
	var sums []sum
	masks := make([]*mask, len(tables))
	for i := range tables {
		t := &tables[i]
		if t.Row == 0 {
			p.first[t.Question] = i
		}
		q := &book.Questions[t.Question]
		m := newMask(t, q, Public(book, q), policy)
		if q.Route.On && !Public(book, &book.Questions[q.Route.Question]) {
			m.routed = true
			if lead := p.first[q.Route.Question]; lead >= 0 {
				m.lead = masks[lead]
			}
		}
		m.primary()
		masks[i], sums = m, append(sums, m.sums(f)...)
	}
	for _, m := range masks {
		out := Table{Question: m.t.Question, Row: m.t.Row}
		out.Primary, _ = m.withheld()
		p.Tables = append(p.Tables, out)
	}
	for again := true; again; {
		again = false
		for _, m := range masks {
			again = m.follow() || again
		}
		again = settle(sums) || again
	}
	for i, m := range masks {
		cells, _ := m.withheld()
		p.Tables[i].Secondary, p.Tables[i].Lines = cells-p.Tables[i].Primary, m.lines()
	}
	p.name(book)
	return p
}

// lines are what the mask leaves.
func (m *mask) lines() []Line {
	var out []Line
	for area, u := range m.t.Universe {
		l := Line{Base: stat.Of(float64(m.t.Base[area])), Comuni: u.Comuni, Respondents: u.Respondents,
			Response: rate(u.Respondents, u.Comuni), ResidentsResponse: rate(u.RespondentsResidents, u.Residents)}
		if m.hidden[m.base()][area] {
			l.Base = stat.Missing(stat.Withheld)
		}
		for k := range m.t.Num {
			c := m.cell(k, area)
			if k < m.headline() {
				l.Options = append(l.Options, c)
			} else {
				l.Headline = c
			}
		}
		out = append(out, l)
	}
	return out
}

func (m *mask) cell(k, area int) Cell {
	base := m.t.Base[area]
	switch {
	case m.t.Universe[area].Comuni == 0:
		return Cell{Value: stat.Missing(stat.NotAsked)}
	case m.empty(area):
		return Cell{Value: stat.Missing(stat.NoRespondent)}
	case m.hidden[k][area]:
		return Cell{Value: stat.Missing(stat.Withheld)}
	}
	d := m.policy.decimals(base)
	return Cell{Value: stat.Of(percent(m.t.Num[k][area], base, d)), Decimals: d}
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
	scale := 1
	if d == 1 {
		scale = 10
	}
	return float64((2*100*scale*n+base)/(2*base)) / float64(scale)
}
