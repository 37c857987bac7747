package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mappa/internal/diag"
)

func TestAnIndexOfGitIsReadWithoutGit(t *testing.T) {
	base := []string{"content/a.md", "riservato.txt", "riservato/2025/risposte.csv", "riservato/registro.csv"}
	later := []string{"content/a.md", "nuovo", "riservato.txt", "riservato/2025/risposte.csv", "riservato/registro.csv"}
	for name, want := range map[string][]string{"index-2": base, "index-3": later, "index-4": later, "index-split": nil} {
		raw, err := os.ReadFile("testdata/git/" + name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := trackedNames(raw)
		if (err != nil) != (want == nil) || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func FuzzTrackedNames(f *testing.F) {
	for _, name := range []string{"index-2", "index-3", "index-4", "index-split"} {
		if raw, err := os.ReadFile("testdata/git/" + name); err == nil {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		names, err := trackedNames(raw)
		if err == nil && slices.Contains(names, "") {
			t.Error("a name is empty")
		}
	})
}

// work is a work tree with the given index, in whose folder site the site lies.
func work(t *testing.T, index string, link bool) (site string) {
	t.Helper()
	root := t.TempDir()
	git := filepath.Join(root, ".git")
	if link {
		git = filepath.Join(root, "elsewhere")
		if err := os.WriteFile(filepath.Join(root, ".git"), []byte("gitdir: elsewhere\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile("testdata/git/" + index)
	if err == nil {
		err = os.MkdirAll(git, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(git, "index"), raw, 0o600)
	}
	if err == nil {
		err = os.Mkdir(filepath.Join(root, "riservato"), 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestAnswersThatGitTracksAreAProblem(t *testing.T) {
	want := `riservato/2025/risposte.csv: git tracks this file: real answers would go wherever the repository goes
    hint: git rm --cached riservato/2025/risposte.csv, keep /riservato/ in .gitignore, and if it was pushed treat the answers as known
riservato/registro.csv: git tracks this file: real answers would go wherever the repository goes
    hint: git rm --cached riservato/registro.csv, keep /riservato/ in .gitignore, and if it was pushed treat the answers as known`
	for _, link := range []bool{false, true} {
		var list diag.List
		if guardTracked(work(t, "index-4", link), &list); told(&list) != want {
			t.Errorf("got\n%s", told(&list))
		}
	}
	var list diag.List
	site := filepath.Join(work(t, "index-2", false), "content") // another folder of the repository
	if guardTracked(site, &list); list.Len() > 0 {
		t.Error(told(&list))
	}
	if guardTracked(work(t, "index-split", false), &list); !strings.Contains(told(&list), "nobody can say whether git tracks") {
		t.Error(told(&list))
	}
}

func TestAFileOfRiservatoAmongThePagesIsAProblem(t *testing.T) {
	s := newSecrets(fstest.MapFS{"riservato/2025/a.csv": {Data: []byte("segreto\n")}, "riservato/vuoto": {}, "content/b.csv": {Data: []byte("altro\n!")}})
	for path, data := range map[string]string{"x.csv": "altro\n!", "y.csv": "segreto\n", "z": ""} {
		s.Add(path, []byte(data))
	}
	var list diag.List
	s.Check(&list)
	want := "riservato/2025/a.csv: the file would be published as y.csv\n    hint: take out of content/ and themes/ what leads to it; nothing of riservato/ is for readers"
	if told(&list) != want {
		t.Errorf("got\n%s", told(&list))
	}
}

func told(list *diag.List) string {
	var out []string
	for _, p := range list.Problems() {
		out = append(out, p.String())
	}
	return strings.Join(out, "\n")
}
