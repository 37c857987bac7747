package site

import (
	"html/template"
	"math"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// spread shows where the place stands in a group of Comuni: a dot for each of
// them, or bars where they are many.
func (p comunePlace) spread(e *indicator.Entry, group []int, title, sub string) template.HTML {
	s, w := e.Last(), p.words
	sorted := s.Sorted(group)
	if len(sorted) == 0 {
		return ""
	}
	label := func(v float64) string { return w.Number(v, decimalsFor(v)) }
	top := indicator.Quantile(sorted, outlier)
	if v := s.Values[p.i]; v.OK() {
		top = max(top, v.N)
	}
	axis := draw.NewAxis(0, top, 5, label)
	var others []float64
	beyond := 0
	for _, j := range group {
		switch v := s.Values[j]; {
		case j == p.i || !v.OK():
		case v.N > axis.Hi:
			beyond++
		default:
			others = append(others, v.N)
		}
	}
	median := indicator.Quantile(sorted, 0.5)
	chart := draw.Strip{Axis: axis, Values: others,
		Median: draw.Mark{At: draw.At(median), Text: w.T("grafico.mediana", locale.S("valore", p.value(e.Indicator, stat.Of(median))))}}
	alt := "grafico.striscia"
	if v := s.Values[p.i]; v.OK() {
		chart.Here = draw.Mark{At: draw.At(v.N), Text: p.c.Name + " " + p.value(e.Indicator, v), Here: true}
		alt = "grafico.striscia_qui"
	}
	chart.Label = w.T(alt, p.args(locale.N("n", len(sorted)), locale.S("mediana", p.value(e.Indicator, stat.Of(median))),
		locale.S("da", p.value(e.Indicator, stat.Of(sorted[0]))), locale.S("a", p.value(e.Indicator, stat.Of(sorted[len(sorted)-1]))),
		locale.S("valore", p.value(e.Indicator, s.Values[p.i])))...)
	var caption template.HTML
	if beyond > 0 {
		caption = w.HTML("grafico.oltre", locale.N("n", beyond), locale.S("valore", p.value(e.Indicator, stat.Of(chart.Axis.Hi))))
	}
	return figure(title, sub, draw.HTML(chart), caption)
}

// outlier is the quantile at which a chart of a group ends when the place
// itself lies below: one Comune at ten times the others would flatten them all.
const outlier = 0.98

// decimalsFor prints axis labels below ten with a decimal where they have one.
func decimalsFor(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return 1
}

// funds is what the lists of PA digitale say, each with its own date.
func (p comunePlace) funds() section {
	w := p.words
	s := section{ID: "pnrr", Title: p.fundsTitle(), Lead: []template.HTML{w.HTML("comune.pnrr.intro")}}
	table := grid{Class: "measures", Title: w.T("comune.pnrr.tabella"),
		Sub: w.T("comune.pnrr.come", p.args(locale.N("n", len(p.Atlas.Schemes[0].Classes[p.c.Class[0]].Comuni)), locale.N("m", len(p.reg.Comuni)))...),
		Head: []heading{{Text: w.T("comune.pnrr.intervento")}, {Text: w.T("comune.pnrr.importo"), Number: true},
			{Text: w.T("comune.pnrr.stato")}, {Text: w.T("comune.pnrr.data")}, {Text: w.T("comune.pnrr.altri")}}}
	for k, iv := range p.fund.Interventions {
		table.Rows = append(table.Rows, p.fundRow(iv, p.fund.Positions[p.i][k], p.common.bars[k][p.c.Region][p.c.Class[0]]))
	}
	s.Parts = []template.HTML{table.HTML(), p.stages}
	if again := p.renounced(); again != "" {
		s.Margin = append(s.Margin, note{w.T("comune.pnrr.non_contato"), again})
	}
	s.Margin = append(s.Margin, note{w.T("comune.pnrr.avvisi"), p.common.calls},
		note{w.T("comune.fonte"), p.credit(p.fund.Source)},
		note{"", anchor("/metodo/", w.T("comune.come_si_calcola"))})
	return s
}

// fundsTitle is the finding: the stage of the two freshest lists.
func (p comunePlace) fundsTitle() string {
	w := p.words
	stage := func(id string) string {
		k, iv := p.intervention(id)
		if iv == nil {
			return ""
		}
		return p.fund.Positions[p.i][k].Stage.String()
	}
	return w.T("comune.pnrr.titolo", locale.S("send", stage("send")), locale.S("pdnd", stage("pdnd")))
}

func (p comunePlace) fundRow(iv source.Intervention, pos source.Position, bars template.HTML) line {
	w := p.words
	amount, when := cell{Text: "–", Class: "m-eur"}, template.HTML("")
	if pos.Stage >= source.Financed {
		amount.Text = w.Euro(float64(pos.Amount) / 100)
	}
	if pos.Since != 0 {
		when = w.HTML("comune.pnrr.quando."+pos.Stage.String(), locale.S("data", w.ShortDate(pos.Since)))
	}
	when += `<span class="old">` + w.HTML("comune.pnrr.elenco", locale.S("data", w.ShortDate(iv.List.Date))) + "</span>"
	stage := pos.Stage.String()
	if pos.Stage == source.Financed && !iv.Conclusive() {
		stage = "finanziato_al" // an old list cannot say that it is still so
	}
	return line{Cells: []cell{
		{HTML: esc(iv.Name) + ` <span class="soft nowrap">` + esc(iv.Measure) + "</span>"},
		{Text: amount.Text, Class: "m-eur nowrap"},
		{HTML: p.stage(pos.Stage, w.T("stadio."+stage)), Class: "m-st nowrap"},
		{HTML: when, Class: "m-when"},
		{HTML: bars, Class: "m-cmp"},
	}}
}

// stage is a stage's glyph and word.
func (p *press) stage(s source.Stage, word string) template.HTML {
	return template.HTML(`<span class="`+stageClass(s)+`">`) + p.glyph(stageIcon(s)) + esc(word) + "</span>"
}

// renounced says what was financed once and then given up.
func (p comunePlace) renounced() template.HTML {
	w := p.words
	var items []string
	for k, iv := range p.fund.Interventions {
		for _, r := range p.fund.Positions[p.i][k].Renounced {
			key := "comune.pnrr.rinuncia"
			if r.Status == 0 {
				key = "comune.pnrr.rinuncia_senza_data"
			}
			items = append(items, w.T(key, locale.S("intervento", iv.Name), locale.S("importo", w.Euro(float64(r.Amount)/100)), locale.S("data", w.TheDate(r.Status))))
		}
	}
	if len(items) == 0 {
		return ""
	}
	return w.HTML("comune.pnrr.rinunce", locale.S("elenco", w.And(items)))
}

// openCalls says which calls a Comune can still answer at the display date.
func (p *press) openCalls() template.HTML {
	var open []string
	for _, c := range p.fund.Calls {
		if c.Intervention >= 0 && c.Open(p.Atlas.Display) {
			open = append(open, p.words.T("comune.pnrr.avviso", locale.S("titolo", c.Title), locale.S("data", p.words.Date(c.To))))
		}
	}
	if len(open) == 0 {
		return p.words.HTML("comune.pnrr.nessun_avviso", locale.S("data", p.words.OfDate(p.fund.CallsFile.Date)))
	}
	return esc(p.words.And(open))
}

// website is the site's points and weight over the crawls.
func (p comunePlace) website() section {
	w, e := p.words, p.scores
	last, f := e.Last(), e.Now().Classes[p.c.Class[0]]
	s := section{ID: "sito"}
	v := last.Values[p.i]
	if v.OK() {
		s.Title = w.T("comune.sito.titolo", locale.S("punti", p.value(e.Indicator, v)), locale.S("mediana", p.value(e.Indicator, f.Value)))
		s.Lead = []template.HTML{w.HTML("comune.sito.intro")}
	} else {
		s.Title = w.T("comune.sito.titolo_manca", locale.S("perche", v.Kind.Code()))
		s.Lead = []template.HTML{w.HTML("comune.sito.manca", locale.S("perche", v.Kind.Code()), locale.S("data", w.TheDate(last.Date)))}
	}
	if chart := p.siteTimeline(); chart != "" {
		s.Parts = append(s.Parts, chart)
	}
	s.Parts = append(s.Parts, p.siteTable())
	if url := p.address(); url != "" {
		s.Margin = append(s.Margin, note{w.T("comune.sito.indirizzo"), template.HTML(`<a href="`+template.HTMLEscapeString(url)+`" rel="nofollow noopener">`) + esc(url) + "</a>"})
	}
	s.Margin = append(s.Margin, note{w.T("comune.base"), w.HTML("comune.sito.base", p.args(locale.S("basi", p.siteBases()), locale.N("su", f.Of))...)},
		note{w.T("comune.fonte"), p.credit(e.Source)})
	return s
}

// siteBases says how many sites of the class each measure was read from: a
// reading can have a score and still lack another measure.
func (p comunePlace) siteBases() string {
	w := p.words
	var bases []int
	names := map[int][]string{}
	for _, e := range p.siteMeasures() {
		n := e.Now().Classes[p.c.Class[0]].Base
		if len(names[n]) == 0 {
			bases = append(bases, n)
		}
		names[n] = append(names[n], p.text(e.ID).Front.Short)
	}
	if len(bases) == 1 {
		return w.Int(bases[0])
	}
	var parts []string
	for _, n := range bases {
		parts = append(parts, w.T("comune.sito.base_di", locale.N("base", n), locale.S("misure", w.And(names[n]))))
	}
	return strings.Join(parts, "; ")
}

// siteMeasures are the indicators of the crawls: as many dates as the points.
func (p *press) siteMeasures() []*indicator.Entry {
	var out []*indicator.Entry
	for _, e := range p.Book.Entries {
		if e.Theme == p.scores.Theme && len(e.Series) == len(p.scores.Series) {
			out = append(out, e)
		}
	}
	return out
}

func (p comunePlace) address() string {
	if p.sites == nil {
		return ""
	}
	return p.sites.Values[p.i]
}

// siteTimeline is the site's points over the band of its class.
func (p comunePlace) siteTimeline() template.HTML {
	w, e := p.words, p.scores
	k := p.c.Class[0]
	chart := draw.Timeline{Axis: draw.NewAxis(0, 100, 4, func(v float64) string { return w.Number(v, 0) }), Dashed: true,
		Median: w.T("comune.sito.classe", locale.S("valore", p.value(e.Indicator, e.Now().Classes[k].Value))), Band: w.T("comune.sito.banda")}
	known := 0
	var said []string
	for t, s := range e.Series {
		m := draw.Moment{At: float64(s.Date.Time().Unix() / secondsPerDay), Date: w.ShortDate(s.Date)}
		if q := p.quartiles[k][t]; e.Cuts[t].Classes[k].Base > 0 {
			m.Median, m.Band = draw.At(e.Cuts[t].Classes[k].Value.N), draw.Between(q[0], q[1])
		}
		word := p.value(e.Indicator, s.Values[p.i])
		if v := s.Values[p.i]; v.OK() {
			known++
			m.Place, m.PlaceText = draw.At(v.N), word
			chart.Place = p.c.Name + " " + word
		} else {
			word = w.Missing(v.Kind).Full
		}
		said = append(said, w.T("comune.sito.a_data", locale.S("valore", word), locale.S("data", w.Month(s.Date))))
		chart.Moments = append(chart.Moments, m)
	}
	if known == 0 || len(e.Series) < 2 {
		return ""
	}
	chart.Label = w.T("comune.sito.alt", p.args(locale.S("valori", w.And(said)))...)
	return figure(w.T("comune.sito.figura", locale.N("n", len(e.Series))), w.T("comune.sito.figura_sotto"), draw.HTML(chart), w.HTML("comune.sito.nota"))
}

const secondsPerDay = 86400

// siteTable is every measure of the last crawls, with the class beside it.
func (p comunePlace) siteTable() template.HTML {
	w := p.words
	g := grid{Title: w.T("comune.sito.tabella"), Head: []heading{{Text: w.T("comune.sito.misura")}}}
	k := p.c.Class[0]
	dates := p.scores.Dates
	for _, d := range dates {
		g.Head = append(g.Head, heading{Text: w.ShortDate(d), Number: true})
	}
	g.Head = append(g.Head, heading{Text: w.T("comune.sito.colonna_classe", locale.S("data", w.ShortDate(dates[len(dates)-1]))), Number: true})
	for _, e := range p.siteMeasures() {
		row := line{Cells: []cell{{Text: p.short(e), Href: indicatorPath(e.ID), Note: p.tableUnit(e)}}}
		for _, s := range e.Series {
			row.Cells = append(row.Cells, p.ownCell(e, s.Values[p.i]))
		}
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, p.valueCell(e.Indicator, e.Now().Classes[k].Value))})
	}
	return scroll(g.Title, g.HTML())
}

