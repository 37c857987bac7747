package site

import (
	"strings"
	"testing"

	"mappa/internal/disclosure"
	"mappa/internal/locale"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// guess is a share with an estimate beside it.
func guess(share, estimate, low, high, residents float64) disclosure.Cell {
	c := one(share)
	c.Estimate, c.Low, c.High, c.Residents = stat.Of(estimate), stat.Of(low), stat.Of(high), stat.Of(residents)
	return c
}

func TestAnEstimateIsCalledAChangeOnlyBeyondItsInterval(t *testing.T) {
	s, _, _ := byClass(t)
	covered := one(50)
	covered.Estimate = stat.Missing(stat.Withheld)
	for _, c := range []struct {
		name        string
		before, now disclosure.Cell
		want        string
	}{
		{"rises", guess(60, 50, 49, 51, 0), guess(66, 56, 55, 57, 0), "La stima per tutti i Comuni sale: 50 % (49–51) nel 2024, 56 % (55–57) nel 2025. La differenza è di +6 punti, fra +4 e +8."},
		{"falls", guess(60, 56, 55, 57, 0), guess(66, 50, 49, 51, 0), "La stima per tutti i Comuni scende: 56 % (55–57) nel 2024, 50 % (49–51) nel 2025. La differenza è di −6 punti, fra −8 e −4."},
		{"within the margin", guess(60, 50, 47, 53, 0), guess(66, 54, 51, 57, 0), "La stima per tutti i Comuni non cambia oltre il suo margine: 50 % (47–53) nel 2024, 54 % (51–57) nel 2025. La differenza è di +4 punti, fra −1 e +9."},
		{"intervals that rounding may have made narrow", guess(60, 50, 49, 51, 0), guess(61, 52, 51, 53, 0), "La stima per tutti i Comuni non cambia oltre il suo margine: 50 % (49–51) nel 2024, 52 % (51–53) nel 2025. La differenza è di +2 punti, fra 0 e +4."},
		{"none before", one(50), guess(66, 54, 51, 57, 0), ""},
		{"withheld now", guess(66, 54, 51, 57, 0), covered, ""},
	} {
		text, _ := s.changeWords(c.before, c.now, []locale.Arg{locale.S("prima", "2024"), locale.S("dopo", "2025")})
		if got := strings.ReplaceAll(string(text), "\u00a0", " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAnEstimateStandsBesideTheShareWithItsCondition(t *testing.T) {
	s, q, places := byClass(t, guess(84.7, 83, 82, 84, 86), one(50))
	s.book, q.Full, q.Short = &survey.Codebook{ShortUpTo: 5000}, true, true
	text, ok := s.estimateWords(q)
	if got := strings.ReplaceAll(string(text), "\u00a0", " "); !ok || got != "Fra tutti i Comuni sarebbe <b>83 %</b>, fra 82 e 84 %. Fra i residenti, <b>86 %</b>. Vale se i Comuni che non hanno risposto somigliano a quelli che hanno risposto." {
		t.Errorf("%q", got)
	}
	if !q.anyEstimate(places) || q.anyEstimate(places[1:]) {
		t.Error("the areas with an estimate are others")
	}
	if got := s.estimate(one(50)); got.Text != "–" {
		t.Errorf("a share without an estimate shows %+v", got)
	}
	covered := one(50)
	covered.Estimate, covered.Residents = stat.Missing(stat.Withheld), stat.Missing(stat.Withheld)
	if s.estimateText(covered) != "ris." || s.estimate(covered).HTML == "" || s.residents(covered).HTML == "" {
		t.Error("a withheld estimate does not look withheld")
	}
	q.tables[0].Lines[0].Headline = one(84.7)
	if _, ok := s.estimateWords(q); ok {
		t.Error("there are words for no estimate")
	}
}
