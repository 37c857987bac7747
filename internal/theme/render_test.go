package theme

import (
	"bytes"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
)

// chromePage is a page with nothing of its own.
type chromePage struct{ Chrome }

func fullPage(f *Frame) *chromePage {
	return &chromePage{Chrome{Frame: f, Title: "Suvereto (LI)", Description: "A che punto è Suvereto con il digitale.", Path: "comuni/suvereto/", Section: "comuni",
		Breadcrumb: []Link{{"Home", "/"}, {"Comuni", "/comuni/"}, {"Toscana", "/regioni/toscana/"}, {"Livorno", "/province/livorno/"}, {"Suvereto", ""}},
		Contents:   []Link{{"PA digitale 2026", "#pnrr"}, {"Il sito", "#sito"}},
		Others:     []Alternate{{"en", "English", "ENG", ", English version", "/en/comuni/suvereto/"}},
		DemoIn:     []Link{{"Partecipazione", "#partecipazione"}, {"Indici", "#indici"}},
		Facts:      []Fact{{"Edizione", "2025, versione 1.0. Pagina aggiornata il 21 novembre 2026."}, {"Fonti", "PA digitale 2026 (CC BY 4.0)"}}}}
}

func page404(t testing.TB) string {
	t.Helper()
	th := italia(t)
	f, err := th.Frame(testFrame())
	if err != nil {
		t.Fatal(err)
	}
	out, err := th.Render("404", fullPage(f))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestThePageHasWhatThePublicAdministrationLooksFor(t *testing.T) {
	got := page404(t)
	for _, want := range []string{
		`<html lang="it">`, `<a class="skip" href="#contenuto">Vai al contenuto</a>`, `<main id="contenuto"`,
		`data-element="accessibility-link"`, `aria-current="page">Comuni</a>`, `hreflang="en"`,
		`<link rel="canonical" href="https://mappa.example/comuni/suvereto/">`,
		`Dati dimostrativi</b> in alcune sezioni di questa pagina: <a href="#partecipazione">Partecipazione</a> e <a href="#indici">Indici</a>.`,
		`default-src 'none'`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
}

func TestNothingInThePageNeedsAnInlineStyleOrScript(t *testing.T) {
	root, err := html.Parse(strings.NewReader(page404(t)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			if strings.HasPrefix(a.Val, "⟦") {
				t.Errorf("a message is missing: %s", a.Val)
			}
		}
		if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
			t.Errorf("inline <%s>", n.Data)
		}
	}
}

// Budgets of a first visit, in bytes: style and scripts as brotli sends them,
// fonts as they are.
const (
	styleBudget  = 12 << 10
	scriptBudget = 8 << 10
	fontBudget   = 26 << 10
)

func TestTheFirstVisitKeepsItsBudgets(t *testing.T) {
	weigh := func(data []byte) int {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		w.Write(data)
		w.Close()
		return out.Len()
	}
	fonts := 0
	for _, f := range italia(t).Files() {
		switch {
		case strings.Contains(f.Path, "sito-") && strings.HasSuffix(f.Path, ".css"):
			within(t, "the style", weigh(f.Data), styleBudget)
		case strings.Contains(f.Path, "sito-") && strings.HasSuffix(f.Path, ".js"):
			within(t, "the script", weigh(f.Data), scriptBudget)
		case strings.HasSuffix(f.Path, ".woff2") && !strings.Contains(f.Path, "-altri-") && !strings.Contains(f.Path, "-ext-"):
			fonts += len(f.Data)
		}
	}
	within(t, "the fonts", fonts, fontBudget)
}

func within(t *testing.T, what string, got, budget int) {
	t.Helper()
	t.Logf("%s: %d bytes", what, got)
	if got == 0 || got > budget {
		t.Errorf("%s weighs %d bytes, want at most %d", what, got, budget)
	}
}

func TestEveryComponentIsInTheStyleSheet(t *testing.T) {
	files := italiaFiles(t)
	sheet := string(files["themes/italia/stile/sito.css"].Data)
	for name := range files {
		if strings.Contains(name, "/componenti/") && strings.HasSuffix(name, ".css") {
			part := strings.TrimPrefix(name, "themes/italia/")
			if !strings.Contains(sheet, `"../`+part+`"`) {
				t.Errorf("%s is not imported by stile/sito.css", part)
			}
		}
	}
}

func TestComponentsReadIntentsOnly(t *testing.T) {
	for name, f := range italiaFiles(t) {
		if !strings.Contains(name, "/componenti/") || !strings.HasSuffix(name, ".css") {
			continue
		}
		for _, palette := range []string{"--blue-", "--ink-", "--raspberry-", "--amber-", "rgb(", "hsl("} {
			if strings.Contains(string(f.Data), palette) {
				t.Errorf("%s uses %s: colours are intents", name, palette)
			}
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	th := italia(b)
	f, err := th.Frame(testFrame())
	if err != nil {
		b.Fatal(err)
	}
	p := fullPage(f)
	for b.Loop() {
		if _, err := th.Render("404", p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		italia(b)
	}
}
