package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/draw"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// participation as domanda asks for who took part.
const participation = "partecipazione"

// reply is one row of a survey figure.
type reply struct {
	name, href string
	value      stat.Value
	decimals   int
	base       stat.Value
	key, about string // where value and base come from
}

// surveyFigure is a grafico or a tabella of a question. All of it comes from
// what may be published.
func (f figures) surveyFigure(r content.Ref) (content.Figure, error) {
	if r.Name != "grafico" && r.Name != "tabella" {
		return content.Figure{}, &content.Refusal{Key: "domanda", Text: fmt.Sprintf("the survey is not shown as a %s", r.Name), Hint: "use a grafico or a tabella"}
	}
	if err := r.Allow("domanda", "opzione", "riga", "edizione", "stima", "per", "forma", "ordine", "regione", "ripartizione", "classe"); err != nil {
		return content.Figure{}, err
	}
	dims, err := surveyDimensions(r)
	if err != nil {
		return content.Figure{}, err
	}
	if f, err = f.edition(r.Arg("edizione"), "edizione"); err != nil {
		return content.Figure{}, err
	}
	if r.Arg("domanda") == participation {
		return f.turnoutFigure(r, dims)
	}
	if err := raw(r); err != nil {
		return content.Figure{}, err
	}
	a, err := f.column(r, r.Arg("domanda"), "domanda")
	if err != nil {
		return content.Figure{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Figure{}, err
	}
	at, err := f.surveyArea(where)
	if err != nil {
		return content.Figure{}, err
	}
	out := content.Figure{Title: cmp.Or(r.Arg("titolo"), a.q.Title), Demo: f.Survey.Edition.Demo(), Caption: f.surveyCaption(a.table.Lines[at], a.q)}
	if len(dims) == 1 && dims[0] == "nazione" && a.option == headline && (!a.anyRow || a.q.Headline.Any != 0) {
		return f.replies(r, out, f.optionRows(a, at)), nil
	}
	if err := a.one(); err != nil {
		return content.Figure{}, err
	}
	out.Sub = f.words.T("riferimenti.sotto.risposta", locale.S("risposta", a.label()))
	cells := func(i int) disclosure.Cell { return a.cell(a.table.Lines[i]) }
	rows, err := f.areaRows(dims[0], where, func(i int) reply {
		return reply{value: cells(i).Value, decimals: cells(i).Decimals, base: a.table.Lines[i].Base, key: cells(i).Key, about: a.table.Lines[i].Key}
	})
	return f.replies(r, out, rows), err
}

// label is the answer whose share is shown.
func (r replies) label() string {
	if r.option != headline {
		return r.q.Options[r.option].Text
	}
	return r.q.Headline.Title
}

func surveyDimensions(r content.Ref) ([]string, error) {
	dims, known := r.List("per"), []string{"nazione", "ripartizione", "regione", "classe"}
	if len(dims) == 0 {
		dims = []string{"nazione"}
	}
	for _, d := range dims {
		if !slices.Contains(known, d) {
			return nil, &content.Refusal{Key: "per", Text: fmt.Sprintf("the survey is not shown by %s", d), Hint: "known here: " + strings.Join(known, ", ")}
		}
	}
	if forma := r.Arg("forma"); forma != "" && forma != "barre" && forma != "punti" {
		return nil, &content.Refusal{Key: "forma", Text: fmt.Sprintf("the survey has no forma %q", forma), Hint: diag.DidYouMean(forma, []string{"barre", "punti"})}
	}
	if len(dims) > 1 {
		return nil, &content.Refusal{Key: "per", Text: "the survey is shown by one dimension at a time", Hint: "the cells of two would be withheld: make a figure of each"}
	}
	return dims, nil
}

// replies draws or lists the rows.
func (f figures) replies(r content.Ref, out content.Figure, rows []reply) content.Figure {
	w := f.words
	if r.Arg("ordine") == "valore" {
		slices.SortStableFunc(rows, func(x, y reply) int { return descend(x.value, y.value) })
	}
	if r.Name == "tabella" {
		out.Body = scroll(out.Title, f.replyTable(rows))
	} else {
		out.Body = f.replyChart(rows, r.Arg("forma") == "barre")
	}
	covered := slices.ContainsFunc(rows, func(x reply) bool { return x.value.Kind == stat.Withheld })
	if covered {
		out.Body += f.coveredNote()
	}
	if out.Sub == "" {
		out.Sub = w.T("riferimenti.sotto.risposte")
	}
	out.Alt = f.replyFinding(out.Title, rows)
	return out
}

// replyTable lists the rows, with how many answered where that differs.
func (f figures) replyTable(rows []reply) template.HTML {
	w := f.words
	based := slices.ContainsFunc(rows, func(x reply) bool { return x.base.OK() })
	g := grid{Head: []heading{{Text: w.T("riferimenti.per.risposta")}, {Text: w.T("riferimenti.colonne.valore"), Number: true}}}
	if based {
		g.Head = append(g.Head, heading{Text: w.T("riferimenti.colonne.risposte"), Number: true})
	}
	for _, x := range rows {
		row := line{Cells: []cell{{Text: x.name, Href: x.href}, f.shareCell(x)}}
		if based {
			row.Cells = append(row.Cells, f.countCell(x))
		}
		g.Rows = append(g.Rows, row)
	}
	return g.HTML()
}

// replyChart draws the rows on an axis to 100. A share that is withheld has its
// name and its word, and no mark.
func (f figures) replyChart(rows []reply, bars bool) template.HTML {
	w := f.words
	chart := draw.Rows{Axis: f.shareAxis(100)}
	for _, x := range rows {
		row := draw.Row{Name: x.name, Href: x.href, Dot: at(x.value), Value: w.Missing(x.value.Kind).Short, Spoken: f.spoken(x.value), Figure: x.key}
		if x.value.OK() {
			row.Value = w.Percent(x.value.N, x.decimals)
			if bars {
				row.Band = draw.Between(0, x.value.N)
			}
		}
		if x.base.OK() && x.base.N > 0 {
			row.Small = figured(x.about, w.T("riferimenti.risposte", locale.N("n", int(x.base.N))))
		}
		chart.Rows = append(chart.Rows, row)
	}
	return draw.HTML(chart)
}

// replyFinding names the highest and the lowest of the rows that are shown.
func (f figures) replyFinding(title string, rows []reply) string {
	w := f.words
	var high, low reply
	for _, x := range rows {
		if !x.value.OK() {
			continue
		}
		if !high.value.OK() || x.value.N > high.value.N {
			high = x
		}
		if !low.value.OK() || x.value.N < low.value.N {
			low = x
		}
	}
	if !high.value.OK() {
		return w.T("riferimenti.alt.coperto", locale.S("titolo", title))
	}
	return w.T("riferimenti.alt.risposte", locale.S("titolo", title), locale.S("alta", high.name), locale.S("massimo", w.Percent(high.value.N, high.decimals)),
		locale.S("bassa", low.name), locale.S("minimo", w.Percent(low.value.N, low.decimals)))
}

// coveredNote says what a padlock means, once under the figure.
func (f figures) coveredNote() template.HTML {
	m := f.words.Missing(stat.Withheld)
	return template.HTML(`<p class="nv note">`) + f.glyph(stat.Withheld.Code()) + f.words.HTML("riferimenti.coperto",
		locale.S("breve", m.Short), locale.S("nome", m.Full), locale.S("perche", m.Why)) + "</p>"
}

func (f figures) shareCell(x reply) cell {
	if !x.value.OK() {
		return cell{HTML: f.missing(x.value.Kind), Sort: "-1"}
	}
	return cell{Text: f.words.Percent(x.value.N, x.decimals), Sort: sortKey(x.value.N), Figure: x.key}
}

func (f figures) countCell(x reply) cell {
	if !x.base.OK() {
		return cell{HTML: f.missing(x.base.Kind)}
	}
	return cell{Text: f.words.Int(int(x.base.N)), Figure: x.about}
}

// surveyCaption is who could answer, who did, how many said something to the
// question, and of which edition. q is nil for who took part.
func (f figures) surveyCaption(l disclosure.Line, q *survey.Question) template.HTML {
	w, book := f.words, f.Survey.Edition.Book
	out := w.HTML("riferimenti.base.indagine", locale.N("rispondenti", l.Respondents), locale.N("comuni", l.Comuni), locale.H("quota", figured(l.Key, w.Percent(l.Response.N, shareDecimals))))
	if q != nil && l.Base.OK() {
		out += " " + w.HTML("riferimenti.base.domanda", locale.N("n", int(l.Base.N)))
	}
	if q != nil && q.Route.On {
		out += " " + w.HTML("riferimenti.base.filtro", locale.S("domanda", book.Questions[q.Route.Question].Title))
	}
	page := indicatorPath(turnoutID)
	if q != nil {
		page = indicatorPath(q.ID)
	}
	return out + " " + w.HTML("riferimenti.fonte", locale.N("n", 1), locale.H("fonti", anchor(page, book.Title))) +
		" " + w.HTML("riferimenti.numeri", locale.H("file", anchor(page+"dati.csv", "CSV")))
}

// turnoutFigure is who took part, by area.
func (f figures) turnoutFigure(r content.Ref, dims []string) (content.Figure, error) {
	if len(dims) > 1 {
		return content.Figure{}, &content.Refusal{Key: "per", Text: "partecipazione has one dimension"}
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Figure{}, err
	}
	lines, err := f.everybody()
	if err != nil {
		return content.Figure{}, err
	}
	at, err := f.surveyArea(where)
	if err != nil {
		return content.Figure{}, err
	}
	rows, err := f.areaRows(dims[0], where, func(i int) reply {
		return reply{value: lines[i].Response, decimals: shareDecimals, base: stat.Of(float64(lines[i].Respondents)), key: lines[i].Key}
	})
	title := cmp.Or(r.Arg("titolo"), f.words.T("riferimenti.partecipazione"))
	out := content.Figure{Title: title, Sub: f.words.T("riferimenti.sotto.partecipazione"), Demo: f.Survey.Edition.Demo(), Caption: f.surveyCaption(lines[at], nil)}
	return f.replies(r, out, rows), err
}
