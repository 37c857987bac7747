package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// beside is a hidden name beside the target: .public.lock for public.
func beside(target, kind string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+kind)
}

// repair puts the last tree back when a build was killed between two renames.
func (s *Stage) repair() error {
	last := beside(s.target, lastTree)
	if _, err := os.Lstat(last); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(last, s.target)
	}
	return os.RemoveAll(last)
}

// resolve makes the target absolute and follows links, so that the stage lies
// on the filesystem of the folder it replaces.
func resolve(target string) (string, error) {
	abs, err := filepath.Abs(target)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		above, err := filepath.EvalSymlinks(filepath.Dir(abs))
		return filepath.Join(above, filepath.Base(abs)), err
	}
	return real, err
}

// replaceable says why the folder at target must not be replaced.
func replaceable(target string) error {
	entries, err := os.ReadDir(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(entries) == 0 || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == Mark }) {
		return nil
	}
	return fmt.Errorf("%s holds files that no build has put there (there is no %s in it): move them away first", target, Mark)
}
