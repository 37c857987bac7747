package site

import (
	"cmp"
	"html/template"
	"slices"

	"mappa/internal/draw"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// regionsID ends the id of the section of an index by region.
const regionsID = "-regioni"

// sensitivity is what other weights would make of the indices.
func (s *indexed) sensitivity() error {
	w := s.words
	name := w.T("indice.sensibilita.titolo")
	args := []locale.Arg{locale.N("scarto", int(100*score.Spread)), locale.N("prove", score.Draws)}
	chrome := s.methodChrome(name, w.T("indice.sensibilita.descrizione"), sensitivityPath, theme.Link{Text: w.T("indice.metodo_pagina.titolo"), URL: indexMethodPath})
	chrome.DemoAll, chrome.NoIndex = s.edition.Demo(), s.edition.Demo()
	page := questionPage{Chrome: chrome, Name: name, Wording: w.HTML("indice.sensibilita.lead", args...), What: w.T("indice.sensibilita.cosa"), Base: w.HTML("indice.sensibilita.base", args...)}
	for k, i := range s.Tree.Indices() {
		if k == 0 {
			page.Picture = s.trialChart(k, i)
		}
		page.Sections = append(page.Sections, s.trials(k, i), s.bands(k, i))
	}
	for _, key := range []string{"uguali", "geometrica", "senza", "caso"} {
		page.Defs = append(page.Defs, note{w.T("indice.prova." + key), w.HTML("indice.sensibilita."+key, args...)})
	}
	for _, i := range s.Tree.Indices() {
		n := &s.Tree.Nodes[i]
		page.Contents = append(page.Contents, theme.Link{Text: n.Title, URL: "#" + n.ID},
			theme.Link{Text: w.T("indice.sensibilita.regioni", locale.S("indice", n.Title)), URL: "#" + n.ID + regionsID})
	}
	return s.page("domanda", &page, sensitivityPath)
}

// trialName is another way to weigh, in words.
func (s *indexed) trialName(x score.Trial) string {
	if x.Kind == score.Without {
		return s.words.T("indice.prova.senza_parte", locale.S("parte", s.Tree.Nodes[x.Node].Title))
	}
	return s.words.T("indice.prova." + string(x.Kind))
}

// trialChart is the index of Italy under each weighting.
func (s *indexed) trialChart(k, i int) template.HTML {
	w := s.words
	g := s.ranking(k, estimate.Italy, 0)
	chart := draw.Rows{Axis: s.points()}
	if here := g.of(s.areas.italy.area); here >= 0 && s.tries(i, g, here) {
		chart.Ref = draw.At(g.Means[0][here].N)
		for t, x := range s.Tried[k].Trials {
			if v := g.Means[t][here]; v.OK() && s.applies(x) {
				chart.Rows = append(chart.Rows, draw.Row{Name: s.trialName(x), Value: w.Number(v.N, 0), Figure: g.key(trialKey(x), here), Dot: at(v), Strong: t == 0})
			}
		}
	}
	return figure(w.T("indice.sensibilita.grafico", locale.S("indice", s.Tree.Nodes[i].Title)), w.T("indice.sensibilita.grafico_sotto"), draw.HTML(chart), s.demoTag())
}

// trials is the index of large areas under each weighting.
func (s *indexed) trials(k, i int) section {
	w, n := s.words, &s.Tree.Nodes[i]
	g := grid{Title: w.T("indice.sensibilita.tabella", locale.S("indice", n.Title)), Sub: s.demoWords(w.T("indice.tabella_sotto")), Head: []heading{{Text: w.T("indice.sensibilita.colonna")}}}
	type column struct {
		of *Ranking
		at int
	}
	var columns []column
	add := func(level estimate.Level, places []place) {
		r := s.ranking(k, level, 0)
		for _, x := range places {
			if at := r.of(x.area); at >= 0 && s.tries(i, r, at) {
				columns = append(columns, column{r, at})
				g.Head = append(g.Head, heading{Text: x.name, Number: true})
			}
		}
	}
	add(estimate.Italy, []place{s.areas.italy})
	add(estimate.Ripartizioni, s.areas.five)
	add(estimate.Classes, s.areas.classes)
	for t, x := range s.Tried[k].Trials {
		if !s.applies(x) {
			continue
		}
		row := line{Cells: []cell{{Text: s.trialName(x)}}}
		if t == 0 {
			row.Cells[0].Class = "who"
		}
		for _, c := range columns {
			row.Cells = append(row.Cells, s.whole(c.of.Means[t][c.at], c.of.key(trialKey(x), c.at)))
		}
		g.Rows = append(g.Rows, row)
	}
	withheld := slices.ContainsFunc(g.Rows, func(r line) bool {
		return slices.ContainsFunc(r.Cells, func(c cell) bool { return c.HTML == s.missing(stat.Withheld) })
	})
	drawn := line{Cells: []cell{{Text: w.T("indice.prova.caso"), Class: "soft"}}}
	for _, c := range columns {
		drawn.Cells = append(drawn.Cells, cell{Text: s.span(c.of, c.at), Class: "nowrap", Figure: c.of.key(drawnKey, c.at)})
	}
	g.Rows = append(g.Rows, drawn)
	return section{ID: n.ID, Finding: s.trialFinding(k, i), Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.withheldNote(withheld)},
		Margin: []note{{w.T("indice.def.metodo"), w.HTML("indice.come", locale.S("metodo", indexMethodPath))}, s.collected()}}
}

