package site

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mappa/internal/browsertest"
)

// soon waits until a condition of the page holds.
func soon(t *testing.T, p *browsertest.Page, condition string) {
	t.Helper()
	const most, pause = 400, 25 * time.Millisecond
	for range most {
		if browsertest.Eval[bool](p, condition) {
			return
		}
		time.Sleep(pause)
	}
	t.Fatalf("never: %s", condition)
}

// text is what an expression says on the page.
func text(p *browsertest.Page, expression string) string {
	return browsertest.Eval[string](p, expression)
}

func TestTheSearchOfTheHomePageFindsPlaces(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, c := range []struct{ typed, first, leads string }{
		{"bolz", "Bolzano", "/comuni/bolzano/"},
		{"Bozen", "Bolzano", "/comuni/bolzano/"},
		{"reggio emilia", "Reggio nell'Emilia", "/comuni/reggio-nell-emilia/"},
		{"Suveretto", "Suvereto", "/comuni/suvereto/"},
		{"L019", "L019", "/comuni/suvereto/"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			p := b.For(t).Open(address+"/", browsertest.View{})
			p.Do(chromedp.Focus("#q"), chromedp.KeyEvent(c.typed))
			soon(t, p, `document.querySelector("#q-lista li") !== null`)
			if got := text(p, `document.querySelector("#q-lista li").textContent`); !strings.Contains(got, c.first) {
				t.Errorf("got %q first, want %q", got, c.first)
			}
			soon(t, p, `/\d+ risultat/.test(document.querySelector("form [role=status]").textContent)`)
			if said, shown := browsertest.Eval[int](p, `parseInt(document.querySelector("form [role=status]").textContent)`),
				browsertest.Eval[int](p, `document.querySelectorAll("#q-lista li").length`); said < shown {
				t.Errorf("%d results are announced, %d are shown", said, shown)
			}
			for _, e := range p.Axe() {
				t.Error(e)
			}
			p.Do(chromedp.KeyEvent(kb.ArrowDown))
			if got := text(p, `document.getElementById(document.querySelector("#q").getAttribute("aria-activedescendant")).id`); got != "q-lista-0" {
				t.Errorf("the arrow leads to %q", got)
			}
			p.Do(chromedp.KeyEvent(kb.Enter))
			soon(t, p, `location.pathname === "`+c.leads+`"`)
		})
	}
}

func TestEscapeClosesTheListOfPlaces(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+"/", browsertest.View{Width: 320})
	p.Do(chromedp.Focus("#q"), chromedp.KeyEvent("roma"))
	soon(t, p, `document.querySelector("#q-lista li") !== null`)
	if over := p.Overflow(); len(over) > 0 {
		t.Errorf("the open list is wider than the screen: %q", over)
	}
	p.Do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.Escape))
	if got := text(p, `[document.querySelector("#q").ariaExpanded, document.querySelector("#q-lista").hidden, document.querySelector("#q").value, document.activeElement.id].join(" ")`); got != "false true roma q" {
		t.Errorf("got %q: the list must close, the word and the focus stay", got)
	}
}

func TestWithoutScriptTheSearchLeadsToTheAlphabet(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+"/", browsertest.View{NoScript: true})
	p.Do(chromedp.Focus("#q"), chromedp.KeyEvent("roma"+kb.Enter))
	soon(t, p, `location.pathname === "/comuni/" && document.querySelectorAll(".letters a").length > 20`)
}

func TestAShortLinkLeadsOn(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, code := range []string{"L019", "049020"} {
		p := b.Open(address+"/cerca/", browsertest.View{})
		browsertest.Eval[bool](p, `location.assign("/c/`+code+`/"), true`)
		soon(t, p, `location.pathname === "/comuni/suvereto/"`)
		for _, e := range append(p.Console(), p.Policy()...) {
			t.Errorf("/c/%s/: %s", code, e)
		}
	}
}

func TestATableOfComuniSortsByMouseAndKeyboard(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+"/province/livorno/", browsertest.View{})
	const column = `document.querySelector("#comuni table, section:last-of-type .scroll table")`
	state := column + `.querySelectorAll("tbody th")[0].textContent.trim() + "|" + ` + column + `.querySelectorAll("thead th")[1].ariaSort`
	soon(t, p, column+`.querySelector("th button") !== null`)
	press := column + `.querySelectorAll("th button")[1]`
	browsertest.Eval[bool](p, press+`.click(), true`)
	if got := text(p, state); got != "Livorno LI|descending" {
		t.Errorf("after a click: %q", got)
	}
	browsertest.Eval[bool](p, press+`.focus(), true`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	if got := text(p, state); got != "Capraia Isola LI|ascending" {
		t.Errorf("after Enter: %q", got)
	}
	p.Do(chromedp.KeyEvent(" "))
	if got := text(p, state); got != "Livorno LI|descending" {
		t.Errorf("after the space bar: %q", got)
	}
	if got := text(p, column+`.parentElement.querySelector("[role=status]").textContent`); !strings.Contains(got, "decrescente") {
		t.Errorf("the order is announced as %q", got)
	}
}

