package site

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// catalogue is what the script of the interactive map knows before it fetches
// figures: the places, the indicators with the addresses of their columns, and
// every sentence it says. componenti/atlante/tipi.ts has the same. The page of a
// place or an indicator follows from its id.
type catalogue struct {
	Order      string                  `json:"ordine"`
	N          int                     `json:"n"`
	Lang       string                  `json:"lingua"`
	Tools      string                  `json:"attrezzi"`
	Downloads  string                  `json:"scarichi"`
	Country    string                  `json:"paese"`
	Cells      string                  `json:"celle"`
	Names      string                  `json:"nomi"`
	Regions    []mapRegion             `json:"regioni"`
	Units      []mapUnit               `json:"unita"`
	Classes    []mapClass              `json:"classi"`
	Class      string                  `json:"classe"`
	Kinds      []mapKind               `json:"tipi"`
	Groups     []mapGroup              `json:"gruppi"`
	Indicators map[string]mapIndicator `json:"indicatori"`
	Survey     *mapIndicator           `json:"indagine,omitempty"` // what all questions have; the address of their files with * for the id
	Questions  map[string]string       `json:"domande,omitempty"`  // titles
	Words      map[string]string       `json:"parole"`
}

// opened is what the script has to know for the first map of the page, and stands
// in the page itself: the catalogue comes when the map is drawn, or first of all
// where the address asks for something else.
type opened struct {
	Order     string       `json:"ordine"`
	N         int          `json:"n"`
	Tools     string       `json:"attrezzi"`
	Country   string       `json:"paese"`
	Regions   int          `json:"regioni"`
	Classes   int          `json:"classi"`
	Units     []int        `json:"unita"` // region and number of Comuni of each
	Indicator mapIndicator `json:"indicatore"`
}

type mapRegion struct {
	ID   string `json:"id"`
	Name string `json:"nome"`
	Pack string `json:"pacco"`
}

// mapUnit is the next N Comuni in map order. Its id is written where it does not follow
// from the name (evident).
type mapUnit struct {
	ID     string `json:"id,omitempty"`
	Name   string `json:"nome"`
	Plate  string `json:"sigla"`
	Region int    `json:"regione"`
	N      int    `json:"n"`
}

var notASCII = regexp.MustCompile(`\W+`)

// evident is the id that the map's script gives a unit without one.
func evident(name string) string { return notASCII.ReplaceAllString(strings.ToLower(name), "-") }

type mapClass struct {
	ID   string `json:"id"`
	Name string `json:"nome"`
}

type mapKind struct {
	Code string `json:"codice"`
	Name string `json:"nome"`
}

// mapGroup is indicators under one heading of the choice.
type mapGroup struct {
	Name string   `json:"nome"`
	IDs  []string `json:"indicatori"`
}

type mapIndicator struct {
	Title        string      `json:"titolo,omitempty"`
	Unit         string      `json:"unita"`
	Form         stat.Form   `json:"forma"`
	Decimals     int         `json:"decimali"`
	DecimalsFrom int         `json:"decimaliDa,omitempty"` // base below which there are none
	Breaks       []float64   `json:"soglie"`
	Demo         bool        `json:"dimostrativo,omitempty"`
	Source       string      `json:"fonte"`
	Levels       []string    `json:"livelli"`
	Classes      []mapClass  `json:"classi,omitempty"` // by which its areas are cut, where they are others
	Yes          string      `json:"si,omitempty"`
	No           string      `json:"no,omitempty"`
	Series       []mapSeries `json:"serie"`
}

type mapSeries struct {
	Date   string `json:"data"`
	Said   string `json:"detta"`
	Column string `json:"colonna"`
}

// wordsOfMap is the beginning of the keys of what the map's script says; all of
// them go into the catalogue.
const wordsOfMap = "atlante."

