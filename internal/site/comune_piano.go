package site

import (
	"html/template"
	"strconv"
	"strings"

	"mappa/internal/agenda"
	"mappa/internal/draw"
	"mappa/internal/locale"
)

// plan follows the plan that the Comune sent; false where it sent none.
func (p comunePlace) plan() (section, bool) {
	actions := p.Agenda.Plans.Of(p.i)
	if len(actions) == 0 {
		return section{}, false
	}
	w := p.words
	done, late := 0, 0
	for _, a := range actions {
		if a.State == agenda.Done {
			done++
		}
		if a.Late(p.Atlas.Display) {
			late++
		}
	}
	s := section{ID: "piano", Title: w.T("comune.piano.titolo", locale.N("n", len(actions)), locale.N("conclusi", done)),
		Lead: []template.HTML{w.HTML("comune.piano.intro", p.args(locale.N("scaduti", late), locale.S("data", w.AtDate(p.Atlas.Display)))...)}}
	for from := 0; from < len(actions); {
		to := from + 1
		for to < len(actions) && actions[to].Area == actions[from].Area {
			to++
		}
		s.Parts = append(s.Parts, p.planArea(actions[from:to]))
		from = to
	}
	s.Margin = []note{{w.T("comune.piano.chi"), w.HTML("comune.piano.chi_testo")}, {w.T("comune.piano.barra"), w.HTML("comune.piano.barra_testo")},
		{w.T("comune.fonte"), esc(strings.Join(sources(actions), "; "))}}
	return s, true
}

// sources are the documents that actions come from, each once.
func sources(actions []agenda.Action) (out []string) {
	seen := map[string]bool{}
	for _, a := range actions {
		if !seen[a.Source] {
			out = append(out, a.Source)
		}
		seen[a.Source] = true
	}
	return out
}

// planArea is the actions of one area, each with how far it is.
func (p comunePlace) planArea(actions []agenda.Action) template.HTML {
	w := p.words
	areas := p.Agenda.Plans.Areas
	title := areas[actions[0].Area].Title
	if within := areas[actions[0].Area].Within; within >= 0 {
		title = w.T("comune.piano.voce", locale.S("area", areas[within].Title), locale.S("voce", title))
	}
	g := grid{Class: "measures", Title: title, Head: []heading{{Text: w.T("comune.piano.azione")}, {Text: w.T("comune.piano.misurato"), Number: true}, {Text: w.T("comune.piano.avanzamento")},
		{Text: w.T("comune.piano.scadenza")}, {Text: w.T("comune.piano.stato")}}}
	for _, a := range actions {
		state := "comune.piano.stati." + string(a.State)
		if a.Late(p.Atlas.Display) {
			state = "comune.piano.stati.scaduto"
		}
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: a.Title}, {HTML: p.reached(a), Class: "m-eur"}, {HTML: p.progress(a), Class: "m-cmp"},
			{Text: w.ShortDate(a.Due), Class: "m-when nowrap"}, {Text: w.T(state), Class: "m-st nowrap"}}})
	}
	return g.HTML()
}

// reached is what was measured, and what is aimed at.
func (p comunePlace) reached(a agenda.Action) template.HTML {
	w := p.words
	if !a.Value.OK() {
		return w.HTML("comune.piano.traguardo", locale.S("traguardo", p.amount(a.Target)+" "+a.Unit))
	}
	return template.HTML(`<b class="num">`) + esc(p.amount(a.Value.N)) + "</b> " + esc(a.Unit) + ` <span class="old">` +
		w.HTML("comune.piano.traguardo", locale.S("traguardo", p.amount(a.Target))) + "<br>" + esc(w.ShortDate(a.Measured)) + "</span>"
}

// amount is a number of a plan, with as many decimals as it was given, two at most.
func (p comunePlace) amount(v float64) string {
	const most = 2
	_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return p.words.Number(v, min(len(decimals), most))
}

// progress is a bar and the same in words; before it is measured, words alone.
func (p comunePlace) progress(a agenda.Action) template.HTML {
	v := a.Progress()
	if !v.OK() {
		return `<span class="soft">` + esc(p.words.T("comune.piano.non_misurato")) + "</span>"
	}
	done := float64(v.N * percentOf)
	share := p.words.Percent(done, 0)
	return draw.HTML(draw.Bars{Bars: []draw.Bar{{Whole: draw.At(done), Text: share, Here: true}}, Words: p.words.T("comune.piano.fatto", locale.S("quota", share))})
}

// percentOf turns a share into per cent.
const percentOf = 100
