package sample_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/sample"
	"mappa/internal/survey"
)

var update = flag.Bool("update", false, "write the fictional edition into data/indagini")

const (
	root    = "../.."
	edition = "2025"
)

// italy is the shipped territory at the display date of the default site.
func italy(t testing.TB) *atlas.Atlas {
	t.Helper()
	var list diag.List
	in, _ := istat.Read(os.DirFS(root), "data/territorio", &list)
	a, ok := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	return a
}

// config is what the committed edition is made from.
func config(t testing.TB) sample.Config {
	t.Helper()
	var list diag.List
	fsys := os.DirFS(root)
	book, ok := survey.ReadCodebook(fsys, survey.Dir+"/"+edition+"/"+survey.BookFile, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	model, ok := sample.Read(fsys, survey.Dir+"/"+edition+"/"+sample.ModelFile, book, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	return sample.Config{Book: book, Atlas: italy(t), Model: model, Seed: sample.Seed}
}

func TestTheCommittedEditionIsTheGeneratorsOwn(t *testing.T) {
	c := config(t)
	for _, f := range sample.Files(c) {
		t.Logf("%s: %d bytes", f.Path, len(f.Data))
		if *update {
			if err := os.WriteFile(filepath.Join(root, f.Path), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(filepath.Join(root, f.Path))
		if err != nil || !bytes.Equal(have, f.Data) {
			t.Errorf("%s is not what the generator writes: run with -update (%v)", f.Path, err)
		}
	}
}

// read reads an edition back as the site does.
func read(t testing.TB, fsys fs.FS, a *atlas.Atlas) *survey.Edition {
	t.Helper()
	var list diag.List
	e, ok := survey.Read(fsys, edition, a, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	return e
}

func TestTheCommittedEditionLooksLikeASecondOne(t *testing.T) {
	a := italy(t)
	e := read(t, os.DirFS(root), a)
	residents, all := 0, 0
	for i, p := range e.Places {
		all += a.Comuni[i].Residents
		if p.State == survey.Completed {
			residents += a.Comuni[i].Residents
		}
	}
	n, share := e.Respondents(), float64(residents)/float64(all)
	t.Logf("%d respondents, %.1f %% of residents", n, 100*share)
	if n < 4500 || n > 4700 || share < 0.73 || share > 0.77 {
		t.Errorf("%d respondents with %.3f of residents, want about 4,600 and three quarters", n, share)
	}
	if !e.Demo() || e.Book.Count(survey.FullForm) != 54 || e.Book.Count(survey.ShortForm) != 43 {
		t.Error("the codebook is not the fictional one of 54 and 43 questions")
	}
}

func BenchmarkRead(b *testing.B) {
	a := italy(b)
	for b.Loop() {
		read(b, os.DirFS(root), a)
	}
}

var _ = fstest.MapFS{}
