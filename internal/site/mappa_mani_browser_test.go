package site

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mappa/internal/atlas"
	"mappa/internal/browsertest"
)

const (
	mapReset = `document.querySelector('[aria-label="Mostra tutta l’Italia"]')`
	mapHere  = `document.querySelector('[aria-label="Vai dove mi trovo"]')`
)

// surface is where the map lies in the window, scrolled into it.
func surface(p *browsertest.Page) (middle, corner browsertest.Point) {
	r := browsertest.Eval[[4]float64](p, `(() => { const e = `+mapSurface+`; e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; })()`)
	return browsertest.Point{X: r[0] + r[2]/2, Y: r[1] + r[3]/2}, browsertest.Point{X: r[0], Y: r[1]}
}

func TestMyPositionIsAskedOnlyWhenIWantIt(t *testing.T) {
	b := browsertest.Start(t)
	address := without(t, func(name string, data []byte) []byte {
		if strings.HasPrefix(name, "mappa-") && strings.HasSuffix(name, ".js") {
			return append([]byte(`globalThis.asked = 0; { const g = navigator.geolocation, ask = g.getCurrentPosition.bind(g); g.getCurrentPosition = (...a) => { asked++; ask(...a); }; }`), data...)
		}
		return data
	})
	for _, c := range []struct {
		name, query string
		at          *browsertest.Geo
		says, leads string
	}{
		{"refused", "", nil, "La tua posizione non è disponibile.", ""},
		{"Corsica, in the frame", "", &browsertest.Geo{Lon: 9.05, Lat: 42.15}, "La tua posizione è fuori dall’Italia.", ""},
		{"Parigi, out of it", "", &browsertest.Geo{Lon: 2.35, Lat: 48.86}, "La tua posizione è fuori dall’Italia.", ""},
		{"Suvereto", "", &browsertest.Geo{Lon: 10.6773, Lat: 43.0766}, "Suvereto (LI)", "comuni/suvereto"},
		{"Lampedusa, at the edge", "", &browsertest.Geo{Lon: 12.61, Lat: 35.51}, "Lampedusa e Linosa (AG)", "comuni/lampedusa-e-linosa"},
		{"Predoi, at the other", "", &browsertest.Geo{Lon: 12.10, Lat: 47.04}, "Predoi", "comuni/predoi"},
		{"in the cartogram", "forma=celle", &browsertest.Geo{Lon: 10.6773, Lat: 43.0766}, "Suvereto (LI)", "comuni/suvereto"},
		{"a province", "livello=province", &browsertest.Geo{Lon: 10.6773, Lat: 43.0766}, "Livorno", "province/livorno"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := b.For(t).Open(address+mapPath+"?"+c.query, browsertest.View{})
			p.Place(c.at)
			soon(t, p, mapReady)
			browsertest.Eval[bool](p, mapReset+`.click(), true`)
			if n := browsertest.Eval[int](p, `asked`); n != 0 {
				t.Fatalf("the position was asked for %d times before the button was pressed", n)
			}
			browsertest.Eval[bool](p, mapHere+`.click(), true`)
			soon(t, p, mapSays+`.includes(`+"`"+c.says+"`"+`)`)
			if n := browsertest.Eval[int](p, `asked`); n != 1 {
				t.Errorf("the position was asked for %d times", n)
			}
			if got := text(p, `new URLSearchParams(location.search).get("scelto") ?? ""`); got != c.leads {
				t.Errorf("the address has chosen %q, want %q", got, c.leads)
			}
		})
	}
	p := b.Open(address+embedPath, browsertest.View{})
	soon(t, p, mapSurface+`?.role === "application"`)
	if !browsertest.Eval[bool](p, mapHere+` === null && `+mapReset+` !== null`) {
		t.Error("a page of others can ask for the position")
	}
}

