package survey

import (
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/stat"
)

// shapesBook is a codebook with a question of each shape that base lacks.
func shapesBook(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/forme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

const goodShapes = headExport +
	"1,Agliè,1,Altro (specificare),Testo Segreto,sì\n1,Agliè,2,TARI,Sito,sì\n1,Agliè,2,TARI,Applicazione,sì\n1,Agliè,2,Mensa,Nessuno,sì\n" +
	"1,Agliè,3,,\"1.234,5\",sì\n1,Agliè,4,In cloud,\"33,4\",sì\n1,Agliè,4,Nella sede,66,sì\n1,Agliè,5,Tempo,1,sì\n1,Agliè,5,Soldi,2,sì\n" +
	"2,None,3,Non so,,sì\n2,None,4,In cloud,Non so,sì\n2,None,4,Nella sede,10,sì\n2,None,5,Soldi,1,sì\n2,None,6,Informatica,0,sì\n" +
	"5,Trento,3,,0,sì\n5,Trento,4,Nella sede,100,sì\n5,Trento,6,Altri uffici,12,sì\n"

func TestEveryShapeIsReadIntoItems(t *testing.T) {
	book := strings.Replace(shapesBook(t), "        decimali: 2\n", "        decimali: 2\n", 1)
	book = strings.Replace(book, "        tolleranza: 1\n", "        tolleranza: 1\n        decimali: 1\n", 1)
	var list diag.List
	e, ok := Read(folder(t, map[string]string{BookFile: book, "risposte.csv": goodShapes}), "2031", piedmont(t), &list)
	if !ok {
		t.Fatal(said(&list))
	}
	set := func(options ...int) (s Set) {
		for _, o := range options {
			s = s.With(o)
		}
		return s
	}
	known := func(options ...int) Answer { return Answer{stat.Known, set(options...)} }
	blank, notAsked := Answer{Kind: stat.Blank}, Answer{Kind: stat.NotAsked}
	for _, c := range []struct {
		question string
		row      int
		want     [3]Answer // Agliè, None, Trento
		numbers  [3]float64
	}{
		{"perche", 0, [3]Answer{known(1), blank, blank}, [3]float64{}},
		{"canali", 0, [3]Answer{known(0, 1), blank, blank}, [3]float64{}},
		{"canali", 1, [3]Answer{known(2), blank, blank}, [3]float64{}},
		{"spesa", 0, [3]Answer{known(2), {stat.DontKnow, set(3)}, known(0)}, [3]float64{1234.5, 0, 0}},
		{"dove", 0, [3]Answer{known(0), {stat.DontKnow, set(2)}, blank}, [3]float64{33.4, 0, 0}},
		{"dove", 1, [3]Answer{known(1), known(0), known(1)}, [3]float64{66, 10, 100}},
		{"ostacoli", 0, [3]Answer{known(2), known(0), blank}, [3]float64{}},
		{"ostacoli", 1, [3]Answer{known(0), blank, blank}, [3]float64{}},
		{"uffici", 0, [3]Answer{notAsked, known(0), blank}, [3]float64{}},
		{"uffici", 1, [3]Answer{notAsked, blank, known(1)}, [3]float64{0, 0, 12}},
	} {
		q := e.Book.Find(c.question)
		got, numbers := e.Answers(q, c.row), e.Numbers(q, c.row)
		if have := [3]Answer{got[0], got[1], got[4]}; have != c.want {
			t.Errorf("%s row %d: got %v, want %v", c.question, c.row, have, c.want)
		}
		if e.Book.Questions[q].Numeric() != (numbers != nil) || numbers != nil && [3]float64{numbers[0], numbers[1], numbers[4]} != c.numbers {
			t.Errorf("%s row %d: numbers %v, want %v", c.question, c.row, numbers, c.numbers)
		}
	}
}

func TestTheBookSaysWhatAShapeHolds(t *testing.T) {
	var list diag.List
	b, ok := ParseCodebook([]byte(shapesBook(t)), "q.yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	at := func(id string) *Question { return &b.Questions[b.Find(id)] }
	if q := at("perche"); q.Objective != 0 || b.Objectives[0].URL != "https://example.org/ob" || !q.Options[1].Other || at("spesa").Objective != -1 {
		t.Errorf("objective: %+v %+v", b.Objectives, q)
	}
	if q := at("spesa"); !reflect.DeepEqual(q.Measure, Measure{Unit: "euro", Decimals: 2, Most: 1e6, Bins: []float64{0, 1000}}) || q.Items() != 1 || q.Many() || len(q.Options) != 4 {
		t.Errorf("spesa: %+v", q)
	}
	if q := at("dove"); !reflect.DeepEqual(q.Measure, Measure{Most: 100, Sum: 100, Within: 1, Bins: []float64{50}}) || q.Items() != 2 {
		t.Errorf("dove: %+v", q)
	}
	if q := at("uffici"); !math.IsInf(q.Measure.Most, 1) || q.Items() != 2 {
		t.Errorf("uffici: %+v", q)
	}
	if q := at("ostacoli"); !reflect.DeepEqual(q.Rows, []Label{{Code: "1", Key: "1", Text: "1º"}, {Code: "2", Key: "2", Text: "2º"}}) || q.Many() {
		t.Errorf("ostacoli: %+v", q)
	}
	if q := at("canali"); !q.Many() || q.Items() != 2 {
		t.Errorf("canali: %+v", q)
	}
}

func TestANumberIsReadInOneWayOnly(t *testing.T) {
	for _, c := range []struct {
		in       string
		fixed    rune
		decimals int
		want     float64
		mark     rune
		ok       bool
	}{
		{"12", 0, 0, 12, noMark, true},
		{"0", 0, 0, 0, noMark, true},
		{"-3", 0, 0, -3, noMark, true},
		{"12,5", 0, 1, 12.5, ',', true},
		{"12.5", 0, 1, 12.5, '.', true},
		{"0.125", 0, 0, .125, '.', true},
		{"1.234,5", 0, 1, 1234.5, ',', true},
		{"1,234.5", 0, 1, 1234.5, '.', true},
		{"1.234.567", 0, 0, 1234567, noMark, true},
		{"1.234", 0, 0, 0, unclear, false},
		{"1.234", ',', 0, 1234, noMark, true},
		{"1.234", '.', 0, 1.234, '.', true},
		{"1.234", 0, 3, 1.234, '.', true},
		{"12.34.56", 0, 0, 0, noMark, false},
		{"1,2,3", ',', 0, 0, noMark, false},
		{"12.5", ',', 1, 0, noMark, false},
		{"12,", 0, 0, 0, noMark, false},
		{",5", 0, 1, 0, noMark, false},
		{"", 0, 0, 0, noMark, false},
		{"-", 0, 0, 0, noMark, false},
		{"1e5", 0, 0, 0, noMark, false},
		{"NaN", 0, 0, 0, noMark, false},
		{"3-4", 0, 0, 0, noMark, false},
		{"99999999999999999999", 0, 0, 0, noMark, false},
	} {
		if got, mark, ok := parseNumber(c.in, c.fixed, c.decimals); got != c.want || mark != c.mark || ok != c.ok {
			t.Errorf("%q: got %v %q %v, want %v %q %v", c.in, got, mark, ok, c.want, c.mark, c.ok)
		}
	}
}

func TestASizeClassIsKnownByItsBounds(t *testing.T) {
	a := piedmont(t)
	a.Schemes[0].Classes[0].Label, a.Schemes[0].Classes[1].Label = "fino a 5.000 abitanti", "oltre 5.000 abitanti"
	for in, want := range map[string]int{"0-5000 ab.": 0, "fino a 5.000 ab.": 0, ">5000 ab.": 1, "OLTRE 5.000 abitanti": 1, "5000": 0, "": -1, "0-2500 ab.": -1, "grande": -1} {
		got := -1
		for k, class := range a.Schemes[0].Classes {
			if names(in, class) {
				got = k
			}
		}
		if got != want {
			t.Errorf("%q: got %d, want %d", in, got, want)
		}
	}
}

func TestAnEditionKeepsTheClassOfItsTime(t *testing.T) {
	register := "user_id,codice_catastale,cluster,dimostrativo\n1,A074,>5000 ab.,sì\n2,F925,,sì\n"
	var list diag.List
	e, ok := Read(folder(t, map[string]string{"rispondenti.csv": register, "risposte.csv": headExport + "1,Agliè,20,Sì,,sì\n"}), "2031", piedmont(t), &list)
	if !ok || e.Places[0].Class != 1 || e.Places[1].Class != 1 || e.Places[2].Class != 0 {
		t.Errorf("got %+v\n%s", e.Places, said(&list))
	}
}

func TestNumbersCountedInOtherBinsDoNotCompare(t *testing.T) {
	var list diag.List
	then, _ := ParseCodebook([]byte(strings.Replace(shapesBook(t), `edizione: "2031"`, `edizione: "2030"`, 1)), "2030.yaml", &list)
	later := strings.Replace(shapesBook(t), "confronto: {esito: nuova}\n        fasce:\n          - {codice: nulla", "confronto: {esito: confrontabile, edizione: \"2030\", domanda: spesa}\n        fasce:\n          - {codice: nulla", 1)
	for in, want := range map[string]string{
		later: "",
		strings.Replace(later, "fino_a: 1000}", "fino_a: 2000}", 1): `2031.yaml:49:28: question "spesa" is confrontabile with "spesa" of 2030, but its unita, fasce or somma were others
    hint: write {esito: interruzione, motivo: …}: a line through two different questions says what is not so`,
	} {
		var list diag.List
		now, _ := ParseCodebook([]byte(in), "2031.yaml", &list)
		if CheckSeries([]*Codebook{then, now}, &list); said(&list) != want {
			t.Errorf("got\n%s\nwant\n%s", said(&list), want)
		}
	}
}
