package site

import (
	"encoding/json"
	"fmt"
	"strings"

	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// catalogue is what the script of the interactive map knows before it fetches
// figures: the places, the indicators with the addresses of their columns, and
// every sentence it says. componenti/atlante/tipi.ts has the same.
type catalogue struct {
	Order      string                  `json:"ordine"`
	N          int                     `json:"n"`
	Lang       string                  `json:"lingua"`
	Tools      string                  `json:"attrezzi"`
	Cells      string                  `json:"celle"`
	Country    string                  `json:"paese"`
	Names      string                  `json:"nomi"`
	Regions    []mapRegion             `json:"regioni"`
	Units      []mapUnit               `json:"unita"`
	Classes    []mapClass              `json:"classi"`
	Class      string                  `json:"classe"`
	Kinds      []mapKind               `json:"tipi"`
	Groups     []mapGroup              `json:"gruppi"`
	Indicators map[string]mapIndicator `json:"indicatori"`
	Words      map[string]string       `json:"parole"`
}

type mapRegion struct {
	ID   string `json:"id"`
	Name string `json:"nome"`
	URL  string `json:"url"`
	Pack string `json:"pacco"`
}

// mapUnit is a run of N Comuni from From on, in map order.
type mapUnit struct {
	ID     string `json:"id"`
	Name   string `json:"nome"`
	URL    string `json:"url"`
	Plate  string `json:"sigla"`
	Region int    `json:"regione"`
	From   int    `json:"da"`
	N      int    `json:"n"`
}

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
	Title        string      `json:"titolo"`
	Unit         string      `json:"unita"`
	Form         stat.Form   `json:"forma"`
	Decimals     int         `json:"decimali"`
	DecimalsFrom int         `json:"decimaliDa,omitempty"` // base below which there are none
	Breaks       []float64   `json:"soglie"`
	LessIsBetter bool        `json:"meno,omitempty"`
	Demo         bool        `json:"dimostrativo,omitempty"`
	Source       string      `json:"fonte"`
	URL          string      `json:"url"`
	Levels       []string    `json:"livelli"`
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
	c := catalogue{Order: p.order.hash.String(), N: len(p.order.comuni), Lang: w.Code, Tools: p.scriptPath(toolsScript), Cells: p.scriptPath(cellsScript), Country: files.country, Names: p.frame.SearchIndex,
		Kinds: []mapKind{{}}, Indicators: map[string]mapIndicator{}, Words: map[string]string{}}
	for r, region := range p.Atlas.Regions {
		c.Regions = append(c.Regions, mapRegion{region.Slug, region.Name, regionPath(region), files.regions[r]})
	}
	from := 0
	for _, u := range p.order.units {
		unit := p.Atlas.Units[u]
		c.Units = append(c.Units, mapUnit{unit.Slug, unit.Name, unitPath(unit), unit.Plate, unit.Region, from, len(unit.Comuni)})
		from += len(unit.Comuni)
	}
	for _, class := range p.Atlas.Schemes[0].Classes {
		c.Classes = append(c.Classes, mapClass{class.Slug, class.Label})
	}
	c.Class = p.classDigits()
	for _, k := range stat.Kinds() {
		c.Kinds = append(c.Kinds, mapKind{k.Code(), w.Missing(k).Full})
	}
	for _, e := range p.Book.Entries {
		c.add(w.T("tema."+e.Theme), e.ID, p.mapIndicator(e, files.columns[e.ID]))
	}
	if s, ok := p.inquiry(); ok {
		for _, q := range s.mapped() {
			c.add(s.mapGroup(q), q.ID, s.mapAnswer(q, files.columns[q.ID]))
		}
	}
	for _, key := range w.Keys() {
		if name, ok := strings.CutPrefix(key, wordsOfMap); ok {
			c.Words[name] = w.Source(key)
		}
	}
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and finite numbers marshal
	}
	return theme.Hashed("mappa.json", data)
}

// add puts an indicator under the heading of its group, which is the last one
// or a new one.
func (c *catalogue) add(group, id string, i mapIndicator) {
	if k := len(c.Groups) - 1; k < 0 || c.Groups[k].Name != group {
		c.Groups = append(c.Groups, mapGroup{Name: group})
	}
	last := &c.Groups[len(c.Groups)-1]
	last.IDs = append(last.IDs, id)
	c.Indicators[id] = i
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
		LessIsBetter: e.LessIsBetter, Demo: e.Demo, Source: string(p.credit(e.Source)), URL: indicatorPath(e.ID), Levels: []string{"regioni", "province", "comuni"}}
	if e.Form == stat.Share {
		out.Yes, out.No = w.T("valore.si_no", locale.N("n", 1)), w.T("valore.si_no", locale.N("n", 0))
	}
	for t, s := range e.Series {
		out.Series = append(out.Series, mapSeries{s.Date.String(), w.Date(s.Date), columns[t]})
	}
	return out
}

// mapped are the questions with a figure that a map can show.
func (s *inquiry) mapped() (out []*asked) {
	for i := range s.book.Questions {
		if q, ok := s.asked(i); ok && q.onMap() {
			out = append(out, q)
		}
	}
	return out
}

// mapAnswer is the focus of a question as an indicator of the regions.
func (s *inquiry) mapAnswer(q *asked, columns []string) mapIndicator {
	return mapIndicator{Title: s.words.T("mappa.domanda", locale.S("domanda", s.mapName(q)), locale.S("cosa", s.focusName(q))), Form: stat.Share, Decimals: surveyDecimals,
		DecimalsFrom: s.published.Policy.Decimal, Breaks: surveyBreaks(), Demo: s.edition.Demo(), Source: s.book.Title,
		URL: indicatorPath(q.ID), Levels: []string{"regioni"}, Series: []mapSeries{{s.book.To.String(), s.words.Date(s.book.To), columns[0]}}}
}
