package disclosure

import (
	"cmp"
	"slices"

	"mappa/internal/estimate"
)

// apply counts the answers of a witness instead of the true ones (sign 1), or the
// true ones again (-1); touched is which cells that moved.
func (x *search) apply(w witness, sign int32) {
	if sign > 0 {
		x.touched = x.touched[:0]
	}
	for _, c := range w {
		s := c.sheet
		from := s.replies[c.comune]
		s.say(c, sign)
		for col := range s.columns {
			a, b := s.has(from, col), s.has(c.to, col)
			if a == b {
				continue
			}
			by := sign
			if a {
				by = -sign
			}
			s.move(int(c.comune), col, by)
			if sign > 0 {
				for _, area := range s.of[c.comune] {
					x.touch(target{s, s.at(int(area), col)})
				}
			}
		}
	}
	if sign < 0 {
		for _, t := range x.touched {
			t.sheet.mark[t.at] = false
		}
		for _, s := range x.sheets {
			s.other = nil
		}
	}
}

// say puts what a respondent says into now. Who left an item blank is not of the
// sample; who passed it by because of a blank is not either.
func (s *sheet) say(c change, sign int32) {
	from, to := s.replies[c.comune], c.to
	if sign < 0 {
		from, to = to, from
	}
	cell := s.grid.Cell[c.comune]
	if from.state != blank && to.state != blank || cell < 0 {
		s.now[c.comune] = to
		return
	}
	all := append(s.subtree(), s)
	for _, o := range all {
		if o.sampled(int(c.comune)) {
			o.counts.Sample[cell]--
		}
	}
	s.now[c.comune] = to
	for _, o := range all {
		if o.sampled(int(c.comune)) {
			o.counts.Sample[cell]++
		}
	}
}

// sampled reports whether a respondent is of the sample of an item: it answered,
// or was led past by an answer.
func (s *sheet) sampled(comune int) bool {
	switch s.now[comune].state {
	case said:
		return true
	case past:
		return s.lead != nil && s.lead.sampled(comune)
	}
	return false
}

// resample makes the designs of the sheets whose sample the witness changes, and
// touches all that is estimated with them.
func (x *search) resample() {
	for _, s := range x.sheets {
		if slices.Equal(s.counts.Sample, s.sample) {
			continue
		}
		s.other = estimate.NewDesign(s.grid, s.counts.Universe, s.counts.Sample)
		for area := range s.published {
			if s.gives[area] != (extras{}) {
				for col := range s.base() {
					x.touch(target{s, s.at(area, col)})
				}
			}
		}
	}
}

func (x *search) touch(t target) {
	if !t.sheet.mark[t.at] {
		t.sheet.mark[t.at] = true
		x.touched = append(x.touched, t)
	}
}

// move counts a respondent into a column (1), or out of it (-1).
func (s *sheet) move(comune, col int, by int32) {
	for _, area := range s.of[comune] {
		s.num[s.at(int(area), col)] += by
	}
	cell := s.grid.Cell[comune]
	if cell < 0 {
		return
	}
	t := &s.counts.Base[cell]
	if col != s.base() {
		t = &s.counts.Num[col][cell]
	}
	residents := int(s.residents[comune])
	t.Comuni += int(by)
	t.Residents += int(by) * residents
	t.Squares += int(by) * residents * residents
}

// half is the bits of a place among the touched cells; above them stands how cheap it is.
const half = 32

// broken are the shown cells that a witness would print otherwise, and what it
// costs to withhold them.
func (x *search) broken(w witness, below int) (out []loss, cost int) {
	x.apply(w, 1)
	defer x.apply(w, -1)
	x.spread()
	if x.shares(below) >= below { // before the estimates, which take longer
		return nil, mostCost
	}
	x.order = x.order[:0]
	for i, t := range x.touched {
		if s := t.sheet; s.shown(t.at) { // the dear ones first, they say soonest that it is too much
			x.order = append(x.order, uint64(mostCost-s.weight[t.at/s.columns])<<half|uint64(i))
		}
	}
	slices.Sort(x.order)
	var at []int
	for _, o := range x.order {
		i := int(o & (1<<half - 1))
		t := x.touched[i]
		s := t.sheet
		layers := []layer{shares}
		if s.share(t.at) == s.printed[t.at].share {
			layers = s.print(t.at).differs(s.printed[t.at])
		}
		for _, l := range layers {
			if cost += s.price(t.at, l); cost >= below {
				return nil, mostCost
			}
			at = append(at, i)
			out = append(out, loss{t, l})
		}
	}
	return inOrder(out, at), cost
}

// inOrder sorts losses by where they were touched.
func inOrder(losses []loss, at []int) []loss {
	order := make([]int, len(losses))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
	out := make([]loss, 0, len(losses))
	for _, i := range order {
		out = append(out, losses[i])
	}
	return out
}

// shares is the price of the shares that stand against what is applied, as far as
// below.
func (x *search) shares(below int) (cost int) {
	for _, t := range x.touched {
		if s := t.sheet; s.shown(t.at) && s.share(t.at) != s.printed[t.at].share {
			if cost += s.price(t.at, shares); cost >= below {
				break
			}
		}
	}
	return cost
}

// spread touches the shares of areas whose base moved, if only within: estimates
// weigh where it lies.
func (x *search) spread() {
	x.resample()
	for _, t := range slices.Clone(x.touched) {
		if s := t.sheet; t.at%s.columns == s.base() {
			for col := range s.base() {
				x.touch(target{s, s.at(t.at/s.columns, col)})
			}
		}
	}
}

// price of withholding a cell.
func (s *sheet) price(at int, l layer) int {
	area := at / s.columns
	switch {
	case s.fixed != nil && s.fixed[area]:
		return mostCost
	case l == ofResidents:
		return (s.weight[area] + 3) / 4
	case l == estimates:
		return (s.weight[area] + 1) / 2
	case at%s.columns == s.base():
		return s.weight[area] * s.columns
	case at%s.columns == s.headline(): // the one strong figure of a page
		const strong = 3
		return s.weight[area] * strong
	}
	return s.weight[area]
}
