package site

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

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

// A column of the survey has what is published and nothing more: no Comune, no
// province, and where a share is withheld the reason and no number.
func TestColumnsOfTheSurveyHaveOnlyWhatIsPublished(t *testing.T) {
	p, out, cat := shippedCatalogue(t)
	s, ok := p.inquiry()
	if !ok {
		t.Fatal("the shipped site has a survey")
	}
	seen, hidden := 0, 0
	for _, q := range s.mapped() {
		in := cat.Indicators[q.ID]
		c := decodedColumn(t, p, out, in.Series[0].Column)
		if len(in.Levels) != 1 || in.Levels[0] != "regioni" || !in.Demo {
			t.Errorf("%s: levels %v, fictional %v", q.ID, in.Levels, in.Demo)
		}
		for _, table := range []int{cellUnits, cellRegionClasses, cellUnitClasses} {
			if c.Comuni != nil || c.Areas[table] != nil {
				t.Errorf("%s: the map has more than regions and classes", q.ID)
			}
		}
		for r, x := range s.areas.regions {
			want, got := q.focused(x.area), c.Areas[cellRegions][r].Value
			if got != want.Value {
				t.Errorf("%s, %s: published is %v, the map has %v", q.ID, x.name, want.Value, got)
			}
			seen++
			if got.Kind == stat.Withheld {
				hidden++
				if got.N != 0 {
					t.Errorf("%s, %s: a withheld share has the number %v", q.ID, x.name, got.N)
				}
			}
		}
	}
	if seen == 0 || hidden == 0 {
		t.Errorf("%d cells, %d withheld: this shows nothing", seen, hidden)
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
	for _, a := range addresses {
		asset(t, out, a)
	}
	listed := 0
	for _, g := range c.Groups {
		listed += len(g.IDs)
		for _, id := range g.IDs {
			if c.Indicators[id].Title == "" {
				t.Errorf("group %s lists %s, which is no indicator", g.Name, id)
			}
		}
	}
	if listed != len(c.Indicators) {
		t.Errorf("%d indicators are listed, there are %d", listed, len(c.Indicators))
	}
	if c.N != len(p.Atlas.Comuni) || len(c.Class) != c.N {
		t.Errorf("%d Comuni and %d digits of classes, want %d", c.N, len(c.Class), len(p.Atlas.Comuni))
	}
	at := 0
	for k, u := range c.Units {
		if u.From != at {
			t.Errorf("unit %s begins at %d, want %d", u.ID, u.From, at)
		}
		for i := range u.N {
			if got := p.Atlas.Comuni[p.order.comuni[u.From+i]]; got.Unit != p.order.units[k] || got.Region != u.Region {
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
