package istat

import (
	"os"
	"slices"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

const (
	dayShown      = atlas.Date(20260814)
	dayDrawn      = atlas.Date(20240101)
	residents2022 = 58_997_201 // ISTAT, 31 December 2022
)

// italy is the shipped territory at a display date.
func italy(t testing.TB, at atlas.Date) (*atlas.Atlas, *diag.List) {
	t.Helper()
	var list diag.List
	in, _ := Read(os.DirFS("../.."), "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: at, File: "mappa.toml", Line: 3}, &list)
	return a, &list
}

// atDates reads once and shows the territory at each date.
func atDates(t testing.TB) func(atlas.Date) *atlas.Atlas {
	t.Helper()
	var list diag.List
	in, _ := Read(os.DirFS("../.."), "data/territorio", &list)
	return func(at atlas.Date) *atlas.Atlas {
		a, _ := atlas.New(in, atlas.Setting{Date: at}, &list)
		return a
	}
}

func sound(t *testing.T, list *diag.List) {
	t.Helper()
	for _, p := range list.Problems() {
		t.Error(p)
	}
}

func TestTheShippedTerritoryHasNoProblemAndEveryComuneIsComplete(t *testing.T) {
	a, list := italy(t, dayShown)
	sound(t, list)
	if n := len(a.Comuni); n != 7894 {
		t.Errorf("%d Comuni, want 7894", n)
	}
	if len(a.Units) != 110 || len(a.Regions) != 20 || len(a.Ripartizioni) != 6 || len(a.Ended) != 17 || len(a.NewSlugs) != 0 {
		t.Errorf("%d units, %d regions, %d ripartizioni, %d ended, %d new addresses", len(a.Units), len(a.Regions), len(a.Ripartizioni), len(a.Ended), len(a.NewSlugs))
	}
	total := 0
	for i, c := range a.Comuni {
		total += c.Residents
		if c.Cadastral == "" || c.Slug == "" || c.Residents == 0 || c.AreaKm2 == 0 || c.Plate == "" || len(c.Class) != 2 || c.Class[0] < 0 || c.Class[1] < 0 {
			t.Errorf("incomplete: %+v", c)
		}
		if !slices.Contains(a.Units[c.Unit].Comuni, i) || a.Units[c.Unit].Prefix != c.ISTAT[:3] {
			t.Errorf("%s lies in the wrong unit %s", c.Name, a.Units[c.Unit].Name)
		}
		if last := c.Codes[len(c.Codes)-1]; !slices.ContainsFunc(c.Codes, func(s atlas.Span) bool { return s.ISTAT == c.ISTAT && s.To == atlas.Forever }) {
			t.Errorf("%s: codes end with %v", c.Name, last)
		}
	}
	if total != residents2022 {
		t.Errorf("%d residents, want %d", total, residents2022)
	}
	if a.PopulationAt != dayDrawn {
		t.Errorf("population by the codes of %s", a.PopulationAt)
	}
}

func TestTheOldBoundariesGiveTheComuniInForceAsTheBridgeHasThem(t *testing.T) {
	a, list := italy(t, dayShown)
	bridge, ok := table.Read(os.DirFS("testdata"), "bridge_2024-01-01_to_2026-08-14.csv.gz", table.Spec{Want: []string{"cod_comune_2024", "cod_comune_2026", "cod_catastale"}, Extra: true}, list)
	if !ok {
		t.Fatal(list.Problems())
	}
	var codes []string
	for _, r := range bridge.Rows {
		codes = append(codes, r.Get(bridge.Col("cod_comune_2024")))
	}
	got := a.Regroup(atlas.Shapes{Codes: codes, Date: dayDrawn, Where: func(int) diag.Problem { return diag.Problem{File: "confini.zip"} }}, list)
	sound(t, list)
	reached := map[int]bool{}
	for i, r := range bridge.Rows {
		reached[got[i]] = true
		want := r.Get(bridge.Col("cod_comune_2026"))
		if got[i] < 0 || a.Comuni[got[i]].ISTAT != want {
			t.Errorf("%s leads to %d, want %s", codes[i], got[i], want)
		}
		if j, _, ok := a.ByCadastral(r.Get(bridge.Col("cod_catastale"))); !ok || j != got[i] {
			t.Errorf("%s and its cadastral code lead to different Comuni", codes[i])
		}
	}
	if len(reached) != 7894 || len(codes) != 7899 {
		t.Errorf("%d shapes reach %d Comuni", len(codes), len(reached))
	}
}

func TestTheNumberOfComuniIsRightAtEveryDate(t *testing.T) {
	at := atDates(t)
	for _, c := range []struct {
		at            atlas.Date
		comuni, units int
	}{{20220101, 7904, 107}, {20221231, 7904, 107}, {20230101, 7901, 107}, {20231110, 7901, 107}, {20240101, 7899, 107}, {20240122, 7896, 107}, {20251231, 7896, 107}, {20260101, 7896, 110}, {20260131, 7895, 110}, {20260814, 7894, 110}} {
		a := at(c.at)
		if len(a.Comuni) != c.comuni || len(a.Units) != c.units {
			t.Errorf("%s: %d Comuni in %d units, want %d in %d", c.at, len(a.Comuni), len(a.Units), c.comuni, c.units)
		}
	}
}

func TestTheEarlierListIsReachedCodeByCode(t *testing.T) {
	var list diag.List
	in, _ := Read(os.DirFS("../.."), "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20231110}, &list)
	old := in.Lists[0]
	if old.Source.Date != 20231110 || len(old.Places) != len(a.Comuni) {
		t.Fatalf("list of %s with %d Comuni, atlas with %d", old.Source.Date, len(old.Places), len(a.Comuni))
	}
	for _, p := range old.Places {
		i, _, ok := a.ByCadastral(p.Cadastral)
		if !ok || a.Comuni[i].ISTAT != p.ISTAT || a.Units[a.Comuni[i].Unit].Code != p.Unit {
			t.Errorf("%s (%s) is not at its place", p.Name, p.ISTAT)
		}
	}
}

func TestAt2024EveryComuneIsInOneClassOfEachSchemeAndRegionsAddUp(t *testing.T) {
	a, list := italy(t, dayDrawn)
	sound(t, list)
	if len(a.Comuni) != 7899 {
		t.Fatalf("%d Comuni, want 7899", len(a.Comuni))
	}
	for s, scheme := range a.Schemes {
		seen := make([]int, len(a.Comuni))
		for k, class := range scheme.Classes {
			for _, i := range class.Comuni {
				seen[i]++
				if r := a.Comuni[i].Residents; a.Comuni[i].Class[s] != k || r <= class.Over || class.UpTo > 0 && r > class.UpTo {
					t.Errorf("%s with %d residents is in %q", a.Comuni[i].Name, r, class.Label)
				}
			}
		}
		for i, n := range seen {
			if n != 1 {
				t.Errorf("%s is in %d classes of %s", a.Comuni[i].Name, n, scheme.ID)
			}
		}
	}
	comuni, people := 0, 0
	for _, r := range a.Regions {
		comuni += len(r.Comuni)
		for _, i := range r.Comuni {
			people += a.Comuni[i].Residents
		}
	}
	if comuni != 7899 || people != residents2022 {
		t.Errorf("the regions have %d Comuni and %d residents", comuni, people)
	}
}

func TestComuniBearTheNameAndUnitOfTheDisplayDate(t *testing.T) {
	at := atDates(t)
	for _, c := range []struct {
		at              atlas.Date
		cad, name, unit string
		kind            atlas.UnitKind
	}{
		{dayShown, "I452", "Sassari", "312", atlas.CittaMetropolitana},
		{dayDrawn, "I452", "Sassari", "090", atlas.Provincia},
		{dayShown, "F814", "Murisengo Monferrato", "006", atlas.Provincia},
		{dayDrawn, "F814", "Murisengo", "006", atlas.Provincia},
		{dayDrawn, "B567", "Campospinoso Albaredo", "018", atlas.Provincia},
		{20231110, "B567", "Campospinoso", "018", atlas.Provincia},
		{20210616, "F478", "Montecopiolo", "041", atlas.Provincia},
		{20210617, "F478", "Montecopiolo", "099", atlas.Provincia},
	} {
		a := at(c.at)
		i, _, ok := a.ByCadastral(c.cad)
		if !ok {
			t.Errorf("%s: no %s", c.at, c.cad)
			continue
		}
		u := a.Units[a.Comuni[i].Unit]
		if a.Comuni[i].Name != c.name || u.Code != c.unit || u.Kind != c.kind {
			t.Errorf("%s: %s in %s (%d)", c.at, a.Comuni[i].Name, u.Code, u.Kind)
		}
	}
}

func TestMezzogiornoIsSudAndIsole(t *testing.T) {
	a, _ := italy(t, dayShown)
	m := a.Ripartizioni[5]
	if m.Name != "Mezzogiorno" || m.Slug != "mezzogiorno" || len(m.Comuni) != len(a.Ripartizioni[3].Comuni)+len(a.Ripartizioni[4].Comuni) || len(m.Regions) != 8 {
		t.Errorf("%s: %d Comuni, %d regions", m.Name, len(m.Comuni), len(m.Regions))
	}
}

func TestOtherNamesHaveTheirLanguage(t *testing.T) {
	a, _ := italy(t, dayShown)
	for cad, want := range map[string]atlas.OtherName{
		"A952": {Text: "Bozen", Lang: "de"}, "D383": {Text: "Devin Nabrežina", Lang: "sl"}, "I479": {Text: "Sovodnje ob Soči", Lang: "sl"},
		"M390": {Text: "Sèn Jan", Lang: "lld"}, "A326": {Text: "Aoste", Lang: "fr"}, "L483": {Text: "Udin", Lang: "fur"}} {
		i, _, _ := a.ByCadastral(cad)
		if !slices.Contains(a.Comuni[i].Other, want) {
			t.Errorf("%s: %v, want %v", cad, a.Comuni[i].Other, want)
		}
	}
	for _, c := range a.Comuni {
		for _, o := range c.Other {
			if o.Lang == "" {
				t.Errorf("%s: the language of %q is not known", c.Name, o.Text)
			}
		}
	}
	if r := a.Regions[1]; r.Name != "Valle d'Aosta" || r.Slug != "valle-d-aosta" || r.Other[0] != (atlas.OtherName{Text: "Vallée d'Aoste", Lang: "fr"}) {
		t.Errorf("%+v", r)
	}
}

func TestWhatWasSharedLeavesTheBareAddressToAChoice(t *testing.T) {
	a, _ := italy(t, dayShown)
	var got []string
	for _, c := range a.Choices() {
		got = append(got, c.Slug)
	}
	if want := []string{"castro", "livo", "paterno", "peglio", "samone", "san-teodoro", "sovizzo"}; !slices.Equal(got, want) {
		t.Errorf("choices %v", got)
	}
	for cad, want := range map[string]string{"C337": "castro-c337", "M436": "sovizzo-m436", "H501": "roma", "B419": "calliano", "F931": "none"} {
		if i, _, _ := a.ByCadastral(cad); a.Comuni[i].Slug != want {
			t.Errorf("%s has the address %q", cad, a.Comuni[i].Slug)
		}
	}
	if i, ok := a.EndedByCadastral("i879"); !ok || a.Ended[i].Slug != "sovizzo-i879" || !a.Ended[i].Certain || a.Comuni[a.Ended[i].Successors[0]].Cadastral != "M436" {
		t.Error("the ended Sovizzo does not lead to the living one")
	}
}

func TestAddressesDoNotDependOnTheDisplayDate(t *testing.T) {
	now, _ := italy(t, dayShown)
	then, _ := italy(t, dayDrawn)
	for _, c := range then.Comuni {
		want := ""
		if i, ok := now.EndedByCadastral(c.Cadastral); ok {
			want = now.Ended[i].Slug
		} else if i, _, ok := now.ByCadastral(c.Cadastral); ok {
			want = now.Comuni[i].Slug
		}
		if c.Slug != want {
			t.Errorf("%s: %q then, %q now", c.Name, c.Slug, want)
		}
	}
}

func TestACodeWithSeveralBearersOpensAChoice(t *testing.T) {
	a, _ := italy(t, dayShown)
	shared := 0
	for _, code := range a.Codes() {
		of := map[string]bool{}
		for _, b := range a.CodeBearers(code) {
			of[b.Cadastral] = true
		}
		if len(of) > 1 {
			shared++
		}
	}
	if shared != 366 {
		t.Errorf("%d codes have had several bearers, want 366", shared)
	}
	of := a.CodeBearers("001801") // Abbadia Alpina, which ended in 1928
	if len(of) != 1 || of[0].Name != "Abbadia Alpina" || of[0].Comune >= 0 || len(of[0].Candidates) != 1 || a.Comuni[of[0].Candidates[0]].Name != "Pinerolo" {
		t.Errorf("%+v", of)
	}
	if of := a.NameBearers(atlas.Fold("ABBADIA ALPINA")); len(of) != 1 {
		t.Errorf("%+v", of)
	}
}

func TestSourcesNamesAreRecognised(t *testing.T) {
	a, _ := italy(t, dayShown)
	for _, c := range []struct{ name, province, want string }{
		{"None", "TO", "001168"}, {"NONE", "", "001168"}, {"Re", "", "103060"}, {"Ne", "GE", "010040"}, {"Ro", "", ""}, {"Vo", "PD", "028105"},
		{"Napoli", "NA", "063049"}, {"Castro", "", ""}, {"Castro", "BG", "016065"}, {"castro", "Lecce", "075096"},
		{"Livo", "TN", "022106"}, {"Peglio", "Pesaro e Urbino", "041041"}, {"Samone", "Torino", "001235"}, {"San Teodoro", "Nuoro", "113021"},
		{"San Teodoro", "ME", "083090"}, {"Reggio Emilia", "Reggio Emilia", "035033"}, {"REGGIO NELL’EMILIA", "RE", "035033"}, {"Reggio Calabria", "RC", "080063"},
		{"L’Aquila", "AQ", "066049"}, {"L'AQUILA", "", "066049"}, {"AGLIE'", "", "001001"}, {"PATERNO'", "", "087033"}, {"Paternò", "", "087033"}, {"PATERNO", "", ""},
		{"Bozen", "", "021008"}, {"Bolzano/Bozen", "BZ", "021008"}, {"Olbia", "Sassari", "113017"}, {"Carbonia", "Sud Sardegna", "119003"},
		{"Tonengo", "AT", "005122"}, {"Murisengo", "", "006113"}, {"Castelgrande", "Sconosciuta", "076021"}, {"N/D", "", ""}, {"Atlantide", "", ""}, {"None", "NA", ""},
	} {
		m := a.Resolve(atlas.Ref{Name: c.name, Province: c.province, At: dayShown})
		got := ""
		if m.OK {
			got = a.Comuni[m.Comune].ISTAT
			if m.Note == "" {
				t.Errorf("%q was matched silently", c.name)
			}
		}
		if got != c.want {
			t.Errorf("%q in %q is %q, want %q (%s)", c.name, c.province, got, c.want, m.Note)
		}
	}
}

func TestCallianoIsAsked(t *testing.T) {
	a, _ := italy(t, dayShown)
	at := func(d atlas.Date, province string) string {
		if m := a.Resolve(atlas.Ref{Name: "Calliano", Province: province, At: d}); m.OK {
			return a.Comuni[m.Comune].Name + " " + a.Comuni[m.Comune].Plate
		}
		return "either"
	}
	for _, c := range []struct {
		at             atlas.Date
		province, want string
	}{{20210101, "", "either"}, {20210101, "AT", "Calliano Monferrato AT"}, {20240101, "", "Calliano TN"}, {20240101, "AT", "Calliano Monferrato AT"}} {
		if got := at(c.at, c.province); got != c.want {
			t.Errorf("at %s in %q: %s, want %s", c.at, c.province, got, c.want)
		}
	}
}

func TestReferencesResolveInTheOrderOfTrust(t *testing.T) {
	a, _ := italy(t, dayShown)
	for _, c := range []struct {
		name      string
		in        atlas.Ref
		want      string
		how       atlas.How
		successor bool
		note      string
	}{
		{"code at its date", atlas.Ref{ISTAT: "090047", At: 20230304}, "113017", atlas.CodeAtDate, false, ""},
		{"code of the Comune before it merged", atlas.Ref{ISTAT: "024103", At: 20230304}, "024128", atlas.CodeAtDate, true, ""},
		{"a code within the interval of its end", atlas.Ref{ISTAT: "024027", At: 20250327}, "024129", atlas.CodeAtDate, true, ""},
		{"a code within the interval of its beginning", atlas.Ref{ISTAT: "024129", At: 20250327}, "024129", atlas.CodeAtDate, false, ""},
		{"IPA id where the code is N/D", atlas.Ref{ISTAT: "N/D", IPA: "c_F838", At: 20250327}, "024129", atlas.IPAId, true, `code "N/D" on 2025-03-27 unknown; IPA id c_F838 is Castegnero Nanto (VI, 024129)`},
		{"code of an ended Comune and a random IPA id", atlas.Ref{ISTAT: "005110", IPA: "3BEP4ZAX", Name: "Moransengo-Tonengo", At: 20250327}, "005122", atlas.CodeOfOtherDate, true, "code 005110 was in use from 1947-01-10 to 2022-12-31 (Tonengo); now Moransengo-Tonengo (AT, 005122)"},
		{"code of later", atlas.Ref{ISTAT: "113017", At: 20230304}, "113017", atlas.CodeOfOtherDate, false, "code 113017 is in use since 2026-01-01; Olbia (OT, 113017)"},
		{"code without its zeros", atlas.Ref{ISTAT: "1001", At: 20240101}, "001001", atlas.CodeAtDate, false, `"1001" read as code 001001, Agliè (TO, 001001)`},
		{"code and IPA id at odds", atlas.Ref{ISTAT: "028041", IPA: "c_d957", At: 20240101}, "028041", atlas.CodeAtDate, false, "code 028041 is Gazzo (PD, 028041), IPA id c_d957 is Gazzo Veronese (VR, 023037); the code was followed"},
		{"nothing", atlas.Ref{ISTAT: "N/D", Name: "N/D"}, "", atlas.Unmatched, false, ""},
		{"homonyms", atlas.Ref{Name: "Castro"}, "", atlas.Unmatched, false, `"Castro" may be Castro (BG, 016065) or Castro (LE, 075096)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := a.Resolve(c.in)
			got := ""
			if m.OK {
				got = a.Comuni[m.Comune].ISTAT
			}
			if got != c.want || m.How != c.how || m.Successor != c.successor || m.Note != c.note {
				t.Errorf("got %s by %s, successor %v, %q", got, m.How, m.Successor, m.Note)
			}
		})
	}
}

func TestTwoBuildsAreTheSame(t *testing.T) {
	a, _ := italy(t, dayDrawn)
	b, _ := italy(t, dayDrawn)
	for i := range a.Comuni {
		x, y := a.Comuni[i], b.Comuni[i]
		if x.Slug != y.Slug || x.Residents != y.Residents || !slices.Equal(x.Aliases, y.Aliases) || !slices.Equal(x.Codes, y.Codes) {
			t.Fatalf("%+v\n%+v", x, y)
		}
	}
	for i := range a.NewSlugs {
		if a.NewSlugs[i] != b.NewSlugs[i] {
			t.Fatal("proposals differ")
		}
	}
}

func BenchmarkReadAndNew(b *testing.B) {
	for b.Loop() {
		italy(b, dayShown)
	}
}
