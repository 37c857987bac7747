package istat

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// count reads residents and area by Comune.
func (r reader) count(f file) atlas.Count {
	const code, residents, area = "PRO_COM_T", "POP_RES", "AREA_KMQ"
	out := atlas.Count{File: f.name, Source: f.source}
	t := r.table(f.name, table.Spec{Want: []string{code, residents, area}, Extra: true}, out.Doubt.All, func(cells []string) { out.Doubt.Row(onePlace, 0, cells...) })
	cell := cells(t)
	for _, row := range t.Rows {
		c := atlas.Counted{ISTAT: cell(row, code), Line: row.Line()}
		good := wantForm(t, row, code, isISTAT, "an ISTAT code, want six digits")
		switch s := cell(row, residents); {
		case s == "":
			t.Problem(row, t.Col(residents), fmt.Sprintf("the residents of %q are missing", c.ISTAT), "")
			good = false
		default:
			n, err := strconv.Atoi(s)
			if c.Residents = n; err != nil || n <= 0 || !isDigits(s) {
				t.Problem(row, t.Col(residents), fmt.Sprintf("%q is not a number of residents, want digits only", s), "")
				good = false
			}
		}
		if s := cell(row, area); s != "" {
			n, err := strconv.ParseFloat(s, 64)
			if c.AreaKm2 = n; err != nil || !(n > 0 && n < maxKm2) {
				t.Problem(row, t.Col(area), fmt.Sprintf("%q is not an area in km², want digits and a point", s), "")
				good = false
			}
		}
		if good {
			out.Rows = append(out.Rows, c)
		} else {
			out.Doubt.Row(onePlace, 0, c.ISTAT)
		}
	}
	return out
}

// maxKm2 is more than any Comune has (Roma, the widest, has 1,287).
const maxKm2 = 10_000

// archive reads the ANPR archive.
func (r reader) archive(f file, birthFrom atlas.Date) atlas.Archive {
	const code, cad, name, from, to = "CODISTAT", "CODCATASTALE", "DENOMINAZIONE_IT", "DATAISTITUZIONE", "DATACESSAZIONE"
	out := atlas.Archive{File: f.name, Source: f.source, BirthFrom: birthFrom}
	t := r.table(f.name, table.Spec{Want: []string{code, cad, name, from, to}, Extra: true}, r.doubt.All, func(cells []string) { r.doubt.Row(onePlace, 0, cells...) })
	cell := cells(t)
	out.Records = make([]atlas.Record, 0, len(t.Rows))
	for _, row := range t.Rows {
		rec := atlas.Record{ISTAT: cell(row, code), Cadastral: cell(row, cad), Name: cell(row, name), Line: row.Line()}
		good := wantForm(t, row, code, isISTAT, "an ISTAT code, want six digits")
		if !isCadastral(rec.Cadastral) {
			rec.Cadastral = "" // ND: ended before there were cadastral codes
		}
		rec.From = dateCell(t, row, from, &good)
		rec.To = dateCell(t, row, to, &good)
		if good && rec.From > rec.To {
			t.Problem(row, t.Col(to), fmt.Sprintf("the Comune ends on %s, before it begins on %s", rec.To, rec.From), "")
			good = false
		}
		if good {
			out.Records = append(out.Records, rec)
		} else {
			r.doubt.Row(onePlace, 0, row.Cells...)
		}
	}
	return out
}

func dateCell(t *table.Table, row table.Row, head string, good *bool) atlas.Date {
	d, err := atlas.ParseDate(row.Get(t.Col(head)))
	if err != nil {
		t.Problem(row, t.Col(head), err.Error(), "")
		*good = false
	}
	return d
}

// single is the one file, of a fixed name and without a date, of an input; one
// that the manifest does not name has no rows.
func (r reader) single(in single, spec table.Spec, none func(), broken func(cells []string)) (string, *table.Table) {
	if in.File.Text == "" {
		return "", &table.Table{}
	}
	name := path.Join(r.root, in.File.Text)
	return name, r.table(name, spec, none, broken)
}

