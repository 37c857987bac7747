package istat

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// Keys of the manifest.
const (
	keyList       = "elenco"
	keyEarlier    = "elenchi_precedenti"
	keyPopulation = "popolazione"
	keyArchive    = "archivio"
	keyVariations = "variazioni"
	keyBoundaries = "confini"
	keyClasses    = "classi"
	keyAliases    = "alias"
	keySlugs      = "indirizzi"
)

// Formats of the inputs, as the manifest names them.
const (
	formatSITUAS = "situas"            // list of Comuni exported from SITUAS
	formatISTAT  = "istat"             // list of Comuni as on ISTAT's website
	formatSizes  = "situas-dimensioni" // residents and area
	formatANPR   = "anpr"              // archive of all Comuni
)

// dateAsISTAT is how ISTAT dates its boundary files: Com01012024_g.zip.
const (
	dateISO     = "aaaa-mm-gg"
	dateAsISTAT = "ggmmaaaa"
)

// input is what the manifest says of one input.
type input struct {
	key       string
	manifest  string // file name, for messages
	line      int
	glob      string
	format    string
	source    atlas.Source
	dateForm  string
	from, to  atlas.Date // of variazioni
	birthFrom atlas.Date // of archivio
}

// problem is a fault at the manifest's entry.
func (in input) problem(text, hint string) diag.Problem {
	return diag.Problem{File: in.manifest, Line: in.line, Text: text, Hint: hint}
}

// formats are those an input may have, nil where there is one only.
func formats(key string) []string {
	switch key {
	case keyList, keyEarlier:
		return []string{formatSITUAS, formatISTAT}
	case keyPopulation:
		return []string{formatSizes}
	case keyArchive:
		return []string{formatANPR}
	}
	return nil
}

// entry is the shape of an input in the manifest.
func entry(key string) shape {
	s := shape{want: []string{"file"}, may: []string{"titolo", "editore", "licenza", "url"}}
	switch key {
	case keyList, keyEarlier, keyPopulation, keyArchive:
		s.want = append(s.want, "formato", "titolo", "editore", "licenza")
		s.may = []string{"url", "data_nel_nome"}
	case keyBoundaries:
		s.want = append(s.want, "titolo", "editore", "licenza")
		s.may = []string{"url", "data_nel_nome"}
	case keyVariations:
		s.want = append(s.want, "dal")
		s.may = append(s.may, "al")
	}
	if key == keyArchive {
		s.may = append(s.may, "nascite_dal")
	}
	return s
}

// readManifest reads the manifest. Inputs that are missing or wrong are left
// out and reported.
func readManifest(fsys fs.FS, name string, list *diag.List) map[string]input {
	return manifest(yamlFile(fsys, name, list), name, list)
}

func manifest(n *node, name string, list *diag.List) map[string]input {
	top := shape{want: []string{keyList, keyPopulation, keyVariations, keyClasses, keyAliases, keySlugs}, may: []string{keyEarlier, keyArchive, keyBoundaries}}
	out := map[string]input{}
	if n == nil {
		return out
	}
	top.check(n, name, list)
	for _, key := range n.keys {
		if !slices.Contains(top.want, key) && !slices.Contains(top.may, key) {
			continue
		}
		if f := n.fields[key]; entry(key).check(f, name, list) {
			out[key] = oneInput(key, f, name, list)
		}
	}
	return out
}

