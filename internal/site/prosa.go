package site

import (
	"html/template"
	"strings"

	"mappa/internal/content"
	"mappa/internal/locale"
	"mappa/internal/theme"
)

// prosePage is a page of text: method, sources, privacy, a chapter of a report.
type prosePage struct {
	theme.Chrome
	Name, Kicker string
	Report       bool
	Lead         template.HTML
	Body         template.HTML
	Cite         string
	Near         *near
}

// near is what comes before and after a chapter.
type near struct {
	Label          string
	Previous, Next *nearLink
}

type nearLink struct{ Note, Text, URL string }

// prose are the pages of content/pagine.
func (p *press) prose() []job {
	var jobs []job
	for _, d := range p.Content.Pages {
		jobs = append(jobs, func() error {
			r := content.Render(d, p.resolver(), p.list, content.Options{})
			path := pagePath(d.Slug)
			section, _, _ := strings.Cut(d.Slug, "/")
			page := prosePage{Chrome: p.chrome(d.Title, d.Front.Description, path, section), Name: d.Title, Kicker: d.Front.Kicker, Lead: r.Lead, Body: r.HTML}
			p.dressProse(&page, r)
			return p.page("prosa", &page, path)
		})
	}
	return jobs
}

func (p *press) dressProse(page *prosePage, r content.Rendered) {
	for _, h := range r.TOC {
		if h.Level == sectionLevel {
			page.Contents = append(page.Contents, theme.Link{Text: h.Text, URL: "#" + h.ID})
			if h.Demo {
				page.DemoIn = append(page.DemoIn, theme.Link{Text: h.Text, URL: "#" + h.ID})
			}
		}
	}
	page.NoIndex = page.NoIndex || r.Demo
}

// sectionLevel is the heading level of a document's sections.
const sectionLevel = 2

// reports are the editions of the report, with their list.
func (p *press) reports() []job {
	w := p.words
	jobs := []job{p.reportList}
	for _, r := range p.Content.Reports {
		docs := r.Documents()
		for k, d := range docs {
			jobs = append(jobs, func() error {
				out := content.Render(d, p.resolverOf(d), p.list, content.Options{})
				path := chapterPath(r.Year, d.Slug)
				crumbs := []theme.Link{{Text: w.T("menu.rapporti"), URL: "/rapporti/"}}
				if d.Slug != "" {
					crumbs = append(crumbs, theme.Link{Text: w.T("rapporto.anno", locale.S("anno", yearOf(r.Year))), URL: reportPath(r.Year)})
				}
				page := prosePage{Chrome: p.chrome(d.Title, d.Front.Description, path, "rapporti", crumbs...), Name: d.Title, Report: true, Lead: out.Lead, Body: out.HTML}
				page.Kicker = w.T("rapporto.occhiello", locale.S("anno", yearOf(r.Year)), locale.N("n", k), locale.N("di", len(docs)-1), locale.N("minuti", out.Minutes))
				page.Near = p.nearTo(r, k)
				page.Cite = w.T("scarica.cita", locale.S("sito", p.Settings.Site.Title), locale.S("pagina", d.Title), locale.S("versione", r.Index.Front.Version),
					locale.S("titolare", p.Settings.Site.Owner), locale.S("data", w.Date(r.Index.Front.Date)))
				p.dressProse(&page, out)
				return p.page("prosa", &page, path)
			})
		}
	}
	return jobs
}

func (p *press) nearTo(r content.Report, k int) *near {
	docs := r.Documents()
	n := &near{Label: p.words.T("rapporto.capitoli")}
	link := func(k int, key string) *nearLink {
		return &nearLink{p.words.T(key), docs[k].Title, chapterPath(r.Year, docs[k].Slug)}
	}
	if k > 0 {
		n.Previous = link(k-1, "rapporto.prima")
	}
	if k+1 < len(docs) {
		n.Next = link(k+1, "rapporto.dopo")
	}
	return n
}

func (p *press) reportList() error {
	w := p.words
	page := listPage{Chrome: p.chrome(w.T("menu.rapporti"), w.T("rapporto.elenco_descrizione"), "/rapporti/", "rapporti"), Name: w.T("menu.rapporti"), Lead: w.HTML("rapporto.elenco_lead")}
	for _, r := range p.Content.Reports {
		g := linkGroup{ID: "r" + yearOf(r.Year), Title: w.T("rapporto.anno", locale.S("anno", yearOf(r.Year))), Lead: esc(r.Index.Front.Summary)}
		for _, d := range r.Documents() {
			g.Items = append(g.Items, linkItem{Text: d.Title, URL: chapterPath(r.Year, d.Slug)})
		}
		page.Groups = append(page.Groups, g)
	}
	return p.page("elenco", &page, "/rapporti/")
}
