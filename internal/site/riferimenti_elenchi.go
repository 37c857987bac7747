package site

import (
	"cmp"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/locale"
	"mappa/internal/source"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// listing is a table that the program keeps itself: what it read, from whom,
// what it corrected, what it gives away.
func (f figures) listing(r content.Ref) (content.Figure, error) {
	if r.Name != "tabella" {
		return content.Figure{}, &content.Refusal{Key: "elenco", Text: fmt.Sprintf("elenco belongs to a tabella, not to a %s", r.Name)}
	}
	if err := r.Allow("elenco"); err != nil {
		return content.Figure{}, err
	}
	w, id := f.words, r.Arg("elenco")
	var g grid
	switch id {
	case "fonti":
		g = f.sourceList()
	case "righe-lette":
		g = f.rowsRead()
	case "correzioni":
		g = f.corrections()
	case "correzioni-indagine":
		g = f.answersCorrected()
	case "scarichi":
		g = f.fileList()
	case "totali":
		g = f.totals()
	default:
		return content.Figure{}, &content.Refusal{Key: "elenco", Text: fmt.Sprintf("there is no list %q", id),
			Hint: diag.DidYouMean(id, []string{"fonti", "righe-lette", "totali", "correzioni", "correzioni-indagine", "scarichi"})}
	}
	title := cmp.Or(r.Arg("titolo"), w.T("riferimenti.elenco."+id+".titolo"))
	out := content.Figure{Title: title, Body: scroll(title, g.HTML()),
		Alt: w.T("riferimenti.elenco.alt", locale.S("titolo", title), locale.N("n", len(g.Rows))), Sub: w.T("riferimenti.elenco." + id + ".sotto")}
	out.Demo = id == "correzioni-indagine" && slices.ContainsFunc(f.rounds(), func(s Survey) bool { return s.Edition.Demo() && len(s.Edition.Corrections) > 0 })
	if len(g.Rows) == 0 {
		out.Body = template.HTML("<p>") + w.HTML("riferimenti.elenco.vuoto") + "</p>"
	}
	return out, nil
}

// head makes headings of the columns of a list; those named in numbers are set
// to the right.
func (f figures) head(columns []string, numbers ...string) []heading {
	var out []heading
	for _, c := range columns {
		out = append(out, heading{Text: f.words.T("riferimenti.colonne." + c), Number: slices.Contains(numbers, c)})
	}
	return out
}

// sourceList is who says what, under which licence and of which date: the
// territory first, then the folders of data/fonti.
func (f figures) sourceList() grid {
	g := grid{Head: f.head([]string{"fonte", "editore", "licenza", "data"})}
	for _, s := range []atlas.Source{f.Atlas.List, f.Atlas.Population, f.Atlas.Boundaries, f.Atlas.Archive, f.Atlas.Variations} {
		if s.Title == "" {
			continue
		}
		row := line{Cells: []cell{{Text: s.Title, Href: webAddress(s.URL)}, {Text: s.Publisher}, {Text: s.Licence}, {Text: f.words.Date(s.Date)}}}
		if !slices.ContainsFunc(g.Rows, func(have line) bool { return slices.Equal(have.Cells, row.Cells) }) {
			g.Rows = append(g.Rows, row)
		}
	}
	for _, s := range f.Sources.Sources {
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: s.Title, Href: webAddress(s.URL)}, {Text: s.Publisher},
			{Text: s.Licence, Href: webAddress(s.LicenceURL)}, {Text: f.span(s.Dates)}}})
	}
	return g
}

// webAddress lets through what leads to a page of the web.
func webAddress(url string) string {
	if u := []string{"https://", "http://"}; len(url) > len(u[0]) && (url[:len(u[0])] == u[0] || url[:len(u[1])] == u[1]) {
		return url
	}
	return ""
}

// span is one date, or the first and the last of several.
func (f figures) span(dates []atlas.Date) string {
	if len(dates) == 0 {
		return ""
	}
	first, last := slices.Min(dates), slices.Max(dates)
	if first == last {
		return f.words.Date(first)
	}
	return f.words.T("riferimenti.dal_al", locale.S("dal", f.words.SinceDate(first)), locale.S("al", f.words.AtDate(last)))
}

// rowsRead says of every file what became of its rows: read = used + left out.
func (f figures) rowsRead() grid {
	w := f.words
	g := grid{Head: f.head([]string{"file", "data", "lette", "usate", "escluse", "motivi"}, "lette", "usate", "escluse")}
	for _, a := range f.Sources.Accounts {
		var reasons []string
		for _, x := range a.Excluded {
			reasons = append(reasons, w.T("riferimenti.elenco.motivo", locale.N("n", x.Rows), locale.S("motivo", f.leftOut(x.Reason))))
		}
		g.Rows = append(g.Rows, line{Cells: []cell{{HTML: code(path.Base(a.File))}, {Text: w.ShortDate(a.Date), Class: "nowrap"},
			{Text: w.Int(a.Read)}, {Text: w.Int(a.Used)}, {Text: w.Int(a.Read - a.Used)}, {Text: w.And(reasons)}}})
	}
	return g
}

// leftOut is why rows are left out: the manifest's words, or the program's.
func (f figures) leftOut(r source.Reason) string {
	if r.Cause == source.ByManifest {
		return r.Text
	}
	return f.words.T("riferimenti.escluse." + r.Cause.Code())
}