func TestTheMenuOfAPhoneOpensAndCloses(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, v := range []browsertest.View{{Width: 320}, {Width: 320, NoScript: true}} {
		t.Run(v.String(), func(t *testing.T) {
			p := b.For(t).Open(address+"/comuni/suvereto/", v)
			seen := `[...document.querySelectorAll(".menu a")].filter((a) => a.checkVisibility()).length`
			if n := browsertest.Eval[int](p, seen); n != 0 {
				t.Fatalf("%d links show before the menu opens", n)
			}
			p.Do(chromedp.Focus(".menu summary"), chromedp.KeyEvent(kb.Enter))
			soon(t, p, seen+` === 7`)
			if n := browsertest.Eval[float64](p, `Math.min(...[...document.querySelectorAll(".menu a")].map((a) => a.getBoundingClientRect().height))`); n < 44 {
				t.Errorf("a link of the menu is %v px high, want 44", n)
			}
			p.Clean("menu open")
			if v.NoScript {
				return
			}
			p.Do(chromedp.KeyEvent(kb.Escape))
			soon(t, p, seen+` === 0 && document.activeElement.tagName === "SUMMARY"`)
		})
	}
}

func TestTheKeyboardSeesWhereItIs(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	p := b.Open(address+"/comuni/suvereto/", browsertest.View{})
	p.Do(chromedp.KeyEvent(kb.Tab))
	if got := text(p, `document.activeElement.className + " " + (document.activeElement.getBoundingClientRect().height > 24)`); got != "skip true" {
		t.Fatalf("the first stop is %q, want the link that skips the header", got)
	}
	p.Do(chromedp.KeyEvent(kb.Enter))
	soon(t, p, `document.activeElement.id === "contenuto"`)
	const stops = 60
	for range stops {
		p.Do(chromedp.KeyEvent(kb.Tab))
		if got := text(p, `(() => { const e = document.activeElement, s = getComputedStyle(e);
			return e === document.body || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 3) ? "" : e.outerHTML.slice(0, 90) })()`); got != "" {
			t.Errorf("the focus cannot be seen on %s", got)
		}
	}
}

func TestPaperHasTheFiguresAndNoNavigation(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+"/comuni/suvereto/", browsertest.View{Width: 680, Print: true, Dark: true})
	if got := text(p, `[...document.querySelectorAll("nav, form, .menu, .skip")].filter((e) => e.checkVisibility()).map((e) => e.className || e.ariaLabel).join()`); got != "" {
		t.Errorf("on paper stand %s", got)
	}
	if got := text(p, `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector(".big")).color`); got != "rgb(255, 255, 255)rgb(179, 23, 90)" {
		t.Errorf("paper and figure are %s", got)
	}
	if over := p.Overflow(); len(over) > 0 {
		t.Errorf("wider than the paper: %q", over)
	}
}

func TestForcedColoursLeaveTheMapItsClasses(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, dark := range []bool{false, true} {
		p := b.Open(address+"/regioni/toscana/", browsertest.View{Forced: true, Dark: dark})
		fills := browsertest.Eval[[]string](p, `[1, 2, 3, 4, 5].map((k) => getComputedStyle(document.querySelector(".map svg .c" + k)).fill)`)
		for k, fill := range fills {
			legend := text(p, `getComputedStyle(document.querySelector(".swatches .c`+string(rune('1'+k))+`")).fill`)
			if fill != legend || strings.Count(strings.Join(fills, ";"), fill) != 1 {
				t.Errorf("class %d is %s on the map, %s in the legend", k+1, fill, legend)
			}
		}
	}
}

func TestTheFallbackTypefaceHasTheWidthOfTheOwn(t *testing.T) {
	address := serveNation(t)
	p := browsertest.Start(t).Open(address+"/comuni/suvereto/", browsertest.View{})
	widths := browsertest.Eval[[]float64](p, `document.fonts.ready.then(() => ['"Titillium Web"', '"Titillium Fallback"'].flatMap((family) => [400, 700].map((weight) => {
		const canvas = document.createElement("canvas").getContext("2d");
		canvas.font = weight + " 100px " + family;
		return canvas.measureText(document.querySelector(".lead").textContent).width;
	})))`)
	const most = 0.03
	for k := range 2 {
		if own, other := widths[k], widths[k+2]; other/own < 1-most || other/own > 1+most {
			t.Errorf("a sentence is %.0f wide, %.0f before the typeface comes", own, other)
		}
	}
}
