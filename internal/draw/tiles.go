package draw

// Tiles is a map of equal squares, one for each region, with the value inside:
// area does not shout.
type Tiles struct {
	Label string
	Tiles []Tile
}

// Tile is one region.
type Tile struct {
	Col, Row int    // place in the grid, from 0
	Code     string // three letters
	Value    string // five characters at most
	Title    string // name and value, for pointers
	Href     string
	Class    Class
}

// Sizes of a tile, in units of about a pixel.
const (
	tileW, tileH   = 66, 50
	tileGap        = 3
	mostTiles      = 64 // columns or rows
	tilesWide      = 330
	tileText       = 6
	codeAt, textAt = 18, 38
)

// Append writes the map.
func (t Tiles) Append(b []byte) []byte {
	p := pen{b}
	cols, rows := 1, 1
	for _, tile := range t.Tiles {
		cols, rows = max(cols, min(tile.Col, mostTiles)+1), max(rows, min(tile.Row, mostTiles)+1)
	}
	p.raw(`<svg class="tiles"`)
	p.viewBox(cols*tileW-tileGap, rows*tileH-tileGap)
	p.num("width", tilesWide)
	p.attr("role", "group")
	p.attr("aria-label", t.Label)
	p.raw(">")
	for _, tile := range t.Tiles {
		tile.draw(&p)
	}
	p.raw("</svg>")
	return p.b
}

func (t Tile) draw(p *pen) {
	x, y := float64(t.Col*tileW), float64(t.Row*tileH)
	linked := p.link(t.Href, "")
	if !linked {
		p.raw("<g>")
	}
	p.title(t.Title, "")
	p.raw("<rect")
	p.num("x", x)
	p.num("y", y)
	p.num("width", tileW-tileGap)
	p.num("height", tileH-tileGap)
	p.attr("class", t.Class.fill())
	p.raw("/>")
	p.tileText(x+tileText, y+codeAt, t.Class.ink(), t.Code)
	p.tileText(x+tileText, y+textAt, "val "+t.Class.ink(), t.Value)
	if linked {
		p.raw("</a>")
	} else {
		p.raw("</g>")
	}
}

func (p *pen) tileText(x, y float64, class, s string) {
	if s == "" {
		return
	}
	p.raw("<text")
	p.num("x", x)
	p.num("y", y)
	p.attr("class", class)
	p.raw(">")
	p.text(s)
	p.raw("</text>")
}
