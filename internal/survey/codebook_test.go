package survey

import (
	"os"
	"strings"
	"testing"

	"mappa/internal/diag"
)

// base is a codebook without fault, of a dozen lines of each kind.
func base(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/questionario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// said is what a list of problems prints.
func said(list *diag.List) string {
	var out []string
	for _, p := range list.Problems() {
		out = append(out, p.String())
	}
	return strings.Join(out, "\n")
}

func TestACodebookIsReadAsWritten(t *testing.T) {
	var list diag.List
	b, ok := ParseCodebook([]byte(base(t)), "q.yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	if b.Edition != "2031" || !b.Demo || b.From != 20310101 || b.ShortUpTo != 5000 || b.Count(FullForm) != 5 || b.Count(ShortForm) != 4 {
		t.Errorf("head: %+v", b)
	}
	spid := b.Questions[b.Find("spid")]
	if spid.Class != Consented || spid.Area != 0 || spid.Headline.Any != Set(0).With(0).With(1) || !spid.Options[3].DontKnow || spid.Options[1].Also[0] != "Si per alcuni" {
		t.Errorf("spid: %+v", spid)
	}
	why := b.Questions[b.Find("perche")]
	if !why.Route.On || why.Route.Question != b.Find("spid") || why.Route.Any != Set(0).With(2) || why.Earlier.Question != "perche" {
		t.Errorf("perche: %+v", why)
	}
	if c := b.Questions[b.Find("canali")]; c.Short || !c.Full || !c.Options[2].Exclusive || c.Earlier.Outcome != Break {
		t.Errorf("canali: %+v", c)
	}
	if c := b.Questions[b.Find("copie")]; !c.Reserved || c.Class != Aggregate {
		t.Errorf("copie: %+v", c)
	}
	if b.Find("none") != -1 {
		t.Error("an unknown id is found")
	}
}

func TestAFaultInTheCodebookIsSaidAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", "classe: comune", "clase: comune", `q.yaml:23:9: the key "clase" is not known here
    hint: did you mean "classe"?`},
		{"no class", "        classe: comune\n", "", `q.yaml:17:13: question "spid" has no key "classe"
    hint: nothing is published without a class: choose mai, aggregato, comune or registro`},
		{"wrong class", "classe: comune", "classe: comuni", `q.yaml:23:17: "comuni" is not a value of "classe"
    hint: did you mean "comune"?`},
		{"promoted security", "testo: Ci sono copie?\n        forma: singola\n        moduli: [completo, breve]\n        classe: aggregato", "testo: Ci sono copie?\n        forma: singola\n        moduli: [completo, breve]\n        classe: comune", `q.yaml:80:17: question "copie" is riservata and has class "comune"
    hint: want aggregato or mai; this cannot be promoted`},
		{"promoted question", "classe: comune", "riservata: true\n        classe: registro", `q.yaml:24:17: question "spid" is riservata and has class "registro"
    hint: want aggregato or mai; this cannot be promoted`},
		{"lifted by a question", "id: copie", "id: copie\n        riservata: false", `q.yaml:75:20: question "copie" cannot lift riservata, its section "sicurezza" has it
    hint: delete this line`},
		{"lifted by the section", "    riservata: true\n", "", `q.yaml:70:9: the section "sicurezza" is not riservata
    hint: write riservata: true; nothing of this section may be shown for a Comune`},
		{"personal but published", "classe: mai", "classe: aggregato", `q.yaml:13:122: question "nome" is free text and has class "aggregato"
    hint: want mai
q.yaml:13:122: question "nome" is in a personal section and has class "aggregato"
    hint: want mai`},
		{"id twice", "id: perche", "id: spid", `q.yaml:32:13: the question "spid" stands twice, first on line 17
    hint: give one of them another name`},
		{"number twice", "domanda_id: 11", "domanda_id: 10", `q.yaml:33:21: the domanda_id "10" stands twice, first on line 18
    hint: give one of them another name`},
		{"bad id", "id: spid", "id: SPID e CIE", `q.yaml:17:13: "SPID e CIE" is not an id, want small letters, digits and hyphens
q.yaml:40:23: question "perche" is asked after question "spid", which does not stand before it
    hint: known here: nome, SPID e CIE`},
		{"no number", "domanda_id: 10", "domanda_id: dieci", `q.yaml:18:21: "dieci" is not a number, want digits only`},
		{"option twice", "codice: tempo", "codice: costo", `q.yaml:43:22: question "perche": the option code "costo" stands twice, first on line 42`},
		{"label twice", "voce: Manca il tempo", "voce: COSTA  troppo", `q.yaml:43:35: question "perche": the option label "COSTA  troppo" stands twice, first on line 42`},
		{"one option", "          - {codice: tempo, voce: Manca il tempo}\n", "", `q.yaml:32:13: question "perche" has fewer than two options`},
		{"unknown route", "domanda: spid,", "domanda: spit,", `q.yaml:40:23: question "perche" is asked after question "spit", which does not stand before it
    hint: did you mean "spid"?`},
		{"route by a later question", "domanda: spid,", "domanda: canali,", `q.yaml:40:23: question "perche" is asked after question "canali", which does not stand before it
    hint: known here: nome, spid`},
		{"route by free text", "domanda: spid,", "domanda: nome,", `q.yaml:40:23: question "perche" is asked after question "nome", which is a testo
    hint: want a singola or a multipla`},
		{"route by an unknown answer", "una_di: [no]", "una_di: [mai]", `q.yaml:40:38: question "perche": "mai" is not the code of an option of question "spid"
    hint: known here: tutti, alcuni, no, non-so`},
		{"route from one form", "testo: C'è SPID?\n        forma: singola\n        moduli: [completo, breve]", "testo: C'è SPID?\n        forma: singola\n        moduli: [completo]", `q.yaml:40:23: question "perche" is asked after question "spid", which is not on all of its forms
    hint: correct moduli of one of them`},
		{"route by what is not read", "classe: comune", "classe: mai", `q.yaml:40:23: question "perche" is asked after question "spid", which is of class mai and is not read
    hint: give the condition another question`},
		{"unknown shape", "forma: multipla", "forma: multiple", `q.yaml:48:16: "multiple" is not a value of "forma"
    hint: did you mean "multipla"?`},
		{"grid without rows", "        righe:\n          - {codice: posta, voce: Posta elettronica}\n          - {codice: anagrafe, voce: Anagrafe}\n", "", `q.yaml:56:13: question "dove" is a griglia without righe
    hint: add its rows, or choose forma: singola`},
		{"rows without grid", "forma: griglia", "forma: singola", `q.yaml:56:13: question "dove" has righe and is a singola
    hint: want forma: griglia`},
		{"wrong form", "moduli: [completo]", "moduli: [completa]", `q.yaml:49:18: "completa" is not a value of "moduli"
    hint: did you mean "completo"?`},
		{"break without reason", ", motivo: domanda riscritta", "", `q.yaml:51:28: question "canali" breaks its series without a motivo
    hint: readers see the reason where the line stops: add it`},
		{"comparable with nothing", `edizione: "2030", `, "", `q.yaml:39:28: question "perche" is confrontabile, but confronto does not say with what
    hint: add edizione and domanda`},
		{"no comparison", "        confronto: {esito: interruzione, motivo: domanda riscritta}\n", "", `q.yaml:44:13: question "canali" has no key "confronto"
    hint: say how it compares with the earlier edition: {esito: confrontabile, edizione, domanda}, {esito: interruzione, motivo} or {esito: nuova}`},
		{"unknown area", "area: servizi", "area: servizio", `q.yaml:24:15: the area "servizio" is not among those of accademia
    hint: did you mean "servizi"?`},
		{"no title", "        titolo: SPID\n", "", `q.yaml:17:9: the key "titolo" is missing`},
		{"headline of nothing", "una_di: [tutti, alcuni]", "una_di: []", `q.yaml:26:33: the key "una_di" is empty`},
		{"days in the wrong order", "al: 2031-03-31", "al: 2030-03-31", `q.yaml:4:11: the collection ends on 2030-03-31, before it begins on 2031-01-01`},
		{"not a day", "al: 2031-03-31", "al: 31/3/2031", `q.yaml:4:32: "31/3/2031" is not a date, want yyyy-mm-dd`},
		{"neither true nor false", "dimostrativa: true", "dimostrativa: sì", `q.yaml:3:15: "sì" stands here, want true or false`},
		{"no form", "moduli: [completo]", "moduli: []", `q.yaml:44:13: question "canali" has no key "moduli"
    hint: say on which forms it stands: [completo, breve] or [completo]`},
		{"list for text", "titolo: Prova", "titolo: [Prova]", `q.yaml:2:9: a list stands here, want text`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := base(t)
			if !strings.Contains(text, c.old) {
				t.Fatalf("the base has no %q", c.old)
			}
			var list diag.List
			if _, ok := ParseCodebook([]byte(strings.Replace(text, c.old, c.new, 1)), "q.yaml", &list); ok {
				t.Error("was taken as good")
			}
			if got := said(&list); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestAnEmptyCodebookSaysWhatItLacks(t *testing.T) {
	var list diag.List
	_, ok := ParseCodebook([]byte("dimostrativa: true\n"), "q.yaml", &list)
	if want := "q.yaml:1:1: the key \"edizione\" is missing\nq.yaml:1:1: the key \"soglia_breve\" is missing\nq.yaml:1:1: the key \"titolo\" is missing"; ok || said(&list) != want {
		t.Errorf("got\n%s", said(&list))
	}
}

func FuzzParseCodebook(f *testing.F) {
	f.Add([]byte(base(f)))
	f.Add([]byte("sezioni:\n  - id: a\n    domande:\n      - {se: {domanda: x}, opzioni: [{codice: a}], sintesi: ~}\n"))
	f.Add([]byte("edizione: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var list diag.List
		if _, ok := ParseCodebook(raw, "q.yaml", &list); ok != (list.Len() == 0) {
			t.Errorf("ok %v with %d problems", ok, list.Len())
		}
	})
}
