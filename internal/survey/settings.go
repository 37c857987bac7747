package survey

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// reserved is the folder of real answers, relative to the site folder.
const reserved = "riservato/"

// settings is edizione.yaml.
type settings struct {
	Export      word `yaml:"esportazione,required"`
	Short       word `yaml:"esportazione_breve"`
	Register    word `yaml:"rispondenti"`
	Exclusions  word `yaml:"esclusioni"`
	Corrections word `yaml:"correzioni"`
	Consents    word `yaml:"consensi"`
	Replies     word `yaml:"repliche"`
	Dashboard   word `yaml:"cruscotto"`
	Decimal     word `yaml:"decimali"`
	Form        word `yaml:"formato"`
	Encoding    word `yaml:"codifica"`
	Comma       word `yaml:"separatore"`
	Sheet       word `yaml:"foglio"`
	Key         *struct {
		Column word `yaml:"colonna,required"`
		Kind   word `yaml:"tipo,required"`
	} `yaml:"chiave"`
	Skip []word `yaml:"ignora"`
}

// files are the paths that the settings name, "" where they do not.
type files struct {
	settings, export, short, register, exclusions, corrections, consents, replies, dashboard string

	form         table.Form // how the export is written
	formed       string     // its form, "" where it is to be detected
	key          struct{ column, kind string }
	unregistered bool     // no register is named
	skip         []string // columns of the export that are not read
}

// Files beside an edition, as they are called where nothing speaks against it.
const (
	exclusionsFile  = "esclusioni.csv"
	correctionsFile = "corrections.csv"
	consentsFile    = "consensi.csv"
	repliesFile     = "repliche.csv"
)

// settings reads edizione.yaml.
func (c *collector) settings(fsys fs.FS, dir string) {
	var s settings
	name := path.Join(dir, SettingsFile)
	yamlfile.Read(fsys, name, &s, c.list)
	check := &yamlfile.Check{File: name, List: c.list}
	secret := func(w word) string { return source(check, w, dir, c.book, true) }
	open := func(w word) string { return source(check, w, dir, c.book, false) }
	c.files = files{settings: name, export: secret(s.Export), short: secret(s.Short), register: secret(s.Register), exclusions: secret(s.Exclusions),
		corrections: secret(s.Corrections), consents: open(s.Consents), dashboard: secret(s.Dashboard), replies: open(s.Replies)}
	c.howWritten(check, s)
	switch yamlfile.OneOf(check, s.Decimal, "decimali", "virgola", "punto") {
	case "virgola":
		c.decimal = ','
	case "punto":
		c.decimal = '.'
	}
	for _, x := range []struct {
		file, key string
		w         word
	}{{exclusionsFile, "esclusioni", s.Exclusions}, {correctionsFile, "correzioni", s.Corrections}, {consentsFile, "consensi", s.Consents}, {repliesFile, "repliche", s.Replies}} {
		there := path.Join(dir, x.file)
		if _, err := fs.Stat(fsys, there); err == nil && x.w.Text == "" {
			c.list.Add(diag.Problem{File: there, Text: "the file is not named in " + name + " and is not read", Hint: fmt.Sprintf("add there %s: %s", x.key, x.file)})
		}
	}
}

// howWritten reads how the export is written, where that is not to be detected.
func (c *collector) howWritten(check *yamlfile.Check, s settings) {
	f := &c.files
	f.formed = yamlfile.OneOf(check, s.Form, "formato", formLong, formLime, formWide)
	f.form.Encoding = yamlfile.OneOf(check, s.Encoding, "codifica", table.UTF8, table.Windows1252)
	f.form.Sheet = s.Sheet.Text
	switch yamlfile.OneOf(check, s.Comma, "separatore", ",", ";", "tab") {
	case ",":
		f.form.Comma = ','
	case ";":
		f.form.Comma = ';'
	case "tab":
		f.form.Comma = '\t'
	}
	if s.Key != nil {
		f.key.column = s.Key.Column.Text
		f.key.kind = yamlfile.OneOf(check, s.Key.Kind, "tipo", "istat", "catastale", "ipa", "utente", "nome")
	}
	f.skip = yamlfile.Texts(s.Skip)
	f.unregistered = s.Register.Text == ""
}

// source is the path of a file that the settings name, "" where they do not. What
// holds real answers must lie in riservato/.
func source(c *yamlfile.Check, w word, dir string, book *Codebook, secret bool) string {
	s := w.Text
	switch {
	case s == "":
		return ""
	case !fs.ValidPath(s):
		c.At(w.Place, fmt.Sprintf("%q is not a path within the site folder", s), "no .. and no slash at the beginning")
		return ""
	case strings.HasPrefix(s, reserved):
		return s
	case secret && !book.Demo && !book.broken:
		c.At(w.Place, fmt.Sprintf("%q does not lie in %s, and the codebook is not dimostrativa", s, reserved), "real answers stay out of git: move the file to riservato/")
		return ""
	}
	return path.Join(dir, s)
}
