package boundary

import (
	"encoding/binary"
	"testing"

	"github.com/paulmach/orb"
)

// taken is what must hold of whatever [Read] takes.
func taken(t *testing.T, name string, data []byte) {
	t.Helper()
	set, ok, problems := read(name, data)
	if ok != (problems == "") || set == nil {
		t.Fatalf("ok %v, problems %q", ok, problems)
	}
	if !ok {
		return
	}
	codes := make(map[string]bool)
	for _, s := range set.Shapes {
		if !isCode(s.Code) || codes[s.Code] || points(s.Polygon) == 0 {
			t.Errorf("took %+v", s)
		}
		codes[s.Code] = true
		for _, p := range s.Polygon {
			for _, r := range p {
				if len(r) < 4 || r[0] != r[len(r)-1] {
					t.Errorf("took ring %v", r)
				}
			}
		}
	}
}

func FuzzZip(f *testing.F) {
	good := zipped(f, com(rome(), bolzano()))
	f.Add(good)
	f.Add(good[:len(good)-30])
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Add(lyingZip(f, "Com01012024.shp", []byte{3, 0}, 1<<40))
	f.Fuzz(func(t *testing.T, data []byte) { taken(t, "c.zip", data) })
}

func FuzzShapefile(f *testing.F) {
	two := rome()
	two.rings = append(two.rings, orb.Ring{{790_100, 4_640_100}, {790_200, 4_640_100}, {790_200, 4_640_200}, {790_100, 4_640_100}})
	good := writeSHP([]row{two, bolzano()})
	f.Add(good)
	f.Add(good[:150])
	f.Add(binary.BigEndian.AppendUint32(nil, shpMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		taken(t, "c.zip", zipped(t, spoil(com(rome(), bolzano()), ".shp", func([]byte) []byte { return append([]byte{}, data...) })))
	})
}

func FuzzDBF(f *testing.F) {
	good := writeDBF(istat(), []row{rome(), bolzano()})
	f.Add(good, "UTF-8")
	f.Add(good[:100], "1252")
	f.Add(good, "")
	f.Add([]byte{3}, "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, cpg string) {
		files := spoil(com(rome(), bolzano()), ".dbf", func([]byte) []byte { return append([]byte{}, data...) })
		taken(t, "c.zip", zipped(t, spoil(files, ".cpg", func([]byte) []byte { return []byte(cpg) })))
	})
}

func FuzzProjection(f *testing.F) {
	f.Add(utm32)
	f.Add(`PROJCS["x",GEOGCS["y",DATUM["WGS84",SPHEROID["z",1,2]]]]`)
	f.Add(`A[B[C[D["`)
	f.Fuzz(func(_ *testing.T, prj string) {
		if w := parseWKT(prj); w != nil {
			notUTM32(w)
		}
	})
}

func FuzzGeoJSON(f *testing.F) {
	f.Add([]byte(collection))
	f.Add([]byte(collection[:300]))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon","coordinates":[[]]},"properties":{"istat":"058091"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) { taken(t, "c.geojson", data) })
}

func FuzzTopoJSON(f *testing.F) {
	f.Add([]byte(topology))
	f.Add([]byte(topology[:200]))
	f.Add([]byte(`{"type":"Topology","objects":{"com":{"geometries":[{"type":"Polygon","arcs":[[-1]],"properties":{"istat":1}}]}},"arcs":[[[12,42]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) { taken(t, "c.json", data) })
}
