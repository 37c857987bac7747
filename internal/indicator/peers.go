package indicator

import (
	"cmp"
	"math"
	"slices"

	"mappa/internal/atlas"
)

// densityWeight is how much the density of a Comune counts beside its
// residents when peers are chosen: both as differences of logarithms, so that
// twice as many is as far as half as many. The weight is printed on the page.
const densityWeight = 0.35

// Peers lists, for every Comune, the n most like it: same size class, same
// ripartizione (all of Italy where the ripartizione has too few), then nearest
// by residents (weight 1) and density (weight 0.35), both on a logarithmic
// scale. Ties are broken by the atlas's order.
func Peers(a *atlas.Atlas, n int) [][]int {
	type key struct{ rip, class int }
	groups := map[key][]int{}
	everywhere := map[int][]int{}
	for i, c := range a.Comuni {
		k := key{c.Rip, c.Class[0]}
		groups[k] = append(groups[k], i)
		everywhere[k.class] = append(everywhere[k.class], i)
	}
	size, dense := logs(a)
	out := make([][]int, len(a.Comuni))
	for k, group := range groups {
		among := group
		if len(group) <= n {
			among = everywhere[k.class]
		}
		for _, i := range group {
			out[i] = nearest(i, among, size, dense, n)
		}
	}
	return out
}

// logs are the logarithms of residents and of residents per km².
func logs(a *atlas.Atlas) (size, dense []float64) {
	size, dense = make([]float64, len(a.Comuni)), make([]float64, len(a.Comuni))
	for i, c := range a.Comuni {
		size[i] = math.Log(float64(max(c.Residents, 1)))
		if c.AreaKm2 > 0 {
			dense[i] = size[i] - math.Log(c.AreaKm2)
		}
	}
	return size, dense
}

type candidate struct {
	comune int
	far    float64
}

// nearest keeps the n best in a short sorted list: groups are long, n is small.
func nearest(i int, group []int, size, dense []float64, n int) []int {
	best := make([]candidate, 0, n+1)
	for _, j := range group {
		if j == i {
			continue
		}
		c := candidate{j, math.Abs(size[i]-size[j]) + float64(densityWeight*math.Abs(dense[i]-dense[j]))}
		if len(best) == n && c.far >= best[n-1].far {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, func(x, y candidate) int {
			return cmp.Or(cmp.Compare(x.far, y.far), cmp.Compare(x.comune, y.comune))
		})
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), n)]
	}
	out := make([]int, len(best))
	for k, c := range best {
		out[k] = c.comune
	}
	return out
}
