package site

import (
	"html/template"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// comunePage is the page of a Comune in force.
type comunePage struct {
	theme.Chrome
	Name        string
	Other       []atlas.OtherName
	About       []template.HTML
	Lead        template.HTML
	Locator     template.HTML
	Inset       template.HTML
	LocatorNote template.HTML
	Strong      strong
	Keys        []key
	Sections    []section
	Take        take
	TakeMargin  []note
}

// comunePlace is what the sentences of a Comune's page need of it.
type comunePlace struct {
	*press
	i      int
	c      atlas.Comune
	unit   atlas.Unit
	reg    atlas.Region
	class  atlas.Class
	around around       // whom it is first held against
	known  []locale.Arg // what every sentence about it may name
	apart  []distance   // what sets it apart from its peers
	shown  []ownAnswer  // what it lets be shown of its answers
}

// group is how many pages one job writes.
const group = 64

func (p *press) comuni() []job {
	var jobs []job
	for from := 0; from < len(p.Atlas.Comuni); from += group {
		jobs = append(jobs, func() error {
			for i := from; i < min(from+group, len(p.Atlas.Comuni)); i++ {
				c := p.Atlas.Comuni[i]
				place := comunePlace{press: p, i: i, c: c, unit: p.Atlas.Units[c.Unit], reg: p.Atlas.Regions[c.Region],
					class: p.Atlas.Schemes[0].Classes[c.Class[0]], around: p.common.around[c.Region][c.Class[0]]}
				place.known = place.names()
				place.apart, place.shown = place.standOut(), place.answered()
				if err := place.write(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return jobs
}

func (p comunePlace) write() error {
	path := comunePath(p.c)
	data, err := p.open()
	if err != nil {
		return err
	}
	p.out.Add(path[1:]+"dati.json", data.json)
	p.out.Add(path[1:]+"dati.csv", data.csv)
	if data.answers != nil {
		p.out.Add(path[1:]+"risposte.csv", data.answers)
	}
	page := comunePage{
		Chrome: p.chrome(p.c.Name+" ("+p.c.Plate+")", p.words.T("comune.descrizione", p.args()...), path, "comuni",
			p.regionCrumb(p.c.Region), theme.Link{Text: locale.Capital(p.words.Unit(p.unit.Kind, p.unit.Name).Name), URL: unitPath(p.unit)}),
		Name: p.c.Name, Other: p.c.Other, About: p.about(), Lead: p.lead(),
		Inset:  draw.HTML(p.inset(p.i)),
		Strong: p.strong(), Keys: p.keys(),
		Sections: slices.Concat([]section{p.funds(), p.website(), p.register()}, p.ownIndices(), p.ownAnswers(), p.ownNotes(), []section{p.similar(), p.agenda(), p.campaign()}),
		Take:     p.take(data), TakeMargin: []note{{p.words.T("cornice.licenza"), p.words.HTML("scarica.licenza")}},
	}
	page.Locator, page.LocatorNote = p.locator()
	if plan, ok := p.plan(); ok {
		page.Sections = slices.Insert(page.Sections, len(page.Sections)-1, plan)
	}
	if page.Chrome.Breadcrumb[1].Text == page.Chrome.Breadcrumb[2].Text { // Valle d'Aosta is both
		page.Chrome.Breadcrumb = append(page.Chrome.Breadcrumb[:2], page.Chrome.Breadcrumb[3])
	}
	for _, s := range page.Sections {
		page.Contents = append(page.Contents, theme.Link{Text: p.words.T("comune.voce." + s.ID), URL: "#" + s.ID})
	}
	page.Contents = append(page.Contents, theme.Link{Text: p.words.T("comune.voce.scarica"), URL: "#scarica"})
	return p.page("comune", &page, path)
}

func (p *press) regionCrumb(r int) theme.Link {
	return theme.Link{Text: p.Atlas.Regions[r].Name, URL: regionPath(p.Atlas.Regions[r])}
}

// args are the values that every sentence about the place may take, and more.
func (p comunePlace) args(more ...locale.Arg) []locale.Arg {
	return append(p.known[:len(p.known):len(p.known)], more...)
}

func (p comunePlace) names() []locale.Arg {
	w := p.words
	out := []locale.Arg{locale.S("nome", p.c.Name), locale.S("sigla", p.c.Plate), locale.N("abitanti", p.c.Residents),
		locale.S("classe", p.class.Label), locale.S("unita", w.Unit(p.unit.Kind, p.unit.Name).Name)}
	out = append(out, w.Comune(p.c.Name).Args("comune")...)
	return append(out, w.Region(p.reg.Name).Args("regione")...)
}

// about is the line of facts under the name.
func (p comunePlace) about() []template.HTML {
	w := p.words
	where := anchor(unitPath(p.unit), locale.Capital(w.Unit(p.unit.Kind, p.unit.Name).Name)) + ", " + anchor(regionPath(p.reg), p.reg.Name)
	if p.unit.Name == p.reg.Name {
		where = anchor(regionPath(p.reg), p.reg.Name)
	}
	return []template.HTML{
		where,
		w.HTML("comune.abitanti", locale.N("abitanti", p.c.Residents), locale.S("data", w.AtDate(p.Atlas.Population.Date))),
		w.HTML("comune.classe", locale.S("classe", p.class.Label), locale.S("indirizzo", classPath(p.class))),
		`<span class="nowrap">` + w.HTML("comune.istat", locale.S("codice", p.c.ISTAT)) + "</span>",
		`<span class="nowrap">` + w.HTML("comune.catasto", locale.S("codice", p.c.Cadastral)) + "</span>",
	}
}

// strong is how much the residents use the online register: one date, one
// definition, a value for nearly every Comune.
func (p comunePlace) strong() strong {
	w, s := p.words, p.uses.Last()
	v := s.Values[p.i]
	f := p.around.figure(p.uses.Now())
	st := strong{Value: p.value(p.uses.Indicator, v), What: w.T("comune.forte.cosa", locale.S("data", w.AtDate(s.Date))),
		Base: w.T("comune.forte.base", p.args(locale.S("dove", p.around.in), locale.N("base", f.Base), locale.S("valore", p.value(p.uses.Indicator, f.Value)))...)}
	switch {
	case v.OK():
		st.Unit = p.unitOf(p.uses)
	case v.Kind == stat.NotComparable:
		st.Value, st.Base = w.T("comune.forte.ripartito"), w.T("comune.forte.ripartito_perche")+" "+st.Base
	default:
		st.Value, st.Base = w.Missing(v.Kind).Full, w.Missing(v.Kind).Why+" "+st.Base
	}
	st.Picture = p.spread(w.T("comune.forte.titolo"), w.T("comune.forte.sotto", p.args(locale.S("dove", p.around.in), locale.N("n", len(p.around.comuni)))...))
	return st
}

// keys are three figures that lead to their sections.
func (p comunePlace) keys() []key {
	w := p.words
	out := make([]key, 0, 3)
	for _, id := range twoFreshest {
		k, iv := p.intervention(id)
		if iv == nil {
			continue
		}
		pos := p.fund.Positions[p.i][k]
		paid := p.Book.Find(id + "-pagato")
		base := ""
		if paid != nil {
			f := p.around.figure(paid.Now())
			base = w.T("comune.chiave.pagati", p.args(locale.S("dove", p.around.in), locale.S("quota", p.value(paid.Indicator, f.Value)), locale.N("base", f.Base))...)
		}
		out = append(out, key{Value: w.T("stadio." + pos.Stage.String()),
			What: w.HTML("comune.chiave.intervento", locale.S("intervento", iv.Name), locale.S("data", w.OfDate(iv.List.Date))), Base: base})
	}
	s := p.scores.Last()
	f := p.scores.Now().Classes[p.c.Class[0]]
	value := w.Missing(s.Values[p.i].Kind).Full
	if s.Values[p.i].OK() {
		value = w.T("comune.chiave.punti", locale.S("punti", p.value(p.scores.Indicator, s.Values[p.i])))
	}
	return append(out, key{Value: value, What: w.HTML("comune.chiave.sito"),
		Base: w.T("comune.chiave.mediana", p.args(locale.S("valore", p.value(p.scores.Indicator, f.Value)), locale.N("base", f.Base), locale.S("data", w.Date(s.Date)))...)})
}
