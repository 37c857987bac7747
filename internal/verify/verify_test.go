package verify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
)

const origin = "https://www.example.it"

// rules are those of the test site.
var rules = Rules{
	Origin:  origin,
	Asides:  []string{"c/**"},
	Answers: []string{"assets/domanda-*.json"},
	Budgets: []Budget{
		{Pattern: "pesi/*/index.html", Name: "peso", Brotli: 400, Visit: 600},
		{Pattern: "dati/**", Name: "dati", Raw: 100},
	},
}

// html5 is a page without fault at a path, with more in head and body.
func html5(path, head, body string) string {
	at := address(path)
	return fmt.Sprintf(`<!doctype html>
<html lang="it"><head><meta charset="utf-8"><title>T %s</title>
<meta name="description" content="D %s">
<link rel="canonical" href="%s%s">%s</head>
<body><h1>Titolo</h1>
%s
</body></html>
`, at, at, origin, at, head, body)
}

// body is the site of one page that has more in its body.
func body(s string) map[string]string {
	return map[string]string{"index.html": html5("index.html", "", s)}
}

// head is the site of one page that has more in its head.
func head(s string) map[string]string {
	return map[string]string{"index.html": html5("index.html", s, "")}
}

// with adds a file to a site.
func with(site map[string]string, path, text string) map[string]string {
	site[path] = text
	return site
}

// two is a site of a page in two languages; more stands in the head of each.
func two(it, en string) map[string]string {
	p := html5("en/index.html", en, "")
	return map[string]string{"index.html": html5("index.html", it, ""), "en/index.html": strings.Replace(p, `lang="it"`, `lang="en"`, 1)}
}

// only is a site of files of which none is a page.
func only(path, text string) map[string]string { return map[string]string{path: text} }

// checked adds a site's files in random order and returns what is found.
func checked(site map[string]string) []string { return checkedBy(rules, site) }

func checkedBy(rules Rules, site map[string]string) []string {
	var paths []string
	for p := range site {
		paths = append(paths, p)
	}
	rand.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	g := New(rules)
	for _, p := range paths {
		g.Add(p, []byte(site[p]))
	}
	var list diag.List
	g.Check(&list)
	var out []string
	for _, p := range list.Problems() {
		out = append(out, p.String())
	}
	return out
}

const ld = `<script type="application/ld+json">`

