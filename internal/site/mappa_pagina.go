package site

import (
	"html/template"

	"mappa/internal/draw"
	"mappa/internal/geo"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// mapPage is the interactive map, and what there is of it without a script: the
// regions, the legend with the spread of the Comuni, the same in a table, and
// the way to every other map. The script takes the place of these parts; what
// it finds them by are the attributes in the template, never words.
type mapPage struct {
	theme.Chrome
	Name      string
	Lead      template.HTML
	Atlas     string // address of the catalogue
	First     string // what the first map needs of it
	Script    string
	Ahead     []string // what the script will ask for first
	Indicator string   // the one shown first
	Controls  controls
	Map       template.HTML
	Caption   template.HTML
	Legend    template.HTML
	Table     template.HTML
	Margin    []note
	Maps      []mapLinks
	Frame     string // the code that puts the map into another page
	Host      string // and the one that fits its height there
	Advice    []note // on both
}

// mapLinks leads to the maps of the indicators of a theme.
type mapLinks struct {
	Title string
	Links []theme.Link
}

// Where the map lies, and where it lies to stand in other pages.
const (
	mapPath   = "/mappa/"
	embedPath = mapPath + "incorpora/"
	hostPath  = embedPath + "ospite.js"
	// the page of content that says how the map's files are written
	formatPath = "/dati/formato-delle-mappe/"
)

// opening is the indicator that the map shows first.
func (p *press) opening() *indicator.Entry { return p.scores }

func (p *press) mapPage() error {
	w, e := p.words, p.opening()
	page := mapPage{Chrome: p.chrome(w.T("menu.mappa"), w.T("mappa.descrizione"), mapPath, "mappa"), Name: p.text(e.ID).Front.Title, Lead: p.mapLead(e),
		Atlas: p.atlas, First: p.first, Script: p.atlasScript, Ahead: p.ahead, Indicator: e.ID, Controls: p.controls(), Map: p.poster(e), Caption: p.posterCaption(e), Legend: p.mapLegend(e),
		Table: p.byRegion(e).Parts[1], Maps: p.mapLinks(), Frame: p.frameCode(e), Host: p.hostCode()}
	page.Margin = []note{{w.T("scarica.dati"), anchor(indicatorPath(e.ID)+"aree.csv", "aree.csv") + ", " + anchor(indicatorPath(e.ID)+"comuni.csv", "comuni.csv")},
		{w.T("mappa.incorpora.titolo"), anchor("#incorpora", w.T("mappa.incorpora.codice"))},
		{w.T("comune.base"), esc(p.base(e.Now().Nation))}, {w.T("comune.fonte"), p.credit(e.Source)},
		{w.T("mappa.file"), anchor(formatPath, w.T("mappa.file_formato"))}}
	if caveat := p.text(e.ID).Front.Caveat; caveat != "" {
		page.Margin = append(page.Margin, note{w.T("indicatore.avvertenza"), esc(caveat)})
	}
	page.Advice = []note{{w.T("mappa.incorpora.indirizzi"), w.HTML("mappa.incorpora.indirizzi_testo")}, {w.T("cornice.licenza"), w.HTML("scarica.licenza")}}
	return p.page("mappa", &page, mapPath)
}

// mapLead says the figure of Italy and how many Comuni have none.
func (p *press) mapLead(e *indicator.Entry) template.HTML {
	w, now := p.words, e.Now().Nation
	return w.HTML("mappa.frase", locale.S("forma", string(e.Form)), locale.S("valore", p.withUnit(e, now.Value)), locale.S("data", w.AtDate(e.Last().Date)),
		locale.N("base", now.Base), locale.N("n", int(now.Num)), locale.N("manca", now.Of-now.Base))
}

// The picture that stands where the script will draw: the regions, with this
// share of the points of the country's borders. It must stay below 20 kB.
const (
	posterShare = 0.2
	posterGrid  = 700
)

// poster is Italy by region, each a link.
func (p *press) poster(e *indicator.Entry) template.HTML {
	lines := p.Maps.Country.Dissolve(p.region, len(p.Atlas.Regions)).Simplify(geo.Detail{Share: posterShare})
	m := draw.Areas{Mesh: draw.NewMesh(draw.NewFrame(lines.Bounds(), posterGrid, margin), polygons(lines)), Label: p.areaAlt(e, false)}
	for r, region := range p.Atlas.Regions {
		v := e.Now().Regions[r].Value
		m.Areas = append(m.Areas, draw.Area{Title: p.words.T("mappa.voce", locale.S("nome", region.Name), locale.S("valore", p.withUnit(e, v))), Href: regionPath(region), Class: classOf(e, v, false)})
	}
	return draw.HTML(m)
}

// posterCaption says what the picture shows, with its source.
func (p *press) posterCaption(e *indicator.Entry) template.HTML {
	w := p.words
	high, low := p.extremes(e.Now().Regions, func(i int) string { return p.Atlas.Regions[i].Name }, e)
	b := p.Atlas.Boundaries
	return w.HTML("mappa.didascalia", locale.S("titolo", p.mapTitle(e)), locale.S("data", w.Date(e.Last().Date)), locale.S("alte", high), locale.S("basse", low),
		locale.S("fonte", p.sourceByID[e.Source].Title), locale.S("confini", b.Publisher), locale.S("licenza", b.Licence))
}

// mapLegend is how the Comuni are spread, in the colours of the map, with the
// number of Comuni in each class; of a share the provinces are spread.
func (p *press) mapLegend(e *indicator.Entry) template.HTML {
	values, sorted, key := e.Last().Values, e.Last().Sorted(everyone(p)), "comuni"
	if e.Form == stat.Share {
		values, sorted, key = nil, nil, "province"
		for _, f := range e.Now().Units {
			values = append(values, f.Value)
		}
		for _, u := range byValue(e.Now().Units) {
			sorted = append([]float64{e.Now().Units[u].Value.N}, sorted...)
		}
	}
	if len(sorted) == 0 {
		return p.legend(e, values, false)
	}
	median := indicator.Quantile(sorted, 0.5)
	chart, _ := p.histogram(e, sorted, median)
	chart.Label = p.words.T("mappa.istogramma", locale.S("mediana", p.value(e.Indicator, stat.Of(median))), locale.N("n", len(sorted)), locale.S("di", key),
		locale.S("minimo", p.value(e.Indicator, stat.Of(sorted[0]))), locale.S("massimo", p.value(e.Indicator, stat.Of(sorted[len(sorted)-1]))))
	return draw.HTML(chart) + p.legend(e, values, false) + `<p class="note">` + p.words.HTML("mappa.conta", locale.S("di", key)) + `</p>`
}

// mapLinks lead to the map by Comune on each indicator's page.
func (p *press) mapLinks() []mapLinks {
	var out []mapLinks
	for _, e := range p.Book.Entries {
		if title := p.words.T("tema." + e.Theme); len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, mapLinks{Title: title})
		}
		last := &out[len(out)-1]
		last.Links = append(last.Links, theme.Link{Text: p.text(e.ID).Title, URL: indicatorPath(e.ID) + "#comuni"})
	}
	return out
}
