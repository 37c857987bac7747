package site

import (
	"html/template"
	"slices"

	"mappa/internal/content"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// indicatorPage is the page of an indicator that rests on open data.
type indicatorPage struct {
	theme.Chrome
	Name, Value, Unit string
	Lead              template.HTML
	Defs              []note
	Map               template.HTML
	Sections          []section
}

func (p *press) indicators() []job {
	var jobs []job
	for _, e := range p.Book.Entries {
		jobs = append(jobs, func() error { return p.indicator(e) })
	}
	return jobs
}

func (p *press) indicator(e *indicator.Entry) error {
	w, doc, now := p.words, p.text(e.ID), e.Now()
	path := indicatorPath(e.ID)
	page := indicatorPage{
		Chrome: p.chrome(doc.Title, w.T("indicatore.descrizione", locale.S("titolo", doc.Title), locale.S("valore", p.withUnit(e, now.Nation.Value)), locale.S("data", w.AtDate(e.Last().Date))), path, "indicatori", theme.Link{Text: w.T("menu.indicatori"), URL: "/indicatori/"}),
		Name:   doc.Title, Value: p.value(e.Indicator, now.Nation.Value), Unit: p.unitOf(e),
		Lead: p.indicatorLead(e), Defs: p.definition(e, doc.Front),
		Map: p.areaMap(e, true, w.HTML("indicatore.mappa_nota", locale.S("indirizzo", "#comuni"))),
	}
	page.Sections = []section{p.about(e, doc), p.distribution(e), p.byClassAndRip(e), p.byRegion(e), p.trend(e), p.byComune(e), p.downloadsOf(e)}
	if now.Nation.Base == 0 { // nothing to spread or to hold against each other
		page.Sections = slices.DeleteFunc(page.Sections, func(s section) bool { return s.ID == "distribuzione" || s.ID == "classi" })
	}
	for _, s := range page.Sections {
		page.Contents = append(page.Contents, theme.Link{Text: w.T("indicatore.voce." + s.ID), URL: "#" + s.ID})
	}
	return p.page("indicatore", &page, path)
}

// indicatorLead says the figure of Italy with its base, and what the Comune in
// the middle has where that differs.
func (p *press) indicatorLead(e *indicator.Entry) template.HTML {
	w, now := p.words, e.Now()
	args := []locale.Arg{locale.S("valore", p.withUnit(e, now.Nation.Value)), locale.N("n", int(now.Nation.Num)), locale.N("base", now.Nation.Base),
		locale.N("su", now.Nation.Of), locale.S("data", w.AtDate(e.Last().Date)), locale.S("titolo", p.text(e.ID).Title)}
	if e.Form == stat.Rate {
		sorted := e.Last().Sorted(everyone(p))
		args = append(args, locale.S("mediana", p.value(e.Indicator, stat.Of(indicator.Quantile(sorted, 0.5)))))
	}
	return w.HTML("indicatore.frase."+string(e.Form), args...)
}

func everyone(p *press) []int {
	out := make([]int, len(p.Atlas.Comuni))
	for i := range out {
		out[i] = i
	}
	return out
}

// definition lists what is counted, among whom, from which source.
func (p *press) definition(e *indicator.Entry, f content.Front) []note {
	w := p.words
	var out []note
	add := func(key, text string) {
		if text != "" {
			out = append(out, note{w.T("indicatore.def." + key), esc(text)})
		}
	}
	add("cosa", f.What)
	add("chi", f.Who)
	add("numeratore", f.Numerator)
	add("denominatore", f.Denominator)
	out = append(out, note{w.T("indicatore.def.data"), esc(w.Date(e.Last().Date))},
		note{w.T("indicatore.def.copertura"), esc(p.base(e.Now().Nation))}, note{w.T("comune.fonte"), p.credit(e.Source)})
	return out
}

// about is the prose of content/indicatori.
func (p *press) about(e *indicator.Entry, doc *content.Document) section {
	w := p.words
	r := content.Render(doc, p.resolver(), p.list, content.Options{})
	s := section{ID: "definizione", Title: w.T("indicatore.definizione"), Parts: []template.HTML{r.Lead}}
	if doc.Front.Caveat != "" {
		s.Margin = append(s.Margin, note{w.T("indicatore.avvertenza"), esc(doc.Front.Caveat)})
	}
	s.Margin = append(s.Margin, note{"", anchor("/metodo/", w.T("comune.come_si_calcola"))})
	return s
}

// bins is how many bars a distribution has, about.
const bins = 40

// distribution is how the Comuni are spread; of a share there are but two
// values, and the regions are spread instead.
func (p *press) distribution(e *indicator.Entry) section {
	w := p.words
	s := section{ID: "distribuzione"}
	if e.Now().Nation.Base == 0 {
		return s
	}
	sorted, median, key := e.Last().Sorted(everyone(p)), 0., "comuni"
	if e.Form == stat.Share {
		key, sorted = "province", nil
		for _, u := range byValue(e.Now().Units) {
			sorted = append([]float64{e.Now().Units[u].Value.N}, sorted...)
		}
	}
	median = indicator.Quantile(sorted, 0.5)
	half := indicator.Quantile(sorted, 0.9)
	args := []locale.Arg{locale.S("mediana", p.value(e.Indicator, stat.Of(median))), locale.S("novanta", p.value(e.Indicator, stat.Of(half))),
		locale.N("n", len(sorted)), locale.S("unita", p.unitOf(e))}
	s.Title = w.T("indicatore.distribuzione."+key, args...)
	chart, beyond := p.histogram(e, sorted, median)
	var caption template.HTML
	if beyond > 0 {
		caption = w.HTML("grafico.oltre", locale.N("n", beyond), locale.S("valore", p.value(e.Indicator, stat.Of(chart.Axis.Hi))))
	}
	chart.Label = w.T("indicatore.istogramma_alt", append(args, locale.S("minimo", p.value(e.Indicator, stat.Of(sorted[0]))), locale.S("massimo", p.value(e.Indicator, stat.Of(sorted[len(sorted)-1]))))...)
	s.Parts = []template.HTML{figure("", w.T("indicatore.istogramma_sotto."+key, args...), draw.HTML(chart), caption)}
	s.Margin = []note{{w.T("indicatore.mediana", locale.S("forma", string(e.Form))), w.HTML("indicatore.mediana_testo." + string(e.Form))}}
	return s
}

// histogram bins the values up to the 99.5 % quantile in the map's colours.
func (p *press) histogram(e *indicator.Entry, sorted []float64, median float64) (draw.Histogram, int) {
	const cutoff = 0.995
	w := p.words
	edges := draw.Ticks(min(0, sorted[0]), indicator.Quantile(sorted, cutoff), bins)
	h := draw.Histogram{Axis: draw.Axis{Lo: edges[0], Hi: edges[len(edges)-1]}}
	h.Axis.Ticks = []draw.Tick{{At: edges[0], Label: w.Number(edges[0], decimalsFor(edges[0]))}}
	for _, b := range e.Breaks {
		if b < h.Axis.Hi {
			h.Axis.Ticks = append(h.Axis.Ticks, draw.Tick{At: b, Label: w.Number(b, decimalsFor(b))})
		}
	}
	h.Axis.Ticks = append(h.Axis.Ticks, draw.Tick{At: h.Axis.Hi, Label: w.Number(h.Axis.Hi, decimalsFor(h.Axis.Hi))})
	at := 0
	for k := range len(edges) - 1 {
		b := draw.Bin{From: edges[k], To: edges[k+1], Class: draw.Class(indicator.Class(e.Breaks, edges[k]))}
		for at < len(sorted) && (sorted[at] < b.To || k == len(edges)-2 && sorted[at] == b.To) {
			b.N++
			at++
		}
		h.Bins = append(h.Bins, b)
	}
	h.Marks = []draw.Mark{{At: draw.At(median), Text: w.T("grafico.mediana", locale.S("valore", p.value(e.Indicator, stat.Of(median))))}}
	if n := e.Now().Nation.Value; e.Form != stat.Median && n.OK() {
		h.Marks = append(h.Marks, draw.Mark{At: draw.At(n.N), Text: w.T("grafico.italia", locale.S("valore", p.value(e.Indicator, n)))})
	}
	return h, len(sorted) - at
}

// byClassAndRip is Italy by size class, and by class and ripartizione.
func (p *press) byClassAndRip(e *indicator.Entry) section {
	w, now := p.words, e.Now()
	s := section{ID: "classi"}
	if now.Nation.Base == 0 {
		return s
	}
	classes := p.Atlas.Schemes[0].Classes
	var rows []draw.Row
	for k, c := range classes {
		rows = append(rows, p.row(c.Label, classPath(c), e, now.Classes[k], false))
	}
	order := byValue(now.Classes)
	s.Title = w.T("indicatore.classi.titolo", locale.S("alta", classes[order[0]].Label), locale.S("bassa", classes[order[len(order)-1]].Label),
		locale.S("massimo", p.value(e.Indicator, now.Classes[order[0]].Value)), locale.S("minimo", p.value(e.Indicator, now.Classes[order[len(order)-1]].Value)))
	s.Parts = append(s.Parts, figure("", w.T("indicatore.classi.sotto", locale.S("italia", p.value(e.Indicator, now.Nation.Value))),
		draw.HTML(draw.Rows{Rows: rows, Axis: p.axis(e, now.Classes), Ref: at(now.Nation.Value)}), ""))
	g := grid{Title: w.T("indicatore.classi.tabella"), Sub: w.T("indicatore.classi.fra_parentesi"), Head: []heading{{Text: w.T("colonna.classe")}}}
	for i, rip := range p.Atlas.Ripartizioni {
		if rip.Parts == nil {
			g.Head = append(g.Head, heading{Text: p.Atlas.Ripartizioni[i].Name, Number: true})
		}
	}
	g.Head = append(g.Head, heading{Text: w.T("italia"), Number: true})
	for k, c := range classes {
		row := line{Cells: []cell{{Text: c.Label}}}
		for i, rip := range p.Atlas.Ripartizioni {
			if rip.Parts == nil {
				row.Cells = append(row.Cells, p.basedCell(e, now.RipClass[i][k]))
			}
		}
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, p.basedCell(e, now.Classes[k]))})
	}
	s.Parts = append(s.Parts, scroll(g.Title, g.HTML()))
	s.Margin = []note{{w.T("indicatore.nessuna_nascosta"), w.HTML("indicatore.nessuna_nascosta_testo")}}
	return s
}

