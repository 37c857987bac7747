package agenda

import (
	"fmt"
	"path"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// Sign is how a page tells a weakness.
type Sign string

// The signs.
const (
	Unpaid   Sign = "non_pagato"    // a measure: financed, not paid, in a list that can say so
	Unasked  Sign = "non_chiesto"   // a measure: no project, in a list that can say so
	CallOpen Sign = "avviso_aperto" // a measure: no project, and a call is open
	Failed   Sign = "non_rilevato"  // an indicator: measured in vain
	Above    Sign = "sopra"         // an indicator: more than so many times the figure of the class
	Below    Sign = "sotto"         // an indicator: less than so many times
	Absent   Sign = "assente"       // a yes or no that is no
	Answered Sign = "risposta"      // an answer that the Comune shows, and that is not of the headline
	Always   Sign = "sempre"        // holds for everybody
)

func signs() []string {
	return []string{string(Unpaid), string(Unasked), string(CallOpen), string(Failed), string(Above), string(Below), string(Absent), string(Answered), string(Always)}
}

// of is what a sign is told of.
func (s Sign) of() kind {
	switch s {
	case Unpaid, Unasked, CallOpen:
		return measure
	case Failed, Above, Below, Absent:
		return figure
	case Answered:
		return answer
	}
	return nothing
}

type kind uint8

const (
	nothing kind = iota
	measure
	figure
	answer
)

// Rule is a line of raccordo.csv.
type Rule struct {
	Advice string // names its words
	Sign   Sign
	Of     string  // id of the intervention, indicator or question
	Factor float64 // of Above and Below
	Area   int     // of courses
	Level  Level
	Micro  int // area of microprojects, -1 for none

	Courses []Course // the one that the rule names, or those of area and level
	Micros  []Micro  // of the area of microprojects

	file  string
	words yamlfile.Place // of Advice
	place yamlfile.Place // of Of
}

// WordsProblem and OfProblem are faults of a rule that others notice: that its
// words or what it is about are not there.
func (r Rule) WordsProblem(text, hint string) diag.Problem {
	return r.words.Problem(r.file, text, hint)
}
func (r Rule) OfProblem(text, hint string) diag.Problem { return r.place.Problem(r.file, text, hint) }

// AboutMeasure, AboutFigure and AboutAnswer say what Of names.
func (r Rule) AboutMeasure() bool { return r.Sign.of() == measure }
func (r Rule) AboutFigure() bool  { return r.Sign.of() == figure }
func (r Rule) AboutAnswer() bool  { return r.Sign.of() == answer }

// none is an area that a rule does not name.
const none = -1

// crosswalk reads the rules. What they lead to is looked for where the catalogue is
// known.
func (r *reader) crosswalk(a *Academy, known bool) (out []Rule) {
	name := path.Join(AcademyFolder, "raccordo.csv")
	r.rows(name, []string{"consiglio", "segnale", "riferimento", "soglia", "area", "livello", "corso", "microprogetto"}, func(c *cells) {
		x := Rule{Advice: c.want("consiglio"), Sign: Sign(c.one("segnale", signs()...)), Of: c.text("riferimento"), Area: c.area("area", a.Areas),
			Level: Level(c.one("livello", levels()...)), Micro: none, file: name, words: c.place("consiglio"), place: c.place("riferimento")}
		if c.text("microprogetto") != "" {
			x.Micro = c.area("microprogetto", a.MicroAreas)
		}
		c.sign(&x)
		c.secure(a, x)
		if c.faults > 0 {
			return
		}
		if x.Courses = a.CoursesIn(x.Area, x.Level); c.text("corso") != "" {
			x.Courses = c.named(x.Courses, known)
		} else if len(x.Courses) == 0 && known {
			c.say("livello", fmt.Sprintf("there is no course of area %q at level %q", a.Areas[x.Area].ID, x.Level), "name another level, or add the course to corsi.csv")
		}
		if x.Micro != none {
			if x.Micros = a.MicrosIn(x.Micro); len(x.Micros) == 0 && known {
				c.say("microprogetto", fmt.Sprintf("there is no microproject of area %q", a.MicroAreas[x.Micro].ID), "leave the cell empty, or add one to microprogetti.csv")
			}
		}
		out = append(out, x)
	})
	return out
}

// named is the course that the row names, one of those of its area and level.
func (c *cells) named(courses []Course, known bool) []Course {
	var ids []string
	for i := range courses {
		if courses[i].ID == c.text("corso") {
			return courses[i : i+1]
		}
		ids = append(ids, courses[i].ID)
	}
	if known {
		c.say("corso", fmt.Sprintf("no course of this area and level has the id %q", c.text("corso")), diag.DidYouMean(c.text("corso"), ids))
	}
	return nil
}

// sign checks that a rule has what its sign wants, and no more.
func (c *cells) sign(x *Rule) {
	switch {
	case x.Sign == "":
		return
	case x.Sign == Always && x.Of != "":
		c.say("riferimento", fmt.Sprintf("segnale is %q and holds of itself, want riferimento empty", x.Sign), "")
	case x.Sign == Always && x.Micro != none:
		c.say("microprogetto", fmt.Sprintf("segnale is %q: the advice is the same for all, want microprogetto empty", x.Sign), "microprojects are for small Comuni only")
	case x.Sign != Always && x.Of == "":
		c.say("riferimento", fmt.Sprintf("segnale is %q, want the id of what it is told of", x.Sign), "")
	}
	factor := x.Sign == Above || x.Sign == Below
	switch {
	case factor:
		if x.Factor = c.number("soglia"); x.Factor <= 0 && c.text("soglia") != "" {
			c.say("soglia", fmt.Sprintf("soglia is %q, want more than 0", c.text("soglia")), "1 is the figure of the class")
		}
	case c.text("soglia") != "":
		c.say("soglia", fmt.Sprintf("segnale is %q and knows no threshold, want soglia empty", x.Sign), "")
	}
	if x.Of != "" {
		c.once("riferimento", string(x.Sign)+" "+x.Of)
	}
}

// securityArea is the id of the area of courses on security, and securityMicro that of
// its microprojects.
const (
	securityArea  = "sicurezza"
	securityMicro = "sicurezza-ict"
)

// secure checks that advice on security hangs on nothing: where it did, a page would
// tell what its Comune answered.
func (c *cells) secure(a *Academy, x Rule) {
	if x.Sign == "" || x.Sign == Always {
		return
	}
	if x.Area >= 0 && x.Area < len(a.Areas) && a.Areas[x.Area].ID == securityArea {
		c.say("area", fmt.Sprintf("segnale is %q, and advice on security is the same for all, want segnale %q", x.Sign, Always), "")
	}
	if x.Micro != none && x.Micro < len(a.MicroAreas) && a.MicroAreas[x.Micro].ID == securityMicro {
		c.say("microprogetto", fmt.Sprintf("segnale is %q, and advice on security is the same for all, want another area", x.Sign), "")
	}
}

// ids are what the rules of one kind are about, each once, in order.
func (a *Academy) ids(k kind) (out []string) {
	for _, r := range a.Rules {
		if r.Sign.of() == k && !slices.Contains(out, r.Of) {
			out = append(out, r.Of)
		}
	}
	return out
}
