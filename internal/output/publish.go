package output

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// errNoExchange means that the filesystem or system cannot exchange two names.
var errNoExchange = errors.New("this filesystem cannot exchange two folders")

// Publish puts the stage in place of the target and says what changed. On an
// error the target is as it was. When nothing changed
// the target is left alone.
func (s *Stage) Publish() (Change, error) {
	defer s.Discard()
	err := s.Err()
	if err == nil && s.size.Files == 0 {
		err = errors.New("the build made no files")
	}
	if err != nil {
		return Change{}, err
	}
	change, err := s.compared()
	if err != nil {
		return Change{}, err
	}
	if change.None() {
		return change, nil
	}
	if err := s.linkSame(); err != nil {
		return Change{}, err
	}
	if err := cmp.Or(s.clear(), os.WriteFile(filepath.Join(s.dir, Mark), []byte(markText), fileMode), flush(s.dir)); err != nil {
		return Change{}, err
	}
	return change, s.swap()
}

// linkSame links what is published already.
func (s *Stage) linkSame() error {
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	const batch = 256 // files, so that the work is shared and not the waiting
	for paths := range slices.Chunk(s.same, batch) {
		all.Go(func() error {
			for _, path := range paths {
				if err := s.link(path); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return all.Wait()
}

// clear removes from the stage what an earlier build left and this one did not
// add.
func (s *Stage) clear() error {
	if s.folders.made[s.dir] {
		return nil
	}
	return filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == s.dir {
			return err
		}
		rel, err := filepath.Rel(s.dir, path)
		if rel = filepath.ToSlash(rel); err != nil || rel == Mark || s.names.has(name{rel, d.IsDir()}) {
			return err
		}
		if err := os.RemoveAll(path); err != nil || !d.IsDir() {
			return err
		}
		return fs.SkipDir
	})
}

// compared completes the change by the files that are gone.
func (s *Stage) compared() (Change, error) {
	change := s.change
	slices.Sort(change.Added)
	slices.Sort(change.Changed)
	err := filepath.WalkDir(s.target, func(path string, d fs.DirEntry, err error) error {
		if path == s.target && errors.Is(err, fs.ErrNotExist) {
			return fs.SkipAll
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.target, path)
		if rel = filepath.ToSlash(rel); rel != Mark && !s.names.has(name{rel, false}) {
			change.Gone = append(change.Gone, rel)
		}
		return err
	})
	slices.Sort(change.Gone)
	return change, err
}

// swap is the one step.
func (s *Stage) swap() error {
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(s.dir, s.target)
	}
	err := exchange(s.dir, s.target)
	if errors.Is(err, errNoExchange) {
		return s.twoRenames()
	}
	return err // on success s.dir is the last tree now
}

// twoRenames swaps where exchange cannot, with a gap in which the target is
// missing.
func (s *Stage) twoRenames() error {
	last := beside(s.target, lastTree)
	if err := os.Rename(s.target, last); err != nil {
		return err
	}
	if err := os.Rename(s.dir, s.target); err != nil {
		return errors.Join(err, os.Rename(last, s.target))
	}
	_ = os.Rename(last, s.dir) // it is published; what stays beside it the next build clears away
	return nil
}