// basedCell is a figure with its base in brackets.
func (p *press) basedCell(e *indicator.Entry, f stat.Figure) cell {
	if f.Of == 0 {
		return cell{Text: "–"}
	}
	c := p.valueCell(e.Indicator, f.Value)
	if c.HTML == "" {
		c.Note = "(" + p.words.Int(f.Base) + ")"
	}
	return c
}

func at(v stat.Value) draw.Pos {
	if !v.OK() {
		return draw.Pos{}
	}
	return draw.At(v.N)
}

// axis covers the figures; a share's goes to 100.
func (p *press) axis(e *indicator.Entry, figures []stat.Figure) draw.Axis {
	top := e.Now().Nation.Value.N
	for _, f := range figures {
		top = max(top, f.Value.N)
	}
	if e.Form == stat.Share {
		top = 100
	}
	return p.axisOf(e.Form, top)
}

// byRegion is the regions, highest first, as dots and as a table.
func (p *press) byRegion(e *indicator.Entry) section {
	w, now := p.words, e.Now()
	s := section{ID: "regioni", Title: w.T("indicatore.regioni.titolo")}
	g := grid{Sortable: true, Title: w.T("indicatore.regioni.tabella"), Head: []heading{{Text: w.T("colonna.regione")},
		{Text: p.short(e), Number: true, Order: "descending"}, {Text: w.T("colonna.base"), Number: true}, {Text: w.T("colonna.comuni"), Number: true}}}
	var rows []draw.Row
	for _, r := range byValue(now.Regions) {
		region, f := p.Atlas.Regions[r], now.Regions[r]
		row := p.row(region.Name, regionPath(region), e, f, false)
		row.Note = ""
		if e.Form == stat.Rate {
			row.Ring = draw.At(indicator.Quantile(e.Last().Sorted(region.Comuni), 0.5))
		}
		rows = append(rows, row)
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: region.Name, Href: regionPath(region)}, p.valueCell(e.Indicator, f.Value), {Text: w.Int(f.Base)}, {Text: w.Int(f.Of)}}})
	}
	s.Parts = []template.HTML{figure("", w.T("indicatore.regioni.sotto."+string(e.Form)), draw.HTML(draw.Rows{Rows: rows, Axis: p.axis(e, now.Regions), Ref: at(now.Nation.Value)}), ""),
		scroll(g.Title, g.HTML())}
	return s
}

