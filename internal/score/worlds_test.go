package score

import (
	"math/rand/v2"
	"testing"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// others are worlds in which some respondents say to a question of the indices what
// another respondent says to it.
func others(s *Scores, worlds, movers int) (out [][]survey.Said) {
	r := rand.New(rand.NewPCG(1, 2))
	e := s.answers.Edition
	var parts []*Part
	for _, n := range s.Tree.Nodes {
		if n.Part != nil && n.Part.Question >= 0 {
			parts = append(parts, n.Part)
		}
	}
	for range worlds {
		var said []survey.Said
		for len(said) < movers {
			p, c, o := parts[r.IntN(len(parts))], r.IntN(len(e.Places)), r.IntN(len(e.Places))
			row := r.IntN(len(p.Rows))
			was, is := e.Answers(p.Question, row)[c], e.Answers(p.Question, row)[o]
			if was.Kind == stat.Known && (is.Kind == stat.Known || is.Kind == stat.Blank) && is != was {
				said = append(said, survey.Said{Question: p.Question, Row: row, Comune: c, Answer: is})
			}
		}
		out = append(out, said)
	}
	return out
}

// In another world a Comune scores what it would score had it answered so.
func TestWorldsAreScoredAsIfTheyWereTheAnswers(t *testing.T) {
	all := shipped()
	s := all[len(all)-1]
	list := others(s, 6, 8)
	w, found := s.Worlds(list), 0
	for k, said := range list {
		fresh := New(s.Tree, Answers{s.answers.Edition.With(said), s.answers.Variables})
		for i := range s.Tree.Nodes {
			for _, scope := range []Scope{Own, Common} {
				want := map[int]stat.Value{}
				for c, v := range fresh.Of(i, scope) {
					if v != s.Of(i, scope)[c] {
						want[c] = v
					}
				}
				for _, o := range w.Of(i, scope) {
					if o.Witness != k {
						continue
					}
					found++
					if v, ok := want[o.Comune]; !ok || v != o.Value {
						t.Errorf("world %d, %s: %d scores %v, want %v", k, s.Tree.Nodes[i].ID, o.Comune, o.Value, v)
					}
					delete(want, o.Comune)
				}
				if len(want) > 0 {
					t.Errorf("world %d, %s: %d Comuni are not seen to score otherwise", k, s.Tree.Nodes[i].ID, len(want))
				}
			}
		}
	}
	if found == 0 {
		t.Error("nobody scores otherwise")
	}
}

// Attack: a rank, and the ends of a band. What is printed of other weights holds in
// every world: whole points are the same or withheld, and bands are wide enough. So
// nobody can tell from them which world it is.
func TestNeitherRanksNorBandsTellTheWorldsApart(t *testing.T) {
	all := shipped()
	s := all[len(all)-1]
	const areas = 40
	group := make(Group, areas)
	for c := range s.answers.Edition.Places {
		group[c%areas] = append(group[c%areas], c)
	}
	list := others(s, 5, 60)
	index := s.Tree.Indices()[0]
	alone, printed := s.Try(index, []Group{group}, nil).Groups[0], s.Try(index, []Group{group}, s.Worlds(list)).Groups[0]
	told, withheld := 0, 0
	for _, said := range list {
		fresh := New(s.Tree, Answers{s.answers.Edition.With(said), s.answers.Variables}).Try(index, []Group{group}, nil).Groups[0]
		for a := range group {
			for k := range fresh.Means {
				switch v := printed.Means[k][a]; {
				case v.Kind == stat.Withheld:
					withheld++
				case Round(v.N) != Round(fresh.Means[k][a].N):
					t.Errorf("trial %d of area %d tells", k, a)
				}
			}
			if Round(printed.Low[a].N) > Round(fresh.Low[a].N) || Round(printed.High[a].N) < Round(fresh.High[a].N) {
				t.Errorf("area %d is outside of its band", a)
			}
			if printed.First[a] > fresh.First[a] || printed.Last[a] < fresh.Last[a] {
				t.Errorf("area %d has places %d to %d, printed are %d to %d", a, fresh.First[a], fresh.Last[a], printed.First[a], printed.Last[a])
			}
			if alone.First[a] > fresh.First[a] || alone.Last[a] < fresh.Last[a] {
				told++
			}
		}
	}
	if told == 0 || withheld == 0 {
		t.Errorf("bands that know nothing of the worlds tell %d times, %d means are withheld: the test says nothing", told, withheld)
	}
}
