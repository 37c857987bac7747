package verify

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"mappa/internal/diag"
)

// national is a page of about 30 kB with 150 links, as a Comune has it.
func national(i int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html>
<html lang="it"><head><meta charset="utf-8"><title>Comune %d</title><meta name="description" content="Il Comune %d">
<link rel="canonical" href="https://www.example.it/comuni/c%d/"><link rel="stylesheet" href="/a.css"></head><body><h1 id="h">Comune %d</h1>`, i, i, i, i)
	for k := range 150 {
		fmt.Fprintf(&b, `<tr class="riga riga--chiara"><th scope="row"><a href="/comuni/c%d/">Comune %d</a></th><td class="numero">1.234</td><td class="numero">45,3&nbsp;%%</td><td><svg role="img" aria-label="quarantacinque" viewBox="0 0 10 10"><path d="M0 0h10v10z"/></svg></td></tr>`, (i+k*7)%9000, k)
	}
	b.WriteString(`<script src="/a.js"></script></body></html>`)
	return []byte(strings.ReplaceAll(strings.Replace(b.String(), "<tr", "<table><tr", 1), "<script", "</table><script"))
}

func BenchmarkNational(b *testing.B) {
	pages := make([][]byte, 9000)
	for i := range pages {
		pages[i] = national(i)
	}
	b.SetBytes(int64(len(pages[0]) * len(pages)))
	for b.Loop() {
		g := New(Rules{Origin: "https://www.example.it",
			Budgets: []Budget{{Pattern: "comuni/*/index.html", Name: "Comune", Brotli: 14000, Visit: 60000}}})
		g.Add("a.css", nil)
		g.Add("a.js", nil)
		var all sync.WaitGroup
		for w := range 2 {
			all.Go(func() {
				for i := w; i < len(pages); i += 2 {
					g.Add(fmt.Sprintf("comuni/c%d/index.html", i), pages[i])
				}
			})
		}
		all.Wait()
		var list diag.List
		g.Check(&list)
		if list.Len() != 0 {
			b.Fatal(list.Problems()[0])
		}
	}
}
