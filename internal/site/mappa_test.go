package site

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"mappa/internal/diag"
	"mappa/internal/indicator"
	"mappa/internal/output"
	"mappa/internal/pack"
	"mappa/internal/stat"
)

// shippedMap is the press of the shipped site with the files of its map and the
// pages of the map itself, made once for all tests.
func shippedMap(t *testing.T) (*press, *output.Memory) {
	t.Helper()
	realInputs(t)
	p, err := makeShippedMap()
	if err != nil {
		t.Fatal(err)
	}
	return p, p.out.(*output.Memory)
}

var makeShippedMap = sync.OnceValues(func() (*press, error) {
	in, _ := readShipped()
	in.Theme, _ = loadShippedTheme()
	p, err := newPress(in, new(output.Memory), new(diag.List))
	if err != nil {
		return nil, err
	}
	for _, page := range []job{p.mapPage, p.embedPage} {
		if err := page(); err != nil {
			return nil, err
		}
	}
	return p, nil
})

// asset is a file of the site by its address.
func asset(t *testing.T, out *output.Memory, address string) []byte {
	t.Helper()
	data, ok := out.File(strings.TrimPrefix(address, "/"))
	if !ok {
		t.Fatalf("%s is no file", address)
	}
	return data
}

func TestTheMapHasTheComuniInTheOrderOfTheNames(t *testing.T) {
	p, out := shippedMap(t)
	var groups []struct {
		Dir   string `json:"p"`
		Plate string `json:"d"`
		Lines string `json:"n"`
	}
	if err := json.Unmarshal(asset(t, out, p.frame.SearchIndex), &groups); err != nil {
		t.Fatal(err)
	}
	at, runs := 0, 0
	for _, g := range groups {
		if g.Dir != "comuni/" {
			continue
		}
		unit := p.Atlas.Units[p.order.units[runs]]
		runs++
		names := strings.Split(g.Lines, "\n")
		if unit.Plate != g.Plate || len(unit.Comuni) != len(names) {
			t.Errorf("the map's run %d is %s with %d Comuni, that of the names %s with %d", runs, unit.Plate, len(unit.Comuni), g.Plate, len(names))
		}
		for _, line := range names {
			name, _, _ := strings.Cut(line, "\t")
			if c := p.Atlas.Comuni[p.order.comuni[at]]; c.Name != name || c.Plate != g.Plate {
				t.Fatalf("Comune %d of the map is %s (%s), that of the names %s (%s)", at, c.Name, c.Plate, name, g.Plate)
			}
			at++
		}
	}
	if at != len(p.Atlas.Comuni) || runs != len(p.Atlas.Units) {
		t.Errorf("the names have %d Comuni in %d units, the atlas %d in %d", at, runs, len(p.Atlas.Comuni), len(p.Atlas.Units))
	}
}

// decodedColumn is a file of the map, decoded.
func decodedColumn(t *testing.T, p *press, out *output.Memory, address string) pack.Column {
	t.Helper()
	c, err := pack.DecodeColumn(asset(t, out, address))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	if c.Order != p.order.hash {
		t.Fatalf("%s is of another order of Comuni", address)
	}
	return c
}

func shippedCatalogue(t *testing.T) (*press, *output.Memory, catalogue) {
	t.Helper()
	p, out := shippedMap(t)
	var c catalogue
	if err := json.Unmarshal(asset(t, out, p.atlas), &c); err != nil {
		t.Fatal(err)
	}
	return p, out, c
}

