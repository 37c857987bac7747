package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
	"mappa/internal/output"
)

// seconds are replaced in what is printed: they differ from run to run.
var seconds = regexp.MustCompile(` *\d+\.\d+ s|"ms":\d+,?`)

// ran runs a flow into memory and returns what it printed and its exit code.
func ran(t *testing.T, json bool, do func(*flow)) (stdout, stderr string, code int) {
	t.Helper()
	stage, err := output.Open(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer stage.Discard()
	var out, errs bytes.Buffer
	f := newFlow(t.Context(), fstest.MapFS{}, stage, &printer{out: &out, err: &errs, json: json})
	do(f)
	code = f.finish()
	return seconds.ReplaceAllString(out.String(), " T"), errs.String(), code
}

func wholeBuild(f *flow) {
	f.Stage("read", func() error {
		f.Say("%s Comuni", grouped(7894))
		f.Say("107 units")
		f.Problems.Note(diag.Problem{File: "data/a.csv", Text: "the encoding is Windows-1252"})
		f.Account(account{File: "data/a.csv", Read: 12, Used: 10, Left: []reason{{"not in force", 2}}})
		return nil
	})
	f.Sound()
	f.Stage("render", func() error {
		for _, p := range []string{"a", "b", "c", "d", "e", "f", "g"} {
			f.Out.Add(p+".html", []byte("x"))
		}
		return f.Out.Err()
	})
	f.Stage("publish", f.Publish)
}

func TestAWholeBuildIsToldInLines(t *testing.T) {
	out, errs, code := ran(t, false, wholeBuild)
	const want = `read T  7,894 Comuni, 107 units
render T
publish T  7 files of 0.0 MB, of these 0.0 MB written
note: data/a.csv: the encoding is Windows-1252
data/a.csv: 12 rows, 10 used, 2 left out (not in force)
added: a.html
added: b.html
added: c.html
added: d.html
added: e.html
added: and 2 more
done in T: 7 added, 0 changed, 0 gone, 0 as they were
`
	if out != want || errs != "" || code != done {
		t.Errorf("exit %d\n%s%s\nwant\n%s", code, out, errs, want)
	}
}

func TestAWholeBuildIsToldToPrograms(t *testing.T) {
	out, errs, code := ran(t, true, wholeBuild)
	const want = `{"event":"stage","name":"read", T"detail":"7,894 Comuni, 107 units"}
{"event":"note","file":"data/a.csv","text":"the encoding is Windows-1252"}
"rows":[{"file":"data/a.csv","read":12,"used":10,"left":[{"why":"not in force","rows":2}]}],"pages":{"added":["a.html","b.html","c.html","d.html","e.html","f.html","g.html"],"changed":[],"gone":[],"same":0}}
`
	for line := range strings.Lines(want) {
		plain := strings.ReplaceAll(out, ` T`, "")
		if !strings.Contains(plain, strings.TrimSpace(strings.ReplaceAll(line, " T", ""))) {
			t.Errorf("no line has %s in\n%s", line, plain)
		}
	}
	if errs != "" || code != done {
		t.Errorf("exit %d, %s", code, errs)
	}
}

func TestAFlowStopsByItself(t *testing.T) {
	never := func() error { t.Error("a stage ran after the flow had ended"); return nil }
	for _, test := range []struct {
		name, want string
		do         func(*flow)
	}{
		{"at problems", "data/a.csv:3: \"x\" is not a number\n    hint: write digits\ndata/b.csv: the file is empty\nmappa: 2 problems, nothing was written\n", func(f *flow) {
			f.Stage("read", func() error {
				f.Problems.File("data/b.csv", "the file is empty", "")
				f.Problems.Add(diag.Problem{File: "data/a.csv", Line: 3, Text: `"x" is not a number`, Hint: "write digits"})
				return nil
			})
			f.Sound()
			f.Stage("render", never)
		}},
		{"at a fault of the machine", "mappa: write: disk full; nothing was written\n", func(f *flow) {
			f.Stage("write", func() error { return errors.New("disk full") })
			f.Sound()
			f.Stage("publish", never)
		}},
		{"at rows that were lost", "mappa: publish: data/a.csv: of 12 rows 10 were used and 1 left out; the rest was lost; nothing was written\n", func(f *flow) {
			f.Account(account{File: "data/a.csv", Read: 12, Used: 10, Left: []reason{{"ended", 1}}})
			f.Stage("publish", f.Publish)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, errs, code := ran(t, false, test.do)
			if errs != test.want || code != problems {
				t.Errorf("exit %d, got\n%swant\n%s", code, errs, test.want)
			}
		})
	}
}

func TestAFileIsGoodWhateverIsWrongElsewhere(t *testing.T) {
	f := newFlow(t.Context(), fstest.MapFS{}, new(output.Void), &printer{out: new(bytes.Buffer), err: new(bytes.Buffer)})
	f.Problems.File("data/fonti/siti/siti.2024-07-31.csv", "x", "")
	f.Problems.File("data/territorio", "x", "")
	for _, test := range []struct {
		of   string
		want bool
	}{
		{"data/sito.toml", true}, {"data/fonti/siti/siti.2024-07-31.csv", false}, {"data/fonti/", false}, {"data/fonti", true},
		{"data/territorio/", false}, {"data/fon/", true}, {"content/", true},
	} {
		if got := f.Good("data/indicatori.yaml", test.of); got != test.want {
			t.Errorf("%s: got %v", test.of, got)
		}
	}
}

func TestAFlowThatIsInterruptedEnds(t *testing.T) {
	var errs bytes.Buffer
	ctx, stop := context.WithCancel(t.Context())
	f := newFlow(ctx, fstest.MapFS{}, new(output.Void), &printer{out: new(bytes.Buffer), err: &errs})
	f.Stage("read", func() error { stop(); return nil })
	f.Stage("render", func() error { t.Error("it went on"); return nil })
	if code := f.finish(); code != problems || errs.String() != "mappa: context canceled; nothing was written\n" {
		t.Errorf("exit %d, %q", code, errs.String())
	}
}

func TestTheBarMoves(t *testing.T) {
	for _, test := range []struct {
		n, total int64
		want     string
	}{
		{0, 0, "render …"},
		{0, 7894, "render               [······························] 0 / 7,894"},
		{3947, 7894, "render               [###############···············] 3,947 / 7,894"},
		{9000, 7894, "render               [##############################] 7,894 / 7,894"},
	} {
		if got := drawBar("render", test.n, test.total); got != test.want {
			t.Errorf("%d of %d:\ngot  %q\nwant %q", test.n, test.total, got, test.want)
		}
	}
	var errs bytes.Buffer
	f := newFlow(t.Context(), fstest.MapFS{}, new(output.Void), &printer{out: new(bytes.Buffer), err: &errs, terminal: true})
	f.Stage("render", func() error {
		step := f.Bar(2)
		step()
		step()
		return nil
	})
	if !strings.HasPrefix(errs.String(), "\r\x1b[K") || !strings.HasSuffix(errs.String(), "\r\x1b[K") {
		t.Errorf("got %q", errs.String())
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 7894: "7,894", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := grouped(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
