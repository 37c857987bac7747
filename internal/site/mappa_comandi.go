package site

import (
	"mappa/internal/indicator"
	"mappa/internal/locale"
)

// controls are what can be chosen on the map. They stand in the page hidden;
// the script shows them, since without it they would do nothing.
type controls struct {
	Indicators []choiceGroup
	Dates      []choice // of the indicator shown first
	Earlier    []choice // what its newest date can be held against
	Classes    []choice
	Regions    []choice
	Units      []choiceGroup // by region
	Methods    []choice
	Levels     []choice
	Forms      []choice
}

// choice is an option or a radio button: the value that the address carries and
// its words.
type choice struct {
	Value, Text string
	Chosen      bool
}

// choiceGroup is options under a heading.
type choiceGroup struct {
	Title   string
	Choices []choice
}

// controls are set to what the page shows: indicator e at its newest date.
func (p *press) controls(e *indicator.Entry) controls {
	w := p.words
	words := func(key string, values ...string) (out []choice) {
		for i, v := range values {
			out = append(out, choice{v, w.T("mappa." + key + "." + v), i == 0})
		}
		return out
	}
	c := controls{Methods: words("metodo", "fisse", "quantili", "uguali", "naturali"), Levels: words("livello", "regioni", "province", "comuni"),
		Forms: words("forma", "carta", "celle", "multipli"), Indicators: p.indicatorChoices(e)}
	for t := len(e.Series) - 1; t >= 0; t-- {
		d := e.Series[t].Date
		c.Dates = append(c.Dates, choice{d.String(), w.Date(d), t == len(e.Series)-1})
	}
	c.Earlier = c.Dates[1:]
	for _, class := range p.Atlas.Schemes[0].Classes {
		c.Classes = append(c.Classes, choice{class.Slug, class.Label, false})
	}
	for _, region := range p.Atlas.Regions {
		c.Regions = append(c.Regions, choice{region.Slug, region.Name, false})
		g := choiceGroup{Title: region.Name}
		for _, u := range region.Units {
			g.Choices = append(g.Choices, choice{p.Atlas.Units[u].Slug, p.Atlas.Units[u].Name, false})
		}
		c.Units = append(c.Units, g)
	}
	return c
}

// indicatorChoices are the groups of the catalogue.
func (p *press) indicatorChoices(shown *indicator.Entry) (out []choiceGroup) {
	add := func(group string, c choice) {
		if len(out) == 0 || out[len(out)-1].Title != group {
			out = append(out, choiceGroup{Title: group})
		}
		last := &out[len(out)-1]
		last.Choices = append(last.Choices, c)
	}
	for _, e := range p.Book.Entries {
		add(p.words.T("tema."+e.Theme), choice{e.ID, p.text(e.ID).Front.Title, e == shown})
	}
	if s, ok := p.inquiry(); ok {
		for _, q := range s.mapped() {
			add(s.mapGroup(q), choice{q.ID, s.mapName(q), false})
		}
	}
	return out
}

// mapGroup and mapName are how a question stands in the choice of indicators:
// under its section of the form, by its title.
func (s *inquiry) mapGroup(q *asked) string {
	return s.demoWords(s.words.T("domanda.elenco.titolo", locale.S("sezione", s.book.Sections[q.Section].Title)))
}

func (s *inquiry) mapName(q *asked) string { return q.Title }
