package output

import (
	"bytes"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// A national site is about 40,000 files of 12 kB: first from nothing, then
// again with nothing changed, then with every page changed.
func BenchmarkStage(b *testing.B) {
	const files, size = 40000, 12 << 10
	target := filepath.Join(b.TempDir(), "public")
	for _, bench := range []struct{ name, fill string }{{"cold", "a"}, {"unchanged", "a"}, {"changed", "b"}} {
		b.Run(bench.name, func(b *testing.B) {
			data := bytes.Repeat([]byte(bench.fill), size)
			for b.Loop() {
				s, err := Open(target)
				if err != nil {
					b.Fatal(err)
				}
				var all sync.WaitGroup
				for w := range 2 {
					all.Go(func() {
						for i := w; i < files; i += 2 {
							s.Add(fmt.Sprintf("comuni/c%d/f%d.html", i/5, i), data)
						}
					})
				}
				all.Wait()
				if _, err := s.Publish(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
