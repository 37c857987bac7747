package site

import (
	"fmt"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/diag"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/stat"
)

// shareDecimals is how exactly a part of the Comuni is printed, as the shares of
// indicators are.
const shareDecimals = 1

// area is a reference to an indicator: quota, tasso, mediana, numero or base.
func (f figures) area(r content.Ref) (content.Value, error) {
	keys := whereKeys("data")
	if r.Name == "quota" {
		keys = append(keys, "su")
	}
	if err := r.Allow(keys...); err != nil {
		return content.Value{}, err
	}
	e, err := f.entry(r.Value, "")
	if err != nil {
		return content.Value{}, err
	}
	if err := fits(r, e); err != nil {
		return content.Value{}, err
	}
	k, err := dated(e, r.Arg("data"), "data")
	if err != nil {
		return content.Value{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	return f.measured(r, e, e.Series[k], where)
}

// measured is what the series says of the scope.
func (f figures) measured(r content.Ref, e *indicator.Entry, s *indicator.Series, where scope) (content.Value, error) {
	fig := s.Of(where.comuni)
	weighted, err := f.weighted(r)
	if err != nil {
		return content.Value{}, err
	}
	if weighted {
		fig = f.byResidents(s, where.comuni)
	}
	v := content.Value{Numeric: true, Demo: e.Demo, Date: s.Date}
	switch {
	case r.Name == "base":
		v.N, v.Text = float64(fig.Base), f.words.Int(fig.Base)
		return v, nil
	case !fig.Value.OK():
		return v, &content.Refusal{Text: fmt.Sprintf("no Comune there has a value of %q at %s", e.ID, s.Date)}
	case r.Name == "quota" && where.i >= 0:
		return v, &content.Refusal{Key: "luogo", Text: "a share of one Comune says nothing", Hint: "use {numero: …}, which is 1 or 0"}
	case r.Name == "numero":
		v.N, v.Text = fig.Num, f.words.Number(fig.Num, 0)
		return v, nil
	case r.Name == "mediana" && e.Form == stat.Rate:
		fig.Value = stat.Of(indicator.Quantile(s.Sorted(where.comuni), 0.5))
	}
	v.N, v.Text, v.Percent = fig.Value.N, f.value(e.Indicator, fig.Value), e.Form == stat.Share
	return v, nil
}

// entry is the indicator of an id; key is where the id stands, "" for the
// reference's value.
func (f figures) entry(id, key string) (*indicator.Entry, error) {
	if e := f.Book.Find(id); e != nil {
		return e, nil
	}
	hint := diag.DidYouMean(id, f.Book.IDs())
	if f.Survey.Edition != nil && f.Survey.Edition.Book.Find(id) >= 0 {
		hint = "it is a question of the survey: {risposta: " + id + "}, or domanda in a figure"
	}
	return nil, &content.Refusal{Key: key, Text: fmt.Sprintf("there is no indicator %q", id), Hint: hint}
}

// fits refuses a name that is not the form of the indicator.
func fits(r content.Ref, e *indicator.Entry) error {
	switch {
	case r.Name == "base", r.Name == string(e.Form), r.Name == "mediana" && e.Form == stat.Rate, r.Name == "numero" && e.Form != stat.Median:
		return nil
	case r.Name == "numero":
		return &content.Refusal{Text: fmt.Sprintf("%q is a median and counts nothing", e.ID), Hint: "use {mediana: …} or {base: …}"}
	}
	return &content.Refusal{Text: fmt.Sprintf("%q is a %s, not a %s", e.ID, e.Form, r.Name),
		Hint: fmt.Sprintf("did you mean {%s: %s}?", e.Form, e.ID)}
}

// dated is the index of the series at the typed date, the newest without one.
func dated(e *indicator.Entry, typed, key string) (int, error) {
	if typed == "" {
		return len(e.Series) - 1, nil
	}
	day, err := atlas.ParseDate(typed)
	if err != nil {
		return 0, &content.Refusal{Key: key, Text: fmt.Sprintf("%q is not a date, want year-month-day", typed), Hint: "for example " + e.Last().Date.String()}
	}
	var known []string
	for k, s := range e.Series {
		if s.Date == day {
			return k, nil
		}
		known = append(known, s.Date.String())
	}
	return 0, &content.Refusal{Key: key, Text: fmt.Sprintf("%q has no values at %s", e.ID, typed), Hint: "its dates are " + strings.Join(known, ", ")}
}

// weighted reports whether Comuni count by who lives there.
func (f figures) weighted(r content.Ref) (bool, error) {
	switch su := r.Arg("su"); su {
	case "", "comuni":
		return false, nil
	case indicator.Residents:
		return true, nil
	default:
		return false, &content.Refusal{Key: "su", Text: fmt.Sprintf("%q is nothing to weigh Comuni with", su),
			Hint: diag.DidYouMean(su, []string{indicator.Residents})}
	}
}

// byResidents is the share of the residents who live where the indicator is 1,
// among those of Comuni with a value.
func (f figures) byResidents(s *indicator.Series, comuni []int) stat.Figure {
	out := stat.Figure{Of: len(comuni), Value: stat.Missing(stat.Unknown)}
	for _, i := range comuni {
		if v := s.Values[i]; v.OK() {
			people := float64(f.Atlas.Comuni[i].Residents)
			out.Base++
			out.Num += float64(v.N * people)
			out.Den += people
		}
	}
	if out.Den > 0 {
		out.Value = stat.Of(out.Num / out.Den * 100)
	}
	return out
}

// change is the difference of an indicator between two of its dates. What is
// counted has no interval: the change is what it is.
func (f figures) change(r content.Ref) (content.Value, error) {
	if f.Book.Find(r.Value) == nil && f.question(r.Value) >= 0 {
		return f.answerChange(r)
	}
	if err := r.Allow(whereKeys("dal", "al")...); err != nil {
		return content.Value{}, err
	}
	e, err := f.entry(r.Value, "")
	if err != nil {
		return content.Value{}, err
	}
	var ends [2]stat.Value
	var at [2]int
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	for side, key := range []string{"dal", "al"} {
		if r.Arg(key) == "" {
			return content.Value{}, &content.Refusal{Text: fmt.Sprintf("a differenza wants the key %q", key), Hint: "write dal: and al: with two dates of the indicator"}
		}
		if at[side], err = dated(e, r.Arg(key), key); err != nil {
			return content.Value{}, err
		}
		ends[side] = e.Series[at[side]].Of(where.comuni).Value
		if !ends[side].OK() {
			return content.Value{}, &content.Refusal{Key: key, Text: fmt.Sprintf("no Comune there has a value of %q at %s", e.ID, r.Arg(key))}
		}
	}
	if at[0] >= at[1] {
		return content.Value{}, &content.Refusal{Key: "al", Text: fmt.Sprintf("%s is not after %s", r.Arg("al"), r.Arg("dal"))}
	}
	d := ends[1].N - ends[0].N
	text := f.words.Signed(d, e.Decimals)
	if e.Form == stat.Share {
		text = f.words.T("riferimenti.punti", locale.S("n", text))
	}
	return content.Value{Text: text, N: d, Numeric: true, Low: d, High: d, Interval: true, Date: e.Series[at[1]].Date, Demo: e.Demo}, nil
}

// count is how many Comuni, residents or indicators there are.
func (f figures) count(r content.Ref) (content.Value, error) {
	n := 0
	switch r.Value {
	case "indicatori":
		if err := r.Allow(); err != nil {
			return content.Value{}, err
		}
		n = len(f.Book.Entries)
	case "comuni", "residenti":
		if err := r.Allow(whereKeys()...); err != nil {
			return content.Value{}, err
		}
		where, err := f.scope(r)
		if err != nil {
			return content.Value{}, err
		}
		n = len(where.comuni)
		if r.Value == "residenti" {
			n = f.residents(where.comuni)
		}
	default:
		return content.Value{}, &content.Refusal{Text: fmt.Sprintf("%q is nothing that is counted", r.Value),
			Hint: diag.DidYouMean(r.Value, []string{"comuni", "residenti", "indicatori"})}
	}
	return content.Value{Text: f.words.Int(n), N: float64(n), Numeric: true}, nil
}

func (f figures) residents(comuni []int) (n int) {
	for _, i := range comuni {
		n += f.Atlas.Comuni[i].Residents
	}
	return n
}

// partOfComuni is the part of all Comuni, or of all residents, that a scope is.
func (f figures) partOfComuni(r content.Ref) (content.Value, error) {
	if err := r.Allow(whereKeys("su")...); err != nil {
		return content.Value{}, err
	}
	where, err := f.scope(r)
	if err != nil {
		return content.Value{}, err
	}
	weighted, err := f.weighted(r)
	if err != nil {
		return content.Value{}, err
	}
	if where.italy() {
		return content.Value{}, &content.Refusal{Text: "all Comuni are 100 % of the Comuni", Hint: "say which: regione, ripartizione, unita or classe"}
	}
	n, of := len(where.comuni), len(f.Atlas.Comuni)
	if weighted {
		n, of = f.residents(where.comuni), f.residents(everyone(f.press))
	}
	v := 100 * float64(n) / float64(of)
	return content.Value{Text: f.words.Percent(v, shareDecimals), N: v, Numeric: true, Percent: true}, nil
}
