// Package source reads the open data that the site joins with the survey: one
// folder under data/fonti for each source, with a manifest (manifesto.yaml) and
// the publisher's files as they were downloaded, plain or gzipped.
//
// The manifest says who publishes the figures and under which licence, which of
// two adapters reads them, and everything in which one file differs from
// another: names of columns, words for yes and no, which bodies are not Comuni,
// which title of a call belongs to which intervention. Adding a source is
// adding a folder and a manifest. Go knows no file name and no date: a file is
// named stem.2026-09-01.csv (or .csv.gz), the manifest gives the stem, and the
// newest date wins, so that dropping a newer file into the folder is all it
// takes to bring the site up to date.
//
// # Adapters
//
// "progetti" reads lists of funded projects (PA digitale 2026): one row a
// project, several projects a Comune. It yields a [Programme]: for each Comune
// and intervention a [Position] with its projects, and the flags
// <source>/<intervention>/finanziato and …/pagato. The lists are exhaustive, so
// a Comune that is not in one was not financed: 0, not unknown. A list that
// holds no paid project yields no "pagato".
//
// "tabella" reads tables with one row for each Comune and date. It yields a
// [stat.Variable] for each numeric column and date, and a [Text] for each
// column of addresses. A Comune without a row is unknown, never 0; a row whose
// measurement failed has no value in any of its columns.
//
// # Which Comune a row belongs to
//
// The ISTAT code at the date of the file decides, if the IPA id or the name
// agrees with it. IPA ids misspell cadastral codes (c_h805 is San Michele di
// Ganzaria, H805 is San Cono), so one that disagrees is outvoted by code and
// name together, and a code by IPA id and name together. A row without a code
// is found by IPA id, then by name and province. Everything but a plain match
// by code is a [Match] in the report; what stays undecided is a problem until
// the manifest's eccezioni say which Comune it is, or that the row is left out,
// and why. Projects of Comuni that have since merged add up under their
// successor; so do counts; other figures of merged Comuni are not comparable.
//
// A file can be younger than the display date, too. A row of a Comune that is
// not yet one at the display date is left out, and so is a row of a Comune that
// was no more on the row's own day: what is said of a whole cannot be divided
// among its parts, and what is said of a part alone is not all. The parts are
// then not comparable, whatever the rows say; to keep those of which something
// is said, and drop the others, would choose them by their outcome.
//
// # Faults
//
// All faults of all files come in one run: a bad cell does not hide that the
// row's Comune is unknown, nor a short row the rest of its file. Of what hangs
// on something that could not be read (a total on a row, a Comune on a line of
// the territory) nothing is said.
//
// # Accounts
//
// No row is dropped in silence: of every file, rows read = rows used + rows
// excluded, by reason ([Account]).
package source

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"sync"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
	"mappa/internal/table"
)

// ManifestName is the file that makes a folder a source.
const ManifestName = "manifesto.yaml"

// Library is everything the sources say, brought to the display date.
type Library struct {
	Sources    []Source        // in folder order
	Variables  []stat.Variable // by source, then as the manifest lists them, then by date
	Programmes []Programme     // of the sources read by "progetti"
	Texts      []Text
	Accounts   []Account // of every file, in the order of Sources
	Matches    []Match   // every row not matched by plain code, by file and what the row says
	Checks     []Check   // our sums against the publisher's
}

// Source is a folder under data/fonti: who says it, under which licence.
type Source struct {
	ID                              string // the folder's name: padigitale
	Title, Publisher, Licence, Note string
	LicenceURL, URL                 string
	Adapter                         string
	Files                           []Snapshot   // the files in use, in the manifest's order
	Dates                           []atlas.Date // for which there are figures, oldest first
}

// Text is an attribute of each Comune that is not a number: the address of its
// website. Parallel to atlas.Atlas.Comuni; "" where there is none.
type Text struct {
	ID     string // source/name: "siti/indirizzo"
	Source string
	Values []string
	Dates  []atlas.Date // of each value; 0 where there is none
}

// Account says what became of every row of a file:
// Read = Used + the sum of Excluded, always.
type Account struct {
	Source, File string
	Date         atlas.Date
	Read, Used   int
	Excluded     []Exclusion // by cause, then in alphabetical order
}

// Exclusion is a number of rows left out for one reason.
type Exclusion struct {
	Reason Reason
	Rows   int
}

// Read reads every source under root. display is the date at which calls are
// open and lists are old. Problems and notes go to list; what a faulty source
// does yield must not be published.
func Read(fsys fs.FS, root string, a *atlas.Atlas, display atlas.Date, list *diag.List) Library {
	return read(fsys, root, setting{atlas: a, display: display}, list)
}

