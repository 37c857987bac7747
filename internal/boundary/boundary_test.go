package boundary

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

func TestAShapefileIsReadFromItsZip(t *testing.T) {
	want := []Shape{
		{Code: "058091", Name: "Roma", Unit: "258", Region: "12", Record: "layer Com01012024_g_WGS84, record 1 (058091)"},
		{Code: "021008", Name: "Forlì", Other: "Bozen", Unit: "021", Region: "04", Record: "layer Com01012024_g_WGS84, record 2 (021008)"},
	}
	none := func([]byte) []byte { return nil }
	utf, ansi := com(rome(), bolzano()), com(rome(), bolzano())
	delete(utf, stem+".cpg")
	spoil(ansi, ".dbf", func([]byte) []byte {
		rows := []row{rome(), bolzano()}
		rows[1].values[5] = "Forl\xec/Bozen"
		return writeDBF(istat(), rows)
	})
	numeric := com(rome(), bolzano())
	spoil(numeric, ".dbf", func(b []byte) []byte {
		return bytes.Replace(b, []byte("PRO_COM_T"), []byte("ALTRO\x00\x00\x00\x00"), 1)
	})
	limiti := make(map[string][]byte)
	for name, data := range com(rome(), bolzano()) {
		limiti["Limiti01012024_g/"+name] = data
		limiti["Limiti01012024_g/"+strings.ReplaceAll(name, "Com0", "Reg0")] = data
		limiti["Limiti01012024_g/"+strings.ReplaceAll(name, "Com0", "ProvCM0")] = data
	}
	backslash := make(map[string][]byte)
	for name, data := range com(rome(), bolzano()) {
		backslash[strings.ReplaceAll(name, "/", `\`)] = data
		backslash["__MACOSX/._"+name] = data
	}
	for _, c := range []struct {
		name     string
		files    map[string][]byte
		encoding string
	}{
		{"as ISTAT publishes it", com(rome(), bolzano()), "UTF-8"},
		{"no .cpg, UTF-8", utf, "UTF-8"},
		{"no .cpg, Windows-1252", spoil(maps.Clone(ansi), ".cpg", none), "Windows-1252"},
		{".cpg says 1252", spoil(maps.Clone(ansi), ".cpg", func([]byte) []byte { return []byte("ANSI 1252\r\n") }), "Windows-1252"},
		{".cpg says ISO-8859-1", spoil(maps.Clone(ansi), ".cpg", func([]byte) []byte { return []byte("ISO-8859-1") }), "Windows-1252"},
		{"the code is a number", numeric, "UTF-8"},
		{"inside the four layers", limiti, "UTF-8"},
		{"made on Windows or a Mac", backslash, "UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, ok, problems := read("confini.zip", zipped(t, c.files))
			if !ok {
				t.Fatal(problems)
			}
			if set.CRS != UTM32 || set.Encoding != c.encoding || set.File != "confini.zip" {
				t.Errorf("got %v, %q, %q", set.CRS, set.Encoding, set.File)
			}
			for i, s := range set.Shapes {
				if len(s.Polygon) != 1 || s.Polygon[0][0].Orientation() != orb.CCW {
					t.Errorf("%s: polygon %v", s.Record, s.Polygon)
				}
				s.Polygon = nil
				if !reflect.DeepEqual(s, want[i]) {
					t.Errorf("got %+v, want %+v", s, want[i])
				}
			}
		})
	}
}

func TestALayersDayIsInItsName(t *testing.T) {
	for in, want := range map[string]atlas.Date{
		"Com01012024_g_WGS84": 20240101, "Com01012026_WGS84": 20260101, "com31122023": 20231231,
		"Com99992024": 0, "comuni": 0, "layer Com01012024": 20240101,
	} {
		if got := vintage(in); got != want {
			t.Errorf("%s: got %v, want %v", in, got, want)
		}
	}
}

// The rings of one record, in any order and turning either way:
//
//	+-----------+   +---+
//	| +-------+ |   | c |     a with a lake b, an island d in the lake;
//	| | b +-+ | |   +---+     c by itself
//	| |   |d| | |
//	| +-------+ |
//	+----a------+
func TestRingsBecomePolygonsByWhatLiesInWhat(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) orb.Ring {
		return orb.Ring{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}}
	}
	a, b, c, d := box(0, 0, 10, 10), box(1, 1, 9, 9), box(20, 0, 22, 2), box(5, 5, 6, 6)
	touching := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 0}}
	for _, x := range []struct {
		name string
		in   []orb.Ring
		want string // sizes of outer rings and their holes
	}{
		{"in order", []orb.Ring{a, b, d, c}, "100-64 1 4"},
		{"holes first", []orb.Ring{b, c, d, a}, "4 1 100-64"},
		{"turned", []orb.Ring{reversed(a), reversed(b), reversed(d), c}, "100-64 1 4"},
		{"a hole that touches the border", []orb.Ring{a, touching}, "100-8"},
		{"open rings", []orb.Ring{a[:4], b[:4]}, "100-64"},
		{"one", []orb.Ring{c}, "4"},
	} {
		t.Run(x.name, func(t *testing.T) {
			var got []string
			for _, p := range group(x.in) {
				s := ""
				for _, r := range p {
					s += fmt.Sprint(area(r))
				}
				got = append(got, s)
			}
			if strings.Join(got, " ") != x.want {
				t.Errorf("got %v, want %s", got, x.want)
			}
		})
	}
}

func reversed(r orb.Ring) orb.Ring {
	out := r.Clone()
	out.Reverse()
	return out
}

func TestNumbersBecomeCodes(t *testing.T) {
	for in, want := range map[string]string{
		"1001": "001001", "058091": "058091", "1.3e+004": "013000", "58091.000": "058091",
		"": "", "1.5": "1.5", "-3": "-3", "1.3e+008": "1.3e+008", "A": "A", "NaN": "NaN",
	} {
		if got := digits(in, codeDigits); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestUnitsOfOlderFiles(t *testing.T) {
	for _, c := range []struct{ name, city, province, want string }{
		{"metropolitan city", "201", "1", "201"}, {"flag", "1", "58", "058"}, {"province", "0", "65", "065"},
	} {
		t.Run(c.name, func(t *testing.T) {
			values := []string{"058091", c.city, c.province}
			got := findColumns([]string{"PRO_COM_T", "COD_CM", "COD_PROV"}).shape(func(i int) string { return values[i] })
			if got.Unit != c.want {
				t.Errorf("got %q, want %q", got.Unit, c.want)
			}
		})
	}
}

const collection = `{"type":"FeatureCollection","name":"Com01012024","features":[
{"type":"Feature","properties":{"com_istat_code":"058091","com_istat_code_num":58091,"name":"Roma","prov_istat_code":"058","reg_istat_code_num":12},
 "geometry":{"type":"Polygon","coordinates":[[[12,41],[12,42],[13,42],[13,41],[12,41]],[[12.1,41.1],[12.2,41.1],[12.2,41.2],[12.1,41.1]]]}},
{"type":"Feature","properties":{"PRO_COM":21008,"COMUNE":"Bolzano","COMUNE_A":"Bozen","COD_UTS":21,"COD_REG":4},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[11,46,200],[11.1,46,200],[11,46.1,200],[11,46,200]]]]}}]}`

// topology is the same on a grid: arc 0 is the common border.
//
//	(12,42) +---0---+ (13,42)
//	        | Roma  |
//	(12,41) +-------+
const topology = `{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[12,41]},"objects":{
"altro":{"type":"GeometryCollection","geometries":[{},{},{}]},
"comuni":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","arcs":[[0,1]],"properties":{"PRO_COM_T":"058091","COMUNE":"Roma"}},
{"type":"MultiPolygon","arcs":[[[-1,2]]],"properties":{"PRO_COM_T":"021008","COMUNE":"Bolzano"}}]}},
"arcs":[[[0,2],[2,0]],[[2,2],[0,-2],[-2,0],[0,2]],[[0,2],[1,1],[1,-1]]]}`

func TestGeoJSONAndTopoJSONAreRead(t *testing.T) {
	for _, c := range []struct {
		name, file string
		data       []byte
		record     string
	}{
		{"GeoJSON", "Com01012024.geojson", []byte(collection), "feature 1 (058091)"},
		{"GeoJSON, gzipped", "Com01012024.geojson.gz", gzipped(t, []byte(collection)), "feature 1 (058091)"},
		{"GeoJSON with a BOM", "Com01012024.json", []byte("\ufeff" + collection), "feature 1 (058091)"},
		{"TopoJSON", "Com01012024.json", []byte(topology), "object comuni, geometry 1 (058091)"},
		{"TopoJSON, gzipped", "Com01012024.json.gz", gzipped(t, []byte(topology)), "object comuni, geometry 1 (058091)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, ok, problems := read(c.file, c.data)
			if !ok {
				t.Fatal(problems)
			}
			if set.CRS != WGS84 || set.Encoding != "UTF-8" || len(set.Shapes) != 2 {
				t.Fatalf("got %+v", set)
			}
			s := set.Shapes[0]
			outer := s.Polygon[0][0]
			if s.Record != c.record || s.Code != "058091" || s.Name != "Roma" || outer.Orientation() != orb.CCW || area(outer) != 1 {
				t.Errorf("got %+v", s)
			}
			if set.Shapes[1].Code != "021008" {
				t.Errorf("got %+v", set.Shapes[1])
			}
		})
	}
}

func TestTheShippedBoundariesAreWhole(t *testing.T) {
	var list diag.List
	set, ok := Read(os.DirFS("../../data/territorio/confini"), "Com01012024_g.zip", 20240101, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	const comuni, vertices = 7899, 844_248
	n, holes := 0, 0
	names := make(map[string]string, comuni)
	for _, s := range set.Shapes {
		n += points(s.Polygon)
		for _, p := range s.Polygon {
			holes += len(p) - 1
		}
		names[s.Code] = s.Name + " " + s.Unit + " " + s.Region + " " + s.Other
	}
	if len(set.Shapes) != comuni || n != vertices || holes != 121 {
		t.Errorf("got %d shapes with %d points and %d holes", len(set.Shapes), n, holes)
	}
	for code, want := range map[string]string{"001168": "None 201 01 ", "021008": "Bolzano 021 04 Bozen", "013040": "Campione d'Italia 013 03 "} {
		if names[code] != want {
			t.Errorf("%s is %q, want %q", code, names[code], want)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		var list diag.List
		Read(os.DirFS("../../data/territorio/confini"), "Com01012024_g.zip", 20240101, &list)
	}
}
