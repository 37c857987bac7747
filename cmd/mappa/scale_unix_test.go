//go:build unix

package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"mappa/internal/survey"
)

// BenchmarkLargeSurvey measures what a survey costs that every Comune answers, from
// the files to what may be shown; "make scale" runs each size in a process of its
// own. It gives each stage by the processors and by the clock, and the most memory held at
// a time.
func BenchmarkLargeSurvey(b *testing.B) {
	eachSize(b, func(b *testing.B, x large, files fstest.MapFS, w *meter) []*survey.Edition {
		editions := x.figures(b, files, w)
		all, shown := x.protect(editions)
		w.lap(b, "search")
		kept := x.keep(b, all)
		all = nil
		w.lap(b, "keep")
		all = x.again(b, editions, kept)
		w.lap(b, "kept")
		audit(b, all)
		w.lap(b, "audit")
		if shown == 0 {
			b.Fatal("nothing is shown")
		}
		return editions
	})
}

// BenchmarkLargeFigures measures the stages before disclosure alone.
func BenchmarkLargeFigures(b *testing.B) {
	eachSize(b, func(b *testing.B, x large, files fstest.MapFS, w *meter) []*survey.Edition {
		return x.figures(b, files, w)
	})
}

// figures reads, scores and estimates.
func (l large) figures(b *testing.B, files fstest.MapFS, w *meter) []*survey.Edition {
	editions := l.read(b, files)
	w.lap(b, "import")
	scores := l.rate(b, files, editions)
	w.lap(b, "score")
	estimates := l.estimates(editions)
	w.lap(b, "estimate")
	if scores == 0 || estimates == 0 {
		b.Fatal("a stage gave nothing")
	}
	return editions
}

// eachSize measures stages, which give the editions that they read, in each size.
func eachSize(b *testing.B, stages func(b *testing.B, x large, files fstest.MapFS, w *meter) []*survey.Edition) {
	const blocks, editions = 10, 5 // 400 items, 5 editions
	for _, x := range []large{
		{nil, blocks, distinct}, {nil, 2 * blocks, distinct}, {nil, 4 * blocks, distinct}, // by items: five editions of 1,600 do not fit
		{nil, blocks, editions}, {nil, 2 * blocks, editions}, {nil, blocks, 2 * editions}, // the survey that has to be borne, and twice that
	} {
		b.Run(fmt.Sprintf("items=%d,editions=%d", x.blocks*blockItems, x.editions), func(b *testing.B) {
			defer debug.SetGCPercent(debug.SetGCPercent(garbage))
			if os.Getenv("GOMEMLIMIT") == "" {
				defer debug.SetMemoryLimit(debug.SetMemoryLimit(most))
			}
			x.atlas = landOf(b, "../..")
			files := x.files(b)
			for b.Loop() {
				w := newMeter()
				editions := stages(b, x, files, w)
				w.end(b)
				for _, e := range editions[:distinct] {
					x.compare(b, files, e)
				}
			}
		})
	}
}

// meter measures stages.
type meter struct {
	began, clock time.Time
	busy, total  time.Duration
	most         atomic.Uint64
	stop         chan struct{}
}

func newMeter() *meter {
	debug.FreeOSMemory() // what it took to make the files is not counted
	w := &meter{began: time.Now(), clock: time.Now(), busy: processorTime(), stop: make(chan struct{})}
	go func() {
		const often = 5 * time.Millisecond
		tick := time.NewTicker(often)
		defer tick.Stop()
		for {
			w.most.Store(max(w.most.Load(), held()))
			select {
			case <-tick.C:
			case <-w.stop:
				return
			}
		}
	}()
	return w
}

// held is the memory that the program has of the system, in bytes.
func held() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}

// lap reports the stage that has just ended.
func (w *meter) lap(b *testing.B, stage string) {
	busy := processorTime()
	b.ReportMetric((busy - w.busy).Seconds(), stage+"-cpu-s")
	b.ReportMetric(time.Since(w.clock).Seconds(), stage+"-s")
	b.Logf("%s: %.1f s, %.1f s of the processors, %d MB at most so far", stage, time.Since(w.clock).Seconds(), (busy - w.busy).Seconds(), w.most.Load()/1e6)
	w.total += busy - w.busy
	w.clock, w.busy = time.Now(), busy
}

func (w *meter) end(b *testing.B) {
	close(w.stop)
	runtime.KeepAlive(w)
	b.ReportMetric(w.total.Seconds(), "cpu-s")
	b.ReportMetric(w.clock.Sub(w.began).Seconds(), "wall-s")
	b.ReportMetric(float64(w.most.Load())/1e6, "peak-MB")
}

// processorTime is what the process has used of the processors so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
