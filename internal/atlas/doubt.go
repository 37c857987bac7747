package atlas

import (
	"maps"
	"strings"
)

// Doubt is what the territorial files said in rows that could not be read. The
// fault of such a row was reported; whoever then misses a place that the row may
// have named says nothing, so that one fault is one message and not a train of
// them. The zero value is no doubt.
type Doubt struct {
	all   bool
	words map[string]bool
}

// All puts everything in doubt: a file is not there, or its rows say nothing.
func (d *Doubt) All() { d.all = true }

// Row puts in doubt what a row may have named: its cells. It should hold so many
// ISTAT codes; where it holds fewer, it may have named any place.
func (d *Doubt) Row(codes int, cells ...string) {
	if d.words == nil {
		d.words = map[string]bool{}
	}
	for _, c := range cells {
		if code, _ := sixDigits(c); code != "" {
			d.words[code] = true
			codes--
		}
		if f := Fold(c); f != "" {
			d.words[f] = true
		}
	}
	if codes > 0 {
		d.All()
	}
}

// Of reports whether one of the words (codes, names) is in doubt.
func (d Doubt) Of(words ...string) bool {
	if d.all {
		return true
	}
	for _, w := range words {
		if len(d.words) > 0 && d.words[Fold(w)] {
			return true
		}
	}
	return false
}

// any reports whether anything is in doubt.
func (d Doubt) any() bool { return d.all || len(d.words) > 0 }

// event reports whether what a variation says hangs on something in doubt.
func (d Doubt) event(e Event) bool {
	return d.Of(e.OldISTAT, e.OldCadastral, e.NewISTAT, e.NewCadastral)
}

// followed is the doubt with the Comuni that became one in doubt, newest
// variation first.
func (d Doubt) followed(sorted []Event) Doubt {
	out := Doubt{d.all, maps.Clone(d.words)}
	for i := len(sorted) - 1; i >= 0; i-- {
		if e := sorted[i]; len(out.words) > 0 && out.Of(e.NewISTAT, e.NewCadastral) {
			out.Row(0, e.OldISTAT, e.OldCadastral, e.OldName)
		}
	}
	return out
}

// InDoubt reports whether one of the words by which a feed names a Comune (ISTAT
// or cadastral code, IPA id, name) may mean one that the Atlas lacks because of a
// fault in the territorial files, which was reported there.
func (a *Atlas) InDoubt(words ...string) bool {
	for _, w := range words {
		code, _ := sixDigits(w)
		if a.doubt.Of(strings.TrimPrefix(strings.ToLower(w), "c_"), code) {
			return true
		}
	}
	return false
}
