package site

import (
	"html/template"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
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
	return cell{Text: s.number(m), Sort: sortKey(m.Value.N), Figure: m.Key}
}

// estimated reports whether a mean of all Comuni is estimated beside that of those
// that answered.
func (s *indexed) estimated(m disclosure.Mean) bool { return m.Estimate.OK() }

// guess is the estimate with its interval, as it is printed.
func (s *indexed) guess(m disclosure.Mean) string {
	return s.words.T("domanda.stima.con_margine", locale.S("stima", s.words.Number(m.Estimate.N, 0)), locale.S("da", s.words.Number(m.Low.N, 0)), locale.S("a", s.words.Number(m.High.N, 0)))
}

// guessed is guess as a table's cell. In a narrow column the interval goes below, whole.
func (s *indexed) guessed(m disclosure.Mean) cell {
	switch {
	case s.estimated(m):
		w := s.words
		margin := w.T("domanda.stima.margine", locale.S("da", w.Number(m.Low.N, 0)), locale.S("a", w.Number(m.High.N, 0)))
		return cell{HTML: esc(w.Number(m.Estimate.N, 0)) + ` <span class="nowrap">` + esc(margin) + "</span>", Sort: sortKey(m.Estimate.N), Figure: m.Key}
	case hidden(m.Estimate):
		return cell{HTML: s.missing(stat.Withheld), Sort: "-1"}
	}
	return cell{Text: "–", Sort: "-1"}
}

// based is how many Comuni a mean rests on, as a table's cell.
func (s *indexed) based(m disclosure.Mean) cell {
	c := s.count(m.Base)
	if m.Base.OK() {
		c.Figure = m.Key
	}
	return c
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
		Wording: w.HTML("indice.lead", locale.S("aree", w.And(s.titles(n.Children)))), Value: figured(s.origin(italy), s.number(italy)), Picture: s.partsChart(i)}
	page.What = w.T("indice.cosa")
	if l := s.level(italy); l != "" {
		page.What = w.T("indice.cosa_livello", locale.S("livello", l))
	}
	rates := []locale.Arg{s.rated("comuni", turn, turn.share()), s.rated("residenti", turn, turn.people())}
	if page.Base = w.HTML("indice.base_riservata", rates...); italy.Base.OK() {
		page.Base = w.HTML("indice.base", append(rates, locale.H("n", figured(italy.Key, s.count(italy.Base).Text)))...)
	}
	page.Defs = s.indexFacts(i)
	page.Sections = []section{s.indexParts(i), s.indexByClass(k, i), s.indexByRip(k, i), s.indexByRegion(k, i)}
	if x, ok := s.indexByEdition(i); ok {
		page.Sections = append(page.Sections, x)
	}
	page.Sections = append(page.Sections, s.surveyDownloads(n.Title, indicesPath, "indice.file"))
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
	var out []note
	if m := s.Means[i][s.areas.italy.area]; s.estimated(m) {
		out = append(out, note{w.T("domanda.def.stima"), w.HTML("indice.stima", locale.H("stima", figured(m.Key, w.Number(m.Estimate.N, 0))), locale.H("da", figured(m.Key, w.Number(m.Low.N, 0))), locale.H("a", figured(m.Key, w.Number(m.High.N, 0)))) + " " + w.HTML("domanda.stima.se")})
	}
	out = append(out, note{w.T("indice.def.metodo"), w.HTML("indice.metodo", locale.S("metodo", indexMethodPath), locale.S("sensibilita", sensitivityPath))})
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
		chart.Rows = append(chart.Rows, s.whisker(draw.Row{Name: s.Tree.Nodes[n].Title, Value: s.number(m), Spoken: s.spoken(m.Value), Figure: s.origin(m), Dot: at(m.Value), Strong: n == i}, m))
	}
	return figure(s.words.T("indice.parti.grafico"), s.words.T("indice.parti.sotto"), draw.HTML(chart), s.chartNote(append([]int{i}, s.Tree.Nodes[i].Children...), []place{s.areas.italy}))
}

// whisker draws the estimate beside the mean of those that answered.
func (s *indexed) whisker(r draw.Row, m disclosure.Mean) draw.Row {
	if s.estimated(m) {
		r.Ring, r.Interval = at(m.Estimate), draw.Between(m.Low.N, m.High.N)
	}
	return r
}

// chartNote says below a chart of means what ring and interval are, where there are
// any.
func (s *indexed) chartNote(nodes []int, areas []place) template.HTML {
	for _, n := range nodes {
		for _, x := range areas {
			if s.estimated(s.Means[n][x.area]) {
				return s.words.HTML("domanda.stima.grafico") + " " + s.demoTag()
			}
		}
	}
	return s.demoTag()
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
	title := w.HTML("indice.parti.nome")
	if high >= 0 {
		title = w.HTML("indice.parti.titolo", locale.S("alta", s.Tree.Nodes[high].Title), s.told("massimo", s.Means[high][italy]),
			locale.S("bassa", s.Tree.Nodes[low].Title), s.told("minimo", s.Means[low][italy]))
	}
	return section{ID: "parti", Finding: title, Parts: []template.HTML{scroll(g.Title, g.HTML())},
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
	g.Rows = append(g.Rows, line{Cells: []cell{first, {Text: s.weight(node.Share), Figure: s.weightKey(n)}, {Text: s.weight(of * node.Share), Figure: s.weightKey(n)}, s.mean(m), s.based(m)}})
}

// weight is a share of a weight.
func (s *indexed) weight(share float64) string {
	v, decimals := weightAs(share)
	return s.words.Percent(v, decimals)
}
