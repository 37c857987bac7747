package browsertest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

const handsScript = `const said = document.getElementById("p");
const say = (t) => { said.textContent += t + " "; };
for (const k of ["pointerdown", "pointerup"]) said.addEventListener(k, (e) => say(k.slice(7) + "/" + e.pointerType + "@" + Math.round(e.clientX)));
said.addEventListener("pointermove", (e) => { if (e.pointerType === "mouse") say((e.buttons ? "drag@" : "over@") + Math.round(e.clientX)); });
said.addEventListener("wheel", (e) => say("wheel" + e.deltaY), {passive: true});
said.addEventListener("touchstart", (e) => say("fingers" + e.touches.length));
addEventListener("beforeprint", () => say("paper"));
window.where = () => new Promise((done) => navigator.geolocation.getCurrentPosition((x) => done(x.coords.longitude + " " + x.coords.latitude), (e) => done("no" + e.code)));`

func TestHands(t *testing.T) {
	address := Serve(t, fstest.MapFS{"index.html": page(`<script src="/a.js" defer></script>`, `<p id="p" class="p"></p>`),
		"a.css": {Data: []byte(".p{touch-action:none;position:fixed;inset:0}")}, "a.js": {Data: []byte(handsScript)}})
	p := Start(t).Open(address+"/", View{})
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"hover", func() { p.Hover(Point{100, 100}) }, "over@100"},
		{"wheel", func() { p.Wheel(Point{100, 100}, 120) }, "wheel120"},
		{"drag", func() { p.Drag(Point{100, 100}, Point{140, 100}) }, "down/mouse@100 drag@140 up/mouse@140"},
		{"pinch", func() { p.Touch([]Point{{100, 100}, {200, 100}}, []Point{{50, 100}, {250, 100}}) }, "fingers2"},
		{"tap", func() { p.Touch([]Point{{300, 100}}) }, "down/touch@300 fingers1 up/touch@300"},
		{"double tap", func() { p.DoubleTap(Point{300, 100}) }, "up/touch@300 down/touch@300"},
		{"paper", func() { p.Paper(filepath.Join(t.TempDir(), "a.pdf")) }, "paper"},
	} {
		Eval[bool](p, `document.getElementById("p").textContent = "", true`)
		c.do()
		if got := Eval[string](p, `new Promise((done) => setTimeout(() => done(document.getElementById("p").textContent), 100))`); !strings.Contains(got, c.want) {
			t.Errorf("%s: the page heard %q, want %q", c.name, got, c.want)
		}
	}
}

func TestADoubleTapIsFastWhateverThePageDoes(t *testing.T) {
	p := Start(t).Open(Serve(t, fstest.MapFS{"index.html": page(`<script src="/a.js" defer></script>`, `<p id="p" class="p"></p>`),
		"a.css": {Data: []byte(".p{touch-action:none;position:fixed;inset:0}")},
		"a.js":  {Data: []byte(`window.at = []; addEventListener("pointerup", (e) => { at.push(e.timeStamp); for (const t = performance.now() + 800; performance.now() < t;); });`)}})+"/", View{})
	p.DoubleTap(Point{100, 100})
	if apart := Eval[float64](p, `at[1] - at[0]`); apart < 80 || apart > 200 {
		t.Errorf("the taps are %v ms apart", apart)
	}
}

func TestPlace(t *testing.T) {
	p := Start(t).Open(Serve(t, fstest.MapFS{"index.html": page(`<script src="/a.js" defer></script>`, `<p id="p"></p>`), "a.css": {}, "a.js": {Data: []byte(handsScript)}})+"/", View{})
	p.Place(&Geo{Lon: 10.5, Lat: 43.25})
	if got := Eval[string](p, `where()`); got != "10.5 43.25" {
		t.Errorf("got %q", got)
	}
	p.Place(nil)
	if got := Eval[string](p, `where()`); got != "no1" {
		t.Errorf("a reader who refuses is at %q", got)
	}
}

func TestPaper(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.pdf")
	Start(t).Open(site(t)+"/", View{}).Paper(file)
	if raw, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("%v: begins %.20q", err, raw)
	}
}
