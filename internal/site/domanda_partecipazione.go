package site

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// turnoutID is the address of the page of who took part, among the questions'.
const turnoutID = "chi-ha-risposto"

// turnoutBreaks are the inner edges of the classes of the map of who took part,
// in per cent of Comuni; fixed, so that editions compare.
var turnoutBreaks = [...]float64{40, 50, 60, 70}

// turnout is how far a group of Comuni came with the form. Which Comune did
// what is in no page: of a fictional edition it would be an untruth, of a real
// one it is the Comune's to say.
type turnout struct {
	place
	comuni, sent, begun int
	residents, reached  int    // of all, and of those that sent it
	key                 string // of the rates, where a question says them
}

// share and people are the response rates.
func (t turnout) share() stat.Value  { return perCent(t.sent, t.comuni) }
func (t turnout) people() stat.Value { return perCent(t.reached, t.residents) }

func perCent(n, of int) stat.Value {
	if of == 0 {
		return stat.Missing(stat.NotAsked)
	}
	return stat.Of(100 * float64(n) / float64(of))
}

// turnoutOf counts the Comuni of a list.
func (s *inquiry) turnoutOf(x place, comuni []int) turnout {
	t := turnout{place: x, comuni: len(comuni)}
	if t.comuni > 0 {
		t.key = s.turnoutKey(x.area)
	}
	for _, i := range comuni {
		residents := s.Atlas.Comuni[i].Residents
		t.residents += residents
		switch s.edition.Places[i].State {
		case survey.Completed:
			t.sent++
			t.reached += residents
		case survey.Begun:
			t.begun++
		}
	}
	return t
}

// turnouts is who took part, by every cut that the page shows.
type turnouts struct {
	italy                  turnout
	classes, rips, regions []turnout
}

func (s *inquiry) turnouts() turnouts {
	a := s.Atlas
	out := turnouts{italy: s.turnoutOf(s.areas.italy, everyone(s.press))}
	classes := make([][]int, len(s.areas.classes)) // of the time of the edition
	for i, p := range s.edition.Places {
		if p.Class >= 0 {
			classes[p.Class] = append(classes[p.Class], i)
		}
	}
	for k, x := range s.areas.classes {
		out.classes = append(out.classes, s.turnoutOf(x, classes[k]))
	}
	for k, x := range s.areas.rips {
		out.rips = append(out.rips, s.turnoutOf(x, a.Ripartizioni[k].Comuni))
	}
	for k, x := range s.areas.regions {
		out.regions = append(out.regions, s.turnoutOf(x, a.Regions[k].Comuni))
	}
	return out
}

func (s *inquiry) turnoutPage() error {
	w, t, path := s.words, s.turnouts(), indicatorPath(turnoutID)
	name := w.T("partecipazione.titolo")
	page := questionPage{Chrome: s.surveyChrome(name, w.T("partecipazione.descrizione", locale.S("edizione", s.book.Title)), path), Name: name,
		Wording: w.HTML("partecipazione.lead", s.turnoutArgs(t.italy)...),
		Value:   figured(t.italy.key, s.rateText(t.italy.share())), What: w.T("partecipazione.cosa"), Base: w.HTML("partecipazione.base", s.turnoutArgs(t.italy)...),
		Picture: s.turnoutMap(t.regions)}
	page.Defs = []note{{w.T("domanda.raccolta"), s.collected().Text},
		{w.T("partecipazione.def.moduli"), w.HTML("partecipazione.moduli", locale.N("lungo", s.book.Count(survey.FullForm)), locale.N("breve", s.book.Count(survey.ShortForm)), locale.N("soglia", s.book.ShortUpTo))},
		{w.T("partecipazione.def.invitati"), w.HTML("partecipazione.invitati", locale.N("n", t.italy.comuni))}}
	page.Sections = []section{s.turnoutByClass(t), s.turnoutByRip(t), s.turnoutByRegion(t)}
	if days, ok := s.turnoutByDay(); ok {
		page.Sections = append(page.Sections, days)
	}
	page.Sections = append(page.Sections, s.surveyDownloads(name, path, "partecipazione.file"))
	page.Contents = s.contents(page.Sections)
	if err := s.turnoutCSV(t, path); err != nil {
		return err
	}
	return s.page("domanda", &page, path)
}

