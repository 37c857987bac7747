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
	"mappa/internal/theme"
)

// Addresses of the pages of the indices.
const (
	indicesPath     = "/indici/"
	indexMethodPath = "/metodo/indici/"
	sensitivityPath = "/metodo/indici/sensibilita/"
)

// indexed is the indices as their pages see them.
type indexed struct {
	*inquiry
	*Indices
}

// indexing lays out the indices; it reports whether the site has any.
func (p *press) indexing() (*indexed, bool) {
	s, ok := p.inquiry()
	if !ok || p.Survey.Indices == nil {
		return nil, false
	}
	return &indexed{s, p.Survey.Indices}, true
}

// indices are the pages of the indices: a list, each index, their method, and
// what other weights would make of them.
func (p *press) indices() []job {
	s, ok := p.indexing()
	if !ok {
		return nil
	}
	jobs := []job{s.indexList, s.indexMethod, s.sensitivity, s.indicesCSV}
	for k, i := range s.Tree.Indices() {
		jobs = append(jobs, func() error { return s.indexPage(k, i) })
	}
	return jobs
}

func (s *indexed) path(index int) string { return indicesPath + s.Tree.Nodes[index].ID + "/" }

// number is a mean as it is printed, or why there is none.
func (s *indexed) number(m disclosure.Mean) string {
	if !m.Value.OK() {
		return s.words.Missing(m.Value.Kind).Short
	}
	return s.words.Number(m.Value.N, m.Decimals)
}

// mean is number as a table's cell.
func (s *indexed) mean(m disclosure.Mean) cell {
	if !m.Value.OK() {
		return cell{HTML: s.missing(m.Value.Kind), Sort: "-1"}
	}
	return cell{Text: s.number(m), Sort: sortKey(m.Value.N)}
}

// points is the axis of scores.
func (s *indexed) points() draw.Axis {
	return draw.NewAxis(0, score.Top, axisSteps, func(v float64) string { return s.words.Number(v, 0) })
}

func (s *indexed) indexChrome(title, description, path string) theme.Chrome {
	c := s.surveyChrome(title, description, path)
	c.Breadcrumb = slices.Insert(c.Breadcrumb, len(c.Breadcrumb)-1, theme.Link{Text: s.words.T("indice.elenco.titolo"), URL: indicesPath})
	return c
}

func (s *indexed) contents(sections []section) (out []theme.Link) {
	for _, x := range sections {
		out = append(out, theme.Link{Text: s.words.T("indice.voce." + x.ID), URL: "#" + x.ID})
	}
	return out
}

func (s *indexed) indexPage(k, i int) error {
	w, n := s.words, &s.Tree.Nodes[i]
	italy := s.Means[i][s.areas.italy.area]
	path := s.path(i)
	turn := s.turnoutOf(s.areas.italy, everyone(s.press))
	page := questionPage{Chrome: s.indexChrome(n.Title, w.T("indice.descrizione", locale.S("titolo", n.Title)), path), Name: n.Title,
		Wording: w.HTML("indice.lead", locale.S("aree", w.And(s.titles(n.Children)))), Value: s.number(italy), Picture: s.partsChart(i)}
	page.What = w.T("indice.cosa")
	if l := s.level(italy); l != "" {
		page.What = w.T("indice.cosa_livello", locale.S("livello", l))
	}
	page.Base = w.HTML("indice.base", locale.S("n", s.count(italy.Base).Text), locale.S("comuni", s.rateText(turn.share())), locale.S("residenti", s.rateText(turn.people())))
	page.Defs = s.indexFacts(i)
	page.Sections = []section{s.indexParts(i), s.indexByClass(k, i), s.indexByRip(k, i), s.indexByRegion(k, i), s.surveyDownloads(n.Title, indicesPath, "indice.file")}
	page.Contents = s.contents(page.Sections)
	return s.page("domanda", &page, path)
}

// level is the name of the stretch that a mean lies in, "" without one.
func (s *indexed) level(m disclosure.Mean) string {
	if l := s.Tree.LevelOf(m.Value.N); m.Value.OK() && l >= 0 {
		return s.Tree.Levels[l].Title
	}
	return ""
}

