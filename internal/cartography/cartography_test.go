package cartography_test

import (
	"os"
	"testing"
	"time"

	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/diag"
	"mappa/internal/geo"
	"mappa/internal/istat"
)

func TestItalyIsAPartitionAtEveryScale(t *testing.T) {
	var list diag.List
	fsys := os.DirFS("../..")
	t0 := time.Now()
	in, ok := istat.Read(fsys, "data/territorio", &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	t.Log("istat", time.Since(t0))
	a, ok := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	t.Log("atlas", time.Since(t0))
	set, ok := boundary.Read(fsys, in.Boundaries.File, in.Boundaries.Source.Date, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	t.Log("boundary", time.Since(t0))
	l := cartography.Lines{ToGeographic: geo.UTM32ToGeographic, Shapes: atlas.Shapes{Date: in.Boundaries.Source.Date, Where: func(i int) diag.Problem {
		if i < 0 {
			return diag.Problem{File: set.File}
		}
		return diag.Problem{File: set.File, Record: set.Shapes[i].Record}
	}}}
	for _, s := range set.Shapes {
		l.Codes, l.Polygons = append(l.Codes, s.Code), append(l.Polygons, s.Polygon)
	}
	f, ok := cartography.Fit(a, l, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	t.Log("fit", time.Since(t0))
	m := cartography.New(a, f)
	t.Log("maps", time.Since(t0), m.Country.Points(), m.Region.Points(), m.Place.Points())
	if len(m.Country.Faces) != 7894 {
		t.Errorf("%d faces", len(m.Country.Faces))
	}
	if err := m.Check(); err != nil {
		t.Error(err)
	}
	t.Log("check", time.Since(t0))
}
