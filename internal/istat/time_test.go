package istat

import (
	"slices"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// with adds lines to files of the small country.
func with(lines map[string]string) map[string]string {
	files := smallCountry()
	for name, text := range lines {
		files[name] += text
	}
	return files
}

func TestVariationsApplyInBothDirections(t *testing.T) {
	later := with(map[string]string{"variazioni.csv": `cambio codice,2024-02-01,2024-02-01,001002,A002,Beta,001012,A002,Beta,legge
cambio denominazione,2024-03-01,2024-03-01,001012,A002,Beta,001012,A002,Beta Terme,legge
incorporazione,2024-04-01,2024-06-01,001004,A004,Delta,001001,A001,Alfa,legge
costituzione,2024-07-01,2024-07-01,001001,A001,Alfa,001015,A015,Omega,legge
cessione di territorio,2024-08-01,2024-08-01,001001,A001,Alfa,001012,A002,Beta Terme,legge
`})
	for _, c := range []struct {
		at   atlas.Date
		want string
	}{
		{20221231, "001001 Alfa, 001002 Beta, 001003 Gamma, 001005 Epsilon"},
		{20230101, "001001 Alfa, 001002 Beta, 001004 Delta"},
		{20240201, "001001 Alfa, 001004 Delta, 001012 Beta"},
		{20240401, "001001 Alfa, 001004 Delta, 001012 Beta Terme"},
		{20240601, "001001 Alfa, 001012 Beta Terme"},
		{20240801, "001001 Alfa, 001012 Beta Terme, 001015 Omega"},
	} {
		a, _ := read(later, c.at)
		var got []string
		for _, m := range a.Comuni {
			got = append(got, m.ISTAT+" "+m.Name)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", c.at, s, c.want)
		}
	}
}

func TestALaterSplitLeavesTheNewComuneWithoutResidentsAndShape(t *testing.T) {
	files := with(map[string]string{"variazioni.csv": "costituzione,2024-07-01,2024-07-01,001001,A001,Alfa,001015,A015,Omega,legge\n"})
	a, problems := read(files, 20240701)
	if want := []string{"popolazione/popolazione.2022-12-31.csv: the residents of Omega, code \"001015\", are missing\n    hint: add a row for it"}; !slices.Equal(problems, want) {
		t.Errorf("got %q", problems)
	}
	if i, ok := a.Trace("001001", 20240101); !ok || a.Comuni[i].Name != "Alfa" {
		t.Error("the split Comune is lost")
	}
	before, _ := read(files, 20240101)
	if i, ok := before.Trace("001015", 20240701); !ok || before.Comuni[i].Name != "Alfa" {
		t.Error("the new Comune's land does not go back to the old one")
	}
}

func TestAMergedShapeBelongsToNoneOfItsParts(t *testing.T) {
	a, _ := read(smallCountry(), 20221231)
	if i, ok := a.Trace("001004", 20240101); ok {
		t.Errorf("Delta went to %s", a.Comuni[i].Name)
	}
	var list diag.List
	shapes := atlas.Shapes{Codes: []string{"001001", "001002", "001004", "001001", "009999"}, Date: 20240101, Where: func(i int) diag.Problem {
		if i < 0 {
			return diag.Problem{File: "c.zip"}
		}
		return diag.Problem{File: "c.zip", Record: "layer Com, record " + string(rune('1'+i))}
	}}
	got := a.Regroup(shapes, &list)
	if !slices.Equal(got, []int{0, 1, -1, -1, -1}) {
		t.Errorf("got %v", got)
	}
	var said []string
	for _, p := range list.Problems() {
		said = append(said, p.String())
	}
	want := []string{
		"c.zip: Epsilon, code \"001005\", has no shape\n    hint: add the shape, or the variation that the Comune came from",
		"c.zip: Gamma, code \"001003\", has no shape\n    hint: add the shape, or the variation that the Comune came from",
		"c.zip: layer Com, record 3: the shape of Delta, code \"001004\" on 2024-01-01, belongs to no one Comune of 2022-12-31\n    hint: add the variation that leads from it to its successor",
		"c.zip: layer Com, record 4: two shapes bear the code \"001001\", the first is layer Com, record 1\n    hint: keep one shape for each code",
		"c.zip: layer Com, record 5: the code \"009999\" was nobody's on 2024-01-01\n    hint: it is on no list; look for a lost digit",
	}
	if !slices.Equal(said, want) {
		t.Errorf("got\n%s", strings.Join(said, "\n"))
	}
	list = diag.List{}
	shapes.Partial = true
	a.Regroup(shapes, &list)
	if list.Len() != 3 {
		t.Errorf("of lines that were read in part nobody can say who is missing: %v", list.Problems())
	}
}

func TestADisplayDateOutsideTheVariationsIsRefused(t *testing.T) {
	for at, want := range map[atlas.Date]string{
		20201231: "mappa.toml:3: the display date 2020-12-31 is too early: the variations begin on 2021-01-01\n    hint: choose a later date, or complete t/variazioni.csv",
		20240102: "mappa.toml:3: the display date 2024-01-02 is too late: list and variations are known until 2024-01-01\n    hint: choose an earlier date, or put in a newer list",
		20221231: "mappa.toml:3: the residents of Gamma (001003), Epsilon (001005) are not known on 2022-12-31: the count is by the Comuni of 2023-01-01, in which they had merged\n    hint: choose a display date from 2023-01-01 on, or put in a count by older codes",
	} {
		if _, got := read(smallCountry(), at); !slices.Contains(got, want) {
			t.Errorf("%s: got %q", at, got)
		}
	}
}

func TestVariationsThatRunInACircleAreRefused(t *testing.T) {
	for _, c := range []struct{ name, events, want string }{
		{"mergers", "incorporazione,2024-02-01,2024-02-01,001001,A001,Alfa,001002,A002,Beta,legge\nincorporazione,2024-03-01,2024-03-01,001002,A002,Beta,001001,A001,Alfa,legge\n",
			"variazioni.csv:4: the variations run in a circle: 001001 → 001002 → 001001\n    hint: correct the codes, or the dates"},
		{"codes on one day", "cambio codice,2024-02-01,2024-02-01,001001,A001,Alfa,001011,A001,Alfa,legge\ncambio codice,2024-02-01,2024-02-01,001011,A001,Alfa,001001,A001,Alfa,legge\n",
			"variazioni.csv:4: the variations run in a circle: 001001 → 001011 → 001001\n    hint: correct the codes, or the dates"},
	} {
		if _, got := read(with(map[string]string{"variazioni.csv": c.events}), 20240101); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %q", c.name, got)
		}
	}
	back := "cambio codice,2024-02-01,2024-02-01,001001,A001,Alfa,001011,A001,Alfa,legge\ncambio codice,2024-03-01,2024-03-01,001011,A001,Alfa,001001,A001,Alfa,legge\n"
	a, got := read(with(map[string]string{"variazioni.csv": back}), 20240301)
	if len(got) > 0 {
		t.Errorf("a code that comes back is refused: %q", got)
	}
	if n := len(a.CodeBearers("001001")); n != 2 {
		t.Errorf("the code was borne %d times, want twice", n)
	}
}

