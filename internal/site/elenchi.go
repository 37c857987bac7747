package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/locale"
	"mappa/internal/theme"
)

// listPage is a list of links in groups: A-Z, regions, indicators.
type listPage struct {
	theme.Chrome
	Name    string
	Lead    template.HTML
	Search  bool
	Letters []theme.Link // without URL the letter at hand
	Groups  []linkGroup
}

type linkGroup struct {
	ID, Title string
	Lead      template.HTML
	Items     []linkItem
	Table     template.HTML
	Margin    []note
}

type linkItem struct {
	Text, URL string
	Note      string // after the link
	Under     string // on a line below it
}

// lists are the pages that lead to others.
func (p *press) lists() []job {
	w := p.words
	jobs := []job{p.home, p.mapPage, p.searchPage, p.indicatorList, p.notFound}
	jobs = append(append(jobs, p.alphabet()...), p.embedPages()...)
	add := func(key, path string, groups func() []linkGroup) {
		jobs = append(jobs, func() error {
			return p.links(w.T("elenchi."+key), w.HTML("elenchi."+key+"_lead"), w.T("elenchi."+key+"_descrizione"), path, groups())
		})
	}
	add("regioni", "/regioni/", p.regionGroups)
	add("province", "/province/", p.unitGroups)
	add("ripartizioni", "/ripartizioni/", func() []linkGroup {
		return []linkGroup{p.areaGroup("ripartizioni", len(p.Atlas.Ripartizioni), p.ripArea)}
	})
	add("classi", "/classi/", func() []linkGroup {
		return []linkGroup{p.areaGroup("classi", len(p.Atlas.Schemes[0].Classes), p.classArea)}
	})
	return jobs
}

func (p *press) links(name string, lead template.HTML, description, path string, groups []linkGroup) error {
	page := listPage{Chrome: p.chrome(name, description, path, "comuni", theme.Link{Text: p.words.T("menu.comuni"), URL: "/comuni/"}), Name: name, Lead: lead, Groups: groups}
	return p.page("elenco", &page, path)
}

// areaGroup is a sortable table of areas.
func (p *press) areaGroup(key string, n int, of func(i int) comparison) linkGroup {
	a := area{parts: "elenchi." + key}
	for i := range n {
		a.within = append(a.within, of(i))
	}
	return linkGroup{ID: key, Title: p.words.T("elenchi." + key), Table: p.areaWithin(a).Parts[0]}
}

func (p *press) regionGroups() []linkGroup {
	var regions []comparison
	for r := range p.Atlas.Regions {
		regions = append(regions, p.regionArea(r))
	}
	slices.SortFunc(regions, alphabetical)
	g := p.areaGroup("regioni", len(regions), func(i int) comparison { return regions[i] })
	return []linkGroup{g}
}

func (p *press) unitGroups() []linkGroup {
	w := p.words
	var out []linkGroup
	for _, r := range p.Atlas.Regions {
		g := linkGroup{ID: r.Slug, Title: r.Name}
		for _, u := range r.Units {
			unit := p.Atlas.Units[u]
			g.Items = append(g.Items, linkItem{Text: locale.Capital(w.Unit(unit.Kind, unit.Name).Name), URL: unitPath(unit), Note: w.T("base.n_comuni", locale.N("n", len(unit.Comuni)))})
		}
		out = append(out, g)
	}
	return out
}

// alphabet is the A-Z list, a page for each first letter, former and other
// names among them.
func (p *press) alphabet() []job {
	w := p.words
	byLetter := map[string][]linkItem{}
	add := func(name, url, note string) {
		letter := strings.ToLower(atlas.Fold(name)[:1])
		byLetter[letter] = append(byLetter[letter], linkItem{Text: name, URL: url, Note: note})
	}
	for _, c := range p.Atlas.Comuni {
		add(c.Name, comunePath(c), c.Plate)
		for _, o := range c.Other {
			if atlas.Fold(o.Text) != atlas.Fold(c.Name) {
				add(o.Text, comunePath(c), w.T("az.altro", locale.S("nome", c.Name)))
			}
		}
	}
	for _, e := range p.Atlas.Ended {
		add(e.Name, endedPath(e), w.T("az.cessato", locale.S("anno", strconv.Itoa(e.Until.Year()))))
	}
	letters := make([]string, 0, len(byLetter))
	for l, items := range byLetter {
		letters = append(letters, l)
		slices.SortFunc(items, func(a, b linkItem) int {
			return strings.Compare(atlas.Fold(a.Text)+"\x00"+a.URL, atlas.Fold(b.Text)+"\x00"+b.URL)
		})
	}
	slices.Sort(letters)
	strip := func(here string) []theme.Link {
		var out []theme.Link
		for _, l := range letters {
			link := theme.Link{Text: strings.ToUpper(l), URL: letterPath(l)}
			if l == here {
				link.URL = ""
			}
			out = append(out, link)
		}
		return out
	}
	jobs := []job{func() error {
		name := w.T("az.titolo")
		page := listPage{Chrome: p.chrome(name, w.T("az.descrizione"), "/comuni/", "comuni"), Name: name, Search: true, Letters: strip(""),
			Lead: w.HTML("az.lead", locale.N("n", len(p.Atlas.Comuni)), locale.S("data", w.AtDate(p.Atlas.Display)))}
		page.Groups = p.regionGroups()
		if len(p.Agenda.Cohorts) > 0 {
			page.Groups = append(page.Groups, p.cohortGroup())
		}
		return p.page("elenco", &page, "/comuni/")
	}}
	for _, l := range letters {
		jobs = append(jobs, func() error {
			name := w.T("az.lettera", locale.S("lettera", strings.ToUpper(l)))
			page := listPage{Chrome: p.chrome(name, w.T("az.lettera_descrizione", locale.S("lettera", strings.ToUpper(l))), letterPath(l), "comuni", theme.Link{Text: w.T("menu.comuni"), URL: "/comuni/"}),
				Name: name, Letters: strip(l), Groups: []linkGroup{{Title: w.T("az.nomi", locale.N("n", len(byLetter[l]))), Items: byLetter[l]}}}
			return p.page("elenco", &page, letterPath(l))
		})
	}
	return jobs
}

