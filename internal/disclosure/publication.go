package disclosure

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/estimate"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Publication is what is kept of an edition that was published: the answers that it was
// made of and all that was printed of them. Whoever kept the site has the figures, so
// that they are no choice any more; and of other answers nothing may be printed that
// tells of the difference. It is as secret as the answers.
type Publication struct {
	Edition string    `json:"edizione"`
	Answers string    `json:"risposte"` // digest of the answers
	Areas   []string  `json:"aree"`     // digest of each: its level and who is in it
	Tables  []printed `json:"tavole"`
	Proof   *Kept     `json:"prova"`
	Renewed []renewed `json:"rinnovi"` // oldest first
	// Beside is what else was printed of the answers, by key: how they moved since the
	// edition before, and what indices were made of them.
	Beside map[string][]float64 `json:"accanto"`
	closed *survey.Closed
	rest   *json.Decoder // where closed is still to be read
}

// renewed is what was printed later with corrections: these, and the lines of Italy.
type renewed struct {
	Said  []corrected `json:"correzioni"`
	Lines []printed   `json:"italia"` // each with one line
}

// corrected is what a Comune says to an item since it corrected that.
type corrected struct {
	Code     string     `json:"codice"`
	Question string     `json:"domanda"`
	Row      int        `json:"riga"`
	Kind     stat.Kind  `json:"genere"`
	Options  survey.Set `json:"opzioni"`
}

// NewPublication is an edition as it is published for the first time, or again among
// other areas; before is what was kept of it, nil the first time.
func NewPublication(a *atlas.Atlas, in Input, p *Published, proof *Proof, before *Publication) *Publication {
	out := &Publication{Edition: in.Edition.Book.Edition, Areas: areaDigests(a, in.Frame), Proof: Keep(in, p, proof), closed: in.Edition.Close(a)}
	out.Answers = out.closed.Digest()
	for _, t := range p.Tables {
		x := printed{Question: in.Edition.Book.Questions[t.Question].ID, Row: t.Row}
		for area := range t.Lines {
			x.Columns = len(t.Lines[area].Options)
			x.Lines = append(x.Lines, encodeLine(&t.Lines[area]))
		}
		out.Tables = append(out.Tables, x)
	}
	if before != nil {
		out.Renewed = before.Renewed
		out.remember(before)
	}
	return out
}

// remember adds what was published before and is not any more.
func (pub *Publication) remember(before *Publication) {
	areas := len(pub.Areas)
	var gone []int
	for k, d := range before.Areas {
		if !slices.Contains(pub.Areas[:areas], d) {
			gone = append(gone, k)
			pub.Areas = append(pub.Areas, d)
		}
	}
	for i := range pub.Tables {
		pub.Tables[i].Lines = append(pub.Tables[i].Lines, make([][]int32, len(gone))...)
	}
	for _, was := range before.Tables {
		i := slices.IndexFunc(pub.Tables, func(x printed) bool { return x.Question == was.Question && x.Row == was.Row })
		if i < 0 {
			i = len(pub.Tables)
			pub.Tables = append(pub.Tables, printed{was.Question, was.Row, was.Columns, make([][]int32, len(pub.Areas))})
			for k, d := range before.Areas {
				pub.Tables[i].Lines[slices.Index(pub.Areas, d)] = was.Lines[k]
			}
			continue
		}
		for n, k := range gone {
			pub.Tables[i].Lines[areas+n] = was.Lines[k]
		}
	}
}

// Adds reports whether something was published that pub, of the same edition, does not
// hold.
func (pub *Publication) Adds(now *Publication) bool {
	return pub.Answers != now.Answers || !slices.Equal(pub.Areas, now.Areas) || !slices.EqualFunc(pub.Tables, now.Tables, func(x, y printed) bool {
		return x.Question == y.Question && x.Row == y.Row && x.Columns == y.Columns && slices.EqualFunc(x.Lines, y.Lines, slices.Equal)
	}) || !reflect.DeepEqual(pub.Renewed, now.Renewed) || !maps.EqualFunc(pub.Beside, now.Beside, slices.Equal)
}

