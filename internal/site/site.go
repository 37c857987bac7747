// Package site brings the stages together: which pages there are, at which
// addresses, and what each one says. Everything that is read or computed comes
// in as plain values ([Inputs]); finished files go out to a sink. There is one
// file of Go, one typed struct and one template for each kind of page.
//
// Sentences come from the theme's file of strings, prose from content/, figures
// from package indicator; what this package adds is choice and order: which
// figure opens a page, what is compared with what.
package site

import (
	"fmt"
	"html/template"
	"runtime"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"

	"mappa/internal/agenda"
	"mappa/internal/atlas"
	"mappa/internal/cartography"
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

// Inputs is everything a site is made of.
type Inputs struct {
	Settings settings.Settings
	Atlas    *atlas.Atlas
	Maps     *cartography.Maps
	Sources  source.Library
	Book     *indicator.Book
	Earlier  []Earlier // for reports that were written on earlier data than the newest
	Survey   Survey
	Before   []Survey // the editions before it, oldest first
	Agenda   agenda.Agenda
	Content  *content.Library
	Theme    *theme.Theme
}

// Earlier is the open data as it was on a day that a report names.
type Earlier struct {
	Until   atlas.Date
	Sources source.Library
	Book    *indicator.Book
}

// press is a site in the making, in one language. It is filled by newPress and
// only read afterwards, so that pages can be written side by side.
type press struct {
	Inputs
	words   *locale.Language
	frame   *theme.Frame
	out     output.Sink
	list    *diag.List
	icons   map[string]template.HTML
	favicon string                       // address of the theme's icon, for pages without its frame
	texts   map[string]*content.Document // of indicators, by id

	peers   [][]int
	scores  *indicator.Entry // the site's points, weight and the register's use, on the Comune pages
	weights *indicator.Entry
	uses    *indicator.Entry
	fund    *source.Programme
	sites   *source.Text

	shapes               []orb.MultiPolygon // of Comuni, for locators
	boxes                []orb.Bound
	unitBoxes            []orb.Bound // around the Comuni of each unit
	units                []int       // unit of each Comune
	region               []int       // region of each Comune
	country              *draw.Mesh
	outline              outline
	unitMesh, regionMesh *draw.Mesh
	unitRegion           []int             // region of each unit
	images               map[string]string // addresses of map files by indicator
	order                mapOrder          // of the Comuni in the files of the interactive map
	atlas                string            // address of its catalogue
	atlasScript          string            // and of its script, "" where the theme has none
	first                string            // what it needs of it for the first map
	ahead                []string          // what it will ask for then
	figureStyle          string            // style sheet of maps that are files

	sourceByID map[string]source.Source
	quartiles  [][][2]float64  // of the site's points, by class and crawl
	services   []stat.Variable // single services of the register
	rates      [][]stat.Figure // their use per 1,000 residents, by class
	stages     template.HTML   // legend of the stages
	foot       []theme.Fact    // lines at the foot of every page
	common     common
	tasks      tasks
	remarks    map[int][]remark // of the Comuni to their figures, the newest first
}

// job is a page or a group of pages, written independently of the others.
type job func() error

// Render writes every file of the site to out. Faults of content and theme that
// only show when pages are made go to list.
func Render(in Inputs, out output.Sink, list *diag.List) error {
	p, err := newPress(in, out, list)
	if err != nil {
		return err
	}
	for _, f := range in.Theme.Files() {
		out.Add(f.Path, f.Data)
	}
	var jobs []job
	for _, kind := range []func() []job{p.comuni, p.areas, p.classes, p.indicators, p.questions, p.indices, p.objectives, p.cohorts, p.academy, p.lists, p.prose, p.reports, p.redirects, p.downloads} {
		jobs = append(jobs, kind()...)
	}
	g := errgroup.Group{}
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		g.Go(j)
	}
	return g.Wait()
}

// page renders one page and hands it to the sink.
func (p *press) page(kind string, page theme.Page, path string) error {
	data, err := p.Theme.Render(kind, page)
	if err != nil {
		return fmt.Errorf("page %s: %w", path, err)
	}
	p.out.Add(file(path), data)
	return nil
}

// chrome is what surrounds a page. path begins and ends with a slash.
func (p *press) chrome(title, description, path, section string, crumbs ...theme.Link) theme.Chrome {
	trail := append([]theme.Link{{Text: p.words.T("cornice.home"), URL: "/"}}, crumbs...)
	return theme.Chrome{
		Frame: p.frame, Title: title, Description: description, Path: strings.TrimPrefix(path, "/"),
		Section: section, Breadcrumb: append(trail, theme.Link{Text: title}), Facts: p.foot,
	}
}

// facts are the lines at the foot of every page: last update, sources,
// territory, licence.
func (p *press) facts() []theme.Fact {
	w, s := p.words, p.Settings.Site
	return []theme.Fact{
		{Label: w.T("cornice.edizione"), Text: w.HTML("cornice.edizione_testo", locale.S("edizione", s.Edition),
			locale.S("versione", s.Version), locale.S("il_giorno", w.TheDate(s.UpdatedDate())))},
		{Label: w.T("cornice.fonti"), Text: p.credits()},
		{Label: w.T("cornice.territorio"), Text: w.HTML("cornice.territorio_testo", locale.S("comuni", w.AtDate(p.Atlas.Display)),
			locale.S("confini", w.AtDate(p.Atlas.Boundaries.Date)), locale.S("abitanti", w.AtDate(p.Atlas.Population.Date)))},
		{Label: w.T("cornice.licenza"), Text: w.HTML("cornice.licenza_testo")},
	}
}

// credits names every publisher once with its licence.
func (p *press) credits() template.HTML {
	var items []string
	add := func(publisher, licence string) {
		if item := publisher + " (" + licence + ")"; !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	add(p.Atlas.Boundaries.Publisher, p.Atlas.Boundaries.Licence)
	for _, s := range p.Sources.Sources {
		add(s.Publisher, s.Licence)
	}
	return esc(p.words.And(items))
}

// text is the words of an indicator; a definition without words was refused
// when the press was set up.
func (p *press) text(id string) *content.Document { return p.texts[id] }
