package site

import (
	"testing"

	"mappa/internal/browsertest"
)

// kinds are the kinds of page. The first page of a kind is looked at in every
// view; the others, its hardest examples (two languages, a great many figures,
// another chart), in those where most goes wrong.
var kinds = []struct {
	kind  string
	paths []string
}{
	{"home", []string{"/"}},
	{"Comune", []string{"/comuni/suvereto/", "/comuni/bolzano/", "/comuni/roma/"}},
	{"unit", []string{"/province/livorno/", "/province/bolzano/"}},
	{"region", []string{"/regioni/toscana/", "/regioni/lombardia/"}},
	{"ripartizione", []string{"/ripartizioni/centro/"}},
	{"class", []string{"/classi/50001-250000/"}},
	{"indicator", []string{"/indicatori/anpr-servizi/", "/indicatori/siti-bootstrap-italia/"}},
	{"question", []string{"/indicatori/cloud-stato/", "/indicatori/gestionali/"}},
	{"participation", []string{"/indicatori/chi-ha-risposto/"}},
	{"indices", []string{"/indici/esterna/", "/indici/", "/metodo/indici/", "/metodo/indici/sensibilita/"}},
	{"objectives", []string{"/piano-triennale/"}},
	{"cohort", []string{"/gruppi/comune-full-digital/", "/gruppi/"}},
	{"academy", []string{"/accademia/"}},
	{"A-Z", []string{"/comuni/", "/comuni/iniziale/s/"}},
	{"list", []string{"/indicatori/", "/province/", "/classi/"}},
	{"search", []string{"/cerca/"}},
	{"map", []string{"/mappa/", "/mappa/incorpora/"}},
	{"report", []string{"/rapporti/2026/", "/rapporti/", "/rapporti/2026/fondi/"}},
	{"prose", []string{"/metodo/", "/fonti/", "/accessibilita/", "/dati/formato-delle-mappe/"}},
	{"data", []string{"/dati/"}},
	{"ended Comune", []string{"/comuni/sovizzo-i879/"}},
	{"choice", []string{"/comuni/castro/"}},
	{"not found", []string{"/404.html"}},
}

// views are how a page is looked at: at the width of a small phone, which is
// also a laptop's at 400 %, and at the laptop's. Without scripts a page has the
// colours and the columns it has with them: it is looked at once.
var (
	hardest = []browsertest.View{{Width: 320}, {Width: 1280, Dark: true}}
	views   = append(hardest[:2:2], browsertest.View{Width: 1280}, browsertest.View{Width: 320, Dark: true},
		browsertest.View{Width: 320, NoScript: true})
)

func TestPagesOfEveryKindAreCleanInABrowser(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, k := range kinds {
		for n, path := range k.paths {
			looks := views
			if n > 0 {
				looks = hardest
			}
			t.Run(k.kind+" "+path, func(t *testing.T) {
				t.Parallel()
				p := b.For(t).Open(address+path, looks[0])
				for i, v := range looks {
					t.Run(v.String(), func(t *testing.T) {
						p := p.For(t)
						if i > 0 {
							p.Look(v)
						}
						examine(t, p, v)
					})
				}
			})
		}
	}
}

// stir is the layout shift that browsers call good. What there is comes from
// words that wrap elsewhere once the typeface is there, on a busy machine.
const stir = 0.1

// firstRows is how many rows of a table and items of a list axe is shown: the
// others are made by the same code, and it takes minutes for a thousand.
const firstRows = `document.querySelectorAll("tbody, ul, ol").forEach((all) => [...all.children].slice(30).forEach((one) => one.remove())), true`

func examine(t *testing.T, p *browsertest.Page, v browsertest.View) {
	if n := p.Shift(); n > stir {
		t.Errorf("what is read moves while the page loads: layout shift %v", n)
	}
	for what, selector := range map[string]string{
		"page without one h1": "html:not(:has(h1)), h1 ~ h1", "picture without a size": "img:not([width][height])",
		"inline style":  "[style]:not(.stage, .stage *), style", // the stage is the script's: it lays its canvas out
		"inline script": "script:not([src], [type='application/ld+json'])",
	} {
		if n := browsertest.Eval[int](p, `document.querySelectorAll("`+selector+`").length`); n > 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
	for _, e := range p.Overflow() {
		t.Errorf("wider than the screen: %s", e)
	}
	browsertest.Eval[bool](p, firstRows)
	p.Clean(v.String())
}
