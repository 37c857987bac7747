package survey

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/table"
)

// trip is a way to export an edition.
type trip struct {
	name string
	writer
	settings string
	xlsx     bool
}

func trips() []trip {
	return []trip{
		{"LimeSurvey, codes, semicolon", writer{lime: true, headings: "code", key: "token", comma: ';', decimal: ".", bom: true}, "rispondenti: %s\n", false},
		{"LimeSurvey, expression codes, labels, comma", writer{lime: true, headings: "em", labels: true, key: "token", comma: ',', decimal: ".", bom: true}, "rispondenti: %s\n", false},
		{"LimeSurvey, codes and text, tab", writer{lime: true, headings: "codetext", key: "codice_istat", comma: '\t', decimal: "."}, "", false},
		{"LimeSurvey, text only, labels", writer{lime: true, headings: "text", labels: true, key: "token", comma: ',', decimal: ",", bom: true, blank: " "}, "rispondenti: %s\n", false},
		{"LimeSurvey, text with underscores", writer{lime: true, headings: "text", key: "token", comma: ';', decimal: ".", blank: "_"}, "rispondenti: %s\n", false},
		{"LimeSurvey, abbreviated text", writer{lime: true, headings: "cut", key: "token", comma: ',', decimal: ".", bom: true, cut: 15}, "rispondenti: %s\n", false},
		{"LimeSurvey, abbreviated text, longer, labels", writer{lime: true, headings: "cut", labels: true, key: "codice_istat", comma: '\t', decimal: ".", cut: 40}, "", false},
		{"LimeSurvey, abbreviated text with codes", writer{lime: true, headings: "old", key: "token", comma: ';', decimal: ".", cut: 15}, "rispondenti: %s\n", false},
		{"LimeSurvey, workbook", writer{lime: true, headings: "code", key: "token", decimal: "."}, "rispondenti: %s\n", true},
		{"wide, ISTAT code", writer{headings: "code", key: "codice_istat", comma: ';', decimal: ","}, "", false},
		{"wide, cadastral code, labels", writer{headings: "em", labels: true, key: "codice_catastale", comma: ',', decimal: ".", joined: true}, "", false},
		{"wide, IPA code, said what it is", writer{headings: "code", key: "codice_ipa", comma: '\t', decimal: ",", bom: true}, "formato: largo\ncodifica: UTF-8\nseparatore: tab\ndecimali: virgola\n", false},
		{"wide, workbook", writer{headings: "em", key: "codice_catastale", decimal: "."}, "", true},
	}
}

// file is the edition in that form, by its name.
func (x trip) file(t testing.TB, e *Edition, a *atlas.Atlas, users []string) (string, []byte) {
	rows := x.sheet(e, a, users)
	if x.xlsx {
		return "export.xlsx", workbook(t, "Risposte", rows)
	}
	return "export.csv", x.csv(t, rows)
}

// same holds what was read back to what was written.
func same(t *testing.T, got, want *Edition) {
	t.Helper()
	for i := range want.Places {
		g, w := got.Places[i], want.Places[i]
		if g.State != w.State || g.Sent != w.Sent || w.State != NotOpened && (g.Form != w.Form || g.Class != w.Class) {
			t.Fatalf("Comune %d: got %+v, want %+v", i, g, w)
		}
	}
	for q := range want.Book.Questions {
		question := &want.Book.Questions[q]
		for row := range question.Items() {
			if !reflect.DeepEqual(got.Numbers(q, row), want.Numbers(q, row)) {
				t.Errorf("question %s row %d: the numbers differ", question.ID, row)
			}
			for i, w := range want.Answers(q, row) {
				g := got.Answers(q, row)[i]
				if want.Places[i].Merged != got.Places[i].Merged { // only the register knows who is no more
					g.Kind = w.Kind
				}
				if g != w {
					t.Fatalf("question %s row %d, Comune %d: got %v, want %v", question.ID, row, i, g, w)
				}
			}
		}
	}
}

