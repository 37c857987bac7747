package main

import (
	"fmt"
	"math"
	"path"
	"strings"
	"unicode/utf8"

	"mappa/internal/atlas"
	"mappa/internal/locale"
	"mappa/internal/score"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// Columns of the explanation.
const (
	explainWidth = 88 // figures end here, longer text goes on in the line below
	explainStep  = "  "
)

// text is the whole explanation of some nodes.
func (x *explainer) text(a *atlas.Atlas, nodes []int) string {
	w, c, p := x.words, a.Comuni[x.comune], x.edition.Places[x.comune]
	x.line(0, w.T("spiega.titolo", locale.S("nome", c.Name), locale.S("sigla", c.Plate), locale.S("codice", c.Cadastral), locale.S("edizione", x.tree.Edition)), "")
	if x.edition.Demo() {
		x.line(0, w.T("spiega.demo"), "")
	} else {
		x.line(0, w.T("spiega.interno"), "")
	}
	form, state := "completo", [...]string{"mai", "iniziato", "inviato"}[p.State]
	if p.Form == survey.ShortForm {
		form = "breve"
	}
	x.line(0, w.T("spiega.modulo", locale.S("modulo", form), locale.S("stato", state)), "")
	file, _, _ := x.edition.Cell(x.firstQuestion(), 0, x.comune)
	x.line(0, w.T("spiega.file", locale.S("file", file), locale.S("indici", x.tree.File)), "")
	if x.tree.Note != "" {
		x.line(0, x.tree.Note, "")
	}
	for _, n := range nodes {
		x.WriteString("\n")
		x.node(0, x.scores.Explain(n, x.comune, score.Own))
		if common := x.scores.Of(n, score.Common)[x.comune]; !x.scores.Whole(n) && common.OK() && p.Form == survey.FullForm {
			x.line(0, w.T("spiega.comune", locale.S("valore", w.Number(common.N, 1))), "")
		}
	}
	return x.String()
}

// firstQuestion is one that is read, to learn the name of the export.
func (x *explainer) firstQuestion() int {
	for _, n := range x.tree.Nodes {
		if n.Part != nil && n.Part.Question >= 0 {
			return n.Part.Question
		}
	}
	return 0
}

// line writes text with a figure at the right. Text that leaves no room for the
// figure goes on below.
func (x *explainer) line(depth int, text, figure string) {
	indent := strings.Repeat(explainStep, depth)
	if figure == "" {
		x.WriteString(strings.TrimRight(indent+text, " ") + "\n")
		return
	}
	line, room := indent, explainWidth-utf8.RuneCountInString(figure)-1
	for i, word := range strings.Split(text, " ") {
		switch {
		case i == 0:
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > room:
			x.WriteString(line + "\n")
			line = indent + explainStep
		default:
			line += " "
		}
		line += word
	}
	x.WriteString(line + strings.Repeat(" ", max(explainWidth-utf8.RuneCountInString(line)-utf8.RuneCountInString(figure), 1)) + figure + "\n")
}

// value is a score in words.
func (x *explainer) value(v stat.Value) string {
	if !v.OK() {
		return x.words.Missing(v.Kind).Full
	}
	return x.words.Number(v.N, 1)
}

// node writes a score and all below it.
func (x *explainer) node(depth int, e score.Explained) {
	w, n := x.words, &x.tree.Nodes[e.Node]
	head := fmt.Sprintf("%s [%s]", n.Title, n.ID)
	switch {
	case n.Depth == score.Index:
		if l := x.tree.LevelOf(e.Value.N); e.Value.OK() && l >= 0 {
			head += ", " + w.T("spiega.livello", locale.S("livello", x.tree.Levels[l].Title))
		}
	case !e.In:
		x.line(depth, head, w.T("spiega.non_posta"))
		return
	case depth > 0:
		head = w.T("spiega.peso", locale.S("peso", x.weight(e.Share)), locale.S("titolo", head))
		if file := x.weight(n.Share); file != x.weight(e.Share) {
			head += " " + w.T("spiega.peso_scritto", locale.S("peso", file))
		}
	}
	x.line(depth, head, x.value(e.Value))
	switch {
	case e.Value.Kind == stat.NoRespondent || e.Value.Kind == stat.NotFinished:
		return // there is nothing to take apart
	case n.Part != nil:
		x.part(depth+1, e)
		return
	}
	for _, p := range e.Parts {
		x.node(depth+1, p)
	}
	x.combination(depth+1, e)
}

// weight is a share with as many decimals as tell a third.
func (x *explainer) weight(share float64) string {
	const decimals = 3
	return x.words.Number(share, decimals)
}

// combination writes how the parts make the whole.
func (x *explainer) combination(depth int, e score.Explained) {
	w, n := x.words, &x.tree.Nodes[e.Node]
	var terms, missing []string
	for _, p := range e.Parts {
		title := x.tree.Nodes[p.Node].Title
		switch {
		case p.In && !p.Value.OK():
			missing = append(missing, title)
			if n.Missing == score.Zero {
				terms = append(terms, x.weight(p.Share)+" × 0")
			}
		case p.In:
			terms = append(terms, x.weight(p.Share)+" × "+w.Number(p.Value.N, 1))
		}
	}
	if len(missing) > 0 {
		x.line(depth, w.T("spiega.mancano", locale.S("elenco", strings.Join(missing, ", ")), locale.S("regola", string(n.Missing))), "")
	}
	if n.Least > 0 && len(missing) > 0 {
		const percent = 100
		x.line(depth, w.T("spiega.presenza", locale.S("presente", w.Percent(percent*x.scores.Present(e.Node, x.comune, score.Own), 0)), locale.S("minima", w.Percent(percent*n.Least, 0))), "")
	}
	if e.Value.OK() {
		x.line(depth, w.T("spiega.somma", locale.S("aggregazione", string(n.Combine)), locale.S("termini", strings.Join(terms, " + "))), "= "+x.value(e.Value))
	}
}

// part writes the lines of a part.
func (x *explainer) part(depth int, e score.Explained) {
	w, p := x.words, x.tree.Nodes[e.Node].Part
	if p.Question < 0 {
		x.line(depth, w.T("spiega.variabile", locale.S("variabile", p.Variable)), "")
	} else {
		q := &x.edition.Book.Questions[p.Question]
		x.line(depth, w.T("spiega.domanda", locale.S("titolo", q.Title), locale.S("id", q.ID), locale.S("metodo", string(p.Method))), "")
	}
	for _, l := range e.Lines {
		x.row(depth, p, l)
	}
	if !e.Value.OK() {
		return
	}
	points, most := x.total(p, e)
	total := w.T("spiega.punti", locale.S("metodo", string(p.Method)), locale.S("righe", x.rows(p)), locale.S("punti", x.number(points)), locale.S("massimo", x.number(most)), locale.S("scala", x.scale(p.Scale)))
	x.line(depth, total, "= "+x.value(e.Value))
}

// total is what the lines come to, and the most they could: their mean, but rows
// that are above zero or not are counted.
func (x *explainer) total(p *score.Part, e score.Explained) (points, most float64) {
	whole := x.whole(p)
	points, most = e.Result.Raw/whole, e.Result.Max/whole
	if p.Method != score.AboveZero {
		return points, most
	}
	weight := 0.0
	for _, l := range e.Lines {
		if l.Kind == stat.Known || l.Given || !p.Present {
			weight += l.Weight
		}
	}
	return points * weight, most * weight
}

// whole is what points of percentages are divided by, so that they read as points:
// they are points times per cents. It is 1 of all else.
func (x *explainer) whole(p *score.Part) float64 {
	if p.Method != score.Sum || p.Question < 0 {
		return 1
	}
	if q := &x.edition.Book.Questions[p.Question]; q.Numeric() {
		return q.Measure.Sum
	}
	return 1
}

// rows says which rows the maximum counts.
func (x *explainer) rows(p *score.Part) string {
	switch {
	case len(p.Rows) < 2:
		return "una"
	case p.Present:
		return "presenti"
	}
	return "attese"
}

func (x *explainer) scale(s score.Scale) string {
	w := x.words
	switch {
	case s.Kind == score.FixedRange:
		return w.T("spiega.scala_fissa", locale.S("da", x.number(s.From)), locale.S("a", x.number(s.To)))
	case s.Kind == score.ToTarget:
		return w.T("spiega.scala_obiettivo", locale.S("obiettivo", x.number(s.Target)))
	}
	return ""
}

// row writes one answer: what was said, what it is worth, and where it stands.
func (x *explainer) row(depth int, p *score.Part, l score.Line) {
	w := x.words
	text := ""
	if p.Question >= 0 {
		q := &x.edition.Book.Questions[p.Question]
		if len(q.Rows) > 0 {
			text = q.Rows[l.Row].Text + ": "
		}
	}
	text += x.answer(p, l)
	if l.Weight != 1 && l.Weight != 0 {
		text += " " + w.T("spiega.pesata", locale.S("peso", x.number(l.Weight)))
	}
	worth, whole := "", x.whole(p)
	switch {
	case l.Max == 0:
		worth = w.T("spiega.niente")
	case l.Kind == stat.Known || l.Given:
		worth = w.T("spiega.vale", locale.S("punti", x.number(l.Points/whole)), locale.S("massimo", x.number(l.Max/whole)))
	case l.Weight > 0 && !p.Present:
		worth = w.T("spiega.vale", locale.S("punti", "0"), locale.S("massimo", x.number(l.Max/whole)))
	}
	x.line(depth+1, "· "+text, worth)
	if p.Question < 0 {
		return
	}
	if file, line, col := x.edition.Cell(p.Question, l.Row, x.comune); line > 0 {
		x.line(depth+2, fmt.Sprintf("%s:%d:%d", path.Base(file), line, col), "")
	}
}

// answer is what a Comune said, or why it said nothing.
func (x *explainer) answer(p *score.Part, l score.Line) string {
	w := x.words
	switch {
	case l.Kind == stat.NotRouted && p.Only != nil && l.Weight == 0:
		return w.T("spiega.solo", locale.S("titolo", x.edition.Book.Questions[p.Only.Question].Title))
	case l.Kind != stat.Known:
		return strings.ToLower(w.Missing(l.Kind).Full)
	case p.Question < 0:
		return x.number(l.Number)
	}
	q := &x.edition.Book.Questions[p.Question]
	if q.Shape == survey.Percentages {
		return x.number(l.Number) + "\u00a0%"
	}
	if q.Numeric() {
		return strings.TrimSpace(x.number(l.Number) + " " + q.Measure.Unit)
	}
	var said []string
	for i, o := range q.Options {
		if l.Options.Has(i) {
			said = append(said, o.Text)
		}
	}
	return strings.Join(said, "; ")
}

// number is points as they are, without zeros at the end.
func (x *explainer) number(v float64) string {
	const most = 2
	for d, scale := 0, 1.; d < most; d, scale = d+1, scale*10 {
		if v*scale == math.Trunc(v*scale) {
			return x.words.Number(v, d)
		}
	}
	return x.words.Number(v, most)
}
