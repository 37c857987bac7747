package verify

// void reports whether an element has no content and no end tag.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}

// breaksParagraph reports whether a browser closes an open <p> before an
// element.
func breaksParagraph(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer",
		"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "search",
		"section", "table", "ul":
		return true
	}
	return false
}

// interactive reports whether an element may not stand in a link or a button.
func interactive(name string) bool {
	switch name {
	case "a", "button", "select", "textarea", "input", "details", "label":
		return true
	}
	return false
}

// nest puts an element on the stack of open ones.
func (r *reader) nest(name string, selfClosed bool) {
	foreign := name == "svg" || name == "math" || r.in.svg+r.in.math > 0
	if r.broken {
		return
	}
	switch {
	case void(name) && !foreign:
		r.allowed(name)
		return
	case selfClosed && foreign:
		return
	case selfClosed:
		r.brokenAt(r.off, "<%s/> is not closed by its slash; write </%s>", name, name)
		return
	}
	r.allowed(name)
	r.in.change(name, 1)
	r.open = append(r.open, element{name: name, off: r.off, role: r.attrs.get("role"),
		label: r.attrs.says("aria-label") || r.attrs.says("aria-labelledby")})
}

// allowed checks that a browser leaves the element where it is.
func (r *reader) allowed(name string) {
	if r.in.p > 0 && r.in.svg == 0 && breaksParagraph(name) {
		r.brokenAt(r.off, "<%s> may not stand in a <p>: the browser would close the paragraph before it", name)
		return
	}
	if r.in.a+r.in.button > 0 && interactive(name) && r.attrs.get("type") != "hidden" {
		around := "a"
		if r.in.a == 0 {
			around = "button"
		}
		r.wrong(r.off, "", "<%s> may not stand in <%s>", name, around)
	}
}

// end closes an element.
func (r *reader) end(name string, off int) {
	r.off = off
	if r.broken {
		return
	}
	if void(name) && r.in.svg == 0 {
		r.brokenAt(r.off, "</%s> closes nothing: <%s> has no content", name, name)
		return
	}
	if len(r.open) == 0 {
		r.brokenAt(r.off, "</%s> closes nothing", name)
		return
	}
	top := r.open[len(r.open)-1]
	if top.name != name {
		r.brokenAt(r.off, "</%s> stands where </%s> is wanted, for the <%s> of line %d", name, top.name, top.name, r.at(top.off).line)
		return
	}
	r.open = r.open[:len(r.open)-1]
	r.in.change(name, -1)
	r.parted(top.name)
	r.closed(top)
	r.ended()
	r.joined(top.name)
}

// unclosed reports an element that is open at the end.
func (r *reader) unclosed() {
	if r.broken || len(r.open) == 0 {
		return
	}
	top := r.open[len(r.open)-1]
	r.brokenAt(top.off, "<%s> is never closed", top.name)
}

func (r *reader) brokenAt(off int, format string, args ...any) {
	r.broken = true
	r.wrong(off, "", format, args...)
}
