package disclosure

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/istat"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// territory is the shipped one, read once.
var territory = sync.OnceValue(func() *atlas.Atlas {
	var list diag.List
	in, _ := istat.Read(os.DirFS("../.."), "data/territorio", &list)
	a, ok := atlas.New(in, atlas.Setting{Date: 20260814, File: "data/sito.toml"}, &list)
	if !ok {
		panic(fmt.Sprint(list.Problems()))
	}
	return a
})

// edition reads a fictional edition, with more files beside it.
func edition(name string, beside fstest.MapFS) *survey.Edition {
	var list diag.List
	e, ok := survey.Read(layers{beside, os.DirFS("../..")}, name, territory(), &list)
	if !ok {
		panic(fmt.Sprint(list.Problems()))
	}
	return e
}

// layers is files of which the first layer covers the second.
type layers [2]fs.FS

func (l layers) Open(name string) (fs.File, error) {
	if f, err := l[0].Open(name); err == nil {
		if s, err := f.Stat(); err == nil && !s.IsDir() {
			return f, nil
		}
	}
	return l[1].Open(name)
}

var both = sync.OnceValue(func() []*survey.Edition {
	return []*survey.Edition{edition("2024", nil), edition("2025", nil)}
})

var inputs = sync.OnceValue(func() []Input { return Inputs(territory(), both(), nil) })

// of is an input with the tables of some questions alone.
func of(in Input, ids ...string) Input {
	tables := in.Tables
	in.Tables = nil
	for _, t := range tables {
		if slices.Contains(ids, in.Edition.Book.Questions[t.Question].ID) {
			in.Tables = append(in.Tables, t)
		}
	}
	return in
}

// site is what is published of some questions, with its proof.
type site struct {
	in    Input
	p     *Published
	proof *Proof
}

func publish(in Input) site {
	p, proof := Protect(in, Default())
	return site{in, p, proof}
}

// few questions of every kind: one choice, several, routed, riservata, a ranking and
// percentages.
var questions = []string{"spid-cie", "cloud-avviso", "cloud-stato", "servizi-associati", "copie", "ostacoli", "sue-canali"}

var default2025 = sync.OnceValue(func() site { return publish(of(inputs()[1], questions...)) })

// cells calls do for every cell that is published of.
func (s site) cells(do func(table, area, col int, l *Line, c *Cell)) {
	for i := range s.p.Tables {
		for area := range s.p.Tables[i].Lines {
			l := &s.p.Tables[i].Lines[area]
			if l.Closed || l.Respondents == 0 {
				continue
			}
			for col := range s.in.Tables[i].Num {
				c := l.cell(col)
				do(i, area, col, l, &c)
			}
		}
	}
}

// least is the threshold of a table.
func (s site) least(table int) int {
	if s.in.Edition.Book.Questions[s.p.Tables[table].Question].Reserved {
		return 10
	}
	return 3
}

// clone is the site with what is published copied, to plant something in it.
func (s site) clone() site {
	p := *s.p
	p.Tables = slices.Clone(p.Tables)
	for i := range p.Tables {
		p.Tables[i].Lines = slices.Clone(p.Tables[i].Lines)
		for k := range p.Tables[i].Lines {
			p.Tables[i].Lines[k].Options = slices.Clone(p.Tables[i].Lines[k].Options)
		}
	}
	proof := *s.proof
	proof.Witnesses = slices.Clone(proof.Witnesses)
	return site{s.in, &p, &proof}
}

// set puts a cell in place of another.
func (s site) set(table, area, col int, c Cell) {
	l := &s.p.Tables[table].Lines[area]
	if col < len(l.Options) {
		l.Options[col] = c
	} else {
		l.Headline = c
	}
}

// truth is a cell as it would be printed if it were shown.
func (s site) truth(table, area, col int) Cell {
	t := &s.in.Tables[table]
	d := s.p.Policy.decimals(t.Base[area])
	return Cell{Value: stat.Of(percent(t.Num[col][area], t.Base[area], d)), Decimals: d}
}

// leaks fails the test unless the audit says the words, and only leaks of them.
func (s site) mustLeak(t *testing.T, words string) {
	t.Helper()
	leaks := Audit(s.p, s.in, s.proof)
	if !slices.ContainsFunc(leaks, func(l Leak) bool { return strings.Contains(l.Text, words) }) {
		t.Errorf("the audit says %q, want %q", Words(leaks, s.in), words)
	}
}
