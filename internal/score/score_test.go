package score

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// country is four respondents and one that is not: the first two get the short
// form, the others the full one.
func country(t testing.TB) *atlas.Atlas {
	t.Helper()
	place := func(istat, cad, name string) atlas.Place {
		return atlas.Place{ISTAT: istat, Cadastral: cad, Name: name, Both: name, Unit: istat[:3], UnitName: "Torino", Prefix: istat[:3], Kind: atlas.Provincia,
			Plate: "TO", Region: "01", RegionName: "Piemonte", Rip: "1", RipName: "Nord-ovest"}
	}
	src := atlas.Source{Title: "prova", Date: 20310101}
	in := atlas.Input{
		Lists: []atlas.List{{File: "elenco.csv", Source: src, Places: []atlas.Place{
			place("001001", "A001", "Primo"), place("001002", "A002", "Secondo"), place("001003", "A003", "Terzo"), place("001004", "A004", "Quarto"), place("001005", "A005", "Quinto")}}},
		Population: atlas.Count{File: "popolazione.csv", Source: src, Rows: []atlas.Counted{
			{ISTAT: "001001", Residents: 1000, AreaKm2: 1}, {ISTAT: "001002", Residents: 2000, AreaKm2: 1}, {ISTAT: "001003", Residents: 8000, AreaKm2: 1},
			{ISTAT: "001004", Residents: 9000, AreaKm2: 1}, {ISTAT: "001005", Residents: 10000, AreaKm2: 1}}},
		Variations: atlas.Variations{File: "variazioni.csv", Source: src, From: 20210101, To: 20310101},
		Schemes:    []atlas.Scheme{{ID: "mappa", Title: "Mappa", Classes: []atlas.Class{{UpTo: 5000, Label: "fino a 5.000"}, {Over: 5000, Label: "oltre 5.000"}}}},
	}
	var list diag.List
	a, _ := atlas.New(in, atlas.Setting{Date: 20310101, File: "sito.toml"}, &list)
	if len(a.Comuni) != 5 {
		t.Fatal(said(&list))
	}
	return a
}

const register = "user_id,codice_catastale,questionario,stato_compilazione,dimostrativo\n" +
	"1,A001,breve,Completato,sì\n2,A002,breve,In compilazione,sì\n3,A003,completo,Completato,sì\n4,A004,completo,Completato,sì\n5,A005,completo,Mai aperto,sì\n"

// answers are what the country answered: lines of user, question, item, value.
const answers = `
1,10,Portale,
1,11,Sportello,
1,11,Guide,
1,12,Mensa,Tutto in linea
1,12,Tributi,Allo sportello
1,14,Anagrafe,In cloud
1,14,Anagrafe,Su carta
1,14,Tributi,In sede
1,15,Portale,50
1,15,PEC,30
1,15,Carta,20
1,16,Mensa,40
1,16,Tributi,0
1,17,,30
1,20,Sì,
2,10,Carta,
3,10,Carta,
3,11,Nessuno,
3,12,Mensa,Si avvia in linea
3,12,Tributi,Tutto in linea
3,12,Atti,Allo sportello
3,13,Ferie in linea,Sempre
3,13,Si stampa,Sempre
3,14,Anagrafe,Su carta
3,14,Tributi,Su carta
3,16,Mensa,10
3,16,Tributi,80
3,16,Atti,0
3,20,No,
4,10,Non so,
4,13,Ferie in linea,Talvolta
4,13,Si stampa,Mai
`

func said(list *diag.List) string {
	var out []string
	for _, p := range list.Problems() {
		out = append(out, p.String())
	}
	return strings.Join(out, "\n")
}

