package disclosure

import (
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// consenting is the edition of 2025 as if it were true, with the consents of its first
// respondent of the full form.
func consenting(t *testing.T, questions ...string) (e *survey.Edition, comune int) {
	t.Helper()
	comune = -1
	for i, p := range both()[1].Places {
		if p.State == survey.Completed && p.Form == survey.FullForm && both()[1].Answers(both()[1].Book.Find("cloud-stato"), 0)[i].Kind == stat.Known {
			comune = i
			break
		}
	}
	lines := "codice_catastale;domanda;data\n"
	for _, q := range questions {
		lines += territory().Comuni[comune].Cadastral + ";" + q + ";2025-12-01\n"
	}
	e = edition("2025", fstest.MapFS{"data/indagini/2025/edizione.yaml": {Data: []byte("esportazione: risposte.csv.gz\nrispondenti: rispondenti.csv.gz\nconsensi: consensi.csv\n")},
		"data/indagini/2025/consensi.csv": {Data: []byte(lines)}})
	book := *e.Book
	book.Demo = false
	e.Book = &book
	return e, comune
}

// shownOf are the questions of which the page of a Comune shows the answer.
func shownOf(e *survey.Edition, all []Said) string {
	var out []string
	for _, s := range all {
		if id := e.Book.Questions[s.Question].ID; len(out) == 0 || out[len(out)-1] != id {
			out = append(out, id)
		}
	}
	return strings.Join(out, " ")
}

func TestAPageShowsTheAnswersThatItsComuneLetsBeShown(t *testing.T) {
	const byLaw = "rtd accessibilita"
	for _, c := range []struct {
		name     string
		consents []string
		want     string
	}{
		{"none", nil, byLaw},
		{"one", []string{"spid-cie"}, byLaw + " spid-cie"},
		{"a routed one without the one that leads there", []string{"cloud-stato"}, byLaw},
		{"a routed one with it", []string{"cloud-avviso", "cloud-stato"}, byLaw + " cloud-avviso cloud-stato"},
	} {
		e, comune := consenting(t, c.consents...)
		all := own(e)
		got := map[string]bool{}
		for _, id := range strings.Fields(shownOf(e, all[comune])) {
			got[id] = true
		}
		want := strings.Fields(c.want)
		for _, id := range want {
			if !got[id] {
				t.Errorf("%s: %s is not shown", c.name, id)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
		for i := range all {
			for _, s := range all[i] {
				if class := e.Book.Questions[s.Question].Class; i != comune && class != survey.Register {
					t.Fatalf("%s: another Comune shows %s", c.name, e.Book.Questions[s.Question].ID)
				}
			}
		}
	}
}

func TestNoComuneShowsAnInventedAnswer(t *testing.T) {
	for i, all := range own(both()[1]) {
		if all != nil {
			t.Fatalf("Comune %d shows %v", i, all)
		}
	}
}

// Whatever is put on a Comune's page beyond that is a leak.
func TestAnAnswerThatMayNotStandOnAPageIsALeak(t *testing.T) {
	e, comune := consenting(t, "spid-cie", "cloud-stato")
	in := Inputs(territory(), []*survey.Edition{e}, nil)[0]
	in.Tables = nil
	p, proof := Protect(in, Default())
	if leaks := Audit(p, in, proof); len(leaks) > 0 {
		t.Fatal(Words(leaks, in))
	}
	answer := func(id string) Said {
		q := e.Book.Find(id)
		a := e.Answers(q, 0)[comune]
		return Said{Question: q, Kind: a.Kind, Options: a.Options}
	}
	other := answer("spid-cie")
	other.Options ^= survey.Set(0).With(0).With(1)
	for words, s := range map[string]Said{
		"does not let be shown":      answer("copie"),
		"tells of the one that":      answer("cloud-stato"),
		"not the one that it gave":   other,
		"that it does not let be sh": answer("servizi-associati"),
	} {
		planted := *p
		planted.own = make([][]Said, len(p.own))
		planted.own[comune] = []Said{s}
		if got := Words(Audit(&planted, in, proof), in); !strings.Contains(got, words) {
			t.Errorf("%s: %q", words, got)
		}
	}
}
