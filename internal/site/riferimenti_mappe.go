package site

import (
	"html/template"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"mappa/internal/content"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// mapOf is Italy, or a part of it, by Comune, unit or region.
func (f figures) mapOf(pl plan) (content.Figure, error) {
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	if pl.where.class >= 0 {
		return content.Figure{}, &content.Refusal{Key: "classe", Text: "a map of one class is mostly empty", Hint: "use a tabella or a grafico"}
	}
	out := content.Figure{Title: f.mapTitle(e), Sub: f.sub(pl.entries), Caption: f.caption(pl), Demo: e.Demo}
	switch pl.per {
	case "comune":
		out.Alt = f.mapAlt(e)
		values := make([]stat.Value, len(pl.where.comuni))
		for k, i := range pl.where.comuni {
			values[k] = e.Last().Values[i]
		}
		if pl.where.italy() {
			out.Body = f.image(f.countryImage(e), out.Alt, nearby) + f.legend(e, values, true)
			break
		}
		out.Alt = f.words.T("riferimenti.alt.comuni", locale.S("titolo", f.title(pl)), locale.N("n", len(values)), locale.S("valore", f.withUnit(e, e.Last().Of(pl.where.comuni).Value)))
		out.Body = f.comuniPicture(e, pl.where.comuni, values, out.Alt) + f.legend(e, values, true)
	case "unita", "regione":
		if !pl.where.italy() {
			return content.Figure{}, &content.Refusal{Key: "per", Text: "a map by " + pl.per + " shows all of Italy", Hint: "use per: comune for a part of it"}
		}
		out.Alt = f.areaAlt(e, pl.per == "unita")
		out.Body = f.areasPicture(e, pl.per, out.Alt)
	default:
		return content.Figure{}, pl.unfit("a mappa", "comune", "unita", "regione")
	}
	out.Body = `<div class="map">` + out.Body + `</div>`
	return out, nil
}

// countryImage is the address of the map file: the newest date's is the one of
// the indicator's own page.
func (f figures) countryImage(e *indicator.Entry) string {
	newest := f.newest.Find(e.ID).Last()
	if shown := e.Last(); newest.Date == shown.Date && slices.Equal(newest.Values, shown.Values) {
		return f.images[e.ID]
	}
	return f.imageFile(e.ID+"-"+e.Last().Date.String(), draw.National{Mesh: f.country, Class: f.comuneClasses(e), Group: f.region,
		Label: f.mapTitle(e), Detail: f.mapAlt(e), Style: f.figureStyle})
}

// areasPicture is Italy by units or regions, each a link, with its legend.
func (f figures) areasPicture(e *indicator.Entry, per, alt string) template.HTML {
	m := draw.Areas{Mesh: f.regionMesh, Label: alt}
	if per == "unita" {
		m.Mesh, m.Group = f.unitMesh, f.unitRegion
	}
	var values []stat.Value
	for _, p := range f.parts(per, scope{region: -1, rip: -1, unit: -1, i: -1, class: -1}) {
		v := e.Last().Of(p.comuni).Value
		values = append(values, v)
		m.Areas = append(m.Areas, draw.Area{Title: f.words.T("mappa.voce", locale.S("nome", p.name), locale.S("valore", f.withUnit(e, v))), Href: p.href, Class: classOf(e, v, false)})
	}
	return draw.HTML(m) + f.legend(e, values, false)
}

// comuniPicture is the Comuni of a place, borders between units.
func (f figures) comuniPicture(e *indicator.Entry, comuni []int, values []stat.Value, alt string) template.HTML {
	m := draw.Areas{Label: alt, Group: make([]int, len(comuni))}
	shapes := make([]orb.MultiPolygon, len(comuni))
	var bound orb.Bound
	for k, i := range comuni {
		c := f.Atlas.Comuni[i]
		shapes[k], m.Group[k] = f.Maps.Region.Polygon(i), c.Unit
		if bound = bound.Union(shapes[k].Bound()); k == 0 {
			bound = shapes[k].Bound()
		}
		m.Areas = append(m.Areas, draw.Area{Title: f.words.T("mappa.voce", locale.S("nome", c.Name), locale.S("valore", f.ownText(e, values[k]))),
			Href: comunePath(c), Class: classOf(e, values[k], true)})
	}
	m.Mesh = draw.NewMesh(draw.NewFrame(bound, gridFor(len(comuni)), margin), shapes)
	return draw.HTML(m)
}

// tile is where a region stands in the map of equal squares.
type tile struct {
	region   string // ISTAT code
	code     string
	col, row int
}

// tileMap lays the regions out so that neighbours touch where they can, north
// up; the design's report page has it.
func tileMap() []tile {
	return []tile{
		{"02", "VdA", 0, 0}, {"04", "TAA", 2, 0}, {"06", "FVG", 3, 0},
		{"01", "PIE", 0, 1}, {"03", "LOM", 1, 1}, {"05", "VEN", 2, 1},
		{"07", "LIG", 0, 2}, {"08", "EMR", 1, 2},
		{"09", "TOS", 1, 3}, {"11", "MAR", 2, 3},
		{"10", "UMB", 1, 4}, {"13", "ABR", 2, 4},
		{"12", "LAZ", 1, 5}, {"14", "MOL", 2, 5},
		{"20", "SAR", 0, 6}, {"15", "CAM", 2, 6}, {"16", "PUG", 3, 6},
		{"17", "BAS", 3, 7},
		{"19", "SIC", 2, 8}, {"18", "CAL", 3, 8},
	}
}

// tiles is how far each region is from Italy, in five classes of equal width on
// both sides of it.
func (f figures) tiles(pl plan) (content.Figure, error) {
	if pl.per != "regione" || !pl.where.italy() {
		return content.Figure{}, pl.unfit("forma: caselle", "regione")
	}
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	w, nation, now := f.words, e.Now().Nation.Value.N, e.Now()
	widest := 0.
	for _, v := range now.Regions {
		if v.Value.OK() {
			widest = max(widest, math.Abs(v.Value.N-nation))
		}
	}
	var m draw.Tiles
	counts := map[draw.Class]int{}
	for _, t := range tileMap() {
		for r, region := range f.Atlas.Regions {
			if region.Code != t.region {
				continue
			}
			v := now.Regions[r].Value
			x := draw.Tile{Col: t.col, Row: t.row, Code: t.code, Href: regionPath(region), Value: w.Missing(v.Kind).Short,
				Title: w.T("mappa.voce", locale.S("nome", longName(region.Name, region.Other)), locale.S("valore", f.withUnit(e, v)))}
			if v.OK() {
				x.Value, x.Class = w.Signed(v.N-nation, e.Decimals), farness(v.N-nation, widest)
			}
			counts[x.Class]++
			m.Tiles = append(m.Tiles, x)
		}
	}
	high, low := f.extremes(now.Regions, func(i int) string { return f.Atlas.Regions[i].Name }, e)
	m.Label = w.T("riferimenti.alt.caselle", locale.S("titolo", f.title(pl)), locale.S("italia", f.withUnit(e, now.Nation.Value)), locale.S("alte", high), locale.S("basse", low))
	return content.Figure{Title: f.title(pl), Caption: f.caption(pl), Alt: m.Label, Demo: e.Demo, Body: draw.HTML(m) + f.farLegend(e, widest, counts),
		Sub: w.T("riferimenti.sotto.caselle", locale.S("forma", string(e.Form)), locale.S("italia", f.withUnit(e, now.Nation.Value)), locale.S("data", w.Date(e.Last().Date)))}, nil
}

// sides is how many diverging classes there are.
const sides = 5

// farness is the diverging class of a distance from the middle.
func farness(d, widest float64) draw.Class {
	if widest == 0 {
		return draw.D3
	}
	k := int((d + widest) / (2 * widest) * sides)
	return draw.D1 + draw.Class(min(k, sides-1))
}

// farLegend says what the five classes mean, and how many regions are in each.
func (f figures) farLegend(e *indicator.Entry, widest float64, counts map[draw.Class]int) template.HTML {
	w := f.words
	s := draw.Swatches{Label: w.T("mappa.legenda")}
	edge := func(k int) string { return w.Signed(float64(2*widest/sides*float64(k))-widest, e.Decimals) }
	for k := range sides {
		c := draw.D1 + draw.Class(k)
		s.Swatches = append(s.Swatches, draw.Swatch{Class: c, Text: w.T("riferimenti.da_a", locale.S("da", edge(k)), locale.S("a", edge(k+1))), Count: w.Int(counts[c])})
	}
	return draw.HTML(s)
}
