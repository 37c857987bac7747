package boundary

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"mappa/internal/diag"
)

// document is the outside of a GeoJSON (RFC 7946) or TopoJSON file.
type document struct {
	Type     string
	CRS      *struct{ Properties struct{ Name string } } // GeoJSON before 2016
	Features []json.RawMessage
	topoJSON
}

// readJSON reads a whole JSON file, GeoJSON or TopoJSON.
func (r *reader) readJSON(data []byte) {
	r.set.CRS, r.set.Encoding = WGS84, "UTF-8"
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		r.broken(data, err)
		return
	}
	if c := doc.CRS; c != nil && !isWGS84(c.Properties.Name) {
		r.problem("", fmt.Sprintf("the coordinates are in %q, want longitude and latitude in WGS 84", c.Properties.Name), "reproject it: ogr2ogr -t_srs EPSG:4326 comuni.geojson "+r.file)
		return
	}
	switch doc.Type {
	case "FeatureCollection":
		for i, raw := range doc.Features {
			r.feature(i+1, raw)
		}
	case "Topology":
		r.topology(doc.topoJSON)
	default:
		r.problem("", fmt.Sprintf("the type of the JSON is %q, want FeatureCollection or Topology", doc.Type), "")
		return
	}
	if len(r.set.Shapes) == 0 && r.list.Len() == 0 {
		r.problem("", "there is no shape in the file", "")
	}
}

func isWGS84(name string) bool {
	return name == "" || strings.Contains(name, "CRS84") || strings.HasSuffix(name, ":4326")
}

// broken reports where JSON cannot be read.
func (r *reader) broken(data []byte, err error) {
	at := int64(len(data))
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
		err = fmt.Errorf("%s does not belong in %q", kind.Value, kind.Field)
	}
	before := data[:min(max(at-1, 0), int64(len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	col := len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
	r.list.Add(diag.Problem{File: r.file, Line: line, Col: col, Text: "the JSON is broken: " + err.Error(), Hint: "download it again"})
}

// feature reads one feature of a GeoJSON file.
func (r *reader) feature(number int, raw json.RawMessage) {
	var f struct {
		Properties map[string]json.RawMessage
		Geometry   *struct {
			Type        string
			Coordinates json.RawMessage
		}
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		r.problem(r.record("feature", number, ""), "this is not a GeoJSON feature", "want type, properties and geometry")
		return
	}
	s, ok := r.attributes("feature", number, f.Properties)
	if !ok {
		return
	}
	if f.Geometry != nil {
		var err error
		switch f.Geometry.Type {
		case "Polygon":
			s.Polygon = make(orb.MultiPolygon, 1)
			err = json.Unmarshal(f.Geometry.Coordinates, &s.Polygon[0])
		case "MultiPolygon":
			err = json.Unmarshal(f.Geometry.Coordinates, &s.Polygon)
		default:
			r.notPolygon(s.Record, f.Geometry.Type)
			return
		}
		if err != nil {
			r.problem(s.Record, "the coordinates are not those of a "+f.Geometry.Type, "want rings of [longitude, latitude]")
			return
		}
	}
	s.Polygon = oriented(s.Polygon)
	r.add(s)
}

func (r *reader) notPolygon(record, kind string) {
	r.problem(record, fmt.Sprintf("the shape is a %s, want a Polygon or MultiPolygon", kind), "")
}

// attributes makes a Shape of properties, or reports that there is no code.
func (r *reader) attributes(kind string, number int, properties map[string]json.RawMessage) (Shape, bool) {
	names := make([]string, 0, len(properties))
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	c := findColumns(names)
	s := c.shape(func(i int) string { return text(properties[names[i]]) })
	s.Record = r.record(kind, number, s.Code)
	if c.code < 0 {
		r.problem(s.Record, "there is no property with the ISTAT code, only "+strings.Join(names, ", "), wantedCode)
		return s, false
	}
	return s, true
}

// text is a JSON string without its quotes, a number as written, else "".
func text(raw json.RawMessage) string {
	var s string
	if err := json.Unmarshal(raw, &s); err == nil {
		return s
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err == nil {
		return n.String()
	}
	return ""
}

// oriented closes rings and turns outer ones anticlockwise, holes clockwise.
func oriented(m orb.MultiPolygon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, 0, len(m))
	for _, p := range m {
		if len(p) == 0 {
			continue
		}
		rings := make(orb.Polygon, len(p))
		for i, ring := range p {
			rings[i] = turned(closed(ring), i == 0)
		}
		out = append(out, rings)
	}
	return out
}
