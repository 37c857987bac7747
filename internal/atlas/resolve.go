package atlas

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// How says by what a place was recognised.
type How uint8

const (
	Unmatched       How = iota
	CodeAtDate          // ISTAT code valid at the date of the file
	IPAId               // id of the Indice PA, which holds the cadastral code
	CodeOfOtherDate     // ISTAT code valid at another date
	NameAndProvince     // name or alias, with or without the province
)

// String is the way of matching as a match report names it.
func (h How) String() string {
	return [...]string{"unmatched", "ISTAT code", "IPA id", "ISTAT code of another date", "name"}[h]
}

// Match is a place recognised, or not.
type Match struct {
	Comune    int // index in Atlas.Comuni, -1 unless OK
	OK        bool
	How       How
	Successor bool      // what was named has ended; Comune is what it certainly became
	Alias     AliasKind // for a name: which kind of name, 0 the Italian one
	Text      string    // for a name: as the Atlas writes it
	Bearer    Bearer    // for CodeOfOtherDate: who bore the code last, and when
	Note      string    // for the match report; "" where there is nothing to say
	Others    []int     // when not OK: Comuni that it may be
}

// Ref is how a feed names a Comune; what it does not say is left empty. At is
// the date of the file, at which its ISTAT codes are thought to be valid.
type Ref struct {
	ISTAT, IPA, Name, Province string
	At                         Date
}

// Resolve recognises a Comune: by ISTAT code at the date of the file, then by
// IPA id, then by an ISTAT code of another date, last by name and province.
// Every match but the first way's comes with a note. Placeholders such as N/D
// are no code and no name.
func (a *Atlas) Resolve(r Ref) Match {
	code, padded := sixDigits(r.ISTAT)
	if m := a.byCode(code, r.At); m.OK {
		switch other, _, ok := a.ByIPA(r.IPA); {
		case ok && other != m.Comune:
			m.Note = fmt.Sprintf("code %s is %s, IPA id %s is %s; the code was followed", code, a.label(m.Comune), r.IPA, a.label(other))
		case padded:
			m.Note = fmt.Sprintf("%q read as code %s, %s", r.ISTAT, code, a.label(m.Comune))
		}
		return m
	}
	if i, successor, ok := a.ByIPA(r.IPA); ok {
		return Match{Comune: i, OK: true, How: IPAId, Successor: successor, Note: fmt.Sprintf("code %q on %s unknown; IPA id %s is %s", r.ISTAT, r.At, r.IPA, a.label(i))}
	}
	names := a.choose(r)
	if m, ok := a.byAnyDate(code, names); ok {
		return m
	}
	return names
}

func (a *Atlas) byCode(code string, at Date) Match {
	i, ok := a.Trace(code, at)
	if !ok || at == 0 {
		return Match{Comune: -1}
	}
	return Match{Comune: i, OK: true, How: CodeAtDate, Successor: !slices.ContainsFunc(a.bearersAt(code, at), func(s Bearer) bool { return s.Living })}
}

// byAnyDate follows a code whatever its time, where all its bearers came to the
// same Comune or the name tells which is meant.
func (a *Atlas) byAnyDate(code string, names Match) (Match, bool) {
	of := a.ByISTAT(code, 0)
	if len(of) > 1 && names.OK && slices.Contains(of, names.Comune) {
		of = []int{names.Comune}
	}
	if len(of) != 1 {
		return Match{}, false
	}
	bearers := a.CodeBearers(code)
	last := bearers[len(bearers)-1]
	m := Match{Comune: of[0], OK: true, How: CodeOfOtherDate, Successor: !last.Living, Bearer: last}
	m.Note = fmt.Sprintf("code %s was in use from %s to %s (%s); now %s", code, cmp.Or(last.From.String(), "the beginning"), last.To, last.Name, a.label(of[0]))
	if last.To == Forever {
		m.Note = fmt.Sprintf("code %s is in use since %s; %s", code, cmp.Or(last.From.String(), "the beginning"), a.label(of[0]))
	}
	return m, true
}

// ByName are the Comuni that may be meant by a name, the likeliest first: an
// Italian name before another language's, before a spelling seen in feeds,
// before a former name, before that of a Comune merged into it. A province,
// by name or plate, of any time, leaves those that lay in it; one that no
// list knows is passed over.
func (a *Atlas) ByName(name, province string) []Match { return a.byName(name, province, 0) }

