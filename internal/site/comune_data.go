package site

import (
	"math"
	"slices"

	"github.com/gocarina/gocsv"

	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// openData is exactly what a page shows, for machines.
type openData struct {
	json, csv []byte
	answers   []byte // risposte.csv, nil of a Comune that shows none
}

// What a figure is of its place, beside the forms of package stat.
const (
	lowerQuartile = "primo_quartile"
	upperQuartile = "terzo_quartile"
	least         = "minimo"
	most          = "massimo"
)

// dataHead is the first row of dati.csv.
const dataHead = "catasto,livello,codice,classe,luogo,indicatore,titolo,data,statistica,valore,unita,base,su,assenza,stato,stato_dal,fonte\n"

// comuneJSON is dati.json before its figures.
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
	AreaKm2    *float64 `json:"superficie_km2"`         // as ISTAT publishes it
	DrawnKm2   float64  `json:"superficie_confini_km2"` // of the boundaries
	Site       string   `json:"sito,omitempty"`
	Valid      string   `json:"valido_al"`
	Address    string   `json:"indirizzo"`
	Licence    string   `json:"licenza"`
	Attributed string   `json:"attribuzione"`

	Answers []answerFile `json:"risposte,omitempty"`
	Remarks []remarkFile `json:"note_del_comune,omitempty"`
}

// hectares rounds an area in km² to the hectare, as it is printed.
func hectares(km2 float64) float64 {
	const perKm2 = 100
	return math.Round(km2*perKm2) / perKm2
}

// dataLicence of everything the site computes.
const dataLicence = "CC BY 4.0"

// open writes the page's figures, in the order of the page.
func (p comunePlace) open() (openData, error) {
	head := comuneJSON{
		Cadastral: p.c.Cadastral, ISTAT: p.c.ISTAT, Name: p.c.Name, Other: []string{}, Unit: p.unit.Name, Plate: p.c.Plate,
		Region: p.reg.Name, Rip: p.Atlas.Ripartizioni[p.c.Rip].Name, Class: p.class.Label, Residents: p.c.Residents,
		CountedAt: p.Atlas.Population.Date.String(), AreaKm2: areaOf(p.c), DrawnKm2: hectares(p.Maps.AreaKm2[p.i]), Site: p.address(),
		Valid: p.Atlas.Display.String(), Address: p.Settings.Site.Address + comunePath(p.c), Licence: dataLicence,
		Attributed: p.Settings.Site.Title, Answers: p.answerRows(), Remarks: p.remarkRows(),
	}
	for _, o := range p.c.Other {
		head.Other = append(head.Other, o.Text)
	}
	d := dossier{p, &p.common.places, &p.common.topics, begin(head)}
	d.people()
	d.projects()
	d.crawls()
	d.counts()
	out := d.files.end()
	if head.Answers == nil {
		return out, nil
	}
	var err error
	out.answers, err = gocsv.MarshalBytes(head.Answers)
	return out, err
}

// dossier is the figures of a page in the making. What the sections of the page
// print, in words, tables and pictures, is gathered here once more by name; the
// tests hold the two against each other.
type dossier struct {
	comunePlace
	places *places
	topics *topics
	files  *twoFiles
}

// of files a value of Comune i.
func (d *dossier) of(t *topic, i int, v stat.Value, at atlas.Date) {
	d.files.add(t, &d.places.comuni[i], datum{date: at, value: v})
}

// area files the figure of an area.
func (d *dossier) area(t *topic, in *where, at atlas.Date, form stat.Form, f stat.Figure) {
	d.files.add(t, in, datum{date: at, statistic: string(form), value: f.Value, base: f.Base, of: f.Of})
}

// spreadOf files how the Comuni of an area are spread.
func (d *dossier) spreadOf(t *topic, in *where, at atlas.Date, f stat.Figure, statistics []string, values []float64) {
	for n, name := range statistics {
		d.files.add(t, in, datum{date: at, statistic: name, value: stat.Of(values[n]), base: f.Base, of: f.Of})
	}
}

// The areas around the place.

func (d *dossier) inClass() *where  { return &d.places.classes[d.c.Class[0]] }
func (d *dossier) inRegion() *where { return &d.places.regions[d.c.Region] }
func (d *dossier) inRegionClass() *where {
	return &d.places.regionClass[d.c.Region][d.c.Class[0]]
}

// inAround is whom the place is first held against.
func (d *dossier) inAround() *where {
	if d.around.region {
		return d.inRegionClass()
	}
	return d.inClass()
}

// people is the residents beside those of the peers, and the neighbours.
func (d *dossier) people() {
	residents := func(i int) {
		d.of(d.topics.residents, i, stat.Of(float64(d.Atlas.Comuni[i].Residents)), d.Atlas.Population.Date)
	}
	residents(d.i)
	for _, i := range d.peers[d.i] {
		residents(i)
	}
	d.of(d.topics.neighbours, d.i, stat.Of(float64(len(d.Maps.Neighbours[d.i]))), d.Atlas.Boundaries.Date)
}

