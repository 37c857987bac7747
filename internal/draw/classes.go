package draw

import "slices"

// Class is the fill of an area, a bar or a tile. The zero Class means that
// there is no value: hatched, never the lowest colour.
type Class uint8

// Ordered classes, low to high, and diverging ones, below to above a middle.
const (
	NoValue Class = iota
	C1
	C2
	C3
	C4
	C5
	D1
	D2
	D3
	D4
	D5
	Land // land without a statement: surroundings, the quiet parts of an inset
	Dark // land that is pointed at without a value: the region in an inset
)

// fills are the class names of the fills, by Class.
var fills = [...]string{"c0", "c1", "c2", "c3", "c4", "c5", "d1", "d2", "d3", "d4", "d5", "land", "f-peer"}

// inks are the class names of text that stands on a fill, by Class.
var inks = [...]string{"t-ref", "t-ref", "t-ref", "t-ref", "t-ref", "t-ref", "i1", "i2", "i3", "i4", "i5", "t-ref", "t-ref"}

// count is the number of classes a map may have: one path each.
const count = int(Dark) + 1

func (c Class) fill() string { return fills[min(int(c), count-1)] }

// seamed is fill, with a stroke of the same colour where a theme can give one:
// two areas that touch would show the ground between them as a hair line.
func (c Class) seamed() string {
	if c >= C1 && c <= D5 {
		return c.fill() + " seam"
	}
	return c.fill()
}

func (c Class) ink() string { return inks[min(int(c), count-1)] }

// The contract with a theme. A theme may style the names as it likes; it must
// not need any other name, and draw writes no other name. Five things that the
// geometry counts on:
//
//   - an SVG in a map is as wide as its figure, its height follows;
//   - paths in maps have vector-effect: non-scaling-stroke: a grid may be finer
//     than the screen;
//   - c1…d5 with seam have a stroke of their own colour, half a pixel;
//   - text in charts is 13 px high, overflow is visible;
//   - t-name is 14 and t-here 17 units of the viewBox high at every width, with
//     a halo (paint-order: stroke): names were placed for that size.
var contract = []string{
	// fills of values
	"c0", "c1", "c2", "c3", "c4", "c5", // ordered; c0 is the hatch, url(#id of Hatch)
	"d1", "d2", "d3", "d4", "d5", // diverging
	"i1", "i2", "i3", "i4", "i5", // text on d1…d5
	"h-bg", "h-line", // the hatch: its ground, its lines

	// parts of maps
	"seam",    // beside c1…d5: a stroke in the colour of the fill, half a pixel
	"areas",   // g: areas with titles or links; paths in it have a thin border
	"land",    // land without a value
	"outside", // rect: what is not Italy, sea or not
	"sea",     // rect: what the caller knows to be sea
	"regb",    // borders between groups (regions, units)
	"coast",   // outline of the land
	"here",    // the place of the page
	"inset",   // svg: small Italy with a dot
	"t-here",  // name of the place, 17 units high
	"t-name",  // names of neighbours, 14 units high

	// parts of charts
	"plot",                                           // svg: any chart; its text is 13 px high
	"legend-h",                                       // svg: a histogram in class colours
	"bar",                                            // svg: a chart in a table cell
	"tiles",                                          // svg: tile map
	"val",                                            // text: the value in a tile
	"f-peer", "f-place", "f-ref", "f-soft", "f-paid", // fills: the crowd, this place, the comparison, ground, paid out
	"s-axis", "s-rule", "s-ref", "s-peer", "s-place", // strokes
	"s-dash", "thin", // dashed, thin: beside another stroke
	"hollow", "hollow-place", // rings
	"t-place", "t-ref", // text: this place, the comparison

	// lists
	"rows", "axisrow", "me", "v", "note", // rows of a dot chart; the axis; this place; the value; small print
	"swatches", "soft", "num", // legend with counts
	"vh", // for screen readers only
}

// Classes is every class name that draw writes, in the order of the contract.
func Classes() []string { return slices.Clone(contract) }
