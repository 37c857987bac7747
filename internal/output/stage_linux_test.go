package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tree reads the files of a folder, but for the mark.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == Mark {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		out[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// publish puts files (path, text, path, text ...) out as a whole tree.
func publish(t *testing.T, target string, files ...string) Change {
	t.Helper()
	s, err := Open(target)
	if err != nil {
		t.Fatal(err)
	}
	for f := range slices.Chunk(files, 2) {
		s.Add(f[0], []byte(f[1]))
	}
	change, err := s.Publish()
	if err != nil {
		t.Fatal(err)
	}
	return change
}

// alone fails when something but the target, its lock and its spare lies in its
// folder.
func alone(t *testing.T, target string) {
	t.Helper()
	all, err := os.ReadDir(filepath.Dir(target))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if !slices.Contains([]string{"public", ".public.lock", ".public.riserva"}, e.Name()) {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func TestPublishTellsWhatChanged(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	first := publish(t, target, "b.html", "1", "a.html", "1", "old/x.html", "1")
	if got, want := fmt.Sprint(first), "{[a.html b.html old/x.html] [] [] 0}"; got != want {
		t.Errorf("first: got %s, want %s", got, want)
	}
	second := publish(t, target, "a.html", "1", "b.html", "2", "c.html", "3", "old", "now a file")
	if got, want := fmt.Sprint(second), "{[c.html old] [b.html] [old/x.html] 1}"; got != want {
		t.Errorf("second: got %s, want %s", got, want)
	}
	third := publish(t, target, "a.html", "1", "old/x.html", "now a folder")
	if got, want := fmt.Sprint(third), "{[old/x.html] [] [b.html c.html old] 1}"; got != want {
		t.Errorf("third: got %s, want %s", got, want)
	}
	if got := fmt.Sprint(tree(t, target)); got != "map[a.html:1 old/x.html:now a folder]" {
		t.Errorf("got %s", got)
	}
	alone(t, target)
}

func TestUnchangedFilesKeepTheirTimes(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "same.html", "1", "other.html", "1")
	long := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, f := range []string{"same.html", "other.html"} {
		if err := os.Chtimes(filepath.Join(target, f), long, long); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, target, "same.html", "1", "other.html", "2")
	if at := modified(t, target, "same.html"); !at.Equal(long) {
		t.Errorf("same.html is of %v now", at)
	}
	if at := modified(t, target, "other.html"); at.Equal(long) {
		t.Error("other.html has new text and the old time")
	}
}

func modified(t *testing.T, dir, file string) time.Time {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}

func TestSameTreeTwiceTouchesNothing(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "a.html", "1")
	was := modified(t, target, ".")
	if change := publish(t, target, "a.html", "1"); !change.None() || change.Same != 1 {
		t.Errorf("got %v", change)
	}
	if now := modified(t, target, "."); !now.Equal(was) {
		t.Error("the folder was replaced")
	}
	alone(t, target)
}

func TestAFailedBuildLeavesTheLastOne(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "a.html", "good")
	for name, spoil := range map[string]func(*Stage) error{
		"program fault": func(s *Stage) error { s.Add("../x", nil); _, err := s.Publish(); return err },
		"no files":      func(s *Stage) error { _, err := s.Publish(); return err },
		"discarded":     func(s *Stage) error { s.Add("b.html", nil); return errors.Join(errors.New("by will"), s.Discard()) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(target)
			if err != nil {
				t.Fatal(err)
			}
			if err := spoil(s); err == nil {
				t.Error("no error")
			}
			if got := fmt.Sprint(tree(t, target)); got != "map[a.html:good]" {
				t.Errorf("got %s", got)
			}
			alone(t, target)
		})
	}
}

func TestAFolderOfSomebodyElseIsNotReplaced(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	if err := os.Mkdir(target, 0o755); err != nil {
		t.Fatal(err)
	}
	thesis := filepath.Join(target, "thesis.txt")
	if err := os.WriteFile(thesis, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(target); err == nil || !strings.HasSuffix(err.Error(), "holds files that no build has put there (there is no .mappa in it): move them away first") {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(thesis); err != nil {
		t.Fatal(err)
	}
	publish(t, target, "a.html", "an empty folder is taken")
}

func TestALinkedTargetIsFollowed(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "srv"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "srv", "www"), 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "public")
	if err := os.Symlink(filepath.Join("srv", "www"), link); err != nil {
		t.Fatal(err)
	}
	publish(t, link, "a.html", "1")
	if got := fmt.Sprint(tree(t, filepath.Join(dir, "srv", "www"))); got != "map[a.html:1]" {
		t.Errorf("got %s", got)
	}
	if _, err := os.Readlink(link); err != nil {
		t.Error(err)
	}
}

func TestTwoRenamesWhereNothingCanBeExchanged(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "a.html", "1")
	s, err := build(target, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.twoRenames(); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	if got := version(t, target); got != "version 1" {
		t.Errorf("got %q", got)
	}
	alone(t, target)
}

func TestABuildKilledBetweenTwoRenamesIsRepaired(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "a.html", "last good")
	if err := os.Rename(target, beside(target, lastTree)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(target)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(tree(t, target)); got != "map[a.html:last good]" {
		t.Errorf("got %s", got)
	}
	alone(t, target)
}

