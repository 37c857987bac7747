package site

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"mappa/internal/indicator"
	"mappa/internal/theme"
)

// embedPage is the map to stand in the pages of others: the map, its title, its
// source and date, and the way back, with nothing around. It takes the same
// parameters of the address as the map page.
type embedPage struct {
	theme.Chrome
	Name, Indicator string
	Atlas, First    string
	Script          string
	Ahead           []string // what the script will ask for first
	Map, Legend     template.HTML
	Caption         template.HTML
	Back            string // address of the map page, in full: it opens in a page of its own
}

func (p *press) embedPage() error {
	w, e := p.words, p.opening()
	page := embedPage{Chrome: p.chrome(w.T("mappa.incorpora.pagina"), w.T("mappa.incorpora.descrizione"), embedPath, "mappa"), Name: p.mapTitle(e), Indicator: e.ID,
		Atlas: p.atlas, First: p.first, Script: p.atlasScript, Ahead: p.ahead, Map: p.poster(e), Legend: p.legend(e, e.Last().Values, false), Caption: p.posterCaption(e), Back: mapPath}
	page.NoIndex = true
	return p.page("incorpora", &page, embedPath)
}

// The size of the frame in the code to copy: five to six suits Italy with its
// title and its legend on a phone and on a desk.
const (
	frameWide = 600
	frameHigh = 720
)

// frameCode puts the map into another page. Its size stands in attributes: a
// style would need the leave of the host's policy.
func (p *press) frameCode(e *indicator.Entry) string {
	return fmt.Sprintf(`<iframe src="%s%s?indicatore=%s" title="%s" width="%d" height="%d" loading="lazy"></iframe>`,
		p.Settings.Site.Address, embedPath, e.ID, html.EscapeString(p.mapTitle(e)), frameWide, frameHigh)
}

// hostCode fits the frame's height, for those who like; "" where the theme has no
// script for it.
func (p *press) hostCode() string {
	if p.scriptFile(hostScript) == nil {
		return ""
	}
	return fmt.Sprintf(`<script src="%s%s" defer></script>`, p.Settings.Site.Address, hostPath)
}

// The scripts of the map that a theme may have: the one that draws it, the one
// that brings all else once it is drawn, the one that makes files of a view, and
// the one that runs in the pages of others.
const (
	atlasScript = "mappa.js"
	toolsScript = "attrezzi.js"
	filesScript = "scarichi.js"
	hostScript  = "ospite.js"
)

// scriptPath is the address of a script of the theme, "" where it has none such.
func (p *press) scriptPath(name string) string {
	if f := p.scriptFile(name); f != nil {
		return "/" + f.Path
	}
	return ""
}

// scriptFile is a script of the theme, nil where it has none such.
func (p *press) scriptFile(name string) *theme.File {
	address, err := p.Theme.Asset(name)
	if err != nil {
		return nil
	}
	for _, f := range p.Theme.Files() {
		if strings.HasSuffix(address, "/"+f.Path) {
			return &f
		}
	}
	return nil
}

// embedPages are the map to embed and the script that fits its height. The
// script has an address that is written in the pages of others and so does not
// change with its content.
func (p *press) embedPages() []job {
	jobs := []job{p.embedPage}
	if f := p.scriptFile(hostScript); f != nil {
		p.out.Add(strings.TrimPrefix(hostPath, "/"), f.Data)
	}
	return jobs
}
