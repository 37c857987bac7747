package main

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"

	"mappa/internal/agenda"
	"mappa/internal/atlas"
	"mappa/internal/boundary"
	"mappa/internal/cartography"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/geo"
	"mappa/internal/indicator"
	"mappa/internal/score"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/source"
	"mappa/internal/survey"
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

// poll is an edition with its answers, which the site never gets, and the tree of
// its indices, nil of one without.
type poll struct {
	edition *survey.Edition
	tree    *score.Tree
}

// readSurveys reads the editions of the survey up to the one that the settings
// name, oldest first.
func readSurveys(f *flow, in site.Inputs) (polls []poll) {
	name := in.Settings.Site.Edition
	if name == "" {
		return nil
	}
	names := append(slices.DeleteFunc(survey.Editions(f.Sources), func(n string) bool { return n >= name }), name)
	var books []*survey.Codebook
	for i, e := range readEditions(f.Sources, names, in.Atlas, f.Problems) {
		checkEdition(f, in, e, names[i])
		polls, books = append(polls, poll{e, readIndices(f, in, e.Book)}), append(books, e.Book)
	}
	survey.CheckSeries(books, f.Problems)
	return polls
}

// readEditions reads the editions of the given names, some at once.
func readEditions(fsys fs.FS, names []string, a *atlas.Atlas, list *diag.List) []*survey.Edition {
	const atOnce = 2 // each has the text of its export in memory, hundreds of MB of a large one
	out := make([]*survey.Edition, len(names))
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i, name := range names {
		g.Go(func() error { out[i], _ = survey.Read(fsys, name, a, list); return nil })
	}
	g.Wait() // there is no error but what is on the list
	return out
}

