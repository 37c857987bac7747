package source

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Snapshot is a file and the date its name gives: what the publisher said on
// that day.
type Snapshot struct {
	File string // slash-separated, relative to the site folder
	Date atlas.Date
}

// folder is a source's folder, its files sorted by the stem of their names.
type folder struct {
	fsys     fs.FS
	dir      string
	id       string
	manifest string
	list     *diag.List
	files    []candidate
	until    atlas.Date // of a list with files of this day or before, later ones are passed over; 0 for none
}

type candidate struct {
	name, stem string
	date       atlas.Date // 0 when the name has none
}

func newFolder(fsys fs.FS, dir string, until atlas.Date, list *diag.List) folder {
	f := folder{until: until, fsys: fsys, dir: dir, id: path.Base(dir), manifest: path.Join(dir, ManifestName), list: list}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		list.File(dir, "the folder cannot be read", "")
	}
	for _, e := range entries {
		if bare, ok := csvName(e.Name()); ok && !e.IsDir() {
			f.files = append(f.files, dated(e.Name(), bare))
		}
	}
	return f
}

// csvName is a file name without .csv or .csv.gz.
func csvName(name string) (string, bool) {
	return strings.CutSuffix(strings.TrimSuffix(name, ".gz"), ".csv")
}

// dated takes stem.2026-09-01 apart.
func dated(name, bare string) candidate {
	if at := strings.LastIndexByte(bare, '.'); at >= 0 {
		if d, err := atlas.ParseDate(bare[at+1:]); err == nil {
			return candidate{name, bare[:at], d}
		}
	}
	stem, _, _ := strings.Cut(bare, ".")
	return candidate{name: name, stem: stem}
}

// exampleDate shows in hints how a date is written in a file name.
const exampleDate = "2026-09-01"

// all lists the snapshots with the stem, newest first; none is a problem at the
// place where the manifest names the stem.
func (f folder) all(stem word) []Snapshot {
	var out []Snapshot
	undated := false
	for _, c := range f.files {
		switch {
		case c.stem != stem.Text:
		case c.date == 0:
			undated = true
			f.list.File(path.Join(f.dir, c.name), "the name of the file has no date, and the date of a list belongs beside every figure",
				fmt.Sprintf("rename it to the day it speaks for, e.g. %s.%s.csv", stem.Text, exampleDate))
		default:
			out = append(out, Snapshot{path.Join(f.dir, c.name), c.date})
		}
	}
	slices.SortStableFunc(out, func(a, b Snapshot) int { return cmp.Compare(b.Date, a.Date) })
	if len(out) == 0 && !undated {
		f.list.Add(stem.Problem(f.manifest, fmt.Sprintf("no file of %s is called %s.<date>.csv", f.dir, stem.Text),
			cmp.Or(diag.DidYouMean(stem.Text, f.stems()), fmt.Sprintf("put one there, e.g. %s.%s.csv", stem.Text, exampleDate))))
	}
	if early := slices.IndexFunc(out, func(s Snapshot) bool { return s.Date <= f.until }); early > 0 {
		out = out[early:]
	}
	for i := 1; i < len(out); i++ {
		if out[i].Date == out[i-1].Date {
			f.list.File(out[i].File, fmt.Sprintf("%s has the same date", path.Base(out[i-1].File)), "delete one of the two")
		}
	}
	return out
}

// newest is the snapshot in use; the older ones are noted.
func (f folder) newest(stem word) (Snapshot, bool) {
	all := f.all(stem)
	if len(all) == 0 {
		return Snapshot{}, false
	}
	for _, old := range all[1:] {
		f.list.Note(diag.Problem{File: old.File, Text: fmt.Sprintf("gives way to %s, which is newer", path.Base(all[0].File))})
	}
	return all[0], true
}

// stray reports files that the manifest does not name: a new list that was
// given another name would else be passed over.
func (f folder) stray(stems ...word) {
	known := yamlfile.Texts(stems)
	for _, c := range f.files {
		if !slices.Contains(known, c.stem) {
			f.list.File(path.Join(f.dir, c.name), fmt.Sprintf("the manifest names no file called %q", c.stem), diag.DidYouMean(c.stem, known))
		}
	}
}

func (f folder) stems() []string {
	var out []string
	for _, c := range f.files {
		if !slices.Contains(out, c.stem) {
			out = append(out, c.stem)
		}
	}
	return out
}
