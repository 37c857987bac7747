package survey

import (
	"fmt"
	"io/fs"
	"regexp"

	"mappa/internal/diag"
	"mappa/internal/yamlfile"
)

// security is the section that is always riservata, whatever the codebook says.
const security = "sicurezza"

type bookFile struct {
	Edition word `yaml:"edizione"`
	Title   word `yaml:"titolo"`
	Demo    word `yaml:"dimostrativa"`
	Note    word `yaml:"nota"`
	Period  struct {
		From word `yaml:"dal"`
		To   word `yaml:"al"`
	} `yaml:"periodo"`
	ShortUpTo word          `yaml:"soglia_breve"`
	Areas     []areaFile    `yaml:"accademia"`
	Sections  []sectionFile `yaml:"sezioni"`
}

type areaFile struct {
	ID    word `yaml:"id"`
	Title word `yaml:"titolo"`
}

type sectionFile struct {
	ID        word           `yaml:"id"`
	Title     word           `yaml:"titolo"`
	Personal  word           `yaml:"personale"`
	Reserved  word           `yaml:"riservata"`
	Questions []questionFile `yaml:"domande"`
}

type questionFile struct {
	ID       word         `yaml:"id"`
	Export   word         `yaml:"domanda_id"`
	Title    word         `yaml:"titolo"`
	Text     word         `yaml:"testo"`
	Shape    word         `yaml:"forma"`
	Forms    []word       `yaml:"moduli"`
	Class    word         `yaml:"classe"`
	Reserved word         `yaml:"riservata"`
	Area     word         `yaml:"area"`
	Earlier  earlierFile  `yaml:"confronto"`
	Route    *routeFile   `yaml:"se"`
	Headline *groupFile   `yaml:"sintesi"`
	Rows     []labelFile  `yaml:"righe"`
	Options  []optionFile `yaml:"opzioni"`
}

type earlierFile struct {
	Outcome  word `yaml:"esito"`
	Edition  word `yaml:"edizione"`
	Question word `yaml:"domanda"`
	Reason   word `yaml:"motivo"`
}

type routeFile struct {
	Question word   `yaml:"domanda"`
	Any      []word `yaml:"una_di"`
}

type groupFile struct {
	Title word   `yaml:"titolo"`
	Any   []word `yaml:"una_di"`
}

type labelFile struct {
	Code word   `yaml:"codice"`
	Text word   `yaml:"voce"`
	Also []word `yaml:"alias"`
}

type optionFile struct {
	Code      word   `yaml:"codice"`
	Text      word   `yaml:"voce"`
	Also      []word `yaml:"alias"`
	Exclusive word   `yaml:"esclusiva"`
	DontKnow  word   `yaml:"non_so"`
}

// bookReader builds a Codebook out of its file.
type bookReader struct {
	reader
	book *Codebook
	seen map[string]word // where each id was first said, by kind and id
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
	before := list.Len()
	var f bookFile
	if !yamlfile.Decode(raw, name, 0, &f, list) {
		return nil, false
	}
	r := bookReader{reader: reader{name, list}, seen: map[string]word{},
		book: &Codebook{File: name, byID: map[string]int{}, byExport: map[int]int{}}}
	r.head(f)
	for _, s := range f.Sections {
		r.section(s)
	}
	if len(r.book.Questions) == 0 && list.Len() == before {
		list.File(name, "the codebook has no question", "want sezioni, each with domande")
	}
	return r.book, list.Len() == before
}

func (r bookReader) head(f bookFile) {
	top := word{line: 1}
	const what = "the codebook"
	b := r.book
	b.Edition = r.need(f.Edition, top, what, "edizione")
	b.Title = r.need(f.Title, top, what, "titolo")
	b.Demo = r.flag(f.Demo)
	b.Note = r.text(f.Note)
	b.From, b.To = r.date(f.Period.From), r.date(f.Period.To)
	if b.To != 0 && b.From > b.To {
		r.at(f.Period.To, fmt.Sprintf("the collection ends on %s, before it begins on %s", b.To, b.From), "")
	}
	b.ShortUpTo = r.number(f.ShortUpTo, top, what, "soglia_breve")
	for _, a := range f.Areas {
		id := r.id(a.ID, top, "an area", "area")
		b.Areas = append(b.Areas, Area{id, r.need(a.Title, a.ID, fmt.Sprintf("area %q", id), "titolo")})
	}
}

// id reads an identifier and holds it against those of the same kind.
func (r bookReader) id(w, owner word, what, kind string) string {
	s := r.need(w, owner, what, "id")
	if s == "" {
		return ""
	}
	if ok, _ := regexp.MatchString(`^[a-z0-9]+(-[a-z0-9]+)*$`, s); !ok {
		r.at(w, fmt.Sprintf("%q is not an id, want small letters, digits and hyphens", s), "")
	}
	r.once(w, kind, s)
	return s
}

// once reports a name of a kind that was given before.
func (r bookReader) once(w word, kind, name string) {
	if first, twice := r.seen[kind+" "+name]; twice {
		r.at(w, fmt.Sprintf("the %s %q stands twice, first on line %d", kind, name, first.line), "give one of them another name")
		return
	}
	r.seen[kind+" "+name] = w
}

func (r bookReader) section(f sectionFile) {
	id := r.id(f.ID, word{line: 1}, "a section", "section")
	what := fmt.Sprintf("section %q", id)
	s := Section{ID: id, Title: r.need(f.Title, f.ID, what, "titolo"), Personal: r.flag(f.Personal), Reserved: r.flag(f.Reserved)}
	if id == security && !s.Reserved {
		r.at(f.ID, `the section "sicurezza" is not riservata`, "write riservata: true; nothing of this section may be shown for a Comune")
	}
	at := len(r.book.Sections)
	for _, q := range f.Questions {
		s.Questions = append(s.Questions, len(r.book.Questions))
		r.question(q, at, s)
	}
	r.book.Sections = append(r.book.Sections, s)
}
