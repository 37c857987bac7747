package survey

import (
	"fmt"
	"slices"
	"strings"

	"mappa/internal/diag"
	"mappa/internal/table"
)

// wide is an export with a row for each submission and a column for each answer,
// as LimeSurvey and spreadsheets write it.
type wide struct {
	*table.Table
	columns []column
	who     keys
	id      int // column of the submission's own id, -1 without one
	submit  int // LimeSurvey's submitdate: empty where the form was not sent
	state   int // stato_compilazione
	sent    int // data_invio_risposta
	form    int // questionario
	class   int // cluster
	rows    int
	how     map[string]int // headings, by how they were understood
	unclear bool           // a heading was not understood, and that was reported
}

// keys are the columns that say whose answers a row holds, -1 without.
type keys struct{ istat, cadastral, ipa, user, name, province int }

// identities are the headings that say whose answers a row holds.
func identities() map[string][]string {
	return map[string][]string{
		"istat":     {"codice_istat", "istat", "codice istat", "cod_istat", "procom", "pro_com", "pro_com_t"},
		"catastale": {"codice_catastale", "catastale", "codice catastale", "codice_belfiore", "belfiore", "cod_catastale"},
		"ipa":       {"codice_ipa", "ipa", "codice ipa", "cod_ipa", "cod_amm"},
		"utente":    {"token", "user_id", "utente"},
		"nome":      {"comune", "nome_comune", "denominazione"},
		"provincia": {"provincia", "sigla_provincia"},
	}
}

// wideExport reads an export of the wide forms.
func (c *collector) wideExport(t *table.Table, lime bool) {
	w := &wide{Table: t, who: keys{-1, -1, -1, -1, -1, -1}, id: -1, submit: -1, state: -1, sent: -1, form: -1, class: -1, how: map[string]int{}}
	c.coded = true
	if !t.Require(table.Spec{Extra: true, May: []string{colDemo}}) {
		c.partial = true
		return
	}
	c.demo(t)
	c.headings(w, lime)
	usable := c.identified(w)
	for row := range t.All() {
		if w.rows++; usable {
			c.submission(w, row)
		}
	}
	c.partial = c.partial || !t.Whole()
	c.complete(w)
}

// headings finds out what each column is.
func (c *collector) headings(w *wide, lime bool) {
	known := newHeadings(c.book)
	var cut map[int]column
	if lime {
		cut = known.abbreviated(w.Head)
	}
	first := map[column]int{}
	for i, head := range w.Head {
		x, how, ok := known.find(head)
		if short, is := cut[i]; is {
			x, how, ok = short, byCut, true
		}
		code := codeOf(head)
		if word := spoken(head); lime && !ok && word != "" {
			code = word
		}
		switch {
		case c.system(w, lime, i, head, code):
			x = column{role: cellIdentity}
		case slices.ContainsFunc(c.files.skip, func(s string) bool { return foldLabel(s) == foldLabel(head) || strings.ToLower(s) == code }):
			x = column{}
		case ok && x.ambiguous:
			w.unclear = true
			w.HeadProblem(i, fmt.Sprintf("the heading %s is that of several columns of the codebook", diag.Quote(head)), "export with codes in the headings, or give the questions a sigla of their own")
			x = column{}
		case ok && x.role != cellUnread && first[x] > 0:
			w.HeadProblem(i, fmt.Sprintf("the column %s is that of column %d, %s, again", diag.Quote(head), first[x], diag.Quote(w.Head[first[x]-1])), "delete one of them from the export")
			x = column{}
		case ok:
			first[x] = i + 1
			w.how[how]++
		case lime && machine.MatchString(code), code == colDemo:
			x = column{}
		default:
			c.unknownHead(w, i, head, known)
		}
		w.columns = append(w.columns, x)
	}
}

// system takes note of the columns that are about the submission.
func (c *collector) system(w *wide, lime bool, i int, head, code string) bool {
	if c.files.key.column != "" {
		if foldLabel(c.files.key.column) != foldLabel(head) && strings.ToLower(c.files.key.column) != code {
			if code == "provincia" {
				w.who.province = i
				return true
			}
			return c.times(w, lime, i, code)
		}
		w.who.set(c.files.key.kind, i)
		return true
	}
	for kind, names := range identities() {
		if slices.Contains(names, code) {
			w.who.set(kind, i)
			return true
		}
	}
	return c.times(w, lime, i, code)
}

func (c *collector) times(w *wide, lime bool, i int, code string) bool {
	switch {
	case lime && code == "id":
		w.id = i
	case lime && code == "submitdate":
		w.submit = i
	case code == colForm:
		w.form = i
	case code == colClass:
		w.class = i
	case !lime && code == colState:
		w.state = i
	case !lime && code == colSent:
		w.sent = i
	default:
		return false
	}
	return true
}

func (k *keys) set(kind string, i int) {
	at := map[string]*int{"istat": &k.istat, "catastale": &k.cadastral, "ipa": &k.ipa, "utente": &k.user, "nome": &k.name, "provincia": &k.province}[kind]
	if at != nil && *at < 0 {
		*at = i
	}
}

