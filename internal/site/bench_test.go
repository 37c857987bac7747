package site

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"mappa/internal/diag"
	"mappa/internal/output"
)

// garbage is how the command has memory collected (cmd/mappa/main.go).
const garbage = 200

// BenchmarkComunePages writes the page, the map and the two data files of every
// Comune, on all processors, to a sink that only counts.
func BenchmarkComunePages(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	in := realInputs(b)
	in.Theme = realTheme(b)
	var pages int
	var rendering, busy time.Duration
	for b.Loop() {
		p, err := newPress(in, new(output.Void), new(diag.List))
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC() // what was read to begin with is not counted
		began, before := time.Now(), processorTime()
		g := errgroup.Group{}
		g.SetLimit(runtime.GOMAXPROCS(0))
		for _, j := range p.comuni() {
			g.Go(j)
		}
		if err := g.Wait(); err != nil {
			b.Fatal(err)
		}
		pages, rendering = pages+len(in.Atlas.Comuni), rendering+time.Since(began)
		busy += processorTime() - before
	}
	b.ReportMetric(float64(pages)/rendering.Seconds(), "pages/s")
	b.ReportMetric(busy.Seconds()*1000/float64(pages), "cpu-ms/page")
}
