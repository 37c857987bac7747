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
// Every fault of every file is reported in one run. What the rows mean together
// is package atlas's.
package istat

import (
	"io/fs"
	"path"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Manifest is the name of the manifest in the territorial folder.
const Manifest = "territorio.yaml"

// Read reads the territorial folder root of fsys. It reports whether everything
// could be read; when not, list says why and the Input holds what could.
func Read(fsys fs.FS, root string, list *diag.List) (atlas.Input, bool) {
	before := list.Len()
	var m manifest
	name := path.Join(root, Manifest)
	yamlfile.Read(fsys, name, &m, list) // what could be read is worth going on with
	m.check(&yamlfile.Check{File: name, List: list})
	r := reader{fsys: fsys, root: root, list: list}
	var in atlas.Input
	for _, f := range r.dated(m.Earlier.dated, true) {
		in.Lists = append(in.Lists, r.comuni(f, m.Earlier.Format.Text))
	}
	for _, f := range r.dated(m.List.dated, false) {
		in.Lists = append(in.Lists, r.comuni(f, m.List.Format.Text))
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
	return in, list.Len() == before
}

// reader reads files of the territorial folder.
type reader struct {
	fsys fs.FS
	root string
	list *diag.List
}
