package agenda

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

var update = flag.Bool("update", false, "rewrite what testdata/sbagliati.txtar wants to be said")

// piedmont is a handful of Comuni: two of the same name, one that another merged
// into.
func piedmont(t testing.TB) *atlas.Atlas {
	t.Helper()
	place := func(istat, cad, name, unit, plate, region, regionName string) atlas.Place {
		return atlas.Place{ISTAT: istat, Cadastral: cad, Name: name, Both: name, Unit: istat[:3], UnitName: unit, Prefix: istat[:3], Kind: atlas.Provincia,
			Plate: plate, Region: region, RegionName: regionName, Rip: "1", RipName: "Nord-ovest"}
	}
	src := atlas.Source{Title: "prova", Date: 20310101}
	var list diag.List
	a, _ := atlas.New(atlas.Input{
		Lists: []atlas.List{{File: "elenco.csv", Source: src, Places: []atlas.Place{
			place("001001", "A074", "Agliè", "Torino", "TO", "01", "Piemonte"), place("001217", "F925", "None", "Torino", "TO", "01", "Piemonte"),
			place("001235", "H753", "Samone", "Torino", "TO", "01", "Piemonte"), place("022205", "L378", "Trento", "Trento", "TN", "04", "Trentino-Alto Adige")}}},
		Population: atlas.Count{File: "popolazione.csv", Source: src, Rows: []atlas.Counted{{ISTAT: "001001", Residents: 4999, AreaKm2: 1},
			{ISTAT: "001217", Residents: 5000, AreaKm2: 1}, {ISTAT: "001235", Residents: 1500, AreaKm2: 1}, {ISTAT: "022205", Residents: 118000, AreaKm2: 1}}},
		Variations: atlas.Variations{File: "variazioni.csv", Source: src, From: 20210101, To: 20310101, Events: []atlas.Event{{
			Kind: atlas.Incorporation, From: 20300101, To: 20300101, OldISTAT: "001900", OldCadastral: "Z001", OldName: "Vecchia",
			NewISTAT: "001217", NewCadastral: "F925", NewName: "None", Line: 2}}},
		Schemes: []atlas.Scheme{{ID: "mappa", Title: "Mappa", Classes: []atlas.Class{{UpTo: 5000, Label: "fino a 5.000", Slug: "a"}, {Over: 5000, Label: "oltre 5.000", Slug: "b"}}}},
	}, atlas.Setting{Date: 20310101, File: "sito.toml"}, &list)
	if len(a.Comuni) != 4 || list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	return a
}

// The Comuni, by index.
const (
	aglie = iota
	none_
	samone
)

func folders(t testing.TB) fstest.MapFS {
	t.Helper()
	raw, err := os.ReadFile("testdata/cartelle.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, f := range txtar.Parse(raw).Files {
		out[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return out
}

func good(t testing.TB) Agenda {
	t.Helper()
	var list diag.List
	g, ok := Read(folders(t), piedmont(t), &list)
	if !ok || len(list.Notes()) > 0 {
		t.Fatal(list.Problems(), list.Notes())
	}
	return g
}

func TestASiteWithoutTheFoldersHasNoAgenda(t *testing.T) {
	var list diag.List
	if g, ok := Read(fstest.MapFS{"data/sito.toml": {}}, piedmont(t), &list); !ok || g.Academy.Rules != nil || g.Cohorts != nil || g.Plans.Comuni() != nil {
		t.Errorf("%+v %v", g, list.Problems())
	}
}

func TestTheShippedFoldersAreGood(t *testing.T) {
	fsys := os.DirFS("../..")
	// the five Comuni of the shipped cohort are enough of an atlas
	var list diag.List
	src := atlas.Source{Title: "prova", Date: 20260814}
	var in atlas.Input
	in.Schemes = []atlas.Scheme{{ID: "m", Title: "M", Classes: []atlas.Class{{Label: "tutti"}}}}
	l := atlas.List{File: "elenco.csv", Source: src}
	in.Population = atlas.Count{File: "p.csv", Source: src}
	for i, c := range [][2]string{{"A606", "Banari"}, {"B888", "Casaletto Spartano"}, {"E655", "Loiano"}, {"H785", "San Calogero"}, {"L019", "Suvereto"}} {
		istat := fmt.Sprintf("00100%d", i+1)
		l.Places = append(l.Places, atlas.Place{ISTAT: istat, Cadastral: c[0], Name: c[1], Both: c[1], Unit: "001", UnitName: "U", Prefix: "001", Kind: atlas.Provincia, Plate: "TO", Region: "01", RegionName: "R", Rip: "1", RipName: "N"})
		in.Population.Rows = append(in.Population.Rows, atlas.Counted{ISTAT: istat, Residents: 1000, AreaKm2: 1})
	}
	in.Lists = []atlas.List{l}
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "s"}, &list)
	g, ok := Read(fsys, a, &list)
	if !ok {
		t.Fatal(list.Problems())
	}
	c := g.Cohort("comune-full-digital")
	if c == nil || len(c.Comuni) != 5 || len(g.Academy.Areas) != 7 || len(g.Academy.MicroAreas) != 4 || len(g.Academy.Rules) == 0 {
		t.Errorf("%+v", g)
	}
	for _, level := range Levels() {
		if !slices.ContainsFunc(g.Academy.Courses, func(c Course) bool { return c.Level == level }) {
			t.Errorf("there is no course at level %q", level)
		}
	}
	if len(g.Plans.Comuni()) > 0 || len(c.Assessments) > 0 {
		t.Error("the shipped site has invented plans or assessments of real Comuni")
	}
}

