package draw

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	gallery = flag.String("gallery", "", "folder for a page with all pictures")
	styles  = flag.String("styles", "", "style sheets of the gallery, separated by commas")
)

// TestGallery writes all pictures on one page, to be looked at: wide, narrow,
// light and dark.
//
//	go test -run Gallery -gallery /tmp/g -styles themes/x/tokens.css,themes/x/site.css
func TestGallery(t *testing.T) {
	dir := *gallery
	if dir == "" {
		dir = t.TempDir()
	}
	var page bytes.Buffer
	page.WriteString("<!doctype html><html lang=it><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Gallery</title><style>\n")
	if *styles != "" {
		for _, name := range strings.Split(*styles, ",") {
			css, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			page.Write(css)
		}
	}
	page.WriteString("</style><main class=wrap>")
	for _, s := range specimens(same) {
		class := map[bool]string{true: "map"}[strings.Contains("national areas areas-keyboard locator", s.name)]
		if s.name == "locator" {
			class = "map locator"
		}
		b := s.d.Append(nil)
		if strings.HasSuffix(s.name, "-file") {
			if err := os.WriteFile(filepath.Join(dir, s.name+".svg"), b, 0o644); err != nil {
				t.Fatal(err)
			}
			b = fmt.Appendf(nil, "<img alt='' width=300 src=%s.svg>", s.name)
		}
		fmt.Fprintf(&page, "\n<div class=main><p>%s</p><figure class=%q>%s</figure></div>", html.EscapeString(s.name), class, b)
	}
	page.WriteString("</main>\n")
	if err := os.WriteFile(filepath.Join(dir, "gallery.html"), page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
