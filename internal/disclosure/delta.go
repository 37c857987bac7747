package disclosure

import (
	"cmp"
	"encoding/binary"
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
	steps   []step
	can     func(comune int, up bool) bool
	changes func(comune int, up bool) []change // of one that can

	ups, downs [][]int32 // by bucket: Comuni that can, fewest residents first
}

// deltaKey names a delta: what kind of change it is, of which sheets and which
// options or replies, and what else tells it apart.
type deltaKey struct {
	kind     byte
	a, b     int
	from, to reply
	more     string
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

// lists sorts those that may be able to go up or down by bucket, into those that
// can.
func (d *delta) lists(g *ground, up, down []int32) {
	d.ups, d.downs = g.sort(up, func(i int) bool { return d.can(i, true) }), g.sort(down, func(i int) bool { return d.can(i, false) })
}

// sort lays Comuni out by bucket, those that fit, in the order in which they are.
func (g *ground) sort(comuni []int32, fits func(comune int) bool) [][]int32 {
	out := make([][]int32, len(g.inside))
	for _, i := range comuni {
		if fits(int(i)) {
			b := g.bucket[i]
			out[b] = append(out[b], i)
		}
	}
	return out
}

// family is sheets that logic ties together: questions and those that their
// answers lead to, the places of a ranking, the rows of percentages that add up.
type family struct {
	*ground
	cut         int // how much is not published of it: see cutAt
	sheets      []*sheet
	respondents []int32               // fewest residents first
	deltas      map[deltaKey]*delta   // made so far
	moves       map[target][]directed // by column: the deltas that raise it
}

// replace is the delta of going from one reply to another. Where a question that
// the answers lead to is asked after the one and not after the other, what was
// said there goes with it: then is what those that can go down said to the items
// that are led to.
func (f *family) replace(s *sheet, from, to reply, then []reply) *delta {
	key := deltaKey{'r', s.index, 0, from, to, encode(then)}
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
	ends := func(up bool) (have, want reply) {
		if up {
			return from, to
		}
		return to, from
	}
	// led on, a respondent says what is then; before, it passes that by
	says := func(k int, on bool) reply {
		if on || then[k].state == away {
			return then[k]
		}
		return reply{0, past}
	}
	d.can = func(comune int, up bool) bool {
		have, want := ends(up)
		if s.replies[comune] != have || !s.free[comune] || !s.fits(comune, want) {
			return false
		}
		for k, x := range led {
			if x.replies[comune] != says(k, !up) || x.replies[comune].state != away && !x.free[comune] {
				return false
			}
		}
		return true
	}
	d.changes = func(comune int, up bool) []change {
		_, want := ends(up)
		out := []change{{s, int32(comune), want}}
		for k, x := range led {
			if then[k].state != away {
				out = append(out, change{x, int32(comune), says(k, up)})
			}
		}
		return out
	}
	if led == nil && len(s.rows) == 0 { // whoever said the one can say the other
		d.ups, d.downs = f.able(s, from), f.able(s, to)
	} else {
		d.lists(f.ground, f.saying(s, from), f.saying(s, to))
	}
	f.deltas[key] = d
	return d
}

// sayers are who gave a reply.
type sayers struct {
	all  []int32   // fewest residents first
	able [][]int32 // by bucket: those whose answer is not known to everybody; made when first asked for
}

// saying are the respondents that gave a reply, fewest residents first.
func (f *family) saying(s *sheet, r reply) []int32 {
	if s.sayers == nil {
		s.sayers = map[reply]*sayers{}
		for _, i := range f.respondents {
			r := s.replies[i]
			if s.sayers[r] == nil {
				s.sayers[r] = &sayers{}
			}
			s.sayers[r].all = append(s.sayers[r].all, i)
		}
	}
	if by := s.sayers[r]; by != nil {
		return by.all
	}
	return nil
}

// able are those of them that may be moved, by bucket.
func (f *family) able(s *sheet, r reply) [][]int32 {
	all := f.saying(s, r)
	if all == nil {
		return make([][]int32, len(f.inside))
	}
	by := s.sayers[r]
	if by.able == nil {
		by.able = f.sort(all, func(i int) bool { return s.free[i] })
	}
	return by.able
}

// encode is replies as the key of a map.
func encode(replies []reply) string {
	var key []byte
	for _, r := range replies {
		key = binary.LittleEndian.AppendUint64(append(key, byte(r.state)), uint64(r.set))
	}
	return string(key)
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
	for _, then := range f.said(s, to, local) {
		out = append(out, f.replace(s, from, to, then))
	}
	return out
}

// mostThens bounds how many different things said to the items led to are tried.
const mostThens = 12

// said are the most frequent things that respondents with a reply said to the
// items that they were led to, and what those of local did.
func (f *family) said(s *sheet, r reply, local []int32) [][]reply {
	led := s.subtree()
	then := func(i int32) (out []reply) {
		for _, x := range led {
			out = append(out, x.replies[i])
		}
		return out
	}
	all, ok := s.thens[r]
	if !ok {
		at := map[string]int{}
		for _, i := range f.saying(s, r) {
			t := then(i)
			key := encode(t)
			k, seen := at[key]
			if !seen {
				k = len(all)
				at[key] = k
				all = append(all, after{then: t, key: key})
			}
			all[k].n++
		}
		slices.SortStableFunc(all, func(a, b after) int { return cmp.Compare(b.n, a.n) })
		if s.thens == nil {
			s.thens = map[reply][]after{}
		}
		s.thens[r] = all
	}
	near := map[string]bool{}
	for _, i := range local {
		if s.replies[i] == r {
			near[encode(then(i))] = true
		}
	}
	var out [][]reply
	for i, e := range all {
		if i < mostThens || near[e.key] {
			out = append(out, e.then)
		}
	}
	return out
}

// after is what some said to the items that they were led to, and how many did.
type after struct {
	then []reply
	key  string
	n    int
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
	key := deltaKey{kind: 't', a: s.index, b: 2*option + one(head)}
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
	d.can = func(comune int, up bool) bool { _, ok := can(comune, !up); return ok }
	d.changes = func(comune int, up bool) []change {
		set, _ := can(comune, !up)
		return []change{{s, int32(comune), reply{set, said}}}
	}
	d.lists(f.ground, f.respondents, f.respondents)
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
