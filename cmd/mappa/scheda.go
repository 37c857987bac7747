package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"mappa/internal/atlas"
	"mappa/internal/content"
	"mappa/internal/istat"
	"mappa/internal/output"
	"mappa/internal/settings"
	"mappa/internal/sheet"
	"mappa/internal/site"
	"mappa/internal/stat"
)

const schedaText = `
It writes the private document of one Comune: all of its answers in words, how
its indices came about, and where it stands. It is for that Comune alone and
never goes into the site. COMUNE is a name, "Samone (TN)" where several bear it,
a cadastral code or an ISTAT code. The files, HTML that prints on A4 and PDF, go
to riservato/schede, or to the folder of -o; with -all DIR those of every
respondent go to DIR. The PDF is printed by Chromium, if there is one here.

Fictional answers are no Comune's: -dimostrativa makes sheets of them all the
same, and every page says so.`

// sheetFolder is where sheets go unless another folder is named, in the folder
// that git does not look at.
const sheetFolder = secretFolder + "/schede"

func sheetFlags(f *flag.FlagSet, o *options) {
	f.StringVar(&o.all, "all", "", "write the sheets of all respondents to the `folder`")
	f.StringVar(&o.into, "o", "", "write the sheet to the `folder`")
	f.BoolVar(&o.html, "html", false, "write no PDF")
	f.BoolVar(&o.demo, "dimostrativa", false, "write sheets of fictional answers, marked as such")
}

func runScheda(ctx context.Context, c *call) int {
	dir, err := c.siteFolder()
	if err != nil {
		return misused(c.out.err, err.Error(), "mappa -C FOLDER scheda COMUNE")
	}
	to := filepath.Join(dir, filepath.FromSlash(sheetFolder))
	switch {
	case c.all != "" && (len(c.args) > 0 || c.into != ""):
		return misused(c.out.err, "-all takes no Comune and no -o", "mappa help scheda")
	case c.all == "" && len(c.args) != 1:
		return misused(c.out.err, "scheda wants one Comune, or -all and a folder", "mappa help scheda")
	case c.all != "":
		to = c.all
	case c.into != "":
		to = c.into
	}
	if reason := open(dir, to); reason != "" {
		return misused(c.out.err, fmt.Sprintf("no sheet goes to %s: %s", to, reason), "choose a folder outside, or leave it to "+sheetFolder)
	}
	quiet := *c.out
	quiet.out = io.Discard // its stages are of no interest here
	f := newFlow(ctx, os.DirFS(dir), new(output.Void), &quiet)
	in, maker := gatherSheets(f)
	if f.err != nil {
		return f.finish()
	}
	switch {
	case maker == nil:
		return misused(c.out.err, "the site has no survey", "set edizione in "+settings.SiteFile)
	case maker.Edition.Demo() && !c.demo:
		return misused(c.out.err, fmt.Sprintf("the answers of edition %q are fictional, and no Comune's own", maker.Edition.Book.Edition), "to see what a sheet looks like: mappa scheda -dimostrativa COMUNE")
	}
	comuni := maker.Respondents()
	if c.all == "" {
		one, fault := whichComune(in.Atlas, c.args[0])
		if fault.Text != "" {
			return misused(c.out.err, fault.Text, strings.Replace(fault.Hint, "help explain", "help scheda", 1))
		}
		if !slices.Contains(comuni, one) {
			return misused(c.out.err, fmt.Sprintf("%s did not send the form of edition %q", in.Atlas.Comuni[one].Name, maker.Edition.Book.Edition), "there is nothing to tell it")
		}
		comuni = []int{one}
	}
	if err := c.writeSheets(ctx, maker, in.Atlas, comuni, to); err != nil {
		c.out.stopped(err.Error(), 0)
		return problems
	}
	return done
}

