package draw

// end is the words at the end of a line.
type end struct {
	lines []string
	class string
	y     float64 // of the line's end, in pixels
}

func newEnd(s, class string, y float64) end {
	lines := []string{s}
	if width(s, noteWide)+endGap > widestEnd/100*minWidth {
		lines = wrapped(s, 2)
	}
	return end{lines, class, y}
}

// roomFor is the part of the width, in per cent, that the words need on the
// narrowest plot.
func roomFor(ends []end) float64 {
	w := 0.
	for _, e := range ends {
		for _, s := range e.lines {
			w = max(w, width(s, noteWide))
		}
	}
	return min(max((w+endGap)/minWidth*100, narrowEnd), widestEnd+narrowEnd)
}

// ends writes the words right of x, moved apart where lines end close together.
func (p *pen) ends(x float64, ends []end) {
	// Each line of text is a height of its own to dodge, so that words of two
	// lines keep the room they need.
	var ys []float64
	for _, e := range ends {
		for k := range e.lines {
			ys = append(ys, e.y+float64(k*lineGap)-float64((len(e.lines)-1)*lineGap)/2)
		}
	}
	order := sorted(len(ends), func(a, b int) bool { return ends[a].y < ends[b].y })
	first := make([]int, len(ends))
	n := 0
	for i, e := range ends {
		first[i] = n
		n += len(e.lines)
	}
	var stacked []float64
	for _, i := range order {
		stacked = append(stacked, ys[first[i]:first[i]+len(ends[i].lines)]...)
	}
	for k := 1; k < len(stacked); k++ { // in the order of the lines' ends, whatever their words
		stacked[k] = max(stacked[k], stacked[k-1]+lineGap)
	}
	stacked = dodge(stacked, lineGap, timeTop-textMiddle, timeBase)
	k := 0
	for _, i := range order {
		for _, s := range ends[i].lines {
			p.write(x, stacked[k]+textMiddle, endGap, "start", s, ends[i].class)
			k++
		}
	}
}
