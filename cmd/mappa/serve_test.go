package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mappa/internal/browsertest"
	"mappa/internal/diag"
)

// put writes a file of the test, making its folders.
func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestThePreviewAnswersLikeAHost(t *testing.T) {
	root := filepath.Join(t.TempDir(), "public")
	put(t, root+"/index.html", "<html><body>inizio</body></html>")
	put(t, root+"/comuni/roma/index.html", "<body>Roma</body>")
	put(t, root+"/comuni/roma/dati.json", "{}")
	put(t, root+"/assets/paese-A.bin", "mp")
	put(t, root+"/404.html", "<body>non trovata</body>")
	put(t, filepath.Dir(root)+"/segreto.txt", "x")
	s := httptest.NewServer(newLive(root))
	defer s.Close()
	const script = `<script src="/-/live.js" defer></script>`
	for _, test := range []struct {
		path   string
		status int
		kind   string
		body   string
	}{
		{"/", 200, "text/html; charset=utf-8", "<html><body>inizio" + script + "</body></html>"},
		{"/comuni/roma/", 200, "text/html; charset=utf-8", "<body>Roma" + script + "</body>"},
		{"/comuni/roma/dati.json", 200, "application/json", "{}"},
		{"/assets/paese-A.bin", 200, "application/octet-stream", "mp"},
		{"/comuni/roma", 302, "text/html; charset=utf-8", ""},
		{"/niente/", 404, "text/html; charset=utf-8", "<body>non trovata" + script + "</body>"},
		{"/comuni/", 404, "text/html; charset=utf-8", "<body>non trovata" + script + "</body>"},
		{"/../segreto.txt", 404, "text/html; charset=utf-8", "<body>non trovata" + script + "</body>"},
		{"/-/live.js", 200, "text/javascript; charset=utf-8", string(liveScript)},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://x/", nil)
		r.URL.Path = test.path
		w := httptest.NewRecorder()
		newLive(root).ServeHTTP(w, r)
		if w.Code != test.status || w.Header().Get("Content-Type") != test.kind || test.body != "" && w.Body.String() != test.body {
			t.Errorf("%s: %d %s %q", test.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	w := httptest.NewRecorder()
	newLive(root).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}

// started runs serve over a site of one page that a word file decides, and
// returns its address. A word "guasto" is a problem.
func started(t *testing.T) (address, words string) {
	t.Helper()
	dir := t.TempDir()
	words, root := filepath.Join(dir, "content", "parola.txt"), filepath.Join(dir, "public")
	put(t, words, "prima")
	build := func(context.Context) []diag.Problem {
		raw, err := os.ReadFile(words)
		if err != nil || string(raw) == "guasto" {
			return []diag.Problem{{File: "content/parola.txt", Line: 1, Text: `"guasto" <b>is</b> no word`}}
		}
		put(t, root+"/index.html", `<!doctype html><html lang="it"><head><title>x</title><link rel="icon" href="data:,">`+
			`<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src data:"></head><body><main><h1>`+string(raw)+`</h1></main></body></html>`)
		return nil
	}
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	var ended sync.WaitGroup
	ended.Go(func() {
		err := serve(ctx, preview{addr: "127.0.0.1:0", root: root, watch: sourceFolders(dir), out: &printer{out: write, err: new(bytes.Buffer)}, build: build})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("serve ended with %v", err)
		}
	})
	t.Cleanup(func() { stop(); ended.Wait() })
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line), words
}

func TestAnOpenPageFollowsWhatIsSaved(t *testing.T) {
	b := browsertest.Start(t)
	address, words := started(t)
	p := b.Open(address, browsertest.View{})
	shows := func(expression string) {
		t.Helper()
		const patience = 10 * time.Second
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if browsertest.Eval[bool](p, expression) {
				return
			}
		}
		t.Fatalf("it never came to %s; the page says %q", expression, browsertest.Eval[string](p, "document.body.innerText"))
	}
	shows(`document.querySelector("h1")?.textContent === "prima"`)
	put(t, words, "dopo")
	shows(`document.querySelector("h1")?.textContent === "dopo"`)
	put(t, words, "guasto")
	shows(`(document.getElementById("mappa-problems")?.innerText ?? "").includes('content/parola.txt:1: "guasto" <b>is</b> no word')`)
	shows(`document.querySelector("h1").textContent === "dopo"`)
	put(t, words, "infine")
	shows(`document.querySelector("h1")?.textContent === "infine" && !document.getElementById("mappa-problems")`)
	p.Do(chromedp.WaitReady("h1"))
	if policy := p.Policy(); policy != nil {
		t.Errorf("the script of serve breaks the site's policy: %q", policy)
	}
}

func TestProblemsAreShownBeforeThereIsASite(t *testing.T) {
	l := newLive(filepath.Join(t.TempDir(), "public"))
	for _, test := range []struct{ want string }{{"The site is being made"}, {"<h1>1 problem</h1><ul><li><code>data/a.csv:3: &lt;script&gt;</code></li></ul>"}} {
		w := httptest.NewRecorder()
		l.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		l.show([]diag.Problem{{File: "data/a.csv", Line: 3, Text: "<script>"}})
	}
}
