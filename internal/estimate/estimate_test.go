package estimate_test

import (
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/estimate"
	"mappa/internal/istat"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// edition is a survey and the territory it was held on.
type edition struct {
	*survey.Edition
	atlas *atlas.Atlas
}

// national is the fictional edition on the shipped territory, read once.
var national = sync.OnceValue(func() edition {
	var list diag.List
	fsys := os.DirFS("../..")
	in, _ := istat.Read(fsys, "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	e, _ := survey.Read(fsys, "2025", a, &list)
	if list.Len() > 0 {
		panic(fmt.Sprint(list.Problems()))
	}
	return edition{e, a}
})

// inside says by the Atlas's own fields whether a Comune lies in an area.
func inside(a *atlas.Atlas, area estimate.Area, i int) bool {
	c := &a.Comuni[i]
	if area.Rip >= 0 {
		rip := &a.Ripartizioni[area.Rip]
		in := area.Rip == c.Rip
		for _, part := range rip.Parts {
			in = in || part == c.Rip
		}
		if !in {
			return false
		}
	}
	return (area.Region < 0 || area.Region == c.Region) && (area.Class < 0 || area.Class == c.Class[0])
}

func TestTheFrameHasEveryAreaOnceAndNothingSmallerThanARegion(t *testing.T) {
	a := national().atlas
	f := estimate.NewFrame(a)
	count := map[estimate.Level]int{}
	for i, area := range f.Areas {
		count[area.Level]++
		if f.Find(area) != i {
			t.Errorf("%+v stands twice", area)
		}
	}
	want := map[estimate.Level]int{estimate.Italy: 1, estimate.Ripartizioni: 6, estimate.Regions: 20, estimate.Classes: 6}
	if !reflect.DeepEqual(count, want) {
		t.Errorf("got %v, want %v", count, want)
	}
}

func TestCountsAreThoseOfTheComuniInside(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a)
	for _, table := range estimate.Tables(e, a, f) {
		q := &e.Book.Questions[table.Question]
		if q.ID != "riconciliazione" && q.ID != "doppio-fattore" && q.ID != "assistenza" && q.ID != "velocita" {
			continue
		}
		for at, area := range f.Areas {
			var u estimate.Universe
			base, num := 0, make([]int, len(table.Num))
			for i, answer := range e.Answers(table.Question, table.Row) {
				p := e.Places[i]
				if !inside(a, area, i) || p.Form == survey.ShortForm && !q.Short {
					continue
				}
				u.Comuni, u.Residents = u.Comuni+1, u.Residents+a.Comuni[i].Residents
				if p.State != survey.Completed {
					continue
				}
				u.Respondents, u.RespondentsResidents = u.Respondents+1, u.RespondentsResidents+a.Comuni[i].Residents
				if answer.Kind != stat.Known && answer.Kind != stat.DontKnow {
					continue
				}
				base++
				for o := range q.Options {
					if answer.Options.Has(o) {
						num[o]++
					}
				}
				if q.Headline.Any.Meets(answer.Options) {
					num[len(q.Options)]++
				}
			}
			for k := range num {
				if table.Num[k][at] != num[k] {
					t.Errorf("%s %d, column %d of %+v: got %d, want %d", q.ID, table.Row, k, area, table.Num[k][at], num[k])
				}
			}
			if table.Universe[at] != u || table.Base[at] != base {
				t.Errorf("%s %+v: got %+v and %d, want %+v and %d", q.ID, area, table.Universe[at], table.Base[at], u, base)
			}
		}
	}
}

func TestPartsAddUpToTheirTotal(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a)
	for _, table := range estimate.Tables(e, a, f) {
		q := &e.Book.Questions[table.Question]
		for _, s := range f.Sums {
			for k := range table.Num {
				n := 0
				for _, p := range s.Parts {
					n += table.Num[k][p]
				}
				if n != table.Num[k][s.Total] {
					t.Fatalf("%s: the parts of %+v are %d, it is %d", q.ID, f.Areas[s.Total], n, table.Num[k][s.Total])
				}
			}
		}
		if q.Shape == survey.Multiple {
			continue
		}
		for at := range f.Areas {
			n := 0
			for o := range q.Options {
				n += table.Num[o][at]
			}
			if n != table.Base[at] {
				t.Fatalf("%s: the options in %+v are %d, the base is %d", q.ID, f.Areas[at], n, table.Base[at])
			}
		}
	}
}

func TestAQuestionOfTheFullFormSpeaksOfItsOwnComuni(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a)
	over := 0
	for _, c := range a.Comuni {
		if c.Residents > e.Book.ShortUpTo {
			over++
		}
	}
	for _, table := range estimate.Tables(e, a, f) {
		want := len(a.Comuni)
		if q := &e.Book.Questions[table.Question]; !q.Short {
			want = over
		}
		if got := table.Universe[0].Comuni; got != want {
			t.Errorf("%s: the universe is %d, want %d", e.Book.Questions[table.Question].ID, got, want)
		}
	}
}

func TestNothingOfClassMaiIsCounted(t *testing.T) {
	e, a := national().Edition, national().atlas
	for _, table := range estimate.Tables(e, a, estimate.NewFrame(a)) {
		if e.Book.Questions[table.Question].Class == survey.Never {
			t.Errorf("%s is counted", e.Book.Questions[table.Question].ID)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a)
	for b.Loop() {
		estimate.Tables(e, a, f)
	}
}