// byComune is Italy by Comune, and which Comuni have no value.
func (p *press) byComune(e *indicator.Entry) section {
	w := p.words
	s := section{ID: "comuni", Title: w.T("indicatore.comuni.titolo"), Parts: []template.HTML{p.countryMap(e, nearby, "")}}
	const few = 12
	var without []string
	for i, v := range e.Last().Values {
		if !v.OK() && len(without) <= few {
			c := p.Atlas.Comuni[i]
			without = append(without, c.Name+" ("+c.Plate+")")
		}
	}
	missing := e.Now().Nation.Of - e.Now().Nation.Base
	text := w.HTML("indicatore.comuni.senza", locale.N("n", missing))
	if missing > 0 && missing <= few {
		text = w.HTML("indicatore.comuni.senza_elenco", locale.N("n", missing), locale.S("elenco", w.And(without)))
	}
	s.Margin = []note{{w.T("indicatore.comuni.manca"), text}}
	return s
}

// downloadsOf is where the indicator's figures are to be had.
func (p *press) downloadsOf(e *indicator.Entry) section {
	w := p.words
	path := indicatorPath(e.ID)
	item := func(file string) template.HTML {
		return "<li>" + anchor(path+file, file) + " " + w.HTML("indicatore.file."+fileKey(file)) + "</li>"
	}
	return section{ID: "scarica", Title: w.T("scarica.titolo"),
		Parts: []template.HTML{`<ul>` + item("comuni.csv") + item("aree.csv") + `</ul>`,
			template.HTML(`<p class="cite">`) + esc(p.citation(p.text(e.ID).Title)) + "</p>"},
		Margin: []note{{w.T("cornice.licenza"), w.HTML("scarica.licenza")}}}
}

// fileKey is the part of a file's name that its description is kept under.
func fileKey(file string) string {
	for i := range file {
		if file[i] == '.' {
			return file[:i]
		}
	}
	return file
}
