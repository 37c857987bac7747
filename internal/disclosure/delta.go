package disclosure

import (
	"cmp"
	"fmt"
	"slices"

	"mappa/internal/survey"
)

// change is one respondent who said something else to one item.
type change struct {
	sheet  *sheet
	comune int32
	to     reply
}

// delta is something that a respondent can have said otherwise, there and back.
// Whoever can go up moves the counts of columns by steps; whoever can go down
// moves them by as much the other way. What a respondent says after it is always
// a form that could have been filled in: one answer in a single choice, "none"
// alone, no place of a ranking given twice, and what it leads to answered.
type delta struct {
	steps []step
	up    func(comune int) []change // nil: cannot
	down  func(comune int) []change

	ups, downs [][]int32 // by bucket: Comuni that can, fewest residents first; made when first asked for
}

// step is how a delta moves one column.
type step struct {
	sheet *sheet
	col   int
	by    int32
}

// steps of a respondent that goes from one reply to another.
func (s *sheet) steps(from, to reply) (out []step) {
	for col := range s.columns {
		a, b := s.has(from, col), s.has(to, col)
		if a != b {
			by := int32(1)
			if a {
				by = -1
			}
			out = append(out, step{s, col, by})
		}
	}
	return out
}

// lists sorts the respondents by bucket into those that can go up and down.
func (d *delta) lists(g *ground, respondents []int32) {
	if d.ups != nil {
		return
	}
	d.ups, d.downs = make([][]int32, len(g.inside)), make([][]int32, len(g.inside))
	for _, i := range respondents { // fewest residents first
		b := g.bucket[i]
		if d.up(int(i)) != nil {
			d.ups[b] = append(d.ups[b], i)
		}
		if d.down(int(i)) != nil {
			d.downs[b] = append(d.downs[b], i)
		}
	}
}

// family is sheets that logic ties together: questions and those that their
// answers lead to, the places of a ranking, the rows of percentages that add up.
type family struct {
	*ground
	sheets      []*sheet
	respondents []int32               // fewest residents first
	deltas      map[string]*delta     // made so far
	moves       map[target][]directed // by column: the deltas that raise it
}

// replace is the delta of going from one reply to another. Where a question that
// the answers lead to is asked after the one and not after the other, what was
// said there goes with it: then is what those that can go down said to the items
// that are led to.
func (f *family) replace(s *sheet, from, to reply, then []reply) *delta {
	key := fmt.Sprint("r", s.index, from, to, then)
	if d := f.deltas[key]; d != nil {
		return d
	}
	d := &delta{steps: s.steps(from, to)}
	var led []*sheet
	if then != nil {
		led = s.subtree()
		for k, x := range led {
			if then[k].state != away {
				d.steps = append(d.steps, x.steps(reply{0, past}, then[k])...)
			}
		}
	}
	pasts := func(r reply) reply {
		if r.state == away {
			return r
		}
		return reply{0, past}
	}
	can := func(comune int, have, want reply, of func(reply) reply) bool {
		if s.replies[comune] != have || !s.free[comune] || !s.fits(comune, want) {
			return false
		}
		for k, x := range led {
			if x.replies[comune] != of(then[k]) || x.replies[comune].state != away && !x.free[comune] {
				return false
			}
		}
		return true
	}
	make := func(comune int, want reply, of func(reply) reply) []change {
		out := []change{{s, int32(comune), want}}
		for k, x := range led {
			if then[k].state != away {
				out = append(out, change{x, int32(comune), of(then[k])})
			}
		}
		return out
	}
	same := func(r reply) reply { return r }
	d.up = func(comune int) []change {
		if !can(comune, from, to, pasts) {
			return nil
		}
		return make(comune, to, same)
	}
	d.down = func(comune int) []change {
		if !can(comune, to, from, same) {
			return nil
		}
		return make(comune, from, pasts)
	}
	d.lists(f.ground, f.respondents)
	f.deltas[key] = d
	return d
}

// subtree is the items that the answers lead to, at once or later.
func (s *sheet) subtree() []*sheet {
	var out []*sheet
	for _, x := range s.led {
		out = append(out, x)
		out = append(out, x.subtree()...)
	}
	return out
}

// leads reports whether a reply leads to an item.
func (s *sheet) leads(r reply, to *sheet) bool {
	return r.state == said && r.set.Meets(to.q.Route.Any)
}

