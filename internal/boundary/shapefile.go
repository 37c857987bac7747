package boundary

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// shapefile is the members of a shapefile; nil is one that is missing or could
// not be unpacked, which has been reported.
type shapefile struct{ shp, dbf, prj, cpg []byte }

// Layout of a .shp: ESRI Shapefile Technical Description, July 1998.
const (
	shpMagic       = 9994
	shpHeader      = 100 // bytes before the first record
	shpWord        = 2   // lengths are in 16-bit words
	recordHeader   = 8   // number and length, big-endian
	shapeNull      = 0
	shapePolygon   = 5
	shapePolygonZ  = 15
	shapePolygonM  = 25
	polygonCounts  = 36 // offset of the numbers of parts and points, after type and box
	polygonParts   = 44 // offset of the first part index
	bytesPerPart   = 4
	bytesPerPoint  = 16
	lengthPosition = 24

	// maxRings of one shape: ten times what the most indented coast of the
	// detailed boundaries has. It bounds the search for what surrounds what.
	maxRings = 10_000
)

// readShapefile reads the parts that are there, each with its own problems, and
// puts shapes and attributes together.
func (r *reader) readShapefile(f shapefile) {
	r.set.CRS = UTM32
	if f.prj != nil {
		r.checkProjection(f.prj)
	}
	var table *dbf
	if f.dbf != nil {
		table = r.readDBF(f.dbf, f.cpg)
	}
	if f.shp == nil {
		return
	}
	shapes, whole := r.readSHP(f.shp)
	if table == nil {
		return
	}
	if whole && len(shapes) != len(table.records) {
		r.problem(r.layer, fmt.Sprintf("the .shp has %d records and the .dbf %d, want as many", len(shapes), len(table.records)), "they are not of one shapefile; download both again")
		return
	}
	columns, ok := r.columns(table.names())
	if !ok {
		return
	}
	for i, s := range shapes[:min(len(shapes), len(table.records))] {
		if table.records[i] == nil || s.bad {
			continue
		}
		shape := columns.shape(func(c int) string { return table.records[i][c] })
		shape.Record = r.record("record", i+1, shape.Code)
		if s.kind != "" {
			r.problem(shape.Record, s.kind, "")
			continue
		}
		shape.Polygon = s.polygon
		r.add(shape)
	}
}

// rawShape is a record of a .shp.
type rawShape struct {
	polygon orb.MultiPolygon
	kind    string // what it is when it is not a polygon, in words
	bad     bool   // reported already
}

// readSHP reads the records. It is whole when the file did not end too soon.
func (r *reader) readSHP(b []byte) (shapes []rawShape, whole bool) {
	if len(b) < shpHeader || binary.BigEndian.Uint32(b) != shpMagic {
		r.problem(r.layer, fmt.Sprintf("the .shp has no header (%d bytes)", len(b)), "download it again")
		return nil, false
	}
	declared := int(binary.BigEndian.Uint32(b[lengthPosition:])) * shpWord
	whole = declared <= len(b)
	if !whole {
		r.problem(r.layer, fmt.Sprintf("the .shp is cut off: it has %d bytes and says %d", len(b), declared), "download it again")
		declared = len(b)
	}
	for at := shpHeader; at < declared; {
		n := len(shapes) + 1
		if at+recordHeader > declared {
			if whole {
				r.problem(r.record("record", n, ""), fmt.Sprintf("the .shp ends within the record's header, at byte %d", declared), "download it again")
			}
			return shapes, false
		}
		length := int(binary.BigEndian.Uint32(b[at+4:])) * shpWord
		at += recordHeader
		if length > declared-at {
			if whole {
				r.problem(r.record("record", n, ""), fmt.Sprintf("the .shp ends at byte %d, within the record, which has %d bytes from byte %d", declared, length, at), "download it again")
			}
			return shapes, false
		}
		s := readPolygon(b[at : at+length])
		if s.bad {
			r.problem(r.record("record", n, ""), "the numbers of parts and points do not fit the record's length", "the .shp is damaged; download it again")
		}
		shapes = append(shapes, s)
		at += length
	}
	return shapes, whole
}

// readPolygon reads the content of a record.
func readPolygon(b []byte) rawShape {
	const typeSize = 4
	if len(b) < typeSize {
		return rawShape{bad: true}
	}
	switch kind := binary.LittleEndian.Uint32(b); kind {
	case shapeNull:
		return rawShape{}
	case shapePolygon, shapePolygonZ, shapePolygonM:
	default:
		return rawShape{kind: fmt.Sprintf("the shape is %s, want a polygon", shapeName(kind))}
	}
	if len(b) < polygonParts {
		return rawShape{bad: true}
	}
	parts := int(binary.LittleEndian.Uint32(b[polygonCounts:]))
	points := int(binary.LittleEndian.Uint32(b[polygonCounts+4:]))
	if parts > maxRings {
		return rawShape{kind: fmt.Sprintf("the shape has %d rings, want at most %d", parts, maxRings)}
	}
	if parts > len(b)/bytesPerPart || points > len(b)/bytesPerPoint || polygonParts+parts*bytesPerPart+points*bytesPerPoint > len(b) {
		return rawShape{bad: true}
	}
	coordinates := b[polygonParts+parts*bytesPerPart:]
	rings := make([]orb.Ring, 0, parts)
	end := points
	for i := parts - 1; i >= 0; i-- {
		start := int(binary.LittleEndian.Uint32(b[polygonParts+i*bytesPerPart:]))
		if start > end {
			return rawShape{bad: true}
		}
		ring := make(orb.Ring, end-start)
		for k := range ring {
			at := (start + k) * bytesPerPoint
			ring[k] = orb.Point{
				math.Float64frombits(binary.LittleEndian.Uint64(coordinates[at:])),
				math.Float64frombits(binary.LittleEndian.Uint64(coordinates[at+8:])),
			}
		}
		rings = append(rings, ring)
		end = start
	}
	for i, j := 0, len(rings)-1; i < j; i, j = i+1, j-1 {
		rings[i], rings[j] = rings[j], rings[i]
	}
	return rawShape{polygon: group(rings)}
}

func shapeName(kind uint32) string {
	switch kind {
	case 1, 11, 21:
		return "a point"
	case 3, 13, 23:
		return "a line"
	case 8, 18, 28:
		return "a set of points"
	case 31:
		return "a multipatch"
	}
	return "of the unknown type " + strconv.FormatUint(uint64(kind), 10)
}
