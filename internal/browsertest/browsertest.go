// Package browsertest opens pages in a real browser and says what a reader
// would meet there: faults on the console, requests to other hosts, violations
// of the security policy, barriers that axe finds, text that is wider than the
// screen. It is used by tests only.
//
// A browser is started once per test ([Start]) and each page opens in a tab of
// its own ([Browser.Open]). Without a Chromium the test is skipped, in CI it
// fails. The browser reaches nothing but this machine: every other name is
// refused, and the attempt is seen in [Page.Hosts].
package browsertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Browser is a running browser.
type Browser struct {
	t   testing.TB
	ctx context.Context
}

// patience is how long a page may take to open or to be examined.
const patience = 60 * time.Second

// Start starts a browser that ends with the test.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := find()
	if path == "" {
		missing(t, "no Chromium is installed")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "it-IT"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	return &Browser{t, ctx}
}

// For is the same browser for a subtest: its pages close with it, its faults
// are t's.
func (b *Browser) For(t testing.TB) *Browser { return &Browser{t, b.ctx} }

// find is the path of a Chromium, "" when there is none.
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// missing skips the test, or fails it where every tool must be there.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// View is how a page is looked at. The zero View is a wide light screen with
// scripts.
type View struct {
	Width    int // CSS pixels; 0 is 1280
	Height   int // 0 is 900
	Dark     bool
	NoScript bool
	Print    bool
	Contrast bool // the reader asked for more contrast
	Forced   bool // the system's few colours replace the page's
}

// Page is an open page.
type Page struct {
	URL string

	t    testing.TB
	ctx  context.Context
	look time.Time // when it had loaded without scripts and they were let run; else far off

	mu      sync.Mutex
	console []string
	policy  []string
	hosts   []string
}

// Open opens an address in a new tab, waits until it has loaded, and closes
// the tab with the test.
func (b *Browser) Open(address string, v View) *Page {
	b.t.Helper()
	tab, stop := chromedp.NewContext(b.ctx)
	b.t.Cleanup(stop)
	p := &Page{URL: address, t: b.t, ctx: tab}
	if err := chromedp.Listen(tab, p.hear); err != nil {
		b.t.Fatalf("%s: %v", address, err)
	}
	if err := chromedp.Do(tab); err != nil { // the tab lives as long as this context
		b.t.Fatalf("%s does not open: %v", address, err)
	}
	p.Look(v)
	return p
}

// Look loads the page again, in another view, and forgets what was heard.
func (p *Page) Look(v View) {
	p.t.Helper()
	p.mu.Lock()
	p.console, p.policy, p.hosts = nil, nil, nil
	p.mu.Unlock()
	p.Do(v.emulated(), chromedp.Navigate(p.URL))
	p.look = time.Now()
	if !v.NoScript {
		p.look = p.look.AddDate(1, 0, 0)
	}
	p.Do(scripts(true))
}

// Turn looks at the open page in another view, without loading it again.
func (p *Page) Turn(v View) {
	p.t.Helper()
	p.Do(v.emulated(), scripts(true))
}

// For is the same page for a subtest: its faults are t's.
func (p *Page) For(t testing.TB) *Page {
	p.t = t
	return p
}

// patient is the time that one action may take.
func (p *Page) patient() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, patience)
}

// emulated sets the view.
func (v View) emulated() chromedp.Action[chromedp.Void] {
	const width, height = 1280, 900
	if v.Width == 0 {
		v.Width = width
	}
	if v.Height == 0 {
		v.Height = height
	}
	media := emulation.SetEmulatedMediaParams{}
	if v.Print {
		media.Media = "print"
	}
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	contrast := "no-preference"
	if v.Contrast {
		contrast = "more"
	}
	forced := "none"
	if v.Forced {
		forced = "active"
	}
	media.Features = []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-contrast", Value: contrast}, {Name: "forced-colors", Value: forced}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	return chromedp.Steps(
		chromedp.EmulateViewport(int64(v.Width), int64(v.Height)),
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media)
			return err
		}),
		scripts(!v.NoScript))
}

// scripts says whether scripts run. Once a page has loaded without, they may:
// its own are not run any more, and the tests' own can look at it.
func scripts(run bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
		return err
	})
}

