package survey

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/stat"
)

// Closed is the answers of an edition as they stood when it was published, by codes, so
// that they can be told from those of today. It is as secret as they are.
type Closed struct {
	Edition string         `json:"edizione"`
	Comuni  []ClosedComune `json:"comuni"`
	Items   []ClosedItem   `json:"voci"`
	Told    []Told         `json:"consensi"`
}

// ClosedComune is a Comune as it took part.
type ClosedComune struct {
	Code    string     `json:"codice"` // cadastral
	Invited bool       `json:"invitato,omitempty"`
	Form    Form       `json:"modulo,omitempty"`
	State   State      `json:"stato,omitempty"`
	Sent    atlas.Date `json:"invio,omitempty"`
	Merged  bool       `json:"fuso,omitempty"`
	Class   int        `json:"classe"`
}

// ClosedItem is the answers to one item, in the order of the Comuni.
type ClosedItem struct {
	Question string   `json:"domanda"`
	Row      string   `json:"riga,omitempty"`
	Options  []string `json:"opzioni"`
	Answers  []byte   `json:"risposte"` // of each Comune its kind and, in eight bytes, its options
	Numbers  []byte   `json:"numeri,omitempty"`
}

// Told is a Comune that let its answers to a question be shown.
type Told struct {
	Code     string `json:"codice"`
	Question string `json:"domanda"`
}

const (
	answerBytes = 9 // kind and options
	numberBytes = 8
)

// Close is the answers of an edition as they stand.
func (e *Edition) Close(a *atlas.Atlas) *Closed {
	c := &Closed{Edition: e.Book.Edition}
	for i, p := range e.Places {
		c.Comuni = append(c.Comuni, ClosedComune{a.Comuni[i].Cadastral, p.Invited, p.Form, p.State, p.Sent, p.Merged, p.Class})
	}
	for q := range e.Book.Questions {
		question := &e.Book.Questions[q]
		for row := range question.Items() {
			if e.Answers(q, row) == nil {
				continue
			}
			item := ClosedItem{Question: question.ID, Row: question.rowCode(row), Options: question.optionCodes()}
			for _, a := range e.Answers(q, row) {
				item.Answers = binary.LittleEndian.AppendUint64(append(item.Answers, byte(a.Kind)), uint64(a.Options))
			}
			for _, n := range e.Numbers(q, row) {
				item.Numbers = binary.LittleEndian.AppendUint64(item.Numbers, math.Float64bits(n))
			}
			c.Items = append(c.Items, item)
		}
		for i := range e.Places {
			if e.Known(q, i) {
				c.Told = append(c.Told, Told{a.Comuni[i].Cadastral, question.ID})
			}
		}
	}
	return c
}

func (q *Question) rowCode(row int) string {
	if len(q.Rows) == 0 {
		return ""
	}
	return q.Rows[row].Code
}

