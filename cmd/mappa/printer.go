package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"mappa/internal/diag"
	"mappa/internal/output"
)

// printer says what happens: a line per stage, with a moving bar on a terminal,
// or one JSON object a line. Problems go to err, all else to out; with JSON
// everything goes to out.
type printer struct {
	out, err io.Writer
	json     bool
	terminal bool
}

func newPrinter(out, err io.Writer, env func(string) string) *printer {
	return &printer{out: out, err: err, terminal: isTerminal(err) && env("TERM") != "dumb"}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// event is one line of JSON.
type event struct {
	Event  string     `json:"event"` // stage, note, problem, stopped, done
	Name   string     `json:"name,omitempty"`
	Ms     int64      `json:"ms,omitempty"`
	Detail string     `json:"detail,omitempty"`
	File   string     `json:"file,omitempty"`
	Line   int        `json:"line,omitempty"`
	Col    int        `json:"col,omitempty"`
	Record string     `json:"record,omitempty"`
	Text   string     `json:"text,omitempty"`
	Hint   string     `json:"hint,omitempty"`
	Count  int        `json:"count,omitempty"` // of problems
	Rows   []account  `json:"rows,omitempty"`
	Pages  *pagesDiff `json:"pages,omitempty"`
}

type pagesDiff struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Gone    []string `json:"gone"`
	Same    int      `json:"same"`
}

func (p *printer) emit(e event) {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	enc.Encode(e)
}

// line prints to out unless programs are reading.
func (p *printer) line(format string, args ...any) {
	if !p.json {
		fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// running shows on a terminal that a stage is under way, until stop is called.
func (p *printer) running(name string, b *bar) (stop func()) {
	if !p.terminal || p.json {
		return func() {}
	}
	const often = 100 * time.Millisecond // fast enough to be seen moving
	b.total.Store(0)
	ticker, quit := time.NewTicker(often), make(chan struct{})
	var drawn sync.WaitGroup
	drawn.Go(func() {
		for {
			fmt.Fprintf(p.err, "\r\x1b[K%s", drawBar(name, b.done.Load(), b.total.Load()))
			select {
			case <-ticker.C:
			case <-quit:
				fmt.Fprint(p.err, "\r\x1b[K")
				return
			}
		}
	})
	return func() { ticker.Stop(); close(quit); drawn.Wait() }
}

// drawBar is the moving line: the stage's name alone while nothing is known of
// how long it takes.
func drawBar(name string, n, total int64) string {
	const width = 30 // leaves room for name and numbers on 80 columns
	if total <= 0 {
		return name + " …"
	}
	n = min(n, total)
	full := int(n * width / total)
	return fmt.Sprintf("%-*s [%s%s] %s / %s", nameWidth, name, strings.Repeat("#", full), strings.Repeat("·", width-full),
		grouped(int(n)), grouped(int(total)))
}

// nameWidth is the column that the longest stage name needs.
const nameWidth = 20

func (p *printer) stage(name string, took time.Duration, detail string) {
	if p.json {
		p.emit(event{Event: "stage", Name: name, Ms: took.Milliseconds(), Detail: detail})
		return
	}
	p.line("%s", strings.TrimRight(fmt.Sprintf("%-*s %7.2f s  %s", nameWidth, name, took.Seconds(), detail), " "))
}

func (p *printer) note(d diag.Problem)    { p.located("note", d) }
func (p *printer) problem(d diag.Problem) { p.located("problem", d) }

func (p *printer) located(kind string, d diag.Problem) {
	switch {
	case p.json:
		p.emit(event{Event: kind, File: d.File, Line: d.Line, Col: d.Col, Record: d.Record, Text: d.Text, Hint: d.Hint})
	case kind == "note":
		p.line("note: %s", d)
	default:
		fmt.Fprintln(p.err, d)
	}
}

// stopped says why the run ended early; count is the number of problems.
func (p *printer) stopped(text string, count int) {
	if p.json {
		p.emit(event{Event: "stopped", Text: text, Count: count})
		return
	}
	fmt.Fprintf(p.err, "mappa: %s\n", text)
}

// summary is what a finished run has to tell.
type summary struct {
	Accounts []account
	Change   output.Change
	Dry      bool // there was no tree to change
	Took     time.Duration
}

func (p *printer) finished(s summary) {
	c := s.Change
	if p.json {
		e := event{Event: "done", Ms: s.Took.Milliseconds(), Rows: s.Accounts}
		if !s.Dry {
			e.Pages = &pagesDiff{nonNil(c.Added), nonNil(c.Changed), nonNil(c.Gone), c.Same}
		}
		p.emit(e)
		return
	}
	for _, a := range s.Accounts {
		p.line("%s: %s rows, %s used%s", a.File, grouped(a.Read), grouped(a.Used), reasons(a.Left))
	}
	if s.Dry {
		p.line("done in %.1f s", s.Took.Seconds())
		return
	}
	p.few("added", c.Added)
	p.few("changed", c.Changed)
	p.few("gone", c.Gone)
	p.line("done in %.1f s: %s added, %s changed, %s gone, %s as they were", s.Took.Seconds(),
		grouped(len(c.Added)), grouped(len(c.Changed)), grouped(len(c.Gone)), grouped(c.Same))
}

func reasons(all []reason) string {
	var b strings.Builder
	for _, r := range all {
		fmt.Fprintf(&b, ", %s left out (%s)", grouped(r.Rows), r.Why)
	}
	return b.String()
}

// few lists the first files of a change: enough to see what it was.
func (p *printer) few(what string, paths []string) {
	const shown = 5
	for i, path := range paths {
		if i == shown {
			p.line("%s: and %s more", what, grouped(len(paths)-shown))
			return
		}
		p.line("%s: %s", what, path)
	}
}

func nonNil(s []string) []string { return append([]string{}, s...) }

// counted is "1 problem" or "12 problems".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}

// grouped writes 12,345.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// mega writes bytes as 12.3 MB.
func mega(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
