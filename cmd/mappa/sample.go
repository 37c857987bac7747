package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path"
	"path/filepath"

	"mappa/internal/atlas"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/sample"
	"mappa/internal/settings"
	"mappa/internal/survey"
)

const sampleText = `
It writes answers that no Comune ever gave into the folder of the edition that
data/sito.toml names, so that a site without real answers shows what it will
show. Every line is marked as fictional. The same seed writes the same bytes.`

func seedFlag(f *flag.FlagSet, o *options) {
	f.Uint64Var(&o.seed, "seed", sample.Seed, "draw other answers with another `number`")
}

func runSample(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER sample")
	}
	f := newFlow(ctx, os.DirFS(dir), new(output.Void), c.out)
	var config sample.Config
	f.Stage("read", func() error { config = sampleConfig(f, c.seed); return nil })
	f.Sound()
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
	return f.finish()
}

// sampleConfig reads what the answers are made from.
func sampleConfig(f *flow, seed uint64) sample.Config {
	s, _ := settings.Read(f.Sources, f.Problems)
	in, _ := istat.Read(f.Sources, territoryFolder, f.Problems)
	italy, _ := atlas.New(in, s.Site.Setting(), f.Problems)
	if s.Site.Edition == "" {
		return sample.Config{}
	}
	folder := path.Join(survey.Dir, s.Site.Edition)
	book, ok := survey.ReadCodebook(f.Sources, path.Join(folder, survey.BookFile), f.Problems)
	if !ok {
		return sample.Config{}
	}
	model, _ := sample.Read(f.Sources, path.Join(folder, sample.ModelFile), book, f.Problems)
	return sample.Config{Book: book, Atlas: italy, Model: model, Seed: seed}
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