// Every value of every column looks and is coloured as on the pages: printed
// with the indicator's decimals, and in its fixed classes.
func TestColumnsPrintAndClassifyAsThePagesDo(t *testing.T) {
	p, out, cat := shippedCatalogue(t)
	for _, e := range p.Book.Entries {
		for k, s := range e.Series {
			c := decodedColumn(t, p, out, cat.Indicators[e.ID].Series[k].Column)
			same := func(what string, want, got stat.Value) {
				if want.Kind != got.Kind || p.value(e.Indicator, want) != p.value(e.Indicator, got) || indicator.Class(e.Breaks, want.N) != indicator.Class(e.Breaks, got.N) {
					t.Errorf("%s at %s, %s: the page has %v, the map %v", e.ID, s.Date, what, want, got)
				}
			}
			if len(c.Comuni) != len(p.Atlas.Comuni) {
				t.Fatalf("%s has %d Comuni", e.ID, len(c.Comuni))
			}
			for at, i := range p.order.comuni {
				same(p.Atlas.Comuni[i].Name, s.Values[i], c.Comuni[at])
			}
			cuts, classes := &e.Cuts[k], len(p.Atlas.Schemes[0].Classes)
			cell := func(what string, want stat.Figure, table, at int) {
				got := c.Areas[table][at]
				same(what, want.Value, got.Value)
				if got.Base != want.Base {
					t.Errorf("%s at %s, %s: the base is %d, the map's %d", e.ID, s.Date, what, want.Base, got.Base)
				}
			}
			cell("Italy", cuts.Nation, cellNation, 0)
			for r, region := range p.Atlas.Regions {
				cell(region.Name, cuts.Regions[r], cellRegions, r)
				for k, f := range cuts.RegionClass[r] {
					cell(region.Name+" by class", f, cellRegionClasses, r*classes+k)
				}
			}
			for at, u := range p.order.units {
				cell(p.Atlas.Units[u].Name, cuts.Units[u], cellUnits, at)
				for k, comuni := range indicator.ByClass(p.Atlas, p.Atlas.Units[u].Comuni) {
					cell(p.Atlas.Units[u].Name+" by class", s.Of(comuni), cellUnitClasses, at*classes+k)
				}
			}
			for k, class := range p.Atlas.Schemes[0].Classes {
				cell(class.Label, cuts.Classes[k], cellClasses, k)
			}
		}
	}
}

