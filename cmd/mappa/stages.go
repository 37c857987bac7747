package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"mappa/internal/agenda"
	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/diag"
	"mappa/internal/geo"
	"mappa/internal/indicator"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/source"
	"mappa/internal/theme"
	"mappa/internal/verify"
)

// places brings the territory to the display date.
func places(f *flow, s settings.Site, in atlas.Input) *atlas.Atlas {
	a, _ := atlas.New(in, s.Setting(), f.Problems)
	f.Say("%s Comuni at %s", grouped(len(a.Comuni)), a.Display)
	return a
}

// readLines reads the boundaries as they were downloaded; which file it is, the
// territory said or reported that it cannot.
func readLines(f *flow, b atlas.Boundaries) cartography.Lines {
	if b.File == "" {
		return cartography.Lines{Shapes: atlas.Shapes{Partial: true}}
	}
	set, ok := boundary.Read(f.Sources, b.File, b.Source.Date, f.Problems)
	f.Say("%s shapes of %s", grouped(len(set.Shapes)), b.Source.Date)
	l := cartography.Lines{ToGeographic: geo.UTM32ToGeographic, Shapes: atlas.Shapes{Date: b.Source.Date, Partial: !ok, Where: func(i int) diag.Problem {
		if i < 0 {
			return diag.Problem{File: set.File}
		}
		return diag.Problem{File: set.File, Record: set.Shapes[i].Record}
	}}}
	if set.CRS == boundary.WGS84 {
		l.ToGeographic = func(p orb.Point) orb.Point { return p }
	}
	for _, s := range set.Shapes {
		l.Codes, l.Polygons = append(l.Codes, s.Code), append(l.Polygons, s.Polygon)
	}
	return l
}

// readSources reads the open data and accounts for every row.
func readSources(f *flow, in site.Inputs) source.Library {
	lib := source.Read(f.Sources, sourcesFolder, in.Atlas, in.Settings.Site.DisplayDate(), f.Problems)
	rows := 0
	for _, a := range lib.Accounts {
		out := account{File: a.File, Read: a.Read, Used: a.Used}
		for _, x := range a.Excluded {
			out.Left = append(out.Left, reason{x.Reason.String(), x.Rows})
		}
		f.Account(out)
		rows += a.Read
	}
	f.Say("%s sources, %s rows", grouped(len(lib.Sources)), grouped(rows))
	return lib
}

// readEarlier reads the open data again as they were on the days that reports
// name, where there are newer ones by now.
func readEarlier(f *flow, in site.Inputs) []site.Earlier {
	var out []site.Earlier
	for _, r := range in.Content.Reports {
		day := r.Index.Front.DataTo
		if day == 0 || !in.Sources.Newer(day) || slices.ContainsFunc(out, func(e site.Earlier) bool { return e.Until == day }) {
			continue
		}
		var list diag.List // its notes are those of files that were read for the site, or are of no use by now
		lib := source.ReadUntil(f.Sources, sourcesFolder, in.Atlas, day, &list)
		for _, p := range list.Problems() {
			f.Problems.Add(p)
		}
		for _, s := range lib.Sources {
			f.noteEarlier(s.Files, in.Sources, day)
		}
		out = append(out, site.Earlier{Until: day, Sources: lib})
	}
	return out
}

// noteEarlier notes the files that are read for reports alone.
func (f *flow) noteEarlier(files []source.Snapshot, newest source.Library, day atlas.Date) {
	for _, s := range files {
		if !slices.ContainsFunc(newest.Sources, func(n source.Source) bool { return slices.Contains(n.Files, s) }) {
			f.Problems.Note(diag.Problem{File: s.File, Text: fmt.Sprintf("is read for the reports whose dati_al is %s", day)})
		}
	}
}

// readTheme reads the theme that the settings name, if they could be read.
func readTheme(f *flow, s settings.Site) *theme.Theme {
	if s.Theme == "" {
		return nil
	}
	t, _ := theme.Load(f.Sources, themeOf(s), f.Problems)
	return t
}

// readAgenda reads courses, plans and cohorts; a production site refuses invented
// entries.
func readAgenda(f *flow, in site.Inputs) agenda.Agenda {
	out, _ := agenda.Read(f.Sources, in.Atlas, f.Problems)
	for _, x := range out.Fictions {
		if in.Settings.Site.Production {
			f.Problems.Add(x.Problem())
		}
	}
	f.Say("%s, %s, %s", counted(len(out.Academy.Courses), "course"), counted(len(out.Plans.Comuni()), "plan"), counted(len(out.Cohorts), "cohort"))
	return out
}

