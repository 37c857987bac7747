package verify

import (
	"bytes"
	"cmp"
	"slices"
)

// needles finds many short texts in one pass: by their first two bytes, of
// which a table says whether any needle starts so.
type needles struct {
	all   [][]byte
	start []bool // by first byte << 8 | second
}

// hit is a needle, by its index, at an offset.
type hit struct{ off, needle int }

// shortest is the least length of a needle; shorter ones would be found
// everywhere and are left out.
const shortest = 2

func newNeedles(texts []string) needles {
	var n needles
	for _, t := range texts {
		n.all = append(n.all, []byte(t))
		if len(t) >= shortest {
			if n.start == nil {
				n.start = make([]bool, 1<<16)
			}
			n.start[int(t[0])<<8|int(t[1])] = true
		}
	}
	return n
}

// find returns the first place of each needle that stands in data.
func (n needles) find(data []byte) (out []hit) {
	if n.start == nil || len(data) < shortest {
		return nil
	}
	pair := int(data[0])
	for i, b := range data[1:] {
		pair = pair&0xFF<<8 | int(b)
		if !n.start[pair] {
			continue
		}
		for k, needle := range n.all {
			known := slices.ContainsFunc(out, func(h hit) bool { return h.needle == k })
			if len(needle) >= shortest && !known && bytes.HasPrefix(data[i:], needle) {
				out = append(out, hit{i, k})
			}
		}
	}
	slices.SortFunc(out, func(a, b hit) int { return cmp.Compare(a.off, b.off) })
	return out
}
