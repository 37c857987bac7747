// Package atlas is Italy as the site knows it at its display date: the Comuni
// in force, the areas above them, the size classes beside them, and what became
// of the Comuni that ended.
//
// A Comune is keyed by its cadastral (Belfiore) code, H501 for Roma, which
// survives province reforms. The six-digit ISTAT code is text, leading zeros
// included, and is valid only at a date: [Atlas.ByISTAT] therefore always asks
// for the date at which the code was written down. Places refer to each other
// by index into the Atlas's slices; the slices are in ISTAT-code order, so that
// ranging over them is deterministic.
//
// [New] starts from the list of Comuni in force and undoes or applies the
// variations between its date and the display date. An event whose day is not
// known has an interval: the old Comune is shown until the interval's last day,
// and in between the codes of both sides are accepted. What a Comune became is
// known for certain where its cadastral code goes on or an event says so; of
// what the archive alone knows to have ended there are candidates: the Comuni
// of the same unit whose record begins anew on the next day.
//
// On a merger residents and areas add up. A count is by the codes of a date that
// its file does not say; the date is found by trying. A count by merged Comuni
// is not divided among their parts: that is a problem of the display date.
//
// Addresses come from an append-only table; [ProposeSlugs] says what to append.
// Nothing here reads a file, and nothing is changed after New.
package atlas

// Atlas is every place at the display date. It is built once by [New] and not
// changed afterwards.
type Atlas struct {
	Display      Date // the date all codes, names and areas hold at
	Comuni       []Comune
	Units        []Unit // supra-municipal units (UTS)
	Regions      []Region
	Ripartizioni []Ripartizione
	Schemes      []Scheme // size-class schemes; the first is the default
	Ended        []Ended  // suppressed Comuni that keep a page
	Events       []Event  // the variations, in date order

	Population Source // residents: who counted and when
	Boundaries Source // the lines: who drew them and of which date
	List       Source // the list of Comuni in force
	Archive    Source // every Comune since 1861
	Variations Source // the table of events; its Date is the last day it speaks for

	BoundariesFile string     // the file the lines are in, relative to the site folder
	PopulationAt   Date       // the date at which the population's codes hold, found by trying
	NewSlugs       []SlugLine // addresses that indirizzi.csv lacks: to be appended, in order

	look  lookup
	doubt Doubt // who else there may be
}

// Source is where a territorial fact comes from.
type Source struct {
	Title, Publisher, Licence, URL string
	Date                           Date // reference date of the fact, not of the download
}

// Comune is a municipality in force at the display date.
type Comune struct {
	Cadastral  string // Belfiore code, the key: H501
	ISTAT      string // six digits, valid at the display date
	FiscalCode string // of the body, "" where not known
	Name       string // Italian name
	Other      []OtherName
	Slug       string // its address, for ever: data/territorio/indirizzi.csv
	Unit       int    // index in Atlas.Units
	Region     int
	Rip        int
	Plate      string   // vehicle code; NA is Napoli, not a missing value
	Capital    Capital  // seat of its unit or region
	Residents  int      // at Atlas.Population.Date, 0 where not known; a merged Comune has the sum of its parts
	AreaKm2    float64  // as ISTAT publishes it with the population, 0 where not known; a merged Comune has the sum
	Class      []int    // index of the size class in each scheme, parallel to Atlas.Schemes; -1 where residents are not known
	Aliases    []Alias  // every further name it can be found or matched by
	Codes      []Span   // every ISTAT code it (or a Comune merged into it) has borne, by date
	Parts      []string // cadastral codes of the Comuni of the events table that merged into it
	Born       Date     // when it was instituted, 0 where that is older than the archive can tell
}

// OtherName is a name in another official language.
type OtherName struct {
	Text string
	Lang string // BCP 47: de, fr, sl, lld, fur; "" where ISTAT does not say which
}

// Capital says what a Comune is the seat of.
type Capital uint8

const (
	NotCapital Capital = iota
	UnitCapital
	RegionCapital
)

// Alias is a further name of a Comune.
type Alias struct {
	Text  string
	Kind  AliasKind
	Until Date // when a former name ended; 0 where not known or still in use
}

