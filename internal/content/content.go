// Package content is the words of the site: Markdown documents whose figures
// and numbers are named, not typed.
//
// # Files
//
//	pagine/<slug>.md, pagine/<folder>/<slug>.md   a page, addressed by its slug
//	indicatori/<id>.md                            what an indicator means
//	rapporti/<year>/index.md                      a report's findings
//	rapporti/<year>/<slug>.md                     a chapter, ordered by its front matter
//
// Every file opens with YAML front matter between lines of three dashes; the
// keys each kind of document takes are in [Front]. The body is CommonMark with
// tables, footnotes, definition lists and Italian typography (« », ’, …). It is
// no template language and holds no HTML: a tag is a problem, and is printed as
// text. The page's title is in the front matter, so headings start at ##.
//
// # Shape of a page
//
// What stands before the first ## is the lead. Each ## opens a section,
//
//	<section class="block" id="…"><div class="main">…</div><aside class="margin">…</aside></section>
//
// and a blockquote (>) is a note in the margin of its section. Classes printed
// besides these: title, sub and demo-tag in a figure, numero on a figure of one
// number, demo on the notice that a section rests on fictional answers, fn on a
// footnote's mark, notes on their list, scroll round a table, r on a right
// aligned cell. An address is given with {#id}, else made from the heading.
//
// # References
//
// Inline, a brace opens a reference:
//
//	ref    = "{" name ":" value { "|" key ":" value } "}"
//	bound  = "[" text "]" ref
//
//	{quota: siti-bootstrap-italia | regione: Umbria}
//	[58,0 %]{quota: siti-bootstrap-italia}
//
// Names and keys are lower-case letters, digits and hyphens; white space around
// values falls away; in a pipe table | is written \|; \{ is a brace. A reference
// may run over lines but not out of its paragraph. The key con asks for an
// article, which takes the form that the value wants: {quota: x | con: nel} is
// "nel 58 %" or "nell’8 %". The names mean what the
// [Resolver] makes of them, but for one: {figura: nome} is "figura 3", a link to
// the figure of that name in the same report, {Figura: nome} at the start of a
// sentence.
//
// A bound text must agree with the value: see [Agree].
//
// # Figures
//
// A fenced block named mappa, grafico, tabella or numero is a figure; its body
// is YAML keys with plain values or lists of them. Figures of a report are
// numbered through its chapters, so that a number means the same on one page,
// in print and chapter by chapter; tables have a count of their own.
//
// # Reading and rendering
//
// [Read] parses everything and checks what can be known from the words alone:
// syntax, front matter, links and anchors between documents, names of figures.
// [Render] asks a [Resolver] for values and figures and writes HTML. Both add
// every fault to a list, with its place in the file as the author wrote it.
package content

import (
	"html/template"

	"github.com/yuin/goldmark/ast"

	"mappa/internal/atlas"
)

// Kind says which of the four sorts of document a file is.
type Kind uint8

const (
	Page Kind = iota + 1
	Indicator
	ReportIndex
	Chapter
)

// Library is everything under content/, checked and in reading order.
type Library struct {
	Pages      []*Document // by path
	Indicators []*Document // by path, which is by id
	Reports    []Report    // newest first
}

// Report is one edition of the report.
type Report struct {
	Year     int // of publication: the folder's name
	Index    *Document
	Chapters []*Document // by Front.Order
}

// Page is the page of that slug, or nil.
func (l *Library) Page(slug string) *Document { return bySlug(l.Pages, slug) }

// Indicator is the text of the indicator of that id, or nil.
func (l *Library) Indicator(id string) *Document { return bySlug(l.Indicators, id) }

// Documents lists all documents: pages, indicators, then each report.
func (l *Library) Documents() []*Document {
	out := append(append([]*Document{}, l.Pages...), l.Indicators...)
	for _, r := range l.Reports {
		out = append(out, r.Documents()...)
	}
	return out
}

// Documents lists the report's index and chapters, in reading order.
func (r Report) Documents() []*Document {
	return append([]*Document{r.Index}, r.Chapters...)
}

func bySlug(docs []*Document, slug string) *Document {
	for _, d := range docs {
		if d.Slug == slug {
			return d
		}
	}
	return nil
}

// Document is one Markdown file. It is not changed after [Read] and may be
// rendered from several goroutines.
type Document struct {
	Path  string // as problems name it: content/pagine/metodo.md
	Kind  Kind
	Slug  string // metodo, partecipa/collega, siti-peso; "" for a report's index
	Year  int    // of a report and its chapters
	Front Front
	Index *Document // of a report and its chapters: the report's index, with the dates it was written on
	Title string    // Front.Title, Italian typography applied

	Refs    []Ref     // every inline reference, in file order
	Figures []Ref     // every figure block, in file order, numbered
	TOC     []Heading // sections (level 2) and their parts (3)
	Words   int       // of running text, for the reading time

	source  []byte // the file without byte-order mark
	body    int    // where the Markdown starts in source
	lines   []int  // offset of each line's first byte in source
	tree    ast.Node
	inline  []*refNode
	blocks  map[ast.Node]int // fenced block → index in Figures
	links   []link
	targets map[ast.Node]Target // where each link leads; zero for the outside
	ids     map[string]string   // heading text by anchor, figures included
	heading map[ast.Node]string
	named   map[string]Ref // figures of the same report (or page) by name
}

