package disclosure

import (
	"cmp"
	"slices"
)

// found is a witness and the cells that must be withheld for it.
type found struct {
	witness witness
	cost    int
	broken  []loss
}

// loss is a figure that cannot be shown beside a witness.
type loss struct {
	target
	layer layer
}

// pattern is from which buckets respondents go up (first, and fourth) and down.
type pattern struct {
	directed
	buckets [4]int32
	n       int
	cost    int // lower bound
}

// Bounds on how hard is looked for a witness: patterns that look free are tried
// at once; of the others so many of the cheapest are kept.
const (
	mostFree       = 64
	mostDear       = 16
	frozenPatience = 32 // times as many where earlier figures stand fast
)

// find looks for the cheapest witness that moves a cell one further than the
// witness from does, and moves none of avoid.
func (x *search) find(t target, sign int32, from witness, avoid []int32, below int) found {
	for _, c := range from {
		x.used[c.comune] = true
	}
	for _, i := range avoid {
		x.used[i] = true
	}
	best := found{cost: below}
	h := hunt{search: x, target: t, sign: sign, from: from, best: &best, patience: 1}
	if t.sheet.fixed != nil { // most of what stands against a witness cannot be withheld
		h.patience = frozenPatience
	}
	x.apply(from, 1)
	for _, col := range x.moving(t.sheet, t.at%t.sheet.columns, t.local(x.respondents)) {
		if h.done() {
			break
		}
		h.patterns(directed{col.delta, col.sign * sign})
	}
	x.apply(from, -1)
	slices.SortStableFunc(h.dear, func(a, b pattern) int { return cmp.Compare(a.cost, b.cost) })
	for _, p := range h.dear {
		if p.cost >= best.cost {
			break
		}
		h.try(p)
	}
	for _, c := range from {
		x.used[c.comune] = false
	}
	for _, i := range avoid {
		x.used[i] = false
	}
	if best.witness == nil {
		best.cost = mostCost
	}
	return best
}

// fewLocal is how many respondents of a cell are looked at one by one.
const fewLocal = 8

// local are the respondents that could move a cell, if they are few.
func (t target) local(respondents []int32) (out []int32) {
	if t.sheet.room(t.at) > fewLocal {
		return nil
	}
	area, s := t.at/t.sheet.columns, t.sheet
	for _, i := range respondents {
		if s.holds[s.bucket[i]][area] && s.replies[i].state != away {
			out = append(out, i)
		}
	}
	return out
}

// hunt is the search for one witness.
type hunt struct {
	*search
	target
	sign     int32
	from     witness
	best     *found
	free     int
	dear     []pattern
	most     int      // cost of the dearest of dear, once it is full
	patience int      // times the bounds on how hard is looked
	lost     []losses // by area, of the delta that is looked at
}

func (h *hunt) done() bool { return h.best.cost == 0 || h.free >= h.patience*mostFree }

// patterns are a respondent of the cell's area alone; with another one outside
// it that does the reverse; and with three others, at the corners of a rectangle
// of regions and classes, so that no region and no class as a whole is moved.
func (h *hunt) patterns(d directed) {
	area := int32(h.at / h.target.sheet.columns)
	plus, minus := d.ups, d.downs
	if d.sign < 0 {
		plus, minus = minus, plus
	}
	plus, minus = h.unused(plus, 0), h.unused(minus, 1)
	priced := false
	for p := range h.inside {
		if len(plus[p]) == 0 || !h.holds[p][area] {
			continue
		}
		if !priced {
			h.price(d)
			priced = true
		}
		h.consider(pattern{directed: d, buckets: [4]int32{int32(p)}, n: 1})
		for q := range h.inside {
			if h.best.cost == 0 {
				return
			}
			if len(minus[q]) > 0 && !h.holds[q][area] {
				h.consider(pattern{directed: d, buckets: [4]int32{int32(p), int32(q)}, n: 2})
			}
		}
		at := h.corners[p]
		if at.region < 0 || at.class < 0 {
			continue
		}
		cross := h.cross[p]
		for r := range int32(h.regions) {
			q := cross[corner{region: r, class: at.class}.in(h.ground)]
			if r == at.region || q < 0 || len(minus[q]) == 0 {
				continue
			}
			for k := range int32(h.classes) {
				o, z := cross[corner{region: at.region, class: k}.in(h.ground)], cross[corner{region: r, class: k}.in(h.ground)]
				if k != at.class && o >= 0 && z >= 0 && len(minus[o]) > 0 && len(plus[z]) > 0 &&
					1-one(h.holds[q][area])-one(h.holds[o][area])+one(h.holds[z][area]) == 1 {
					h.consider(pattern{directed: d, buckets: [4]int32{int32(p), q, o, z}, n: 4})
				}
			}
		}
		if h.done() {
			return
		}
	}
}

