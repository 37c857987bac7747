package site

import (
	"fmt"
	"slices"
	"strconv"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/indicator"
)

// figures answers the references of the documents. It never guesses: what it
// does not understand it refuses, and says what would be understood.
type figures struct {
	*press
	newest   *indicator.Book // of the site; the press of a report has the book of its day
	dataTo   atlas.Date      // the youngest data the document was written on, 0 where it does not say
	placesAt atlas.Date      // the display date it was written for, 0 where it does not say
}

func (p *press) resolver() content.Resolver { return figures{press: p, newest: p.Book} }

// resolverOf answers a document of a report from the data of the day it was
// written on, as far as they are still there.
func (p *press) resolverOf(d *content.Document) content.Resolver {
	f := figures{press: p, newest: p.Book, dataTo: d.Index.Front.DataTo, placesAt: d.Index.Front.PlacesAt}
	if i := slices.IndexFunc(p.Earlier, func(e Earlier) bool { return e.Until == f.dataTo }); i >= 0 {
		then := *p
		then.Sources, then.Book = p.Earlier[i].Sources, p.Earlier[i].Book
		f.press = &then
	}
	return f
}

// stands says why a typed number stands though the value is another: data or
// places are not those that the document was written on. "" where they are.
func (f figures) stands(v content.Value) string {
	switch {
	case f.dataTo != 0 && v.Date > f.dataTo:
		return fmt.Sprintf("the data are of %s, later than dati_al, %s", v.Date, f.dataTo)
	case f.dataTo != 0 && f.Atlas.Population.Date > f.dataTo:
		return fmt.Sprintf("the residents are of %s, later than dati_al, %s", f.Atlas.Population.Date, f.dataTo)
	case f.placesAt != 0 && f.placesAt != f.Atlas.Display:
		return fmt.Sprintf("the places are those of %s, not of territorio_al, %s", f.Atlas.Display, f.placesAt)
	}
	return ""
}

// inlineNames are the names a reference in running text can have, as the
// authors' guide lists them.
func inlineNames() []string {
	return []string{"quota", "tasso", "mediana", "numero", "base", "differenza", "conta", "data",
		"risposta", "rispondenti", "partecipazione", "soglia", "rilevazione", "sito", "figura"}
}

// Inline is the value of a reference in running text.
func (f figures) Inline(r content.Ref) (content.Value, error) {
	v, err := f.inline(r)
	v.Stands = f.stands(v)
	return v, err
}

func (f figures) inline(r content.Ref) (content.Value, error) {
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