// catalogue is the file behind the interactive map; everything else that its
// script fetches is named in it. It is written once the packs and columns are.
func (p *press) catalogue(files mapFiles) theme.File {
	w := p.words
	c := catalogue{Order: p.order.hash.String(), N: len(p.order.comuni), Lang: w.Code, Tools: p.scriptPath(toolsScript), Downloads: p.scriptPath(filesScript), Country: files.country, Cells: files.cells, Names: p.frame.SearchIndex,
		Kinds: []mapKind{{}}, Indicators: map[string]mapIndicator{}, Words: map[string]string{}}
	for r, region := range p.Atlas.Regions {
		c.Regions = append(c.Regions, mapRegion{region.Slug, region.Name, files.regions[r]})
	}
	for _, u := range p.order.units {
		unit := p.Atlas.Units[u]
		u := mapUnit{unit.Slug, unit.Name, unit.Plate, unit.Region, len(unit.Comuni)}
		if u.ID == evident(u.Name) {
			u.ID = ""
		}
		c.Units = append(c.Units, u)
	}
	for _, class := range p.Atlas.Schemes[0].Classes {
		c.Classes = append(c.Classes, mapClass{class.Slug, class.Label})
	}
	c.Class = p.classDigits()
	for _, k := range stat.Kinds() {
		c.Kinds = append(c.Kinds, mapKind{k.Code(), w.Missing(k).Full})
	}
	for _, e := range p.Book.Entries {
		c.list(w.T("tema."+e.Theme), e.ID)
		c.Indicators[e.ID] = p.mapIndicator(e, files.columns[e.ID])
	}
	if s, ok := p.inquiry(); ok {
		survey := s.mapSurvey(files.questions)
		c.Survey, c.Questions = &survey, map[string]string{}
		for _, q := range s.mapped() {
			c.list(s.mapGroup(q), q.ID)
			c.Questions[q.ID] = q.Title
		}
	}
	for _, key := range w.Keys() {
		if name, ok := strings.CutPrefix(key, wordsOfMap); ok {
			c.Words[name] = w.Source(key)
		}
	}
	return theme.Hashed("mappa.json", marshal(c))
}

// opened is what the first map needs of the catalogue.
func (p *press) opened(files mapFiles) string {
	e := p.opening()
	o := opened{Order: p.order.hash.String(), N: len(p.order.comuni), Tools: p.scriptPath(toolsScript), Country: files.country,
		Regions: len(p.Atlas.Regions), Classes: len(p.Atlas.Schemes[0].Classes), Indicator: p.mapIndicator(e, files.columns[e.ID]).wordless()}
	for _, u := range p.order.units {
		unit := p.Atlas.Units[u]
		o.Units = append(o.Units, unit.Region, len(unit.Comuni))
	}
	return string(marshal(o))
}

// wordless is what a map is drawn from: the newest date, and nothing that is said of it.
func (m mapIndicator) wordless() mapIndicator {
	last := m.Series[len(m.Series)-1]
	return mapIndicator{Form: m.Form, Decimals: m.Decimals, DecimalsFrom: m.DecimalsFrom, Breaks: m.Breaks, Levels: m.Levels, Series: []mapSeries{{Date: last.Date, Column: last.Column}}}
}

// marshal writes strings and finite numbers, which cannot fail.
func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// list puts an indicator under the heading of its group, which is the last one
// or a new one.
func (c *catalogue) list(group, id string) {
	if k := len(c.Groups) - 1; k < 0 || c.Groups[k].Name != group {
		c.Groups = append(c.Groups, mapGroup{Name: group})
	}
	last := &c.Groups[len(c.Groups)-1]
	last.IDs = append(last.IDs, id)
}

// classDigits is the size class of each Comune, a digit each; a dash where its
// residents are not known.
func (p *press) classDigits() string {
	var b strings.Builder
	for _, i := range p.order.comuni {
		if k := p.Atlas.Comuni[i].Class[0]; k >= 0 {
			fmt.Fprint(&b, k)
		} else {
			b.WriteByte('-')
		}
	}
	return b.String()
}

func (p *press) mapIndicator(e *indicator.Entry, columns []string) mapIndicator {
	w := p.words
	out := mapIndicator{Title: p.text(e.ID).Front.Title, Unit: p.unitOf(e), Form: e.Form, Decimals: e.Decimals, Breaks: e.Breaks,
		Demo: e.Demo, Source: string(p.credit(e.Source)), Levels: []string{"regioni", "province", "comuni"}}
	if e.Form == stat.Share {
		out.Yes, out.No = w.T("valore.si_no", locale.N("n", 1)), w.T("valore.si_no", locale.N("n", 0))
	}
	for t, s := range e.Series {
		out.Series = append(out.Series, mapSeries{s.Date.String(), w.Date(s.Date), columns[t]})
	}
	return out
}
