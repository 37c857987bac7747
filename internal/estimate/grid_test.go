package estimate_test

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

func TestACohortOfAllComuniAndThePanelAreNoSampleOfThemselves(t *testing.T) {
	e, a := national().Edition, national().atlas
	all := make([]int, len(a.Comuni))
	for i := range all {
		all[i] = i
	}
	f := estimate.NewFrame(a, estimate.Layout{Edition: e, Other: e, Cohorts: []estimate.Cohort{{ID: "tutti", Comuni: all}}})
	g := estimate.NewGrid(a, f)
	seen := 0
	for area, covered := range g.Areas {
		switch level := f.Areas[area].Level; level {
		case estimate.CohortAreas, estimate.PanelItaly:
			seen++
			if covered.Cells != nil {
				t.Errorf("%s can be estimated", level)
			}
		default:
			if covered.Cells == nil {
				t.Errorf("%+v cannot be estimated", f.Areas[area])
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d such areas", seen)
	}
}

func TestTheResponseIsWhoSentTheFormAndStillStandsForItself(t *testing.T) {
	a := national().atlas
	for _, e := range []*survey.Edition{previous(), national().Edition} {
		changed := *e
		changed.Places = slices.Clone(e.Places)
		n := 0
		for i := range changed.Places {
			if changed.Places[i].State == survey.Completed && !changed.Places[i].Merged {
				n++
			}
		}
		merged := slices.IndexFunc(e.Places, func(p survey.Participation) bool { return p.State == survey.Completed && !p.Merged })
		changed.Places[merged].Merged = true
		g := estimate.NewGrid(a, estimate.NewFrame(a, estimate.Layout{Edition: e}))
		c := g.Response(&changed, &e.Book.Questions[e.Book.Find("rtd")])
		universe, sample := 0, 0
		for cell := range c.Universe {
			universe, sample = universe+c.Universe[cell], sample+c.Sample[cell]
		}
		if universe != len(a.Comuni) || sample != n-1 {
			t.Errorf("%s: %d of %d, want %d", e.Book.Edition, sample, universe, n-1)
		}
	}
}

func TestWhereTheWayToAQuestionIsBlankNobodyKnowsWhetherItIsInTheBase(t *testing.T) {
	var list diag.List
	e, _ := survey.Read(os.DirFS("../.."), "2025", national().atlas, &list) // its own, to be changed
	q, second := e.Book.Find("cloud-stato"), e.Book.Find("velocita")
	lead := e.Book.Questions[q].Route.Question
	// velocita is asked of those that cloud-stato leads there, and this of others.
	e.Book.Questions[second].Route = survey.Route{On: true, Question: q, Any: 1}
	past := slices.IndexFunc(e.Answers(q, 0), func(a survey.Answer) bool { return a.Kind == stat.NotRouted })
	if past < 0 {
		t.Fatal("nobody was led past: the test says nothing")
	}
	mark := func(question int) estimate.Mark { return estimate.Marks(e, question, 0, 1)[past] }
	e.Answers(second, 0)[past] = survey.Answer{Kind: stat.NotRouted}
	for _, test := range []struct {
		name string
		kind stat.Kind // of the question that leads there
		want estimate.Mark
	}{
		{"led past by an answer", stat.Known, estimate.Beside},
		{"led past by not knowing", stat.DontKnow, estimate.Beside},
		{"the way left blank", stat.Blank, estimate.Silent},
	} {
		e.Answers(lead, 0)[past].Kind = test.kind
		if got := mark(q); got != test.want {
			t.Errorf("%s: got %d, want %d", test.name, got, test.want)
		}
		if got := mark(second); got != test.want {
			t.Errorf("%s, two questions before: got %d, want %d", test.name, got, test.want)
		}
	}
}

func TestAMissingNumberIsOutsideSilentOrBeside(t *testing.T) {
	on := []bool{true, true, true, true, false}
	values := []stat.Value{stat.Of(0), stat.Missing(stat.NotRouted), stat.Missing(stat.Blank), stat.Missing(stat.NoRespondent), stat.Of(7)}
	want := []estimate.Mark{estimate.No, estimate.Beside, estimate.Silent, estimate.Silent, estimate.Outside}
	if got := estimate.Valued(on, values); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
