package site

import (
	"html/template"

	"mappa/internal/agenda"
	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// cohortPage is the page of a list of Comuni: their before and after.
type cohortPage struct {
	theme.Chrome
	Name     string
	About    []template.HTML
	Lead     template.HTML
	Strong   strong
	Sections []section
}

// cohort is one as its page sees it.
type cohort struct {
	*press
	*agenda.Cohort
	changes []agenda.Change
}

// cohorts are the pages of the cohorts and their list; a site without any has
// neither.
func (p *press) cohorts() []job {
	if len(p.Agenda.Cohorts) == 0 {
		return nil
	}
	w := p.words
	jobs := []job{func() error {
		return p.links(w.T("gruppo.elenco"), w.HTML("gruppo.elenco_lead"), w.T("gruppo.elenco_descrizione"), cohortsPath, []linkGroup{p.cohortGroup()})
	}}
	for i := range p.Agenda.Cohorts {
		g := p.cohort(&p.Agenda.Cohorts[i])
		jobs = append(jobs, g.write, g.figuresCSV)
		if g.changes != nil {
			jobs = append(jobs, g.assessmentsCSV)
		}
	}
	return jobs
}

// cohortGroup leads to the cohorts.
func (p *press) cohortGroup() linkGroup {
	w := p.words
	out := linkGroup{ID: "gruppi", Title: w.T("gruppo.elenco_titolo", locale.N("n", len(p.Agenda.Cohorts)))}
	for _, c := range p.Agenda.Cohorts {
		out.Items = append(out.Items, linkItem{Text: c.Title, URL: cohortPath(c.ID), Note: w.T("base.n_comuni", locale.N("n", len(c.Comuni)))})
	}
	return out
}

// agendaPaths are the pages of this kind that search engines should read: those
// without invented entries.
func (p *press) agendaPaths() (out []string) {
	if p.Agenda.Academy.Title != "" && !p.invented() {
		out = append(out, academyPath)
	}
	if len(p.Agenda.Cohorts) > 0 {
		out = append(out, cohortsPath)
	}
	for i := range p.Agenda.Cohorts {
		if !p.Agenda.Cohorts[i].Fictional() {
			out = append(out, cohortPath(p.Agenda.Cohorts[i].ID))
		}
	}
	return out
}

func (p *press) cohort(c *agenda.Cohort) cohort {
	return cohort{p, c, c.Changes(p.least())}
}

func (g cohort) write() error {
	w, path := g.words, cohortPath(g.ID)
	page := cohortPage{Chrome: g.chrome(g.Title, w.T("gruppo.descrizione", locale.S("nome", g.Title), locale.N("n", len(g.Comuni))), path, "comuni",
		theme.Link{Text: w.T("menu.comuni"), URL: "/comuni/"}, theme.Link{Text: w.T("gruppo.elenco"), URL: cohortsPath}),
		Name: g.Title, About: g.about(), Lead: g.lead(), Strong: g.strong()}
	page.Sections = []section{g.members(), g.websites(), g.funds()}
	if s, ok := g.assessed(); ok {
		page.Sections = append(page.Sections, s)
		if s.Demo != "" {
			page.NoIndex = true
			page.DemoIn = []theme.Link{{Text: w.T("gruppo.voce." + s.ID), URL: "#" + s.ID}}
		}
	}
	if s, ok := g.surveyed(); ok {
		page.Sections = append(page.Sections, s)
		page.NoIndex = page.NoIndex || s.Demo != ""
	}
	page.Sections = append(page.Sections, g.files())
	for _, s := range page.Sections {
		page.Contents = append(page.Contents, theme.Link{Text: w.T("gruppo.voce." + s.ID), URL: "#" + s.ID})
	}
	return g.page("gruppo", &page, path)
}

// about is the line of facts under the name.
func (g cohort) about() []template.HTML {
	residents := 0
	for _, i := range g.Comuni {
		residents += g.Atlas.Comuni[i].Residents
	}
	w := g.words
	out := []template.HTML{w.HTML("gruppo.quanti", locale.N("n", len(g.Comuni))),
		w.HTML("comune.abitanti", locale.N("abitanti", residents), locale.S("data", w.AtDate(g.Atlas.Population.Date)))}
	src := esc(g.Source)
	if g.URL != "" {
		src = anchor(g.URL, g.Source)
	}
	return append(out, src)
}

// lead is what the group is, and how its sites and its funds moved.
func (g cohort) lead() template.HTML {
	out := esc(g.Note)
	if from, to, ok := g.ends(); ok {
		w, e := g.words, g.scores
		then, now := e.Series[from].Of(g.Comuni), e.Series[to].Of(g.Comuni)
		out += " " + w.HTML("gruppo.frase.sito", locale.S("prima", g.value(e.Indicator, then.Value)), locale.S("dal", w.Month(e.Series[from].Date)), locale.N("base_prima", then.Base),
			locale.S("dopo", g.value(e.Indicator, now.Value)), locale.S("al", w.Month(e.Series[to].Date)), locale.N("base", now.Base),
			locale.S("italia_prima", g.value(e.Indicator, e.Cuts[from].Nation.Value)), locale.S("italia", g.value(e.Indicator, e.Cuts[to].Nation.Value)))
	}
	return out
}

// ends are the first and the last crawl that read a site of the group; false where
// they are not two.
func (g cohort) ends() (from, to int, ok bool) {
	from, to = -1, -1
	for t, s := range g.scores.Series {
		if s.Of(g.Comuni).Base == 0 {
			continue
		}
		if from < 0 {
			from = t
		}
		to = t
	}
	return from, to, from < to
}

// strong is the group's middle site, then and now.
func (g cohort) strong() strong {
	w, e := g.words, g.scores
	now := e.Last().Of(g.Comuni)
	out := strong{Value: g.value(e.Indicator, now.Value), What: w.T("gruppo.forte.cosa", locale.S("data", w.Month(e.Last().Date))),
		Base: w.T("gruppo.forte.base", locale.N("base", now.Base), locale.N("su", len(g.Comuni)), locale.S("italia", g.value(e.Indicator, e.Now().Nation.Value)))}
	if now.Value.OK() {
		out.Unit = g.unitOf(e)
	}
	out.Picture = g.slope()
	return out
}

// slopesShown is up to how many Comuni a slope chart can tell apart.
const slopesShown = 12

// slope is the sites then and now: each Comune where they are few, the group and
// Italy.
func (g cohort) slope() template.HTML {
	from, to, ok := g.ends()
	if !ok {
		return ""
	}
	w, e := g.words, g.scores
	chart := draw.Slope{Left: w.Month(e.Series[from].Date), Right: w.Month(e.Series[to].Date), Lo: 0, Hi: 100}
	add := func(name string, a, b stat.Value, here, dark bool) {
		l := draw.SlopeLine{Name: name, Here: here, Dark: dark, FromText: g.value(e.Indicator, a), ToText: g.value(e.Indicator, b)}
		if a.OK() {
			l.From = draw.At(a.N)
		}
		if b.OK() {
			l.To = draw.At(b.N)
		}
		chart.Lines = append(chart.Lines, l)
	}
	rose, told := 0, 0
	for _, i := range g.Comuni {
		a, b := e.Series[from].Values[i], e.Series[to].Values[i]
		if a.OK() && b.OK() {
			told++
			if b.N > a.N {
				rose++
			}
		}
		if len(g.Comuni) <= slopesShown {
			add(g.Atlas.Comuni[i].Name, a, b, false, false)
		}
	}
	add(w.T("gruppo.mezzo"), e.Series[from].Of(g.Comuni).Value, e.Series[to].Of(g.Comuni).Value, true, false)
	add(w.T("italia"), e.Cuts[from].Nation.Value, e.Cuts[to].Nation.Value, false, true)
	chart.Label = w.T("gruppo.sito.alt", locale.N("saliti", rose), locale.N("n", told), locale.S("dal", chart.Left), locale.S("al", chart.Right))
	return figure(w.T("gruppo.sito.figura"), w.T("gruppo.sito.figura_sotto"), draw.HTML(chart), w.HTML("gruppo.sito.nota"))
}

// members is the Comuni beside each other.
func (g cohort) members() section {
	w := g.words
	table := g.comparison(g.Comuni, -1)
	table.Sortable = true
	title := w.T("gruppo.comuni.titolo", locale.N("n", len(g.Comuni)))
	return section{ID: "comuni", Title: title, Parts: []template.HTML{scroll(title, table.HTML()) + g.shortWords(table), g.bySize()},
		Margin: []note{{w.T("comune.fonte"), g.credit(g.fund.Source)}, {"", g.credit(g.scores.Source)}, {"", g.credit(g.uses.Source)}}}
}

// websites is the points of every site at every crawl.
func (g cohort) websites() section {
	w, e := g.words, g.scores
	t := grid{Head: []heading{{Text: w.T("colonna.comune")}}}
	for _, s := range e.Series {
		t.Head = append(t.Head, heading{Text: w.ShortDate(s.Date), Number: true})
	}
	for _, i := range g.Comuni {
		c := g.Atlas.Comuni[i]
		row := line{Cells: []cell{{Text: c.Name, Href: comunePath(c), Note: c.Plate, Class: "who"}}}
		for _, s := range e.Series {
			row.Cells = append(row.Cells, g.valueCell(e.Indicator, s.Values[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	middle, italy := line{Class: "me", Cells: []cell{{Text: w.T("gruppo.mezzo")}}}, line{Cells: []cell{{Text: w.T("italia"), Href: indicatorPath(e.ID)}}}
	for n, s := range e.Series {
		middle.Cells = append(middle.Cells, g.valueCell(e.Indicator, s.Of(g.Comuni).Value))
		italy.Cells = append(italy.Cells, g.valueCell(e.Indicator, e.Cuts[n].Nation.Value))
	}
	t.Rows = append(t.Rows, middle, italy)
	out := section{ID: "sito", Title: w.T("gruppo.sito.nome"), Margin: []note{{w.T("comune.base"), w.HTML("gruppo.sito.base")}, {w.T("comune.fonte"), g.credit(e.Source)}}}
	if from, to, ok := g.ends(); ok {
		out.Title = w.T("gruppo.sito.titolo", locale.S("prima", g.value(e.Indicator, e.Series[from].Of(g.Comuni).Value)), locale.S("dopo", g.value(e.Indicator, e.Series[to].Of(g.Comuni).Value)),
			locale.S("dal", w.Month(e.Series[from].Date)), locale.S("al", w.Month(e.Series[to].Date)))
	}
	out.Parts = []template.HTML{scroll(out.Title, t.HTML()) + g.shortWords(t)}
	return out
}

// standing is how many Comuni of a group are how far with an intervention.
type standing struct {
	of, financed, paid int
	unpaid             []string // names of those without payment
}

func (g cohort) standing(k int) (out standing) {
	for _, i := range g.Comuni {
		stage := g.fund.Positions[i][k].Stage
		if stage == source.Untold {
			continue
		}
		out.of++
		if stage >= source.Financed {
			out.financed++
		}
		if stage == source.Paid {
			out.paid++
		} else {
			out.unpaid = append(out.unpaid, g.Atlas.Comuni[i].Name)
		}
	}
	return out
}

// funds is how far the group is with each intervention, list by list.
func (g cohort) funds() section {
	w := g.words
	t := grid{Title: w.T("gruppo.pnrr.tabella"), Sub: w.T("gruppo.pnrr.sotto"), Head: []heading{{Text: w.T("comune.pnrr.intervento")}, {Text: w.T("comune.pnrr.data")},
		{Text: w.T("gruppo.pnrr.finanziati"), Number: true}, {Text: w.T("gruppo.pnrr.pagati"), Number: true}, {Text: w.T("gruppo.pnrr.italia"), Number: true}, {Text: w.T("gruppo.pnrr.mancano")}}}
	title := w.T("gruppo.pnrr.nome")
	for k, iv := range g.fund.Interventions {
		s := g.standing(k)
		of := func(n int) string { return w.T("gruppo.pnrr.quanti", locale.N("n", n), locale.N("su", s.of)) }
		paid, missing := cell{HTML: g.missing(stat.Unknown)}, cell{}
		if iv.Conclusive() || s.paid > 0 { // an old list without any says nothing of them
			paid = cell{Text: of(s.paid), Class: "nowrap"}
		}
		if iv.Conclusive() && len(s.unpaid) > 0 && len(s.unpaid) <= namesShown {
			missing.Text = w.And(s.unpaid)
		}
		t.Rows = append(t.Rows, line{Cells: []cell{{HTML: esc(iv.Name) + ` <span class="soft nowrap">` + esc(iv.Measure) + "</span>"}, {Text: w.ShortDate(iv.List.Date), Class: "nowrap"},
			{Text: of(s.financed), Class: "nowrap"}, paid, g.italyShare(iv.ID), missing}})
		if iv.ID == twoFreshest[0] && iv.Conclusive() {
			title = w.T("gruppo.pnrr.titolo", locale.S("intervento", iv.Name), locale.N("n", s.paid), locale.N("su", s.of))
		}
	}
	return section{ID: "pnrr", Title: title, Lead: []template.HTML{w.HTML("comune.pnrr.intro")}, Parts: []template.HTML{scroll(t.Title, t.HTML()) + g.shortWords(t)},
		Margin: []note{{w.T("comune.fonte"), g.credit(g.fund.Source)}, {"", anchor("/metodo/", w.T("comune.come_si_calcola"))}}}
}

// namesShown is how many Comuni a cell names.
const namesShown = 5

// italyShare is the share of all Comuni that were paid, or financed where that is all
// that is computed.
func (g cohort) italyShare(intervention string) cell {
	key, e := "gruppo.pnrr.italia_pagati", g.Book.Find(intervention+"-pagato")
	if e == nil {
		key, e = "gruppo.pnrr.italia_fondi", g.Book.Find(intervention+"-finanziato")
	}
	if e == nil {
		return cell{HTML: g.missing(stat.Unknown)}
	}
	return cell{HTML: g.words.HTML(key, locale.S("quota", g.value(e.Indicator, e.Now().Nation.Value)))}
}

// files is where the page's figures are to be had.
func (g cohort) files() section {
	w, path := g.words, cohortPath(g.ID)
	items := "<ul><li>" + anchor(path+"dati.csv", "dati.csv") + " " + w.HTML("gruppo.file") + "</li>"
	if g.changes != nil {
		items += "<li>" + anchor(path+"valutazioni.csv", "valutazioni.csv") + " " + w.HTML("gruppo.valutazioni.file") + "</li>"
	}
	return section{ID: "scarica", Title: w.T("scarica.titolo"), Margin: []note{{w.T("cornice.licenza"), w.HTML("scarica.licenza")}},
		Parts: []template.HTML{items + "</ul>", `<p class="cite">` + esc(g.citation(g.Title)) + "</p>"}}
}

// cohortRow is a row of a group's dati.csv.
type cohortRow struct {
	Cohort    string   `csv:"gruppo"`
	Level     string   `csv:"livello"`
	Code      string   `csv:"codice"`
	Name      string   `csv:"nome"`
	Indicator string   `csv:"indicatore"`
	Date      string   `csv:"data"`
	Value     *float64 `csv:"valore"`
	Base      int      `csv:"base"`
	Of        int      `csv:"su"`
	Missing   string   `csv:"assenza"`
	Stage     string   `csv:"stato"`
}

// figuresCSV is what the page's tables say.
func (g cohort) figuresCSV() error {
	var rows []cohortRow
	own := func(i int, id string, at atlas.Date, v stat.Value, stage string) {
		c := g.Atlas.Comuni[i]
		rows = append(rows, cohortRow{g.ID, "comune", c.Cadastral, c.Name, id, at.String(), known(v), 0, 0, v.Kind.Code(), stage})
	}
	area := func(level, code, name, id string, at atlas.Date, f stat.Figure) {
		rows = append(rows, cohortRow{g.ID, level, code, name, id, at.String(), known(f.Value), f.Base, f.Of, f.Value.Kind.Code(), ""})
	}
	for _, e := range []*indicator.Entry{g.scores, g.uses} {
		for t, s := range e.Series {
			for _, i := range g.Comuni {
				own(i, e.ID, s.Date, s.Values[i], "")
			}
			area("gruppo", g.ID, g.Title, e.ID, s.Date, s.Of(g.Comuni))
			area("nazione", "IT", g.words.T("italia"), e.ID, s.Date, e.Cuts[t].Nation)
		}
	}
	for k, iv := range g.fund.Interventions {
		for _, i := range g.Comuni {
			stage := g.fund.Positions[i][k].Stage
			v := yesNo(stage >= source.Financed)
			if stage == source.Untold {
				v = stat.Missing(stat.NotComparable)
			}
			own(i, iv.ID+"-finanziato", iv.List.Date, v, stage.String())
		}
		for _, id := range []string{iv.ID + "-finanziato", iv.ID + "-pagato"} {
			if e := g.Book.Find(id); e != nil {
				area("gruppo", g.ID, g.Title, id, iv.List.Date, e.Last().Of(g.Comuni))
				area("nazione", "IT", g.words.T("italia"), id, iv.List.Date, e.Now().Nation)
			}
		}
	}
	return g.csv(cohortPath(g.ID)+"dati.csv", rows)
}
