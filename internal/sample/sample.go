// Package sample writes fictional editions: answers of Comuni that exist to
// questions that were never put to them, so that a site without real answers
// still shows what it will show.
//
// Nothing of it is true of any Comune. It is meant for aggregates only, and
// every file it writes carries the column "dimostrativo". Nobody consents to
// anything in it.
//
// # Who answers
//
// campione-rispondenti.csv says which part of each size class takes part and by
// how much a region lies above or below; a mature Comune takes part a little
// more. Some of those that do not, began the form and left it. The class is
// that of the time: residents of the last count move on by a few permille a
// year, so that near its edge a Comune changes its class, and at 5,000 its
// form, from one edition to the next. A Comune that merged since was invited
// under its own name; what it went into, only if it was there already.
//
// # What they answer
//
//   - Each Comune has a maturity: a bell-shaped draw, moved by its
//     ripartizione ([lean]). Each question adds a draw of its own, each row one
//     that questions with the same row share.
//   - Among the Comuni of a band (up to 5,000 residents, up to 20,000, over)
//     that are asked, those with the highest sum get the first option of
//     campione.csv, the next the second, in the shares that it wants; of a
//     multiple choice each option is dealt with so. Answers of one Comune
//     therefore hang together, and the shares come out as wanted, band by band.
//   - A row moves the ranking by its points. "Don't know" and blanks are dealt
//     by lot, blanks never to a question that routes another.
//   - A number lies anywhere in the bin that was dealt. Percentages are the
//     wanted parts, the first row's larger the more mature the Comune, and add
//     up. In a ranking an option stands the higher the larger its part.
//   - A question that campione.csv does not name has its options in equal parts.
//
// # From edition to edition
//
// A draw is made of one that all editions share and one of the edition's own
// ([maker.lasting]): who was mature stays so, as a rule, and who took part is
// likely to do so again.
//
// All arithmetic is in whole numbers and every draw has its own stream of a
// PCG generator, by the ids of what it is for, so that the same codebook, atlas
// and seed give the same rows on any machine, and a new question moves no other.
package sample

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

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

// How much of an answer is maturity, the question and the row.
const (
	byMaturity = 6
	byQuestion = 8
	byRow      = 6
)

// Parts of a draw that last and that are the edition's own. Their squares add up
// to that of full, so that the sum is as wide as each.
const (
	lasts   = 900
	changes = 436
)

// place is a Comune as the generator sees it.
type place struct {
	code, name string
	residents  int // at the time
	class      string
	rip        string
	region     string
	absent     bool // not yet a Comune
	band       int
	maturity   int // thousandths of a standard deviation
	form       survey.Form
	state      survey.State
	sent       atlas.Date
	user       int
	reached    int // questions before the form was left
}

// maker holds what the steps share.
type maker struct {
	Config
	places  []place     // the Comuni of the Atlas in its order, then those that ended since
	answers [][][]reply // by question, item and place
}

// reply is an answer to an item: options, or a number in 10^-decimals.
type reply struct {
	options survey.Set
	number  int
}

// stream is a source of draws of its own, by what it is for.
func (m *maker) stream(of ...string) draws {
	h := fnv.New64a()
	h.Write([]byte(strings.Join(of, "/")))
	return draws{rand.NewPCG(m.Seed, h.Sum64())}
}

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

// lasting is a bell-shaped draw for every place that is much the same in every
// edition.
func (m *maker) lasting(of ...string) []int {
	all, own := m.stream(of...), m.stream(append(of, m.Book.Edition)...)
	out := make([]int, len(m.places))
	for i := range out {
		out[i] = (lasts*all.bell() + changes*own.bell()) / full
	}
	return out
}

// routes reports whether another question hangs on q.
func (m *maker) routes(q int) bool {
	return slices.ContainsFunc(m.Book.Questions, func(o survey.Question) bool { return o.Route.On && o.Route.Question == q })
}

// asked are the places of each band that the question is put to.
func (m *maker) asked(q *survey.Question) (bands [3][]int) {
	for i, p := range m.places {
		if p.state == survey.NotOpened || !q.On(p.form) {
			continue
		}
		if q.Route.On && !m.answers[q.Route.Question][0][i].options.Meets(q.Route.Any) {
			continue
		}
		bands[p.band] = append(bands[p.band], i)
	}
	return bands
}

// ranked orders places, highest score first; ties as they stand in the Atlas.
func ranked(places []int, score func(int) int) []int {
	out := slices.Clone(places)
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b)) })
	return out
}
