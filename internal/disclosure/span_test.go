package disclosure

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"testing"

	"mappa/internal/estimate"
)

// prime is large enough that what is dependent by chance is not seen.
const prime = 1<<61 - 1

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, r := bits.Div64(hi, lo, prime)
	return r
}

func inverse(a uint64) uint64 {
	out := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = times(out, a)
		}
		a = times(a, a)
	}
	return out
}

// kernel is, of the areas whose counts are published, what no sum of them tells: for
// every bucket a row, so that the rows of a set of buckets add up to nothing just if
// the set's count can be had by adding and subtracting published areas.
func kernel(areas [][]uint64, buckets int) [][]uint64 {
	rows := slices.Clone(areas)
	var pivots []int
	for col, top := 0, 0; col < buckets && top < len(rows); col++ {
		at := slices.IndexFunc(rows[top:], func(r []uint64) bool { return r[col] != 0 })
		if at < 0 {
			continue
		}
		rows[top], rows[top+at] = rows[top+at], rows[top]
		k := inverse(rows[top][col])
		for j := range rows[top] {
			rows[top][j] = times(rows[top][j], k)
		}
		for i := range rows {
			if f := rows[i][col]; i != top && f != 0 {
				for j := range rows[i] {
					rows[i][j] = (rows[i][j] + prime - times(f, rows[top][j])) % prime
				}
			}
		}
		pivots = append(pivots, col)
		top++
	}
	out := make([][]uint64, buckets)
	for b := range out {
		for free := range buckets {
			switch at := slices.Index(pivots, b); {
			case slices.Contains(pivots, free):
			case b == free:
				out[b] = append(out[b], 1)
			case at < 0:
				out[b] = append(out[b], 0)
			default:
				out[b] = append(out[b], (prime-rows[at][free])%prime)
			}
		}
	}
	return out
}

// Attack: subtraction over everything. Whatever small set of buckets can be had by
// adding and subtracting published areas, over any number of steps, is an area that
// the audit holds to witnesses; it need not have been thought of.
func TestNoSumOfAreasLeavesASetThatTheAuditDoesNotKnow(t *testing.T) {
	for i, in := range inputs() {
		for _, reserved := range []bool{false, true} {
			respondent := sent(in.Edition)
			g := newGround(in.Frame, respondent, Default().LeastArea)
			shown := func(area int) bool { return !g.closed[area] && (!reserved || cutAt(in.Frame.Areas[area].Level) != 1) }

			// Respondents that no published area tells apart are one bucket.
			at, size := map[string]int{}, []int{}
			of := make([]int, len(respondent))
			for c := range respondent {
				var key []byte
				for _, area := range in.Frame.Of(c) {
					if shown(area) {
						key = binary.AppendUvarint(key, uint64(area))
					}
				}
				b, ok := at[string(key)]
				if !ok && respondent[c] {
					b = len(size)
					at[string(key)], size = b, append(size, 0)
				}
				if of[c] = -1; respondent[c] {
					of[c] = b
					size[b]++
				}
			}
			vectors := make([][]uint64, g.areas)
			for area := range vectors {
				vectors[area] = make([]uint64, len(size))
			}
			for c, b := range of {
				if b >= 0 {
					for _, area := range g.of[c] {
						vectors[area][b] = 1
					}
				}
			}
			var published [][]uint64
			known := map[string]bool{} // sets of buckets that are held to witnesses
			for area, v := range vectors {
				if area < g.published && shown(area) {
					published = append(published, slices.Clone(v))
				}
				if area >= g.published && !reserved || area < g.published && shown(area) {
					var set []int
					for b, in := range v {
						if in == 1 {
							set = append(set, b)
						}
					}
					known[setKey(set)] = true
				}
			}
			found, tried := 0, 0
			sets(kernel(published, len(size)), func(set []int) {
				tried++
				n := 0
				for _, b := range set {
					n += size[b]
				}
				if !known[setKey(set)] {
					found++
					t.Errorf("edition %d, riservata %v: %d respondents of %v can be told from sums of published areas, and the audit does not know them", i, reserved, n, g.words(set, of))
				}
			})
			if tried == 0 {
				t.Errorf("edition %d, riservata %v: no area is that small: the test says nothing", i, reserved)
			}
			t.Logf("edition %d, riservata %v: %d areas, %d buckets, %d small sets told by sums", i, reserved, len(published), len(size), tried)
		}
	}
}

func setKey(set []int) string {
	var key []byte
	for _, b := range set {
		key = binary.AppendUvarint(key, uint64(b))
	}
	return string(key)
}

// words say where the respondents of buckets lie.
func (g *ground) words(set, of []int) (out []estimate.Area) {
	c := slices.Index(of, set[0])
	for _, area := range g.frame.Of(c) {
		out = append(out, g.frame.Areas[area])
	}
	return out
}

// sets calls do for every set of up to four buckets whose rows add up to nothing.
func sets(rows [][]uint64, do func(set []int)) {
	sum := func(set ...int) (string, bool) {
		var key []byte
		zero := true
		for k := range rows[0] {
			var x uint64
			for _, b := range set {
				x = (x + rows[b][k]) % prime
			}
			zero = zero && x == 0
			key = binary.LittleEndian.AppendUint64(key, x)
		}
		return string(key), zero
	}
	negative := func(key string) string {
		out := []byte(key)
		for k := 0; k < len(out); k += 8 {
			binary.LittleEndian.PutUint64(out[k:], (prime-binary.LittleEndian.Uint64(out[k:]))%prime)
		}
		return string(out)
	}
	seen := map[string]bool{}
	once := func(set []int) {
		slices.Sort(set)
		if key := setKey(set); !seen[key] {
			seen[key] = true
			do(set)
		}
	}
	single, pairs := map[string][]int{}, map[string][][2]int{}
	for a := range rows {
		key, zero := sum(a)
		if zero {
			do([]int{a})
			continue
		}
		single[key] = append(single[key], a)
	}
	for a := range rows {
		if _, zero := sum(a); zero {
			continue
		}
		for b := a + 1; b < len(rows); b++ {
			if _, zero := sum(b); zero {
				continue
			}
			key, zero := sum(a, b)
			if zero {
				do([]int{a, b})
				continue
			}
			for _, c := range single[negative(key)] {
				if c != a && c != b {
					once([]int{a, b, c})
				}
			}
			for _, p := range pairs[negative(key)] {
				if p[0] != a && p[0] != b && p[1] != a && p[1] != b {
					once([]int{p[0], p[1], a, b})
				}
			}
			pairs[key] = append(pairs[key], [2]int{a, b})
		}
	}
}
