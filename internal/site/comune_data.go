package site

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// openData is exactly what a page shows, for machines.
type openData struct{ json, csv []byte }

// dataset is the figures of a page that go by one id: the id of the indicator's
// own page and files, or that of an intervention or service with what is
// counted of it (send-importo, anpr-visure-numero).
type dataset struct {
	ID      string  `json:"indicatore"`
	Title   string  `json:"titolo"`
	Unit    string  `json:"unita"`
	OwnUnit string  `json:"unita_comuni,omitempty"` // of Comuni, where it is another: of a share they have 1 or 0
	Source  string  `json:"fonte"`
	Licence string  `json:"licenza"`
	Values  []datum `json:"valori"`
}

// datum is one figure: a row of dati.csv, an item of dati.json. Level and code
// are named as in an indicator's aree.csv. A missing value is
// empty and has its reason; it is never 0.
type datum struct {
	Level     string     `json:"livello"`
	Code      string     `json:"codice"`
	Class     string     `json:"classe,omitempty"`
	Place     string     `json:"luogo"`
	Date      atlas.Date `json:"-"`
	On        string     `json:"data"`
	Statistic string     `json:"statistica,omitempty"` // "" of a Comune: its value
	Value     *float64   `json:"valore"`
	Unit      string     `json:"-"` // see dataset
	Base      int        `json:"base,omitempty"`
	Of        int        `json:"su,omitempty"`
	Missing   string     `json:"assenza,omitempty"`
	Stage     string     `json:"stato,omitempty"`
	Since     string     `json:"stato_dal,omitempty"`
}

// What a figure is of its place, beside the forms of package stat.
const (
	lowerQuartile = "primo_quartile"
	upperQuartile = "terzo_quartile"
	least         = "minimo"
	most          = "massimo"
)

// dataHead is the first row of dati.csv.
var dataHead = [...]string{"catasto", "livello", "codice", "classe", "luogo", "indicatore", "titolo", "data", "statistica", "valore", "unita",
	"base", "su", "assenza", "stato", "stato_dal", "fonte"}

// comuneJSON is dati.json.
type comuneJSON struct {
	Cadastral  string    `json:"catasto"`
	ISTAT      string    `json:"istat"`
	Name       string    `json:"nome"`
	Other      []string  `json:"altri_nomi"`
	Unit       string    `json:"unita"`
	Plate      string    `json:"sigla"`
	Region     string    `json:"regione"`
	Rip        string    `json:"ripartizione"`
	Class      string    `json:"classe"`
	Residents  int       `json:"abitanti"`
	CountedAt  string    `json:"abitanti_data"`
	AreaKm2    *float64  `json:"superficie_km2"`         // as ISTAT publishes it
	DrawnKm2   float64   `json:"superficie_confini_km2"` // of the boundaries
	Site       string    `json:"sito,omitempty"`
	Valid      string    `json:"valido_al"`
	Address    string    `json:"indirizzo"`
	Licence    string    `json:"licenza"`
	Attributed string    `json:"attribuzione"`
	Data       []dataset `json:"dati"`
}

// hectares rounds an area in km² to the hectare, as it is printed.
func hectares(km2 float64) float64 {
	const perKm2 = 100
	return math.Round(km2*perKm2) / perKm2
}

// dataLicence of everything the site computes.
const dataLicence = "CC BY 4.0"