// ownCell is a Comune's own value: of a share it is yes or no.
func (p *press) ownCell(e *indicator.Entry, v stat.Value) cell {
	if e.Form == stat.Share && v.OK() {
		return cell{Text: p.words.T("valore.si_no", locale.N("n", int(v.N))), Sort: sortKey(v.N)}
	}
	return p.valueCell(e.Indicator, v)
}

// tableUnit is the unit as a table's row carries it.
func (p *press) tableUnit(e *indicator.Entry) string {
	if e.Form == stat.Share {
		return ""
	}
	return p.text(e.ID).Front.Unit
}

// register is the use of the online register, against the areas around.
func (p comunePlace) register() section {
	w, e := p.words, p.uses
	s := section{ID: "anagrafe", Title: w.T("comune.anagrafe.titolo", locale.S("come", p.against()))}
	now, k := e.Now(), p.c.Class[0]
	rows := []draw.Row{p.row(p.c.Name, "", e, stat.Figure{Value: e.Last().Values[p.i]}, true)}
	if e.Last().Values[p.i].Kind == stat.NotComparable {
		rows[0].Value = w.T("comune.anagrafe.parziale")
		s.Lead = []template.HTML{esc(w.T("comune.forte.ripartito_perche"))}
	}
	rows = append(rows,
		p.row(w.T("comune.riga.classe_regione", p.args()...), "", e, now.RegionClass[p.c.Region][k], false),
		p.row(w.T("comune.riga.classe", p.args()...), classPath(p.class), e, now.Classes[k], false))
	if p.unit.Name != p.reg.Name {
		rows = append(rows, p.row(locale.Capital(w.Unit(p.unit.Kind, p.unit.Name).Name), unitPath(p.unit), e, now.Units[p.c.Unit], false))
	}
	rows = append(rows, p.row(p.reg.Name, regionPath(p.reg), e, now.Regions[p.c.Region], false), p.row(w.T("italia"), indicatorPath(e.ID), e, now.Nation, false))
	top := 0.
	for _, f := range []stat.Figure{now.RegionClass[p.c.Region][k], now.Classes[k], now.Units[p.c.Unit], now.Regions[p.c.Region], now.Nation, {Value: e.Last().Values[p.i]}} {
		top = max(top, f.Value.N)
	}
	chart := draw.Rows{Axis: draw.NewAxis(0, top, 4, func(v float64) string { return w.Number(v, 0) }), Rows: rows}
	s.Parts = []template.HTML{figure(w.T("comune.anagrafe.figura", locale.S("data", w.AtDate(e.Last().Date))), "", draw.HTML(chart), ""), p.registerTable()}
	s.Margin = []note{{w.T("comune.base"), w.HTML("comune.anagrafe.base", locale.S("data", w.AtDate(p.Atlas.Population.Date)))},
		{w.T("comune.anagrafe.tendenza"), w.HTML("comune.anagrafe.una_sola", locale.N("n", len(e.Series)))},
		{w.T("comune.fonte"), p.credit(e.Source)}}
	return s
}

