package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"mappa/internal/agenda"
	"mappa/internal/diag"
	"mappa/internal/indicator"
	"mappa/internal/locale"
	"mappa/internal/settings"
	"mappa/internal/source"
	"mappa/internal/stat"
	"mappa/internal/survey"
)

// tasks is what the agenda of every Comune is made of: the rules, what they are
// about, and the parts of their advice that all pages share.
type tasks struct {
	rules    *agenda.Rules
	measures []measureTask      // in the order of rules.Measures
	figures  []*indicator.Entry // in the order of rules.Figures
	tails    []template.HTML    // by rule: the academy's area and courses
	micros   []template.HTML    // by rule: and the microproject, "" for none
	fixed    []template.HTML    // by rule: the whole of an advice that is the same for all
}

// measureTask is an intervention, and the call that is open for it.
type measureTask struct {
	at   int // in Programme.Interventions
	call *source.Call
}

// How many courses and microprojects an advice names; the others stand in the list of
// the Accademia.
const (
	coursesShown = 2
	microsShown  = 2
)

// bindTasks looks up what the rules are about. A rule about nothing, or one
// without words, is a fault.
func (p *press) bindTasks() bool {
	list := p.list.Part()
	t := tasks{rules: agenda.NewRules(&p.Agenda.Academy)}
	interventions := make([]string, 0, len(p.fund.Interventions))
	for _, iv := range p.fund.Interventions {
		interventions = append(interventions, iv.ID)
	}
	for _, r := range p.Agenda.Academy.Rules {
		title, why := adviceKeys(r.Advice)
		if !p.words.Has(title) || !p.words.Has(why) {
			list.Add(r.WordsProblem(fmt.Sprintf("the advice %q has no words", r.Advice), fmt.Sprintf("say %s and %s in the theme's lingue/%s.yaml", title, why, p.words.Code)))
		}
		switch {
		case r.AboutMeasure() && !slices.Contains(interventions, r.Of):
			list.Add(r.OfProblem(fmt.Sprintf("no intervention of data/fonti/%s has the id %q", p.fund.Source, r.Of), diag.DidYouMean(r.Of, interventions)))
		case r.AboutFigure() && p.Book.Find(r.Of) == nil:
			list.Add(r.OfProblem(fmt.Sprintf("no indicator of %s has the id %q", settings.IndicatorsFile, r.Of), diag.DidYouMean(r.Of, p.Book.IDs())))
		case r.AboutAnswer() && !slices.Contains(p.consentable(), r.Of):
			list.Add(r.OfProblem(fmt.Sprintf("no question whose answers a Comune may show, and that sums them up, has the id %q", r.Of), diag.DidYouMean(r.Of, p.consentable())))
		}
	}
	if list.Len() > 0 {
		return false
	}
	for _, id := range t.rules.Measures {
		m := measureTask{at: slices.Index(interventions, id)}
		for k := range p.fund.Calls {
			if c := &p.fund.Calls[k]; c.Intervention == m.at && c.Open(p.Atlas.Display) {
				m.call = c
			}
		}
		t.measures = append(t.measures, m)
	}
	for _, id := range t.rules.Figures {
		t.figures = append(t.figures, p.Book.Find(id))
	}
	p.tasks = t
	return true
}

// consentable are the questions of which a Comune may show its own answer, and of
// which the codebook says which answers are meant to be.
func (p *press) consentable() (out []string) {
	if p.Survey.Edition == nil {
		return nil
	}
	for _, q := range p.Survey.Edition.Book.Questions {
		if (q.Class == survey.Consented || q.Class == survey.Register) && q.Headline.Any != 0 {
			out = append(out, q.ID)
		}
	}
	return out
}

func adviceKeys(advice string) (title, why string) {
	return "comune.agenda." + advice + ".titolo", "comune.agenda." + advice + ".perche"
}

// shareTasks writes what the advice of all pages has in common.
func (p *press) shareTasks() {
	t := &p.tasks
	for _, r := range p.Agenda.Academy.Rules {
		tail, micro := p.academyPart(r), p.microPart(r)
		fixed := template.HTML("")
		if r.Sign == agenda.Always {
			fixed = p.advice(r, nil, tail)
		}
		t.tails, t.micros, t.fixed = append(t.tails, tail), append(t.micros, micro), append(t.fixed, fixed)
	}
}

// academyPart names the area, the level and the first courses.
func (p *press) academyPart(r agenda.Rule) template.HTML {
	w, area := p.words, p.Agenda.Academy.Areas[r.Area]
	out := term(w.T("comune.agenda.accademia"), w.HTML("comune.agenda.area", locale.S("area", area.Title), locale.S("indirizzo", academyArea(area.ID)), locale.S("livello", p.level(r.Level))))
	var names []template.HTML
	for _, c := range r.Courses[:min(len(r.Courses), coursesShown)] {
		names = append(names, p.entry(c.Title, c.URL, c.Fictional))
	}
	return out + term(w.T("comune.agenda.corsi", locale.N("n", len(names))), joined(names, "; "))
}

