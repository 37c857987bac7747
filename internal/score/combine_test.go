package score

import (
	"math"
	"math/rand/v2"
	"testing"

	"mappa/internal/stat"
)

func TestPartsAreCombinedAsComputedByHand(t *testing.T) {
	of := func(v ...stat.Value) (out []member) {
		for i, x := range v {
			out = append(out, member{[]float64{.5, .3, .2}[i], x})
		}
		return out
	}
	n, missing := stat.Of, stat.Missing(stat.Blank)
	for _, c := range []struct {
		name  string
		node  Node
		parts []member
		want  stat.Value
	}{
		{"arithmetic", Node{Combine: Arithmetic}, of(n(80), n(50), n(20)), n(59)},           // 40+15+4
		{"geometric", Node{Combine: Geometric}, of(n(64), n(64), n(2)), n(32)},              // 64^0.8 * 2^0.2 = 2^(4.8+0.2)
		{"geometric with a zero", Node{Combine: Geometric}, of(n(100), n(100), n(0)), n(0)}, // one zero is enough
		{"minimum", Node{Combine: Minimum}, of(n(80), n(50), n(20)), n(20)},                 //
		{"renormalised", Node{Missing: Renormalise}, of(n(80), missing, n(45)), n(70)},      // (40+9)/0.7
		{"missing counts zero", Node{Missing: Zero}, of(n(80), missing, n(45)), n(49)},      //
		{"nothing may be missing", Node{Missing: Drop}, of(n(80), missing, n(45)), missing}, //
		{"nothing is missing", Node{Missing: Drop}, of(n(80), n(50), n(20)), n(59)},         //
		{"enough is present", Node{Least: .7}, of(n(80), missing, n(45)), n(70)},            // 0.7 of the weight
		{"too little is present", Node{Least: .71}, of(n(80), missing, n(45)), missing},     //
		{"too little, where missing is zero", Node{Missing: Zero, Least: .71}, of(n(80), missing, n(45)), missing},
		{"the minimum of what is present", Node{Combine: Minimum}, of(n(80), missing, n(45)), n(45)},
		{"the minimum with a zero for what is missing", Node{Combine: Minimum, Missing: Zero}, of(n(80), missing, n(45)), n(0)},
		{"geometric, renormalised", Node{Combine: Geometric}, of(n(16), missing, n(2)), n(math.Round(math.Pow(16, 5.0/7)*math.Pow(2, 2.0/7)*1e9) / 1e9)},
		{"all are missing: the kind of the heaviest", Node{Missing: Zero}, of(stat.Missing(stat.DontKnow), missing, missing), stat.Missing(stat.DontKnow)},
		{"no parts at all", Node{}, nil, stat.Missing(stat.NotAsked)},
		{"a zero is a value", Node{}, of(n(0), n(0), n(0)), n(0)},
	} {
		how := c.node.Combine
		if how == "" {
			how = Arithmetic
		}
		got := c.node.combine(how, c.parts)
		if got.Kind != c.want.Kind || math.Abs(got.N-c.want.N) > 1e-9 {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

// two is a tree of an index with two areas; the second has a part on the full
// form alone.
const two = `edizione: "2031"
livelli:
  - {id: basso, titolo: Basso, da: 0}
  - {id: alto, titolo: Alto, da: 60}
indici:
  - id: indice
    titolo: Indice
    presenza_minima: 60
    parti:
      - id: fuori
        titolo: Fuori
        peso: 3
        parti:
          - {id: entrata, titolo: Entrata, peso: 0.25, domanda: canale, metodo: scelta, punti: {portale: 2, misto: 1, carta: 0}}
          - {id: aiuto, titolo: Aiuto, peso: 0.75, domanda: aiuti, metodo: conta}
      - id: dentro
        titolo: Dentro
        peso: 1
        parti:
          - {id: servizio, titolo: Servizio, peso: 0.5, domanda: servizi, metodo: righe, punti: {completo: 2, avvio: 1, sportello: 0}}
          - {id: abitudine, titolo: Abitudine, peso: 0.5, domanda: abitudini, metodo: righe, punti: {sempre: 2, talvolta: 1, mai: 0}, inverse: [stampa]}
accanto:
  - {id: in-linea, titolo: Si entra in linea, domanda: canale}
  - {id: sito, titolo: Punteggio del sito, indicatore: siti-punteggio}
`

func TestTheFormsAreComparedOnWhatBothAsk(t *testing.T) {
	e := edition(t, asWritten)
	s := New(tree(t, two, e), NewAnswers(e, nil))
	for _, c := range []struct {
		node  string
		scope Scope
		want  string
	}{
		{"fuori", Own, "75 non_concluso 0 in_bianco non_rispondente"},               // 0.25*100 + 0.75*66.67
		{"dentro", Own, "33.333333 non_concluso 50 75 non_rispondente"},             // of the full form: abitudine too
		{"dentro", Common, "33.333333 non_concluso 50 in_bianco non_rispondente"},   // servizio alone
		{"abitudine", Common, "non_posta non_posta non_posta non_posta non_posta"},  //
		{"indice", Own, "64.583333 non_concluso 12.5 in_bianco non_rispondente"},    // the fourth has a quarter of the weight
		{"indice", Common, "64.583333 non_concluso 12.5 in_bianco non_rispondente"}, //
	} {
		if got := shown(s.Of(s.Tree.Find(c.node), c.scope)); got != c.want {
			t.Errorf("%s %d:\n got %s\nwant %s", c.node, c.scope, got, c.want)
		}
	}
	if s.Whole(s.Tree.Find("dentro")) || !s.Whole(s.Tree.Find("fuori")) {
		t.Error("which nodes are the same on both forms")
	}
}

func TestAnIndexOfSomebodyWhoDidNotAnswerIsNotMadeOfSources(t *testing.T) {
	e := edition(t, asWritten)
	text := single("variabile: siti/punteggio, metodo: valore, scala: {da: 0, a: 80}") + "          - {id: due, titolo: Due, peso: 1, domanda: canale, metodo: scelta, punti: {portale: 2, misto: 1, carta: 0}}\n"
	s := New(tree(t, text, e), NewAnswers(e, variables()))
	if got, want := shown(s.Of(0, Own)), "62.5 non_concluso 37.5 non_rilevato non_rispondente"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestALevelIsThatOfTheScoreInWholePoints(t *testing.T) {
	e := edition(t, asWritten)
	tr := tree(t, two, e)
	for score, want := range map[float64]int{0: 0, 59.4: 0, 59.5: 1, 60: 1, 100: 1} {
		if got := tr.LevelOf(score); got != want {
			t.Errorf("%g: level %d, want %d", score, got, want)
		}
	}
	if (&Tree{}).LevelOf(50) != -1 {
		t.Error("a tree without levels has one")
	}
}

// TestScoresAreMonotoneAndBounded holds any weights and values to what every
// aggregation promises: it stays between the least and the highest of its
// parts, and a part that gets better never makes it worse.
func TestScoresAreMonotoneAndBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		n := Node{Combine: []Combine{Arithmetic, Geometric, Minimum}[r.IntN(3)], Missing: []Missing{Renormalise, Zero, Drop}[r.IntN(3)], Least: float64(r.IntN(5)) / 5}
		members := make([]member, 1+r.IntN(5))
		lo, hi := 100.0, 0.0
		for i := range members {
			members[i] = member{float64(r.IntN(10)), stat.Of(float64(r.IntN(101)))}
			if r.IntN(4) == 0 {
				members[i].value = stat.Missing(stat.Blank)
			} else if members[i].weight > 0 {
				lo, hi = min(lo, members[i].value.N), max(hi, members[i].value.N)
			}
		}
		v := n.combine(n.Combine, members)
		if v.OK() && (v.N < 0 || v.N > Top || v.N > hi+1e-6 || n.Missing != Zero && v.N < lo-1e-6) {
			t.Fatalf("%+v of %+v is %+v", n, members, v)
		}
		i := r.IntN(len(members))
		if !members[i].value.OK() {
			continue
		}
		members[i].value.N = min(Top, members[i].value.N+1+float64(r.IntN(20)))
		if w := n.combine(n.Combine, members); w.Kind != v.Kind || w.N < v.N-1e-9 {
			t.Fatalf("%+v of %+v: better is worse: %+v, then %+v", n, members, v, w)
		}
	}
}

func TestAScaleNeverLeavesZeroToHundredAndIsMonotone(t *testing.T) {
	for _, s := range []Scale{{}, {Kind: FixedRange, From: 10, To: 50}, {Kind: ToTarget, Target: 30}} {
		last := -1.0
		for raw := 0.0; raw <= 90; raw += .5 {
			v := s.score(raw, 90)
			if v < 0 || v > Top || v < last {
				t.Fatalf("%+v of %g is %g, after %g", s, raw, v, last)
			}
			last = v
		}
	}
	for _, s := range []Scale{{Kind: FixedRange, From: 50, To: 10}, {Kind: ToTarget, Target: 30, Less: true}} {
		last := 101.0
		for raw := 0.0; raw <= 90; raw += .5 {
			v := s.score(raw, 90)
			if v < 0 || v > Top || v > last {
				t.Fatalf("%+v of %g is %g, after %g", s, raw, v, last)
			}
			last = v
		}
	}
}
