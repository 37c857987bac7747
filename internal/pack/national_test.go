package pack_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"mappa/internal/geo"
	"mappa/internal/pack"
)

// The grids of the site: internal/site says the same.
const (
	countryStep = 1750 // decimetres
	regionStep  = 250
)

// vertices are the points of a face's rings on the grid of g, from the
// smallest on, without repetition.
func vertices(g pack.Grid, t *geo.Topology, face int) [][][2]int {
	step := float64(g.Step) / 10
	var out [][][2]int
	for _, p := range t.Polygon(face) {
		for _, r := range p {
			var ring [][2]int
			for _, q := range r {
				c := [2]int{int(math.Round((q[0] - float64(g.X0)) / step)), int(math.Round((float64(g.Y0) - q[1]) / step))}
				if len(ring) == 0 || ring[len(ring)-1] != c {
					ring = append(ring, c)
				}
			}
			if len(ring) > 1 {
				ring = ring[:len(ring)-1] // closed
			}
			at := slices.IndexFunc(ring, func(c [2]int) bool {
				return c == slices.MinFunc(ring, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
			})
			out = append(out, append(slices.Clone(ring[at:]), ring[:at]...))
		}
	}
	return out
}

func samePack(t *testing.T, in pack.Geometry, data []byte) pack.Geometry {
	t.Helper()
	out, err := pack.DecodeGeometry(data)
	if err != nil {
		t.Fatal(err)
	}
	if out.Order != in.Order || out.Grid != in.Grid || out.Of != in.Of || !slices.Equal(out.Faces, in.Faces) || len(out.Lines.Faces) != len(in.Faces) {
		t.Fatalf("header %+v %+v %d", out.Order, out.Grid, out.Of)
	}
	for f := range in.Faces {
		want, got := vertices(in.Grid, in.Lines, f), vertices(in.Grid, out.Lines, f)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("face %d has the rings\n%v, want\n%v", f, got, want)
		}
	}
	return out
}

func TestAllOfItalyComesBackInLessThan120kB(t *testing.T) {
	c := realItaly(t)
	in := c.whole(countryStep)
	data, err := pack.EncodeGeometry(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 120_000 {
		t.Errorf("%d bytes", len(data))
	}
	out := samePack(t, in, data)
	var errors []float64
	for place, i := range c.order {
		got, want := out.Lines.Area(place)/1e6, c.maps.AreaKm2[i]
		if got <= 0 {
			t.Errorf("%s has the area %v km²", c.atlas.Comuni[i].Name, got)
		}
		errors = append(errors, math.Abs(got/want-1))
	}
	slices.Sort(errors)
	median, high, worst := errors[len(errors)/2], errors[len(errors)*95/100], errors[len(errors)-1]
	t.Logf("%d bytes, %d points, area errors: median %.2f %%, 95th percentile %.2f %%, worst %.1f %%", len(data), out.Lines.Points(), 100*median, 100*high, 100*worst)
	if median > 0.017 {
		t.Errorf("the median error of an area is %.2f %%", 100*median)
	}
}

func TestEachRegionComesBackFinerInLessThan40kB(t *testing.T) {
	c := realItaly(t)
	for r, region := range c.atlas.Regions {
		in := c.region(r, regionStep)
		data, err := pack.EncodeGeometry(in)
		if err != nil {
			t.Fatal(err)
		}
		out := samePack(t, in, data)
		var errors []float64
		for f, place := range out.Faces {
			errors = append(errors, math.Abs(out.Lines.Area(f)/1e6/c.maps.AreaKm2[c.order[place]]-1))
		}
		slices.Sort(errors)
		t.Logf("%-28s %6d bytes, %d Comuni, median error %.2f %%, worst %.1f %%", region.Name, len(data), len(out.Faces), 100*errors[len(errors)/2], 100*errors[len(errors)-1])
		if len(data) > 40_000 {
			t.Errorf("%s: %d bytes", region.Name, len(data))
		}
	}
}
