package content

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// field is one key of the front matter: who takes it, and where it goes.
type field struct {
	key       string
	may, must string // letters of the kinds: P I R C
	list      bool
	set       func(*Front, []yamlfile.Word) (wrong string)
}

// letter of a kind in the table below.
func (k Kind) letter() string { return " PIRC"[k : k+1] }

// fields is the front matter, key by key; [Front] says what each is for.
func fields() []field {
	text := func(at func(*Front) *string) func(*Front, []yamlfile.Word) string {
		return func(f *Front, v []yamlfile.Word) string { *at(f) = typeset(v[0].Text); return "" }
	}
	words := func(at func(*Front) *[]string) func(*Front, []yamlfile.Word) string {
		return func(f *Front, v []yamlfile.Word) string {
			for _, s := range v {
				*at(f) = append(*at(f), typeset(s.Text))
			}
			return ""
		}
	}
	return []field{
		{"titolo", "PIRC", "PIRC", false, text(func(f *Front) *string { return &f.Title })},
		{"voce", "PRC", "C", false, text(func(f *Front) *string { return &f.Label })},
		{"occhiello", "PRC", "", false, text(func(f *Front) *string { return &f.Kicker })},
		{"sommario", "PRC", "", false, text(func(f *Front) *string { return &f.Summary })},
		{"descrizione", "PRC", "PRC", false, text(func(f *Front) *string { return &f.Description })},
		{"edizione", "R", "R", false, text(func(f *Front) *string { return &f.Edition })},
		{"data", "PR", "R", false, func(f *Front, v []yamlfile.Word) string { return date(&f.Date, v[0].Text) }},
		{"dati_al", "R", "", false, func(f *Front, v []yamlfile.Word) string { return date(&f.DataTo, v[0].Text) }},
		{"territorio_al", "R", "", false, func(f *Front, v []yamlfile.Word) string { return date(&f.PlacesAt, v[0].Text) }},
		{"versione", "R", "R", false, text(func(f *Front) *string { return &f.Version })},
		{"ordine", "PC", "C", false, func(f *Front, v []yamlfile.Word) string { return order(&f.Order, v[0].Text) }},
		{"autori", "R", "", true, words(func(f *Front) *[]string { return &f.Authors })},
		{"parole", "PIRC", "", true, words(func(f *Front) *[]string { return &f.Words })},
		{"modifiche", "PR", "", true, nil},
		{"breve", "I", "I", false, text(func(f *Front) *string { return &f.Short })},
		{"unita", "I", "I", false, text(func(f *Front) *string { return &f.Unit })},
		{"cosa", "I", "I", false, text(func(f *Front) *string { return &f.What })},
		{"chi", "I", "I", false, text(func(f *Front) *string { return &f.Who })},
		{"numeratore", "I", "", false, text(func(f *Front) *string { return &f.Numerator })},
		{"denominatore", "I", "", false, text(func(f *Front) *string { return &f.Denominator })},
		{"avvertenza", "I", "", false, text(func(f *Front) *string { return &f.Caveat })},
	}
}

func date(to *atlas.Date, s string) string {
	d, err := atlas.ParseDate(s)
	if err != nil {
		return err.Error()
	}
	*to = d
	return ""
}

func order(to *int, s string) string {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return fmt.Sprintf("%q is not a place in an order, want 1, 2, 3 …", s)
	}
	*to = n
	return ""
}

const fence = "---"

// splitFront finds the front matter: its text, and where the body starts.
func splitFront(src []byte) (front []byte, start, body int, wrong string) {
	first, rest, ok := bytes.Cut(src, []byte("\n"))
	if !ok || strings.TrimSpace(string(first)) != fence {
		return nil, 0, 0, `no front matter, want a first line of three dashes, keys, and a closing line of three dashes`
	}
	start = len(src) - len(rest)
	for at := start; at < len(src); {
		end := len(src)
		if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if strings.TrimRight(string(src[at:end]), " \t\r\n") == fence {
			return src[start:at], start, end, ""
		}
		at = end
	}
	return nil, 0, 0, `the front matter is not closed, want a line of three dashes`
}

