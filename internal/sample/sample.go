// Package sample writes the fictional edition: answers of Comuni that exist to
// questions that were never put to them, so that a site without real answers
// still shows what it will show.
//
// Nothing of it is true of any Comune. It is meant for aggregates only, and
// every file it writes carries the column "dimostrativo".
//
// How an answer comes about:
//
//   - Each Comune has a maturity: a bell-shaped draw, moved by its
//     ripartizione ([lean]). It also takes part or not: by size class, region
//     and, a little, maturity ([turnout]). Some of those that do not, began the
//     form and left it.
//   - Each question adds a draw of its own. Among the Comuni of a band (up to
//     5,000 residents, up to 20,000, over) that are asked, those with the
//     highest sum get the first option, the next the second, in the shares
//     that campione.csv wants; of a multiple choice each option is dealt with
//     so. Answers of one Comune therefore hang together, and the shares come
//     out as wanted, band by band.
//   - In a grid each row moves the ranking by its points. "Don't know" and
//     blanks are dealt by lot, blanks never to a question that routes another.
//   - A question that campione.csv does not name has its options in equal parts.
//
// All arithmetic is in whole numbers and every draw has its own stream of a
// PCG generator, so that the same codebook, atlas and seed give the same rows
// on any machine.
package sample

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/survey"
)

// Seed is the one that the committed files were made with.
const Seed = 20251006

// Config is what an edition is made from.
type Config struct {
	Book  *survey.Codebook
	Atlas *atlas.Atlas
	Model Model
	Seed  uint64
}

// full is the whole of which shares, ranks and chances are parts: permille.
const full = 1000

// Chances in permille of the whole.
const (
	begunChance = 90 // of those that do not answer, began the form: about 4 % of all
	blankChance = 15 // an answer left blank
)

// How much of an answer is maturity, the question and the row, of a grid only.
const (
	byMaturity = 6
	byQuestion = 8
	byRow      = 6
)

// place is a Comune as the generator sees it.
type place struct {
	band     int
	maturity int // thousandths of a standard deviation
	form     survey.Form
	state    survey.State
	sent     atlas.Date
	user     int
	reached  int // questions before the form was left
}

// maker holds what the steps share.
type maker struct {
	Config
	places  []place
	answers [][][]survey.Set // by question, row and Comune
}

// stream is a source of draws of its own, by purpose and number.
func (m *maker) stream(purpose, number int) draws {
	return draws{rand.NewPCG(m.Seed, uint64(purpose)<<32|uint64(number))}
}

// Purposes of streams.
const (
	forPlaces = iota + 1
	forUsers
	forQuestion
	forRow
)

// draws are whole numbers, the same on 32 and 64 bits.
type draws struct{ src *rand.PCG }

// below is a number from 0 to n-1.
func (d draws) below(n int) int { return int(d.src.Uint64() >> 32 * uint64(n) >> 32) }

// bell is bell-shaped around 0 with a standard deviation of 1000: twelve even
// draws have a variance of one twelfth each.
func (d draws) bell() (sum int) {
	const draws = 12
	for range draws {
		sum += d.below(full)
	}
	return sum - draws*full/2
}

// ask draws the answers to question q.
func (m *maker) ask(q int) {
	question := &m.Book.Questions[q]
	d := m.stream(forQuestion, question.Export)
	own, blank := make([]int, len(m.places)), make([]bool, len(m.places))
	for i := range m.places {
		own[i], blank[i] = d.bell(), d.below(full) < blankChance && !m.routes(q)
	}
	asked := m.asked(question)
	for row := range question.Items() {
		sets := make([]survey.Set, len(m.places))
		if question.Many() {
			m.tick(q, sets, asked, own)
		} else {
			m.choose(q, row, sets, asked, own)
		}
		for i := range sets {
			if blank[i] {
				sets[i] = 0
			}
		}
		m.answers[q] = append(m.answers[q], sets)
	}
}

// routes reports whether another question hangs on q.
func (m *maker) routes(q int) bool {
	return slices.ContainsFunc(m.Book.Questions, func(o survey.Question) bool { return o.Route.On && o.Route.Question == q })
}

// asked are the Comuni of each band that the question is put to.
func (m *maker) asked(q *survey.Question) (bands [3][]int) {
	for i, p := range m.places {
		if p.state == survey.NotOpened || !q.On(p.form) {
			continue
		}
		if q.Route.On && !m.answers[q.Route.Question][0][i].Meets(q.Route.Any) {
			continue
		}
		bands[p.band] = append(bands[p.band], i)
	}
	return bands
}

// ranked orders Comuni, highest score first; ties as they stand in the Atlas.
func ranked(comuni []int, score func(int) int) []int {
	out := slices.Clone(comuni)
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b)) })
	return out
}

// choose gives each Comune one option.
func (m *maker) choose(q, row int, sets []survey.Set, asked [3][]int, own []int) {
	question, quota := &m.Book.Questions[q], m.Model.quotas[q]
	d := m.stream(forRow, question.Export<<8|row)
	noise, lot := make([]int, len(m.places)), make([]int, len(m.places))
	for i := range noise {
		noise[i], lot[i] = d.bell(), d.below(full)
	}
	for band, comuni := range asked {
		order := ranked(comuni, func(i int) int {
			score := byMaturity*m.places[i].maturity + byQuestion*own[i]
			if len(question.Rows) > 0 {
				score += byRow * noise[i]
			}
			return score
		})
		for at, i := range order {
			rank := at * full / len(order)
			if len(question.Rows) > 0 {
				rank = moved(rank, quota.shift[row][band])
			}
			sets[i] = survey.Set(0).With(quota.option(rank, lot[i], band))
		}
	}
}

// moved is a rank moved towards the first by so many places: by all of them in
// the middle, by less towards the ends, so that no option is left without.
func moved(rank, by int) int {
	const peak = full * full / 4 // of rank times its complement
	return rank - by*(rank*(full-rank))/peak
}

// tick gives each Comune the options of a multiple choice.
func (m *maker) tick(q int, sets []survey.Set, asked [3][]int, own []int) {
	question, quota := &m.Book.Questions[q], m.Model.quotas[q]
	for o, option := range question.Options {
		if option.Exclusive || option.DontKnow {
			continue
		}
		d := m.stream(forRow, question.Export<<8|o)
		noise := make([]int, len(m.places))
		for i := range noise {
			noise[i] = d.bell()
		}
		for band, comuni := range asked {
			order := ranked(comuni, func(i int) int {
				return byMaturity*m.places[i].maturity + byQuestion*own[i]/2 + byRow*noise[i]
			})
			for at, i := range order {
				if at*full/len(order) < quota.share[o][band] {
					sets[i] = sets[i].With(o)
				}
			}
		}
	}
	for o, option := range question.Options {
		for _, comuni := range asked {
			for _, i := range comuni {
				if option.Exclusive && sets[i] == 0 {
					sets[i] = sets[i].With(o)
				}
			}
		}
	}
}
