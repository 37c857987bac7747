package source

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

const (
	alfa = iota
	bravo
	carlo
	delta
	golf
)

func good(t *testing.T) Library {
	t.Helper()
	var list diag.List
	lib := readAllOf(t, files(t), &list)
	if list.Len() > 0 {
		t.Fatal(lines(list.Problems()))
	}
	return lib
}

func TestPositionsFollowFromProjects(t *testing.T) {
	p := good(t).Programmes[0]
	for _, c := range []struct {
		name                 string
		comune, intervention int
		want                 string // stage, since, amount, paid, projects, open, renounced
	}{
		{"paid when one of two is, financed again under the same CUP after renouncing", alfa, 0, "pagato 2024-06-01 200.50 150.50 2 1 1"},
		{"renounced", bravo, 0, "rinunciato 2023-04-01 0.00 0.00 0 0 1"},
		{"financed, and two rows left out", bravo, 1, "finanziato 2023-04-01 10.25 0.00 1 1 0"},
		{"not in the list", carlo, 0, "mai_richiesto  0.00 0.00 0 0 0"},
		{"a row that stands twice counts once", carlo, 1, "finanziato 2022-06-01 5.00 0.00 1 1 0"},
		{"projects of merged Comuni add up", delta, 0, "pagato 2023-06-01 50.00 20.00 2 1 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := p.Positions[c.comune][c.intervention]
			got := fmt.Sprint(x.Stage, x.Since, x.Amount, x.Paid, len(x.Projects), x.Open(), len(x.Renounced))
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnInterventionSaysWhatItsListSupports(t *testing.T) {
	a := country(t)
	for _, c := range []struct {
		name         string
		intervention int
		display      atlas.Date
		want         string // SupportsPaid, Stale, Conclusive
	}{
		{"paid rows and young", 0, 20260814, "true false true"},
		{"no paid rows", 1, 20260814, "false false false"},
		{"twelve months to the day", 0, 20270715, "true false true"},
		{"older than twelve months", 0, 20270716, "true true false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lib := Read(files(t), "fonti", a, c.display, &diag.List{})
			i := lib.Programmes[0].Interventions[c.intervention]
			if got := fmt.Sprint(i.SupportsPaid, i.Stale, i.Conclusive()); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestFlagsCoverEveryComuneAndPaidOnlyWhereTheListTells(t *testing.T) {
	got := map[string][]stat.Value{}
	for _, v := range good(t).Variables {
		if v.Source == "piano" {
			got[v.ID+" "+v.Date.String()] = v.Values
		}
	}
	no, yes := stat.Of(0), stat.Of(1)
	want := map[string][]stat.Value{
		"piano/strade/finanziato 2026-07-15": {yes, no, no, yes, no},
		"piano/strade/pagato 2026-07-15":     {yes, no, no, yes, no},
		"piano/ponti/finanziato 2026-07-15":  {no, yes, yes, no, no},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestACallIsOpenBetweenItsDatesOnly(t *testing.T) {
	calls := good(t).Programmes[0].Calls
	for _, c := range []struct {
		call int
		day  atlas.Date
		want bool
	}{{0, 20220331, false}, {0, 20220401, true}, {0, 20220531, true}, {0, 20220601, false}, {1, 20260814, true}, {2, 20260814, false}} {
		if got := calls[c.call].Open(c.day); got != c.want {
			t.Errorf("call %q open on %s: %v", calls[c.call].Title, c.day, got)
		}
	}
	if calls[0].Intervention != 0 || calls[1].Intervention != 1 || calls[2].Intervention != -1 || len(calls[1].For) != 2 {
		t.Errorf("got %+v", calls)
	}
}

func TestANewCallShowsInTheHistoryOfTheDenominator(t *testing.T) {
	got := fmt.Sprint(good(t).Programmes[0].Steps(0))
	want := "[{202204 1 0 0 0} {202205 3 0 0 1} {202206 4 1 0 1} {202304 5 2 0 2} {202305 6 2 0 2} {202306 6 2 1 2} {202406 6 2 2 2}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSumsAreHeldAgainstThePublishersTotals(t *testing.T) {
	got := fmt.Sprint(good(t).Checks)
	want := "[{piano 9 finanziato {fonti/piano/lista_9.2026-07-15.csv 2026-07-15} {fonti/piano/totali.2026-07-15.csv 2026-07-15} 2284.75 2284.00 true true}" +
		" {piano 9 pagato {fonti/piano/lista_9.2026-07-15.csv 2026-07-15} {fonti/piano/totali.2026-07-15.csv 2026-07-15} 1170.50 1170.00 true true}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestATableIsBroughtToTheComuniInForce(t *testing.T) {
	got := map[string]string{}
	for _, v := range good(t).Variables {
		if v.Source != "uso" {
			continue
		}
		s := ""
		for _, x := range v.Values {
			if s += " "; x.OK() {
				s += fmt.Sprint(x.N)
			} else {
				s += x.Kind.Code()
			}
		}
		got[v.ID+" "+v.Date.String()] = s[1:]
	}
	want := map[string]string{
		"uso/usi 2026-02-01":     "3 non_rilevato assente 9 13",
		"uso/usi 2026-03-01":     "9 assente assente non_confrontabile 8",
		"uso/voto 2026-02-01":    "29 non_rilevato assente non_confrontabile non_confrontabile",
		"uso/voto 2026-03-01":    "40 assente assente non_confrontabile 41",
		"uso/peso 2026-02-01":    "1.5 non_rilevato assente non_confrontabile non_confrontabile",
		"uso/peso 2026-03-01":    "non_rilevato assente assente non_confrontabile 2",
		"uso/modello 2026-02-01": "1 non_rilevato assente non_confrontabile non_confrontabile",
		"uso/modello 2026-03-01": "non_rilevato assente assente non_confrontabile 1",
	}
	for id, w := range want {
		if got[id] != w {
			t.Errorf("%s: got %q, want %q", id, got[id], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d variables, want %d", len(got), len(want))
	}
}

func TestAnAddressIsTheOneThatAnsweredLast(t *testing.T) {
	got := good(t).Texts[0]
	if want := "{uso/sito uso [https://www.alfa.example/    https://golf.example/] [2026-02-01    2026-03-01]}"; fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}

func TestOnlyHTTPAddressesAreTaken(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.comune.alfa.it/home": "https://www.comune.alfa.it/home", " http://alfa.it": "http://alfa.it",
		"": "", "www.alfa.it": "", "ftp://alfa.it": "", "javascript:alert(1)": "", "https://mail@alfa.it": "", "https://alfa": "",
		"https://www.alfa,it": "", "http://https://www.alfa.it": "", "https://alfa .it": "", "https://a..it": "", "data:text/html,x": "",
	} {
		if got, ok := webAddress(in); got != want || ok != (want != "") {
			t.Errorf("%q: got %q %v", in, got, ok)
		}
	}
}

func TestEveryRowIsAccountedFor(t *testing.T) {
	lib := good(t)
	got := ""
	for _, a := range lib.Accounts {
		got += fmt.Sprintf("%s %d %d %v\n", a.File, a.Read, a.Used, a.Excluded)
	}
	want := `fonti/piano/lista_9.2026-07-15.csv 13 8 [{non è un intervento 1} {prova 1} {scuole 1} {unioni 1} {repeated 1}]
fonti/piano/avvisi.2026-07-01.csv 3 3 []
fonti/piano/totali.2026-07-15.csv 3 2 [{another total 1}]
fonti/uso/uso.2026-03-01.csv 9 9 []
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
	balanced(t, lib)
}

func balanced(t testing.TB, lib Library) {
	t.Helper()
	for _, a := range lib.Accounts {
		sum := a.Used
		for _, x := range a.Excluded {
			sum += x.Rows
		}
		if sum != a.Read {
			t.Errorf("%s: %d rows read, %d accounted for", a.File, a.Read, sum)
		}
	}
}

func TestMatchesByAnythingButPlainCodeAreListed(t *testing.T) {
	got := ""
	for _, m := range good(t).Matches {
		got += fmt.Sprintf("%s:%d %s: %d %s %d %d %s\n", m.File, m.Line, m.Found, m.Comune, m.How.Code(), m.Other, m.Alias, m.Reason)
	}
	want := `fonti/piano/lista_9.2026-07-15.csv:13 "001003" "c_a001" "Comune di Carlo": 2 codice-e-nome 0 0 
fonti/piano/lista_9.2026-07-15.csv:14 "001003" "c_a001" "Comune di Carlo": 2 codice-e-nome 0 0 
fonti/piano/lista_9.2026-07-15.csv:7 "N/D" "c_e005" "(SOPPRESSO) Comune di Echo": 3 ipa -1 0 
fonti/piano/lista_9.2026-07-15.csv:8 "f999" "Comune di Foxtrot": 3 nome -1 4 
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestTwoReadingsAreTheSame(t *testing.T) {
	first := good(t)
	for range 20 {
		if again := good(t); !reflect.DeepEqual(first, again) {
			t.Fatal("two readings of the same files differ")
		}
	}
}

func TestATotalOfAnotherDayOfTheMonthIsNoted(t *testing.T) {
	fsys := files(t)
	edit{pt, "decretato,2284", "decretato,2283"}.apply(t, fsys)
	edit{pt, rename, "piano/totali.2026-07-20.csv"}.apply(t, fsys)
	var list diag.List
	readAllOf(t, fsys, &list)
	want := "fonti/piano/totali.2026-07-20.csv:2:11: the publisher's total of finanziato is 2283.00 euros, the rows of fonti/piano/lista_9.2026-07-15.csv add up to 2284.75"
	if list.Len() > 0 || !strings.Contains(lines(list.Notes()), want) {
		t.Errorf("got\n%s%s", lines(list.Problems()), lines(list.Notes()))
	}
}

func TestAnotherEncodingIsReadAndNoted(t *testing.T) {
	fsys := files(t)
	edit{pa, "9.8 Altro", "9.8 Citt\xe0"}.apply(t, fsys)
	var list diag.List
	lib := readAllOf(t, fsys, &list)
	want := "fonti/piano/avvisi.2026-07-01.csv: is read as Windows-1252\n"
	if got := lines(list.Notes()); list.Len() > 0 || !strings.Contains(got, want) || lib.Programmes[0].Calls[2].Title != "9.8 Città" {
		t.Errorf("got %s", got)
	}
}

func TestNotesSayWhatWasTakenForGranted(t *testing.T) {
	var list diag.List
	readAllOf(t, files(t), &list)
	want := `fonti/piano/lista_9.2026-06-30.csv: gives way to lista_9.2026-07-15.csv, which is newer
fonti/piano/lista_9.2026-07-15.csv:14:63: the row repeats line 13 and counts once
fonti/uso/uso.2026-03-01.csv:8:46: "https://mail@alfa.example/" is not a web address and is left out
`
	if got := lines(list.Notes()); got != want {
		t.Errorf("got\n%s", got)
	}
}
