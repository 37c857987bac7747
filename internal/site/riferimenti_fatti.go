package site

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/locale"
)

// day is a date of the site or of a source, in words.
func (f figures) day(r content.Ref) (content.Value, error) {
	if err := r.Allow(); err != nil {
		return content.Value{}, err
	}
	days := []named[atlas.Date]{{"oggi", f.Settings.Site.UpdatedDate()}, {"territorio", f.Atlas.Display},
		{"popolazione", f.Atlas.Population.Date}, {"confini", f.Atlas.Boundaries.Date}}
	for _, p := range f.Sources.Programmes {
		for _, iv := range p.Interventions {
			days = append(days, named[atlas.Date]{p.Source + "/" + iv.ID, iv.List.Date})
		}
		if r.Value == p.Source {
			return content.Value{}, &content.Refusal{Text: fmt.Sprintf("the lists of %q have different dates", p.Source),
				Hint: "name one: " + p.Source + "/" + p.Interventions[0].ID}
		}
	}
	for _, s := range f.Sources.Sources {
		if len(s.Dates) > 0 {
			days = append(days, named[atlas.Date]{s.ID, slices.Max(s.Dates)})
		}
	}
	d, err := pick(days, r.Value, "there is no date of %q")
	return content.Value{Text: f.words.Date(d)}, err
}

// named is something an author can name.
type named[T any] struct {
	name string
	what T
}

// pick finds what is named; wrong says what is not there.
func pick[T any](all []named[T], name, wrong string) (T, error) {
	var known []string
	for _, x := range all {
		if x.name == name {
			return x.what, nil
		}
		known = append(known, x.name)
	}
	var none T
	return none, &content.Refusal{Text: fmt.Sprintf(wrong, name), Hint: diag.DidYouMean(name, known)}
}

// threshold is a number of the disclosure policy that this build enforces.
// Thresholds that are only written down somewhere have no value here: a page
// that promised them would promise what nobody keeps.
func (f figures) threshold(r content.Ref) (content.Value, error) {
	if err := r.Allow(); err != nil {
		return content.Value{}, err
	}
	policy := disclosure.Default()
	if f.Survey.Published != nil {
		policy = f.Survey.Published.Policy
	}
	n, err := pick([]named[int]{{"cella", policy.Least}, {"cella-riservata", policy.LeastReserved}, {"decimale", policy.Decimal}},
		r.Value, "there is no threshold %q that the program enforces")
	return content.Value{Text: f.words.Int(n), N: float64(n), Numeric: true}, err
}

// campaign is how a Comune takes part. What is not known yet is said so.
func (f figures) campaign(r content.Ref) (content.Value, error) {
	if err := r.Allow(); err != nil {
		return content.Value{}, err
	}
	c, w := f.Settings.Campaign, f.words
	v, err := pick([]named[content.Value]{
		{"stato", content.Value{Text: w.T("riferimenti.rilevazione.stato", locale.S("stato", c.State))}},
		{"edizione", content.Value{Text: c.Edition}},
		{"apertura", content.Value{Text: w.Date(c.Opens)}},
		{"chiusura", content.Value{Text: w.Date(c.Closes)}},
		{"recapito", content.Value{Text: c.Contact, Href: mailto(c.Contact)}},
	}, r.Value, "nothing of the survey's campaign is called %q")
	if err == nil && v.Text == "" {
		v.Text = w.T("riferimenti.rilevazione.ignoto", locale.S("che", r.Value))
	}
	return v, err
}

// mailto is the address of a contact that is one of e-mail.
func mailto(contact string) string {
	if !strings.Contains(contact, "@") || strings.ContainsAny(contact, " :/") {
		return ""
	}
	return "mailto:" + contact
}

// site is a line of data/sito.toml.
func (f figures) site(r content.Ref) (content.Value, error) {
	if err := r.Allow(); err != nil {
		return content.Value{}, err
	}
	s := f.Settings.Site
	text, err := pick([]named[string]{{"titolo", s.Title}, {"titolare", s.Owner}, {"indirizzo", s.Address}, {"versione", s.Version}},
		r.Value, "nothing of the site is called %q")
	return content.Value{Text: text}, err
}
