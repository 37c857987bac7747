package survey

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/table"
)

// Columns of rispondenti.csv.
const (
	colUser  = "user_id"
	colCode  = "codice_catastale"
	colForm  = "questionario"
	colState = "stato_compilazione"
	colSent  = "data_invio_risposta"
	colDemo  = "dimostrativo"
	colName  = "comune"
	colClass = "cluster"
)

// respondent is a user id of the register or of the export.
type respondent struct {
	comune int   // index in the Atlas, -1 when not found
	state  State // as the register says
	known  bool  // the register says it
	sent   atlas.Date
	line   int
	id     string
	seen   bool       // the export has answers of it
	row    bool       // of a wide export, which is whole
	rule   *exclusion // that names it, nil for none
	fault  bool       // which Comune it is could not be said, and that was reported
}

// collector gathers an edition's answers.
type collector struct {
	*Edition
	book     *Codebook
	atlas    *atlas.Atlas
	list     *diag.List
	users    map[string]*respondent
	counts   []*respondent // by Comune: whose answers count
	files    files
	decimal  rune // mark before decimals, 0 where the settings leave it open
	decimals decimals
	labels   []labels
	forms    [][]slot              // by Comune, then by item; nil where nothing was read
	file     string                // of the export that is read
	only     Form                  // that it is of, 0 where it holds both
	skipped  map[string]int        // rows that were passed over, by reason
	clusters map[string]int        // size classes as files call them, -1 for none
	excluded map[string]*exclusion // by submission
	fixes    map[place]*correction
	refused  map[place]bool   // items of a form that the Comune did not get, reported
	board    map[int]standing // by Comune; nil without a dashboard
	matched  map[string]int   // respondents of a wide export, by how they were found
	coded    bool             // cells may hold codes
	byCode   int              // cells that do
	byLabel  int

	unknown bool            // user ids of the register could not be read, nobody knows which
	lost    map[string]bool // cells of its rows that could not be read
	partial bool            // rows of the export could not be read
	unsure  []bool          // by Comune: which form it was sent is not known
}

func newCollector(e *Edition, a *atlas.Atlas, list *diag.List) *collector {
	c := &collector{Edition: e, book: e.Book, atlas: a, list: list, users: map[string]*respondent{},
		counts: make([]*respondent, len(a.Comuni)), forms: make([][]slot, len(a.Comuni)),
		skipped: map[string]int{}, clusters: map[string]int{}, matched: map[string]int{}, refused: map[place]bool{}}
	for i := range e.Book.Questions {
		q := &e.Book.Questions[i]
		e.first = append(e.first, len(e.columns))
		c.labels = append(c.labels, newLabels(q))
		e.columns = append(e.columns, make([]int32, q.Items())...)
	}
	e.from = make([]uint8, len(a.Comuni))
	for i := range e.Places {
		e.Places[i].Form = FullForm
		c.unsure = append(c.unsure, a.Comuni[i].Residents == 0)
		if a.Comuni[i].Residents <= e.Book.ShortUpTo {
			e.Places[i].Form = ShortForm
		}
		e.Places[i].Class = a.Comuni[i].Class[defaultScheme]
	}
	return c
}

// register reads who was invited.
func (c *collector) register(fsys fs.FS, name string) {
	if c.unknown = name == ""; c.unknown {
		for at := range c.Places { // every Comune is asked
			c.Places[at].Invited = c.files.unregistered
		}
		return
	}
	t, whole := table.Read(fsys, name, table.Spec{Want: []string{colUser, colCode}, May: []string{colName, colForm, colClass, colState, colSent, colDemo}}, c.list)
	c.doubt(t, whole)
	c.demo(t)
	user, code, form, state, sent := t.Col(colUser), t.Col(colCode), t.Col(colForm), t.Col(colState), t.Col(colSent)
	for _, row := range t.Rows {
		id := row.Get(user)
		r := &respondent{comune: c.place(t, row, code), id: id, line: row.Line(), sent: c.day(t, row, sent), rule: c.rule(id)}
		r.state, r.known = c.state(t, row, state)
		if first := c.users[id]; first != nil || id == "" {
			text := "the user id is empty"
			if first != nil {
				text = fmt.Sprintf("the user id %s stands twice, first on line %d", diag.Quote(id), first.line)
			}
			t.Problem(row, user, text, "one line for each user id")
			continue
		}
		c.users[id] = r
		r.fault = r.comune == faulty
		said, clear := c.form(t, row, form)
		class, classed := c.class(t, row, t.Col(colClass))
		if r.comune >= 0 {
			p := &c.Places[r.comune]
			p.Invited = true
			if classed {
				p.Class = class
			}
			p.Form = cmp.Or(said, p.Form)
			c.unsure[r.comune] = !clear || c.unsure[r.comune] && said == 0
			c.submit(r, row.Line())
		}
	}
}

// doubt remembers who may stand in rows of the register that could not be read.
func (c *collector) doubt(t *table.Table, whole bool) {
	c.lost = map[string]bool{}
	for _, cells := range t.Broken {
		for _, s := range cells {
			c.lost[strings.TrimSpace(s)] = true
		}
		c.unknown = c.unknown || len(cells) == 0
	}
	c.unknown = c.unknown || !whole && (len(t.Rows) == 0 || t.Col(colUser) < 0)
}