// microPart names the area of microprojects and the first ones.
func (p *press) microPart(r agenda.Rule) template.HTML {
	if r.Micro < 0 {
		return ""
	}
	var titles []template.HTML
	for _, m := range r.Micros[:min(len(r.Micros), microsShown)] {
		titles = append(titles, p.entry(m.Title, m.URL, m.Fictional))
	}
	return term(p.words.T("comune.agenda.microprogetto", locale.S("nome", p.Agenda.Academy.MicroName)),
		esc(p.words.T("comune.agenda.di_area", locale.S("area", p.Agenda.Academy.MicroAreas[r.Micro].Title)))+" "+joined(titles, "; "))
}

// entry is a title of the catalogue, with where it leads; an invented one says so.
func (p *press) entry(title, url string, fictional bool) template.HTML {
	out := esc(title)
	if url != "" {
		out = anchor(url, title)
	}
	if fictional {
		out += template.HTML(` <span class="soft">`) + esc(p.words.T("accademia.esempio")) + "</span>"
	}
	return out
}

func (p *press) level(l agenda.Level) string { return p.words.T("accademia.livello." + string(l)) }

// term is a line of an advice's list.
func term(name string, text template.HTML) template.HTML {
	return "<dt>" + esc(name) + "</dt><dd>" + text + "</dd>"
}

func joined(parts []template.HTML, by string) template.HTML {
	var out []string
	for _, x := range parts {
		out = append(out, string(x))
	}
	return template.HTML(strings.Join(out, by)) // safe: the parts are markup
}

// advice is an item of the agenda.
func (p *press) advice(r agenda.Rule, args []locale.Arg, tail template.HTML) template.HTML {
	title, why := adviceKeys(r.Advice)
	return "<li><div><h3>" + esc(p.words.T(title, args...)) + `</h3><p class="why">` + p.words.HTML(why, args...) + "</p><dl>" + tail + "</dl></div></li>"
}

// agenda follows from what the page shows, and from nothing else: how the place
// stands beside its peers, then what to do.
func (p comunePlace) agenda() section {
	w := p.words
	s := section{ID: "agenda", Title: w.T("comune.agenda.titolo"), Lead: []template.HTML{w.HTML("comune.agenda.intro")},
		Parts:  []template.HTML{p.balance(), p.toDo()},
		Margin: []note{{w.T("comune.agenda.regola"), w.HTML("comune.agenda.regola_testo")}, {w.T("comune.agenda.confronto"), w.HTML("comune.agenda.confronto_testo")}}}
	if p.Agenda.Academy.Title != "" {
		s.Margin = append(s.Margin, note{p.Agenda.Academy.Title, p.common.academy})
	}
	return s
}

// subject is what the page shows, as the rules take it.
func (p comunePlace) subject() *agenda.Subject {
	s := &agenda.Subject{}
	for _, id := range p.tasks.rules.Answers {
		s.Answers = append(s.Answers, p.answerTo(id))
	}
	for _, m := range p.tasks.measures {
		iv, stage := &p.fund.Interventions[m.at], p.fund.Positions[p.i][m.at].Stage
		none := stage == source.None || stage == source.Renounced
		s.Measures = append(s.Measures, agenda.Measure{Unpaid: iv.Conclusive() && stage == source.Financed, Unasked: iv.Conclusive() && none, Call: none && m.call != nil})
	}
	for _, e := range p.tasks.figures {
		s.Figures = append(s.Figures, agenda.Figure{Own: e.Last().Values[p.i], Around: e.Now().Classes[p.c.Class[0]].Value})
	}
	return s
}

// answerTo is what the page shows of the answer to a question: it is good where at
// least half of what was answered is among what the codebook sums up.
func (p comunePlace) answerTo(id string) (out agenda.Answer) {
	good, said := 0, 0
	for _, a := range p.shown {
		if a.q.ID != id || a.said.Kind != stat.Known {
			continue
		}
		if said++; a.said.Options.Meets(a.q.Headline.Any) {
			good++
		}
	}
	return agenda.Answer{Shown: said > 0, Good: 2*good >= said}
}

// toDo is the numbered list.
func (p comunePlace) toDo() template.HTML {
	var b strings.Builder
	small := p.Agenda.Academy.For(p.c.Residents)
	b.WriteString(`<ol role="list" class="agenda">`)
	for _, i := range p.tasks.rules.Of(p.subject()) {
		if fixed := p.tasks.fixed[i]; fixed != "" {
			b.WriteString(string(fixed))
			continue
		}
		r, tail := p.Agenda.Academy.Rules[i], p.tasks.tails[i]
		if small {
			tail += p.tasks.micros[i]
		}
		b.WriteString(string(p.press.advice(r, p.reason(r, p.tasks.rules.At(i)), tail)))
	}
	b.WriteString("</ol>")
	return template.HTML(b.String())
}

