package site

import (
	"html/template"

	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// common is what the pages of many Comuni have in common, made once.
type common struct {
	calls template.HTML       // what can still be applied for
	bars  [][][]template.HTML // by intervention, region and class
}

func (p *press) share() {
	p.common.calls = p.openCalls()
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
