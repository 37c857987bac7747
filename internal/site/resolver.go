package site

import (
	"fmt"
	"strconv"

	"mappa/internal/content"
	"mappa/internal/diag"
)

// figures answers the references of the documents. It never guesses: what it
// does not understand it refuses, and says what would be understood.
type figures struct{ *press }

func (p *press) resolver() content.Resolver { return figures{p} }

// inlineNames are the names a reference in running text can have, as the
// authors' guide lists them.
func inlineNames() []string {
	return []string{"quota", "tasso", "mediana", "numero", "base", "differenza", "conta", "data",
		"risposta", "rispondenti", "partecipazione", "soglia", "rilevazione", "sito", "figura"}
}

// Inline is the value of a reference in running text.
func (f figures) Inline(r content.Ref) (content.Value, error) {
	switch r.Name {
	case "quota":
		if r.Value == "comuni" {
			return f.partOfComuni(r)
		}
		return f.area(r)
	case "tasso", "mediana", "numero", "base":
		return f.area(r)
	case "differenza":
		return f.change(r)
	case "conta":
		return f.count(r)
	case "data":
		return f.day(r)
	case "risposta":
		return f.answer(r)
	case "rispondenti", "partecipazione":
		return f.turnout(r)
	case "soglia":
		return f.threshold(r)
	case "rilevazione":
		return f.campaign(r)
	case "sito":
		return f.site(r)
	}
	return content.Value{}, &content.Refusal{Text: fmt.Sprintf("there is no reference %q", r.Name), Hint: diag.DidYouMean(r.Name, inlineNames())}
}

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
