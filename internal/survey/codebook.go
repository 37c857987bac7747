package survey

import (
	"fmt"
	"io/fs"

	"mappa/internal/atlas"
	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// security is the section that is always riservata, whatever the codebook says.
const security = "sicurezza"

type word = yamlfile.Word

type bookFile struct {
	Edition string `yaml:"edizione,required"`
	Title   string `yaml:"titolo,required"`
	Demo    bool   `yaml:"dimostrativa"`
	Note    string `yaml:"nota"`
	Period  struct {
		yamlfile.Place
		From atlas.Date `yaml:"dal"`
		To   atlas.Date `yaml:"al"`
	} `yaml:"periodo"`
	ShortUpTo  int             `yaml:"soglia_breve,required"`
	Areas      []areaFile      `yaml:"accademia"`
	Objectives []objectiveFile `yaml:"piano_triennale"`
	Sections   []sectionFile   `yaml:"sezioni"`
}

type areaFile struct {
	ID    word   `yaml:"id,required"`
	Title string `yaml:"titolo,required"`
}

type objectiveFile struct {
	ID    word   `yaml:"id,required"`
	Title string `yaml:"titolo,required"`
	URL   string `yaml:"indirizzo"`
}

type sectionFile struct {
	ID        word           `yaml:"id,required"`
	Title     string         `yaml:"titolo,required"`
	Personal  bool           `yaml:"personale"`
	Reserved  bool           `yaml:"riservata"`
	Questions []questionFile `yaml:"domande"`
}

type questionFile struct {
	ID        word         `yaml:"id,required"`
	Export    word         `yaml:"domanda_id,required"`
	Key       word         `yaml:"sigla"`
	Scale     word         `yaml:"scala"`
	Title     string       `yaml:"titolo,required"`
	Text      string       `yaml:"testo,required"`
	Shape     word         `yaml:"forma,required"`
	Forms     []word       `yaml:"moduli"`
	Class     word         `yaml:"classe"`
	Reserved  word         `yaml:"riservata"`
	Area      word         `yaml:"area"`
	Objective word         `yaml:"obiettivo"`
	Earlier   *earlierFile `yaml:"confronto"`
	Route     *routeFile   `yaml:"se"`
	Headline  *groupFile   `yaml:"sintesi"`
	Rows      []labelFile  `yaml:"righe"`
	Options   []optionFile `yaml:"opzioni"`
	measureFile
}

// measureFile is what only some shapes have.
type measureFile struct {
	Bins     []binFile `yaml:"fasce"`
	Unit     word      `yaml:"unita"`
	Least    word      `yaml:"minimo"`
	Most     word      `yaml:"massimo"`
	Decimals word      `yaml:"decimali"`
	Sum      word      `yaml:"somma"`
	Within   word      `yaml:"tolleranza"`
	Places   word      `yaml:"posti"`
}

type earlierFile struct {
	Outcome  word   `yaml:"esito,required"`
	Edition  string `yaml:"edizione"`
	Question string `yaml:"domanda"`
	Reason   string `yaml:"motivo"`
}

type routeFile struct {
	Question word   `yaml:"domanda,required"`
	Any      []word `yaml:"una_di,required"`
}

type groupFile struct {
	Title string `yaml:"titolo,required"`
	Any   []word `yaml:"una_di,required"`
}

type labelFile struct {
	Code word   `yaml:"codice,required"`
	Key  word   `yaml:"sigla"`
	Text word   `yaml:"voce,required"`
	Also []word `yaml:"alias"`
}

type optionFile struct {
	labelFile
	Exclusive bool `yaml:"esclusiva"`
	DontKnow  bool `yaml:"non_so"`
	Other     bool `yaml:"altro"`
}

type binFile struct {
	Code word `yaml:"codice,required"`
	Text word `yaml:"voce,required"`
	UpTo word `yaml:"fino_a"`
}

// bookReader builds a Codebook out of its file.
type bookReader struct {
	*yamlfile.Check
	book *Codebook
	seen map[string]yamlfile.Place // where each id was first said, by kind and id
}

// ReadCodebook reads a questionario.yaml. It reports whether the codebook can
// be used; when not, list says why.
func ReadCodebook(fsys fs.FS, name string, list *diag.List) (*Codebook, bool) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		list.File(name, "the file is missing or cannot be read", "every edition has its questionario.yaml")
		return nil, false
	}
	return ParseCodebook(raw, name, list)
}

// ParseCodebook reads a codebook from its bytes; name is for messages.
func ParseCodebook(raw []byte, name string, list *diag.List) (*Codebook, bool) {
	var f bookFile
	if !yamlfile.Decode(raw, name, &f, list) {
		return nil, false
	}
	r := bookReader{Check: &yamlfile.Check{File: name, List: list}, seen: map[string]yamlfile.Place{},
		book: &Codebook{File: name, byID: map[string]int{}, byExport: map[int]int{}}}
	r.head(f)
	for _, s := range f.Sections {
		r.section(s)
	}
	if len(r.book.Questions) == 0 {
		r.At(yamlfile.Place{}, "the codebook has no question", "want sezioni, each with domande")
	}
	return r.book, r.Faults == 0
}

func (r bookReader) head(f bookFile) {
	b := r.book
	b.Edition, b.Title, b.Demo, b.Note, b.ShortUpTo = f.Edition, f.Title, f.Demo, f.Note, f.ShortUpTo
	b.From, b.To = f.Period.From, f.Period.To
	if b.To != 0 && b.From > b.To {
		r.At(f.Period.Place, fmt.Sprintf("the collection ends on %s, before it begins on %s", b.To, b.From), "")
	}
	for _, a := range f.Areas {
		r.ID(a.ID, "area", r.seen)
		b.Areas = append(b.Areas, Area{a.ID.Text, a.Title})
	}
	for _, o := range f.Objectives {
		r.ID(o.ID, "objective", r.seen)
		b.Objectives = append(b.Objectives, Objective{o.ID.Text, o.Title, o.URL})
	}
}

func (r bookReader) section(f sectionFile) {
	r.ID(f.ID, "section", r.seen)
	s := Section{ID: f.ID.Text, Title: f.Title, Personal: f.Personal, Reserved: f.Reserved}
	if s.ID == security && !s.Reserved {
		r.At(f.ID.Place, `the section "sicurezza" is not riservata`, "write riservata: true; nothing of this section may be shown for a Comune")
	}
	at := len(r.book.Sections)
	for _, q := range f.Questions {
		s.Questions = append(s.Questions, len(r.book.Questions))
		r.question(q, at, s)
	}
	r.book.Sections = append(r.book.Sections, s)
}
