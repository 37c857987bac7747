package table

import (
	"io"
	"strings"
)

// text is delimited text, read as encoding/csv reads it: the same cells at the same
// places, and the same faults. A cell is a part of the text, so that millions of
// rows are read without a copy of any. A large text comes in pieces.
type text struct {
	rest   string                 // what is not read yet
	more   func(least int) string // what follows it, so many bytes or more, "" at the end; nil: nothing does
	comma  byte
	quotes bool // there are some in rest
	line   int  // of what was read last, from 1
	cells  []string
	at     []pos
	buf    []byte // of a cell that does not stand in the text as it is
}

// fault is a quote that stands where none may.
type fault struct {
	first     int // line on which the row begins
	line, col int
	inside    bool // of a cell that is not quoted
}

func (f *fault) Error() string {
	if f.inside {
		return "a quote stands inside a cell that is not quoted"
	}
	return "a quoted cell is not closed, or goes on after its closing quote"
}

func newText(s string, more func(least int) string, comma byte) *text {
	return &text{rest: s, more: more, comma: comma, quotes: strings.IndexByte(s, '"') >= 0}
}

// fill adds what follows to rest; it reports whether something did.
func (x *text) fill() bool {
	if x.more == nil {
		return false
	}
	s := x.more(len(x.rest)) // as much as there is, so that a long line is not copied too often
	if s == "" {
		x.more = nil
		return false
	}
	x.quotes = strings.IndexByte(s, '"') >= 0 || x.quotes && strings.IndexByte(x.rest, '"') >= 0
	x.rest += s
	return true
}

// over reports whether all is read.
func (x *text) over() bool { return x.rest == "" && !x.fill() }

func (x *text) place(i int) (line, col int) { return int(x.at[i].line), int(x.at[i].col) }

// nextLine is the next line without what ends it; ended says whether something
// does, which the last may lack.
func (x *text) nextLine() (line string, ended bool) {
	x.line++
	i := strings.IndexByte(x.rest, '\n')
	for from := len(x.rest); i < 0 && x.fill(); from = len(x.rest) {
		if i = strings.IndexByte(x.rest[from:], '\n'); i >= 0 {
			i += from
		}
	}
	if i >= 0 {
		line, x.rest, ended = x.rest[:i], x.rest[i+1:], true
	} else {
		line, x.rest = x.rest, ""
	}
	return strings.TrimSuffix(line, "\r"), ended
}

// next reads a row. Empty lines are passed over.
func (x *text) next() ([]string, error) {
	line, ended := "", false
	for line == "" {
		if x.over() {
			return nil, io.EOF
		}
		line, ended = x.nextLine()
	}
	x.cells, x.at = x.cells[:0], x.at[:0]
	quotes := x.quotes && strings.IndexByte(line, '"') >= 0
	first, col := x.line, 1
	for {
		if quotes && line != "" && line[0] == '"' {
			in := quoted{text: x, rest: line[1:], ended: ended, first: first, line: x.line, col: col + 1}
			more, err := in.read(pos{int32(x.line), int32(col)})
			if err != nil || !more {
				return x.cells, err
			}
			line, ended, col = in.rest, in.ended, in.col
			continue
		}
		end := strings.IndexByte(line, x.comma)
		cell := line
		if end >= 0 {
			cell = line[:end]
		}
		if quotes {
			if i := strings.IndexByte(cell, '"'); i >= 0 {
				return x.cells, &fault{first: first, line: x.line, col: col + i, inside: true}
			}
		}
		x.cells, x.at = append(x.cells, cell), append(x.at, pos{int32(x.line), int32(col)})
		if end < 0 {
			return x.cells, nil
		}
		line, col = line[end+1:], col+end+1
	}
}

// quoted is a cell in quotes while it is read.
type quoted struct {
	*text
	rest      string // of the line
	ended     bool   // whether the line is
	first     int    // line on which the row begins
	line, col int    // of rest
}

// read reads the cell, with the lines that it goes on to; what follows is left. It
// reports whether that is another cell.
func (q *quoted) read(at pos) (more bool, err error) {
	q.buf = q.buf[:0]
	for {
		i := strings.IndexByte(q.rest, '"')
		if i < 0 {
			if q.rest == "" && !q.ended { // the file is over
				return false, &fault{first: q.first, line: q.line, col: q.col}
			}
			q.goOn()
			continue
		}
		piece := q.rest[:i]
		q.rest, q.col = q.rest[i+1:], q.col+i+1
		switch {
		case strings.HasPrefix(q.rest, `"`): // two for one
			q.buf = append(append(q.buf, piece...), '"')
			q.rest, q.col = q.rest[1:], q.col+1
			continue
		case q.rest != "" && q.rest[0] != q.comma:
			return false, &fault{first: q.first, line: q.line, col: q.col - 1}
		case len(q.buf) > 0:
			piece = string(append(q.buf, piece...))
		}
		q.cells, q.at = append(q.cells, piece), append(q.at, at)
		if q.rest == "" {
			return false, nil
		}
		q.rest, q.col = q.rest[1:], q.col+1
		return true, nil
	}
}

// goOn takes what is left of the line, and the next one.
func (q *quoted) goOn() {
	q.buf, q.col = append(q.buf, q.rest...), q.col+len(q.rest)
	if q.ended {
		q.buf, q.col = append(q.buf, '\n'), q.col+1
	}
	if q.rest, q.ended = "", false; q.over() {
		return
	}
	if q.rest, q.ended = q.nextLine(); q.rest != "" || q.ended {
		q.line, q.col = q.text.line, 1
	}
}