// readFront reads the front matter of a document of this kind, which begins on
// the given line.
func readFront(kind Kind, src []byte, line int) (f Front, faults []fault) {
	entries, faults := readYAML(src, line)
	broken := len(faults) > 0
	var known, seen []string
	for _, x := range fields() {
		if strings.Contains(x.may, kind.letter()) {
			known = append(known, x.key)
		}
	}
	for _, e := range entries {
		i := slices.IndexFunc(fields(), func(x field) bool { return x.key == e.Key.Text && slices.Contains(known, x.key) })
		if i < 0 {
			faults = append(faults, fault{Pos(e.Key.Place), fmt.Sprintf("%q is not a key of this front matter", e.Key.Text), diag.DidYouMean(e.Key.Text, known)})
			continue
		}
		seen = append(seen, e.Key.Text)
		faults = append(faults, setField(&f, fields()[i], e)...)
	}
	for _, x := range fields() {
		if !broken && strings.Contains(x.must, kind.letter()) && !slices.Contains(seen, x.key) {
			faults = append(faults, fault{Pos{line, 1}, fmt.Sprintf("the front matter has no %q", x.key), ""})
		}
	}
	return f, faults
}

func setField(f *Front, x field, e yamlfile.Entry) []fault {
	switch {
	case x.set == nil:
		return setChanges(f, e)
	case len(e.Values) == 0 || e.Values[0].Text == "":
		return []fault{{Pos(e.Key.Place), fmt.Sprintf("%q has no value", e.Key.Text), ""}}
	case !x.list && len(e.Values) > 1 || len(e.Maps) > 0:
		return []fault{{Pos(e.Key.Place), fmt.Sprintf("%q takes one value", e.Key.Text), ""}}
	}
	if wrong := x.set(f, e.Values); wrong != "" {
		return []fault{{Pos(e.Values[0].Place), wrong, ""}}
	}
	return nil
}

// setChanges reads modifiche: a list of data, versione, testo and errata.
func setChanges(f *Front, e yamlfile.Entry) (faults []fault) {
	known := []string{"data", "versione", "testo", "errata"}
	if len(e.Maps) == 0 {
		return []fault{{Pos(e.Key.Place), `"modifiche" is a list of data, versione and testo`, ""}}
	}
	for _, m := range e.Maps {
		var c Change
		for _, k := range m {
			if len(k.Values) != 1 {
				faults = append(faults, fault{Pos(k.Key.Place), fmt.Sprintf("%q takes one value", k.Key.Text), ""})
				continue
			}
			v := k.Values[0]
			wrong := ""
			switch k.Key.Text {
			case "data":
				wrong = date(&c.Date, v.Text)
			case "versione":
				c.Version = v.Text
			case "testo":
				c.Text = typeset(v.Text)
			case "errata":
				c.Erratum = v.Text == "sì" || v.Text == "si" || v.Text == "true"
			default:
				faults = append(faults, fault{Pos(k.Key.Place), fmt.Sprintf("%q is not a key of a change", k.Key.Text), diag.DidYouMean(k.Key.Text, known)})
			}
			if wrong != "" {
				faults = append(faults, fault{Pos(v.Place), wrong, ""})
			}
		}
		f.Changes = append(f.Changes, c)
	}
	return faults
}

// readYAML reads the keys of front matter or of a figure block, which begins on
// the given line.
func readYAML(src []byte, line int) (entries []yamlfile.Entry, faults []fault) {
	var list diag.List
	entries = yamlfile.Entries(src, "", line-1, &list)
	for _, p := range list.Problems() {
		faults = append(faults, fault{Pos{p.Line, p.Col}, p.Text, p.Hint})
	}
	return entries, faults
}
