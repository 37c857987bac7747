package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var update = flag.Bool("update", false, "rewrite the wanted pictures in testdata")

func same(s string) string { return s }

func TestPicturesAreAsWanted(t *testing.T) {
	for _, s := range specimens(same) {
		name := filepath.Join("testdata", s.name+".svg")
		got := append(s.d.Append(nil), '\n')
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what is wanted; look at it and run go test -update\n%s", name, got)
		}
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	for _, s := range specimens(same) {
		alone := s.d.Append(nil)
		after := s.d.Append([]byte("<p>"))
		if string(after) != "<p>"+string(alone) {
			t.Errorf("%s: differs after other markup", s.name)
		}
		if again := s.d.Append(nil); !bytes.Equal(again, alone) {
			t.Errorf("%s: differs the second time", s.name)
		}
	}
}

// elements are what a picture may be made of, with the attributes they may have.
var elements = map[string][]string{
	"svg":      {"viewbox", "width", "height", "class", "role", "aria-label", "aria-hidden", "data-cifre", "focusable", "preserveaspectratio", "xmlns"},
	"g":        {"class", "aria-hidden", "text-anchor"},
	"a":        {"href", "tabindex"},
	"path":     {"class", "d"},
	"rect":     {"class", "x", "y", "width", "height"},
	"line":     {"class", "x1", "y1", "x2", "y2"},
	"circle":   {"class", "cx", "cy", "r"},
	"polygon":  {"class", "points"},
	"text":     {"class", "x", "y", "dx", "text-anchor"},
	"tspan":    {"x", "dy"},
	"image":    {"href", "width", "height"},
	"pattern":  {"id", "width", "height", "patternunits", "patterntransform"},
	"defs":     nil,
	"title":    {"data-cifra"},
	"desc":     nil,
	"ul":       {"role", "class", "aria-label"},
	"li":       {"class", "aria-hidden"},
	"span":     {"class"},
	"strong":   nil,
	"br":       nil,
	"style":    nil, // files only
	"metadata": nil,
}

// inspect walks the markup as a browser reads it and reports what may not be
// there.
func inspect(t testing.TB, name string, markup []byte, classes map[string]bool) {
	t.Helper()
	if !utf8.Valid(markup) {
		t.Errorf("%s: not UTF-8", name)
	}
	nodes, err := html.ParseFragment(bytes.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	isFile := strings.HasSuffix(name, "-file")
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.CommentNode {
			t.Errorf("%s: a comment", name)
		}
		if n.Type == html.ElementNode {
			allowed, known := elements[n.Data]
			if !known || n.Data == "style" && !isFile {
				t.Errorf("%s: <%s>", name, n.Data)
			}
			for _, a := range n.Attr {
				if !slices.Contains(allowed, strings.ToLower(a.Key)) && !(isFile && a.Key == "role") {
					t.Errorf("%s: attribute %s in <%s>", name, a.Key, n.Data)
				}
				switch a.Key {
				case "href":
					if !safe(a.Val) {
						t.Errorf("%s: address %q", name, a.Val)
					}
				case "class":
					for _, c := range strings.Fields(a.Val) {
						classes[c] = true
					}
				case "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "dx", "d", "points", "viewBox":
					if strings.Trim(a.Val, "0123456789.%- mlzMhv,") != "" {
						t.Errorf("%s: %s=%q", name, a.Key, a.Val)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
}

func TestClassesAreTheContract(t *testing.T) {
	used := map[string]bool{}
	for _, s := range specimens(same) {
		inspect(t, s.name, s.d.Append(nil), used)
	}
	contract := Classes()
	for c := range used {
		if !slices.Contains(contract, c) {
			t.Errorf("class %q is written and not in the contract", c)
		}
	}
	slices.Sort(contract)
	if u := slices.Compact(slices.Clone(contract)); len(u) != len(contract) {
		t.Error("a class is listed twice")
	}
	for _, c := range contract {
		if !used[c] {
			t.Logf("class %q is in the contract and no specimen shows it", c)
		}
	}
}

func TestFilesAreXML(t *testing.T) {
	hostile := "a<b&\"c'\x00\x01\xff]]></style>"
	for _, s := range specimens(func(string) string { return hostile }) {
		if !strings.HasSuffix(s.name, "-file") {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(s.d.Append(nil))); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
		}
	}
}

func FuzzHostileStringsStayStrings(f *testing.F) {
	for _, s := range []string{
		"", "Suvereto", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)",
		"java\nscript:alert(1)", " javascript:x", "JaVaScRiPt:x", "data:text/html,x", "//other.example/", "]]></style><script>",
		"</title></svg><b>", "' onload='x", "&lt;script&gt;", "\x00\xff", "a b-c d/e-f g h i j k l m n o p q r s t u v w", "x:y", strings.Repeat("W", 999),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, sp := range specimens(func(string) string { return s }) {
			if !strings.HasSuffix(sp.name, "-file") {
				inspect(t, sp.name, sp.d.Append(nil), map[string]bool{})
			}
		}
	})
}

func FuzzNumbersStayInside(f *testing.F) {
	f.Add(0., 1., .5, 3)
	f.Add(-1e308, 1e308, 0., 1000)
	f.Fuzz(func(t *testing.T, lo, hi, v float64, n int) {
		a := Axis{Lo: lo, Hi: hi}
		for _, log := range []bool{false, true} {
			a.Log = log
			if s := a.share(v); !(s >= 0 && s <= 1) {
				t.Errorf("share of %v on %+v is %v", v, a, s)
			}
		}
		if n > 0 && n < 100 && len(Ticks(lo, hi, n)) > 4*n+2 {
			t.Errorf("%d ticks for %d", len(Ticks(lo, hi, n)), n)
		}
		r := Row{Dot: At(v), Interval: Between(lo, hi)}
		inspect(t, "rows", Rows{Axis: a, Rows: []Row{r}}.Append(nil), map[string]bool{})
	})
}

func BenchmarkDrawings(b *testing.B) {
	for _, s := range specimens(same) {
		if strings.HasSuffix(s.name, "-file") {
			continue
		}
		b.Run(s.name, func(b *testing.B) {
			buf := make([]byte, 0, 1<<16)
			b.ReportAllocs()
			for b.Loop() {
				s.d.Append(buf)
			}
		})
	}
}