func (s *indexed) titles(nodes []int) (out []string) {
	for _, n := range nodes {
		out = append(out, s.Tree.Nodes[n].Title)
	}
	return out
}

// indexFacts say what an index is made of, and of whom.
func (s *indexed) indexFacts(i int) []note {
	w := s.words
	var levels, left []string
	for k, l := range s.Tree.Levels {
		to := float64(score.Top)
		if k+1 < len(s.Tree.Levels) {
			to = s.Tree.Levels[k+1].From
		}
		levels = append(levels, w.T("indice.livello", locale.S("titolo", l.Title), locale.S("da", w.Number(l.From, 0)), locale.S("a", w.Number(to, 0))))
	}
	for _, l := range s.Tree.Leaves(i) {
		if !s.Whole[l] {
			left = append(left, s.Tree.Nodes[l].Title)
		}
	}
	out := []note{{w.T("indice.def.metodo"), w.HTML("indice.metodo", locale.S("metodo", indexMethodPath), locale.S("sensibilita", sensitivityPath))}}
	if len(levels) > 0 {
		out = append(out, note{w.T("indice.def.livelli"), esc(w.And(levels))})
	}
	if len(left) > 0 {
		out = append(out, note{w.T("indice.def.parti"), w.HTML("indice.comuni", locale.S("fuori", w.And(left)), locale.N("soglia", s.book.ShortUpTo))})
	}
	if s.Tree.Note != "" {
		out = append(out, note{w.T("indice.def.nota"), esc(s.Tree.Note)})
	}
	return out
}

// partsChart is the index and its areas in Italy.
func (s *indexed) partsChart(i int) template.HTML {
	italy := s.areas.italy.area
	chart := draw.Rows{Axis: s.points()}
	for _, n := range append([]int{i}, s.Tree.Nodes[i].Children...) {
		m := s.Means[n][italy]
		chart.Rows = append(chart.Rows, draw.Row{Name: s.Tree.Nodes[n].Title, Value: s.number(m), Dot: at(m.Value), Strong: n == i})
	}
	return figure(s.words.T("indice.parti.grafico"), s.words.T("indice.parti.sotto"), draw.HTML(chart), s.demoTag())
}

// indexParts is the areas and parts with their weights, in Italy.
func (s *indexed) indexParts(i int) section {
	w, italy := s.words, s.areas.italy.area
	g := grid{Title: w.T("indice.parti.tabella"), Sub: s.demoWords(w.T("indice.parti.tabella_sotto")), Head: []heading{{Text: w.T("indice.parti.colonna")},
		{Text: w.T("indice.parti.peso"), Number: true}, {Text: w.T("indice.parti.peso_indice"), Number: true}, {Text: w.T("italia"), Number: true}, {Text: w.T("domanda.base"), Number: true}}}
	for _, a := range s.Tree.Nodes[i].Children {
		s.partRow(&g, a, "who", 1)
		for _, l := range s.Tree.Nodes[a].Children {
			s.partRow(&g, l, "", s.Tree.Nodes[a].Share)
		}
	}
	high, low := s.extremes(s.Tree.Nodes[i].Children, func(n int) stat.Value { return s.Means[n][italy].Value })
	title := w.T("indice.parti.nome")
	if high >= 0 {
		title = w.T("indice.parti.titolo", locale.S("alta", s.Tree.Nodes[high].Title), locale.S("massimo", s.number(s.Means[high][italy])),
			locale.S("bassa", s.Tree.Nodes[low].Title), locale.S("minimo", s.number(s.Means[low][italy])))
	}
	return section{ID: "parti", Title: title, Parts: []template.HTML{scroll(g.Title, g.HTML())},
		Margin: []note{{w.T("indice.def.metodo"), w.HTML("indice.come", locale.S("metodo", indexMethodPath))}, s.collected()}}
}

