package source

import (
	"flag"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the wanted output")

// country is the small country of testdata/fonti.txtar on 14 August 2026.
func country(t testing.TB) *atlas.Atlas {
	a := countryAt(t, 0)
	if len(a.Comuni) != 5 || a.Comuni[3].Name != "Delta" || a.Display != 20260814 {
		t.Fatalf("the country has %d Comuni on %s", len(a.Comuni), a.Display)
	}
	return a
}

// countryAt is that country on another day, 0 for 14 August 2026.
func countryAt(t testing.TB, display atlas.Date) *atlas.Atlas {
	place := func(istat, cadastral, name string) atlas.Place {
		return atlas.Place{ISTAT: istat, Cadastral: cadastral, Name: name, Unit: "001", UnitName: "Alessandria", Prefix: "001", Kind: atlas.Provincia,
			Plate: "AL", Region: "01", RegionName: "Piemonte", Rip: "1", RipName: "Nord-ovest"}
	}
	merger := func(from, to atlas.Date, istat, cadastral, name, newISTAT, newCadastral, newName string) atlas.Event {
		return atlas.Event{Kind: atlas.Merger, From: from, To: to, OldISTAT: istat, OldCadastral: cadastral, OldName: name,
			NewISTAT: newISTAT, NewCadastral: newCadastral, NewName: newName}
	}
	in := atlas.Input{
		Lists: []atlas.List{{Source: atlas.Source{Date: 20260814}, Places: []atlas.Place{
			place("001001", "A001", "Alfa"), place("001002", "B002", "Bravo"), place("001003", "C003", "Carlo"),
			place("001004", "D004", "Delta"), place("001007", "G007", "Golf")}}},
		Variations: atlas.Variations{From: 20210101, Events: []atlas.Event{
			merger(20260701, 20260701, "001005", "E005", "Echo", "001004", "D004", "Delta"),
			merger(20260701, 20260701, "001006", "F006", "Foxtrot", "001004", "D004", "Delta"),
			merger(20260101, 20260601, "001008", "H008", "Hotel", "001007", "G007", "Golf"),
			merger(20260101, 20260601, "001009", "I009", "India", "001007", "G007", "Golf")}},
	}
	t.Helper()
	// The country has no population and no addresses, which nobody asks for here.
	a, _ := atlas.New(in, atlas.Setting{Date: display}, &diag.List{})
	return a
}

// files are those of testdata/fonti.txtar.
func files(t testing.TB) fstest.MapFS {
	raw, err := os.ReadFile("testdata/fonti.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, f := range txtar.Parse(raw).Files {
		out[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return out
}

func readAllOf(t testing.TB, fsys fs.FS, list *diag.List) Library {
	a := country(t)
	return Read(fsys, "fonti", a, a.Display, list)
}

func lines(problems []diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}
