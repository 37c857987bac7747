package survey

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mappa/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the wanted messages of testdata/guasti")

// broken is a survey with something wrong, as testdata/guasti/*.txtar has them:
// lines that change a good one, "=", and the messages wanted.
//
//	book forme               start from testdata/forme.yaml
//	change FILE "old" "new"  once; Go strings
//	add FILE LINE            at the end
//	write FILE               the lines that follow, each after "| "
type broken struct {
	name, text string
	files      map[string]string
	want       string
}

// parse reads a case.
func parse(t testing.TB, f txtar.File) broken {
	t.Helper()
	b := broken{name: f.Name, files: map[string]string{BookFile: base(t), SettingsFile: goodSettings, "risposte.csv": goodExport, "rispondenti.csv": goodRegister}}
	text, want, ok := strings.Cut("\n"+string(f.Data), "\n=\n")
	if !ok {
		t.Fatalf("%s: there is no line =", f.Name)
	}
	b.text, b.want = strings.TrimPrefix(text, "\n"), strings.TrimSpace(want)
	into := ""
	for _, line := range strings.Split(b.text, "\n") {
		command, rest, _ := strings.Cut(line, " ")
		file, arg, _ := strings.Cut(rest, " ")
		switch command {
		case "book":
			b.files[BookFile], b.files["risposte.csv"] = shapesBook(t), headExport
		case "change":
			old, err := strconv.QuotedPrefix(arg)
			if err != nil {
				t.Fatalf("%s: %s", f.Name, line)
			}
			from, _ := strconv.Unquote(old)
			to, err := strconv.Unquote(strings.TrimSpace(arg[len(old):]))
			if err != nil || !strings.Contains(b.files[file], from) {
				t.Fatalf("%s: %s has no %q", f.Name, file, from)
			}
			b.files[file] = strings.Replace(b.files[file], from, to, 1)
		case "add":
			b.files[file] += unescape(arg) + "\n"
		case "write":
			into = file
			b.files[file] = ""
		case "|":
			b.files[into] += unescape(rest) + "\n"
		case "":
		default:
			t.Fatalf("%s: %q is no command", f.Name, command)
		}
	}
	return b
}

// unescape makes letters that cannot stand in a text file: <U+202E>, <0xE8>.
func unescape(s string) string {
	return strings.NewReplacer("<U+202E>", "\u202e", "<0xE8>", "\xe8", "<NUL>", "\x00", "<BOM>", "\ufeff", "<TAB>", "\t", "<LONG>", strings.Repeat("lungo ", 20_000)).Replace(s)
}

// read reads a case through the real reader; its problems are told without the
// edition's folder.
func (b broken) read(t testing.TB) (problems, all string) {
	var list diag.List
	_, ok := Read(folder(t, b.files), "2031", piedmont(t), &list)
	if ok != (list.Len() == 0) {
		t.Errorf("ok %v with %d problems", ok, list.Len())
	}
	return strings.ReplaceAll(said(&list), at, ""), said(&list) + notes(&list)
}

func corpus(t testing.TB) (paths []string) {
	paths, err := filepath.Glob("testdata/guasti/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("there is no corpus")
	}
	return paths
}

func TestEveryBrokenSurveyIsSaidAtItsPlace(t *testing.T) {
	cases := 0
	for _, path := range corpus(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range archive.Files {
			cases++
			t.Run(filepath.Base(path)+"/"+f.Name, func(t *testing.T) {
				b := parse(t, f)
				got, all := b.read(t)
				if strings.Contains(all, "Segreto") {
					t.Errorf("a protected value is printed:\n%s", all)
				}
				if longest := longestLine(all); longest > maxLine {
					t.Errorf("a message has a line of %d bytes", longest)
				}
				if *update {
					archive.Files[i].Data = []byte(b.text + "\n=\n" + got + "\n")
					if got == "" {
						archive.Files[i].Data = []byte(b.text + "\n=\n")
					}
				} else if got != b.want {
					t.Errorf("got\n%s\nwant\n%s", got, b.want)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if cases < leastCases {
		t.Errorf("the corpus has %d cases, want %d at least", cases, leastCases)
	}
}

const (
	leastCases = 60  // of the specification
	maxLine    = 500 // bytes of a message's line, whatever stands in the file
)

func longestLine(s string) (longest int) {
	for _, line := range strings.Split(s, "\n") {
		longest = max(longest, len(line))
	}
	return longest
}
