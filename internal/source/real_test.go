package source_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/source"
	"mappa/internal/stat"
)

func italy(t testing.TB) *atlas.Atlas {
	var list diag.List
	in, _ := istat.Read(os.DirFS("../.."), "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814}, &list)
	if list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	return a
}

// TestTheShippedSourcesSayWhatTheySaid holds the shipped files to
// testdata/italia.txt: rows by file, sums by variable, projects by
// intervention, and every row that was not matched by plain code.
func TestTheShippedSourcesSayWhatTheySaid(t *testing.T) {
	a := italy(t)
	var list diag.List
	lib := source.Read(os.DirFS("../.."), "data/fonti", a, a.Display, &list)
	for _, p := range list.Problems() {
		t.Error(p)
	}
	for _, x := range lib.Accounts {
		sum := x.Used
		for _, e := range x.Excluded {
			sum += e.Rows
		}
		if sum != x.Read {
			t.Errorf("%s: %d rows read, %d accounted for", x.File, x.Read, sum)
		}
	}
	got := report(lib, a, list.Notes())
	const golden = "testdata/italia.txt"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(got, "\n") {
		if w := strings.Split(string(want), "\n"); i >= len(w) || w[i] != line {
			t.Fatalf("%s:%d: got %q", golden, i+1, line)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s has more lines", golden)
	}
}

func report(lib source.Library, a *atlas.Atlas, notes []diag.Problem) string {
	var b strings.Builder
	title := func(s string) { fmt.Fprintf(&b, "\n# %s\n", s) }
	b.WriteString("What the shipped sources say at 14 August 2026. Written by go test -update.\n")
	title("rows: read, used, excluded")
	for _, x := range lib.Accounts {
		fmt.Fprintf(&b, "%s: %d, %d", path.Base(x.File), x.Read, x.Used)
		for _, e := range x.Excluded {
			fmt.Fprintf(&b, ", %d %s", e.Rows, e.Reason)
		}
		b.WriteByte('\n')
	}
	title("our sums and the publisher's, in euros")
	for _, c := range lib.Checks {
		fmt.Fprintf(&b, "%s, %s: %s on %s, %s; compared %v, agrees %v\n", c.Measure, c.What, c.Ours, c.List.Date, c.Theirs, c.Compared, c.Agrees)
	}
	title("interventions: Comuni never, renounced, financed, paid; projects; euros")
	for _, p := range lib.Programmes {
		for k, i := range p.Interventions {
			fmt.Fprintf(&b, "%s of %s: %v; %v; %s, paid %s; supports paid %v, stale %v; %d months\n",
				i.ID, i.List.Date, i.Comuni[source.None:], i.Projects[source.Renounced:], i.Amount, i.Paid, i.SupportsPaid, i.Stale, len(p.Steps(k)))
		}
		fmt.Fprintf(&b, "calls: %d, of the interventions %d\n", len(p.Calls), of(p.Calls))
	}
	variables(&b, lib)
	title("matches not by plain code")
	for _, m := range lib.Matches {
		fmt.Fprintf(&b, "%s:%d %s: %s (%s), %s", path.Base(m.File), m.Line, m.Found, a.Comuni[m.Comune].Name, a.Comuni[m.Comune].Cadastral, m.How.Code())
		switch m.How {
		case source.ByCodeAndName, source.ByIPAAndName:
			fmt.Fprintf(&b, " against %s (%s)", a.Comuni[m.Other].Name, a.Comuni[m.Other].Cadastral)
		case source.ByOtherCode:
			fmt.Fprintf(&b, " of %s, %s to %s", m.Bearer.Name, m.Bearer.From, m.Bearer.To)
		case source.ByName:
			fmt.Fprintf(&b, " %d", m.Alias)
		case source.ByException:
			b.WriteString(": " + m.Reason)
		}
		b.WriteByte('\n')
	}
	title("notes")
	for _, n := range notes {
		fmt.Fprintln(&b, n)
	}
	return b.String()
}

func variables(b *strings.Builder, lib source.Library) {
	b.WriteString("\n# variables: sum, Comuni by kind\n")
	for _, v := range lib.Variables {
		kinds, sum := map[stat.Kind]int{}, 0.0
		for _, x := range v.Values {
			kinds[x.Kind]++
			sum += x.N
		}
		fmt.Fprintf(b, "%s %s: %.1f in %d", v.ID, v.Date, sum, kinds[stat.Known])
		for _, k := range stat.Kinds() {
			if kinds[k] > 0 {
				fmt.Fprintf(b, ", %d %s", kinds[k], k.Code())
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString("\n# addresses by date\n")
	for _, x := range lib.Texts {
		dates := map[atlas.Date]int{}
		for _, d := range x.Dates {
			dates[d]++
		}
		fmt.Fprintln(b, x.ID, dates)
	}
}

func of(calls []source.Call) int {
	n := 0
	for _, c := range calls {
		if c.Intervention >= 0 {
			n++
		}
	}
	return n
}

// TestAComuneReadsAsItsProjectsDo holds one Comune's positions to the rows that
// the lists have of it.
func TestAComuneReadsAsItsProjectsDo(t *testing.T) {
	a := italy(t)
	lib := source.Read(os.DirFS("../.."), "data/fonti", a, a.Display, &diag.List{})
	suvereto := slices.IndexFunc(a.Comuni, func(c atlas.Comune) bool { return c.Cadastral == "L019" })
	p := lib.Programmes[0]
	got := ""
	for k, x := range p.Positions[suvereto] {
		got += fmt.Sprintf("%s %s %s %s %d\n", p.Interventions[k].ID, x.Amount, x.Stage, x.Since, len(x.Renounced))
	}
	want := `cloud 77897.00 finanziato 2022-09-05 0
pdnd 10172.00 pagato 2024-08-18 0
anncsu 4326.40 pagato 2026-03-09 0
sito-servizi 79922.00 finanziato 2023-01-03 0
pagopa 29743.00 finanziato 2023-03-15 1
app-io 8262.00 finanziato 2022-10-07 0
spid-cie 14000.00 pagato 2024-12-05 0
ansc 6173.20 finanziato 2025-01-24 0
send 23147.00 pagato 2025-08-13 0
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func BenchmarkRead(b *testing.B) {
	a := italy(b)
	for b.Loop() {
		source.Read(os.DirFS("../.."), "data/fonti", a, a.Display, &diag.List{})
	}
}
