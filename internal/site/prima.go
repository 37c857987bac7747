package site

import (
	"html/template"
	"slices"
	"strings"

	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/theme"
)

// homePage is the front page.
type homePage struct {
	theme.Chrome
	Lead          template.HTML
	Findings      []template.HTML
	Map           template.HTML
	Three         []key
	Report        *reportTeaser
	Regions       []areaItem
	RegionsMargin []note
}

type reportTeaser struct{ Kicker, Title, Text, URL string }

type areaItem struct{ Name, URL, Value string }

func (p *press) home() error {
	w := p.words
	page := homePage{Chrome: p.chrome("", w.T("home.descrizione", locale.N("n", len(p.Atlas.Comuni))), "/", ""),
		Lead: w.HTML("home.lead", locale.N("n", len(p.Atlas.Comuni)))}
	page.Breadcrumb = nil
	head, uses := p.Book.Find(headlineID), p.uses
	page.Map = p.countryMap(uses, atOnce, w.HTML("home.mappa", locale.S("indirizzo", indicatorPath(uses.ID))))
	page.Three = p.three(head)
	page.Findings = p.findings()
	if len(p.Content.Reports) > 0 {
		r := p.Content.Reports[0]
		page.Report = &reportTeaser{Kicker: w.T("home.rapporto", locale.S("anno", yearOf(r.Year))), Title: r.Index.Title, Text: r.Index.Front.Summary, URL: reportPath(r.Year)}
	}
	for r, region := range p.Atlas.Regions {
		page.Regions = append(page.Regions, areaItem{region.Name, regionPath(region), p.value(head.Indicator, head.Now().Regions[r].Value)})
	}
	slices.SortFunc(page.Regions, func(a, b areaItem) int { return strings.Compare(a.Name, b.Name) })
	page.RegionsMargin = []note{{w.T("home.mostra"), w.HTML("home.mostra_testo", locale.S("data", w.AtDate(head.Last().Date)))}, {w.T("home.altri"), w.HTML("home.altri_testo")}}
	return p.page("home", &page, "/")
}

// three are the headline figures with their bases.
func (p *press) three(head *indicator.Entry) []key {
	w := p.words
	bi := p.Book.Find("siti-bootstrap-italia")
	out := []key{{Value: p.value(head.Indicator, head.Now().Nation.Value), What: w.HTML("home.tre.send", locale.S("indirizzo", indicatorPath(head.ID))),
		Base: w.T("home.tre.send_base", locale.N("n", int(head.Now().Nation.Num)), locale.N("base", head.Now().Nation.Base), locale.S("data", w.Date(head.Last().Date)))}}
	if bi != nil {
		f, first := bi.Now().Nation, bi.Cuts[0].Nation
		out = append(out, key{Value: p.value(bi.Indicator, f.Value), What: w.HTML("home.tre.siti", locale.S("indirizzo", indicatorPath(bi.ID)),
			locale.S("prima", p.value(bi.Indicator, first.Value)), locale.S("quando", w.Month(bi.Series[0].Date))),
			Base: w.T("home.tre.siti_base", locale.N("n", int(f.Num)), locale.N("base", f.Base), locale.S("data", w.Date(bi.Last().Date)))})
	}
	f := p.uses.Now().Nation
	return append(out, key{Value: w.Large(f.Num), What: w.HTML("home.tre.anagrafe", locale.S("indirizzo", indicatorPath(p.uses.ID))),
		Base: w.T("home.tre.anagrafe_base", locale.S("data", w.AtDate(p.uses.Last().Date)), locale.N("base", f.Base))})
}

// findings are what the map and the figures show, in words.
func (p *press) findings() []template.HTML {
	w, now := p.words, p.uses.Now()
	classes := p.Atlas.Schemes[0].Classes
	var out []template.HTML
	if small, large := now.Classes[0], now.Classes[len(classes)-1]; small.Value.OK() && large.Value.N > small.Value.N {
		out = append(out, w.HTML("home.trovato.anagrafe", locale.S("grandi", p.value(p.uses.Indicator, large.Value)), locale.N("n_grandi", large.Of), locale.S("classe_grandi", classes[len(classes)-1].Label),
			locale.S("piccoli", p.value(p.uses.Indicator, small.Value)), locale.N("n_piccoli", small.Of), locale.S("classe_piccoli", classes[0].Label), locale.S("indirizzo", indicatorPath(p.uses.ID))))
	}
	bi := p.Book.Find("siti-bootstrap-italia")
	if bi == nil {
		return out
	}
	models, scores := byValue(bi.Now().Regions), byValue(p.scores.Now().Regions)
	if len(models) == 0 || len(scores) == 0 || p.scores.Now().Regions[models[0]].Value.N >= p.scores.Now().Nation.Value.N {
		return out // nothing is known, or there the model goes with quality
	}
	top, key := models[0], "home.trovato.siti"
	if scores[len(scores)-1] == top {
		key = "home.trovato.siti_ultima"
	}
	return append(out, w.HTML(key, append(w.Region(p.Atlas.Regions[top].Name).Args("regione"), locale.S("inizio", locale.Capital(w.Region(p.Atlas.Regions[top].Name).In)), locale.S("quota", p.value(bi.Indicator, bi.Now().Regions[top].Value)),
		locale.S("punti", p.value(p.scores.Indicator, p.scores.Now().Regions[top].Value)), locale.S("italia", p.value(p.scores.Indicator, p.scores.Now().Nation.Value)), locale.S("indirizzo", indicatorPath(bi.ID)))...))
}
