package site

import (
	"mappa/internal/atlas"
	"mappa/internal/estimate"
	"mappa/internal/locale"
)

// place is an area of the survey's tables with its name and page.
type place struct {
	name, href string
	words      string // of a size class inside a sentence: "da 5.001 a 20.000 abitanti"
	code       string // in the files
	class      string // slug of the size class, in the files; "" where the area is not cut by class
	area       int    // index in estimate.Frame.Areas
}

// surveyAreas are the areas of the survey's tables, as the pages order them.
type surveyAreas struct {
	italy   place
	rips    []place // the five, then Mezzogiorno
	five    []place // the ripartizioni that do not overlap
	regions []place
	classes []place
	levels  []level // all of them, for the files
	// Areas of two criteria. A table shows them with their names in its margins.
	ripClasses map[[2]int]place // by ripartizione and class
	halves     map[[2]int]place // by region and half of it, estimate.Small or Large
	more       []level          // they too, for the files of questions, and whoever is no area: cohorts, the panel
}

// level is the areas of one kind under the word that the files use.
type level struct {
	name   string
	places []place
}

// layOut names the areas of the frame.
func (s *inquiry) layOut(f *estimate.Frame) surveyAreas {
	a := s.Atlas
	classes := a.Schemes[0].Classes
	out := surveyAreas{ripClasses: map[[2]int]place{}, halves: map[[2]int]place{}}
	more := [4]level{{name: "ripartizione-classe"}, {name: "regione-dimensione"}, {name: "gruppo"}, {name: "panel"}}
	for i, x := range f.Areas {
		switch x.Level {
		case estimate.Italy:
			out.italy = place{name: s.words.T("italia"), href: "/", code: "IT", area: i}
		case estimate.Ripartizioni:
			rip := a.Ripartizioni[x.Rip]
			p := place{name: rip.Name, href: ripPath(rip), code: rip.Code, area: i}
			out.rips = append(out.rips, p)
			if rip.Parts == nil {
				out.five = append(out.five, p)
			}
		case estimate.Regions:
			region := a.Regions[x.Region]
			out.regions = append(out.regions, place{name: region.Name, href: regionPath(region), code: region.Code, area: i})
		case estimate.Classes:
			class := classes[x.Class]
			out.classes = append(out.classes, place{name: class.Label, href: classPath(class), words: s.classWords(class), code: class.Slug, class: class.Slug, area: i})
		case estimate.RipClasses:
			rip, class := a.Ripartizioni[x.Rip], classes[x.Class]
			p := place{name: s.words.T("domanda.incrocio.luogo", locale.S("luogo", rip.Name), locale.S("classe", class.Label)), code: rip.Code, class: class.Slug, area: i}
			out.ripClasses[[2]int{x.Rip, x.Class}] = p
			more[0].places = append(more[0].places, p)
		case estimate.RegionSizes:
			region := a.Regions[x.Region]
			p := place{name: s.words.T("domanda.incrocio.luogo", locale.S("luogo", region.Name), locale.S("classe", s.half(x.Size))), code: region.Code, class: halfCodes[x.Size], area: i}
			out.halves[[2]int{x.Region, int(x.Size)}] = p
			more[1].places = append(more[1].places, p)
		case estimate.CohortAreas:
			if c := s.Agenda.Cohort(x.Cohort); c != nil {
				more[2].places = append(more[2].places, place{name: c.Title, code: c.ID, area: i})
			}
		case estimate.PanelItaly:
			more[3].places = append(more[3].places, place{name: s.words.T("domanda.edizioni.panel_nome"), code: out.italy.code, area: i})
		}
	}
	out.levels = []level{{"nazione", []place{out.italy}}, {"ripartizione", out.rips}, {"regione", out.regions}, {"classe", out.classes}}
	for _, l := range more {
		if len(l.places) > 0 {
			out.more = append(out.more, l)
		}
	}
	return out
}

// halfCodes name the halves of a region in the files.
var halfCodes = map[estimate.Size]string{estimate.Small: "piccoli", estimate.Large: "grandi"}

// half is the name of a half of a region.
func (s *inquiry) half(size estimate.Size) string {
	return locale.Capital(s.halfWords(size))
}

// halfWords is a half of a region as a sentence has it.
func (s *inquiry) halfWords(size estimate.Size) string {
	return s.words.T("domanda.incrocio."+halfCodes[size], locale.N("soglia", estimate.SmallUpTo))
}

// classWords is a size class as a sentence has it.
func (s *inquiry) classWords(c atlas.Class) string {
	where := "mezzo"
	if c.Over == 0 {
		where = "prima"
	} else if c.UpTo == 0 {
		where = "ultima"
	}
	return s.words.T("domanda.classe_parole", locale.S("posto", where), locale.N("oltre", c.Over), locale.N("da", c.Over+1), locale.N("a", c.UpTo))
}

// inForce keeps the areas with a Comune that got the question: one of the full
// form alone was not put to those up to its threshold.
func (s *inquiry) inForce(q *asked, areas []place) []place {
	var out []place
	for _, x := range areas {
		if q.tables[0].Lines[x.area].Comuni > 0 {
			out = append(out, x)
		}
	}
	return out
}
