package atlas

import "mappa/internal/diag"

// Input is what the territorial files say, read but not yet brought together.
// Files are named relative to the site folder, for messages.
type Input struct {
	Lists      []List // lists of Comuni, oldest first; the last one is in force
	Population Count
	Archive    Archive
	Variations Variations
	Schemes    []Scheme
	SchemeFile string
	Slugs      []SlugLine
	SlugFile   string
	Aliases    []AliasLine
	AliasFile  string
	Boundaries Boundaries
	Doubt      Doubt // who there is and was: lists, archive and variations
}

// List is a list of the Comuni in force at its Source's date.
type List struct {
	File   string
	Source Source
	Places []Place
}

// Place is a row of a list of Comuni.
type Place struct {
	ISTAT, Cadastral, FiscalCode string
	Name, Other                  string // Italian, and other language or ""
	Both                         string // both as ISTAT writes them: Bolzano/Bozen
	Unit, UnitName               string // UTS code, 201, and name
	Prefix                       string // first three digits of the ISTAT codes of the unit, 001
	Kind                         UnitKind
	Plate                        string
	Region, RegionName           string
	Rip, RipName                 string
	Capital                      Capital
	Line                         int
}

// Count is a count of residents, with the area that ISTAT publishes beside it.
type Count struct {
	File   string
	Source Source
	Rows   []Counted
	Doubt  Doubt // whose residents
}

// Counted is a row of a [Count].
type Counted struct {
	ISTAT     string
	Residents int
	AreaKm2   float64
	Line      int
}

// Archive is every Comune there was, with its dates.
type Archive struct {
	File      string
	Source    Source
	BirthFrom Date // an earlier first appearance is an annexation or the archive's own beginning
	Records   []Record
}

// Record is a row of the archive: a Comune under one name, code and extent.
type Record struct {
	ISTAT, Cadastral, Name string // Cadastral is "" where the archive has none
	From, To               Date   // ends included; To is Forever while it lasts
	Line                   int
}

// Variations is the table of events and the time it speaks for.
type Variations struct {
	File   string
	Source Source
	From   Date // the table is complete from this day on
	To     Date // and until this day; 0 is the date of the list in force
	Events []Event
}

// Boundaries says where the lines are; reading them is not this package's.
type Boundaries struct {
	File   string
	Source Source
}

// AliasLine is a row of the table of names. Without a name it says in which
// language the other name of the place, and of all within it, is.
type AliasLine struct {
	Kind string // KindComune, KindUnit or KindRegion
	Key  string // cadastral code, UTS code, region code
	Name string
	Lang string // BCP 47; "" for a spelling seen in feeds
	Line int
}

// SlugLine is a row of the table of addresses.
type SlugLine struct {
	Kind string
	Key  string // cadastral code, UTS code, region code, ripartizione code, scheme/over-upto
	Slug string
	Line int // 0 for a proposal
}

// Kinds of places as the tables of names and addresses write them.
const (
	KindComune = "comune"
	KindEnded  = "cessato"
	KindUnit   = "unita"
	KindRegion = "regione"
	KindRip    = "ripartizione"
	KindClass  = "classe"
)

// Kinds are all kinds of places that have an address.
func Kinds() []string {
	return []string{KindComune, KindEnded, KindUnit, KindRegion, KindRip, KindClass}
}

// EventKinds are all kinds of variations.
func EventKinds() []string {
	var out []string
	for _, k := range []EventKind{Merger, Incorporation, Renumbering, ProvinceMove, RegionMove, Renaming, Institution, TerritoryShift} {
		out = append(out, string(k))
	}
	return out
}

// Setting is the display date and where it is set, for messages.
type Setting struct {
	Date      Date // 0 is the date of the list in force
	File      string
	Line, Col int
}

func (s Setting) problem(text, hint string) diag.Problem {
	return diag.Problem{File: s.File, Line: s.Line, Col: s.Col, Text: text, Hint: hint}
}

func (v Variations) problem(e Event, text, hint string) diag.Problem {
	return diag.Problem{File: v.File, Line: e.Line, Text: text, Hint: hint}
}
