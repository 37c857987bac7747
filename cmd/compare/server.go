package main

import (
	"bytes"
	"errors"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// host serves the pages that are compared over HTTP/2 and TLS, each file in
// brotli's best quality or as it is, whichever is smaller, at the end of a slow
// link.
type host struct {
	address string // without closing slash
	link    *link
	server  *httptest.Server
	near    net.Listener

	pages map[string][]byte // the peers', by path
	site  fs.FS             // everything else

	mu    sync.Mutex
	known map[string]*packed
	asked []served
}

// served is an answer, for the list of what a page loaded.
type served struct {
	path  string
	bytes int // of the body, as sent
}

type packed struct {
	once    sync.Once
	plain   []byte
	body    []byte // what is sent
	brotli  bool
	missing error
}

// serve starts a host for the peers' pages and the site.
func serve(l *link, pages map[string][]byte, site fs.FS) (*host, error) {
	h := &host{link: l, pages: pages, site: site, known: map[string]*packed{}}
	h.server = httptest.NewUnstartedServer(h)
	h.server.EnableHTTP2 = true
	h.server.StartTLS()
	// The heavy ones are compressed before anybody waits for them.
	for name := range pages {
		h.file(name)
	}
	near, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.server.Close()
		return nil, err
	}
	h.near = near
	h.address = "https://" + near.Addr().String()
	go func() {
		// It ends when close closes the listener, and has nothing else to say.
		_ = l.serve(near, h.server.Listener.Addr().String())
	}()
	return h, nil
}

func (h *host) close() {
	h.near.Close()
	h.server.CloseClientConnections()
	h.server.Close()
}

// loaded is what was asked for since the last call.
func (h *host) loaded() []served {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := h.asked
	h.asked = nil
	return out
}

// file is the file at a path, compressed once.
func (h *host) file(name string) *packed {
	h.mu.Lock()
	p := h.known[name]
	if p == nil {
		p = &packed{}
		h.known[name] = p
	}
	h.mu.Unlock()
	p.once.Do(func() { p.read(h, name) })
	return p
}

func (p *packed) read(h *host, name string) {
	var ok bool
	if p.plain, ok = h.pages[name]; !ok {
		p.plain, p.missing = fs.ReadFile(h.site, name)
	}
	p.body = p.plain
	if path.Ext(name) == ".woff2" {
		return
	}
	var small bytes.Buffer
	w := brotli.NewWriterLevel(&small, brotli.BestCompression)
	_, err := w.Write(p.plain)
	if err := errors.Join(err, w.Close()); err == nil && small.Len() < len(p.plain) {
		p.body, p.brotli = small.Bytes(), true
	}
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	p := h.file(name)
	if p.missing != nil {
		http.NotFound(w, r)
		h.note(name, 0)
		return
	}
	body := p.plain
	if p.brotli && strings.Contains(r.Header.Get("Accept-Encoding"), "br") {
		body = p.body
		w.Header().Set("Content-Encoding", "br")
	}
	if kind := kindOf(name); kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Header().Set("Cache-Control", "public, max-age=600")
	h.note(name, len(body))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func (h *host) note(name string, n int) {
	h.mu.Lock()
	h.asked = append(h.asked, served{name, n})
	h.mu.Unlock()
}

// kindOf is the media type of a file by its name, the same on every machine for
// those that matter here.
func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json", ".geojson", ".topojson":
		return "application/json"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	default:
		return mime.TypeByExtension(ext)
	}
}