// AliasKind says why an alias exists.
type AliasKind uint8

const (
	OtherLanguage AliasKind = iota + 1 // Bozen
	Bilingual                          // Bolzano/Bozen
	Former                             // a name the same Comune bore before
	Absorbed                           // a Comune that merged into it
	Variant                            // a spelling seen in feeds: Reggio Emilia
)

// Span is an ISTAT code and the time it was valid for, ends included.
type Span struct {
	ISTAT     string
	Cadastral string // of the Comune that bore it (differs from the key after a merger)
	From, To  Date   // To is Forever while it lasts
}

// UnitKind is ISTAT's Tipologia Provincia/UTS.
type UnitKind uint8

const (
	Provincia              UnitKind = 1
	ProvinciaAutonoma      UnitKind = 2
	CittaMetropolitana     UnitKind = 3
	LiberoConsorzio        UnitKind = 4
	UnitaNonAmministrativa UnitKind = 5 // the former provinces of Friuli-Venezia Giulia
)

// Unit is a supra-municipal unit (UTS): province, autonomous province,
// metropolitan city, free consortium, or one of the FVG units.
type Unit struct {
	Code    string // three digits, 201 for the metropolitan city of Torino
	Prefix  string // the three digits with which its Comuni's ISTAT codes begin: 001
	Name    string // Italian name: Bolzano
	Other   []OtherName
	Kind    UnitKind
	Plate   string
	Slug    string
	Region  int
	Comuni  []int
	Aliases []string // names seen in feeds: Reggio Emilia, Monza-Brianza
}

// Region is one of the twenty.
type Region struct {
	Code    string // two digits
	Name    string // Italian name: Valle d'Aosta
	Other   []OtherName
	Slug    string
	Rip     int
	Units   []int
	Comuni  []int
	Aliases []string
}

// Ripartizione is one of ISTAT's five geographical divisions. Mezzogiorno is
// Sud + Isole and is listed after the five with Parts.
type Ripartizione struct {
	Code    string // 1..5; M for Mezzogiorno
	Name    string
	Slug    string
	Regions []int
	Comuni  []int
	Parts   []int // indexes of the ripartizioni it adds up, nil for the five
}

// Scheme is a way to cut Comuni by residents.
type Scheme struct {
	ID, Title string
	Classes   []Class
	Line      int // in classi.yaml
}

// Class is a size class: more than Over and up to UpTo residents; UpTo 0 means
// without limit.
type Class struct {
	Over, UpTo int
	Label      string // "2.501–5.000 abitanti"
	Slug       string
	Comuni     []int
	Line       int // in classi.yaml
}

// Ended is a suppressed Comune that keeps a page.
type Ended struct {
	Cadastral  string
	ISTAT      string // the last one it bore
	Name       string
	Slug       string
	Until      Date  // first day on which it was no more, or the end of the known interval
	UntilFrom  Date  // start of the interval where the day is not known, else equal to Until
	Successors []int // indexes in Atlas.Comuni; one when certain, more are candidates
	Certain    bool  // the successor is named by a source
	How        EventKind
	Source     string
}

// EventKind names a variation with ISTAT's words.
type EventKind string

const (
	Merger         EventKind = "fusione"                       // several become a new one
	Incorporation  EventKind = "incorporazione"                // one joins another that goes on
	Renumbering    EventKind = "cambio codice"                 // new ISTAT code, same Comune
	ProvinceMove   EventKind = "cambio di provincia"           // and code
	RegionMove     EventKind = "cambio di provincia e regione" // and code
	Renaming       EventKind = "cambio denominazione"          // same code, new name
	Institution    EventKind = "costituzione"                  // split off from one or more
	TerritoryShift EventKind = "cessione di territorio"        // a border moved, both go on
)

// Event is one line of the variations table.
type Event struct {
	Kind                            EventKind
	From, To                        Date // equal when the day is known, else the interval it lies in
	OldISTAT, OldCadastral, OldName string
	NewISTAT, NewCadastral, NewName string
	Source                          string
	Line                            int // in the variations file
}
