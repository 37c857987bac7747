package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
)

// edit changes one file of the good ones: it is renamed, replaced or gets new
// for old.
type edit struct{ file, old, new string }

const (
	whole  = "<whole file>"
	rename = "<name>"
)

func (e edit) apply(t *testing.T, fsys fstest.MapFS) {
	t.Helper()
	name := "fonti/" + e.file
	switch f := fsys[name]; {
	case e.old == whole:
		fsys[name] = &fstest.MapFile{Data: []byte(e.new)}
	case e.old == rename:
		delete(fsys, name)
		if e.new != "" {
			fsys["fonti/"+e.new] = f
		}
	case !strings.Contains(string(f.Data), e.old):
		t.Fatalf("%s does not hold %q", name, e.old)
	default:
		fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), e.old, e.new, 1))}
	}
}

const (
	pm = "piano/manifesto.yaml"
	pl = "piano/lista_9.2026-07-15.csv"
	pa = "piano/avvisi.2026-07-01.csv"
	pt = "piano/totali.2026-07-15.csv"
	um = "uso/manifesto.yaml"
	ut = "uso/uso.2026-03-01.csv"
)

// wrong are single faults and what is said of them.
var wrong = []struct {
	name string
	edit edit
	want string
}{
	// manifests
	{"no manifest", edit{um, rename, ""}, `fonti/uso/manifesto.yaml: the manifest of the source is missing
    hint: write one as the other folders have, or delete the folder`},
	{"broken YAML", edit{um, "chiavi: {codice", "chiavi: {{codice"}, `fonti/uso/manifesto.yaml:8:10: this is not YAML: could not find flow map content
    hint: want one "key: value" a line; put a value that holds ": " or starts with a sign between quotes`},
	{"unknown key", edit{pm, "editore:", "editor:"}, `fonti/piano/manifesto.yaml:3:1: the key "editor" is not known here
    hint: did you mean "editore"?`},
	{"unknown key below", edit{pm, "data_finanziamento:", "data_finanziamneto:"}, `fonti/piano/manifesto.yaml:18:3: the key "data_finanziamneto" is not known here
    hint: did you mean "data_finanziamento"?`},
	{"unknown adapter", edit{pm, "adattatore: progetti", "adattatore: progeti"}, `fonti/piano/manifesto.yaml:1:13: "progeti" is not a value of "adattatore"
    hint: did you mean "progetti"?`},
	{"no adapter", edit{um, "adattatore: tabella\n", ""}, `fonti/uso/manifesto.yaml:1:1: the key "adattatore" is missing
    hint: it is progetti or tabella`},
	{"empty licence", edit{um, "licenza: CC0", "licenza: "}, `fonti/uso/manifesto.yaml:4:1: the key "licenza" is empty`},
	{"address that is none", edit{um, "https://example.org/uso", "example.org/uso"}, `fonti/uso/manifesto.yaml:6:6: "example.org/uso" is not an address, want https://…`},
	{"id with a blank", edit{pm, "id: strade", "id: le strade"}, `fonti/piano/manifesto.yaml:28:9: "le strade" is not an id, want small letters, digits and hyphens`},
	{"doubled id", edit{pm, "id: ponti", "id: strade"}, `fonti/piano/manifesto.yaml:33:9: the id "strade" stands twice, first on line 28
    hint: give one of them another name`},
	{"unknown type", edit{um, "tipo: conteggio", "tipo: conteggi"}, `fonti/uso/manifesto.yaml:12:35: "conteggi" is not a value of "tipo"
    hint: did you mean "conteggio"?`},
	{"score that adds up", edit{um, "intero: true, unione: non_confrontabile", "intero: true, unione: somma"}, `fonti/uso/manifesto.yaml:13:92: "somma" adds up counts only, and "voto" is not one
    hint: write unione: non_confrontabile`},
	{"flag without words", edit{um, "vero: [si], ", ""}, `fonti/uso/manifesto.yaml:15:10: the variable "modello" needs vero and falso`},
	{"exception without a reason", edit{pm, ", ragione: prova", ""}, `fonti/piano/manifesto.yaml:50:6: the key "ragione" is missing`},
	{"exception for no row", edit{pm, "cup: C99, escludi: true", "escludi: true"}, `fonti/piano/manifesto.yaml:50:30: the exception names no row, want codice, ipa, ente or cup`},
	{"no columns", edit{um, "chiavi: {codice: CODICE, ", "chiavi: {"}, `fonti/uso/manifesto.yaml:8:10: the key "codice" is missing`},
	{"exception to no place", edit{pm, "cup: C99, escludi: true", "cup: C99, comune: Z999"}, `fonti/piano/lista_9.2026-07-15.csv:12:31: the exception gives "001002" "c_b002" "Comune di Bravo" to "Z999", which is not the cadastral code of a Comune in force
    hint: correct eccezioni in the manifest`},

	// files
	{"no file", edit{ut, rename, ""}, `fonti/uso/manifesto.yaml:7:7: no file of fonti/uso is called uso.<date>.csv
    hint: put one there, e.g. uso.2026-09-01.csv`},
	{"file without a date", edit{ut, rename, "uso/uso.csv"}, `fonti/uso/uso.csv: the name of the file has no date, and the date of a list belongs beside every figure
    hint: rename it to the day it speaks for, e.g. uso.2026-09-01.csv`},
	{"file of another name", edit{pl, rename, "piano/lista9.2026-07-15.csv"}, `fonti/piano/lista9.2026-07-15.csv: the manifest names no file called "lista9"
    hint: did you mean "lista_9"?
fonti/piano/lista_9.2026-06-30.csv:1:1: the first line holds one column only; a comma, a semicolon or a tab is wanted between columns
    hint: export the file again with one of these separators`},
	{"gzip that is none", edit{ut, rename, "uso/uso.2026-03-01.csv.gz"}, `fonti/uso/uso.2026-03-01.csv.gz: the name ends in .gz but the file is not gzip
    hint: download or compress the file again`},
	{"wrong separator", edit{pa, whole, "titolo|misura|dal|al|importo|per\n"}, `fonti/piano/avvisi.2026-07-01.csv:1:1: the first line holds one column only; a comma, a semicolon or a tab is wanted between columns
    hint: export the file again with one of these separators`},
	{"wrong encoding", edit{pa, whole, "\xff\xfet\x00"}, `fonti/piano/avvisi.2026-07-01.csv: the file is in UTF-16, want UTF-8 or Windows-1252
    hint: save the file again as CSV, UTF-8`},
	{"missing column", edit{ut, ";PROV;", ";PROVINCIA;"}, `fonti/uso/uso.2026-03-01.csv:1: the column "PROV" is missing
fonti/uso/uso.2026-03-01.csv:1:26: the column "PROVINCIA" is not known here`},
	{"doubled column", edit{pl, "aggiornato,regione", "aggiornato,cup"}, `fonti/piano/lista_9.2026-07-15.csv:1:86: the column "cup" stands twice, first as column 9
    hint: delete or rename one of them`},
	{"short row", edit{ut, "01-02-2026;001002;c_b002;", "01-02-2026;001002;"}, `fonti/uso/uso.2026-03-01.csv:3: the row has 9 cells, want 10 as the headings have
    hint: look for a missing separator or an unquoted one`},

	// lists of projects
	{"unknown code", edit{pl, "c_b002,Comune di Bravo,Comuni,001002,AL,10", "zzz,Comune di Zeta,Comuni,999999,AL,10"}, `fonti/piano/lista_9.2026-07-15.csv:5:27: no Comune in force or ended fits "999999" "zzz" "Comune di Zeta" on 2026-07-15
    hint: say which Comune it is, or that the row is left out, under eccezioni in the manifest`},
	{"code and name of two Comuni", edit{pl, "c_b002,Comune di Bravo,Comuni,001002,AL,10", "zzz,Comune di Alfa,Comuni,001002,AL,10"}, `fonti/piano/lista_9.2026-07-15.csv:5:27: the row names two Comuni: ISTAT code 001002 is Bravo (001002), name "Comune di Alfa" is Alfa (001001)
    hint: say which Comune it is, or that the row is left out, under eccezioni in the manifest`},
	{"unknown status letter", edit{pl, "C03,A,", "C03,X,"}, `fonti/piano/lista_9.2026-07-15.csv:5:72: "X" is not a status, want A, E or R
    hint: a new letter is added under stati in the manifest`},
	{"amount that is none", edit{pl, "10.25", `"10,25"`}, `fonti/piano/lista_9.2026-07-15.csv:5:41: "10,25" is not an amount, want euros with a point, like 23147.0`},
	{"malformed date", edit{pl, "C03,A,2023-04-01", "C03,A,01/04/2023"}, `fonti/piano/lista_9.2026-07-15.csv:5:74: "01/04/2023" is not a date, want yyyy-mm-dd`},
	{"date after the file's", edit{pl, "C03,A,2023-04-01", "C03,A,2026-07-16"}, `fonti/piano/lista_9.2026-07-15.csv:5:74: 2026-07-16 is later than the date of the file, 2026-07-15
    hint: correct the date in the name of the file`},
	{"unknown tipologia", edit{pl, "Liceo,Scuole", "Liceo,Scuola"}, `fonti/piano/lista_9.2026-07-15.csv:9:14: "Scuola" is not a known tipologia
    hint: did you mean "Scuole"? or add it under comuni or altri_enti in the manifest`},
	{"call of none", edit{pl, "9.2 Ponti - Comuni,", "9.2 Ponti,"}, `fonti/piano/lista_9.2026-07-15.csv:5:47: the call "9.2 Ponti" belongs to no intervention
    hint: add it to the avvisi of one, or to avvisi_esclusi with a reason, in the manifest`},
	{"call of two interventions", edit{pm, `["9.1 Strade - Comuni*"]`, `["9.1 Strade - Comuni*", "9.2 Ponti*"]`}, `fonti/piano/lista_9.2026-07-15.csv:5:47: the call "9.2 Ponti - Comuni" belongs to strade and ponti, want one
    hint: make the avvisi of the manifest narrower`},
	{"one CUP, two projects", edit{pl, "C02,A", "C01,A"}, `fonti/piano/lista_9.2026-07-15.csv:4:72: the CUP "C01" stands in line 3 too, not renounced, with another amount, stage, call or date
    hint: leave one of them out under eccezioni in the manifest`},
	{"call that ends before it begins", edit{pa, "2022-05-31", "2022-03-31"}, `fonti/piano/avvisi.2026-07-01.csv:2:39: the call ends on 2022-03-31, before it begins on 2022-04-01`},
	{"total that differs", edit{pt, "decretato,2284", "decretato,2283"}, `fonti/piano/totali.2026-07-15.csv:2:11: the publisher's total of finanziato is 2283.00 euros, the rows of fonti/piano/lista_9.2026-07-15.csv add up to 2284.75
    hint: one of the two files is not whole, or not of the date in its name`},
	{"total of another month", edit{pt, rename, "piano/totali.2026-08-20.csv"}, ""},

	// tables
	{"two rows of a Comune and date", edit{ut, "01-02-2026;001002;c_b002;BRAVO", "01-02-2026;001001;c_a001;ALFA"}, `fonti/uso/uso.2026-03-01.csv:3:12: Alfa (001001) has a row of 2026-02-01 already, in line 2
    hint: say which Comune it is, or that the row is left out, under eccezioni in the manifest`},
	{"count that is none", edit{ut, "AL;3;", "AL;3,5;"}, `fonti/uso/uso.2026-03-01.csv:2:34: "3,5" is not a value of USI, want a whole number, 0 or more`},
	{"number out of range", edit{ut, ";40;", ";140;"}, `fonti/uso/uso.2026-03-01.csv:8:36: "140" is not a value of VOTO, want at most 100`},
	{"number that is none", edit{ut, ";1500;", ";tanto;"}, `fonti/uso/uso.2026-03-01.csv:2:55: "tanto" is not a value of PESO, want a number with a point`},
	{"flag that is none", edit{ut, "1500;si;", "1500;forse;"}, `fonti/uso/uso.2026-03-01.csv:2:60: "forse" is not a value of MODELLO, want one of ["si" "no"]`},
	{"day of another form", edit{ut, "01-02-2026;001001", "2026-02-01;001001"}, `fonti/uso/uso.2026-03-01.csv:2:1: "2026-02-01" is not a date, want gg-mm-aaaa`},
	{"day after the file's", edit{ut, "01-02-2026;001001", "02-03-2026;001001"}, `fonti/uso/uso.2026-03-01.csv:2:1: 2026-03-02 is later than the date of the file, 2026-03-01
    hint: correct the date in the name of the file`},
}

