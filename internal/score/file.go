package score

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"mappa/internal/diag"
	"mappa/internal/stat"
	"mappa/internal/survey"
	"mappa/internal/yamlfile"
)

type word = yamlfile.Word

type treeFile struct {
	Edition word         `yaml:"edizione,required"`
	Note    string       `yaml:"nota"`
	Levels  []levelFile  `yaml:"livelli"`
	Indices []indexFile  `yaml:"indici,required"`
	Beside  []besideFile `yaml:"accanto"`
}

type levelFile struct {
	yamlfile.Place
	ID    word    `yaml:"id,required"`
	Title string  `yaml:"titolo,required"`
	From  float64 `yaml:"da"`
}

type besideFile struct {
	yamlfile.Place
	ID        word   `yaml:"id,required"`
	Title     string `yaml:"titolo,required"`
	Question  word   `yaml:"domanda"`
	Indicator word   `yaml:"indicatore"`
}

// nodeFile is what an index and an area have in common.
type nodeFile struct {
	yamlfile.Place
	ID      word    `yaml:"id,required"`
	Title   string  `yaml:"titolo,required"`
	Combine word    `yaml:"aggregazione"`
	Missing word    `yaml:"mancanti"`
	Least   float64 `yaml:"presenza_minima"`
}

type indexFile struct {
	nodeFile
	Areas []areaFile `yaml:"parti,required"`
}

type areaFile struct {
	nodeFile
	Weight float64    `yaml:"peso,required"`
	Parts  []partFile `yaml:"parti,required"`
}

type partFile struct {
	yamlfile.Place
	ID         word                      `yaml:"id,required"`
	Title      string                    `yaml:"titolo,required"`
	Weight     float64                   `yaml:"peso,required"`
	Question   word                      `yaml:"domanda"`
	Variable   word                      `yaml:"variabile"`
	Method     word                      `yaml:"metodo,required"`
	Points     map[word]float64          `yaml:"punti"`
	Rows       map[word]map[word]float64 `yaml:"righe"`
	RowWeights map[word]float64          `yaml:"pesi_righe"`
	Reverse    []word                    `yaml:"inverse"`
	Among      []word                    `yaml:"tra"`
	Full       *float64                  `yaml:"pieno"`
	Row        word                      `yaml:"riga"`
	Maximum    word                      `yaml:"massimo"`
	Only       *onlyFile                 `yaml:"solo"`
	Kinds      map[word]float64          `yaml:"senza_valore"`
	Scale      *scaleFile                `yaml:"scala"`
}

type onlyFile struct {
	Question word   `yaml:"domanda,required"`
	Any      []word `yaml:"una_di,required"`
}

type scaleFile struct {
	yamlfile.Place
	From   *float64 `yaml:"da"`
	To     *float64 `yaml:"a"`
	Target *float64 `yaml:"obiettivo"`
	Less   bool     `yaml:"meno"`
}

// Known is what a tree may name besides questions.
type Known struct {
	Variables  []string // source/name
	Indicators []string
}

// reader builds a Tree out of its file.
type reader struct {
	*yamlfile.Check
	tree  *Tree
	book  *survey.Codebook
	known Known
	seen  map[string]yamlfile.Place // ids

	before int // faults before the part that is being read
}

// Read reads the indices of an edition; nil where its folder has none. The
// codebook must be sound: what it does not know is reported here. ok is false
// where the tree cannot be used; list says why.
func Read(fsys fs.FS, name string, book *survey.Codebook, known Known, list *diag.List) (t *Tree, ok bool) {
	raw, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, true
	}
	if err != nil {
		list.File(name, "the file cannot be read", "put it back")
		return nil, false
	}
	return Parse(raw, name, book, known, list)
}

// Parse reads a tree from its bytes; name is for messages.
func Parse(raw []byte, name string, book *survey.Codebook, known Known, list *diag.List) (*Tree, bool) {
	var f treeFile
	whole := yamlfile.Decode(raw, name, &f, list)
	r := reader{Check: &yamlfile.Check{File: name, List: list}, book: book, known: known, seen: map[string]yamlfile.Place{},
		tree: &Tree{File: name, Edition: f.Edition.Text, Note: f.Note}}
	if f.Edition.Text != "" && f.Edition.Text != book.Edition {
		r.At(f.Edition.Place, fmt.Sprintf("the indices are of edition %q, the codebook beside them of %q", f.Edition.Text, book.Edition), "correct one of them")
	}
	r.levels(f.Levels)
	for _, x := range f.Indices {
		index := r.node(x.nodeFile, Index, -1, 1)
		areas := shares(r, x.Areas)
		for i, a := range x.Areas {
			area := r.node(a.nodeFile, Area, index, areas[i])
			parts := shares(r, a.Parts)
			for j, p := range a.Parts {
				r.leaf(p, area, parts[j])
			}
		}
	}
	for _, b := range f.Beside {
		r.beside(b)
	}
	return r.tree, whole && r.Faults == 0
}

// weighted has a weight in its parent.
type weighted interface{ weight() (float64, word) }

