package site

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"

	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// comuneRow is a row of an indicator's comuni.csv.
type comuneRow struct {
	Cadastral string   `csv:"catasto"`
	ISTAT     string   `csv:"istat"`
	Name      string   `csv:"comune"`
	Plate     string   `csv:"sigla"`
	Region    string   `csv:"regione"`
	Indicator string   `csv:"indicatore"`
	Date      string   `csv:"data"`
	Value     *float64 `csv:"valore"`
	Missing   string   `csv:"assenza"`
}

// areaRow is a row of an indicator's aree.csv.
type areaRow struct {
	Level     string   `csv:"livello"`
	Code      string   `csv:"codice"`
	Name      string   `csv:"nome"`
	Class     string   `csv:"classe"`
	Indicator string   `csv:"indicatore"`
	Date      string   `csv:"data"`
	Value     *float64 `csv:"valore"`
	Num       *float64 `csv:"numeratore"`
	Den       *float64 `csv:"denominatore"`
	Base      int      `csv:"comuni_con_valore"`
	Of        int      `csv:"comuni"`
}

// downloads are the files for machines: figures, sitemap, robots.
func (p *press) downloads() []job {
	var jobs []job
	for _, e := range p.Book.Entries {
		jobs = append(jobs, func() error { return p.comuniCSV(e) }, func() error { return p.areasCSV(e) })
	}
	return append(jobs, p.listOfComuni, p.matches, p.sitemap)
}

// placeRow is a row of dati/comuni.csv, the list of all Comuni.
type placeRow struct {
	Cadastral string   `csv:"catasto"`
	ISTAT     string   `csv:"istat"`
	Name      string   `csv:"comune"`
	Other     string   `csv:"altri_nomi"`
	Unit      string   `csv:"unita"`
	Plate     string   `csv:"sigla"`
	Region    string   `csv:"regione"`
	Rip       string   `csv:"ripartizione"`
	Class     string   `csv:"classe"`
	Residents int      `csv:"abitanti"`
	CountedAt string   `csv:"abitanti_data"`
	AreaKm2   *float64 `csv:"superficie_km2"`         // as ISTAT publishes it
	DrawnKm2  float64  `csv:"superficie_confini_km2"` // of the boundaries
	Address   string   `csv:"indirizzo"`
}

// areaOf is the area that ISTAT publishes with the residents, nil where it is
// not known.
func areaOf(c atlas.Comune) *float64 {
	if c.AreaKm2 == 0 {
		return nil
	}
	area := math.Round(c.AreaKm2*published) / published
	return &area
}

// published are the decimals with which ISTAT gives an area; the sum of merged
// Comuni has no more.
const published = 1e4

// listOfComuni is the list of all Comuni with the codes that other data join by.
func (p *press) listOfComuni() error {
	rows := make([]placeRow, len(p.Atlas.Comuni))
	for i, c := range p.Atlas.Comuni {
		var other []string
		for _, o := range c.Other {
			other = append(other, o.Text)
		}
		rows[i] = placeRow{c.Cadastral, c.ISTAT, c.Name, strings.Join(other, "; "), p.Atlas.Units[c.Unit].Name, c.Plate, p.Atlas.Regions[c.Region].Name,
			p.Atlas.Ripartizioni[c.Rip].Name, p.Atlas.Schemes[0].Classes[c.Class[0]].Slug, c.Residents, p.Atlas.Population.Date.String(), areaOf(c), hectares(p.Maps.AreaKm2[i]), p.Settings.Site.Address + comunePath(c)}
	}
	return p.csv("/dati/comuni.csv", rows)
}

func (p *press) comuniCSV(e *indicator.Entry) error {
	rows := make([]comuneRow, 0, len(e.Series)*len(p.Atlas.Comuni))
	for _, s := range e.Series {
		for i, v := range s.Values {
			c := p.Atlas.Comuni[i]
			r := comuneRow{c.Cadastral, c.ISTAT, c.Name, c.Plate, p.Atlas.Regions[c.Region].Name, e.ID, s.Date.String(), nil, v.Kind.Code()}
			if v.OK() {
				r.Value = &v.N
			}
			rows = append(rows, r)
		}
	}
	return p.csv(indicatorPath(e.ID)+"comuni.csv", rows)
}

func (p *press) csv(path string, rows any) error {
	data, err := gocsv.MarshalBytes(rows)
	if err != nil {
		return err
	}
	p.out.Add(strings.TrimPrefix(path, "/"), data)
	return nil
}

func (p *press) areasCSV(e *indicator.Entry) error {
	var rows []areaRow
	for t, s := range e.Series {
		cuts := e.Cuts[t]
		add := func(level, code, name, class string, f stat.Figure) {
			r := areaRow{Level: level, Code: code, Name: name, Class: class, Indicator: e.ID, Date: s.Date.String(), Num: &f.Num, Den: &f.Den, Base: f.Base, Of: f.Of}
			if e.Form == stat.Median {
				r.Num, r.Den = nil, nil // a median has neither
			}
			if f.Value.OK() {
				r.Value = &f.Value.N
			}
			rows = append(rows, r)
		}
		classes := p.Atlas.Schemes[0].Classes
		add("nazione", "IT", p.words.T("italia"), "", cuts.Nation)
		for i, x := range p.Atlas.Ripartizioni {
			add("ripartizione", x.Code, x.Name, "", cuts.Rips[i])
			for k, c := range classes {
				add("ripartizione-classe", x.Code, x.Name, c.Slug, cuts.RipClass[i][k])
			}
		}
		for i, x := range p.Atlas.Regions {
			add("regione", x.Code, x.Name, "", cuts.Regions[i])
		}
		for i, x := range p.Atlas.Units {
			add("unita", x.Code, x.Name, "", cuts.Units[i])
		}
		for k, c := range classes {
			add("classe", c.Slug, c.Label, c.Slug, cuts.Classes[k])
		}
	}
	return p.csv(indicatorPath(e.ID)+"aree.csv", rows)
}

