package yamlfile

import (
	"fmt"
	"regexp"

	"mappa/internal/diag"
)

// Place is where something stands in its file: line and column, 1-based, the
// column in bytes. The zero Place is nowhere.
type Place struct{ Line, Col int }

// Problem is a fault at the place.
func (p Place) Problem(file, text, hint string) diag.Problem {
	return diag.Problem{File: file, Line: p.Line, Col: p.Col, Text: text, Hint: hint}
}

// Word is a scalar that remembers where it stands. One whose key is not there is
// zero; one that is null has a place and no text.
type Word struct {
	Text string
	Place
}

// Texts are the texts of the words.
func Texts(words []Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// Check says what is wrong in one file and counts it: the list may be shared.
type Check struct {
	File   string
	List   *diag.List
	Faults int
}

// At reports a fault at a place.
func (c *Check) At(p Place, text, hint string) {
	c.Faults++
	c.List.Add(p.Problem(c.File, text, hint))
}

var id = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// ID holds a word, if it is not empty, to the form of an identifier, and to be
// the only one of its kind; seen keeps where each was first said.
func (c *Check) ID(w Word, kind string, seen map[string]Place) {
	if w.Text == "" {
		return
	}
	if !id.MatchString(w.Text) {
		c.At(w.Place, fmt.Sprintf("%q is not an id, want small letters, digits and hyphens", w.Text), "")
	}
	c.Once(w, kind, seen)
}

// Once reports a word that was given before to one of the same kind.
func (c *Check) Once(w Word, kind string, seen map[string]Place) {
	key := kind + " " + w.Text
	if first, twice := seen[key]; twice {
		c.At(w.Place, fmt.Sprintf("the %s %q stands twice, first on line %d", kind, w.Text, first.Line), "give one of them another name")
		return
	}
	seen[key] = w.Place
}

// OneOf is the value among those known that the word spells; an empty word is
// "" and no fault.
func OneOf[T ~string](c *Check, w Word, key string, known ...T) T {
	names := make([]string, len(known))
	for i, k := range known {
		if w.Text == string(k) {
			return k
		}
		names[i] = string(k)
	}
	if w.Text != "" {
		c.At(w.Place, fmt.Sprintf("%q is not a value of %q", w.Text, key), diag.DidYouMean(w.Text, names))
	}
	return ""
}