// SameAreas reports whether there are the same areas, with the same Comuni.
func (pub *Publication) SameAreas(now *Publication) bool { return slices.Equal(pub.Areas, now.Areas) }

// Remember adds what else is printed of the answers, out of all that is, and what before
// was and is not any more.
func (pub *Publication) Remember(printed map[string][]float64, before *Publication) {
	pub.Beside = map[string][]float64{}
	if before != nil {
		maps.Copy(pub.Beside, before.Beside)
	}
	for key, numbers := range printed {
		if strings.HasPrefix(key, pub.Edition+"/") {
			pub.Beside[key] = numbers
		}
	}
}

// Holds reports whether what else was printed of the answers and still is reads the same.
// Among other areas, which have other keys, that is not said.
func (pub *Publication) Holds(now *Publication) bool {
	if !pub.SameAreas(now) {
		return true
	}
	for key, was := range pub.Beside {
		if !slices.Equal(was, now.Beside[key]) {
			return false
		}
	}
	return true
}

// Same reports whether the answers are those that were published.
func (pub *Publication) Same(a *atlas.Atlas, e *survey.Edition) bool {
	return e.Close(a).Digest() == pub.Answers
}

// As is an edition with the answers that were published, and how those of today differ.
func (pub *Publication) As(a *atlas.Atlas, e *survey.Edition) (*survey.Edition, survey.Since, error) {
	c, err := pub.Closed()
	if err != nil {
		return nil, survey.Since{}, err
	}
	return e.As(c, a)
}

// Witnesses are those of the kept proof for an edition whose places or questions may have
// other numbers by now.
func (pub *Publication) Witnesses(a *atlas.Atlas, in Input) *Proof {
	c, err := pub.Closed()
	if err != nil || pub.Proof == nil {
		return nil
	}
	out := new(Proof)
	for _, w := range pub.Proof.Witnesses {
		var changes []Change
		for _, x := range w {
			if x[0] >= uint64(len(pub.Tables)) || x[1] >= uint64(len(c.Comuni)) || x[2] > uint64(said) {
				return nil
			}
			t := &pub.Tables[x[0]]
			table := slices.IndexFunc(in.Tables, func(n estimate.Table) bool {
				return in.Edition.Book.Questions[n.Question].ID == t.Question && n.Row == t.Row
			})
			i, successor, ok := a.ByCadastral(c.Comuni[x[1]].Code)
			if table < 0 || !ok || successor {
				changes = nil
				break
			}
			changes = append(changes, Change{Comune: int32(i), Table: table, state: state(x[2]), To: survey.Set(x[3])})
		}
		if changes != nil {
			out.Witnesses = append(out.Witnesses, changes)
		}
	}
	return out
}

// Renew adds the lines of Italy that are printed now.
func (pub *Publication) Renew(a *atlas.Atlas, book *survey.Codebook, renewals []Renewal) {
	var r renewed
	for _, x := range renewals {
		for _, s := range x.Said {
			r.Said = append(r.Said, corrected{a.Comuni[s.Comune].Cadastral, book.Questions[s.Question].ID, s.Row, s.Answer.Kind, s.Answer.Options})
		}
		for _, i := range x.Tables {
			l := x.Lines[i]
			r.Lines = append(r.Lines, printed{pub.Tables[i].Question, pub.Tables[i].Row, len(l.Options), [][]int32{encodeLine(&l)}})
		}
	}
	if n := len(pub.Renewed); n == 0 && len(r.Lines) == 0 || n > 0 && reflect.DeepEqual(pub.Renewed[n-1], r) {
		return
	}
	pub.Renewed = append(slices.Clone(pub.Renewed), r)
}

// Versions are the lines of Italy that were printed since, oldest first.
func (pub *Publication) Versions(a *atlas.Atlas, in Input) (out []Version) {
	book := in.Edition.Book
	for _, r := range pub.Renewed {
		v := Version{Lines: map[int]Line{}}
		for _, c := range r.Said {
			i, successor, ok := a.ByCadastral(c.Code)
			q := book.Find(c.Question)
			if ok && !successor && q >= 0 && c.Row >= 0 && c.Row < book.Questions[q].Items() {
				v.Said = append(v.Said, survey.Said{Question: q, Row: c.Row, Comune: i, Answer: survey.Answer{Kind: c.Kind, Options: c.Options}})
			}
		}
		for _, t := range r.Lines {
			for i := range in.Tables {
				if x := &in.Tables[i]; book.Questions[x.Question].ID == t.Question && x.Row == t.Row && len(book.Questions[x.Question].Options) == t.Columns && len(t.Lines) == 1 {
					v.Lines[i] = *decodeLine(t.Lines[0], t.Columns)
				}
			}
		}
		out = append(out, v)
	}
	return out
}

