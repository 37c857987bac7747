package survey

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/stat"
)

// Dir holds a folder for each edition; the path is relative to the site folder.
const Dir = "data/indagini"

// Files of an edition's folder.
const (
	BookFile     = "questionario.yaml"
	SettingsFile = "edizione.yaml"
)

// Editions are the names of the folders under [Dir], oldest first.
func Editions(fsys fs.FS) []string {
	entries, err := fs.ReadDir(fsys, Dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out
}

// Read reads the edition of the given name: codebook, settings, register and
// answers. It reports whether the Edition can be used; when not, list says why,
// and the Edition holds what could be read.
func Read(fsys fs.FS, edition string, a *atlas.Atlas, all *diag.List) (*Edition, bool) {
	list := all.Part()
	dir := path.Join(Dir, edition)
	if known := Editions(fsys); !slices.Contains(known, edition) {
		list.File(dir, fmt.Sprintf("there is no edition %q", edition), diag.DidYouMean(edition, known))
		return &Edition{Public: Public{Book: &Codebook{broken: true}}}, false
	}
	book, _ := ReadCodebook(fsys, path.Join(dir, BookFile), list)
	if book == nil {
		book = &Codebook{File: path.Join(dir, BookFile), broken: true}
	}
	e := &Edition{Public: Public{Book: book, Places: make([]Participation, len(a.Comuni))}}
	c := newCollector(e, a, list)
	c.settings(fsys, dir)
	if book.Edition != edition && !book.broken {
		list.File(book.File, fmt.Sprintf("the codebook is of edition %q, its folder is %q", book.Edition, edition), "name the folder as the edition")
	}
	c.exclusions(fsys, c.files.exclusions)
	c.register(fsys, c.files.register)
	c.dashboard(fsys, c.files.dashboard)
	c.fixes = c.corrections(fsys, c.files.corrections)
	if c.files.short == "" {
		c.export(fsys, c.files.export, 0)
	} else {
		c.export(fsys, c.files.export, FullForm)
		c.export(fsys, c.files.short, ShortForm)
	}
	c.strangers()
	c.consents(fsys, c.files.consents)
	c.replies(fsys, c.files.replies)
	c.held()
	c.correct()
	c.finish()
	return e, list.Len() == 0
}

// finish gives every answer its kind and its place beside those of other Comuni, and
// holds answers to their routes.
func (c *collector) finish() {
	c.answers, c.numbers, c.lines = make([][]Answer, len(c.columns)), make([][]float64, len(c.columns)), make([][]int32, len(c.columns))
	for q := range c.book.Questions {
		c.room(q)
	}
	empty := make([]slot, len(c.columns))
	for at, form := range c.forms {
		if form == nil {
			form = empty
		}
		for q := range c.book.Questions {
			for row := range c.book.Questions[q].Items() {
				c.settle(q, c.first[q]+row, at, form)
			}
		}
		c.forms[at] = nil // its memory is wanted for what comes after
	}
	for q := range c.book.Questions {
		c.hold(q)
	}
}

// room makes room for the answers to a question, none where they are never read.
func (c *collector) room(q int) {
	question := &c.book.Questions[q]
	if question.Class == Never {
		return
	}
	for item := c.first[q]; item < c.first[q]+question.Items(); item++ {
		c.answers[item], c.lines[item] = make([]Answer, len(c.Places)), make([]int32, len(c.Places))
		if question.Numeric() {
			c.numbers[item] = make([]float64, len(c.Places))
		}
	}
}

// settle puts what a form has in an item beside what others have.
func (c *collector) settle(q, item, at int, form []slot) {
	if c.answers[item] == nil {
		return
	}
	s := &form[item]
	c.answers[item][at], c.lines[item][at] = Answer{c.kind(q, item, at, form), s.options}, s.line
	if c.numbers[item] != nil {
		c.numbers[item][at] = s.number
	}
}

// kind is the kind of Comune at's answer to an item of question q.
func (c *collector) kind(q, item, at int, form []slot) stat.Kind {
	question, place, options := &c.book.Questions[q], &c.Places[at], form[item].options
	switch {
	case place.Merged:
		return stat.NotComparable
	case place.State == NotOpened:
		return stat.NoRespondent
	case place.State == Begun:
		return stat.NotFinished
	case !question.On(place.Form):
		return stat.NotAsked
	case question.Route.On && !c.routed(question, form):
		if options != 0 && !c.lostRoute(question, form) {
			c.list.Add(diag.Problem{File: c.exports[c.from[at]], Line: int(form[item].line),
				Text: fmt.Sprintf("question %q is answered, but the answer to question %q does not lead to it", question.ID, c.book.Questions[question.Route.Question].ID),
				Hint: c.remedy("delete the row") + ", or correct the condition in " + c.book.File})
		}
		return stat.NotRouted
	case options == 0:
		return stat.Blank
	case options.Meets(c.labels[q].unsure):
		return stat.DontKnow
	}
	return stat.Known
}

// lostRoute says whether the answer that leads to a question may have stood in a
// row that could not be read.
func (c *collector) lostRoute(q *Question, form []slot) bool {
	target := q.Route.Question
	lead := &form[c.first[target]]
	unread := lead.options == 0 && (c.partial || lead.line > 0)
	return unread || q.broken || c.book.Questions[target].broken
}

func (c *collector) routed(q *Question, form []slot) bool {
	return form[c.first[q.Route.Question]].options.Meets(q.Route.Any)
}
