package site

import (
	"fmt"
	"math"
	"slices"

	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/estimate"
	"mappa/internal/locale"
	"mappa/internal/survey"
)

// How a change between editions is estimated, as stima has it: from those that answered
// each, or from those that answered both.
const (
	weightedChange = "ponderata"
	sameComuni     = "stessi"
)

// answerChange is by how many points the estimate of an answer moved from one edition of
// the survey to another, with its interval. Where the two do not compare it is refused,
// with the reason.
func (f figures) answerChange(r content.Ref) (content.Value, error) {
	if err := r.Allow(surveyWhere("opzione", "riga", "dal", "al", "stima")...); err != nil {
		return content.Value{}, err
	}
	for _, key := range []string{"dal", "al"} {
		if r.Arg(key) == "" {
			return content.Value{}, &content.Refusal{Text: fmt.Sprintf("a differenza wants the key %q", key), Hint: "write dal: and al: with two editions of the survey"}
		}
	}
	now, err := f.edition(r.Arg("al"), "al")
	if err != nil {
		return content.Value{}, err
	}
	then, err := now.edition(r.Arg("dal"), "dal")
	if err != nil {
		return content.Value{}, err
	}
	if then.press == now.press {
		return content.Value{}, &content.Refusal{Key: "al", Text: fmt.Sprintf("%s is not after %s", r.Arg("al"), r.Arg("dal"))}
	}
	a, err := now.column(r, r.Value, "")
	if err == nil {
		err = a.one()
	}
	if err != nil {
		return content.Value{}, err
	}
	was, err := now.earlierColumn(a, then)
	if err != nil {
		return content.Value{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	at, err := now.surveyArea(where)
	if err != nil {
		return content.Value{}, err
	}
	c, origin := estimate.Change{}, ""
	switch typed := r.Arg("stima"); typed {
	case "", weightedChange:
		there, err := then.surveyArea(where)
		if err != nil {
			return content.Value{}, err
		}
		before, after := was.cell(was.table.Lines[there]), a.cell(a.table.Lines[at])
		c, origin = change(before, after), before.Key+" "+after.Key
	case sameComuni:
		if now.Survey.Published.Frame.Areas[at].Level != estimate.Italy || len(now.Before) == 0 || now.Before[len(now.Before)-1].Edition != then.Survey.Edition {
			return content.Value{}, &content.Refusal{Key: "stima", Text: "the change among the same Comuni is of Italy, and from one edition to the next", Hint: "leave stima out, or the area"}
		}
		c, origin = now.movedOf(a)
	default:
		return content.Value{}, &content.Refusal{Key: "stima", Text: fmt.Sprintf("there is no estimate %q of a change", typed), Hint: diag.DidYouMean(typed, []string{weightedChange, sameComuni})}
	}
	if !c.OK {
		return content.Value{}, &content.Refusal{Text: fmt.Sprintf("the change of %q there is withheld, or has no estimate, and a sentence cannot stand on it", r.Value), Hint: "speak of Italy, or say only what each edition says"}
	}
	w := f.words
	return content.Value{Text: w.T("riferimenti.cambio", locale.N("k", int(math.Abs(c.Points))), locale.S("punti", w.Signed(c.Points, 0)), locale.S("da", w.Signed(c.Low, 0)), locale.S("a", w.Signed(c.High, 0))),
		N: c.Points, Numeric: true, Low: c.Low, High: c.High, Interval: true, Demo: now.Survey.Edition.Demo() || then.Survey.Edition.Demo(),
		Origin: origin}, nil
}

// earlierColumn is a column as it was in an edition before.
func (f figures) earlierColumn(a replies, then figures) (replies, error) {
	var books []*survey.Codebook
	for _, b := range f.Before {
		books = append(books, b.Edition.Book)
	}
	books = append(books, f.Survey.Edition.Book)
	old := then.Survey.Edition.Book
	for _, t := range survey.Twins(books, len(books)-1, a.id) {
		tables := then.Survey.Published.Of(t.Question)
		row := a.table.Row
		if t.Rows != nil {
			row = t.Rows[row]
		}
		if books[t.Edition] != old || row < 0 || row >= len(tables) {
			continue
		}
		was := replies{q: &old.Questions[t.Question], id: t.Question, table: tables[row], option: a.option}
		if a.option != headline {
			was.option = t.Options[a.option]
		}
		if was.option >= 0 || a.option == headline {
			return was, nil
		}
	}
	hint := a.q.Earlier.Reason
	if slices.Contains([]survey.Outcome{survey.New, survey.Comparable}, a.q.Earlier.Outcome) {
		hint = ""
	}
	return replies{}, &content.Refusal{Text: fmt.Sprintf("the question %q does not compare with edition %q", a.q.ID, old.Edition), Hint: hint}
}

// movedOf is how a column moved among the Comuni that answered the edition before as
// well, as it is published, and where that comes from.
func (f figures) movedOf(a replies) (estimate.Change, string) {
	all := f.Survey.Published.Moved(a.id, a.table.Row)
	at := a.option
	if at == headline {
		at = len(a.q.Options)
	}
	if at >= len(all) || !all[at].Points.OK() {
		return estimate.Change{}, ""
	}
	m := all[at]
	return estimate.Change{OK: true, Points: m.Points.N, Low: m.Low.N, High: m.High.N}, m.Key
}
