package site

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"

	"mappa/internal/diag"
)

// weigher is a sink that weighs pages as they travel.
type weigher struct {
	mu    sync.Mutex
	sizes []weighed
}

type weighed struct {
	lies, travels int
	path          string
}

func (w *weigher) Add(path string, data []byte) {
	if !strings.HasSuffix(path, ".html") {
		return
	}
	const onTheFly = 5 // the quality that a host compresses pages with
	var out strings.Builder
	b := brotli.NewWriterLevel(&out, onTheFly)
	if _, err := b.Write(data); err != nil {
		panic(err) // a Builder takes everything
	}
	if err := b.Close(); err != nil {
		panic(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sizes = append(w.sizes, weighed{len(data), out.Len(), path})
}

// BenchmarkComuneWeight tells how heavy the pages of the Comuni are; the gates
// weigh only the largest of them.
func BenchmarkComuneWeight(b *testing.B) {
	in := realInputs(b)
	in.Theme = realTheme(b)
	w := new(weigher)
	for b.Loop() {
		w.sizes = nil
		p, err := newPress(in, w, new(diag.List))
		if err != nil {
			b.Fatal(err)
		}
		g := errgroup.Group{}
		g.SetLimit(runtime.GOMAXPROCS(0))
		for _, j := range p.comuni() {
			g.Go(j)
		}
		if err := g.Wait(); err != nil {
			b.Fatal(err)
		}
	}
	slices.SortFunc(w.sizes, func(x, y weighed) int { return x.travels - y.travels })
	median, last := w.sizes[len(w.sizes)/2], w.sizes[len(w.sizes)-1]
	b.ReportMetric(float64(median.travels), "median-B")
	b.ReportMetric(float64(last.travels), "max-B")
	b.Logf("%d pages; the median is %d bytes, with brotli %d; the heaviest is %s: %d, with brotli %d", len(w.sizes), median.lies, median.travels, last.path, last.lies, last.travels)
}