func TestASiteWithoutFaultPasses(t *testing.T) {
	alternates := `<link rel="alternate" hreflang="it" href="/"><link rel="alternate" hreflang="en" href="/en/"><link rel="alternate" hreflang="x-default" href="/">`
	site := two(alternates+`<link rel="stylesheet" href="/a.css"><link rel="icon" href="data:,"><script src="/a.js" defer></script>`, alternates)
	for path, text := range map[string]string{
		"comuni/roma/index.html": html5("comuni/roma/index.html", ld+`{"@id":"`+origin+`/comuni/roma/"}</script>`, `
<h2 id="sito">Il sito</h2><h3>Dettaglio</h3><h2>Altro</h2>
<p>Testo &amp; <a href="#sito">qui</a>, <a href="../../">su</a>, <a href="dati.json?x=1">dati</a>, <a href="`+origin+`/c/H501/">breve</a>,
<a href="mailto:a@b.it">posta</a>, <a href="https://www.comune.roma.it/">fuori</a>, <a href="/en/#">inglese</a></p>
<img src="/f.png" alt="" srcset="/f.png 1x, /f.png 2x"><br>
<svg role="img" aria-label="due"><defs><pattern id="tratti"></pattern></defs><path fill="url(#tratti)" d="M0 0"/></svg>
<svg role="img"><title>tre</title><use href="/icone.svg#i"/></svg><svg aria-hidden="true"><svg></svg></svg><svg role="group"></svg>
<form action="/"><label for="q">Cerca</label><input id="q"><label>Anno <select><option>1</option></select></label><input type="hidden" name="h"></form>
<table><tr><th scope="col">A</th></tr><tr><td>1</td></tr></table>`),
		"c/H501/index.html":     `<!doctype html><html lang="it"><head><title>Roma</title><meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url=/comuni/roma/"></head><body></body></html>`,
		"c/058091/index.html":   `<!doctype html><html lang="it"><head><title>Roma</title><meta name="robots" content="noindex"></head><body><p><a href="/comuni/roma/">Roma</a></p></body></html>`,
		"404.html":              `<!doctype html><html lang="it"><head><title>Non trovata</title><meta name="description" content="n"></head><body><h1>Non trovata</h1><p><a href="/">Inizio</a></p></body></html>`,
		"a.css":                 `@font-face{src:url(f.woff2)} a{background:url("/f.png")} b{mask:url(#m);background:url(data:image/png;base64,)}`,
		"a.js":                  `export {}`,
		"f.woff2":               "\xff\xfe",
		"f.png":                 "\xff\xfe",
		"icone.svg":             `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="i"/><a href="/"><use href="#i"/></a></svg>`,
		"comuni/roma/dati.json": `{"url":"` + origin + `/comuni/roma/#sito","modello":"` + origin + `/comuni/{slug}/"}`,
		"dati.csv":              "\ufeffa;b\n1,5;-2\n-;+3,4\n\"x;y\";\n",
		"sitemap.xml":           `<?xml version="1.0" encoding="UTF-8"?><urlset><url><loc>` + origin + `/comuni/roma/</loc></url></urlset>`,
		"robots.txt":            "Sitemap: " + origin + "/sitemap.xml\n",
	} {
		site[path] = text
	}
	if got := checked(site); got != nil {
		t.Errorf("found:\n%s", strings.Join(got, "\n"))
	}
}

