package estimate

import "slices"

// leastInStratum is how many respondents a stratum has at least (spec 3): of fewer
// no variance can be told.
const leastInStratum = 5

// Stratum is a set of cells within which those that answered stand for those that
// did not.
type Stratum struct {
	Cells    []int // of the grid, ascending
	Universe int
	Sample   int
}

// Position is a stratum before any collapse: a size class in a ripartizione, or,
// where Region is not -1, in that region.
type Position struct{ Rip, Region, Class int }

// Collapse is a stratum that had too few respondents and was joined to another.
type Collapse struct {
	Position
	Universe int // of the class in the ripartizione or region alone
	Sample   int // 0: nobody answered, others stand for it entirely
	Into     Position
}

// rows are the strata of Italy before any collapse (a row for each ripartizione) or
// those of a region (one row).
type rows struct {
	at        []Position
	cells     [][]int
	universe  []int
	sample    []int
	classes   int
	neighbour []int // by row
}

// collapse joins the strata that are too small, in the declared order, and lists
// what it did. Fewer than leastInStratum respondents in all are one stratum that
// must not be used.
func (r *rows) collapse() (strata []Stratum, made []Collapse) {
	group := make([]int, len(r.at))
	for i := range group {
		group[i] = i
	}
	for _, seed := range r.seeds() {
		if r.total(group, group[seed]) >= leastInStratum {
			continue
		}
		for _, target := range r.targets(seed) {
			if r.total(group, group[seed]) >= leastInStratum {
				break
			}
			if group[target] == group[seed] {
				continue
			}
			made = append(made, Collapse{r.at[seed], r.universe[seed], r.sample[seed], r.at[target]})
			join(group, group[seed], group[target])
		}
	}
	for i := range group {
		if group[i] != i || r.universe[i] == 0 {
			continue
		}
		s := Stratum{Sample: r.total(group, i)}
		for j := range group {
			if group[j] == i {
				s.Universe += r.universe[j]
				s.Cells = append(s.Cells, r.cells[j]...)
			}
		}
		slices.Sort(s.Cells)
		strata = append(strata, s)
	}
	return strata, made
}

// seeds are the strata that have Comuni, in the order in which they are looked at:
// the largest class first, within it the ripartizioni in ISTAT's order.
func (r *rows) seeds() (out []int) {
	for class := r.classes - 1; class >= 0; class-- {
		for i := class; i < len(r.at); i += r.classes {
			if r.universe[i] > 0 {
				out = append(out, i)
			}
		}
	}
	return out
}

// targets are the strata that a sparse one may join, first choice first: the nearest
// smaller class of its ripartizione, without one the nearest larger; the same class
// in the neighbouring ripartizione; the other classes of its own, smaller ones
// first; whatever there is.
func (r *rows) targets(seed int) (out []int) {
	row, class := seed/r.classes, seed%r.classes
	var own []int
	for k := class - 1; k >= 0; k-- {
		own = append(own, row*r.classes+k)
	}
	for k := class + 1; k < r.classes; k++ {
		own = append(own, row*r.classes+k)
	}
	own = slices.DeleteFunc(own, func(i int) bool { return r.universe[i] == 0 })
	near := min(1, len(own))
	out = append(out, own[:near]...)
	if n := r.neighbour[row]; n >= 0 {
		out = append(out, n*r.classes+class)
	}
	out = append(out, own[near:]...)
	for i := range r.at {
		out = append(out, i)
	}
	return slices.DeleteFunc(out, func(i int) bool { return r.universe[i] == 0 })
}

func (r *rows) total(group []int, g int) (n int) {
	for i := range group {
		if group[i] == g {
			n += r.sample[i]
		}
	}
	return n
}

// join makes one group of two, named after its first member.
func join(group []int, a, b int) {
	first, second := min(a, b), max(a, b)
	for i := range group {
		if group[i] == second {
			group[i] = first
		}
	}
}

func newRows(classes int, neighbour []int) *rows {
	n := classes * len(neighbour)
	return &rows{classes: classes, neighbour: neighbour, at: make([]Position, 0, n), cells: make([][]int, 0, n),
		universe: make([]int, 0, n), sample: make([]int, 0, n)}
}

// italy are the strata of the whole: size class by ripartizione.
func (g *Grid) italy(universe, sample []int) *rows {
	r := newRows(g.Classes, g.Neighbour)
	for rip := range g.Neighbour {
		for class := range g.Classes {
			var cells []int
			for region, of := range g.Rip {
				if of == rip {
					cells = append(cells, region*g.Classes+class)
				}
			}
			r.add(Position{rip, -1, class}, cells, universe, sample)
		}
	}
	return r
}

// own are the strata of one region: its size classes.
func (g *Grid) own(region int, universe, sample []int) *rows {
	r := newRows(g.Classes, []int{-1})
	for class := range g.Classes {
		r.add(Position{g.Rip[region], region, class}, []int{region*g.Classes + class}, universe, sample)
	}
	return r
}

func (r *rows) add(at Position, cells, universe, sample []int) {
	u, s := 0, 0
	for _, c := range cells {
		u, s = u+universe[c], s+sample[c]
	}
	r.at, r.cells = append(r.at, at), append(r.cells, cells)
	r.universe, r.sample = append(r.universe, u), append(r.sample, s)
}
