package site

import (
	"io/fs"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mappa/internal/browsertest"
)

// Parts of the map page, for conditions.
const (
	mapReady   = `document.querySelector("form.controls:not([hidden])") !== null && document.querySelector(".surface")?.role === "application"`
	mapSurface = `document.querySelector(".surface")`
	mapSays    = `document.querySelector('[data-dice="stato"]').textContent`
	mapFault   = `(document.querySelector(".fault")?.textContent ?? "")`
	mapColours = `(() => { const c = document.querySelector(".surface canvas"); const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; const seen = new Set(); for (let i = 0; i < d.length; i += 400) if (d[i + 3]) seen.add(d[i] + "," + d[i + 1] + "," + d[i + 2]); return seen.size; })()`
)

// set chooses a value of a control, as a reader does.
func set(p *browsertest.Page, selector, value string) {
	browsertest.Eval[bool](p, `(() => { const e = document.querySelector('`+selector+`'); if (e.type === "radio") e.checked = true; else e.value = "`+value+`"; return e.dispatchEvent(new Event("change", {bubbles: true})); })()`)
}

func TestTheMapIsDrawnAndSaysWhatItShows(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, v := range []browsertest.View{{}, {Width: 320}, {Dark: true}, {Forced: true}} {
		t.Run(v.String(), func(t *testing.T) {
			p := b.For(t).Open(address+mapPath, v)
			soon(t, p, mapReady)
			soon(t, p, mapColours+` > 5`)
			if got := text(p, mapSurface+`.ariaLabel`); !strings.Contains(got, "Mappa interattiva") || !strings.Contains(got, "per Comune") {
				t.Errorf("the map is called %q", got)
			}
			if got := text(p, `document.getElementById(`+mapSurface+`.getAttribute("aria-describedby")).textContent`); !strings.Contains(got, "mediana") || !strings.Contains(got, "frecce") {
				t.Errorf("the map is described %q", got)
			}
			if n := p.Shift(); n > stir {
				t.Errorf("what is read moves when the map comes: %v", n)
			}
			if small := browsertest.Eval[int](p, `[...document.querySelectorAll(".zoom button")].filter((b) => b.getBoundingClientRect().height < 44 || b.getBoundingClientRect().width < 44).length`); small > 0 {
				t.Errorf("%d buttons are smaller than 44 px", small)
			}
			browsertest.Eval[bool](p, firstRows)
			p.Clean("map")
		})
	}
}

func TestTheAddressRestoresTheMap(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?livello=regioni&scelto=regioni/toscana&metodo=quantili", browsertest.View{})
	soon(t, p, mapReady)
	soon(t, p, `document.querySelector(".scelto a")?.textContent === "Toscana"`)
	if got := text(p, `document.querySelector("select[name=metodo]").value + " " + document.querySelector("input[name=livello]:checked").value`); got != "quantili regioni" {
		t.Errorf("the controls say %q", got)
	}
	set(p, `input[name=livello][value=province]`, "")
	soon(t, p, `location.search.includes("livello=province") && document.querySelector('[data-dice="didascalia"]').textContent.includes("per provincia")`)
	browsertest.Eval[bool](p, `history.back(), true`)
	soon(t, p, `location.search === "?livello=regioni&scelto=regioni/toscana&metodo=quantili" || location.search.includes("livello=regioni")`)
	soon(t, p, `document.querySelector("input[name=livello]:checked").value === "regioni" && document.querySelector(".scelto a")?.textContent === "Toscana"`)

	odd := browsertest.Start(t).Open(address+mapPath+"?livello=vie&classe=x", browsertest.View{})
	soon(t, odd, mapReady)
	soon(t, odd, mapFault+`.includes("livello=vie, classe=x")`)
}

func TestTheTableFollowsTheFiltersOfTheMap(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?livello=province", browsertest.View{})
	soon(t, p, mapReady)
	browsertest.Eval[bool](p, `document.querySelector("#tabella").scrollIntoView(), true`)
	const rows = `document.querySelectorAll("[data-tabella] tbody tr").length`
	soon(t, p, rows+` === 50`)
	set(p, "select[name=regione]", "toscana")
	soon(t, p, rows+` === 10`)
	set(p, `input[name=livello][value=comuni]`, "")
	soon(t, p, `document.querySelector("[data-tabella] caption").textContent.includes("273 Comuni") && `+rows+` === 50`)
	browsertest.Eval[bool](p, `document.querySelector("[data-tabella] > p button").click(), true`)
	soon(t, p, rows+` === 100 && document.activeElement.tagName === "A"`)
	browsertest.Eval[bool](p, `document.querySelectorAll("[data-tabella] th button")[0].click(), true`)
	soon(t, p, `document.querySelector("[data-tabella] tbody th").textContent === "Abbadia San Salvatore" && document.activeElement.closest("th")?.ariaSort === "ascending"`)
}

