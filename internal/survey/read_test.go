package survey

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

// piedmont is a handful of Comuni: two of the same name, one that merged into
// another, and both sides of 5,000 residents.
func piedmont(t testing.TB) *atlas.Atlas {
	t.Helper()
	place := func(istat, cad, name, prov, plate, region, regionName string) atlas.Place {
		return atlas.Place{ISTAT: istat, Cadastral: cad, Name: name, Both: name, Unit: istat[:3], UnitName: prov, Prefix: istat[:3], Kind: atlas.Provincia,
			Plate: plate, Region: region, RegionName: regionName, Rip: "1", RipName: "Nord-ovest"}
	}
	src := atlas.Source{Title: "prova", Date: 20310101}
	in := atlas.Input{
		Lists: []atlas.List{{File: "elenco.csv", Source: src, Places: []atlas.Place{
			place("001001", "A074", "Agliè", "Torino", "TO", "01", "Piemonte"),
			place("001217", "F925", "None", "Torino", "TO", "01", "Piemonte"),
			place("001235", "H753", "Samone", "Torino", "TO", "01", "Piemonte"),
			place("022165", "H754", "Samone", "Trento", "TN", "04", "Trentino-Alto Adige"),
			place("022205", "L378", "Trento", "Trento", "TN", "04", "Trentino-Alto Adige"),
		}}},
		Population: atlas.Count{File: "popolazione.csv", Source: src, Rows: []atlas.Counted{
			{ISTAT: "001001", Residents: 2500, AreaKm2: 1}, {ISTAT: "001217", Residents: 8000, AreaKm2: 1}, {ISTAT: "001235", Residents: 1500, AreaKm2: 1},
			{ISTAT: "022165", Residents: 500, AreaKm2: 1}, {ISTAT: "022205", Residents: 118000, AreaKm2: 1}}},
		Variations: atlas.Variations{File: "variazioni.csv", Source: src, From: 20210101, To: 20310101, Events: []atlas.Event{{
			Kind: atlas.Incorporation, From: 20300101, To: 20300101, OldISTAT: "001900", OldCadastral: "Z001", OldName: "Vecchia",
			NewISTAT: "001217", NewCadastral: "F925", NewName: "None", Line: 2}}},
		Schemes: []atlas.Scheme{{ID: "mappa", Title: "Mappa", Classes: []atlas.Class{{UpTo: 5000, Label: "fino a 5.000"}, {Over: 5000, Label: "oltre 5.000"}}}},
	}
	var list diag.List
	a, _ := atlas.New(in, atlas.Setting{Date: 20310101, File: "sito.toml"}, &list)
	if len(a.Comuni) != 5 || a.Comuni[4].Residents != 118000 {
		t.Fatal(said(&list))
	}
	return a
}

const (
	headRegister = "user_id,codice_catastale,questionario,stato_compilazione,data_invio_risposta,dimostrativo\n"
	goodRegister = headRegister + "1,A074,breve,Completato,2031-02-01,sì\n2,F925,completo,Completato,03/02/2031 10:15,sì\n3,H753,breve,In compilazione,,sì\n4,H754,breve,Mai aperto,,sì\n5,L378,completo,Completato,2031-03-01,sì\n"
	headExport   = "quesito.user_id,quesito.username,domanda_id,risposta_voce,risposta_valore,dimostrativo\n"
	goodExport   = headExport +
		"1,Agliè,1,Mario Segreto,,sì\n1,Agliè,10,\"SÌ, per  tutti i servizi dell’ente\",,sì\n1,Agliè,13,Anagrafe,In cloud,sì\n" +
		"2,None,10,No,,sì\n2,None,11,Manca il tempo,,sì\n2,None,12,Sito,,sì\n2,None,12,Applicazione,,sì\n2,None,20,Sì,,sì\n" +
		"3,Samone,10,No,,sì\n" +
		"5,Trento,10,Non so,,sì\n5,Trento,12,Nessuno,,sì\n"
	goodSettings = "esportazione: risposte.csv\nrispondenti: rispondenti.csv\n"
)