// book computes the indicators, if nothing that they rest on is at fault: else a
// variable that is missing may be one that could not be read.
func book(f *flow, in site.Inputs) *indicator.Book {
	if !f.Good(settings.SiteFile, settings.IndicatorsFile, territoryFolder+"/", sourcesFolder+"/") {
		return nil
	}
	return indicator.Build(in.Atlas, in.Settings.Indicators, in.Sources.Variables, in.Settings.IndicatorProblem, f.Problems)
}

// earlierBooks computes the indicators of the days that reports name.
func earlierBooks(f *flow, in site.Inputs) []site.Earlier {
	out := slices.Clone(in.Earlier)
	for i, e := range out {
		in.Sources = e.Sources
		out[i].Book = book(f, in)
	}
	return out
}

// themeOf says where the theme lies; the folder tema/ of content may hold parts
// of the site's own.
func themeOf(s settings.Site) theme.Source {
	return theme.Source{Dir: "themes/" + s.Theme, Over: "content/tema", Base: "/"}
}

// published are the figures of the survey that may be printed.
func published(in site.Inputs) map[string][]float64 {
	out := map[string][]float64{}
	for _, s := range append(slices.Clone(in.Before), in.Survey) {
		if s.Published != nil {
			maps.Copy(out, s.Published.Figures())
		}
		if s.Indices != nil {
			maps.Copy(out, s.Indices.Figures(in.Settings.Site.Ranked()))
		}
	}
	return out
}

// names are all that a published file may be called: nothing that an answer, or the
// list of those who gave it, could hide in.
var names = []string{
	"index.html", "dati.csv", "dati.json", "comuni.csv", "aree.csv", "corsi.csv", "microprogetti.csv", "abbinamenti.csv", "valutazioni.csv", "comuni/*/risposte.csv", "indicatori/*/cambio.csv", "indicatori/*/prima.csv",
	"404.html", "robots.txt", "sitemap.xml", "assets/*-????????.*", "ospite.js",
}

// rules are what the gates hold the pages to: where the site will live, which
// pages stand beside others, and the weights that a phone can bear.
func rules(in site.Inputs) verify.Rules {
	surveyed, tables := site.SurveyPages(in)
	const kB = 1000
	return verify.Rules{
		Origin:  in.Settings.Site.Address,
		Figures: published(in),
		Survey:  surveyed,
		Tables:  tables,
		Words:   site.SurveyWords(in),
		Answers: []string{"assets/domanda-*.json"},
		Asides:  []string{"c/**", "404.html"},
		Names:   names,
		Budgets: []verify.Budget{
			{Pattern: "comuni/iniziale/**", Name: "A-Z list", Brotli: 40 * kB},
			{Pattern: "comuni/*/index.html", Name: "Comune", Brotli: 14 * kB, Visit: 60 * kB},
			{Pattern: "regioni/*/index.html", Name: "region", Brotli: 150 * kB},
			{Pattern: "province/*/index.html", Name: "province", Brotli: 60 * kB},
			{Pattern: "indicatori/*/index.html", Name: "indicator", Brotli: 40 * kB},
			{Pattern: "index.html", Name: "home", Brotli: 25 * kB},
			{Pattern: "assets/*.css", Name: "style sheet", Brotli: 12 * kB},
			{Pattern: "assets/mappa-*.svg", Name: "map of all Comuni", Brotli: 90 * kB},
			{Pattern: "assets/nomi-*.json", Name: "names for the search", Brotli: 60 * kB},
			{Pattern: "mappa/index.html", Name: "map", Brotli: 25 * kB, Visit: 200 * kB},
			{Pattern: "mappa/incorpora/index.html", Name: "map to embed", Brotli: 15 * kB},
			{Pattern: "assets/mappa-*.js", Name: "script of the map", Brotli: 14 * kB},
			{Pattern: "assets/attrezzi-*.js", Name: "tools of the map", Brotli: 14 * kB}, // fetched once the map is drawn
			{Pattern: "assets/scarichi-*.js", Name: "files of a view", Brotli: 2 * kB},
			{Pattern: "assets/mappa-*.json", Name: "catalogue of the map", Brotli: 10 * kB},
			{Pattern: "assets/domanda-*.json", Name: "answers on the map", Brotli: 4 * kB},
			{Pattern: "assets/paese-*.bin", Name: "borders of the country", Raw: 106 * kB},
			{Pattern: "assets/celle-*.bin", Name: "cartogram", Raw: 26 * kB},
			{Pattern: "assets/regione-*.bin", Name: "borders of a region", Raw: 40 * kB},
			{Pattern: "assets/colonna-*.bin", Name: "column of the map", Raw: 12 * kB},
		},
	}
}