func TestTheNewestFileCountsWhateverItsName(t *testing.T) {
	files := smallCountry()
	files["popolazione/2023-12-31.csv"] = "PRO_COM_T,AREA_KMQ,POP_RES\n001001,10,1\n001002,20,2\n001004,30,3\n"
	a, problems := read(files, 20240101)
	if len(problems) > 0 || a.Comuni[0].Residents != 1 || a.Population.Date != 20231231 {
		t.Errorf("%v %+v", problems, a.Population)
	}
	files["popolazione/x.2023-12-31.csv"] = files["popolazione/2023-12-31.csv"]
	if _, problems := read(files, 20240101); len(problems) != 1 || problems[0] != "popolazione/x.2023-12-31.csv: the file is of the same date as t/popolazione/2023-12-31.csv\n    hint: delete one of them" {
		t.Errorf("%q", problems)
	}
}

func TestDatesInFileNames(t *testing.T) {
	for _, c := range []struct {
		base, form string
		want       atlas.Date
	}{
		{"situas_comuni.2026-08-14.csv.gz", "", 20260814}, {"2026-02-30.csv", "", 0}, {"Com01012024_g.zip", "", 0},
		{"Com01012024_g.zip", dateAsISTAT, 20240101}, {"Limiti01012024_g.2025-01-01.zip", dateAsISTAT, 20250101}, {"Com99992024.zip", dateAsISTAT, 0},
	} {
		if got, ok := dateIn(c.base, c.form); got != c.want || ok != (c.want != 0) {
			t.Errorf("%s: %s", c.base, got)
		}
	}
	for in, want := range map[string]string{"a.csv": "a.yyyy-mm-dd.csv", "a.csv.gz": "a.yyyy-mm-dd.csv.gz", "a": "a.yyyy-mm-dd"} {
		if got := renamed(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestOfficesFilesInAnyEncodingAreRead(t *testing.T) {
	files := smallCountry()
	const list = "elenco/elenco.2024-01-01.csv"
	files[list] = "\ufeff" + strings.ReplaceAll(strings.Replace(files[list], "Codice catasto", "\"Codice\r\n catasto\"", 1), ";001001;", "; 001001 ;")
	if a, problems := read(files, 20240101); len(problems) > 0 || len(a.Comuni) != 3 {
		t.Errorf("BOM, line break, padding: %q", problems)
	}
	files = smallCountry()
	files[list] = strings.ReplaceAll(files[list], "Beta;Beta", "Bet\xe0;Bet\xe0")
	if a, problems := read(files, 20240101); len(problems) > 0 || a.Comuni[1].Name != "Betà" {
		t.Errorf("Windows-1252: %q", problems)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(smallCountry()["territorio.yaml"]))
	f.Add([]byte("elenco: [a, {b: c}]\nalias: &x {file: '*'}\nindirizzi: *x\n? a\n: b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var list diag.List
		var m manifest
		if !yamlfile.Decode(raw, "m", &m, &list) && list.Len() == 0 {
			t.Fatal("refused without a reason")
		}
		m.check(&yamlfile.Check{File: "m", List: &list})
	})
}

func FuzzTables(f *testing.F) {
	small := smallCountry()
	f.Add(small["variazioni.csv"], small["alias.csv"], small["indirizzi.csv"], small["classi.yaml"])
	f.Add(small["variazioni.csv"]+"incorporazione,2023-01-01,2023-01-01,001004,A004,Delta,001003,A003,Gamma,legge\n", "tipo,codice,nome,lingua\nunita,201,,fr\n", "tipo,codice,indirizzo\ncessato,A003,alfa\n", "- id: x\n  titolo: y\n  classi: []\n")
	f.Fuzz(func(t *testing.T, events, alias, slugs, classes string) {
		files := smallCountry()
		files["variazioni.csv"], files["alias.csv"], files["indirizzi.csv"], files["classi.yaml"] = events, alias, slugs, classes
		a, problems := read(files, 20240101)
		if a == nil && len(problems) == 0 {
			t.Fatal("refused without a reason")
		}
	})
}
