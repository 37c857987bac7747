package boundary

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"mappa/internal/diag"
)

// badZip is a zip and the problems it must give.
type badZip struct {
	name string
	data []byte
	want string
}

func checkProblems(t *testing.T, file string, cases []badZip) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, ok, got := read(file, c.data)
			if ok {
				t.Error("the file was taken")
			}
			var lines []string
			for line := range strings.Lines(c.want) {
				lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(line, "\t\t\t"), "\t\t\t"))
			}
			if want := strings.TrimLeft(strings.Join(lines, ""), "\n"); strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestDamagedZips(t *testing.T) {
	good := zipped(t, com(rome(), bolzano()))
	wrongSum := bytes.Clone(good)
	wrongSum[bytes.Index(wrongSum, []byte("WGS84.dbf"))+len("WGS84.dbf")+9] ^= 1
	both := com(rome())
	for name, data := range com(rome()) {
		both["Reg01012024_g/Reg01012024_g"+name[len(stem):]] = data
		both["vie/Strade"+name[len(stem):]] = data
		delete(both, name)
	}
	none := func([]byte) []byte { return nil }
	climbing := com(rome(), bolzano())
	climbing["../../etc/Com01012024.shp"] = []byte("x")
	bomb := gzipped(t, make([]byte, 8<<20))
	limit := unpackLimit(uint64(len(bomb)))
	checkProblems(t, "c.zip", []badZip{
		{"empty", nil, `
			c.zip: the file is empty`},
		{"something else", []byte("%PDF-1.4 and so on"), `
			c.zip: the file begins with "%PDF-1.4", want a zip with a shapefile, or GeoJSON or TopoJSON, plain or gzipped
			    hint: keep ISTAT's zip as downloaded; do not unpack it`},
		{"cut off", good[:len(good)/2], `
			c.zip: the zip is cut off or damaged: its directory, at the end, cannot be read (` + strconv.Itoa(len(good)/2) + ` bytes)
			    hint: download it again`},
		{"wrong checksum", wrongSum, `
			c.zip: layer Com01012024_g_WGS84: Com01012024_g_WGS84.dbf does not match its checksum
			    hint: download the zip again`},
		{"no shapefile", zipped(t, map[string][]byte{"leggimi.txt": []byte("ciao")}), `
			c.zip: there is no .shp in the zip
			    hint: want ISTAT's Com…_g.zip or Limiti…_g.zip as downloaded`},
		{"several layers, none of the Comuni", zipped(t, both), `
			c.zip: none of the layers Reg01012024_g/Reg01012024_g.shp, vie/Strade.shp is certain to be the Comuni
			    hint: call it Com and its date, like Com01012024_g_WGS84.shp`},
		{"no .dbf", zipped(t, spoil(com(rome()), ".dbf", none)), `
			c.zip: layer Com01012024_g_WGS84: Com01012024_g_WGS84.dbf is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is`},
		{"no .prj", zipped(t, spoil(com(rome()), ".prj", none)), `
			c.zip: layer Com01012024_g_WGS84: Com01012024_g_WGS84.prj is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is`},
		{"a path that leads out", zipped(t, climbing), `
			c.zip: "../../etc/Com01012024.shp" is not a path inside the zip
			    hint: download it again from ISTAT`},
		{"a bomb that says so", lyingZip(t, "Com01012024.shp", make([]byte, 100), 1<<40), `
			c.zip: layer Com01012024: Com01012024.dbf is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is
			c.zip: layer Com01012024: Com01012024.prj is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is
			c.zip: layer Com01012024: Com01012024.shp unpacks to 1099511627776 bytes or more, want at most 1048576 for its packed size
			    hint: this is no map of Italy; download it again from its publisher`},
		{"a bomb that lies", lyingZip(t, "Com01012024.shp", deflated(t, 32<<20), 1000), `
			c.zip: layer Com01012024: Com01012024.dbf is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is
			c.zip: layer Com01012024: Com01012024.prj is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is
			c.zip: layer Com01012024: Com01012024.shp is cut off
			    hint: download the zip again`},
		{"a gzip bomb", bomb, `
			c.zip: c.zip unpacks to ` + fmt.Sprint(limit+1) + ` bytes or more, want at most ` + fmt.Sprint(limit) + ` for its packed size
			    hint: this is no map of Italy; download it again from its publisher`},
		{"a gzip cut off", gzipped(t, []byte(collection))[:100], `
			c.zip: the gzip file is cut off
			    hint: download it again`},
	})
}

