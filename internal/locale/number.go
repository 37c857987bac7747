package locale

import (
	"math"
	"strconv"
	"strings"

	"mappa/internal/diag"
)

// format is how a language writes numbers and dates, read from its own
// messages, so that a new language needs no Go.
type format struct {
	decimal, thousands               string
	percent, euro, million, milliard [2]string // before and after the number
	months, shortMonths              [12]string
	long, short, month               []node
	first                            string // the first day of a month: 1º
	and, andE, or, orO               string
}

// Signs of the language-free kind.
const (
	minus = "−" // U+2212, as wide as a plus and never broken off its number
	plus  = "+"
)

// readFormat takes the format out of the messages under numero, data and elenco.
func (l *Language) readFormat(path string, list *diag.List) format {
	need := func(key string) string {
		if !l.Has(key) {
			list.File(path, "message "+quote(key)+" is missing, numbers and dates are written with it", "")
			return ""
		}
		return l.messages[key].raw()
	}
	around := func(key string) [2]string {
		before, after, ok := strings.Cut(need(key), "{n}")
		if !ok && l.Has(key) {
			list.Add(l.messages[key].fault("message "+quote(key)+" has no number, want {n}", ""))
		}
		return [2]string{before, after}
	}
	months := func(key string) (out [12]string) {
		names := strings.Fields(need(key))
		if len(names) != len(out) && l.Has(key) {
			list.Add(l.messages[key].fault("there are "+strconv.Itoa(len(names))+" months in "+quote(key)+", want 12", ""))
			return out
		}
		copy(out[:], names)
		return out
	}
	nodes := func(key string) []node {
		need(key)
		if m := l.messages[key]; m != nil {
			return m.nodes
		}
		return nil
	}
	return format{
		decimal: need("numero.decimali"), thousands: need("numero.migliaia"),
		percent: around("numero.percento"), euro: around("numero.euro"),
		million: around("numero.milioni"), milliard: around("numero.miliardi"),
		months: months("data.mesi"), shortMonths: months("data.mesi_brevi"),
		long: nodes("data.lunga"), short: nodes("data.breve"), month: nodes("data.mese"),
		first: need("data.primo"),
		and:   need("elenco.e"), andE: need("elenco.ed"), or: need("elenco.o"), orO: need("elenco.od"),
	}
}

// raw is the text of a message that is no sentence but a pattern.
func (m *message) raw() string {
	var b strings.Builder
	for _, n := range m.nodes {
		switch n.op {
		case value:
			b.WriteString("{" + n.text + "}")
		case literal:
			b.WriteString(n.text)
		}
	}
	return b.String()
}

// Number is v with so many decimals, rounded half away from zero on its
// shortest decimal form (2.675 becomes 2,68, as a reader with pen and paper
// has it), thousands grouped from 1.000 on.
func (l *Language) Number(v float64, decimals int) string {
	return string(l.appendNumber(make([]byte, 0, 24), v, decimals))
}

// Int is a whole number with thousands grouped.
func (l *Language) Int(n int) string { return l.Number(float64(n), 0) }

// Signed is a difference: with its sign, a true minus, and no sign at zero.
func (l *Language) Signed(v float64, decimals int) string {
	s := l.Number(v, decimals)
	if v > 0 && strings.ContainsAny(s, "123456789") {
		return plus + s
	}
	return s
}

// Percent is v, already in percent, with its sign: 45,3 % with a space that
// does not break.
func (l *Language) Percent(v float64, decimals int) string {
	return l.form.percent[0] + l.Number(v, decimals) + l.form.percent[1]
}

// Euro is an amount: whole when it is whole, else with cents. 77.897 €.
func (l *Language) Euro(v float64) string {
	const cents = 2
	decimals := 0
	if s := l.Number(v, cents); !strings.HasSuffix(s, l.form.decimal+"00") {
		decimals = cents
	}
	before, after := l.form.euro[0], l.form.euro[1]
	n, negative := strings.CutPrefix(l.Number(v, decimals), minus)
	if negative {
		before = minus + before
	}
	return before + n + after
}

// Large is a number too large to read in digits, in millions or milliards with
// one decimal: 29,8 milioni. Below a million it is Int.
func (l *Language) Large(v float64) string {
	const million, milliard = 1e6, 1e9
	words, n := l.form.million, v/million
	switch a := math.Abs(v); {
	case a < million:
		return l.Number(v, 0)
	case a >= milliard:
		words, n = l.form.milliard, v/milliard
	}
	return words[0] + l.Number(n, 1) + words[1]
}

// appendNumber appends v as [Language.Number] writes it.
func (l *Language) appendNumber(dst []byte, v float64, decimals int) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(dst, "⟦NaN⟧"...) // a number that is none is a fault, and must be seen
	}
	var digits [400]byte // of the largest float64, 309, and then some
	d := strconv.AppendFloat(digits[:1], math.Abs(v), 'f', -1, 64)
	d[0] = '0' // room for a carry
	whole, frac := roundDecimal(d, decimals)
	if v < 0 && !allZero(whole, frac) {
		dst = append(dst, minus...)
	}
	for len(whole) > 1 && whole[0] == '0' {
		whole = whole[1:]
	}
	for i, b := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			dst = append(dst, l.form.thousands...)
		}
		dst = append(dst, b)
	}
	if decimals > 0 {
		dst = append(dst, l.form.decimal...)
		dst = append(dst, frac...)
	}
	return dst
}

// roundDecimal cuts the decimal number d, which begins with a spare 0, to so
// many decimals, half away from zero.
func roundDecimal(d []byte, decimals int) (whole, frac []byte) {
	whole = d
	for i, b := range d {
		if b == '.' {
			whole, frac = d[:i], d[i+1:]
			break
		}
	}
	up := len(frac) > decimals && frac[decimals] >= '5'
	if len(frac) > decimals {
		frac = frac[:decimals]
	}
	if up && carry(frac) {
		carry(whole)
	}
	for len(frac) < decimals {
		frac = append(frac[:len(frac):len(frac)], '0')
	}
	return whole, frac
}

// carry adds one to the last digit and reports whether it ran over the first.
func carry(digits []byte) bool {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			return false
		}
		digits[i] = '0'
	}
	return true
}

func allZero(parts ...[]byte) bool {
	for _, p := range parts {
		for _, b := range p {
			if b != '0' {
				return false
			}
		}
	}
	return true
}

// And joins the items of a list: "a", "a e b", "a, b e c"; ed before e-.
func (l *Language) And(items []string) string { return join(items, l.form.and, l.form.andE, 'e') }

// Or joins alternatives: "a, b o c".
func (l *Language) Or(items []string) string { return join(items, l.form.or, l.form.orO, 'o') }

func join(items []string, word, before string, vowel byte) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := items[len(items)-1]
	if last != "" && last[0]|' ' == vowel { // |' ' is lower case in ASCII
		word = before
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + last
}