// ReadUntil is Read as it was on a day: of a list with files of that day or
// before, later files are passed over, and of a variable with dates of that day
// or before, later dates. What has none is as Read has it.
func ReadUntil(fsys fs.FS, root string, a *atlas.Atlas, until atlas.Date, list *diag.List) Library {
	lib := read(fsys, root, setting{atlas: a, display: a.Display, until: until}, list)
	kept := lib.Variables[:0]
	for _, v := range lib.Variables {
		earlier := func(w stat.Variable) bool { return w.ID == v.ID && w.Date <= until }
		if v.Date <= until || !slices.ContainsFunc(lib.Variables, earlier) {
			kept = append(kept, v)
		}
	}
	lib.Variables = slices.Clip(kept)
	for i := range lib.Sources {
		s := &lib.Sources[i]
		if later := slices.IndexFunc(s.Dates, func(d atlas.Date) bool { return d > until }); later > 0 {
			s.Dates = s.Dates[:later]
		}
	}
	return lib
}

// Newer reports whether anything in the library is of a later day.
func (l Library) Newer(than atlas.Date) bool {
	return slices.ContainsFunc(l.Sources, func(s Source) bool {
		return slices.ContainsFunc(s.Dates, func(d atlas.Date) bool { return d > than }) ||
			slices.ContainsFunc(s.Files, func(f Snapshot) bool { return f.Date > than })
	})
}

func read(fsys fs.FS, root string, set setting, list *diag.List) Library {
	entries, err := fs.ReadDir(fsys, root)
	if err != nil {
		list.File(root, "the folder of the sources is missing or cannot be read", "every source is a folder with a "+ManifestName)
		return Library{}
	}
	var dirs []string
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, path.Join(root, e.Name()))
		}
	}
	parts := make([]part, len(dirs))
	atOnce(len(dirs), func(i int) { parts[i] = readSource(fsys, dirs[i], set, list) })
	return join(parts)
}

// atOnce does n things at once.
func atOnce(n int, do func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { do(i) })
	}
	wait.Wait()
}

// opened is a table, and whether it is all there.
type opened struct {
	*table.Table
	whole bool
}

// open reads the files at once. One without a name, which was reported already,
// has no table.
func open(f folder, files []Snapshot, spec table.Spec) []opened {
	out := make([]opened, len(files))
	atOnce(len(files), func(i int) {
		if files[i].File != "" {
			out[i].Table, out[i].whole = readTable(f.fsys, files[i].File, spec, f.list)
		}
	})
	return out
}

// readTable is [table.Read] with a note of an encoding that was guessed.
func readTable(fsys fs.FS, file string, spec table.Spec, list *diag.List) (*table.Table, bool) {
	t, ok := table.Read(fsys, file, spec, list)
	if t.Encoding == table.Windows1252 {
		list.Note(diag.Problem{File: file, Text: "is read as " + t.Encoding})
	}
	return t, ok
}

// setting is what every source is read against.
type setting struct {
	atlas   *atlas.Atlas
	display atlas.Date
	until   atlas.Date // files of later days are passed over where there are others; 0 for none
}

// part is what one source adds to the library.
type part struct {
	source    Source
	variables []stat.Variable
	programme []Programme
	texts     []Text
	accounts  []Account
	matches   []Match
	checks    []Check
}

func join(parts []part) Library {
	var lib Library
	for _, p := range parts {
		if p.source.ID == "" {
			continue
		}
		lib.Sources = append(lib.Sources, p.source)
		lib.Variables = append(lib.Variables, p.variables...)
		lib.Programmes = append(lib.Programmes, p.programme...)
		lib.Texts = append(lib.Texts, p.texts...)
		lib.Accounts = append(lib.Accounts, p.accounts...)
		lib.Matches = append(lib.Matches, p.matches...)
		lib.Checks = append(lib.Checks, p.checks...)
	}
	slices.SortStableFunc(lib.Matches, func(x, y Match) int {
		return cmp.Or(cmp.Compare(x.Source, y.Source), cmp.Compare(x.File, y.File), cmp.Compare(x.Found, y.Found), cmp.Compare(x.Comune, y.Comune), cmp.Compare(x.Line, y.Line))
	})
	return lib
}

// readSource reads one folder. Without a manifest that can be followed the part
// is zero, and of its files only the form is looked at.
func readSource(fsys fs.FS, dir string, set setting, list *diag.List) part {
	file := path.Join(dir, ManifestName)
	switch m := readManifest(fsys, file, list).(type) {
	case *projectManifest:
		return m.read(newFolder(fsys, dir, set.until, list), set)
	case *tableManifest:
		return m.read(newFolder(fsys, dir, set.until, list), set)
	}
	f := newFolder(fsys, dir, set.until, list)
	for _, c := range f.files {
		readTable(fsys, path.Join(dir, c.name), table.Spec{Extra: true}, list)
	}
	return part{}
}
