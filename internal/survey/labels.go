package survey

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// labels finds a question's rows and options by what stands in an export.
type labels struct {
	rows, options spellings
	codes         map[string]int // options by code and sigla, folded
	alone         Set            // options that rule out every other
	unsure        Set            // options that are "don't know"
	other         int            // "Altro (specificare)", -1 without
}

func newLabels(q *Question) labels {
	l := labels{rows: newSpellings(q.Rows), codes: map[string]int{}, other: -1}
	options := make([]Label, len(q.Options))
	for i, o := range q.Options {
		options[i] = o.Label
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
	l.options = newSpellings(options)
	return l
}

// spellings finds labels by how an export may write them.
type spellings struct {
	few []label        // the first ones as the codebook writes them: most cells hold one
	all map[string]int // as written, and folded
}

type label struct {
	text string
	i    int
}

func newSpellings(labels []Label) spellings {
	s := spellings{all: map[string]int{}}
	for i, l := range labels {
		s.all[l.Text], s.all[foldLabel(l.Text)] = i, i
		for _, a := range l.Also {
			s.all[foldLabel(a)] = i
		}
	}
	const few = 8 // more are found faster by their hash
	for i, l := range labels[:min(few, len(labels))] {
		if s.all[l.Text] == i {
			s.few = append(s.few, label{l.Text, i})
		}
	}
	return s
}

// find is the index of the label that a text is.
func (s *spellings) find(text string) (int, bool) {
	for k := range s.few {
		if s.few[k].text == text {
			return s.few[k].i, true
		}
	}
	if i, ok := s.all[text]; ok {
		return i, true
	}
	if digitsOnly(text) || !utf8.ValidString(text) { // digits are folded already
		return 0, false
	}
	i, ok := s.all[foldLabel(norm.NFC.String(text))]
	if ok && len(s.all) < maxSpellings {
		s.all[strings.Clone(text)] = i // a part of the file would keep all of it in memory
	}
	return i, ok
}

// digitsOnly reports whether a text is made of digits, as most numbers are.
func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

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
			if i, ok := l.options.all[w]; ok && slices.Contains(words, s) {
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
