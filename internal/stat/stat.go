// Package stat is what the site says in figures: values that know why they are
// missing, variables over the Comuni, indicators, and the figure of an area
// with its base.
//
// Territorial figures are always computed from Comuni, never from the figures
// of smaller areas: a share is a count over a count, a rate is a sum over a
// sum, a median is the median of the Comuni. A missing value is never 0, and 0
// is a value.
package stat

import "mappa/internal/atlas"

// Kind says whether there is a value and, if not, why. The zero Kind means
// that nothing is known.
type Kind uint8

const (
	Unknown       Kind = iota // nothing is known: the source has no row
	Known                     // there is a value
	NoRespondent              // the Comune did not take part
	NotFinished               // the form was begun and not sent
	NotAsked                  // the question is not on this form
	NotRouted                 // skipped because of an earlier answer
	DontKnow                  // "non so", "non disponibile" as an answer
	Blank                     // asked and left blank
	Withheld                  // disclosure control
	NotComparable             // series break, or the Comune comes from a merger
	Failed                    // the source tried and could not measure
)

// Codes of the kinds in CSV and JSON, by Kind; "" for a known value. They are
// listed in the data dictionary and never change.
var codes = [...]string{"assente", "", "non_rispondente", "non_concluso", "non_posta", "non_pertinente",
	"non_sa", "in_bianco", "riservato", "non_confrontabile", "non_rilevato"}

// Code is the kind as it is written in CSV and JSON.
func (k Kind) Code() string { return codes[k] }

// Kinds lists every kind of "no value", in the order of the constants.
func Kinds() []Kind {
	return []Kind{Unknown, NoRespondent, NotFinished, NotAsked, NotRouted, DontKnow, Blank, Withheld, NotComparable, Failed}
}

// Value is a number or the reason why there is none. The zero Value is unknown.
type Value struct {
	N    float64
	Kind Kind
}

// Of is a known value.
func Of(n float64) Value { return Value{n, Known} }

// Missing is a value that is not there for the reason k.
func Missing(k Kind) Value { return Value{Kind: k} }

// OK reports whether there is a value.
func (v Value) OK() bool { return v.Kind == Known }

// Variable is one number for each Comune at one date, in the order of
// atlas.Atlas.Comuni. Flags are 0 and 1.
type Variable struct {
	ID     string // source/name: "siti/punteggio", "padigitale/send/pagato"
	Source string // id of the source, folder under data/fonti
	Date   atlas.Date
	Values []Value
}

// Form is how the figure of an area follows from its Comuni.
type Form string

const (
	Share  Form = "quota"   // percent of the Comuni with a value for which it is 1
	Rate   Form = "tasso"   // sum of numerators over sum of denominators, times Per
	Median Form = "mediana" // median of the Comuni
)

// Indicator is what a reader can look up, map and download: one row of
// data/indicatori.yaml.
type Indicator struct {
	ID           string // its address: /indicatori/<id>/
	Theme        string // groups the list of indicators: pnrr, siti, anagrafe, indagine
	Form         Form
	Value        string    // id of the variable (for Rate: the numerator)
	Over         string    // Rate: id of the denominator; "residenti" for residents
	Per          float64   // Rate: 1000 for "per 1,000 residents"
	Decimals     int       // printed
	Breaks       []float64 // four inner edges of the five map classes, lower class below its edge; fixed over editions
	LessIsBetter bool
	Source       string
	Dates        []atlas.Date // every date there are values for, ascending; the last is shown first
	Demo         bool         // rests on fictional answers
}

// Figure is what an indicator says of a set of Comuni.
type Figure struct {
	Value Value   // in the indicator's unit: percent, rate or median
	Num   float64 // Share: Comuni with 1; Rate: sum of numerators
	Den   float64 // Share: Comuni with a value; Rate: sum of denominators
	Base  int     // Comuni with a value
	Of    int     // Comuni in the set
}
