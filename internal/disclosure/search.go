package disclosure

import (
	"cmp"
	"slices"
)

// witness is other answers that print the same.
type witness []change

// bounds is how far the witnesses move a cell, and who is moved by every one of
// them that does.
type bounds struct {
	low, high       int32
	lowest, highest witness // that reach furthest; nil: the truth
	moved           bool
	movers          []int32 // ascending
}

// target is a cell of a sheet.
type target struct {
	sheet *sheet
	at    int
}

// search finds witnesses for the withheld cells of a family, and withholds more
// where there are none.
type search struct {
	*family
	witnesses []witness
	queue     []target
	failed    []target
	used      []bool // by Comune: may not be moved now
	touched   []target
	order     []uint64     // scratch of broken
	left      [2][][]int32 // scratch of hunt.unused
}

// mostCost is more than anything that may be withheld.
const mostCost = 1 << 30

// run settles all withheld cells.
func (x *search) run() {
	for _, s := range x.sheets {
		for at := range s.why {
			if s.needs(at) {
				x.queue = append(x.queue, target{s, at})
			}
		}
	}
	slices.SortStableFunc(x.queue, func(a, b target) int {
		return cmp.Compare(a.sheet.num[a.sheet.at(a.at/a.sheet.columns, a.sheet.base())], b.sheet.num[b.sheet.at(b.at/b.sheet.columns, b.sheet.base())])
	})
	x.settle()
	x.queue, x.failed = x.failed, nil // what others were found for may have settled it
	x.settle()
	if len(x.failed) == 0 && !slices.ContainsFunc(x.sheets, func(s *sheet) bool { return s.fixed != nil }) {
		x.prune()
	}
}

// settle works off the queue.
func (x *search) settle() {
	for len(x.queue) > 0 {
		t := x.queue[0]
		x.queue = x.queue[1:]
		for !t.settled() {
			if !x.extend(t) {
				x.failed = append(x.failed, t)
				break
			}
		}
	}
}

// needs reports whether a cell is withheld and holds something that not
// everybody knows.
func (s *sheet) needs(at int) bool {
	return s.why[at] > unpublished && s.room(at) > 0
}

// room is how far a cell can be from the truth at all: the respondents of the area
// whose answer is not known to everybody.
func (s *sheet) room(at int) int32 {
	area := at / s.columns
	if at%s.columns == s.base() {
		return s.askedFree[area]
	}
	return s.secret[s.at(area, s.base())]
}

// width is how far apart two solutions for a cell must be.
func (s *sheet) width(at int) int32 {
	if s.why[at] == cover {
		return min(int32(s.policy.WidthCover), s.room(at))
	}
	w := int32(s.policy.Width)
	if s.least(at%s.columns) == int32(s.policy.LeastReserved) {
		w = int32(s.policy.WidthReserved)
	}
	return min(w, s.room(at))
}

// settled reports whether the witnesses of a cell are far enough apart, and
// whoever is moved by all of them learns nothing by knowing its own answer.
func (t target) settled() bool {
	return t.settles(&t.sheet.bounds[t.at])
}

func (t target) settles(b *bounds) bool {
	return b.high-b.low >= t.sheet.width(t.at) && len(t.insiders(b)) == 0
}

// insiders are the respondents that every witness of a cell moves: knowing their
// own answer they can rule all of them out. Where an area has one secret only,
// that is the respondent's own.
func (t target) insiders(b *bounds) []int32 {
	s := t.sheet
	switch {
	case s.why[t.at] == cover:
		return nil
	case !b.moved || len(b.movers) == 0 || s.room(t.at) > 1:
		return b.movers
	}
	area := int32(t.at / s.columns)
	var out []int32
	for _, i := range b.movers {
		if !holds(s.of[i], int(area)) {
			out = append(out, i)
		}
	}
	return out
}

// extend finds one more witness for a cell; it reports whether there was one.
func (x *search) extend(t target) bool {
	b := &t.sheet.bounds[t.at]
	var from [2]witness
	var avoid []int32
	if b.high-b.low >= t.sheet.width(t.at) {
		avoid = t.insiders(b)[:1]
	} else {
		from = [2]witness{b.highest, b.lowest}
	}
	best := found{cost: mostCost}
	for k, sign := range [2]int32{1, -1} {
		if f := x.find(t, sign, from[k], avoid, best.cost); f.cost < best.cost {
			best = f
		}
		if best.cost == 0 {
			break
		}
	}
	for k, sign := range [2]int32{1, -1} {
		if best.cost == mostCost && avoid == nil {
			best = x.chain(t, sign, from[k])
		}
	}
	if best.cost == mostCost {
		return false
	}
	for _, h := range best.broken {
		x.hide(h)
	}
	x.accept(best.witness)
	return true
}

// chain finds a witness that moves a cell further than another one does, from the
// truth: where the other moved so many that nobody is left to go on with.
func (x *search) chain(t target, sign int32, than witness) found {
	b := &t.sheet.bounds[t.at]
	steps := b.high
	if sign < 0 {
		steps = -b.low
	}
	last := found{cost: mostCost}
	if than == nil {
		return last
	}
	var w witness
	for range steps + 1 {
		if last = x.find(t, sign, w, nil, mostCost); last.cost == mostCost {
			return last
		}
		w = last.witness
	}
	return last
}

func (x *search) hide(t loss) {
	s, area := t.sheet, t.at/t.sheet.columns
	if t.layer != shares {
		s.lacks[t.at] |= t.layer
		s.printed[t.at] = s.without(t.at, s.complete[t.at])
		return
	}
	before := slices.Clone(s.why[s.at(area, 0):s.at(area+1, 0)])
	s.hide(area, t.at%s.columns, cover)
	for col, why := range before {
		if at := s.at(area, col); why != s.why[at] && s.needs(at) {
			x.queue = append(x.queue, target{s, at})
		}
	}
}

// accept keeps a witness and notes what it moves.
func (x *search) accept(w witness) {
	x.witnesses = append(x.witnesses, w)
	movers := w.movers()
	x.apply(w, 1)
	for _, t := range x.touched {
		d := t.sheet.num[t.at] - t.sheet.truth[t.at]
		if d == 0 {
			continue
		}
		b := &t.sheet.bounds[t.at]
		if d > b.high {
			b.high, b.highest = d, w
		}
		if d < b.low {
			b.low, b.lowest = d, w
		}
		if !b.moved {
			b.moved, b.movers = true, movers
		} else if len(b.movers) > 0 {
			b.movers = common(b.movers, movers)
		}
	}
	x.apply(w, -1)
}

// movers are the respondents that a witness moves, ascending.
func (w witness) movers() []int32 {
	var out []int32
	for _, c := range w {
		out = append(out, c.comune)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func common(a, b []int32) (out []int32) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			out = append(out, x)
		}
	}
	return out
}
