package site

import (
	"html/template"

	"mappa/internal/locale"
	"mappa/internal/source"
)

// funds is what the lists of PA digitale say, each with its own date.
func (p comunePlace) funds() section {
	w := p.words
	s := section{ID: "pnrr", Title: p.fundsTitle(), Lead: []template.HTML{w.HTML("comune.pnrr.intro")}}
	table := grid{Class: "measures", Title: w.T("comune.pnrr.tabella"),
		Sub: w.T("comune.pnrr.come", p.args(locale.N("n", len(p.Atlas.Schemes[0].Classes[p.c.Class[0]].Comuni)), locale.N("m", len(p.reg.Comuni)))...),
		Head: []heading{{Text: w.T("comune.pnrr.intervento")}, {Text: w.T("comune.pnrr.importo"), Number: true},
			{Text: w.T("comune.pnrr.stato")}, {Text: w.T("comune.pnrr.data")}, {Text: w.T("comune.pnrr.altri")}}}
	for k, iv := range p.fund.Interventions {
		table.Rows = append(table.Rows, p.fundRow(iv, p.fund.Positions[p.i][k], p.common.bars[k][p.c.Region][p.c.Class[0]]))
	}
	s.Parts = []template.HTML{table.HTML(), p.stages}
	if again := p.renounced(); again != "" {
		s.Margin = append(s.Margin, note{w.T("comune.pnrr.non_contato"), again})
	}
	s.Margin = append(s.Margin, note{w.T("comune.pnrr.avvisi"), p.common.calls},
		note{w.T("comune.fonte"), p.credit(p.fund.Source)},
		note{"", anchor("/metodo/", w.T("comune.come_si_calcola"))})
	return s
}

// fundsTitle is the finding: the stage of the two freshest lists.
func (p comunePlace) fundsTitle() string {
	w := p.words
	stage := func(id string) string {
		k, iv := p.intervention(id)
		if iv == nil {
			return ""
		}
		return p.fund.Positions[p.i][k].Stage.String()
	}
	return w.T("comune.pnrr.titolo", locale.S("send", stage("send")), locale.S("pdnd", stage("pdnd")))
}

func (p comunePlace) fundRow(iv source.Intervention, pos source.Position, bars template.HTML) line {
	w := p.words
	amount, when := cell{Text: "–", Class: "m-eur"}, template.HTML("")
	if pos.Stage >= source.Financed {
		amount.Text = w.Euro(float64(pos.Amount) / 100)
	}
	if pos.Since != 0 {
		when = w.HTML("comune.pnrr.quando."+pos.Stage.String(), locale.S("data", w.ShortDate(pos.Since)))
	}
	when += `<span class="old">` + w.HTML("comune.pnrr.elenco", locale.S("data", w.ShortDate(iv.List.Date))) + "</span>"
	stage := pos.Stage.String()
	if pos.Stage == source.Financed && !iv.Conclusive() {
		stage = "finanziato_al" // an old list cannot say that it is still so
	}
	return line{Cells: []cell{
		{HTML: esc(iv.Name) + ` <span class="soft nowrap">` + esc(iv.Measure) + "</span>"},
		{Text: amount.Text, Class: "m-eur nowrap"},
		{HTML: p.stage(pos.Stage, w.T("stadio."+stage)), Class: "m-st nowrap"},
		{HTML: when, Class: "m-when"},
		{HTML: bars, Class: "m-cmp"},
	}}
}

// stage is a stage's glyph and word.
func (p *press) stage(s source.Stage, word string) template.HTML {
	return template.HTML(`<span class="`+stageClass(s)+`">`) + p.glyph(stageIcon(s)) + esc(word) + "</span>"
}

// renounced says what was financed once and then given up.
func (p comunePlace) renounced() template.HTML {
	w := p.words
	var items []string
	for k, iv := range p.fund.Interventions {
		for _, r := range p.fund.Positions[p.i][k].Renounced {
			key := "comune.pnrr.rinuncia"
			if r.Status == 0 {
				key = "comune.pnrr.rinuncia_senza_data"
			}
			items = append(items, w.T(key, locale.S("intervento", iv.Name), locale.S("importo", w.Euro(float64(r.Amount)/100)), locale.S("data", w.TheDate(r.Status))))
		}
	}
	if len(items) == 0 {
		return ""
	}
	return w.HTML("comune.pnrr.rinunce", locale.S("elenco", w.And(items)))
}

// openCalls says which calls a Comune can still answer at the display date.
func (p *press) openCalls() template.HTML {
	var open []string
	for _, c := range p.fund.Calls {
		if c.Intervention >= 0 && c.Open(p.Atlas.Display) {
			open = append(open, p.words.T("comune.pnrr.avviso", locale.S("titolo", c.Title), locale.S("data", p.words.Date(c.To))))
		}
	}
	if len(open) == 0 {
		return p.words.HTML("comune.pnrr.nessun_avviso", locale.S("data", p.words.OfDate(p.fund.CallsFile.Date)))
	}
	return esc(p.words.And(open))
}
