package site

import (
	"html/template"
	"strings"

	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

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
	return scroll(g.Title, g.HTML()) + p.shortWords(g)
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
