package site

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/content"
	"mappa/internal/diag"
)

func TestEveryDocumentRendersWithoutAProblem(t *testing.T) {
	for _, lang := range []string{"it", "en"} {
		p := referencePress(t, lang)
		for _, d := range p.Content.Documents() {
			r := content.Render(d, p.resolver(), p.list, content.Options{})
			for _, h := range []string{string(r.Lead), string(r.HTML)} {
				if i := strings.Index(h, "⟦"); i >= 0 {
					t.Errorf("%s (%s) misses words: %s", d.Path, lang, h[i:min(len(h), i+80)])
				}
			}
			for _, fig := range r.Figures {
				if fig.Title == "" || fig.Alt == "" {
					t.Errorf("%s (%s): %s has title %q and alternative %q", d.Path, lang, fig.ID, fig.Title, fig.Alt)
				}
			}
		}
		for _, problem := range p.list.Problems() {
			t.Error(problem)
		}
	}
}

// page reads one page with the given body and renders it with the real data.
func renderPage(t *testing.T, p *press, body string) (content.Rendered, []diag.Problem) {
	t.Helper()
	fsys := fstest.MapFS{"content/pagine/prova.md": {Data: []byte("---\ntitolo: Prova\ndescrizione: Prova.\n---\n" + body)}}
	list := new(diag.List)
	lib, _ := content.Read(fsys, "content", list)
	if list.Len() > 0 {
		t.Fatal(list.Problems())
	}
	out := content.Render(lib.Pages[0], p.resolver(), list, content.Options{})
	return out, list.Problems()
}

func TestAReferenceIsTheValueAsItIsPrinted(t *testing.T) {
	p := referencePress(t, "it")
	for _, c := range []struct{ in, want string }{
		{"{quota: send-pagato}", "86,4 %"},
		{"{quota: send-pagato | su: residenti}", "87,8 %"},
		{"{quota: siti-bootstrap-italia | data: 2022-02-11 | classe: 2501-5000}", "8,2 %"},
		{"{quota: send-pagato | regione: valle d’aosta}", "82,4 %"},
		{"{numero: send-pagato | classe: oltre-250000}", "7"},
		{"{numero: anpr-servizi}", "29.842.742"},
		{"{tasso: anpr-servizi | unita: Sondrio}", "246"},
		{"{tasso: anpr-servizi | luogo: Roma}", "556"},
		{"{mediana: anpr-servizi}", "305"},
		{"{base: siti-bootstrap-italia}", "6.891"},
		{"{differenza: siti-bootstrap-italia | dal: 2022-02-11 | al: 2024-07-31}", "+49,3 punti"},
		{"{differenza: siti-punteggio | dal: 2022-02-11 | al: 2024-07-31}", "+27"},
		{"{conta: comuni}", "7.894"},
		{"{conta: residenti | classe: oltre-250000}", "8.947.697"},
		{"{quota: comuni | classe: fino-a-2500}", "51,3 %"},
		{"{data: padigitale/send | con: del}", "del 12 agosto 2026"},
		{"{data: popolazione}", "31 dicembre 2022"},
		{"{rispondenti: 2025}", "4.603"},
		{"{partecipazione: 2025 | classe: fino-a-2500}", "50,8 %"},
		{"{risposta: formazione}", "57,4 %"},
		{"{risposta: formazione | edizione: 2024}", "50,9 %"},
		{"{rispondenti: 2024}", "3.861"},
		{"{partecipazione: 2024}", "48,9 %"},
		{"{risposta: rtd | opzione: interno | ripartizione: Sud}", "64 %"},
		{"{soglia: cella-riservata}", "10"},
		{"{rilevazione: stato}", "dimostrativa"},
		{"{rilevazione: apertura}", "non ancora fissata"},
		{"{sito: titolo}", "Mappa dei Comuni digitali"},
		{"[cresce]{differenza: siti-bootstrap-italia | dal: 2022-02-11 | al: 2024-07-31}", "cresce"},
		{"{differenza: formazione | dal: 2024 | al: 2025}", "+8 punti (fra +6 e +10)"},
		{"{differenza: formazione | dal: 2024 | al: 2025 | stima: stessi}", "+6 punti (fra +5 e +8)"},
		{"[cresce]{differenza: formazione | dal: 2024 | al: 2025 | stima: stessi}", "cresce"},
		{"[stabile]{differenza: dati-aperti | dal: 2024 | al: 2025}", "stabile"},
		{"[8 punti]{differenza: formazione | dal: 2024 | al: 2025}", "8 punti"},
	} {
		out, problems := renderPage(t, p, "Qui "+c.in+" ecco.\n")
		if len(problems) > 0 {
			t.Errorf("%s: %s", c.in, problems[0])
			continue
		}
		got := strings.ReplaceAll(string(out.Lead), "\u00a0", " ")
		if !strings.Contains(got, c.want+" ecco") && !strings.Contains(got, c.want+"</span> ecco") {
			t.Errorf("%s\n got %s\nwant %s", c.in, strings.TrimSpace(got), c.want)
		}
	}
}

