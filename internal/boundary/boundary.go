// Package boundary reads the lines of the Comuni as they are published.
//
// It takes what ISTAT offers for download, as downloaded: a zip with the
// shapefile of the Comuni (.shp, .dbf, .prj) in EPSG:32632, alone or as one of
// the four layers of the yearly Limiti…_g.zip; and GeoJSON or TopoJSON in
// WGS 84, plain or gzipped. What a file is, is told from its first bytes, not
// from its name.
//
// [Read] is strict about what would put a wrong line on a map (a projection that
// is not the expected one, a coordinate outside Italy, two shapes for one code,
// a file that is cut off) and lenient about what is only custom: names of
// columns, numbers written as 1.3e+008, encodings, which way a ring turns. It
// reports every problem of a file in one run. Whether each shape has a Comune
// and each Comune a shape is not known here.
//
// No file can make it use more memory than a small multiple of the limits
// below, whatever it declares.
package boundary

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// CRS is the plane the coordinates of a Set are in.
type CRS uint8

const (
	UTM32 CRS = iota + 1 // EPSG:32632, metres
	WGS84                // EPSG:4326, longitude and latitude in degrees
)

// String is the EPSG code with its name.
func (c CRS) String() string {
	switch c {
	case UTM32:
		return "EPSG:32632 (WGS 84 / UTM zone 32N)"
	case WGS84:
		return "EPSG:4326 (WGS 84)"
	}
	return "unknown"
}

// Set is one file of boundaries.
type Set struct {
	File     string
	CRS      CRS
	Encoding string  // of the names: UTF-8, Windows-1252 or as the .cpg says
	Shapes   []Shape // in the order of the file
}

// Shape is one Comune's territory.
type Shape struct {
	Code    string           // ISTAT code at the vintage, six digits
	Name    string           // Italian name, "" where the file has none
	Other   string           // name in another language, "" where there is none
	Unit    string           // COD_UTS, three digits; "" where the file has none
	Region  string           // COD_REG, two digits; "" where the file has none
	Record  string           // where it was read, for messages: `layer Com01012024_g_WGS84, record 12 (058091)`
	Polygon orb.MultiPolygon // closed rings; outer ones anticlockwise, holes clockwise
}

// Limits of what is read: far above anything ISTAT publishes (the detailed
// boundaries are a zip of 90 MB with 150 MB inside), far below what would hurt.
const (
	maxFile     = 256 << 20 // bytes of the file as it lies on disk
	maxUnpacked = 512 << 20 // bytes of one unpacked member
	maxRatio    = 200       // unpacked to packed; a .dbf padded with blanks reaches 30
	freeUnpack  = 1 << 20   // bytes that may unpack at any ratio
)

// reader gathers the shapes and problems of one file.
type reader struct {
	file  string
	list  *diag.List // of this file's problems
	set   *Set
	day   atlas.Date // that the lines hold at, as the file's name says
	layer string     // what records belong to: `layer Com01012024_g_WGS84`, or "" for JSON
}

// Read reads the boundary file called name, whose lines are said to hold at day.
// It is ok when the file had no problem; when not, list says why, and the Set
// holds those shapes whose code could be read, each code once, with lines or
// without; none where the day is in doubt, since a code is valid only at a day.
func Read(fsys fs.FS, name string, day atlas.Date, list *diag.List) (*Set, bool) {
	r := &reader{file: name, list: list.Part(), day: day, set: &Set{File: name}}
	if data, ok := r.load(fsys); ok {
		r.read(data)
	}
	r.checkDuplicates()
	if !r.checkDay() {
		r.set.Shapes = nil
	}
	return r.set, r.list.Len() == 0
}

func (r *reader) load(fsys fs.FS) ([]byte, bool) {
	info, err := fs.Stat(fsys, r.file)
	if errors.Is(err, fs.ErrNotExist) {
		r.problem("", "the boundaries are not there", "download Limiti…_g.zip from https://www.istat.it/it/archivio/222527 and put it here as it is")
		return nil, false
	}
	if err == nil && info.Size() > maxFile {
		r.problem("", fmt.Sprintf("the file has %d bytes, want at most %d", info.Size(), maxFile), "take ISTAT's generalised boundaries, whose name ends in _g")
		return nil, false
	}
	data, err := fs.ReadFile(fsys, r.file)
	if err != nil {
		r.problem("", err.Error(), "")
		return nil, false
	}
	return data, true
}

// read chooses the format by the first bytes.
func (r *reader) read(data []byte) {
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		r.readZip(data)
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		if plain, ok := r.gunzip(data); ok {
			r.readJSON(plain)
		}
	case len(data) == 0:
		r.problem("", "the file is empty", "")
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"), []byte("{")):
		r.readJSON(data)
	default:
		const shown = 8
		r.problem("", fmt.Sprintf("the file begins with %q, want a zip with a shapefile, or GeoJSON or TopoJSON, plain or gzipped", data[:min(shown, len(data))]),
			"keep ISTAT's zip as downloaded; do not unpack it")
	}
}

// problem adds a problem of the whole file (record "") or of a record.
func (r *reader) problem(record, text, hint string) {
	r.list.Add(diag.Problem{File: r.file, Record: record, Text: text, Hint: hint})
}

