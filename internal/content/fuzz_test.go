package content

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	xhtml "golang.org/x/net/html"

	"mappa/internal/diag"
)

// slow is how long one small document may take before the fuzzer calls it a hang.
const slow = 5 * time.Second

// FuzzDocument feeds any bytes as a page: reading and rendering never panic, the
// output is HTML whose tags are balanced, and nothing in it can run.
func FuzzDocument(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range txtar.Parse(src).Files {
			f.Add(string(x.Data))
		}
	}
	f.Add("---\ntitolo: x\n---\n[x](java\nscript:alert)<svg/onload=x>&lt;script&gt;`{`[1]{a: b}\n")
	f.Fuzz(func(t *testing.T, src string) {
		for _, in := range []string{src, "---\ntitolo: x\ndescrizione: x\n---\n" + src} {
			hang := time.AfterFunc(slow, func() { panic(fmt.Sprintf("more than %v for %q", slow, in)) })
			defer hang.Stop()
			var list diag.List
			lib, _ := Read(fstest.MapFS{"content/pagine/x.md": {Data: []byte(in)}}, "content", &list)
			for _, d := range lib.Documents() {
				r := Render(d, fake{}, &list, Options{Prefix: "p-"})
				harmless(t, string(r.Lead+r.HTML))
			}
			for _, p := range list.Problems() {
				if p.Line < 0 || p.Col < 0 || p.Text == "" {
					t.Errorf("a problem without place or text: %+v", p)
				}
			}
		}
	})
}

// harmless parses HTML and fails on what can run, on an element that documents
// do not have, and on tags that do not match.
func harmless(t *testing.T, s string) {
	allowed := " section div aside p h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tr th td a em strong b code pre br hr blockquote figure figcaption svg span "
	var open []string
	z := xhtml.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Fatalf("%v, still open: %v in\n%s", z.Err(), open, s)
			}
			return
		case xhtml.StartTagToken:
			tok := z.Token()
			if !strings.Contains(allowed, " "+tok.Data+" ") {
				t.Fatalf("element %q in\n%s", tok.Data, s)
			}
			for _, a := range tok.Attr {
				v := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:") {
					t.Fatalf("attribute %s=%q in\n%s", a.Key, a.Val, s)
				}
			}
			if tok.Data != "br" && tok.Data != "hr" {
				open = append(open, tok.Data)
			}
		case xhtml.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %v in\n%s", tok.Data, open, s)
			}
			open = open[:len(open)-1]
		}
	}
}
