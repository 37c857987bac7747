package content

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words printed by the package itself. Reports and pages are Italian documents;
// the interface's own strings belong to the theme.
const (
	wordFigure  = "Figura"
	wordTable   = "Tabella"
	wordDemoTag = "dati dimostrativi"
	wordDemo    = "<b>Dati dimostrativi.</b> Questa sezione usa risposte inventate: nessuna cifra dell’indagine è reale."
	wordBack    = "torna al testo"
	wordNotes   = "Note"
)

// noBreak stands between a number and its sign.
const noBreak = "\u00a0"

var (
	quoteOpen  = regexp.MustCompile(`(^|[\s(\['’])"`)
	beforeSign = regexp.MustCompile(`([0-9]) ([%‰€])`)
	notSlug    = regexp.MustCompile(`[^a-z0-9]+`)
)

// typeset gives front matter and figure titles the typography that running text
// has: ’ « » … and no break before % and €.
func typeset(s string) string {
	s = quoteOpen.ReplaceAllString(s, "$1«")
	s = strings.NewReplacer(`"`, "»", "'", "’", "...", "…", " -- ", " – ").Replace(s)
	return beforeSign.ReplaceAllString(s, "$1"+noBreak+"$2")
}

// slug is a heading as an address: ASCII, accents dropped, words by hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(c)
		}
	}
	return strings.Trim(notSlug.ReplaceAllString(b.String(), "-"), "-")
}

// wordsPerMinute is how fast adults read Italian prose silently: 188 words a
// minute (Trauzettel-Klosinski and Dietz, IReST, 2012).
const wordsPerMinute = 188

// minutes is the reading time, at least one minute.
func minutes(words int) int { return max(1, (words+wordsPerMinute/2)/wordsPerMinute) }
