package geo

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// draw makes a Topology of a picture: every letter is a face, in the order of
// the alphabet, every character a square of side 1, a dot or blank is outside.
// The bottom left corner of the picture is 0 0.
//
//	AAB
//	A.B   is two faces around a gap
//	ABB
func draw(t testing.TB, picture string) (*Topology, []string) {
	t.Helper()
	lines := rows(picture)
	var squares []orb.MultiPolygon
	var letters []string
	for y, line := range lines {
		for x, c := range line {
			if c == '.' || c == ' ' {
				continue
			}
			x, y := float64(x), float64(len(lines)-1-y)
			squares = append(squares, orb.MultiPolygon{{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}, {x, y}}}})
			letters = append(letters, string(c))
		}
	}
	whole, faults := New(squares)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	names := slices.Compact(slices.Sorted(slices.Values(letters)))
	group := make([]int, len(letters))
	for i, l := range letters {
		group[i] = slices.Index(names, l)
	}
	return whole.Dissolve(group, len(names)), names
}

func rows(picture string) []string {
	var out []string
	for line := range strings.Lines(picture) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// show is the picture of a Topology: which face lies at the middle of each
// square, ! where there are two.
func show(t *Topology, names []string, width, height int) string {
	var b strings.Builder
	for y := height - 1; y >= 0; y-- {
		for x := range width {
			b.WriteString(at(t, names, orb.Point{float64(x) + 0.5, float64(y) + 0.5}))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func at(t *Topology, names []string, p orb.Point) string {
	found := "."
	for f := range t.Faces {
		for _, polygon := range t.Polygon(f) {
			in := locate(p, polygon[0]) == inside
			for _, hole := range polygon[1:] {
				in = in && locate(p, hole) == outside
			}
			if in && found != "." {
				return "!"
			} else if in {
				found = names[f]
			}
		}
	}
	return found
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if want = strings.Join(rows(want), "\n") + "\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func noFaults(t testing.TB, topo *Topology) {
	t.Helper()
	if faults := topo.Check(); len(faults) > 0 {
		t.Fatalf("%d faults, the first: %s", len(faults), faults[0])
	}
}

// Pictures with something awkward, used by more than one test.
func pictures() map[string]string {
	return map[string]string{
		"two neighbours": `
			AAB
			AAB`,
		"a corner where four meet": `
			AAB
			AAB
			CCD`,
		"an enclave and an island in a lake": `
			AAAAAAA
			AB.AAAA
			A...CCA
			A.D.CCA
			A...AAA
			AAAAAAA`,
		"a face that touches itself in a point": `
			AAAA
			A.AA
			AA.A
			AAAA`,
		"two pieces that touch in a point": `
			A.BB
			.ABB
			..BA`,
		"a ring around a ring around a face": `
			AAAAAAA
			ABBBBBA
			ABCCCBA
			ABC.CBA
			ABCCCBA
			ABBBBBA
			AAAAAAA`,
		"islands in a bay": `
			AAAAAAAAA
			A.......A
			A.BB.C..A
			A.......A
			AAA..AAAA`,
	}
}

func TestEveryPictureIsAPartitionAndShowsItself(t *testing.T) {
	for name, picture := range pictures() {
		t.Run(name, func(t *testing.T) {
			topo, names := draw(t, picture)
			noFaults(t, topo)
			lines := rows(picture)
			same(t, show(topo, names, len(lines[0]), len(lines)), picture)
		})
	}
}

func TestBordersAreKeptOnce(t *testing.T) {
	for _, c := range []struct {
		name                  string
		arcs, polygons, holes int // holes and polygons of face A
	}{
		{"two neighbours", 3, 1, 0},
		{"a corner where four meet", 8, 1, 0},
		{"an enclave and an island in a lake", 8, 1, 1},
		{"a face that touches itself in a point", 3, 1, 2},
		{"two pieces that touch in a point", 0, 3, 0},
		{"a ring around a ring around a face", 4, 1, 1},
		{"islands in a bay", 3, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			topo, _ := draw(t, pictures()[c.name])
			a := topo.Faces[0]
			holes := 0
			for _, p := range a.Polygons {
				holes += len(p) - 1
			}
			if len(a.Polygons) != c.polygons || holes != c.holes || c.arcs > 0 && len(topo.Arcs) != c.arcs {
				t.Errorf("got %d arcs, %d polygons, %d holes, want %d, %d, %d", len(topo.Arcs), len(a.Polygons), holes, c.arcs, c.polygons, c.holes)
			}
		})
	}
}

func TestDissolvedFacesLoseTheLinesBetweenThem(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		group          []int // of A, B, C …
		arcs           int
	}{
		{"all", "AAB\nCCD", "AAA\nAAA", []int{0, 0, 0, 0}, 1},
		{"columns", "AAB\nCCD", "AAB\nAAB", []int{0, 1, 0, 1}, 3},
		{"an enclave is filled", "AAA\nABA\nAAA", "AAA\nAAA\nAAA", []int{0, 0}, 1},
		{"a gap stays", "AAB\nA.B\nABB", "AAA\nA.A\nAAA", []int{0, 0}, 2},
		{"one dropped", "AAB\nCCD", ".. A\nBBA", []int{-1, 0, 1, 0}, 3},
		{"two that touch in a point", "A.\n.B", "A.\n.A", []int{0, 0}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			topo, _ := draw(t, c.in)
			topo = topo.Dissolve(c.group, slices.Max(c.group)+1)
			noFaults(t, topo)
			want := strings.ReplaceAll(c.want, " ", "")
			same(t, show(topo, []string{"A", "B", "C"}, len(rows(c.in)[0]), len(rows(c.in))), want)
			if len(topo.Arcs) != c.arcs {
				t.Errorf("got %d arcs, want %d", len(topo.Arcs), c.arcs)
			}
		})
	}
}

func TestAPartKeepsTheNodesOfTheWhole(t *testing.T) {
	topo, _ := draw(t, `
		AAB
		CCD`)
	part := topo.Part([]int{3, 0})
	noFaults(t, part)
	same(t, show(part, []string{"D", "A"}, 3, 2), "AA.\n..D")
	// A's border has one arc each with B, C and the outside, as it has in the whole.
	if n := len(part.Faces[1].Polygons[0][0]); n != 3 || len(part.Arcs) != 6 {
		t.Errorf("A has %d arcs, the part %d, want 3 and 6", n, len(part.Arcs))
	}
}

func TestNeighboursShareABorderAndNotJustAPoint(t *testing.T) {
	topo, _ := draw(t, `
		AAB
		AAB
		CCD`)
	want := [][]Neighbour{{{1, 2}, {2, 2}}, {{0, 2}, {3, 1}}, {{0, 2}, {3, 1}}, {{1, 1}, {2, 1}}}
	for f, got := range topo.Neighbours() {
		if !slices.Equal(got, want[f]) {
			t.Errorf("face %d: got %v, want %v", f, got, want[f])
		}
	}
}

func TestLinesAreJoinedAsFarAsTheyGo(t *testing.T) {
	topo, _ := draw(t, `
		AAB
		AAB
		CCD`)
	coast := topo.Lines(func(left, right int) bool { return left == Outside || right == Outside })
	if len(coast) != 1 || coast[0][0] != coast[0][len(coast[0])-1] || Length(coast[0]) != 12 {
		t.Errorf("the coast is %v, want one closed line of length 12", coast)
	}
	inner := topo.Lines(func(left, right int) bool { return left != Outside && right != Outside })
	total := 0.0
	for _, line := range inner {
		total += Length(line)
	}
	if len(inner) != 2 || total != 6 {
		t.Errorf("the inner borders are %v, want two lines of length 6 together", inner)
	}
}

func TestAreasAndBoundsCountHolesAndPieces(t *testing.T) {
	topo, names := draw(t, pictures()["an enclave and an island in a lake"])
	for f, name := range names {
		want := float64(strings.Count(pictures()["an enclave and an island in a lake"], name))
		if got := topo.Area(f); got != want {
			t.Errorf("%s has %v, want %v", name, got, want)
		}
	}
	if b := topo.Bounds(); b.Max != (orb.Point{7, 6}) || b.Min != (orb.Point{}) {
		t.Errorf("bounds %v", b)
	}
	if b := topo.FaceBounds(3); b.Min != (orb.Point{2, 2}) || b.Max != (orb.Point{3, 3}) {
		t.Errorf("bounds of D %v", b)
	}
}

func TestShapesThatAreNoPartitionAreRefused(t *testing.T) {
	square := func(x float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, 0}, {x + 1, 0}, {x + 1, 1}, {x, 1}, {x, 0}}}}
	}
	for _, c := range []struct {
		name   string
		shapes []orb.MultiPolygon
		want   string
	}{
		{"two shapes for one place", []orb.MultiPolygon{square(0), square(0)}, "overlap: faces 0 and 1 at 0 1"},
		{"a line instead of a ring", []orb.MultiPolygon{{{{{0, 0}, {1, 0}, {0, 0}}}}}, "ring of fewer than three points: faces 0 and -1 at 0 0"},
		{"a coordinate that is no number", []orb.MultiPolygon{{{{{0, 0}, {math.NaN(), 0}, {0, 1}}}}}, "ring of fewer than three points: faces 0 and -1 at 0 0"},
		{"an empty ring", []orb.MultiPolygon{{{{}}}}, "ring of fewer than three points: faces 0 and -1 at 0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			topo, faults := New(c.shapes)
			if topo != nil || len(faults) == 0 || faults[0].String() != c.want {
				t.Errorf("got %v, want %s", faults, c.want)
			}
		})
	}
}

func TestPiecesOfOneShapeThatShareABorderBecomeOne(t *testing.T) {
	left := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}} // open, and the other clockwise
	right := orb.Polygon{{{1, 0}, {1, 1}, {2, 1}, {2, 0}, {1, 0}}}
	topo, faults := New([]orb.MultiPolygon{{left, right}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	noFaults(t, topo)
	if len(topo.Arcs) != 1 || topo.Area(0) != 2 {
		t.Errorf("got %d arcs, area %v, want 1 and 2", len(topo.Arcs), topo.Area(0))
	}
}
