package atlas

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a name to the form in which names are compared and searched:
// lower case, without accents, every apostrophe, hyphen, slash and dot a blank,
// blanks single. A final accent typed as an apostrophe folds like the accent:
// AGLIE' and Agliè are both "aglie"; dell’Isarco is "dell isarco".
func Fold(s string) string { return fold(s, false) }

// sharp is Fold with accents kept, written as an apostrophe after the letter,
// so that Paternò and PATERNO' are alike and Paterno is not.
func sharp(s string) string { return fold(s, true) }

func fold(s string, keep bool) string {
	if !ascii(s) {
		s = norm.NFD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), apostrophe(r) && keep:
			if keep {
				b.WriteByte('\'')
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			writeLower(&b, r)
		default:
			gap = true
		}
	}
	return b.String()
}

// writeLower writes r in lower case, letters that Unicode does not take apart
// as the letters they are typed with.
func writeLower(b *strings.Builder, r rune) {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'ø':
		b.WriteByte('o')
	case 'đ':
		b.WriteByte('d')
	case 'ł':
		b.WriteByte('l')
	default:
		b.WriteRune(r)
	}
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', '′':
		return true
	}
	return false
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Slugify is a name as an address: Fold with hyphens, ASCII only.
func Slugify(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r < utf8.RuneSelf:
			return r
		}
		return -1
	}, Fold(name))
}

// TitleCase is a name in upper case as Italians write it: PONTE NELL'ALPI is
// Ponte nell'Alpi.
func TitleCase(upper string) string {
	var b strings.Builder
	first := true
	word := func(w, after string) {
		l := strings.ToLower(w)
		switch {
		case l == "":
		case !first && (small(l) && after != "'" || elided(l) && after == "'"):
			b.WriteString(l)
		default:
			r, n := utf8.DecodeRuneInString(l)
			b.WriteString(string(unicode.ToUpper(r)) + l[n:])
		}
		first = first && l == ""
		b.WriteString(after)
	}
	start := 0
	for i, r := range upper {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			after := string(r)
			if apostrophe(r) {
				after = "'"
			}
			word(upper[start:i], after)
			start = i + utf8.RuneLen(r)
			if r == utf8.RuneError {
				start = i + 1
			}
		}
	}
	word(upper[start:], "")
	return b.String()
}

// small says whether a word inside an Italian place name is written small.
func small(w string) bool {
	switch w {
	case "a", "ad", "ai", "al", "alla", "alle", "allo", "con", "da", "dal", "dalla", "de", "degli", "dei", "del", "della", "delle",
		"dello", "di", "e", "ed", "in", "nel", "nella", "per", "presso", "sopra", "sotto", "su", "sul", "sulla", "sulle", "tra", "fra":
		return true
	}
	return false
}

// elided says whether a word before an apostrophe is a preposition.
func elided(w string) bool {
	switch w {
	case "d", "dell", "all", "nell", "sull", "dall":
		return true
	}
	return false
}
