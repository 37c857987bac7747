package source

import (
	"cmp"
	"slices"
)

// Reasons that do not come from a manifest.
const (
	reasonFault    = "riga con un errore"
	reasonRepeated = "riga ripetuta"
)

// ledger counts what becomes of the rows of one file.
type ledger struct {
	used     int
	excluded map[string]int
}

func (l *ledger) exclude(reason string) {
	if l.excluded == nil {
		l.excluded = map[string]int{}
	}
	l.excluded[reason]++
}

// close turns the ledger into an account; the rows read are counted by the
// caller, so that a row that was forgotten shows.
func (l *ledger) close(source string, f Snapshot, read int) Account {
	a := Account{Source: source, File: f.File, Date: f.Date, Read: read, Used: l.used}
	for reason, rows := range l.excluded {
		a.Excluded = append(a.Excluded, Exclusion{reason, rows})
	}
	slices.SortFunc(a.Excluded, func(x, y Exclusion) int { return cmp.Compare(x.Reason, y.Reason) })
	return a
}
