package boundary

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// EPSG:32632 as a .prj says it.
const (
	utmMeridian  = 9
	utmScale     = 0.9996
	utmEast      = 500000
	wgs84Axis    = 6378137
	wgs84Inverse = 298.257223563
	tolerance    = 1e-9 // relative; .prj files write all digits
)

// checkProjection reports a .prj that is not EPSG:32632. Names vary from
// program to program, so the parameters decide.
func (r *reader) checkProjection(prj []byte) {
	root := parseWKT(strings.TrimPrefix(string(prj), "\ufeff"))
	if root == nil {
		const shown = 40
		r.problem(r.layer, fmt.Sprintf("the .prj cannot be read: %q", prj[:min(len(prj), shown)]), "want the well-known text of EPSG:32632")
		return
	}
	if why := notUTM32(root); why != "" {
		r.problem(r.layer, fmt.Sprintf("the projection is %q (%s), want EPSG:32632 (WGS 84 / UTM zone 32N)", root.name(), why),
			"reproject it: ogr2ogr -t_srs EPSG:32632 -lco ENCODING=UTF-8 Com_32632.shp Com.shp, and zip the result")
	}
}

// notUTM32 says in what w differs from EPSG:32632, or "".
func notUTM32(w *wkt) string {
	datum, spheroid := w.find("DATUM"), w.find("SPHEROID")
	switch {
	case w.key == "GEOGCS":
		return "longitude and latitude, not a plane"
	case w.key != "PROJCS":
		return w.key
	case w.find("PROJECTION") == nil:
		return "no projection method"
	case letters(w.find("PROJECTION").name()) != "transversemercator":
		return w.find("PROJECTION").name()
	case datum == nil || !strings.Contains(letters(datum.name()), "wgs") || !strings.Contains(datum.name(), "84"):
		return "datum " + datum.name()
	case spheroid == nil || !near(spheroid.number(0), wgs84Axis) || !near(spheroid.number(1), wgs84Inverse):
		return "ellipsoid " + spheroid.name()
	}
	for _, p := range []struct {
		name, words string
		want        float64
	}{
		{"centralmeridian", "central meridian", utmMeridian}, {"latitudeoforigin", "latitude of origin", 0},
		{"scalefactor", "scale factor", utmScale}, {"falseeasting", "false easting", utmEast}, {"falsenorthing", "false northing", 0},
	} {
		if got := w.parameter(p.name); !near(got, p.want) {
			return p.words + " " + strconv.FormatFloat(got, 'g', -1, 64)
		}
	}
	for _, c := range w.children {
		if c.key == "UNIT" && !near(c.number(0), 1) {
			return "unit " + c.name()
		}
	}
	return ""
}

func near(got, want float64) bool { return math.Abs(got-want) <= tolerance*math.Max(1, want) }

// letters is s in lower case without anything else.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// wkt is a node of well-known text (OGC 01-009): KEY["name",1.0,CHILD[…]].
type wkt struct {
	key      string
	values   []string // texts and numbers, in order
	children []*wkt
}

// name is the node's first text, "" for none or for no node.
func (w *wkt) name() string {
	if w == nil || len(w.values) == 0 {
		return ""
	}
	return w.values[0]
}

// number is the i-th number after the name; NaN where there is none.
func (w *wkt) number(i int) float64 {
	if i+1 < len(w.values) {
		if f, err := strconv.ParseFloat(w.values[i+1], 64); err == nil {
			return f
		}
	}
	return math.NaN()
}

// find is the first node of that key, depth first, or nil.
func (w *wkt) find(key string) *wkt {
	if w.key == key {
		return w
	}
	for _, c := range w.children {
		if found := c.find(key); found != nil {
			return found
		}
	}
	return nil
}

// parameter is the value of a PARAMETER by the letters of its name; 0 where it
// is left out.
func (w *wkt) parameter(name string) float64 {
	for _, c := range w.children {
		if c.key == "PARAMETER" && letters(c.name()) == name {
			return c.number(0)
		}
	}
	return 0
}

// wktDepth is deeper than any coordinate system is described.
const wktDepth = 16

// parseWKT is the tree of a text, or nil where it is not well formed.
func parseWKT(s string) *wkt {
	w, rest := parseNode(strings.TrimSpace(s), wktDepth)
	if strings.TrimSpace(rest) != "" {
		return nil
	}
	return w
}

func parseNode(s string, depth int) (*wkt, string) {
	i := strings.IndexAny(s, "[(")
	if i <= 0 || depth == 0 {
		return nil, s
	}
	w := &wkt{key: strings.ToUpper(strings.TrimSpace(s[:i]))}
	for s = s[i+1:]; ; {
		s = strings.TrimLeft(s, " \t\r\n")
		end := strings.IndexAny(s, `,])[("`)
		switch {
		case end < 0:
			return nil, s
		case s[end] == '"' && strings.TrimSpace(s[:end]) == "":
			text, rest, ok := strings.Cut(s[end+1:], `"`)
			if !ok {
				return nil, s
			}
			w.values, s = append(w.values, text), rest
		case s[end] == '[' || s[end] == '(':
			child, rest := parseNode(s, depth-1)
			if child == nil {
				return nil, s
			}
			w.children, s = append(w.children, child), rest
		case s[end] == '"':
			return nil, s
		default:
			if v := strings.TrimSpace(s[:end]); v != "" {
				w.values = append(w.values, v)
			}
			s = s[end:]
		}
		s = strings.TrimLeft(s, " \t\r\n")
		switch {
		case s == "":
			return nil, s
		case s[0] == ',':
			s = s[1:]
		case s[0] == ']' || s[0] == ')':
			return w, s[1:]
		default:
			return nil, s
		}
	}
}
