package site

import (
	"html/template"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/source"
)

// lead is the opening of a Comune's page: sentences that a local newspaper can
// print as they are, each figure with its base and date.
func (p comunePlace) lead() template.HTML {
	out := []string{string(p.fundsSentence())}
	if s := p.siteSentence(); s != "" {
		out = append(out, string(s))
	}
	return template.HTML(strings.Join(append(out, string(p.registerSentence())), " ")) // safe: the parts are markup
}

// fundsSentence says what the newest lists know: only lists that are not stale
// and hold payments can say that something is or is not paid.
func (p comunePlace) fundsSentence() template.HTML {
	w := p.words
	var paid, open, never lists
	for k, iv := range p.fund.Interventions {
		if !iv.Conclusive() {
			continue
		}
		switch p.fund.Positions[p.i][k].Stage {
		case source.Paid:
			paid.add(iv)
		case source.Financed:
			open.add(iv)
		case source.Renounced, source.None:
			never.add(iv)
		}
	}
	key := "comune.frase.nessuno"
	switch {
	case p.untold():
		key = "comune.frase.fuso"
	case len(paid) > 0 && len(open) > 0:
		key = "comune.frase.pagati_e_aperti"
	case len(paid) > 0:
		key = "comune.frase.pagati"
	case len(open) > 0:
		key = "comune.frase.aperti"
	}
	return w.HTML(key, p.args(locale.S("pagati", p.said(paid)), locale.S("aperti", p.said(open)), locale.S("nessuno", p.said(never)))...)
}

// untold reports whether the lists that are read speak of the Comune only
// together with others, with which it has merged since.
func (p comunePlace) untold() bool {
	return !slices.ContainsFunc(p.fund.Positions[p.i], func(x source.Position) bool { return x.Stage != source.Untold })
}

// lists are interventions by list: what lists of different dates say is never
// said in one breath.
type lists []listed

type listed struct {
	date  atlas.Date
	names []source.Intervention
}

func (l *lists) add(iv source.Intervention) {
	for i := range *l {
		if (*l)[i].date == iv.List.Date {
			(*l)[i].names = append((*l)[i].names, iv)
			return
		}
	}
	*l = append(*l, listed{iv.List.Date, []source.Intervention{iv}})
}

// said names the interventions of each list with the list's date.
func (p *press) said(l lists) string {
	var parts []string
	for i, x := range l {
		var names []string
		for _, iv := range x.names {
			names = append(names, p.inSentence(iv))
		}
		key := "comune.frase.elenco"
		if i > 0 {
			key = "comune.frase.altro_elenco"
		}
		parts = append(parts, p.words.T(key, locale.S("cosa", p.words.And(names)), locale.S("data", p.words.OfDate(x.date))))
	}
	return p.words.And(parts)
}

// inSentence is an intervention's name with its article; one that the strings
// do not know yet goes by the manifest's name.
func (p *press) inSentence(iv source.Intervention) string {
	if key := "intervento." + iv.ID; p.words.Has(key) {
		return p.words.T(key)
	}
	return iv.Name
}

// siteSentence holds the last crawl against the class.
func (p comunePlace) siteSentence() template.HTML {
	w, s := p.words, p.scores.Last()
	v, f := s.Values[p.i], p.scores.Now().Classes[p.c.Class[0]]
	if !v.OK() {
		return w.HTML("comune.frase.sito_manca", locale.S("perche", v.Kind.Code()), locale.S("data", w.TheDate(s.Date)))
	}
	return w.HTML("comune.frase.sito", p.args(locale.S("data", w.TheDate(s.Date)), locale.S("punti", p.value(p.scores.Indicator, v)),
		locale.S("mediana", p.value(p.scores.Indicator, f.Value)), locale.N("base", f.Base))...)
}

// registerSentence is how much the residents use the online register.
func (p comunePlace) registerSentence() template.HTML {
	w, s := p.words, p.uses.Last()
	v, f := s.Values[p.i], p.uses.Now().Classes[p.c.Class[0]]
	if !v.OK() {
		return w.HTML("comune.frase.anagrafe_manca", p.args(locale.S("perche", v.Kind.Code()), locale.S("data", w.OfDate(s.Date)))...)
	}
	return w.HTML("comune.frase.anagrafe", p.args(locale.S("data", w.AtDate(s.Date)), locale.S("usi", p.value(p.uses.Indicator, v)),
		locale.S("media", p.value(p.uses.Indicator, f.Value)), locale.N("base", f.Base))...)
}

