package survey

import (
	"reflect"
	"strings"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

const (
	headFixes     = "codice_catastale;domanda;riga;prima;dopo;motivo;data\n"
	headConsents  = "codice_catastale;domanda;data\n"
	headReplies   = "codice_catastale;domanda;indice;testo;data\n"
	headExclusion = "invio;conta;motivo\n"
	allSettings   = goodSettings + "correzioni: corrections.csv\nconsensi: consensi.csv\nrepliche: repliche.csv\nesclusioni: esclusioni.csv\n"
)

// beside is an edition's folder with files beside the answers.
func beside(t testing.TB, changed map[string]string) map[string]string {
	t.Helper()
	out := map[string]string{SettingsFile: allSettings, "corrections.csv": headFixes, "consensi.csv": headConsents, "repliche.csv": headReplies, "esclusioni.csv": headExclusion}
	for name, text := range changed {
		out[name] = text
	}
	return out
}

func TestACorrectionChangesTheAnswerAndNotTheExport(t *testing.T) {
	in := beside(t, map[string]string{
		"consensi.csv": headConsents + "A074;spid;2031-02-01\n",
		"risposte.csv": goodExport + "5,Trento,13,Anagrafe,Nuvola,sì\n",
		"corrections.csv": headFixes + "A074;spid;;tutti;no;letta male;2031-05-02\nA074;perche;;;tempo;consegue;2031-05-02\nF925;canali;;web|app;nessuno;errore di chi compila;2031-05-01\n" +
			"L378;dove;anagrafe;Nuvola;sede;voce di un vecchio modulo;2031-05-03\nF925;copie;;si;;data per sbaglio;2031-05-03\n",
	})
	var list diag.List
	e, ok := Read(folder(t, in), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	answer := func(id string, row, comune int) Answer { return e.Answers(e.Book.Find(id), row)[comune] }
	for _, c := range []struct {
		got  Answer
		want Answer
	}{
		{answer("spid", 0, 0), Answer{stat.Known, Set(0).With(2)}},
		{answer("perche", 0, 0), Answer{stat.Known, Set(0).With(1)}},
		{answer("canali", 0, 1), Answer{stat.Known, Set(0).With(2)}},
		{answer("dove", 1, 4), Answer{stat.Known, Set(0).With(1)}},
		{answer("copie", 0, 1), Answer{Kind: stat.Blank}},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	none := func(section int, reason string) Correction {
		return Correction{Section: section, Reason: reason, Comune: -1, Question: -1}
	}
	want := []Correction{none(1, "errore di chi compila"),
		{Section: 1, Reason: "letta male", Shown: true, Comune: 0, Question: 1, Old: []string{"Sì, per tutti i servizi dell'ente"}, New: []string{"No"}},
		none(1, "consegue"), none(1, "voce di un vecchio modulo"), none(2, "data per sbaglio")}
	for i, day := range []atlas.Date{20310501, 20310502, 20310502, 20310503, 20310503} {
		want[i].Date = day
	}
	if !reflect.DeepEqual(e.Corrections, want) {
		t.Errorf("got %+v\nwant %+v", e.Corrections, want)
	}
	if strings.Contains(said(&list)+notes(&list), "Nuvola") {
		t.Error("a protected value is printed")
	}
}

func TestACorrectionPutsPercentagesRight(t *testing.T) {
	in := beside(t, map[string]string{BookFile: shapesBook(t), "risposte.csv": headExport + "2,None,4,In cloud,30,sì\n2,None,4,Nella sede,60,sì\n2,None,3,,\"1,5\",sì\n",
		"corrections.csv": headFixes + "F925;dove;sede;60;70;somma;2031-05-02\nF925;spesa;;1.5;2.5;virgola;2031-05-02\n"})
	var list diag.List
	e, ok := Read(folder(t, in), "2031", piedmont(t), &list)
	if !ok || e.Numbers(e.Book.Find("dove"), 1)[1] != 70 || e.Numbers(e.Book.Find("spesa"), 0)[1] != 2.5 {
		t.Error(said(&list))
	}
}

func TestOnlyConsentedQuestionsHaveConsents(t *testing.T) {
	in := beside(t, map[string]string{"consensi.csv": headConsents + "A074;*;2031-02-01\nF925;spid;01/02/2031\n"})
	var list diag.List
	e, ok := Read(folder(t, in), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	for q := range e.Book.Questions {
		id := e.Book.Questions[q].ID
		if e.Consents(q, 0) != (id == "spid") || e.Consents(q, 1) != (id == "spid") || e.Consents(q, 4) {
			t.Errorf("%s: %v %v %v", id, e.Consents(q, 0), e.Consents(q, 1), e.Consents(q, 4))
		}
	}
}

func TestARepliesTextIsKeptAsItIs(t *testing.T) {
	in := beside(t, map[string]string{"repliche.csv": headReplies + "A074;spid;;\"<b>Non</b> è più così,\ndal 2030\";2031-06-01\nF925;;maturita;=1+1;2031-06-02\n"})
	var list diag.List
	e, ok := Read(folder(t, in), "2031", piedmont(t), &list)
	want := []Reply{{0, 1, "", "<b>Non</b> è più così,\ndal 2030", 20310601, at + "repliche.csv", 2}, {1, -1, "maturita", "=1+1", 20310602, at + "repliche.csv", 4}}
	if !ok || !reflect.DeepEqual(e.Replies, want) {
		t.Errorf("got %+v\n%s", e.Replies, said(&list))
	}
}

func TestAnExclusionSaysWhichSubmissionCounts(t *testing.T) {
	register := headRegister + "1,A074,breve,Completato,2031-02-01,sì\n7,A074,breve,Completato,2031-02-09,sì\n2,F925,completo,Completato,2031-02-09,sì\n"
	in := beside(t, map[string]string{"rispondenti.csv": register, "risposte.csv": headExport + "1,Agliè,10,No,,sì\n7,Agliè,10,Non so,,sì\n2,None,10,No,,sì\n",
		"esclusioni.csv": headExclusion + "1;sì;la seconda è una prova\n2;no;inviata da un estraneo\n"})
	var list diag.List
	e, ok := Read(folder(t, in), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	got := e.Answers(e.Book.Find("spid"), 0)
	if got[0].Kind != stat.Known || e.Places[0].Sent != 20310201 || got[1].Kind != stat.NoRespondent || !e.Places[1].Invited {
		t.Errorf("got %v %+v", got, e.Places)
	}
	for _, want := range []string{
		"Agliè has two user ids; the answers of line 2 count, as line 2 of " + at + "esclusioni.csv says",
		`the answers of None of user id "2" are left out, as line 3 of ` + at + "esclusioni.csv says"} {
		if !strings.Contains(notes(&list), want) {
			t.Errorf("no note %q in\n%s", want, notes(&list))
		}
	}
}

func TestTheExportsCellOfAnAnswerIsKnown(t *testing.T) {
	var list diag.List
	e, _ := Read(folder(t, nil), "2031", piedmont(t), &list)
	for _, c := range []struct {
		question     string
		row, comune  int
		line, column int
	}{{"spid", 0, 0, 3, 4}, {"canali", 0, 1, 7, 4}, {"dove", 1, 0, 4, 5}, {"dove", 0, 0, 0, 0}, {"nome", 0, 0, 0, 0}} {
		if file, line, column := e.Cell(e.Book.Find(c.question), c.row, c.comune); file != at+"risposte.csv" || line != c.line || column != c.column {
			t.Errorf("%s: got %s %d %d", c.question, file, line, column)
		}
	}
}

func TestAFaultBesideTheAnswersIsSaidAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, file, row, want string }{
		{"wrong old of a public question", "corrections.csv", "F925;spid;;tutti;alcuni;errore;2031-05-02", `:2:12: "tutti" is not the answer to question "spid" in the export, which is "No"
    hint: correct prima: it is what stands there now`},
		{"wrong old of a protected question", "corrections.csv", "F925;copie;;no;si;errore;2031-05-02", `:2:13: the answer to question "copie" in the export is another
    hint: its value is not shown, the class is aggregato; compare it with line 74 of the codebook`},
		{"an option that is none", "corrections.csv", "F925;spid;;no;Segreto;errore;2031-05-02", `:2:15: "Segreto" is not the label of any option of question "spid"
    hint: add an alias to the option in the codebook`},
		{"a protected option that is none", "corrections.csv", "F925;copie;;si;Segreto;errore;2031-05-02", `:2:16: the cell does not match any option of question "copie"
    hint: its value is not shown, the class is aggregato; compare it with line 74 of the codebook, and add an alias there`},
		{"two answers for one", "corrections.csv", "F925;spid;;no;tutti|alcuni;errore;2031-05-02", `:2:15: "tutti|alcuni" is not one answer, as question "spid" wants`},
		{"a row that is none", "corrections.csv", "A074;dove;mensa;cloud;sede;errore;2031-05-02", `:2:11: question "dove" has no row "mensa"
    hint: known here: posta, anagrafe`},
		{"a row where there are none", "corrections.csv", "F925;spid;x;no;tutti;errore;2031-05-02", `:2:11: question "spid" has no rows
    hint: leave the cell empty`},
		{"nothing changes", "corrections.csv", "F925;spid;;no;no;errore;2031-05-02", `:2:15: prima and dopo are the same
    hint: delete the line, or say what changes`},
		{"no reason", "corrections.csv", "L378;spid;;non-so;tutti;;2031-05-02", `:2:25: the cell motivo is empty
    hint: readers want to know`},
		{"no day", "corrections.csv", "L378;spid;;non-so;tutti;errore;", `:2:32: the day of the correction is empty
    hint: want 2025-11-30 or 30/11/2025`},
		{"the reason says whose", "corrections.csv", "F925;copie;;si;no;Errore di None.;2031-05-02", `:2:19: the cell motivo names the Comune, and is shown in the public register
    hint: say why without saying whose answer it is`},
		{"twice", "corrections.csv", "L378;spid;;non-so;tutti;errore;2031-05-02\nL378;spid;;tutti;no;errore;2031-05-02", `:3:6: the same answer is corrected twice, first on line 2
    hint: keep one line, with what stands in the export as prima`},
		{"of class mai", "corrections.csv", "F925;nome;;Segreto;x;errore;2031-05-02", `:2:6: question "nome" is of class mai and is not read
    hint: delete the line`},
		{"of one that did not answer", "corrections.csv", "H754;spid;;;no;errore;2031-05-02", `:2:1: no answers of Samone count, so none can be corrected`},
		{"of another form", "corrections.csv", "A074;canali;;;web;errore;2031-05-02", `:2:15: question "canali" does not stand on the form of this Comune
    hint: leave dopo empty`},
		{"a Comune that is no more", "corrections.csv", "Z001;spid;;no;tutti;errore;2031-05-02", `:2:1: "Z001" is no more and went into None, whose answers are not comparable
    hint: delete the line`},
		{"consent to a protected question", "consensi.csv", "A074;copie;2031-02-01", `:2:6: question "copie" is of class aggregato: its answers are not for a Comune to show
    hint: a consent is for questions of class comune; delete the line`},
		{"consent without a day", "consensi.csv", "A074;spid;", `:2:11: the day of the consent is empty
    hint: want 2025-11-30 or 30/11/2025`},
		{"consent of nobody", "consensi.csv", "A999;spid;2031-02-01", `:2:1: "A999" is not the cadastral code of a Comune
    hint: want a letter and three digits, as H501 for Roma`},
		{"consent to an unknown question", "consensi.csv", "A074;spit;2031-02-01", `:2:6: the codebook has no question "spit"
    hint: did you mean "spid"?`},
		{"a reply about two things", "repliche.csv", "A074;spid;maturita;testo;2031-02-01", `:2:6: the line must be about a question or an index
    hint: fill domanda or indice, not both`},
		{"a reply with turned letters", "repliche.csv", "A074;spid;;abc\u202edef;2031-02-01", `:2:12: the cell testo holds U+202E, which is no letter and no mark
    hint: retype the text, do not paste it`},
		{"a reply that says nothing", "repliche.csv", "A074;spid;;;2031-02-01", `:2:12: the cell testo is empty
    hint: readers want to know`},
		{"a submission that is not there", "esclusioni.csv", "99;no;errore", `:2: there is no submission "99"
    hint: want a user_id of the register, or the id of a row of the export`},
		{"neither yes nor no", "esclusioni.csv", "2;forse;errore", `:2:3: "forse" does not say whether the submission counts
    hint: want sì or no`},
		{"a submission twice", "esclusioni.csv", "2;sì;errore\n2;no;errore", `:3:1: the submission "2" stands twice, first on line 2
    hint: one line for each`},
	} {
		t.Run(c.name, func(t *testing.T) {
			heads := map[string]string{"corrections.csv": headFixes, "consensi.csv": headConsents, "repliche.csv": headReplies, "esclusioni.csv": headExclusion}
			var list diag.List
			if _, ok := Read(folder(t, beside(t, map[string]string{c.file: heads[c.file] + c.row + "\n"})), "2031", piedmont(t), &list); ok {
				t.Error("was taken as good")
			}
			if got, want := said(&list), at+c.file+c.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestAFileThatNobodyNamesIsNotPassedOver(t *testing.T) {
	var list diag.List
	fsys := folder(t, beside(t, map[string]string{SettingsFile: goodSettings + "correzioni: corrections.csv\nrepliche: repliche.csv\nesclusioni: esclusioni.csv\n"}))
	Read(fsys, "2031", piedmont(t), &list)
	want := at + "consensi.csv: the file is not named in " + at + "edizione.yaml and is not read\n    hint: add there consensi: consensi.csv"
	if got := said(&list); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
