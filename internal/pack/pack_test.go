package pack_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
	"mappa/internal/pack"
	"mappa/internal/stat"
)

// Two squares side by side, the right one with an enclave that is filled by a
// third face, which has an island far off:
//
//	+--+----+    +
//	|  | ++ |    |\
//	|  | ++ |    +-+
//	+--+----+
func squares(t testing.TB) *geo.Topology {
	t.Helper()
	ring := func(xy ...float64) orb.Ring {
		var r orb.Ring
		for i := 0; i < len(xy); i += 2 {
			r = append(r, orb.Point{xy[i] * 1000, xy[i+1] * 1000})
		}
		return append(r, r[0])
	}
	topology, faults := geo.New([]orb.MultiPolygon{
		{{ring(0, 0, 3, 0, 3, 4, 0, 4)}},
		{{ring(3, 0, 8, 0, 8, 4, 3, 4), ring(5, 1, 5, 2, 6, 2, 6, 1)}},
		{{ring(5, 1, 6, 1, 6, 2, 5, 2)}, {ring(20, 0, 22, 0, 20, 3)}},
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return topology
}

func small(t testing.TB) pack.Geometry {
	lines := squares(t)
	return pack.Geometry{Order: pack.OrderOf([]string{"A", "B", "C"}), Grid: pack.NewGrid(lines.Bounds(), 10_000), Of: 9, Faces: []int{2, 3, 7}, Lines: lines}
}

func TestAGeometryComesBackAsItWas(t *testing.T) {
	in := small(t)
	data, err := pack.EncodeGeometry(in)
	if err != nil {
		t.Fatal(err)
	}
	out := samePack(t, in, data)
	for f := range in.Faces {
		if got, want := out.Lines.Area(f), in.Lines.Area(f); got != want {
			t.Errorf("face %d has the area %v, want %v", f, got, want)
		}
	}
	if got, want := len(out.Lines.Arcs), len(in.Lines.Arcs); got != want {
		t.Errorf("%d arcs, want %d: shared borders stay shared", got, want)
	}
}

func TestFacesOutOfOrderAreRefused(t *testing.T) {
	in := small(t)
	in.Faces = []int{2, 7, 3}
	if _, err := pack.EncodeGeometry(in); err == nil {
		t.Error("no error")
	}
}

func column() pack.Column {
	c := pack.Column{Order: pack.OrderOf([]string{"A"}), Decimals: 2}
	for i := range 200 {
		c.Comuni = append(c.Comuni, stat.Of(float64(i*i%977)/100))
	}
	c.Comuni[3], c.Comuni[4] = stat.Of(-12.5), stat.Of(0)
	for i, k := range stat.Kinds() {
		c.Comuni = append(c.Comuni, stat.Missing(k))
		c.Areas[2] = append(c.Areas[2], pack.Cell{Value: stat.Missing(k), Base: i})
	}
	c.Areas[0] = []pack.Cell{{Value: stat.Of(4321.07), Base: 7894}}
	c.Areas[5] = []pack.Cell{{Value: stat.Of(0), Base: 0}, {Value: stat.Of(100), Base: 1}}
	return c
}

func TestAColumnComesBackAsItWas(t *testing.T) {
	for _, in := range []pack.Column{column(), {Decimals: 0}} {
		data, err := pack.EncodeColumn(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := pack.DecodeColumn(data)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(in, out) {
			t.Errorf("got  %+v\nwant %+v", out, in)
		}
	}
}

func TestAValueThatDoesNotFitIsRefused(t *testing.T) {
	for _, c := range []pack.Column{{Comuni: []stat.Value{stat.Of(1e10)}}, {Decimals: 7, Comuni: []stat.Value{stat.Of(1)}}} {
		if _, err := pack.EncodeColumn(c); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
}

func TestTheOrderIsThatOfTheKeys(t *testing.T) {
	a, b := pack.OrderOf([]string{"A", "B"}), pack.OrderOf([]string{"B", "A"})
	if a == b || pack.OrderOf([]string{"AB"}) == a {
		t.Error("orders that differ have one hash")
	}
	if got := a.String(); len(got) != 16 {
		t.Errorf("got %s", got)
	}
}

// Nothing that is cut, longer or of another kind is taken for whole.
func TestADamagedFileIsRefused(t *testing.T) {
	g, err := pack.EncodeGeometry(small(t))
	if err != nil {
		t.Fatal(err)
	}
	v, err := pack.EncodeColumn(column())
	if err != nil {
		t.Fatal(err)
	}
	for n := range g {
		if _, err := pack.DecodeGeometry(g[:n]); err == nil {
			t.Errorf("%d of %d bytes of a geometry are taken for whole", n, len(g))
		}
	}
	for n := range v {
		if _, err := pack.DecodeColumn(v[:n]); err == nil {
			t.Errorf("%d of %d bytes of a column are taken for whole", n, len(v))
		}
	}
	if _, err := pack.DecodeGeometry(append(g, 0)); err == nil {
		t.Error("a longer geometry is taken for whole")
	}
	if _, err := pack.DecodeColumn(g); err == nil {
		t.Error("a geometry is taken for a column")
	}
}

func FuzzDecodeGeometry(f *testing.F) {
	data, err := pack.EncodeGeometry(small(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := pack.DecodeGeometry(data)
		if err != nil {
			return
		}
		for i := range g.Lines.Faces {
			g.Lines.Polygon(i)
		}
	})
}

func FuzzDecodeColumn(f *testing.F) {
	data, err := pack.EncodeColumn(column())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := pack.DecodeColumn(data)
		if err != nil {
			return
		}
		again, err := pack.EncodeColumn(c)
		if err != nil {
			return // more digits than a column of ours has
		}
		if back, err := pack.DecodeColumn(again); err != nil || !reflect.DeepEqual(c, back) {
			t.Errorf("%v: got %+v, want %+v", err, back, c)
		}
	})
}

// damaged is data with a few bytes changed, from a seed.
func damaged(data []byte, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	out := append([]byte{}, data...)
	for range 1 + r.IntN(3) {
		out[r.IntN(len(out))] = byte(r.Uint32())
	}
	return out
}
