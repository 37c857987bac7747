package survey

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
)

// seriesBook is the codebook of an edition with two questions, the second asked
// after the first. compared is the confronto of both, with %s for their id.
func seriesBook(t *testing.T, edition, compared string, changes ...string) *Codebook {
	t.Helper()
	text := `edizione: "` + edition + `"
titolo: Prova
soglia_breve: 5000
sezioni:
  - id: servizi
    titolo: Servizi
    domande:
      - {id: uso, domanda_id: 1, titolo: T, testo: T, forma: singola, moduli: [completo, breve], classe: comune,
         confronto: ` + fmt.Sprintf(compared, "uso") + `,
         sintesi: {titolo: T, una_di: [si]}, opzioni: [{codice: si, voce: Sì}, {codice: "no", voce: "No"}, {codice: forse, voce: Forse}]}
      - {id: quanto, domanda_id: 2, titolo: T, testo: T, forma: griglia, moduli: [completo], classe: comune,
         confronto: ` + fmt.Sprintf(compared, "quanto") + `,
         se: {domanda: uso, una_di: [si, forse]}, righe: [{codice: a, voce: A}, {codice: b, voce: B}], opzioni: [{codice: poco, voce: Poco}, {codice: molto, voce: Molto}]}
`
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("the codebook has no %q", changes[i])
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	var list diag.List
	b, ok := ParseCodebook([]byte(text), edition+".yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	return b
}

const sameAsBefore = `{esito: confrontabile, edizione: "2030", domanda: %s}`

func TestQuestionsThatAreSaidToCompareAreHeldToEachOther(t *testing.T) {
	const hint = "\n    hint: write {esito: interruzione, motivo: …}: a line through two different questions says what is not so"
	uso := func(what string) string {
		return `2031.yaml:9:29: question "uso" is confrontabile with "uso" of 2030, but ` + what + hint
	}
	quanto := func(what string) string {
		return `2031.yaml:12:29: question "quanto" is confrontabile with "quanto" of 2030, but ` + what + hint
	}
	for _, c := range []struct {
		name    string
		changes []string // to the later edition
		want    string
	}{
		{"the same", nil, ""},
		{"other words", []string{"voce: Forse", "voce: Può darsi", "titolo: T, testo: T", "titolo: U, testo: U"}, ""},
		{"another order", []string{`{codice: si, voce: Sì}, {codice: "no", voce: "No"}`, `{codice: "no", voce: "No"}, {codice: si, voce: Sì}`}, ""},
		{"a new row", []string{"{codice: b, voce: B}", "{codice: b, voce: B}, {codice: c, voce: C}"}, ""},
		{"no such edition", []string{`edizione: "2030"`, `edizione: "2029"`}, `2031.yaml:9:29: question "uso" names edition "2029", which is not among those before this one
    hint: known here: 2030
` + quanto("it was asked after other answers")},
		{"no such question", []string{"domanda: uso},", "domanda: usi},"}, `2031.yaml:9:29: edition "2030" has no question "usi"
    hint: did you mean "uso"?`},
		{"a new answer", []string{"{codice: forse, voce: Forse}", "{codice: forse, voce: Forse}, {codice: mai, voce: Mai}"}, uso(`the answer "mai" is new`)},
		{"an answer under another code", []string{"{codice: molto, voce: Molto}", "{codice: assai, voce: Molto}"}, quanto(`the answer "assai" is new`) + "\n" + quanto(`the answer "molto" is gone`)},
		{"another shape", []string{"forma: singola", "forma: multipla"}, uso("its forma is multipla and was singola")},
		{"other forms", []string{"moduli: [completo], ", "moduli: [completo, breve], "}, quanto("it was on other forms")},
		{"another threshold", []string{"soglia_breve: 5000", "soglia_breve: 3000"}, uso("it was on other forms")},
		{"asked after other answers", []string{"una_di: [si, forse]", "una_di: [si]"}, quanto("it was asked after other answers")},
		{"asked of all", []string{"se: {domanda: uso, una_di: [si, forse]}, ", ""}, quanto("it was asked after other answers")},
		{"another strong figure", []string{"una_di: [si]}", "una_di: [si, forse]}"}, uso("its sintesi counts other answers")},
		{"a break need not compare", []string{`{esito: confrontabile, edizione: "2030", domanda: uso}`, "{esito: interruzione, motivo: M}", "forma: singola", "forma: multipla"},
			quanto("it was asked after other answers")},
		{"a break that names what is not there", []string{`{esito: confrontabile, edizione: "2030", domanda: quanto}`, `{esito: interruzione, motivo: M, edizione: "2030", domanda: quando}`},
			`2031.yaml:12:29: edition "2030" has no question "quando"
    hint: did you mean "quanto"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			CheckSeries([]*Codebook{seriesBook(t, "2030", "{esito: nuova}%.0s"), seriesBook(t, "2031", sameAsBefore, c.changes...)}, &list)
			if got := said(&list); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestASeriesGoesBackAsFarAsItCompares(t *testing.T) {
	books := []*Codebook{
		seriesBook(t, "2029", "{esito: nuova}%.0s", `{codice: si, voce: Sì}, {codice: "no", voce: "No"}`, `{codice: "no", voce: "No"}, {codice: si, voce: Sì}`),
		seriesBook(t, "2030", `{esito: confrontabile, edizione: "2029", domanda: %s}`, "{codice: a, voce: A}, {codice: b, voce: B}", "{codice: b, voce: B}"),
		seriesBook(t, "2031", sameAsBefore, "{codice: si, voce: Sì}", "{codice: si, voce: Certo}"),
	}
	var list diag.List
	if CheckSeries(books, &list); list.Len() > 0 {
		t.Fatal(said(&list))
	}
	got := fmt.Sprintf("%+v", Twins(books, 2, 0))
	if want := "[{Edition:1 Question:0 Options:[0 1 2] Rows:[]} {Edition:0 Question:0 Options:[1 0 2] Rows:[]}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	rows := Twins(books, 2, 1)
	if !slices.Equal(rows[0].Rows, []int{-1, 0}) || !slices.Equal(rows[1].Rows, []int{-1, 1}) {
		t.Errorf("rows: %+v", rows)
	}
	books[1] = seriesBook(t, "2030", "{esito: interruzione, motivo: %s}")
	if got := Twins(books, 2, 0); len(got) != 1 {
		t.Errorf("a series goes through a break: %+v", got)
	}
	if got := Twins(books, 0, 0); got != nil {
		t.Errorf("a new question has a past: %+v", got)
	}
}
