package browsertest

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func page(head, body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Prova</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/a.css">` + head + `</head>
<body><main><h1>Prova</h1>` + body + `</main></body></html>`)}
}

func site(t *testing.T) string {
	return Serve(t, fstest.MapFS{
		"index.html": page(`<script src="/a.js" defer></script>`, `<p id="p">prima</p>`),
		"rotta.html": page(`<script src="/rotta.js" defer></script><script>1</script>`, `<p style="color:red">x</p><img src="https://terzi.example/x.png">`),
		"larga.html": page("", `<div class="larga">x</div>`),
		"a.css":      {Data: []byte("body{color:#000;background:#fff}.larga{width:900px} @media (prefers-color-scheme:dark){body{color:#fff;background:#000}}")},
		"a.js":       {Data: []byte(`document.getElementById("p").textContent = "dopo";`)},
		"rotta.js":   {Data: []byte(`console.warn("attenzione", 1); throw new Error("rotta");`)},
	})
}

func TestACleanPageIsClean(t *testing.T) {
	b, address := Start(t), site(t)
	for _, v := range []View{{}, {Width: 320}, {Dark: true}, {NoScript: true}, {Print: true}, {Contrast: true}} {
		p := b.Open(address+"/", v)
		p.Clean(v.String())
		want := "dopo"
		if v.NoScript {
			want = "prima"
		}
		if got := Eval[string](p, `document.getElementById("p").textContent`); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
		if dark := Eval[bool](p, `matchMedia("(prefers-color-scheme: dark)").matches`); dark != v.Dark {
			t.Errorf("%v: dark is %v", v, dark)
		}
		if n := p.Shift(); n != 0 {
			t.Errorf("%v: layout shift %v", v, n)
		}
	}
}

func TestFaultsAreSeen(t *testing.T) {
	b, address := Start(t), site(t)
	p := b.Open(address+"/rotta.html", View{})
	contains := func(what string, all []string, want string) {
		t.Helper()
		if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%s: %q is not among %q", what, want, all)
		}
	}
	contains("axe", p.Axe(), "image-alt")
	contains("console", p.Console(), "rotta")
	contains("console", p.Console(), "attenzione 1")
	contains("policy", p.Policy(), "script")
	contains("policy", p.Policy(), "style")
	contains("policy", p.Policy(), "https://terzi.example/x.png")
	contains("width", b.Open(address+"/larga.html", View{Width: 320}).Overflow(), "div.larga")
}

func TestRequestsToOthersAreSeen(t *testing.T) {
	b, address := Start(t), site(t)
	p := b.Open(address+"/", View{})
	Eval[bool](p, `setTimeout(() => document.location.assign("https://terzi.example/"), 0) > 0`)
	for end := time.Now().Add(patience); len(p.Foreign()) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if got := p.Foreign(); !slices.Equal(got, []string{"terzi.example"}) {
		t.Errorf("got %q", got)
	}
}

func TestScreenshot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.png")
	Start(t).Open(site(t)+"/", View{Width: 320}).Screenshot(file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := png.DecodeConfig(bytes.NewReader(raw)); err != nil || c.Width != 320 {
		t.Errorf("got %+v, %v", c, err)
	}
}
