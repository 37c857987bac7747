package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts want to be printed")

// countryCommands are what the scripts do with testdata/piccola, a country of
// nine Comuni: two of one name, one that took another in, one that changed its
// code, two size classes without any.
//
//	country             puts it here, over what is here, with the shipped theme
//	change FILE OLD NEW replaces every OLD in a file, one packed with gzip too; \n is a line break
//	encode FILE         rewrites a file in Windows-1252, which must be able to
//	truncate FILE SIZE  cuts a file to so many bytes
//	poke FILE AT BYTE   sets a byte, counted from 0
//	reverse FILE        turns the rows of a CSV file round, not its headings
//	unzip FILE DIR      and
//	zip DIR FILE        take a zip apart and put it together
//	edition NAME        gives the country the survey of 2025 once more, as another edition
//	kept                wants public as it was at the first kept of the script
//	nowhere WORD...     wants no file of public to have one of the words in it or in its name
func countryCommands() map[string]func(*testscript.TestScript, bool, []string) {
	out := map[string]func(*testscript.TestScript, bool, []string){}
	for name, c := range map[string]struct {
		args int
		do   func(ts *testscript.TestScript, args []string) error
	}{
		"country": {0, country}, "change": {3, change}, "encode": {1, encode}, "truncate": {2, truncate}, "poke": {3, poke},
		"reverse": {1, reverse}, "unzip": {2, unzip}, "zip": {2, zipUp}, "kept": {0, unchanged}, "edition": {1, edition},
	} {
		out[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) != c.args {
				ts.Fatalf("%s wants %d arguments, has %d", name, c.args, len(args))
			}
			ts.Check(c.do(ts, args))
		}
	}
	out["nowhere"] = nowhere
	return out
}

func nowhere(ts *testscript.TestScript, neg bool, words []string) {
	if neg || len(words) == 0 {
		ts.Fatalf("usage: nowhere WORD...")
	}
	root, files := ts.MkAbs(publicFolder), 0
	ts.Check(filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		for _, w := range words {
			if name := strings.TrimPrefix(path, root); strings.Contains(name, w) || bytes.Contains(data, []byte(w)) {
				err = errors.Join(err, fmt.Errorf("%q stands in %s", w, name))
			}
		}
		return err
	}))
	if files == 0 {
		ts.Fatalf("there is no file in %s", publicFolder)
	}
}

func country(ts *testscript.TestScript, _ []string) error {
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	for _, dir := range []string{"data", "content"} {
		if err := os.RemoveAll(ts.MkAbs(dir)); err != nil {
			return err
		}
	}
	if err := os.CopyFS(ts.MkAbs("."), os.DirFS(filepath.Join(root, "cmd", "mappa", "testdata", "piccola"))); err != nil {
		return err
	}
	if err := os.Symlink(filepath.Join(root, "themes"), ts.MkAbs("themes")); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// edit rewrites a file.
func edit(ts *testscript.TestScript, name string, do func([]byte) ([]byte, error)) error {
	path := ts.MkAbs(name)
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if data, err = do(data); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(path, data, 0o644)
}

func change(ts *testscript.TestScript, args []string) error {
	unescape := strings.NewReplacer(`\n`, "\n")
	old, new := []byte(unescape.Replace(args[1])), []byte(unescape.Replace(args[2]))
	do := func(data []byte) ([]byte, error) {
		if !bytes.Contains(data, old) {
			return nil, fmt.Errorf("there is no %q to change", old)
		}
		return bytes.ReplaceAll(data, old, new), nil
	}
	if strings.HasSuffix(args[0], ".gz") {
		do = unpacked(do)
	}
	return edit(ts, args[0], do)
}

// unpacked does with what is packed what do does with what is not.
func unpacked(do func([]byte) ([]byte, error)) func([]byte) ([]byte, error) {
	return func(data []byte) ([]byte, error) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = io.ReadAll(z); err != nil {
			return nil, err
		}
		if data, err = do(data); err != nil {
			return nil, err
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err = w.Write(data)
		err = errors.Join(err, w.Close())
		return b.Bytes(), err
	}
}

func edition(ts *testscript.TestScript, args []string) error {
	from, to := "data/indagini/2025", "data/indagini/"+args[0]
	if err := os.CopyFS(ts.MkAbs(to), os.DirFS(ts.MkAbs(from))); err != nil {
		return err
	}
	return change(ts, []string{to + "/questionario.yaml", `edizione: "2025"`, `edizione: "` + args[0] + `"`})
}

func encode(ts *testscript.TestScript, args []string) error {
	return edit(ts, args[0], func(data []byte) ([]byte, error) {
		var out []byte
		for _, r := range string(data) {
			if r > 0xff {
				return nil, fmt.Errorf("%q is not in Windows-1252", r)
			}
			out = append(out, byte(r))
		}
		return out, nil
	})
}

func truncate(ts *testscript.TestScript, args []string) error {
	return edit(ts, args[0], func(data []byte) ([]byte, error) {
		n, err := strconv.Atoi(args[1])
		if err != nil || n >= len(data) {
			return nil, fmt.Errorf("has %d bytes", len(data))
		}
		return data[:n], nil
	})
}

func poke(ts *testscript.TestScript, args []string) error {
	return edit(ts, args[0], func(data []byte) ([]byte, error) {
		at, err := strconv.Atoi(args[1])
		b, err2 := strconv.ParseUint(args[2], 0, 8)
		if err := errors.Join(err, err2); err != nil || at >= len(data) {
			return nil, fmt.Errorf("has %d bytes: %w", len(data), err)
		}
		data[at] = byte(b)
		return data, nil
	})
}

func reverse(ts *testscript.TestScript, args []string) error {
	return edit(ts, args[0], func(data []byte) ([]byte, error) {
		lines := slices.Collect(strings.Lines(string(data)))
		slices.Reverse(lines[1:])
		return []byte(strings.Join(lines, "")), nil
	})
}

func unzip(ts *testscript.TestScript, args []string) error {
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	if err != nil {
		return err
	}
	defer z.Close()
	return os.CopyFS(ts.MkAbs(args[1]), z)
}

func zipUp(ts *testscript.TestScript, args []string) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(ts.MkAbs(args[0]))); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644)
}

// keptFile holds what unchanged saw first.
const keptFile = ".kept"

func unchanged(ts *testscript.TestScript, _ []string) error {
	now, err := listing(ts.MkAbs(publicFolder))
	if err != nil {
		return err
	}
	before, err := os.ReadFile(ts.MkAbs(keptFile))
	if errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(ts.MkAbs(keptFile), now, 0o644)
	}
	if err == nil && !bytes.Equal(before, now) {
		err = fmt.Errorf("public is not as it was:\n%s\nwas\n%s", now, before)
	}
	return err
}

// listing is the paths and sums of all files below dir.
func listing(dir string) ([]byte, error) {
	var out bytes.Buffer
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		sum := sha256.New()
		if _, err := io.Copy(sum, f); err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		fmt.Fprintf(&out, "%x %s\n", sum.Sum(nil), rel)
		return err
	})
	return out.Bytes(), err
}