// first is the column that a submission is known by in rispondenti.csv.
func (k keys) first() int {
	for _, i := range []int{k.istat, k.cadastral, k.ipa, k.user, k.name} {
		if i >= 0 {
			return i
		}
	}
	return -1
}

func (c *collector) unknownHead(w *wide, i int, head string, known *headings) {
	if c.book.broken {
		return
	}
	var names []string
	for q := range c.book.Questions {
		names = append(names, c.book.Questions[q].Key)
	}
	hint := "if it is not to be read, name it in " + c.files.settings + " under ignora"
	base, _, _ := strings.Cut(codeOf(head), "[")
	if n := diag.Nearest(base, names); n != "" {
		hint = fmt.Sprintf("did you mean %q? ", n) + hint
	}
	w.HeadProblem(i, fmt.Sprintf("no question of the codebook has the column %s", diag.Quote(head)), hint)
}

// identified reports whether the rows say whose they are.
func (c *collector) identified(w *wide) bool {
	if w.who.first() < 0 {
		w.who.user = w.id // LimeSurvey's own number, which rispondenti.csv may know
	}
	if w.who.first() >= 0 {
		return true
	}
	hint := "want codice_istat, codice_catastale, codice_ipa, token or comune; or name it in " + c.files.settings + ": chiave"
	c.list.Add(diag.Problem{File: w.File, Line: 1, Text: "no column says whose answers a row holds", Hint: hint})
	return false
}

// complete reports what the headings lack and says how the file was read.
func (c *collector) complete(w *wide) {
	have := map[[3]int]bool{} // question, item, option
	for _, x := range w.columns {
		switch x.role {
		case cellAnswer:
			have[[3]int{x.question, x.item, -1}] = true
		case cellTick, cellOther, cellPlace:
			have[[3]int{x.question, x.item, x.option}] = true
		}
	}
	for q := range c.book.Questions {
		question := &c.book.Questions[q]
		if question.Class == Never || question.broken || w.unclear || c.only != 0 && !question.On(c.only) {
			continue
		}
		if missing := c.lacking(question, q, have); len(missing) > 0 {
			text := fmt.Sprintf("question %q has no column for %s", question.ID, strings.Join(missing, ", "))
			if len(missing) == 1 && missing[0] == "" {
				text = fmt.Sprintf("question %q has no column", question.ID)
			}
			c.list.Add(diag.Problem{File: w.File, Line: 1, Text: text, Hint: fmt.Sprintf("want %s; say with sigla on line %d of the codebook what the export calls it", heading(question), question.Line)})
		}
	}
	form := "wide table"
	if w.submit >= 0 {
		form = "LimeSurvey"
	}
	var how []string
	for _, h := range []string{byCode, byCodeText, byText, byCut} {
		if w.how[h] > 0 {
			how = append(how, fmt.Sprintf("%d by %s", w.how[h], h))
		}
	}
	c.describe(w.Table, fmt.Sprintf("%s, %s", form, c.written(w.Table)), w.rows)
	c.list.Note(diag.Problem{File: w.File, Text: fmt.Sprintf("columns found %s; %d cells hold codes, %d labels", strings.Join(how, ", "), c.byCode, c.byLabel)})
}

// lacking are the parts of a question that have no column; "" where it has none
// at all.
func (c *collector) lacking(q *Question, at int, have map[[3]int]bool) (out []string) {
	any := false
	for item := range q.Items() {
		row := ""
		if len(q.Rows) > 0 {
			row = q.Rows[item].Key
		}
		if have[[3]int{at, item, -1}] {
			any = true
			continue
		}
		if q.Many() || q.Shape == Ranking {
			ticks := 0
			var without []string
			for o := range q.Options {
				in := item
				if q.Shape == Ranking {
					in = 0
				}
				if have[[3]int{at, in, o}] {
					ticks++
				} else if !q.Options[o].Other {
					without = append(without, strings.Trim(row+"_"+q.Options[o].Key, "_"))
				}
			}
			if ticks > 0 {
				any = true
				if q.Shape == Ranking {
					return nil
				}
				out = append(out, without...)
				continue
			}
		}
		out = append(out, row)
	}
	if !any {
		return []string{""}
	}
	return out
}

// heading is an example of what a question's column is called.
func heading(q *Question) string {
	switch {
	case q.Shape == Multiple:
		return fmt.Sprintf("%s[%s] or %s_%s", q.Key, q.Options[0].Key, q.Key, q.Options[0].Key)
	case q.Shape == MultiGrid:
		return fmt.Sprintf("%s[%s_%s]", q.Key, q.Rows[0].Key, q.Options[0].Key)
	case q.Scale > 0:
		return fmt.Sprintf("%s[%s][%d] or %s_%s_%d", q.Key, q.Rows[0].Key, q.Scale, q.Key, q.Rows[0].Key, q.Scale-1)
	case len(q.Rows) > 0:
		return fmt.Sprintf("%s[%s] or %s_%s", q.Key, q.Rows[0].Key, q.Key, q.Rows[0].Key)
	}
	return q.Key
}