// folder is an edition's folder with the good files and some in their place.
func folder(t testing.TB, changed map[string]string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for name, text := range map[string]string{BookFile: base(t), SettingsFile: goodSettings, "risposte.csv": goodExport, "rispondenti.csv": goodRegister} {
		if other, ok := changed[name]; ok {
			text = other
		}
		out[Dir+"/2031/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range changed {
		if !strings.HasPrefix(name, reserved) {
			out[Dir+"/2031/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
		if strings.HasPrefix(name, reserved) {
			out[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return out
}

func TestEveryAnswerHasItsKind(t *testing.T) {
	var list diag.List
	e, ok := Read(folder(t, nil), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	set := func(options ...int) (s Set) {
		for _, o := range options {
			s = s.With(o)
		}
		return s
	}
	none, begun := Answer{Kind: stat.NoRespondent}, Answer{Kind: stat.NotFinished}
	for _, c := range []struct {
		question string
		row      int
		want     []Answer // Agliè, None, Samone (TO), Samone (TN), Trento
	}{
		{"spid", 0, []Answer{{stat.Known, set(0)}, {stat.Known, set(2)}, begun, none, {stat.DontKnow, set(3)}}},
		{"perche", 0, []Answer{{Kind: stat.NotRouted}, {stat.Known, set(1)}, begun, none, {Kind: stat.NotRouted}}},
		{"canali", 0, []Answer{{Kind: stat.NotAsked}, {stat.Known, set(0, 1)}, begun, none, {stat.Known, set(2)}}},
		{"dove", 0, []Answer{{Kind: stat.Blank}, {Kind: stat.Blank}, begun, none, {Kind: stat.Blank}}},
		{"dove", 1, []Answer{{stat.Known, set(0)}, {Kind: stat.Blank}, begun, none, {Kind: stat.Blank}}},
		{"copie", 0, []Answer{{Kind: stat.Blank}, {stat.Known, set(0)}, begun, none, {Kind: stat.Blank}}},
	} {
		if got := e.Answers(e.Book.Find(c.question), c.row); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s row %d: got %v, want %v", c.question, c.row, got, c.want)
		}
	}
	if e.Answers(e.Book.Find("nome"), 0) != nil {
		t.Error("answers of class mai are kept")
	}
	if e.Respondents() != 3 || !e.Demo() || e.Places[1].Sent != 20310203 || e.Places[1].Form != FullForm {
		t.Errorf("participation: %+v", e.Places)
	}
}

func TestRowsInAnotherOrderGiveTheSameEdition(t *testing.T) {
	lines := strings.SplitAfter(strings.TrimPrefix(goodExport, headExport), "\n")
	var list diag.List
	want, _ := Read(folder(t, nil), "2031", piedmont(t), &list)
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		got, ok := Read(folder(t, map[string]string{"risposte.csv": headExport + strings.Join(lines, "")}), "2031", piedmont(t), &list)
		if !ok || !reflect.DeepEqual(got.answers, want.answers) || !reflect.DeepEqual(got.Places, want.Places) {
			t.Errorf("seed %d: another edition", seed)
		}
	}
}

func TestARespondentIsFoundByName(t *testing.T) {
	register := headRegister + "2,F925,completo,Completato,2031-02-03,sì\n"
	for name, want := range map[string]string{"AGLIE'": "A074", "Samone (TN)": "H754", "Samone (Torino)": "H753"} {
		a := piedmont(t)
		var list diag.List
		e, ok := Read(folder(t, map[string]string{"rispondenti.csv": register, "risposte.csv": headExport + "99," + name + ",10,No,,sì\n"}), "2031", a, &list)
		if !ok {
			t.Errorf("%s: %s", name, said(&list))
			continue
		}
		for i := range a.Comuni {
			if known := e.Answers(e.Book.Find("spid"), 0)[i].Kind == stat.Known; known != (a.Comuni[i].Cadastral == want) {
				t.Errorf("%s: %s known: %v", name, a.Comuni[i].Cadastral, known)
			}
		}
		if !strings.Contains(notes(&list), "matched by name") {
			t.Errorf("%s: the match is not noted: %s", name, notes(&list))
		}
	}
}

func TestAComuneThatTookInARespondentIsNotComparable(t *testing.T) {
	register := headRegister + "2,F925,completo,Completato,2031-02-03,sì\n9,Z001,breve,Completato,2031-02-03,sì\n"
	var list diag.List
	e, ok := Read(folder(t, map[string]string{"rispondenti.csv": register, "risposte.csv": headExport + "2,None,10,No,,sì\n9,Vecchia,10,No,,sì\n"}), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	if got := e.Answers(e.Book.Find("spid"), 0)[1].Kind; got != stat.NotComparable {
		t.Errorf("got %v", got)
	}
	if want := at + "rispondenti.csv:3:3: Z001 is no more and went into None: its answers are not comparable and do not count"; !strings.Contains(notes(&list), want) {
		t.Error(notes(&list))
	}
}

func notes(list *diag.List) string {
	var out []string
	for _, n := range list.Notes() {
		out = append(out, n.String())
	}
	return strings.Join(out, "\n")
}

func TestOfTwoSubmissionsTheLastCompletedCounts(t *testing.T) {
	register := headRegister + "1,A074,breve,Completato,2031-02-01,sì\n7,A074,breve,Completato,2031-02-09,sì\n8,A074,breve,In compilazione,,sì\n"
	var list diag.List
	e, ok := Read(folder(t, map[string]string{"rispondenti.csv": register, "risposte.csv": headExport + "1,Agliè,10,No,,sì\n7,Agliè,10,Non so,,sì\n8,Agliè,10,No,,sì\n"}), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	if got := e.Answers(e.Book.Find("spid"), 0)[0]; got.Kind != stat.DontKnow || e.Places[0].Sent != 20310209 {
		t.Errorf("got %v", got)
	}
	if want := "Agliè has two user ids; the answers of line 3 count, the one completed last"; strings.Count(notes(&list), want) != 2 {
		t.Errorf("notes: %s", notes(&list))
	}
}

const at = Dir + "/2031/"

func TestAFaultInTheAnswersIsSaidAtItsPlace(t *testing.T) {
	row := func(s string) map[string]string { return map[string]string{"risposte.csv": goodExport + s + "\n"} }
	for _, c := range []struct {
		name string
		in   map[string]string
		want string
	}{
		{"label of a public question", row("1,Agliè,10,\"Sì, per qualcuno\",,sì"), at + `risposte.csv:13:13: "Sì, per qualcuno" is not the label of any option of question "spid"
    hint: did you mean "Sì, per alcuni"? if so, add an alias to the option in the codebook`},
		{"label of class aggregato", row("5,Trento,13,Posta elettronica,Segreto,sì"), at + `risposte.csv:13:31: the cell does not match any option of question "dove"
    hint: its value is not shown, the class is aggregato; compare it with line 56 of the codebook, and add an alias there`},
		{"row of class aggregato", row("5,Trento,13,Segreto,In cloud,sì"), at + `risposte.csv:13:13: the cell does not match any row of question "dove"
    hint: its value is not shown, the class is aggregato; compare it with line 56 of the codebook, and add an alias there`},
		{"empty cell", row("5,Trento,20,,,sì"), at + `risposte.csv:13:13: the cell is empty and does not match any option of question "copie"
    hint: its value is not shown, the class is aggregato; compare it with line 74 of the codebook, and add an alias there`},
		{"value beside a single choice", row("5,Trento,20,Sì,Segreto,sì"), at + `risposte.csv:13:17: the cell is not empty, but question "copie" is a singola: its answers stand in risposta_voce`},
		{"question of the other form", row("1,Agliè,12,Sito,,sì"), at + `risposte.csv:13:10: question "canali" is answered, but does not stand on the form of this Comune
    hint: correct the column questionario of ` + at + `rispondenti.csv, or moduli in the codebook`},
		{"question not routed", row("1,Agliè,11,Manca il tempo,,sì"), at + `risposte.csv:13: question "perche" is answered, but the answer to question "spid" does not lead to it
    hint: delete the row, or correct the condition in ` + at + `questionario.yaml`},
		{"two answers to a single choice", row("2,None,10,Non so,,sì"), at + `risposte.csv:13:11: question "spid" has two answers, the first on line 5
    hint: delete one of the rows`},
		{"two answers to a row", row("1,Agliè,13,Anagrafe,Nella sede,sì"), at + `risposte.csv:13:22: question "dove" has two answers, the first on line 4
    hint: delete one of the rows`},
		{"the same answer twice", row("2,None,12,Sito,,sì"), at + `risposte.csv:13:11: the same answer to question "canali" stands twice
    hint: delete one of the rows`},
		{"none and others", row("5,Trento,12,Sito,,sì"), at + `risposte.csv:13:13: question "canali" has an answer that rules out every other, and others, the first on line 12
    hint: delete the rows that do not hold`},
		{"others and none", row("2,None,12,Nessuno,,sì"), at + `risposte.csv:13:11: question "canali" has an answer that rules out every other, and others, the first on line 7
    hint: delete the rows that do not hold`},
		{"unknown question", row("1,Agliè,14,No,,sì"), at + `risposte.csv:13:10: the codebook has no question with domanda_id 14
    hint: known here: 1, 10, 11, 12, 13, 20`},
		{"question without number", row("1,Agliè,dieci,No,,sì"), at + `risposte.csv:13:10: "dieci" is not a domanda_id, want a number`},
		{"unknown user", row("99,Paperopoli,10,No,,sì\n99,Paperopoli,20,No,,sì"), at + `risposte.csv:13:1: user id "99" is not in the register, and no Comune is called "Paperopoli"
    hint: add a line to ` + at + `rispondenti.csv with its cadastral code: 99,<code>`},
		{"homonym", row("99,Samone,10,No,,sì"), at + `risposte.csv:13:1: user id "99" is not in the register, and 2 Comuni are called "Samone"
    hint: add to ` + at + `rispondenti.csv the right one of these lines: 99,H753 for Samone (Torino); 99,H754 for Samone (Trento)`},
		{"name of one that has a user id", row("99,None,10,No,,sì"), at + `risposte.csv:13:1: user id "99" is not in the register, and "None" has another user id there
    hint: to say so, add to ` + at + `rispondenti.csv the line 99,F925 for None (Torino)`},
		{"no user", row(",None,10,No,,sì"), at + `risposte.csv:13:1: the user id is empty
    hint: every row says whose it is`},
		{"answers of one that never opened", row("4,Samone,10,No,,sì\n4,Samone,20,No,,sì"), at + `risposte.csv:13:1: the export has answers of user id "4", which is Mai aperto on line 5 of ` + at + `rispondenti.csv
    hint: correct its stato_compilazione`},
		{"missing column", map[string]string{"risposte.csv": strings.Replace(goodExport, "risposta_valore", "risposta_valori", 1)}, at + `risposte.csv:1: the column "risposta_valore" is missing
    hint: did you mean "risposta_valori"?
` + at + `risposte.csv:1:59: the column "risposta_valori" is not known here
    hint: did you mean "risposta_valore"?`},
		{"no mark", map[string]string{"risposte.csv": strings.ReplaceAll(strings.ReplaceAll(goodExport, ",sì\n", "\n"), ",dimostrativo", "")}, at + `risposte.csv: the codebook is dimostrativa, but the file lacks the column "dimostrativo"
    hint: for real answers write dimostrativa: false in ` + at + `questionario.yaml`},
		{"user twice", map[string]string{"rispondenti.csv": goodRegister + "1,L378,completo,Completato,,sì\n"}, at + `rispondenti.csv:7:1: the user id "1" stands twice, first on line 2
    hint: one line for each user id`},
		{"code unknown", map[string]string{"rispondenti.csv": strings.Replace(goodRegister, "L378", "Z999", 1), "risposte.csv": headExport}, at + `rispondenti.csv:6:3: "Z999" is not the cadastral code of a Comune
    hint: want a letter and three digits, as H501 for Roma`},
		{"state unknown", map[string]string{"rispondenti.csv": strings.Replace(goodRegister, "Mai aperto", "Mai apreto", 1)}, at + `rispondenti.csv:5:14: "Mai apreto" is not a state
    hint: did you mean "Mai aperto"?`},
		{"form unknown", map[string]string{"rispondenti.csv": strings.Replace(goodRegister, "breve", "corto", 1)}, at + `rispondenti.csv:2:8: "corto" is not a form
    hint: want completo or breve`},
		{"day unknown", map[string]string{"rispondenti.csv": strings.Replace(goodRegister, "2031-02-01", "febbraio", 1)}, at + `rispondenti.csv:2:25: "febbraio" is not a day
    hint: want 2025-11-30 or 30/11/2025`},
		{"no file", map[string]string{SettingsFile: "esportazione: altro.csv\nrispondenti: rispondenti.csv\n"}, at + `altro.csv: the file is missing or cannot be read
    hint: put it back, or correct the name in the manifest`},
		{"no name", map[string]string{SettingsFile: "rispondenti: rispondenti.csv\n"}, at + `edizione.yaml:1:1: the key "esportazione" is missing`},
		{"path that leads out", map[string]string{SettingsFile: "esportazione: ../risposte.csv\nrispondenti: rispondenti.csv\n"}, at + `edizione.yaml:1:15: "../risposte.csv" is not a path within the site folder
    hint: no .. and no slash at the beginning`},
		{"folder of another name", map[string]string{BookFile: strings.Replace(base(t), `"2031"`, `"2030"`, 1)}, at + `questionario.yaml: the codebook is of edition "2030", its folder is "2031"
    hint: name the folder as the edition`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if _, ok := Read(folder(t, c.in), "2031", piedmont(t), &list); ok {
				t.Error("was taken as good")
			}
			if got := said(&list); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if strings.Contains(said(&list)+notes(&list), "Segreto") {
				t.Error("a protected value is printed")
			}
		})
	}
}

func TestOneFaultDoesNotHideAnother(t *testing.T) {
	change := func(s string, pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(s, pairs[i]) {
				t.Fatalf("there is no %q", pairs[i])
			}
		}
		return strings.NewReplacer(pairs...).Replace(s)
	}
	const q, r, a = "questionario.yaml", "rispondenti.csv", "risposte.csv"
	for _, c := range []struct {
		name string
		in   map[string]string
		want string // places in the edition's folder
	}{
		{"a question without a class, and answers to it and to another", map[string]string{
			q: change(base(t), "        classe: comune\n", ""), a: change(goodExport, "2,None,10,No", "2,None,10,Nò", "2,None,20,Sì", "2,None,20,Si può")}, q + ":17:13 " + a + ":9:11"},
		{"a domanda_id that is none, and its answers", map[string]string{
			q: change(base(t), "domanda_id: 10", "domanda_id: dieci"), a: change(goodExport, "2,None,20,Sì", "2,None,20,Si può")}, q + ":18:21 " + a + ":9:11"},
		{"a codebook that cannot be read, and a register", map[string]string{
			q: change(base(t), "titolo: Prova", "titolo: [Prova"), r: change(goodRegister, "L378", "Z999")}, q + ":3:1 " + r + ":6:3"},
		{"a file that is not named, and one that is", map[string]string{
			SettingsFile: "rispondenti: rispondenti.csv\n", r: change(goodRegister, "L378", "Z999")}, SettingsFile + ":1:1 " + r + ":6:3"},
		{"a short row of the register, and a label of its answers", map[string]string{
			r: change(goodRegister, "2,F925,", "2,"), a: change(goodExport, "2,None,20,Sì", "2,None,20,Si può")}, r + ":3 " + a + ":9:11"},
		{"the column of codes, and a label", map[string]string{
			r: change(goodRegister, "codice_catastale", "codice"), a: change(goodExport, "2,None,20,Sì", "2,None,20,Si può")}, r + ":1 " + r + ":1:9 " + a + ":9:11"},
		{"the column of user ids: who answers is not known", map[string]string{
			r: change(goodRegister, "user_id", "id"), a: change(goodExport, "2,None,20,Sì", "2,None,20,Si può")}, r + ":1 " + r + ":1:1 " + a + ":9:11"},
		{"an unknown Comune, and a form beside it", map[string]string{
			r: change(goodRegister, "L378,completo", "Z999,lungo")}, r + ":6:3 " + r + ":6:8"},
		{"a form and a state that are none: answers are not held against them", map[string]string{
			r: change(goodRegister, "2,F925,completo,Completato", "2,F925,lungo,Compiuto")}, r + ":3:8 " + r + ":3:14"},
		{"an unknown user, and a label beside it", map[string]string{
			a: goodExport + "99,Paperopoli,10,Nò,,sì\n"}, a + ":13:1 " + a + ":13:18"},
		{"a question of the other form, and a label beside it", map[string]string{
			a: goodExport + "1,Agliè,12,Posta,,sì\n"}, a + ":13:10 " + a + ":13:13"},
		{"a row of a grid, and the option beside it", map[string]string{
			a: goodExport + "5,Trento,13,Cielo,Nuvola,sì\n"}, a + ":13:13 " + a + ":13:19"},
		{"a label that leads on, and what it leads to", map[string]string{
			a: change(goodExport, "2,None,10,No", "2,None,10,Nò")}, a + ":5:11"},
		{"a short row that leads on, and a label elsewhere", map[string]string{
			a: change(goodExport, "2,None,10,No,,sì", "2,None,10,No", "2,None,20,Sì", "2,None,20,Si può")}, a + ":5 " + a + ":9:11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			if _, ok := Read(folder(t, c.in), "2031", piedmont(t), &list); ok {
				t.Error("was taken as good")
			}
			var got []string
			for _, p := range list.Problems() {
				got = append(got, strings.TrimPrefix(p.Place(), at))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%s", s, c.want, said(&list))
			}
		})
	}
}

func TestARespondentWithoutAnswersIsNoted(t *testing.T) {
	for name, export := range map[string]string{"long": headExport + "1,Agliè,10,No,,sì\n",
		"wide": "token,spid,perche,canali,dove_posta,dove_anagrafe,copie,dimostrativo\n1,no,,,,,,sì\n"} {
		var list diag.List
		if _, ok := Read(folder(t, map[string]string{"risposte.csv": export}), "2031", piedmont(t), &list); !ok {
			t.Fatal(said(&list))
		}
		if want := at + "rispondenti.csv:3: 2 respondents that are Completato have no answers in the export; this is the first"; !strings.Contains(notes(&list), want) {
			t.Errorf("%s: %s", name, notes(&list))
		}
	}
}

func TestRealAnswersLieInRiservato(t *testing.T) {
	real := strings.Replace(base(t), "dimostrativa: true", "dimostrativa: false", 1)
	unmark := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, ",sì\n", "\n"), ",dimostrativo", "")
	}
	var list diag.List
	_, ok := Read(folder(t, map[string]string{BookFile: real}), "2031", piedmont(t), &list)
	want := at + `edizione.yaml:1:15: "risposte.csv" does not lie in riservato/, and the codebook is not dimostrativa
    hint: real answers stay out of git: move the file to riservato/
` + at + `edizione.yaml:2:14: "rispondenti.csv" does not lie in riservato/, and the codebook is not dimostrativa
    hint: real answers stay out of git: move the file to riservato/`
	if ok || said(&list) != want {
		t.Errorf("got\n%s", said(&list))
	}
	good := map[string]string{BookFile: real, SettingsFile: "esportazione: riservato/a.csv\nrispondenti: riservato/b.csv\n",
		"riservato/a.csv": unmark(goodExport), "riservato/b.csv": unmark(goodRegister)}
	list = diag.List{}
	if e, ok := Read(folder(t, good), "2031", piedmont(t), &list); !ok || e.Demo() {
		t.Error(said(&list))
	}
	good["riservato/a.csv"] = goodExport
	list = diag.List{}
	_, ok = Read(folder(t, good), "2031", piedmont(t), &list)
	want = `riservato/a.csv: the file has the column "dimostrativo": its answers are fictional, the codebook says they are real
    hint: put the real file in its place, or write dimostrativa: true in ` + at + `questionario.yaml`
	if ok || said(&list) != want {
		t.Errorf("got\n%s", said(&list))
	}
}