// campaign says how a Comune takes part in the survey; dates and contact are
// data.
func (p comunePlace) campaign() section {
	w, c := p.words, p.Settings.Campaign
	s := section{ID: "partecipa", Title: w.T("comune.partecipa.titolo"),
		Lead: []template.HTML{w.HTML("comune.partecipa."+c.State, p.args(locale.S("edizione", c.Edition), locale.S("dal", w.SinceDate(c.Opens)), locale.S("al", w.AtDate(c.Closes)))...)}}
	form := "completo"
	if p.c.Residents <= shortForm {
		form = "breve"
	}
	s.Lead = append(s.Lead, w.HTML("comune.partecipa.questionario", p.args(locale.S("forma", form))...))
	if c.Contact != "" {
		s.Margin = append(s.Margin, note{w.T("comune.partecipa.recapito"), esc(c.Contact)})
	}
	s.Margin = append(s.Margin, note{w.T("comune.partecipa.parola"), w.HTML("comune.partecipa.parola_testo")})
	return s
}

// shortForm is up to how many residents a Comune gets the short questionnaire.
const shortForm = 5000

func (p comunePlace) take(data openData) take {
	w := p.words
	path := comunePath(p.c)
	size := func(b []byte) string {
		const kilo = 1000
		return " " + w.T("scarica.kb", locale.N("n", max(1, (len(b)+kilo/2)/kilo)))
	}
	item := func(file string, b []byte) template.HTML {
		return anchor(path+file, file) + template.HTML(`<span class="soft">`) + esc(size(b)) + "</span>"
	}
	origin := p.Settings.Site.Address
	files := []template.HTML{item("dati.csv", data.csv), item("dati.json", data.json)}
	if data.answers != nil {
		files = append(files, item("risposte.csv", data.answers))
	}
	return take{
		Lists: []takeList{
			{w.T("scarica.dati"), files},
			{w.T("scarica.indirizzo"), []template.HTML{code(origin + path), code(origin + shortPath(p.c.Cadastral)), code(origin + shortPath(p.c.ISTAT))}},
			{w.T("scarica.comune"), []template.HTML{w.HTML("scarica.collega")}},
		},
		Cite: p.citation(p.c.Name + " (" + p.c.Plate + ")"),
	}
}

// locator is the place among its neighbours, and a note below that names those the
// map has no room to name.
func (p comunePlace) locator() (picture, below template.HTML) {
	w := p.words
	l := draw.Locator{Here: p.place(p.i), Units: []int{p.c.Unit}, Label: w.T("comune.mappa.alt", p.args(locale.N("n", len(p.Maps.Neighbours[p.i])))...),
		Scale: func(km float64) string { return w.T("comune.mappa.km", locale.F("n", km, decimalsFor(km))) }}
	beside := map[int]bool{p.i: true}
	for _, j := range p.Maps.Neighbours[p.i] {
		beside[j] = true
		l.Neighbours, l.Units = append(l.Neighbours, p.place(j)), append(l.Units, p.Atlas.Comuni[j].Unit)
	}
	view := draw.LocatorView(l.Here.Shape)
	for _, j := range p.inView(view) {
		if !beside[j] {
			l.Around, l.Units = append(l.Around, p.shapes[j]), append(l.Units, p.Atlas.Comuni[j].Unit)
		}
	}
	drawn, unnamed := l.Draw(nil)
	below = p.locatorNote()
	if len(unnamed) > 0 {
		var names []string
		links := map[string]template.HTML{}
		for _, k := range unnamed {
			c := p.Atlas.Comuni[p.Maps.Neighbours[p.i][k]]
			sorted := atlas.Fold(c.Name) + c.Cadastral
			names, links[sorted] = append(names, sorted), anchor(comunePath(c), c.Name)
		}
		slices.Sort(names)
		var others []template.HTML
		for _, n := range names {
			others = append(others, links[n])
		}
		below += " " + w.HTML("comune.mappa.altri", locale.N("n", len(others))) + " " + commas(others) + "."
	}
	return template.HTML(drawn), below // safe: package draw escapes
}

// commas puts links one after the other.
func commas(links []template.HTML) (out template.HTML) {
	for k, l := range links {
		if k > 0 {
			out += ", "
		}
		out += l
	}
	return out
}

func (p comunePlace) place(i int) draw.Place {
	c := p.Atlas.Comuni[i]
	out := draw.Place{Name: c.Name, Title: c.Name + " (" + c.Plate + ")", Shape: p.shapes[i]}
	if i != p.i {
		out.Href = comunePath(c)
	}
	return out
}

func (p comunePlace) locatorNote() template.HTML {
	key := "comune.mappa.nota"
	if len(p.Maps.Neighbours[p.i]) == 0 {
		key = "comune.mappa.nota_isola"
	}
	return p.words.HTML(key, locale.S("data", p.words.AtDate(p.Atlas.Boundaries.Date)))
}
