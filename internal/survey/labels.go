package survey

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// labels finds a question's rows and options by what stands in an export.
type labels struct {
	rows, options map[string]int // by label as written, and by label folded
	alone         Set            // options that rule out every other
}

func newLabels(q *Question) labels {
	l := labels{rows: map[string]int{}, options: map[string]int{}}
	for i, r := range q.Rows {
		l.learn(l.rows, r, i)
	}
	for i, o := range q.Options {
		l.learn(l.options, o.Label, i)
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
	return i, ok
}
