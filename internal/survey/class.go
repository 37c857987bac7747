package survey

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// defaultScheme is the scheme of size classes that the survey uses.
const defaultScheme = 0

// class is the size class that a row's column names; ok is false where it names
// none.
func (c *collector) class(t *table.Table, row table.Row, col int) (class int, ok bool) {
	s := row.Get(col)
	if s == "" {
		return -1, false
	}
	if i, known := c.clusters[s]; known {
		return i, i >= 0
	}
	classes := c.atlas.Schemes[defaultScheme].Classes
	i := slices.IndexFunc(classes, func(k atlas.Class) bool { return names(s, k) })
	c.clusters[s] = i
	if i < 0 {
		known := make([]string, len(classes))
		for k := range classes {
			known[k] = classes[k].Label
		}
		t.Problem(row, col, diag.Quote(s)+" is not a size class", diag.DidYouMean(s, known))
	}
	return i, i >= 0
}

var wholeNumber = regexp.MustCompile(`[0-9]+`)

// names reports whether the text is a way to write the class: its label, or its
// bounds, as in "0-2500 ab." and ">250000 ab.".
func names(text string, k atlas.Class) bool {
	if foldLabel(text) == foldLabel(k.Label) {
		return true
	}
	var n []int
	for _, s := range wholeNumber.FindAllString(strings.NewReplacer(".", "", "\u00a0", "").Replace(text), -1) {
		i, err := strconv.Atoi(s)
		if err != nil {
			return false
		}
		n = append(n, i)
	}
	folded := foldLabel(text)
	above := strings.ContainsAny(folded, ">") || strings.HasPrefix(folded, "oltre") || strings.HasPrefix(folded, "più di")
	switch len(n) {
	case 1:
		return above && k.UpTo == 0 && k.Over == n[0] || !above && k.Over == 0 && k.UpTo == n[0]
	case 2:
		return k.UpTo == n[1] && (k.Over == n[0] || k.Over+1 == n[0])
	}
	return false
}
