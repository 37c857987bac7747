package geo_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/geo"
)

// table reads a fixture of testdata without its heading.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// etrs89LAEA is EPSG:3035.
var etrs89LAEA = geo.LAEA{Lat0: 52, Lon0: 10, FalseE: 4321000, FalseN: 3210000}

func TestProjectionsAgreeWithGDAL(t *testing.T) {
	// Wanted is a centimetre. EPSG:3035 is on GRS 80, whose axis is 0.1 mm
	// shorter at the pole than that of WGS 84.
	const metres, degrees = 1e-4, 1e-9
	laea := etrs89LAEA.Projector()
	for _, c := range []struct {
		name, file       string
		forward, inverse func(orb.Point) orb.Point
	}{
		{"EPSG:32632", "utm32_gdal.csv", geo.GeographicToUTM32, geo.UTM32ToGeographic},
		{"EPSG:3035", "laea3035_gdal.csv", laea.Forward, laea.Inverse},
	} {
		t.Run(c.name, func(t *testing.T) {
			worst, worstBack := 0.0, 0.0
			for _, row := range table(t, c.file) {
				lonLat := orb.Point{number(t, row[1]), number(t, row[2])}
				plane := orb.Point{number(t, row[3]), number(t, row[4])}
				got, back := c.forward(lonLat), c.inverse(plane)
				d := math.Hypot(got[0]-plane[0], got[1]-plane[1])
				e := math.Hypot(back[0]-lonLat[0], back[1]-lonLat[1])
				if d > metres || e > degrees {
					t.Errorf("%s %v: got %v and back %v, want %v", row[0], lonLat, got, back, plane)
				}
				worst, worstBack = max(worst, d), max(worstBack, e)
			}
			t.Logf("worst %.2g m and %.2g degrees", worst, worstBack)
		})
	}
}

func TestTheCentreOfTheMapIsItsOrigin(t *testing.T) {
	p := geo.Italy().Projector()
	if got := p.Inverse(orb.Point{}); got != (orb.Point{12.5, 42}) {
		t.Errorf("got %v", got)
	}
	if got := p.Forward(orb.Point{12.5, 42}); math.Hypot(got[0], got[1]) > 1e-6 {
		t.Errorf("got %v", got)
	}
}
