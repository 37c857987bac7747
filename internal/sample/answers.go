package sample

import (
	"cmp"
	"math"
	"slices"

	"mappa/internal/survey"
)

// ask draws the answers to question q.
func (m *maker) ask(q int) {
	question := &m.Book.Questions[q]
	own, lot := m.lasting("question", question.ID), m.stream("blank", question.ID, m.Book.Edition)
	asked := m.asked(question)
	for range question.Items() {
		m.answers[q] = append(m.answers[q], make([]reply, len(m.places)))
	}
	switch question.Shape {
	case survey.Text:
	case survey.Percentages:
		m.divide(q, asked, own)
	case survey.Ranking:
		m.order(q, asked)
	default:
		for row := range question.Items() {
			if question.Many() {
				m.tick(q, row, asked, own)
			} else {
				m.choose(q, row, asked, own)
			}
		}
	}
	for i := range m.places {
		if blank := lot.below(full) < blankChance && !m.routes(q); blank {
			for row := range m.answers[q] {
				m.answers[q][row][i] = reply{}
			}
		}
	}
}

// rowDraws are the draws of a row; of a question without rows there are none.
func (m *maker) rowDraws(q *survey.Question, row int) []int {
	if len(q.Rows) == 0 {
		return make([]int, len(m.places))
	}
	return m.lasting("row", q.Rows[row].Code)
}

// choose gives each place one option, and a number within it where options are
// bins.
func (m *maker) choose(q, row int, asked [3][]int, own []int) {
	question, quota, into := &m.Book.Questions[q], m.Model.quotas[q].of(row), m.answers[q][row]
	noise, lot := m.rowDraws(question, row), m.stream("lot", question.ID, rowCode(question, row), m.Book.Edition)
	lots := make([]int, len(m.places))
	for i := range lots {
		lots[i] = lot.below(full)
	}
	for band, places := range asked {
		order := ranked(places, func(i int) int { return byMaturity*m.places[i].maturity + byQuestion*own[i] + byRow*noise[i] })
		for at, i := range order {
			rank := moved(at*full/len(order), quota.shiftOf(row, band))
			o := quota.option(rank, lots[i], band)
			into[i] = reply{options: survey.Set(0).With(o)}
			if question.Numeric() && o <= len(question.Measure.Bins) {
				into[i].number = within(question, o, lot.below(full))
			}
		}
	}
}

// tens is ten to the power of d.
func tens(d int) int {
	n := 1
	for range d {
		n *= 10
	}
	return n
}

// within is a number of a bin, the lot saying how far from its lower end.
func within(q *survey.Question, bin, lot int) int {
	m, scale := &q.Measure, tens(q.Measure.Decimals)
	exact := func(f float64) int { return int(math.Round(f * float64(scale))) }
	lo := exact(m.Least)
	if bin > 0 {
		lo = exact(m.Bins[bin-1]) + 1
	}
	const wide = 3 // the last bin without a bound reaches to so many times its lower end
	hi := wide * lo
	if bin < len(m.Bins) {
		hi = exact(m.Bins[bin])
	} else if !math.IsInf(m.Most, 1) {
		hi = min(hi, exact(m.Most))
	}
	return lo + lot*(max(hi, lo)-lo+1)/full
}

// moved is a rank moved towards the first by so many places: by all of them in
// the middle, by less towards the ends, so that no option is left without.
func moved(rank, by int) int {
	const peak = full * full / 4 // of rank times its complement
	return rank - by*(rank*(full-rank))/peak
}

// tick gives each place the options of a multiple choice.
func (m *maker) tick(q, row int, asked [3][]int, own []int) {
	question, quota, into := &m.Book.Questions[q], m.Model.quotas[q].of(row), m.answers[q][row]
	noise := m.rowDraws(question, row)
	for o, option := range question.Options {
		if option.Exclusive || option.DontKnow {
			continue
		}
		each := m.lasting("option", question.ID, rowCode(question, row), option.Code)
		for band, places := range asked {
			want := quota.share[o][band]
			sign := 1
			if want < 0 { // dealt from the other end
				sign, want = -1, -want
			}
			order := ranked(places, func(i int) int {
				return sign*(byMaturity*m.places[i].maturity+byQuestion*own[i]/2+byRow*noise[i]/2) + byRow*each[i]
			})
			for at, i := range order {
				if rank := moved(at*full/len(order), sign*quota.shiftOf(row, band)); rank < want {
					into[i].options = into[i].options.With(o)
				}
			}
		}
	}
	leastOne(question, quota, into, asked)
}

