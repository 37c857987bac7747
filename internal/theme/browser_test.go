package theme

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// site serves the page of components with its assets and a small index.
func site(t *testing.T) string {
	t.Helper()
	files := italiaFiles(t)
	copyInto(t, files, "testdata/prova")
	th := load(t, files, Source{Dir: "themes/italia", Over: "prova", Base: "/"})
	index, err := SearchIndex([]Entry{
		{Name: "Roma", Detail: "RM", Dir: "comuni/", Slug: "roma"},
		{Name: "Romano d'Ezzelino", Detail: "VI", Dir: "comuni/", Slug: "romano-d-ezzelino"},
		{Name: "Bolzano", Detail: "BZ", Dir: "comuni/", Slug: "bolzano", Aliases: []string{"Bozen"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := testFrame()
	f.SearchIndex = "/nomi.json"
	frame, err := th.Frame(f)
	if err != nil {
		t.Fatal(err)
	}
	page, err := th.Render("prova", fullPage(frame))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	serve := func(path string, data []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(path, ".svg") {
				w.Header().Set("Content-Type", "image/svg+xml")
			}
			http.ServeContent(w, r, path, time.Time{}, strings.NewReader(string(data)))
		})
	}
	serve("/{$}", page)
	serve("/nomi.json", index)
	for _, file := range th.Files() {
		serve("/"+file.Path, file.Data)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// browser starts chromium in one colour scheme; without it the test is skipped,
// in CI it fails.
func browser(t *testing.T, scheme string) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no chromium")
	} else if err != nil {
		t.Skip("no chromium")
	}
	prefers := map[string]string{"dark": "0", "light": "1"}[scheme]
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("blink-settings", "preferredColorScheme="+prefers))
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, over := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(over)
	return ctx
}

func evaluate[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", js[:min(len(js), 80)], err)
	}
	return v
}

func TestThePageIsAccessibleAndFits(t *testing.T) {
	axe, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		npm(t)
		t.Fatal(err)
	}
	url := site(t)
	for _, scheme := range []string{"light", "dark"} {
		ctx := browser(t, scheme)
		for _, width := range []int64{320, 768, 1440} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(url)); err != nil {
				t.Fatal(err)
			}
			evaluate[bool](t, ctx, string(axe)+";true")
			faults := evaluate[[]string](t, ctx, `axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.html)))`)
			for _, f := range faults {
				t.Errorf("%s %d: %s", scheme, width, f)
			}
			if over := evaluate[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s %d: the page is %d px too wide", scheme, width, over)
			}
			if scheme == "dark" && evaluate[string](t, ctx, `getComputedStyle(document.body).backgroundColor`) == "rgb(255, 255, 255)" {
				t.Error("dark is white")
			}
		}
	}
}

func TestTheSearchFieldWorksFromTheKeyboard(t *testing.T) {
	url := site(t)
	ctx := browser(t, "light")
	if err := chromedp.Do(ctx, chromedp.Navigate(url), chromedp.Focus("#q"), chromedp.KeyEvent("roma")); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, `document.querySelectorAll("[role=option]").length === 2`)
	state := func() string {
		return evaluate[string](t, ctx, `(() => { const q = document.querySelector("#q"); const a = document.getElementById(q.getAttribute("aria-activedescendant") ?? "");
			return [q.role, q.ariaExpanded, a?.textContent ?? "-", document.querySelector("form [role=status]").textContent].join("|") })()`)
	}
	if got := state(); got != "combobox|true|-|2 risultati" {
		t.Error(got)
	}
	for _, step := range []struct{ key, want string }{
		{kb.ArrowDown, "combobox|true|Roma RM|2 risultati"},
		{kb.ArrowDown, "combobox|true|Romano d'Ezzelino VI|2 risultati"},
		{kb.ArrowDown, "combobox|true|Roma RM|2 risultati"},
		{kb.ArrowUp, "combobox|true|Romano d'Ezzelino VI|2 risultati"},
		{kb.Escape, "combobox|false|-|"},
	} {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(step.key)); err != nil {
			t.Fatal(err)
		}
		if got := state(); got != step.want {
			t.Errorf("got %s, want %s", got, step.want)
		}
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowDown)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, `document.querySelectorAll("[role=option]").length === 2`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, `location.pathname === "/comuni/roma/"`)
}

func TestATableSortsAndSaysSo(t *testing.T) {
	url := site(t)
	ctx := browser(t, "light")
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, `document.querySelectorAll("th button").length === 2`)
	for _, want := range []string{
		"Bibbona,Suvereto,Allumiere|descending|Tabella ordinata per Abitanti, decrescente",
		"Suvereto,Bibbona,Allumiere|ascending|Tabella ordinata per Abitanti, crescente",
	} {
		got := evaluate[string](t, ctx, `(() => { const b = document.querySelectorAll("th button")[1]; b.click();
			return [...document.querySelectorAll("tbody th")].map(h => h.textContent).join() + "|" + b.parentElement.ariaSort + "|" + document.querySelector("table + [role=status]").textContent })()`)
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if n := evaluate[int](t, ctx, `document.querySelectorAll("[data-copy] ~ button").length`); n != 1 {
		t.Errorf("%d buttons to copy, want 1", n)
	}
}

// waitFor polls until a condition of the page holds.
func waitFor(t *testing.T, ctx context.Context, js string) {
	t.Helper()
	for range 200 {
		if evaluate[bool](t, ctx, js) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal(fmt.Sprint("never: ", js))
}