// totals are our sums beside the publisher's. Files of different months cannot
// agree, and are said to be of different dates.
func (f figures) totals() grid {
	w := f.words
	g := grid{Head: f.head([]string{"misura", "cosa", "nostro", "editore", "esito"}, "nostro", "editore")}
	euro := func(c source.Cents) cell { return cell{Text: w.Euro(float64(c) / 100)} }
	for _, c := range f.Sources.Checks {
		outcome := w.T("riferimenti.totali.date", locale.S("nostra", w.ShortDate(c.List.Date)), locale.S("sua", w.ShortDate(c.Totals.Date)))
		switch {
		case c.Compared && c.Agrees:
			outcome = w.T("riferimenti.totali.uguale")
		case c.Compared:
			outcome = w.T("riferimenti.totali.diverso")
		}
		ours := euro(c.Ours)
		if c.Ours == 0 && !c.Compared { // a list that says nothing of payments does not say 0
			ours = cell{HTML: f.missing(stat.Unknown)}
		}
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: c.Measure}, {Text: w.T("stadio." + c.What)}, ours, euro(c.Theirs), {Text: outcome}}})
	}
	return g
}

// corrections are the errata in the change logs of all documents, newest first.
func (f figures) corrections() grid {
	g := grid{Head: f.head([]string{"data", "pagina", "correzione"})}
	type erratum struct {
		doc *content.Document
		content.Change
	}
	var all []erratum
	for _, d := range f.Content.Documents() {
		for _, c := range d.Front.Changes {
			if c.Erratum {
				all = append(all, erratum{d, c})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y erratum) int { return cmp.Compare(y.Date, x.Date) })
	for _, e := range all {
		href, _ := f.Link(content.Target{Doc: e.doc}) // a document always has an address
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: f.words.ShortDate(e.Date), Class: "nowrap"}, {Text: e.doc.Title, Href: href}, {Text: e.Text}}})
	}
	return g
}

// rounds are all editions, the newest first.
func (p *press) rounds() (out []Survey) {
	for _, s := range append(slices.Clone(p.Before), p.Survey) {
		if s.Edition != nil {
			out = append(out, s)
		}
	}
	slices.Reverse(out)
	return out
}

// answersCorrected is the public register of what was put right in the answers to the
// survey, newest first: of whom, to what and how only where the answer is public, and
// never of an invented one.
func (f figures) answersCorrected() grid {
	w := f.words
	g := grid{Head: f.head([]string{"data", "edizione", "domanda", "comune", "correzione", "motivo"})}
	type entry struct {
		survey.Correction
		of   *survey.Public
		open bool
		n    int // corrections that nothing tells apart which may be said
	}
	var all []entry
	for _, s := range f.rounds() {
		for _, c := range s.Edition.Corrections {
			open := c.Shown && !s.Edition.Demo()
			k := slices.IndexFunc(all, func(x entry) bool {
				return !open && !x.open && x.of == s.Edition && x.Date == c.Date && x.Section == c.Section && x.Reason == c.Reason
			})
			if k < 0 {
				k, all = len(all), append(all, entry{c, s.Edition, open, 0})
			}
			all[k].n++
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(b.Date, a.Date) })
	for _, x := range all {
		book := x.of.Book
		where, who, what := cell{Text: book.Sections[x.Section].Title}, cell{HTML: f.missing(stat.Withheld)}, cell{HTML: f.missing(stat.Withheld)}
		if x.n > 1 {
			where.Note = w.T("riferimenti.elenco.correzioni-indagine.risposte", locale.N("n", x.n))
		}
		if x.open {
			q, c := &book.Questions[x.Question], f.Atlas.Comuni[x.Comune]
			where = cell{Text: q.Title}
			if len(q.Rows) > 0 {
				where.Note = q.Rows[x.Row].Text
			}
			who = cell{Text: c.Name, Href: comunePath(c), Note: c.Plate}
			what = cell{Text: w.T("riferimenti.elenco.correzioni-indagine.cambio", locale.S("prima", f.answerWas(x.Old)), locale.S("dopo", f.answerWas(x.New)))}
		}
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: w.ShortDate(x.Date), Class: "nowrap"}, {Text: book.Edition}, where, who, what, {Text: x.Reason}}})
	}
	return g
}

// answerWas is an answer of the register in words.
func (f figures) answerWas(labels []string) string {
	if len(labels) == 0 {
		return f.words.Missing(stat.Blank).Full
	}
	return f.words.T("domanda.risposta", locale.S("testo", strings.Join(labels, "; ")))
}

// fileList is where the figures of each indicator can be taken from.
func (f figures) fileList() grid {
	w := f.words
	g := grid{Head: f.head([]string{"indicatore", "data", "comuni", "aree"})}
	for _, e := range f.Book.Entries {
		file := indicatorPath(e.ID)
		g.Rows = append(g.Rows, line{Cells: []cell{{Text: f.text(e.ID).Front.Short, Href: file}, {Text: f.span(e.Dates)},
			{HTML: anchor(file+"comuni.csv", w.T("riferimenti.file", locale.S("file", "comuni.csv"), locale.S("indicatore", e.ID)))},
			{HTML: anchor(file+"aree.csv", w.T("riferimenti.file", locale.S("file", "aree.csv"), locale.S("indicatore", e.ID)))}}})
	}
	return g
}
