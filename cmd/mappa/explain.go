package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/locale"
	"mappa/internal/output"
	"mappa/internal/score"
	"mappa/internal/settings"
	"mappa/internal/site"
	"mappa/internal/survey"
	"mappa/internal/theme"
)

const explainText = `
It shows how the indices of one Comune came about, line by line, down to the
cells of the export where its answers stand. COMUNE is a name, "Samone (TN)"
where several bear it, a cadastral code or an ISTAT code; INDEX the id of an
index, of an area of one, or of a part. What it prints is not for publication;
it writes no file.`

func runExplain(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER explain COMUNE")
	}
	if len(c.args) < 1 || len(c.args) > 2 {
		return misused(c.out.err, "explain wants a Comune, and an index if one is meant", "mappa help explain")
	}
	quiet := *c.out
	quiet.out = io.Discard // its stages are of no interest here
	f := newFlow(ctx, os.DirFS(dir), new(output.Void), &quiet)
	var in site.Inputs
	var p poll
	var words *locale.Language
	var scores *score.Scores
	f.Stage("read", func() error { in, p = explainInputs(f); return nil })
	f.Stage("read theme", func() error { words = explainWords(f, in.Settings.Site); return nil })
	f.Sound()
	f.Stage("compute scores", func() error { scores = rate(in, p); return nil })
	if f.err != nil {
		return f.finish()
	}
	if scores == nil {
		return misused(c.out.err, fmt.Sprintf("edition %q has no %s", in.Settings.Site.Edition, score.FileName), "mappa help explain")
	}
	comune, fault := whichComune(in.Atlas, c.args[0])
	if fault.Text != "" {
		return misused(c.out.err, fault.Text, fault.Hint)
	}
	nodes := p.tree.Indices()
	if len(c.args) == 2 {
		one := p.tree.Find(c.args[1])
		if one < 0 {
			return misused(c.out.err, fmt.Sprintf("there is no index or part %q", c.args[1]), indexHint(p.tree, c.args[1]))
		}
		nodes = []int{one}
	}
	x := explainer{words: words, scores: scores, tree: p.tree, edition: p.edition, comune: comune}
	fmt.Fprint(c.out.out, x.text(in.Atlas, nodes))
	return done
}

// explainInputs reads what scores rest on.
func explainInputs(f *flow) (in site.Inputs, p poll) {
	in.Settings, _ = settings.Read(f.Sources, f.Problems)
	territory, _ := istat.Read(f.Sources, territoryFolder, f.Problems)
	in.Atlas = places(f, in.Settings.Site, territory)
	in.Sources = readSources(f, in)
	if name := in.Settings.Site.Edition; name != "" {
		p.edition, _ = survey.Read(f.Sources, name, in.Atlas, f.Problems)
		checkEdition(f, in, p.edition, name)
		p.tree = readIndices(f, in, p.edition.Book)
	}
	return in, p
}

// explainWords are the strings of the site's own language.
func explainWords(f *flow, s settings.Site) *locale.Language {
	if s.Theme == "" {
		return nil
	}
	t, ok := theme.Load(f.Sources, themeOf(s), f.Problems)
	if !ok {
		return nil
	}
	return t.Language(s.Lang)
}

// whichComune finds the Comune that is meant; fault says why none or several are.
func whichComune(a *atlas.Atlas, s string) (comune int, fault diag.Problem) {
	s = strings.TrimSpace(s)
	if i, successor, ok := a.ByCadastral(strings.ToUpper(s)); ok && !successor {
		return i, fault
	}
	if of := a.ByISTAT(s, a.Display); len(of) == 1 {
		return of[0], fault
	}
	name, province, _ := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	found := a.ByName(strings.TrimSpace(name), strings.TrimSpace(province))
	var named []string
	for _, m := range found {
		if m.Alias == found[0].Alias { // a name counts more than a former one
			c := a.Comuni[m.Comune]
			named = append(named, fmt.Sprintf("%q", c.Name+" ("+c.Plate+")"))
		}
	}
	switch len(named) {
	case 1:
		return found[0].Comune, fault
	case 0:
		fault.Text, fault.Hint = fmt.Sprintf("there is no Comune %q", s), "mappa help explain"
		var names []string
		for _, c := range a.Comuni {
			names = append(names, c.Name)
		}
		if near := diag.Nearest(strings.TrimSpace(name), names); near != "" {
			fault.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		return -1, fault
	}
	fault.Text, fault.Hint = fmt.Sprintf("%d Comuni are called %q", len(named), s), "say which: "+strings.Join(named, ", ")
	return -1, fault
}

func indexHint(t *score.Tree, s string) string {
	var ids, top []string
	for _, n := range t.Nodes {
		ids = append(ids, n.ID)
		if n.Depth == score.Index {
			top = append(top, n.ID)
		}
	}
	if near := diag.Nearest(s, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "the indices are " + strings.Join(top, ", ")
}

// explainer writes how scores came about, as text for a terminal.
type explainer struct {
	words   *locale.Language
	scores  *score.Scores
	tree    *score.Tree
	edition *survey.Edition
	comune  int
	strings.Builder
}
