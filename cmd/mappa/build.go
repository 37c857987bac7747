package main

import (
	"mappa/internal/atlas"
	"mappa/internal/cartography"
	"mappa/internal/content"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/verify"
)

// build is the whole flow: read, compute, render, check, publish. All that can be
// read is read, and held against what it names, before the first stop.
func build(f *flow) {
	var gates *verify.Gates
	hidden := newSecrets(f.Sources)

	in := gather(f)
	f.Stage("render pages", func() error {
		gates = verify.New(rules(in))
		return site.Render(in, output.Tee(f.Out, gates, hidden), f.Problems)
	})
	f.Sound()
	f.Stage("check pages", func() error { gates.Check(f.Problems); hidden.Check(f.Problems); return f.Out.Err() })
	f.Sound()
	f.Stage("publish", f.Publish)
}

// gather reads everything and computes what the pages are made of.
func gather(f *flow) (in site.Inputs) {
	var territory atlas.Input
	var lines cartography.Lines
	var fitted cartography.Fitted
	var polls []poll // the answers: they stay here

	f.Stage("read settings", func() error { in.Settings, _ = settings.Read(f.Sources, f.Problems); return nil })
	f.Stage("read territory", func() error { territory, _ = istat.Read(f.Sources, territoryFolder, f.Problems); return nil })
	f.Stage("read boundaries", func() error { lines = readLines(f, territory.Boundaries); return nil })
	f.Stage("read content", func() error { in.Content, _ = content.Read(f.Sources, "content", f.Problems); return nil })
	f.Stage("read theme", func() error { in.Theme = readTheme(f, in.Settings.Site); return nil })
	f.Stage("compute places", func() error {
		in.Atlas = places(f, in.Settings.Site, territory)
		f.Keep(territory.SlugFile, istat.FormatSlugs(in.Atlas.NewSlugs))
		return nil
	})
	f.Stage("read sources", func() error { in.Sources = readSources(f, in); in.Earlier = readEarlier(f, in); return nil })
	f.Stage("read survey", func() error { polls = readSurveys(f, in); return nil })
	f.Stage("read agenda", func() error { in.Agenda = readAgenda(f, in); return nil })
	f.Stage("fit boundaries", func() error { fitted, _ = cartography.Fit(in.Atlas, lines, f.Problems); return nil })
	f.Stage("compute indicators", func() error { in.Book, in.Earlier = book(f, in), earlierBooks(f, in); return nil })
	f.Sound()
	f.Stage("compute maps", func() error { in.Maps = cartography.New(in.Atlas, fitted); return nil })
	f.Stage("compute survey", func() (err error) { in.Survey, in.Before, err = protect(f, in, polls); return err })
	return in
}
