package score

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// TestTheExplanationIsTheFigure holds every explanation of every Comune to the
// figure it explains, from the lines up.
func TestTheExplanationIsTheFigure(t *testing.T) {
	e := edition(t, asWritten)
	for _, text := range []string{two, strings.Replace(two, "presenza_minima: 60", "mancanti: zero", 1),
		single("domanda: richieste, metodo: media, solo: {domanda: servizi, una_di: [completo, avvio]}"),
		single("domanda: arrivi, metodo: somma, punti: {portale: 2, pec: 1, carta: 0}"),
		single("variabile: siti/punteggio, metodo: valore, scala: {da: 0, a: 80}")} {
		s := New(tree(t, text, e), NewAnswers(e, variables()))
		var check func(x Explained, comune int, scope Scope)
		check = func(x Explained, comune int, scope Scope) {
			n := &s.Tree.Nodes[x.Node]
			if want := s.Of(x.Node, scope)[comune]; x.Value != want && x.In {
				t.Errorf("%s of %d: explained %+v, is %+v", n.ID, comune, x.Value, want)
			}
			if n.Part != nil {
				if x.In && x.Result.Value != x.Value {
					t.Errorf("%s of %d: the lines come to %+v, it is %+v", n.ID, comune, x.Result.Value, x.Value)
				}
				return
			}
			sum, shares := 0.0, 0.0
			for _, p := range x.Parts {
				check(p, comune, scope)
				sum, shares = sum+p.Share*p.Value.N, shares+p.Share
			}
			if x.Value.OK() && (math.Abs(sum-x.Value.N) > 1e-9 || math.Abs(shares-1) > 1e-9) {
				t.Errorf("%s of %d: the parts come to %g with weights of %g, it is %g", n.ID, comune, sum, shares, x.Value.N)
			}
		}
		for c := range e.Places {
			for _, scope := range []Scope{Own, Common} {
				check(s.Explain(0, c, scope), c, scope)
			}
		}
	}
}

func TestAnExplanationNamesEveryRow(t *testing.T) {
	e := edition(t, asWritten)
	s := New(tree(t, single("domanda: richieste, metodo: media, solo: {domanda: servizi, una_di: [completo, avvio]}"), e), NewAnswers(e, nil))
	x := s.Explain(2, 0, Own) // Primo: mensa on line, tributi not, atti left blank
	oltre := survey.Set(0).With(1)
	want := []Line{
		{Row: 0, Kind: stat.Known, Options: oltre, Number: 40, Weight: 1, Points: 40, Max: 100},
		{Row: 1, Kind: stat.NotRouted, Max: 100},
		{Row: 2, Kind: stat.Blank, Weight: 1, Max: 100},
	}
	if !reflect.DeepEqual(x.Lines, want) || x.Result.Raw != 20 || x.Result.Max != 100 {
		t.Errorf("got %+v %+v, want %+v", x.Lines, x.Result, want)
	}
}

func TestAnIndexOfAComuneIsOpenOnlyWhereAllOfItIs(t *testing.T) {
	real := func(s string) string { return strings.Replace(s, "dimostrativa: true", "dimostrativa: false", 1) }
	const canale = "domanda: canale, metodo: scelta, punti: {portale: 2, misto: 1, carta: 0}"
	for _, c := range []struct {
		name     string
		part     string
		book     func(string) string
		consents []string
		want     bool
	}{
		{"of class comune, with consent", canale, real, []string{"canale"}, true},
		{"of class comune, with consent to everything", canale, real, []string{"*"}, true},
		{"of class comune, without", canale, real, nil, false},
		{"of class comune, with consent to another", canale, real, []string{"aiuti"}, false},
		{"fictional", canale, asWritten, nil, false},
		{"of the register", canale, func(s string) string { return strings.Replace(real(s), "classe: comune", "classe: registro", 1) }, nil, true},
		{"of the register, fictional", canale, func(s string) string { return strings.Replace(s, "classe: comune", "classe: registro", 1) }, nil, false},
		{"of the security section, whatever was consented", "domanda: copie, metodo: scelta, punti: {si: 1, no: 0}", real, []string{"*"}, false},
		{"led to by an answer without consent", "domanda: formati, metodo: valore, scala: {da: 0, a: 50}", real, []string{"formati"}, false},
		{"led to by an answer with consent", "domanda: formati, metodo: valore, scala: {da: 0, a: 50}", real, []string{"formati", "canale"}, true},
		{"with rows that count by an answer without consent", "domanda: richieste, metodo: media, solo: {domanda: servizi, una_di: [avvio]}", real, []string{"richieste"}, false},
		{"of an open source", "variabile: siti/punteggio, metodo: valore, scala: {da: 0, a: 80}", real, nil, true},
	} {
		s := New(tree(t, single(c.part), edition(t, c.book, c.consents...)), NewAnswers(edition(t, c.book, c.consents...), variables()))
		if got := s.Open(0, 0, Own); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}
