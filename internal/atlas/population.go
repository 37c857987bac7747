package atlas

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// population gives every Comune its residents and area: those of the Comuni
// that have become it, added up.
func (b *builder) population() {
	count := b.in.Population
	if len(count.Rows) == 0 {
		return
	}
	b.PopulationAt = b.vintage(count)
	b.list.Note(diag.Problem{File: count.File, Text: fmt.Sprintf("the codes are those of %s", b.PopulationAt)})
	counted := make([]bool, len(b.Comuni))
	seen := map[string]int{}
	for _, r := range count.Rows {
		at := func(text, hint string) {
			b.list.Add(diag.Problem{File: count.File, Line: r.Line, Text: text, Hint: hint})
		}
		if first, twice := seen[r.ISTAT]; twice {
			at(fmt.Sprintf("the code %q stands twice, first on line %d", r.ISTAT, first), "delete one of the rows")
			continue
		}
		seen[r.ISTAT] = r.Line
		i, ok := b.Trace(r.ISTAT, b.PopulationAt)
		switch {
		case ok:
			counted[i] = true
			b.Comuni[i].Residents += r.Residents
			b.Comuni[i].AreaKm2 += r.AreaKm2
		case len(b.bearersAt(r.ISTAT, b.PopulationAt)) == 0 && !b.in.Doubt.Of(r.ISTAT):
			at(fmt.Sprintf("the code %q was nobody's on %s", r.ISTAT, b.PopulationAt), b.hintCode(r.ISTAT))
		}
	}
	b.uncounted(count, counted)
}

// uncounted reports the Comuni without residents: an omission of the file, or
// the setting's fault where the file counts in one what merged later.
func (b *builder) uncounted(count Count, counted []bool) {
	var divided []string
	for i := range b.Comuni {
		c := &b.Comuni[i]
		switch {
		case b.mergesLater(c.Cadastral):
			c.Residents, c.AreaKm2 = 0, 0
			divided = append(divided, fmt.Sprintf("%s (%s)", c.Name, c.ISTAT))
		case !counted[i] && !b.lostCount(count, i):
			b.list.File(count.File, fmt.Sprintf("the residents of %s, code %q, are missing", c.Name, c.ISTAT), "add a row for it")
		}
	}
	if len(divided) > 0 {
		b.list.Add(b.set.problem(fmt.Sprintf("the residents of %s are not known on %s: the count is by the Comuni of %s, in which they had merged",
			strings.Join(divided, ", "), b.Display, b.PopulationAt), fmt.Sprintf("choose a display date from %s on, or put in a count by older codes", b.PopulationAt)))
	}
}

// lostCount says whether a row of the count that could not be read, or one of
// the territory, may be why a Comune has no residents.
func (b *builder) lostCount(count Count, comune int) bool {
	if b.in.Doubt.Of() || count.Doubt.Of() {
		return true
	}
	for _, s := range b.look.history.spans {
		if s.Comune == comune && (count.Doubt.Of(s.ISTAT) || b.in.Doubt.Of(s.ISTAT, s.Cadastral)) {
			return true
		}
	}
	return false
}

// mergesLater says whether the Comune takes part in a merger between the
// display date and the date of the count.
func (b *builder) mergesLater(cad string) bool {
	return slices.ContainsFunc(b.Events, func(e Event) bool {
		return e.Kind.ends() && e.To > b.Display && e.To <= b.PopulationAt && (e.OldCadastral == cad || e.NewCadastral == cad)
	})
}

// vintage is the date at which a count's codes hold. Offices count by the codes
// of another day than the one they count for, and do not say which; so the
// dates on which a code changed are tried, and the one with the fewest unknown
// and the fewest missing codes wins, of equal ones the nearest to the count's.
func (b *builder) vintage(count Count) Date {
	tries := []Date{count.Source.Date}
	for _, e := range b.Events {
		if e.OldISTAT != e.NewISTAT && !slices.Contains(tries, e.To) {
			tries = append(tries, e.To)
		}
	}
	slices.Sort(tries)
	in := make(map[string]bool, len(count.Rows))
	for _, r := range count.Rows {
		in[r.ISTAT] = true
	}
	unsure := slices.DeleteFunc(slices.Clone(b.Events), func(e Event) bool { return e.From == e.To })
	best, fewest := count.Source.Date, -1
	for _, d := range tries {
		if d < count.Source.Date && d < b.in.Variations.From {
			continue
		}
		faults := b.misfits(in, d, unsure)
		if fewest < 0 || faults < fewest || faults == fewest && apart(d, count.Source.Date) < apart(best, count.Source.Date) {
			best, fewest = d, faults
		}
	}
	return best
}

// misfits counts the codes that are in one of the two only: those given, and
// those in force at the date. A code that an event of unsure, one whose day is
// not known, gives or takes about that date may be in either.
func (b *builder) misfits(codes map[string]bool, at Date, unsure []Event) int {
	n, found := 0, 0
	for code, of := range b.look.history.byCode {
		valid := slices.ContainsFunc(of, func(i int) bool { return b.look.history.spans[i].holds(at) })
		switch {
		case valid && codes[code]:
			found++
		case valid && !slices.ContainsFunc(unsure, func(e Event) bool {
			return e.From <= at && at < e.To && (e.NewISTAT == code || e.OldISTAT == code)
		}):
			n++
		}
	}
	return n + len(codes) - found
}

// apart is how many days lie between two dates.
func apart(a, b Date) int {
	const hoursADay = 24
	d := int(a.Time().Sub(b.Time()).Hours()) / hoursADay
	return max(d, -d)
}