func TestEachGateFindsItsFault(t *testing.T) {
	const policy = ", which the security policy forbids"
	for _, test := range []struct {
		name string
		site map[string]string
		want []string // hints left out
	}{
		{"link", body(`<p><a href="/comuni/rma/">Roma</a></p>`), []string{`index.html:6:4: the link to /comuni/rma/ leads nowhere`}},
		{"link through the full address", body(`<p><a href="` + origin + `/x">x</a></p>`), []string{`index.html:6:4: the link to /x leads nowhere`}},
		{"link without its slash", with(body(`<p><a href="/en">x</a></p>`), "en/index.html", html5("en/index.html", "", "")),
			[]string{`index.html:6:4: the link to /en leads there only by a redirect`}},
		{"link twice is said once", with(body(`<p><a href="/x">x</a> <a href="/x">x</a></p>`), "a/index.html", html5("a/index.html", "", `<a href="../x">x</a>`)),
			[]string{`a/index.html:6:1: the link to /x leads nowhere`}},
		{"anchor here", body(`<p><a href="#qui">x</a></p>`), []string{`index.html:6:4: a link names the id "qui", which this page does not have`}},
		{"anchor elsewhere", with(body(`<p><a href="/a/#qui">x</a></p>`), "a/index.html", html5("a/index.html", "", "")),
			[]string{`index.html:6:4: the link to /a/#qui finds no such id on that page`}},
		{"link of a drawing in the page", body(`<svg role="group"><a href="/x"><path/></a></svg>`), []string{`index.html:6:19: the link to /x leads nowhere`}},
		{"use", body(`<svg aria-hidden="true"><use href="#i"/></svg>`), []string{`index.html:6:25: <use> names the id "i", which this page does not have`}},
		{"use of a file", body(`<svg aria-hidden="true"><use href="/i.svg#i"/></svg>`), []string{`index.html:6:25: the link to /i.svg leads nowhere`}},
		{"paint", body(`<svg aria-hidden="true"><path fill="url(#p)"/></svg>`), []string{`index.html:6:25: fill names the id "p", which this page does not have`}},
		{"srcset", body(`<img alt="" src="data:," srcset="/a.png 1x, /b.png 2x">`), []string{`index.html:6:1: the link to /a.png leads nowhere`, `index.html:6:1: the link to /b.png leads nowhere`}},
		{"form", body(`<form action="/cerca/"></form>`), []string{`index.html:6:1: the link to /cerca/ leads nowhere`}},
		{"refresh", only("c/a.html", `<!doctype html><html lang="it"><head><title>a</title><meta name="robots" content="noindex"><meta http-equiv="refresh" content="0;url=/b/"></head></html>`),
			[]string{`c/a.html:1:92: the link to /b/ leads nowhere`}},
		{"css", only("assets/a.css", "a{}\nb{background:url(x.png)}"), []string{`assets/a.css:2:14: the link to /assets/x.png leads nowhere`}},
		{"css import", only("a.css", "@import 'b.css';"), []string{`a.css:1:1: the link to /b.css leads nowhere`}},
		{"css from elsewhere", only("a.css", `@import "https://fonts.example.com/x.css";`), []string{`a.css:1:1: <style> loads "https://fonts.example.com/x.css" from elsewhere`}},
		{"data", only("a.json", "{\n\"url\":\""+origin+"/x/\"}"), []string{`a.json:2:8: the link to /x/ leads nowhere`}},
		{"data in the page", head(ld + `{"url":"` + origin + `/x/"}</script>`), []string{`index.html:4:97: the link to /x/ leads nowhere`}},
		{"sitemap", only("sitemap.xml", "<urlset><url><loc>"+origin+"/x/</loc></url></urlset>"), []string{`sitemap.xml:1:19: the link to /x/ leads nowhere`}},
		{"relative link in 404", only("404.html", `<!doctype html><html lang="it"><head><title>a</title><meta name="description" content="a"></head><body><h1>a</h1><a href="x">x</a></body></html>`),
			[]string{`404.html:1:114: the link "x" is relative, but this page is shown at any address`}},

		{"no title", only("index.html", strings.Replace(html5("index.html", "", ""), "<title>T /</title>", "", 1)), []string{`index.html:1:1: the page has 0 titles, want one that is not empty`}},
		{"empty title", only("index.html", strings.Replace(html5("index.html", "", ""), "T /", " ", 1)), []string{`index.html:1:1: the page has 1 titles, want one that is not empty`}},
		{"same title", with(body(""), "a/index.html", strings.Replace(html5("a/index.html", "", ""), "T /a/", "T /", 1)),
			[]string{`index.html:2:45: the title "T /" is also that of a/index.html`}},
		{"no description", only("index.html", strings.Replace(html5("index.html", "", ""), "D /", "", 1)), []string{`index.html:1:1: the page has 1 descriptions, want one that is not empty`}},
		{"same description", with(body(""), "a/index.html", strings.Replace(html5("a/index.html", "", ""), "D /a/", "D /", 1)),
			[]string{`index.html:3:1: the description "D /" is also that of a/index.html`}},
		{"no canonical", only("index.html", strings.Replace(html5("index.html", "", ""), `rel="canonical"`, `rel="help"`, 1)), []string{`index.html:1:1: the page has 0 canonical addresses, want one`}},
		{"canonical of another page", with(body(""), "a/index.html", strings.Replace(html5("a/index.html", "", ""), origin+"/a/", origin+"/", 1)),
			[]string{`a/index.html:4:1: the canonical address is "https://www.example.it/", want "https://www.example.it/a/"`}},
		{"hreflang does not lead back", two(`<link rel="alternate" hreflang="it" href="/"><link rel="alternate" hreflang="en" href="/en/">`, ""),
			[]string{`index.html:4:99: hreflang "en" leads to /en/, which does not lead back`}},
		{"hreflang without itself", two(`<link rel="alternate" hreflang="en" href="/en/">`, `<link rel="alternate" hreflang="it" href="/"><link rel="alternate" hreflang="en" href="/en/">`),
			[]string{`index.html:4:54: the alternates by hreflang do not include the page itself`}},
		{"hreflang of another language", head(`<link rel="alternate" hreflang="de" href="/">`), []string{`index.html:4:54: hreflang says that this page is in "de", its lang is "it"`}},
		{"hreflang to another site", head(`<link rel="alternate" hreflang="de" href="https://x.de/">`), []string{`index.html:4:54: hreflang "de" leads to "https://x.de/", which is not of this site`}},
		{"aside that is indexed", only("c/a.html", `<!doctype html><html lang="it"><head><title>a</title></head><body><a href="/c/a.html">a</a></body></html>`), []string{`c/a.html:1:1: the page stands beside another and is not noindex`}},
		{"aside that leads nowhere", only("c/a.html", `<!doctype html><html lang="it"><head><title>a</title><meta name="robots" content="noindex,follow"></head></html>`), []string{`c/a.html:1:1: the page stands beside another and leads nowhere`}},
		{"no lang", only("index.html", strings.Replace(html5("index.html", "", ""), ` lang="it"`, "", 1)), []string{`index.html:2:1: <html> has no lang`}},
		{"base", head(`<base href="/x/">`), []string{`index.html:4:54: <base> changes what every link means and is not followed here`}},

		{"id twice", body("<p id=\"a\"></p>\n<p id=\"a\"></p>"), []string{`index.html:7:1: the id "a" stands twice on this page`}},
		{"id with a blank", body(`<p id="a b"></p>`), []string{`index.html:6:1: the id "a b" is empty or has a blank in it`}},
		{"second h1", body("<h1>x</h1>"), []string{`index.html:6:1: the page has a second <h1>`}},
		{"skipped heading", body("<h2>x</h2><h4>y</h4>"), []string{`index.html:6:11: <h4> follows <h2>: a level is skipped`}},
		{"first heading", only("index.html", strings.ReplaceAll(html5("index.html", "", "<h1>x</h1>"), "<h1>Titolo</h1>", "<h2>Titolo</h2>")), []string{`index.html:5:7: the first heading is <h2>, want <h1>`}},
		{"no heading", only("index.html", strings.ReplaceAll(html5("index.html", "", ""), "<h1>Titolo</h1>", "")), []string{`index.html:1:1: the page has no <h1>`}},
		{"alt", body(`<img src="data:,">`), []string{`index.html:6:1: <img> has no alt`}},
		{"svg", body(`<svg></svg>`), []string{`index.html:6:1: <svg> does not say what it is to a screen reader`}},
		{"svg without a name", body(`<svg role="img" aria-label=" "></svg>`), []string{`index.html:6:1: <svg role="img"> has no name`}},
		{"label", body(`<label for="b">x</label><input id="b"><input id="a">`), []string{`index.html:6:39: <input> has no label`}},
		{"label for nothing", body(`<label for="b">x</label>`), []string{`index.html:6:1: for names the id "b", which this page does not have`}},
		{"description by nothing", body(`<p aria-describedby="x"></p>`), []string{`index.html:6:1: aria-describedby names the id "x", which this page does not have`}},
		{"table without headings", body(`<table><tr><td>1</td></tr></table>`), []string{`index.html:6:1: <table> has no heading cell`}},
		{"heading cell without scope", body(`<table><tr><th>1</th></tr></table>`), []string{`index.html:6:12: <th> has no scope`}},

		{"style attribute", body(`<p style="color:red"></p>`), []string{`index.html:6:1: <p> has a style attribute` + policy}},
		{"event attribute", body(`<p onclick="x()"></p>`), []string{`index.html:6:1: <p> has the attribute onclick` + policy}},
		{"javascript link", body(`<a href=" JavaScript:x()">x</a>`), []string{`index.html:6:1: a link runs a script` + policy}},
		{"inline script", head(`<script>x()</script>`), []string{`index.html:4:54: <script> stands in the page` + policy}},
		{"inline style", head(`<style>a{}</style>`), []string{`index.html:4:54: <style> stands in the page` + policy}},
		{"third party script", head(`<script src="//cdn.example.com/x.js"></script>`), []string{`index.html:4:54: <script> loads "//cdn.example.com/x.js" from elsewhere`}},
		{"third party style", head(`<link rel="preload stylesheet" href="http://cdn.example.com/x.css">`), []string{`index.html:4:54: <link> loads "http://cdn.example.com/x.css" from elsewhere`}},
		{"third party image", body(`<img alt="" src="https://a.example.com/x.png">`), []string{`index.html:6:1: <img> loads "https://a.example.com/x.png" from elsewhere`}},
		{"third party frame", body(`<iframe title="x" src="https://a.example.com/"></iframe>`), []string{`index.html:6:1: <iframe> loads "https://a.example.com/" from elsewhere`}},
		{"preconnect", head(`<link rel="preconnect" href="https://a.example.com">`), []string{`index.html:4:54: <link> loads "https://a.example.com" from elsewhere`}},

		{"no doctype", only("index.html", strings.Replace(html5("index.html", "", ""), "<!doctype html>", "<!-- x -->", 1)), []string{`index.html:1:1: the page does not start with <!doctype html>`}},
		{"wrong end tag", body("<div>\n<p>x</div>"), []string{`index.html:7:5: </div> stands where </p> is wanted, for the <p> of line 7`}},
		{"never closed", only("index.html", strings.Replace(html5("index.html", "", "<main>"), "\n</body></html>", "", 1)), []string{`index.html:6:1: <main> is never closed`}},
		{"closed too often", only("index.html", html5("index.html", "", "")+"</p>"), []string{`index.html:8:1: </p> closes nothing`}},
		{"end tag of br", body("<br></br>"), []string{`index.html:6:5: </br> closes nothing: <br> has no content`}},
		{"div in p", body("<p><span><div></div></span></p>"), []string{`index.html:6:10: <div> may not stand in a <p>: the browser would close the paragraph before it`}},
		{"link in link", body(`<a href="/"><b><a href="/">x</a></b></a>`), []string{`index.html:6:16: <a> may not stand in <a>`}},
		{"self-closed div", body(`<div/>`), []string{`index.html:6:1: <div/> is not closed by its slash; write </div>`}},
		{"attribute twice", body(`<p class="a" class="b"></p>`), []string{`index.html:6:1: <p> has the attribute class twice`}},
		{"bare <", body(`<p>1 < 2</p>`), []string{`index.html:6:6: a < starts no tag; as a character it is written &lt;`}},
		{"quote that is not closed", body(`<p class="a>x</p>`), []string{`index.html:6:1: an attribute of <p> is not written as name="value"`}},
		{"attributes that stick together", body(`<p class="a"id="b"></p>`), []string{`index.html:6:1: the attributes of <p> are not separated by blanks`}},
		{"comment", body(`<!-- a -- b -->`), []string{`index.html:6:1: a comment is empty, not closed, or has -- inside`}},

		{"bidi control", only("a.txt", "a\u202eb"), []string{`a.txt:1:2: a character that turns the direction of text stands here (U+202E)`}},
		{"not UTF-8", only("a.txt", "a\n\xe8"), []string{`a.txt:2:1: this is not UTF-8`}},
		{"JSON", only("a.json", "{\n\"a\":1,}"), []string{`a.json:2:7: this is not JSON: invalid character '}' looking for beginning of object key string`}},
		{"JSON in the page", head(ld + "{x}</script>"), []string{`index.html:4:90: this is not JSON: invalid character 'x' looking for beginning of object key string`}},
		{"CSV", only("a.csv", "a,b\n1,2\n1\n"), []string{`a.csv:3:1: this is not a table: wrong number of fields`}},
		{"CSV formula", only("a.csv", "a,b\n1,=1+1\n-cmd,+39 06\n"), []string{`a.csv:2:3: a spreadsheet would run this cell as a formula`, `a.csv:3:1: a spreadsheet would run this cell as a formula`, `a.csv:3:6: a spreadsheet would run this cell as a formula`}},
		{"empty CSV", only("a.csv", ""), []string{`a.csv:1:1: the table has no headings`}},
		{"XML", only("a.xml", "<a>\n<b></a>"), []string{`a.xml:2:8: this is not XML: element <b> closed by </a>`}},
		{"SVG script", only("a.svg", `<svg><script/></svg>`), []string{`a.svg:1:6: <script> stands in the drawing` + policy}},
		{"SVG link", only("a.svg", `<svg><a href="/x"/></svg>`), []string{`a.svg:1:6: the link to /x leads nowhere`}},
		{"SVG use", only("a.svg", `<svg><use href="#x"/></svg>`), []string{`a.svg:1:6: <use> names the id "x", which this drawing does not have`}},
		{"SVG from elsewhere", only("a.svg", `<svg><image href="https://x.example/a.png"/></svg>`), []string{`a.svg:1:6: <image> loads "https://x.example/a.png" from elsewhere`}},

		{"too heavy", only("pesi/a/index.html", html5("pesi/a/index.html", "", "<p>"+noise(2000)+"</p>")),
			[]string{`pesi/a/index.html: peso: 1674 bytes on a first visit, the budget is 600`, `pesi/a/index.html: peso: 1674 bytes with brotli, the budget is 400`}},
		{"too heavy with what it loads", with(with(only("pesi/a/index.html", html5("pesi/a/index.html", `<link rel="stylesheet" href="/a.css">`, "")), "a.css", "a{background:url(f.woff2)}"), "f.woff2", noise(500)),
			[]string{`pesi/a/index.html: peso: 679 bytes on a first visit, the budget is 600`}},
		{"a font for characters the page does not have", with(with(with(only("pesi/a/index.html", html5("pesi/a/index.html", `<link rel="stylesheet" href="/a.css">`, "<p>š</p>")),
			"a.css", "@font-face{src:url(f.woff2);unicode-range:U+0000-001F,U+0100-0159,U+4??}@font-face{src:url(g.woff2);unicode-range:U+1,U+0160-017F}"), "f.woff2", noise(500)), "g.woff2", noise(600)),
			[]string{`pesi/a/index.html: peso: 867 bytes on a first visit, the budget is 600`}},
		{"too large", only("dati/2026/a.txt", noise(101)), []string{`dati/2026/a.txt: dati: 101 bytes as it lies, the budget is 100`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range checked(test.site) {
				line, _, _ := strings.Cut(p, "\n    hint: ")
				got = append(got, line)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
		})
	}
}

// noise is text of n letters that does not compress well, the same each time.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
		b[i] = letters[r.IntN(len(letters))]
	}
	return string(b)
}

