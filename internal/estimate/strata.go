package estimate

import "slices"

// LeastInStratum is how many respondents a stratum has at least (spec 3): of fewer
// no variance can be told.
const LeastInStratum = 5

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
	classes   int
	neighbour []int   // by row
	rip       int     // of the region
	region    int     // -1: of Italy
	cells     [][]int // by row and class
	universe  []int
	sample    []int
}

func (r *rows) at(i int) Position {
	if r.region < 0 {
		return Position{i / r.classes, -1, i % r.classes}
	}
	return Position{r.rip, r.region, i}
}

// collapse joins the strata that are too small, in the declared order, and lists
// what it did. Where there are fewer than LeastInStratum respondents in all, there
// are no strata.
func (r *rows) collapse() (strata []Stratum, made []Collapse) {
	group := make([]int, len(r.cells)) // by stratum: the first of those it was joined with
	held := slices.Clone(r.sample)     // by group
	for i := range group {
		group[i] = i
	}
	for class := r.classes - 1; class >= 0; class-- {
		for seed := class; seed < len(group); seed += r.classes {
			if r.universe[seed] == 0 || held[group[seed]] >= LeastInStratum {
				continue
			}
			for _, target := range r.targets(seed) {
				if held[group[seed]] >= LeastInStratum {
					break
				}
				if group[target] != group[seed] {
					made = append(made, Collapse{r.at(seed), r.universe[seed], r.sample[seed], r.at(target)})
					join(group, held, group[seed], group[target])
				}
			}
		}
	}
	return r.strata(group, held), made
}

func (r *rows) strata(group, held []int) []Stratum {
	out := make([]Stratum, 0, len(group))
	for i, first := range group {
		switch {
		case first != i || r.universe[i] == 0:
			continue
		case held[i] < LeastInStratum:
			return nil
		}
		s := Stratum{Cells: r.cells[i], Universe: r.universe[i], Sample: held[i]}
		for j := i + 1; j < len(group); j++ {
			if group[j] == i {
				s.Universe += r.universe[j]
				s.Cells = append(slices.Clip(s.Cells), r.cells[j]...)
				slices.Sort(s.Cells)
			}
		}
		out = append(out, s)
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
	for i := range r.cells {
		out = append(out, i)
	}
	return slices.DeleteFunc(out, func(i int) bool { return r.universe[i] == 0 })
}

// join makes one group of two, named after its first member.
func join(group, held []int, a, b int) {
	first, second := min(a, b), max(a, b)
	for i := range group {
		if group[i] == second {
			group[i] = first
		}
	}
	held[first] += held[second]
}

// italy are the strata of the whole: size class by ripartizione.
func (g *Grid) italy(universe, sample []int) *rows {
	n := len(g.Neighbour) * g.Classes
	r := &rows{classes: g.Classes, neighbour: g.Neighbour, region: -1, cells: make([][]int, n), universe: make([]int, n), sample: make([]int, n)}
	for region, rip := range g.Rip {
		for class := range g.Classes {
			i, cell := rip*g.Classes+class, region*g.Classes+class
			r.cells[i] = append(r.cells[i], cell)
			r.universe[i] += universe[cell]
			r.sample[i] += sample[cell]
		}
	}
	return r
}

// own are the strata of one region: its size classes.
func (g *Grid) own(region int, universe, sample []int) *rows {
	from, to := region*g.Classes, (region+1)*g.Classes
	r := &rows{classes: g.Classes, neighbour: []int{-1}, rip: g.Rip[region], region: region,
		cells: make([][]int, g.Classes), universe: universe[from:to], sample: sample[from:to]}
	numbers := make([]int, g.Classes)
	for class := range numbers {
		numbers[class] = from + class
		r.cells[class] = numbers[class : class+1 : class+1]
	}
	return r
}
