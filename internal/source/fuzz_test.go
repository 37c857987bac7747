package source

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/diag"
)

// fuzz reads the good files with one of them replaced: whatever it holds, rows
// are accounted for, and nothing is refused without a reason. Files are read at
// once, so that coverage is not the same twice: run it with -fuzzminimizetime=5x.
func fuzz(f *testing.F, name string) {
	raw, err := os.ReadFile("testdata/fonti.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, x := range txtar.Parse(raw).Files {
		if x.Name == name {
			f.Add(x.Data)
		}
	}
	a := country(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := files(t)
		fsys[name] = &fstest.MapFile{Data: data}
		var list diag.List
		lib := Read(fsys, "fonti", a, a.Display, &list)
		if len(lib.Sources) != 2 && list.Len() == 0 {
			t.Error("a source was refused without a reason")
		}
		balanced(t, lib)
		for _, v := range lib.Variables {
			for _, x := range v.Values {
				if !x.OK() && x.N != 0 {
					t.Errorf("%s: a missing value holds %v", v.ID, x.N)
				}
			}
		}
		for _, p := range lib.Programmes {
			for _, row := range p.Positions {
				for _, x := range row {
					if x.Amount < x.Paid || x.Open() > len(x.Projects) || x.Stage == Paid && x.Open() == len(x.Projects) {
						t.Errorf("position %+v", x)
					}
				}
			}
		}
		for _, p := range append(list.Problems(), list.Notes()...) {
			_ = p.String()
		}
	})
}

func FuzzManifestOfProjects(f *testing.F) { fuzz(f, "fonti/piano/manifesto.yaml") }
func FuzzManifestOfTable(f *testing.F)    { fuzz(f, "fonti/uso/manifesto.yaml") }
func FuzzProjects(f *testing.F)           { fuzz(f, "fonti/piano/lista_9.2026-07-15.csv") }
func FuzzTable(f *testing.F)              { fuzz(f, "fonti/uso/uso.2026-03-01.csv") }

func FuzzPattern(f *testing.F) {
	f.Add("a*b", "A x b")
	f.Fuzz(func(t *testing.T, text, other string) {
		text = plain(text)
		for _, p := range []string{"*", text, text + "*", "*" + text, "**"} {
			if !patternOf(word{Text: p}).fits(text) {
				t.Errorf("%q is not like %q", text, p)
			}
		}
		patternOf(word{Text: other}).fits(text)
	})
}
