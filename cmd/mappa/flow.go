package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/output"
)

// flow is one run through the stages, named and timed. It stops by itself: once
// a stage has returned an error, or [flow.Sound] has found problems, what
// follows is skipped, so that the caller reads as a list.
type flow struct {
	Sources  fs.FS      // the site folder
	Problems *diag.List // what the stages find wrong in it
	Out      tree       // where the site goes
	Disclose disclose   // nil: the proofs that were kept, or a search
	Closes   string     // the site folder, where what is published is kept; "": it is published to nobody

	ctx          context.Context
	print        *printer
	began        time.Time
	err          error
	detail       string
	accounts     []account
	change       output.Change
	kept         addition
	proofs       []secretFile  // that were searched for
	publications []secretFile  // of editions of which something is published that was not
	aside        error         // why these did not get their places
	withheld     *bytes.Buffer // what is withheld of the survey, for the survey office; nil: nobody asked
	bar          bar
}

// tree is where a site goes: to a stage beside the published one, or nowhere.
type tree interface {
	output.Sink
	Err() error
	Size() (all output.Size, written int64)
	Publish() (output.Change, error)
	Discard() error
}

// disclose makes of an edition's answers what may be shown of them, with its proof.
// Whatever makes it, it is audited.
type disclose func(disclosure.Input, disclosure.Policy) (*disclosure.Published, *disclosure.Proof)

// account says what became of the rows of a source: every row that was read is
// used, or left out for a reason that is counted.
type account struct {
	File string   `json:"file"`
	Read int      `json:"read"`
	Used int      `json:"used"`
	Left []reason `json:"left,omitempty"`
}

// addition is text that a build which was published adds to a file of the
// sources: the addresses of places that had none, which are for ever from then.
type addition struct{ file, text string }

// Keep sets what the build adds to the sources.
func (f *flow) Keep(file, text string) { f.kept = addition{file, text} }

// reason is why rows were left out.
type reason struct {
	Why  string `json:"why"`
	Rows int    `json:"rows"`
}

// errProblems ends a flow whose sources have problems.
var errProblems = errors.New("there are problems in the sources")

func newFlow(ctx context.Context, sources fs.FS, out tree, print *printer) *flow {
	return &flow{Sources: sources, Problems: new(diag.List), Out: out, ctx: ctx, print: print, began: time.Now()}
}

// Stage does one part of the work. An error is a fault of the program or of
// the machine; what is wrong in the sources goes to Problems.
func (f *flow) Stage(name string, do func() error) {
	if f.err == nil {
		f.err = context.Cause(f.ctx)
	}
	if f.err != nil {
		return
	}
	f.detail = ""
	start := time.Now()
	stop := f.print.running(name, &f.bar)
	err := do()
	stop()
	if err != nil {
		f.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	f.print.stage(name, time.Since(start), f.detail)
}

// Say adds to the line of the running stage what it read, computed or wrote.
func (f *flow) Say(format string, args ...any) {
	if f.detail != "" {
		f.detail += ", "
	}
	f.detail += fmt.Sprintf(format, args...)
}

// Bar shows how far the running stage is: of total steps, one more at each
// call of step, which may come from several goroutines.
func (f *flow) Bar(total int) (step func()) {
	f.bar.done.Store(0)
	f.bar.total.Store(int64(total))
	return func() { f.bar.done.Add(1) }
}

// bar is how far a stage is.
type bar struct{ done, total atomic.Int64 }

// Account records what became of a source's rows.
func (f *flow) Account(a account) { f.accounts = append(f.accounts, a) }

// Sound ends the flow here when the sources have problems.
func (f *flow) Sound() {
	if f.err == nil && f.Problems.Len() > 0 {
		f.err = errProblems
	}
}

// Good reports whether nothing was found wrong so far in these files, or in those
// below a folder, whose name ends in a slash.
func (f *flow) Good(files ...string) bool {
	return !slices.ContainsFunc(f.Problems.Problems(), func(p diag.Problem) bool {
		return slices.ContainsFunc(files, func(name string) bool {
			return p.File == name || strings.HasSuffix(name, "/") && strings.HasPrefix(p.File+"/", name)
		})
	})
}

// Publish is the last stage: it puts the tree in place of the last one.
func (f *flow) Publish() error {
	for _, a := range f.accounts {
		if left := a.left(); a.Read != a.Used+left {
			return fmt.Errorf("%s: of %d rows %d were used and %d left out; the rest was lost", a.File, a.Read, a.Used, left)
		}
	}
	all, written := f.Out.Size()
	if f.Closes != "" { // once it is published it must not be forgotten
		if err := prepare(f.Closes, f.publications); err != nil {
			drop(f.Closes, f.publications)
			return fmt.Errorf("what is published of the survey cannot be kept: %w", err)
		}
	}
	change, err := f.Out.Publish()
	switch {
	case f.Closes == "":
	case err != nil:
		drop(f.Closes, f.publications)
	default:
		f.aside = place(f.Closes, f.publications)
	}
	f.change = change
	f.Say("%s of %s, of these %s written", counted(all.Files, "file"), mega(all.Bytes), mega(written))
	return err
}

func (a account) left() (n int) {
	for _, l := range a.Left {
		n += l.Rows
	}
	return n
}

// finish prints what came out and returns the exit code.
func (f *flow) finish() int {
	for _, n := range f.Problems.Notes() {
		f.print.note(n)
	}
	for _, p := range f.Problems.Problems() {
		f.print.problem(p)
	}
	switch n := f.Problems.Len(); {
	case n > 0:
		f.print.stopped(fmt.Sprintf("%s, nothing was written", counted(len(f.Problems.Problems()), "problem")), n)
		return problems
	case f.err != nil:
		f.print.stopped(f.err.Error()+"; nothing was written", 0)
		return problems
	}
	_, dry := f.Out.(*output.Void)
	f.print.finished(summary{Accounts: f.accounts, Change: f.change, Dry: dry, Took: time.Since(f.began)})
	return done
}