// leastOne gives those that ticked nothing the option that says so or, where
// there is none, the one that is wanted most.
func leastOne(question *survey.Question, quota *quota, into []reply, asked [3][]int) {
	for band, places := range asked {
		last := slices.IndexFunc(question.Options, func(o survey.Option) bool { return o.Exclusive })
		if last < 0 {
			last = 0
			for o := range question.Options {
				if quota.share[o][band] > quota.share[last][band] {
					last = o
				}
			}
		}
		for _, i := range places {
			if into[i].options == 0 {
				into[i].options = survey.Set(0).With(last)
			}
		}
	}
}

// divide gives each place parts of a whole, in the bins where they fall.
func (m *maker) divide(q int, asked [3][]int, own []int) {
	question, quota := &m.Book.Questions[q], m.Model.quotas[q]
	lot := m.stream("round", question.ID, m.Book.Edition)
	round := make([]int, len(m.places))
	for i := range round {
		round[i] = lot.below(full)
	}
	var noise [][]int
	for row := range question.Rows {
		noise = append(noise, m.lasting("row", question.ID, question.Rows[row].Code))
	}
	whole := int(math.Round(question.Measure.Sum)) * tens(question.Measure.Decimals)
	for band, places := range asked {
		for _, i := range places {
			weights := make([]int, len(question.Rows))
			for row := range weights {
				z := byRow * noise[row][i] // the first row grows with maturity, the last shrinks
				last := len(weights) - 1
				z += (byMaturity*m.places[i].maturity + byQuestion*own[i]) * (last - 2*row) / max(1, last)
				const spread = 15 // of the draws' scale, so that a part varies by about its half
				weights[row] = quota.shift[row][band] * max(0, full+z/spread)
			}
			const exact = 250 // of a thousand say it to the unit, the others in twentieths
			step := whole / 20
			if round[i] < exact || step == 0 {
				step = 1
			}
			for row, n := range apportion(whole/step, weights) {
				number := n * step
				m.answers[q][row][i] = reply{survey.Set(0).With(binOf(question, number)), number}
			}
		}
	}
}

// apportion divides a whole by weights, the largest remainders first.
func apportion(whole int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	out, rest, order := make([]int, len(weights)), whole, make([]int, len(weights))
	if sum == 0 {
		out[0] = whole
		return out
	}
	for i, w := range weights {
		out[i], order[i] = whole*w/sum, i
		rest -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(whole*weights[b]%sum, whole*weights[a]%sum) })
	for _, i := range order[:rest] {
		out[i]++
	}
	return out
}

// binOf is the bin of a number in 10^-decimals.
func binOf(q *survey.Question, number int) int {
	for b, edge := range q.Measure.Bins {
		if number <= int(math.Round(edge*float64(tens(q.Measure.Decimals)))) {
			return b
		}
	}
	return len(q.Measure.Bins)
}

// order gives each place its ranking: an option stands the higher the larger its
// part, moved by a draw.
func (m *maker) order(q int, asked [3][]int) {
	question, quota := &m.Book.Questions[q], m.Model.quotas[q]
	var noise [][]int
	for _, o := range question.Options {
		noise = append(noise, m.lasting("option", question.ID, o.Code))
	}
	options := make([]int, len(question.Options))
	for o := range options {
		options[o] = o
	}
	for band, places := range asked {
		for _, i := range places {
			const spread = 4 // a standard deviation of the draw is a quarter of the whole
			best := ranked(options, func(o int) int { return quota.share[o][band] + noise[o][i]/spread })
			for item := range question.Items() {
				m.answers[q][item][i] = reply{options: survey.Set(0).With(best[item])}
			}
		}
	}
}

// rowCode is the code of a row, "" for a question without rows.
func rowCode(q *survey.Question, row int) string {
	if len(q.Rows) == 0 {
		return ""
	}
	return q.Rows[row].Code
}