// checkEdition says what was read of an edition; a production site refuses
// fictional answers.
func checkEdition(f *flow, in site.Inputs, e *survey.Edition, name string) {
	if e.Demo() && in.Settings.Site.Production {
		f.Problems.Add(in.Settings.Site.Problem("produzione", fmt.Sprintf("produzione is true, but the answers of edition %q are fictional", name),
			"put the real export into riservato/, or set produzione = false"))
	}
	f.Say("%s respondents in %s", grouped(e.Respondents()), name)
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

// readIndices reads the indices of an edition, if nothing that they name is at
// fault; nil where it has none.
func readIndices(f *flow, in site.Inputs, book *survey.Codebook) *score.Tree {
	if !f.Good(book.File, settings.IndicatorsFile, sourcesFolder+"/") {
		return nil
	}
	var known score.Known
	for _, v := range in.Sources.Variables {
		known.Variables = append(known.Variables, v.ID)
	}
	for _, i := range in.Settings.Indicators {
		known.Indicators = append(known.Indicators, i.ID)
	}
	slices.Sort(known.Variables)
	known.Variables = slices.Compact(known.Variables)
	t, _ := score.Read(f.Sources, path.Join(path.Dir(book.File), score.FileName), book, known, f.Problems)
	return t
}

// rate scores the answers of an edition.
func rate(in site.Inputs, p poll) *score.Scores {
	if p.tree == nil {
		return nil
	}
	return score.New(p.tree, score.NewAnswers(p.edition, in.Sources.Variables))
}

// protect makes of the answers of all editions what may be shown.
func protect(f *flow, in site.Inputs, polls []poll) (now site.Survey, before []site.Survey, err error) {
	if len(polls) == 0 {
		return site.Survey{}, nil, nil
	}
	polls, publications, err := f.closePublished(in.Atlas, polls)
	if err != nil {
		return site.Survey{}, nil, err
	}
	var editions []*survey.Edition
	for _, p := range polls {
		editions = append(editions, p.edition)
	}
	var sides []disclosure.Side
	for i, x := range disclosure.Inputs(in.Atlas, editions, cohorts(in)) {
		side, err := f.disclose(in.Atlas, x, publications[i])
		if err != nil {
			return site.Survey{}, nil, err
		}
		sides = append(sides, side)
	}
	x, err := show(in, polls, sides, publications, false)
	if err != nil {
		return now, nil, err
	}
	if slices.ContainsFunc(publications, (*publication).asked) {
		x = x.granting(in, polls, sides, publications)
	}
	for _, side := range x.sides {
		if f.withheld == nil {
			break
		}
		if err := disclosure.Write(f.withheld, side.Published, side.Input, side.Proof); err != nil {
			return now, nil, err
		}
	}
	f.remember(publications, beside(x.now, x.before))
	return x.now, x.before, nil
}

// shown is what is shown of editions.
type shown struct {
	now    site.Survey
	before []site.Survey
	sides  []disclosure.Side
	again  []publishing // by edition
}

// show makes of editions that were found safe to publish what is shown of them, beside
// each other and what was published before.
func show(in site.Inputs, polls []poll, found []disclosure.Side, publications []*publication, granting bool) (*shown, error) {
	polls = slices.Clone(polls)
	var all []site.Survey
	x := &shown{again: make([]publishing, len(found))}
	for i, side := range found {
		own := *side.Published // how its answers moved depends on the edition beside it
		side.Published = &own
		if p := publications[i]; p != nil {
			var err error
			if side, err = p.republish(in.Atlas, side, granting); err != nil {
				return nil, err
			}
			x.again[i] = p.publishing
		}
		polls[i].edition = side.Edition
		if i > 0 {
			earlier := x.sides[i-1]
			disclosure.Pair(earlier, side)
			if leaks := disclosure.AuditPair(earlier, side); len(leaks) > 0 {
				return nil, fmt.Errorf("edition %s beside the one before would give answers away: %s", side.Edition.Book.Edition, disclosure.Words(leaks, side.Input))
			}
		}
		all = append(all, site.Survey{Edition: &side.Edition.Public, Tree: polls[i].tree, Published: side.Published})
		x.sides = append(x.sides, side)
	}
	last := len(all) - 1 // the indices of other editions have other parts and are on no page
	var err error
	all[last].Indices, err = indices(in, polls, x.sides)
	x.now, x.before = all[last], all[:last]
	return x, err
}

// granting is the same with the consents that were given since, if all that is printed
// beside tables stays, and x if it does not: a witness that was found in the stead of
// another may print a mean or a change otherwise.
func (x *shown) granting(in site.Inputs, polls []poll, sides []disclosure.Side, publications []*publication) *shown {
	more, err := show(in, polls, sides, publications, true)
	if err == nil && maps.EqualFunc(beside(x.now, x.before), beside(more.now, more.before), slices.Equal) {
		return more
	}
	for i, p := range publications {
		if p != nil {
			p.publishing = x.again[i]
		}
	}
	return x
}

// indices makes of the scores of the newest edition what may be shown, beside those of
// the one before over the parts that both ask, and goes over it; nil of an edition
// without.
func indices(in site.Inputs, polls []poll, sides []disclosure.Side) (*site.Indices, error) {
	now := len(polls) - 1
	scores := rate(in, polls[now])
	if scores == nil {
		return nil, nil
	}
	from := scored(scores, sides[now])
	out := site.NewIndices(from, in.Atlas)
	leaks := site.AuditIndices(from, out)
	if before := now - 1; before >= 0 {
		var books []*survey.Codebook
		for _, p := range polls {
			books = append(books, p.edition.Book)
		}
		series := polls[now].tree.Series(books, now, before)
		after := scored(score.New(series.Now, score.NewAnswers(polls[now].edition, nil)), sides[now])
		then := scored(score.New(series.Then, score.NewAnswers(polls[before].edition, nil)), sides[before])
		out.Series = site.NewIndexSeries(series, after, then)
		leaks = append(leaks, site.AuditIndexSeries(out.Series, after, then)...)
	}
	if len(leaks) > 0 {
		return nil, fmt.Errorf("the indices of edition %s would give answers away: %s; %d in all", polls[now].edition.Book.Edition, leaks[0], len(leaks))
	}
	return out, nil
}

// scored is what the indices of an edition are made of.
func scored(s *score.Scores, of disclosure.Side) site.Source {
	return site.Source{Scores: s, Worlds: s.Worlds(of.Published.Others(of.Proof)), Edition: &of.Input.Edition.Public, Published: of.Published, Grid: of.Input.Grid}
}

// cohorts are the lists of Comuni that have figures of their own.
func cohorts(in site.Inputs) (out []estimate.Cohort) {
	for _, c := range in.Agenda.Cohorts {
		out = append(out, estimate.Cohort{ID: c.ID, Comuni: c.Comuni})
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
