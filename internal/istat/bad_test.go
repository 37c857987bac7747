package istat

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// smallCountry has three Comuni on 1 January 2024: Alfa, Beta, and Delta, which
// Gamma and Epsilon became a year before.
func smallCountry() map[string]string {
	return map[string]string{
		"territorio.yaml": `elenco:
  file: elenco/*.csv
  formato: situas
  titolo: Elenco
  editore: Istat
  licenza: CC BY
popolazione: {file: popolazione/*.csv, formato: situas-dimensioni, titolo: Dimensioni, editore: Istat, licenza: CC BY}
archivio: {file: archivio/*.csv, formato: anpr, titolo: Archivio, editore: Interno, licenza: CC BY}
variazioni: {file: variazioni.csv, dal: 2021-01-01}
classi: {file: classi.yaml}
alias: {file: alias.csv}
indirizzi: {file: indirizzi.csv}
confini: {file: confini/*, titolo: Confini, editore: Istat, licenza: CC BY}
`,
		"confini/comuni.2024-01-01.geojson": "{}",
		"elenco/elenco.2024-01-01.csv": `Codice Ripartizione geografica;Codice Regione;Codice Provincia (Storico);Codice Provincia/Uts;Codice Comune (alfanumerico);Comune;Comune (dizione italiana);Comune (dizione straniera);Ripartizione geografica;Regione;Provincia/Uts;Tipologia Provincia/Uts;Capoluogo di regione;Capoluogo di provincia/uts;Sigla automobilistica;Codice catasto;Codice fiscale
1;01;001;201;001001;Alfa;Alfa;;Nord-ovest;Piemonte;Torino;3;1;1;TO;A001;00000000001
1;01;001;201;001002;Beta;Beta;;Nord-ovest;Piemonte;Torino;3;0;0;TO;A002;2
1;01;001;201;001004;Delta;Delta;;Nord-ovest;Piemonte;Torino;3;0;0;TO;A004;00000000004
`,
		"popolazione/popolazione.2022-12-31.csv": "PRO_COM_T,AREA_KMQ,POP_RES\n001001,10.5,1000\n001002,20,3000\n001004,30,6000\n",
		"archivio/archivio.2023-10-03.csv": `CODISTAT,CODCATASTALE,DENOMINAZIONE_IT,DATAISTITUZIONE,DATACESSAZIONE
001001,A001,ALFA,1861-03-17,9999-12-31
001002,A002,BETA,1861-03-17,9999-12-31
001003,A003,GAMMA,1861-03-17,2022-12-31
001005,A005,EPSILON,1861-03-17,2022-12-31
001004,A004,DELTA,2023-01-01,9999-12-31
`,
		"variazioni.csv": `tipo,dal,al,codice ISTAT prima,codice catastale prima,nome prima,codice ISTAT dopo,codice catastale dopo,nome dopo,fonte
fusione,2023-01-01,2023-01-01,001003,A003,Gamma,001004,A004,Delta,legge
fusione,2023-01-01,2023-01-01,001005,A005,Epsilon,001004,A004,Delta,legge
`,
		"classi.yaml": `- id: mappa
  titolo: Classi
  classi:
    - {oltre: 0, fino_a: 2500, nome: fino a 2.500, indirizzo: fino-a-2500}
    - {oltre: 2500, nome: oltre 2.500, indirizzo: oltre-2500}
`,
		"alias.csv":     "tipo,codice,nome,lingua\ncomune,A001,Alpha,de\n",
		"indirizzi.csv": "tipo,codice,indirizzo\ncomune,A001,alfa\ncomune,A002,beta\n",
	}
}

// read builds the country at the date as its files have it.
func read(files map[string]string, at atlas.Date) (*atlas.Atlas, []string) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["t/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	var list diag.List
	in, _ := Read(fsys, "t", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: at, File: "mappa.toml", Line: 3}, &list) // what could not be read makes no trouble here
	var out []string
	for _, p := range list.Problems() {
		out = append(out, strings.TrimPrefix(p.String(), "t/"))
	}
	return a, out
}

