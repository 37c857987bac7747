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

// determined are the withheld cells that an attacker can work out who knows
// everything shown, exactly, and every way in which cells add up. It knows
// nothing of how the mask was made: it takes the withheld cells as unknowns,
// brings the sums to echelon form and looks for rows with one unknown left.
func determined(m *mask) (out []cellID) {
	var unknown []cellID
	at := map[cellID]int{}
	for k := range m.hidden {
		for area, h := range m.hidden[k] {
			if h && !m.empty(area) {
				at[cellID{k, area}] = len(unknown)
				unknown = append(unknown, cellID{k, area})
			}
		}
	}
	var rows [][]int64
	for _, s := range m.sums {
		row := make([]int64, len(unknown))
		some := false
		for _, c := range s.parts {
			if i, ok := at[c]; ok {
				row[i], some = 1, true
			}
		}
		if i, ok := at[s.total]; ok && !s.known {
			row[i], some = prime-1, true
		}
		if some {
			rows = append(rows, row)
		}
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
	f := estimate.NewFrame(a)
	return edition{e, f, estimate.Tables(e, a, f)}
})

func TestTheAuditorFindsWhatASumGivesBack(t *testing.T) {
	m := &mask{t: &estimate.Table{Base: []int{9, 9, 9}}, hidden: [][]bool{{false, true, true}, {false, true, false}}}
	m.sums = []sum{{total: cellID{0, 0}, parts: []cellID{{0, 1}, {0, 2}}}}
	if got := determined(m); !slices.Equal(got, []cellID{{1, 1}}) && len(got) != 0 {
		t.Errorf("got %v", got)
	}
	m.sums = append(m.sums, sum{total: cellID{0, 0}, parts: []cellID{{0, 1}, {1, 1}}}, sum{total: cellID{1, 0}, parts: []cellID{{1, 1}}})
	if got := determined(m); len(got) != 3 {
		t.Errorf("got %v, want all three", got)
	}
}

func TestNoWithheldCellOfTheFictionalEditionFollowsFromTheShownOnes(t *testing.T) {
	e := national()
	f, tables := e.frame, e.tables
	all := map[int]*mask{}
	for i := range tables {
		q := &e.Book.Questions[tables[i].Question]
		m := newMask(&tables[i], f, q, Default())
		if q.Route.On {
			m.follow(all[q.Route.Question], q.Route.Any)
		}
		m.primary()
		m.settle()
		if tables[i].Row == 0 {
			all[tables[i].Question] = m
		}
		for _, c := range determined(m) {
			t.Errorf("question %s row %d: column %d of area %+v can be worked out", q.ID, tables[i].Row, c.k, f.Areas[c.area])
		}
	}
}

func TestShownSharesKeepToTheRules(t *testing.T) {
	e := national()
	f, tables := e.frame, e.tables
	p := Protect(tables, f, e.Book, Default())
	for i := range p.Tables {
		q := &e.Book.Questions[p.Tables[i].Question]
		if q.Class == survey.Register {
			continue
		}
		for area, l := range p.Tables[i].Lines {
			for o, c := range l.Options {
				n, base := tables[i].Num[o][area], tables[i].Base[area]
				least := 3
				if q.Reserved {
					least = 10
				}
				if c.Value.OK() && (n < least || base-n < least || c.Value.N <= 0 || c.Value.N >= 100) {
					t.Errorf("%s option %d in %+v is shown with %d of %d", q.ID, o, f.Areas[area], n, base)
				}
				if c.Value.Kind == stat.Withheld && f.Areas[area].Level == estimate.Italy {
					t.Logf("%s option %d is withheld for Italy: %d of %d", q.ID, o, n, base)
				}
			}
		}
	}
}