// Every case of sbagliati.txtar puts one thing wrong in the good folders.
func TestEveryFaultIsSaidWithItsPlace(t *testing.T) {
	const file = "testdata/sbagliati.txtar"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ar, a := txtar.Parse(raw), piedmont(t)
	unescape := strings.NewReplacer(`\n`, "\n")
	for i, c := range ar.Files {
		t.Run(c.Name, func(t *testing.T) {
			fsys := folders(t)
			var name, old, new string
			var want []string
			edit := false
			for _, line := range strings.Split(strings.TrimSuffix(string(c.Data), "\n"), "\n") {
				switch {
				case strings.HasPrefix(line, "< "):
					old, edit = unescape.Replace(line[2:]), true
				case strings.HasPrefix(line, ">"):
					new = unescape.Replace(strings.TrimPrefix(strings.TrimPrefix(line, ">"), " "))
				case strings.HasPrefix(line, "="):
					want = append(want, strings.TrimPrefix(strings.TrimPrefix(line, "="), " "))
				default:
					name = line
				}
			}
			before := string(fsys[name].Data)
			switch {
			case !edit:
				delete(fsys, name)
			case !strings.Contains(before, old):
				t.Fatalf("%s does not hold %q", name, old)
			default:
				fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, new, 1))}
			}
			var list diag.List
			if _, ok := Read(fsys, a, &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, strings.Split(p.String(), "\n")...)
			}
			if *update {
				head, _, _ := strings.Cut(string(c.Data), "\n=")
				ar.Files[i].Data = []byte(strings.TrimSuffix(head, "\n") + "\n= " + strings.Join(got, "\n= ") + "\n")
				return
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("wanted output is never rewritten in CI")
		}
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// subject is a Comune of which nothing is wrong.
func subject() *Subject {
	return &Subject{
		Measures: []Measure{{}, {}},
		Figures:  []Figure{{stat.Of(60), stat.Of(50)}, {stat.Of(1), stat.Of(2)}, {stat.Of(100), stat.Of(100)}, {stat.Of(1), stat.Of(40)}},
		Answers:  []Answer{{}},
	}
}

