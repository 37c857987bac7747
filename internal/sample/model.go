package sample

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/survey"
	"mappa/internal/table"
)

// ModelFile lies in the edition's folder and says which shares are wanted:
//
//	domanda   id of a question
//	riga      code of a row: the line moves the whole ranking by so many points
//	opzione   code of an option: the line is its share in per cent
//	fino_a_5000, da_5001_a_20000, oltre_20000
//
// Shares of a single choice and of a grid add up to 100, "don't know" aside,
// which is dealt first. An empty cell is 0.
const ModelFile = "campione.csv"

// Model is which answers are wanted.
type Model struct{ quotas []quota }

// quota is what is wanted of one question, in permille, by band.
type quota struct {
	share   [][3]int // by option
	shift   [][3]int // by row
	unknown int      // the option "don't know", -1 without one
}

// option is the one for a rank, best first, from 0 to full-1.
func (q quota) option(rank, lot, band int) int {
	if q.unknown >= 0 && lot < q.share[q.unknown][band] {
		return q.unknown
	}
	sum, last := 0, 0
	for o := range q.share {
		if o != q.unknown {
			sum += q.share[o][band]
		}
	}
	upTo := 0
	for o := range q.share {
		if o == q.unknown || q.share[o][band] == 0 {
			continue
		}
		last = o
		if upTo += q.share[o][band]; rank*sum < upTo*full {
			return o
		}
	}
	return last
}

// Read reads campione.csv for a codebook.
func Read(fsys fs.FS, name string, book *survey.Codebook, all *diag.List) (Model, bool) {
	list := all.Part()
	columns := []string{"fino_a_5000", "da_5001_a_20000", "oltre_20000"}
	t, _ := table.Read(fsys, name, table.Spec{Want: append([]string{"domanda", "riga", "opzione"}, columns...)}, list)
	m := equal(book)
	named := make([]bool, len(book.Questions))
	for _, row := range t.Rows {
		id := row.Get(t.Col("domanda"))
		i := book.Find(id)
		if i < 0 {
			t.Problem(row, t.Col("domanda"), fmt.Sprintf("the codebook has no question %q", id), diag.DidYouMean(id, questionIDs(book)))
			continue
		}
		if q := m.quotas[i]; !named[i] {
			named[i] = true
			clear(q.share)
		}
		into := m.line(t, row, book, i)
		for b, col := range columns {
			if n, ok := permille(row.Get(t.Col(col))); !ok {
				t.Problem(row, t.Col(col), fmt.Sprintf("%q is not a share in per cent", row.Get(t.Col(col))), "want a number such as 12 or 12.5")
			} else if into != nil {
				into[b] = n
			}
		}
	}
	return m, list.Len() == 0
}

// line is where a line's shares go.
func (m Model) line(t *table.Table, row table.Row, book *survey.Codebook, i int) *[3]int {
	q := &book.Questions[i]
	rowCode, code := row.Get(t.Col("riga")), row.Get(t.Col("opzione"))
	r := slices.IndexFunc(q.Rows, func(l survey.Label) bool { return l.Code == rowCode })
	o := slices.IndexFunc(q.Options, func(o survey.Option) bool { return o.Code == code })
	switch {
	case rowCode != "" && code == "" && r >= 0:
		return &m.quotas[i].shift[r]
	case rowCode == "" && o >= 0:
		return &m.quotas[i].share[o]
	}
	t.Problem(row, t.Col("opzione"), fmt.Sprintf("question %q has no option %q and row %q", q.ID, code, rowCode), "name an option or a row, and leave the other empty")
	return nil
}

func questionIDs(book *survey.Codebook) (out []string) {
	for i := range book.Questions {
		out = append(out, book.Questions[i].ID)
	}
	return out
}

// equal wants every option in the same part.
func equal(book *survey.Codebook) Model {
	m := Model{make([]quota, len(book.Questions))}
	for i := range book.Questions {
		q := &book.Questions[i]
		m.quotas[i] = quota{make([][3]int, len(q.Options)), make([][3]int, len(q.Rows)), -1}
		for o, option := range q.Options {
			if option.DontKnow {
				m.quotas[i].unknown = o
				continue
			}
			part := full / len(q.Options)
			m.quotas[i].share[o] = [3]int{part, part, part}
		}
	}
	return m
}

// permille reads a number of per cents with at most one decimal.
func permille(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	whole, tenth, point := strings.Cut(s, ".")
	if !point {
		tenth = "0"
	}
	n, err := strconv.Atoi(whole + tenth)
	return n, err == nil && len(tenth) == 1 && n >= -full && n <= full
}