func TestAClickOnACellChoosesItsComune(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?forma=celle", browsertest.View{})
	soon(t, p, mapReady)
	p.Do(chromedp.Focus("#m-go"), chromedp.KeyEvent("suvereto"))
	soon(t, p, `document.querySelector("#m-go-lista li") !== null`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `location.search.includes("scelto=comuni/suvereto") && location.search.includes("vista=")`)
	middle, _ := surface(p)
	p.Hover(middle)
	soon(t, p, mapTip+`.textContent.includes("Suvereto")`)
	p.Do(chromedp.Navigate(text(p, `location.href`))) // the address has the view
	soon(t, p, mapReady)
	middle, _ = surface(p)
	for n := 0; !strings.Contains(text(p, mapTip+`.textContent`), "Suvereto"); n++ {
		if n == 100 {
			t.Fatal("the view is not that of the address")
		}
		p.Hover(browsertest.Point{X: middle.X - 100, Y: middle.Y}) // until the cells are laid
		p.Hover(middle)
		time.Sleep(50 * time.Millisecond)
	}
	p.Drag(middle) // chosen already: not any more
	soon(t, p, `!location.search.includes("scelto") && document.querySelector(".scelto").hidden`)
	time.Sleep(400 * time.Millisecond) // or the two would be a double click
	p.Drag(middle)
	soon(t, p, `location.search.includes("scelto=comuni/suvereto") && document.querySelector(".scelto a")?.textContent === "Suvereto"`)
	set(p, "input[name=forma][value=carta]", "") // where the view of the cells means nothing
	soon(t, p, `location.search === "?scelto=comuni/suvereto"`)
}

// seen is what the address says of the view: kilometres and hundredths.
func seen(p *browsertest.Page) (v [3]float64) {
	fmt.Sscanf(text(p, `new URLSearchParams(location.search).get("vista") ?? "0,0,100"`), "%f,%f,%f", &v[0], &v[1], &v[2])
	return v
}

// settled is the view once the address has followed it.
func settled(p *browsertest.Page) [3]float64 {
	time.Sleep(700 * time.Millisecond)
	return seen(p)
}

func about(got, want, most float64) bool { return math.Abs(got-want) <= most }

func TestFingersMoveTheMapExactly(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{Width: 360, Height: 740})
	soon(t, p, mapReady)
	middle, _ := surface(p)
	at := func(dx, dy float64) browsertest.Point { return browsertest.Point{X: middle.X + dx, Y: middle.Y + dy} }

	// One finger over the whole country is the page's.
	was := browsertest.Eval[float64](p, `scrollY`)
	var swipe [][]browsertest.Point
	for y := 0.0; y >= -120; y -= 20 {
		swipe = append(swipe, []browsertest.Point{at(0, y)})
	}
	p.Touch(swipe...)
	soon(t, p, fmt.Sprintf(`scrollY > %f`, was+50))
	if v := settled(p); v[2] != 100 {
		t.Errorf("one finger on the whole country zooms to %v", v)
	}

	middle, _ = surface(p)
	var pinch [][]browsertest.Point
	for d := 40.0; d <= 80; d += 5 {
		pinch = append(pinch, []browsertest.Point{at(-d, 0), at(d, 0)})
	}
	p.Touch(pinch...)
	v := settled(p)
	if !about(v[2], 200, 3) {
		t.Errorf("fingers twice as far apart zoom to %v hundredths, want 200", v[2])
	}

	drag := func(dx, dy float64) {
		var way [][]browsertest.Point
		for k := 0.0; k <= 8; k++ {
			way = append(way, []browsertest.Point{at(dx*k/8, dy*k/8)})
		}
		p.Touch(way...)
	}
	scrolled := browsertest.Eval[float64](p, `scrollY`)
	drag(-80, 0)
	east := settled(p)
	drag(40, 0)
	back := settled(p)
	if east[0] <= v[0] || !about(back[0]-east[0], -(east[0]-v[0])/2, (east[0]-v[0])*0.15) || east[2] != v[2] || !about(east[1], v[1], 1) {
		t.Errorf("from %v a finger goes 80 px left to %v and 40 px right to %v", v, east, back)
	}
	drag(0, 60)
	if north := settled(p); north[1] <= back[1] || browsertest.Eval[float64](p, `scrollY`) != scrolled {
		t.Errorf("from %v a finger goes 60 px down to %v, the page scrolls", back, north)
	}

	browsertest.Eval[bool](p, mapReset+`.click(), true`)
	soon(t, p, `!location.search.includes("vista")`)
	p.DoubleTap(at(0, 0))
	if v := settled(p); !about(v[2], 200, 1) {
		t.Errorf("a double tap zooms to %v hundredths, want 200", v[2])
	}
	time.Sleep(400 * time.Millisecond)
	chosen := text(p, `new URLSearchParams(location.search).get("scelto") ?? ""`)
	p.Touch([]browsertest.Point{at(-20, -30)})
	soon(t, p, `location.search.includes("scelto=comuni/") && new URLSearchParams(location.search).get("scelto") !== "`+chosen+`" && document.querySelector(".scelto a")?.pathname === "/" + new URLSearchParams(location.search).get("scelto") + "/"`)
}

