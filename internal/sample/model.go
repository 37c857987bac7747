package sample

import (
	"fmt"
	"io/fs"
	"path"
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
//	riga      code of a row: the line moves the whole ranking by so many points;
//	          of percentages it is the row's mean
//	opzione   code of an option or a bin: the line is its share in per cent, of a
//	          ranking how high it stands; with riga as well, its share in that row,
//	          whose options are then in the order of these lines
//	fino_a_5000, da_5001_a_20000, oltre_20000
//
// The first option is for the most mature. Shares of a question with one answer
// an item add up to 100, "don't know" aside, which is dealt first; of a multiple
// choice a share below 0 is dealt from the other end, to the least mature. An
// empty cell is 0.
const ModelFile = "campione.csv"

// TurnoutFile lies beside it and says who takes part:
//
//	classe   slug of a size class: quota is the per cent of it that sends the form
//	regione  ISTAT code of a region: quota is by how many points it lies above
const TurnoutFile = "campione-rispondenti.csv"

// Model is which answers are wanted.
type Model struct {
	quotas  []quota
	classes map[string]int // permille that answer, by label
	regions map[string]int // permille above or below, by code
}

// quota is what is wanted of one question, in permille, by band.
type quota struct {
	share   [][3]int // by option
	shift   [][3]int // by row
	order   []int    // options, those of the most mature first
	unknown int      // the option "don't know", -1 without one
	rows    []*quota // of rows that have shares of their own
}

// of is what is wanted of a row: its own shares, or those of all rows.
func (q *quota) of(row int) *quota {
	if row < len(q.rows) && q.rows[row] != nil {
		return q.rows[row]
	}
	return q
}

// shiftOf is by how much a row moves the ranking.
func (q *quota) shiftOf(row, band int) int {
	if row < len(q.shift) {
		return q.shift[row][band]
	}
	return 0
}

// own gives a row shares of its own.
func (q *quota) own(row int) *quota {
	if q.rows == nil {
		q.rows = make([]*quota, len(q.shift))
	}
	if q.rows[row] == nil {
		q.rows[row] = &quota{share: make([][3]int, len(q.share)), unknown: q.unknown}
	}
	return q.rows[row]
}

// want is where the share of an option goes.
func (q *quota) want(option int) *[3]int {
	if option != q.unknown {
		q.order = append(q.order, option)
	}
	return &q.share[option]
}

// turnout is the chance to answer.
func (m Model) turnout(class, region string) int { return m.classes[class] + m.regions[region] }

// option is the one for a rank, best first, from 0 to full-1.
func (q *quota) option(rank, lot, band int) int {
	if q.unknown >= 0 && lot < q.share[q.unknown][band] {
		return q.unknown
	}
	sum, last := 0, 0
	for _, o := range q.order {
		sum += q.share[o][band]
	}
	upTo := 0
	for _, o := range q.order {
		if q.share[o][band] == 0 {
			continue
		}
		last = o
		if upTo += q.share[o][band]; rank*sum < upTo*full {
			return o
		}
	}
	return last
}

// Read reads what is wanted of an edition from its folder.
func Read(fsys fs.FS, c Config, all *diag.List) (Model, bool) {
	list := all.Part()
	dir := path.Join(survey.Dir, c.Book.Edition)
	m := equal(c.Book)
	m.answers(fsys, path.Join(dir, ModelFile), c.Book, list)
	m.people(fsys, path.Join(dir, TurnoutFile), c, list)
	return m, list.Len() == 0
}

// people reads who takes part.
func (m *Model) people(fsys fs.FS, name string, c Config, list *diag.List) {
	t, _ := table.Read(fsys, name, table.Spec{Want: []string{"classe", "regione", "quota"}}, list)
	class, region, share := t.Col("classe"), t.Col("regione"), t.Col("quota")
	classes, regions := map[string]string{}, map[string]string{}
	for _, x := range c.Atlas.Schemes[0].Classes {
		classes[x.Slug] = x.Label
	}
	for _, x := range c.Atlas.Regions {
		regions[x.Code] = x.Code
	}
	m.classes, m.regions = map[string]int{}, map[string]int{}
	for _, row := range t.Rows {
		col, known, into := class, classes, m.classes
		if row.Get(class) == "" {
			col, known, into = region, regions, m.regions
		}
		key, ok := known[row.Get(col)]
		if !ok {
			t.Problem(row, col, fmt.Sprintf("%q is not a %s", row.Get(col), t.Head[col]), "name a size class by its indirizzo, or a region by its ISTAT code")
			continue
		}
		n, ok := permille(row.Get(share))
		if !ok {
			t.Problem(row, share, fmt.Sprintf("%q is not a share in per cent", row.Get(share)), "want a number such as 12 or 12.5")
		}
		into[key] = n
	}
}

// answers reads which shares are wanted.
func (m *Model) answers(fsys fs.FS, name string, book *survey.Codebook, list *diag.List) {
	columns := []string{"fino_a_5000", "da_5001_a_20000", "oltre_20000"}
	t, _ := table.Read(fsys, name, table.Spec{Want: append([]string{"domanda", "riga", "opzione"}, columns...)}, list)
	named := make([]bool, len(book.Questions))
	for _, row := range t.Rows {
		id := row.Get(t.Col("domanda"))
		i := book.Find(id)
		if i < 0 {
			t.Problem(row, t.Col("domanda"), fmt.Sprintf("the codebook has no question %q", id), diag.DidYouMean(id, questionIDs(book)))
			continue
		}
		if q := &m.quotas[i]; !named[i] {
			named[i], q.order = true, nil
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
}

// line is where a line's shares go.
func (m *Model) line(t *table.Table, row table.Row, book *survey.Codebook, i int) *[3]int {
	q, quota := &book.Questions[i], &m.quotas[i]
	rowCode, code := row.Get(t.Col("riga")), row.Get(t.Col("opzione"))
	r := slices.IndexFunc(q.Rows, func(l survey.Label) bool { return l.Code == rowCode })
	o := slices.IndexFunc(q.Options, func(o survey.Option) bool { return o.Code == code })
	switch {
	case rowCode != "" && code == "" && r >= 0:
		return &quota.shift[r]
	case rowCode == "" && o >= 0:
		return quota.want(o)
	case r >= 0 && o >= 0:
		return quota.own(r).want(o)
	}
	t.Problem(row, t.Col("opzione"), fmt.Sprintf("question %q has no option %q and row %q", q.ID, code, rowCode), "name an option, a row, or both")
	return nil
}

func questionIDs(book *survey.Codebook) (out []string) {
	for i := range book.Questions {
		out = append(out, book.Questions[i].ID)
	}
	return out
}

// equal wants every option in the same part, and every row.
func equal(book *survey.Codebook) Model {
	m := Model{quotas: make([]quota, len(book.Questions))}
	for i := range book.Questions {
		q := &book.Questions[i]
		into := quota{make([][3]int, len(q.Options)), make([][3]int, len(q.Rows)), nil, -1, nil}
		for o, option := range q.Options {
			if option.DontKnow {
				into.unknown = o
				continue
			}
			part := full / len(q.Options)
			into.share[o], into.order = [3]int{part, part, part}, append(into.order, o)
		}
		for r := range into.shift {
			if q.Shape == survey.Percentages {
				part := full / len(q.Rows)
				into.shift[r] = [3]int{part, part, part}
			}
		}
		m.quotas[i] = into
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
