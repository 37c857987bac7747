package site

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// Figure is what a block of a document becomes. Its kind says what it looks
// like, its keys what it shows.
func (f figures) Figure(r content.Ref) (content.Figure, error) {
	switch {
	case r.List("elenco") != nil:
		return f.listing(r)
	case r.List("domanda") != nil:
		return f.surveyFigure(r)
	case r.List("indicatore") == nil:
		return content.Figure{}, &content.Refusal{Text: fmt.Sprintf("the %s shows nothing", r.Name),
			Hint: "say what: indicatore, domanda or, for a tabella, elenco"}
	}
	pl, err := f.plan(r)
	if err != nil {
		return content.Figure{}, err
	}
	switch r.Name {
	case "mappa":
		return f.mapOf(pl)
	case "grafico":
		return f.chart(pl)
	case "tabella":
		return f.tableOf(pl)
	}
	return f.bigNumber(pl)
}

// plan is what a block of indicators asks for, checked and looked up.
type plan struct {
	ref     content.Ref
	entries []*indicator.Entry // each with its last series at the date that is shown
	whole   []*indicator.Entry // the same with all their dates
	where   scope
	per     string // the dimension of the rows
	by      string // that of the columns, "" for none
	forma   string
	ordine  string
	limite  int // rows at most, 0 for all
	columns []string
}

// Words that the keys of a block take.
func dimensions() []string {
	return []string{"nazione", "ripartizione", "regione", "unita", "comune", "classe", "data"}
}

func forms() []string {
	return []string{"barre", "punti", "linea", "pendenza", "istogramma", "caselle"}
}

func orders() []string { return []string{"valore", "nome", "codice"} }

func nationColumns() []string { return []string{"valore", "numero", "base", "data", "fonte"} }

// blockKeys are the keys that each kind of block of indicators takes.
func blockKeys(kind string) []string {
	keys := whereKeys("indicatore", "data")
	switch kind {
	case "mappa":
		return append(keys, "per")
	case "grafico":
		return append(keys, "per", "forma", "ordine", "limite")
	case "tabella":
		return append(keys, "per", "ordine", "limite", "colonne")
	}
	return keys
}

func (f figures) plan(r content.Ref) (plan, error) {
	pl := plan{ref: r}
	if err := r.Allow(blockKeys(r.Name)...); err != nil {
		return pl, err
	}
	var err error
	if pl.where, err = f.scope(r); err != nil {
		return pl, err
	}
	if err := pl.readWords(); err != nil {
		return pl, err
	}
	for _, id := range r.List("indicatore") {
		e, err := f.entry(id, "indicatore")
		if err != nil {
			return pl, err
		}
		pl.whole = append(pl.whole, e)
		if len(r.List("data")) > 1 {
			pl.entries = append(pl.entries, e)
			continue
		}
		k, err := dated(e, r.Arg("data"), "data")
		if err != nil {
			return pl, err
		}
		pl.entries = append(pl.entries, upTo(e, k))
	}
	return pl, nil
}

// readWords reads the keys that choose among a few words.
func (pl *plan) readWords() error {
	r := pl.ref
	pl.per, pl.by, pl.forma, pl.ordine, pl.columns = r.Arg("per"), "", r.Arg("forma"), r.Arg("ordine"), r.List("colonne")
	if pl.per == "" {
		pl.per = "nazione"
	}
	if dims := r.List("per"); len(dims) == 2 {
		pl.by = dims[1]
	} else if len(dims) > 2 {
		return &content.Refusal{Key: "per", Text: fmt.Sprintf("a table has two dimensions, here are %d", len(dims))}
	}
	for _, c := range []struct {
		key    string
		values []string
		known  []string
	}{{"per", r.List("per"), dimensions()}, {"forma", r.List("forma"), forms()}, {"ordine", r.List("ordine"), orders()}, {"colonne", pl.columns, nationColumns()}} {
		for _, v := range c.values {
			if !slices.Contains(c.known, v) {
				return &content.Refusal{Key: c.key, Text: fmt.Sprintf("%q is no value of %q", v, c.key), Hint: diag.DidYouMean(v, c.known)}
			}
		}
	}
	if typed := r.Arg("limite"); typed != "" {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 {
			return &content.Refusal{Key: "limite", Text: fmt.Sprintf("%q is not a number of rows", typed)}
		}
		pl.limite = n
	}
	return nil
}