func TestWhatAnEarlierBuildLeftIsNotTrusted(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "same.html", "1", "changed.html", "1", "elsewhere.html", "1")
	spare := beside(target, spareTree)
	for path, text := range map[string]string{
		"same.html": "cut sho", "changed.html/x/y": "was a folder", "new": "was a file", "stray/a/b.html": "left",
		"kept.html": "as wanted", "wrong.html": "as long a", "elsewhere.html": "1",
	} {
		name := filepath.Join(spare, path)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(spare, "link.html")); err != nil {
		t.Fatal(err)
	}
	publish(t, target, "same.html", "1", "changed.html", "2", "elsewhere.html", "1", "new/a.html", "3", "new/b.html", "3",
		"kept.html", "as wanted", "wrong.html", "wanted it", "link.html", "mine")
	want := "map[changed.html:2 elsewhere.html:1 kept.html:as wanted link.html:mine new/a.html:3 new/b.html:3 same.html:1 wrong.html:wanted it]"
	if got := fmt.Sprint(tree(t, target)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := os.Readlink(filepath.Join(target, "link.html")); err == nil {
		t.Error("a link to a file outside was published")
	}
	if got := fmt.Sprint(tree(t, spare)); got != "map[changed.html:1 elsewhere.html:1 same.html:1]" {
		t.Errorf("the last tree was changed: %s", got)
	}
	alone(t, target)
}

func TestTheSpareSharesWhatDidNotChange(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	for _, v := range []string{"1", "2", "3", "4"} {
		publish(t, target, "same.html", "x", "now.html", v)
	}
	a, err := os.Stat(filepath.Join(target, "same.html"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.Stat(filepath.Join(beside(target, spareTree), "same.html"))
	if err != nil || !os.SameFile(a, b) {
		t.Errorf("two files: %v", err)
	}
	if got := fmt.Sprint(tree(t, beside(target, spareTree)), tree(t, target)); got != "map[now.html:3 same.html:x] map[now.html:4 same.html:x]" {
		t.Errorf("got %s", got)
	}
}

func TestAReadOnlyTargetIsRefusedAndKept(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "a.html", "good")
	asNobody(t, filepath.Dir(target), func() {
		if _, err := Open(target); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("got %v", err)
		}
	})
	if got := fmt.Sprint(tree(t, target)); got != "map[a.html:good]" {
		t.Errorf("got %s", got)
	}
}

// child starts the test binary for a job of TestMain.
func child(job, target string, env ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], target)
	c.Env = append(os.Environ(), append(env, "MAPPA_CHILD="+job)...)
	c.Stderr = os.Stderr
	return c
}

func TestAFullDiskLeavesTheLastBuild(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	publish(t, target, "index.html", "good")
	out, err := child("starve", target).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(out), "{[] [] [] 0} write ") || !strings.HasSuffix(string(out), "index.html: file too large\n") {
		t.Errorf("got %s", out)
	}
	if got := fmt.Sprint(tree(t, target)); got != "map[index.html:good]" {
		t.Errorf("got %s", got)
	}
	alone(t, target)
}

func TestOneBuildAtATime(t *testing.T) {
	target := filepath.Join(t.TempDir(), "public")
	c := child("hold", target)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, len("locked\n"))); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(target); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
	c.Process.Kill()
	c.Wait()
	publish(t, target, "a.html", "1")
	alone(t, target)
}

// version is what all files of the target say, which must be one thing.
func version(t *testing.T, target string) string {
	t.Helper()
	files, v := tree(t, target), ""
	pages := 0
	for path, text := range files {
		if strings.HasSuffix(path, ".html") {
			pages++
			if v != "" && v != text {
				t.Fatalf("%s: %q beside %q", path, text, v)
			}
			v = text
		}
	}
	want := 2 * wholeFiles
	if strings.HasSuffix(v, "0") || strings.HasSuffix(v, "2") || strings.HasSuffix(v, "4") || strings.HasSuffix(v, "6") || strings.HasSuffix(v, "8") {
		want += wholeFiles
	}
	if pages != wholeFiles || len(files) != want {
		t.Fatalf("%s: %d pages of %d, %d files of %d", v, pages, wholeFiles, len(files), want)
	}
	return v
}

func TestKilledAtAnyMomentTheSiteIsWhole(t *testing.T) {
	const (
		moments = 50 // spec: kill -9 at 50 random moments
		builds  = 5  // spread over this many builds
	)
	target := filepath.Join(t.TempDir(), "public")
	began := time.Now()
	s, err := build(target, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	seen := map[string]bool{}
	for range moments {
		var v int
		if _, err := fmt.Sscanf(version(t, target), "version %d", &v); err != nil {
			t.Fatal(err)
		}
		c := child("publish", target, fmt.Sprintf("MAPPA_VERSION=%d", v+1))
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(builds * took))
		c.Process.Kill()
		c.Wait()
		seen[version(t, target)] = true
	}
	if len(seen) < 2 {
		t.Errorf("no build came through in %d tries of %v", moments, builds*took)
	}
	publish(t, target, "a.html", "1")
	alone(t, target)
}
