package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// questionFacts say how the question was put, to whom, and what of its answers
// is published.
func (s *inquiry) questionFacts(q *asked) []note {
	w := s.words
	var out []note
	add := func(key string, text template.HTML) { out = append(out, note{w.T("domanda.def." + key), text}) }
	if text, ok := s.estimateWords(q); ok {
		add("stima", text)
	}
	add("sezione", esc(s.book.Sections[q.Section].Title))
	add("chi", s.whoWasAsked(q))
	add("forma", w.HTML("domanda.forma", locale.S("forma", string(q.Shape))))
	class := q.Class
	if class == survey.Register && !s.public(q) {
		class = survey.Aggregate
	}
	publication := w.HTML("domanda.classe", locale.S("classe", string(class)))
	if !s.public(q) {
		publication += " " + w.HTML("domanda.soglia", locale.N("n", s.least(q)))
	}
	if q.Reserved {
		publication += " " + w.HTML("domanda.riservata")
	}
	add("pubblica", publication)
	if len(s.before) > 0 {
		add("confronto", w.HTML("domanda.confronto", locale.S("esito", string(q.Earlier.Outcome)), locale.S("edizione", q.Earlier.Edition), locale.S("motivo", locale.Capital(q.Earlier.Reason))))
	}
	if q.Numeric() {
		add("misura", s.measure(q))
	}
	if q.Objective >= 0 {
		add("obiettivo", esc(s.book.Objectives[q.Objective].Title))
	}
	return out
}

// measure says which numbers could be given.
func (s *inquiry) measure(q *asked) template.HTML {
	w, m := s.words, q.Measure
	how := "fino"
	if math.IsInf(m.Most, 1) {
		how, m.Most = "oltre", m.Least
	}
	return w.HTML("domanda.misura", locale.S("come", how), locale.S("unita", cmp.Or(m.Unit, w.T("domanda.misura_percento"))), locale.S("da", w.Number(m.Least, 0)), locale.S("a", w.Number(m.Most, 0)), locale.N("decimali", m.Decimals))
}

// public reports whether shares are shown whatever they tell.
func (s *inquiry) public(q *asked) bool { return disclosure.Public(s.book, q.Question) }

// least is the threshold of the question's cells.
func (s *inquiry) least(q *asked) int {
	if q.Reserved {
		return s.published.Policy.LeastReserved
	}
	return s.published.Policy.Least
}

// form is which of the two forms the question stands on, as the messages choose
// by it.
func (s *inquiry) form(q *asked) string {
	switch {
	case q.Full && q.Short:
		return "tutti"
	case q.Full:
		return "completo"
	}
	return "breve"
}

// whoWasAsked names the Comuni that got the question, and after which answer.
func (s *inquiry) whoWasAsked(q *asked) template.HTML {
	w := s.words
	out := w.HTML("domanda.chi", locale.S("modulo", s.form(q)), locale.N("n", q.tables[0].Lines[s.areas.italy.area].Comuni), locale.N("soglia", s.book.ShortUpTo))
	if !q.Route.On {
		return out
	}
	before := &s.book.Questions[q.Route.Question]
	var answers []string
	for k, o := range before.Options {
		if q.Route.Any.Has(k) {
			answers = append(answers, w.T("domanda.risposta", locale.S("testo", o.Text)))
		}
	}
	args := []locale.Arg{locale.S("risposte", w.Or(answers)), locale.S("domanda", before.Title), locale.S("indirizzo", indicatorPath(before.ID))}
	if before.Class == survey.Never {
		return out + " " + w.HTML("domanda.rotta_muta", args[:2]...)
	}
	return out + " " + w.HTML("domanda.rotta", args...)
}

// focusName is what the focus counts.
func (s *inquiry) focusName(q *asked) string {
	if q.focus == headline {
		return locale.Capital(q.Headline.Title)
	}
	return s.words.T("domanda.risposta", locale.S("testo", q.Options[q.focus].Text))
}

// leading is the one strong figure: the focus in Italy; of a grid the row where
// it is highest, of those that may be shown.
func (s *inquiry) leading(q *asked) disclosure.Cell {
	row, _ := s.leadingRow(q)
	return q.cell(&q.tables[row], s.areas.italy.area, q.focus)
}

