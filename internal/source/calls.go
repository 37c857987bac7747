package source

import (
	"fmt"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// Call is a call for projects (avviso), as the publisher lists it.
type Call struct {
	Title, Measure string
	From, To       atlas.Date // both included
	For            []string   // kinds of bodies that can apply
	Amount         Cents      // set aside
	Intervention   int        // index in Programme.Interventions, -1 for none
}

// Open reports whether bodies can apply on day d. The publisher's own word for
// it is not read: it holds on the day of the file only.
func (c Call) Open(d atlas.Date) bool { return c.From <= d && d <= c.To }

// callSpec is where the calls are.
type callSpec struct {
	File    word        `yaml:"file,required"`
	Columns callColumns `yaml:"colonne,required"`
	Ignored []word      `yaml:"altre_colonne"`
}

type callColumns struct {
	Title   word `yaml:"titolo,required"`
	Measure word `yaml:"misura,required"`
	From    word `yaml:"inizio,required"`
	To      word `yaml:"fine,required"`
	Amount  word `yaml:"importo,required"`
	For     word `yaml:"destinatari,required"`
}

func (c callColumns) words() []word {
	return []word{c.Title, c.Measure, c.From, c.To, c.Amount, c.For}
}

func (m *projectManifest) readCalls(f folder, p *Programme, out *part) {
	if m.Calls.File.Text == "" {
		return
	}
	file, ok := f.newest(m.Calls.File)
	if !ok {
		return
	}
	c := m.Calls.Columns
	t, _ := readTable(f.fsys, file.File, table.Spec{Want: yamlfile.Texts(c.words()), May: yamlfile.Texts(m.Calls.Ignored)}, f.list)
	p.CallsFile = file
	out.source.Files = append(out.source.Files, file)
	var l ledger
	for _, r := range t.Rows {
		if call, ok := m.call(t, r); ok {
			p.Calls = append(p.Calls, call)
			l.used++
		} else {
			l.exclude(Reason{Cause: Faulty})
		}
	}
	out.accounts = append(out.accounts, l.close(f.id, file, len(t.Rows)))
}

func (m *projectManifest) call(t *table.Table, r table.Row) (Call, bool) {
	c := m.Calls.Columns
	x := Call{Title: r.Get(t.Col(c.Title.Text)), Measure: r.Get(t.Col(c.Measure.Text)), Intervention: -1}
	ok := true
	date := func(w word) atlas.Date {
		d, err := atlas.ParseDate(r.Get(t.Col(w.Text)))
		if err != nil {
			t.Problem(r, t.Col(w.Text), err.Error(), "")
			ok = false
		}
		return d
	}
	x.From, x.To = date(c.From), date(c.To)
	if ok && x.To < x.From {
		t.Problem(r, t.Col(c.To.Text), fmt.Sprintf("the call ends on %s, before it begins on %s", x.To, x.From), "")
		ok = false
	}
	var isAmount bool
	if x.Amount, isAmount = parseCents(r.Get(t.Col(c.Amount.Text))); !isAmount {
		t.Problem(r, t.Col(c.Amount.Text), fmt.Sprintf("%q is not an amount, want euros with a point, like 23147.0", r.Get(t.Col(c.Amount.Text))), "")
		ok = false
	}
	for _, who := range strings.Split(r.Get(t.Col(c.For.Text)), ";") {
		if who = strings.TrimSpace(who); who != "" {
			x.For = append(x.For, who)
		}
	}
	for k, i := range m.Interventions {
		if likeAny(patterns(i.Calls), x.Title) {
			x.Intervention = k
		}
	}
	return x, ok
}

// Check is a sum of a list, all bodies included, held against the publisher's
// total of the same measure. What is finanziato (financed and not renounced) or
// pagato.
type Check struct {
	Source, Measure, What string
	List, Totals          Snapshot
	Ours, Theirs          Cents
	Compared              bool // list and totals are of the same month, and every row was read; else a difference means nothing
	Agrees                bool
}

// totalSpec is where the publisher's totals are: a column for each measure, a
// row for each total.
type totalSpec struct {
	File      word `yaml:"file,required"`
	Heading   word `yaml:"intestazione,required"` // of the column that names the rows
	Financed  word `yaml:"finanziato,required"`   // row of what is financed and not renounced
	Paid      word `yaml:"pagato,required"`
	Tolerance int  `yaml:"tolleranza_euro"` // difference that is rounding
}

func (m *projectManifest) readTotals(f folder, sums []listSum, out *part) {
	spec := m.Totals
	if spec.File.Text == "" {
		return
	}
	file, ok := f.newest(spec.File)
	if !ok {
		return
	}
	t, _ := readTable(f.fsys, file.File, table.Spec{Want: []string{spec.Heading.Text}, Extra: true}, f.list)
	out.source.Files = append(out.source.Files, file)
	var l ledger
	for _, r := range t.Rows {
		name := r.Get(t.Col(spec.Heading.Text))
		if name != spec.Financed.Text && name != spec.Paid.Text {
			l.exclude(Reason{Cause: OtherTotal})
			continue
		}
		l.used++
		for _, s := range sums {
			c := Check{Source: f.id, Measure: s.measure, What: Financed.String(), List: s.file, Totals: file, Ours: s.amount[Financed] + s.amount[Paid]}
			c.Compared = !s.partial && c.List.Date/100 == c.Totals.Date/100
			if name == spec.Paid.Text {
				c.What, c.Ours = Paid.String(), s.amount[Paid]
			}
			if m.compare(t, r, &c) {
				out.checks = append(out.checks, c)
			}
		}
	}
	out.accounts = append(out.accounts, l.close(f.id, file, len(t.Rows)))
}

// compare fills in the publisher's figure; a difference between files of the
// same day is a problem, of the same month a note.
func (m *projectManifest) compare(t *table.Table, r table.Row, c *Check) bool {
	const euro = 100 // cents
	col := t.Col(c.Measure)
	if col < 0 {
		t.Note(r, -1, fmt.Sprintf("there is no total for the measure %q", c.Measure), "")
		return false
	}
	theirs, ok := parseCents(r.Get(col))
	if !ok {
		t.Problem(r, col, fmt.Sprintf("%q is not an amount, want euros with a point, like 23147.0", r.Get(col)), "")
		return false
	}
	c.Theirs = theirs
	diff := max(c.Ours-c.Theirs, c.Theirs-c.Ours)
	c.Agrees = diff <= Cents(m.Totals.Tolerance*euro)
	if c.Compared && !c.Agrees {
		report := t.Problem
		if c.List.Date != c.Totals.Date {
			report = t.Note
		}
		report(r, col, fmt.Sprintf("the publisher's total of %s is %s euros, the rows of %s add up to %s", c.What, c.Theirs, c.List.File, c.Ours),
			"one of the two files is not whole, or not of the date in its name")
	}
	return true
}

// String is the amount in euros with a point: 23147.00.
func (c Cents) String() string {
	const euro = 100
	if c < 0 {
		return "-" + (-c).String()
	}
	return fmt.Sprintf("%d.%02d", c/euro, c%euro)
}