func oneInput(key string, f *node, name string, list *diag.List) input {
	in := input{key: key, manifest: name, line: f.line, glob: f.at("file"), format: f.at("formato"), dateForm: f.at("data_nel_nome"),
		source: atlas.Source{Title: f.at("titolo"), Publisher: f.at("editore"), Licence: f.at("licenza"), URL: f.at("url")}}
	at := func(field, text, hint string) {
		list.Add(diag.Problem{File: name, Line: f.fields[field].line, Col: f.fields[field].col, Text: text, Hint: hint})
	}
	if _, err := path.Match(in.glob, ""); err != nil || in.glob == "" || !fs.ValidPath(in.glob) {
		at("file", fmt.Sprintf("%q is not a path within the folder, with or without *", in.glob), "")
		in.glob = ""
	}
	if known := formats(key); known != nil && !slices.Contains(known, in.format) {
		at("formato", fmt.Sprintf("the format %q is not known here", in.format), diag.DidYouMean(in.format, known))
		in.glob = ""
	}
	if forms := []string{dateISO, dateAsISTAT}; in.dateForm != "" && !slices.Contains(forms, in.dateForm) {
		at("data_nel_nome", fmt.Sprintf("%q is not a way to write a date in a name", in.dateForm), diag.DidYouMean(in.dateForm, forms))
	}
	for field, to := range map[string]*atlas.Date{"dal": &in.from, "al": &in.to, "nascite_dal": &in.birthFrom} {
		if f.fields[field] == nil {
			continue
		}
		d, err := atlas.ParseDate(f.at(field))
		if err != nil {
			at(field, err.Error(), "")
		}
		*to = d
	}
	return in
}

// file is a file chosen for an input.
type file struct {
	input
	name   string // relative to the site folder
	source atlas.Source
}

// dated are the files of an input, oldest first: all of them, or the newest.
// Files whose names begin with a dot are passed over.
func (r reader) dated(in input, all bool) []file {
	var out []file
	for _, name := range r.match(in) {
		date, ok := dateIn(path.Base(name), in.dateForm)
		if !ok {
			r.list.File(name, "the name holds no date", "rename it so that the date of what it says stands in the name: "+renamed(path.Base(name)))
			continue
		}
		f := file{in, name, in.source}
		f.source.Date = date
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b file) int {
		if a.source.Date != b.source.Date {
			return int(a.source.Date - b.source.Date)
		}
		return strings.Compare(a.name, b.name)
	})
	for i := 1; i < len(out); i++ {
		if a, b := out[i-1], out[i]; a.source.Date == b.source.Date {
			r.list.File(b.name, fmt.Sprintf("the file is of the same date as %s", a.name), "delete one of them")
		}
	}
	if all || len(out) == 0 {
		return out
	}
	return out[len(out)-1:]
}

// match lists the files that an input's glob matches, sorted.
func (r reader) match(in input) []string {
	if in.glob == "" {
		return nil
	}
	found, err := fs.Glob(r.fsys, path.Join(r.root, in.glob))
	found = slices.DeleteFunc(found, func(s string) bool { return strings.HasPrefix(path.Base(s), ".") })
	if err != nil || len(found) == 0 {
		r.list.Add(in.problem(fmt.Sprintf("no file matches %q, which %s asks for", in.glob, in.key), "put the file there, or correct the path"))
	}
	return found
}

// dateIn is the date in a file's name.
func dateIn(base, form string) (atlas.Date, bool) {
	for _, m := range regexp.MustCompile(`\d{4}-\d{2}-\d{2}`).FindAllString(base, -1) {
		if d, err := atlas.ParseDate(m); err == nil {
			return d, true
		}
	}
	if form != dateAsISTAT {
		return 0, false
	}
	for _, m := range regexp.MustCompile(`\d{8}`).FindAllString(base, -1) {
		if d, err := atlas.ParseDate(m[4:] + "-" + m[2:4] + "-" + m[:2]); err == nil {
			return d, true
		}
	}
	return 0, false
}

// renamed shows a name with a place for the date.
func renamed(base string) string {
	stem, ext := base, ""
	for _, known := range []string{".gz", path.Ext(strings.TrimSuffix(base, ".gz"))} {
		if s, ok := strings.CutSuffix(stem, known); ok && known != "" {
			stem, ext = s, known+ext
		}
	}
	return stem + ".yyyy-mm-dd" + ext
}
