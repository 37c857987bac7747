package site

import (
	"html/template"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
)

// extremes are the nodes with the highest and the lowest value; -1 where they are
// not two, or share it.
func (s *indexed) extremes(nodes []int, of func(int) stat.Value) (high, low int) {
	high, low = -1, -1
	for _, n := range nodes {
		v := of(n)
		if !v.OK() {
			continue
		}
		if high < 0 || v.N > of(high).N {
			high = n
		}
		if low < 0 || v.N < of(low).N {
			low = n
		}
	}
	tied := func(x int) bool {
		return slices.ContainsFunc(nodes, func(n int) bool { return n != x && of(n).OK() && of(n).N == of(x).N })
	}
	if high < 0 || high == low || tied(high) || tied(low) {
		return -1, -1
	}
	return high, low
}

// areaChart compares areas, with Italy as the line through all of them.
func (s *indexed) areaChart(i int, areas []place) template.HTML {
	w, italy := s.words, s.Means[i][s.areas.italy.area]
	chart := draw.Rows{Axis: s.points(), Ref: at(italy.Value)}
	for _, x := range areas {
		m := s.Means[i][x.area]
		r := draw.Row{Name: x.name, Href: x.href, Value: s.number(m), Spoken: s.spoken(m.Value), Figure: s.origin(m), Dot: at(m.Value)}
		if m.Base.OK() {
			r.Small = figured(m.Key, w.T("base.n_comuni", locale.N("n", int(m.Base.N))))
		}
		chart.Rows = append(chart.Rows, s.whisker(r, m))
	}
	return pictured(s.Tree.Nodes[i].Title, w.HTML("indice.grafico_sotto", s.told("italia", italy)), draw.HTML(chart), s.chartNote([]int{i}, areas))
}

// areaTable is the index and its areas in each place; of the full form alone also
// with all its parts.
func (s *indexed) areaTable(k, i int, title string, areas []place) template.HTML {
	w := s.words
	g := grid{Title: title, Sub: s.demoWords(w.T("indice.tabella_sotto")), Head: []heading{{Text: w.T("indice.parti.colonna")}}}
	for _, x := range areas {
		g.Head = append(g.Head, heading{Text: x.name, Number: true})
	}
	any := false
	add := func(name, class string, of func(place) disclosure.Mean) {
		row := line{Cells: []cell{{Text: name, Class: class}}}
		for _, x := range areas {
			m := of(x)
			any = any || hidden(m.Value)
			row.Cells = append(row.Cells, s.mean(m))
		}
		g.Rows = append(g.Rows, row)
	}
	add(s.Tree.Nodes[i].Title, "who", func(x place) disclosure.Mean { return s.Means[i][x.area] })
	for _, n := range s.Tree.Nodes[i].Children {
		add(s.Tree.Nodes[n].Title, "", func(x place) disclosure.Mean { return s.Means[n][x.area] })
	}
	if !s.Whole[i] {
		add(w.T("indice.tutte_le_parti", locale.N("soglia", s.book.ShortUpTo)), "soft", func(x place) disclosure.Mean { return s.full(i, x.area) })
	}
	base, guess, guesses := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}}}, line{Cells: []cell{{Text: w.T("indice.stima_riga"), Class: "soft"}}}, false
	for _, x := range areas {
		m := s.Means[i][x.area]
		base.Cells, guess.Cells, guesses = append(base.Cells, s.based(m)), append(guess.Cells, s.guessed(m)), guesses || s.estimated(m)
	}
	if guesses {
		g.Rows = append(g.Rows, guess)
	}
	g.Rows = append(g.Rows, base)
	if s.Settings.Site.Ranked() {
		if row, ok := s.placeRow(k, areas); ok {
			g.Rows = append(g.Rows, row)
		}
	}
	return scroll(title, g.HTML()) + s.withheldNote(any)
}