func TestAFaultIsSaidWithPlaceAndRemedy(t *testing.T) {
	for _, c := range wrong {
		t.Run(c.name, func(t *testing.T) {
			fsys := files(t)
			c.edit.apply(t, fsys)
			var list diag.List
			lib := readAllOf(t, fsys, &list)
			if got := strings.TrimSpace(lines(list.Problems())); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			balanced(t, lib)
		})
	}
}

func TestAllFaultsComeInOneRun(t *testing.T) {
	fsys := files(t)
	for _, e := range []edit{{pl, "10.25", "dieci"}, {pl, "C03,A,2023-04-01", "C03,?,ieri"}, {pl, "001003", "x"}, {pa, "2022-05-31", "mai"},
		{ut, "01-02-2026;001001", "oggi;001001"}, {ut, "AL;3;", "AL;tre;"}} {
		e.apply(t, fsys)
	}
	var list diag.List
	lib := readAllOf(t, fsys, &list)
	var places []string
	for _, p := range list.Problems() {
		places = append(places, strings.TrimPrefix(p.Place(), "fonti/"))
	}
	want := "piano/avvisi.2026-07-01.csv:2:39 piano/lista_9.2026-07-15.csv:5:41 piano/lista_9.2026-07-15.csv:5:72 piano/lista_9.2026-07-15.csv:5:74 piano/lista_9.2026-07-15.csv:13:31 uso/uso.2026-03-01.csv:2:1 uso/uso.2026-03-01.csv:2:28"
	if got := strings.Join(places, " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	balanced(t, lib)
}

func TestOneFaultDoesNotHideAnother(t *testing.T) {
	for _, c := range []struct {
		name  string
		edits []edit
		want  string // places, below fonti/
	}{
		{"a short row, and a bad number below it; the total is not held against what is left",
			[]edit{{pl, "Comuni,001001,AL,150.5", "001001,AL,150.5"}, {pl, "10.25", "dieci"}}, pl + ":3 " + pl + ":5:41"},
		{"a bad amount, and an unknown code beside it",
			[]edit{{pl, "c_b002,Comune di Bravo,Comuni,001002,AL,10.25", "zzz,Comune di Zeta,Comuni,999999,AL,dieci"}}, pl + ":5:27 " + pl + ":5:37"},
		{"a bad status, a bad day and an unknown call, and an unknown code beside them",
			[]edit{{pl, "c_b002,Comune di Bravo,Comuni,001002,AL,10.25,9.2 Ponti - Comuni,9,C03,A,2023-04-01", "zzz,Comune di Zeta,Comuni,999999,AL,10.25,9.2 Monti,9,C03,X,ieri"}},
			pl + ":5:27 " + pl + ":5:43 " + pl + ":5:59 " + pl + ":5:61"},
		{"a bad figure, and an unknown code beside it",
			[]edit{{ut, "001002;c_b002;BRAVO;AL;0;;9", "999999;zzz;ZETA;AL;0;10;poco"}}, ut + ":3:12 " + ut + ":3:36"},
		{"an address in the manifest, and a figure in the table",
			[]edit{{um, "https://example.org/uso", "example.org/uso"}, {ut, "AL;3;", "AL;tre;"}}, um + ":6:6 " + ut + ":2:34"},
		{"a manifest that cannot be followed, and a short row",
			[]edit{{um, "tipo: conteggio", "tipo: conteggi"}, {ut, "AL;3;", "AL;"}}, um + ":12:35 " + ut + ":2"},
		{"a column that is missing, and a figure in another; what failed is not known without it",
			[]edit{{ut, ";USI;", ";USO;"}, {ut, ";40;", ";140;"}}, ut + ":1 " + ut + ":1:31 " + ut + ":8:36"},
		{"the column of failures, and an unknown code",
			[]edit{{ut, ";VOTO;", ";VUOTO;"}, {ut, "001002;c_b002;BRAVO", "999999;zzz;ZETA"}}, ut + ":1 " + ut + ":1:35 " + ut + ":3:12"},
		{"a bad day of a call, and its amount",
			[]edit{{pa, "2022-05-31,1000.0", "mai,mille"}}, pa + ":2:39 " + pa + ":2:43"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := files(t)
			for _, e := range c.edits {
				e.apply(t, fsys)
			}
			var list diag.List
			balanced(t, readAllOf(t, fsys, &list))
			var places []string
			for _, p := range list.Problems() {
				places = append(places, strings.TrimPrefix(p.Place(), "fonti/"))
			}
			if got := strings.Join(places, " "); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%s", got, c.want, lines(list.Problems()))
			}
		})
	}
}

