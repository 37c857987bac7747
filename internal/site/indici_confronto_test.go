package site

import (
	"slices"
	"strings"
	"testing"

	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// TestIndicesStandBesideThoseOfTheEditionBefore reads the pages: every figure that was
// published of the two editions is printed, and what is left out of the comparison is
// said.
func TestIndicesStandBesideThoseOfTheEditionBefore(t *testing.T) {
	p, out := indexSite(t, "it", asShipped)
	all := ""
	for _, path := range htmlOf(out) {
		data, _ := out.File(path)
		all += string(data)
	}
	x := p.Survey.Indices.Series
	figures := map[string][]float64{}
	x.figures(figures)
	if len(figures) < 40 {
		t.Fatalf("%d figures are published", len(figures))
	}
	for key := range figures {
		if !strings.Contains(all, `data-cifra="`+key+`"`) {
			t.Errorf("%s is published and on no page", key)
		}
	}
	for _, l := range x.Left {
		if title := p.Survey.Tree.Nodes[l].Title; !strings.Contains(all, "Resta fuori "+title) {
			t.Errorf("no page says that %q is not compared", title)
		}
	}
	data, _ := out.File("indici/esterna/index.html")
	italy := x.Then[0][p.Survey.Published.Frame.Find(estimate.Area{Level: estimate.Italy, Rip: -1, Region: -1, Class: -1})]
	if n := strings.Count(string(data), `data-cifra="`+italy.Key+`"`); n < 6 { // title, sentence, chart, three cells
		t.Errorf("the page says %d times where the index of Italy before comes from, want the sentence and the title to say it too", n)
	}
	if text := reading(data); !strings.Contains(text, "La stima per tutti i Comuni sale") || !strings.Contains(text, "tutte e due le volte la media passa da") {
		t.Error("the page of an index does not say how it moved")
	}
}

// TestAnIndexOfNothingComparableSaysSo takes the parts away that the editions share,
// then the edition before.
func TestAnIndexOfNothingComparableSaysSo(t *testing.T) {
	_, out := indexSite(t, "it", func(p *press) {
		x, series := *p.Survey.Indices, *p.Survey.Indices.Series
		tree := *series.Tree
		tree.Nodes, series.Now, series.Then = nil, nil, nil
		series.Tree, x.Series, p.Survey.Indices = &tree, &series, &x
	})
	data, _ := out.File("indici/esterna/index.html")
	if !strings.Contains(reading(data), "nessuna linea unisce le due edizioni") {
		t.Error("the page does not say why there is no comparison")
	}
	if data, _ = out.File("indici/index.html"); strings.Contains(string(data), `id="edizioni"`) {
		t.Error("the list compares nothing")
	}
	_, out = indexSite(t, "it", func(p *press) {
		x := *p.Survey.Indices
		x.Series, p.Survey.Indices, p.Before = nil, &x, nil
	})
	data, _ = out.File("indici/esterna/index.html")
	if strings.Contains(string(data), `id="edizioni"`) {
		t.Error("the first edition is compared with one before")
	}
}

// TestAChangeOfAnIndexIsOneOnlyBeyondItsMargin takes the rounding of what is printed
// into account.
func TestAChangeOfAnIndexIsOneOnlyBeyondItsMargin(t *testing.T) {
	p, _ := indexSite(t, "it", asShipped)
	s, _ := p.indexing()
	guess := func(v, low, high float64) disclosure.Mean {
		return disclosure.Mean{Estimate: stat.Of(v), Low: stat.Of(low), High: stat.Of(high)}
	}
	for _, c := range []struct {
		then, now disclosure.Mean
		want      string
	}{
		{guess(47, 46, 48), guess(51, 50, 52), "sale"},
		{guess(51, 50, 52), guess(47, 46, 48), "scende"},
		{guess(47, 46, 48), guess(48, 47, 49), "non cambia oltre il suo margine"},
		{guess(47, 46, 48), disclosure.Mean{Estimate: stat.Missing(stat.Withheld)}, ""},
	} {
		text, ok := s.indexMoved(comparedArea{then: c.then, now: c.now}, nil)
		if ok != (c.want != "") || !strings.Contains(string(text), c.want) {
			t.Errorf("from %v to %v it says %q, want %q", c.then.Estimate, c.now.Estimate, text, c.want)
		}
	}
}

// TestTheComparisonIsHeldToItsEditions holds every mean to the edition it is of.
func TestTheComparisonIsHeldToItsEditions(t *testing.T) {
	in := realInputs(t)
	x := in.Survey.Indices.Series
	for k := range x.Now {
		if !slices.ContainsFunc(x.Now[k], func(m disclosure.Mean) bool { return m.Value.Kind == stat.Withheld }) {
			t.Errorf("index %d withholds nothing of the twelve largest Comuni", k)
		}
		for _, m := range slices.Concat(x.Now[k], x.Then[k]) {
			if m.Value.OK() && m.Base.OK() && m.Base.N < 30 {
				t.Errorf("%s rests on %v Comuni", m.Key, m.Base.N)
			}
		}
	}
}
