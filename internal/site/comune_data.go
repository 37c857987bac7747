package site

import (
	"encoding/json"
	"math"

	"github.com/gocarina/gocsv"

	"mappa/internal/atlas"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// openData is exactly what a page shows, for machines.
type openData struct{ json, csv []byte }

// datum is one figure of a Comune: a row of dati.csv, an item of dati.json.
// A missing value is empty and has its reason; it is never 0.
type datum struct {
	Comune    string   `csv:"catasto" json:"-"`
	ISTAT     string   `csv:"istat" json:"-"`
	Indicator string   `csv:"indicatore" json:"indicatore"`
	Title     string   `csv:"titolo" json:"titolo"`
	Date      string   `csv:"data" json:"data"`
	Value     *float64 `csv:"valore" json:"valore"`
	Unit      string   `csv:"unita" json:"unita"`
	Missing   string   `csv:"assenza" json:"assenza,omitempty"`
	State     string   `csv:"stato" json:"stato,omitempty"`
	Source    string   `csv:"fonte" json:"fonte"`
	Licence   string   `csv:"licenza" json:"licenza"`
}

// comuneJSON is dati.json.
type comuneJSON struct {
	Cadastral  string   `json:"catasto"`
	ISTAT      string   `json:"istat"`
	Name       string   `json:"nome"`
	Other      []string `json:"altri_nomi"`
	Unit       string   `json:"unita"`
	Plate      string   `json:"sigla"`
	Region     string   `json:"regione"`
	Rip        string   `json:"ripartizione"`
	Class      string   `json:"classe"`
	Residents  int      `json:"abitanti"`
	CountedAt  string   `json:"abitanti_data"`
	AreaKm2    float64  `json:"superficie_km2"`
	Valid      string   `json:"valido_al"`
	Address    string   `json:"indirizzo"`
	Licence    string   `json:"licenza"`
	Attributed string   `json:"attribuzione"`
	Data       []datum  `json:"dati"`
}

// hectares rounds an area in km² to the hectare, as it is printed.
func hectares(km2 float64) float64 {
	const perKm2 = 100
	return math.Round(km2*perKm2) / perKm2
}

func (p comunePlace) open() openData {
	data := p.data()
	full := comuneJSON{
		Cadastral: p.c.Cadastral, ISTAT: p.c.ISTAT, Name: p.c.Name, Other: []string{}, Unit: p.unit.Name, Plate: p.c.Plate,
		Region: p.reg.Name, Rip: p.Atlas.Ripartizioni[p.c.Rip].Name, Class: p.class.Label, Residents: p.c.Residents,
		CountedAt: p.Atlas.Population.Date.String(), AreaKm2: hectares(p.Maps.AreaKm2[p.i]),
		Valid: p.Atlas.Display.String(), Address: p.Settings.Site.Address + comunePath(p.c), Licence: dataLicence,
		Attributed: p.Settings.Site.Title, Data: data,
	}
	for _, o := range p.c.Other {
		full.Other = append(full.Other, o.Text)
	}
	j, err := json.Marshal(full)
	if err != nil {
		panic(err) // a struct of strings and finite numbers marshals
	}
	c, err := gocsv.MarshalBytes(data)
	if err != nil {
		panic(err) // the same
	}
	return openData{append(j, '\n'), c}
}

// dataLicence of everything the site computes.
const dataLicence = "CC BY 4.0"

// data lists the page's figures: positions with PA digitale, then the other
// indicators at every date.
func (p comunePlace) data() []datum {
	var out []datum
	row := func(id, title string, at atlas.Date, unit, from string) datum {
		s := p.sourceByID[from]
		return datum{Comune: p.c.Cadastral, ISTAT: p.c.ISTAT, Indicator: id, Title: title, Date: at.String(), Unit: unit, Source: s.Title, Licence: s.Licence}
	}
	for k, iv := range p.fund.Interventions {
		pos := p.fund.Positions[p.i][k]
		d := row(p.fund.Source+"/"+iv.ID, iv.Name, iv.List.Date, "euro", p.fund.Source)
		d.State = pos.Stage.String()
		if pos.Stage >= source.Financed {
			v := float64(pos.Amount) / 100
			d.Value = &v
		}
		out = append(out, d)
	}
	for _, e := range p.Book.Entries {
		if e.Source == p.fund.Source {
			continue
		}
		front := p.text(e.ID).Front
		for _, s := range e.Series {
			d := row(e.ID, front.Title, s.Date, front.Unit, e.Source)
			if e.Form == stat.Share {
				d.Unit = p.words.T("valore.si_no_unita")
			}
			if v := s.Values[p.i]; v.OK() {
				d.Value = &v.N
			} else {
				d.Missing = v.Kind.Code()
			}
			out = append(out, d)
		}
	}
	return out
}
