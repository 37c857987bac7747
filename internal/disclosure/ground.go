package disclosure

import (
	"cmp"
	"encoding/binary"
	"slices"

	"mappa/internal/estimate"
)

// ground is the areas as the search sees them. To the published areas it adds
// shadows: what is left of one when a cohort or the panel inside it is taken
// away. Nothing of a shadow is printed, but whoever subtracts has it.
type ground struct {
	frame     *estimate.Frame
	published int       // areas of the frame; the shadows come after
	areas     int       // with the shadows
	of        [][]int32 // by Comune: the areas it lies in
	residents []int64   // by Comune
	order     []int32   // all Comuni, fewest residents first
	bucket    []int32   // by Comune; Comuni of one bucket lie in the same areas
	inside    [][]int32 // by bucket: its areas
	holds     [][]bool  // by bucket and area
	corners   []corner  // by bucket
	cross     [][]int32 // by bucket: the buckets of its kind by region and class, -1 where there is none
	regions   int       // areas that are regions, in order of corner.region
	classes   int
	weight    []int  // by area: how much a reader loses with a cell there
	closed    []bool // by area: too few respondents, nothing is published of it
}

// corner is where a bucket lies in the cross of regions and classes. The rest of
// what tells buckets apart (cohorts, panel) is its kind.
type corner struct {
	region, class int32
	kind          string
}

// weights of the levels: of two cells that could be withheld, the one goes that
// fewer readers look for (declared).
func weights(l estimate.Level) int {
	switch l {
	case estimate.Italy:
		return 2000
	case estimate.Ripartizioni, estimate.Classes:
		return 150
	case estimate.PanelItaly:
		return 40
	case estimate.Regions:
		return 25
	case estimate.CohortAreas:
		return 8
	}
	return 4
}

func newGround(f *estimate.Frame, respondent []bool, leastArea int) *ground {
	g := &ground{frame: f, published: len(f.Areas), areas: len(f.Areas)}
	g.of = make([][]int32, len(respondent))
	for i := range g.of {
		g.residents = append(g.residents, int64(f.Residents(i)))
		for _, area := range f.Of(i) {
			g.of[i] = append(g.of[i], int32(area))
		}
	}
	for i := range g.of {
		g.order = append(g.order, int32(i))
	}
	slices.SortStableFunc(g.order, func(a, b int32) int { return cmp.Compare(g.residents[a], g.residents[b]) })
	g.close(respondent, leastArea)
	g.shadows(respondent)
	g.remainders()
	for range g.areas {
		g.weight = append(g.weight, 1)
	}
	for i := range f.Areas {
		g.weight[i] = weights(f.Areas[i].Level)
	}
	g.fill()
	return g
}

// close shuts the areas of two criteria that have too few respondents, and as
// many more as it takes that none of them is left alone in a sum. In a region both
// halves go.
func (g *ground) close(respondent []bool, least int) {
	g.closed = make([]bool, g.published)
	size := make([]int, g.published)
	for i, of := range g.of {
		if respondent[i] {
			for _, a := range of {
				size[a]++
			}
		}
	}
	var groups [][]int // of which none or at least two are shut
	byRip, byClass := map[int][]int{}, map[int][]int{}
	halves := map[int][]int{}
	for a, x := range g.frame.Areas {
		switch x.Level {
		case estimate.RipClasses:
			byRip[x.Rip], byClass[x.Class] = append(byRip[x.Rip], a), append(byClass[x.Class], a)
			g.closed[a] = size[a] < least
		case estimate.RegionSizes:
			halves[x.Region] = append(halves[x.Region], a)
		}
	}
	for _, two := range halves {
		if size[two[0]] < least || size[two[1]] < least {
			g.closed[two[0]], g.closed[two[1]] = true, true
		}
	}
	for r := range len(byRip) + len(byClass) + 8 {
		groups = append(groups, byRip[r], byClass[r])
	}
	for again := true; again; {
		again = false
		for _, group := range groups {
			shut, next := 0, -1
			for _, a := range group {
				if g.closed[a] {
					if size[a] > 0 {
						shut++
					}
				} else if next < 0 || size[a] < size[next] {
					next = a
				}
			}
			if shut == 1 && next >= 0 {
				g.closed[next], again = true, true
			}
		}
	}
}

