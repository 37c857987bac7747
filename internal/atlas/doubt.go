package atlas

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Doubt is what the territorial files said in rows that could not be read. The
// fault of such a row was reported; whoever then misses a place that the row may
// have named says nothing, so that one fault is one message and not a train of
// them. The zero value is no doubt.
type Doubt struct {
	all   bool
	keys  bool            // every cadastral code
	words map[string]bool // cells, folded
	near  []string        // cells that may be a code misspelt
}

// All puts everything in doubt: a file is not there, or its rows say nothing.
func (d *Doubt) All() { d.all = true }

// Row puts in doubt what a row may have named. It should hold so many ISTAT codes
// and so many cadastral codes; where it holds fewer, cells that look like one are
// taken for it misspelt, and where there is none of these, it may have named any
// place.
func (d *Doubt) Row(codes, keys int, cells ...string) {
	if d.words == nil {
		d.words = map[string]bool{}
	}
	var likeCode, likeKey []string
	for _, c := range cells {
		c = strings.TrimSpace(c)
		d.words[Fold(c)] = true
		if code, _ := sixDigits(c); code != "" {
			d.words[code] = true
			codes--
		} else if misspeltCode.MatchString(c) {
			likeCode = append(likeCode, c)
		}
		if wholeKey.MatchString(c) {
			keys--
		} else if misspeltKey.MatchString(c) {
			likeKey = append(likeKey, c)
		}
	}
	delete(d.words, "")
	if codes > 0 {
		d.near, d.all = append(d.near, likeCode...), d.all || len(likeCode) < codes
	}
	if keys > 0 {
		d.near, d.keys = append(d.near, likeKey...), d.keys || len(likeKey) < keys
	}
}

// Forms of codes, and of what may be one misspelt: 0O1168, M26.
var (
	wholeKey     = regexp.MustCompile(`^[A-Z][0-9]{3}$`)
	misspeltKey  = regexp.MustCompile(`^[A-Za-z][0-9][0-9A-Za-z]{1,3}$`)
	misspeltCode = regexp.MustCompile(`^[0-9OoIl]{5,7}$`)
)

// Of reports whether one of the words (codes, names) is in doubt.
func (d Doubt) Of(words ...string) bool {
	if d.all {
		return true
	}
	for _, w := range words {
		if len(d.words) > 0 && d.words[Fold(w)] || slices.ContainsFunc(d.near, func(n string) bool { return slip(n, w) }) {
			return true
		}
	}
	return false
}

// slip reports whether two codes differ by one sign: another, one less or one more.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	same := 0
	for same < len(a) && strings.EqualFold(a[same:same+1], b[same:same+1]) {
		same++
	}
	rest := len(b) - len(a)
	if same == len(a) {
		return rest <= 1
	}
	return rest == 0 && strings.EqualFold(a[same+1:], b[same+1:]) || rest == 1 && strings.EqualFold(a[same:], b[same+1:])
}

// OfKey reports whether a cadastral code, by which alone a Comune is named, is in
// doubt.
func (d Doubt) OfKey(cadastral string) bool { return d.keys || d.Of(cadastral) }

// any reports whether anything is in doubt.
func (d Doubt) any() bool { return d.all || d.keys || len(d.words) > 0 }

// event reports whether what a variation says hangs on something in doubt.
func (d Doubt) event(e Event) bool {
	return d.Of(e.OldISTAT, e.OldCadastral, e.NewISTAT, e.NewCadastral)
}

// followed is the doubt with the Comuni that became one in doubt, newest
// variation first.
func (d Doubt) followed(sorted []Event) Doubt {
	out := d
	out.words, out.near = maps.Clone(d.words), slices.Clone(d.near)
	for i := len(sorted) - 1; i >= 0; i-- {
		if e := sorted[i]; len(out.words) > 0 && out.Of(e.NewISTAT, e.NewCadastral) {
			out.Row(0, 0, e.OldISTAT, e.OldCadastral, e.OldName)
		}
	}
	return out
}

// InDoubt reports whether one of the words by which a feed names a Comune (ISTAT
// or cadastral code, IPA id, name) may mean one that the Atlas lacks because of a
// fault in the territorial files, which was reported there.
func (a *Atlas) InDoubt(words ...string) bool {
	for _, w := range words {
		code, _ := sixDigits(w)
		if a.doubt.Of(strings.TrimPrefix(strings.ToLower(w), "c_"), code) {
			return true
		}
	}
	return false
}

// KeyInDoubt is [Atlas.InDoubt] for whoever is named by a cadastral code alone.
func (a *Atlas) KeyInDoubt(cadastral string) bool { return a.doubt.OfKey(cadastral) }