func TestASmallCountryIsRead(t *testing.T) {
	a, problems := read(smallCountry(), 20240101)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(a.Comuni) != 3 || a.Comuni[2].Residents != 6000 || len(a.Ended) != 2 || a.Comuni[1].FiscalCode != "00000000002" || a.Comuni[2].Born != 20230101 {
		t.Errorf("%+v", a.Comuni)
	}
	want := []atlas.SlugLine{{Kind: "comune", Key: "A004", Slug: "delta"}, {Kind: "cessato", Key: "A003", Slug: "gamma"}, {Kind: "cessato", Key: "A005", Slug: "epsilon"}, {Kind: "unita", Key: "201", Slug: "torino"}}
	if !slices.Equal(a.NewSlugs[:4], want) {
		t.Errorf("proposed %v", a.NewSlugs)
	}
	if got := FormatSlugs(want[:2]); got != "comune,A004,delta\ncessato,A003,gamma\n" {
		t.Errorf("written %q", got)
	}
}

func TestBadInputIsExplained(t *testing.T) {
	const events = "variazioni.csv"
	// Changes to further files of a case: what is replaced, by what, and what is appended.
	alongside := map[string]map[string][3]string{
		"Comune that left the list without a variation":                     {"popolazione/popolazione.2022-12-31.csv": {"001002,20,3000\n", "", ""}},
		"a short row of the list, and a code that nobody bore in the count": {"elenco/elenco.2024-01-01.csv": {"TO;A002;2", "TO;A002", ""}},
		"a short variation, and a Comune that the count lacks":              {"popolazione/popolazione.2022-12-31.csv": {"001002,20,3000\n", "", ""}},
		"a record of the archive without a day, and an unknown alias":       {"alias.csv": {"", "", "comune,Z999,Zeta,\n"}},
	}
	for _, c := range []struct {
		name string
		file string
		old  string // "" appends new, "all" replaces the file, "name" renames it to new
		new  string
		want []string
	}{
		{"manifest with an unknown key", "territorio.yaml", "popolazione:", "popolazoine:", []string{
			"territorio.yaml:7:1: the key \"popolazoine\" is not known here\n    hint: did you mean \"popolazione\"?"}},
		{"manifest with unknown keys in an input", "territorio.yaml", "  formato: situas\n", "  fromato: situas\n", []string{
			"territorio.yaml:3:3: the key \"fromato\" is not known here\n    hint: did you mean \"formato\"?"}},
		{"manifest without inputs", "territorio.yaml", "classi: {file: classi.yaml}\nalias: {file: alias.csv}\n", "alias: {url: x}\n", []string{
			"territorio.yaml:1:1: the key \"classi\" is missing",
			"territorio.yaml:10:9: the key \"file\" is missing"}},
		{"manifest with an unknown format", "territorio.yaml", "formato: situas\n", "formato: stius\n", []string{
			"territorio.yaml:3:12: \"stius\" is not a value of \"formato\"\n    hint: known here: situas, istat"}},
		{"manifest with a bad date", "territorio.yaml", "2021-01-01", "1.1.2021", []string{
			`territorio.yaml:9:41: "1.1.2021" is not a date, want yyyy-mm-dd`}},
		{"manifest with a path outside", "territorio.yaml", "elenco/*.csv", "../elenco.csv", []string{
			`territorio.yaml:2:9: "../elenco.csv" is not a path within the folder, with or without *`}},
		{"manifest that is a list", "territorio.yaml", "all", "- a\n", []string{
			"territorio.yaml:1:1: a list stands here, want keys with values"}},
		{"manifest that is empty", "territorio.yaml", "all", "", []string{"territorio.yaml: the file is empty"}},
		{"no file for a glob", "territorio.yaml", "elenco/*.csv", "elenchi/*.csv", []string{
			"territorio.yaml:2:9: no file matches \"elenchi/*.csv\"\n    hint: put the file there, or correct the path"}},
		{"file without a date", "elenco/elenco.2024-01-01.csv", "name", "elenco/elenco.csv", []string{
			"elenco/elenco.csv: the name holds no date\n    hint: rename it so that the date of what it says stands in the name: elenco.yyyy-mm-dd.csv"}},
		{"code twice in the list", "elenco/elenco.2024-01-01.csv", "001002;Beta", "001001;Beta", []string{
			"elenco/elenco.2024-01-01.csv:3:14: the code \"001001\" stands twice, first on line 2\n    hint: delete one of the rows"}},
		{"codes out of form", "elenco/elenco.2024-01-01.csv", "001002;Beta", "1002;Beta", []string{
			"elenco/elenco.2024-01-01.csv:3:14: \"1002\" is not an ISTAT code, want six digits\n    hint: a spreadsheet took the leading zeros; import the column as text"}},
		{"Comune of the list without a variation", "elenco/elenco.2024-01-01.csv", "", "1;01;001;201;001006;Zeta;Zeta;;Nord-ovest;Piemonte;Torino;3;0;0;TO;A006;6\n", []string{
			"elenco/elenco.2024-01-01.csv:5: Zeta bears the code \"001006\" (A006) on 2024-01-01, and neither the archive nor a variation says since when\n    hint: add the variation to t/variazioni.csv",
			"popolazione/popolazione.2022-12-31.csv: the residents of Zeta, code \"001006\", are missing\n    hint: add a row for it"}},
		{"Comune that left the list without a variation", "elenco/elenco.2024-01-01.csv", "1;01;001;201;001002;Beta;Beta;;Nord-ovest;Piemonte;Torino;3;0;0;TO;A002;2\n", "", []string{
			"elenco/elenco.2024-01-01.csv: Beta, code \"001002\" (A002), is not in the list of 2024-01-01, and no variation says what became of it\n    hint: add the variation to t/variazioni.csv"}},
		{"residents missing", "popolazione/popolazione.2022-12-31.csv", "001002,20,3000\n", "", []string{
			"popolazione/popolazione.2022-12-31.csv: the residents of Beta, code \"001002\", are missing\n    hint: add a row for it"}},
		{"residents not a number, area not either, cell empty", "popolazione/popolazione.2022-12-31.csv", "10.5,1000\n001002,20,3000\n001004,30,6000", "x,1.000\n001002,20,3e3\n001004,30,", []string{
			"popolazione/popolazione.2022-12-31.csv:2:8: \"x\" is not an area in km², want digits and a point",
			"popolazione/popolazione.2022-12-31.csv:2:10: \"1.000\" is not a number of residents, want digits only",
			"popolazione/popolazione.2022-12-31.csv:3:11: \"3e3\" is not a number of residents, want digits only",
			"popolazione/popolazione.2022-12-31.csv:4:11: the residents of \"001004\" are missing"}},
		{"residents of unknown codes and twice", "popolazione/popolazione.2022-12-31.csv", "", "001003,1,5\n009999,1,5\n001001,1,1\n", []string{
			"popolazione/popolazione.2022-12-31.csv:5: the code \"001003\" was nobody's on 2023-01-01\n    hint: Gamma bore it until 2022-12-31",
			"popolazione/popolazione.2022-12-31.csv:6: the code \"009999\" was nobody's on 2023-01-01\n    hint: it is on no list; look for a lost digit",
			"popolazione/popolazione.2022-12-31.csv:7: the code \"001001\" stands twice, first on line 2\n    hint: delete one of the rows"}},
		{"two faults in one row of the list", "elenco/elenco.2024-01-01.csv", "001002;Beta;Beta;;Nord-ovest;Piemonte;Torino;3;0;0;TO;A002", "O01002;Beta;;;Nord-ovest;Piemonte;Torino;7;0;0;TO;A2", []string{
			"elenco/elenco.2024-01-01.csv:3:14: \"O01002\" is not an ISTAT code, want six digits",
			"elenco/elenco.2024-01-01.csv:3:26: the name is missing",
			"elenco/elenco.2024-01-01.csv:3:55: \"7\" is not a type of unit, want 1 to 5",
			"elenco/elenco.2024-01-01.csv:3:64: \"A2\" is not a cadastral code, want a letter and three digits"}},
		{"a short row of the list, and a code that nobody bore in the count", "popolazione/popolazione.2022-12-31.csv", "", "009999,1,5\n", []string{
			"elenco/elenco.2024-01-01.csv:3: the row has 16 cells, want 17 as the headings have\n    hint: look for a missing separator or an unquoted one",
			"popolazione/popolazione.2022-12-31.csv:5: the code \"009999\" was nobody's on 2023-01-01\n    hint: it is on no list; look for a lost digit"}},
		{"a short row of the count, and a bad number after it", "popolazione/popolazione.2022-12-31.csv", "001002,20,3000\n001004,30,6000\n", "001002,20\n001004,30,6.000\n", []string{
			"popolazione/popolazione.2022-12-31.csv:3: the row has 2 cells, want 3 as the headings have\n    hint: look for a missing separator or an unquoted one",
			"popolazione/popolazione.2022-12-31.csv:4:11: \"6.000\" is not a number of residents, want digits only"}},
		{"a column of the count is missing, another number is bad", "popolazione/popolazione.2022-12-31.csv", "AREA_KMQ,POP_RES\n001001,10.5,1000", "AREA_KMQ,RES\n001001,x,1000", []string{
			"popolazione/popolazione.2022-12-31.csv:1: the column \"POP_RES\" is missing\n    hint: known here: PRO_COM_T, AREA_KMQ, RES",
			"popolazione/popolazione.2022-12-31.csv:2:8: \"x\" is not an area in km², want digits and a point"}},
		{"a short variation, and a Comune that the count lacks", events, "A003,Gamma,001004,A004,Delta,legge", "A003,Gamma,001004,A004,Delta", []string{
			"variazioni.csv:2: the row has 9 cells, want 10 as the headings have\n    hint: look for a missing separator or an unquoted one",
			"popolazione/popolazione.2022-12-31.csv: the residents of Beta, code \"001002\", are missing\n    hint: add a row for it"}},
		{"a record of the archive without a day, and an unknown alias", "archivio/archivio.2023-10-03.csv", "GAMMA,1861-03-17", "GAMMA,17/3/1861", []string{
			"archivio/archivio.2023-10-03.csv:4:19: \"17/3/1861\" is not a date, want yyyy-mm-dd",
			"alias.csv:3: \"Z999\" is not the code of a known comune\n    hint: want the cadastral code of a Comune, the UTS code of a unit or the code of a region"}},
		{"archive with reversed dates", "archivio/archivio.2023-10-03.csv", "GAMMA,1861-03-17", "GAMMA,2023-03-17", []string{
			"archivio/archivio.2023-10-03.csv:4:30: the Comune ends on 2022-12-31, before it begins on 2023-03-17"}},
		{"event with an unknown old code", events, "001003,A003", "001009,A009", []string{
			"variazioni.csv:2: the old code \"001009\" (A009) is unknown: neither the archive nor an earlier variation has it\n    hint: correct the ISTAT or the cadastral code"}},
		{"event with an unknown new code", events, "", "cambio codice,2023-05-01,2023-05-01,001002,A002,Beta,001007,A002,Beta,legge\n", []string{
			"elenco/elenco.2024-01-01.csv:3: Beta bears the code \"001002\" (A002) on 2024-01-01, and neither the archive nor a variation says since when\n    hint: add the variation to t/variazioni.csv",
			"elenco/elenco.2024-01-01.csv: Beta, code \"001007\" (A002), is not in the list of 2024-01-01, and no variation says what became of it\n    hint: add the variation to t/variazioni.csv",
			"variazioni.csv:4: the new code \"001007\" (A002) is not in force after this variation: nobody bears it\n    hint: correct the code, or add the variation that followed"}},
		{"event after the list with an old code not in force", events, "", "incorporazione,2024-05-01,2024-05-01,001003,A003,Gamma,001001,A001,Alfa,legge\n", []string{
			"variazioni.csv:4: the old code \"001003\" (A003) is not in force on 2024-05-01: nobody bears it\n    hint: correct the code or the dates"}},
		{"event dates reversed", events, "fusione,2023-01-01,2023-01-01,001003", "fusione,2023-01-02,2023-01-01,001003", []string{
			"variazioni.csv:2: the interval begins on 2023-01-02 and ends before, on 2023-01-01\n    hint: swap the two dates"}},
		{"event twice", events, "", "fusione,2023-01-01,2023-01-01,001003,A003,Gamma,001004,A004,Delta,legge\n", []string{
			"variazioni.csv:4: the variation stands twice, first on line 2\n    hint: delete one of the lines"}},
		{"event of an unknown kind with cells out of form", events, "fusione,2023-01-01,2023-01-01,001003,A003,Gamma", "fusoine,1/1/2023,2023-01-01,1003,a3,", []string{
			"variazioni.csv:2:1: \"fusoine\" is not a kind of variation\n    hint: did you mean \"fusione\"?",
			"variazioni.csv:2:9: \"1/1/2023\" is not a date, want yyyy-mm-dd",
			"variazioni.csv:2:29: \"1003\" is not an ISTAT code, want six digits\n    hint: a spreadsheet took the leading zeros; import the column as text",
			"variazioni.csv:2:34: \"a3\" is not a cadastral code, want a letter and three digits",
			"variazioni.csv:2:37: the cell under \"nome prima\" is empty"}},
		{"class scheme with a gap", "classi.yaml", "oltre: 2500", "oltre: 3000", []string{
			"classi.yaml:5: the scheme \"mappa\" has a gap: residents over 2500 up to 3000 fall in no class\n    hint: want oltre: 2500"}},
		{"class scheme that overlaps", "classi.yaml", "oltre: 2500", "oltre: 2000", []string{
			"classi.yaml:5: the scheme \"mappa\" overlaps: residents over 2000 up to 2500 fall in two classes\n    hint: want oltre: 2500"}},
		{"class scheme that ends", "classi.yaml", "oltre: 2500, nome", "oltre: 2500, fino_a: 9000, nome", []string{
			"classi.yaml:5: the scheme \"mappa\" has a gap: residents over 9000 fall in no class\n    hint: leave fino_a out of the last class"}},
		{"class edge not a number", "classi.yaml", "fino_a: 2500", "fino_a: 2.500", []string{
			"classi.yaml:4:26: \"2.500\" stands here, want a number in digits only"}},
		{"alias for nobody, in no language", "alias.csv", "", "comune,Z999,Zeta,\nprovincia,201,Turin,it\ncomune,A001,,\n", []string{
			"alias.csv:3: \"Z999\" is not the code of a known comune\n    hint: want the cadastral code of a Comune, the UTS code of a unit or the code of a region",
			"alias.csv:4:1: \"provincia\" is not known under \"tipo\"\n    hint: known here: comune, unita, regione",
			"alias.csv:4:21: \"it\" is not known under \"lingua\"\n    hint: known here: de, fr, sl, lld, fur",
			"alias.csv:5:13: the line has neither a name nor a language\n    hint: delete it"}},
		{"alias of an unknown code", "alias.csv", "", "comune,Z999,Zeta,\n", []string{
			"alias.csv:3: \"Z999\" is not the code of a known comune\n    hint: want the cadastral code of a Comune, the UTS code of a unit or the code of a region"}},
		{"address changed, doubled, out of form", "indirizzi.csv", "", "comune,A001,alpha\ncessato,A003,beta\ncomune,A004,Delta!\ncomune,A002,beta\n", []string{
			"indirizzi.csv:4: the address of comune A001 is changed from \"alfa\" (line 2) to \"alpha\"; addresses are for ever\n    hint: delete this line",
			"indirizzi.csv:5: the address \"beta\" belongs to comune A002 already (line 3)\n    hint: add the code to the newer of the two: beta-a003",
			"indirizzi.csv:6: \"Delta!\" is not an address, want small letters, digits and single hyphens",
			"indirizzi.csv:7: comune A002 stands twice, first on line 3\n    hint: delete this line"}},
		{"address of a class changed", "indirizzi.csv", "", "classe,mappa/0-2500,piccoli\n", []string{
			"classi.yaml:4: the address of the class is changed from \"piccoli\" (t/indirizzi.csv:4) to \"fino-a-2500\"; addresses are for ever\n    hint: want indirizzo: piccoli"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := smallCountry()
			switch c.old {
			case "":
				files[c.file] += c.new
			case "all":
				files[c.file] = c.new
			case "name":
				files[c.new] = files[c.file]
				delete(files, c.file)
			default:
				if !strings.Contains(files[c.file], c.old) {
					t.Fatalf("%q is not in the file", c.old)
				}
				files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			}
			for name, change := range alongside[c.name] {
				files[name] = strings.Replace(files[name]+change[2], change[0], change[1], 1)
			}
			_, got := read(files, 20240101)
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}