func TestTheMapIsWalkedByKeyboard(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	if n := browsertest.Eval[int](p, `[...document.querySelectorAll(".canvas a, .canvas [tabindex]")].filter((e) => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !e.closest(".zoom")).length`); n != 1 {
		t.Errorf("the map has %d tab stops, want 1", n)
	}
	p.Do(chromedp.Focus(".surface"), chromedp.KeyEvent(kb.ArrowDown))
	soon(t, p, mapSays+`.includes("Invio per entrare")`) // a region
	region := text(p, mapSays)
	p.Do(chromedp.KeyEvent(kb.ArrowUp))
	soon(t, p, mapSays+` !== `+"`"+region+"`")
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `/^.+ \([A-Z]{2}\): /.test(`+mapSays+`)`) // a Comune, its value
	first := text(p, mapSays)
	p.Do(chromedp.KeyEvent(kb.ArrowRight))
	soon(t, p, mapSays+` !== `+"`"+first+"`"+` && /\([A-Z]{2}\): /.test(`+mapSays+`)`)
	p.Do(chromedp.KeyEvent(kb.Escape))
	soon(t, p, mapSays+`.includes("tutta l’Italia")`)
	p.Do(chromedp.KeyEvent(kb.Escape))
	soon(t, p, `document.activeElement !== `+mapSurface)
	p.Do(chromedp.Focus("#m-go"), chromedp.KeyEvent("suvereto"))
	soon(t, p, `document.querySelector("#m-go-lista li") !== null`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `location.search.includes("scelto=comuni/suvereto") && document.querySelector(".scelto a")?.textContent === "Suvereto"`)
	soon(t, p, `[...document.querySelectorAll(".vicini a")].some((a) => a.textContent === "Sassetta")`)
	p.Do(chromedp.Focus(".surface"), chromedp.KeyEvent(kb.Enter))
	soon(t, p, `location.pathname === "/comuni/suvereto/"`)
}

func TestTheViewOfTheMapCanBeTakenAway(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?livello=regioni", browsertest.View{})
	soon(t, p, mapReady)
	browsertest.Eval[bool](p, `(() => { window.taken = {}; const make = URL.createObjectURL; URL.createObjectURL = (b) => { window.last = b; return make(b); };
		HTMLAnchorElement.prototype.click = function () { window.taken[this.download.split(".").pop()] = window.last; }; return true; })()`)
	for _, kind := range []string{"csv", "png", "svg"} {
		browsertest.Eval[bool](p, `document.querySelector("[data-scarica=`+kind+`]").click(), true`)
		soon(t, p, `window.taken.`+kind+` !== undefined`)
	}
	csv := text(p, `window.taken.csv.text()`)
	if !strings.Contains(csv, "# Punteggio tecnico del sito") || !strings.Contains(csv, "# 31 luglio 2024, per regione") || strings.Count(csv, "/regioni/") != 20 {
		t.Errorf("the CSV is %q", csv)
	}
	svg := text(p, `window.taken.svg.text()`)
	for _, want := range []string{"Punteggio tecnico del sito", "31 luglio 2024", "80 e oltre", "Fonte: ", "Confini ISTAT"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the SVG lacks %q", want)
		}
	}
	if fault := text(p, `window.taken.svg.text().then((t) => new DOMParser().parseFromString(t, "image/svg+xml").querySelector("parsererror")?.textContent ?? "")`); fault != "" {
		t.Errorf("the SVG is not valid: %s", fault)
	}
	if size := text(p, `createImageBitmap(window.taken.png).then((i) => String(i.width > 800 && i.height > i.width))`); size != "true" {
		t.Error("the PNG is too small")
	}
}