// indicatorList is every indicator by theme, with the figure of Italy.
func (p *press) indicatorList() error {
	w := p.words
	name := w.T("menu.indicatori")
	page := listPage{Chrome: p.chrome(name, w.T("elenchi.indicatori_descrizione"), "/indicatori/", "indicatori"), Name: name, Lead: w.HTML("elenchi.indicatori_lead", locale.N("n", len(p.Book.Entries)))}
	for _, e := range p.Book.Entries {
		if k := len(page.Groups) - 1; k < 0 || page.Groups[k].ID != e.Theme {
			page.Groups = append(page.Groups, linkGroup{ID: e.Theme, Title: w.T("tema." + e.Theme), Lead: w.HTML("tema." + e.Theme + "_testo")})
		}
	}
	for k := range page.Groups {
		g := grid{Title: page.Groups[k].Title, Head: []heading{{Text: w.T("colonna.indicatore")}, {Text: w.T("italia"), Number: true}, {Text: w.T("colonna.base"), Number: true}, {Text: w.T("colonna.data"), Number: true}}}
		for _, e := range p.Book.Entries {
			if e.Theme == page.Groups[k].ID {
				g.Rows = append(g.Rows, line{Cells: []cell{{Text: p.text(e.ID).Title, Href: indicatorPath(e.ID), Note: p.tableUnit(e)},
					p.valueCell(e.Indicator, e.Now().Nation.Value), {Text: w.Int(e.Now().Nation.Base)}, {Text: w.ShortDate(e.Last().Date), Class: "nowrap"}}})
			}
		}
		page.Groups[k].Table = scroll(g.Title, g.HTML())
	}
	page.Groups = append(page.Groups, append(p.questionGroups(), p.objectivesGroup()...)...)
	return p.page("elenco", &page, "/indicatori/")
}

func (p *press) searchPage() error {
	w := p.words
	page := listPage{Chrome: p.chrome(w.T("cerca.titolo"), w.T("cerca.descrizione"), "/cerca/", "cerca"), Name: w.T("cerca.titolo"), Lead: w.HTML("cerca.lead"), Search: true}
	return p.page("elenco", &page, "/cerca/")
}

// notFound is the page for addresses that lead nowhere.
func (p *press) notFound() error {
	page := struct{ theme.Chrome }{p.chrome(p.words.T("manca.titolo"), p.words.T("manca.lead"), "/404.html", "")}
	page.NoIndex, page.Breadcrumb = true, nil
	data, err := p.Theme.Render("404", &page)
	if err != nil {
		return err
	}
	p.out.Add("404.html", data)
	return nil
}

// searchIndex is the file of names behind the search field.
func (p *press) searchIndex() theme.File {
	w := p.words
	var entries []theme.Entry
	for _, c := range p.Atlas.Comuni {
		e := theme.Entry{Name: c.Name, Detail: c.Plate, Dir: "comuni/", Slug: c.Slug}
		for _, o := range c.Other {
			e.Aliases = append(e.Aliases, o.Text)
		}
		for _, x := range c.Aliases {
			if !slices.ContainsFunc(append(e.Aliases, e.Name), func(s string) bool { return atlas.Fold(s) == atlas.Fold(x.Text) }) {
				e.Aliases = append(e.Aliases, x.Text)
			}
		}
		entries = append(entries, e)
	}
	for _, u := range p.Atlas.Units {
		entries = append(entries, theme.Entry{Name: longName(u.Name, u.Other), Detail: w.T("cerca.unita"), Dir: "province/", Slug: u.Slug})
	}
	for _, r := range p.Atlas.Regions {
		entries = append(entries, theme.Entry{Name: longName(r.Name, r.Other), Detail: w.T("cerca.regione"), Dir: "regioni/", Slug: r.Slug})
	}
	for _, c := range p.Agenda.Cohorts {
		entries = append(entries, theme.Entry{Name: c.Title, Detail: w.T("cerca.gruppo"), Dir: strings.TrimPrefix(cohortsPath, "/"), Slug: c.ID})
	}
	data, err := theme.SearchIndex(entries)
	if err != nil {
		panic(err) // strings marshal
	}
	return theme.Hashed("nomi.json", data)
}
