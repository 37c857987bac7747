package site

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mappa/internal/browsertest"
)

// The code that puts the map into another page works in one that allows frames
// of the map's address and nothing else: no style and no script, neither its own
// nor ours.
func TestTheMapStandsInAPageThatAllowsNothingButItsFrame(t *testing.T) {
	p, _ := shippedMap(t)
	files, err := nation()
	if err != nil {
		t.Fatal(err)
	}
	var asked sync.Map // a frame that is not shown asks for no style
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.Path, true)
		http.FileServerFS(files).ServeHTTP(w, r)
	}))
	defer site.Close()
	address := site.URL
	frame := strings.ReplaceAll(p.frameCode(p.opening()), p.Settings.Site.Address, address)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-src "+address)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<!doctype html><html lang="it"><head><title>Un altro sito</title></head><body><h1>Un altro sito</h1>`+frame+`</body></html>`)
	}))
	defer host.Close()
	page := browsertest.Start(t).Open(host.URL+"/", browsertest.View{Width: 700})
	if refused := page.Policy(); len(refused) > 0 {
		t.Errorf("the host's policy refuses %v", refused)
	}
	style, err := p.Theme.Asset("sito.css")
	if err != nil {
		t.Fatal(err)
	}
	shown := func() bool { _, ok := asked.Load(style); return ok }
	for deadline := time.Now().Add(20 * time.Second); !shown() && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) { // the frame loads after its page
	}
	if !shown() {
		t.Error("the map is not shown in the frame")
	}
	if box := browsertest.Eval[[]float64](page, `[document.querySelector("iframe").clientWidth, document.querySelector("iframe").clientHeight]`); !slices.Equal(box, []float64{frameWide, frameHigh}) {
		t.Errorf("the frame is %v", box)
	}
}