// Digest is the same for the same answers only.
func (c *Closed) Digest() string {
	h := sha256.New()
	fmt.Fprintln(h, c.Edition, c.Comuni, c.Told, len(c.Items))
	for _, i := range c.Items {
		fmt.Fprintf(h, "%q %q %q %d %d\n", i.Question, i.Row, i.Options, len(i.Answers), len(i.Numbers))
		h.Write(i.Answers)
		h.Write(i.Numbers)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ReadClosed reads what was written as JSON.
func ReadClosed(raw []byte) (*Closed, error) {
	c := new(Closed)
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(c); err != nil {
		return nil, err
	}
	for _, i := range c.Items {
		if len(i.Answers) != answerBytes*len(c.Comuni) || len(i.Numbers) > 0 && len(i.Numbers) != numberBytes*len(c.Comuni) {
			return nil, fmt.Errorf("question %q has not an answer for every Comune", i.Question)
		}
		for b := i.Answers; len(b) > 0; b = b[answerBytes:] {
			if set := binary.LittleEndian.Uint64(b[1:]); stat.Kind(b[0]) > stat.Failed || len(i.Options) < maxOptions && set>>len(i.Options) != 0 {
				return nil, fmt.Errorf("question %q has an answer that is none", i.Question)
			}
		}
	}
	return c, nil
}

// Since is how the answers of today differ from those that were published. It counts
// and holds no answer but those that Later names.
type Since struct {
	New, Gone int // Comuni that answered since, and that answer no more
	Refilled  int // that sent another form
	Corrected int // that say something else; not those whose questions are public by law
	Revoked   int // consents taken back
	// Later is what the corrected say today, where it differs.
	Later []Said
	// Granted are the consents given since.
	Granted []Grant
}

// Grant is a Comune that lets its answers to a question be shown.
type Grant struct{ Comune, Question int }

// Any reports whether anything differs.
func (s *Since) Any() bool {
	return s.New+s.Gone+s.Refilled+s.Corrected+s.Revoked+len(s.Granted) > 0
}

// As is the edition with the answers as they were published, and how those of today
// differ; e stays as it is. Answers that are public by law follow those of today, where
// they lead to nothing that is not. A consent that was taken back shows nothing any more,
// though what it showed is known: see [Public.Known].
//
// A question that was not published then has the answers of today, of those Comuni that
// answered then. One whose options are others has none that could stand: an error.
func (e *Edition) As(c *Closed, a *atlas.Atlas) (*Edition, Since, error) {
	var since Since
	out := *e
	out.answers, out.numbers = slices.Clone(e.answers), slices.Clone(e.numbers)
	at := out.replace(e, c, a, &since)
	items := map[[2]string]*ClosedItem{}
	for i := range c.Items {
		items[[2]string{c.Items[i].Question, c.Items[i].Row}] = &c.Items[i]
	}
	corrected := map[int]bool{}
	for q := range e.Book.Questions {
		question := &e.Book.Questions[q]
		for row := range question.Items() {
			if e.Answers(q, row) == nil {
				continue
			}
			item := items[[2]string{question.ID, question.rowCode(row)}]
			if item != nil && !slices.Equal(item.Options, question.optionCodes()) {
				return nil, since, fmt.Errorf("question %q was published with other options", question.ID)
			}
			out.reclose(e, q, row, item, at)
			if e.lawful(q) {
				continue
			}
			for i, now := range e.Answers(q, row) {
				if out.both(e, i) && now != out.Answers(q, row)[i] {
					corrected[i] = true
					since.Later = append(since.Later, Said{q, row, i, now})
				}
			}
		}
	}
	since.Corrected = len(corrected)
	out.retell(e, c, a, &since)
	return &out, since, nil
}

// replace gives out, which was e's, the Comuni as they took part then; at is their index
// today, by that in c, -1 of one that is no more, or is another.
func (out *Edition) replace(e *Edition, c *Closed, a *atlas.Atlas, since *Since) (at []int) {
	out.Places = slices.Clone(e.Places)
	had := make([]bool, len(e.Places))
	for _, was := range c.Comuni {
		i, successor, ok := a.ByCadastral(was.Code)
		if !ok || successor || e.Places[i].Merged != was.Merged {
			at = append(at, -1)
			continue
		}
		at, had[i] = append(at, i), true
		now := &e.Places[i]
		switch {
		case now.State == Completed && was.State != Completed:
			since.New++
		case now.State != Completed && was.State == Completed:
			since.Gone++
		case now.State == Completed && now.Form != was.Form:
			since.Refilled++
		}
		out.Places[i] = Participation{was.Invited, was.Form, was.State, was.Sent, was.Merged, was.Class}
	}
	for i := range out.Places {
		if p := &out.Places[i]; !had[i] && p.State == Completed && !p.Merged { // it is new in the list of Comuni
			since.New++
			p.State = NotOpened
		}
	}
	return at
}

// both reports whether a Comune sent the same form then, which is out's, and today.
func (out *Edition) both(e *Edition, comune int) bool {
	was, is := &out.Places[comune], &e.Places[comune]
	return was.State == Completed && is.State == Completed && was.Form == is.Form
}

// reclose gives an item of out, which was e's, the answers that were published; item is
// nil where none were.
func (out *Edition) reclose(e *Edition, q, row int, item *ClosedItem, at []int) {
	k := out.first[q] + row
	now, numbers := e.answers[k], e.numbers[k]
	out.answers[k] = slices.Clone(now)
	if numbers != nil {
		out.numbers[k] = slices.Clone(numbers)
	}
	set := func(i int, a Answer, n float64) {
		out.answers[k][i] = a
		if numbers != nil {
			out.numbers[k][i] = n
		}
	}
	for i := range now { // what follows from how far the Comune came
		p := &out.Places[i]
		switch {
		case p.Merged:
		case p.State == NotOpened:
			set(i, Answer{Kind: stat.NoRespondent}, 0)
		case p.State == Begun:
			set(i, Answer{Kind: stat.NotFinished}, 0)
		case !e.Book.Questions[q].On(p.Form):
			set(i, Answer{Kind: stat.NotAsked}, 0)
		case e.Places[i].State != Completed || e.Places[i].Form != p.Form:
			set(i, Answer{Kind: stat.Blank}, 0)
		}
	}
	if item == nil {
		return
	}
	for j, i := range at {
		if i < 0 || out.Places[i].Merged || out.Places[i].State != Completed {
			continue
		}
		if e.lawful(q) && out.both(e, i) {
			continue
		}
		b, n := item.Answers[answerBytes*j:], 0.0
		if len(item.Numbers) > 0 {
			n = math.Float64frombits(binary.LittleEndian.Uint64(item.Numbers[numberBytes*j:]))
		}
		set(i, Answer{stat.Kind(b[0]), Set(binary.LittleEndian.Uint64(b[1:]))}, n)
	}
}

// lawful reports whether everybody may know the answers to a question by law, and no
// other question's hang on them.
func (e *Public) lawful(question int) bool {
	public := func(q int) bool { return e.Book.Questions[q].Class == Register && !e.Demo() }
	if r := e.Book.Questions[question].Route; !public(question) || r.On && !e.lawful(r.Question) {
		return false
	}
	for q := range e.Book.Questions {
		if r := e.Book.Questions[q].Route; r.On && r.Question == question && !public(q) {
			return false
		}
	}
	return true
}

// retell gives out the consents that stand, and those that stood.
func (out *Edition) retell(e *Edition, c *Closed, a *atlas.Atlas, since *Since) {
	out.told, out.consented = map[consent]bool{}, map[consent]bool{}
	for _, t := range c.Told {
		i, successor, ok := a.ByCadastral(t.Code)
		q := e.Book.Find(t.Question)
		if !ok || successor || q < 0 {
			continue
		}
		x := consent{i, q}
		out.told[x] = true
		if e.Consents(q, i) {
			out.consented[x] = true
		} else {
			since.Revoked++
		}
	}
	for x := range e.consented {
		if e.Consents(x.question, x.comune) && !out.told[x] && out.Places[x.comune].State == Completed {
			since.Granted = append(since.Granted, Grant{x.comune, x.question})
		}
	}
	slices.SortFunc(since.Granted, func(x, y Grant) int {
		return cmp.Or(cmp.Compare(x.Comune, y.Comune), cmp.Compare(x.Question, y.Question))
	})
}

// Granting is the edition with more consents; e stays as it is.
func (e *Edition) Granting(more []Grant) *Edition {
	out := *e
	out.consented = map[consent]bool{}
	maps.Copy(out.consented, e.consented)
	for _, g := range more {
		out.consented[consent{g.Comune, g.Question}] = true
	}
	return &out
}

// Known reports whether everybody knows what a Comune answered to a question, because it
// lets that be shown, or let it once.
func (e *Public) Known(question, comune int) bool {
	return e.Consents(question, comune) || e.told[consent{comune, question}]
}
