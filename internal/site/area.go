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
	"mappa/internal/theme"
)

// areaPage is the page of a set of Comuni: a unit, a region, a ripartizione, a
// size class.
type areaPage struct {
	theme.Chrome
	Name     string
	Other    []atlas.OtherName
	About    []template.HTML
	Lead     template.HTML
	Note     template.HTML
	Map      template.HTML
	Strong   strong
	Sections []section
}

// area is what the pages of all kinds of areas have in common.
type area struct {
	kind   string // unita, regione, ripartizione, classe: part of the keys of its sentences
	name   string
	other  []atlas.OtherName
	noun   locale.Noun
	path   string
	crumbs []theme.Link
	comuni []int
	figure func(c *indicator.Cuts) stat.Figure
	around []comparison // what it is held against, Italy last
	within []comparison // the areas it is made of, nil for none
	parts  string       // key of the heading of within
	region string       // slug of the region or of the unit that it is, for its map
	unit   string
}

// comparison is an area beside the page's own.
type comparison struct {
	name, href string
	figure     func(c *indicator.Cuts) stat.Figure
}

// headlineID is the indicator that areas open with: the freshest list, paid.
const headlineID = "send-pagato"

// mappedID is the indicator that the map of an area's Comuni shows.
const mappedID = usesID

func (p *press) nation() comparison {
	return comparison{p.words.T("italia"), "/", func(c *indicator.Cuts) stat.Figure { return c.Nation }}
}

func (p *press) regionArea(r int) comparison {
	region := p.Atlas.Regions[r]
	return comparison{region.Name, regionPath(region), func(c *indicator.Cuts) stat.Figure { return c.Regions[r] }}
}

func (p *press) ripArea(i int) comparison {
	rip := p.Atlas.Ripartizioni[i]
	return comparison{rip.Name, ripPath(rip), func(c *indicator.Cuts) stat.Figure { return c.Rips[i] }}
}

func (p *press) unitArea(i int) comparison {
	unit := p.Atlas.Units[i]
	return comparison{unit.Name, unitPath(unit), func(c *indicator.Cuts) stat.Figure { return c.Units[i] }}
}

func (p *press) classArea(k int) comparison {
	class := p.Atlas.Schemes[0].Classes[k]
	return comparison{class.Label, classPath(class), func(c *indicator.Cuts) stat.Figure { return c.Classes[k] }}
}

// areas are the pages of units, regions and ripartizioni.
func (p *press) areas() []job {
	var jobs []job
	w := p.words
	list := func(key, path string) theme.Link { return theme.Link{Text: w.T(key), URL: path} }
	for u, unit := range p.Atlas.Units {
		own := p.unitArea(u)
		a := area{kind: "unita", unit: unit.Slug, name: locale.Capital(w.Unit(unit.Kind, unit.Name).Name), other: unit.Other, noun: w.Unit(unit.Kind, unit.Name), path: own.href,
			crumbs: []theme.Link{p.regionCrumb(unit.Region)}, comuni: unit.Comuni, figure: own.figure,
			around: []comparison{p.regionArea(unit.Region), p.ripArea(p.Atlas.Regions[unit.Region].Rip), p.nation()}}
		jobs = append(jobs, func() error { return p.area(a, func(i int) int { return 0 }) })
	}
	for r, region := range p.Atlas.Regions {
		own := p.regionArea(r)
		a := area{kind: "regione", region: region.Slug, name: region.Name, other: region.Other, noun: w.Region(region.Name), path: own.href,
			crumbs: []theme.Link{list("elenchi.regioni", "/regioni/")}, comuni: region.Comuni, figure: own.figure,
			around: []comparison{p.ripArea(region.Rip), p.nation()}, parts: "area.province"}
		if len(region.Units) > 1 {
			for _, u := range region.Units {
				a.within = append(a.within, p.unitArea(u))
			}
			slices.SortFunc(a.within, alphabetical)
		}
		jobs = append(jobs, func() error { return p.area(a, func(i int) int { return p.units[i] }) })
	}
	for i, rip := range p.Atlas.Ripartizioni {
		own := p.ripArea(i)
		a := area{kind: "ripartizione", name: rip.Name, noun: w.Ripartizione(rip.Name), path: own.href,
			crumbs: []theme.Link{list("elenchi.ripartizioni", "/ripartizioni/")}, comuni: rip.Comuni, figure: own.figure,
			around: []comparison{p.nation()}, parts: "area.regioni"}
		for _, r := range rip.Regions {
			a.within = append(a.within, p.regionArea(r))
		}
		slices.SortFunc(a.within, alphabetical)
		jobs = append(jobs, func() error { return p.area(a, nil) })
	}
	return jobs
}

// alphabetical puts areas in the order of the alphabet, which every reader knows; that
// of their codes few do.
func alphabetical(a, b comparison) int {
	return strings.Compare(atlas.Fold(a.name), atlas.Fold(b.name))
}

