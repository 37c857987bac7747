package survey

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// labels finds a question's rows and options by what stands in an export.
type labels struct {
	rows, options map[string]int // by label as written, and by label folded
	codes         map[string]int // options by code and sigla, folded
	alone         Set            // options that rule out every other
	unsure        Set            // options that are "don't know"
	other         int            // "Altro (specificare)", -1 without
}

func newLabels(q *Question) labels {
	l := labels{rows: map[string]int{}, options: map[string]int{}, codes: map[string]int{}, other: -1}
	for i, r := range q.Rows {
		l.learn(l.rows, r, i)
	}
	for i, o := range q.Options {
		l.learn(l.options, o.Label, i)
		l.codes[strings.ToLower(o.Key)], l.codes[strings.ToLower(o.Code)] = i, i
		if o.Other {
			l.other = i
		}
		if o.DontKnow {
			l.unsure = l.unsure.With(i)
		}
		if o.Exclusive || o.DontKnow {
			l.alone = l.alone.With(i)
		}
	}
	return l
}

func (labels) learn(m map[string]int, l Label, i int) {
	m[l.Text], m[foldLabel(l.Text)] = i, i
	for _, a := range l.Also {
		m[foldLabel(a)] = i
	}
}

func (labels) find(m map[string]int, s string) (int, bool) {
	if i, ok := m[s]; ok {
		return i, true
	}
	if !utf8.ValidString(s) {
		return 0, false
	}
	i, ok := m[foldLabel(norm.NFC.String(s))]
	if ok && len(m) < maxSpellings {
		m[strings.Clone(s)] = i // a row is over when the next is read
	}
	return i, ok
}

// maxSpellings bounds how many ways to write its labels a question remembers: an
// export has a few, typed with one kind of apostrophe or another.
const maxSpellings = 1000

// coded is the option that a cell of a wide export means by a code, or by one of
// LimeSurvey's own words.
func (l *labels) coded(s string) (int, bool) {
	s = strings.ToLower(s)
	if i, ok := l.codes[s]; ok {
		return i, true
	}
	if l.other >= 0 && (s == "-oth-" || s == "other" || s == "altro") {
		return l.other, true
	}
	for _, words := range [][]string{{"y", "yes", "sì", "si"}, {"n", "no"}} {
		for _, w := range words {
			if i, ok := l.codes[w]; ok && slices.Contains(words, s) {
				return i, true
			}
			if i, ok := l.options[w]; ok && slices.Contains(words, s) {
				return i, true
			}
		}
	}
	return 0, false
}

// unmasked takes away the apostrophe that LimeSurvey puts before what a
// spreadsheet would take for a formula.
func unmasked(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0 {
		return s[1:]
	}
	return s
}
