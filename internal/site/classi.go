package site

import (
	"html/template"

	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// classes are the pages of the size classes of the default scheme.
func (p *press) classes() []job {
	var jobs []job
	w := p.words
	for k, class := range p.Atlas.Schemes[0].Classes {
		own := p.classArea(k)
		name := w.T("classe.nome", locale.S("classe", class.Label))
		noun := locale.Noun{Name: name, The: name, Of: w.T("classe.di", locale.S("classe", class.Label)), In: w.T("classe.in", locale.S("classe", class.Label)), To: name, From: name}
		a := area{kind: "classe", name: name, noun: noun, path: own.href, crumbs: []theme.Link{{Text: w.T("elenchi.classi"), URL: "/classi/"}},
			comuni: class.Comuni, figure: own.figure, around: []comparison{p.nation()}, parts: "area.ripartizioni"}
		for i, rip := range p.Atlas.Ripartizioni {
			if rip.Parts == nil {
				a.within = append(a.within, comparison{rip.Name, ripPath(rip), func(c *indicator.Cuts) stat.Figure { return c.RipClass[i][k] }})
			}
		}
		jobs = append(jobs, func() error { return p.classPage(a, k) })
	}
	return jobs
}

// classPage is an area page whose classes section would say nothing.
func (p *press) classPage(a area, k int) error {
	w := p.words
	page := areaPage{Name: a.name, About: p.areaFacts(a), Lead: p.areaLead(a), Note: w.HTML("comune.nota"), Strong: p.areaStrong(a)}
	page.Chrome = p.chrome(a.name, w.T("area.descrizione", append(a.noun.Args("area"), locale.N("comuni", len(a.comuni)))...), a.path, "comuni", a.crumbs...)
	page.Map = p.classMap(a, k)
	for _, s := range p.areaSections(a) {
		if s.ID != "classi" {
			page.Sections = append(page.Sections, s)
			page.Contents = append(page.Contents, theme.Link{Text: w.T("area.voce." + s.ID), URL: "#" + s.ID})
		}
	}
	return p.page("area", &page, a.path)
}

// classMap shows where in Italy the Comuni of a class are: theirs in the colour
// of their value, the others as plain land.
func (p *press) classMap(a area, k int) template.HTML {
	e := p.Book.Find(mappedID)
	class := all(draw.Land, len(p.Atlas.Comuni))
	values := make([]stat.Value, len(a.comuni))
	for n, i := range a.comuni {
		values[n] = e.Last().Values[i]
		class[i] = classOf(e, values[n], true)
	}
	f := p.imageFile("classe-"+p.Atlas.Schemes[0].Classes[k].Slug, draw.National{Mesh: p.country, Class: class, Group: p.region,
		Label: p.mapTitle(e), Style: p.figureStyle})
	alt := p.words.T("classe.mappa_alt", append(a.noun.Args("area"), locale.N("n", len(a.comuni)))...)
	return p.mapFigure(mapView{}, p.mapTitle(e), p.words.T("mappa.per_comune", locale.S("data", p.words.Date(e.Last().Date))), p.image(f, alt, atOnce)+p.legend(e, values, true), "")
}