// gatherSheets reads and computes what sheets are made of; nil without a survey.
func gatherSheets(f *flow) (in site.Inputs, maker *sheet.Maker) {
	var polls []poll
	var template *sheet.Template
	x := sheet.Input{Titles: map[string]string{}}
	f.Stage("read", func() error {
		in.Settings, _ = settings.Read(f.Sources, f.Problems)
		territory, _ := istat.Read(f.Sources, territoryFolder, f.Problems)
		in.Atlas = places(f, in.Settings.Site, territory)
		in.Content, _ = content.Read(f.Sources, "content", f.Problems)
		in.Sources = readSources(f, in)
		polls = readSurveys(f, in)
		in.Agenda = readAgenda(f, in) // cohorts are areas, and are proven with the others
		x.Words = explainWords(f, in.Settings.Site)
		return nil
	})
	f.Stage("read template", func() (err error) {
		template, err = sheet.ReadTemplate(f.Sources, themeOf(in.Settings.Site).Dir)
		return err
	})
	f.Stage("compute indicators", func() error { x.Book = book(f, in); return nil })
	f.Sound()
	f.Stage("compute survey", func() (err error) { in.Survey, in.Before, err = protect(f, in, polls); return err })
	if f.err != nil || len(polls) == 0 {
		return in, nil
	}
	last := polls[len(polls)-1]
	x.Atlas, x.Edition, x.Published, x.Scores = in.Atlas, last.edition, in.Survey.Published, rate(in, last)
	if in.Survey.Indices != nil {
		x.Means = in.Survey.Indices.Means
	}
	for _, e := range x.Book.Entries {
		if d := in.Content.Indicator(e.ID); d != nil {
			x.Titles[e.ID] = d.Title
			if e.Form != stat.Share && d.Front.Unit != "" {
				x.Titles[e.ID] += " (" + d.Front.Unit + ")"
			}
		}
	}
	return in, sheet.NewMaker(x, template)
}

// open says why a folder is no place for what is private; "" if it may be one.
func open(site, to string) string {
	site, to = absolute(site), reachable(to)
	within := func(dir string) bool {
		rel, err := filepath.Rel(dir, to)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	}
	secret := within(filepath.Join(site, secretFolder))
	switch root, _, ok := workTree(to); {
	case within(filepath.Join(site, publicFolder)):
		return "that is the site itself"
	case within(site) && !secret:
		return "it lies in the site folder, and of that only " + secretFolder + " is kept to oneself"
	case ok && !secret && within(root):
		return "git looks after the folder " + root + " that it lies in"
	}
	return ""
}

// reachable is the absolute path of a folder that may not be there yet, with the
// links of what is there followed.
func reachable(name string) string {
	name, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	rest := ""
	for dir := name; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return name
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// writeSheets writes the sheets of some Comuni, for the eyes of who runs it only.
func (c *call) writeSheets(ctx context.Context, m *sheet.Maker, a *atlas.Atlas, comuni []int, to string) error {
	const mine, myFolder = 0o600, 0o700
	if err := os.MkdirAll(to, myFolder); err != nil {
		return err
	}
	browser := ""
	if !c.html {
		if browser = chromium(); browser == "" {
			fmt.Fprintln(c.out.out, "note: there is no Chromium here: print the HTML to have a PDF")
		}
	}
	for _, i := range comuni {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		data, err := m.HTML(i)
		if err != nil {
			return err
		}
		name := filepath.Join(to, a.Comuni[i].Slug)
		if err := os.WriteFile(name+".html", data, mine); err != nil {
			return err
		}
		if browser != "" {
			if err := printPDF(ctx, browser, name); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(c.out.out, "%s in %s\n", counted(len(comuni), "sheet"), to)
	return nil
}

// chromium is the path of a Chromium, "" without one.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// printPDF prints name.html to name.pdf. The browser gets a profile of its own that
// is thrown away, and reaches no other machine.
func printPDF(ctx context.Context, browser, name string) error {
	profile, err := os.MkdirTemp("", "mappa-scheda-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile)
	abs, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	args := []string{"--headless", "--disable-gpu", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + profile,
		"--no-pdf-header-footer", "--print-to-pdf=" + abs + ".pdf"}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // which root cannot have
	}
	out, err := exec.CommandContext(ctx, browser, append(args, "file://"+filepath.ToSlash(abs)+".html")...).CombinedOutput()
	if err != nil {
		last := bytes.TrimSpace(out)
		return errors.Join(fmt.Errorf("the PDF of %s could not be printed: %w", filepath.Base(name), err), errors.New(string(last[bytes.LastIndexByte(last, '\n')+1:])))
	}
	return os.Chmod(abs+".pdf", 0o600)
}
