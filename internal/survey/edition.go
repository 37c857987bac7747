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

// finish gives every answer its kind and holds answers to their routes.
func (c *collector) finish() {
	for q := range c.book.Questions {
		if c.book.Questions[q].Class == Never {
			continue
		}
		for row := range c.book.Questions[q].Items() {
			item := c.first[q] + row
			for at := range c.answers[item] {
				c.answers[item][at].Kind = c.kind(q, item, at)
			}
		}
		c.hold(q)
	}
}

// kind is the kind of Comune at's answer to an item of question q. Questions
// come after those that route them, so that routes see finished answers.
func (c *collector) kind(q, item, at int) stat.Kind {
	question, place, answer := &c.book.Questions[q], &c.Places[at], c.answers[item][at]
	switch {
	case place.Merged:
		return stat.NotComparable
	case place.State == NotOpened:
		return stat.NoRespondent
	case place.State == Begun:
		return stat.NotFinished
	case !question.On(place.Form):
		return stat.NotAsked
	case question.Route.On && !c.routed(question, at):
		if answer.Options != 0 && !c.lostRoute(question, at) {
			c.list.Add(diag.Problem{File: c.exports[c.from[at]], Line: int(c.lines[item][at]),
				Text: fmt.Sprintf("question %q is answered, but the answer to question %q does not lead to it", question.ID, c.book.Questions[question.Route.Question].ID),
				Hint: c.remedy("delete the row") + ", or correct the condition in " + c.book.File})
		}
		return stat.NotRouted
	case answer.Options == 0:
		return stat.Blank
	case answer.Options.Meets(c.labels[q].unsure):
		return stat.DontKnow
	}
	return stat.Known
}

// lostRoute says whether the answer that leads to a question may have stood in a
// row that could not be read.
func (c *collector) lostRoute(q *Question, at int) bool {
	target := q.Route.Question
	item := c.first[target]
	unread := c.answers[item][at].Options == 0 && (c.partial || c.lines[item][at] > 0)
	return unread || q.broken || c.book.Questions[target].broken
}

func (c *collector) routed(q *Question, at int) bool {
	return c.answers[c.first[q.Route.Question]][at].Options.Meets(q.Route.Any)
}
