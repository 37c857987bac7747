package site

import (
	"html/template"
	"math"

	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// estimated reports whether an estimate stands beside a share.
func estimated(c disclosure.Cell) bool { return c.Estimate.OK() && c.Low.OK() && c.High.OK() }

// estimateText is the estimate with its interval, or why there is none; "" where
// there never was one.
func (s *inquiry) estimateText(c disclosure.Cell) string {
	switch {
	case estimated(c):
		return s.words.T("domanda.stima.con_margine", locale.S("stima", s.words.Percent(c.Estimate.N, 0)), locale.S("da", s.words.Number(c.Low.N, 0)), locale.S("a", s.words.Number(c.High.N, 0)))
	case c.Estimate.Kind == stat.Withheld:
		return s.words.Missing(stat.Withheld).Short
	}
	return ""
}

// margins is the interval of an estimate.
func (s *inquiry) margins(c disclosure.Cell) string {
	return s.words.T("domanda.stima.margine", locale.S("da", s.words.Number(c.Low.N, 0)), locale.S("a", s.words.Number(c.High.N, 0)))
}

// estimate is estimateText as a table's cell. In a narrow column the interval goes
// below, whole.
func (s *inquiry) estimate(c disclosure.Cell) cell {
	switch {
	case estimated(c):
		return cell{HTML: esc(s.words.Percent(c.Estimate.N, 0)) + ` <span class="nowrap">` + esc(s.margins(c)) + "</span>", Sort: sortKey(c.Estimate.N), Figure: c.Key}
	case hidden(c.Estimate):
		return cell{HTML: s.missing(stat.Withheld), Sort: "-1"}
	}
	return cell{Text: "–", Sort: "-1"}
}

// residents is the estimated share of residents as a table's cell.
func (s *inquiry) residents(c disclosure.Cell) cell {
	switch {
	case c.Residents.OK():
		return cell{Text: s.words.Percent(c.Residents.N, 0), Sort: sortKey(c.Residents.N), Figure: c.Key}
	case hidden(c.Residents):
		return cell{HTML: s.missing(stat.Withheld), Sort: "-1"}
	}
	return cell{Text: "–", Sort: "-1"}
}

// anyEstimate reports whether the focus has an estimate in one of the areas.
func (a *asked) anyEstimate(areas []place) bool {
	for _, x := range areas {
		if estimated(a.focused(x.area)) {
			return true
		}
	}
	return false
}

// estimateWords is what the figure of the page would be of all Comuni and of
// residents, and under which assumption; false where there is no estimate.
func (s *inquiry) estimateWords(q *asked) (template.HTML, bool) {
	c := s.leading(q)
	if !estimated(c) {
		return "", false
	}
	w := s.words
	out := w.HTML("domanda.stima.testo", locale.S("modulo", s.form(q)), locale.N("soglia", s.book.ShortUpTo), locale.H("stima", figured(c.Key, w.Percent(c.Estimate.N, 0))),
		locale.H("da", figured(c.Key, w.Number(c.Low.N, 0))), locale.H("a", figured(c.Key, w.Percent(c.High.N, 0))))
	if c.Residents.OK() {
		out += " " + w.HTML("domanda.stima.residenti", locale.H("quota", figured(c.Key, w.Percent(c.Residents.N, 0))))
	}
	return out + " " + w.HTML("domanda.stima.se"), true
}

// whiskers draws the estimate beside the share of those that answered.
func whiskers(r draw.Row, c disclosure.Cell) draw.Row {
	if estimated(c) {
		r.Ring, r.Interval = at(c.Estimate), draw.Between(c.Low.N, c.High.N)
	}
	return r
}

// change is how an estimate moved from one edition to the next, as far as what is
// printed tells: the whole per cents may each be half a point off, and the
// intervals are that much wider.
func change(before, now disclosure.Cell) estimate.Change {
	printed := func(c disclosure.Cell) estimate.Estimate {
		const half = 0.5
		return estimate.Estimate{OK: estimated(c), P: c.Estimate.N, Low: c.Low.N - half, High: c.High.N + half}
	}
	return estimate.Between(printed(before), printed(now))
}

// changeWords say by how much an estimate moved, and whether that is a change.
func (s *inquiry) changeWords(before, now disclosure.Cell, names []locale.Arg) (template.HTML, bool) {
	c := change(before, now)
	if !c.OK {
		return "", false
	}
	how := "fermo"
	if c.Changed() {
		how = "sale"
		if c.Points < 0 {
			how = "scende"
		}
	}
	w := s.words
	return w.HTML("domanda.stima.cambio", append(names, locale.S("come", how), s.guessed("valore_prima", before), s.guessed("valore_dopo", now),
		locale.N("n", int(math.Abs(math.Round(c.Points)))), locale.S("punti", w.Signed(c.Points, 0)), locale.S("da", w.Signed(c.Low, 0)), locale.S("a", w.Signed(c.High, 0)))...), true
}
