package site

import (
	"html/template"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// common is what the pages of many Comuni have in common, made once.
type common struct {
	calls   template.HTML       // what can still be applied for
	bars    [][][]template.HTML // by intervention, region and class
	around  [][]around          // whom a Comune is first held against, by region and class
	folds   []string            // what names are sorted by, by Comune
	places  places              // where the figures of the data files are of
	topics  topics              // what they are of
	academy template.HTML       // what the Accademia is, in the margin of an agenda
}

// around is whom a place is first held against: the Comuni of its region and
// class, or of its class.
type around struct {
	in     string // "in Piemonte"
	comuni []int
	uses   []float64 // of the register, where they are known, in order
	figure func(*indicator.Cuts) stat.Figure
	region bool // only the Comuni of its region
}

// fewest is how many Comuni of a region and class are worth a comparison; where
// they are fewer the class in all Italy takes their place.
const fewest = 5

func (p *press) share() {
	p.common.calls = p.openCalls()
	for _, c := range p.Atlas.Comuni {
		p.common.folds = append(p.common.folds, atlas.Fold(c.Name))
	}
	p.common.around = p.arounds()
	p.common.places, p.common.topics = p.placesOfData(), p.topicsOfData()
	p.common.academy = p.words.HTML("comune.agenda.catalogo", locale.S("indirizzo", academyPath), locale.N("n", p.Agenda.Academy.Below), locale.S("nome", p.Agenda.Academy.MicroName))
	p.shareTasks()
	for _, iv := range p.fund.Interventions {
		byRegion := make([][]template.HTML, len(p.Atlas.Regions))
		for r := range byRegion {
			for k := range p.Atlas.Schemes[0].Classes {
				byRegion[r] = append(byRegion[r], p.compare(iv.ID, r, k))
			}
		}
		p.common.bars = append(p.common.bars, byRegion)
	}
}

// arounds sorts the uses of each group once, and not on the page of each of its
// Comuni.
func (p *press) arounds() [][]around {
	last := p.uses.Last()
	var classes []around
	for k, class := range p.Atlas.Schemes[0].Classes {
		classes = append(classes, around{p.words.Region(p.words.T("italia")).In, class.Comuni, last.Sorted(class.Comuni),
			func(c *indicator.Cuts) stat.Figure { return c.Classes[k] }, false})
	}
	out := make([][]around, len(p.Atlas.Regions))
	for r, region := range p.Atlas.Regions {
		out[r] = slices.Clone(classes)
		for k, comuni := range indicator.ByClass(p.Atlas, region.Comuni) {
			if len(comuni) >= fewest {
				out[r][k] = around{p.words.Region(region.Name).In, comuni, last.Sorted(comuni),
					func(c *indicator.Cuts) stat.Figure { return c.RegionClass[r][k] }, true}
			}
		}
	}
	return out
}

// compare draws bars of an intervention in a class in Italy and in a region: the
// financed and, on them, the paid.
func (p *press) compare(intervention string, r, k int) template.HTML {
	financed, paid := p.Book.Find(intervention+"-finanziato"), p.Book.Find(intervention+"-pagato")
	if financed == nil {
		return ""
	}
	bar := func(of func(*indicator.Cuts) stat.Figure) draw.Bar {
		v := of(financed.Now()).Value
		b := draw.Bar{Whole: draw.At(v.N), Text: p.words.Percent(v.N, 0)}
		if paid != nil {
			b.Part = draw.At(of(paid.Now()).Value.N)
		}
		return b
	}
	class := bar(func(c *indicator.Cuts) stat.Figure { return c.Classes[k] })
	region := bar(func(c *indicator.Cuts) stat.Figure { return c.Regions[r] })
	words := append(p.words.Region(p.Atlas.Regions[r].Name).Args("regione"), locale.S("classe", p.Atlas.Schemes[0].Classes[k].Label),
		locale.S("quota_classe", class.Text), locale.S("quota_regione", region.Text))
	return draw.HTML(draw.Bars{Bars: []draw.Bar{class, region}, Words: p.words.T("comune.pnrr.barre", words...)})
}