// full is the mean with all parts of the full form; where nobody got it, it was
// not asked.
func (s *indexed) full(i, area int) disclosure.Mean {
	m := s.Full[i][area]
	if m.Value.Kind == stat.NoRespondent {
		m.Value = stat.Missing(stat.NotAsked)
	}
	return m
}

// ranking is the group of areas of a level, nil without one.
func (s *indexed) ranking(k int, level estimate.Level, size estimate.Size) *Ranking {
	for g := range s.Tried[k].Groups {
		if r := &s.Tried[k].Groups[g]; r.Level == level && r.Size == size {
			return r
		}
	}
	return nil
}

// placeRow is the places of ripartizioni; of classes, which differ by size and not
// by merit, none is said.
func (s *indexed) placeRow(k int, areas []place) (line, bool) {
	r := s.ranking(k, estimate.Ripartizioni, 0)
	row, some := line{Cells: []cell{{Text: s.words.T("indice.posto_nome"), Class: "soft"}}}, false
	for _, x := range areas {
		c := cell{Text: s.words.T("indice.senza_posto")}
		if at := r.of(x.area); at >= 0 {
			c, some = s.band(r, at), true
		}
		row.Cells = append(row.Cells, c)
	}
	return row, some
}

// band is where an area stands when weights vary, both ends even where they are
// one: a place is never bare.
func (s *indexed) band(r *Ranking, at int) cell {
	return cell{Text: s.words.T("indice.posti", locale.N("da", r.First[at]), locale.N("a", r.Last[at])), Class: "nowrap", Figure: r.key(placeKey, at), Sort: sortKey(float64(r.First[at]) + float64(r.Last[at])/100)}
}

func (s *indexed) indexByClass(k, i int) section {
	w, classes := s.words, s.areas.classes
	title := w.HTML("domanda.classi.nome")
	known := slices.DeleteFunc(slices.Clone(classes), func(x place) bool { return !s.Means[i][x.area].Value.OK() })
	if len(known) > 1 {
		first, last := s.Means[i][known[0].area], s.Means[i][known[len(known)-1].area]
		rising := slices.IsSortedFunc(known, func(a, b place) int { return int(s.Means[i][a.area].Value.N - s.Means[i][b.area].Value.N) })
		if rising && first.Value.N < last.Value.N {
			title = w.HTML("indice.classi.titolo", s.told("piccoli", first), s.told("grandi", last))
		}
	}
	return section{ID: "classi", Finding: title, Parts: []template.HTML{s.areaChart(i, classes), s.areaTable(k, i, w.T("indice.classi.tabella"), append(slices.Clone(classes), s.areas.italy))},
		Margin: s.aboutMeans()}
}

// aboutMeans says of whom means are and which are shown.
func (s *indexed) aboutMeans() []note {
	return []note{{s.words.T("indice.media_titolo"), s.words.HTML("indice.media", locale.N("soglia", s.published.Policy.Decimal), locale.S("riservatezza", "/riservatezza/"))}, s.collected()}
}

func (s *indexed) indexByRip(k, i int) section {
	w := s.words
	out := section{ID: "ripartizioni", Finding: s.areaTitle(i, "ripartizioni", s.areas.five, w.Ripartizione),
		Parts:  []template.HTML{s.areaChart(i, s.areas.rips), s.areaTable(k, i, w.T("indice.ripartizioni.tabella"), append(slices.Clone(s.areas.rips), s.areas.italy))},
		Margin: []note{{w.T("domanda.mezzogiorno"), w.HTML("domanda.mezzogiorno_testo")}}}
	if s.Settings.Site.Ranked() {
		out.Margin = append(out.Margin, s.aboutPlaces())
	}
	return out
}

func (s *indexed) aboutPlaces() note {
	const percent = 100
	return note{s.words.T("indice.posto_nome"), s.words.HTML("indice.posto_testo", locale.N("scarto", int(percent*score.Spread)), locale.N("prove", score.Draws), locale.S("sensibilita", sensitivityPath))}
}