// hear takes what the browser tells while the page loads.
func (p *Page) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && !slices.Contains(p.hosts, u.Host) {
			p.hosts = append(p.hosts, u.Host)
		}
	case *log.EventEntryAdded:
		text := strings.TrimSpace(e.Entry.Text + " " + e.Entry.URL)
		switch {
		case strings.Contains(text, "Content Security Policy"):
			p.policy = append(p.policy, text)
		case e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning:
			p.console = append(p.console, text)
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		p.console = append(p.console, text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			var text []string
			for _, a := range e.Args {
				text = append(text, strings.Trim(string(a.Value), `"`))
			}
			p.console = append(p.console, strings.Join(text, " "))
		}
	}
}

// Console is every error and warning of the console so far.
func (p *Page) Console() []string { return p.copied(&p.console) }

// Policy is every violation of the content security policy so far.
func (p *Page) Policy() []string { return p.copied(&p.policy) }

// Hosts are the hosts, with port, that the page asked anything of.
func (p *Page) Hosts() []string { return p.copied(&p.hosts) }

func (p *Page) copied(of *[]string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(*of)
}

// Foreign are the hosts other than the page's own.
func (p *Page) Foreign() []string {
	own, err := url.Parse(p.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	return slices.DeleteFunc(p.Hosts(), func(h string) bool { return h == own.Host })
}

// Do runs actions of chromedp on the page: clicks, keys, waiting.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := p.patient()
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", p.URL, err)
	}
}

// Eval is the value of an expression on the page; a promise is awaited.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, stop := p.patient()
	defer stop()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %s: %v", p.URL, short(expression), err)
	}
	return out
}

func short(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// Overflow lists elements that reach beyond the right edge of the screen and
// make the page scroll sideways; nil when it does not.
func (p *Page) Overflow() []string {
	p.t.Helper()
	return Eval[[]string](p, `(() => {
		const wide = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= wide) return [];
		return [...document.querySelectorAll("body *")]
			.filter((e) => e.getBoundingClientRect().right > wide + 1)
			.map((e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.getAttribute("class") ? "." + e.getAttribute("class").trim().split(/\s+/).join(".") : ""))
			.slice(0, 5);
	})()`)
}

// Shift is the cumulative layout shift since the page opened; of a page without
// scripts until they were let run, since a style sheet may ask whether they do.
func (p *Page) Shift() float64 {
	p.t.Helper()
	return Eval[float64](p, `new Promise((done) => {
		let sum = 0;
		new PerformanceObserver((list) => { for (const e of list.getEntries()) if (performance.timeOrigin + e.startTime < `+strconv.FormatInt(p.look.UnixMilli(), 10)+`) sum += e.value; }).observe({type: "layout-shift", buffered: true});
		setTimeout(() => done(sum), 100);
	})`)
}

// Screenshot writes a picture of the whole page as PNG.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	const lossless = 100
	ctx, stop := p.patient()
	defer stop()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(lossless))
	if err == nil {
		err = os.WriteFile(file, png, 0o644)
	}
	if err != nil {
		p.t.Fatalf("%s: %v", p.URL, err)
	}
}

// Clean fails the test for whatever a reader should not meet: console,
// security policy, other hosts, barriers, sideways scrolling.
func (p *Page) Clean(what string) {
	p.t.Helper()
	for kind, all := range map[string][]string{"console": p.Console(), "security policy": p.Policy(), "another host": p.Foreign(),
		"axe": p.Axe(), "wider than the screen": p.Overflow()} {
		for _, one := range all {
			p.t.Errorf("%s (%s): %s: %s", p.URL, what, kind, one)
		}
	}
}

// String says how a page is looked at, for messages.
func (v View) String() string {
	s := fmt.Sprintf("%d px", v.Width)
	for _, w := range []struct {
		word string
		on   bool
	}{{"dark", v.Dark}, {"without script", v.NoScript}, {"print", v.Print}, {"contrast", v.Contrast}, {"forced colours", v.Forced}} {
		if w.on {
			s += " " + w.word
		}
	}
	return s
}
