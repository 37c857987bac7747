package estimate

import (
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/survey"
)

// Layout is what the areas of an edition depend on beside the territory.
type Layout struct {
	// Edition whose size classes count, whose respondents a cohort needs enough of
	// and a panel is made of; without it the classes are those of the display date,
	// and there is neither cohort nor panel.
	Edition *survey.Edition
	// Other is the edition that the panel answered as well; nil: no panel.
	Other   *survey.Edition
	Cohorts []Cohort
}

// plan is a Frame in the making: where the areas of each kind stand.
type plan struct {
	*Frame
	atlas      *atlas.Atlas
	italy      int
	rips       []int
	regions    []int
	classes    []int
	ripClasses [][]int  // by ripartizione and class; nil for one made of others
	sizes      [][2]int // by region: small, large; nil where no class ends there
}

// NewFrame lays out the areas of an atlas.
func NewFrame(a *atlas.Atlas, l Layout) *Frame {
	p := &plan{Frame: &Frame{of: make([][]int, len(a.Comuni))}, atlas: a}
	for i := range a.Comuni {
		p.residents = append(p.residents, a.Comuni[i].Residents)
		p.class = append(p.class, a.Comuni[i].Class[defaultScheme])
		if l.Edition != nil {
			p.class[i] = l.Edition.Places[i].Class
		}
	}
	p.whole()
	p.crossed()
	p.place()
	p.cohorts(l)
	p.answeredTwice(l)
	p.sums()
	return p.Frame
}

func (p *plan) add(area Area) int {
	p.Areas = append(p.Areas, area)
	return len(p.Areas) - 1
}

func (p *plan) bands() []atlas.Class { return p.atlas.Schemes[defaultScheme].Classes }

// whole adds the areas of one criterion.
func (p *plan) whole() {
	p.italy = p.add(Area{Level: Italy, Rip: -1, Region: -1, Class: -1})
	for r := range p.atlas.Ripartizioni {
		p.rips = append(p.rips, p.add(Area{Level: Ripartizioni, Rip: r, Region: -1, Class: -1}))
	}
	for r := range p.atlas.Regions {
		p.regions = append(p.regions, p.add(Area{Level: Regions, Rip: -1, Region: r, Class: -1}))
	}
	for k := range p.bands() {
		p.classes = append(p.classes, p.add(Area{Level: Classes, Rip: -1, Region: -1, Class: k}))
	}
}

// crossed adds the areas of two criteria.
func (p *plan) crossed() {
	p.ripClasses = make([][]int, len(p.atlas.Ripartizioni))
	for r := range p.atlas.Ripartizioni {
		if len(p.atlas.Ripartizioni[r].Parts) > 0 {
			continue
		}
		for k := range p.bands() {
			p.ripClasses[r] = append(p.ripClasses[r], p.add(Area{Level: RipClasses, Rip: r, Region: -1, Class: k}))
		}
	}
	if !slices.ContainsFunc(p.bands(), func(c atlas.Class) bool { return c.UpTo == SmallUpTo }) {
		return
	}
	for r := range p.atlas.Regions {
		area := Area{Level: RegionSizes, Rip: -1, Region: r, Class: -1}
		var two [2]int
		for i := range two {
			area.Size = Small + Size(i)
			two[i] = p.add(area)
		}
		p.sizes = append(p.sizes, two)
	}
}

// place says of every Comune which of these areas it lies in. One whose class is
// not known is in none of a class.
func (p *plan) place() {
	for i := range p.atlas.Comuni {
		c := &p.atlas.Comuni[i]
		p.of[i] = append([]int{p.italy}, p.within(p.rips, c.Rip)...)
		p.of[i] = append(p.of[i], p.regions[c.Region])
		class := p.class[i]
		if class < 0 {
			continue
		}
		p.of[i] = append(p.of[i], p.classes[class], p.ripClasses[c.Rip][class])
		if p.sizes != nil {
			size := 0
			if band := p.bands()[class]; band.UpTo == 0 || band.UpTo > SmallUpTo {
				size = 1
			}
			p.of[i] = append(p.of[i], p.sizes[c.Region][size])
		}
	}
}

// within are the areas of a ripartizione and of those made of it.
func (p *plan) within(areas []int, rip int) []int {
	out := []int{areas[rip]}
	for r := range p.atlas.Ripartizioni {
		if slices.Contains(p.atlas.Ripartizioni[r].Parts, rip) {
			out = append(out, areas[r])
		}
	}
	return out
}

func completed(e *survey.Edition, comune int) bool {
	return e.Places[comune].State == survey.Completed
}

// cohorts adds those of which enough sent the form.
func (p *plan) cohorts(l Layout) {
	if l.Edition == nil {
		return
	}
	for _, c := range l.Cohorts {
		n := 0
		for _, i := range c.Comuni {
			if completed(l.Edition, i) {
				n++
			}
		}
		if n < leastCohort {
			continue
		}
		area := p.add(Area{Level: CohortAreas, Rip: -1, Region: -1, Class: -1, Cohort: c.ID})
		for _, i := range c.Comuni {
			p.of[i] = append(p.of[i], area)
		}
	}
}

// answeredTwice adds the panel.
func (p *plan) answeredTwice(l Layout) {
	if l.Edition == nil || l.Other == nil {
		return
	}
	panel := p.add(Area{Level: PanelItaly, Rip: -1, Region: -1, Class: -1})
	for i := range p.atlas.Comuni {
		if completed(l.Edition, i) && completed(l.Other, i) {
			p.of[i] = append(p.of[i], panel)
		}
	}
}

// sums writes down how the areas add up.
func (p *plan) sums() {
	p.ofRips(p.italy, p.rips)
	p.sum(p.italy, p.regions)
	if !slices.Contains(p.class, -1) {
		p.sum(p.italy, p.classes)
	}
	for r := range p.atlas.Ripartizioni {
		if rip := &p.atlas.Ripartizioni[r]; len(rip.Parts) == 0 {
			var within []int
			for _, region := range rip.Regions {
				within = append(within, p.regions[region])
			}
			p.sum(p.rips[r], within)
			p.sum(p.rips[r], p.ripClasses[r])
		}
	}
	for k := range p.classes {
		var across []int
		for _, row := range p.ripClasses {
			if row != nil {
				across = append(across, row[k])
			}
		}
		p.sum(p.classes[k], across)
	}
	for r, two := range p.sizes {
		p.sum(p.regions[r], two[:])
	}
}

func (p *plan) sum(total int, parts []int) { p.Sums = append(p.Sums, Sum{total, parts}) }

// ofRips sums the ripartizioni to Italy, and to those that are made of others.
func (p *plan) ofRips(italy int, rips []int) {
	var five []int
	for r := range p.atlas.Ripartizioni {
		rip := &p.atlas.Ripartizioni[r]
		if len(rip.Parts) == 0 {
			five = append(five, rips[r])
			continue
		}
		parts, rest := []int(nil), []int{rips[r]}
		for q := range p.atlas.Ripartizioni {
			switch {
			case slices.Contains(rip.Parts, q):
				parts = append(parts, rips[q])
			case len(p.atlas.Ripartizioni[q].Parts) == 0:
				rest = append(rest, rips[q])
			}
		}
		p.sum(rips[r], parts)
		p.sum(italy, rest)
	}
	p.sum(italy, five)
}
