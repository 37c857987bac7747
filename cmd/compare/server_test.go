package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

func TestTheHostServesPeersBeforeTheSiteInBrotli(t *testing.T) {
	long := strings.Repeat("Comune ", 100)
	h, err := serve(&link{}, map[string][]byte{"d3/index.html": []byte(long)}, fstest.MapFS{
		"d3/index.html": {Data: []byte("never")}, "assets/a.woff2": {Data: []byte(long)}, "x.svg": {Data: []byte("<svg/>")}})
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	client := h.server.Client()
	for _, c := range []struct{ path, kind, encoding, want string }{
		{"/d3/", "text/html; charset=utf-8", "br", long},
		{"/assets/a.woff2", "font/woff2", "", long},
		{"/x.svg", "image/svg+xml", "", "<svg/>"}, // brotli would make it longer
	} {
		r, err := http.NewRequest(http.MethodGet, h.address+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "br")
		a, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		var body io.Reader = a.Body
		if a.Header.Get("Content-Encoding") == "br" {
			body = brotli.NewReader(body)
		}
		got, err := io.ReadAll(body)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %q, %v", c.path, got, err)
		}
		if a.ProtoMajor != 2 || a.Header.Get("Content-Type") != c.kind || a.Header.Get("Content-Encoding") != c.encoding {
			t.Errorf("%s: %s %v", c.path, a.Proto, a.Header)
		}
	}
	if got := h.loaded(); len(got) != 3 || got[0].path != "d3/index.html" || got[0].bytes >= len(long) {
		t.Errorf("got %v", got)
	}
	if h.link.taken() == 0 {
		t.Error("nothing went over the link")
	}
}
