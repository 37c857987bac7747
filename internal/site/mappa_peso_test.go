package site

import (
	"errors"
	"io"
	"path"
	"slices"
	"testing"

	"github.com/andybalholm/brotli"
)

// The first interactive map of all Comuni with its tools, everything included, as a host sends
// it: pages and the catalogue compressed on the fly, styles and scripts once and
// for all, the rest as it lies.
func TestTheFirstVisitOfTheMapTravelsLight(t *testing.T) {
	const most, onTheFly = 200_000, 5
	p, out, cat := shippedCatalogue(t)
	files := map[string][]byte{"page": asset(t, out, mapPath+"index.html"), "catalogue": asset(t, out, p.atlas), "borders": asset(t, out, cat.Country)}
	series := cat.Indicators[p.opening().ID].Series
	files["column"] = asset(t, out, series[len(series)-1].Column)
	for _, name := range []string{"sito.css", "sito.js", atlasScript, toolsScript, "icone.svg", "favicon.svg", "titillium-web-400.woff2", "titillium-web-600.woff2", "titillium-web-700.woff2"} {
		if f := p.scriptFile(name); f != nil {
			files[name] = f.Data
		}
	}
	sum := 0
	for name, data := range files {
		n := len(data)
		switch {
		case name == "page" || name == "catalogue":
			n = squeezed(t, data, onTheFly)
		case slices.Contains([]string{".css", ".js", ".svg"}, path.Ext(name)):
			n = squeezed(t, data, brotli.BestCompression)
		}
		t.Logf("%-24s %6d", name, n)
		sum += n
	}
	if sum > most {
		t.Errorf("the first visit is %d bytes, want %d at most", sum, most)
	}
}

// squeezed is the size of data with brotli.
func squeezed(t *testing.T, data []byte, quality int) int {
	t.Helper()
	r, w := io.Pipe()
	go func() {
		b := brotli.NewWriterLevel(w, quality)
		_, err := b.Write(data)
		w.CloseWithError(errors.Join(err, b.Close()))
	}()
	n, err := io.Copy(io.Discard, r)
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}
