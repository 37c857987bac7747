package disclosure

import "mappa/internal/survey"

// Comparison is what another way of withholding would do.
type Comparison struct{ Cells, Hidden, Leaks int }

// Naive withholds as it is often done: what is below the threshold, and then in
// every row of options and every column of areas with one cell withheld the next
// smallest, once over. Leaks are the withheld cells that sums give back all the same,
// found by filling in what is missing again and again.
func Naive(in Input, policy Policy) Comparison {
	var out Comparison
	g := newGround(in.Frame, sent(in.Edition), policy.LeastArea)
	for i := range in.Tables {
		s := newSheet(g, &in, i, policy)
		s.cut(0)
		s.primary()
		lines := s.sums()
		for _, l := range lines {
			s.coverNext(l)
		}
		for at := range s.why[:s.published*s.columns] {
			if at%s.columns == s.base() || s.why[at] == unpublished || s.empty(at/s.columns) {
				continue
			}
			out.Cells++
			out.Hidden += one(s.why[at].hidden())
		}
		out.Leaks += s.filled(lines)
	}
	return out
}

// sums are cells of which the first is the sum of the others.
func (s *sheet) sums() (out [][]int) {
	for _, sum := range s.frame.Sums {
		for col := range s.columns {
			l := []int{s.at(sum.Total, col)}
			for _, p := range sum.Parts {
				if !s.empty(p) {
					l = append(l, s.at(p, col))
				}
			}
			out = append(out, l)
		}
	}
	if s.q.Many() || s.q.Shape == survey.Ranking {
		return out
	}
	for area := range s.published {
		l := []int{s.at(area, s.base())}
		for o := range s.q.Options {
			l = append(l, s.at(area, o))
		}
		out = append(out, l)
	}
	return out
}

// coverNext withholds the next smallest where one cell of a sum is withheld alone.
func (s *sheet) coverNext(cells []int) {
	n, best := 0, -1
	for _, at := range cells {
		if s.why[at].hidden() {
			n++
		} else if at%s.columns != s.base() && (best < 0 || s.num[at] < s.num[best]) {
			best = at
		}
	}
	if n == 1 && best >= 0 {
		s.why[best] = cover
	}
}

// filled is how many withheld cells follow from sums with one cell missing, again
// and again.
func (s *sheet) filled(lines [][]int) (n int) {
	known := make([]bool, len(s.why))
	for at, why := range s.why {
		known[at] = !why.hidden()
	}
	for again := true; again; {
		again = false
		for _, l := range lines {
			missing, which := 0, 0
			for _, at := range l {
				if !known[at] {
					missing, which = missing+1, at
				}
			}
			if missing == 1 {
				known[which], again = true, true
				n += one(s.why[which] != unpublished)
			}
		}
	}
	return n
}