// row is a line of a dot chart.
func (p *press) row(name, href string, e *indicator.Entry, f stat.Figure, here bool) draw.Row {
	r := draw.Row{Name: name, Href: href, Value: p.value(e.Indicator, f.Value), Here: here}
	if f.Of > 0 {
		r.Note = p.words.T("base.n_comuni", locale.N("n", f.Base))
	}
	if f.Value.OK() {
		r.Dot = draw.At(f.Value.N)
	}
	return r
}

// alike is how far from the class's figure a value still counts as the same: a
// tenth, since a few uses more move a small Comune.
const alike = 0.1

// against says how the place's use compares with its class: piu, meno, come, or
// ripartito where the count began again with a merger, or manca.
func (p comunePlace) against() string {
	v, f := p.uses.Last().Values[p.i], p.uses.Now().Classes[p.c.Class[0]].Value
	switch {
	case v.Kind == stat.NotComparable:
		return "ripartito"
	case !v.OK() || !f.OK():
		return "manca"
	case v.N > f.N*(1+alike):
		return "piu"
	case v.N < f.N*(1-alike):
		return "meno"
	}
	return "come"
}

// registerTable is the single services of the register, as counts and per 1,000
// residents, with the class beside them.
func (p comunePlace) registerTable() template.HTML {
	w := p.words
	if !p.uses.Last().Values[p.i].OK() {
		return ""
	}
	g := grid{Title: w.T("comune.anagrafe.tabella", p.args(locale.S("data", w.AtDate(p.uses.Last().Date)))...),
		Head: []heading{{Text: w.T("comune.anagrafe.servizio")}, {Text: w.T("comune.anagrafe.numero"), Number: true},
			{Text: w.T("comune.anagrafe.per_mille"), Number: true}, {Text: w.T("comune.anagrafe.classe"), Number: true}}}
	for k, v := range p.services {
		if !v.Values[p.i].OK() {
			continue
		}
		n := v.Values[p.i].N
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: w.T("servizio." + variableName(v.ID))}, {Text: w.Number(n, 0)},
			{Text: w.Number(n/float64(max(p.c.Residents, 1))*p.uses.Per, 1)}, {Text: w.Number(p.rates[p.c.Class[0]][k], 1)}}})
	}
	return g.HTML()
}