// areaTitle says where the index is highest and where lowest.
func (s *indexed) areaTitle(i int, key string, areas []place, noun func(string) locale.Noun) template.HTML {
	at := make([]int, len(areas))
	for k := range at {
		at[k] = k
	}
	high, low := s.extremes(at, func(k int) stat.Value { return s.Means[i][areas[k].area].Value })
	if high < 0 {
		return s.words.HTML("domanda." + key + ".nome")
	}
	args := append(noun(areas[high].name).Args("alta"), noun(areas[low].name).Args("bassa")...)
	return s.words.HTML("indice."+key+".titolo", append(args, s.told("massimo", s.Means[i][areas[high].area]), s.told("minimo", s.Means[i][areas[low].area]))...)
}

// halves are the areas of a region's Comuni up to 5,000 residents and over, -1
// without them.
func (s *indexed) half(region int, size estimate.Size) int {
	return s.Survey.Published.Frame.Find(estimate.Area{Level: estimate.RegionSizes, Rip: -1, Region: region, Class: -1, Size: size})
}

// indexByRegion is the regions, small and large Comuni apart: those of a region
// are compared with those of their size first.
func (s *indexed) indexByRegion(k, i int) section {
	w, ranked := s.words, s.Settings.Site.Ranked()
	g := grid{Sortable: true, Title: w.T("indice.regioni.tabella"), Sub: s.demoWords(w.T("indice.tabella_sotto")), Head: []heading{{Text: w.T("colonna.regione")}}}
	columns := []struct {
		key   string
		level estimate.Level
		size  estimate.Size
	}{{"piccoli", estimate.RegionSizes, estimate.Small}, {"grandi", estimate.RegionSizes, estimate.Large}, {"tutti", estimate.Regions, 0}}
	for _, c := range columns {
		g.Head = append(g.Head, heading{Text: w.T("indice.colonna."+c.key, locale.N("soglia", s.book.ShortUpTo)), Number: true})
		if ranked {
			g.Head = append(g.Head, heading{Text: w.T("indice.posto_nome"), Number: true})
		}
	}
	g.Head = append(g.Head, heading{Text: w.T("domanda.base"), Number: true})
	order := slices.Clone(s.areas.regions)
	slices.SortStableFunc(order, func(a, b place) int { return descend(s.Means[i][a.area].Value, s.Means[i][b.area].Value) })
	any := false
	for _, x := range order {
		row := line{Cells: []cell{{Text: x.name, Href: x.href, Class: "who"}}}
		for _, c := range columns {
			area := x.area
			if c.size != 0 {
				area = s.half(s.Survey.Published.Frame.Areas[x.area].Region, c.size)
			}
			m := disclosure.Mean{Value: stat.Missing(stat.NotAsked)}
			if area >= 0 {
				m = s.Means[i][area]
			}
			any = any || hidden(m.Value)
			row.Cells = append(row.Cells, s.mean(m))
			if ranked {
				at, r := -1, s.ranking(k, c.level, c.size)
				if r != nil {
					at = r.of(area)
				}
				if at < 0 {
					row.Cells = append(row.Cells, cell{Text: w.T("indice.senza_posto"), Sort: "99"})
				} else {
					row.Cells = append(row.Cells, s.band(r, at))
				}
			}
		}
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, s.based(s.Means[i][x.area]))})
	}
	out := section{ID: "regioni", Finding: s.areaTitle(i, "regioni", s.areas.regions, w.Region), Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.withheldNote(any)}, Margin: []note{s.collected()}}
	if ranked {
		out.Margin = append([]note{s.aboutPlaces()}, out.Margin...)
	}
	return out
}

// descend orders values from the highest, those that are missing last.
func descend(a, b stat.Value) int {
	switch {
	case a.OK() != b.OK():
		if a.OK() {
			return -1
		}
		return 1
	case a.N > b.N:
		return -1
	case a.N < b.N:
		return 1
	}
	return 0
}
