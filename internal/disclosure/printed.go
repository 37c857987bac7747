package disclosure

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/estimate"
	"mappa/internal/stat"
)

// printed is a table as it was printed, in whole numbers: see [encodeLine].
type printed struct {
	Question string    `json:"domanda"`
	Row      int       `json:"riga"`
	Columns  int       `json:"colonne"`
	Lines    [][]int32 `json:"righe"` // in the order of Areas
}

// areaDigests tell areas by their level and who is in them, with how many residents,
// whatever number they have in the frame.
func areaDigests(a *atlas.Atlas, f *estimate.Frame) []string {
	members := make([][]byte, len(f.Areas))
	order := make([]int, len(a.Comuni))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(a.Comuni[x].Cadastral, a.Comuni[y].Cadastral) })
	for _, i := range order {
		for _, area := range f.Of(i) {
			members[area] = fmt.Appendf(members[area], "%s %d\n", a.Comuni[i].Cadastral, f.Residents(i))
		}
	}
	out := make([]string, len(f.Areas))
	times := map[string]int{} // those of a level that nobody is in are told apart by their order
	for area := range out {
		sum := sha256.Sum256(append([]byte(f.Areas[area].Level+"\n"), members[area]...))
		out[area] = hex.EncodeToString(sum[:])
		times[out[area]]++
		if n := times[out[area]]; n > 1 {
			out[area] += "-" + strconv.Itoa(n)
		}
	}
	return out
}

// encodeLine is all that is printed of a line of survey figures in whole numbers: whether
// it is closed, its base, and of each cell the share, its decimals, the estimate with its
// interval and the share of residents. Each figure is its kind and, where it is known,
// the number, of shares in tenths.
func encodeLine(l *Line) []int32 {
	out := []int32{int32(one(l.Closed))}
	put := func(v stat.Value, scale float64) {
		out = append(out, int32(v.Kind))
		if v.OK() {
			out = append(out, int32(math.Round(v.N*scale)))
		}
	}
	put(l.Base, 1)
	for col := range len(l.Options) + 1 {
		c := l.cell(col)
		const tenths = 10
		put(c.Value, tenths)
		out = append(out, int32(c.Decimals))
		put(c.Estimate, 1)
		put(c.Low, 1)
		put(c.High, 1)
		put(c.Residents, 1)
	}
	return out
}

// decodeLine is the line of so many options that encodeLine wrote; what is missing is
// Unknown.
func decodeLine(in []int32, columns int) *Line {
	next := func() (n int32) {
		if len(in) > 0 {
			n, in = in[0], in[1:]
		}
		return n
	}
	value := func(scale float64) stat.Value {
		v := stat.Value{Kind: stat.Kind(next())}
		if v.OK() {
			v.N = float64(next()) / scale
		}
		return v
	}
	l := &Line{Closed: next() == 1, Base: value(1)}
	for col := range columns + 1 {
		const tenths = 10
		c := Cell{Value: value(tenths), Decimals: int(next()), Estimate: value(1), Low: value(1), High: value(1), Residents: value(1)}
		if c.Closed = l.Closed && c.Value.Kind == withheldKind; col < columns {
			l.Options = append(l.Options, c)
		} else {
			l.Headline = c
		}
	}
	return l
}
