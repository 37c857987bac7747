package disclosure

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/estimate"
	"mappa/internal/istat"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// prime is the field in which the auditor reckons; an accident that hides a
// solution from it has a chance of one in two thousand million.
const prime = 1<<31 - 1

// figure is a cell of a published table: an option, after these the headline,
// or base.
type figure struct{ table, k, area int }

const base = -1

// auditor is an attacker who has what is published, takes shares for exact, and
// knows every way in which figures add up. It knows nothing of how they were
// withheld.
type auditor struct {
	*Published
	book *survey.Codebook
}

// value is what is shown of a figure.
func (a auditor) value(x figure) stat.Value {
	l := a.Tables[x.table].Lines[x.area]
	switch {
	case x.k == base:
		return l.Base
	case x.k == len(l.Options):
		return l.Headline.Value
	}
	return l.Options[x.k].Value
}

func (a auditor) question(table int) *survey.Question {
	return &a.book.Questions[a.Tables[table].Question]
}

// led is the table of the question that leads to a table's, -1 without one.
func (a auditor) led(table int) int {
	if r := a.question(table).Route; r.On {
		return a.first[r.Question]
	}
	return -1
}

// determined are the withheld figures that can be worked out. The withheld ones
// are unknowns; the sums are brought to echelon form, and a row with one unknown
// left gives it away.
func (a auditor) determined() (out []figure) {
	groups := map[int][]int{} // tables that have to do with each other, by their root
	for t := range a.Tables {
		root := t
		for a.led(root) >= 0 {
			root = a.led(root)
		}
		groups[root] = append(groups[root], t)
	}
	for root := range a.Tables {
		out = append(out, a.solve(groups[root])...)
	}
	return out
}

func (a auditor) solve(tables []int) (out []figure) {
	var equations [][]figure
	for _, t := range tables {
		equations = append(equations, a.equations(t)...)
	}
	var unknown []figure
	at := map[figure]int{}
	for _, e := range equations {
		for _, x := range e {
			if _, seen := at[x]; !seen && a.value(x).Kind == stat.Withheld {
				at[x] = len(unknown)
				unknown = append(unknown, x)
			}
		}
	}
	var rows [][]int64
	for _, e := range equations {
		row := make([]int64, len(unknown))
		for i, x := range e {
			if j, ok := at[x]; ok && i == 0 {
				row[j] = prime - 1
			} else if ok {
				row[j] = 1
			}
		}
		rows = append(rows, row)
	}
	for _, row := range echelon(rows, len(unknown)) {
		only, n := 0, 0
		for i, x := range row {
			if x != 0 {
				only, n = i, n+1
			}
		}
		if n == 1 {
			out = append(out, unknown[only])
		}
	}
	return out
}

// equations are figures of which the first is the sum of the others.
func (a auditor) equations(t int) (out [][]figure) {
	q, lines := a.question(t), a.Tables[t].Lines
	columns := len(q.Options)
	if q.Headline.Any != 0 {
		columns++
	}
	for k := base; k < columns; k++ {
		for _, s := range a.Frame.Sums {
			e := []figure{{t, k, s.Total}}
			for _, part := range s.Parts {
				e = append(e, figure{t, k, part})
			}
			out = append(out, e)
		}
	}
	for area, l := range lines {
		of := func(table int, any survey.Set, e ...figure) {
			for o := range a.question(table).Options {
				if any.Has(o) {
					e = append(e, figure{table, o, area})
				}
			}
			out = append(out, e)
		}
		all, alone := survey.Set(0), survey.Set(0)
		for o, option := range q.Options {
			all = all.With(o)
			if option.Exclusive || option.DontKnow {
				alone = alone.With(o)
			}
		}
		whole, head := figure{t, base, area}, figure{t, len(q.Options), area}
		switch {
		case !q.Many():
			of(t, all, whole)
			if q.Headline.Any != 0 {
				of(t, q.Headline.Any, head)
			}
		case q.Headline.Any == all&^alone:
			of(t, alone, whole, head)
		}
		const few = 3 // Comuni that a question's form leaves out and that hide nothing
		if lead := a.led(t); lead >= 0 && a.Tables[lead].Lines[area].Respondents-l.Respondents < few {
			if on := a.question(lead); on.Headline.Any == q.Route.Any {
				out = append(out, []figure{whole, {lead, len(on.Options), area}})
			} else if !on.Many() {
				of(lead, q.Route.Any, whole)
			}
		}
	}
	return out
}

// echelon is the reduced row echelon form, without rows of zeros.
func echelon(rows [][]int64, columns int) [][]int64 {
	done := 0
	for col := 0; col < columns && done < len(rows); col++ {
		pivot := slices.IndexFunc(rows[done:], func(r []int64) bool { return r[col] != 0 })
		if pivot < 0 {
			continue
		}
		rows[done], rows[done+pivot] = rows[done+pivot], rows[done]
		scale(rows[done], inverse(rows[done][col]))
		for i := range rows {
			if i != done && rows[i][col] != 0 {
				f := prime - rows[i][col]
				for j := range rows[i] {
					if x := rows[done][j]; x != 0 {
						rows[i][j] = (rows[i][j] + f*x) % prime
					}
				}
			}
		}
		done++
	}
	return rows[:done]
}