// without serves the site with some files missing or broken.
func without(t *testing.T, change func(name string, data []byte) []byte) string {
	realInputs(t)
	realTheme(t)
	files, err := nation()
	if err != nil {
		t.Fatal(err)
	}
	tree := http.FileServerFS(files)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		data, err := fs.ReadFile(files, strings.TrimPrefix(r.URL.Path, "/"))
		if err == nil {
			if to := change(name, data); to == nil {
				http.NotFound(w, r)
				return
			} else if len(to) != len(data) || string(to) != string(data) {
				w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
				_, _ = w.Write(to)
				return
			}
		}
		tree.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestWhateverFailsLeavesTheStaticMapAndASentence(t *testing.T) {
	b := browsertest.Start(t)
	is := func(name, begin, end string) bool {
		return strings.HasPrefix(name, begin) && strings.HasSuffix(name, end)
	}
	for _, c := range []struct {
		name, says string
		change     func(name string, data []byte) []byte
	}{
		{"no catalogue", "non si è caricata", func(n string, d []byte) []byte {
			if is(n, "mappa-", ".json") {
				return nil
			}
			return d
		}},
		{"no geometry", "la rete non risponde", func(n string, d []byte) []byte {
			if is(n, "paese-", ".bin") {
				return nil
			}
			return d
		}},
		{"broken geometry", "rovinato", func(n string, d []byte) []byte {
			if is(n, "paese-", ".bin") {
				return d[:len(d)/2]
			}
			return d
		}},
		{"another order", "due versioni", func(n string, d []byte) []byte {
			if is(n, "mappa-", ".json") {
				return []byte(strings.Replace(string(d), `"ordine":"`, `"ordine":"x`, 1))
			}
			return d
		}},
		{"no tools", "la rete non risponde", func(n string, d []byte) []byte {
			if is(n, "attrezzi-", ".js") {
				return nil
			}
			return d
		}},
		{"no canvas", "non si può disegnare", func(n string, d []byte) []byte {
			if is(n, "mappa-", ".js") {
				return append([]byte("HTMLCanvasElement.prototype.getContext=()=>null;"), d...)
			}
			return d
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := b.For(t).Open(without(t, c.change)+mapPath, browsertest.View{})
			soon(t, p, mapFault+`.includes("`+c.says+`")`)
			if !browsertest.Eval[bool](p, `document.querySelector(".canvas > svg").checkVisibility({visibilityProperty: true}) && !document.querySelector(".stage") && document.querySelector("form.controls").hidden && !document.querySelector("[data-senza]").hidden`) {
				t.Error("the static map is not what is left")
			}
		})
	}
	t.Run("no script", func(t *testing.T) {
		p := b.For(t).Open(without(t, func(n string, d []byte) []byte {
			if is(n, "mappa-", ".js") {
				return nil
			}
			return d
		})+mapPath, browsertest.View{})
		if !browsertest.Eval[bool](p, `document.querySelector(".canvas > svg").checkVisibility({visibilityProperty: true}) && document.querySelector("[data-senza]").checkVisibility()`) {
			t.Error("the static map and its sentence are not there")
		}
	})
	t.Run("a column that comes later", func(t *testing.T) {
		asked := false
		p := b.For(t).Open(without(t, func(n string, d []byte) []byte {
			if asked && is(n, "colonna-", ".bin") {
				return nil
			}
			return d
		})+mapPath+"?livello=regioni", browsertest.View{})
		soon(t, p, mapReady)
		asked = true
		set(p, "select[name=indicatore]", "anpr-servizi")
		soon(t, p, mapFault+`.includes("quelli di prima")`)
	})
}

func TestAMapInAnotherPageWakesWhenItIsAsked(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, where := range []string{"/indicatori/anpr-servizi/", "/regioni/toscana/", "/province/livorno/"} {
		t.Run(where, func(t *testing.T) {
			p := b.For(t).Open(address+where, browsertest.View{})
			const figure = `document.querySelector("figure[data-mappa]")`
			soon(t, p, figure+`.querySelector("[data-esplora]:not([hidden])") !== null`)
			if browsertest.Eval[bool](p, `performance.getEntriesByType("resource").some((r) => /\/(mappa-|paese-)[^/]*(js|bin|json)$/.test(r.name))`) {
				t.Error("the map is fetched before it is asked for")
			}
			before := browsertest.Eval[float64](p, `document.documentElement.scrollHeight`)
			browsertest.Eval[bool](p, figure+`.querySelector("[data-esplora]").click(), true`)
			soon(t, p, figure+`.classList.contains("live") && document.activeElement === `+mapSurface)
			if after := browsertest.Eval[float64](p, `document.documentElement.scrollHeight`); after != before {
				t.Errorf("the page was %v px high and is %v", before, after)
			}
			browsertest.Eval[bool](p, firstRows)
			p.Clean("awake")
		})
	}
}

// The site's own policy lets nobody frame its pages; whoever serves it leaves
// frame-ancestors out for the map to embed, as this server does.
func TestTheMapStandsInThePageOfOthersUnderAStrictPolicy(t *testing.T) {
	address := without(t, func(_ string, data []byte) []byte { return data })
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-src "+address+"; script-src "+address)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><html lang="it"><title>Ospite</title><link rel="icon" href="data:,"><h1>Ospite</h1><iframe src="` + address + embedPath + `?livello=regioni" title="Mappa" width="600" height="300"></iframe><script src="` + address + hostPath + `" defer></script></html>`))
	}))
	t.Cleanup(host.Close)
	p := browsertest.Start(t).Open(host.URL+"/", browsertest.View{})
	soon(t, p, `Number(document.querySelector("iframe").height) > 400`)
}