// variations reads the table of events.
func (r reader) variations(in variations) atlas.Variations {
	const (
		kind, from, to           = "tipo", "dal", "al"
		oldCode, oldCad, oldName = "codice ISTAT prima", "codice catastale prima", "nome prima"
		newCode, newCad, newName = "codice ISTAT dopo", "codice catastale dopo", "nome dopo"
		source                   = "fonte"
		wantISTAT, wantCadastral = "an ISTAT code, want six digits", "a cadastral code, want a letter and three digits"
	)
	out := atlas.Variations{From: in.From, To: in.To,
		Source: atlas.Source{Title: in.Title, Publisher: in.Publisher, Licence: in.Licence, URL: in.URL}}
	var t *table.Table
	out.File, t = r.single(in.single, table.Spec{Want: []string{kind, from, to, oldCode, oldCad, oldName, newCode, newCad, newName, source}}, r.doubt.All, r.inDoubt(twoPlaces))
	cell := cells(t)
	for _, row := range t.Rows {
		e := atlas.Event{Kind: atlas.EventKind(cell(row, kind)), Source: cell(row, source), Line: row.Line(),
			OldISTAT: cell(row, oldCode), OldCadastral: cell(row, oldCad), OldName: cell(row, oldName),
			NewISTAT: cell(row, newCode), NewCadastral: cell(row, newCad), NewName: cell(row, newName)}
		good := true
		if !slices.Contains(atlas.EventKinds(), string(e.Kind)) {
			t.Problem(row, t.Col(kind), fmt.Sprintf("%q is not a kind of variation", e.Kind), diag.DidYouMean(string(e.Kind), atlas.EventKinds()))
			good = false
		}
		for _, head := range []string{oldCode, newCode} {
			good = wantForm(t, row, head, isISTAT, wantISTAT) && good
		}
		for _, head := range []string{oldCad, newCad} {
			good = wantForm(t, row, head, isCadastral, wantCadastral) && good
		}
		for _, head := range []string{oldName, newName, source} {
			if cell(row, head) == "" {
				t.Problem(row, t.Col(head), fmt.Sprintf("the cell under %q is empty", head), "")
				good = false
			}
		}
		e.From = dateCell(t, row, from, &good)
		e.To = dateCell(t, row, to, &good)
		if good {
			out.Events = append(out.Events, e)
		} else {
			r.inDoubt(twoPlaces)(row.Cells)
		}
	}
	return out
}

// aliases reads the table of names.
func (r reader) aliases(in single) (string, []atlas.AliasLine) {
	const kind, key, name, lang = "tipo", "codice", "nome", "lingua"
	file, t := r.single(in, table.Spec{Want: []string{kind, key, name, lang}}, nil, nil) // a name less is missed by nobody
	kinds := []string{atlas.KindComune, atlas.KindUnit, atlas.KindRegion}
	langs := []string{"", "de", "fr", "sl", "lld", "fur"}
	cell := cells(t)
	var out []atlas.AliasLine
	for _, row := range t.Rows {
		a := atlas.AliasLine{Kind: cell(row, kind), Key: cell(row, key), Name: cell(row, name), Lang: cell(row, lang), Line: row.Line()}
		good := oneOf(t, row, kind, kinds)
		good = oneOf(t, row, lang, langs) && good
		if a.Name == "" && a.Lang == "" {
			t.Problem(row, t.Col(name), "the line has neither a name nor a language", "delete it")
			good = false
		}
		if good {
			out = append(out, a)
		}
	}
	return file, out
}

func oneOf(t *table.Table, row table.Row, head string, known []string) bool {
	s := row.Get(t.Col(head))
	if slices.Contains(known, s) {
		return true
	}
	t.Problem(row, t.Col(head), fmt.Sprintf("%q is not known under %q", s, head), diag.DidYouMean(s, slices.DeleteFunc(slices.Clone(known), func(k string) bool { return k == "" })))
	return false
}

// slugs reads the table of addresses.
func (r reader) slugs(in single) (string, []atlas.SlugLine) {
	const kind, key, slug = "tipo", "codice", "indirizzo"
	file, t := r.single(in, table.Spec{Want: []string{kind, key, slug}}, nil, nil) // nor an address
	cell := cells(t)
	var out []atlas.SlugLine
	for _, row := range t.Rows {
		if oneOf(t, row, kind, atlas.Kinds()) {
			out = append(out, atlas.SlugLine{Kind: cell(row, kind), Key: cell(row, key), Slug: cell(row, slug), Line: row.Line()})
		}
	}
	return file, out
}

// FormatSlugs writes lines as they are appended to the table of addresses.
func FormatSlugs(lines []atlas.SlugLine) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s,%s,%s\n", l.Kind, l.Key, l.Slug)
	}
	return b.String()
}