// span is between which means most draws lie.
func (s *indexed) span(r *Ranking, at int) string {
	from, to := r.Low[at], r.High[at]
	if !from.OK() {
		return s.words.Missing(stat.Withheld).Short
	}
	if from.N == to.N {
		return s.words.Number(from.N, 0)
	}
	return s.words.T("domanda.fra", locale.S("da", s.words.Number(from.N, 0)), locale.S("a", s.words.Number(to.N, 0)))
}

// whole is a mean in whole points as a table's cell.
func (s *indexed) whole(v stat.Value, key string) cell {
	if !v.OK() {
		return cell{HTML: s.missing(v.Kind), Sort: "-1"}
	}
	return cell{Text: s.words.Number(v.N, 0), Sort: sortKey(v.N), Figure: key}
}

// trialFinding says between what the index of Italy lies.
func (s *indexed) trialFinding(k, i int) template.HTML {
	w, g := s.words, s.ranking(k, estimate.Italy, 0)
	at := g.of(s.areas.italy.area)
	if at < 0 || !s.tries(i, g, at) {
		return esc(s.Tree.Nodes[i].Title)
	}
	low, high := 0, 0
	for t, x := range s.Tried[k].Trials {
		if v := g.Means[t][at]; v.OK() && s.applies(x) {
			if v.N < g.Means[low][at].N {
				low = t
			}
			if v.N > g.Means[high][at].N {
				high = t
			}
		}
	}
	told := func(name string, t int) locale.Arg {
		return locale.H(name, figured(g.key(trialKey(s.Tried[k].Trials[t]), at), w.Number(g.Means[t][at].N, 0)))
	}
	return w.HTML("indice.sensibilita.trovato", locale.S("indice", s.Tree.Nodes[i].Title), told("dichiarato", 0), told("da", low), told("a", high))
}

// bands is the regions with the stretch that most draws leave them in.
func (s *indexed) bands(k, i int) section {
	w, n := s.words, &s.Tree.Nodes[i]
	r := s.ranking(k, estimate.Regions, 0)
	order := slices.Clone(s.areas.regions)
	order = slices.DeleteFunc(order, func(x place) bool { return r.of(x.area) < 0 })
	slices.SortStableFunc(order, func(a, b place) int {
		return cmp.Or(descend(r.Means[0][r.of(a.area)], r.Means[0][r.of(b.area)]), cmp.Compare(a.area, b.area))
	})
	chart := draw.Rows{Axis: s.points()}
	for _, x := range order {
		i := r.of(x.area)
		row := draw.Row{Name: x.name, Href: x.href, Dot: at(r.Means[0][i]), Interval: draw.Between(r.Low[i].N, r.High[i].N),
			Figure: r.key(drawnKey, i), Value: w.T("indice.sensibilita.valore", locale.S("media", w.Number(r.Means[0][i].N, 0)), locale.S("tra", s.span(r, i)))}
		if s.Settings.Site.Ranked() {
			row.Small = w.HTML("indice.posto_nota", locale.H("posto", figured(r.key(placeKey, i), s.band(r, i).Text)))
		}
		chart.Rows = append(chart.Rows, row)
	}
	title := w.T("indice.sensibilita.regioni", locale.S("indice", n.Title))
	if s.Settings.Site.Ranked() && len(order) > 0 {
		title = s.bandFinding(r, n.Title)
	}
	return section{ID: n.ID + regionsID, Title: title, Parts: []template.HTML{figure(w.T("indice.sensibilita.regioni", locale.S("indice", n.Title)), w.T("indice.sensibilita.regioni_sotto"), draw.HTML(chart), s.demoTag())},
		Margin: []note{{w.T("indice.posto_nome"), w.HTML("indice.sensibilita.leggere")}, s.collected()}}
}

// bandFinding says how many regions keep their place when weights vary, and over
// how many places the one that moves most does.
func (s *indexed) bandFinding(r *Ranking, title string) string {
	still, most := 0, 0
	for at := range r.Areas {
		if r.First[at] == r.Last[at] {
			still++
		}
		most = max(most, r.Last[at]-r.First[at])
	}
	return s.words.T("indice.sensibilita.posti", locale.S("indice", title), locale.N("ferme", still), locale.N("n", len(r.Areas)), locale.N("scarto", most))
}
