package site

import (
	"fmt"
	"html/template"
	"math"

	"mappa/internal/content"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// chart draws a grafico in the form that is asked for, or that its dimension
// suggests.
func (f figures) chart(pl plan) (content.Figure, error) {
	if pl.by != "" {
		return content.Figure{}, &content.Refusal{Key: "per", Text: "a grafico has one dimension, here are 2", Hint: "use a tabella"}
	}
	forma := pl.forma
	if forma == "" {
		forma = map[string]string{"data": "linea", "comune": "istogramma"}[pl.per]
	}
	switch forma {
	case "linea":
		return f.line(pl)
	case "pendenza":
		return f.slope(pl)
	case "istogramma":
		return f.spread(pl)
	case "caselle":
		return f.tiles(pl)
	}
	return f.rows(pl, forma == "barre")
}

// mostSeries is how many values a row of a dot chart holds: a ring and a dot.
const mostSeries = 2

// rows is a dot chart; with bars each value is drawn from 0 too.
func (f figures) rows(pl plan, bars bool) (content.Figure, error) {
	if pl.per == "data" {
		return content.Figure{}, pl.unfit("this form", "nazione", "ripartizione", "regione", "unita", "classe")
	}
	if n := len(pl.entries); n > mostSeries {
		return content.Figure{}, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("a row holds two indicators, here are %d", n), Hint: "use a tabella"}
	}
	if len(pl.ref.List("data")) > 1 {
		return content.Figure{}, &content.Refusal{Key: "data", Text: "this form shows one date", Hint: "use forma: pendenza for two dates"}
	}
	parts, values, err := f.rowsOf(pl)
	if err != nil {
		return content.Figure{}, err
	}
	e := pl.entries[len(pl.entries)-1]
	chart := draw.Rows{}
	add := func(name, href string, figures []stat.Figure) *draw.Row {
		row := f.row(name, href, e, figures[len(figures)-1], false)
		if len(parts) > len(f.Atlas.Schemes[0].Classes) {
			row.Note = "" // many rows are read as a list; the base is in the caption
		}
		if bars && figures[len(figures)-1].Value.OK() {
			row.Band = draw.Between(0, figures[len(figures)-1].Value.N)
		}
		if len(figures) == mostSeries {
			row.Ring = at(figures[0].Value)
			row.Value = f.words.T("riferimenti.due", locale.S("anello", f.value(pl.entries[0].Indicator, figures[0].Value)), locale.S("punto", row.Value))
		}
		chart.Rows = append(chart.Rows, row)
		return &chart.Rows[len(chart.Rows)-1]
	}
	for i, p := range parts {
		add(p.name, p.href, values[i])
	}
	all := nth(values, len(pl.entries)-1)
	if pl.per != "nazione" && pl.where.italy() {
		var nation []stat.Figure
		for _, e := range pl.entries {
			nation = append(nation, e.Now().Nation)
		}
		add(f.words.T("italia"), "", nation).Strong = true
		chart.Ref = at(e.Now().Nation.Value)
	}
	chart.Axis = f.axis(e, append(all, nth(values, 0)...))
	out := content.Figure{Title: f.title(pl), Sub: f.sub(pl.entries), Body: draw.HTML(chart), Caption: f.caption(pl), Alt: f.finding(pl, e), Demo: e.Demo}
	if len(pl.entries) == mostSeries {
		out.Sub += " " + f.words.T("riferimenti.anello_punto", locale.S("anello", f.text(pl.entries[0].ID).Front.Short), locale.S("punto", f.text(e.ID).Front.Short))
	}
	return out, nil
}

// line is the figure of the scope at every date.
func (f figures) line(pl plan) (content.Figure, error) {
	if pl.per != "data" {
		return content.Figure{}, pl.unfit("forma: linea", "data")
	}
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	if len(e.Series) < 2 {
		return content.Figure{}, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("%q has one date, which draws no line", e.ID)}
	}
	w, top := f.words, 0.
	var chart draw.Timeline
	var texts []string
	for _, s := range e.Series {
		v := s.Of(pl.where.comuni).Value
		top = max(top, v.N)
		texts = append(texts, f.value(e.Indicator, v))
		chart.Moments = append(chart.Moments, draw.Moment{At: float64(s.Date.Time().Unix() / secondsADay), Date: w.ShortDate(s.Date), Place: at(v), PlaceText: f.value(e.Indicator, v)})
	}
	last := len(texts) - 1
	chart.Axis = f.axisOf(e.Form, top)
	chart.Place = texts[last]
	chart.Label = w.T("riferimenti.alt.linea", locale.S("titolo", f.title(pl)), locale.S("prima", texts[0]), locale.S("da", w.Date(e.Series[0].Date)),
		locale.S("dopo", texts[last]), locale.S("a", w.Date(e.Series[last].Date)), locale.N("n", len(texts)))
	return content.Figure{Title: f.title(pl), Sub: w.T("riferimenti.sotto.tempo", locale.S("unita", f.text(e.ID).Front.Unit), locale.N("n", len(texts))),
		Body: draw.HTML(chart), Caption: f.caption(pl), Alt: chart.Label, Demo: e.Demo}, nil
}

// secondsADay makes days of Unix time: a timeline is true to distances.
const secondsADay = 24 * 60 * 60