func TestTheMouseMovesTheMapExactly(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath+"?livello=regioni", browsertest.View{})
	soon(t, p, mapReady)
	middle, _ := surface(p)
	at := func(dx, dy float64) browsertest.Point { return browsertest.Point{X: middle.X + dx, Y: middle.Y + dy} }
	was := browsertest.Eval[float64](p, `scrollY`)
	p.Hover(middle)
	p.Wheel(middle, 100)
	soon(t, p, fmt.Sprintf(`scrollY > %f`, was))
	if v := settled(p); v[2] != 100 {
		t.Errorf("a wheel that was not asked for zooms to %v", v)
	}
	middle, _ = surface(p)
	p.Do(chromedp.Focus(".surface"))
	p.Wheel(middle, -240)
	v := settled(p)
	if want := 100 * math.Pow(1.0025, 240); !about(v[2], want, 2) {
		t.Errorf("the wheel zooms to %v hundredths, want %.0f", v[2], want)
	}
	p.Drag(middle, at(-30, 0), at(-60, 0))
	east := settled(p)
	p.Drag(middle, at(30, 0), at(60, 0))
	if back := settled(p); east[0] <= v[0] || !about(back[0], v[0], 1) || !about(back[1], v[1], 1) {
		t.Errorf("from %v there and back by way of %v leads to %v", v, east, back)
	}
	browsertest.Eval[bool](p, mapReset+`.click(), true`)
	if v := settled(p); v[2] != 100 || text(p, `location.search`) != "?livello=regioni" {
		t.Errorf("the whole country is %v", v)
	}
	p.Drag(middle)
	p.Drag(middle)
	if v := settled(p); !about(v[2], 200, 1) {
		t.Errorf("a double click zooms to %v hundredths, want 200", v[2])
	}
}

func TestTheKeysLeadIntoARegionAndToThePageOfAComune(t *testing.T) {
	address := serveNation(t)
	press, _ := shippedMap(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	p.Do(chromedp.Focus(".surface"), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowLeft))
	soon(t, p, mapSays+`.includes("Invio per entrare")`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `/^.+ \([A-Z]{2}\): /.test(`+mapSays+`)`)
	first := text(p, mapSays)
	p.Do(chromedp.KeyEvent(kb.ArrowUp))
	soon(t, p, mapSays+` !== `+"`"+first+"`"+` && /^.+ \([A-Z]{2}\): /.test(`+mapSays+`)`)
	name, _, _ := strings.Cut(text(p, mapSays), " (")
	p.Do(chromedp.KeyEvent(kb.Enter))
	i := slices.IndexFunc(press.Atlas.Comuni, func(c atlas.Comune) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("%q is no Comune", name)
	}
	soon(t, p, `location.pathname === "`+comunePath(press.Atlas.Comuni[i])+`"`)
}

