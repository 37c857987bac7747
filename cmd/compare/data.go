package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/diag"
	"mappa/internal/geo"
	"mappa/internal/istat"
	"mappa/internal/settings"
	"mappa/internal/stat"
)

// country is what every map of the comparison shows.
type country struct {
	shapes     *geo.Topology // all Comuni at the scale of the whole country, on the plane
	names      []string      // by face
	indicators []column
}

// column is the values of one indicator, as its page publishes them.
type column struct {
	ID     string
	Breaks []float64
	Values []float64 // by face; NaN where there is none
}

// readCountry reads the sources of the site below root and, of the built site,
// the published values of the indicators.
func readCountry(root, public fs.FS, ids []string) (*country, error) {
	var list diag.List
	set, okSettings := settings.Read(root, &list)
	in, okTerritory := istat.Read(root, "data/territorio", &list)
	if !okSettings || !okTerritory {
		return nil, faults(&list)
	}
	lines, okLines := boundary.Read(root, in.Boundaries.File, in.Boundaries.Source.Date, &list)
	if !okLines {
		return nil, faults(&list)
	}
	a, _ := atlas.New(in, set.Site.Setting(), &list)
	fitted, _ := cartography.Fit(a, linesOf(lines, in.Boundaries), &list)
	if list.Len() > 0 {
		return nil, faults(&list)
	}
	c := &country{shapes: cartography.New(a, fitted).Country}
	codes := make([]string, len(a.Comuni))
	for i, comune := range a.Comuni {
		c.names, codes[i] = append(c.names, comune.Name), comune.Cadastral
	}
	for _, id := range ids {
		col, err := readColumn(public, id, set.Indicators, codes)
		if err != nil {
			return nil, err
		}
		c.indicators = append(c.indicators, col)
	}
	return c, nil
}

func linesOf(set *boundary.Set, b atlas.Boundaries) cartography.Lines {
	l := cartography.Lines{ToGeographic: geo.UTM32ToGeographic, Shapes: atlas.Shapes{Date: b.Source.Date,
		Where: func(int) diag.Problem { return diag.Problem{File: set.File} }}}
	if set.CRS == boundary.WGS84 {
		l.ToGeographic = func(p orb.Point) orb.Point { return p }
	}
	for _, s := range set.Shapes {
		l.Codes, l.Polygons = append(l.Codes, s.Code), append(l.Polygons, s.Polygon)
	}
	return l
}

func faults(list *diag.List) error {
	var all []error
	for _, p := range list.Problems() {
		all = append(all, fmt.Errorf("%s: %s", p.File, p.Text))
	}
	return errors.Join(all...)
}

// readColumn reads the newest values of an indicator from the CSV of its page,
// and rounds them to what is printed.
func readColumn(public fs.FS, id string, defs []stat.Indicator, codes []string) (column, error) {
	at := slices.IndexFunc(defs, func(d stat.Indicator) bool { return d.ID == id })
	if at < 0 {
		return column{}, fmt.Errorf("there is no indicator %q", id)
	}
	name := "indicatori/" + id + "/comuni.csv"
	f, err := public.Open(name)
	if err != nil {
		return column{}, fmt.Errorf("%w: make the site first", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		return column{}, fmt.Errorf("%s: %d rows: %w", name, len(rows), err)
	}
	code, date, value := slices.Index(rows[0], "catasto"), slices.Index(rows[0], "data"), slices.Index(rows[0], "valore")
	if min(code, date, value) < 0 {
		return column{}, fmt.Errorf("%s: unknown columns %q", name, rows[0])
	}
	last := ""
	for _, r := range rows[1:] {
		last = max(last, r[date])
	}
	known := map[string]float64{}
	unit := math.Pow10(defs[at].Decimals)
	for _, r := range rows[1:] {
		if r[date] != last || r[value] == "" {
			continue
		}
		v, err := strconv.ParseFloat(r[value], 64)
		if err != nil {
			return column{}, fmt.Errorf("%s: %w", name, err)
		}
		known[r[code]] = math.Round(v*unit) / unit
	}
	out := column{ID: id, Breaks: defs[at].Breaks, Values: make([]float64, len(codes))}
	for i, c := range codes {
		v, ok := known[c]
		if !ok {
			v = math.NaN()
		}
		out.Values[i] = v
	}
	return out, nil
}