// turnoutKey is where the response of an area comes from: any question that all Comuni
// could answer says it.
func (s *inquiry) turnoutKey(area int) string {
	for q, question := range s.book.Questions {
		if tables := s.published.Of(q); question.Full && question.Short && len(tables) > 0 {
			return tables[0].Lines[area].Key
		}
	}
	return ""
}

// rated is a response rate as a value of a message.
func (s *inquiry) rated(name string, t turnout, v stat.Value) locale.Arg {
	return locale.H(name, figured(t.key, s.rateText(v)))
}

func (s *inquiry) rateText(v stat.Value) string {
	if !v.OK() {
		return s.words.Missing(v.Kind).Short
	}
	return s.words.Percent(v.N, 1)
}

func (s *inquiry) turnoutArgs(t turnout) []locale.Arg {
	return []locale.Arg{locale.N("n", t.sent), locale.N("su", t.comuni), locale.N("iniziato", t.begun), locale.N("mai", t.comuni-t.sent-t.begun),
		s.rated("comuni", t, t.share()), s.rated("residenti", t, t.people())}
}

// turnoutChart compares the shares of Comuni (dots) and of residents (rings).
func (s *inquiry) turnoutChart(italy turnout, groups []turnout) template.HTML {
	w := s.words
	chart := draw.Rows{Axis: s.shareAxis(100), Ref: at(italy.share())}
	for _, g := range groups {
		chart.Rows = append(chart.Rows, draw.Row{Name: g.name, Href: g.href, Small: w.HTML("partecipazione.riga", s.turnoutArgs(g)...),
			Value: s.rateText(g.share()), Figure: g.key, Dot: at(g.share()), Ring: at(g.people())})
	}
	return pictured(w.T("partecipazione.grafico"), w.HTML("partecipazione.grafico_sotto", s.rated("italia", italy, italy.share())), draw.HTML(chart), s.demoTag())
}

// turnoutTable is how far the Comuni of each group came.
func (s *inquiry) turnoutTable(key string, sortable bool, groups []turnout) template.HTML {
	w := s.words
	g := grid{Sortable: sortable, Title: w.T("partecipazione." + key + ".tabella"), Sub: s.demoWords(w.T("partecipazione.tabella_sotto")), Head: []heading{{Text: w.T("partecipazione." + key + ".colonna")}}}
	for _, column := range []string{"comuni", "risposto", "quota", "residenti", "iniziato", "mai"} {
		g.Head = append(g.Head, heading{Text: w.T("partecipazione.colonna." + column), Number: true})
	}
	if sortable {
		const share = 3
		g.Head[share].Order = "descending"
	}
	for _, t := range groups {
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: t.name, Href: t.href, Class: "who"}, {Text: w.Int(t.comuni), Sort: sortKey(float64(t.comuni))}, {Text: w.Int(t.sent), Sort: sortKey(float64(t.sent))},
			{Text: s.rateText(t.share()), Sort: sortKey(t.share().N), Figure: t.key}, {Text: s.rateText(t.people()), Sort: sortKey(t.people().N), Figure: t.key},
			{Text: w.Int(t.begun), Sort: sortKey(float64(t.begun))}, {Text: w.Int(t.comuni - t.sent - t.begun), Sort: sortKey(float64(t.comuni - t.sent - t.begun))}}})
	}
	return scroll(g.Title, g.HTML())
}

