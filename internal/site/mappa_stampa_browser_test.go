package site

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"mappa/internal/browsertest"
)

// The chosen view stands on paper as a drawing in the colours of paper, even
// when the screen is dark, and goes when printing ends.
func TestPaperHasTheChosenViewOnWhite(t *testing.T) {
	address := serveNation(t)
	b := browsertest.Start(t)
	for _, c := range []struct{ name, path, wake string }{
		{"Comuni", mapPath, ""},
		{"a province chosen", mapPath + "?livello=province&scelto=province/livorno", ""},
		{"small maps", mapPath + "?forma=multipli", ""},
		{"a figure of another page", "/regioni/toscana/", `document.querySelector("[data-esplora]").click(), true`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := b.For(t).Open(address+c.path, browsertest.View{Dark: true})
			if c.wake != "" {
				soon(t, p, `document.querySelector("[data-esplora]:not([hidden])") !== null`)
				browsertest.Eval[bool](p, c.wake)
			}
			soon(t, p, mapSurface+`?.role === "application"`)
			p.Paper(filepath.Join(t.TempDir(), "a.pdf")) // the browser asks for the drawing itself
			if left := browsertest.Eval[int](p, `document.querySelectorAll(":not(.multiples figure) > .sheet, .address, .on-paper").length`); left > 0 {
				t.Errorf("%d parts of the paper stay on the screen", left)
			}
			p.Turn(browsertest.View{Width: 680, Dark: true, Print: true})
			browsertest.Eval[bool](p, `dispatchEvent(new Event("beforeprint"))`)
			const sheet = `document.querySelector(".sheet")`
			if !browsertest.Eval[bool](p, sheet+`.checkVisibility({visibilityProperty: true}) && !document.querySelector(".stage").checkVisibility({visibilityProperty: true}) && document.querySelectorAll(".sheet path").length > 5`) {
				t.Fatal("the drawing does not stand in the place of the canvas")
			}
			if got := text(p, `getComputedStyle(document.querySelector('.sheet [fill="var(--c4)"]')).fill + getComputedStyle(document.body).backgroundColor`); got != "rgb(39, 113, 156)rgb(255, 255, 255)" {
				t.Errorf("on paper a class and the ground are %s", got)
			}
			if got := text(p, `document.querySelector(".address").textContent`); got != text(p, `location.href`) {
				t.Errorf("the paper says that it is %q", got)
			}
			if over := p.Overflow(); len(over) > 0 {
				t.Errorf("wider than the paper: %q", over)
			}
			file := filepath.Join(t.TempDir(), "a.png")
			p.Screenshot(file)
			if part := darkPart(t, file); part > 0.2 {
				t.Errorf("%.0f %% of the paper is dark", 100*part)
			}
		})
	}
}

// What is said of a view comes a few frames after the view: paper has all of it,
// whenever it is asked for.
func TestPaperDoesNotWaitForFrames(t *testing.T) {
	address := serveNation(t)
	press, _ := shippedMap(t)
	p := browsertest.Start(t).Open(address+mapPath, browsertest.View{})
	soon(t, p, mapReady)
	browsertest.Eval[bool](p, `(() => { window.requestAnimationFrame = () => 0; return true; })()`) // no frame comes any more
	set(p, "input[name=forma][value=multipli]", "")
	soon(t, p, `location.search === "?forma=multipli" && !document.querySelector(".multiples").hidden`)
	if n := browsertest.Eval[int](p, `document.querySelectorAll(".multiples figure").length`); n != 0 {
		t.Fatalf("%d small maps are drawn without a frame: this shows nothing", n)
	}
	if high := browsertest.Eval[float64](p, `document.querySelector(".canvas").clientHeight`); high < 400 {
		t.Errorf("before the small maps are drawn the map folds up to %v px", high)
	}
	browsertest.Eval[bool](p, `dispatchEvent(new Event("beforeprint"))`)
	if n := browsertest.Eval[int](p, `document.querySelectorAll(".multiples figure .sheet").length`); n != len(press.Atlas.Schemes[0].Classes) {
		t.Errorf("%d small maps are on paper", n)
	}
}

// darkPart is how much of a picture is darker than the middle.
func darkPart(t *testing.T, file string) float64 {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	dark, all := 0, 0
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y += 3 {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x += 3 {
			all++
			if r, g, b, _ := picture.At(x, y).RGBA(); r+g+b < 3*0x7fff {
				dark++
			}
		}
	}
	return float64(dark) / float64(all)
}