// reason is what the words of an advice may name: the figure of this page that it
// rests on.
func (p comunePlace) reason(r agenda.Rule, at int) []locale.Arg {
	w := p.words
	if r.AboutMeasure() {
		m := p.tasks.measures[at]
		iv, pos := &p.fund.Interventions[m.at], p.fund.Positions[p.i][m.at]
		args := []locale.Arg{locale.S("intervento", iv.Name), locale.S("data", w.OfDate(iv.List.Date)), locale.S("dal", w.SinceDate(pos.Since))}
		if m.call != nil {
			args = append(args, locale.S("avviso", m.call.Title), locale.S("fino", w.AtDate(m.call.To)))
		}
		return args
	}
	if r.AboutAnswer() {
		return p.answerReason(r.Of)
	}
	e := p.tasks.figures[at]
	s, f := e.Last(), e.Now().Classes[p.c.Class[0]]
	return p.args(locale.S("data", w.TheDate(s.Date)), locale.S("valore", p.value(e.Indicator, s.Values[p.i])), locale.S("nella_classe", p.value(e.Indicator, f.Value)), locale.N("base", f.Base))
}

// answerReason is what the page shows of the answers to a question: what was said,
// and how many Comuni of the class gave the answers that the codebook sums up.
func (p comunePlace) answerReason(id string) []locale.Arg {
	var texts []string
	var of ownAnswer
	for _, a := range p.shown {
		if a.q.ID == id && a.said.Kind == stat.Known {
			of = a
			if text := a.text; a.row == "" {
				texts = append(texts, text)
			} else if !a.said.Options.Meets(a.q.Headline.Any) {
				texts = append(texts, a.row)
			}
		}
	}
	how := "una"
	if of.row != "" {
		how = "righe"
	}
	return p.args(locale.S("domanda", of.q.Title), locale.S("come", how), locale.S("risposta", strings.Join(texts, "; ")), locale.S("sintesi", of.q.Headline.Title))
}

// balance is what sets the place apart from its peers, for better and worse.
func (p comunePlace) balance() template.HTML {
	w := p.words
	if len(p.peers[p.i]) < agenda.Fewest {
		return ""
	}
	var lists [2][]template.HTML
	for _, x := range p.apart {
		k := 0
		if x.standing == agenda.Gap {
			k = 1
		}
		lists[k] = append(lists[k], x.text)
	}
	if lists[0] == nil && lists[1] == nil {
		return template.HTML("<p>") + w.HTML("comune.agenda.pari", p.args()...) + "</p>"
	}
	var out template.HTML
	for k, key := range []string{"forza", "distacco"} {
		if lists[k] != nil {
			out += "<h3>" + esc(w.T("comune.agenda."+key, locale.N("n", len(lists[k])))) + "</h3><ul><li>" + joined(lists[k], "</li><li>") + "</li></ul>"
		}
	}
	return out
}

// distance is a figure that sets the place apart from its peers.
type distance struct {
	standing agenda.Standing
	text     template.HTML
	topic    *topic // in the files
	entry    *indicator.Entry
	figure   stat.Figure // of the peers
}

// standOut goes through the figures that the table of peers shows.
func (p comunePlace) standOut() (out []distance) {
	w, peers := p.words, p.peers[p.i]
	for _, id := range twoFreshest {
		k, iv := p.intervention(id)
		e := p.Book.Find(id + "-pagato")
		if iv == nil || e == nil || !iv.Conclusive() {
			continue
		}
		own, f := e.Last().Values[p.i], e.Last().Of(peers)
		if !own.OK() {
			continue
		}
		standing := agenda.AgainstMost(own.N == 1, int(f.Num), f.Base)
		if standing == 0 {
			continue
		}
		stage := p.fund.Positions[p.i][k].Stage
		out = append(out, distance{standing, w.HTML("comune.agenda.intervento", locale.S("intervento", iv.Name), locale.S("stato", stage.String()), locale.S("data", w.OfDate(iv.List.Date)),
			locale.N("base", f.Base)), p.common.topics.funds[k].paid, e, f})
	}
	for _, e := range []*indicator.Entry{p.scores, p.uses} {
		s := e.Last()
		values := make([]stat.Value, 0, peersShown)
		for _, j := range peers {
			values = append(values, s.Values[j])
		}
		standing := agenda.Against(s.Values[p.i], values, e.LessIsBetter)
		if standing == 0 {
			continue
		}
		f := s.Of(peers)
		out = append(out, distance{standing, w.HTML("comune.agenda.cifra", locale.S("nome", p.short(e)), locale.S("valore", strings.TrimSpace(p.value(e.Indicator, s.Values[p.i])+" "+p.unitOf(e))),
			locale.S("data", w.TheDate(s.Date)), locale.S("simili", p.value(e.Indicator, f.Value)), locale.N("base", f.Base)), p.topicOf(e), e, f})
	}
	return out
}

// topicOf is what the files call an indicator of the pages of Comuni.
func (p *press) topicOf(e *indicator.Entry) *topic {
	if i := slices.Index(p.common.topics.crawled, e); i >= 0 {
		return p.common.topics.crawls[i]
	}
	return p.common.topics.uses
}
