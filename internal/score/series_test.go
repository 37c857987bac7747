package score

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/survey"
)

// wave is a codebook of three questions: one choice, a grid, and the grid that says
// which of its rows count; the options and rows are named by their letters, earlier is
// what all say of the edition before, with %s for the question. Where alone is set, the
// grid is on the full form only.
func wave(t *testing.T, edition, options, rows, earlier string, alone bool) *survey.Codebook {
	t.Helper()
	letters := func(s string) string {
		var out []string
		for _, r := range s {
			out = append(out, fmt.Sprintf("{codice: %q, voce: %q}", string(r), string(r)))
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	text := fmt.Sprintf("edizione: %q\ntitolo: T\ndimostrativa: true\nnota: N\nperiodo: {dal: %s-01-01, al: %s-02-01}\nsoglia_breve: 5000\nsezioni:\n  - id: s\n    titolo: S\n    domande:\n", edition, edition, edition)
	for i, id := range []string{"scelta", "griglia", "quali"} {
		forms, shape := "completo, breve", "forma: singola"
		if id != "scelta" {
			shape = "forma: griglia, righe: " + letters(rows)
		}
		if id == "griglia" && alone {
			forms = "completo"
		}
		text += fmt.Sprintf("      - {id: %s, domanda_id: %d, titolo: T, testo: T, classe: comune, moduli: [%s], %s, opzioni: %s, confronto: %s}\n", id, i+1, forms, shape, letters(options), strings.ReplaceAll(earlier, "%s", id))
	}
	var list diag.List
	b, ok := survey.ParseCodebook([]byte(text), edition+".yaml", &list)
	if !ok {
		t.Fatal(said(&list))
	}
	return b
}

// What a codebook says of the one before.
const (
	begins = "{esito: nuova}"
	alike  = `{esito: confrontabile, edizione: "2030", domanda: %s}`
	broken = `{esito: interruzione, edizione: "2030", domanda: %s, motivo: M}`
	older  = `{esito: confrontabile, edizione: "2029", domanda: %s}`
)

// waves are two parts of an area and one of another, which reads the grid where the
// third question has its first answer.
func waves() *Tree {
	row := Row{Weight: 1, Points: []float64{100, 50, 0}, Max: 100}
	other := Row{Weight: 2, Points: []float64{0, 10, 20}, Max: 20}
	return &Tree{Nodes: []Node{
		{ID: "indice", Depth: Index, Parent: -1, Children: []int{1, 4}, Share: 1},
		{ID: "area", Depth: Area, Parent: 0, Children: []int{2, 3}, Share: .75},
		{ID: "scelta", Depth: Leaf, Parent: 1, Share: .4, Part: &Part{Question: 0, Rows: []Row{row}}},
		{ID: "variabile", Depth: Leaf, Parent: 1, Share: .6, Part: &Part{Question: -1, Rows: []Row{{Weight: 1, Max: 100}}}},
		{ID: "altra", Depth: Area, Parent: 0, Children: []int{5}, Share: .25},
		{ID: "griglia", Depth: Leaf, Parent: 4, Share: 1, Part: &Part{Question: 1, Rows: []Row{row, other}, Only: &Only{Question: 2, Any: survey.Set(0).With(0)}}},
	}}
}

func TestPartsAreReadWhereTheEarlierCodebookHasThem(t *testing.T) {
	books := []*survey.Codebook{wave(t, "2030", "cab", "yx", begins, false), wave(t, "2031", "abc", "xy", alike, false)}
	s := waves().Series(books, 1, 0)
	if !slices.Equal(s.Left, []int{3}) {
		t.Errorf("parts %v are left out, want the variable alone", s.Left)
	}
	if len(s.Now.Nodes) != 5 || len(s.Then.Nodes) != 5 {
		t.Fatalf("%d and %d nodes remain, want five", len(s.Now.Nodes), len(s.Then.Nodes))
	}
	for i := range s.Now.Nodes {
		now, then := &s.Now.Nodes[i], &s.Then.Nodes[i]
		if now.ID != then.ID || now.Share != then.Share || now.Parent != then.Parent || !slices.Equal(now.Children, then.Children) {
			t.Errorf("node %d is %v now and %v then", i, now, then)
		}
	}
	if got := s.Then.Nodes[2].Share; got != 1 {
		t.Errorf("the part that is left of an area has %v of its weight", got)
	}
	choice, grid := s.Then.Nodes[2].Part, s.Then.Nodes[4].Part
	if want := []float64{0, 100, 50}; !slices.Equal(choice.Rows[0].Points, want) { // c a b
		t.Errorf("the points are %v, want %v", choice.Rows[0].Points, want)
	}
	if want := []float64{20, 0, 10}; grid.Rows[0].Weight != 2 || !slices.Equal(grid.Rows[0].Points, want) { // y was the first row
		t.Errorf("the first row is %+v, want that of y with %v", grid.Rows[0], want)
	}
	if grid.Only.Any != survey.Set(0).With(1) {
		t.Errorf("rows count with answers %v, want the one that stood second", grid.Only.Any)
	}
	if whole := waves(); whole.Nodes[2].Part.Rows[0].Points[0] != 100 {
		t.Error("the tree itself was changed")
	}
}

func TestWhatIsNotAskedAlikeIsLeftOut(t *testing.T) {
	for name, c := range map[string]struct {
		rows, earlier string
		left          []int
		nodes         int
	}{
		"a question is new":        {"xy", begins, []int{2, 3, 5}, 0},
		"a series was broken":      {"xy", broken, []int{2, 3, 5}, 0},
		"a row is new":             {"x", alike, []int{3, 5}, 3},
		"a row is gone":            {"xyz", alike, []int{3, 5}, 3},
		"the rows changed places":  {"yx", alike, []int{3}, 5},
		"it names another edition": {"xy", older, []int{2, 3, 5}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := waves().Series([]*survey.Codebook{wave(t, "2030", "abc", c.rows, begins, false), wave(t, "2031", "abc", "xy", c.earlier, false)}, 1, 0)
			if !slices.Equal(s.Left, c.left) || len(s.Now.Nodes) != c.nodes {
				t.Errorf("parts %v are left out and %d nodes remain, want %v and %d", s.Left, len(s.Now.Nodes), c.left, c.nodes)
			}
		})
	}
}

// TestAPartOfOneFormAloneIsNeitherComparedNorMissed has the grid on the full form
// only: Comuni are compared without it whatever the editions ask.
func TestAPartOfOneFormAloneIsNeitherComparedNorMissed(t *testing.T) {
	books := []*survey.Codebook{wave(t, "2030", "abc", "xy", begins, true), wave(t, "2031", "abc", "xy", alike, true)}
	s := waves().Series(books, 1, 0)
	if !slices.Equal(s.Left, []int{3}) || len(s.Now.Nodes) != 3 {
		t.Errorf("parts %v are left out and %d nodes remain, want the variable, and three", s.Left, len(s.Now.Nodes))
	}
}
