package score

import (
	"math"

	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Answers is what a tree is scored on: an edition and the variables of sources.
type Answers struct {
	Edition   *survey.Edition
	Variables map[string][]stat.Value // by source/name, then by Comune
}

// NewAnswers takes the newest date of each variable.
func NewAnswers(e *survey.Edition, variables []stat.Variable) Answers {
	a := Answers{Edition: e, Variables: map[string][]stat.Value{}}
	newest := map[string]int{}
	for i, v := range variables {
		if at, seen := newest[v.ID]; !seen || variables[at].Date < v.Date {
			newest[v.ID], a.Variables[v.ID] = i, v.Values
		}
	}
	return a
}

// Line is how one row of a part was scored.
type Line struct {
	Row     int
	Kind    stat.Kind  // Known, or why the row has no points; NotRouted of one that does not count
	Options survey.Set // that were ticked
	Number  float64    // of a number or a variable
	Weight  float64    // 0 of a row that does not count
	Points  float64
	Max     float64
	Given   bool // points stand for a kind of "no value"
}

// reading is what a part reads, found once for all Comuni.
type reading struct {
	part    *Part
	answers [][]survey.Answer // by row; nil of a variable
	numbers [][]float64       // by row; nil where the answers are no numbers
	only    [][]survey.Answer
	values  []stat.Value // of a variable
}

func (a Answers) reading(p *Part) reading {
	r := reading{part: p}
	if p.Question < 0 {
		r.values = a.Variables[p.Variable]
		return r
	}
	for row := range p.Rows {
		r.answers = append(r.answers, a.Edition.Answers(p.Question, row))
		if a.Edition.Book.Questions[p.Question].Numeric() {
			r.numbers = append(r.numbers, a.Edition.Numbers(p.Question, row))
		}
		if p.Only != nil {
			r.only = append(r.only, a.Edition.Answers(p.Only.Question, row))
		}
	}
	return r
}

// line scores a row of a Comune.
func (r *reading) line(row, comune int) Line {
	p := r.part
	l := Line{Row: row, Weight: p.Rows[row].Weight, Max: p.Rows[row].Max}
	if p.Question < 0 {
		v := r.values[comune]
		l.Kind, l.Number, l.Points = v.Kind, v.N, v.N
		return l
	}
	answer := r.answers[row][comune]
	l.Kind, l.Options = answer.Kind, answer.Options
	if r.only != nil && answer.Kind != stat.NotAsked {
		switch of := r.only[row][comune]; {
		case of.Kind == stat.Known && !of.Options.Meets(p.Only.Any):
			return Line{Row: row, Kind: stat.NotRouted, Max: l.Max}
		case of.Kind != stat.Known:
			l.Kind = of.Kind
		}
	}
	if l.Kind != stat.Known {
		l.Points, l.Given = p.Kinds[l.Kind]
		return l
	}
	if r.numbers != nil {
		l.Number = r.numbers[row][comune]
	}
	l.Points = r.points(row, l.Options, l.Number)
	return l
}

// points are those of a row's answer.
func (r *reading) points(row int, options survey.Set, number float64) float64 {
	p := r.part
	points := p.Rows[row].Points
	switch {
	case p.Method == Mean, p.Method == Plain:
		return number
	case p.Method == AboveZero:
		if number > 0 {
			return 1
		}
		return 0
	case r.numbers != nil:
		return float64(points[0] * number)
	}
	sum, best := 0.0, 0.0
	for i, n := range points {
		if options.Has(i) {
			sum, best = sum+n, max(best, n)
		}
	}
	switch {
	case p.Best:
		return best
	case p.Method == Count:
		return min(sum, p.Full)
	}
	return sum
}

// adds reports whether the points of the rows are added up: rows of percentages
// share one whole. Elsewhere their mean is taken.
func (p *Part) adds() bool { return p.Method == Sum && len(p.Rows) > 1 }

// Result is what the lines of a part come to.
type Result struct {
	Value    stat.Value // 0..100, or why there is none
	Raw, Max float64    // points, and the most there could be
}

// score scores a Comune; keep, unless it is nil, takes each line.
func (r *reading) score(comune int, keep func(Line)) Result {
	p, why := r.part, stat.Unknown
	var raw, most, weight, have, haveMost, best float64
	for row := range p.Rows {
		l := r.line(row, comune)
		if keep != nil {
			keep(l)
		}
		weight += l.Weight
		most += float64(l.Weight * l.Max)
		best = max(best, l.Max)
		if l.Kind != stat.Known && !l.Given {
			if why == stat.Unknown || l.Weight > 0 && why == stat.NotRouted {
				why = l.Kind
			}
			continue
		}
		have += l.Weight
		raw += float64(l.Weight * l.Points)
		haveMost += float64(l.Weight * l.Max)
	}
	switch {
	case have == 0:
		return Result{Value: stat.Missing(why)}
	case p.adds():
		most = best
	case p.Present:
		raw, most = raw/have, haveMost/have
	default:
		raw, most = raw/weight, most/weight
	}
	return Result{stat.Of(p.Scale.score(raw, most)), raw, most}
}

// score puts points on the scale of 0 to 100.
func (s Scale) score(raw, most float64) float64 {
	out := Top * raw / most
	switch {
	case s.Kind == FixedRange:
		out = Top * (raw - s.From) / (s.To - s.From)
	case s.Kind == ToTarget && s.Less && raw <= s.Target:
		out = Top
	case s.Kind == ToTarget && s.Less:
		out = Top * s.Target / raw
	case s.Kind == ToTarget:
		out = Top * raw / s.Target
	}
	return min(max(out, 0), Top)
}

// exact is what a geometric mean is rounded by: machines differ in the last bits
// of a logarithm.
const exact = 1e9

// nearly is how far apart sums of weights may be that are meant to be equal.
const nearly = 1e-9

// member is a part of an area or an area of an index, as they are combined.
type member struct {
	weight float64
	value  stat.Value
}

// combine makes the value of a node of those of its members. Members that are
// not in scope are left out before; how is the aggregation, that of the node
// unless others are tried.
func (n *Node) combine(how Combine, members []member) stat.Value {
	var all, have, sum, logs, heaviest float64
	least, why, zero := math.Inf(1), stat.NotAsked, false
	for _, m := range members {
		all += m.weight
		if !m.value.OK() {
			if m.weight > heaviest {
				heaviest, why = m.weight, m.value.Kind
			}
			continue
		}
		if m.weight == 0 {
			continue
		}
		have += m.weight
		sum += float64(m.weight * m.value.N)
		least = min(least, m.value.N)
		if m.value.N == 0 {
			zero = true
		} else if how == Geometric {
			logs += float64(m.weight * math.Log(m.value.N))
		}
	}
	missing := all-have > nearly*all
	switch {
	case have == 0, missing && n.Missing == Drop, have < float64(n.Least*all)-nearly:
		return stat.Missing(why)
	case missing && n.Missing == Zero:
		have, least, zero = all, 0, true
	}
	switch how {
	case Geometric:
		if zero {
			return stat.Of(0)
		}
		return stat.Of(min(math.Round(math.Exp(logs/have)*exact)/exact, Top))
	case Minimum:
		return stat.Of(least)
	}
	return stat.Of(min(sum/have, Top))
}
