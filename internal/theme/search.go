package theme

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Entry is a place that the search field finds.
type Entry struct {
	Name    string   // Bolzano
	Detail  string   // said beside the name: BZ, regione
	Dir     string   // address below the language's home without the slug: "comuni/"
	Slug    string   // bolzano
	Aliases []string // further names, in any language: Bozen, Bolzano/Bozen
}

// group is entries that share an address and a detail; in Lines each entry is
// one line: name, slug ("" when it follows from the name), aliases, with tabs
// between. The script reads the same, componenti/ricerca/elenco.ts.
type group struct {
	Dir    string `json:"p"`
	Detail string `json:"d"`
	Lines  string `json:"n"`
}

// SearchIndex is the file of names behind the search field: JSON, groups in the
// order of the first entry of each, names sorted inside a group. Grouping by
// province saves the plates, and a slug is written only where the script cannot
// work it out: 7,894 Comuni with their aliases stay below 60 kB brotli.
func SearchIndex(entries []Entry) ([]byte, error) {
	type key struct{ dir, detail string }
	at := map[key]int{}
	var groups []group
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Dir, b.Dir), cmp.Compare(a.Detail, b.Detail), cmp.Compare(a.Name, b.Name))
	})
	for _, e := range sorted {
		k := key{e.Dir, e.Detail}
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, group{Dir: e.Dir, Detail: e.Detail})
		} else {
			groups[i].Lines += "\n"
		}
		groups[i].Lines += e.line()
	}
	return json.Marshal(groups)
}

func (e Entry) line() string {
	fields := []string{e.Name, e.Slug}
	if e.Slug == plainSlug(e.Name) {
		fields[1] = ""
	}
	folded := []string{fold(e.Name)}
	for _, alias := range e.Aliases { // one that folds to a name already there finds nothing more
		if f := fold(alias); !slices.Contains(folded, f) {
			folded = append(folded, f)
			fields = append(fields, clean(alias))
		}
	}
	fields[0] = clean(e.Name)
	return strings.TrimRight(strings.Join(fields, "\t"), "\t")
}

// clean keeps a name on its line and in its field.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// fold and plainSlug are the rules of componenti/ricerca/piega.ts; a test runs
// both over the same names.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ReplaceAll(strings.ToLower(norm.NFD.String(s)), "ß", "ss") {
		switch {
		case unicode.Is(unicode.M, r):
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

func plainSlug(name string) string { return strings.ReplaceAll(fold(name), " ", "-") }
