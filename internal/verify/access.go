package verify

import "slices"

// headings checks that a page starts with its one h1 and skips no level.
type headings struct{ last, ones int }

func (h *headings) add(r *reader, level int) {
	if r.page.aside {
		return
	}
	switch {
	case level == 1 && h.ones > 0:
		r.wrong(r.off, "", "the page has a second <h1>")
	case h.last == 0 && level != 1:
		r.wrong(r.off, "", "the first heading is <h%d>, want <h1>", level)
	case level > h.last+1:
		r.wrong(r.off, "", "<h%d> follows <h%d>: a level is skipped", level, h.last)
	}
	if level == 1 {
		h.ones++
	}
	h.last = level
}

func (h *headings) finish(r *reader) {
	if h.last == 0 && !r.page.aside {
		r.wrong(0, "", "the page has no <h1>")
	}
}

// needsAlt checks an element that shows a picture.
func (r *reader) needsAlt(name string) {
	if !r.attrs.has("alt") {
		r.wrong(r.off, "say in alt what it shows, or write alt=\"\" for an ornament", "<%s> has no alt", name)
	}
}

// drawing checks what is known of an <svg> at its start.
func (r *reader) drawing() {
	n := len(r.open) - 1
	if r.broken || n < 0 || r.open[n].name != "svg" {
		return
	}
	nested := slices.ContainsFunc(r.open[:n], func(e element) bool { return e.name == "svg" })
	if nested || r.attrs.get("aria-hidden") == "true" || r.attrs.has("hidden") {
		r.open[n].role = "none"
	}
}

// drawn checks an <svg> at its end, when it is known whether it has a title.
func (r *reader) drawn(e element) {
	switch e.role {
	case "none", "presentation", "group":
	case "img":
		if !e.label && !e.named {
			r.wrong(e.off, "give it aria-label or a <title> that says the finding", "<svg role=\"img\"> has no name")
		}
	default:
		r.wrong(e.off, "say role=\"img\" with aria-label, role=\"group\", or aria-hidden=\"true\" for an ornament",
			"<svg> does not say what it is to a screen reader")
	}
}

// field notes a form field without a name of its own.
func (r *reader) field(name string) {
	if name == "input" && slices.Contains([]string{"hidden", "submit", "button", "reset", "image"}, r.attrs.get("type")) {
		return
	}
	if r.attrs.says("aria-label") || r.attrs.says("aria-labelledby") || r.attrs.says("title") || r.in.label > 0 {
		return
	}
	r.fields = append(r.fields, field{name, r.attrs.get("id"), r.off})
}