func scale(row []int64, by int64) {
	for i := range row {
		row[i] = row[i] * by % prime
	}
}

// inverse is x to the power of prime-2.
func inverse(x int64) int64 {
	out := int64(1)
	for e := int64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = out * x % prime
		}
		x = x * x % prime
	}
	return out
}

// edition is a survey and what is counted of it.
type edition struct {
	*survey.Edition
	frame  *estimate.Frame
	tables []estimate.Table
}

// national is the fictional edition on the shipped territory, read once.
var national = sync.OnceValue(func() edition {
	var list diag.List
	fsys := os.DirFS("../..")
	in, _ := istat.Read(fsys, "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	e, _ := survey.Read(fsys, "2025", a, &list)
	if list.Len() > 0 {
		panic(fmt.Sprint(list.Problems()))
	}
	f := estimate.NewFrame(a, estimate.Layout{})
	return edition{e, f, estimate.Tables(e, a, f)}
})

// published is what may be shown of the fictional edition.
var published = sync.OnceValue(func() auditor {
	e := national()
	return auditor{Protect(e.tables, e.frame, e.Book, Default()), e.Book}
})

// without is the auditor's site with one more figure shown.
func (a auditor) without(x figure) auditor {
	p := *a.Published
	p.Tables = slices.Clone(p.Tables)
	t := &p.Tables[x.table]
	t.Lines = slices.Clone(t.Lines)
	l := &t.Lines[x.area]
	l.Options = slices.Clone(l.Options)
	switch {
	case x.k == base:
		l.Base = stat.Of(0)
	case x.k == len(l.Options):
		l.Headline.Value = stat.Of(0)
	default:
		l.Options[x.k].Value = stat.Of(0)
	}
	return auditor{&p, a.book}
}

func (a auditor) name(x figure) string {
	return fmt.Sprintf("%s row %d: column %d of %+v", a.question(x.table).ID, a.Tables[x.table].Row, x.k, a.Frame.Areas[x.area])
}

func TestNoWithheldFigureOfTheFictionalEditionFollowsFromTheShownOnes(t *testing.T) {
	a := published()
	for _, x := range a.determined() {
		t.Errorf("%s can be worked out", a.name(x))
	}
}

func TestTheAuditorFindsWhatACoverWouldHaveHidden(t *testing.T) {
	a := published()
	for i := range a.Tables {
		q := a.question(i)
		if !q.Route.On {
			continue
		}
		for _, s := range a.Frame.Sums {
			var hidden []figure
			for _, part := range s.Parts {
				if x := (figure{i, base, part}); a.value(x).Kind == stat.Withheld {
					hidden = append(hidden, x)
				}
			}
			if len(hidden) == 2 && a.value(figure{i, base, s.Total}).OK() {
				if !slices.Contains(a.without(hidden[1]).determined(), hidden[0]) {
					t.Errorf("%s stays hidden though %s is shown", a.name(hidden[0]), a.name(hidden[1]))
				}
			}
		}
	}
}

func TestShownFiguresOfTheFictionalEditionKeepToTheRules(t *testing.T) {
	e, a := national(), published()
	for i := range a.Tables {
		q := a.question(i)
		least := 3
		if q.Reserved {
			least = 10
		}
		for area, l := range a.Tables[i].Lines {
			where, n := a.name(figure{i, base, area}), e.tables[i].Base[area]
			cells := append(slices.Clone(l.Options), l.Headline)
			for o, c := range cells {
				switch {
				case !c.Value.OK():
					if l.Respondents > 0 && c.Value.Kind != stat.Withheld && c.Value.Kind != stat.Unknown {
						t.Errorf("%s, option %d: %s, with %d respondents", where, o, c.Value.Kind.Code(), l.Respondents)
					}
				case l.Base.Kind == stat.Withheld:
					t.Errorf("%s, option %d is shown and its base is not", where, o)
				case e.tables[i].Num[o][area] < least, n-e.tables[i].Num[o][area] < least, c.Value.N <= 0, c.Value.N >= 100:
					t.Errorf("%s, option %d is shown with %d of %d", where, o, e.tables[i].Num[o][area], n)
				}
			}
			if l.Respondents == 0 || !l.Base.OK() {
				continue
			}
			if but := l.Respondents - n; q.Route.On && (n < 3 || but < 3) || !q.Route.On && n < least && but > 0 {
				t.Errorf("%s is shown with %d of %d respondents", where, n, l.Respondents)
			}
		}
		if l := a.Tables[i].Lines[0]; !l.Base.OK() {
			t.Errorf("%s: the base of Italy is withheld, and its page says nothing", q.ID)
		}
	}
}

func TestTheOnlyRespondentOfAnAreaIsNotSaidToHaveBeenLedToAQuestionOrNot(t *testing.T) {
	a := published()
	seen := 0
	for i := range a.Tables {
		if !a.question(i).Route.On {
			continue
		}
		for area, l := range a.Tables[i].Lines {
			if l.Respondents != 1 {
				continue
			}
			seen++
			if l.Base.Kind != stat.Withheld {
				t.Errorf("%s: %v of one respondent", a.name(figure{i, base, area}), l.Base)
			}
		}
	}
	if seen == 0 {
		t.Error("the fictional edition has no such area: the test says nothing")
	}
}
