// Package draw writes pictures: maps and charts as SVG, ready to stand inside
// an HTML page.
//
// It is the one place of the program where markup is written by Go and not by
// a template, because a national site has tens of thousands of pictures and
// each must take microseconds. Every component is a struct of plain values with
// a method Append(b []byte) []byte; [HTML] turns one into what a template
// prints. Components are pure: the same struct gives the same bytes.
//
// # What draw does not know
//
// Draw knows no language and formats no number: every visible word, every
// figure and every alternative text is a string of the caller's. It knows no
// colour: elements carry class names ([Classes] is the whole list and the
// contract with a theme). It knows no place: shapes are orb values in a plane
// measured in metres, y up.
//
// # What it promises
//
// Text is escaped, and an address with a scheme other than http or https is
// left out, so that a hostile string stays a string. No style attribute, no
// script, no id except the hatch whose id the caller gives. A value that is not
// known (the zero [Pos], [Span] or [Class]) draws nothing or the hatch, never 0.
//
// # Charts
//
// Charts are elastic: no viewBox, width 100 %, x in per cent and y in pixels,
// so that text keeps its size at any width. Labels are placed for the narrowest
// plot that is promised, minWidth pixels: what does not collide there does not
// collide on anything wider, because distances in per cent only grow.
// Alternative texts state the finding; exact values belong in a table or in the
// rows of text beside the picture, which the caller writes.
//
// # Maps
//
// Maps have a viewBox, whole numbers only, and relative commands. Shapes that
// share a border must share its vertices, as the faces of a topology do: then
// borders are found by cancelling, on the grid, and no gap can open. What is
// too small to be seen is drawn as a small square: no Comune disappears.
// Strokes are meant in screen pixels: a theme sets
// vector-effect: non-scaling-stroke on the paths of a map.
package draw

import "html/template"

// Drawing is a component.
type Drawing interface {
	// Append writes the component after b and returns the longer slice.
	Append(b []byte) []byte
}

// HTML is the drawing as a template prints it.
func HTML(d Drawing) template.HTML {
	return template.HTML(d.Append(make([]byte, 0, drawing))) // safe: components escape every string they are given
}

// drawing is the room first made for one, in bytes: most fit.
const drawing = 8 << 10

// Pos is a value on an axis that may be unknown; the zero Pos is unknown.
type Pos struct {
	v     float64
	known bool
}

// At is the known value v; what is not a finite number is not known.
func At(v float64) Pos {
	return Pos{v, v-v == 0} // Inf-Inf and NaN-NaN are NaN
}

// Span is two values on an axis that may be unknown, the lower one first.
type Span struct {
	from, to float64
	known    bool
}

// Between is the known span from a to b, in either order.
func Between(a, b float64) Span {
	return Span{min(a, b), max(a, b), a-a == 0 && b-b == 0}
}