// Write writes it as JSON: the answers, which are rarely wanted again, apart and last.
func (pub *Publication) Write(w io.Writer) error {
	closed, err := pub.Closed()
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	if err := e.Encode(pub); err != nil {
		return err
	}
	return e.Encode(closed)
}

// ReadPublication reads what [Publication.Write] wrote, but for the answers.
func ReadPublication(r io.Reader) (*Publication, error) {
	pub := new(Publication)
	pub.rest = json.NewDecoder(r)
	if err := pub.rest.Decode(pub); err != nil {
		return nil, fmt.Errorf("it does not say what was published: %w", err)
	}
	for _, t := range pub.Tables {
		if len(t.Lines) != len(pub.Areas) {
			return nil, fmt.Errorf("it does not say what was published of question %q", t.Question)
		}
	}
	return pub, nil
}

// Closed is the answers that were published.
func (pub *Publication) Closed() (*survey.Closed, error) {
	if pub.closed != nil {
		return pub.closed, nil
	}
	var raw json.RawMessage
	if err := pub.rest.Decode(&raw); err != nil {
		return nil, fmt.Errorf("it does not hold the answers that were published: %w", err)
	}
	c, err := survey.ReadClosed(raw)
	if err != nil {
		return nil, fmt.Errorf("it does not hold the answers that were published: %w", err)
	}
	if c.Digest() != pub.Answers {
		return nil, fmt.Errorf("the answers that it holds are not those that were published")
	}
	pub.closed = c
	return c, nil
}

// Freeze holds an edition to what was published of it: in the areas that are the same,
// every figure stays as it was. It returns how many areas that were published are not
// there any more.
func (pub *Publication) Freeze(a *atlas.Atlas, in *Input) (gone int) {
	now := map[string]int{}
	for i, d := range areaDigests(a, in.Frame) {
		now[d] = i
	}
	at := make([]int, len(pub.Areas))
	for k, d := range pub.Areas {
		i, ok := now[d]
		if at[k] = i; !ok {
			at[k] = -1
			gone++
		}
	}
	in.Frozen = make([][]*Line, len(in.Tables))
	for i := range in.Tables {
		t := pub.table(in, i)
		if t == nil {
			continue
		}
		in.Frozen[i] = make([]*Line, len(in.Frame.Areas))
		for k, area := range at {
			if area >= 0 && len(t.Lines[k]) > 0 {
				in.Frozen[i][area] = decodeLine(t.Lines[k], t.Columns)
			}
		}
	}
	return gone
}

// table is a table as it was printed; nil where it was not, or is public by law.
func (pub *Publication) table(in *Input, i int) *printed {
	t := &in.Tables[i]
	book := in.Edition.Book
	q := &book.Questions[t.Question]
	k := slices.IndexFunc(pub.Tables, func(x printed) bool { return x.Question == q.ID && x.Row == t.Row })
	if k < 0 || Public(book, q) || pub.Tables[k].Columns != len(q.Options) {
		return nil
	}
	return &pub.Tables[k]
}

// AuditFrozen finds what an edition would print otherwise than it was published: another
// number, one that was withheld, or none where there was one.
func AuditFrozen(p *Published, in Input) (out []Leak) {
	for i := range in.Frozen {
		for area, was := range in.Frozen[i] {
			if was == nil {
				continue
			}
			t := &p.Tables[i]
			if now := encodeLine(&t.Lines[area]); !slices.Equal(now, encodeLine(was)) {
				out = append(out, Leak{t.Question, t.Row, area, 0, "it was published with other figures, which whoever kept them can subtract"})
			}
		}
	}
	return out
}
