// Package diag is what can be wrong in the sources: a problem at a place in a
// file, said so that the person who keeps the file can put it right.
//
// A stage reads everything and adds each problem it meets to a [List]; it never
// stops at the first. Only cmd prints the list and chooses the exit code. A
// note is a fact worth knowing (an encoding that was detected, a match made by
// name) that does not stop the build.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Problem is one fault in the sources. Text says what is there, quoted, and
// what was wanted: `"1.234" is not a number of residents, want digits only`.
// Lower case, no full stop, never "failed to". Hint says how to put it right
// and may be empty.
//
// Text must not hold a survey answer: for a column of class never or aggregate
// it names position and kind only.
type Problem struct {
	File   string // slash-separated, relative to the site folder
	Line   int    // 1-based, 0 when the whole file is meant
	Col    int    // 1-based in bytes, 0 when the whole line is meant
	Record string // instead of a line, for binary files: `layer Com01012024, record 12 (058091)`
	Text   string
	Hint   string
}

// Place is the problem's position as editors understand it: file:line:column.
func (p Problem) Place() string {
	switch {
	case p.Record != "":
		return p.File + ": " + p.Record
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// String is the whole problem on one line, or two when there is a hint.
func (p Problem) String() string {
	s := p.Place() + ": " + p.Text
	if p.Hint != "" {
		s += "\n    hint: " + p.Hint
	}
	return s
}

// List gathers problems and notes. The zero value is ready to use and safe for
// concurrent use; order is restored by file and position when it is read.
type List struct {
	whole    *List // what this is a part of, nil for a list on its own
	mu       sync.Mutex
	problems []Problem
	notes    []Problem
}

// Part is a list for one reader among several: what is added to it is l's too,
// and it counts none of what others add to l. By it a reader knows whether its
// own files are good, whatever is wrong elsewhere.
func (l *List) Part() *List { return &List{whole: l} }

// Add records a problem.
func (l *List) Add(p Problem) {
	if l.whole != nil {
		l.whole.Add(p)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, p)
}

// Note records a fact that does not stop the build.
func (l *List) Note(p Problem) {
	if l.whole != nil {
		l.whole.Note(p)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.notes = append(l.notes, p)
}

// File records a problem that concerns a file as a whole.
func (l *List) File(file, text, hint string) { l.Add(Problem{File: file, Text: text, Hint: hint}) }

// Len is the number of problems so far; notes do not count.
func (l *List) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.problems)
}

// Problems returns a sorted copy: by file, line, column, then text. Equal
// problems are reported once.
func (l *List) Problems() []Problem { return l.sorted(&l.problems) }

// Notes returns a sorted copy of the notes.
func (l *List) Notes() []Problem { return l.sorted(&l.notes) }

func (l *List) sorted(of *[]Problem) []Problem {
	l.mu.Lock()
	out := slices.Clone(*of)
	l.mu.Unlock()
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(out)
}

// Nearest returns the candidate that want was probably meant to be, for a "did
// you mean" hint, or "" when none is near: at most a third of its letters may
// differ, without regard to case.
func Nearest(want string, candidates []string) string {
	best, bestAt := "", len([]rune(want))/3+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(want), strings.ToLower(c)); d < bestAt {
			best, bestAt = c, d
		}
	}
	return best
}

// DidYouMean is the hint for an unknown word: the nearest candidate, or all of
// them when they are few, or "".
func DidYouMean(want string, candidates []string) string {
	const few = 8
	if n := Nearest(want, candidates); n != "" {
		return fmt.Sprintf("did you mean %s?", Quote(n))
	}
	if len(candidates) == 0 || len(candidates) > few {
		return ""
	}
	known := make([]string, len(candidates))
	for i, c := range candidates {
		if known[i] = c; Quote(c) != `"`+c+`"` {
			known[i] = Quote(c)
		}
	}
	return "known here: " + strings.Join(known, ", ")
}

// maxQuoted is how many letters of a text of the sources a message shows.
const maxQuoted = 60

// Quote is a text of the sources as messages show it: everything that is not
// plain is spelled out, so that it does nothing to a terminal or to a page, and
// what is longer than a line is cut.
func Quote(s string) string {
	n := 0
	for at := range s {
		if n++; n > maxQuoted {
			return fmt.Sprintf("%q… (%d bytes)", s[:at], len(s))
		}
	}
	return fmt.Sprintf("%q", s)
}

// distance is the Damerau-Levenshtein distance (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	prev2, prev, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(y)]
}
