package disclosure

import (
	"math/bits"
	"slices"

	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// state is how far a respondent came with an item.
type state uint8

const (
	away  state = iota // sent no form, or one without the item: it cannot be otherwise
	blank              // left it blank
	past               // was not led to it
	said               // is in the base
)

// reply is what a respondent said to an item.
type reply struct {
	set   survey.Set
	state state
}

func replyOf(a survey.Answer) reply {
	switch a.Kind {
	case stat.Known, stat.DontKnow:
		return reply{a.Options, said}
	case stat.Blank:
		return reply{0, blank}
	case stat.NotRouted:
		return reply{0, past}
	}
	return reply{}
}

// reason is why a cell is withheld.
type reason uint8

// The reasons, in the order of the report.
const (
	open        reason = iota // it is shown
	unpublished               // its table is not published of that area
	few                       // fewer than the threshold gave the answer
	allBut                    // fewer than the threshold did not
	rounds                    // it would print as 0 or as 100
	ofBase                    // its base is withheld
	cover                     // so that others stay withheld
)

func (r reason) hidden() bool { return r != open }

// sheet is a table with all that the search needs of it. Its columns are the
// options, the headline where there is one, and the base, which is a figure like
// the others: so many of those that sent the form.
type sheet struct {
	*ground
	table    *estimate.Table
	index    int // in the edition's tables
	q        *survey.Question
	policy   Policy
	columns  int
	public   bool // the answers are public by law
	routed   bool // the base says how many gave an answer that is a secret
	lead     *sheet
	led      []*sheet          // the items that answers lead to
	frequent [][]reply         // of the first row: what is said to all rows, most frequent first
	sayers   map[reply]*sayers // made when first asked for
	thens    map[reply][]after // by reply: what those that gave it said to the items that they are led to, most frequent first
	sorted   []reply           // all replies but of those away, most frequent first; nil: not yet made
	rows     []*sheet          // of a ranking or of percentages, all rows of the question

	replies  []reply
	now      []reply   // with the answers of the witness that is being looked at
	free     []bool    // by Comune: what it said is not known to everybody
	num      []int32   // by area and column
	people   []int64   // residents, by area and column
	heavy    []float64 // see largest; nil: not yet computed
	secret   []int32   // num without the Comuni whose answer is known to everybody
	why      []reason
	lacks    []layer  // of shown cells: what is withheld of them
	fixed    []bool   // by area: printed in an earlier build, cannot be withheld
	complete []figure // the truth with all figures that the area has
	printed  []figure // of these, what is printed
	gives    []extras // by area: which figures beside the share it has

	grid   *estimate.Grid
	counts estimate.Counts
	sample []int            // of counts, as it truly is
	design *estimate.Design // of the true sample
	other  *estimate.Design // of another one, nil: the true one

	truth     []int32 // num of the true answers
	asked     []int32 // by area: respondents with the item on their form
	askedFree []int32 // by area: of these, whose answer is not known
	bounds    []bounds
	mark      []bool  // scratch of search.touch
	flips     []uint8 // of flipsAt
}

// extras are the figures that an area has beside shares.
type extras struct{ estimate, residents bool }

func (s *sheet) base() int     { return s.columns - 1 }
func (s *sheet) headline() int { return len(s.q.Options) }

func (s *sheet) at(area, col int) int { return area*s.columns + col }

// counts reports whether a reply is counted in a column.
func (s *sheet) has(r reply, col int) bool {
	switch {
	case r.state != said:
		return false
	case col == s.base():
		return true
	case col < len(s.q.Options):
		return r.set.Has(col)
	}
	return r.set.Meets(s.q.Headline.Any)
}

func newSheet(g *ground, in *Input, index int, policy Policy) *sheet {
	t := &in.Tables[index]
	book := in.Edition.Book
	q := &book.Questions[t.Question]
	s := &sheet{ground: g, table: t, index: index, q: q, policy: policy, columns: len(t.Num) + 1, public: Public(book, q)}
	answers := in.Edition.Answers(t.Question, t.Row)
	s.replies, s.free = make([]reply, len(answers)), make([]bool, len(answers))
	for i := range answers {
		if in.Edition.Places[i].State == survey.Completed {
			s.replies[i] = replyOf(answers[i])
		}
		s.free[i] = s.replies[i].state != away && !s.public && !in.known(t.Question, i)
	}
	cells := g.areas * s.columns
	s.num, s.secret = make([]int32, cells), make([]int32, cells)
	s.complete = make([]figure, cells)
	s.why, s.printed, s.gives = make([]reason, cells), make([]figure, cells), make([]extras, g.areas)
	s.lacks = make([]layer, cells)
	s.flips = make([]uint8, cells)
	s.bounds, s.mark, s.askedFree = make([]bounds, cells), make([]bool, cells), make([]int32, g.areas)
	s.asked = make([]int32, g.areas)
	for i, r := range s.replies {
		s.count(i, r)
	}
	s.truth = slices.Clone(s.num)
	s.now = slices.Clone(s.replies)
	s.grid, s.counts = in.Grid, in.Grid.Count(in.Edition, t.Question, t.Row)
	s.sample = slices.Clone(s.counts.Sample)
	s.design = estimate.NewDesign(s.grid, s.counts.Universe, s.sample)
	return s
}

func (s *sheet) count(comune int, r reply) {
	if r.state == away {
		return
	}
	for _, area := range s.of[comune] {
		s.asked[area]++
		if s.free[comune] {
			s.askedFree[area]++
		}
	}
	if r.state != said {
		return
	}
	s.counted(comune, s.base())
	for set := uint64(r.set); set != 0; set &= set - 1 {
		s.counted(comune, bits.TrailingZeros64(set))
	}
	if r.set.Meets(s.q.Headline.Any) {
		s.counted(comune, s.headline())
	}
}

// counted counts a respondent into a column.
func (s *sheet) counted(comune, col int) {
	for _, area := range s.of[comune] {
		s.num[s.at(int(area), col)]++
	}
	if s.free[comune] {
		for _, area := range s.of[comune] {
			s.secret[s.at(int(area), col)]++
		}
	}
}

// empty areas have no respondent: everything there is known to be 0.
func (s *sheet) empty(area int) bool {
	if area < s.published {
		return s.table.Universe[area].Respondents == 0
	}
	return s.num[s.at(area, s.base())] == 0
}

// least is the threshold of a column: that of the question, and for the base of
// a routed one the threshold of the answers that it counts, if that is higher.
func (s *sheet) least(col int) int32 {
	if s.q.Reserved || col == s.base() && s.lead != nil && s.lead.q.Reserved {
		return int32(s.policy.LeastReserved)
	}
	return int32(s.policy.Least)
}

// primary withholds what is unsafe by itself.
func (s *sheet) primary() {
	for area := range s.areas {
		switch {
		case s.empty(area):
			continue
		case s.why[s.at(area, s.base())] == unpublished:
			continue
		}
		if why := s.unsafeBase(area); why != open {
			s.hide(area, s.base(), why)
			continue
		}
		for col := range s.base() {
			if why := s.unsafe(area, col); why != open {
				s.hide(area, col, why)
			}
		}
	}
}

// unsafe is why a share may not be shown. Respondents whose answer everybody
// knows hide nobody, and do not count towards the threshold.
func (s *sheet) unsafe(area, col int) reason {
	if s.public {
		return open
	}
	at, base := s.at(area, col), s.at(area, s.base())
	n, of := int(s.num[at]), int(s.num[base])
	const all = 100
	switch printed := percent(n, of, s.policy.decimals(of)); {
	case s.secret[at] < s.least(col):
		return few
	case s.secret[base]-s.secret[at] < s.least(col):
		return allBut
	case printed == 0 || printed == all:
		return rounds
	}
	return open
}

// unsafeBase is why a base may not be shown. One that only leaves out blanks
// tells of single Comuni where so few answered that one could say who did not;
// that everybody answered is no secret.
func (s *sheet) unsafeBase(area int) reason {
	n, of := s.num[s.at(area, s.base())], int32(s.respondents(area))
	least := s.least(s.base())
	switch {
	case n < least && (s.routed || n < of):
		return few
	case s.routed && of-n < least:
		return allBut
	}
	return open
}

// respondents that had the item on their form.
func (s *sheet) respondents(area int) int {
	if area < s.published {
		return s.table.Universe[area].Respondents
	}
	return int(s.asked[area])
}

// hide withholds a cell; without its base nothing of an area is shown.
func (s *sheet) hide(area, col int, why reason) {
	if at := s.at(area, col); s.why[at] == open {
		s.why[at] = why
	}
	if col == s.base() {
		for k := range s.base() {
			if at := s.at(area, k); s.why[at] == open && why == cover {
				s.why[at] = cover
			} else if s.why[at] == open {
				s.why[at] = ofBase
			}
		}
	}
}
