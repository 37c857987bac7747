package main

import (
	"mappa/internal/atlas"
	"mappa/internal/cartography"
	"mappa/internal/content"
	"mappa/internal/indicator"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/theme"
	"mappa/internal/verify"
)

// build is the whole flow: read, compute, render, check, publish.
func build(f *flow) {
	var in site.Inputs
	var territory atlas.Input
	var lines cartography.Lines
	var gates *verify.Gates

	f.Stage("read settings", func() error { in.Settings, _ = settings.Read(f.Sources, f.Problems); return nil })
	f.Sound()
	f.Stage("read territory", func() error { territory, _ = istat.Read(f.Sources, "data/territorio", f.Problems); return nil })
	f.Sound()
	f.Stage("compute places", func() error {
		in.Atlas = places(f, in.Settings, territory)
		f.Keep(territory.SlugFile, istat.FormatSlugs(in.Atlas.NewSlugs))
		return nil
	})
	f.Sound()
	f.Stage("read boundaries", func() error { lines = readLines(f, territory.Boundaries); return nil })
	f.Stage("read content", func() error { in.Content, _ = content.Read(f.Sources, "content", f.Problems); return nil })
	f.Stage("read theme", func() error { in.Theme, _ = theme.Load(f.Sources, themeOf(in.Settings.Site), f.Problems); return nil })
	f.Stage("read sources", func() error { in.Sources = readSources(f, in); return nil })
	f.Stage("read survey", func() error { in.Survey.Edition = readEdition(f, in); return nil })
	f.Sound()
	f.Stage("compute maps", func() error { in.Maps, _ = cartography.New(in.Atlas, lines, f.Problems); return nil })
	f.Stage("compute indicators", func() error {
		in.Book = indicator.Build(in.Atlas, in.Settings.Indicators, in.Sources.Variables, settings.IndicatorsFile, f.Problems)
		return nil
	})
	f.Stage("compute survey", func() error { in.Survey.Published = protect(in); return nil })
	f.Sound()
	f.Stage("render pages", func() error {
		gates = verify.New(rules(in.Settings.Site))
		return site.Render(in, output.Tee(f.Out, gates), f.Problems)
	})
	f.Sound()
	f.Stage("check pages", func() error { gates.Check(f.Problems); return f.Out.Err() })
	f.Sound()
	f.Stage("publish", f.Publish)
}