// Who is missing because a line of the territory could not be read is not
// reported a second time; whoever else is unknown is.
func TestAPlaceInDoubtIsNoFaultOfAFeed(t *testing.T) {
	fsys := files(t)
	edit{ut, "001002;c_b002;BRAVO", "001012;c_z012;ZULU"}.apply(t, fsys)
	edit{ut, "001005;c_e005;ECHO", "001013;c_y013;YANKEE"}.apply(t, fsys)
	var doubt atlas.Doubt
	doubt.Row(1, 1, "1", "001012", "Z012")
	in := atlas.Input{Doubt: doubt, Lists: []atlas.List{{Source: atlas.Source{Date: 20260814}}}}
	for _, c := range []struct {
		name string
		all  bool
		want int
	}{
		{"a row that could not be read", false, 17},
		{"a file that could not be read", true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.all {
				in.Doubt.All()
			}
			var list diag.List
			empty, _ := atlas.New(in, atlas.Setting{}, &list)
			Read(fsys, "fonti", empty, 20260814, &list)
			for _, p := range list.Problems() {
				if !strings.HasPrefix(p.Text, "no Comune in force") || strings.Contains(p.Text, "001012") {
					t.Error(p)
				}
			}
			if list.Len() != c.want {
				t.Errorf("got %d problems, want %d:\n%s", list.Len(), c.want, lines(list.Problems()))
			}
		})
	}
}

func TestASeriesTakesEveryFileAndNoDateTwice(t *testing.T) {
	fsys := files(t)
	fsys["fonti/uso/uso.2026-04-01.csv"] = &fstest.MapFile{Data: []byte("GIORNO;CODICE;IPA;COMUNE;PROV;USI;VOTO;PESO;MODELLO;SITO\n" +
		"01-04-2026;001001;c_a001;ALFA;AL;10;40;1;no;\n01-03-2026;001002;c_b002;BRAVO;AL;10;40;1;no;\n")}
	edit{um, "file: uso\n", "file: uso\nleggi: tutti\n"}.apply(t, fsys)
	var list diag.List
	lib := readAllOf(t, fsys, &list)
	want := `fonti/uso/uso.2026-04-01.csv:3:1: the date 2026-03-01 is in fonti/uso/uso.2026-03-01.csv too
    hint: delete the older file, or write leggi: ultimo
`
	if got := lines(list.Problems()); got != want {
		t.Errorf("got %s", got)
	}
	if dates := lib.Sources[1].Dates; len(dates) != 3 || dates[2] != 20260401 {
		t.Errorf("got dates %v", dates)
	}
}