func TestWhatIsNotUnderstoodIsRefusedWithAHint(t *testing.T) {
	p := referencePress(t, "it")
	for _, c := range []struct{ in, want, hint string }{
		{"{quota: send-pagat}",
			`5:13: there is no indicator "send-pagat"`, `did you mean "send-pagato"?`},
		{"{quotta: send-pagato}",
			`5:14: there is no reference "quotta"`, `did you mean "quota"?`},
		{"{quota: anpr-servizi}",
			`5:13: "anpr-servizi" is a tasso, not a quota`, `did you mean {tasso: anpr-servizi}?`},
		{"{tasso: siti-peso}",
			`5:13: "siti-peso" is a mediana, not a tasso`, `did you mean {mediana: siti-peso}?`},
		{"{numero: siti-peso}",
			`5:14: "siti-peso" is a median and counts nothing`, `use {mediana: …} or {base: …}`},
		{"{quota: formazione}",
			`5:13: there is no indicator "formazione"`, `it is a question of the survey: {risposta: formazione}, or domanda in a figure`},
		{"{quota: send-pagato | regione: Umbra}",
			`5:36: there is no regione "Umbra"`, `did you mean "Umbria"?`},
		{"{quota: send-pagato | classe: 2501-500}",
			`5:35: there is no classe "2501-500"`, `did you mean "2501-5000"?`},
		{"{quota: send-pagato | luogo: Roma}",
			`5:34: a share of one Comune says nothing`, `use {numero: …}, which is 1 or 0`},
		{"{tasso: anpr-servizi | luogo: Samone}",
			`5:35: 2 Comuni are called "Samone"`, `write "Samone (TO)" or "Samone (TN)"`},
		{"{tasso: anpr-servizi | luogo: Rma}",
			`5:35: there is no Comune "Rma"`, `did you mean "Irma"?`},
		{"{quota: send-pagato | regione: Umbria | unita: Perugia}",
			`5:52: "regione" and "unita" both say where, want one of them`, ``},
		{"{quota: siti-peso | regione: Umbria}",
			`5:13: "siti-peso" is a mediana, not a quota`, `did you mean {mediana: siti-peso}?`},
		{"{mediana: siti-peso | data: 2024-07-30}",
			`5:33: "siti-peso" has no values at 2024-07-30`, `its dates are 2022-02-11, 2023-11-02, 2024-03-12, 2024-07-31`},
		{"{mediana: siti-peso | data: 31/07/2024}",
			`5:33: "31/07/2024" is not a date, want year-month-day`, `for example 2024-07-31`},
		{"{quota: send-pagato | region: Umbria}",
			`5:27: "region" means nothing to {quota: …}`, `did you mean "regione"?`},
		{"{quota: send-pagato | su: abitanti}",
			`5:31: "abitanti" is nothing to weigh Comuni with`, `known here: residenti`},
		{"[86,5 %]{quota: send-pagato}",
			`5:5: the text says "86,5 %", the data say "86,4 %" ({quota: send-pagato})`, `correct the text, or the reference beside it`},
		{"[cala]{differenza: siti-bootstrap-italia | dal: 2022-02-11 | al: 2024-07-31}",
			`5:5: the text says "cala", the data say "+49,3 punti" ({differenza: siti-bootstrap-italia | dal: 2022-02-11 | al: 2024-07-31})`, `correct the text, or the reference beside it`},
		{"{differenza: siti-bootstrap-italia | al: 2024-07-31}",
			`5:18: a differenza wants the key "dal"`, `write dal: and al: with two dates of the indicator`},
		{"{differenza: siti-bootstrap-italia | dal: 2024-07-31 | al: 2022-02-11}",
			`5:64: 2022-02-11 is not after 2024-07-31`, ``},
		{"{differenza: formazione | dal: 2024-07-31 | al: 2022-02-11}",
			`5:53: there is no edition "2022-02-11" of the survey`, `known here: 2025, 2024`},
		{"{differenza: formazione | al: 2025}",
			`5:18: a differenza wants the key "dal"`, `write dal: and al: with two editions of the survey`},
		{"{differenza: formazione | dal: 2025 | al: 2024}",
			`5:36: there is no edition "2025" of the survey`, `did you mean "2024"?`},
		{"{differenza: formazione | dal: 2025 | al: 2025}",
			`5:47: 2025 is not after 2025`, ``},
		{"{differenza: copie | dal: 2024 | al: 2025 | opzione: mensile}",
			`5:18: the question "copie" does not compare with edition "2024"`, `nel 2024 si chiedeva ogni quanto si fanno le copie, non ogni quanto si prova a ripristinarle`},
		{"{differenza: formazione | dal: 2024 | al: 2025 | stima: stessi | regione: Umbria}",
			`5:61: the change among the same Comuni is of Italy, and from one edition to the next`, `leave stima out, or the area`},
		{"{differenza: formazione | dal: 2024 | al: 2025 | stima: grezza}",
			`5:61: there is no estimate "grezza" of a change`, `known here: ponderata, stessi`},
		{"[cala]{differenza: formazione | dal: 2024 | al: 2025}",
			`5:5: the text says "cala", the data say "+8 punti (fra +6 e +10)" ({differenza: formazione | dal: 2024 | al: 2025})`, `correct the text, or the reference beside it`},
		{"{conta: comune}",
			`5:13: "comune" is nothing that is counted`, `did you mean "comuni"?`},
		{"{data: padigitale}",
			`5:12: the lists of "padigitale" have different dates`, `name one: padigitale/cloud`},
		{"{data: padigitale/sendd}",
			`5:12: there is no date of "padigitale/sendd"`, `did you mean "padigitale/send"?`},
		{"{soglia: dominanza}",
			`5:14: there is no threshold "dominanza" that the program enforces`, `known here: cella, cella-riservata, decimale`},
		{"{risposta: formazione | stima: ponderata}",
			`5:36: there is no weighted estimate: the figures are shares of those that answered`, `write stima: grezza, or leave the key out, and let the text say so`},
		{"{risposta: formazione | unita: Perugia}",
			`5:29: "unita" means nothing to {risposta: …}`, `known here: regione, ripartizione, classe, opzione, riga, edizione, stima`},
		{"{risposta: formazione | edizione: 2023}",
			`5:39: there is no edition "2023" of the survey`, `did you mean "2025"?`},
		{"{risposta: formazione | regione: Umbria | classe: fino-a-2500}",
			`5:55: the survey has no figures for a class within that area`, `the tables are by region, ripartizione and class`},
		{"{risposta: compilatore-email}",
			`5:16: nothing is published of the question "compilatore-email"`, ``},
		{"{risposta: processi-interni}",
			`5:16: the question "processi-interni" is a grid, want the key "riga"`, `choose one row with riga: ferie`},
		{"{risposta: firma-digitale}",
			`5:16: the question "firma-digitale" has no main figure`, `choose one answer with opzione: sindaco`},
		{"{partecipazione: 2023}",
			`5:22: there is no edition "2023" of the survey`, `did you mean "2025"?`},
	} {
		_, problems := renderPage(t, p, "Qui "+c.in+" ecco.\n")
		if len(problems) != 1 {
			t.Errorf("%s: %d problems, want 1", c.in, len(problems))
			continue
		}
		got := problems[0]
		if text := strings.TrimPrefix(got.Place(), "content/pagine/prova.md:") + ": " + got.Text; text != c.want || got.Hint != c.hint {
			t.Errorf("%s\n got %q, %q\nwant %q, %q", c.in, text, got.Hint, c.want, c.hint)
		}
	}
}

func TestAWithheldShareCannotStandInASentence(t *testing.T) {
	f := referencePress(t, "it").resolver()
	_, err := f.Inline(content.Ref{Name: "risposta", Value: "pagopa", Args: []content.Arg{{Key: "classe", Values: []string{"oltre-250000"}}}})
	var no *content.Refusal
	if !errors.As(err, &no) || !strings.Contains(no.Text, "is withheld") {
		t.Errorf("got %v", err)
	}
}
