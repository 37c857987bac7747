package locale

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mappa/internal/atlas"
)

// Date is a day in words: 14 agosto 2026, 1º gennaio 2024. A date that is not
// known is "".
func (l *Language) Date(d atlas.Date) string { return l.day(d, l.form.long, &l.form.months) }

// ShortDate is a day for tables: 5 set 2022, with spaces that do not break.
func (l *Language) ShortDate(d atlas.Date) string { return l.day(d, l.form.short, &l.form.shortMonths) }

// Month is a month in words: agosto 2026.
func (l *Language) Month(d atlas.Date) string { return l.day(d, l.form.month, &l.form.months) }

func (l *Language) day(d atlas.Date, pattern []node, months *[12]string) string {
	if d == 0 {
		return ""
	}
	day := strconv.Itoa(d.Day())
	if d.Day() == 1 {
		day = l.form.first
	}
	args := [...]Arg{S("giorno", day), S("mese", months[d.Month()-1]), S("anno", strconv.Itoa(d.Year()))}
	return string(writeNodes(make([]byte, 0, sentence), pattern, l, args[:], false))
}

// The articles of a day: il 14 agosto, l'8 agosto, l'11 febbraio, il 1º
// gennaio; al, del and dal likewise. A language without them says "on", "at",
// "of" and "from".
func (l *Language) TheDate(d atlas.Date) string   { return l.articled("data.il", d) }
func (l *Language) AtDate(d atlas.Date) string    { return l.articled("data.al", d) }
func (l *Language) OfDate(d atlas.Date) string    { return l.articled("data.del", d) }
func (l *Language) SinceDate(d atlas.Date) string { return l.articled("data.dal", d) }

func (l *Language) articled(key string, d atlas.Date) string {
	if d == 0 {
		return ""
	}
	article := "pieno"
	if d.Day() == 8 || d.Day() == 11 { // otto, undici: the days that begin with a vowel
		article = "eliso"
	}
	return l.T(key, S("articolo", article), S("data", l.Date(d)))
}

// Capital is s with its first letter in upper case, for the start of a
// sentence. A name that has a capital further on keeps its own spelling: pagoPA.
func Capital(s string) string {
	word, _, _ := strings.Cut(s, " ")
	r, n := utf8.DecodeRuneInString(s)
	if strings.ToLower(word) != word && unicode.IsLower(r) && !strings.ContainsAny(word, apostrophes) {
		return s
	}
	return strings.ToUpper(s[:n]) + s[n:]
}

// apostrophes join an article to a name, whose capital is not the article's.
const apostrophes = "'’"
