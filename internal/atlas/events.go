package atlas

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// checkEvents reports what is wrong with variations in themselves: dates the
// wrong way round, a line twice, a circle.
func checkEvents(v Variations, list *diag.List) {
	type key struct {
		kind     EventKind
		to       Date
		old, new string
	}
	first := map[key]int{}
	for _, e := range v.Events {
		if e.From > e.To {
			list.Add(v.problem(e, fmt.Sprintf("the interval begins on %s and ends before, on %s", e.From, e.To), "swap the two dates"))
		}
		k := key{e.Kind, e.To, e.OldISTAT, e.NewISTAT}
		if line, twice := first[k]; twice {
			list.Add(v.problem(e, fmt.Sprintf("the variation stands twice, first on line %d", line), "delete one of the lines"))
		} else {
			first[k] = e.Line
		}
	}
	circles(v, list)
}

// circles reports Comuni that end in one another. A Comune that was instituted
// again in between is no circle; a code that changes and later changes back is
// none either.
func circles(v Variations, list *diag.List) {
	next, again := map[string][]Event{}, map[string]bool{}
	for _, e := range sortEvents(v.Events) {
		switch {
		case e.Kind.ends() && e.OldCadastral != e.NewCadastral:
			next["end "+e.OldCadastral] = append(next["end "+e.OldCadastral], e)
		case e.Kind.renumbers():
			k := e.To.String() + " " + e.OldCadastral + " " + e.OldISTAT
			next[k] = append(next[k], e)
		case e.Kind == Institution:
			again["end "+e.NewCadastral] = true
		}
	}
	step := func(e Event) string {
		if e.Kind.ends() {
			return "end " + e.NewCadastral
		}
		return e.To.String() + " " + e.NewCadastral + " " + e.NewISTAT
	}
	done := map[string]bool{}
	var walk func(k string, path []string, codes []string)
	walk = func(k string, path, codes []string) {
		if at := slices.Index(path, k); at >= 0 {
			e := next[k][0]
			list.Add(v.problem(e, "the variations run in a circle: "+strings.Join(append(codes[at:], e.OldISTAT), " → "), "correct the codes, or the dates"))
			return
		}
		if done[k] || again[k] {
			return
		}
		for _, e := range next[k] {
			walk(step(e), append(slices.Clone(path), k), append(slices.Clone(codes), e.OldISTAT))
		}
		done[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(next)) {
		walk(k, nil, nil)
	}
}