// projects is what the lists say of the place, its class and its region; of the
// two freshest interventions also of its peers.
func (d *dossier) projects() {
	for n, iv := range d.fund.Interventions {
		t, at, pos := d.topics.funds[n], iv.List.Date, d.fund.Positions[d.i][n]
		fresh := slices.Contains(twoFreshest[:], iv.ID)
		own := func(t *topic, v stat.Value, stage source.Stage, since atlas.Date) {
			d.files.add(t, &d.places.comuni[d.i], datum{date: at, value: v, stage: stage.String(), since: since})
		}
		around := func(t *topic, e *indicator.Entry) {
			d.area(t, d.inClass(), at, e.Form, e.Now().Classes[d.c.Class[0]])
			d.area(t, d.inRegion(), at, e.Form, e.Now().Regions[d.c.Region])
		}
		own(t.financed, yesNo(pos.Stage >= source.Financed), pos.Stage, pos.Since)
		if e := t.financedEntry; e != nil {
			around(t.financed, e)
		}
		if fresh {
			for _, j := range d.peers[d.i] {
				stage := d.fund.Positions[j][n].Stage
				d.files.add(t.financed, &d.places.comuni[j], datum{date: at, value: yesNo(stage >= source.Financed), stage: stage.String()})
			}
		}
		if e := t.paidEntry; e != nil {
			own(t.paid, yesNo(pos.Stage == source.Paid), pos.Stage, pos.Since)
			around(t.paid, e)
			if fresh && d.around.region {
				d.area(t.paid, d.inRegionClass(), at, e.Form, d.around.figure(e.Now()))
			}
			d.peersOf(t.paid)
		}
		if pos.Stage >= source.Financed {
			own(t.amount, stat.Of(float64(pos.Amount)/100), pos.Stage, pos.Since)
		}
		for _, r := range pos.Renounced {
			own(t.renounced, stat.Of(float64(r.Amount)/100), source.Renounced, r.Status)
		}
	}
	open := 0
	for _, c := range d.fund.Calls {
		if c.Intervention >= 0 && c.Open(d.Atlas.Display) {
			open++
		}
	}
	d.files.add(d.topics.calls, &d.places.nation, datum{date: d.fund.CallsFile.Date, value: stat.Of(float64(open))})
}

// peersOf files the figure of the peers where the agenda names it.
func (d *dossier) peersOf(t *topic) {
	for _, x := range d.apart {
		if x.topic == t {
			peers := whereOf{Level: "simili", Code: d.c.Cadastral, Place: d.words.T("dati.simili", d.known...)}.ready()
			d.area(t, &peers, x.entry.Last().Date, x.entry.Form, x.figure)
		}
	}
}

// yesNo is a yes or no as a value of a Comune.
func yesNo(yes bool) stat.Value {
	if yes {
		return stat.Of(1)
	}
	return stat.Of(0)
}

// crawls is every measure of the site at every crawl, with its class; of the
// points also the middle half of the class and the peers.
func (d *dossier) crawls() {
	k := d.c.Class[0]
	for n, e := range d.topics.crawled {
		topic, points := d.topics.crawls[n], e == d.scores
		for t, s := range e.Series {
			d.of(topic, d.i, s.Values[d.i], s.Date)
			f := e.Cuts[t].Classes[k]
			if t == len(e.Series)-1 || points && f.Base > 0 {
				d.area(topic, d.inClass(), s.Date, e.Form, f)
			}
			if points && f.Base > 0 {
				d.spreadOf(topic, d.inClass(), s.Date, f, []string{lowerQuartile, upperQuartile}, d.quartiles[k][t][:])
			}
		}
		if points {
			for _, j := range d.peers[d.i] {
				d.of(topic, j, e.Last().Values[j], e.Last().Date)
			}
			d.peersOf(topic)
		}
	}
}

// counts is the use of the online register: the place, the areas around it, how
// the Comuni that it is first held against are spread, the single services.
func (d *dossier) counts() {
	t, e, now, last, k := d.topics.uses, d.uses, d.uses.Now(), d.uses.Last(), d.c.Class[0]
	area := func(in *where, f stat.Figure) { d.area(t, in, last.Date, e.Form, f) }
	d.of(t, d.i, last.Values[d.i], last.Date)
	area(d.inRegionClass(), now.RegionClass[d.c.Region][k])
	area(d.inClass(), now.Classes[k])
	if d.unit.Name != d.reg.Name {
		area(&d.places.units[d.c.Unit], now.Units[d.c.Unit])
	}
	area(d.inRegion(), now.Regions[d.c.Region])
	area(&d.places.nation, now.Nation)
	if sorted := d.around.uses; len(sorted) > 0 {
		d.spreadOf(t, d.inAround(), last.Date, d.around.figure(now), []string{least, string(stat.Median), most},
			[]float64{sorted[0], indicator.Quantile(sorted, 0.5), sorted[len(sorted)-1]})
	}
	for _, j := range d.peers[d.i] {
		d.of(t, j, last.Values[j], last.Date)
	}
	d.peersOf(t)
	if !last.Values[d.i].OK() {
		return
	}
	for n, v := range d.services {
		own := v.Values[d.i]
		if !own.OK() {
			continue
		}
		t := d.topics.services[n]
		d.of(t.rate, d.i, stat.Of(own.N/float64(max(d.c.Residents, 1))*e.Per), last.Date)
		d.area(t.rate, d.inClass(), last.Date, stat.Rate, d.rates[k][n])
		d.of(t.number, d.i, own, last.Date)
	}
}