func (s *inquiry) turnoutByClass(t turnouts) section {
	w := s.words
	first, last := t.classes[0], t.classes[len(t.classes)-1]
	how := "altro"
	if slices.IsSortedFunc(t.classes, func(a, b turnout) int { return cmp.Compare(a.share().N, b.share().N) }) {
		how = "cresce"
	}
	out := section{ID: "classi", Finding: w.HTML("partecipazione.classi.titolo", locale.S("come", how), s.rated("piccoli", first, first.share()), s.rated("grandi", last, last.share())),
		Parts: []template.HTML{s.turnoutChart(t.italy, t.classes), s.turnoutTable("classi", false, append(slices.Clone(t.classes), t.italy))}}
	out.Margin = []note{{w.T("domanda.risposta_titolo"), w.HTML("partecipazione.come_leggere")}, {w.T("domanda.grezza"), w.HTML("partecipazione.conseguenza")}, s.collected(),
		{"", w.HTML("domanda.rimandi", locale.S("metodo", "/metodo/"), locale.S("riservatezza", "/riservatezza/"))}}
	return out
}

func (s *inquiry) turnoutByRip(t turnouts) section {
	five := slices.DeleteFunc(slices.Clone(t.rips), func(g turnout) bool { return !slices.Contains(s.areas.five, g.place) })
	return section{ID: "ripartizioni", Finding: s.turnoutFinding("ripartizioni", five, s.words.Ripartizione), Margin: []note{{s.words.T("domanda.mezzogiorno"), s.words.HTML("domanda.mezzogiorno_testo")}, s.collected()},
		Parts: []template.HTML{s.turnoutChart(t.italy, t.rips), s.turnoutTable("ripartizioni", false, append(slices.Clone(t.rips), t.italy))}}
}

func (s *inquiry) turnoutByRegion(t turnouts) section {
	w, regions := s.words, slices.Clone(t.regions)
	slices.SortStableFunc(regions, func(a, b turnout) int { return cmp.Compare(b.share().N, a.share().N) })
	return section{ID: "regioni", Finding: s.turnoutFinding("regioni", t.regions, w.Region),
		Parts: []template.HTML{s.turnoutTable("regioni", true, regions)}, Margin: []note{{w.T("partecipazione.nessun_elenco"), w.HTML("partecipazione.nessun_elenco_testo")}, s.collected()}}
}

// turnoutFinding says who takes part most and who least; where two share a
// place, nothing.
func (s *inquiry) turnoutFinding(key string, groups []turnout, noun func(name string) locale.Noun) template.HTML {
	order := slices.Clone(groups)
	slices.SortStableFunc(order, func(a, b turnout) int { return cmp.Compare(b.share().N, a.share().N) })
	n := len(order)
	if n < 2 || order[0].share() == order[1].share() || order[n-1].share() == order[n-2].share() {
		return s.words.HTML("domanda." + key + ".nome")
	}
	args := append(noun(order[0].name).Args("alta"), noun(order[n-1].name).Args("bassa")...)
	return s.words.HTML("partecipazione."+key+".titolo", append(args, s.rated("massimo", order[0], order[0].share()), s.rated("minimo", order[n-1], order[n-1].share()))...)
}

// turnoutMap is the regions by share of Comuni that took part.
func (s *inquiry) turnoutMap(regions []turnout) template.HTML {
	w := s.words
	m := draw.Areas{Mesh: s.regionMesh}
	counts := [len(turnoutBreaks) + 2]int{}
	high, low := regions[0], regions[0]
	for _, t := range regions {
		class := draw.Class(indicator.Class(turnoutBreaks[:], t.share().N))
		counts[class]++
		m.Areas = append(m.Areas, draw.Area{Title: w.T("partecipazione.voce", locale.S("nome", t.name), locale.S("quota", s.rateText(t.share()))), Href: t.href, Class: class, Figure: t.key})
		if t.share().N > high.share().N {
			high = t
		}
		if t.share().N < low.share().N {
			low = t
		}
	}
	m.Figure = strings.Join(slices.Compact([]string{high.key, low.key}), " ")
	m.Label = w.T("partecipazione.mappa_alt", append(w.Region(high.name).Args("alta"), append(w.Region(low.name).Args("bassa"), locale.S("massimo", s.rateText(high.share())), locale.S("minimo", s.rateText(low.share())))...)...)
	legend := draw.Swatches{Label: w.T("partecipazione.legenda")}
	for k := range len(turnoutBreaks) + 1 {
		legend.Swatches = append(legend.Swatches, draw.Swatch{Class: draw.Class(k + 1), Text: turnoutClass(w, k), Count: w.Int(counts[k+1])})
	}
	return s.mapFigure(mapView{}, w.T("partecipazione.mappa"), w.T("partecipazione.mappa_sotto"), draw.HTML(m)+draw.HTML(legend), s.demoTag())
}

