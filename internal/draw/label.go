package draw

import (
	"math"
	"strings"
)

const (
	// minWidth is the narrowest plot that labels are placed for, in pixels: a
	// screen of 320 less two gutters of 16.
	minWidth = 288
	// noteSize is the height of text in charts, in pixels: the design's note.
	noteSize = 13
	// noteWide is the size that widths are estimated with: the text may be bold.
	noteWide = 14
	// lineGap is the least distance of two baselines, in pixels.
	lineGap = 15
	// labelGap is the least distance of two labels on one line, in pixels.
	labelGap = 12
	// tickGap is the same between the numbers of an axis, which are read as a row.
	tickGap = 8
)

// width estimates the width of s in a humanist sans of the given size. It errs
// on the wide side: the face that arrives may be a fallback.
func width(s string, size float64) float64 {
	em := 0.
	for _, r := range s {
		switch r {
		case 'i', 'l', 'j', 't', 'f', 'r', 'I', '.', ',', ':', ';', '\'', '’', '·', '|', '!', '(', ')', '[', ']', ' ', '\u00a0':
			em += .33
		case 'm', 'w', 'M', 'W', '%', '@', '–', '—':
			em += .86
		default:
			if r >= 'A' && r <= 'Z' {
				em += .66
			} else {
				em += .56
			}
		}
	}
	return em * size
}

// fit is the shift in pixels that keeps a centred text of width w at x per cent
// inside a plot of minWidth or wider.
func fit(x, w float64) float64 {
	middle := x / 100 * minWidth
	if over := w/2 - middle; over > 0 {
		return over
	}
	return min(0, minWidth-middle-w/2)
}

// label writes s centred on x, moved so that it stays inside.
func (p *pen) label(x, y float64, s, class string) {
	p.write(x, y, fit(x, width(s, noteWide)), "middle", s, class)
}

// extent is the room a label takes on the narrowest plot, in pixels.
type extent struct{ from, to float64 }

func reach(x float64, s string) extent {
	w := width(s, noteWide)
	middle := x/100*minWidth + fit(x, w)
	return extent{middle - w/2, middle + w/2}
}

// clear reports whether two labels can stand on one line.
func (e extent) clear(o extent) bool { return e.apart(o, labelGap) }

// apart reports whether two labels are at least gap pixels apart.
func (e extent) apart(o extent, gap float64) bool {
	return e.to+gap <= o.from || o.to+gap <= e.from
}

// keep tells which of the labels at xs can stand on one line: the last, the
// first, and of the others from the left what has room.
func keep(xs []float64, labels []string) []bool {
	kept := make([]bool, len(xs))
	var taken []extent
	try := func(i int) {
		if labels[i] == "" || kept[i] {
			return
		}
		e := reach(xs[i], labels[i])
		for _, t := range taken {
			if !e.clear(t) {
				return
			}
		}
		taken = append(taken, e)
		kept[i] = true
	}
	if len(xs) > 0 {
		try(len(xs) - 1)
	}
	for i := range xs {
		try(i)
	}
	return kept
}

// even tells which labels of even steps are written: all that fit, or every
// second, third … counted from the last. One that is left out between two others
// would read as a step of another size.
func even(xs []float64, labels []string) []bool {
	kept := make([]bool, len(xs))
	for step := 1; step <= len(xs); step++ {
		clear(kept)
		fits, right := true, -1
		for i := len(xs) - 1; i >= 0 && fits; i -= step {
			fits = right < 0 || reach(xs[i], labels[i]).apart(reach(xs[right], labels[right]), tickGap)
			kept[i], right = true, i
		}
		if fits {
			break
		}
	}
	return kept
}

// written tells which labels of an axis are written at xs. Powers and the edges
// of classes are not evenly spaced to begin with.
func written(xs []float64, labels []string) []bool {
	for i := 2; i < len(xs); i++ {
		if math.Abs((xs[i]-xs[i-1])-(xs[1]-xs[0])) > tickSlack {
			return keep(xs, labels)
		}
	}
	return even(xs, labels)
}

// dodge moves the heights ys apart, keeping their order, so that neighbours are
// at least gap apart and all lie between lo and hi if they fit. It returns new
// heights in the order given.
func dodge(ys []float64, gap, lo, hi float64) []float64 {
	order := sorted(len(ys), func(a, b int) bool { return ys[a] < ys[b] })
	out := make([]float64, len(ys))
	floor := lo
	for _, i := range order {
		out[i] = max(ys[i], floor)
		floor = out[i] + gap
	}
	ceil := hi
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		out[i] = min(out[i], ceil)
		ceil = out[i] - gap
	}
	return out
}

// wrapped breaks s into lines at spaces and after hyphens, each as short as
// the number of lines allows, so that the longest is as narrow as can be.
func wrapped(s string, lines int) []string {
	parts := pieces(s)
	if lines <= 1 || len(parts) <= 1 {
		return []string{s}
	}
	best := []string{s}
	bestWidth := width(s, 1)
	for cut := 1; cut < len(parts); cut++ {
		head := strings.TrimSpace(strings.Join(parts[:cut], ""))
		tail := wrapped(strings.TrimSpace(strings.Join(parts[cut:], "")), lines-1)
		w := width(head, 1)
		for _, t := range tail {
			w = max(w, width(t, 1))
		}
		if w < bestWidth {
			best, bestWidth = append([]string{head}, tail...), w
		}
	}
	return best
}

// maxPieces is more than any name of a Comune has; a longer text is not broken.
const maxPieces = 12

// pieces are the parts of s between which a line may break.
func pieces(s string) []string {
	var out []string
	rest := s
	for len(out) < maxPieces {
		i := strings.IndexAny(rest, " -/")
		if i < 0 || i == len(rest)-1 {
			break
		}
		out = append(out, rest[:i+1])
		rest = rest[i+1:]
	}
	if len(out) == maxPieces {
		return []string{s}
	}
	return append(out, rest)
}