// turns says what becomes of those that are led on when a reply changes: 0 as
// before, 1 they are led there now, -1 no more; ok is false where it differs from
// item to item.
func (s *sheet) turns(from, to reply) (turn int, ok bool) {
	for i, x := range s.led {
		t := 0
		if a, b := s.leads(from, x), s.leads(to, x); a != b {
			t = 1
			if a {
				t = -1
			}
		}
		if i > 0 && t != turn {
			return 0, false
		}
		turn = t
	}
	return turn, true
}

// replacing are the deltas from one reply to another: one, or one for each thing
// that respondents said to the items that they are led to.
func (f *family) replacing(s *sheet, from, to reply, local []int32) []*delta {
	turn, ok := s.turns(from, to)
	switch {
	case !ok:
		return nil
	case turn == 0:
		return []*delta{f.replace(s, from, to, nil)}
	case turn < 0:
		return nil // written the other way round by reversed
	}
	var out []*delta
	for _, then := range s.said(f.respondents, to, local) {
		out = append(out, f.replace(s, from, to, then))
	}
	return out
}

// mostThens bounds how many different things said to the items led to are tried.
const mostThens = 12

// said are the most frequent things that respondents with a reply said to the
// items that they were led to.
func (s *sheet) said(respondents []int32, r reply, local []int32) [][]reply {
	led := s.subtree()
	type entry struct {
		then []reply
		n    int
		near bool
	}
	at := map[string]*entry{}
	var all []*entry
	for _, i := range respondents {
		if s.replies[i] != r {
			continue
		}
		var then []reply
		for _, x := range led {
			then = append(then, x.replies[i])
		}
		key := fmt.Sprint(then)
		if at[key] == nil {
			at[key] = &entry{then: then}
			all = append(all, at[key])
		}
		at[key].n++
		at[key].near = at[key].near || slices.Contains(local, i)
	}
	slices.SortStableFunc(all, func(a, b *entry) int { return cmp.Compare(b.n, a.n) })
	var out [][]reply
	for i, e := range all {
		if i < mostThens || e.near {
			out = append(out, e.then)
		}
	}
	return out
}

// directed is a delta that is taken up (1) or down (-1).
type directed struct {
	*delta
	sign int32
}

// both puts a pair of replies into the direction in which it is written down.
func (f *family) both(s *sheet, from, to reply, local []int32) (out []directed) {
	if turn, ok := s.turns(from, to); ok && turn < 0 {
		for _, d := range f.replacing(s, to, from, local) {
			out = append(out, directed{d, -1})
		}
		return out
	}
	for _, d := range f.replacing(s, from, to, local) {
		out = append(out, directed{d, 1})
	}
	return out
}

// tick is the delta of ticking one more option of several, and of unticking it.
func (f *family) tick(s *sheet, option int, head bool) *delta {
	key := fmt.Sprint("t", s.index, option, head)
	if d := f.deltas[key]; d != nil {
		return d
	}
	d := &delta{steps: []step{{s, option, 1}}}
	if head {
		d.steps = append(d.steps, step{s, s.headline(), 1})
	}
	alone := s.alone()
	bit := survey.Set(0).With(option)
	can := func(comune int, with bool) (survey.Set, bool) {
		r := s.replies[comune]
		if r.state != said || !s.free[comune] || r.set.Meets(alone) || r.set.Has(option) != with {
			return 0, false
		}
		out := r.set ^ bit
		if out == 0 {
			return 0, false
		}
		turns := r.set.Meets(s.q.Headline.Any) != out.Meets(s.q.Headline.Any)
		if turn, ok := s.turns(r, reply{out, said}); !ok || turn != 0 {
			return 0, false
		}
		return out, turns == head
	}
	d.up = func(comune int) []change {
		if set, ok := can(comune, false); ok {
			return []change{{s, int32(comune), reply{set, said}}}
		}
		return nil
	}
	d.down = func(comune int) []change {
		if set, ok := can(comune, true); ok {
			return []change{{s, int32(comune), reply{set, said}}}
		}
		return nil
	}
	d.lists(f.ground, f.respondents)
	f.deltas[key] = d
	return d
}

// alone are the options that rule out every other.
func (s *sheet) alone() (out survey.Set) {
	for o, option := range s.q.Options {
		if option.Exclusive || option.DontKnow {
			out = out.With(o)
		}
	}
	return out
}
