// Package score makes indices, 0 to 100, of what a Comune answered and of what
// open data say of it. data/indagini/<edition>/indici.yaml declares them; the
// page of the method and `mappa explain` are made from the same [Tree] as the
// figures, so that they cannot disagree.
//
// # Tree
//
// An index (level 3) is a weighted combination of areas (level 2), an area of
// parts (level 1). A part scores one question or one variable of a source.
// Weights are relative: those of one parent are divided by their sum. The keys
// of the file:
//
//	edizione           name of the edition, that of the codebook
//	nota               what a reader must know, as that ANCI has yet to confirm it
//	livelli            [{id, titolo, da}]: names of stretches of 0..100, the first from 0
//	indici             the indices; each has parti, the areas; each of these has parti
//	accanto            indicators that need no index: [{id, titolo, domanda | indicatore}]
//
// of an index, an area and a part:
//
//	id, titolo         id is for ever
//	peso               within its parent; of an index none
//
// of an index and an area:
//
//	aggregazione       aritmetica (default), geometrica, minimo
//	mancanti           ripartisci (default): the weights present are made to add up;
//	                   zero: what is missing counts 0; scarta: nothing may be missing
//	presenza_minima    per cent of the weight that must be present, default 0
//
// and of a part:
//
//	domanda            id of the question, or
//	variabile          source/name of a variable, its newest date
//	metodo             scelta, somma, conta, matrice, righe, media, sopra-zero, valore
//	punti              points of each option; of a row of its own under righe
//	righe              {row: {option: points}}: points of that row, instead of punti
//	pesi_righe         weight of each row, default 1
//	inverse            rows in which the points run the other way
//	tra                conta: the options that count; default all but esclusiva and non_so
//	pieno              conta: how many make the whole score; default all that count
//	riga               matrice: somma (default) or migliore of the options ticked
//	massimo            rows that the maximum counts: attese (default) or presenti
//	solo               {domanda, una_di}: rows that count only where the same row of
//	                   another question has one of these answers; others are not pertinent
//	senza_valore       points of a kind of "no value": {non_sa: 0, non_pertinente: 0}
//	scala              {da, a}: fixed minimum and maximum; {obiettivo, meno}: target
//
// # Methods
//
// Each gives points and a maximum, for each row that counts. The raw score is
// the mean of the rows' points by their weights, the maximum that of the rows'
// maxima.
//
//   - scelta, of a singola: the points of the option; at most those of the best.
//   - somma, of a multipla: the sum of the points ticked; at most all of them. Of a
//     percentuali: points of a row (under punti, by row code) times its number; at
//     most the best row with all of it.
//   - conta, of a multipla: how many are ticked; at most pieno.
//   - matrice, of a griglia-multipla: in each row the sum of the points ticked, or
//     the best of them.
//   - righe, of a griglia: in each row the points of the option.
//   - media, of percentuali or numero: the number; at most its own maximum, or 100.
//   - sopra-zero, of percentuali or numero: 1 where the number is above 0.
//   - valore, of a numero or a variable: the number; wants a scala.
//
// # Scale
//
// By default the score is the raw score in per cent of the maximum, where rows
// without an answer count 0 of their maximum (attese) or are left out of it
// (presenti). A scala of da and a puts the raw score between two fixed numbers,
// never the smallest and largest of the edition, so that editions compare; one of
// obiettivo takes it in per cent of a target, with meno the target in per cent of
// it. A score never leaves 0..100.
//
// # No value
//
// A part without an answer has the kind of "no value" that the answer has, and
// an area or index that cannot be given has the kind of its heaviest missing
// part. A part that is not on the form of a Comune is no part of its index: it
// is not missing, and does not count towards the weight that must be present.
// See [Scope] for what can be compared.
package score

import (
	"mappa/internal/stat"
	"mappa/internal/survey"
	"mappa/internal/yamlfile"
)

// FileName is the file of an edition's folder that declares the indices.
const FileName = "indici.yaml"

// Top is the highest score.
const Top = 100

// Tree is the indices of an edition.
type Tree struct {
	File    string
	Edition string
	Note    string
	Levels  []Level
	Nodes   []Node // each index with all below it, parents before children
	Beside  []Beside
}