func (p comunePlace) open() openData {
	data := p.data()
	full := comuneJSON{
		Cadastral: p.c.Cadastral, ISTAT: p.c.ISTAT, Name: p.c.Name, Other: []string{}, Unit: p.unit.Name, Plate: p.c.Plate,
		Region: p.reg.Name, Rip: p.Atlas.Ripartizioni[p.c.Rip].Name, Class: p.class.Label, Residents: p.c.Residents,
		CountedAt: p.Atlas.Population.Date.String(), AreaKm2: areaOf(p.c), DrawnKm2: hectares(p.Maps.AreaKm2[p.i]), Site: p.address(),
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
	return openData{append(j, '\n'), p.dataCSV(data)}
}

func (p comunePlace) dataCSV(data []dataset) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := dataHead
	write := func() {
		if err := w.Write(row[:]); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	write()
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, s := range data {
		for _, d := range s.Values {
			value := ""
			if d.Value != nil {
				value = strconv.FormatFloat(*d.Value, 'f', -1, 64)
			}
			row = [...]string{p.c.Cadastral, d.Level, d.Code, d.Class, d.Place, s.ID, s.Title, d.On, d.Statistic, value, d.Unit,
				count(d.Base), count(d.Of), d.Missing, d.Stage, d.Since, s.Source}
			write()
		}
	}
	w.Flush()
	return b.Bytes()
}

// dossier is the figures of a page in the making. What the sections of the page
// print, in words, tables and pictures, is gathered here once more by name; the
// tests hold the two against each other.
type dossier struct {
	comunePlace
	sets []dataset
	days map[atlas.Date]string
}

// data lists the page's figures by indicator, in the order of the page.
func (p comunePlace) data() []dataset {
	d := &dossier{comunePlace: p, days: map[atlas.Date]string{}}
	d.people()
	d.projects()
	d.crawls()
	d.counts()
	for k := range d.sets {
		s := &d.sets[k]
		if s.Unit == "" {
			s.Unit = s.OwnUnit
		}
		if s.Unit == s.OwnUnit {
			s.OwnUnit = ""
		}
	}
	return d.sets
}

// add files a figure under its id.
func (d *dossier) add(id, title string, from atlas.Source, x datum) {
	k := slices.IndexFunc(d.sets, func(s dataset) bool { return s.ID == id })
	if k < 0 {
		k = len(d.sets)
		d.sets = append(d.sets, dataset{ID: id, Title: title, Source: from.Title, Licence: from.Licence})
	}
	s := &d.sets[k]
	if x.Level == "comune" {
		s.OwnUnit = x.Unit
	} else {
		s.Unit = x.Unit
	}
	x.On = d.day(x.Date)
	s.Values = append(s.Values, x)
}

func (d *dossier) day(at atlas.Date) string {
	s, ok := d.days[at]
	if !ok {
		s = at.String()
		d.days[at] = s
	}
	return s
}

// from is a source of figures as one of territory is kept.
func (p *press) from(id string) atlas.Source {
	s := p.sourceByID[id]
	return atlas.Source{Title: s.Title, Licence: s.Licence}
}

// of is a value of Comune i.
func (d *dossier) of(i int, v stat.Value, unit string, at atlas.Date) datum {
	c := d.Atlas.Comuni[i]
	x := datum{Level: "comune", Code: c.Cadastral, Place: c.Name, Date: at, Unit: unit}
	x.take(v)
	return x
}

// kept is what a figure is rounded to: four decimals, two more than any page
// prints.
const kept = 1e4

func (x *datum) take(v stat.Value) {
	if v.OK() {
		n := math.Round(v.N*kept) / kept
		x.Value = &n
	} else {
		x.Missing = v.Kind.Code()
	}
}

// own files an indicator's value of Comune i.
func (d *dossier) own(e *indicator.Entry, s *indicator.Series, i int) {
	front := d.text(e.ID).Front
	unit := front.Unit
	if e.Form == stat.Share {
		unit = d.words.T("valore.si_no_unita")
	}
	d.add(e.ID, front.Title, d.from(e.Source), d.of(i, s.Values[i], unit, s.Date))
}

// area files the figure of an area: where says which, f what.
func (d *dossier) area(e *indicator.Entry, at atlas.Date, where datum, f stat.Figure) {
	front := d.text(e.ID).Front
	where.Date, where.Statistic, where.Unit, where.Base, where.Of = at, string(e.Form), front.Unit, f.Base, f.Of
	where.take(f.Value)
	d.add(e.ID, front.Title, d.from(e.Source), where)
}

// The areas around the place, as an indicator's aree.csv names them.

func (d *dossier) inClass() datum {
	return datum{Level: "classe", Code: d.class.Slug, Place: d.class.Label}
}

func (d *dossier) inRegion() datum {
	return datum{Level: "regione", Code: d.reg.Code, Place: d.reg.Name}
}

func (d *dossier) inRegionClass() datum {
	return datum{Level: "regione-classe", Code: d.reg.Code, Class: d.class.Slug, Place: d.reg.Name}
}

// inAround is whom the place is first held against.
func (d *dossier) inAround() datum {
	if d.around.region {
		return d.inRegionClass()
	}
	return d.inClass()
}

// people is the residents beside those of the peers, and the neighbours.
func (d *dossier) people() {
	w, counted := d.words, d.Atlas.Population
	for _, i := range append([]int{d.i}, d.peers[d.i]...) {
		d.add("abitanti", w.T("dati.abitanti"), counted, d.of(i, stat.Of(float64(d.Atlas.Comuni[i].Residents)), w.T("dati.abitanti_unita"), counted.Date))
	}
	lines := d.Atlas.Boundaries
	d.add("comuni-confinanti", w.T("dati.confinanti"), lines, d.of(d.i, stat.Of(float64(len(d.Maps.Neighbours[d.i]))), w.T("dati.confinanti_unita"), lines.Date))
}

// projects is what the lists say of the place, its class and its region; of the
// two freshest interventions also of its peers.
func (d *dossier) projects() {
	w, k, from := d.words, d.c.Class[0], d.from(d.fund.Source)
	for n, iv := range d.fund.Interventions {
		at, name := iv.List.Date, locale.S("intervento", iv.Name)
		d.stage(n, d.i, true)
		financed, paid := d.Book.Find(iv.ID+"-finanziato"), d.Book.Find(iv.ID+"-pagato")
		for _, e := range []*indicator.Entry{financed, paid} {
			if e != nil {
				d.area(e, at, d.inClass(), e.Now().Classes[k])
				d.area(e, at, d.inRegion(), e.Now().Regions[d.c.Region])
			}
		}
		euro := func(id, title string, amount source.Cents, s source.Stage, since atlas.Date) {
			x := d.of(d.i, stat.Of(float64(amount)/100), "euro", at)
			x.Stage, x.Since = s.String(), d.since(since)
			d.add(iv.ID+id, title, from, x)
		}
		pos := d.fund.Positions[d.i][n]
		if pos.Stage >= source.Financed {
			euro("-importo", w.T("dati.importo", name), pos.Amount, pos.Stage, pos.Since)
		}
		for _, r := range pos.Renounced {
			euro("-rinunciato", w.T("dati.rinunciato", name), r.Amount, source.Renounced, r.Status)
		}
		if iv.ID == "send" || iv.ID == "pdnd" {
			if d.around.region && paid != nil {
				d.area(paid, at, d.inRegionClass(), d.around.figure(paid.Now()))
			}
			for _, j := range d.peers[d.i] {
				d.stage(n, j, false)
			}
		}
	}
	open := 0
	for _, c := range d.fund.Calls {
		if c.Intervention >= 0 && c.Open(d.Atlas.Display) {
			open++
		}
	}
	calls := datum{Level: "nazione", Code: "IT", Place: w.T("italia"), Date: d.fund.CallsFile.Date, Unit: w.T("dati.avvisi_unita")}
	calls.take(stat.Of(float64(open)))
	d.add("avvisi-aperti", w.T("comune.pnrr.avvisi"), from, calls)
}

// stage files how far intervention n has come in Comune i, under the indicator
// that counts it; of the place itself also since when, and under that of the
// paid.
func (d *dossier) stage(n, i int, whole bool) {
	iv, pos := d.fund.Interventions[n], d.fund.Positions[i][n]
	flag := func(id string, yes bool) {
		v := stat.Of(0)
		if yes {
			v = stat.Of(1)
		}
		x := d.of(i, v, d.words.T("valore.si_no_unita"), iv.List.Date)
		x.Stage = pos.Stage.String()
		if whole {
			x.Since = d.since(pos.Since)
		}
		title := iv.Name
		if e := d.Book.Find(id); e != nil {
			title = d.text(id).Front.Title
		}
		d.add(id, title, d.from(d.fund.Source), x)
	}
	flag(iv.ID+"-finanziato", pos.Stage >= source.Financed)
	if whole && d.Book.Find(iv.ID+"-pagato") != nil {
		flag(iv.ID+"-pagato", pos.Stage == source.Paid)
	}
}

func (d *dossier) since(at atlas.Date) string {
	if at == 0 {
		return ""
	}
	return d.day(at)
}

// crawls is every measure of the site at every crawl, with its class; of the
// points also the middle half of the class and the peers.
func (d *dossier) crawls() {
	k := d.c.Class[0]
	for _, e := range d.siteMeasures() {
		for t, s := range e.Series {
			d.own(e, s, d.i)
			points, last := e == d.scores, t == len(e.Series)-1
			if f := e.Cuts[t].Classes[k]; last || points && f.Base > 0 {
				d.area(e, s.Date, d.inClass(), f)
			}
			if points && e.Cuts[t].Classes[k].Base > 0 {
				d.spreadOf(e, s.Date, d.inClass(), e.Cuts[t].Classes[k], []string{lowerQuartile, upperQuartile}, d.quartiles[k][t][:])
			}
		}
	}
	for _, j := range d.peers[d.i] {
		d.own(d.scores, d.scores.Last(), j)
	}
}

// spreadOf files how the Comuni of an area are spread.
func (d *dossier) spreadOf(e *indicator.Entry, at atlas.Date, where datum, f stat.Figure, statistics []string, values []float64) {
	front := d.text(e.ID).Front
	for n, name := range statistics {
		x := where
		x.Date, x.Statistic, x.Unit, x.Base, x.Of = at, name, front.Unit, f.Base, f.Of
		x.take(stat.Of(values[n]))
		d.add(e.ID, front.Title, d.from(e.Source), x)
	}
}

// counts is the use of the online register: the place, the areas around it, how
// the Comuni that it is first held against are spread, the single services.
func (d *dossier) counts() {
	w, e := d.words, d.uses
	now, k, at := e.Now(), d.c.Class[0], e.Last().Date
	d.own(e, e.Last(), d.i)
	d.area(e, at, d.inRegionClass(), now.RegionClass[d.c.Region][k])
	d.area(e, at, d.inClass(), now.Classes[k])
	if d.unit.Name != d.reg.Name {
		d.area(e, at, datum{Level: "unita", Code: d.unit.Code, Place: d.unit.Name}, now.Units[d.c.Unit])
	}
	d.area(e, at, d.inRegion(), now.Regions[d.c.Region])
	d.area(e, at, datum{Level: "nazione", Code: "IT", Place: w.T("italia")}, now.Nation)
	if sorted := d.around.uses; len(sorted) > 0 {
		d.spreadOf(e, at, d.inAround(), d.around.figure(now), []string{least, string(stat.Median), most},
			[]float64{sorted[0], indicator.Quantile(sorted, 0.5), sorted[len(sorted)-1]})
	}
	for _, j := range d.peers[d.i] {
		d.own(e, e.Last(), j)
	}
	if !e.Last().Values[d.i].OK() {
		return
	}
	from := d.from(e.Source)
	for n, v := range d.services {
		if !v.Values[d.i].OK() {
			continue
		}
		name := w.T("servizio." + variableName(v.ID))
		id, title, unit := d.serviceID(v.ID), name, d.text(e.ID).Front.Unit
		if d.Book.Find(id) != nil {
			title, unit = d.text(id).Front.Title, d.text(id).Front.Unit
		}
		d.add(id, title, from, d.of(d.i, stat.Of(v.Values[d.i].N/float64(max(d.c.Residents, 1))*e.Per), unit, at))
		f := d.rates[k][n]
		class := d.inClass()
		class.Date, class.Statistic, class.Unit, class.Base, class.Of = at, string(stat.Rate), unit, f.Base, f.Of
		class.take(f.Value)
		d.add(id, title, from, class)
		d.add(id+"-numero", w.T("dati.usi", locale.S("servizio", name)), from, d.of(d.i, v.Values[d.i], w.T("dati.usi_unita"), at))
	}
}

// serviceID is the id of the use of a single service: its indicator's, where
// there is one.
func (p *press) serviceID(variable string) string {
	for _, e := range p.Book.Entries {
		if e.Indicator.Value == variable && e.Form == stat.Rate && e.Over == indicator.Residents && e.Per == p.uses.Per {
			return e.ID
		}
	}
	return p.uses.Source + "-" + variableName(variable)
}
