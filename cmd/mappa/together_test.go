package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/cartography"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/site"
)

// littleCountry is testdata/piccola in memory.
func littleCountry(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	from := os.DirFS("testdata/piccola")
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// found is what the data of a site have wrong: the build up to its first stop,
// without words and theme.
func found(t *testing.T, sources fs.FS) []string {
	f := newFlow(t.Context(), sources, new(output.Void), &printer{out: new(bytes.Buffer), err: new(bytes.Buffer)})
	var in site.Inputs
	in.Settings, _ = settings.Read(f.Sources, f.Problems)
	territory, _ := istat.Read(f.Sources, territoryFolder, f.Problems)
	lines := readLines(f, territory.Boundaries)
	in.Atlas = places(f, in.Settings.Site, territory)
	in.Sources = readSources(f, in)
	readSurveys(f, in)
	in.Agenda = readAgenda(f, in)
	cartography.Fit(in.Atlas, lines, f.Problems)
	book(f, in)
	var out []string
	for _, p := range f.Problems.Problems() {
		out = append(out, p.String())
	}
	return out
}

// broken gives the country with each row of each table broken in turn by do.
func broken(t *testing.T, do func(row, separator string) []string, check func(where, row string, found []string)) {
	t.Helper()
	files := littleCountry(t)
	if got := found(t, files); len(got) > 0 {
		t.Fatal(got)
	}
	for name, file := range files {
		if path.Ext(name) != ".csv" || strings.HasSuffix(name, "campione.csv") { // which only mappa sample reads
			continue
		}
		rows := strings.SplitAfter(strings.TrimSuffix(string(file.Data), "\n"), "\n")
		separator := ","
		if strings.Contains(rows[0], ";") {
			separator = ";"
		}
		for i := 1; i < len(rows); i++ {
			for _, bad := range do(strings.TrimSuffix(rows[i], "\n"), separator) {
				lines := slices.Clone(rows)
				lines[i] = bad + "\n"
				changed := maps.Clone(files)
				changed[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
				check(fmt.Sprintf("%s:%d", name, i+1), bad, found(t, changed))
			}
		}
	}
}

// Whatever row of whatever table is cut short or has a raw quote, that row is the
// only fault: nobody misses what stood in it.
func TestARowThatCannotBeReadIsOneFault(t *testing.T) {
	t.Parallel()
	tried := 0
	broken(t, func(row, separator string) []string {
		return []string{row[:strings.LastIndex(row, separator)], row[:1] + `"` + row[1:]}
	}, func(where, row string, found []string) {
		tried++
		if len(found) != 1 || !strings.HasPrefix(found[0], where+":") {
			t.Errorf("%s: %q: %d problems\n%s", where, row, len(found), strings.Join(found, "\n"))
		}
	})
	if tried < 100 {
		t.Errorf("only %d rows were broken", tried)
	}
}

// Whatever cell of whatever table holds nonsense: if that is seen, no other row is
// said to be at fault. (A measure is free text; that one is wrong shows in totals.)
func TestACellThatMakesNoSenseIsAFaultOfItsRowOnly(t *testing.T) {
	t.Parallel()
	seen := 0
	broken(t, func(row, separator string) (out []string) {
		cells := strings.Split(row, separator)
		for i := range cells {
			bad := slices.Clone(cells)
			bad[i] = "?!"
			out = append(out, strings.Join(bad, separator))
		}
		return out
	}, func(where, row string, found []string) {
		own := func(p string) bool { return strings.HasPrefix(p, where+":") }
		if !slices.ContainsFunc(found, own) {
			return
		}
		seen++
		for _, p := range found {
			if !own(p) {
				t.Errorf("%s: %q: %s", where, row, p)
			}
		}
	})
	if seen < 200 {
		t.Errorf("only %d cells were seen to make no sense", seen)
	}
}
