package main

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/score"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/survey"
)

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
	for i, p := range publications {
		if p != nil {
			p.publishing = x.again[i]
		}
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
			if side, x.again[i], err = p.republish(in.Atlas, side, granting); err != nil {
				return nil, err
			}
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