// A phone shows the map at once, moves nothing when the script comes, and says
// beside the place what a finger chose there.
func TestAPhoneShowsTheMapFirst(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	phone := browsertest.View{Width: 360, Height: 740}
	const places = `(() => { const top = (s) => document.querySelector(s).getBoundingClientRect().top; return [top(".canvas"), top(".legenda"), top(".choose"), top("#tabella")]; })()`
	const lead = `document.querySelector(".lead").innerText`
	still := phone
	still.NoScript = true
	p := b.For(t).Open(address+mapPath, still)
	was, words := browsertest.Eval[[4]float64](p, places), text(p, lead)
	if was[0] > 500 || was[0] > was[1] || was[1] > was[2] || was[2] > was[3] {
		t.Errorf("without script map, legend, controls and table begin at %v", was)
	}

	p = b.For(t).Open(address+mapPath, phone)
	soon(t, p, mapReady)
	soon(t, p, `!document.querySelector("form.controls").hidden`)
	if now := browsertest.Eval[[4]float64](p, places); now[0] != was[0] || text(p, lead) != words {
		t.Errorf("the map moves from %v to %v under %q, which was %q", was[0], now[0], text(p, lead), words)
	}
	const shift = `new Promise((done) => { new PerformanceObserver((list) => done(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({type: "layout-shift", buffered: true}); setTimeout(() => done(0), 200); })`
	if by := browsertest.Eval[float64](p, shift); by > 0.02 {
		t.Errorf("the page moves by %.3f", by)
	}
	if got := browsertest.Eval[bool](p, mapTip+`.hidden`); !got {
		t.Errorf("nothing is chosen, and the map says %q", text(p, mapTip+`.innerText`))
	}
	middle, _ := surface(p)
	p.Touch([]browsertest.Point{middle})
	soon(t, p, `location.search.includes("scelto=comuni/") && !`+mapTip+`.hidden && !`+mapTip+`.textContent.includes("…") && document.querySelector(".scelto a") !== null`)
	name := text(p, `document.querySelector(".scelto a").textContent`)
	if got := text(p, mapTip+`.querySelector("b").textContent`); got == "" || got != name {
		t.Errorf("beside the place stands %q, %q was chosen", got, name)
	}
	const near = `(() => { const a = document.querySelector(".tip").getBoundingClientRect(), s = document.querySelector(".surface").getBoundingClientRect(), x = Number(%f), y = Number(%f); return Math.max(a.left - x, x - a.right, a.top - y, y - a.bottom, s.left - a.left, a.right - s.right); })()`
	if off := browsertest.Eval[float64](p, fmt.Sprintf(near, middle.X, middle.Y)); off > 30 {
		t.Errorf("the name stands %v pixels from the place, or outside the map", off)
	}
	if under := browsertest.Eval[[2]float64](p, `[document.querySelector(".scelto").getBoundingClientRect().top - document.querySelector(".canvas").getBoundingClientRect().bottom, document.querySelector(".legenda").getBoundingClientRect().top - document.querySelector(".scelto").getBoundingClientRect().bottom]`); under[0] < 0 || under[0] > 40 || under[1] < 0 {
		t.Errorf("what was chosen stands %v below the map, and the legend %v below that", under[0], under[1])
	}
	browsertest.Eval[bool](p, `document.querySelector(".zoom button").click(), true`)
	soon(t, p, `location.search.includes("vista=")`)
	if got := browsertest.Eval[bool](p, mapTip+`.hidden`); got {
		t.Error("the name is gone once the map was enlarged")
	}
}

// What the keys are on is seen too, not only heard.
func TestTheKeysShowWhereTheyAre(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	p.Do(chromedp.Focus(".surface"), chromedp.KeyEvent(kb.ArrowDown))
	soon(t, p, mapSays+`.includes("Invio per entrare")`)
	seen := func() string { return text(p, mapTip+`.hidden ? "" : `+mapTip+`.querySelector("b").textContent`) }
	if name := seen(); name == "" || !strings.HasPrefix(text(p, mapSays), name+":") {
		t.Errorf("the map shows %q and says %q", name, text(p, mapSays))
	}
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `/^.+ \([A-Z]{2}\): /.test(`+mapSays+`)`)
	if name := seen(); name == "" || !strings.HasPrefix(text(p, mapSays), name+" (") {
		t.Errorf("the map shows %q and says %q", name, text(p, mapSays))
	}
	p.Do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape))
	soon(t, p, mapTip+`.hidden`)
}