// Front is a document's front matter. The comment gives the key in the file and
// which documents must (!) or may have it: P page, I indicator, R report, C chapter.
type Front struct {
	Title       string     // titolo !PIRC
	Label       string     // voce PR !C: short, for menus and breadcrumbs
	Kicker      string     // occhiello PRC: the line above the title
	Summary     string     // sommario PRC: for lists of pages; holds no figures
	Description string     // descrizione !PRC: for search engines and previews
	Edition     string     // edizione !R: the survey edition reported
	Date        atlas.Date // data P !R: of publication or last change
	Version     string     // versione !R
	DataTo      atlas.Date // dati_al R: the youngest data the report was written on
	PlacesAt    atlas.Date // territorio_al R: the display date it was written for
	Order       int        // ordine P !C
	Authors     []string   // autori R
	Words       []string   // parole PIRC: further words to be found by
	Changes     []Change   // modifiche PR: newest first

	Short       string // breve !I: the name in tables and legends
	Unit        string // unita !I: %, punti su 100, usi ogni 1.000 abitanti
	What        string // cosa !I: what is counted
	Who         string // chi !I: among whom
	Numerator   string // numeratore I
	Denominator string // denominatore I
	Caveat      string // avvertenza I: what the figure does not say
}

// Change is one line of a document's change log.
type Change struct {
	Date    atlas.Date // data
	Version string     // versione
	Text    string     // testo
	Erratum bool       // errata: a published figure or statement was wrong
}

// Pos is a place in a file: line and byte column, both from 1.
type Pos struct{ Line, Col int }

// Arg is one key and its value, or values, of a reference or a figure block.
type Arg struct {
	Key    string
	Values []string // one, or several of a YAML list
	KeyPos Pos
	Pos    Pos // of the (first) value
}

// Ref is a reference as the author wrote it.
type Ref struct {
	Name  string // quota, data …; the kind of a figure block: mappa, grafico, tabella, numero
	Value string // after the name's colon; "" for a block
	Args  []Arg  // in the order written
	Typed string // text bound to the reference, "" when there is none

	File     string
	Pos      Pos // of the brace or bracket, or the block's first line
	NamePos  Pos
	ValuePos Pos

	// Of a figure block:
	ID     string // figura-3, tabella-1, numero-1: its address in the page
	Number int    // 3
	Label  string // "Figura 3"; "" for numero
	doc    *Document
	broken bool // the block has faults of its own and is not resolved
}

// Arg is the (first) value of the key, or "".
func (r Ref) Arg(key string) string {
	if v := r.List(key); len(v) > 0 {
		return v[0]
	}
	return ""
}

// List is all values of the key, or nil.
func (r Ref) List(key string) []string {
	for _, a := range r.Args {
		if a.Key == key {
			return a.Values
		}
	}
	return nil
}

// Value is what an inline reference stands for.
type Value struct {
	Text    string  // as printed, Italian, no-break spaces included: "58,0 %"
	Href    string  // where the text leads, "" for nowhere
	N       float64 // the value in the unit printed, so 58.03 for per cent
	Numeric bool    // N holds a value that a typed number can be checked against
	Percent bool    // N is a per cent: "sei su dieci" can be checked
	// Low and High bound a change with its 95 % interval. A change that is
	// counted, not estimated, has Low = High = N.
	Low, High float64
	Interval  bool
	Date      atlas.Date // of the youngest data it rests on, 0 where it has none
	Stands    string     // why a typed number stands though the value is another: the data are not those it was written on
	Demo      bool       // rests on fictional answers
	Origin    string     // provenance of a survey figure, printed as data-p; "" where public
}

// Figure is what a figure block becomes. Body and Caption are escaped HTML.
type Figure struct {
	Title   string // when the author gives none
	Sub     string // unit, date, how to read; when the author gives none
	Body    template.HTML
	Caption template.HTML // base, source, downloads
	Alt     string        // the finding in words, for forms that cannot hold Body
	Demo    bool
}

// Target is where a link leads: a document (and an anchor in it), or else a
// path of the site that starts with "/".
type Target struct {
	Doc    *Document
	Path   string
	Anchor string // without #
}

// Resolver knows the figures. Its errors become problems at the reference; a
// [*Refusal] also says which key is at fault and gives a hint. Methods are
// called from several goroutines.
type Resolver interface {
	Inline(Ref) (Value, error)
	Figure(Ref) (Figure, error)
	Link(Target) (string, error)
}

// Refusal says why a reference has no value.
type Refusal struct {
	Text string // lower case, no full stop, quotes what is there
	Hint string
	Key  string // the argument at fault; "" for the value, or the block

	onKey bool // the key itself is at fault, not its value
}

func (r *Refusal) Error() string { return r.Text }