func TestWhatATemplateRepeatsIsSaidThreeTimes(t *testing.T) {
	site := map[string]string{}
	for i := range 10 {
		path := fmt.Sprintf("p%d/index.html", i)
		site[path] = html5(path, "", `<img src="data:,">`)
	}
	got := checked(site)
	if len(got) != 3 || got[2] != "p2/index.html:6:1: <img> has no alt\n    hint: say in alt what it shows, or write alt=\"\" for an ornament; the same in 7 more places" {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestAddressAndFileAreInverse(t *testing.T) {
	for path, want := range map[string]string{"index.html": "/", "comuni/roma/index.html": "/comuni/roma/", "404.html": "/404.html",
		"comuni/roma/dati.json": "/comuni/roma/dati.json", "myindex.html": "/myindex.html"} {
		if got := address(path); got != want || filed(got) != path {
			t.Errorf("%s: got %s and back %s, want %s", path, got, filed(got), want)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"comuni/*/index.html", "comuni/roma/index.html", true},
		{"comuni/*/index.html", "comuni/index.html", false},
		{"comuni/*/index.html", "comuni/roma/x/index.html", false},
		{"c/**", "c/H501/index.html", true},
		{"c/**", "comuni/roma/index.html", false},
		{"*/c/**", "en/c/H501/index.html", true},
		{"**", "a", true},
	} {
		if got := fits(test.pattern, test.path); got != test.want {
			t.Errorf("%s, %s: got %v", test.pattern, test.path, got)
		}
	}
}
