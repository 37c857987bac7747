package site

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/draw"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/source"
	"mappa/internal/stat"
	"mappa/internal/theme"
)

// The indicators that the Comune pages are built around. They are ids of
// data/indicatori.yaml; a site without them cannot be built, and says so.
const (
	scoresID  = "siti-punteggio"
	weightsID = "siti-peso"
	usesID    = "anpr-servizi"
)

// faviconAsset is the theme's picture for a browser's tab.
const faviconAsset = "favicon.svg"

// twoFreshest are the interventions whose lists are young enough to say what is not
// paid, and that the pages open with.
var twoFreshest = [...]string{"send", "pdnd"}

// peersShown is how many Comuni a page compares its own with.
const peersShown = 7

func newPress(in Inputs, out output.Sink, list *diag.List) (*press, error) {
	lang := in.Theme.Language(in.Settings.Site.Lang)
	if lang == nil {
		return nil, fmt.Errorf("the theme has no language %q, set lingua in %s", in.Settings.Site.Lang, settings.SiteFile)
	}
	p := &press{Inputs: in, words: lang, out: out, list: list, images: map[string]string{}}
	if !p.bind() {
		return nil, fmt.Errorf("the site lacks indicators or their words")
	}
	p.peers = indicator.Peers(in.Atlas, peersShown)
	p.measure()
	p.geometry()
	if err := p.dress(); err != nil {
		return nil, err
	}
	if err := p.drawMaps(); err != nil {
		return nil, err
	}
	return p, p.drawAtlas()
}

// bind finds what the pages are built around and the words of every indicator.
func (p *press) bind() bool {
	list := p.list.Part()
	find := func(id string) *indicator.Entry {
		e := p.Book.Find(id)
		if e == nil {
			list.File(settings.IndicatorsFile, fmt.Sprintf("the indicator %q is missing, the pages of the Comuni rest on it", id), "")
		}
		return e
	}
	p.scores, p.weights, p.uses = find(scoresID), find(weightsID), find(usesID)
	p.texts = map[string]*content.Document{}
	for _, e := range p.Book.Entries {
		if p.texts[e.ID] = p.Content.Indicator(e.ID); p.texts[e.ID] == nil {
			list.File(settings.IndicatorsFile, fmt.Sprintf("the indicator %q has no words", e.ID), "write content/indicatori/"+e.ID+".md")
		}
	}
	if len(p.Sources.Programmes) == 0 {
		list.File("data/fonti", "no source lists funded projects, the pages of the Comuni rest on it", "")
	} else {
		p.fund = &p.Sources.Programmes[0]
	}
	p.sourceByID = map[string]source.Source{}
	for _, s := range p.Sources.Sources {
		p.sourceByID[s.ID] = s
	}
	if i := slices.IndexFunc(p.Sources.Texts, func(t source.Text) bool { return p.scores != nil && t.Source == p.scores.Source }); i >= 0 {
		p.sites = &p.Sources.Texts[i]
	}
	if list.Len() > 0 {
		return false
	}
	tasks, remarks := p.bindTasks(), p.bindRemarks()
	return tasks && remarks
}

// measure computes what many pages share: the middle half of each class at each
// crawl, and the use of each service by class.
func (p *press) measure() {
	classes := p.Atlas.Schemes[0].Classes
	for _, class := range classes {
		var byDate [][2]float64
		for _, s := range p.scores.Series {
			sorted := s.Sorted(class.Comuni)
			byDate = append(byDate, [2]float64{indicator.Quantile(sorted, 0.25), indicator.Quantile(sorted, 0.75)})
		}
		p.quartiles = append(p.quartiles, byDate)
	}
	for _, v := range p.Sources.Variables {
		if v.Source == p.uses.Source && v.Date == p.uses.Last().Date && v.ID != p.uses.Indicator.Value {
			p.services = append(p.services, v)
		}
	}
	for _, class := range classes {
		rates := make([]stat.Figure, len(p.services))
		for k, v := range p.services {
			f := stat.Figure{Of: len(class.Comuni)}
			for _, j := range class.Comuni {
				if v.Values[j].OK() {
					f.Num += v.Values[j].N
					f.Den += float64(p.Atlas.Comuni[j].Residents)
					f.Base++
				}
			}
			if f.Den > 0 {
				f.Value = stat.Of(f.Num / f.Den * p.uses.Per)
			}
			rates[k] = f
		}
		p.rates = append(p.rates, rates)
	}
}

// geometry lays out the shapes that the locators draw.
func (p *press) geometry() {
	n := len(p.Atlas.Comuni)
	p.shapes, p.boxes, p.unitBoxes = make([]orb.MultiPolygon, n), make([]orb.Bound, n), make([]orb.Bound, len(p.Atlas.Units))
	p.units, p.region = make([]int, n), make([]int, n)
	for i, c := range p.Atlas.Comuni {
		p.shapes[i] = p.Maps.Place.Polygon(i)
		p.boxes[i] = p.shapes[i].Bound()
		p.units[i], p.region[i] = c.Unit, c.Region
	}
	for u, unit := range p.Atlas.Units {
		p.unitBoxes[u] = p.boxes[unit.Comuni[0]]
		for _, i := range unit.Comuni {
			p.unitBoxes[u] = p.unitBoxes[u].Union(p.boxes[i])
		}
	}
}

