package estimate_test

import (
	"reflect"
	"testing"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// twins are the questions of the fictional edition that compare with the one before.
func twins() (now, then *survey.Edition, of map[int]survey.Twin) {
	now, then = national().Edition, previous()
	books := []*survey.Codebook{then.Book, now.Book}
	of = map[int]survey.Twin{}
	for q := range now.Book.Questions {
		if t := survey.Twins(books, 1, q); len(t) > 0 && now.Answers(q, 0) != nil {
			of[q] = t[0]
		}
	}
	return now, then, of
}

// gave is whether a Comune gave the option with the code; ok, whether it answered.
func gave(e *survey.Edition, question, row, comune int, code string) (yes, ok bool) {
	answer := e.Answers(question, row)[comune]
	for o, option := range e.Book.Questions[question].Options {
		yes = yes || option.Code == code && answer.Options.Has(o)
	}
	return yes, answer.Kind == stat.Known || answer.Kind == stat.DontKnow
}

func TestThePanelIsWhoAnsweredBothTimes(t *testing.T) {
	now, then, of := twins()
	g := estimate.NewGrid(national().atlas, estimate.NewFrame(national().atlas, estimate.Layout{Edition: now}))
	compared := 0
	for q, twin := range of {
		question := &now.Book.Questions[q]
		for row := range question.Items() {
			there := row
			if twin.Rows != nil {
				there = twin.Rows[row]
			}
			for k, pairs := range g.Twice(then, now, q, row, twin) {
				switch {
				case k == len(question.Options):
					continue // the headline
				case there < 0 || twin.Options[k] < 0:
					if pairs != nil {
						t.Errorf("%s: option %s is new and has a change", question.ID, question.Options[k].Code)
					}
					continue
				}
				var want, got [4]int
				for i := range now.Places {
					was, ok := gave(then, twin.Question, there, i, question.Options[k].Code)
					is, answered := gave(now, q, row, i, question.Options[k].Code)
					if !ok || !answered {
						continue
					}
					at := 0
					if was {
						at++
					}
					if is {
						at += 2
					}
					want[at]++
				}
				for _, c := range pairs.Cross {
					got[0], got[1], got[2], got[3] = got[0]+c.Neither.Comuni, got[1]+c.Lost.Comuni, got[2]+c.Gained.Comuni, got[3]+c.Both.Comuni
				}
				if compared++; got != want {
					t.Errorf("%s row %d, option %s: got %v, want %v", question.ID, row, question.Options[k].Code, got, want)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("%d columns compare: the test says little", compared)
	}
}

func TestTheChangesOfASingleChoiceAddUpToNothing(t *testing.T) {
	now, then, of := twins()
	g := estimate.NewGrid(national().atlas, estimate.NewFrame(national().atlas, estimate.Layout{Edition: now}))
	seen := 0
	for q, twin := range of {
		question := &now.Book.Questions[q]
		if question.Shape != survey.Single {
			continue
		}
		sum := 0.0
		for k, pairs := range g.Twice(then, now, q, 0, twin) {
			if k == len(question.Options) {
				continue
			}
			if pairs == nil {
				t.Fatalf("%s: option %d has no pair", question.ID, k)
			}
			x := estimate.NewDesign(g, pairs.Universe, pairs.Sample).PairedComuni(0, pairs.Cross)
			near(t, question.ID, x.After.P-x.Before.P, x.Change.Points)
			if x.Change.Low > x.Change.Points || x.Change.Points > x.Change.High {
				t.Errorf("%s: %+v", question.ID, x.Change)
			}
			sum += x.Change.Points
		}
		near(t, question.ID+", all options", 1+sum, 1)
		seen++
	}
	if seen == 0 {
		t.Error("no single choice compares: the test says nothing")
	}
}

func TestWhoAnswersTwiceAlikeTellsAChangeMoreSharply(t *testing.T) {
	now, then, of := twins()
	g := estimate.NewGrid(national().atlas, estimate.NewFrame(national().atlas, estimate.Layout{Edition: now}))
	for _, id := range []string{"pagopa", "atti-digitali", "pdnd"} {
		q := now.Book.Find(id)
		twin, ok := of[q]
		if !ok {
			t.Fatalf("%s does not compare", id)
		}
		pairs := g.Twice(then, now, q, 0, twin)
		p := pairs[len(pairs)-1]
		x := estimate.NewDesign(g, p.Universe, p.Sample).PairedComuni(0, p.Cross)
		apart := estimate.Between(x.Before, x.After)
		if x.Covariance <= 0 || x.Change.SE >= apart.SE || x.Change.High-x.Change.Low >= apart.High-apart.Low {
			t.Errorf("%s: paired %+v (covariance %g), as if apart %+v", id, x.Change, x.Covariance, apart)
		}
	}
}

func TestRowsAndOptionsStandWhereTheTwinSays(t *testing.T) {
	now, then, of := twins()
	g := estimate.NewGrid(national().atlas, estimate.NewFrame(national().atlas, estimate.Layout{Edition: now}))
	q := now.Book.Find("cloud-servizi")
	twin := of[q]
	if len(twin.Rows) < 3 || len(twin.Options) < 3 {
		t.Fatalf("%+v: the test wants three rows and options", twin)
	}
	twin.Rows, twin.Options = []int{2, -1, 0}, []int{1, 0, -1}
	for row, there := range twin.Rows {
		for k, pairs := range g.Twice(then, now, q, row, twin)[:3] {
			if there < 0 || twin.Options[k] < 0 {
				if pairs != nil {
					t.Errorf("row %d, option %d is new and has a change", row, k)
				}
				continue
			}
			want := g.Pair(estimate.Marks(then, twin.Question, there, survey.Set(0).With(twin.Options[k])), estimate.Marks(now, q, row, survey.Set(0).With(k)))
			if pairs == nil || !reflect.DeepEqual(*pairs, want) {
				t.Errorf("row %d, option %d is not held against row %d, option %d", row, k, there, twin.Options[k])
			}
		}
	}
}

func TestAChangeIsOfNoMoreThanAHundredPoints(t *testing.T) {
	all := estimate.Estimate{OK: true, P: 100, Low: 60, High: 100}
	none := estimate.Estimate{OK: true, P: 0, Low: 0, High: 40}
	if c := estimate.Between(all, none); c.Points != -100 || c.Low != -100 || c.High >= -40 {
		t.Errorf("got %+v", c)
	}
	if c := estimate.Between(none, all); c.Points != 100 || c.High != 100 || c.Low <= 40 {
		t.Errorf("got %+v", c)
	}
}
