package content

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// hair is what floating point may lose: a value that rounds to the typed number
// from exactly half way agrees with it.
const hair = 1e-9

// Agree compares a text bound to a reference with the value that was computed.
// It returns nil, or what does not fit. A text may be
//
//   - a number as Italians write it, with or without unit: 58,0 %, 6.816,
//     29,8 milioni. It agrees when the value rounds to it at the digits written.
//   - the same after circa, quasi, meno di, oltre or più di. The last digit that
//     is not 0 is then the unit: "oltre 6.800" is above 6.800 and below 6.900,
//     "quasi 70" from 60 up to, but not, 70.
//   - a share in words: sei su dieci, un sito su quattordici, metà, un terzo,
//     each also after quasi, oltre …
//   - the direction of a change: cresce, cala, stabile and their forms. It needs
//     an interval; a change is one only when the interval excludes 0.
func Agree(typed string, v Value) *Refusal {
	s := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(typed, noBreak, " ")), " "))
	way, rest := qualifier(s)
	if num, den, ok := ratio(rest); ok {
		return v.agreesRatio(typed, way, num, den)
	}
	if d, ok := direction(s); ok {
		return v.agreesDirection(typed, d)
	}
	n, step, wrong := typedNumber(rest, way != exactly)
	switch {
	case wrong != "":
		return &Refusal{Text: wrong, Hint: "bind a number (58,0 %), a share in words (sei su dieci) or a direction (cresce, cala, stabile)"}
	case !v.Numeric:
		return &Refusal{Text: fmt.Sprintf("%s is bound to %s, which is no number", quote(typed), quote(v.Text))}
	case !way.holds(v.N, n, step):
		return v.disagrees(typed)
	}
	return nil
}

func (v Value) disagrees(typed string) *Refusal {
	computed := strings.ReplaceAll(v.Text, noBreak, " ")
	return &Refusal{Text: fmt.Sprintf("the text says %s, the data say %s", quote(typed), quote(computed)),
		Hint: "correct the text, or the reference beside it"}
}

// manner is how a typed number is meant.
type manner uint8

const (
	exactly manner = iota
	about          // circa
	under          // quasi, meno di
	over           // oltre, più di
)

// holds reports whether the value x is what is meant by n at this step.
func (m manner) holds(x, n, step float64) bool {
	switch m {
	case under:
		return x < n && x >= n-step-hair
	case over:
		return x > n && x < n+step
	}
	return math.Abs(x-n) <= step/2+hair*math.Max(1, math.Abs(n))
}

func qualifier(s string) (manner, string) {
	for _, q := range []struct {
		words string
		way   manner
	}{{"circa ", about}, {"quasi ", under}, {"meno di ", under}, {"poco meno di ", under},
		{"oltre ", over}, {"più di ", over}, {"poco più di ", over}} {
		if rest, ok := strings.CutPrefix(s, q.words); ok {
			return q.way, rest
		}
	}
	return exactly, s
}

var italianNumber = regexp.MustCompile(`^([+\-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?: (mila|milione|milioni|miliardo|miliardi)\b)?(.*)$`)

// typedNumber reads a number and its step: the place value of its last digit,
// or with round of its last digit that is not 0.
func typedNumber(s string, round bool) (n, step float64, wrong string) {
	m := italianNumber.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, fmt.Sprintf("%s says nothing that can be checked", quote(s))
	}
	if m[5] != "" && strings.ContainsAny(m[5][:1], ".,0123456789") {
		return 0, 0, fmt.Sprintf("%s is not a number as Italians write it, want 1.234,5", quote(s))
	}
	whole := strings.ReplaceAll(m[2], ".", "")
	n, err := strconv.ParseFloat(whole+strings.Replace(m[3], ",", ".", 1), 64)
	if err != nil {
		return 0, 0, fmt.Sprintf("%s is not a number as Italians write it, want 1.234,5", quote(s))
	}
	decimals := max(0, len(m[3])-1)
	step = math.Pow10(-decimals)
	if zeros := len(whole) - len(strings.TrimRight(whole, "0")); round && decimals == 0 && zeros < len(whole) {
		step = math.Pow10(zeros)
	}
	scale := map[string]float64{"": 1, "mila": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9}[m[4]]
	if m[1] == "-" || m[1] == "−" {
		n = -n
	}
	return n * scale, step * scale, ""
}

