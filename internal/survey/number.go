package survey

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// number reads a cell of a numeric question: a number within its range, or an
// option that stands beside the bins.
func (c *collector) number(in *spot, q *Question, l *labels) (entry, bool) {
	s, m := in.text, &q.Measure
	if i, ok := l.options.find(s); ok && i > len(m.Bins) {
		return entry{option: i}, true
	}
	if i, ok := l.codes[strings.ToLower(s)]; c.coded && ok && i > len(m.Bins) {
		return entry{option: i}, true
	}
	n, mark, ok := parseNumber(strings.TrimSpace(strings.TrimSuffix(unmasked(s), m.Unit)), c.decimal, m.Decimals)
	switch {
	case !ok && mark == unclear:
		c.noMatch(in, q, oneWay)
	case !ok:
		c.noMatch(in, q, "a number")
	case n < m.Least || n > m.Most:
		c.noMatch(in, q, "a number "+m.span())
	case tooFine(n, m.Decimals):
		c.noMatch(in, q, fmt.Sprintf("a number with %d decimals at most", m.Decimals))
	default:
		return entry{m.bin(n), n}, c.marked(in, mark)
	}
	return entry{}, false
}

const oneWay = "a number that can be read in one way only"

// span is the range of a measure in words.
func (m *Measure) span() string {
	if m.Most > maxNumber {
		return "from " + plain(m.Least)
	}
	return fmt.Sprintf("from %s to %s", plain(m.Least), plain(m.Most))
}

// maxNumber is the highest whole number up to which every one is a float64.
const maxNumber = 1 << 53

// tooFine reports whether a number has more decimals than d.
func tooFine(n float64, d int) bool {
	if n == math.Trunc(n) {
		return false
	}
	_, decimals, _ := strings.Cut(plain(n), ".")
	return len(decimals) > d
}

// What a number showed of how its file writes decimals.
const (
	noMark  = 0
	unclear = '?' // a point or comma that may divide thousands or decimals
)

var thousands = regexp.MustCompile(`^-?[0-9]{1,3}([.,][0-9]{3})+$`)

// parseNumber reads a number with a decimal comma or point; with a fixed mark
// the other one divides thousands. Where none is fixed, what can be both is
// neither. It gives the mark that the number had.
func parseNumber(s string, fixed rune, decimals int) (n float64, mark rune, ok bool) {
	const three = 3
	if n, ok := digits(s); ok {
		return n, noMark, true
	}
	last := strings.LastIndexAny(s, ".,")
	if strings.Trim(s, "-.,0123456789") != "" || strings.Contains(strings.TrimPrefix(s, "-"), "-") {
		return 0, noMark, false
	}
	whole, fraction := s, ""
	if last >= 0 {
		mark = rune(s[last])
		other := strings.ContainsAny(s[:last], ".,")
		switch both := strings.Contains(s, ".") && strings.Contains(s, ","); {
		case fixed != 0 && mark != fixed, fixed == 0 && other && !both:
			mark = noMark // all of them divide thousands
		case fixed == 0 && !other && decimals < three && thousands.MatchString(s) && !strings.HasPrefix(strings.TrimPrefix(s, "-"), "0"):
			return 0, unclear, false
		default:
			whole, fraction = s[:last], s[last+1:]
		}
	}
	if strings.ContainsAny(whole, ".,") {
		if mark != noMark && strings.ContainsRune(whole, mark) || !thousands.MatchString(whole) || strings.Contains(whole, ".") && strings.Contains(whole, ",") {
			return 0, noMark, false
		}
		whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	}
	if mark != noMark && fraction == "" {
		return 0, noMark, false
	}
	n, err := strconv.ParseFloat(whole+"."+fraction, 64)
	if whole == "" || whole == "-" || err != nil || n > maxNumber || n < -maxNumber {
		return 0, noMark, false
	}
	if fraction == "" {
		mark = noMark
	}
	const kept = 15 // digits that a spreadsheet keeps: what follows is noise
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', kept, 64), 64); err == nil {
		n = rounded
	}
	return n, mark, true
}

// digits reads a number without sign or mark, as most are.
func digits(s string) (n float64, ok bool) {
	const most = 15 // digits that a float64 holds whatever they are
	if s == "" || len(s) > most {
		return 0, false
	}
	whole := 0
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		whole = 10*whole + int(d)
	}
	return float64(whole), true
}

// decimals is how the numbers of the export are written, as far as it was seen.
type decimals struct {
	comma, point int // numbers with that decimal mark
	first        int // line of the first of either
}

// marked counts a number's decimal mark; a file that uses both is read wrongly
// somewhere.
func (c *collector) marked(in *spot, mark rune) bool {
	d, name, other := &c.decimals, "comma", "point"
	mine, theirs := &d.comma, &d.point
	switch {
	case mark == noMark || in.File != c.file: // corrections.csv may write as it likes
		return true
	case mark == '.':
		name, other, mine, theirs = other, name, theirs, mine
	}
	*mine++
	if d.first == 0 {
		d.first = in.row.Line()
	}
	if *theirs == 0 || *mine > 1 {
		return *theirs == 0 || c.decimal != 0
	}
	in.problem(fmt.Sprintf("this number has a decimal %s, others a decimal %s, the first on line %d", name, other, d.first),
		"say in "+c.files.settings+" which it is, decimali: virgola or decimali: punto, and correct the others")
	return false
}