// matchRow is a row of the match report: a row of a source that was not matched
// by its plain code alone.
type matchRow struct {
	Source    string `csv:"fonte"`
	File      string `csv:"file"`
	Line      int    `csv:"riga"`
	Found     string `csv:"trovato"`
	Cadastral string `csv:"catasto"`
	Name      string `csv:"comune"`
	How       string `csv:"come"`
	Note      string `csv:"nota"`
}

// matches is the match report of all sources.
func (p *press) matches() error {
	rows := make([]matchRow, len(p.Sources.Matches))
	for i, m := range p.Sources.Matches {
		cadastral, name := m.Unborn.Cadastral, m.Unborn.Name
		if m.Comune >= 0 {
			cadastral, name = p.Atlas.Comuni[m.Comune].Cadastral, p.Atlas.Comuni[m.Comune].Name
		}
		rows[i] = matchRow{m.Source, m.File, m.Line, m.Found, cadastral, name, p.words.T("abbinamenti.come." + m.How.Code()), p.matchNote(m)}
	}
	return p.csv("/fonti/abbinamenti.csv", rows)
}

// matchNote is what there is to say of a match; an exception has the manifest's
// words.
func (p *press) matchNote(m source.Match) string {
	w := p.words
	display := locale.S("data", w.Date(p.Atlas.Display))
	switch m.How {
	case source.ByException:
		return m.Reason
	case source.ByCodeAndName, source.ByIPAAndName:
		return w.T("abbinamenti.nota."+m.How.Code(), locale.S("comune", p.coded(m.Other)))
	case source.ByOtherCode:
		open := "si"
		if m.Bearer.To != atlas.Forever {
			open = "no"
		}
		return w.T("abbinamenti.nota.codice-di-altra-data", locale.S("codice", m.Bearer.ISTAT), locale.S("nome", m.Bearer.Name),
			locale.S("in_uso", open), locale.S("dal", w.SinceDate(m.Bearer.From)), locale.S("al", w.AtDate(m.Bearer.To)))
	case source.ByName:
		return w.T("abbinamenti.nota.nome", locale.S("tipo", aliasCode(m.Alias)), locale.S("comune", p.coded(m.Comune)))
	case source.LeftNotYet:
		var parts []string
		for _, i := range m.Unborn.Of {
			parts = append(parts, p.Atlas.Comuni[i].Name)
		}
		return w.T("abbinamenti.nota.non-ancora", display, locale.S("parti", w.And(parts)))
	}
	return w.T("abbinamenti.nota."+m.How.Code(), display)
}

// coded is a Comune with its ISTAT code, as Roma (058091).
func (p *press) coded(i int) string {
	return p.Atlas.Comuni[i].Name + " (" + p.Atlas.Comuni[i].ISTAT + ")"
}

// aliasCode is a kind of name as languages name it.
func aliasCode(k atlas.AliasKind) string {
	return [...]string{"italiano", "altra-lingua", "bilingue", "passato", "confluito", "variante"}[k]
}

// sitemapURL is an entry of sitemap.xml.
type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists what search engines should read. A date of last change is left
// out: the build cannot know it without the last one.
func (p *press) sitemap() error {
	paths := []string{"/", "/comuni/", "/mappa/", "/indicatori/", "/regioni/", "/province/", "/ripartizioni/", "/classi/", "/rapporti/"}
	paths = append(paths, p.agendaPaths()...)
	for _, d := range p.Content.Pages {
		paths = append(paths, pagePath(d.Slug))
	}
	for _, r := range p.Content.Reports {
		for _, d := range r.Documents() {
			paths = append(paths, chapterPath(r.Year, d.Slug))
		}
	}
	for _, e := range p.Book.Entries {
		paths = append(paths, indicatorPath(e.ID))
	}
	for _, x := range p.Atlas.Regions {
		paths = append(paths, regionPath(x))
	}
	for _, x := range p.Atlas.Units {
		paths = append(paths, unitPath(x))
	}
	for _, x := range p.Atlas.Ripartizioni {
		paths = append(paths, ripPath(x))
	}
	for _, x := range p.Atlas.Schemes[0].Classes {
		paths = append(paths, classPath(x))
	}
	for _, x := range p.Atlas.Comuni {
		paths = append(paths, comunePath(x))
	}
	set := struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{NS: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, path := range paths {
		set.URLs = append(set.URLs, sitemapURL{Loc: p.Settings.Site.Address + path})
	}
	data, err := xml.Marshal(set)
	if err != nil {
		return err
	}
	p.out.Add("sitemap.xml", append([]byte(xml.Header), append(data, '\n')...))
	p.out.Add("robots.txt", []byte("User-agent: *\nAllow: /\nSitemap: "+p.Settings.Site.Address+"/sitemap.xml\n"))
	return nil
}

func reportPath(year int) string { return "/rapporti/" + strconv.Itoa(year) + "/" }

func chapterPath(year int, slug string) string {
	if slug == "" {
		return reportPath(year)
	}
	return reportPath(year) + slug + "/"
}

func pagePath(slug string) string { return "/" + slug + "/" }