// numberWords by value.
func numberWords() []string {
	return []string{"zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci",
		"undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove", "venti"}
}

var inWords = regexp.MustCompile(`^(\pL+)(?: \pL+)? su (\pL+)$`)

// ratio reads "sei su dieci", "un sito su quattordici", "metà", "due terzi".
func ratio(s string) (num, den int, ok bool) {
	switch s {
	case "metà", "la metà", "mezza":
		return 1, 2, true
	case "un terzo":
		return 1, 3, true
	case "due terzi":
		return 2, 3, true
	case "un quarto":
		return 1, 4, true
	case "tre quarti":
		return 3, 4, true
	}
	m := inWords.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	num, den = wordValue(m[1]), wordValue(m[2])
	return num, den, num > 0 && den > num
}

func wordValue(s string) int {
	switch s {
	case "un", "una":
		return 1
	case "cento":
		return 100
	case "mille":
		return 1000
	}
	return slices.Index(numberWords(), s)
}

// agreesRatio checks a share in words: "sei su dieci" is the nearest tenth, "uno
// su quattordici" the nearest "uno su …".
func (v Value) agreesRatio(typed string, way manner, num, den int) *Refusal {
	if !v.Percent {
		return &Refusal{Text: fmt.Sprintf("%s is bound to %s, which is no share", quote(typed), quote(v.Text))}
	}
	x, n, d := v.N/100, float64(num), float64(den)
	ok := way.holds(x*d, n, 1)
	if num == 1 && (way == exactly || way == about) {
		ok = x > 0 && math.Abs(1/x-d) <= 0.5+hair
	}
	if !ok {
		return v.disagrees(typed)
	}
	return nil
}

// directions by the words that say them.
func directions() map[int][]string {
	return map[int][]string{
		1: {"cresce", "crescono", "cresciuto", "cresciuta", "cresciuti", "cresciute", "aumenta", "aumentano", "aumentato",
			"aumentata", "aumentati", "aumentate", "sale", "salgono", "salito", "salita", "saliti", "salite"},
		-1: {"cala", "calano", "calato", "calata", "calati", "calate", "diminuisce", "diminuiscono", "diminuito", "diminuita",
			"diminuiti", "diminuite", "scende", "scendono", "sceso", "scesa", "scesi", "scese"},
		0: {"stabile", "stabili", "non cambia", "non cambiano", "non è cambiato", "non è cambiata"},
	}
}

func direction(s string) (int, bool) {
	for d, words := range directions() {
		if slices.Contains(words, s) {
			return d, true
		}
	}
	return 0, false
}

func (v Value) agreesDirection(typed string, d int) *Refusal {
	found := 0
	if v.Low > 0 {
		found = 1
	} else if v.High < 0 {
		found = -1
	}
	switch {
	case !v.Interval:
		return &Refusal{Text: fmt.Sprintf("%s is bound to %s, which is no change with an interval", quote(typed), quote(v.Text)),
			Hint: "bind the word to the change between two dates"}
	case found == d:
		return nil
	case found == 0:
		return &Refusal{Text: fmt.Sprintf("the text says %s, but the change may be 0: %s", quote(typed), quote(v.Text)),
			Hint: `write "stabile", or say that the change is not certain`}
	}
	return v.disagrees(typed)
}

// refusal makes any error of a resolver a refusal with its place.
func refusal(err error) *Refusal {
	if r, ok := err.(*Refusal); ok {
		return r
	}
	return &Refusal{Text: err.Error()}
}

// check compares the bound text, if there is one, with the value.
func (r Ref) check(v Value) *fault {
	if r.Typed == "" {
		return nil
	}
	wrong := Agree(r.Typed, v)
	if wrong == nil {
		return nil
	}
	text := wrong.Text
	if strings.HasPrefix(text, "the ") {
		text += " (" + r.String() + ")"
	}
	return &fault{r.Pos, text, wrong.Hint}
}
