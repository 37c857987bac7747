package survey

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/diag"
	"mappa/internal/stat"
)

// sound holds what was read to what an Edition promises, whatever was in the
// files.
func sound(t *testing.T, e *Edition, ok bool, list *diag.List) {
	t.Helper()
	if ok != (list.Len() == 0) {
		t.Fatalf("ok %v with %d problems", ok, list.Len())
	}
	if longest := longestLine(said(list)); longest > maxLine*2 {
		t.Fatalf("a message has a line of %d bytes", longest)
	}
	if strings.ContainsAny(said(list)+notes(list), "\x00\x1b\u202e") {
		t.Fatal("a message holds letters that are not plain")
	}
	if !ok {
		return
	}
	for q := range e.Book.Questions {
		question := &e.Book.Questions[q]
		for row := range question.Items() {
			for i, a := range e.Answers(q, row) {
				given := a.Options != 0
				if given != (a.Kind == stat.Known || a.Kind == stat.DontKnow) && e.Places[i].State == Completed && !e.Places[i].Merged {
					t.Fatalf("%s: Comune %d has options %b and kind %v", question.ID, i, a.Options, a.Kind)
				}
				if several := a.Options&(a.Options-1) != 0; several && !question.Many() || a.Options>>len(question.Options) != 0 {
					t.Fatalf("%s: Comune %d has options %b", question.ID, i, a.Options)
				}
				if m := &question.Measure; question.Numeric() && a.Kind == stat.Known {
					if n := e.Numbers(q, row)[i]; n < m.Least || n > m.Most || !a.Options.Has(m.bin(n)) {
						t.Fatalf("%s: Comune %d has %v in bins %b", question.ID, i, n, a.Options)
					}
				}
			}
		}
	}
}

// seeds are the files of that name in the corpus of broken surveys.
func seeds(f *testing.F, file string, add func(b broken)) {
	for _, path := range corpus(f) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range archive.Files {
			if b := parse(f, c); len(b.files[file]) < 10_000 {
				add(b)
			}
		}
	}
}

// importer fuzzes an export, read with the codebook of every shape.
func importer(f *testing.F, settings string, shapes func(data []byte) string) {
	a := piedmont(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var list diag.List
		e, ok := Read(folder(t, map[string]string{BookFile: shapes(data), SettingsFile: settings, "risposte.csv": string(data)}), "2031", a, &list)
		sound(t, e, ok, &list)
	})
}

func FuzzLong(f *testing.F) {
	forms, simple := shapesBook(f), base(f)
	f.Add([]byte(goodShapes))
	seeds(f, "risposte.csv", func(b broken) { f.Add([]byte(b.files["risposte.csv"])) })
	importer(f, goodSettings+"formato: lungo\n", func(data []byte) string {
		if len(data)%2 == 0 {
			return simple
		}
		return forms
	})
}

func FuzzLimeSurvey(f *testing.F) {
	fuzzWide(f, goodSettings+"formato: limesurvey\n")
}

func FuzzWide(f *testing.F) {
	fuzzWide(f, "esportazione: risposte.csv\nformato: largo\n")
}

func fuzzWide(f *testing.F, settings string) {
	forms, simple := shapesBook(f), base(f)
	var list diag.List
	a := piedmont(f)
	e, _ := Read(folder(f, map[string]string{BookFile: forms, "risposte.csv": goodShapes}), "2031", a, &list)
	for _, x := range trips() {
		if !x.xlsx {
			f.Add(x.csv(f, x.sheet(e, a, []string{"1", "2", "3", "4", "5"})))
		}
	}
	seeds(f, "risposte.csv", func(b broken) { f.Add([]byte(b.files["risposte.csv"])) })
	importer(f, settings, func(data []byte) string {
		if strings.Contains(string(data), "ostacoli") {
			return forms
		}
		return simple
	})
}

// Whatever lies beside the answers: register, dashboard, corrections, consents,
// replies and exclusions.
func FuzzBeside(f *testing.F) {
	a := piedmont(f)
	board := "area;regione;comune;cluster;stato_compilazione;data_invio_risposta;dimostrativo\nNord-ovest;Piemonte;Agliè;0-5000 ab.;Completato;2031-02-01;sì\n"
	f.Add(goodRegister, board, headFixes+"A074;spid;;tutti;no;letta male;2031-05-02\n", headConsents+"A074;*;2031-02-01\n", headReplies+"A074;spid;;testo;2031-06-01\n", headExclusion+"1;sì;motivo\n")
	f.Add(headRegister, board, headFixes+"F925;dove;posta;;cloud|sede;x;2031-05-02\n", headConsents+"Z001;copie;\n", headReplies+"A074;;x;\x1b;\n", headExclusion+";forse;\n")
	f.Fuzz(func(t *testing.T, register, board, fixes, consents, replies, exclusions string) {
		var list diag.List
		e, ok := Read(folder(t, map[string]string{SettingsFile: allSettings + "cruscotto: cruscotto.csv\n", "rispondenti.csv": register, "cruscotto.csv": board,
			"corrections.csv": fixes, "consensi.csv": consents, "repliche.csv": replies, "esclusioni.csv": exclusions}), "2031", a, &list)
		sound(t, e, ok, &list)
		for _, c := range e.Corrections {
			if !c.Shown && (c.Comune != -1 || c.Question != -1 || c.Old != nil || c.New != nil) || c.Shown && !e.Consents(c.Question, c.Comune) {
				t.Fatalf("the register of corrections shows %+v", c)
			}
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1.234,5", "-0,5", "1,234.5", "33.299999999999997", "1.234", "..", "-"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, decimals int) {
		n, mark, ok := parseNumber(s, 0, decimals)
		if !ok {
			return
		}
		if back, _, ok := parseNumber(plain(n), '.', decimals); !ok || back != n {
			t.Errorf("%q is %v, which is read as %v", s, n, back)
		}
		if mark != noMark && mark != '.' && mark != ',' {
			t.Errorf("%q has the mark %q", s, mark)
		}
	})
}