// area writes the page of an area. group draws borders inside its map of
// Comuni; nil, for an area too large for one, shows Italy by region.
func (p *press) area(a area, group func(i int) int) error {
	w := p.words
	page := areaPage{Name: a.name, Other: a.other, About: p.areaFacts(a), Lead: p.areaLead(a),
		Note: w.HTML("comune.nota"), Strong: p.areaStrong(a)}
	title, description := a.name, "area.descrizione"
	if a.kind == "unita" && a.name == a.around[0].name { // Valle d'Aosta is a region and a unit
		title, description = w.T("area.uts", locale.S("nome", a.name)), "area.descrizione_uts"
	}
	page.Chrome = p.chrome(title, w.T(description, append(a.noun.Args("area"), locale.N("comuni", len(a.comuni)))...), a.path, "comuni", a.crumbs...)
	mapped := p.Book.Find(mappedID)
	if group != nil {
		page.Map = p.comuniMap(mapped, a, group)
	} else {
		page.Map = p.areaMap(mapped, false, w.HTML("area.mappa_nota"))
	}
	page.Sections = p.areaSections(a)
	for _, s := range page.Sections {
		page.Contents = append(page.Contents, theme.Link{Text: w.T("area.voce." + s.ID), URL: "#" + s.ID})
	}
	return p.page("area", &page, a.path)
}

func (p *press) areaSections(a area) []section {
	w := p.words
	out := []section{p.areaFigures(a), p.areaClasses(a)}
	if len(a.within) > 0 {
		out = append(out, p.areaWithin(a))
	}
	if len(a.comuni) <= mostListed {
		g := p.comparison(byName(p.Atlas, a.comuni), -1)
		g.Sortable, g.Title = true, w.T("area.comuni.tabella")
		g.Sub = w.T("area.comuni.come", locale.N("n", len(a.comuni)))
		out = append(out, section{ID: "comuni", Title: w.T("area.comuni.titolo", a.noun.Args("area")...),
			Parts:  []template.HTML{scroll(w.T("area.comuni.tabella"), g.HTML()) + p.shortWords(g)},
			Margin: []note{{w.T("area.copertura"), p.coverage(a)}}})
	}
	return out
}

// mostListed is how many Comuni a page lists: Lombardia's 1,500 are the most of
// any area with a list of its own.
const mostListed = 1600

func byName(a *atlas.Atlas, comuni []int) []int {
	out := slices.Clone(comuni)
	slices.SortStableFunc(out, func(x, y int) int {
		return cmp.Compare(atlas.Fold(a.Comuni[x].Name), atlas.Fold(a.Comuni[y].Name))
	})
	return out
}