func (a *Atlas) byName(name, province string, at Date) []Match {
	found := slices.Clone(a.look.names[Fold(name)])
	if mark := sharp(name); strings.Contains(mark, "'") {
		if exact := slices.DeleteFunc(slices.Clone(found), func(n naming) bool { return sharp(n.text) != mark }); len(exact) > 0 {
			found = exact
		}
	}
	if p := Fold(province); a.knowsArea(p) {
		found = slices.DeleteFunc(found, func(n naming) bool { return !a.liesIn(n.comune, p) })
	}
	slices.SortStableFunc(found, func(x, y naming) int {
		return cmp.Or(cmp.Compare(rank(x, at), rank(y, at)), cmp.Compare(x.comune, y.comune))
	})
	var out []Match
	for _, n := range found {
		if slices.ContainsFunc(out, func(m Match) bool { return m.Comune == n.comune }) {
			continue
		}
		out = append(out, Match{Comune: n.comune, OK: true, How: NameAndProvince, Successor: n.kind == Absorbed, Alias: n.kind, Text: n.text,
			Note: fmt.Sprintf("%q read as %s", name, a.label(n.comune))})
	}
	return out
}

// rank orders namings; a former name at a date at which it was borne counts as
// the name.
func rank(n naming, at Date) int {
	switch n.kind {
	case 0:
		return 0
	case OtherLanguage, Bilingual:
		return 1
	case Variant:
		return 2
	case Former:
		if at != 0 && at <= n.until {
			return 0
		}
		return 3
	}
	if at != 0 && at <= n.until {
		return 0
	}
	return 4
}

// choose is the one Comune that a name and province mean, at the date of the
// file: the only one of the best rank.
func (a *Atlas) choose(r Ref) Match {
	if placeholder(r.Name) {
		return Match{Comune: -1}
	}
	found := a.byName(r.Name, r.Province, r.At)
	if len(found) == 0 {
		return Match{Comune: -1, Note: fmt.Sprintf("%q in %q is no known name", r.Name, r.Province)}
	}
	best := a.rankOf(found[0], r.At)
	if len(found) > 1 && a.rankOf(found[1], r.At) == best {
		m := Match{Comune: -1}
		var labels []string
		for _, f := range found {
			if a.rankOf(f, r.At) == best {
				m.Others = append(m.Others, f.Comune)
				labels = append(labels, a.label(f.Comune))
			}
		}
		m.Note = fmt.Sprintf("%q may be %s", r.Name, strings.Join(labels, " or "))
		return m
	}
	return found[0]
}

func (a *Atlas) rankOf(m Match, at Date) int {
	for _, n := range a.look.names[Fold(m.Text)] {
		if n.comune == m.Comune && n.text == m.Text {
			return rank(n, at)
		}
	}
	return 0
}

// knowsArea says whether a folded text names a province of any time.
func (a *Atlas) knowsArea(folded string) bool {
	if folded == "" {
		return false
	}
	for _, names := range a.look.areas {
		if slices.Contains(names, folded) {
			return true
		}
	}
	return false
}

func (a *Atlas) liesIn(comune int, folded string) bool {
	return slices.ContainsFunc(a.look.comuni[comune], func(p string) bool { return slices.Contains(a.look.areas[p], folded) })
}

// label is a Comune as a match report names it: Roma (RM, 058091).
func (a *Atlas) label(i int) string {
	c := a.Comuni[i]
	return fmt.Sprintf("%s (%s, %s)", c.Name, c.Plate, c.ISTAT)
}

// placeholder says whether a cell is a way of saying nothing.
func placeholder(s string) bool {
	switch strings.ToUpper(s) {
	case "", "N/D", "N.D.", "ND", "-":
		return true
	}
	return false
}

// sixDigits gives a code back the leading zeros that a spreadsheet took, and
// says so; what is not a number is no code.
func sixDigits(s string) (code string, padded bool) {
	const digits = 6
	const fewest = 4 // 1001 is the shortest: 001001
	s = strings.TrimSpace(s)
	for _, r := range s {
		if r < '0' || r > '9' {
			return "", false
		}
	}
	if len(s) > digits || len(s) < fewest {
		return "", false
	}
	return strings.Repeat("0", digits-len(s)) + s, len(s) < digits
}
