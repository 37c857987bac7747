package site

import (
	"html"
	"html/template"
	"slices"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/locale"
	"mappa/internal/theme"
)

// formerPage is the page of what is no longer, or may be several things: a
// suppressed Comune, a name or a code that more than one Comune has borne.
type formerPage struct {
	theme.Chrome
	Name    string
	About   []template.HTML
	Lead    template.HTML
	GoTitle string
	Go      []linkItem
	Margin  []note
}

// redirects are the short links, the pages of suppressed Comuni and the choice
// pages.
func (p *press) redirects() []job {
	var jobs []job
	for _, e := range p.Atlas.Ended {
		jobs = append(jobs, func() error { return p.ended(e) })
	}
	for _, c := range p.Atlas.Choices() {
		jobs = append(jobs, func() error { return p.choice(c) })
	}
	jobs = append(jobs, p.cadastral)
	codes := p.Atlas.Codes()
	for from := 0; from < len(codes); from += group {
		jobs = append(jobs, func() error {
			for _, code := range codes[from:min(from+group, len(codes))] {
				if err := p.code(code); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return jobs
}

// ended says what became of a suppressed Comune.
func (p *press) ended(e atlas.Ended) error {
	w := p.words
	path := endedPath(e)
	page := formerPage{Chrome: p.chrome(e.Name+" ("+w.T("az.cessato", locale.S("anno", strconv.Itoa(e.Until.Year())))+")", w.T("cessato.descrizione", locale.S("nome", e.Name)), path, "comuni", theme.Link{Text: w.T("menu.comuni"), URL: "/comuni/"}), Name: e.Name}
	page.About = []template.HTML{w.HTML("comune.istat", locale.S("codice", e.ISTAT)), w.HTML("comune.catasto", locale.S("codice", e.Cadastral))}
	args := append(w.Comune(e.Name).Args("comune"), locale.S("come", string(e.How)), locale.S("data", w.SinceDate(e.Until)),
		locale.S("da", w.SinceDate(e.UntilFrom)), locale.S("a", w.AtDate(e.Until)))
	key := "cessato.certo"
	switch {
	case len(e.Successors) == 0:
		key = "cessato.ignoto"
	case !e.Certain:
		key = "cessato.forse"
	case e.UntilFrom != e.Until:
		key = "cessato.intervallo"
	case len(e.Successors) == 1 && p.Atlas.Comuni[e.Successors[0]].Name == e.Name:
		key = "cessato.stesso_nome"
	}
	var names []string
	for _, i := range e.Successors {
		c := p.Atlas.Comuni[i]
		names = append(names, c.Name)
		page.Go = append(page.Go, linkItem{Text: c.Name, URL: comunePath(c), Note: c.Plate})
	}
	page.Lead = w.HTML(key, append(args, locale.S("successore", w.And(names)))...)
	page.GoTitle = w.T("cessato.oggi")
	page.Margin = []note{{w.T("comune.fonte"), esc(e.Source)}}
	return p.page("cessato", &page, path)
}

// choice lets a reader choose between places of one name.
func (p *press) choice(c atlas.Choice) error {
	page := p.choicePage(c.Name, choicePath(c))
	page.Lead = p.words.HTML("scelta.nome", locale.N("n", len(c.Comuni)+len(c.Ended)), locale.N("cessati", len(c.Ended)), locale.S("nome", c.Name))
	for _, i := range c.Comuni {
		page.Go = append(page.Go, p.livingItem(i))
	}
	for _, i := range c.Ended {
		page.Go = append(page.Go, p.endedItem(i))
	}
	return p.page("cessato", &page, choicePath(c))
}

func (p *press) choicePage(name, path string) formerPage {
	w := p.words
	page := formerPage{Chrome: p.chrome(name, w.T("scelta.descrizione", locale.S("nome", name)), path, "comuni", theme.Link{Text: w.T("menu.comuni"), URL: "/comuni/"}),
		Name: name, GoTitle: w.T("scelta.quale")}
	page.NoIndex = true
	return page
}

func (p *press) livingItem(i int) linkItem {
	c := p.Atlas.Comuni[i]
	return linkItem{Text: c.Name, URL: comunePath(c), Note: c.Plate + ", " + p.Atlas.Regions[c.Region].Name}
}

func (p *press) endedItem(i int) linkItem {
	e := p.Atlas.Ended[i]
	return linkItem{Text: e.Name, URL: endedPath(e), Note: p.words.T("az.cessato", locale.S("anno", strconv.Itoa(e.Until.Year())))}
}

// cadastral writes the short links by cadastral code, which is for ever one
// place's.
func (p *press) cadastral() error {
	for _, c := range p.Atlas.Comuni {
		p.stub(c.Cadastral, c.Name, comunePath(c))
	}
	for _, e := range p.Atlas.Ended {
		p.stub(e.Cadastral, e.Name, endedPath(e))
	}
	return nil
}

// code writes the short link of an ISTAT code: it leads on where every Comune
// that has borne the code is, or became, the same one; else it asks which.
func (p *press) code(code string) error {
	w := p.words
	var items []linkItem
	seen := map[string]bool{}
	add := func(it linkItem, b atlas.Bearer) {
		if seen[it.URL+b.Name] {
			return
		}
		seen[it.URL+b.Name] = true
		it.Note = w.T("scelta.dal_al", locale.S("nome", b.Name), locale.S("dal", strconv.Itoa(b.From.Year())), locale.S("al", strconv.Itoa(min(b.To, p.Atlas.Display).Year())), locale.S("oggi", it.Note))
		items = append(items, it)
	}
	targets := map[string]bool{}
	for _, b := range p.Atlas.CodeBearers(code) {
		it, ok := p.bearerItem(b)
		if ok {
			targets[it.URL] = true
			add(it, b)
			continue
		}
		for _, i := range b.Candidates {
			targets[comunePath(p.Atlas.Comuni[i])+"?"] = true // a guess never leads on by itself
			add(p.livingItem(i), b)
		}
	}
	switch {
	case len(items) == 0:
		return nil
	case len(targets) == 1 && !hasGuess(targets):
		p.stub(code, items[0].Text, items[0].URL)
		return nil
	}
	page := p.choicePage(w.T("scelta.titolo_codice", locale.S("codice", code)), shortPath(code))
	page.Lead = w.HTML("scelta.codice", locale.S("codice", code))
	if bearers := p.Atlas.CodeBearers(code); !slices.ContainsFunc(bearers, func(b atlas.Bearer) bool { return b.Name != bearers[0].Name }) {
		page.Lead = w.HTML("scelta.codice_forse", append(w.Comune(bearers[0].Name).Args("comune"), locale.S("codice", code))...)
	}
	page.Go = items
	return p.page("cessato", &page, shortPath(code))
}

func hasGuess(targets map[string]bool) bool {
	for t := range targets {
		if t[len(t)-1] == '?' {
			return true
		}
	}
	return false
}

// bearerItem is where a bearer of a code is to be found now, when that is
// certain.
func (p *press) bearerItem(b atlas.Bearer) (linkItem, bool) {
	if !b.Living {
		if i, ok := p.Atlas.EndedByCadastral(b.Cadastral); ok {
			return p.endedItem(i), true
		}
	}
	if b.Comune >= 0 {
		return p.livingItem(b.Comune), true
	}
	return linkItem{}, false
}

// stub is the small page of a short link: it leads on at once, and by a link
// where it may not. It names the theme's icon because a browser that finds none
// asks for /favicon.ico.
func (p *press) stub(code, name, to string) {
	n, origin := html.EscapeString(name), p.Settings.Site.Address
	p.out.Add(file(shortPath(code)), []byte(`<!doctype html><html lang="`+p.words.Code+`"><head><meta charset="utf-8"><title>`+n+`</title><meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url=`+to+
		`"><link rel="canonical" href="`+origin+to+`"><link rel="icon" href="`+p.favicon+`" type="image/svg+xml"></head><body><h1><a href="`+to+`">`+n+"</a></h1></body></html>\n"))
}
