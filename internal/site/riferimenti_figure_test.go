package site

import (
	"strings"
	"testing"
)

// block is a figure block as an author writes it, keys between semicolons.
func block(kind, keys string) string {
	return "```" + kind + "\n" + strings.ReplaceAll(keys, "; ", "\n") + "\ntitolo: Prova\n```\n"
}

func TestAFigureShowsWhatItsBlockAsksFor(t *testing.T) {
	p := referencePress(t, "it")
	for _, c := range []struct{ kind, keys, want string }{
		{"mappa", "indicatore: send-pagato; per: comune", "<img src="},
		{"mappa", "indicatore: siti-bootstrap-italia; per: comune; data: 2022-02-11", "/assets/mappa-siti-bootstrap-italia-2022-02-11"},
		{"mappa", "indicatore: anpr-servizi; per: comune; regione: Molise", `href="/comuni/campobasso/"`},
		{"mappa", "indicatore: anpr-servizi; per: regione", `href="/regioni/molise/"`},
		{"mappa", "indicatore: anpr-servizi; per: unita", `href="/province/sondrio/"`},
		{"grafico", "indicatore: anpr-servizi; per: classe; forma: barre", `class="rows"`},
		{"grafico", "indicatore: siti-punteggio; per: regione; ordine: valore; limite: 3", "Basilicata"},
		{"grafico", "indicatore: [send-finanziato, send-pagato]; per: ripartizione", `class="hollow"`},
		{"grafico", "indicatore: siti-bootstrap-italia; per: data", "31 lug 2024"},
		{"grafico", "indicatore: siti-bootstrap-italia; per: data; regione: Umbria", "24,7 %"},
		{"grafico", "indicatore: siti-bootstrap-italia; per: classe; forma: pendenza", "febbraio 2022"},
		{"grafico", "indicatore: anpr-servizi; per: comune", "mediana"},
		{"grafico", "indicatore: send-pagato; per: unita; forma: istogramma", "mediana"},
		{"grafico", "indicatore: siti-bootstrap-italia; per: regione; forma: caselle", "+36,5"},
		{"tabella", "indicatore: [send-pagato, siti-peso]; per: nazione; colonne: [numero, valore, fonte]", "6.818"},
		{"tabella", "indicatore: [send-pagato, siti-peso]; per: classe; regione: Molise", "2.501–5.000 abitanti"},
		{"tabella", "indicatore: anpr-servizi; per: [classe, ripartizione]", "Nord-ovest"},
		{"tabella", "indicatore: siti-bootstrap-italia; per: data", "11 febbraio 2022"},
		{"tabella", "indicatore: anpr-servizi; per: comune; unita: Sondrio", "Livigno"},
		{"tabella", "elenco: fonti", "CC BY 4.0"},
		{"tabella", "elenco: righe-lette", "candidature_finanziate_145.2026-08-12.csv.gz"},
		{"tabella", "elenco: correzioni", "Nessuna, finora."},
		{"tabella", "elenco: scarichi", "/indicatori/send-pagato/comuni.csv"},
		{"numero", "indicatore: anpr-servizi", `<p class="big">506 <small>usi ogni 1.000 abitanti</small></p>`},
		{"grafico", "domanda: partecipazione; per: classe; forma: barre", "50,8"},
		{"grafico", "domanda: formazione; per: regione; ordine: valore", "Basilicata"},
		{"grafico", "domanda: cloud-stato; per: nazione", "Concluso e verificato"},
		{"grafico", "domanda: processi-interni; per: nazione", "<li>"},
		{"tabella", "domanda: pagopa; per: classe", "riservato"},
		{"tabella", "domanda: rtd; per: ripartizione; opzione: interno", "Nord-ovest"},
	} {
		out, problems := renderPage(t, p, block(c.kind, c.keys))
		for _, problem := range problems {
			t.Errorf("%s %s: %s", c.kind, c.keys, problem)
		}
		if got := strings.ReplaceAll(string(out.Lead), "\u00a0", " "); !strings.Contains(got, c.want) || strings.Contains(got, "⟦") {
			t.Errorf("%s %s lacks %q:\n%s", c.kind, c.keys, c.want, got[:min(len(got), 1500)])
		}
	}
}