func (f areaFile) weight() (float64, word) { return f.Weight, f.ID }
func (f partFile) weight() (float64, word) { return f.Weight, f.ID }

// shares are what each has of the weight of all. A weight that is missing was
// reported by the decoder.
func shares[T weighted](r reader, of []T) []float64 {
	out, sum := make([]float64, len(of)), 0.0
	for i, x := range of {
		w, id := x.weight()
		if w < 0 {
			r.At(id.Place, fmt.Sprintf("the weight of %q is below 0", id.Text), "want a number above 0; turn a question round with inverse")
			w = 0
		}
		out[i] = w
		sum += w
	}
	for i := range out {
		if sum > 0 {
			out[i] /= sum
		}
	}
	return out
}

func (r reader) levels(files []levelFile) {
	for i, f := range files {
		r.ID(f.ID, "level", r.seen)
		switch {
		case i == 0 && f.From != 0:
			r.At(f.Place, fmt.Sprintf("the first level begins at %g, want 0", f.From), "every score has a level")
		case i > 0 && f.From <= files[i-1].From:
			r.At(f.Place, fmt.Sprintf("the level %q begins at %g, where the one before it has begun", f.ID.Text, f.From), "list them from the lowest")
		case f.From >= Top:
			r.At(f.Place, fmt.Sprintf("the level %q begins at %g, want less than 100", f.ID.Text, f.From), "")
		}
		r.tree.Levels = append(r.tree.Levels, Level{f.ID.Text, f.Title, f.From})
	}
}

func (r reader) node(f nodeFile, depth Depth, parent int, share float64) int {
	r.ID(f.ID, "index or part", r.seen)
	n := Node{ID: f.ID.Text, Title: f.Title, Depth: depth, Parent: parent, Share: share, Line: f.Line,
		Combine: Arithmetic, Missing: Renormalise, Least: f.Least / percent}
	if c := yamlfile.OneOf(r.Check, f.Combine, "aggregazione", Arithmetic, Geometric, Minimum); c != "" {
		n.Combine = c
	}
	if m := yamlfile.OneOf(r.Check, f.Missing, "mancanti", Renormalise, Zero, Drop); m != "" {
		n.Missing = m
	}
	if f.Least < 0 || f.Least > percent {
		r.At(f.Place, fmt.Sprintf("presenza_minima of %q is %g, want 0 to 100", f.ID.Text, f.Least), "it is in per cent of the weight")
	}
	return r.add(n)
}

// add puts a node at the end, known to its parent.
func (r reader) add(n Node) int {
	at := len(r.tree.Nodes)
	r.tree.Nodes = append(r.tree.Nodes, n)
	if n.Parent >= 0 {
		p := &r.tree.Nodes[n.Parent]
		p.Children = append(p.Children, at)
	}
	return at
}

func (r reader) beside(f besideFile) {
	r.ID(f.ID, "indicator", r.seen)
	b := Beside{ID: f.ID.Text, Title: f.Title, Question: -1, Indicator: f.Indicator.Text, Place: f.Place}
	switch {
	case (f.Question.Text == "") == (f.Indicator.Text == ""):
		r.At(f.Place, fmt.Sprintf("%q names a domanda and an indicatore, or neither", f.ID.Text), "want one of them")
	case f.Question.Text != "":
		b.Question = r.question(f.Question)
		if b.Question >= 0 && r.book.Questions[b.Question].Headline.Title == "" && r.book.Questions[b.Question].Shape != "numero" {
			r.At(f.Question.Place, fmt.Sprintf("the question %q has no sintesi", f.Question.Text), "an indicator is the share of a group of answers: name it in the codebook")
		}
	case !slices.Contains(r.known.Indicators, f.Indicator.Text):
		r.At(f.Indicator.Place, fmt.Sprintf("there is no indicator %q", f.Indicator.Text), diag.DidYouMean(f.Indicator.Text, r.known.Indicators))
	}
	r.tree.Beside = append(r.tree.Beside, b)
}

// question is the index of the question that a word names, -1 for one that is
// not there or not to be read, which is reported.
func (r reader) question(w word) int {
	i := r.book.Find(w.Text)
	if i < 0 {
		var ids []string
		for k := range r.book.Questions {
			if r.book.Questions[k].Class != survey.Never {
				ids = append(ids, r.book.Questions[k].ID)
			}
		}
		r.At(w.Place, fmt.Sprintf("the codebook has no question %q", w.Text), diag.DidYouMean(w.Text, ids))
		return -1
	}
	if r.book.Questions[i].Class == survey.Never {
		r.At(w.Place, fmt.Sprintf("the question %q is of class mai and is not read", w.Text), "")
		return -1
	}
	return i
}

// kindsOf are the kinds of "no value" that points may be given for, by code:
// those that an answer to a question that was asked can have.
func kindsOf() map[string]stat.Kind {
	return map[string]stat.Kind{stat.NotRouted.Code(): stat.NotRouted, stat.DontKnow.Code(): stat.DontKnow, stat.Blank.Code(): stat.Blank}
}
