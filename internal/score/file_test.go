package score

import (
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

func TestAFaultInTheIndicesIsSaidAtItsPlace(t *testing.T) {
	e := edition(t, asWritten)
	choice := "domanda: canale, metodo: scelta, punti: {portale: 2, misto: 1, carta: 0}"
	for _, c := range []struct{ name, text, old, new, want string }{
		{"unknown key", two, "presenza_minima", "presenza_minma", `i.yaml:8:5: the key "presenza_minma" is not known here
    hint: did you mean "presenza_minima"?`},
		{"another edition", two, `"2031"`, `"2030"`, `i.yaml:1:11: the indices are of edition "2030", the codebook beside them of "2031"
    hint: correct one of them`},
		{"unknown question", two, "domanda: servizi", "domanda: servizio", `i.yaml:20:66: the codebook has no question "servizio"
    hint: did you mean "servizi"?`},
		{"free text", two, "domanda: servizi", "domanda: note", `i.yaml:20:66: the question "note" is of class mai and is not read`},
		{"wrong shape", two, "domanda: aiuti, metodo: conta", "domanda: servizi, metodo: conta", `i.yaml:15:78: "aiuto" is scored by conta, and question "servizi" is a griglia
    hint: want a question of forma multipla`},
		{"unknown method", two, "metodo: conta", "metodo: contare", `i.yaml:15:76: "contare" is not a value of "metodo"
    hint: did you mean "conta"?`},
		{"a key of another method", two, "metodo: conta", "metodo: conta, punti: {sportello: 1}", `i.yaml:15:18: "aiuto" has the key "punti", which conta does not take
    hint: delete it`},
		{"unknown option", two, "misto: 1", "mixto: 1", `i.yaml:14:109: question "canale" has no option "mixto"
    hint: did you mean "misto"?`},
		{"an option without points", two, "misto: 1, ", "", `i.yaml:14:18: "entrata" gives no points to "misto"
    hint: say what it is worth, 0 included`},
		{"points below zero", two, "misto: 1", "misto: -1", `i.yaml:14:109: the points of "misto" are -1, want 0 or more
    hint: turn a row round with inverse`},
		{"nothing gives points", two, "{portale: 2, misto: 1", "{portale: 0, misto: 0", `i.yaml:14:18: "entrata": nothing gives points in row 1
    hint: the best answer has more than 0`},
		{"no points", single("domanda: servizi, metodo: righe"), "", "", `i.yaml:10:18: "parte" has no punti
    hint: say what each option is worth, 0 included; under righe for single rows`},
		{"unknown row", two, "inverse: [stampa]", "inverse: [stampe]", `i.yaml:21:145: question "abitudini" has no row "stampe"
    hint: did you mean "stampa"?`},
		{"a weight below zero", two, "peso: 0.75", "peso: -0.75", `i.yaml:15:18: the weight of "aiuto" is below 0
    hint: want a number above 0; turn a question round with inverse`},
		{"an id twice", two, "id: aiuto", "id: entrata", `i.yaml:15:18: the index or part "entrata" stands twice, first on line 14
    hint: give one of them another name`},
		{"too large a minimum", two, "presenza_minima: 60", "presenza_minima: 160", `i.yaml:6:5: presenza_minima of "indice" is 160, want 0 to 100
    hint: it is in per cent of the weight`},
		{"levels that do not begin at zero", two, "titolo: Basso, da: 0", "titolo: Basso, da: 10", `i.yaml:3:6: the first level begins at 10, want 0
    hint: every score has a level`},
		{"levels out of order", two, "titolo: Alto, da: 60", "titolo: Alto, da: 0", `i.yaml:4:6: the level "alto" begins at 0, where the one before it has begun
    hint: list them from the lowest`},
		{"a level above all", two, "titolo: Alto, da: 60", "titolo: Alto, da: 100", `i.yaml:4:6: the level "alto" begins at 100, want less than 100`},
		{"a rule that is none", two, "presenza_minima: 60", "mancanti: zeri", `i.yaml:8:15: "zeri" is not a value of "mancanti"
    hint: did you mean "zero"?`},
		{"an aggregation that is none", two, "presenza_minima: 60", "aggregazione: geometria", `i.yaml:8:19: "geometria" is not a value of "aggregazione"
    hint: did you mean "geometrica"?`},
		{"question and variable", single("variabile: siti/punteggio, " + choice), "", "", `i.yaml:10:14: "parte" names a domanda and a variabile, or neither
    hint: a part scores one of them`},
		{"unknown variable", single("variabile: siti/punti, metodo: valore, scala: {da: 0, a: 1}"), "", "", `i.yaml:10:60: no source has the variable "siti/punti"
    hint: known here: siti/punteggio`},
		{"a variable by points", single("variabile: siti/punteggio, metodo: media"), "", "", `i.yaml:10:84: "parte" is scored by media, and is a variable
    hint: want metodo: valore`},
		{"a variable without a scale", single("variabile: siti/punteggio, metodo: valore"), "", "", `i.yaml:10:18: "parte" has no theoretical maximum and no scala
    hint: add scala: {da, a} or scala: {obiettivo}`},
		{"a number without a scale", single("domanda: formati, metodo: valore"), "", "", `i.yaml:10:18: "parte" has no theoretical maximum and no scala
    hint: add scala: {da, a} or scala: {obiettivo}`},
		{"a mean without a bound", single("domanda: formati, metodo: media"), "", "", `i.yaml:10:18: "parte" has no theoretical maximum and no scala
    hint: add scala: {da, a} or scala: {obiettivo}`},
		{"half a scale", single("domanda: formati, metodo: valore, scala: {da: 1}"), "", "", `i.yaml:10:91: the scala of "parte" is neither {da, a} nor {obiettivo}`},
		{"a scale that is a point", single("domanda: formati, metodo: valore, scala: {da: 5, a: 5}"), "", "", `i.yaml:10:91: the scala of "parte" begins where it ends, at 5`},
		{"a target of nothing", single("domanda: formati, metodo: valore, scala: {obiettivo: 0}"), "", "", `i.yaml:10:91: the obiettivo of "parte" is 0, want more than 0`},
		{"a range with meno", single("domanda: formati, metodo: valore, scala: {da: 1, a: 5, meno: true}"), "", "", `i.yaml:10:91: the scala of "parte" has da, a and meno
    hint: where less is better da is above a`},
		{"a kind that no answer has", single(choice + ", senza_valore: {riservato: 0}"), "", "", `i.yaml:10:138: "riservato" is not a kind of "no value" that an answer has
    hint: known here: in_bianco, non_pertinente, non_sa`},
		{"rows that are not the same", single("domanda: sistemi, metodo: matrice, punti: {cloud: 1, sede: 1, carta: 0}, solo: {domanda: servizi, una_di: [avvio]}"), "", "", `i.yaml:10:138: the questions "sistemi" and "servizi" have not the same rows
    hint: want the same codes in the same order`},
		{"more than all", single("domanda: aiuti, metodo: conta, pieno: 4"), "", "", `i.yaml:10:18: pieno of "parte" is 4, want 1 to 3, as many as count`},
		{"rows without weight", single("domanda: richieste, metodo: media, pesi_righe: {mensa: 0, tributi: 0, atti: 0}"), "", "", `i.yaml:10:18: no row of "parte" has a weight`},
		{"an indicator of nothing", two, "domanda: canale}", "indicatore: sito-punteggio}", `i.yaml:23:59: there is no indicator "sito-punteggio"
    hint: did you mean "siti-punteggio"?`},
		{"an indicator of a question without a group", two, "domanda: canale}", "domanda: aiuti}", `i.yaml:23:56: the question "aiuti" has no sintesi
    hint: an indicator is the share of a group of answers: name it in the codebook`},
	} {
		text := c.text
		if c.old != "" {
			if text = strings.Replace(c.text, c.old, c.new, 1); text == c.text {
				t.Fatalf("%s: %q does not stand in the file", c.name, c.old)
			}
		}
		var list diag.List
		if _, ok := Parse([]byte(text), "i.yaml", e.Book, known, &list); ok {
			t.Errorf("%s: passes", c.name)
		}
		if got := said(&list); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestAnEditionMayHaveNoIndices(t *testing.T) {
	var list diag.List
	e := edition(t, asWritten)
	if tree, ok := Read(fstest.MapFS{}, "i.yaml", e.Book, known, &list); tree != nil || !ok || list.Len() > 0 {
		t.Errorf("got %v %v %s", tree, ok, said(&list))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(two)
	f.Add(single("domanda: sistemi, metodo: matrice, punti: {cloud: 6, sede: 3, carta: 1}"))
	f.Add(single("domanda: arrivi, metodo: somma, punti: {portale: 2, pec: 1, carta: 0}"))
	e := edition(f, asWritten)
	f.Fuzz(func(t *testing.T, text string) {
		var list diag.List
		tree, ok := Parse([]byte(text), "i.yaml", e.Book, known, &list)
		if ok != (list.Len() == 0) {
			t.Fatalf("ok is %v with %s", ok, said(&list))
		}
		if !ok {
			return
		}
		s := New(tree, NewAnswers(e, variables()))
		for i := range tree.Nodes {
			for _, v := range s.Of(i, Own) {
				if v.OK() && !(v.N >= 0 && v.N <= Top) {
					t.Fatalf("a score is %g", v.N)
				}
			}
		}
	})
}