// unused are the lists that have somebody left.
func (h *hunt) unused(lists [][]int32, slot int) [][]int32 {
	out := h.left[slot]
	if out == nil {
		out = make([][]int32, len(lists))
		h.left[slot] = out
	}
	for b, list := range lists {
		out[b] = nil
		for _, i := range list {
			if !h.used[i] {
				out[b] = list
				break
			}
		}
	}
	return out
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// signs is who goes up and who goes down in a pattern.
var signs = [4]int32{1, -1, -1, 1}

// consider tries a pattern at once if it looks free, and else keeps it for later
// if it is among the cheapest.
func (h *hunt) consider(p pattern) {
	if h.best.cost == 0 {
		return
	}
	limit := h.best.cost
	if len(h.dear) == h.patience*mostDear {
		limit = min(limit, h.most)
	}
	p.cost = h.cost(&p)
	switch {
	case p.cost >= limit:
	case p.cost == 0:
		if h.free < h.patience*mostFree {
			h.free++
			h.apply(h.from, -1)
			h.try(p)
			h.apply(h.from, 1)
		}
	case len(h.dear) < h.patience*mostDear:
		h.dear = append(h.dear, p)
		h.most = max(h.most, p.cost)
	default:
		worst := 0
		for i := range h.dear {
			if h.dear[i].cost > h.dear[worst].cost {
				worst = i
			}
		}
		h.dear[worst] = p
		h.most = 0
		for i := range h.dear {
			h.most = max(h.most, h.dear[i].cost)
		}
	}
}

// mostNet is how far a pattern can move an area: of its four respondents two go up.
const mostNet = 2

// losses are what would have to be withheld in an area that a delta moves by -2, -1,
// 0, 1, 2, by the shares alone.
type losses [2*mostNet + 1]int

// price fills in the losses of all areas for a delta.
func (h *hunt) price(d directed) {
	h.lost = slices.Grow(h.lost[:0], h.published)[:h.published]
	clear(h.lost)
	for _, st := range d.steps {
		s := st.sheet
		for area := range h.published {
			at := s.at(area, st.col)
			if !s.shown(at) {
				continue
			}
			flips := s.flipsAt(at)
			if flips == 0 {
				continue
			}
			price := s.price(at, shares)
			for k := range h.lost[area] {
				if by := mostNet + (k-mostNet)*int(st.by*d.sign); flips>>by&1 == 1 {
					h.lost[area][k] += price
				}
			}
		}
	}
}

// flipsAt says which moves of a shown cell, by -2 to 2 respondents, print it otherwise:
// a bit each. Those of the true counts are kept.
func (s *sheet) flipsAt(at int) uint8 {
	base := s.at(at/s.columns, s.base())
	if s.num[at] != s.truth[at] || s.num[base] != s.truth[base] {
		return s.newFlips(at, base)
	}
	if s.flips[at] == 0 {
		s.flips[at] = s.newFlips(at, base) | known
	}
	return s.flips[at] &^ known
}

// known marks flips that are kept.
const known = 1 << 7

func (s *sheet) newFlips(at, base int) (flips uint8) {
	for k := range 2*mostNet + 1 {
		n := s.num[at] + int32(k-mostNet)
		if at != base {
			n = s.shareOf(n, s.num[base])
		}
		if k != mostNet && n != s.printed[at].share {
			flips |= 1 << k
		}
	}
	return flips
}

// cost is what would have to be withheld for a pattern, by the shares alone.
func (h *hunt) cost(p *pattern) (cost int) {
	b := p.buckets[:p.n]
	for k := range b {
	areas:
		for _, area := range h.inside[b[k]] {
			if int(area) >= h.published {
				continue
			}
			for _, before := range b[:k] {
				if h.holds[before][area] {
					continue areas
				}
			}
			net := signs[k]
			for m := k + 1; m < len(b); m++ {
				if h.holds[b[m]][area] {
					net += signs[m]
				}
			}
			cost += h.lost[area][net+mostNet]
		}
	}
	return cost
}

// try puts respondents into a pattern and looks at all that is printed.
func (h *hunt) try(p pattern) {
	const choices = 2
	for choice := range choices {
		w, ok := h.fill(p, choice)
		if !ok {
			return
		}
		if broken, cost := h.broken(w, h.best.cost); cost < h.best.cost {
			*h.best = found{w, cost, broken}
			if cost <= p.cost {
				return
			}
		}
	}
}

// fill chooses the respondents of a pattern: the first that is left, and of its
// partners the one with about as many residents.
func (h *hunt) fill(p pattern, skip int) (witness, bool) {
	w := slices.Clone(h.from)
	var chosen [4]int32
	for k, b := range p.buckets[:p.n] {
		up := signs[k]*p.sign > 0
		list := p.downs[b]
		if up {
			list = p.ups[b]
		}
		i := int32(-1)
		if k%2 == 0 {
			i = h.leftover(list, skip, chosen[:k])
		} else {
			i = h.nearest(list, h.residents[chosen[k-1]], chosen[:k])
		}
		if i < 0 {
			return nil, false
		}
		chosen[k] = i
		w = append(w, p.changes(int(i), up)...)
	}
	return w, true
}

// leftover is the respondent of a list that may be moved, after so many others.
func (h *hunt) leftover(list []int32, skip int, not []int32) int32 {
	for _, i := range list {
		if h.used[i] || slices.Contains(not, i) {
			continue
		}
		if skip == 0 {
			return i
		}
		skip--
	}
	return -1
}

// nearest is the one with about so many residents.
func (h *hunt) nearest(list []int32, residents int64, not []int32) int32 {
	best, least := int32(-1), int64(-1)
	for _, i := range list {
		if h.used[i] || slices.Contains(not, i) {
			continue
		}
		if d := max(h.residents[i]-residents, residents-h.residents[i]); least < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}