// similar lists the place's peers.
func (p comunePlace) similar() section {
	w := p.words
	where := w.Ripartizione(p.Atlas.Ripartizioni[p.c.Rip].Name).In
	if slices.ContainsFunc(p.peers[p.i], func(j int) bool { return p.Atlas.Comuni[j].Rip != p.c.Rip }) {
		where = w.T("comune.simili.ovunque")
	}
	s := section{ID: "simili", Title: w.T("comune.simili.titolo"), Lead: []template.HTML{w.HTML("comune.simili.intro", p.args(locale.S("ripartizione", where))...)}}
	g := p.comparison(append([]int{p.i}, p.peers[p.i]...), p.i)
	s.Parts = []template.HTML{scroll(w.T("comune.simili.tabella"), g.HTML())}
	s.Margin = []note{{w.T("comune.simili.peso"), w.HTML("comune.simili.criteri")}}
	return s
}

// comparison is a table of Comuni with the figures that one can compare.
func (p *press) comparison(comuni []int, here int) grid {
	w := p.words
	g := grid{Head: []heading{{Text: w.T("colonna.comune")}, {Text: w.T("colonna.abitanti"), Number: true}}}
	type column struct {
		e *indicator.Entry
		k int
	}
	var stages []column
	for _, id := range []string{"send", "pdnd"} {
		if k, iv := p.intervention(id); iv != nil {
			stages = append(stages, column{k: k})
			g.Head = append(g.Head, heading{Text: w.T("colonna."+id, locale.S("data", w.ShortDate(iv.List.Date)))})
		}
	}
	figures := []*indicator.Entry{p.scores, p.uses}
	for _, e := range figures {
		g.Head = append(g.Head, heading{Text: w.T("colonna."+e.ID, locale.S("data", w.ShortDate(e.Last().Date))), Number: true})
	}
	for _, i := range comuni {
		c := p.Atlas.Comuni[i]
		row := line{Cells: []cell{{Text: c.Name, Href: comunePath(c), Note: c.Plate, Class: "who", Sort: atlas.Fold(c.Name)}, {Text: w.Int(c.Residents), Sort: sortKey(float64(c.Residents))}}}
		if i == here {
			row.Class, row.Cells[0].Href = "me", ""
		}
		for _, s := range stages {
			st := p.fund.Positions[i][s.k].Stage
			row.Cells = append(row.Cells, cell{HTML: p.stage(st, w.T("stadio."+st.String())), Sort: sortKey(float64(st))})
		}
		for _, e := range figures {
			row.Cells = append(row.Cells, p.valueCell(e.Indicator, e.Last().Values[i]))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
