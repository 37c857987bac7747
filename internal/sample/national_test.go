package sample_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
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
	edition = "2025"
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

// committed is the edition in data/indagini, read once.
var committed = sync.OnceValue(func() *survey.Edition {
	var list diag.List
	e, ok := survey.Read(os.DirFS(root), edition, italy(), &list)
	if !ok {
		panic(fmt.Sprint(list.Problems()))
	}
	return e
})

// config is what the committed edition is made from.
func config(t testing.TB) sample.Config {
	t.Helper()
	var list diag.List
	fsys := os.DirFS(root)
	book, ok := survey.ReadCodebook(fsys, survey.Dir+"/"+edition+"/"+survey.BookFile, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	model, ok := sample.Read(fsys, survey.Dir+"/"+edition+"/"+sample.ModelFile, book, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	return sample.Config{Book: book, Atlas: italy(), Model: model, Seed: sample.Seed}
}

func TestTheCommittedEditionIsTheGeneratorsOwn(t *testing.T) {
	c := config(t)
	for _, f := range sample.Files(c) {
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

func TestTheCommittedEditionLooksLikeASecondOne(t *testing.T) {
	a := italy()
	e := committed()
	residents, all := 0, 0
	for i, p := range e.Places {
		all += a.Comuni[i].Residents
		if p.State == survey.Completed {
			residents += a.Comuni[i].Residents
		}
	}
	n, share := e.Respondents(), float64(residents)/float64(all)
	t.Logf("%d respondents, %.1f %% of residents", n, 100*share)
	if n < 4500 || n > 4700 || share < 0.73 || share > 0.77 {
		t.Errorf("%d respondents with %.3f of residents, want about 4,600 and three quarters", n, share)
	}
	if !e.Demo() || e.Book.Count(survey.FullForm) != 54 || e.Book.Count(survey.ShortForm) != 43 {
		t.Error("the codebook is not the fictional one of 54 and 43 questions")
	}
}

func BenchmarkRead(b *testing.B) {
	a := italy()
	for b.Loop() {
		var list diag.List
		if _, ok := survey.Read(os.DirFS(root), edition, a, &list); !ok {
			b.Fatal(list.Problems())
		}
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

func TestSharesResembleThePublishedOnes(t *testing.T) {
	a := italy()
	e := committed()
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

func TestAnswersOfOneComuneHangTogether(t *testing.T) {
	e := committed()
	answers := func(id string) []survey.Answer { return e.Answers(e.Book.Find(id), 0) }
	io, pdnd := answers("app-io"), answers("pdnd")
	var both, first, second, all float64
	for i := range io {
		if io[i].Kind != stat.Known || pdnd[i].Kind != stat.Known {
			continue
		}
		x, y := io[i].Options.Has(0), pdnd[i].Options.Has(0)
		all++
		if x {
			first++
		}
		if y {
			second++
		}
		if x && y {
			both++
		}
	}
	if ratio := both * all / (first * second); ratio < 1.3 {
		t.Errorf("the mature answer to both is %.2f times as frequent as by chance, want 1.3 or more", ratio)
	}
}

func TestEveryKindOfNoValueOccurs(t *testing.T) {
	e := committed()
	seen := map[stat.Kind]bool{}
	for q := range e.Book.Questions {
		if e.Book.Questions[q].Class == survey.Never {
			continue
		}
		for _, answer := range e.Answers(q, 0) {
			seen[answer.Kind] = true
		}
	}
	for _, k := range []stat.Kind{stat.Known, stat.NoRespondent, stat.NotFinished, stat.NotAsked, stat.NotRouted, stat.DontKnow, stat.Blank} {
		if !seen[k] {
			t.Errorf("no answer is %q", k.Code())
		}
	}
}

func TestAnotherSeedGivesAnotherEditionAndTheSameSeedTheSame(t *testing.T) {
	c := config(t)
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
	book := config(t).Book
	const head = "domanda,riga,opzione,fino_a_5000,da_5001_a_20000,oltre_20000\n"
	for _, c := range []struct{ name, in, want string }{
		{"unknown question", head + "rdt,,no,1,1,1\n", `campione.csv:2:1: the codebook has no question "rdt"
    hint: did you mean "rtd"?`},
		{"unknown option", head + "rtd,,forse,1,1,1\n", `campione.csv:2:6: question "rtd" has no option "forse" and row ""
    hint: name an option or a row, and leave the other empty`},
		{"row and option", head + "gestionali,anagrafe,isolato,1,1,1\n", `campione.csv:2:21: question "gestionali" has no option "isolato" and row "anagrafe"
    hint: name an option or a row, and leave the other empty`},
		{"not a share", head + "rtd,,no,1,molti,1.25\n", `campione.csv:2:11: "molti" is not a share in per cent
    hint: want a number such as 12 or 12.5
campione.csv:2:17: "1.25" is not a share in per cent
    hint: want a number such as 12 or 12.5`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if _, ok := sample.Read(fstest.MapFS{"campione.csv": {Data: []byte(c.in)}}, "campione.csv", book, &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, p.String())
			}
			if s := strings.Join(got, "\n"); s != c.want {
				t.Errorf("got\n%s\nwant\n%s", s, c.want)
			}
		})
	}
}
