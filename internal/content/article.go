package content

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"mappa/internal/diag"
)

// articleKey is the key that puts an article before a value: {quota: x | con: nel}
// is "nel 58 %", "nell’8 %", "nello 0,9 %", as the number wants it.
const articleKey = "con"

// articles by the word an author writes: its forms before a consonant, a vowel,
// and the z of zero.
func articles() [][3]string {
	return [][3]string{
		{"il", "l’", "lo"}, {"al", "all’", "allo"}, {"dal", "dall’", "dallo"},
		{"del", "dell’", "dello"}, {"nel", "nell’", "nello"}, {"sul", "sull’", "sullo"},
		{"i", "gli", "gli"}, {"ai", "agli", "agli"}, {"dai", "dagli", "dagli"},
		{"dei", "degli", "degli"}, {"nei", "negli", "negli"}, {"sui", "sugli", "sugli"},
	}
}

// checkArticle finds an article that is none.
func (r Ref) checkArticle() *fault {
	word := r.Arg(articleKey)
	var known []string
	for _, a := range articles() {
		known = append(known, a[0])
	}
	if word == "" || slices.Contains(known, strings.ToLower(word)) {
		return nil
	}
	return &fault{r.argPos(articleKey), fmt.Sprintf("%s is no article that a number takes, want one of %s", quote(word), strings.Join(known, ", ")),
		diag.DidYouMean(word, known)}
}

// withArticle is the value after the article that the author asked for, "" for
// none. A capital stays a capital.
func withArticle(word, value string) string {
	for _, a := range articles() {
		if a[0] != strings.ToLower(word) {
			continue
		}
		form := a[onset(value)]
		if word[0] >= 'A' && word[0] <= 'Z' {
			form = strings.ToUpper(form[:1]) + form[1:]
		}
		if strings.HasSuffix(form, "’") {
			return form + value
		}
		return form + " " + value
	}
	return value
}

var leadingNumber = regexp.MustCompile(`^(\d{1,3})((?:\.\d{3})*)(º?)`)

// onset is how a value begins when it is read aloud: 0 with a consonant, 1 with
// a vowel (otto, ottanta, undici, uno), 2 with a z (zero).
func onset(value string) int {
	m := leadingNumber.FindStringSubmatch(value)
	if m == nil {
		if c, _ := utf8.DecodeRuneInString(strings.ToLower(value)); strings.ContainsRune("aeiouàèéìòù", c) {
			return 1
		}
		return 0
	}
	switch n := m[1]; {
	case n == "0":
		return 2
	case n[0] == '8', n == "11", n == "1" && m[2] == "" && m[3] == "":
		return 1
	}
	return 0
}
