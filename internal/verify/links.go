package verify

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// cleaned removes . and .. and doubled slashes from an absolute address.
func cleaned(address string) string {
	out := path.Clean(address)
	if last := address[strings.LastIndexByte(address, '/')+1:]; out != "/" && (last == "" || last == "." || last == "..") {
		out += "/"
	}
	return out
}

// unescaped undoes percent-encoding; what is not well encoded stays as it is.
func unescaped(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

// link keeps the first place that leads to an address; the caller holds the
// lock. Lines are counted only for a place that is kept.
func (g *Gates) link(d *document, u use) {
	was, ok := g.links[u.address]
	if ok && (was.file < u.file || was.file == u.file && was.off <= u.off) {
		return
	}
	l := u.link
	l.at = d.at(l.off)
	g.links[strings.Clone(u.address)] = &l
}

// deadLinks lists each address that leads nowhere, once, at the first place
// that names it.
func (g *Gates) deadLinks(pages map[string]*page) (out []diag.Problem) {
	for _, to := range slices.Sorted(maps.Keys(g.links)) {
		l := g.links[to]
		whole, fragment, _ := strings.Cut(to, "#")
		text, hint := g.dead(whole, fragment, pages)
		if text != "" {
			out = append(out, diag.Problem{File: l.file, Line: l.at.line, Col: l.at.col, Text: text, Hint: hint})
		}
	}
	return out
}

// dead says why an address leads nowhere; "" when it is alive.
func (g *Gates) dead(to, fragment string, pages map[string]*page) (text, hint string) {
	file := filed(to)
	if _, ok := g.files[file]; !ok {
		if _, ok := g.files[file+"/index.html"]; ok {
			return fmt.Sprintf("the link to %s leads there only by a redirect", to), fmt.Sprintf("write %s/", to)
		}
		return fmt.Sprintf("the link to %s leads nowhere", to), ""
	}
	p, ok := pages[file]
	if fragment == "" || !ok {
		return "", ""
	}
	if n, ok := g.idents[fragment]; ok {
		if _, ok := slices.BinarySearch(p.ids, n); ok {
			return "", ""
		}
	}
	return fmt.Sprintf("the link to %s#%s finds no such id on that page", to, fragment), ""
}