// ISTAT names a layer with its day; whoever keeps the zip may rename the zip.
func TestALayerOfAnotherDayIsRefused(t *testing.T) {
	for _, c := range []struct{ name, layer, want string }{
		{"the same day", "Com01012024_WGS84", ""},
		{"no day", "comuni", ""},
		{"no day that there is", "Com99012023", ""},
		{"another day", "Com01012023_g_WGS84", `
			c.zip: layer Com01012023_g_WGS84: the layer is of 2023-01-01 by its name, the file of 2024-01-01 by its own
			    hint: if the file was renamed, name it as it was downloaded; else download it again`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := make(map[string][]byte)
			for name, data := range com(rome(), bolzano()) {
				files[c.layer+"/"+c.layer+path.Ext(name)] = data
			}
			data := zipped(t, files)
			if c.want != "" {
				checkProblems(t, "c.zip", []badZip{{"", data, c.want}})
			}
			if set, ok, problems := read("c.zip", data); ok != (c.want == "") || ok != (len(set.Shapes) == 2) || !ok && set.Shapes != nil {
				t.Errorf("%v, %d shapes, %s", ok, len(set.Shapes), problems)
			}
		})
	}
	broken := com(rome(), bolzano())
	for name, data := range spoil(broken, ".shp", func(b []byte) []byte { return b[:len(b)-20] }) {
		delete(broken, name)
		broken["Com31122023"+path.Ext(name)] = data
	}
	checkProblems(t, "c.zip", []badZip{{"and cut off too", zipped(t, broken), `
			c.zip: layer Com31122023: the .shp is cut off: it has 352 bytes and says 372
			    hint: download it again
			c.zip: layer Com31122023: the layer is of 2023-12-31 by its name, the file of 2024-01-01 by its own
			    hint: if the file was renamed, name it as it was downloaded; else download it again`}})
}