// remainders adds what is left of a total when its published parts are taken away.
func (g *ground) remainders() {
	type of struct {
		rip, class int
		size       estimate.Size
	}
	at := map[of]int{}
	for i := range g.of {
		areas := g.frame.Of(i)
		rip, class, size, shutClass, shutSize := -1, -1, estimate.Size(0), false, false
		for _, a := range areas {
			switch x := g.frame.Areas[a]; x.Level {
			case estimate.RipClasses:
				rip, class, shutClass = x.Rip, x.Class, g.closed[a]
			case estimate.RegionSizes:
				size, shutSize = x.Size, g.closed[a]
			}
		}
		var keys []of
		if shutClass {
			keys = append(keys, of{rip, -1, 0}, of{-1, class, 0})
		}
		if shutSize {
			keys = append(keys, of{rip, -1, size})
		}
		for _, k := range keys {
			if _, ok := at[k]; !ok {
				at[k] = g.areas
				g.areas++
			}
			g.of[i] = append(g.of[i], int32(at[k]))
		}
	}
}

// shadows adds the differences of areas that lie inside each other by accident.
func (g *ground) shadows(respondent []bool) {
	size := make([]int, g.published)
	for i, of := range g.of {
		if respondent[i] {
			for _, a := range of {
				size[a]++
			}
		}
	}
	for inner, x := range g.frame.Areas {
		if x.Level != estimate.CohortAreas && x.Level != estimate.PanelItaly {
			continue
		}
		common := make([]int, g.published)
		for i, of := range g.of {
			if respondent[i] && holds(of, inner) {
				for _, a := range of[:len(g.frame.Of(i))] {
					common[a]++
				}
			}
		}
		for outer := range g.frame.Areas {
			if outer == inner || size[inner] == 0 || common[outer] != size[inner] || size[outer] == size[inner] {
				continue
			}
			for i, of := range g.of {
				if holds(of[:len(g.frame.Of(i))], outer) && !holds(of, inner) {
					g.of[i] = append(g.of[i], int32(g.areas))
				}
			}
			g.areas++
		}
	}
}

func holds(areas []int32, area int) bool {
	for _, a := range areas {
		if a == int32(area) {
			return true
		}
	}
	return false
}

// fill puts the Comuni into buckets.
func (g *ground) fill() {
	at := map[string]int32{}
	var key []byte
	for _, of := range g.of {
		key = key[:0]
		for _, a := range of {
			key = binary.AppendUvarint(key, uint64(a))
		}
		b, ok := at[string(key)]
		if !ok {
			b = int32(len(g.inside))
			at[string(key)] = b
			g.inside = append(g.inside, of)
			in := make([]bool, g.areas)
			for _, a := range of {
				in[a] = true
			}
			g.holds = append(g.holds, in)
			g.corners = append(g.corners, g.corner(of))
		}
		g.bucket = append(g.bucket, b)
	}
	g.lay()
}

// lay lays the buckets of each kind out by region and class, the first of several.
func (g *ground) lay() {
	kinds := map[string][]int32{}
	for b, c := range g.corners {
		cross := kinds[c.kind]
		if cross == nil {
			cross = slices.Repeat([]int32{-1}, g.regions*g.classes)
			kinds[c.kind] = cross
		}
		if c.region >= 0 && c.class >= 0 && cross[c.in(g)] < 0 {
			cross[c.in(g)] = int32(b)
		}
		g.cross = append(g.cross, cross)
	}
}

// in is the place of a corner in the cross of its kind.
func (c corner) in(g *ground) int { return int(c.region)*g.classes + int(c.class) }

func (g *ground) corner(of []int32) corner {
	c := corner{region: -1, class: -1}
	var kind []byte
	for _, a := range of {
		if int(a) >= g.published {
			continue // shadows follow from the rest
		}
		switch x := g.frame.Areas[a]; x.Level {
		case estimate.Regions:
			c.region = int32(x.Region)
			g.regions = max(g.regions, x.Region+1)
		case estimate.Classes:
			c.class = int32(x.Class)
			g.classes = max(g.classes, x.Class+1)
		case estimate.CohortAreas, estimate.PanelItaly:
			kind = binary.AppendUvarint(kind, uint64(a))
		}
	}
	c.kind = string(kind)
	return c
}