// inView lists the Comuni whose box meets the view, in order.
func (p *press) inView(view orb.Bound) []int {
	var out []int
	for u, b := range p.unitBoxes {
		if !b.Intersects(view) {
			continue
		}
		for _, i := range p.Atlas.Units[u].Comuni {
			if p.boxes[i].Intersects(view) {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return out
}

// dress sets up what all pages wear: menu, footer, icons.
func (p *press) dress() error {
	p.icons = map[string]template.HTML{}
	favicon, err := p.Theme.Asset(faviconAsset)
	if err != nil {
		return fmt.Errorf("the short links need it: %w", err)
	}
	p.favicon = html.EscapeString(favicon)
	names := []string{"pagato", "finanziato", "rinunciato", "mai_richiesto"}
	for _, k := range stat.Kinds() {
		names = append(names, k.Code())
	}
	for _, name := range names {
		address, err := p.Theme.Icon(name)
		if err != nil {
			return err
		}
		p.icons[name] = template.HTML(`<svg class="g" aria-hidden="true"><use href="` + template.HTMLEscapeString(address) + `"/></svg>`)
	}
	w, s := p.words, p.Settings.Site
	search := p.searchIndex()
	p.out.Add(search.Path, search.Data)
	item := func(id, key, url, element string) theme.Item {
		return theme.Item{ID: id, Text: w.T(key), URL: url, Element: element}
	}
	frame, err := p.Theme.Frame(theme.Frame{
		Lang: w.Code, Mark: w.T("lingua.sigla"), Origin: s.Address, Base: "/", Home: "/", SiteName: s.Title, Owner: s.Owner, OwnerShort: s.OwnerShort,
		Menu: []theme.Item{item("comuni", "menu.comuni", "/comuni/", ""), item("mappa", "menu.mappa", "/mappa/", ""), item("indicatori", "menu.indicatori", "/indicatori/", ""),
			item("rapporti", "menu.rapporti", "/rapporti/", ""), item("dati", "menu.dati", "/dati/", ""), item("metodo", "menu.metodo", "/metodo/", "")},
		Search: item("cerca", "cornice.cerca_comune", "/cerca/", ""),
		Foot: append(p.agendaLinks(), item("", "piede.metodo", "/metodo/", ""), item("", "piede.riservatezza", "/riservatezza/", ""), item("", "piede.fonti", "/fonti/", ""),
			item("", "piede.correzioni", "/correzioni/", ""), item("", "piede.aggiornamenti", "/aggiornamenti/", ""), item("", "piede.dati", "/dati/", "")),
		Legal: []theme.Item{item("", "piede.accessibilita", "/accessibilita/", "accessibility-link"), item("", "piede.privacy", "/privacy/", "privacy-policy-link"),
			item("", "piede.note_legali", "/note-legali/", "legal-notes")},
		SearchIndex: "/" + search.Path, AZ: "/comuni/",
	})
	p.frame = frame
	p.stages = p.stageLegend()
	p.foot = p.facts()
	p.share()
	return err
}

// agendaLinks are the links at the foot that not every site has.
func (p *press) agendaLinks() (out []theme.Item) {
	add := func(there bool, key, url string) {
		if there {
			out = append(out, theme.Item{Text: p.words.T(key), URL: url})
		}
	}
	add(p.Agenda.Academy.Title != "", "piede.accademia", academyPath)
	add(len(p.Agenda.Cohorts) > 0, "piede.gruppi", cohortsPath)
	add(len(p.objectivesGroup()) > 0, "piede.piano_triennale", objectivesPath)
	return out
}

// stageLegend explains the four stages of an intervention.
func (p *press) stageLegend() template.HTML {
	var b strings.Builder
	b.WriteString(`<ul role="list" class="swatches glyphs" aria-label="` + template.HTMLEscapeString(p.words.T("comune.pnrr.stati")) + `">`)
	for _, s := range []source.Stage{source.Paid, source.Financed, source.Renounced, source.None} {
		b.WriteString("<li>" + string(p.stage(s, p.words.T("stadio."+s.String()))) + "</li>")
	}
	b.WriteString("</ul>")
	return template.HTML(b.String())
}

// stageIcon and stageClass are how a stage looks.
func stageIcon(s source.Stage) string {
	return [...]string{"non_confrontabile", "mai_richiesto", "rinunciato", "finanziato", "pagato"}[s]
}

func stageClass(s source.Stage) string {
	return [...]string{"st-n", "st-n", "st-r", "st-a", "st-e"}[s]
}

// intervention finds an intervention by id, nil when the source has none such.
func (p *press) intervention(id string) (int, *source.Intervention) {
	for k := range p.fund.Interventions {
		if p.fund.Interventions[k].ID == id {
			return k, &p.fund.Interventions[k]
		}
	}
	return -1, nil
}

// credit names a source with its publisher and licence.
func (p *press) credit(id string) template.HTML {
	s := p.sourceByID[id]
	return p.words.HTML("fonte.riga", locale.S("titolo", s.Title), locale.S("editore", s.Publisher), locale.S("licenza", s.Licence))
}

// inset is small Italy with a dot on Comune i.
func (p *press) inset(i int) draw.Inset {
	return draw.Inset{Frame: p.outline.frame, Image: p.outline.address, At: p.shapes[i].Bound().Center()}
}

// variableName is the part of a variable's id after its source.
func variableName(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
