package source

import (
	"fmt"
	"math"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/stat"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// reading is what one row says.
type reading struct {
	born      string // cadastral code of the Comune as it was then
	line      int
	values    []stat.Value // parallel to the manifest's variables
	addresses []string     // parallel to its addresses
}

// series holds the readings by date and Comune in force.
type series struct {
	comuni int
	at     map[atlas.Date][][]reading
	lost   map[atlas.Date]lost
	file   map[atlas.Date]Snapshot // the file a date came with
}

func newSeries(comuni int) *series {
	return &series{comuni, map[atlas.Date][][]reading{}, map[atlas.Date]lost{}, map[atlas.Date]Snapshot{}}
}

// lose remembers the Comuni that a row of the date speaks of together.
func (s *series) lose(d atlas.Date, v verdict) {
	if len(v.unborn.Of) > 0 && s.lost[d] == nil {
		s.lost[d] = lost{}
	}
	s.lost[d].add(v)
}

// sorted lists the dates, oldest first.
func (s *series) sorted() []atlas.Date {
	var out []atlas.Date
	for d := range s.at {
		out = append(out, d)
	}
	slices.Sort(out)
	return out
}

// tabler reads one file of the adapter "tabella" into a series.
type tabler struct {
	m       *tableManifest
	t       *table.Table
	file    Snapshot
	id      string
	match   *matcher
	series  *series
	ledger  ledger
	matches []Match
}

func (l *tabler) read() Account {
	col := l.columns()
	for _, r := range l.t.Rows {
		l.row(r, col)
	}
	return l.ledger.close(l.id, l.file, len(l.t.Rows))
}

// tableIndex is where the columns of the file are; -1 for none.
type tableIndex struct {
	istat, ipa, name, province, date, failed int
	variables, addresses                     []int
}

func (l *tabler) columns() tableIndex {
	m, t := l.m, l.t
	c := tableIndex{istat: t.Col(m.Keys.ISTAT.Text), ipa: t.Col(m.Keys.IPA.Text), name: t.Col(m.Keys.Name.Text),
		province: t.Col(m.Keys.Province.Text), date: t.Col(m.Date.Column.Text), failed: t.Col(m.Failed.Column.Text)}
	for _, v := range m.Variables {
		c.variables = append(c.variables, t.Col(v.Column.Text))
	}
	for _, a := range m.Addresses {
		c.addresses = append(c.addresses, t.Col(a.Column.Text))
	}
	return c
}

// row reads a row, reports everything wrong with it and puts it in the series.
func (l *tabler) row(r table.Row, col tableIndex) {
	x, ok := l.reading(r, col)
	date, dated := l.date(r, col)
	b := body{istat: r.Get(col.istat), ipa: r.Get(col.ipa), name: r.Get(col.name), province: r.Get(col.province)}
	at := date
	if !dated {
		at = l.file.Date
	}
	if l.match.doubtful(b) {
		l.ledger.exclude(Reason{Cause: Faulty})
		return
	}
	v := l.match.find(b, at)
	if dated {
		l.series.lose(date, v)
	}
	if v.how != Plain {
		l.matches = append(l.matches, v.match(l.id, l.file.File, r.Line(), b))
	}
	switch {
	case v.problem != "":
		l.t.Problem(r, col.istat, v.problem, v.hint)
		ok = false
	case v.out:
		l.ledger.exclude(v.exclude)
		return
	}
	if !ok || !dated || !l.put(r, col, x, date, v.comune) {
		l.ledger.exclude(Reason{Cause: Faulty})
		return
	}
	l.ledger.used++
}

// put adds the reading to the series, unless the Comune has one of that date.
func (l *tabler) put(r table.Row, col tableIndex, x reading, d atlas.Date, comune int) bool {
	s := l.series
	if s.at[d] == nil {
		s.at[d], s.file[d] = make([][]reading, s.comuni), l.file
	}
	if other := s.file[d]; other != l.file {
		l.t.Problem(r, col.date, fmt.Sprintf("the date %s is in %s too", d, other.File), "delete the older file, or write leggi: "+readNewest)
		return false
	}
	c := l.match.atlas.Comuni[comune]
	x.born = born(c, r.Get(col.istat), d)
	for _, y := range s.at[d][comune] {
		if y.born == x.born {
			l.t.Problem(r, col.istat, fmt.Sprintf("%s (%s) has a row of %s already, in line %d", c.Name, c.ISTAT, d, y.line), exceptionHint)
			return false
		}
	}
	s.at[d][comune] = append(s.at[d][comune], x)
	return true
}

func (l *tabler) date(r table.Row, col tableIndex) (atlas.Date, bool) {
	if col.date < 0 {
		return l.file.Date, true
	}
	d, err := parseDate(r.Get(col.date), l.m.Date.Layout.Text)
	switch {
	case err != nil:
		l.t.Problem(r, col.date, err.Error(), "")
	case d > l.file.Date:
		l.t.Problem(r, col.date, fmt.Sprintf("%s is later than the date of the file, %s", d, l.file.Date), "correct the date in the name of the file")
	default:
		return d, true
	}
	return 0, false
}

// reading reads the figures and addresses of a row. A failed row has none of
// either, whatever its other cells hold.
func (l *tabler) reading(r table.Row, col tableIndex) (reading, bool) {
	x := reading{line: r.Line(), values: make([]stat.Value, len(col.variables)), addresses: make([]string, len(col.addresses))}
	if col.failed >= 0 && holds(l.m.Failed.Cells, r.Get(col.failed)) {
		for i := range x.values {
			x.values[i] = stat.Missing(stat.Failed)
		}
		return x, true
	}
	if col.failed < 0 && l.m.Failed.Column.Text != "" {
		return x, false // whether it failed cannot be known
	}
	ok := true
	for i, spec := range l.m.Variables {
		s := r.Get(col.variables[i])
		v, want := spec.value(s)
		if want != "" {
			l.t.Problem(r, col.variables[i], fmt.Sprintf("%q is not a value of %s, want %s", s, spec.Column.Text, want), "")
			ok = false
		}
		x.values[i] = v
	}
	for i := range l.m.Addresses {
		s := r.Get(col.addresses[i])
		address, good := webAddress(s)
		if !good && s != "" {
			l.t.Note(r, col.addresses[i], fmt.Sprintf("%q is not a web address and is left out", s), "")
		}
		x.addresses[i] = address
	}
	return x, ok
}

// value reads a cell; want says what was wanted when it cannot be read.
func (v variableSpec) value(s string) (x stat.Value, want string) {
	if holds(v.Missing, s) {
		return stat.Missing(stat.Failed), ""
	}
	if v.Type.Text == typeFlag {
		switch {
		case holds(v.Yes, s):
			return stat.Of(1), ""
		case holds(v.No, s):
			return stat.Of(0), ""
		}
		return x, fmt.Sprintf("one of %q", append(yamlfile.Texts(v.Yes), yamlfile.Texts(v.No)...))
	}
	n, ok := parseNumber(s)
	switch {
	case v.Type.Text == typeCount && (!ok || !digits(s)):
		return x, "a whole number, 0 or more"
	case !ok:
		return x, "a number with a point"
	case n < v.Min:
		return x, fmt.Sprintf("at least %v", v.Min)
	case v.Max != 0 && n > v.Max:
		return x, fmt.Sprintf("at most %v", v.Max)
	}
	if v.Rounded {
		n = math.Round(n)
	}
	if v.Divide != 0 {
		n /= v.Divide
	}
	return stat.Of(n), ""
}

func holds(words []word, s string) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.Text == s })
}