// upTo is the indicator as if series k were its newest: everything that shows
// "the last" then shows that one.
func upTo(e *indicator.Entry, k int) *indicator.Entry {
	out := *e
	out.Series, out.Cuts = e.Series[:k+1], e.Cuts[:k+1]
	return &out
}

// single is the one indicator of a form that shows one.
func (pl plan) single() (*indicator.Entry, error) {
	if len(pl.entries) > 1 {
		return nil, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("this figure shows one indicator, here are %d", len(pl.entries)), Hint: "use a tabella, or one figure for each"}
	}
	return pl.entries[0], nil
}

// unfit refuses a form or a kind that does not go with the dimension.
func (pl plan) unfit(what string, wanted ...string) error {
	key := ""
	if len(pl.ref.List("per")) > 0 {
		key = "per"
	}
	return &content.Refusal{Key: key, Text: fmt.Sprintf("%s does not go with per: %s", what, pl.per), Hint: "it goes with " + strings.Join(wanted, ", ")}
}

// title is the author's, or the indicator's.
func (f figures) title(pl plan) string {
	if t := pl.ref.Arg("titolo"); t != "" {
		return t
	}
	return f.text(pl.entries[0].ID).Title
}

// sub is the unit and the date, "" of a figure of several indicators that differ
// in either.
func (f figures) sub(entries []*indicator.Entry) string {
	w, e := f.words, entries[0]
	for _, other := range entries[1:] {
		if f.text(other.ID).Front.Unit != f.text(e.ID).Front.Unit || other.Last().Date != e.Last().Date {
			return w.T("riferimenti.sotto.vari")
		}
	}
	return w.T("riferimenti.sotto."+string(e.Form), locale.S("unita", f.text(e.ID).Front.Unit), locale.S("data", w.Date(e.Last().Date)))
}

// caption is the base, the sources and where the numbers are to be had.
func (f figures) caption(pl plan) template.HTML {
	w := f.words
	least, most := -1, 0
	var sources []string
	var links template.HTML
	for k, e := range pl.entries {
		base := e.Last().Of(pl.where.comuni).Base
		if most = max(most, base); least < 0 || base < least {
			least = base
		}
		if !slices.Contains(sources, e.Source) {
			sources = append(sources, e.Source)
		}
		if k > 0 {
			links += ", "
		}
		links += anchor(indicatorPath(e.ID)+"aree.csv", w.T("riferimenti.csv", locale.S("indicatore", f.text(e.ID).Front.Short)))
	}
	key := "riferimenti.base.una"
	if least != most {
		key = "riferimenti.base.varie"
	}
	out := w.HTML(key, locale.N("base", most), locale.N("minimo", least), locale.N("su", len(pl.where.comuni)))
	var credits template.HTML
	for k, id := range sources {
		if k > 0 {
			credits += "; "
		}
		credits += f.credit(id)
	}
	return out + " " + w.HTML("riferimenti.fonte", locale.N("n", len(sources)), locale.H("fonti", credits)) + " " + w.HTML("riferimenti.numeri", locale.H("file", links))
}

// bigNumber is a figure of one number.
func (f figures) bigNumber(pl plan) (content.Figure, error) {
	e, err := pl.single()
	if err != nil {
		return content.Figure{}, err
	}
	v := e.Last().Of(pl.where.comuni)
	if pl.where.i >= 0 && e.Form == stat.Share {
		return content.Figure{}, &content.Refusal{Key: "luogo", Text: "a share of one Comune says nothing"}
	}
	if !v.Value.OK() {
		return content.Figure{}, &content.Refusal{Key: "indicatore", Text: fmt.Sprintf("no Comune there has a value of %q at %s", e.ID, e.Last().Date)}
	}
	body := template.HTML(`<p class="big">`) + esc(f.value(e.Indicator, v.Value))
	if u := f.unitOf(e); u != "" {
		body += template.HTML(` <small>`) + esc(u) + `</small>`
	}
	return content.Figure{Title: f.text(e.ID).Title, Sub: f.sub(pl.entries), Body: body + `</p>`, Caption: f.caption(pl), Demo: e.Demo,
		Alt: f.words.T("riferimenti.alt.numero", locale.S("titolo", f.title(pl)), locale.S("valore", f.withUnit(e, v.Value)))}, nil
}