func TestAdviceFollowsFromWhatIsShown(t *testing.T) {
	g := good(t)
	rules := NewRules(&g.Academy)
	if want := "[send pdnd] [punti peso uso modello] [formazione]"; fmt.Sprint(rules.Measures, rules.Figures, rules.Answers) != want {
		t.Fatal(rules.Measures, rules.Figures, rules.Answers)
	}
	for _, c := range []struct {
		name string
		edit func(*Subject)
		want string
	}{
		{"nothing is weak: what holds for all", func(*Subject) {}, "sicurezza"},
		{"financed and not paid", func(s *Subject) { s.Measures[0].Unpaid = true }, "chiudere sicurezza"},
		{"not paid, of a measure that no rule closes", func(s *Subject) { s.Measures[1].Unpaid = true }, "sicurezza"},
		{"a call is open", func(s *Subject) { s.Measures[0].Call = true }, "avviso sicurezza"},
		{"never asked", func(s *Subject) { s.Measures[0].Unasked = true; s.Measures[1].Unasked = true }, "chiedere sicurezza"},
		{"the crawl failed", func(s *Subject) { s.Figures[0].Own = stat.Missing(stat.Failed) }, "leggere sicurezza"},
		{"no row is no failure", func(s *Subject) { s.Figures[0].Own = stat.Missing(stat.Unknown) }, "sicurezza"},
		{"twice the class is not more than twice", func(s *Subject) { s.Figures[1].Own = stat.Of(4) }, "sicurezza"},
		{"more than twice the class", func(s *Subject) { s.Figures[1].Own = stat.Of(4.01) }, "peso sicurezza"},
		{"and a class that nobody measured", func(s *Subject) { s.Figures[1] = Figure{Own: stat.Of(4.01)} }, "sicurezza"},
		{"below", func(s *Subject) { s.Figures[2].Own = stat.Of(79) }, "uso sicurezza"},
		{"a missing value is not below", func(s *Subject) { s.Figures[2].Own = stat.Missing(stat.NotComparable) }, "sicurezza"},
		{"a yes or no that is no", func(s *Subject) { s.Figures[3].Own = stat.Of(0) }, "modello sicurezza"},
		{"an answer that is shown and not good", func(s *Subject) { s.Answers[0].Shown = true }, "formare sicurezza"},
		{"one that is good", func(s *Subject) { s.Answers[0] = Answer{true, true} }, "sicurezza"},
		{"one that is not shown says nothing, whatever it is", func(s *Subject) { s.Answers[0].Good = true }, "sicurezza"},
		{"in the order of the file", func(s *Subject) { s.Figures[3].Own = stat.Of(0); s.Measures[0].Unpaid = true }, "chiudere modello sicurezza"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := subject()
			c.edit(s)
			var got []string
			for _, i := range rules.Of(s) {
				got = append(got, g.Academy.Rules[i].Advice)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}

func TestMicroprojectsAreForFewerResidents(t *testing.T) {
	g := good(t)
	for residents, want := range map[int]bool{0: false, 1: true, 4999: true, 5000: false, 5001: false} {
		if g.Academy.For(residents) != want {
			t.Errorf("%d residents: %v", residents, !want)
		}
	}
	if zero := (Academy{}); zero.For(100) {
		t.Error("a site without microprojects has some")
	}
}

func TestWhatStandsOutLiesOutsideOfTheMiddleHalf(t *testing.T) {
	known := func(vs ...float64) (out []stat.Value) {
		for _, v := range vs {
			out = append(out, stat.Of(v))
		}
		return out
	}
	seven := known(10, 20, 30, 40, 50, 60, 70) // quartiles 25 and 55
	for _, c := range []struct {
		name  string
		own   stat.Value
		peers []stat.Value
		less  bool
		want  Standing
	}{
		{"above", stat.Of(56), seven, false, Strength}, {"at the quartile", stat.Of(55), seven, false, 0}, {"below", stat.Of(24), seven, false, Gap},
		{"less is better", stat.Of(24), seven, true, Strength}, {"and more is worse", stat.Of(56), seven, true, Gap},
		{"all alike", stat.Of(5), known(5, 5, 5, 5, 5), false, 0},
		{"four peers", stat.Of(1000), append(known(1, 2, 3, 4), stat.Missing(stat.Failed)), false, 0},
		{"five with a value, two without", stat.Of(1000), append(known(1, 2, 3, 4, 5), stat.Missing(stat.Failed), stat.Missing(stat.Unknown)), false, Strength},
		{"no value of its own", stat.Missing(stat.Failed), seven, false, 0},
	} {
		if got := Against(c.own, c.peers, c.less); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		has       bool
		peers, of int
		want      Standing
	}{{true, 3, 7, Strength}, {true, 4, 7, 0}, {false, 4, 7, Gap}, {false, 3, 7, 0}, {false, 3, 6, 0}, {true, 3, 6, 0}, {false, 4, 4, 0}, {true, 0, 5, Strength}} {
		if got := AgainstMost(c.has, c.peers, c.of); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestAPlanIsFollowed(t *testing.T) {
	g := good(t)
	if got := g.Plans.Comuni(); !slices.Equal(got, []int{aglie, none_}) {
		t.Fatal(got)
	}
	var got []string
	for _, x := range g.Plans.Of(none_) {
		got = append(got, fmt.Sprintf("%s %s %.2f %v", g.Plans.Areas[x.Area].ID, x.State, x.Progress().N, x.Late(20310101)))
	}
	want := []string{"infrastruttura concluso 1.00 false", "pagamenti in_corso 0.44 true", "sportelli in_corso 0.40 false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if x := g.Plans.Of(aglie)[0]; x.Progress().OK() || x.Value.Kind != stat.Unknown || x.Measured != 0 {
		t.Errorf("what was not measured yet has a value: %+v", x)
	}
	if g.Plans.Of(samone) != nil {
		t.Error("a Comune without a plan has one")
	}
	for value, want := range map[float64]float64{-3: 0, 0: 0, 5: 0.5, 12: 1} {
		if got := (Action{Target: 10, Value: stat.Of(value)}).Progress(); got.N != want {
			t.Errorf("%g of 10 is %g", value, got.N)
		}
	}
}

func TestAssessmentsAreOfEnoughPersonsOrWithheld(t *testing.T) {
	g := good(t)
	c := g.Cohort("vicini")
	said := func(m Mean) string {
		if !m.Value.OK() {
			return m.Value.Kind.Code() + fmt.Sprint(m.Persons)
		}
		return fmt.Sprintf("%.2f/%d/%d", m.Value.N, m.Persons, m.Comuni)
	}
	var got []string
	for _, x := range c.Changes(3) {
		d := x.Difference()
		got = append(got, fmt.Sprintf("%s|%s|%s|%s|%s%.2f", x.Area, x.Question, said(x.Before), said(x.After), d.Kind.Code(), d.N))
	}
	want := []string{
		"Servizi|Uso i servizi online|2.70/6/2|3.80/4/2|1.10",          // weighted with persons
		"Servizi|Aiuto chi non sa|riservato0|riservato0|riservato0.00", // at both ends of the scale
		"Dati|So cercare un dato|riservato0|3.00/3/1|riservato0.00",    // two persons before
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if first := c.Changes(3)[0].Before; first.First != 20300110 || first.Last != 20300120 {
		t.Errorf("%+v", first)
	}
}

// The order of the lines makes no figure, only the order in which they are read.
func TestAssessmentsInAnyOrderGiveTheSameMeans(t *testing.T) {
	g := good(t)
	c := *g.Cohort("vicini")
	means := func() (out []string) {
		for _, x := range c.Changes(3) {
			out = append(out, fmt.Sprintf("%s %s %v %v", x.Area, x.Question, x.Before, x.After))
		}
		slices.Sort(out)
		return out
	}
	want := means()
	c.Assessments = slices.Clone(c.Assessments)
	slices.Reverse(c.Assessments)
	if got := means(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsInventedIsCountedByFile(t *testing.T) {
	g := good(t)
	var got []string
	for _, f := range g.Fictions {
		got = append(got, f.Problem().String())
	}
	const hint = "\n    hint: put the real entries here, or set produzione = false"
	want := []string{"data/accademia/corsi.csv:3: produzione is true, but 1 row is invented, this one first" + hint,
		"data/gruppi/valutazioni.csv:2: produzione is true, but 9 rows are invented, this one first" + hint}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzRead(f *testing.F) {
	whole, a := folders(f), piedmont(f)
	names := slices.Sorted(maps.Keys(whole))
	for i, name := range names {
		f.Add(uint8(i), whole[name].Data)
	}
	f.Fuzz(func(t *testing.T, which uint8, raw []byte) {
		fsys := maps.Clone(whole)
		fsys[names[int(which)%len(names)]] = &fstest.MapFile{Data: raw}
		var list diag.List
		g, ok := Read(fsys, a, &list)
		if ok != (list.Len() == 0) {
			t.Fatal("refused without a reason, or not in spite of one")
		}
		for _, p := range list.Problems() {
			if !strings.HasPrefix(p.File, "data/") {
				t.Fatalf("a problem without a place: %+v", p)
			}
		}
		rules := NewRules(&g.Academy)
		rules.Of(&Subject{Measures: make([]Measure, len(rules.Measures)), Figures: make([]Figure, len(rules.Figures)), Answers: make([]Answer, len(rules.Answers))})
		for _, c := range g.Cohorts {
			for _, x := range c.Changes(3) {
				if m := x.Before; m.Value.OK() && (m.Value.N < c.Scale.Min || m.Value.N > c.Scale.Max || m.Persons < 3) {
					t.Fatalf("%+v is shown", m)
				}
			}
		}
		for _, i := range g.Plans.Comuni() {
			for _, x := range g.Plans.Of(i) {
				if v := x.Progress(); v.OK() && !(v.N >= 0 && v.N <= 1) {
					t.Fatalf("%+v is done by %g", x, v.N)
				}
			}
		}
	})
}
