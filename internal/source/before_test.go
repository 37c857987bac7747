package source

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// told prints an account, the variables of a few ids and the rows left out.
func told(a *atlas.Atlas, lib Library) string {
	var b strings.Builder
	for _, x := range lib.Accounts {
		for _, e := range x.Excluded {
			if e.Reason.Cause == NotYet || e.Reason.Cause == NoMore {
				fmt.Fprintf(&b, "%s: %d %s\n", x.File, e.Rows, e.Reason)
			}
		}
	}
	for _, v := range lib.Variables {
		if v.ID != "piano/strade/finanziato" && v.ID != "uso/usi" {
			continue
		}
		fmt.Fprintf(&b, "%s %s:", v.ID, v.Date)
		for i, x := range v.Values {
			fmt.Fprintf(&b, " %s %v%s", a.Comuni[i].Name, x.N, x.Kind.Code())
		}
		b.WriteByte('\n')
	}
	for _, m := range lib.Matches {
		if m.How == LeftNotYet || m.How == LeftNoMore {
			fmt.Fprintf(&b, "%s:%d %s %s%v\n", m.File, m.Line, m.How.Code(), m.Unborn.Name, m.Unborn.Of)
		}
	}
	return b.String()
}

func TestAFileYoungerThanTheDisplayDateSaysNothingOfPartsOfAWhole(t *testing.T) {
	for _, c := range []struct {
		name    string
		display atlas.Date
		want    string
	}{
		{"before all mergers", 20260101, `fonti/piano/lista_9.2026-07-15.csv: 2 of Comuni that had ended at the date of the row
fonti/uso/uso.2026-03-01.csv: 1 of Comuni not yet born at the display date
piano/strade/finanziato 2026-07-15: Alfa 1 Bravo 0 Carlo 0 Echo 0non_confrontabile Foxtrot 0non_confrontabile Hotel 0non_confrontabile India 0non_confrontabile
uso/usi 2026-02-01: Alfa 3 Bravo 0non_rilevato Carlo 0assente Echo 4 Foxtrot 5 Hotel 6 India 7
uso/usi 2026-03-01: Alfa 9 Bravo 0assente Carlo 0assente Echo 4 Foxtrot 0assente Hotel 0non_confrontabile India 0non_confrontabile
fonti/piano/lista_9.2026-07-15.csv:7 non-piu []
fonti/piano/lista_9.2026-07-15.csv:8 non-piu []
fonti/uso/uso.2026-03-01.csv:9 non-ancora Golf[5 6]
`},
		{"between them", 20260615, `fonti/piano/lista_9.2026-07-15.csv: 2 of Comuni that had ended at the date of the row
piano/strade/finanziato 2026-07-15: Alfa 1 Bravo 0 Carlo 0 Echo 0non_confrontabile Foxtrot 0non_confrontabile Golf 0
uso/usi 2026-02-01: Alfa 3 Bravo 0non_rilevato Carlo 0assente Echo 4 Foxtrot 5 Golf 13
uso/usi 2026-03-01: Alfa 9 Bravo 0assente Carlo 0assente Echo 4 Foxtrot 0assente Golf 8
fonti/piano/lista_9.2026-07-15.csv:7 non-piu []
fonti/piano/lista_9.2026-07-15.csv:8 non-piu []
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			a := countryAt(t, c.display)
			lib := Read(files(t), "fonti", a, c.display, &list)
			if got := lines(list.Problems()) + told(a, lib); got != c.want {
				t.Errorf("got\n%s", got)
			}
			balanced(t, lib)
		})
	}
}

func TestARowOfAComuneNotYetBornIsKnownByCodeByIPAIdAndByName(t *testing.T) {
	for _, c := range []struct{ name, row, want string }{
		{"code", "zzz,Comune di Golf,Comuni,001007", "non-ancora"},
		{"code, whatever the name", "zzz,Comune di Alfa,Comuni,001007", "non-ancora"},
		{"code outvoted by IPA id and name", "c_a001,Comune di Alfa,Comuni,001007", "ipa"},
		{"IPA id", "c_g007,Comune di nessuno,Comuni,N/D", "non-ancora"},
		{"name", "zzz,Comune di Golf,Comuni,N/D", "non-ancora"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := files(t)
			edit{pl, "c_b002,Comune di Bravo,Comuni,001002,AL,1,", c.row + ",AL,1,"}.apply(t, fsys)
			var list diag.List
			lib := Read(fsys, "fonti", countryAt(t, 20260101), 20260101, &list)
			i := slices.IndexFunc(lib.Matches, func(m Match) bool { return m.Source == "piano" && m.Line == 6 })
			if i < 0 || lib.Matches[i].How.Code() != c.want || list.Len() > 0 {
				t.Errorf("got %+v\n%s", lib.Matches, lines(list.Problems()))
			}
		})
	}
}

// The order of a publisher's rows means nothing: whatever it is, figures,
// accounts and match report are the same, but for the numbers of the lines.
func TestTheOrderOfTheRowsChangesNothing(t *testing.T) {
	summary := func(lib Library) string {
		var b strings.Builder
		for _, m := range lib.Matches {
			m.Line = 0
			fmt.Fprintf(&b, "%+v\n", m)
		}
		return b.String() + fmt.Sprint(lib.Accounts, lib.Variables, lib.Texts, lib.Checks)
	}
	fsys := files(t)
	want := summary(readAllOf(t, fsys, &diag.List{}))
	random := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		shuffled := maps.Clone(fsys)
		for _, name := range []string{"fonti/" + pl, "fonti/" + ut} {
			file := *fsys[name]
			rows := strings.SplitAfter(strings.TrimSuffix(string(file.Data), "\n"), "\n")
			rows[len(rows)-1] += "\n"
			random.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
			file.Data = []byte(strings.Join(rows, ""))
			shuffled[name] = &file
		}
		if got := summary(readAllOf(t, shuffled, &diag.List{})); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestTheLibraryOfAnEarlierDayPassesOverWhatIsYounger(t *testing.T) {
	fsys := files(t)
	fsys["fonti/piano/lista_9.2026-06-30.csv"] = fsys["fonti/"+pl]
	a := country(t)
	for _, c := range []struct {
		name  string
		until atlas.Date
		want  string
	}{
		{"every file is of the day or before", 20260814, "piano/ponti/finanziato 2026-07-15, piano/strade/finanziato 2026-07-15, piano/strade/pagato 2026-07-15, uso/usi 2026-02-01, uso/usi 2026-03-01 [2026-07-15] [2026-02-01 2026-03-01]"},
		{"the older list, and the older of two dates in one file", 20260630, "piano/ponti/finanziato 2026-06-30, piano/strade/finanziato 2026-06-30, piano/strade/pagato 2026-06-30, uso/usi 2026-02-01, uso/usi 2026-03-01 [2026-06-30] [2026-02-01 2026-03-01]"},
		{"no list is so old, one of two dates in one file is", 20260210, "piano/ponti/finanziato 2026-07-15, piano/strade/finanziato 2026-07-15, piano/strade/pagato 2026-07-15, uso/usi 2026-02-01 [2026-07-15] [2026-02-01]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			lib := ReadUntil(fsys, "fonti", a, c.until, &list)
			var got []string
			for _, v := range lib.Variables {
				if v.Source == "piano" || v.ID == "uso/usi" {
					got = append(got, v.ID+" "+v.Date.String())
				}
			}
			slices.Sort(got)
			if s := strings.Join(got, ", ") + fmt.Sprint(" ", lib.Sources[0].Dates, " ", lib.Sources[1].Dates); s != c.want || list.Len() > 0 {
				t.Errorf("got %s\n%s", s, lines(list.Problems()))
			}
			if newer := lib.Newer(c.until); newer != (c.until == 20260210 || c.until == 20260630) {
				t.Errorf("anything newer: %v", newer)
			}
		})
	}
}
