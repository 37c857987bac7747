package source

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
)

// Cents is an amount in hundredths of a euro.
type Cents int64

// parseCents reads 4566860.0 or 3928.4 or 10172: a point, at most two decimals
// that are not zero, no thousands.
func parseCents(s string) (Cents, bool) {
	const most = 15 // digits: beyond them an amount is a slip
	whole, frac, _ := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" || len(whole) > most || len(frac) > 2 || !digits(whole) || !digits(frac) {
		return 0, false
	}
	n, _ := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	return Cents(n), true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// parseNumber reads a finite decimal number with a point.
func parseNumber(s string) (float64, bool) {
	for i := range len(s) {
		if !strings.ContainsRune("0123456789.+-eE", rune(s[i])) {
			return 0, false
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && !math.IsInf(n, 0)
}

// Layouts of dates, as manifests name them.
const (
	layoutISO     = "aaaa-mm-gg"
	layoutItalian = "gg-mm-aaaa"
)

// parseDate reads a date in the layout.
func parseDate(s, layout string) (atlas.Date, error) {
	iso := s
	if layout == layoutItalian && len(s) == len(layout) {
		iso = s[6:] + s[2:6] + s[:2]
	}
	d, err := atlas.ParseDate(iso)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date, want %s", s, layout)
	}
	return d, nil
}

// pattern is a text in which * stands for any text; case and double blanks do
// not matter.
type pattern []string

func patternOf(w word) pattern { return strings.Split(plain(w.Text), "*") }

func patterns(words []word) []pattern {
	out := make([]pattern, len(words))
	for i, w := range words {
		out[i] = patternOf(w)
	}
	return out
}

// fits reports whether a [plain] text is like the pattern.
func (p pattern) fits(text string) bool {
	last := len(p) - 1
	if last == 0 {
		return text == p[0]
	}
	if !strings.HasPrefix(text, p[0]) {
		return false
	}
	text = text[len(p[0]):]
	for _, s := range p[1:last] {
		i := strings.Index(text, s)
		if i < 0 {
			return false
		}
		text = text[i+len(s):]
	}
	return strings.HasSuffix(text, p[last])
}

// likeAny reports whether a text is like one of the patterns.
func likeAny(of []pattern, text string) bool {
	text = plain(text)
	return slices.ContainsFunc(of, func(p pattern) bool { return p.fits(text) })
}

func plain(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
