package boundary

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"mappa/internal/diag"
)

// utm32 is the .prj that ISTAT publishes.
const utm32 = `PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

// column is a column of a .dbf; texts are padded to width.
type column struct {
	name  string
	kind  byte
	width int
}

// istat are the columns that matter of ISTAT's table.
func istat() []column {
	return []column{{"COD_REG", 'N', 10}, {"COD_CM", 'N', 10}, {"COD_UTS", 'N', 10}, {"PRO_COM", 'N', 14}, {"PRO_COM_T", 'C', 6}, {"COMUNE", 'C', 30}, {"COMUNE_A", 'C', 30}}
}

// row is a record of the synthetic shapefile: rings of one shape and its values.
type row struct {
	rings  []orb.Ring
	values []string
}

// square is a ring of side 1000 m near Roma, n kilometres to the east,
// clockwise as ESRI has it.
func square(n float64) orb.Ring {
	x, y := 790_000+1000*n, 4_640_000.0
	return orb.Ring{{x, y}, {x, y + 1000}, {x + 1000, y + 1000}, {x + 1000, y}, {x, y}}
}

func rome() row {
	return row{[]orb.Ring{square(0)}, []string{"12", "1", "258", "58091", "058091", "Roma", "0"}}
}

func bolzano() row {
	return row{[]orb.Ring{square(1)}, []string{"4", "0", "21", "2.1008e+004", "021008", "Forlì/Bozen", "Bozen"}}
}

// writeSHP is the .shp of rows.
func writeSHP(rows []row) []byte {
	var body []byte
	for i, r := range rows {
		content := binary.LittleEndian.AppendUint32(nil, shapePolygon)
		content = append(content, make([]byte, polygonCounts-len(content))...) // the box, which nobody reads
		n := 0
		for _, ring := range r.rings {
			n += len(ring)
		}
		content = binary.LittleEndian.AppendUint32(content, uint32(len(r.rings)))
		content = binary.LittleEndian.AppendUint32(content, uint32(n))
		n = 0
		for _, ring := range r.rings {
			content = binary.LittleEndian.AppendUint32(content, uint32(n))
			n += len(ring)
		}
		for _, ring := range r.rings {
			for _, p := range ring {
				content = binary.LittleEndian.AppendUint64(content, math.Float64bits(p[0]))
				content = binary.LittleEndian.AppendUint64(content, math.Float64bits(p[1]))
			}
		}
		if len(r.rings) == 0 {
			content = make([]byte, 4) // null shape
		}
		body = binary.BigEndian.AppendUint32(body, uint32(i+1))
		body = binary.BigEndian.AppendUint32(body, uint32(len(content)/shpWord))
		body = append(body, content...)
	}
	head := make([]byte, shpHeader)
	binary.BigEndian.PutUint32(head, shpMagic)
	binary.BigEndian.PutUint32(head[lengthPosition:], uint32((shpHeader+len(body))/shpWord))
	return append(head, body...)
}

// writeDBF is the .dbf of rows.
func writeDBF(columns []column, rows []row) []byte {
	width := 1
	var fields []byte
	for _, c := range columns {
		f := make([]byte, dbfHeader)
		copy(f, c.name)
		f[dbfNameLength], f[dbfFieldWidth] = c.kind, byte(c.width)
		fields = append(fields, f...)
		width += c.width
	}
	head := make([]byte, dbfHeader)
	head[0] = 3
	binary.LittleEndian.PutUint32(head[dbfCount:], uint32(len(rows)))
	binary.LittleEndian.PutUint16(head[dbfStart:], uint16(dbfHeader+len(fields)+1))
	binary.LittleEndian.PutUint16(head[dbfWidth:], uint16(width))
	out := append(append(head, fields...), dbfFieldEnd)
	for _, r := range rows {
		out = append(out, ' ')
		for i, c := range columns {
			value := r.values[i]
			if c.kind == 'N' {
				value = strings.Repeat(" ", max(0, c.width-len(value))) + value
			}
			out = append(out, (value + strings.Repeat(" ", c.width))[:c.width]...)
		}
	}
	return append(out, 0x1a)
}

// com is the members of a good zip, to be spoilt.
const stem = "Com01012024_g/Com01012024_g_WGS84"

func com(rows ...row) map[string][]byte {
	return map[string][]byte{
		stem + ".shp": writeSHP(rows), stem + ".dbf": writeDBF(istat(), rows),
		stem + ".prj": []byte(utm32), stem + ".cpg": []byte("UTF-8"),
	}
}

// spoil changes a member in place; nil removes it.
func spoil(files map[string][]byte, ext string, change func([]byte) []byte) map[string][]byte {
	if changed := change(files[stem+ext]); changed != nil {
		files[stem+ext] = changed
	} else {
		delete(files, stem+ext)
	}
	return files
}

func zipped(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lyingZip is a zip with one deflated member that says it unpacks to size.
func lyingZip(t testing.TB, name string, packed []byte, size uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: size, CRC32: crc32.ChecksumIEEE(nil)})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads data as a file of that name; problems come as lines.
func read(name string, data []byte) (*Set, bool, string) {
	var list diag.List
	set, ok := Read(fstest.MapFS{name: {Data: data}}, name, 20240101, &list)
	var b strings.Builder
	for _, p := range list.Problems() {
		fmt.Fprintln(&b, p)
	}
	return set, ok, b.String()
}