// byValue orders areas from the highest figure to the lowest; those without
// one are left out.
func byValue(figures []stat.Figure) []int {
	var out []int
	for i, f := range figures {
		if f.Value.OK() {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(x, y int) int { return cmp.Compare(figures[y].Value.N, figures[x].Value.N) })
	return out
}

func (p *press) areaFacts(a area) []template.HTML {
	w := p.words
	people, km2 := 0, 0.
	for _, i := range a.comuni {
		people += p.Atlas.Comuni[i].Residents
		km2 += p.Maps.AreaKm2[i]
	}
	return []template.HTML{w.HTML("area.comuni_n", locale.N("n", len(a.comuni))),
		w.HTML("comune.abitanti", locale.N("abitanti", people), locale.S("data", w.AtDate(p.Atlas.Population.Date))),
		w.HTML("area.km2", locale.F("n", km2, 0))}
}

// areaLead is two sentences on the area: the headline, and the use of the
// register, each with base and date and held against Italy.
func (p *press) areaLead(a area) template.HTML {
	w := p.words
	if len(a.comuni) == 0 {
		return w.HTML("area.frase.vuota")
	}
	head, uses := p.Book.Find(headlineID), p.uses
	hf, uf := a.figure(head.Now()), a.figure(uses.Now())
	args := append(a.noun.Args("area"), locale.S("inizio", locale.Capital(a.noun.In)), locale.S("quota", p.value(head.Indicator, hf.Value)), locale.N("n", int(hf.Num)), locale.N("base", hf.Base),
		locale.S("italia", p.value(head.Indicator, head.Now().Nation.Value)), locale.S("data", w.AtDate(head.Last().Date)))
	first := w.HTML("area.frase.send", args...)
	if !uf.Value.OK() {
		return first
	}
	args = append(a.noun.Args("area"), locale.S("usi", p.value(uses.Indicator, uf.Value)), locale.S("italia", p.value(uses.Indicator, uses.Now().Nation.Value)),
		locale.N("base", uf.Base), locale.S("data", w.AtDate(uses.Last().Date)))
	return first + " " + w.HTML("area.frase.anagrafe", args...)
}

// areaStrong is the headline with the areas that it is held against.
func (p *press) areaStrong(a area) strong {
	w, e := p.words, p.Book.Find(headlineID)
	f := a.figure(e.Now())
	rows := []draw.Row{p.row(a.name, "", e, f, true)}
	for _, c := range a.around {
		href := c.href
		if href == "/" {
			href = indicatorPath(e.ID)
		}
		rows = append(rows, p.row(c.name, href, e, c.figure(e.Now()), false))
	}
	picture := figure(w.T("area.forte.titolo"), w.T("area.forte.sotto"), draw.HTML(draw.Rows{Rows: rows,
		Axis: p.shareAxis(100)}), "")
	return strong{Value: p.value(e.Indicator, f.Value), What: w.T("area.forte.cosa"),
		Base: w.T("area.forte.base", locale.N("n", int(f.Num)), locale.N("base", f.Base), locale.S("data", w.Date(e.Last().Date))), Picture: picture}
}

// areaFigures is every indicator, with Italy and the area above beside it.
func (p *press) areaFigures(a area) section {
	w := p.words
	s := section{ID: "cifre", Title: w.T("area.cifre.titolo", a.noun.Args("area")...), Lead: []template.HTML{w.HTML("area.cifre.intro")}}
	g := grid{Title: w.T("area.cifre.tabella"), Head: []heading{{Text: w.T("colonna.indicatore")}, {Text: a.name, Number: true}}}
	for _, c := range a.around {
		g.Head = append(g.Head, heading{Text: c.name, Number: true})
	}
	g.Head = append(g.Head, heading{Text: w.T("colonna.base"), Number: true}, heading{Text: w.T("colonna.data"), Number: true})
	for _, e := range p.Book.Entries {
		f := a.figure(e.Now())
		row := line{Cells: []cell{{Text: p.short(e), Href: indicatorPath(e.ID), Note: p.tableUnit(e)}, p.valueCell(e.Indicator, f.Value)}}
		for _, c := range a.around {
			row.Cells = append(row.Cells, p.valueCell(e.Indicator, c.figure(e.Now()).Value))
		}
		g.Rows = append(g.Rows, line{Cells: append(row.Cells, cell{Text: w.Int(f.Base)}, cell{Text: w.ShortDate(e.Last().Date), Class: "nowrap"})})
	}
	s.Parts = []template.HTML{scroll(g.Title, g.HTML())}
	s.Margin = []note{{w.T("comune.base"), w.HTML("area.cifre.base")}, {w.T("area.cifre.date"), w.HTML("area.cifre.date_testo")},
		{"", anchor("/metodo/", w.T("comune.come_si_calcola"))}}
	return s
}

// areaClasses cuts the area by size class.
func (p *press) areaClasses(a area) section {
	w := p.words
	s := section{ID: "classi", Title: w.T("area.classi.titolo")}
	shown := []*indicator.Entry{p.Book.Find(headlineID), p.scores, p.uses}
	g := grid{Title: w.T("area.classi.tabella"), Head: []heading{{Text: w.T("colonna.classe")}, {Text: w.T("colonna.comuni"), Number: true}}}
	for _, e := range shown {
		g.Head = append(g.Head, heading{Text: p.short(e), Number: true})
	}
	for k, comuni := range indicator.ByClass(p.Atlas, a.comuni) {
		if len(comuni) == 0 {
			continue
		}
		class := p.Atlas.Schemes[0].Classes[k]
		row := line{Cells: []cell{{Text: class.Label, Href: classPath(class)}, {Text: w.Int(len(comuni))}}}
		for _, e := range shown {
			row.Cells = append(row.Cells, p.valueCell(e.Indicator, e.Last().Of(comuni).Value))
		}
		g.Rows = append(g.Rows, row)
	}
	s.Parts = []template.HTML{scroll(g.Title, g.HTML())}
	s.Margin = []note{{w.T("comune.base"), w.HTML("area.classi.base")}}
	return s
}

// areaWithin is the areas that this one is made of.
func (p *press) areaWithin(a area) section {
	w := p.words
	shown := []*indicator.Entry{p.Book.Find(headlineID), p.scores, p.uses}
	g := grid{Sortable: true, Sub: w.T("area.parti_come"), Head: []heading{{Text: w.T("colonna.area")}, {Text: w.T("colonna.comuni"), Number: true}}}
	for _, e := range shown {
		g.Head = append(g.Head, heading{Text: p.short(e), Number: true})
	}
	for _, c := range a.within {
		row := line{Cells: []cell{{Text: c.name, Href: c.href, Sort: atlas.Fold(c.name)}, {Text: w.Int(c.figure(p.uses.Now()).Of)}}}
		for _, e := range shown {
			row.Cells = append(row.Cells, p.valueCell(e.Indicator, c.figure(e.Now()).Value))
		}
		g.Rows = append(g.Rows, row)
	}
	return section{ID: "parti", Title: w.T(a.parts), Parts: []template.HTML{scroll(w.T(a.parts), g.HTML())}}
}

// coverage says how many of the area's Comuni each source covers.
func (p *press) coverage(a area) template.HTML {
	w := p.words
	var items []string
	for _, e := range []*indicator.Entry{p.scores, p.uses} {
		f := a.figure(e.Now())
		items = append(items, w.T("area.copertura_voce", locale.S("indicatore", p.short(e)), locale.N("base", f.Base), locale.N("su", f.Of)))
	}
	return esc(w.And(items))
}
