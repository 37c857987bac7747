package site

import (
	"strconv"

	"mappa/internal/content"
)

// figures answers the references of the documents.
type figures struct{ *press }

func (p *press) resolver() content.Resolver { return figures{p} }

func (f figures) Inline(r content.Ref) (content.Value, error) {
	return content.Value{Text: "…"}, nil
}

func (f figures) Figure(r content.Ref) (content.Figure, error) { return content.Figure{}, nil }

// Link is the address of a document or of a page of the site.
func (f figures) Link(t content.Target) (string, error) {
	anchor := t.Anchor
	if anchor != "" {
		anchor = "#" + anchor
	}
	if t.Doc == nil {
		return t.Path + anchor, nil
	}
	switch t.Doc.Kind {
	case content.Page:
		return pagePath(t.Doc.Slug) + anchor, nil
	case content.Indicator:
		return indicatorPath(t.Doc.Slug) + anchor, nil
	}
	return chapterPath(t.Doc.Year, t.Doc.Slug) + anchor, nil
}

func yearOf(year int) string { return strconv.Itoa(year) }
