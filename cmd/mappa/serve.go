package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"mappa/internal/diag"
	"mappa/internal/output"
)

const serveText = `
Open the address it prints in a browser. Save a file in data, content or themes,
and the page follows by itself. When something is wrong the page says what, and
the last good site stays. Nobody else can see it, and public is left alone.
Stop it with Ctrl-C.`

// previewFolder is where serve keeps the site, below the site folder.
const previewFolder = ".cache/anteprima"

func addrFlag(f *flag.FlagSet, o *options) {
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "answer at this `address`; port 0 takes a free one")
}

func runServe(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER serve")
	}
	target := filepath.Join(dir, filepath.FromSlash(previewFolder))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		c.out.stopped(err.Error(), 0)
		return problems
	}
	err = serve(ctx, preview{addr: c.addr, root: target, watch: sourceFolders(dir), out: c.out,
		build: func(ctx context.Context) []diag.Problem { return c.rebuild(ctx, dir, target) }})
	if err != nil && !errors.Is(err, context.Canceled) {
		c.out.stopped(err.Error(), 0)
		return problems
	}
	return done
}

// rebuild makes the site for the preview; what is wrong with the machine is
// shown like a problem in the sources.
func (c *call) rebuild(ctx context.Context, dir, target string) []diag.Problem {
	out, err := output.Open(target)
	if err != nil {
		return []diag.Problem{{File: previewFolder, Text: err.Error()}}
	}
	defer out.Discard()
	f := newFlow(ctx, os.DirFS(dir), out, c.out)
	build(f)
	if f.finish() == done { // the next change is then shown sooner
		f.err = keep(dir, f.proofs)
	}
	found := f.Problems.Problems()
	if f.err != nil && len(found) == 0 {
		found = append(found, diag.Problem{File: previewFolder, Text: f.err.Error()})
	}
	return found
}

// sourceFolders are what a change of which makes the site anew.
func sourceFolders(dir string) (out []string) {
	for _, name := range []string{"data", "content", "themes"} {
		out = append(out, filepath.Join(dir, name))
	}
	return out
}

// preview is what serve needs.
type preview struct {
	addr  string
	root  string   // of the files shown, replaced as a whole by build
	watch []string // folders
	out   *printer
	build func(context.Context) []diag.Problem
}

// serve builds, answers requests and builds again on changes, until ctx ends.
func serve(ctx context.Context, p preview) error {
	watcher, err := watch(p.watch)
	if err != nil {
		return err
	}
	defer watcher.Close()
	l, err := net.Listen("tcp", p.addr)
	if err != nil {
		return err
	}
	live := newLive(p.root)
	const patience = 10 * time.Second // for a request to be read
	s := &http.Server{Handler: live, ReadHeaderTimeout: patience, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() { <-ctx.Done(); s.Close() }()
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	fmt.Fprintf(p.out.out, "http://%s/\n", l.Addr())
	for {
		found := p.build(ctx)
		live.show(found)
		select {
		case <-watcher.changed(ctx):
		case err := <-failed:
			return cmp.Or(ctx.Err(), err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
