package istat

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/yamlfile"
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

// single is an input of one file, without a date in its name.
type single struct {
	File      yamlfile.Word `yaml:"file,required"`
	Title     string        `yaml:"titolo"`
	Publisher string        `yaml:"editore"`
	Licence   string        `yaml:"licenza"`
	URL       string        `yaml:"url"`
}

// variations are complete between two days; without the second, until the date
// of the list in force.
type variations struct {
	single
	From atlas.Date `yaml:"dal,required"`
	To   atlas.Date `yaml:"al"`
}

// dated is an input of files with a date in their names.
type dated struct {
	File      yamlfile.Word `yaml:"file,required"` // a glob
	Title     string        `yaml:"titolo,required"`
	Publisher string        `yaml:"editore,required"`
	Licence   string        `yaml:"licenza,required"`
	URL       string        `yaml:"url"`
	DateForm  yamlfile.Word `yaml:"data_nel_nome"`
}

// formatted is a dated input in one of several formats.
type formatted struct {
	dated
	Format yamlfile.Word `yaml:"formato,required"`
}

type archive struct {
	formatted
	BirthFrom atlas.Date `yaml:"nascite_dal"`
}

// manifest says what there is and where it is from.
type manifest struct {
	List       formatted  `yaml:"elenco,required"`
	Earlier    formatted  `yaml:"elenchi_precedenti"`
	Population formatted  `yaml:"popolazione,required"`
	Archive    archive    `yaml:"archivio"`
	Variations variations `yaml:"variazioni,required"`
	Boundaries dated      `yaml:"confini,required"`
	Classes    single     `yaml:"classi,required"`
	Aliases    single     `yaml:"alias,required"`
	Slugs      single     `yaml:"indirizzi,required"`
}

// check takes out the files of inputs that cannot be read, and reports them.
func (m *manifest) check(c *yamlfile.Check) {
	for _, x := range []struct {
		in    *formatted
		known []string
	}{
		{&m.List, []string{formatSITUAS, formatISTAT}}, {&m.Earlier, []string{formatSITUAS, formatISTAT}},
		{&m.Population, []string{formatSizes}}, {&m.Archive.formatted, []string{formatANPR}},
	} {
		if yamlfile.OneOf(c, x.in.Format, "formato", x.known...) == "" {
			x.in.File.Text = ""
		}
	}
	for _, in := range []dated{m.List.dated, m.Earlier.dated, m.Population.dated, m.Archive.dated, m.Boundaries} {
		yamlfile.OneOf(c, in.DateForm, "data_nel_nome", dateISO, dateAsISTAT)
	}
	for _, f := range []*yamlfile.Word{&m.List.File, &m.Earlier.File, &m.Population.File, &m.Archive.File, &m.Boundaries.File,
		&m.Variations.File, &m.Classes.File, &m.Aliases.File, &m.Slugs.File} {
		if _, err := path.Match(f.Text, ""); f.Text != "" && (err != nil || !fs.ValidPath(f.Text)) {
			c.At(f.Place, fmt.Sprintf("%q is not a path within the folder, with or without *", f.Text), "")
			f.Text = ""
		}
	}
}

// file is a file chosen for an input.
type file struct {
	name   string // relative to the site folder
	source atlas.Source
}

// dated are the files of an input, oldest first: all of them, or the newest.
// Files whose names begin with a dot are passed over.
func (r reader) dated(in dated, all bool) []file {
	var out []file
	for _, name := range r.match(in.File) {
		date, ok := dateIn(path.Base(name), in.DateForm.Text)
		if !ok {
			r.list.File(name, "the name holds no date", "rename it so that the date of what it says stands in the name: "+renamed(path.Base(name)))
			continue
		}
		out = append(out, file{name, atlas.Source{Title: in.Title, Publisher: in.Publisher, Licence: in.Licence, URL: in.URL, Date: date}})
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

// match lists the files that a glob matches, sorted.
func (r reader) match(glob yamlfile.Word) []string {
	if glob.Text == "" {
		return nil
	}
	found, err := fs.Glob(r.fsys, path.Join(r.root, glob.Text))
	found = slices.DeleteFunc(found, func(s string) bool { return strings.HasPrefix(path.Base(s), ".") })
	if err != nil || len(found) == 0 {
		r.list.Add(glob.Problem(path.Join(r.root, Manifest), fmt.Sprintf("no file matches %q", glob.Text), "put the file there, or correct the path"))
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