func deflated(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		_, err = w.Write(make([]byte, n))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDamagedShapefiles(t *testing.T) {
	cut := func(n int) func([]byte) []byte { return func(b []byte) []byte { return b[:len(b)-n] } }
	set := func(at int, v uint32, order binary.ByteOrder) func([]byte) []byte {
		return func(b []byte) []byte {
			order.PutUint32(b[at:], v)
			return b
		}
	}
	shp := func(change func([]byte) []byte) []byte {
		return zipped(t, spoil(com(rome(), bolzano()), ".shp", change))
	}
	dbf := func(change func([]byte) []byte) []byte {
		return zipped(t, spoil(com(rome(), bolzano()), ".dbf", change))
	}
	const first = shpHeader + recordHeader
	checkProblems(t, "c.zip", []badZip{
		{".shp cut off", shp(cut(20)), `
			c.zip: layer Com01012024_g_WGS84: the .shp is cut off: it has 352 bytes and says 372
			    hint: download it again`},
		{".shp without header", shp(func([]byte) []byte { return []byte("no") }), `
			c.zip: layer Com01012024_g_WGS84: the .shp has no header (2 bytes)
			    hint: download it again`},
		{"a record longer than the file", shp(set(shpHeader+4, 1<<30, binary.BigEndian)), `
			c.zip: layer Com01012024_g_WGS84, record 1: the .shp ends at byte 372, within the record, which has 2147483648 bytes from byte 108
			    hint: download it again`},
		{"more points than the record holds", shp(set(first+polygonCounts+4, 1<<31, binary.LittleEndian)), `
			c.zip: layer Com01012024_g_WGS84, record 1: the numbers of parts and points do not fit the record's length
			    hint: the .shp is damaged; download it again`},
		{"a point", shp(set(first, 1, binary.LittleEndian)), `
			c.zip: layer Com01012024_g_WGS84, record 1 (058091): the shape is a point, want a polygon`},
		{"other numbers of records", dbf(func([]byte) []byte { return writeDBF(istat(), []row{rome()}) }), `
			c.zip: layer Com01012024_g_WGS84: the .shp has 2 records and the .dbf 1, want as many
			    hint: they are not of one shapefile; download both again`},
		{".dbf cut off", dbf(cut(60)), `
			c.zip: layer Com01012024_g_WGS84: the .dbf is cut off: it has room for 1 records and says 2
			    hint: download it again`},
		{".dbf without header", dbf(func([]byte) []byte { return nil }), `
			c.zip: layer Com01012024_g_WGS84: Com01012024_g_WGS84.dbf is not in the zip
			    hint: a shapefile is at least .shp, .dbf and .prj; download it again as it is`},
		{"no column with the code", dbf(func([]byte) []byte {
			return writeDBF([]column{{"COD", 'N', 10}, {"NOME", 'C', 10}}, []row{{values: []string{"1", "x"}}, {values: []string{"1", "x"}}})
		}), `
			c.zip: layer Com01012024_g_WGS84: there is no column with the ISTAT code, only COD, NOME
			    hint: want PRO_COM_T, or PRO_COM, or com_istat_code`},
		{"not the encoding of the .cpg", dbf(func(b []byte) []byte { return bytes.Replace(b, []byte("Forlì"), []byte("Forl\xec "), 1) }), `
			c.zip: layer Com01012024_g_WGS84, record 2: column COMUNE has "Forl\xec /Bozen", which is not UTF-8
			    hint: put the encoding that the .dbf is in into the .cpg file`},
		{"an unknown encoding", zipped(t, spoil(com(rome()), ".cpg", func([]byte) []byte { return []byte("KLINGON") })), `
			c.zip: layer Com01012024_g_WGS84: the .cpg says "klingon", which is no known encoding
			    hint: want UTF-8 or 1252`},
	})
}

func TestWrongShapes(t *testing.T) {
	with := func(change func(*row)) []byte {
		r := bolzano()
		change(&r)
		return zipped(t, com(rome(), r))
	}
	moved := func(x, y float64) func(*row) {
		return func(r *row) { r.rings[0] = r.rings[0].Clone(); r.rings[0][2] = orb.Point{x, y} }
	}
	const inItaly = "want x 220000 to 1.44e+06 and y 3.86e+06 to 5.36e+06 in EPSG:32632 (WGS 84 / UTM zone 32N)"
	checkProblems(t, "c.zip", []badZip{
		{"no shape", with(func(r *row) { r.rings = nil }), `
			c.zip: layer Com01012024_g_WGS84, record 2 (021008): the shape is empty
			    hint: every Comune needs a polygon; delete the record if the Comune is no more`},
		{"a line for a ring", with(func(r *row) { r.rings[0] = r.rings[0][:2] }), `
			c.zip: layer Com01012024_g_WGS84, record 2 (021008): ring 1 has fewer than three corners
			    hint: delete the ring`},
		{"two shapes for one code", with(func(r *row) { r.values[4] = "058091" }), `
			c.zip: layer Com01012024_g_WGS84, record 2 (058091): code "058091" has a shape already, in layer Com01012024_g_WGS84, record 1 (058091)
			    hint: unite the two into one multipolygon, or give each its own code`},
		{"not a code", with(func(r *row) { r.values[4] = "21O08" }), `
			c.zip: layer Com01012024_g_WGS84, record 2 (21O08): "21O08" is not an ISTAT code, want six digits
			    hint: Roma is 058091; the leading zeros belong to the code`},
		{"not a number", with(moved(math.NaN(), 4_640_000)), `
			c.zip: layer Com01012024_g_WGS84, record 2 (021008): 1 point lies outside Italy, the first at NaN 4.64e+06, ` + inItaly},
		{"in the sea off Guinea", with(moved(0, 0)), `
			c.zip: layer Com01012024_g_WGS84, record 2 (021008): 1 point lies outside Italy, the first at 0 0, ` + inItaly},
		{"swapped", with(moved(4_640_000, 790_000)), `
			c.zip: layer Com01012024_g_WGS84, record 2 (021008): 1 point lies outside Italy, the first at 4.64e+06 790000, ` + inItaly + `
			    hint: the two coordinates seem to be swapped`},
		{"all in one run", with(func(r *row) { moved(0, 0)(r); r.values[4] = "" }), `
			c.zip: layer Com01012024_g_WGS84, record 2: "" is not an ISTAT code, want six digits
			    hint: Roma is 058091; the leading zeros belong to the code
			c.zip: layer Com01012024_g_WGS84, record 2: 1 point lies outside Italy, the first at 0 0, ` + inItaly},
	})
}

func TestProjectionsOtherThanUTM32(t *testing.T) {
	swap := func(from, to string) string { return strings.Replace(utm32, from, to, 1) }
	const hint = `
			    hint: reproject it: ogr2ogr -t_srs EPSG:32632 -lco ENCODING=UTF-8 Com_32632.shp Com.shp, and zip the result`
	const before = `
			c.zip: layer Com01012024_g_WGS84: the projection is `
	const after = `, want EPSG:32632 (WGS 84 / UTM zone 32N)` + hint
	var cases []badZip
	for _, c := range []struct{ name, prj, want string }{
		{"zone 33", strings.ReplaceAll(swap("9.0", "15.0"), "32N", "33N"), before + `"WGS_1984_UTM_Zone_33N" (central meridian 15)` + after},
		{"degrees", `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]`, before + `"GCS_WGS_1984" (longitude and latitude, not a plane)` + after},
		{"another datum", swap("D_WGS_1984", "D_European_1950"), before + `"WGS_1984_UTM_Zone_32N" (datum D_European_1950)` + after},
		{"another ellipsoid", swap(`"WGS_1984",6378137.0`, `"International_1924",6378388.0`), before + `"WGS_1984_UTM_Zone_32N" (ellipsoid International_1924)` + after},
		{"another method", swap("Transverse_Mercator", "Lambert_Azimuthal_Equal_Area"), before + `"WGS_1984_UTM_Zone_32N" (Lambert_Azimuthal_Equal_Area)` + after},
		{"feet", swap(`UNIT["Meter",1.0]`, `UNIT["Foot",0.3048]`), before + `"WGS_1984_UTM_Zone_32N" (unit Foot)` + after},
		{"another scale", swap("0.9996", "1"), before + `"WGS_1984_UTM_Zone_32N" (scale factor 1)` + after},
		{"not well formed", `PROJCS["WGS_1984`, `
			c.zip: layer Com01012024_g_WGS84: the .prj cannot be read: "PROJCS[\"WGS_1984"
			    hint: want the well-known text of EPSG:32632`},
	} {
		data := zipped(t, spoil(com(rome()), ".prj", func([]byte) []byte { return []byte(c.prj) }))
		cases = append(cases, badZip{c.name, data, c.want})
	}
	checkProblems(t, "c.zip", cases)
}

func TestOtherSpellingsOfUTM32AreTaken(t *testing.T) {
	for name, prj := range map[string]string{
		"GDAL": `PROJCS["WGS 84 / UTM zone 32N", GEOGCS["WGS 84", DATUM["WGS_1984", SPHEROID["WGS 84",6378137,298.257223563, AUTHORITY["EPSG","7030"]]], PRIMEM["Greenwich",0], UNIT["degree",0.0174532925199433]],
			PROJECTION["Transverse_Mercator"], PARAMETER["latitude_of_origin",0], PARAMETER["central_meridian",9], PARAMETER["scale_factor",0.9996], PARAMETER["false_easting",500000], PARAMETER["false_northing",0], UNIT["metre",1], AUTHORITY["EPSG","32632"]]`,
		"round brackets": strings.NewReplacer("[", "(", "]", ")").Replace(utm32),
	} {
		t.Run(name, func(t *testing.T) {
			if _, ok, problems := read("c.zip", zipped(t, spoil(com(rome()), ".prj", func([]byte) []byte { return []byte(prj) }))); !ok {
				t.Error(problems)
			}
		})
	}
}

func TestDamagedJSON(t *testing.T) {
	geo := func(old, new string) []byte { return []byte(strings.Replace(collection, old, new, 1)) }
	topo := func(old, new string) []byte { return []byte(strings.Replace(topology, old, new, 1)) }
	checkProblems(t, "c.json", []badZip{
		{"a comma too many", geo(`"name":"Roma",`, `"name":"Roma",,`), `
			c.json:2:100: the JSON is broken: invalid character ',' looking for beginning of object key string
			    hint: download it again`},
		{"cut off", []byte(collection[:200]), `
			c.json:2:138: the JSON is broken: unexpected end of JSON input
			    hint: download it again`},
		{"another kind of value", geo(`"FeatureCollection"`, `17`), `
			c.json:1:10: the JSON is broken: number does not belong in "Type"
			    hint: download it again`},
		{"another type", geo(`"FeatureCollection"`, `"Feature"`), `
			c.json: the type of the JSON is "Feature", want FeatureCollection or Topology`},
		{"no shapes", []byte(`{"type":"FeatureCollection","features":[]}`), `
			c.json: there is no shape in the file`},
		{"another plane", geo(`"features"`, `"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32632"}},"features"`), `
			c.json: the coordinates are in "urn:ogc:def:crs:EPSG::32632", want longitude and latitude in WGS 84
			    hint: reproject it: ogr2ogr -t_srs EPSG:4326 comuni.geojson c.json`},
		{"not a feature", []byte(`{"type":"FeatureCollection","features":[7]}`), `
			c.json: feature 1: this is not a GeoJSON feature
			    hint: want type, properties and geometry`},
		{"a point", geo(`"MultiPolygon"`, `"Point"`), `
			c.json: feature 2 (021008): the shape is a Point, want a Polygon or MultiPolygon`},
		{"no geometry", geo(`"geometry":{"type":"Polygon","coordinates":[[[12,41],[12,42],[13,42],[13,41],[12,41]],[[12.1,41.1],[12.2,41.1],[12.2,41.2],[12.1,41.1]]]}`, `"geometry":null`), `
			c.json: feature 1 (058091): the shape is empty
			    hint: every Comune needs a polygon; delete the record if the Comune is no more`},
		{"coordinates of another depth", geo(`"Polygon"`, `"MultiPolygon"`), `
			c.json: feature 1 (058091): the coordinates are not those of a MultiPolygon
			    hint: want rings of [longitude, latitude]`},
		{"metres for degrees", geo(`[12,42]`, `[790000,4640000]`), `
			c.json: feature 1 (058091): 1 point lies outside Italy, the first at 790000 4.64e+06, want x 6 to 19.1 and y 35 to 47.6 in EPSG:4326 (WGS 84)`},
		{"no code", geo(`"PRO_COM"`, `"COM"`), `
			c.json: feature 2: there is no property with the ISTAT code, only COD_REG, COD_UTS, COM, COMUNE, COMUNE_A
			    hint: want PRO_COM_T, or PRO_COM, or com_istat_code`},
		{"an arc that is not there", topo(`[[0,1]]`, `[[0,9]]`), `
			c.json: object comuni, geometry 1 (058091): arc 9 is not there, the file has arcs 0 to 2
			    hint: the TopoJSON is damaged; download it again`},
		{"an arc backwards that is not there", topo(`[[0,1]]`, `[[0,-9]]`), `
			c.json: object comuni, geometry 1 (058091): arc 8 is not there, the file has arcs 0 to 2
			    hint: the TopoJSON is damaged; download it again`},
		{"arcs that do not meet", topo(`[[0,1]]`, `[[1,0,0]]`), `
			c.json: object comuni, geometry 1 (058091): arc 0 does not begin where the one before it ends
			    hint: the TopoJSON is damaged; download it again`},
		{"arcs used too often", topo(`[[0,1]]`, `[[0`+strings.Repeat(",-1,0", 100)+`]]`), `
			c.json: object comuni, geometry 1 (058091): the arcs are used more than 8 times over, want each border at most twice
			    hint: the TopoJSON is damaged; download it again
			c.json: object comuni, geometry 2 (021008): the arcs are used more than 8 times over, want each border at most twice
			    hint: the TopoJSON is damaged; download it again`},
		{"no objects", []byte(`{"type":"Topology","arcs":[]}`), `
			c.json: there is no object in the topology`},
	})
}

func TestAMissingFileSaysWhereToGetIt(t *testing.T) {
	var list diag.List
	if _, ok := Read(fstest.MapFS{}, "data/c.zip", 20240101, &list); ok {
		t.Error("the file was taken")
	}
	const want = "data/c.zip: the boundaries are not there\n    hint: download Limiti…_g.zip from https://www.istat.it/it/archivio/222527 and put it here as it is"
	if got := list.Problems()[0].String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
