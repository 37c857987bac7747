package survey

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// textKey brings a heading's text to the form in which texts are compared: without
// regard to case and white space, which LimeSurvey may write as underscores, and of
// what it calls a place or a scale in the words of its language (`[Rank 1]`,
// `[Gamma 1]`) only the number.
func textKey(s string) string {
	s = strings.NewReplacer(" ", "", "_", "").Replace(foldLabel(norm.NFC.String(s)))
	if !strings.HasSuffix(s, "]") {
		return s
	}
	return numbered.ReplaceAllString(s, "[$1]")
}

var numbered = regexp.MustCompile(`\[\p{L}+([0-9]+)\]$`)

// cutMark is what LimeSurvey writes after a text that it cut.
const cutMark = ".."

// byCut is how a heading was understood whose texts are cut.
const byCut = "abbreviated text"

// wording is a column and the texts that head it.
type wording struct {
	column
	question string
	parts    []part
}

// abbreviated finds what the headings are whose texts LimeSurvey cut, and that nothing
// else tells. As all of them begin alike, a heading may be that of several columns.
// Where as many columns have it as could, they stand in the order of the form, if all
// the others do.
func (h *headings) abbreviated(heads []string) map[int]column {
	length := cutLength(heads)
	if length == 0 {
		return nil
	}
	known := h.cut(length)
	where := map[string][]int{} // by heading: the columns that have it
	asked := make([]int, 0, len(heads))
	for i, head := range heads {
		x, _, ok := h.find(head)
		if key := textKey(head); !ok && known[key] != nil {
			where[key] = append(where[key], i)
			x, ok = known[key][0], len(known[key]) == 1
		}
		if ok && x.role != cellUnread && !x.ambiguous {
			asked = append(asked, x.question)
		}
	}
	inOrder := slices.IsSorted(asked)
	out := map[int]column{}
	for key, at := range where {
		for n, i := range at {
			x := column{ambiguous: true}
			switch may := known[key]; {
			case len(may) == 1:
				x = may[0]
			case len(may) == len(at) && inOrder:
				x = may[n]
			case !slices.ContainsFunc(may, func(c column) bool { return c.role != cellUnread }):
				x = may[0]
			}
			out[i] = x
		}
	}
	return out
}

// cutLength is how many letters LimeSurvey left of a text, 0 where it cut none: what
// most headings have before the mark.
func cutLength(heads []string) (best int) {
	count := map[int]int{}
	for _, head := range heads {
		if i := strings.Index(head, cutMark); i > 0 {
			n := utf8.RuneCountInString(head[:i])
			if count[n]++; count[n] > count[best] || count[n] == count[best] && n < best {
				best = n
			}
		}
	}
	return best
}

// cut is the columns by their headings when texts are cut to a length, in the order
// of the form: as LimeSurvey has done since 2.50, every text for itself, and as it did
// before, the question's alone, with the codes of its parts.
func (h *headings) cut(length int) map[string][]column {
	out := map[string][]column{}
	for _, w := range h.wordings {
		heads := shortened(w.question, length)
		for _, p := range w.parts {
			heads = product(heads, shortened(p.Text, length), "[", "]")
		}
		for _, code := range codes(w.parts) {
			heads = append(heads, prefix(w.question, length)+code)
		}
		for _, head := range heads {
			if key := textKey(head); !slices.Contains(out[key], w.column) {
				out[key] = append(out[key], w.column)
			}
		}
	}
	return out
}

// codes are the ways to write the codes of a heading's parts in brackets, "" for no
// parts; none where a part has no code.
func codes(parts []part) (out []string) {
	if slices.ContainsFunc(parts, func(p part) bool { return p.Key == "" }) {
		return nil
	}
	for _, s := range subs(parts) {
		if s != "" {
			s = "[" + s + "]"
		}
		out = append(out, s)
	}
	return out
}

// prefix is a text as older versions cut it, however short.
func prefix(s string, length int) string {
	letters := []rune(strings.Join(strings.Fields(s), " "))
	return string(letters[:min(length, len(letters))]) + cutMark
}

// shortened are the ways in which LimeSurvey may write a text: it leaves one as it is
// that is longer by no more than the mark.
func shortened(s string, length int) []string {
	const spared = 3
	switch n := utf8.RuneCountInString(strings.Join(strings.Fields(s), " ")); {
	case n <= length:
		return []string{s}
	case n <= length+spared:
		return []string{s, prefix(s, length)}
	}
	return []string{prefix(s, length)}
}

// product is every one of a followed by every one of b.
func product(a, b []string, before, after string) (out []string) {
	for _, s := range a {
		for _, t := range b {
			out = append(out, s+before+t+after)
		}
	}
	return out
}

// spoken is the code of a column of LimeSurvey's own where its heading has only the
// text, in English or Italian, whole or cut; "" for any other.
func spoken(head string) string {
	const least = 8 // letters of a cut text that tell which it is
	key := textKey(head)
	short, _, cut := strings.Cut(key, cutMark)
	cut = cut && len(short) >= least
	for _, w := range spokenWords() {
		if w.text == key || cut && strings.HasPrefix(w.text, short) || strings.HasSuffix(w.text, ":") && strings.HasPrefix(key, w.text) {
			return w.code
		}
	}
	return ""
}

// spokenWord is what LimeSurvey calls a column, as [textKey] has it; the name of what
// was timed follows a colon.
type spokenWord struct{ text, code string }

func spokenWords() [32]spokenWord {
	return [...]spokenWord{
		{"responseid", "id"}, {"idrisposta", "id"},
		{"datesubmitted", "submitdate"}, {"datainviata", "submitdate"}, {"datadiinvio", "submitdate"}, {"datainvio", "submitdate"},
		{"lastpage", "lastpage"}, {"ultimapagina", "lastpage"},
		{"startlanguage", "startlanguage"}, {"linguaggiodipartenza", "startlanguage"}, {"linguadipartenza", "startlanguage"}, {"linguainiziale", "startlanguage"},
		{"seed", "seed"}, {"accesscode", "token"}, {"codicediaccesso", "token"}, {"token", "token"}, {"identificativo", "token"},
		{"datestarted", "startdate"}, {"datadiinizio", "startdate"},
		{"datelastaction", "datestamp"}, {"datadell'ultimaazione", "datestamp"}, {"datadell'ultimaazzione", "datestamp"},
		{"ipaddress", "ipaddr"}, {"indirizzoip", "ipaddr"}, {"referrerurl", "refurl"}, {"urldiriferimento", "refurl"},
		{"totaltime", "interviewtime"}, {"tempototale", "interviewtime"}, {"grouptime:", "grouptime"}, {"tempogruppale:", "grouptime"},
		{"questiontime:", "questiontime"}, {"tempoperladomanda:", "questiontime"},
	}
}
