package verify

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// FuzzTags compares the strict reader with x/net/html, which reads as browsers
// do: whatever the strict one takes, both must see alike, tags and links.
func FuzzTags(f *testing.F) {
	for _, seed := range []string{
		html5("index.html", "", `<p class=a id='b' hidden>x &amp; y<br/></p><!-- c --><svg><path d="M0"/></svg>`),
		html5("index.html", `<script type="application/ld+json">{"a":"</b>"}</script>`, `<textarea></p></textarea><iframe title="a"><b></iframe>`),
		`<!doctype html><a href="x">`, `<p a=b/>`, `<p / >`, `<p/a>`, `</p a>`, `<a b="c"d>`, `<!-->`, `<!--->`, `<!---->`, `<!--a--!>`, `<title>a</titlex></title >`,
		"<p\x00>", "<p a\x00b=c>", "<?xml?>", "</ >", "<p =a>", "<p a= b>", "<p a = b>", "<A HREF=X></a\n>", "<script><!--<script></script>", "<plaintext>a", "<noscript><p></noscript>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.ContainsAny(data, "\x00\r") || bytes.Contains(bytes.ToLower(data), []byte("<noscript")) {
			return // a browser replaces these before it reads; x/net/html skips what stands in noscript
		}
		if bytes.IndexByte(data, '&') >= 0 {
			return // references without a semicolon are decoded in attributes otherwise than in text, which is all the standard library knows
		}
		got, whole := strictly(data)
		if !whole {
			return
		}
		if want := leniently(data); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", data, got, want)
		}
	})
}

// lister writes down what it is told.
type lister struct {
	strings.Builder
	broken bool
}

func (l *lister) start(name string, attrs attributes, _ bool, _ int) {
	fmt.Fprintf(l, "<%s", name)
	for _, a := range attrs {
		fmt.Fprintf(l, " %s=%q", a.name, a.value)
	}
	l.WriteString(">")
}

func (l *lister) end(name string, _ int) { fmt.Fprintf(l, "</%s>", name) }
func (l *lister) characters([]byte, int) {}
func (l *lister) fault(string, int)      { l.broken = true }

// strictly lists the tags as the strict reader sees them; whole is false when
// it found a fault.
func strictly(data []byte) (out string, whole bool) {
	var l lister
	(&scanner{data: data, to: &l}).read()
	return l.String(), !l.broken
}

func leniently(data []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			fmt.Fprintf(&b, "<%s", t.Data)
			for _, a := range t.Attr {
				fmt.Fprintf(&b, " %s=%q", a.Key, a.Val)
			}
			b.WriteString(">")
		case html.EndTagToken:
			fmt.Fprintf(&b, "</%s>", z.Token().Data)
		}
	}
}

// FuzzAdd throws any bytes at every reader: none may panic or hang.
func FuzzAdd(f *testing.F) {
	for _, name := range []string{"index.html", "a.css", "a.svg", "a.xml", "a.json", "a.csv", "a.txt", "404.html", "c/a.html"} {
		f.Add(name, []byte(html5("index.html", "", `<a href="../../../x?y#z%zz">x</a><img srcset=", ,a  2x">`)))
		f.Add(name, []byte(`@import "a"; url( x )`+origin+`/%`))
		f.Add(name, []byte("\ufeffa;b\n\"=1"))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		checked(map[string]string{name: string(data)})
	})
}
