package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"mappa/internal/output"
)

const buildText = `
It reads everything first. When something is wrong it prints each problem with
its file and line and stops; the site that is published stays as it is. When
all is well the new site takes the place of the old one in one step, in the
folder public. What shows that nothing can be told from the figures of the
survey is kept in riservato/prove, so that the next build of the same answers
need not search for it again. What was published of true answers is kept in
riservato/pubblicato: from then on the edition stays as it is, and what changes
in the answers is followed only where nobody can tell it by subtracting.`

// territoryFolder holds the lists of Comuni and what happened to them.
const territoryFolder = "data/territorio"

// sourcesFolder holds the open data, a folder for each source.
const sourcesFolder = "data/fonti"

// publicFolder is where the site goes, below the site folder.
const publicFolder = "public"

func runBuild(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER build")
	}
	f, code := c.flow(ctx, dir, func() (tree, error) { return output.Open(filepath.Join(dir, publicFolder)) })
	if code != done {
		return code
	}
	if err := keep(dir, f.proofs); err != nil {
		c.out.stopped("the site is published, but its proofs could not be kept: "+err.Error(), 0)
		return problems
	}
	if f.kept.text == "" {
		return code
	}
	if err := addTo(filepath.Join(dir, filepath.FromSlash(f.kept.file)), f.kept.text); err != nil {
		c.out.stopped("the site is published, but its new addresses could not be kept: "+err.Error(), 0)
		return problems
	}
	return code
}

// addTo adds text at the end of a file that is there.
func addTo(name, text string) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

const checkText = `
Use it before you send a change: it prints what build would print, exits with 0
when build would go through, and leaves every file alone.`

func runCheck(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER check")
	}
	_, code := c.flow(ctx, dir, func() (tree, error) { return new(output.Void), nil })
	return code
}

// flow runs build into the tree that open gives.
func (c *call) flow(ctx context.Context, dir string, open func() (tree, error)) (*flow, int) {
	report, err := c.reportFile(dir)
	if err != nil {
		return nil, misused(c.out.err, err.Error(), "the report on what is withheld is for the survey office alone; name a file elsewhere")
	}
	out, err := open()
	if err != nil {
		c.out.stopped(err.Error()+"; nothing was written", 0)
		return nil, problems
	}
	defer out.Discard()
	f := newFlow(ctx, os.DirFS(dir), out, c.out)
	f.Disclose = c.disclose
	if _, dry := out.(*output.Void); !dry {
		f.Closes = dir
	}
	guardTracked(dir, f.Problems)
	if report != "" {
		f.withheld = new(bytes.Buffer)
	}
	build(f)
	code := f.finish()
	if f.aside != nil {
		c.out.stopped("the site is published, but what was published of the survey lies beside its place; build again: "+f.aside.Error(), 0)
		return f, problems
	}
	if code == done && f.withheld != nil {
		if err := os.WriteFile(report, f.withheld.Bytes(), 0o600); err != nil {
			c.out.stopped("the report on what is withheld could not be written: "+err.Error(), 0)
			return f, problems
		}
	}
	return f, code
}

// reportFile is where the report on what is withheld goes, "" if nobody asked: never
// among what is published, nor where what leads to a folder leads there.
func (c *call) reportFile(dir string) (string, error) {
	if c.report == "" {
		return "", nil
	}
	public, err := filepath.Abs(filepath.Join(dir, publicFolder))
	if err != nil {
		return "", err
	}
	name, err := filepath.Abs(c.report)
	if err != nil {
		return "", err
	}
	for _, x := range []string{name, really(name)} {
		for _, under := range []string{public, really(public)} {
			if inside, err := filepath.Rel(under, x); err == nil && filepath.IsLocal(inside) {
				return "", fmt.Errorf("%s is among what is published", c.report)
			}
		}
	}
	return name, nil
}

// really is a path without links, of which what is not there yet is the end.
func really(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil || name == filepath.Dir(name) {
		return real
	}
	return filepath.Join(really(filepath.Dir(name)), filepath.Base(name))
}

// version is what is known of the running program.
type version struct {
	Version  string `json:"version"`  // of the module
	Revision string `json:"revision"` // of the source, "" when built outside a repository
	Modified bool   `json:"modified"` // the source differed from the revision
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func runVersion(_ context.Context, c *call) int {
	v := version{Version: "(unknown)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version = info.Main.Version
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Revision = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
	}
	if c.json {
		if err := json.NewEncoder(c.out.out).Encode(v); err != nil {
			return problems
		}
		return done
	}
	fmt.Fprintln(c.out.out, v)
	return done
}

func (v version) String() string {
	s := "mappa " + v.Version
	if v.Revision != "" {
		s += ", revision " + v.Revision
	}
	if v.Modified {
		s += " with changes"
	}
	return s + ", " + v.Go + " on " + v.Platform
}
