package estimate_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
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

// previous is the fictional edition before, on the same territory.
var previous = sync.OnceValue(func() *survey.Edition {
	var list diag.List
	e, _ := survey.Read(os.DirFS("../.."), "2024", national().atlas, &list)
	if list.Len() > 0 {
		panic(fmt.Sprint(list.Problems()))
	}
	return e
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
	if area.Size != 0 && (area.Size == estimate.Large) != (c.Residents > 5000) {
		return false
	}
	return (area.Region < 0 || area.Region == c.Region) && (area.Class < 0 || area.Class == c.Class[0])
}

func TestTheFrameHasEveryAreaOnce(t *testing.T) {
	a := national().atlas
	f := estimate.NewFrame(a, estimate.Layout{})
	count := map[estimate.Level]int{}
	for i, area := range f.Areas {
		count[area.Level]++
		if f.Find(area) != i {
			t.Errorf("%+v stands twice", area)
		}
	}
	want := map[estimate.Level]int{estimate.Italy: 1, estimate.Ripartizioni: 6, estimate.Regions: 20, estimate.Classes: 6,
		estimate.RipClasses: 30, estimate.RegionSizes: 40}
	if !reflect.DeepEqual(count, want) {
		t.Errorf("got %v, want %v", count, want)
	}
}

func TestACohortIsAnAreaWhereTenOfItSentTheForm(t *testing.T) {
	e, a := national().Edition, national().atlas
	var sent, not []int
	for i, p := range e.Places {
		if p.State == survey.Completed {
			sent = append(sent, i)
		} else {
			not = append(not, i)
		}
	}
	f := estimate.NewFrame(a, estimate.Layout{Edition: e, Cohorts: []estimate.Cohort{
		{ID: "nove", Comuni: append(sent[:9:9], not[:5]...)}, {ID: "dieci", Comuni: append(sent[20:30:30], not[0])}}})
	at := f.Find(estimate.Area{Level: estimate.CohortAreas, Rip: -1, Region: -1, Class: -1, Cohort: "dieci"})
	if at < 0 || f.Find(estimate.Area{Level: estimate.CohortAreas, Rip: -1, Region: -1, Class: -1, Cohort: "nove"}) >= 0 {
		t.Fatal("want the cohort of ten respondents and not that of nine")
	}
	if u := estimate.Tables(e, a, f)[0].Universe[at]; u.Comuni != 11 || u.Respondents != 10 {
		t.Errorf("got %+v, want 11 Comuni and 10 respondents", u)
	}
}

func TestThePanelIsThoseThatSentBothForms(t *testing.T) {
	e, a := national().Edition, national().atlas
	other := *e
	other.Places = slices.Clone(e.Places)
	want := 0
	for i := range other.Places {
		if i%2 == 0 {
			other.Places[i].State = survey.Begun
		} else if e.Places[i].State == survey.Completed {
			want++
		}
	}
	f := estimate.NewFrame(a, estimate.Layout{Edition: e, Other: &other})
	at := f.Find(estimate.Area{Level: estimate.PanelItaly, Rip: -1, Region: -1, Class: -1})
	if u := estimate.Tables(e, a, f)[0].Universe[at]; u.Comuni != want || u.Respondents != want {
		t.Errorf("got %+v, want %d Comuni", u, want)
	}
}

func TestCountsAreThoseOfTheComuniInside(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{})
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

func TestAComuneStandsInTheClassOfItsTime(t *testing.T) {
	now, a := national().Edition, national().atlas
	e := *now
	e.Places = slices.Clone(now.Places)
	italy := estimate.Area{Level: estimate.Italy, Rip: -1, Region: -1, Class: -1}
	class := func(f *estimate.Frame, k int) int {
		return f.Find(estimate.Area{Level: estimate.Classes, Rip: -1, Region: -1, Class: k})
	}
	const grown, lost = 0, 1 // Comuni
	was := e.Places[grown].Class
	e.Places[grown].Class = was + 1
	f := estimate.NewFrame(a, estimate.Layout{Edition: &e})
	if of := f.Of(grown); slices.Contains(of, class(f, was)) || !slices.Contains(of, class(f, was+1)) {
		t.Errorf("it lies in %v, its class was %d", of, was+1)
	}
	if g := estimate.NewGrid(a, f); g.Cell[grown]%g.Classes != was+1 || g.Areas[class(f, was)].Cells == nil {
		t.Errorf("the grid has it in cell %d, its class was %d", g.Cell[grown], was+1)
	}
	e.Places[lost].Class = -1
	f = estimate.NewFrame(a, estimate.Layout{Edition: &e})
	for _, area := range f.Of(lost) {
		if f.Areas[area].Class >= 0 || f.Areas[area].Size != 0 {
			t.Errorf("its class is not known, it lies in %+v", f.Areas[area])
		}
	}
	for _, s := range f.Sums {
		if s.Total == f.Find(italy) && slices.Contains(s.Parts, class(f, 0)) {
			t.Error("the classes are said to be Italy, and one Comune is in none")
		}
	}
	if g := estimate.NewGrid(a, f); g.Cell[lost] != -1 {
		t.Errorf("its class is not known, it is in cell %d", g.Cell[lost])
	}
}

func TestPartsAddUpToTheirTotal(t *testing.T) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{})
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
		if q.Many() {
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
	f := estimate.NewFrame(a, estimate.Layout{})
	over, grown := 0, 0 // grown: it got the other form than its residents of today would
	for i, c := range a.Comuni {
		if e.Places[i].Form == survey.FullForm {
			over++
		}
		if e.Places[i].Form == survey.FullForm != (c.Residents > e.Book.ShortUpTo) {
			grown++
		}
	}
	if grown == 0 || grown > len(a.Comuni)/100 {
		t.Errorf("%d Comuni got the other form: the form is that of the register, and residents change little", grown)
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
	for _, table := range estimate.Tables(e, a, estimate.NewFrame(a, estimate.Layout{})) {
		if e.Book.Questions[table.Question].Class == survey.Never {
			t.Errorf("%s is counted", e.Book.Questions[table.Question].ID)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	e, a := national().Edition, national().atlas
	f := estimate.NewFrame(a, estimate.Layout{})
	for b.Loop() {
		estimate.Tables(e, a, f)
	}
}
