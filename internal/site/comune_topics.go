package site

import (
	"mappa/internal/atlas"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// places are the places of figures, in the order of the atlas.
type places struct {
	comuni, units, regions, classes []where
	regionClass                     [][]where
	nation                          where
}

func (p *press) placesOfData() (out places) {
	for _, c := range p.Atlas.Comuni {
		out.comuni = append(out.comuni, whereOf{Level: "comune", Code: c.Cadastral, Place: c.Name}.ready())
	}
	for _, u := range p.Atlas.Units {
		out.units = append(out.units, whereOf{Level: "unita", Code: u.Code, Place: u.Name}.ready())
	}
	classes := p.Atlas.Schemes[0].Classes
	for _, r := range p.Atlas.Regions {
		out.regions = append(out.regions, whereOf{Level: "regione", Code: r.Code, Place: r.Name}.ready())
		var byClass []where
		for _, k := range classes {
			byClass = append(byClass, whereOf{Level: "regione-classe", Code: r.Code, Class: k.Slug, Place: r.Name}.ready())
		}
		out.regionClass = append(out.regionClass, byClass)
	}
	for _, k := range classes {
		out.classes = append(out.classes, whereOf{Level: "classe", Code: k.Slug, Place: k.Label}.ready())
	}
	out.nation = whereOf{Level: "nazione", Code: "IT", Place: p.words.T("italia")}.ready()
	return out
}

// topics are what the pages' figures are of.
type topics struct {
	residents, neighbours, calls, uses *topic
	funds                              []fundTopics // by intervention
	crawled                            []*indicator.Entry
	crawls                             []*topic // parallel to crawled
	services                           []serviceTopics
}

// fundTopics are of one intervention. Its indicators are nil where there are none.
type fundTopics struct {
	financed, paid, amount, renounced *topic
	financedEntry, paidEntry          *indicator.Entry
}

// serviceTopics are of one service of the register.
type serviceTopics struct{ rate, number *topic }

func (p *press) topicsOfData() topics {
	w := p.words
	named := func(id, title, unit string, from atlas.Source) *topic {
		return topicOf{ID: id, Title: title, Unit: unit, Source: from.Title, Licence: from.Licence}.ready()
	}
	out := topics{
		residents:  named("abitanti", w.T("dati.abitanti"), w.T("dati.abitanti_unita"), p.Atlas.Population),
		neighbours: named("comuni-confinanti", w.T("dati.confinanti"), w.T("dati.confinanti_unita"), p.Atlas.Boundaries),
		calls:      named("avvisi-aperti", w.T("comune.pnrr.avvisi"), w.T("dati.avvisi_unita"), p.from(p.fund.Source)),
		uses:       p.topic(p.uses),
		crawled:    p.siteMeasures(),
	}
	for _, e := range out.crawled {
		out.crawls = append(out.crawls, p.topic(e))
	}
	for _, iv := range p.fund.Interventions {
		from, name := p.from(p.fund.Source), locale.S("intervento", iv.Name)
		t := fundTopics{
			financed:      named(iv.ID+"-finanziato", iv.Name, w.T("valore.si_no_unita"), from),
			amount:        named(iv.ID+"-importo", w.T("dati.importo", name), "euro", from),
			renounced:     named(iv.ID+"-rinunciato", w.T("dati.rinunciato", name), "euro", from),
			financedEntry: p.Book.Find(iv.ID + "-finanziato"), paidEntry: p.Book.Find(iv.ID + "-pagato"),
		}
		if t.financedEntry != nil {
			t.financed = p.topic(t.financedEntry)
		}
		if t.paidEntry != nil {
			t.paid = p.topic(t.paidEntry)
		}
		out.funds = append(out.funds, t)
	}
	for _, v := range p.services {
		name, from := w.T("servizio."+variableName(v.ID)), p.from(p.uses.Source)
		id, title, unit := p.serviceID(v.ID), name, p.text(p.uses.ID).Front.Unit
		if p.Book.Find(id) != nil {
			title, unit = p.text(id).Front.Title, p.text(id).Front.Unit
		}
		out.services = append(out.services, serviceTopics{named(id, title, unit, from),
			named(id+"-numero", w.T("dati.usi", locale.S("servizio", name)), w.T("dati.usi_unita"), from)})
	}
	return out
}

// topic is of an indicator.
func (p *press) topic(e *indicator.Entry) *topic {
	front, from := p.text(e.ID).Front, p.from(e.Source)
	t := topicOf{ID: e.ID, Title: front.Title, Unit: front.Unit, Source: from.Title, Licence: from.Licence}
	if e.Form == stat.Share {
		t.OwnUnit = p.words.T("valore.si_no_unita")
	}
	return t.ready()
}

// from is a source of figures as one of territory is kept.
func (p *press) from(id string) atlas.Source {
	s := p.sourceByID[id]
	return atlas.Source{Title: s.Title, Licence: s.Licence}
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
