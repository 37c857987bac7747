package verify

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
)

// alternate is the same page in another language.
type alternate struct{ lang, address string }

func (r *reader) alternate(to string) {
	at := r.refer(to, r.off)
	lang := r.attrs.get("hreflang")
	if lang == "" {
		return // a feed, or the same facts as data
	}
	if at == "" {
		r.wrong(r.off, "", "hreflang %q leads to %q, which is not of this site", lang, to)
		return
	}
	r.page.alternates = append(r.page.alternates, alternate{lang, at})
	r.page.alternateAt = r.at(r.off)
}

func (r *reader) meta() {
	content := r.attrs.get("content")
	switch name := strings.ToLower(r.attrs.get("name")); {
	case name == "description":
		r.counts.descriptions++
		r.page.description = fact{strings.TrimSpace(content), r.at(r.off)}
	case name == "robots" && strings.Contains(content, "noindex"):
		r.noindex = true
	case strings.EqualFold(r.attrs.get("http-equiv"), "refresh"):
		if _, to, ok := strings.Cut(content, "="); ok {
			r.leads(strings.Trim(to, `"' `))
		}
	case slices.Contains([]string{"og:url", "og:image", "twitter:image"}, r.attrs.get("property")+name):
		r.refer(content, r.off)
	}
}

// head checks what a page says of itself.
func (r *reader) head() {
	p := r.page
	if p.lang == "" && !strings.Contains(string(r.data), "<html") {
		r.wrong(0, "", "the page has no <html lang>")
	}
	if r.counts.titles != 1 || p.title.text == "" {
		r.wrong(0, "", "the page has %d titles, want one that is not empty", r.counts.titles)
	}
	if p.aside {
		r.leadsOn()
		return
	}
	if r.counts.descriptions != 1 || p.description.text == "" {
		r.wrong(0, "", "the page has %d descriptions, want one that is not empty", r.counts.descriptions)
	}
	if p.path == notFoundPage {
		return
	}
	own := r.gates.rules.Origin + address(p.path)
	switch {
	case r.counts.canonicals != 1:
		r.wrong(0, "", "the page has %d canonical addresses, want one", r.counts.canonicals)
	case p.canonical.text != own:
		r.found = append(r.found, problem(p.path, p.canonical.at, fmt.Sprintf("the canonical address is %q, want %q", p.canonical.text, own)))
	}
}

// leadsOn checks a page that stands beside another.
func (r *reader) leadsOn() {
	if !r.noindex {
		r.wrong(0, "", "the page stands beside another and is not noindex")
	}
	if r.counts.leads == 0 {
		r.wrong(0, "", "the page stands beside another and leads nowhere")
	}
}

func problem(file string, at position, text string) diag.Problem {
	return diag.Problem{File: file, Line: at.line, Col: at.col, Text: text}
}

// heads compares the heads of all pages, which are in order of path.
func (g *Gates) heads(pages map[string]*page) (out []diag.Problem) {
	titles, descriptions := map[string]*page{}, map[string]*page{}
	for _, p := range g.pages {
		if p.aside || p.path == notFoundPage {
			continue
		}
		out = append(out, unique(titles, p, p.title, "title")...)
		out = append(out, unique(descriptions, p, p.description, "description")...)
		out = append(out, languages(p, pages)...)
	}
	return out
}

func unique(seen map[string]*page, p *page, f fact, what string) []diag.Problem {
	if f.text == "" {
		return nil
	}
	if first, ok := seen[f.text]; ok {
		return []diag.Problem{problem(p.path, f.at, fmt.Sprintf("the %s %q is also that of %s", what, f.text, first.path))}
	}
	seen[f.text] = p
	return nil
}

// languages checks that a page and its alternates name each other.
func languages(p *page, pages map[string]*page) (out []diag.Problem) {
	wrong := func(format string, args ...any) {
		out = append(out, problem(p.path, p.alternateAt, fmt.Sprintf(format, args...)))
	}
	seen := map[string]bool{}
	self := len(p.alternates) == 0
	for _, a := range p.alternates {
		if seen[a.lang] {
			wrong("hreflang %q stands twice", a.lang)
		}
		seen[a.lang] = true
		if a.lang == "x-default" {
			continue
		}
		other, ok := pages[filed(a.address)]
		switch {
		case other == p && a.lang != p.lang:
			wrong("hreflang says that this page is in %q, its lang is %q", a.lang, p.lang)
		case ok && other != p && !slices.Contains(other.alternates, alternate{p.lang, address(p.path)}):
			wrong("hreflang %q leads to %s, which does not lead back", a.lang, a.address)
		}
		self = self || other == p
	}
	if !self {
		wrong("the alternates by hreflang do not include the page itself")
	}
	return out
}