// turnoutClass is a class of the map of who took part, in words.
func turnoutClass(w *locale.Language, k int) string {
	last, where := len(turnoutBreaks), "mezzo"
	if k == 0 {
		where = "prima"
	} else if k == last {
		where = "ultima"
	}
	return w.T("partecipazione.fascia", locale.S("posto", where), locale.F("da", turnoutBreaks[max(k-1, 0)], 0), locale.F("a", turnoutBreaks[min(k, last-1)], 0))
}

// week is how many days a bar of the collection spans.
const week = 7

// turnoutByDay is how many forms came in week by week; false where the dates
// are not known.
func (s *inquiry) turnoutByDay() (section, bool) {
	w := s.words
	days := daysBetween(s.book.From, s.book.To) + 1
	counts := make([]int, (days+week-1)/week)
	dated := 0
	for _, p := range s.edition.Places {
		if k := daysBetween(s.book.From, p.Sent); p.State == survey.Completed && p.Sent != 0 && k >= 0 && k < days {
			counts[k/week]++
			dated++
		}
	}
	if dated == 0 {
		return section{}, false
	}
	chart := draw.Histogram{Axis: draw.Axis{Lo: 0, Hi: float64(len(counts) * week)}}
	for d := s.book.From; d <= s.book.To; d = d.AddMonths(1) {
		first := atlas.Date(d.Year()*10000 + d.Month()*100 + 1)
		chart.Axis.Ticks = append(chart.Axis.Ticks, draw.Tick{At: float64(max(0, daysBetween(s.book.From, first))), Label: w.Month(first)})
	}
	best := 0
	for k, n := range counts {
		chart.Bins = append(chart.Bins, draw.Bin{From: float64(k * week), To: float64((k + 1) * week), N: n})
		if n > counts[best] {
			best = k
		}
	}
	args := []locale.Arg{locale.N("n", counts[best]), locale.S("settimana", w.SinceDate(s.book.From.AddDays(best*week))), locale.N("datati", dated)}
	chart.Label = w.T("partecipazione.giorni.alt", args...)
	return section{ID: "giorni", Title: w.T("partecipazione.giorni.titolo", args...), Margin: []note{s.collected()},
		Parts: []template.HTML{figure("", w.T("partecipazione.giorni.sotto", args...), draw.HTML(chart), s.demoTag())}}, true
}

func daysBetween(a, b atlas.Date) int {
	const hoursADay = 24
	return int(b.Time().Sub(a.Time()).Hours() / hoursADay)
}

// turnoutRow is a row of the page's dati.csv.
type turnoutRow struct {
	Edition   string   `csv:"edizione"`
	Level     string   `csv:"livello"`
	Code      string   `csv:"codice"`
	Name      string   `csv:"nome"`
	Comuni    int      `csv:"comuni"`
	Sent      int      `csv:"completato"`
	Begun     int      `csv:"in_compilazione"`
	Never     int      `csv:"mai_aperto"`
	Share     *float64 `csv:"risposta_comuni"`
	Residents *float64 `csv:"risposta_residenti"`
	Demo      bool     `csv:"dimostrativo"`
}

func (s *inquiry) turnoutCSV(t turnouts, path string) error {
	var rows []turnoutRow
	for k, groups := range [][]turnout{{t.italy}, t.rips, t.regions, t.classes} {
		for _, g := range groups {
			rows = append(rows, turnoutRow{s.book.Edition, s.areas.levels[k].name, g.code, g.name, g.comuni, g.sent, g.begun, g.comuni - g.sent - g.begun, known(g.share()), known(g.people()), s.edition.Demo()})
		}
	}
	return s.csv(path+"dati.csv", rows)
}