func TestEveryShapeComesBackFromEveryForm(t *testing.T) {
	a := piedmont(t)
	forms := strings.Replace(shapesBook(t), "        tolleranza: 1\n", "        tolleranza: 1\n        decimali: 1\n", 1)
	for book, export := range map[string]string{base(t): goodExport, forms: goodShapes, forms + scalesBook: goodShapes + scalesExport} {
		var list diag.List
		want, ok := Read(folder(t, map[string]string{BookFile: book, "risposte.csv": export}), "2031", a, &list)
		if !ok {
			t.Fatal(said(&list))
		}
		for _, x := range trips() {
			t.Run(x.name, func(t *testing.T) {
				name, data := x.file(t, want, a, []string{"1", "2", "3", "4", "5"})
				settings := strings.Replace(x.settings, "%s", "rispondenti.csv", 1)
				var list diag.List
				got, ok := Read(folder(t, map[string]string{BookFile: book, SettingsFile: "esportazione: " + name + "\n" + settings, name: string(data)}), "2031", a, &list)
				if !ok {
					t.Fatal(said(&list) + "\n" + string(data))
				}
				same(t, got, want)
				if strings.Contains(notes(&list), "Segreto") {
					t.Error("a protected value is printed")
				}
			})
		}
	}
}

// scalesBook are the two scales of a question as LimeSurvey's "array dual scale" has
// it: two questions that share a sigla.
const (
	scalesBook = `      - id: importanza
        domanda_id: 7
        sigla: G7
        scala: 1
        titolo: Importanza
        testo: Quanto conta ogni servizio, e come va?
        forma: griglia
        moduli: [completo, breve]
        classe: comune
        confronto: {esito: nuova}
        righe:
          - {codice: tari, voce: TARI}
          - {codice: mensa, voce: Mensa scolastica e trasporto}
        opzioni:
          - {codice: alta, voce: Alta}
          - {codice: bassa, voce: Bassa}
      - id: andamento
        domanda_id: 8
        sigla: G7
        scala: 2
        titolo: Andamento
        testo: Quanto conta ogni servizio, e come va?
        forma: griglia
        moduli: [completo, breve]
        classe: comune
        confronto: {esito: nuova}
        righe:
          - {codice: tari, voce: TARI}
          - {codice: mensa, voce: Mensa scolastica e trasporto}
        opzioni:
          - {codice: bene, voce: Bene}
          - {codice: male, voce: Male}
          - {codice: non-so, voce: Non so, non_so: true}
`
	scalesExport = "1,Agliè,7,TARI,Alta,sì\n1,Agliè,7,Mensa scolastica e trasporto,Bassa,sì\n1,Agliè,8,TARI,Male,sì\n2,None,8,Mensa scolastica e trasporto,Non so,sì\n5,Trento,8,TARI,Bene,sì\n"
)

// The fictional edition of the shipped data, in every form.
func TestTheFictionalEditionComesBackFromEveryForm(t *testing.T) {
	site := os.DirFS("../..")
	a, users := italy(t, site)
	var list diag.List
	want, ok := Read(site, "2025", a, &list)
	if !ok || len(want.Places) < 7000 || want.Respondents() < 4000 {
		t.Fatal(said(&list))
	}
	dir := Dir + "/2025/"
	book, err := fs.ReadFile(site, dir+BookFile)
	if err != nil {
		t.Fatal(err)
	}
	register, err := fs.ReadFile(site, dir+"rispondenti.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range trips() {
		t.Run(x.name, func(t *testing.T) {
			name, data := x.file(t, want, a, users)
			settings := "esportazione: " + name + "\n" + strings.Replace(x.settings, "%s", "rispondenti.csv.gz", 1)
			fsys := fstest.MapFS{dir + BookFile: {Data: book}, dir + SettingsFile: {Data: []byte(settings)}, dir + name: {Data: data}, dir + "rispondenti.csv.gz": {Data: register}}
			var list diag.List
			got, ok := Read(fsys, "2025", a, &list)
			if !ok {
				t.Fatal(first(said(&list)))
			}
			same(t, got, want)
			if head := x.sheet(want, a, users)[0]; x.headings == "cut" && x.cut < 20 && len(slices.Compact(slices.Sorted(slices.Values(head)))) == len(head) {
				t.Error("no two headings are cut alike")
			}
			for _, n := range list.Notes() {
				t.Log(n)
			}
		})
	}
}

func first(s string) string { return s[:min(len(s), 3000)] }

// italy is the shipped territory and the user id of each Comune.
func italy(t testing.TB, site fs.FS) (*atlas.Atlas, []string) {
	t.Helper()
	var list diag.List
	in, _ := istat.Read(site, "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if list.Len() > 0 {
		t.Fatal(fmt.Sprint(list.Problems()))
	}
	users := make([]string, len(a.Comuni))
	r, _ := table.Read(site, Dir+"/2025/rispondenti.csv.gz", table.Spec{Want: []string{colUser, colCode}, Extra: true}, &list)
	for _, row := range r.Rows {
		if i, _, ok := a.ByCadastral(row.Get(r.Col(colCode))); ok {
			users[i] = row.Get(r.Col(colUser))
		}
	}
	return a, users
}
