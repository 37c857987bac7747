package atlas

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"mappa/internal/diag"
)

// body is a Comune standing at some date.
type body struct{ cad, name string }

// state is the Comuni in force at a date, by ISTAT code.
type state map[string]body

// renumbers says whether the Comune stays the same under a new code.
func (k EventKind) renumbers() bool {
	return k == Renumbering || k == ProvinceMove || k == RegionMove
}

// ends says whether the old Comune is no more afterwards.
func (k EventKind) ends() bool { return k == Merger || k == Incorporation }

// stateAt brings the list in force to the display date, and walks through all
// other variations too, so that each is checked whatever the date. An event
// whose day is not known counts from the last day of its interval on.
func stateAt(in Input, display Date, list *diag.List) state {
	newest := in.Lists[len(in.Lists)-1]
	now := make(state, len(newest.Places))
	for _, p := range newest.Places {
		now[p.ISTAT] = body{p.Cadastral, p.Name}
	}
	days := eventDays(in.Variations.Events)
	cut, _ := slices.BinarySearchFunc(days, newest.Source.Date, func(d []Event, at Date) int { return cmp.Compare(d[0].To, at+1) })
	var found state
	past := maps.Clone(now)
	for _, day := range slices.Backward(days[:cut]) {
		if found == nil && day[0].To <= display {
			found = maps.Clone(past)
		}
		undo(past, day, in, list)
	}
	if found == nil && display <= newest.Source.Date {
		found = past
	}
	if display > newest.Source.Date {
		found = nil
	}
	for _, day := range days[cut:] {
		if found == nil && day[0].To > display {
			found = maps.Clone(now)
		}
		do(now, day, in, list)
	}
	if found == nil {
		found = now
	}
	return found
}

// eventDays groups events by the day from which they count.
func eventDays(events []Event) [][]Event {
	sorted := sortEvents(events)
	var days [][]Event
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end].To == sorted[start].To {
			end++
		}
		days = append(days, sorted[start:end])
		start = end
	}
	return days
}

func sortEvents(events []Event) []Event {
	out := slices.Clone(events)
	slices.SortStableFunc(out, func(a, b Event) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Line, b.Line)) })
	return out
}

// undo takes the state after a day's events back to the one before.
func undo(s state, day []Event, in Input, list *diag.List) {
	for _, e := range day {
		if got, ok := s[e.NewISTAT]; !ok || got.cad != e.NewCadastral {
			in.report(list, e, fmt.Sprintf("the new code %q (%s) is not in force after this variation: %s", e.NewISTAT, e.NewCadastral, whoBears(got, ok)),
				"correct the code, or add the variation that followed")
		} else if e.Kind == Renaming {
			s[e.NewISTAT] = body{got.cad, e.OldName}
		}
	}
	for _, e := range day {
		if e.Kind == Merger || e.Kind == Institution || e.Kind.renumbers() {
			delete(s, e.NewISTAT)
		}
	}
	for _, e := range day {
		if !e.Kind.ends() && !e.Kind.renumbers() {
			continue
		}
		if got, taken := s[e.OldISTAT]; taken && got.cad != e.OldCadastral {
			in.report(list, e, fmt.Sprintf("the old code %q belongs to %s (%s) before this variation already", e.OldISTAT, got.name, got.cad), "correct the code or the dates")
			continue
		}
		s[e.OldISTAT] = body{e.OldCadastral, e.OldName}
	}
}

// do takes the state before a day's events on to the one after.
func do(s state, day []Event, in Input, list *diag.List) {
	for _, e := range day {
		if got, ok := s[e.OldISTAT]; !ok || got.cad != e.OldCadastral {
			in.report(list, e, fmt.Sprintf("the old code %q (%s) is not in force on %s: %s", e.OldISTAT, e.OldCadastral, e.To, whoBears(got, ok)),
				"correct the code or the dates")
		}
	}
	for _, e := range day {
		if e.Kind.ends() || e.Kind.renumbers() {
			delete(s, e.OldISTAT)
		}
	}
	for _, e := range day {
		if e.Kind == Merger || e.Kind == Institution || e.Kind == Renaming || e.Kind.renumbers() {
			s[e.NewISTAT] = body{e.NewCadastral, e.NewName}
		}
	}
}

// report reports a variation that does not fit the others, unless one that could
// not be read may be the reason.
func (in Input) report(list *diag.List, e Event, text, hint string) {
	if !in.Doubt.event(e) {
		list.Add(in.Variations.problem(e, text, hint))
	}
}

func whoBears(b body, known bool) string {
	if !known {
		return "nobody bears it"
	}
	return fmt.Sprintf("%s (%s) bears it", b.name, b.cad)
}
