package disclosure

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"

	"mappa/internal/estimate"
	"mappa/internal/survey"
)

// Kept is a proof as it is kept beside the answers, so that the next build of the same
// answers need not search again. It says which cells are withheld to cover others and
// holds the witnesses; everything else is counted anew. It is as secret as the answers.
//
// Nothing of it is taken on trust: it is used for the very answers that it was made
// of, and what comes out is held against them by [Audit] as after a search.
type Kept struct {
	Of        string        `json:"di"`        // digest of the answers, the areas and the policy
	Cuts      []int         `json:"tagli"`     // by group of tables
	Covers    [][3]int      `json:"coperture"` // table, area, column
	Lacks     [][4]int      `json:"senza"`     // table, area, column, layers
	Witnesses [][][4]uint64 `json:"testimoni"` // of changes: table, Comune, state, options
}

// searched names the search; whoever changes what it finds counts it up.
const searched = 1

// Keep is a proof as it can be kept.
func Keep(in Input, p *Published, proof *Proof) *Kept {
	k := &Kept{Of: digest(&in, p.Policy), Cuts: proof.cuts}
	for _, w := range proof.Withheld {
		if w.why == cover {
			k.Covers = append(k.Covers, [3]int{w.Table, w.Area, w.Column})
		}
	}
	for i, t := range p.Tables {
		for area := range t.Lines {
			l := &t.Lines[area]
			for col := range in.Tables[i].Num {
				c, lacks := l.cell(col), shares
				if !c.Value.OK() {
					continue
				}
				if c.Estimate.Kind == withheldKind {
					lacks |= estimates
				}
				if c.Residents.Kind == withheldKind {
					lacks |= ofResidents
				}
				if lacks != shares {
					k.Lacks = append(k.Lacks, [4]int{i, area, col, int(lacks)})
				}
			}
		}
	}
	for _, w := range proof.Witnesses {
		var out [][4]uint64
		for _, c := range w {
			out = append(out, [4]uint64{uint64(c.Table), uint64(c.Comune), uint64(c.state), uint64(c.To)})
		}
		k.Witnesses = append(k.Witnesses, out)
	}
	return k
}

// Write writes it as JSON.
func (k *Kept) Write(w io.Writer) error { return json.NewEncoder(w).Encode(k) }

// ReadKept reads what [Kept.Write] wrote.
func ReadKept(r io.Reader) (*Kept, error) {
	k := new(Kept)
	if err := json.NewDecoder(r).Decode(k); err != nil {
		return nil, fmt.Errorf("this is no proof that was kept: %w", err)
	}
	return k, nil
}

// Protect makes of an edition what the kept proof says may be shown: the same as
// [Protect] found. ok is false where it was made of something else.
func (k *Kept) Protect(in Input, policy Policy) (p *Published, proof *Proof, ok bool) {
	if k.Of != digest(&in, policy) {
		return nil, nil, false
	}
	groups := groups(&in)
	if len(groups) != len(k.Cuts) {
		return nil, nil, false
	}
	g := newGround(in.Frame, sent(in.Edition), policy.LeastArea)
	families := make([]*family, len(groups))
	each(len(groups), func(i int) { families[i] = newFamily(g, &in, groups[i], policy, k.Cuts[i]) })
	sheets := make([]*sheet, len(in.Tables))
	for _, f := range families {
		for _, s := range f.sheets {
			sheets[s.index] = s
		}
	}
	at := func(table, area, column int) (*sheet, int, bool) {
		if table < 0 || table >= len(sheets) || area < 0 || area >= len(in.Frame.Areas) || column < 0 || column >= sheets[table].columns {
			return nil, 0, false
		}
		return sheets[table], sheets[table].at(area, column), true
	}
	for _, c := range k.Covers {
		s, cell, ok := at(c[0], c[1], c[2])
		if !ok {
			return nil, nil, false
		}
		s.why[cell] = cover
	}
	for _, c := range k.Lacks {
		s, cell, ok := at(c[0], c[1], c[2])
		if !ok {
			return nil, nil, false
		}
		s.lacks[cell] = layer(c[3])
	}
	var witnesses [][]Change
	for _, w := range k.Witnesses {
		var out []Change
		for _, c := range w {
			if c[0] >= uint64(len(sheets)) || c[1] >= uint64(len(in.Edition.Places)) || c[2] > uint64(said) {
				return nil, nil, false
			}
			out = append(out, Change{Table: int(c[0]), Comune: int32(c[1]), state: state(c[2]), To: survey.Set(c[3])})
		}
		witnesses = append(witnesses, out)
	}
	each(len(sheets), func(i int) { sheets[i].reprint() })
	p, proof = assemble(&in, policy, families, witnesses)
	return p, proof, true
}

// reprint makes the figures of the cells that are shown.
func (s *sheet) reprint() {
	for at := range s.printed[:s.published*s.columns] {
		if s.shown(at) {
			s.printed[at] = s.print(at)
		}
	}
}

// digest is a hash of all that [Protect] searches in.
func digest(in *Input, policy Policy) string {
	h := digester{Hash: sha256.New()}
	h.say(searched, policy, in.Frame.Areas, in.Grid.Areas, len(in.Tables), len(in.Edition.Places))
	for i, p := range in.Edition.Places {
		h.say(i, p.State, p.Form, in.Frame.Of(i), in.Frame.Residents(i), in.Grid.Cell[i])
	}
	asked := -1
	for i := range in.Tables {
		t := &in.Tables[i]
		q := &in.Edition.Book.Questions[t.Question]
		h.say(t.Question, t.Row, t.Universe, Public(in.Edition.Book, q), q.Shape, q.Reserved, q.Route, q.Headline.Any, q.Measure, q.Items())
		for _, o := range q.Options {
			h.say(o.Exclusive, o.DontKnow)
		}
		if Public(in.Edition.Book, q) {
			continue // nothing is searched for there
		}
		h.answers(in, t, t.Question != asked)
		asked = t.Question
	}
	return hex.EncodeToString(h.Sum(nil))
}

// digester hashes.
type digester struct {
	hash.Hash
	buffer []byte
}

func (d *digester) say(all ...any) { fmt.Fprintln(d, all...) }

// answers hashes the answers to an item, and for the first of a question whose
// everybody knows.
func (d *digester) answers(in *Input, t *estimate.Table, first bool) {
	b := d.buffer[:0]
	for i, a := range in.Edition.Answers(t.Question, t.Row) {
		r := replyOf(a)
		b = binary.LittleEndian.AppendUint64(append(b, byte(r.state)), uint64(r.set))
		if first && in.known(t.Question, i) {
			b = append(b, 1)
		}
	}
	d.Write(b)
	d.buffer = b
}
