package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mappa/internal/diag"
	"mappa/internal/disclosure"
	"mappa/internal/output"
	"mappa/internal/site"
	"mappa/internal/stat"
	"mappa/internal/verify"
)

// countryFolder is testdata/piccola on disk, with the shipped theme.
func countryFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err == nil {
		err = os.CopyFS(dir, os.DirFS("testdata/piccola"))
	}
	if err == nil {
		err = os.Symlink(filepath.Join(root, "themes"), filepath.Join(dir, "themes"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// built runs the build command in a folder.
func built(t *testing.T, dir string, o options, by disclose) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	o.dir = dir
	code = runBuild(t.Context(), &call{options: o, out: newPrinter(&out, &errs, func(string) string { return "" }), disclose: by})
	return out.String(), errs.String(), code
}

// planted is the real thing with a fault: do changes a table or the proof, and
// reports whether it found a place for it.
func planted(t *testing.T, do func(in disclosure.Input, p *disclosure.Published, proof *disclosure.Proof) bool) disclose {
	return func(in disclosure.Input, policy disclosure.Policy) (*disclosure.Published, *disclosure.Proof) {
		p, proof := disclosure.Protect(in, policy)
		if !do(in, p, proof) {
			t.Error("there is no place for the fault: the test says nothing")
		}
		return p, proof
	}
}

// firstCell calls do for the cells of areas with respondents until it says that it
// changed one.
func firstCell(in disclosure.Input, p *disclosure.Published, do func(l *disclosure.Line, c *disclosure.Cell, n, base int) bool) bool {
	for i := range p.Tables {
		for area := range p.Tables[i].Lines {
			l := &p.Tables[i].Lines[area]
			for o := range l.Options {
				if base := in.Tables[i].Base[area]; base > 0 && do(l, &l.Options[o], in.Tables[i].Num[o][area], base) {
					return true
				}
			}
		}
	}
	return false
}

// Whatever gives an answer away stops the build: the published site stays as it is,
// byte for byte, no new one is beside it, and nothing is said of the answer.
func TestALeakStopsTheBuild(t *testing.T) {
	t.Parallel()
	dir := countryFolder(t)
	if _, errs, code := built(t, dir, options{}, nil); code != done {
		t.Fatal(errs)
	}
	public := filepath.Join(dir, publicFolder)
	was, err := listing(public)
	if err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(t.TempDir(), "rapporto.txt")
	for name, do := range map[string]func(in disclosure.Input, p *disclosure.Published, proof *disclosure.Proof) bool{
		"a withheld share is shown": func(in disclosure.Input, p *disclosure.Published, _ *disclosure.Proof) bool {
			return firstCell(in, p, func(l *disclosure.Line, c *disclosure.Cell, n, base int) bool {
				if c.Value.Kind != stat.Withheld {
					return false
				}
				l.Base, c.Value, c.Key = stat.Of(float64(base)), stat.Of(float64(100*n/base)), "2025/rtd/-/si/0"
				return true
			})
		},
		"a withheld base is shown": func(in disclosure.Input, p *disclosure.Published, _ *disclosure.Proof) bool {
			return firstCell(in, p, func(l *disclosure.Line, c *disclosure.Cell, n, base int) bool {
				if l.Base.OK() || l.Closed {
					return false
				}
				l.Base = stat.Of(float64(base + 1))
				return true
			})
		},
		"a witness moves who did not answer": func(_ disclosure.Input, _ *disclosure.Published, proof *disclosure.Proof) bool {
			proof.Witnesses = append(proof.Witnesses, []disclosure.Change{{Comune: 2}})
			return true
		},
	} {
		for _, asked := range []string{"", report} {
			_, errs, code := built(t, dir, options{report: asked}, planted(t, do))
			if code != problems || !strings.Contains(errs, "mappa: compute survey: edition 2025 would give answers away: ") || !strings.HasSuffix(errs, " in all; nothing was written\n") {
				t.Errorf("%s: exit %d, %s", name, code, errs)
			}
			if strings.ContainsAny(errs, "%") {
				t.Errorf("%s: the message has a share: %s", name, errs)
			}
			if now, err := listing(public); err != nil || !bytes.Equal(now, was) {
				t.Errorf("%s: the site is not as it was, %v", name, err)
			}
			if _, err := os.Stat(report); !os.IsNotExist(err) {
				t.Errorf("%s: there is a report, %v", name, err)
			}
		}
	}
	if _, errs, code := built(t, dir, options{report: report}, nil); code != done {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(report)
	if err != nil || !strings.Contains(string(text), "not for publication") {
		t.Errorf("the report is %q, %v", text, err)
	}
	if now, err := listing(public); err != nil || !bytes.Equal(now, was) {
		t.Errorf("the report changed the site, %v", err)
	}
}

// What is published and printed nowhere stops the build, and nothing of it is said but
// its name.
func TestAFigureThatNobodyPrintsStopsTheBuild(t *testing.T) {
	t.Parallel()
	f := newFlow(t.Context(), os.DirFS(countryFolder(t)), new(output.Void), &printer{out: new(bytes.Buffer), err: new(bytes.Buffer)})
	in := gather(f)
	if f.err != nil {
		t.Fatal(f.err)
	}
	r := rules(in)
	r.Figures["2025/rtd/-/si/0"] = []float64{87.5}
	gates := verify.New(r)
	if err := site.Render(in, gates, f.Problems); err != nil {
		t.Fatal(err)
	}
	gates.Check(f.Problems)
	want := []diag.Problem{{File: "2025/rtd/-/si/0", Text: "this figure of the survey was published and stands nowhere, or not in full", Hint: "print it, or do not publish it"}}
	if got := f.Problems.Problems(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The report on what is withheld is never put where it would be published, whatever
// leads there; nothing is built then.
func TestTheReportNeverLiesInThePublishedFolder(t *testing.T) {
	t.Parallel()
	dir := countryFolder(t)
	elsewhere := filepath.Join(dir, "altrove")
	if err := os.Symlink(filepath.Join(dir, publicFolder), elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, publicFolder), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		filepath.Join(dir, publicFolder), filepath.Join(dir, publicFolder, "rapporto.txt"), filepath.Join(dir, publicFolder, "a", "b.txt"),
		filepath.Join(dir, "data", "..", publicFolder, "rapporto.txt"), filepath.Join(elsewhere, "rapporto.txt"),
	} {
		_, errs, code := built(t, dir, options{report: name}, nil)
		if want := "mappa: " + name + " is among what is published\n    hint: "; code != usage || !strings.HasPrefix(errs, want) {
			t.Errorf("exit %d, %s", code, errs)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }) {
		t.Errorf("something was built: %v, %v", entries, err)
	}
	if entries, err = os.ReadDir(filepath.Join(dir, publicFolder)); err != nil || len(entries) > 0 {
		t.Errorf("something was published: %v, %v", entries, err)
	}
}
