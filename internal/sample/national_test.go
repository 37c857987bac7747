package sample_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/estimate"
	"mappa/internal/istat"
	"mappa/internal/sample"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

var update = flag.Bool("update", false, "write the fictional edition into data/indagini")

const (
	root    = "../.."
	earlier = "2024" // calibrated to what was published of the first edition
	current = "2025"
)

// italy is the shipped territory at the display date of the default site, read
// once.
var italy = sync.OnceValue(func() *atlas.Atlas {
	var list diag.List
	in, _ := istat.Read(os.DirFS(root), "data/territorio", &list)
	a, ok := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if !ok {
		panic(fmt.Sprint(list.Problems()))
	}
	return a
})

// committed are the editions in data/indagini, read once.
var committed = sync.OnceValue(func() map[string]*survey.Edition {
	var list diag.List
	out := map[string]*survey.Edition{}
	for _, name := range []string{earlier, current} {
		e, ok := survey.Read(os.DirFS(root), name, italy(), &list)
		if !ok {
			panic(fmt.Sprint(list.Problems()))
		}
		out[name] = e
	}
	return out
})

// config is what a committed edition is made from.
func config(t testing.TB, edition string) sample.Config {
	t.Helper()
	var list diag.List
	fsys := os.DirFS(root)
	book, ok := survey.ReadCodebook(fsys, survey.Dir+"/"+edition+"/"+survey.BookFile, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	c := sample.Config{Book: book, Atlas: italy(), Seed: sample.Seed}
	if c.Model, ok = sample.Read(fsys, c, &list); !ok {
		t.Fatal(list.Problems())
	}
	return c
}

func TestTheCommittedEditionsAreTheGeneratorsOwn(t *testing.T) {
	for _, edition := range []string{earlier, current} {
		for _, f := range sample.Files(config(t, edition)) {
			t.Logf("%s: %d bytes", f.Path, len(f.Data))
			if *update {
				if err := os.WriteFile(filepath.Join(root, f.Path), f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			have, err := os.ReadFile(filepath.Join(root, f.Path))
			if err != nil || !bytes.Equal(unpacked(t, have), unpacked(t, f.Data)) {
				t.Errorf("%s is not what the generator writes: run with -update (%v)", f.Path, err)
			}
		}
	}
}

// unpacked is the text of a gzip file: compressors differ between versions.
func unpacked(t testing.TB, raw []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheCommittedEditionsHaveTheRespondentsOfTheirYear(t *testing.T) {
	a := italy()
	for _, c := range []struct {
		edition  string
		from, to int
		lo, hi   float64 // share of residents
	}{
		{earlier, 3825, 3885, 0.74, 0.76}, // 3,855 with three quarters of residents, as published
		{current, 4550, 4650, 0.73, 0.78},
	} {
		e := committed()[c.edition]
		residents, all := 0, 0
		for i, p := range e.Places {
			all += a.Comuni[i].Residents
			if p.State == survey.Completed {
				residents += a.Comuni[i].Residents
			}
		}
		n, share := e.Respondents(), float64(residents)/float64(all)
		t.Logf("%s: %d respondents, %.1f %% of residents", c.edition, n, 100*share)
		if n < c.from || n > c.to || share < c.lo || share > c.hi {
			t.Errorf("%s: %d respondents with %.3f of residents, want %d to %d and %v to %v", c.edition, n, share, c.from, c.to, c.lo, c.hi)
		}
		if !e.Demo() || e.Book.Count(survey.FullForm) != 54 || e.Book.Count(survey.ShortForm) != 43 {
			t.Errorf("%s: the codebook is not the fictional one of 54 and 43 questions", c.edition)
		}
	}
}

func TestBothCodebooksUseEveryShapeAndCompare(t *testing.T) {
	var list diag.List
	books := []*survey.Codebook{committed()[earlier].Book, committed()[current].Book}
	if survey.CheckSeries(books, &list); list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	for _, b := range books {
		shapes := map[survey.Shape]bool{}
		for i := range b.Questions {
			shapes[b.Questions[i].Shape] = true
		}
		for _, s := range []survey.Shape{survey.Single, survey.Multiple, survey.Grid, survey.MultiGrid, survey.Number, survey.Percentages, survey.Ranking, survey.Text} {
			if !shapes[s] {
				t.Errorf("%s has no question of shape %s", b.Edition, s)
			}
		}
	}
	outcomes, kept := map[survey.Outcome]int{}, map[string]bool{}
	for q := range books[1].Questions {
		question := &books[1].Questions[q]
		outcomes[question.Earlier.Outcome]++
		kept[question.Earlier.Question] = true
	}
	once := 0
	for q := range books[0].Questions {
		if question := &books[0].Questions[q]; question.Class != survey.Never && !kept[question.ID] {
			once++
		}
	}
	t.Logf("%v, asked in %s only: %d", outcomes, earlier, once)
	if outcomes[survey.Comparable] < 40 || outcomes[survey.Break] < 3 || outcomes[survey.New] < 3 || once < 3 {
		t.Errorf("%v and %d asked once: want all kinds of comparison", outcomes, once)
	}
}

func BenchmarkRead(b *testing.B) {
	a := italy()
	for b.Loop() {
		var list diag.List
		if _, ok := survey.Read(os.DirFS(root), current, a, &list); !ok {
			b.Fatal(list.Problems())
		}
	}
}

func BenchmarkFiles(b *testing.B) {
	c := config(b, current)
	for b.Loop() {
		sample.Files(c)
	}
}

// share is the per cent of an area's answers to a question, of any of the codes.
func share(e *survey.Edition, f *estimate.Frame, tables []estimate.Table, id string, area estimate.Area, codes ...string) float64 {
	at := f.Find(area)
	for _, t := range tables {
		q := &e.Book.Questions[t.Question]
		if q.ID != id {
			continue
		}
		n := 0
		for o, option := range q.Options {
			if slices.Contains(codes, option.Code) {
				n += t.Num[o][at]
			}
		}
		return 100 * float64(n) / float64(t.Base[at])
	}
	return -1
}

func TestSharesOfTheFirstEditionResembleThePublishedOnes(t *testing.T) {
	a := italy()
	e := committed()[earlier]
	f := estimate.NewFrame(a, estimate.Layout{})
	tables := estimate.Tables(e, a, f)
	all := estimate.Area{Level: estimate.Italy, Rip: -1, Region: -1, Class: -1}
	class := func(i int) estimate.Area {
		return estimate.Area{Level: estimate.Classes, Rip: -1, Region: -1, Class: i}
	}
	for _, c := range []struct {
		what     string
		id       string
		area     estimate.Area
		codes    []string
		from, to float64
	}{
		{"joined the cloud call, 96 %", "cloud-avviso", all, []string{"si"}, 95, 97},
		{"migrated of these, 68 %", "cloud-stato", all, []string{"verificata", "conclusa"}, 67, 69},
		{"over 100 Mbps, up to 2,500 residents, under 20 %", "velocita", class(0), []string{"oltre-1000", "oltre-100"}, 15, 20},
		{"over 100 Mbps, 20,000 to 50,000, over half", "velocita", class(3), []string{"oltre-1000", "oltre-100"}, 50, 70},
		{"up to 10 Mbps, up to 2,500 residents, 30 %", "velocita", class(0), []string{"fino-10"}, 27, 33},
		{"up to 10 Mbps, 2,500 to 5,000, 30 %", "velocita", class(1), []string{"fino-10"}, 25, 33},
		{"no disaster recovery, about 30 %", "disaster-recovery", all, []string{"no"}, 28, 32},
		{"digital acts, three quarters", "atti-digitali", all, []string{"tutti", "molti"}, 73, 77},
		{"SPID and CIE, 91 %", "spid-cie", all, []string{"tutti", "alcuni"}, 90, 92},
		{"pagoPA, 79 %", "pagopa", all, []string{"tutti", "molti"}, 78, 80.5},
		{"app IO, 68 %", "app-io", all, []string{"molti", "alcuni"}, 67, 69.5},
		{"training started, 51 %", "formazione", all, []string{"programma", "iniziative"}, 50, 52},
		{"more than 40 % of staff trained", "formazione-quota", all, []string{"oltre-80", "61-80", "41-60"}, 36, 43},
	} {
		got := share(e, f, tables, c.id, c.area, c.codes...)
		t.Logf("%-52s %.1f", c.what, got)
		if got < c.from || got > c.to {
			t.Errorf("%s: %.1f, want %v to %v", c.what, got, c.from, c.to)
		}
	}
}

// table counts two yes-or-no properties of Comuni: neither, the second, the
// first, both.
type table [4]float64

func (t *table) add(first, second bool) {
	i := 0
	if first {
		i += 2
	}
	if second {
		i++
	}
	t[i]++
}

// lift is how many times as often as by chance both are true.
func (t table) lift() float64 {
	return t[3] * (t[0] + t[1] + t[2] + t[3]) / ((t[2] + t[3]) * (t[1] + t[3]))
}

func TestAnswersOfOneComuneHangTogether(t *testing.T) {
	e := committed()[current]
	answers := func(id string) []survey.Answer { return e.Answers(e.Book.Find(id), 0) }
	io, pdnd := answers("app-io"), answers("pdnd")
	var both table
	for i := range io {
		if io[i].Kind == stat.Known && pdnd[i].Kind == stat.Known {
			both.add(io[i].Options.Has(0), pdnd[i].Options.Has(0))
		}
	}
	if ratio := both.lift(); ratio < 1.3 {
		t.Errorf("the mature answer to both is %.2f times as frequent as by chance, want 1.3 or more", ratio)
	}
}

func TestTheSameComuneAnswersMuchTheSameInTheNextEdition(t *testing.T) {
	before, now := committed()[earlier], committed()[current]
	books := []*survey.Codebook{before.Book, now.Book}
	changed, all := 0, 0
	for q := range now.Book.Questions {
		question := &now.Book.Questions[q]
		twins := survey.Twins(books, 1, q)
		if len(twins) == 0 || question.Headline.Any == 0 || question.Shape != survey.Single {
			continue
		}
		was := &before.Book.Questions[twins[0].Question]
		then, today := before.Answers(twins[0].Question, 0), now.Answers(q, 0)
		var both table
		for i := range today {
			if then[i].Kind == stat.Known && today[i].Kind == stat.Known {
				x, y := then[i].Options.Meets(was.Headline.Any), today[i].Options.Meets(question.Headline.Any)
				both.add(x, y)
				all++
				if x != y {
					changed++
				}
			}
		}
		n := both[0] + both[1] + both[2] + both[3]
		r := (both[0]*both[3] - both[1]*both[2]) / math.Sqrt((both[0]+both[1])*(both[2]+both[3])*(both[0]+both[2])*(both[1]+both[3]))
		if n < 500 || r < 0.25 {
			t.Errorf("%s: the panel of %v Comuni has a correlation of %.2f, want 0.25 or more", question.ID, n, r)
		}
	}
	share := float64(changed) / float64(all)
	t.Logf("%.1f %% of the panel's answers changed sides", 100*share)
	if share < 0.08 || share > 0.3 {
		t.Errorf("%.3f of the answers changed sides, want some and not many", share)
	}
	var again table
	for i := range now.Places {
		again.add(before.Places[i].State == survey.Completed, now.Places[i].State == survey.Completed)
	}
	t.Logf("panel of %v Comuni, %.2f times as many as by chance", again[3], again.lift())
	if again.lift() < 1.15 {
		t.Error("who answered once is no likelier to answer again")
	}
}

func TestBetweenTheEditionsComuniMergedAndChangedTheirClass(t *testing.T) {
	a, before, now := italy(), committed()[earlier], committed()[current]
	moved, forms, merged := 0, 0, 0
	for i := range now.Places {
		x, y := before.Places[i], now.Places[i]
		if x.Merged {
			merged++
			for q := range before.Book.Questions {
				if before.Book.Questions[q].Class != survey.Never && before.Answers(q, 0)[i].Kind != stat.NotComparable {
					t.Errorf("%s took others in and its answers compare", a.Comuni[i].Name)
					break
				}
			}
			continue
		}
		if x.Class != y.Class {
			moved++
		}
		if x.Form != y.Form {
			forms++
		}
	}
	t.Logf("%d took others in since, %d changed their class, %d of them their form", merged, moved, forms)
	if merged == 0 || moved < 5 || moved > 200 || forms == 0 || forms > moved {
		t.Error("want some of each")
	}
}

func TestMostHeadlinesRiseALittle(t *testing.T) {
	a, before, now := italy(), committed()[earlier], committed()[current]
	f := estimate.NewFrame(a, estimate.Layout{})
	was, is := estimate.Tables(before, a, f), estimate.Tables(now, a, f)
	all := f.Find(estimate.Area{Level: estimate.Italy, Rip: -1, Region: -1, Class: -1})
	headline := func(e *survey.Edition, tables []estimate.Table, q int) float64 {
		for _, t := range tables {
			if t.Question == q {
				return 100 * float64(t.Num[len(e.Book.Questions[q].Options)][all]) / float64(t.Base[all])
			}
		}
		return -1
	}
	up, many := 0, 0
	for q := range now.Book.Questions {
		question := &now.Book.Questions[q]
		twins := survey.Twins([]*survey.Codebook{before.Book, now.Book}, 1, q)
		if len(twins) == 0 || question.Headline.Any == 0 {
			continue
		}
		change := headline(now, is, q) - headline(before, was, twins[0].Question)
		many++
		if change > 0 {
			up++
		}
		if change < -6 || change > 16 {
			t.Errorf("%s moves by %.1f points", question.ID, change)
		}
	}
	t.Logf("%d of %d rise", up, many)
	if up*10 < many*6 {
		t.Errorf("%d of %d rise, want most", up, many)
	}
}

func TestEveryKindOfNoValueOccurs(t *testing.T) {
	for name, e := range committed() {
		seen := map[stat.Kind]bool{}
		for q := range e.Book.Questions {
			if e.Book.Questions[q].Class == survey.Never {
				continue
			}
			for _, answer := range e.Answers(q, 0) {
				seen[answer.Kind] = true
			}
		}
		for _, k := range []stat.Kind{stat.Known, stat.NoRespondent, stat.NotFinished, stat.NotAsked, stat.NotRouted, stat.DontKnow, stat.Blank, stat.NotComparable} {
			if !seen[k] {
				t.Errorf("%s: no answer is %q", name, k.Code())
			}
		}
	}
}

func TestAnotherSeedGivesAnotherEditionAndTheSameSeedTheSame(t *testing.T) {
	c := config(t, current)
	one, two := sample.Files(c), sample.Files(c)
	c.Seed++
	other := sample.Files(c)
	for i := range one {
		if !bytes.Equal(one[i].Data, two[i].Data) || bytes.Equal(one[i].Data, other[i].Data) {
			t.Errorf("%s", one[i].Path)
		}
	}
}

func TestAFaultInTheWantedSharesIsSaidAtItsPlace(t *testing.T) {
	c := config(t, current)
	const (
		head    = "domanda,riga,opzione,fino_a_5000,da_5001_a_20000,oltre_20000\n"
		turnout = "classe,regione,quota\n"
		dir     = "data/indagini/2025/"
	)
	for _, x := range []struct{ name, in, who, want string }{
		{"unknown question", "rdt,,no,1,1,1\n", "", `campione.csv:2:1: the codebook has no question "rdt"
    hint: did you mean "rtd"?`},
		{"unknown option", "rtd,,forse,1,1,1\n", "", `campione.csv:2:6: question "rtd" has no option "forse" and row ""
    hint: name an option, a row, or both`},
		{"unknown row", "gestionali,anagrafi,isolato,1,1,1\n", "", `campione.csv:2:21: question "gestionali" has no option "isolato" and row "anagrafi"
    hint: name an option, a row, or both`},
		{"not a share", "rtd,,no,1,molti,1.25\n", "", `campione.csv:2:11: "molti" is not a share in per cent
    hint: want a number such as 12 or 12.5
campione.csv:2:17: "1.25" is not a share in per cent
    hint: want a number such as 12 or 12.5`},
		{"who takes part", "", "fino-a-2501,,40\n,21,5\n2501-5000,,tanti\n", `campione-rispondenti.csv:2:1: "fino-a-2501" is not a classe
    hint: name a size class by its indirizzo, or a region by its ISTAT code
campione-rispondenti.csv:3:2: "21" is not a regione
    hint: name a size class by its indirizzo, or a region by its ISTAT code
campione-rispondenti.csv:4:12: "tanti" is not a share in per cent
    hint: want a number such as 12 or 12.5`},
	} {
		t.Run(x.name, func(t *testing.T) {
			var list diag.List
			files := fstest.MapFS{dir + sample.ModelFile: {Data: []byte(head + x.in)}, dir + sample.TurnoutFile: {Data: []byte(turnout + x.who)}}
			if _, ok := sample.Read(files, c, &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, strings.TrimPrefix(p.String(), dir))
			}
			if s := strings.Join(got, "\n"); s != x.want {
				t.Errorf("got\n%s\nwant\n%s", s, x.want)
			}
		})
	}
}
