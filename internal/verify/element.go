package verify

import (
	"slices"
	"strings"
)

// element checks an element and takes its links.
func (r *reader) element(name string) {
	switch name {
	case "html":
		r.page.lang = r.attrs.get("lang")
		if r.page.lang == "" {
			r.wrong(r.off, "", "<html> has no lang")
		}
	case "title":
		if r.in.svg == 0 {
			r.counts.titles++
			r.page.title.at = r.at(r.off)
			r.text = new(strings.Builder)
		} else if n := len(r.open); n > 1 && !r.broken {
			r.open[n-2].named = true
		}
	case "meta":
		r.meta()
	case "base":
		r.wrong(r.off, "", "<base> changes what every link means and is not followed here")
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.headings.add(r, int(name[1]-'0'))
	case "style":
		r.wrong(r.off, "put it in a stylesheet of the theme", "<style> stands in the page, which the security policy forbids")
	case "svg":
		r.drawing()
	case "input", "select", "textarea":
		r.field(name)
	case "label":
		r.labels[r.attrs.get("for")] = true
	case "th":
		r.headerCell()
	}
	r.references(name)
}

// references takes the links of an element and what it loads.
func (r *reader) references(name string) {
	switch name {
	case "a", "area":
		for _, attr := range []string{"href", "xlink:href"} {
			if r.attrs.has(attr) {
				r.leads(r.attrs.get(attr))
			}
		}
		if name == "area" {
			r.needsAlt(name)
		}
	case "form", "button", "input":
		for _, attr := range []string{"action", "formaction"} {
			if r.attrs.says(attr) {
				r.leads(r.attrs.get(attr))
			}
		}
		if name == "input" && r.attrs.get("type") == "image" {
			r.needsAlt(name)
			r.resource(name, r.attrs.get("src"))
		}
	case "link":
		r.linked()
	case "script":
		r.script()
	case "img":
		r.needsAlt(name)
		r.embedded(name, "src")
	case "use", "image", "feimage":
		r.embedded(name, "href", "xlink:href")
	case "iframe", "source", "audio", "video", "track", "embed":
		r.embedded(name, "src", "poster")
	case "object":
		r.embedded(name, "data")
	}
}

// leads is a link that a reader follows.
func (r *reader) leads(to string) {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(to)), "javascript:") {
		r.wrong(r.off, "bind it in a script of the theme", "a link runs a script, which the security policy forbids")
		return
	}
	if id, ok := strings.CutPrefix(to, "#"); ok {
		if id != "" && id != "top" {
			r.wanted = append(r.wanted, reference{"a link", unescaped(id), r.off})
		}
		return
	}
	r.counts.leads++
	r.refer(to, r.off)
}

// embedded takes what the browser loads for an element: the named attributes
// and srcset.
func (r *reader) embedded(name string, attrs ...string) {
	lazy := r.attrs.get("loading") == "lazy"
	for _, attr := range attrs {
		if r.attrs.has(attr) {
			r.load(name, r.attrs.get(attr), lazy)
		}
	}
	for _, candidate := range candidates(r.attrs.get("srcset")) {
		r.load(name, candidate, true) // one of them is loaded, and src stands for it
	}
}

// candidates are the addresses of a srcset.
func candidates(srcset string) (out []string) {
	for c := range strings.SplitSeq(srcset, ", ") {
		if f := strings.Fields(c); len(f) > 0 {
			out = append(out, strings.TrimSuffix(f[0], ","))
		}
	}
	return out
}

func (r *reader) resource(name, to string) { r.load(name, to, false) }

// load is a resource: it must be of this site. lazy is one that a first visit
// may do without.
func (r *reader) load(name, to string, lazy bool) {
	to = strings.TrimSpace(to)
	if id, ok := strings.CutPrefix(to, "#"); ok && id != "" {
		r.wanted = append(r.wanted, reference{"<" + name + ">", id, r.off})
		return
	}
	if at := r.fetched(name, to, r.off); at != "" && !lazy {
		r.loads = append(r.loads, load{address: at})
	}
}

// fetched checks the address of a resource and returns it, "" when it is wrong
// or is written out in the page itself (data:).
func (d *document) fetched(name, to string, off int) string {
	if to == "" {
		d.wrong(off, "", "<%s> loads an empty address", name)
		return ""
	}
	at := d.refer(to, off)
	if at == "" && elsewhere(to) {
		d.wrong(off, "nothing may be loaded from a third party: make it an asset of the theme", "<%s> loads %q from elsewhere", name, to)
	}
	at, _, _ = strings.Cut(at, "#")
	return at
}

// script checks that code comes from a file; data may stand in the page.
func (r *reader) script() {
	if r.attrs.has("src") {
		r.resource("script", r.attrs.get("src"))
		return
	}
	switch kind := r.attrs.get("type"); kind {
	case "application/json", "application/ld+json":
		r.text = new(strings.Builder)
	default:
		r.wrong(r.off, "put it in a script of the theme", "<script> stands in the page, which the security policy forbids")
	}
}

// linked is <link>: what is loaded, what is named, what must not be there.
func (r *reader) linked() {
	to := r.attrs.get("href")
	for rel := range strings.FieldsSeq(strings.ToLower(r.attrs.get("rel"))) {
		switch rel {
		case "stylesheet", "preload", "modulepreload":
			r.resource("link", to)
		case "icon", "apple-touch-icon", "mask-icon", "manifest", "prefetch", "preconnect", "dns-prefetch":
			r.load("link", to, true)
		case "canonical":
			r.counts.canonicals++
			r.page.canonical = fact{to, r.at(r.off)}
			r.refer(to, r.off)
		case "alternate":
			r.alternate(to)
		default:
			r.refer(to, r.off)
		}
	}
}

// block is the text of a script that is not code: it must parse.
func (r *reader) block() {
	if n := len(r.open); n > 0 && r.open[n-1].name == "script" && r.text != nil {
		text := []byte(r.text.String())
		r.json(text, r.off)
		r.origins(text, r.off)
		r.text = nil
	}
}

// closed is the end of an element.
func (r *reader) closed(e element) {
	switch {
	case e.name == "title" && r.text != nil:
		r.page.title.text = strings.Join(strings.Fields(decoded([]byte(r.text.String()))), " ")
		r.text = nil
	case e.name == "svg":
		r.drawn(e)
	case e.name == "table" && !e.named && e.role != "presentation" && e.role != "none":
		r.wrong(e.off, "make the heading cells <th scope>", "<table> has no heading cell")
	}
}

// headerCell checks a <th> and notes it for its table.
func (r *reader) headerCell() {
	if !slices.Contains([]string{"row", "col", "rowgroup", "colgroup"}, r.attrs.get("scope")) {
		r.wrong(r.off, "say scope=\"col\" or scope=\"row\"", "<th> has no scope")
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == "table" {
			r.open[i].named = true
			return
		}
	}
}