func TestABlockThatCannotBeShownIsRefusedWithAHint(t *testing.T) {
	p := referencePress(t, "it")
	for _, c := range []struct{ kind, keys, want, hint string }{
		{"grafico", "per: classe",
			`5:4: the grafico shows nothing`, `say what: indicatore, domanda or, for a tabella, elenco`},
		{"grafico", "indicatore: send-pagat; per: classe",
			`6:13: there is no indicator "send-pagat"`, `did you mean "send-pagato"?`},
		{"grafico", "indicatore: send-pagato; per: classi",
			`7:6: "classi" is no value of "per"`, `did you mean "classe"?`},
		{"grafico", "indicatore: send-pagato; per: classe; forma: torta",
			`8:8: "torta" is no value of "forma"`, `known here: barre, punti, linea, pendenza, istogramma, caselle`},
		{"grafico", "indicatore: send-pagato; per: comune",
			`6:13: of one Comune "send-pagato" is yes or no, which has no distribution`, `use per: unita`},
		{"grafico", "indicatore: send-pagato; per: classe; forma: caselle",
			`7:6: forma: caselle does not go with per: classe`, `it goes with regione`},
		{"grafico", "indicatore: send-pagato; per: data",
			`6:13: "send-pagato" has one date, which draws no line`, ``},
		{"grafico", "indicatore: send-pagato; per: classe; forma: pendenza",
			`6:13: "send-pagato" has one date, and forma: pendenza wants two`, ``},
		{"grafico", "indicatore: siti-peso; per: classe; data: [2024-07-31, 2022-02-11]; forma: pendenza",
			`8:8: 2022-02-11 is not after 2024-07-31`, ``},
		{"grafico", "indicatore: siti-peso; per: classe; data: [2022-02-11, 2024-07-31]",
			`8:8: this form shows one date`, `use forma: pendenza for two dates`},
		{"grafico", "indicatore: [send-pagato, pdnd-pagato, anncsu-pagato]; per: classe",
			`6:14: a row holds two indicators, here are 3`, `use a tabella`},
		{"grafico", "indicatore: send-pagato; per: [classe, ripartizione]",
			`7:7: a grafico has one dimension, here are 2`, `use a tabella`},
		{"mappa", "indicatore: send-pagato; per: classe",
			`7:6: a mappa does not go with per: classe`, `it goes with comune, unita, regione`},
		{"mappa", "indicatore: [send-pagato, pdnd-pagato]; per: unita",
			`6:14: this figure shows one indicator, here are 2`, `use a tabella, or one figure for each`},
		{"mappa", "indicatore: send-pagato; per: unita; regione: Umbria",
			`7:6: a map by unita shows all of Italy`, `use per: comune for a part of it`},
		{"mappa", "indicatore: send-pagato; per: unita; forma: barre",
			`8:1: "forma" means nothing to mappa`, `known here: regione, ripartizione, unita, luogo, classe, indicatore, data, per`},
		{"mappa", "domanda: formazione; per: regione",
			`6:10: the survey is not shown as a mappa`, `use a grafico or a tabella`},
		{"tabella", "indicatore: send-pagato; per: comune",
			`7:6: 7894 rows do not fit a page`, `choose a place, or add limite and ordine`},
		{"tabella", "indicatore: send-pagato; per: nazione; colonne: [valori]",
			`8:11: "valori" is no value of "colonne"`, `did you mean "valore"?`},
		{"tabella", "indicatore: send-pagato; per: classe; limite: molti",
			`8:9: "molti" is not a number of rows`, ``},
		{"tabella", "elenco: font",
			`6:9: there is no list "font"`, `did you mean "fonti"?`},
		{"grafico", "elenco: fonti",
			`6:9: elenco belongs to a tabella, not to a grafico`, ``},
		{"grafico", "domanda: formazion; per: classe",
			`6:10: there is no question "formazion"`, `did you mean "formazione"?`},
		{"grafico", "domanda: formazione; per: unita",
			`7:6: the survey is not shown by unita`, `known here: nazione, ripartizione, regione, classe`},
		{"grafico", "domanda: formazione; per: classe; stima: ponderata",
			`8:8: there is no weighted estimate: the figures are shares of those that answered`, `write stima: grezza, or leave the key out, and let the text say so`},
		{"grafico", "domanda: formazione; per: classe; forma: linea",
			`8:8: the survey has no forma "linea"`, `known here: barre, punti`},
		{"grafico", "domanda: processi-interni; per: classe",
			`5:4: the question "processi-interni" is a grid, want the key "riga"`, `choose one row with riga: ferie`},
		{"tabella", "domanda: formazione; per: [classe, ripartizione]",
			`7:7: the survey is shown by one dimension at a time`, `the cells of two would be withheld: make a figure of each`},
	} {
		_, problems := renderPage(t, p, block(c.kind, c.keys))
		if len(problems) != 1 {
			t.Errorf("%s %s: %d problems, want 1", c.kind, c.keys, len(problems))
			continue
		}
		got := problems[0]
		if text := strings.TrimPrefix(got.Place(), "content/pagine/prova.md:") + ": " + got.Text; text != c.want || got.Hint != c.hint {
			t.Errorf("%s | %s\n got %q, %q\nwant %q, %q", c.kind, c.keys, text, got.Hint, c.want, c.hint)
		}
	}
}
