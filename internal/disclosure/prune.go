package disclosure

import (
	"cmp"
	"slices"
)

// trace is what a witness does to the cells.
type trace struct {
	witness
	movers []int32
	cells  []moved
	gone   bool
}

// moved is a cell that a witness moves, and in which layers it would print
// otherwise.
type moved struct {
	target
	by    int32
	other []layer
}

// prune shows again what was withheld for witnesses that others found later have
// made needless: the dearest first.
func (x *search) prune() {
	traces := make([]*trace, len(x.witnesses))
	at := map[target][]*trace{}
	for i, w := range x.witnesses {
		traces[i] = x.trace(w)
		for _, c := range traces[i].cells {
			at[c.target] = append(at[c.target], traces[i])
		}
	}
	for _, l := range x.losses() {
		x.restore(l, at)
	}
	x.witnesses = nil
	for _, s := range x.sheets {
		clear(s.bounds)
	}
	for _, t := range traces {
		if !t.gone {
			x.accept(t.witness)
		}
	}
}

func (x *search) trace(w witness) *trace {
	t := &trace{witness: w, movers: w.movers()}
	x.apply(w, 1)
	x.spread()
	for _, c := range x.touched {
		s := c.sheet
		m := moved{target: c, by: s.num[c.at] - s.truth[c.at]}
		if area := c.at / s.columns; area < s.published && !s.empty(area) {
			m.other = s.full(c.at).differs(s.complete[c.at])
		}
		if m.by != 0 || m.other != nil {
			t.cells = append(t.cells, m)
		}
	}
	x.apply(w, -1)
	return t
}

// losses are what could be shown again, dearest first.
func (x *search) losses() (out []loss) {
	for _, s := range x.sheets {
		for at := range s.why {
			area, col := at/s.columns, at%s.columns
			if area >= s.published || col == s.base() || s.why[s.at(area, s.base())] != open {
				continue
			}
			if s.why[at] == cover {
				out = append(out, loss{target{s, at}, shares})
			}
			for _, l := range [...]layer{estimates, ofResidents} {
				if s.lacks[at]&l != 0 {
					out = append(out, loss{target{s, at}, l})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b loss) int {
		return cmp.Compare(b.sheet.price(b.at, b.layer), a.sheet.price(a.at, a.layer))
	})
	return out
}

// restore shows a figure again if the witnesses that print it otherwise can be
// spared.
func (x *search) restore(l loss, at map[target][]*trace) {
	s := l.sheet
	if l.layer != shares && s.why[l.at] != open {
		return
	}
	var spare []*trace
	for _, t := range at[l.target] {
		for _, c := range t.cells {
			if c.target == l.target && slices.Contains(c.other, l.layer) && !t.gone {
				spare = append(spare, t)
			}
		}
	}
	was := s.why[l.at]
	if l.layer == shares {
		s.why[l.at] = open
	}
	for _, t := range spare {
		t.gone = true
	}
	for _, t := range spare {
		for _, c := range t.cells {
			if c.sheet.needs(c.at) && !x.stands(c.target, at[c.target]) {
				for _, t := range spare {
					t.gone = false
				}
				s.why[l.at] = was
				return
			}
		}
	}
	if l.layer != shares {
		s.lacks[l.at] &^= l.layer
	} else {
		s.lacks[l.at] = 0
		for _, t := range at[l.target] { // the witnesses that stay may print the rest otherwise
			for _, c := range t.cells {
				if c.target == l.target && !t.gone {
					for _, other := range c.other {
						s.lacks[l.at] |= other
					}
				}
			}
		}
	}
	s.printed[l.at] = s.without(l.at, s.complete[l.at])
}

// stands reports whether the witnesses that are left settle a cell.
func (x *search) stands(t target, traces []*trace) bool {
	b := bounds{}
	for _, tr := range traces {
		if tr.gone {
			continue
		}
		for _, c := range tr.cells {
			if c.target != t || c.by == 0 {
				continue
			}
			b.low, b.high = min(b.low, c.by), max(b.high, c.by)
			if !b.moved {
				b.moved, b.movers = true, tr.movers
			} else {
				b.movers = common(b.movers, tr.movers)
			}
		}
	}
	return t.settles(&b)
}
