package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"

	"mappa/internal/diag"
)

// live answers requests from a folder and tells open pages when it changed. It
// adds one script to each page as it is served; the files stay as they are.
type live struct {
	root string

	mu       sync.Mutex
	found    []diag.Problem
	version  int
	waiting  map[chan struct{}]bool // one for each open page
	building bool                   // before the first build is done
}

// Addresses of the preview itself, which no site can have: its paths never
// start with a dash.
const (
	scriptAddress = "/-/live.js"
	eventsAddress = "/-/events"
)

//go:embed live.js
var liveScript []byte

func newLive(root string) *live {
	return &live{root: root, waiting: map[chan struct{}]bool{}, building: true}
}

// show makes known how the last build went.
func (l *live) show(found []diag.Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.found, l.building = found, false
	l.version++
	for c := range l.waiting {
		select {
		case c <- struct{}{}:
		default: // it has not yet taken the last one
		}
	}
}

// ServeHTTP answers a request.
func (l *live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
	case r.URL.Path == scriptAddress:
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Write(liveScript)
	case r.URL.Path == eventsAddress:
		l.events(w, r)
	default:
		l.file(w, r)
	}
}

func (l *live) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	root, err := os.OpenRoot(l.root)
	if err != nil {
		l.nothingYet(w)
		return
	}
	defer root.Close()
	info, err := root.Stat(orDot(name))
	if err == nil && info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, "/"+name+"/", http.StatusFound)
			return
		}
		name = path.Join(name, "index.html")
	}
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		l.missing(w, root)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", contentType(name))
	if path.Ext(name) != ".html" {
		if info, err = f.Stat(); err == nil {
			http.ServeContent(w, r, name, info.ModTime(), f)
		}
		return
	}
	page, err := root.ReadFile(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(withScript(page))
}

func orDot(name string) string {
	if name == "" {
		return "."
	}
	return name
}

// missing answers with the site's own page for what is not there.
func (l *live) missing(w http.ResponseWriter, root *os.Root) {
	page, err := root.ReadFile("404.html")
	if err != nil {
		page = []byte("<!doctype html><html lang=\"en\"><title>404</title><body><h1>404</h1><p>There is no such page, and the site has no 404.html.</p></body></html>")
	}
	w.Header().Set("Content-Type", contentType("404.html"))
	w.WriteHeader(http.StatusNotFound)
	w.Write(withScript(page))
}

// nothingYet is the page before there is a site: the script fills in what is
// wrong, and the list stands there without it too.
func (l *live) nothingYet(w http.ResponseWriter) {
	l.mu.Lock()
	found, building := l.found, l.building
	l.mu.Unlock()
	var b bytes.Buffer
	b.WriteString("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>mappa</title><body>")
	if building {
		b.WriteString("<h1>The site is being made</h1><p>This page follows by itself.</p>")
	} else {
		fmt.Fprintf(&b, "<h1>%s</h1><ul>", counted(len(found), "problem"))
		for _, p := range found {
			fmt.Fprintf(&b, "<li><code>%s</code></li>", html.EscapeString(p.String()))
		}
		b.WriteString("</ul>")
	}
	b.WriteString("</body></html>")
	w.Header().Set("Content-Type", contentType("index.html"))
	w.WriteHeader(http.StatusServiceUnavailable)
	w.Write(withScript(b.Bytes()))
}

// withScript adds the script to a page, at the end of its body.
func withScript(page []byte) []byte {
	tag := []byte(`<script src="` + scriptAddress + `" defer></script>`)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	return bytes.Join([][]byte{page[:at], page[at:]}, tag)
}

// events streams the state of the builds to an open page (server-sent events).
func (l *live) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	changed := make(chan struct{}, 1)
	l.mu.Lock()
	l.waiting[changed] = true
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.waiting, changed)
		l.mu.Unlock()
	}()
	out := http.NewResponseController(w)
	for {
		if _, err := w.Write(l.state()); err != nil {
			return
		}
		if err := out.Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// state is the event that a page gets: which build, and what is wrong.
func (l *live) state() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	texts := []string{}
	for _, p := range l.found {
		texts = append(texts, p.String())
	}
	data, err := json.Marshal(struct {
		Version  int      `json:"version"`
		Problems []string `json:"problems"`
	}{l.version, texts})
	if err != nil {
		panic(err) // strings and a number
	}
	return fmt.Appendf(nil, "data: %s\n\n", data)
}

// contentTypes of all files a site may have; the machine's own table is not
// asked, so that every machine answers the same.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".json": "application/json", ".geojson": "application/geo+json", ".topojson": "application/json",
	".jsonld": "application/ld+json", ".webmanifest": "application/manifest+json", ".map": "application/json",
	".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".xml": "application/xml", ".atom": "application/atom+xml", ".ttl": "text/turtle; charset=utf-8",
	".rdf": "application/rdf+xml", ".yaml": "application/yaml", ".yml": "application/yaml", ".pdf": "application/pdf",
	".parquet": "application/vnd.apache.parquet", ".zip": "application/zip", ".gz": "application/gzip",
}

func contentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}
