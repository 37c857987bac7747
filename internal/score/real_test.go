package score

import (
	"fmt"
	"os"
	"path"
	"reflect"
	"sync"
	"testing"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// shipped are the editions of the site folder, read once.
var shipped = sync.OnceValue(func() (out []*Scores) {
	var list diag.List
	fsys := os.DirFS("../..")
	in, _ := istat.Read(fsys, "data/territorio", &list)
	a, _ := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	for _, edition := range survey.Editions(fsys) {
		e, _ := survey.Read(fsys, edition, a, &list)
		tree, _ := Read(fsys, path.Join(survey.Dir, edition, FileName), e.Book, Known{Indicators: []string{"siti-punteggio", "anpr-servizi"}}, &list)
		if list.Len() > 0 {
			panic(fmt.Sprint(list.Problems()))
		}
		out = append(out, New(tree, NewAnswers(e, nil)))
	}
	return out
})

// TestTheShippedIndicesAreThoseOfTheSpecification holds the default tree to the
// weights of the prototype, as it has them of each parent.
func TestTheShippedIndicesAreThoseOfTheSpecification(t *testing.T) {
	want := map[string]float64{"esterna": 1, "front-office": .7, "integrazione-front": .2, "canali-sue": .05, "pratica": .2, "in-linea": .25, "in-linea-davvero": .3,
		"uso": .2, "uso-sue": .2, "uso-servizi": .8, "aiuto": .1, "strumenti": 1,
		"interna": 1, "back-office": 1. / 3, "maturita": .7, "processi": .3, "integrazione": 1. / 3, "sistemi-interni": .55, "sistemi-esterni": .15, "riconcilia": .3,
		"documenti": 1. / 3, "atti": .25, "fascicoli": .5, "scambio": .25}
	all := shipped()
	tree := all[len(all)-1].Tree
	got := map[string]float64{}
	for _, n := range tree.Nodes {
		got[n.ID] = float64(int(n.Share*1e9+.5)) / 1e9
	}
	for id, share := range want {
		if share = float64(int(share*1e9+.5)) / 1e9; got[id] != share {
			t.Errorf("%s weighs %g, want %g", id, got[id], share)
		}
	}
	if len(got) != len(want) {
		t.Errorf("the tree has %d nodes, want %d", len(got), len(want))
	}
	seen := map[Method]bool{}
	for _, n := range tree.Nodes {
		if n.Part != nil {
			seen[n.Part.Method] = true
		}
	}
	if len(seen) != 7 { // all but valore
		t.Errorf("the tree uses %v", seen)
	}
}

func TestNearlyAllRespondentsHaveAnIndex(t *testing.T) {
	for _, s := range shipped() {
		e := s.answers.Edition
		for _, i := range s.Tree.Indices() {
			n, sum, distinct := 0, 0.0, map[float64]bool{}
			for c, v := range s.Of(i, Common) {
				if completed := e.Places[c].State == survey.Completed; v.OK() && !completed {
					t.Fatalf("%s %s: one that did not answer has an index", s.Tree.Edition, s.Tree.Nodes[i].ID)
				}
				if v.OK() {
					n, sum, distinct[v.N] = n+1, sum+v.N, true
				}
			}
			if share := float64(n) / float64(e.Respondents()); share < .9 {
				t.Errorf("%s %s: %.2f of the respondents have it", s.Tree.Edition, s.Tree.Nodes[i].ID, share)
			}
			if mean := sum / float64(n); mean < 20 || mean > 80 || len(distinct) < 100 {
				t.Errorf("%s %s: mean %g, %d different scores", s.Tree.Edition, s.Tree.Nodes[i].ID, mean, len(distinct))
			}
		}
	}
}

// TestEveryShippedFigureIsExplained takes every index of every Comune apart.
func TestEveryShippedFigureIsExplained(t *testing.T) {
	for _, s := range shipped() {
		for _, i := range s.Tree.Indices() {
			for c := range s.answers.Edition.Places {
				x := s.Explain(i, c, Own)
				sum := 0.0
				for _, p := range x.Parts {
					sum += p.Share * p.Value.N
				}
				if d := sum - x.Value.N; x.Value != s.Of(i, Own)[c] || x.Value.OK() && (d > 1e-9 || d < -1e-9) {
					t.Fatalf("%s of %d: %+v", s.Tree.Nodes[i].ID, c, x)
				}
			}
		}
	}
}

func TestTheSameAnswersGiveTheSameScores(t *testing.T) {
	s := shipped()[0]
	if again := New(s.Tree, s.answers); !reflect.DeepEqual(again.own, s.own) || !reflect.DeepEqual(again.common, s.common) {
		t.Error("two runs differ")
	}
}

func BenchmarkNew(b *testing.B) {
	s := shipped()[len(shipped())-1]
	for b.Loop() {
		New(s.Tree, s.answers)
	}
}

// BenchmarkScale is the target of scale: 7,894 Comuni that all answered 400 items,
// in five editions.
func BenchmarkScale(b *testing.B) {
	s := scaled(b)
	for b.Loop() {
		for range 5 {
			New(s.Tree, s.answers)
		}
	}
}

func BenchmarkTry(b *testing.B) {
	s := shipped()[len(shipped())-1]
	var all []int
	for c := range s.answers.Edition.Places {
		all = append(all, c)
	}
	for b.Loop() {
		s.Try(0, []Group{{all}}, nil)
	}
}

// scaled is the last edition with the parts of its tree repeated until they read
// 400 items.
func scaled(b *testing.B) *Scores {
	s := shipped()[len(shipped())-1]
	items, tree := 0, Tree{Edition: s.Tree.Edition}
	index := tree.Nodes
	index = append(index, Node{ID: "tutto", Depth: Index, Parent: -1, Share: 1, Combine: Arithmetic, Missing: Renormalise}, Node{ID: "area", Depth: Area, Parent: 0, Share: 1, Combine: Arithmetic, Missing: Renormalise})
	index[0].Children = []int{1}
	for items < 400 {
		for _, n := range s.Tree.Nodes {
			if n.Part == nil {
				continue
			}
			items += len(n.Part.Rows)
			n.Parent = 1
			index[1].Children = append(index[1].Children, len(index))
			index = append(index, n)
		}
	}
	tree.Nodes = index
	if v := New(&tree, s.answers).Of(0, Own); len(v) < 7894 || !hasValue(v) {
		b.Fatal("nothing is scored")
	}
	return New(&tree, s.answers)
}

func hasValue(values []stat.Value) bool {
	for _, v := range values {
		if v.OK() {
			return true
		}
	}
	return false
}