func (s *indexed) partRow(g *grid, n int, class string, within float64) {
	node, m := &s.Tree.Nodes[n], s.Means[n][s.areas.italy.area]
	if class == "" && !s.Whole[n] {
		m = s.Full[n][s.areas.italy.area]
	}
	of := within
	first := cell{Text: node.Title, Class: class}
	if node.Part != nil && !s.Whole[n] {
		first.Note = s.words.T("indice.parti.completo")
	}
	g.Rows = append(g.Rows, line{Cells: []cell{first, {Text: s.weight(node.Share)}, {Text: s.weight(of * node.Share)}, s.mean(m), s.count(m.Base)}})
}

// weight is a share of a weight.
func (s *indexed) weight(share float64) string {
	const percent = 100
	decimals := 0
	if v := percent * share; v-float64(int(v+1e-9)) > 1e-6 {
		decimals = 1
	}
	return s.words.Percent(percent*share, decimals)
}

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
		r := draw.Row{Name: x.name, Href: x.href, Value: s.number(m), Dot: at(m.Value)}
		if m.Base.OK() {
			r.Note = w.T("base.n_comuni", locale.N("n", int(m.Base.N)))
		}
		chart.Rows = append(chart.Rows, r)
	}
	return figure(s.Tree.Nodes[i].Title, w.T("indice.grafico_sotto", locale.S("italia", s.number(italy))), draw.HTML(chart), s.demoTag())
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
	base := line{Cells: []cell{{Text: w.T("domanda.base"), Class: "soft"}}}
	for _, x := range areas {
		base.Cells = append(base.Cells, s.count(s.Means[i][x.area].Base))
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
	return cell{Text: s.words.T("indice.posti", locale.N("da", r.First[at]), locale.N("a", r.Last[at])), Class: "nowrap", Sort: sortKey(float64(r.First[at]) + float64(r.Last[at])/100)}
}

func (s *indexed) indexByClass(k, i int) section {
	w, classes := s.words, s.areas.classes
	title := w.T("domanda.classi.nome")
	known := slices.DeleteFunc(slices.Clone(classes), func(x place) bool { return !s.Means[i][x.area].Value.OK() })
	if len(known) > 1 {
		first, last := s.Means[i][known[0].area], s.Means[i][known[len(known)-1].area]
		rising := slices.IsSortedFunc(known, func(a, b place) int { return int(s.Means[i][a.area].Value.N - s.Means[i][b.area].Value.N) })
		if rising && first.Value.N < last.Value.N {
			title = w.T("indice.classi.titolo", locale.S("piccoli", s.number(first)), locale.S("grandi", s.number(last)))
		}
	}
	return section{ID: "classi", Title: title, Parts: []template.HTML{s.areaChart(i, classes), s.areaTable(k, i, w.T("indice.classi.tabella"), append(slices.Clone(classes), s.areas.italy))},
		Margin: []note{{w.T("indice.media_titolo"), w.HTML("indice.media", locale.S("riservatezza", "/riservatezza/"))}, s.collected()}}
}

func (s *indexed) indexByRip(k, i int) section {
	w := s.words
	out := section{ID: "ripartizioni", Title: s.areaTitle(i, "ripartizioni", s.areas.five, w.Ripartizione),
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
func (s *indexed) areaTitle(i int, key string, areas []place, noun func(string) locale.Noun) string {
	at := make([]int, len(areas))
	for k := range at {
		at[k] = k
	}
	high, low := s.extremes(at, func(k int) stat.Value { return s.Means[i][areas[k].area].Value })
	if high < 0 {
		return s.words.T("domanda." + key + ".nome")
	}
	args := append(noun(areas[high].name).Args("alta"), noun(areas[low].name).Args("bassa")...)
	return s.words.T("indice."+key+".titolo", append(args, locale.S("massimo", s.number(s.Means[i][areas[high].area])), locale.S("minimo", s.number(s.Means[i][areas[low].area])))...)
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
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, s.count(s.Means[i][x.area].Base))})
	}
	out := section{ID: "regioni", Title: s.areaTitle(i, "regioni", s.areas.regions, w.Region), Parts: []template.HTML{scroll(g.Title, g.HTML()) + s.withheldNote(any)}, Margin: []note{s.collected()}}
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
