package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/sample"
	"mappa/internal/settings"
	"mappa/internal/survey"
)

const sampleText = `
It writes answers that no Comune ever gave into the folders of the editions that
you name, or of the one in data/sito.toml, so that a site without real answers
shows what it will show. What is wanted stands in campione.csv and
campione-rispondenti.csv there. Every line is marked as fictional. The same seed
writes the same bytes.`

func seedFlag(f *flag.FlagSet, o *options) {
	f.Uint64Var(&o.seed, "seed", sample.Seed, "draw other answers with another `number`")
}

func runSample(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER sample")
	}
	f := newFlow(ctx, os.DirFS(dir), new(output.Void), c.out)
	var configs []sample.Config
	f.Stage("read", func() error { configs = sampleConfigs(f, c.args, c.seed); return nil })
	f.Sound()
	for _, config := range configs {
		f.Stage("write", func() error {
			for _, file := range sample.Files(config) {
				f.Out.Add(file.Path, file.Data)
				if err := replace(filepath.Join(dir, filepath.FromSlash(file.Path)), file.Data); err != nil {
					return err
				}
				f.Say("%s (%s)", file.Path, mega(int64(len(file.Data))))
			}
			return nil
		})
	}
	return f.finish()
}

// sampleConfigs reads what the answers of the named editions are made from.
func sampleConfigs(f *flow, editions []string, seed uint64) (out []sample.Config) {
	s, _ := settings.Read(f.Sources, f.Problems)
	in, _ := istat.Read(f.Sources, territoryFolder, f.Problems)
	italy, _ := atlas.New(in, s.Site.Setting(), f.Problems)
	if len(editions) == 0 && s.Site.Edition != "" {
		editions = []string{s.Site.Edition}
	}
	for _, name := range editions {
		folder := path.Join(survey.Dir, name)
		if known := survey.Editions(f.Sources); !slices.Contains(known, name) {
			f.Problems.File(folder, fmt.Sprintf("there is no edition %q", name), diag.DidYouMean(name, known))
			continue
		}
		book, ok := survey.ReadCodebook(f.Sources, path.Join(folder, survey.BookFile), f.Problems)
		if !ok {
			continue
		}
		if !book.Demo {
			f.Problems.File(book.File, "the codebook is not dimostrativa", "fictional answers are for fictional editions only")
			continue
		}
		c := sample.Config{Book: book, Atlas: italy, Seed: seed}
		c.Model, _ = sample.Read(f.Sources, c, f.Problems)
		out = append(out, c)
	}
	return out
}

// replace writes a file whole or not at all, and not when it is the same.
func replace(name string, data []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	next := name + ".nuovo"
	if err := os.WriteFile(next, data, 0o644); err != nil {
		os.Remove(next)
		return err
	}
	return os.Rename(next, name)
}