// leadingRow is the row of the strong figure, and whether no row is withheld, which
// could be higher.
func (s *inquiry) leadingRow(q *asked) (best int, all bool) {
	all = true
	for i := range q.tables[:q.spoken()] {
		c := q.cell(&q.tables[i], s.areas.italy.area, q.focus)
		all = all && c.Value.OK()
		if descend(c.Value, q.cell(&q.tables[best], s.areas.italy.area, q.focus).Value) < 0 {
			best = i
		}
	}
	return best, all
}

// listed is what the figure of a question counts, as the list says it.
func (s *inquiry) listed(q *asked) string {
	row, all := s.leadingRow(q)
	if q.byRow() && s.leading(q).Value.OK() {
		of := "tutte"
		if !all {
			of = "pubblicate"
		}
		return s.words.T("domanda.riga", locale.S("riga", q.Rows[q.tables[row].Row].Text), locale.S("cosa", q.focusText()), locale.S("fra", of))
	}
	if _, ok := s.commonest(q); ok && q.focus != headline {
		return s.words.T("domanda.piu_data", locale.S("forma", string(q.Shape)), locale.S("risposta", q.focusText()))
	}
	return s.focusName(q)
}

// commonest is the option that certainly was given most in Italy.
func (s *inquiry) commonest(q *asked) (survey.Option, bool) {
	options := q.tables[0].Lines[s.areas.italy.area].Options
	if q.byRow() {
		return survey.Option{}, false
	}
	for k := range options {
		first := true
		for i := range options {
			first = first && (i == k || above(options[k], options[i]))
		}
		if first {
			return q.Options[k], true
		}
	}
	return survey.Option{}, false
}

// rowFinding is the title of a grid's answers: the row where the focus is
// highest and the one where it is lowest.
func (s *inquiry) rowFinding(q *asked) template.HTML {
	w := s.words
	at := func(i int) disclosure.Cell { return q.cell(&q.tables[i], s.areas.italy.area, q.focus) }
	high, low := 0, 0
	for i := range q.tables {
		if !at(i).Value.OK() {
			return w.HTML("domanda.risposte.nome")
		}
		if at(i).Value.N > at(high).Value.N {
			high = i
		}
		if at(i).Value.N < at(low).Value.N {
			low = i
		}
	}
	if !above(at(high), at(low)) {
		return w.HTML("domanda.risposte.nome")
	}
	return w.HTML("domanda.risposte.titolo", locale.S("cosa", s.focusName(q)), s.told("massimo", at(high)), s.told("minimo", at(low)),
		locale.S("alta", q.Rows[q.tables[high].Row].Text), locale.S("bassa", q.Rows[q.tables[low].Row].Text))
}

// focusText is the focus inside a sentence.
func (a *asked) focusText() string {
	if a.focus == headline {
		return a.Headline.Title
	}
	return a.Options[a.focus].Text
}

// strongest is the one strong figure with what it counts and its base.
func (s *inquiry) strongest(q *asked) (value template.HTML, what string, base template.HTML) {
	w, c := s.words, s.leading(q)
	what = w.T("domanda.nulla")
	if c.Value.OK() {
		value, what = figured(c.Key, w.Percent(c.Value.N, c.Decimals)), s.listed(q)
	}
	row, _ := s.leadingRow(q)
	l := q.tables[row].Lines[s.areas.italy.area]
	return value, what, s.baseWords("domanda.base_frase", l, s.rates(q, l)...)
}

// baseWords is a message about the base n of a line, or that it is withheld.
func (s *inquiry) baseWords(key string, l disclosure.Line, args ...locale.Arg) template.HTML {
	if !l.Base.OK() {
		return s.missing(l.Base.Kind)
	}
	return s.words.HTML(key, append(args, locale.N("n", int(l.Base.N)))...)
}

// rates are the response rates of a line, as values of a message.
func (s *inquiry) rates(q *asked, l disclosure.Line) []locale.Arg {
	w := s.words
	return []locale.Arg{locale.S("modulo", s.form(q)), locale.N("soglia", s.book.ShortUpTo),
		locale.H("comuni", figured(l.Key, w.Percent(l.Response.N, 1))), locale.H("residenti", figured(l.Key, w.Percent(l.ResidentsResponse.N, 1)))}
}

