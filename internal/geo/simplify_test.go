package geo

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestNothingIsLostAtTheCoarsestLevel(t *testing.T) {
	for name, picture := range pictures() {
		t.Run(name, func(t *testing.T) {
			topo, names := draw(t, picture)
			s := topo.Simplify(Detail{Area: math.MaxFloat64})
			noFaults(t, s)
			for f := range s.Faces {
				if len(s.Faces[f].Polygons) != len(topo.Faces[f].Polygons) {
					t.Errorf("%s has %d pieces, want %d", names[f], len(s.Faces[f].Polygons), len(topo.Faces[f].Polygons))
				}
				if got, whole := s.Area(f), topo.Area(f); got < whole/4 || got > 4*whole {
					t.Errorf("%s has area %v, was %v", names[f], got, whole)
				}
			}
		})
	}
}

// The bay's mouth would be closed by a straight line, with the islands B and C
// on land.
func TestIslandsInABayStayAtSea(t *testing.T) {
	picture := pictures()["islands in a bay"]
	topo, names := draw(t, picture)
	s := topo.Simplify(Detail{Area: math.MaxFloat64})
	noFaults(t, s)
	got := show(s, names, 9, 5)
	if strings.Contains(got, "!") || !strings.Contains(got, "B") {
		t.Errorf("got\n%s", got)
	}
}

func TestOnlyIslandsBelowTheLimitAreDropped(t *testing.T) {
	topo, _ := draw(t, `
		AAAA.A.AA
		ABCA...AA
		AAAA.....
		....B....`)
	for _, c := range []struct {
		limit   float64
		a, b, c int // pieces
	}{{0, 3, 2, 1}, {2, 2, 2, 1}, {5, 1, 2, 1}, {100, 1, 2, 1}} {
		s := topo.Simplify(Detail{Share: 1, Islets: c.limit})
		noFaults(t, s)
		got := [3]int{len(s.Faces[0].Polygons), len(s.Faces[1].Polygons), len(s.Faces[2].Polygons)}
		// B's two pieces are equal: its enclave comes first and no island is larger.
		if want := [3]int{c.a, c.b, c.c}; got[0] != want[0] || got[2] != want[2] || got[1] < 1 {
			t.Errorf("limit %v: got %v, want %v", c.limit, got, want)
		}
	}
}

func TestShareOneKeepsEveryPoint(t *testing.T) {
	topo := randomPartition(t, 7, 20)
	if got := topo.Simplify(Detail{Share: 1}); !reflect.DeepEqual(got.Arcs, topo.Arcs) {
		t.Errorf("got %d points, want %d", got.Points(), topo.Points())
	}
}

func TestRankingFollowsTheTriangles(t *testing.T) {
	//       c
	//  a b     d e      b and d lie almost on their line, c sticks out
	line := []orb.Point{{0, 0}, {1, 0.1}, {2, 3}, {3, 0.1}, {4, 0}}
	out := make([]float64, len(line))
	new(visvalingam).rank(line, out)
	if !math.IsInf(out[0], 1) || !math.IsInf(out[4], 1) || out[2] <= out[1] || out[2] <= out[3] {
		t.Errorf("got %v", out)
	}
}

// randomPartition is a square of noise: seeds spread over a grid of side n, each
// cell given to the nearest seed with some noise, some to the outside, so that
// there are enclaves, islands and points where faces touch; then every vertex is
// moved by up to a quarter of a cell, which crosses no lines.
func randomPartition(t testing.TB, seed uint64, n int) *Topology {
	rng := rand.New(rand.NewPCG(seed, 0))
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ."
	count := 2 + rng.IntN(len(letters)-2)
	var at []orb.Point
	for range count {
		at = append(at, orb.Point{rng.Float64() * float64(n), rng.Float64() * float64(n)})
	}
	var b strings.Builder
	for y := range n {
		for x := range n {
			best, least := 0, math.Inf(1)
			for i, p := range at {
				if d := math.Hypot(p[0]-float64(x), p[1]-float64(y)) + rng.Float64()*float64(n)/10; d < least {
					best, least = i, d
				}
			}
			b.WriteByte(letters[len(letters)-1-best])
		}
		b.WriteByte('\n')
	}
	topo, _ := draw(t, "A"+b.String()[1:])
	return topo.Map(func(p orb.Point) orb.Point {
		h := mix(seed ^ mix(math.Float64bits(p[0])^mix(math.Float64bits(p[1]))))
		const half, shift = 0.5, 32
		return orb.Point{
			p[0] + half*(float64(h>>shift)/math.MaxUint32-half),
			p[1] + half*(float64(h&math.MaxUint32)/math.MaxUint32-half),
		}
	})
}

func TestRandomPartitionsStayPartitions(t *testing.T) {
	for seed := range uint64(40) {
		simplifyRandom(t, seed, 10+int(seed%30), float64(seed%11)/20)
	}
}

func simplifyRandom(t *testing.T, seed uint64, n int, share float64) {
	t.Helper()
	topo := randomPartition(t, seed, n)
	noFaults(t, topo)
	d := Detail{Share: share}
	if share == 0 {
		d.Area = math.MaxFloat64
	}
	s := topo.Simplify(d)
	noFaults(t, s)
	names := make([]string, len(s.Faces))
	for i := range names {
		names[i] = "x"
	}
	if strings.Contains(show(s, names, n, n), "!") {
		t.Errorf("seed %d, side %d, share %v: faces overlap", seed, n, share)
	}
	group := make([]int, len(s.Faces))
	for i := range group {
		group[i] = i % 3
	}
	noFaults(t, s.Dissolve(group, min(3, len(s.Faces))))
}

func FuzzSimplify(f *testing.F) {
	f.Add(uint64(1), uint8(12), uint8(0))
	f.Add(uint64(2), uint8(25), uint8(20))
	f.Add(uint64(3), uint8(30), uint8(200))
	f.Fuzz(func(t *testing.T, seed uint64, n, share uint8) {
		simplifyRandom(t, seed, 2+int(n%40), float64(share)/math.MaxUint8)
	})
}

func TestOneAndManyProcessorsGiveTheSame(t *testing.T) {
	run := func(processors int) *Topology {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		return randomPartition(t, 5, 60).Simplify(Detail{Share: 0.2})
	}
	if one, many := run(1), run(8); !reflect.DeepEqual(one, many) {
		t.Error("the results differ")
	}
}
