package theme

import (
	"bytes"
	"fmt"
	"html/template"

	"mappa/internal/locale"
)

// Link is words and where they lead. The zero URL is the page itself: no link.
type Link struct {
	Text string
	URL  string
}

// Step leads to the page before or after this one.
type Step struct {
	Note string // what it is, above the link: Capitolo 1
	Text string
	URL  string
}

// Neighbours is what the template vicini prints: the pages before and after.
type Neighbours struct {
	Label          string // what they are pages of: Capitoli
	Previous, Next *Step
}

// Item is a link that every page has.
type Item struct {
	ID      string // comuni, mappa, …: what [Chrome.Section] names
	Text    string
	URL     string
	Element string // data-element that the public administration's validators look for: accessibility-link
}

// Fact is a line at the foot of a page: edition, sources, territory, licence.
type Fact struct {
	Label string
	Text  template.HTML
}

// Alternate is the same page in another language.
type Alternate struct {
	Lang string // en
	Name string // English
	Mark string // ENG
	Note string // ", English version", read aloud after the mark
	URL  string // root-relative
}

// Frame is what all pages of one language share. It is built once with
// [Theme.Frame] and not changed afterwards.
type Frame struct {
	Lang        string // it
	Mark        string // ITA
	Origin      string // https://mappa.example, without a slash at the end; "" hides canonical addresses
	Base        string // address of the site on its host: "/"
	Home        string // address of this language's home: "/", "/en/"
	SiteName    string
	Owner       string
	OwnerShort  string
	OwnerURL    string // "" for no link
	Menu        []Item
	Search      Item   // the search page
	Foot        []Item // links at the foot
	Legal       []Item // accessibility, privacy, legal notes
	SearchIndex string // address of the file of names for the search field
	AZ          string // address of the A-Z list, where the search form leads without a script

	Words *locale.Language // for the few words a template cannot ask for by key

	heads map[string]template.HTML // by section
	foot  template.HTML
}

// Head is what the template testata prints: the frame and the section whose
// link is current.
type Head struct {
	*Frame
	Section string
}

// Frame finishes f: the header of each section and the footer, the same on
// every page, are rendered here once.
func (t *Theme) Frame(f Frame) (*Frame, error) {
	set := t.sets[setKey{f.Lang, shared}]
	if set == nil {
		return nil, fmt.Errorf("the theme has no language %q", f.Lang)
	}
	f.Words = t.languages[f.Lang]
	f.heads = map[string]template.HTML{}
	for _, item := range append([]Item{{}, f.Search}, f.Menu...) {
		var out bytes.Buffer
		if err := set.ExecuteTemplate(&out, headName, Head{&f, item.ID}); err != nil {
			return nil, err
		}
		f.heads[item.ID] = template.HTML(out.String())
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, footName, &f); err != nil {
		return nil, err
	}
	f.foot = template.HTML(out.String())
	return &f, nil
}

// Chrome is what surrounds a page. Every page struct embeds it; the templates
// read it through the page.
type Chrome struct {
	*Frame
	Title       string // of the page, without the site's name; "" on the home page
	Description string // one sentence for search engines
	Path        string // address below the language's home: comuni/roma/; "" is the home page
	Section     string // ID of the current link in the menu, "" for none
	Breadcrumb  []Link // from the home page to this one, which has no URL; nil for no breadcrumb
	Contents    []Link // sections of the page: "#pnrr"; nil for no list
	Others      []Alternate
	DemoIn      []Link // sections with demonstration data
	DemoAll     bool   // the whole page is demonstration data
	NoIndex     bool   // keep out of search engines
	Facts       []Fact
	Image       string      // address of the social image, root-relative; "" for none
	Data        template.JS // JSON-LD, made with encoding/json; "" for none
}

func (c *Chrome) chrome() *Chrome { return c }

// Header is the main header with the page's section current.
func (c *Chrome) Header() template.HTML {
	if h, ok := c.heads[c.Section]; ok {
		return h
	}
	return c.heads[""]
}

// Footer is the links at the foot.
func (c *Chrome) Footer() template.HTML { return c.foot }

// URL is the page's root-relative address.
func (c *Chrome) URL() string { return c.Home + c.Path }

// Canonical is the page's full address, "" while the site has none.
func (c *Chrome) Canonical() string {
	if c.Origin == "" {
		return ""
	}
	return c.Origin + c.URL()
}

// FullTitle is the title with the site's name.
func (c *Chrome) FullTitle() string {
	if c.Title == "" {
		return c.SiteName
	}
	return c.Title + " · " + c.SiteName
}

// Demo reports whether the page shows demonstration data anywhere.
func (c *Chrome) Demo() bool { return c.DemoAll || len(c.DemoIn) > 0 }

// DemoNotice is the line at the top that names the sections with
// demonstration data.
func (c *Chrome) DemoNotice() template.HTML {
	if c.DemoAll {
		return c.Words.HTML("cornice.demo_pagina")
	}
	links := make([]string, len(c.DemoIn))
	for i, l := range c.DemoIn {
		links[i] = `<a href="` + template.HTMLEscapeString(l.URL) + `">` + template.HTMLEscapeString(l.Text) + `</a>`
	}
	return c.Words.HTML("cornice.demo_sezioni", locale.H("sezioni", template.HTML(c.Words.And(links))))
}
