package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"mappa/internal/diag"
	"mappa/internal/settings"
)

// Exit codes.
const (
	done     = 0
	problems = 1 // in the sources, or the machine did not let us: nothing was written
	usage    = 2
)

// command is one thing the program does.
type command struct {
	name  string
	line  string // in the list of commands
	args  string // after the flags
	text  string // the rest of its help
	flags func(*flag.FlagSet, *options)
	run   func(context.Context, *call) int
}

// options are the values of all flags; a command has the ones it declares.
type options struct {
	dir  string // the site folder
	json bool
	addr string
	seed uint64
	open bool
	// report is where to write what is withheld of the survey, "": nowhere.
	report string
	all    string // folder for the sheets of all respondents
	into   string // folder for a sheet
	html   bool   // no PDF
	demo   bool   // sheets of fictional answers
}

// call is one run of a command.
type call struct {
	options
	args []string
	in   io.Reader
	out  *printer
	env  func(string) string
	// disclose is flow.Disclose.
	disclose disclose
}

func commands() []command {
	return []command{
		{name: "build", line: "make the site: read data, content and themes, write public", text: buildText,
			flags: buildFlags, run: runBuild},
		{name: "serve", line: "show the site on this computer and follow what you change", text: serveText,
			flags: addrFlag, run: runServe},
		{name: "check", line: "do all of build but write nothing", text: checkText, flags: buildFlags, run: runCheck},
		{name: "sample", line: "make fictional survey answers to try the site with", text: sampleText,
			args: " [edition...]", flags: seedFlag, run: runSample},
		{name: "explain", line: "show how the indices of a Comune came about", args: " COMUNE [INDEX]", text: explainText, run: runExplain},
		{name: "scheda", line: "write the private document of a Comune", args: " COMUNE", text: schedaText, flags: sheetFlags, run: runScheda},
		{name: "version", line: "say which mappa this is", flags: jsonFlag, run: runVersion},
	}
}

func jsonFlag(f *flag.FlagSet, o *options) {
	f.BoolVar(&o.json, "json", false, "print for programs: one JSON object a line")
}

func buildFlags(f *flag.FlagSet, o *options) {
	jsonFlag(f, o)
	f.StringVar(&o.report, "rapporto", "", "write to this `file` what is withheld of the survey and why, without values; not for publication")
}

// run does what args say and returns the exit code.
func run(args []string, in io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	opt, args, err := leading(args)
	if err != nil {
		return misused(stderr, err.Error(), "mappa help")
	}
	if len(args) == 0 {
		fmt.Fprint(stderr, overview())
		return usage
	}
	name, args := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		return help(args, stdout, stderr)
	case "-version", "--version":
		name = "version"
	}
	c, ok := find(name)
	if !ok {
		return misused(stderr, fmt.Sprintf("there is no command %q%s", name, suggestion(name)), "mappa help")
	}
	return c.call(ctx, opt, args, in, newPrinter(stdout, stderr, env), env)
}

// leading takes a -C that stands before the command, as with git and make.
func leading(args []string) (options, []string, error) {
	opt := options{dir: "."}
	if len(args) > 0 && args[0] == "-C" {
		if len(args) < 2 {
			return opt, nil, errors.New("-C wants a folder")
		}
		opt.dir, args = args[1], args[2:]
	}
	return opt, args, nil
}

// call reads the command's flags and does it.
func (c command) call(ctx context.Context, opt options, args []string, in io.Reader, out *printer, env func(string) string) int {
	f := c.flagSet(&opt)
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out.out, c.help())
		return done
	case err != nil:
		return misused(out.err, err.Error(), "mappa help "+c.name)
	}
	if c.args == "" && f.NArg() > 0 {
		return misused(out.err, fmt.Sprintf("%s takes no %q", c.name, f.Arg(0)), "mappa help "+c.name)
	}
	out.json = opt.json
	return c.run(ctx, &call{options: opt, args: f.Args(), in: in, out: out, env: env})
}

func (c command) flagSet(o *options) *flag.FlagSet {
	f := flag.NewFlagSet(c.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.dir, "C", o.dir, "work in the site `folder`, not in this one")
	if c.flags != nil {
		c.flags(f, o)
	}
	return f
}

// misused reports wrong usage and where to read on.
func misused(w io.Writer, text, more string) int {
	fmt.Fprintf(w, "mappa: %s\n    hint: %s\n", text, more)
	return usage
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func suggestion(name string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if near := diag.Nearest(name, names); near != "" {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	return ""
}

func help(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stdout, overview())
		return done
	}
	c, ok := find(args[0])
	if !ok {
		return misused(stderr, fmt.Sprintf("there is no command %q%s", args[0], suggestion(args[0])), "mappa help")
	}
	fmt.Fprint(stdout, c.help())
	return done
}

func overview() string {
	var b strings.Builder
	b.WriteString("mappa makes the site of the Comuni from three folders:\n\n" +
		"    data      figures: lists, sources, the survey\n" +
		"    content   words: pages and reports\n" +
		"    themes    looks: templates, styles, strings\n\n" +
		"Say what to do:\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "    mappa %-9s %s\n", c.name, c.line)
	}
	b.WriteString("    mappa help NAME tell more of one of these\n\n" +
		"Whatever goes wrong, the site that is published stays as it is.\n")
	return b.String()
}

// help is the command's whole help.
func (c command) help() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "mappa %s: %s\n", c.name, c.line)
	if c.text != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(c.text))
	}
	fmt.Fprintf(&b, "\nUsage: mappa %s [flags]%s\n\n", c.name, c.args)
	f := c.flagSet(&options{dir: "."})
	f.SetOutput(&b)
	f.PrintDefaults()
	return b.String()
}

// siteFolder is the folder of -C, made sure to be a site.
func (c *call) siteFolder() (string, error) {
	if _, err := os.Stat(filepath.Join(c.dir, filepath.FromSlash(settings.SiteFile))); err != nil {
		return "", fmt.Errorf("%s is not the folder of a site: there is no %s in it", c.dir, settings.SiteFile)
	}
	return c.dir, nil
}