// shippedAnswers is the survey of the shipped site, and the file of a question.
func shippedAnswers(t *testing.T) (*inquiry, func(q *asked) answersFile) {
	t.Helper()
	p, out, cat := shippedCatalogue(t)
	s, ok := p.inquiry()
	if !ok {
		t.Fatal("the shipped site has a survey")
	}
	if cat.Survey == nil || !slices.Equal(cat.Survey.Levels, []string{"regioni"}) || !cat.Survey.Demo {
		t.Fatalf("the survey is shown as %+v", cat.Survey)
	}
	return s, func(q *asked) (f answersFile) {
		t.Helper()
		if err := json.Unmarshal(asset(t, out, strings.Replace(cat.Survey.Series[0].Column, "*", q.ID, 1)), &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// The files of the survey have what is published and nothing more: no Comune, no
// province, and where a share is withheld the reason and no number. What is
// published of regions and their halves is all there, answer by answer and row by
// row.
func TestQuestionsOnTheMapHaveWhatIsPublishedAndNoMore(t *testing.T) {
	s, file := shippedAnswers(t)
	seen, held, shut := 0, 0, 0
	for _, q := range s.mapped() {
		f := file(q)
		if len(f.Rows) != len(q.tables) {
			t.Fatalf("%s has %d rows, want %d", q.ID, len(f.Rows), len(q.tables))
		}
		for i := range q.tables {
			lines := q.tables[i].Lines
			areas := append([]place{s.areas.italy}, s.areas.regions...)
			open := false
			for _, x := range s.regionHalves() {
				open = open || !lines[x.area].Closed
			}
			if open {
				areas = append(areas, s.regionHalves()...)
			}
			for _, item := range f.Rows[i].Items {
				if len(item.Values) != len(areas) || len(f.Rows[i].Bases) != len(areas) {
					t.Fatalf("%s, %s: %d values and %d bases of %d areas", q.ID, item.Name, len(item.Values), len(f.Rows[i].Bases), len(areas))
				}
			}
			for k, x := range areas {
				if got, want := f.Rows[i].Bases[k], lines[x.area].Base; want.OK() != (got > 0) && got != int(want.N) || want.OK() && got != int(want.N) {
					t.Errorf("%s, %s: the base is %v, the map has %d", q.ID, x.name, want, got)
				}
				for n, column := range q.columns() {
					want, got := q.cell(&q.tables[i], x.area, column), f.Rows[i].Items[n].Values[k]
					seen++
					switch {
					case lines[x.area].Closed && hidden(want.Value):
						shut++
						if got != nil {
							t.Errorf("%s, %s: nothing is published, the map has %v", q.ID, x.name, *got)
						}
					case !want.Value.OK():
						held++
						if got == nil || *got >= 0 || stat.Kinds()[int(-*got)-1] != want.Value.Kind {
							t.Errorf("%s, %s: there is no share (%v), the map has %v", q.ID, x.name, want.Value, got)
						}
					case got == nil || *got != want.Value.N:
						t.Errorf("%s, %s: published is %v, the map has %v", q.ID, x.name, want.Value, got)
					}
				}
			}
		}
	}
	if seen == 0 || held == 0 || shut == 0 {
		t.Errorf("%d shares, %d without a number, %d of areas of which nothing is published: this shows nothing", seen, held, shut)
	}
}

// The address names an answer for ever: each has a code of its own, and one has
// none, which is shown first.
func TestEveryAnswerOnTheMapHasAnAddress(t *testing.T) {
	s, file := shippedAnswers(t)
	grids := 0
	for _, q := range s.mapped() {
		codes := map[string]bool{}
		f := file(q)
		if len(f.Rows) > 1 {
			grids++
		}
		for _, r := range f.Rows {
			for _, item := range r.Items {
				if codes[item.ID] || item.Name == "" || strings.Trim(item.ID, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") != "" {
					t.Errorf("%s: an answer has the code %q, the name %q", q.ID, item.ID, item.Name)
				}
				codes[item.ID] = true
			}
		}
		if !codes[""] {
			t.Errorf("%s: no answer is shown first", q.ID)
		}
	}
	if grids == 0 {
		t.Error("no question is a grid: this shows little")
	}
}

func TestTheCatalogueNamesFilesThatAreThere(t *testing.T) {
	p, out, c := shippedCatalogue(t)
	addresses := []string{c.Country, c.Names}
	for _, r := range c.Regions {
		addresses = append(addresses, r.Pack)
	}
	for _, i := range c.Indicators {
		for _, s := range i.Series {
			addresses = append(addresses, s.Column)
		}
	}
	for id := range c.Questions {
		addresses = append(addresses, strings.Replace(c.Survey.Series[0].Column, "*", id, 1))
	}
	for _, a := range addresses {
		asset(t, out, a)
	}
	listed := 0
	for _, g := range c.Groups {
		listed += len(g.IDs)
		for _, id := range g.IDs {
			if c.Indicators[id].Title == "" && c.Questions[id] == "" {
				t.Errorf("group %s lists %s, which is no indicator", g.Name, id)
			}
		}
	}
	if all := len(c.Indicators) + len(c.Questions); listed != all {
		t.Errorf("%d indicators are listed, there are %d", listed, all)
	}
	if c.N != len(p.Atlas.Comuni) || len(c.Class) != c.N {
		t.Errorf("%d Comuni and %d digits of classes, want %d", c.N, len(c.Class), len(p.Atlas.Comuni))
	}
	at := 0
	for k, u := range c.Units {
		for i := range u.N {
			if got := p.Atlas.Comuni[p.order.comuni[at+i]]; got.Unit != p.order.units[k] || got.Region != u.Region {
				t.Errorf("%s is not of %s", got.Name, u.ID)
			}
		}
		at += u.N
	}
	for k, kind := range stat.Kinds() {
		if c.Kinds[k+1].Code != kind.Code() {
			t.Errorf("kind %d is %q, want %q", k+1, c.Kinds[k+1].Code, kind.Code())
		}
	}
}

// The cartogram has a hexagon for every Comune, in map order, each in a place of
// its own and all of one size.
// The script puts values into words, and into the texts of a choice, but knows no
// choice in a choice (atlante/parole.ts).
func TestTheWordsOfTheMapHaveNoChoiceInAChoice(t *testing.T) {
	_, _, cat := shippedCatalogue(t)
	choice := regexp.MustCompile(`\{\w+, (plural|select), (\S+?\{([^{}]|\{\w+\})*\}\s*)+\}`)
	n := 0
	for key, text := range cat.Words {
		if !strings.Contains(text, ", plural, ") && !strings.Contains(text, ", select, ") {
			continue
		}
		n++
		if left := choice.ReplaceAllString(text, ""); strings.Contains(left, ", plural, ") || strings.Contains(left, ", select, ") || len(choice.FindAllString(text, -1)) == 0 {
			t.Errorf("%s: the script cannot say %q", key, text)
		}
	}
	if n < 5 {
		t.Errorf("only %d of the words have a choice", n)
	}
}

func TestTheCartogramHasEveryComuneOnce(t *testing.T) {
	p, out, cat := shippedCatalogue(t)
	g, err := pack.DecodeGeometry(asset(t, out, cat.Cells))
	if err != nil {
		t.Fatal(err)
	}
	if g.Order != p.order.hash || !slices.Equal(g.Faces, everyone(p)) {
		t.Fatalf("the cartogram has %d of %d Comuni, order %v", len(g.Faces), len(p.order.comuni), g.Order)
	}
	taken := map[orb.Point]string{}
	for k, i := range p.order.comuni {
		name, at := p.Atlas.Comuni[i].Name, g.Lines.FaceBounds(k).Center()
		if other, ok := taken[at]; ok || g.Lines.Area(k) != g.Lines.Area(0) {
			t.Fatalf("%s lies at %v with the area %v, %q lies there", name, at, g.Lines.Area(k), other)
		}
		taken[at] = name
	}
}

// What stands in the page for the first map is what the catalogue says.
func TestThePageKnowsOfTheCatalogueWhatTheFirstMapNeeds(t *testing.T) {
	p, _, c := shippedCatalogue(t)
	var o opened
	if err := json.Unmarshal([]byte(p.first), &o); err != nil {
		t.Fatal(err)
	}
	want := opened{Order: c.Order, N: c.N, Tools: c.Tools, Country: c.Country, Regions: len(c.Regions), Classes: len(c.Classes), Indicator: c.Indicators[p.opening().ID]}
	last := want.Indicator.Series[len(want.Indicator.Series)-1]
	last.Said = ""
	want.Indicator.Series, want.Indicator.Title, want.Indicator.Unit, want.Indicator.Source = []mapSeries{last}, "", "", ""
	for _, u := range c.Units {
		want.Units = append(want.Units, u.Region, u.N)
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("the page has %+v, want %+v", o, want)
	}
}

// The map page is whole without a script: a picture that travels with the page,
// with a link for every region, and controls that wait for the script.
func TestTheMapPageIsWholeWithoutAScript(t *testing.T) {
	p, out := shippedMap(t)
	page := string(asset(t, out, "/mappa/index.html"))
	_, rest, _ := strings.Cut(page, `<div class="canvas">`)
	picture, _, _ := strings.Cut(rest, `</div>`)
	const most = 20_000
	if len(picture) > most {
		t.Errorf("the picture is %d bytes, want %d at most", len(picture), most)
	}
	for _, r := range p.Atlas.Regions {
		if link := `href="` + regionPath(r) + `"`; strings.Count(page, link) < 2 || !strings.Contains(picture, link) {
			t.Errorf("%s is not in the picture and in the table", r.Name)
		}
	}
	for _, want := range []string{`<form class="controls" hidden>`, `data-atlante="` + p.atlas + `"`, `name="indicatore"`, `name="data"`, `name="confronto"`, `name="livello"`,
		`name="classe"`, `name="regione"`, `name="provincia"`, `name="metodo"`, `name="forma"`, `name="go"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, e := range p.Book.Entries {
		if !strings.Contains(page, `href="`+indicatorPath(e.ID)+`#comuni"`) {
			t.Errorf("nothing leads to the map of %s", e.ID)
		}
	}
}