// above reports whether a is higher than b whatever rounding hid: a heading must
// not say more than the figures.
func above(a, b disclosure.Cell) bool {
	half := func(c disclosure.Cell) float64 { return 0.5 / math.Pow10(c.Decimals) }
	return a.Value.OK() && b.Value.OK() && a.Value.N-half(a) > b.Value.N+half(b)
}

// areaFinding is the title of a cut by area: where the share is highest and
// where lowest, if no withheld share and no rounding could make it untrue; else
// a noun.
func (s *inquiry) areaFinding(q *asked, key string, areas []place, noun func(name string) locale.Noun) template.HTML {
	w := s.words
	high, isHigh := extreme(q, areas, above)
	low, isLow := extreme(q, areas, func(a, b disclosure.Cell) bool { return above(b, a) })
	if !isHigh || !isLow {
		return w.HTML("domanda." + key + ".nome")
	}
	args := append(noun(high.name).Args("alta"), noun(low.name).Args("bassa")...)
	return w.HTML("domanda."+key+".titolo", append(args, s.told("massimo", q.focused(high.area)), s.told("minimo", q.focused(low.area)))...)
}

// extreme is the area that certainly goes before every other, or false.
func extreme(q *asked, areas []place, before func(a, b disclosure.Cell) bool) (place, bool) {
	for _, x := range areas {
		if len(areas) > 1 && !slices.ContainsFunc(areas, func(o place) bool { return o != x && !before(q.focused(x.area), q.focused(o.area)) }) {
			return x, true
		}
	}
	return place{}, false
}

// classFinding is the title of the cut by size: that the share rises or falls
// with size where every step is certain, else the share of the smallest and of
// the largest class that are shown.
func (s *inquiry) classFinding(q *asked, classes []place) template.HTML {
	w := s.words
	var shown []place
	rises, falls := true, true
	for i, x := range classes {
		if q.focused(x.area).Value.OK() {
			shown = append(shown, x)
		}
		if i > 0 {
			before, now := q.focused(classes[i-1].area), q.focused(x.area)
			rises, falls = rises && above(now, before), falls && above(before, now)
		}
	}
	const few = 2
	if len(shown) < few {
		return w.HTML("domanda.classi.nome")
	}
	first, last, how := shown[0], shown[len(shown)-1], "altro"
	if rises {
		how = "cresce"
	} else if falls {
		how = "cala"
	}
	return w.HTML("domanda.classi.titolo", locale.S("come", how), s.told("piccoli", q.focused(first.area)), s.told("grandi", q.focused(last.area)),
		locale.S("classe_piccoli", first.words), locale.S("classe_grandi", last.words))
}

// absences lists the kinds of no value that can concern the question, with what
// each means here, and names those that cannot.
func (s *inquiry) absences(q *asked) section {
	w := s.words
	dontKnow := slices.ContainsFunc(q.Options, func(o survey.Option) bool { return o.DontKnow })
	concerns := map[stat.Kind]bool{stat.NoRespondent: true, stat.NotFinished: true, stat.NotAsked: !q.Full || !q.Short, stat.NotRouted: q.Route.On,
		stat.DontKnow: dontKnow, stat.Blank: true, stat.Withheld: true}
	body := template.HTML(`<dl class="kinds">`)
	var others []string
	for _, k := range stat.Kinds() {
		switch {
		case k == stat.Unknown: // of sources; a survey always knows why
		case concerns[k]:
			body += "<div><dt>" + s.glyph(k.Code()) + esc(w.Missing(k).Full) + "</dt><dd>" +
				w.HTML("domanda.assenze."+k.Code(), locale.N("soglia", s.book.ShortUpTo), locale.S("modulo", s.form(q))) + "</dd></div>"
		default:
			others = append(others, w.T("domanda.risposta", locale.S("testo", w.Missing(k).Full)))
		}
	}
	out := section{ID: "mancano", Title: w.T("domanda.mancano.titolo"), Lead: []template.HTML{w.HTML("domanda.mancano.intro")}, Parts: []template.HTML{body + "</dl>"}}
	if len(others) > 0 {
		out.Margin = []note{{w.T("domanda.mancano.altri"), w.HTML("domanda.mancano.altri_testo", locale.S("elenco", w.And(others)))}}
	}
	return out
}
