package source

import (
	"fmt"
	"math"
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

// like reports whether text fits a pattern in which * stands for any text;
// case and double blanks do not matter.
func like(pattern, text string) bool {
	parts := strings.Split(plain(pattern), "*")
	text = plain(text)
	last := len(parts) - 1
	if last == 0 {
		return text == parts[0]
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	for _, p := range parts[1:last] {
		i := strings.Index(text, p)
		if i < 0 {
			return false
		}
		text = text[i+len(p):]
	}
	return strings.HasSuffix(text, parts[last])
}

func plain(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