// Level is a stretch of the scores with a name.
type Level struct {
	ID, Title string
	From      float64 // the stretch begins here and ends where the next begins
}

// Beside is an indicator that stands beside the indices and needs none.
type Beside struct {
	ID, Title string
	Question  int    // index in the codebook, -1 without
	Indicator string // id of an indicator of the site, "" without
	yamlfile.Place
}

// Depth is how high a node stands in the tree.
type Depth uint8

const (
	Leaf Depth = iota + 1 // a part: one question or variable
	Area
	Index
)

// Node is an index, an area or a part.
type Node struct {
	ID, Title string
	Depth     Depth
	Parent    int // index in Tree.Nodes, -1 of an index
	Children  []int
	Share     float64 // of its weight in its parent's, 0..1; 1 of an index
	Combine   Combine
	Missing   Missing
	Least     float64 // share of weight that must be present, 0..1
	Part      *Part   // of a leaf
	Line      int
}

// Combine is how an area or index follows from its parts.
type Combine string

const (
	Arithmetic Combine = "aritmetica"
	Geometric  Combine = "geometrica"
	Minimum    Combine = "minimo"
)

// Missing is what becomes of missing parts.
type Missing string

const (
	Renormalise Missing = "ripartisci" // the weights present are made to add up
	Zero        Missing = "zero"       // they count 0
	Drop        Missing = "scarta"     // nothing may be missing
)

// Part scores one question, or one variable of a source.
type Part struct {
	Question int // index in the codebook, -1 of a variable
	Variable string
	Method   Method
	Rows     []Row // one without a code where the question has no rows
	Full     float64
	Best     bool // of a row's options the best counts, not their sum
	Present  bool // the maximum counts the rows present, not those expected
	Only     *Only
	Kinds    map[stat.Kind]float64 // points of kinds of "no value"
	Scale    Scale
}

// Method is how a part is scored.
type Method string

const (
	Choice    Method = "scelta"
	Sum       Method = "somma"
	Count     Method = "conta"
	Matrix    Method = "matrice"
	ByRow     Method = "righe"
	Mean      Method = "media"
	AboveZero Method = "sopra-zero"
	Plain     Method = "valore"
)

// Row is one item of a question as a part scores it.
type Row struct {
	Weight  float64
	Points  []float64 // by option; of a percentuali under somma: one, of the row
	Max     float64   // points that the row can reach
	Reverse bool      // Points are turned round already
}

// Only says which rows count: those with one of these answers in the same row of
// another question.
type Only struct {
	Question int
	Any      survey.Set
}

// Scale is how points become a score.
type Scale struct {
	Kind     ScaleKind
	From, To float64 // FixedRange
	Target   float64 // ToTarget
	Less     bool    // ToTarget: less is better
}

// ScaleKind is a way from points to a score.
type ScaleKind uint8

const (
	OfMaximum  ScaleKind = iota // per cent of the theoretical maximum
	FixedRange                  // between two fixed numbers
	ToTarget                    // in per cent of a target
)

// Indices are the nodes that are indices, in order.
func (t *Tree) Indices() (out []int) {
	for i := range t.Nodes {
		if t.Nodes[i].Depth == Index {
			out = append(out, i)
		}
	}
	return out
}

// Leaves are the parts below a node, itself if it is one, in order.
func (t *Tree) Leaves(node int) (out []int) {
	if t.Nodes[node].Depth == Leaf {
		return []int{node}
	}
	for _, c := range t.Nodes[node].Children {
		out = append(out, t.Leaves(c)...)
	}
	return out
}

// Find is the node with that id, -1 without one.
func (t *Tree) Find(id string) int {
	for i := range t.Nodes {
		if t.Nodes[i].ID == id {
			return i
		}
	}
	return -1
}

// LevelOf is the stretch that a score lies in, in whole points, so that what is
// printed as 60 never has the name of what is below 60. The index is -1 where the
// tree names none.
func (t *Tree) LevelOf(score float64) int {
	at := -1
	for i, l := range t.Levels {
		if Round(score) >= l.From {
			at = i
		}
	}
	return at
}