// slope is two dates side by side.
func (f figures) slope(pl plan) (content.Figure, error) {
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	e = pl.whole[0]
	from, to, err := twoDates(pl.ref, e)
	if err != nil {
		return content.Figure{}, err
	}
	if pl.per == "data" || pl.per == "comune" || pl.per == "unita" {
		return content.Figure{}, pl.unfit("forma: pendenza", "nazione", "ripartizione", "regione", "classe")
	}
	w, a, b := f.words, e.Series[from], e.Series[to]
	chart := draw.Slope{Left: w.Month(a.Date), Right: w.Month(b.Date)}
	most, wide := -1, 0.
	add := func(name string, comuni []int, dark bool) {
		x, y := a.Of(comuni).Value, b.Of(comuni).Value
		chart.Lines = append(chart.Lines, draw.SlopeLine{Name: name, From: at(x), To: at(y), FromText: f.value(e.Indicator, x), ToText: f.value(e.Indicator, y), Dark: dark})
		chart.Hi = max(chart.Hi, x.N, y.N)
		if d := math.Abs(y.N - x.N); x.OK() && y.OK() && d > wide {
			most, wide = len(chart.Lines)-1, d
		}
	}
	for _, p := range f.parts(pl.per, pl.where) {
		add(p.name, p.comuni, false)
	}
	if pl.per != "nazione" && pl.where.italy() {
		add(w.T("italia"), everyone(f.press), true)
	}
	chart.Label = f.title(pl)
	if most >= 0 {
		l := chart.Lines[most]
		chart.Label = w.T("riferimenti.alt.pendenza", locale.S("titolo", f.title(pl)), locale.S("nome", l.Name), locale.S("prima", l.FromText), locale.S("dopo", l.ToText),
			locale.S("da", w.Date(a.Date)), locale.S("a", w.Date(b.Date)))
	}
	pl.entries = []*indicator.Entry{upTo(e, from), upTo(e, to)}
	caption := f.caption(plan{ref: pl.ref, where: pl.where, entries: []*indicator.Entry{upTo(e, to)}})
	bases := w.HTML("riferimenti.base.due", locale.N("prima", a.Of(pl.where.comuni).Base), locale.S("da", w.Month(a.Date)),
		locale.N("dopo", b.Of(pl.where.comuni).Base), locale.S("a", w.Month(b.Date)))
	return content.Figure{Title: f.title(pl), Sub: w.T("riferimenti.sotto.due", locale.S("unita", f.text(e.ID).Front.Unit), locale.S("da", w.Date(a.Date)), locale.S("a", w.Date(b.Date))),
		Body: draw.HTML(chart), Caption: bases + " " + caption, Alt: chart.Label, Demo: e.Demo}, nil
}

// twoDates are the indexes of the two series of a slope, first and last when
// the author names none.
func twoDates(r content.Ref, e *indicator.Entry) (from, to int, err error) {
	days := r.List("data")
	switch {
	case len(days) == 0 && len(e.Series) > 1:
		return 0, len(e.Series) - 1, nil
	case len(days) == 0:
		return 0, 0, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("%q has one date, and forma: pendenza wants two", e.ID)}
	case len(days) != 2:
		return 0, 0, &content.Refusal{Key: "data", Text: fmt.Sprintf("forma: pendenza wants two dates, here are %d", len(days))}
	}
	if from, err = dated(e, days[0], "data"); err != nil {
		return 0, 0, err
	}
	if to, err = dated(e, days[1], "data"); err != nil {
		return 0, 0, err
	}
	if from >= to {
		return 0, 0, &content.Refusal{Key: "data", Text: fmt.Sprintf("%s is not after %s", days[1], days[0])}
	}
	return from, to, nil
}

// spread is how the values of the parts are distributed.
func (f figures) spread(pl plan) (content.Figure, error) {
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	var sorted []float64
	switch {
	case pl.per == "comune" && e.Form == stat.Share:
		return content.Figure{}, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("of one Comune %q is yes or no, which has no distribution", e.ID), Hint: "use per: unita"}
	case pl.per == "comune":
		sorted = e.Last().Sorted(pl.where.comuni)
	case pl.per == "unita" || pl.per == "regione":
		parts := f.parts(pl.per, pl.where)
		values := make([]stat.Figure, len(parts))
		for i, p := range parts {
			values[i] = e.Last().Of(p.comuni)
		}
		for _, i := range byValue(values) {
			sorted = append([]float64{values[i].Value.N}, sorted...)
		}
	default:
		return content.Figure{}, pl.unfit("forma: istogramma", "comune", "unita", "regione")
	}
	if len(sorted) == 0 {
		return content.Figure{}, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("no Comune there has a value of %q", e.ID)}
	}
	w, median := f.words, indicator.Quantile(sorted, 0.5)
	chart, beyond := f.histogram(e, sorted, median)
	say := func(q float64) string { return f.value(e.Indicator, stat.Of(indicator.Quantile(sorted, q))) }
	const most = 0.9 // what one in ten exceeds
	chart.Label = w.T("riferimenti.alt.istogramma", locale.S("titolo", f.title(pl)), locale.S("mediana", say(0.5)), locale.S("novanta", say(most)),
		locale.S("minimo", say(0)), locale.S("massimo", say(1)), locale.N("n", len(sorted)))
	caption := f.caption(pl)
	if beyond > 0 {
		caption = w.HTML("riferimenti.oltre", locale.N("n", beyond), locale.S("valore", f.value(e.Indicator, stat.Of(chart.Axis.Hi)))) + " " + caption
	}
	return content.Figure{Title: f.title(pl), Sub: w.T("riferimenti.sotto.istogramma", locale.S("per", pl.per), locale.S("unita", f.text(e.ID).Front.Unit), locale.S("data", w.Date(e.Last().Date))),
		Body: template.HTML(draw.HTML(chart)), Caption: caption, Alt: chart.Label, Demo: e.Demo}, nil
}
