// Package pack writes what the interactive map fetches, as small as it gets:
// geometry packs, with the borders of all Comuni or of a region's, and columns,
// with the values of one indicator at one date.
//
// # A file
//
// A file is the two letters mp, a version (1), a kind (G for geometry, V for a
// column), the eight bytes of the order hash, and one stream of a range coder
// to the end. It is compressed already: a server need not do it.
//
// Comuni have no names in here, they stand in an agreed order. [OrderOf] hashes
// it; whoever puts two files together must refuse to when their orders differ.
//
// # The stream
//
// Binary decisions with adaptive probabilities, as in LZMA: a range of 32 bits,
// renewed by a byte when it falls below 2²⁴. A probability is the mean of two
// 16-bit estimates that start at one half and move a sixteenth and a
// sixty-fourth of the way at each step; it is used with 12 bits. A whole number
// is its count of binary digits (three decisions along a tree; 7 says that five
// more along another have it), then its digits after the first: three along a
// tree that belongs to the count, the rest raw, as if each had a probability of
// one half.
// A signed number is its size and, unless that is 0, a decision: 1 is negative.
//
// # Geometry
//
// Header, signed: X0, Y0 (metres), Step (decimetres), W, H, the Comuni of the
// country, the faces here; then for each face how many Comuni lie between it
// and the last. A point is a cell of the grid, gy downwards.
//
// Then each face: its polygons less 1; of each its rings less 1; of each ring a
// walk over arcs. An arc is written where it is first walked, and walked
// backwards the second time, when it closes: the other side has used it. A ring
// begins, after a decision, with the open arc that came k-th to last, or with a
// new arc at a place given as the signed difference from where the last ring so
// begun began (x, then y). It goes on from the cell it has reached: when that is
// where it began, a decision whether it ends; then, when open arcs end here, a
// decision whether it takes one (and, of several, which, the latest first), or
// else a new arc.
//
// A new arc is its points less 2, a decision whether it ends where the ring
// began, and the signed steps from point to point, x then y; the last step is
// left out when the end is known. The model of a step in x is chosen by the
// larger binary length of the step before, in y also by that of the step in x.
//
// # Column
//
// Signed: the most decimals of a value; the Comuni, 0 when there is no value for
// single ones; the lengths of six tables of areas (nation, regions, units, size
// classes, regions by class, units by class), 0 for one that may not be shown.
// Then each Comune: the kind of no value, 0 for a value, by a model chosen by
// whether the last was one; and the value: how many decimals it needs, unless
// the most are 0, and the number without its point, signed. Then each cell of
// the tables, by models of the table's own: kind, value, and how many Comuni it
// rests on.
package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Order is the hash of an order of Comuni.
type Order [8]byte

// OrderOf hashes keys in their order.
func OrderOf(keys []string) Order {
	h := sha256.New()
	for _, k := range keys {
		fmt.Fprintln(h, k)
	}
	return Order(h.Sum(nil)[:8])
}

// String is the order as 16 hexadecimal digits, as the catalogue has it.
func (o Order) String() string { return hex.EncodeToString(o[:]) }

const (
	version      = 1
	kindGeometry = 'G'
	kindColumn   = 'V'
	headSize     = 4 + len(Order{})
)

func head(kind byte, o Order) []byte { return append([]byte{'m', 'p', version, kind}, o[:]...) }

var (
	errForeign   = errors.New("this is not a file of the kind, or of another version")
	errBroken    = errors.New("the file is damaged")
	errTruncated = errors.New("the file ends too soon")
)

// open is the order of a file and a decoder of its stream.
func open(data []byte, kind byte) (Order, *decoder, error) {
	if len(data) < headSize || string(data[:4]) != string(head(kind, Order{})[:4]) {
		return Order{}, nil, errForeign
	}
	return Order(data[4:headSize]), newDecoder(data[headSize:]), nil
}
