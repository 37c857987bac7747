package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/source"
	"mappa/internal/stat"
)

// shownAt is a site folder with another display date.
type shownAt struct {
	fs.FS
	settings fstest.MapFS
}

func newShownAt(t *testing.T, sources fs.FS, date string) shownAt {
	t.Helper()
	raw, err := fs.ReadFile(sources, settings.SiteFile)
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^data_territorio = .*$`)
	if !line.Match(raw) {
		t.Fatalf("%s sets no display date", settings.SiteFile)
	}
	return shownAt{sources, fstest.MapFS{settings.SiteFile: &fstest.MapFile{Data: line.ReplaceAll(raw, []byte("data_territorio = "+date))}}}
}

func (s shownAt) Open(name string) (fs.File, error) {
	if name == settings.SiteFile {
		return s.settings.Open(name)
	}
	return s.FS.Open(name)
}

// The shipped files are younger than these display dates: Comuni that merged
// since stand each for itself, with a shape, and what later files say of their
// wholes is left out, counted and in the match report.
func TestTheWholeCountryCanBeShownAtAnEarlierDate(t *testing.T) {
	for _, c := range []struct {
		date   string
		comuni int
		base   int    // the Comuni less those that merge between the date and the newest lists
		apart  string // one of these
		unborn []string
	}{
		{"2024-01-01", 7899, 7890, "Quero Vas", []string{"Santa Caterina d'Este", "Setteville", "Sovizzo"}},
		{"2025-01-01", 7896, 7893, "Nanto", nil},
	} {
		t.Run(c.date, func(t *testing.T) {
			t.Parallel()
			f := newFlow(context.Background(), newShownAt(t, os.DirFS("../.."), c.date), new(output.Void), newPrinter(io.Discard, io.Discard, func(string) string { return "" }))
			in := gather(f)
			if f.err != nil || f.Problems.Len() > 0 {
				t.Fatal(f.err, f.Problems.Problems())
			}
			if got := len(in.Atlas.Comuni); got != c.comuni {
				t.Errorf("%d Comuni, want %d", got, c.comuni)
			}
			drawn(t, in)
			accounted(t, in, c.unborn)
			i := slices.IndexFunc(in.Atlas.Comuni, func(x atlas.Comune) bool { return x.Name == c.apart })
			e := in.Book.Find("pdnd-pagato")
			if i < 0 || e.Last().Values[i] != stat.Missing(stat.NotComparable) {
				t.Fatalf("%s is number %d and has a value in %s", c.apart, i, e.Last().Date)
			}
			if base := e.Now().Nation.Base; base != c.base {
				t.Errorf("%s rests on %d Comuni, want %d", e.ID, base, c.base)
			}
		})
	}
}

// drawn checks that every Comune has a shape, and its residents.
func drawn(t *testing.T, in site.Inputs) {
	t.Helper()
	for i, x := range in.Atlas.Comuni {
		if in.Maps.AreaKm2[i] <= 0 || x.Residents == 0 {
			t.Errorf("%s has %v km² and %d residents", x.Name, in.Maps.AreaKm2[i], x.Residents)
		}
	}
}

// accounted checks that no row is lost and that those left out for the date are
// in the match report, whole Comuni by name.
func accounted(t *testing.T, in site.Inputs, unborn []string) {
	t.Helper()
	left, listed := 0, 0
	for _, a := range in.Sources.Accounts {
		sum := a.Used
		for _, x := range a.Excluded {
			sum += x.Rows
			if x.Reason.Cause == source.NotYet || x.Reason.Cause == source.NoMore {
				left += x.Rows
			}
		}
		if sum != a.Read {
			t.Errorf("%s: %d rows read, %d accounted for", a.File, a.Read, sum)
		}
	}
	var names []string
	for _, m := range in.Sources.Matches {
		if m.How != source.LeftNotYet && m.How != source.LeftNoMore {
			continue
		}
		listed++
		if m.How == source.LeftNotYet && !slices.Contains(names, m.Unborn.Name) {
			names = append(names, m.Unborn.Name)
		}
	}
	slices.Sort(names)
	if left == 0 || left != listed || !slices.Equal(names, unborn) {
		t.Errorf("%d rows are left out for the date and %d listed, of the Comuni to come %q", left, listed, names)
	}
}
