// Package istat reads the territorial folder: what its manifest names, into the
// plain values of an [atlas.Input].
//
// The manifest, territorio.yaml, is the only file with a fixed name. For each
// input it gives a glob, the format and where the file is from. The date of an
// input is the date in the file's name, yyyy-mm-dd between dots, and of several
// files the newest counts: replacing a source is putting a newer file beside it.
// Formats are those in which the publishers export (ISTAT's list of Comuni, of
// SITUAS or of the website, its SITUAS table of sizes, the ANPR archive), plain
// or gzipped, in any encoding that package table detects.
//
// Every fault of every file is reported in one run: a bad cell does not hide the
// one beside it, nor a bad row the next. Rows that could not be read are put in
// doubt ([atlas.Doubt]), so that nobody misses the places they named. What the
// rows mean together is package atlas's.
package istat

import (
	"io/fs"
	"path"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
	"mappa/internal/yamlfile"
)

// Manifest is the name of the manifest in the territorial folder.
const Manifest = "territorio.yaml"

// Read reads the territorial folder root of fsys. It reports whether everything
// could be read; when not, list says why and the Input holds what could.
func Read(fsys fs.FS, root string, all *diag.List) (atlas.Input, bool) {
	list := all.Part()
	var m manifest
	name := path.Join(root, Manifest)
	yamlfile.Read(fsys, name, &m, list) // what could be read is worth going on with
	m.check(&yamlfile.Check{File: name, List: list})
	r := reader{fsys: fsys, root: root, list: list, doubt: new(atlas.Doubt)}
	var in atlas.Input
	earlier, newest := r.dated(m.Earlier.dated, true), r.dated(m.List.dated, false)
	if list.Len() > 0 { // a file that counts may have been passed over
		r.doubt.All()
	}
	for _, f := range earlier {
		in.Lists = append(in.Lists, r.comuni(f, m.Earlier.Format.Text))
	}
	for _, f := range newest {
		in.Lists = append(in.Lists, r.comuni(f, m.List.Format.Text))
	}
	if len(newest) == 0 { // an earlier list is not in force
		in.Lists = nil
	}
	for _, f := range r.dated(m.Population.dated, false) {
		in.Population = r.count(f)
	}
	for _, f := range r.dated(m.Archive.dated, false) {
		in.Archive = r.archive(f, m.Archive.BirthFrom)
	}
	for _, f := range r.dated(m.Boundaries, false) {
		in.Boundaries = atlas.Boundaries{File: f.name, Source: f.source}
	}
	in.Variations = r.variations(m.Variations)
	in.SchemeFile, in.Schemes = r.schemes(m.Classes)
	in.AliasFile, in.Aliases = r.aliases(m.Aliases)
	in.SlugFile, in.Slugs = r.slugs(m.Slugs)
	in.Doubt = *r.doubt
	return in, list.Len() == 0
}

// reader reads files of the territorial folder.
type reader struct {
	fsys  fs.FS
	root  string
	list  *diag.List
	doubt *atlas.Doubt // who there is: rows of lists, archive and variations that could not be read
}

// How many places a row names.
const (
	onePlace  = 1
	twoPlaces = 2 // of a variation: before and after
)

// inDoubt puts in doubt what a row of a list or of the variations that could not
// be read may have named: so many places, each by ISTAT and by cadastral code.
func (r reader) inDoubt(places int) func(cells []string) {
	return func(cells []string) { r.doubt.Row(places, places, cells...) }
}

// table reads a table. Rows that could not be read are given to broken; that there
// are none to be read, to none. Both may be nil.
func (r reader) table(name string, spec table.Spec, none func(), broken func(cells []string)) *table.Table {
	t, whole := table.Read(r.fsys, name, spec, r.list)
	if !whole && len(t.Rows)+len(t.Broken) == 0 && none != nil {
		none()
	}
	for _, cells := range t.Broken {
		if broken != nil {
			broken(cells)
		}
	}
	return t
}
