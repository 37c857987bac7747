package site

import (
	"fmt"

	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// surveyWhere are the keys that say where of a survey figure: it has no
// province and no Comune.
func surveyWhere(more ...string) []string {
	return append([]string{"regione", "ripartizione", "classe"}, more...)
}

// question is the index of a question of the edition, -1 without.
func (f figures) question(id string) int {
	if f.Survey.Edition == nil {
		return -1
	}
	return f.Survey.Edition.Book.Find(id)
}

// replies is a column of a published table: a question with the options whose
// share is meant.
type replies struct {
	q      *survey.Question
	id     int
	table  disclosure.Table // of the row that is meant, of a grid
	option int              // index in the question's options, or headline
	anyRow bool             // a grid of which no row was named
}

// cell is the column's cell in one line.
func (a replies) cell(l disclosure.Line) disclosure.Cell {
	if a.option == headline {
		return l.Headline
	}
	return l.Options[a.option]
}

// edition looks at the edition of the survey that is meant, without a name at
// the newest.
func (f figures) edition(typed, key string) (figures, error) {
	if f.Survey.Edition == nil || f.Survey.Published == nil {
		return f, &content.Refusal{Key: key, Text: "there is no edition of the survey"}
	}
	known := []string{f.Survey.Edition.Book.Edition}
	if typed == "" || typed == known[0] {
		return f, nil
	}
	for i, b := range f.Before {
		if b.Edition.Book.Edition == typed {
			p := *f.press
			p.Survey, p.Before = b, f.Before[:i]
			f.press = &p
			return f, nil
		}
		known = append(known, b.Edition.Book.Edition)
	}
	return f, &content.Refusal{Key: key, Text: fmt.Sprintf("there is no edition %q of the survey", typed), Hint: diag.DidYouMean(typed, known)}
}

// raw refuses any estimate but the share of those that answered.
func raw(r content.Ref) error {
	switch typed := r.Arg("stima"); typed {
	case "", "grezza":
		return nil
	case "ponderata":
		return &content.Refusal{Key: "stima", Text: "there is no weighted estimate: the figures are shares of those that answered",
			Hint: "write stima: grezza, or leave the key out, and let the text say so"}
	default:
		return &content.Refusal{Key: "stima", Text: fmt.Sprintf("there is no estimate %q", typed), Hint: diag.DidYouMean(typed, []string{"grezza"})}
	}
}

// column finds the table, the row of a grid and the option that a reference
// names. key is where the question's id stands.
func (f figures) column(r content.Ref, id, key string) (replies, error) {
	book := f.Survey.Edition.Book
	a := replies{id: book.Find(id), option: headline}
	if a.id < 0 {
		return a, &content.Refusal{Key: key, Text: fmt.Sprintf("there is no question %q", id), Hint: diag.DidYouMean(id, questionIDs(book))}
	}
	a.q = &book.Questions[a.id]
	tables := f.Survey.Published.Of(a.id)
	if len(tables) == 0 {
		return a, &content.Refusal{Key: key, Text: fmt.Sprintf("nothing is published of the question %q", id)}
	}
	a.table, a.anyRow = tables[0], len(a.q.Rows) > 0 && r.Arg("riga") == ""
	if typed := r.Arg("riga"); typed != "" {
		row, err := labelled(a.q.Rows, typed, "riga")
		if err != nil {
			return a, err
		}
		a.table = tables[row]
	}
	if typed := r.Arg("opzione"); typed != "" {
		var err error
		a.option, err = labelled(labelsOf(a.q.Options), typed, "opzione")
		return a, err
	}
	return a, nil
}

// one refuses what is not the share of one answer: a grid without its row, a
// question without a strong figure.
func (a replies) one() error {
	switch {
	case a.anyRow:
		return &content.Refusal{Text: fmt.Sprintf("the question %q is a grid, want the key \"riga\"", a.q.ID), Hint: "choose one row with riga: " + a.q.Rows[0].Code}
	case a.option != headline || a.q.Headline.Any != 0:
		return nil
	}
	return &content.Refusal{Text: fmt.Sprintf("the question %q has no main figure", a.q.ID),
		Hint: "choose one answer with opzione: " + a.q.Options[0].Code}
}

func questionIDs(book *survey.Codebook) []string {
	var out []string
	for _, q := range book.Questions {
		out = append(out, q.ID)
	}
	return out
}

func labelsOf(options []survey.Option) []survey.Label {
	var out []survey.Label
	for _, o := range options {
		out = append(out, o.Label)
	}
	return out
}

func labelled(labels []survey.Label, code, key string) (int, error) {
	var known []string
	for i, l := range labels {
		if l.Code == code {
			return i, nil
		}
		known = append(known, l.Code)
	}
	return 0, &content.Refusal{Key: key, Text: fmt.Sprintf("there is no %s %q", key, code), Hint: diag.DidYouMean(code, known)}
}

// surveyArea is the area of the survey's tables that a scope is.
func (f figures) surveyArea(s scope) (int, error) {
	area := estimate.Area{Level: estimate.Italy, Rip: s.rip, Region: s.region, Class: s.class}
	switch {
	case s.rip >= 0:
		area.Level = estimate.Ripartizioni
	case s.region >= 0 && s.class < 0:
		area.Level = estimate.Regions
	case s.region < 0 && s.class >= 0:
		area.Level = estimate.Classes
	}
	if i := f.Survey.Published.Frame.Find(area); i >= 0 {
		return i, nil
	}
	return -1, &content.Refusal{Key: "classe", Text: "the survey has no figures for a class within that area",
		Hint: "the tables are by region, ripartizione and class"}
}

// answer is the share of those that answered who gave an answer.
func (f figures) answer(r content.Ref) (content.Value, error) {
	if err := r.Allow(surveyWhere("opzione", "riga", "edizione", "stima")...); err != nil {
		return content.Value{}, err
	}
	if err := raw(r); err != nil {
		return content.Value{}, err
	}
	f, err := f.edition(r.Arg("edizione"), "edizione")
	if err != nil {
		return content.Value{}, err
	}
	a, err := f.column(r, r.Value, "")
	if err != nil {
		return content.Value{}, err
	}
	if err := a.one(); err != nil {
		return content.Value{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	at, err := f.surveyArea(where)
	if err != nil {
		return content.Value{}, err
	}
	c := a.cell(a.table.Lines[at])
	switch {
	case c.Value.Kind == stat.Withheld:
		return content.Value{}, &content.Refusal{Text: fmt.Sprintf("the share of %q there is withheld, and a sentence cannot stand on it", r.Value),
			Hint: "speak of a larger area, or show a table, where the cell is covered"}
	case !c.Value.OK():
		return content.Value{}, &content.Refusal{Text: fmt.Sprintf("there is no answer to %q there (%s)", r.Value, c.Value.Kind.Code())}
	}
	return content.Value{Text: f.words.Percent(c.Value.N, c.Decimals), N: c.Value.N, Numeric: true, Percent: true,
		Demo: f.Survey.Edition.Demo(), Origin: c.Key}, nil
}

// turnout is how many Comuni sent the form, or which part of them or of the
// residents that is.
func (f figures) turnout(r content.Ref) (content.Value, error) {
	keys := surveyWhere()
	if r.Name == "partecipazione" {
		keys = append(keys, "su")
	}
	if err := r.Allow(keys...); err != nil {
		return content.Value{}, err
	}
	f, err := f.edition(r.Value, "")
	if err != nil {
		return content.Value{}, err
	}
	weighted, err := f.weighted(r)
	if err != nil {
		return content.Value{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	at, err := f.surveyArea(where)
	if err != nil {
		return content.Value{}, err
	}
	lines, err := f.everybody()
	if err != nil {
		return content.Value{}, err
	}
	l := lines[at]
	v := content.Value{Numeric: true, Demo: f.Survey.Edition.Demo(), Origin: l.Key}
	rate := l.Response
	if weighted {
		rate = l.ResidentsResponse
	}
	if r.Name == "rispondenti" {
		v.N, v.Text = float64(l.Respondents), f.words.Int(l.Respondents)
		return v, nil
	}
	v.N, v.Text, v.Percent = rate.N, f.words.Percent(rate.N, shareDecimals), true
	return v, nil
}

// everybody are the lines of a question that all Comuni could answer: they say
// who took part, which is public.
func (f figures) everybody() ([]disclosure.Line, error) {
	for q, question := range f.Survey.Edition.Book.Questions {
		if tables := f.Survey.Published.Of(q); question.Full && question.Short && len(tables) > 0 {
			return tables[0].Lines, nil
		}
	}
	return nil, &content.Refusal{Text: "no published question stands on both forms, so nobody can say who took part"}
}
