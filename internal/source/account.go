package source

import (
	"cmp"
	"slices"
)

// Cause is why a row is left out. The zero Cause is the manifest's.
type Cause uint8

const (
	ByManifest Cause = iota
	Faulty           // the row has an error, which is a problem
	Repeated         // it stands twice and counts once
	OtherTotal       // a total of the publisher's that nothing is held against
	NotYet           // its Comune is not yet one at the display date
	NoMore           // its Comune, in force at the display date, is no more at the date of the row
)

// Code is the cause as languages name it; "" for the manifest's.
func (c Cause) Code() string {
	return [...]string{"", "errore", "ripetuta", "altro-totale", "non-ancora", "non-piu"}[c]
}

// String is the cause as the operator reads it; "" for the manifest's.
func (c Cause) String() string {
	return [...]string{"", "with an error", "repeated", "another total", "of Comuni not yet born at the display date",
		"of Comuni that had ended at the date of the row"}[c]
}

// Reason is why rows were left out: a cause, or the manifest's own words.
type Reason struct {
	Cause Cause
	Text  string // in Italian; "" but for ByManifest
}

// said is a reason in the manifest's words.
func said(text string) Reason { return Reason{Text: text} }

// String is the reason as the operator reads it.
func (r Reason) String() string { return r.Text + r.Cause.String() }

// ledger counts what becomes of the rows of one file.
type ledger struct {
	used     int
	excluded map[Reason]int
}

func (l *ledger) exclude(r Reason) {
	if l.excluded == nil {
		l.excluded = map[Reason]int{}
	}
	l.excluded[r]++
}

// close turns the ledger into an account; the rows read are counted by the
// caller, so that a row that was forgotten shows.
func (l *ledger) close(source string, f Snapshot, read int) Account {
	a := Account{Source: source, File: f.File, Date: f.Date, Read: read, Used: l.used}
	for reason, rows := range l.excluded {
		a.Excluded = append(a.Excluded, Exclusion{reason, rows})
	}
	slices.SortFunc(a.Excluded, func(x, y Exclusion) int {
		return cmp.Or(cmp.Compare(x.Reason.Cause, y.Reason.Cause), cmp.Compare(x.Reason.Text, y.Reason.Text))
	})
	return a
}