// edition reads the country's answers; book changes the codebook. Where it makes
// them real they lie in riservato/, lack the mark of fictional ones, and the
// first Comune consents to the questions named.
func edition(t testing.TB, book func(string) string, consents ...string) *survey.Edition {
	t.Helper()
	real := !strings.Contains(book("dimostrativa: true"), "dimostrativa: true")
	demo, dir := ",sì", ""
	if real {
		demo, dir = "", "riservato/"
	}
	raw, err := os.ReadFile("testdata/questionario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var export strings.Builder
	export.WriteString("quesito.user_id,quesito.username,domanda_id,risposta_voce,risposta_valore" + head(real) + "\n")
	for l := range strings.Lines(strings.TrimSpace(answers)) {
		who, rest, _ := strings.Cut(strings.TrimSpace(l), ",")
		export.WriteString(who + ",X," + rest + demo + "\n")
	}
	folder := survey.Dir + "/2031/"
	in := func(dir, name string) string {
		if dir == "" {
			return folder + name
		}
		return dir + name
	}
	who := register
	if real {
		who = strings.NewReplacer(",sì", "", ",dimostrativo", "").Replace(register)
	}
	settings, consented := "esportazione: "+dir+"e.csv\nrispondenti: "+dir+"r.csv\n", "codice_catastale,domanda,data\n"
	if real {
		settings += "consensi: riservato/c.csv\n"
	}
	for _, q := range consents {
		consented += "A001," + q + ",2031-02-01\n"
	}
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	var list diag.List
	e, ok := survey.Read(fstest.MapFS{folder + survey.BookFile: text(book(string(raw))), folder + survey.SettingsFile: text(settings),
		"riservato/c.csv": text(consented),
		in(dir, "e.csv"):  text(export.String()), in(dir, "r.csv"): text(who)}, "2031", country(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	return e
}

// head is the end of the heading, where answers are fictional the mark.
func head(real bool) string {
	if real {
		return ""
	}
	return ",dimostrativo"
}

func asWritten(s string) string { return s }

// variables are one, of which the last Comune has none.
func variables() []stat.Variable {
	return []stat.Variable{
		{ID: "siti/punteggio", Date: 20290101, Values: []stat.Value{stat.Of(1), stat.Of(1), stat.Of(1), stat.Of(1), stat.Of(1)}},
		{ID: "siti/punteggio", Date: 20300101, Values: []stat.Value{stat.Of(20), stat.Of(40), stat.Of(60), stat.Missing(stat.Failed), stat.Of(100)}},
	}
}

var known = Known{Variables: []string{"siti/punteggio"}, Indicators: []string{"siti-punteggio"}}

// tree reads a tree that must be sound.
func tree(t testing.TB, text string, e *survey.Edition) *Tree {
	t.Helper()
	var list diag.List
	out, ok := Parse([]byte(text), "indici.yaml", e.Book, known, &list)
	if !ok {
		t.Fatal(text + "\n" + said(&list))
	}
	return out
}

// single is a tree of one part.
func single(part string) string {
	return "edizione: \"2031\"\nindici:\n  - id: indice\n    titolo: Indice\n    parti:\n      - id: area\n        titolo: Area\n        peso: 1\n        parti:\n" +
		"          - {id: parte, titolo: Parte, peso: 1, " + part + "}\n"
}

// shown writes values as the tests have them: a number, or the code of a kind.
func shown(values []stat.Value) string {
	var out []string
	for _, v := range values {
		if v.OK() {
			out = append(out, fmt.Sprintf("%g", math.Round(v.N*1e6)/1e6))
		} else {
			out = append(out, v.Kind.Code())
		}
	}
	return strings.Join(out, " ")
}

func TestEachMethodGivesTheScoresComputedByHand(t *testing.T) {
	e := edition(t, asWritten)
	for _, c := range []struct{ name, part, want string }{
		{"points of an option, in per cent of the best",
			"domanda: canale, metodo: scelta, punti: {portale: 8, misto: 4, carta: 2}",
			"100 non_concluso 25 non_sa non_rispondente"}, // 8/8, 2/8
		{"points of a kind of no value",
			"domanda: canale, metodo: scelta, punti: {portale: 8, misto: 4, carta: 2}, senza_valore: {non_sa: 1}",
			"100 non_concluso 25 12.5 non_rispondente"},
		{"weights of the options ticked, of all that can be had",
			"domanda: aiuti, metodo: somma, punti: {sportello: 3, telefono: 2, guide: 1}",
			"66.666667 non_concluso 0 in_bianco non_rispondente"}, // (3+1)/6
		{"how many are ticked",
			"domanda: aiuti, metodo: conta",
			"66.666667 non_concluso 0 in_bianco non_rispondente"}, // 2 of 3
		{"how many of some, up to as many as are enough",
			"domanda: aiuti, metodo: conta, tra: [sportello, guide], pieno: 1",
			"100 non_concluso 0 in_bianco non_rispondente"},
		{"a grid, of the rows expected: what is blank is 0 of its maximum",
			"domanda: servizi, metodo: righe, punti: {completo: 10, avvio: 5, sportello: 0}",
			"33.333333 non_concluso 50 in_bianco non_rispondente"}, // 10+0+blank of 30; 5+10+0 of 30
		{"a grid, of the rows present",
			"domanda: servizi, metodo: righe, punti: {completo: 10, avvio: 5, sportello: 0}, massimo: presenti",
			"50 non_concluso 50 in_bianco non_rispondente"}, // 10+0 of 20
		{"a grid with rows that weigh more",
			"domanda: servizi, metodo: righe, punti: {completo: 10, avvio: 5, sportello: 0}, pesi_righe: {tributi: 3, atti: 0}",
			"25 non_concluso 87.5 in_bianco non_rispondente"}, // 10 of 40; 5+30 of 40
		{"a grid with a row of its own points",
			"domanda: servizi, metodo: righe, punti: {completo: 10, avvio: 5, sportello: 0}, righe: {mensa: {completo: 4, avvio: 2, sportello: 1}}",
			"16.666667 non_concluso 50 in_bianco non_rispondente"}, // 4 of 24; 2+10 of 24
		{"a grid with a row turned round, on the full form only",
			"domanda: abitudini, metodo: righe, punti: {sempre: 2, talvolta: 1, mai: 0}, inverse: [stampa]",
			"non_posta non_posta 50 75 non_rispondente"}, // 2+0 of 4; 1+2 of 4
		{"services by systems, the sum of a row",
			"domanda: sistemi, metodo: matrice, punti: {cloud: 6, sede: 3, carta: 1}",
			"50 non_concluso 10 in_bianco non_rispondente"}, // 7+3 of 20; 1+1 of 20
		{"services by systems, the best of a row",
			"domanda: sistemi, metodo: matrice, riga: migliore, punti: {cloud: 6, sede: 3, carta: 0}",
			"75 non_concluso 0 in_bianco non_rispondente"}, // 6+3 of 12
		{"services by systems, a weight for each pair",
			"domanda: sistemi, metodo: matrice, riga: migliore, righe: {anagrafe: {cloud: 2, sede: 1, carta: 0}, tributi: {cloud: 8, sede: 4, carta: 1}}",
			"60 non_concluso 10 in_bianco non_rispondente"}, // 2+4 of 10; 0+1 of 10
		{"percentages of a whole by their weights",
			"domanda: arrivi, metodo: somma, punti: {portale: 2, pec: 1, carta: 0}",
			"65 non_concluso in_bianco in_bianco non_rispondente"}, // 50*2+30 of 200
		{"the mean of percentages, of the rows expected",
			"domanda: richieste, metodo: media",
			"13.333333 non_concluso 30 in_bianco non_rispondente"}, // 40 of 300; 90 of 300
		{"the mean of percentages, of the rows present",
			"domanda: richieste, metodo: media, massimo: presenti",
			"20 non_concluso 30 in_bianco non_rispondente"},
		{"the mean of those rows that are on line",
			"domanda: richieste, metodo: media, solo: {domanda: servizi, una_di: [completo, avvio]}",
			"20 non_concluso 45 in_bianco non_rispondente"}, // 40 of mensa, atti not known; 10+80 of two
		{"the share of percentages above zero",
			"domanda: richieste, metodo: sopra-zero",
			"33.333333 non_concluso 66.666667 in_bianco non_rispondente"},
		{"a number between a fixed minimum and maximum",
			"domanda: formati, metodo: valore, scala: {da: 10, a: 50}",
			"50 non_concluso non_pertinente non_pertinente non_rispondente"},
		{"a number of which less is better",
			"domanda: formati, metodo: valore, scala: {da: 50, a: 10}, senza_valore: {non_pertinente: 60}",
			"50 non_concluso 0 0 non_rispondente"},
		{"a number held to a target",
			"domanda: formati, metodo: valore, scala: {obiettivo: 40}",
			"75 non_concluso non_pertinente non_pertinente non_rispondente"},
		{"a number held to a target from above",
			"domanda: formati, metodo: valore, scala: {obiettivo: 12, meno: true}",
			"40 non_concluso non_pertinente non_pertinente non_rispondente"},
		{"a target that was passed",
			"domanda: formati, metodo: valore, scala: {obiettivo: 20}",
			"100 non_concluso non_pertinente non_pertinente non_rispondente"},
		{"the newest date of a variable; a source asks nobody",
			"variabile: siti/punteggio, metodo: valore, scala: {da: 0, a: 80}",
			"25 50 75 non_rilevato 100"},
	} {
		s := New(tree(t, single(c.part), e), NewAnswers(e, variables()))
		if got := shown(s.Of(2, Own)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}