// What stands for a Comune where there is none.
const (
	nobody = -1
	faulty = -2 // and that was reported, here or in the territory
)

// place is the Comune of a code in force; one that is no more marks the Comune
// it went into as not comparable, and one that is not yet those it is to be of.
func (c *collector) place(t *table.Table, row table.Row, col int) int {
	code := row.Get(col)
	i, successor, ok := c.atlas.ByCadastral(code)
	switch {
	case ok && !successor:
		return i
	case ok:
		c.Places[i].Merged = true
		t.Note(row, col, fmt.Sprintf("%s is no more and went into %s: its answers are not comparable and do not count", code, c.atlas.Comuni[i].Name), "")
		return nobody
	}
	if e, ended := c.atlas.EndedByCadastral(code); ended {
		t.Note(row, col, fmt.Sprintf("%s (%s) is no more: its answers do not count", code, c.atlas.Ended[e].Name), "")
		return nobody
	}
	if u, unborn := c.atlas.UnbornByCadastral(code); unborn {
		for _, i := range u.Of {
			c.Places[i].Merged = true
		}
		t.Note(row, col, fmt.Sprintf("%s is not yet a Comune on %s, the display date: its answers do not count", code, c.atlas.Display), "")
		return nobody
	}
	if !c.atlas.KeyInDoubt(code) {
		t.Problem(row, col, diag.Quote(code)+" is not the cadastral code of a Comune", "want a letter and three digits, as H501 for Roma")
	}
	return faulty
}

// submit lets r answer for its Comune. Of two, the one completed last counts,
// unless esclusioni.csv says which.
func (c *collector) submit(r *respondent, line int) {
	place, old := &c.Places[r.comune], c.counts[r.comune]
	if r.rule != nil && !r.rule.counts {
		c.list.Note(diag.Problem{File: c.files.register, Line: line,
			Text: fmt.Sprintf("the answers of %s of user id %s are left out, as line %d of %s says", c.atlas.Comuni[r.comune].Name, diag.Quote(r.id), r.rule.line, c.files.exclusions)})
		return
	}
	if old != nil {
		why := "the one completed last"
		switch {
		case old.rule != nil && r.rule == nil, (old.rule == nil) == (r.rule == nil) && (r.state < old.state || r.state == old.state && r.sent < old.sent):
			r, old = old, r
		}
		if r.rule != nil {
			why = fmt.Sprintf("as line %d of %s says", r.rule.line, c.files.exclusions)
		}
		c.list.Note(diag.Problem{File: c.files.register, Line: line,
			Text: fmt.Sprintf("%s has two user ids; the answers of line %d count, %s", c.atlas.Comuni[r.comune].Name, r.line, why)})
	}
	c.counts[r.comune] = r
	place.State, place.Sent = r.state, r.sent
}

// form is the form that a Comune was sent, 0 where the register does not say;
// clear is false where it cannot be read.
func (c *collector) form(t *table.Table, row table.Row, col int) (f Form, clear bool) {
	switch s := row.Get(col); strings.ToLower(s) {
	case "":
	case "completo":
		return FullForm, true
	case "breve":
		return ShortForm, true
	default:
		t.Problem(row, col, diag.Quote(s)+" is not a form", "want completo or breve")
		return 0, false
	}
	return 0, true
}

// states are the words for a State.
func states() []string { return []string{"Mai aperto", "In compilazione", "Completato"} }

// state is how far a respondent came, if the register says it.
func (c *collector) state(t *table.Table, row table.Row, col int) (state State, known bool) {
	words := states()
	if col < 0 {
		return NotOpened, false
	}
	s := row.Get(col)
	if i := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, s) }); i >= 0 {
		return State(i), true
	}
	t.Problem(row, col, diag.Quote(s)+" is not a state", diag.DidYouMean(s, words))
	return NotOpened, false
}

// day reads a day, 2025-11-30 or 30/11/2025; a time of day may follow. Empty is
// 0; ok is false where it cannot be read.
func day(s string) (d atlas.Date, ok bool) {
	if s == "" {
		return 0, true
	}
	s, _, _ = strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	if p := strings.Split(s, "/"); len(p) == 3 {
		s = p[2] + "-" + p[1] + "-" + p[0]
	}
	d, err := atlas.ParseDate(s)
	return d, err == nil
}

func (c *collector) day(t *table.Table, row table.Row, col int) atlas.Date {
	d, ok := day(row.Get(col))
	if !ok {
		t.Problem(row, col, fmt.Sprintf("%s is not a day", diag.Quote(row.Get(col))), "want 2025-11-30 or 30/11/2025")
	}
	return d
}

// demo holds the mark of fictional files to what the codebook says.
func (c *collector) demo(t *table.Table) {
	switch marked := t.Col(colDemo) >= 0; {
	case c.book.broken || len(t.Head) == 0:
	case marked && !c.book.Demo:
		c.list.File(t.File, `the file has the column "dimostrativo": its answers are fictional, the codebook says they are real`, "put the real file in its place, or write dimostrativa: true in "+c.book.File)
	case !marked && c.book.Demo:
		c.list.File(t.File, `the codebook is dimostrativa, but the file lacks the column "dimostrativo"`, "for real answers write dimostrativa: false in "+c.book.File)
	}
}