// record names a record for messages; code may be "" or wrong.
func (r *reader) record(kind string, number int, code string) string {
	s := fmt.Sprintf("%s %d", kind, number)
	if r.layer != "" {
		s = r.layer + ", " + s
	}
	if code != "" {
		s += fmt.Sprintf(" (%s)", code)
	}
	return s
}

// add checks one shape and keeps it.
func (r *reader) add(s Shape) {
	r.checkCode(s)
	if points(s.Polygon) == 0 {
		r.problem(s.Record, "the shape is empty", "every Comune needs a polygon; delete the record if the Comune is no more")
	} else {
		r.checkRings(s)
		r.checkCoordinates(s)
	}
	r.set.Shapes = append(r.set.Shapes, s)
}

func points(m orb.MultiPolygon) int {
	n := 0
	for _, p := range m {
		for _, ring := range p {
			n += len(ring)
		}
	}
	return n
}

// checkRings reports rings that enclose nothing because they have not three
// different points one after another.
func (r *reader) checkRings(s Shape) {
	const triangle = 3
	n := 0
	for _, p := range s.Polygon {
		for _, ring := range p {
			n++
			steps := 0
			for i := 1; i < len(ring); i++ {
				if ring[i] != ring[i-1] {
					steps++
				}
			}
			if steps < triangle {
				r.problem(s.Record, fmt.Sprintf("ring %d has fewer than three corners", n), "delete the ring")
			}
		}
	}
}

func isCode(s string) bool {
	const digits = 6
	return len(s) == digits && strings.Trim(s, "0123456789") == ""
}

func (r *reader) checkCode(s Shape) {
	if !isCode(s.Code) {
		r.problem(s.Record, fmt.Sprintf("%q is not an ISTAT code, want six digits", s.Code), "Roma is 058091; the leading zeros belong to the code")
	}
}

// checkDuplicates reports the second and every further shape of a code, and
// leaves out these and those without a code.
func (r *reader) checkDuplicates() {
	first := make(map[string]string, len(r.set.Shapes))
	all := r.set.Shapes
	r.set.Shapes = make([]Shape, 0, len(all))
	for _, s := range all {
		if !isCode(s.Code) {
			continue
		}
		if record, seen := first[s.Code]; seen {
			r.problem(s.Record, fmt.Sprintf("code %q has a shape already, in %s", s.Code, record), "unite the two into one multipolygon, or give each its own code")
			continue
		}
		first[s.Code] = s.Record
		r.set.Shapes = append(r.set.Shapes, s)
	}
}

// Box around Italy with half a degree to spare: Pizzo Lampione lies at 35.5 N
// (Lampedusa), the Vetta d'Italia at 47.1 N, Rocca Bernauda (Bardonecchia) at
// 6.6 E, Capo d'Otranto at 18.5 E.
const (
	west, east   = 6.0, 19.1
	south, north = 35.0, 47.6
)

// The same box in EPSG:32632, rounded outwards to ten kilometres: the corners
// are at 272, 5276 and 1432, 3973 km.
const (
	westE, eastE   = 220_000.0, 1_440_000.0
	southN, northN = 3_860_000.0, 5_360_000.0
)

func (r *reader) checkCoordinates(s Shape) {
	b := orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
	if r.set.CRS == UTM32 {
		b = orb.Bound{Min: orb.Point{westE, southN}, Max: orb.Point{eastE, northN}}
	}
	var first orb.Point
	n := 0
	for _, p := range s.Polygon {
		for _, ring := range p {
			for _, q := range ring {
				if !(q[0] >= b.Min[0] && q[0] <= b.Max[0] && q[1] >= b.Min[1] && q[1] <= b.Max[1]) {
					if n == 0 {
						first = q
					}
					n++
				}
			}
		}
	}
	if n == 0 {
		return
	}
	hint := ""
	if b.Contains(orb.Point{first[1], first[0]}) {
		hint = "the two coordinates seem to be swapped"
	}
	r.problem(s.Record, fmt.Sprintf("%s outside Italy, the first at %v %v, want x %v to %v and y %v to %v in %s",
		count(n, "point lies", "points lie"), first[0], first[1], b.Min[0], b.Max[0], b.Min[1], b.Max[1], r.set.CRS), hint)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// vintage is the date in the name of a layer of ISTAT's: Com01012024_g_WGS84,
// Com01012024_WGS84. It is 0 where there is none.
func vintage(name string) atlas.Date {
	m := regexp.MustCompile(`(?i)Com(\d{8})`).FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	t, err := time.Parse("02012006", m[1])
	if err != nil {
		return 0
	}
	return atlas.DateOf(t)
}

// checkDay holds the date in the layer's name, which its maker gave, against the
// one of the file, which anybody may have renamed. It reports whether they agree.
func (r *reader) checkDay() bool {
	inside := vintage(r.layer)
	if inside == 0 || inside == r.day {
		return true
	}
	r.problem(r.layer, fmt.Sprintf("the layer is of %s by its name, the file of %s by its own", inside, r.day), "if the file was renamed, name it as it was downloaded; else download it again")
	return false
}
