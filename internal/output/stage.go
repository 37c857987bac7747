package output

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Stage is a tree being built beside the folder it will replace.
type Stage struct {
	target string // the published folder, links in its path resolved
	dir    string // the tree being built
	lock   *os.File
	names  names

	mu      sync.Mutex
	err     error
	size    Size
	written int64 // bytes that were not yet published
	change  Change
	done    bool
}

// Change is what a build changed against the last one, in order of path.
type Change struct {
	Added, Changed, Gone []string
	Same                 int // files that kept their bytes and times
}

// None reports whether the two trees are equal.
func (c Change) None() bool { return len(c.Added)+len(c.Changed)+len(c.Gone) == 0 }

// ErrBusy means that another process is building the same target.
var ErrBusy = errors.New("another build of the same folder is running")

// Open locks the target, clears what killed builds left beside it and makes an
// empty stage. The folder above the target must exist. The caller ends with
// [Stage.Publish] or [Stage.Discard].
func Open(target string) (*Stage, error) {
	target, err := resolve(target)
	if err != nil {
		return nil, err
	}
	lock, err := takeLock(beside(target, "."+filepath.Base(target)+".lock"))
	if err != nil {
		return nil, err
	}
	s := &Stage{target: target, lock: lock}
	if err := s.start(); err != nil {
		lock.Close()
		return nil, err
	}
	return s, nil
}

func (s *Stage) start() error {
	if err := s.clear(); err != nil {
		return err
	}
	if err := replaceable(s.target); err != nil {
		return err
	}
	s.dir = s.sibling(newTree)
	return os.Mkdir(s.dir, dirMode)
}

const (
	dirMode  = 0o755 // a web server of another user reads the tree
	fileMode = 0o644

	newTree = "nuovo"   // a tree that is being built, or one that was replaced by an exchange
	oldTree = "vecchio" // the last tree, between the two renames
)

// Add writes a file to the stage, or links it when it is published already.
func (s *Stage) Add(path string, data []byte) {
	if s.Err() != nil {
		return
	}
	err := s.names.claim(path)
	var was state
	if err == nil {
		was, err = s.put(path, data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = cmp.Or(s.err, err)
	s.size.add(data)
	switch was {
	case absent:
		s.change.Added = append(s.change.Added, path)
	case different:
		s.change.Changed = append(s.change.Changed, path)
	case equal:
		s.change.Same++
		return
	}
	s.written += int64(len(data))
}

// state is how a file stands to the one that is published.
type state uint8

const (
	absent state = iota
	different
	equal
)

func (s *Stage) put(path string, data []byte) (state, error) {
	published := filepath.Join(s.target, filepath.FromSlash(path))
	staged := filepath.Join(s.dir, filepath.FromSlash(path))
	was, times, err := compare(published, data)
	if err != nil {
		return was, err
	}
	if was == equal && inFolder(staged, func() error { return os.Link(published, staged) }) == nil {
		return was, nil
	}
	if err := inFolder(staged, func() error { return write(staged, data) }); err != nil {
		return was, err
	}
	if was == equal { // the filesystem has no links
		return was, os.Chtimes(staged, times, times)
	}
	return was, nil
}

// inFolder does what makes the file name, and if its folder is missing makes
// that first: most files go to a folder that is there.
func inFolder(name string, do func() error) error {
	err := do()
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), dirMode); err != nil {
		return err
	}
	return do()
}

func write(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return cmp.Or(err, f.Close())
}

// compare tells how the published file stands to data, and when it was written.
func compare(name string, data []byte) (state, time.Time, error) {
	info, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // or the last tree had a file where this has a folder
		return absent, time.Time{}, nil
	}
	if err != nil {
		return absent, time.Time{}, err
	}
	if info.IsDir() {
		return absent, time.Time{}, nil
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return different, time.Time{}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return different, time.Time{}, err
	}
	defer f.Close()
	same, err := holds(f, data)
	if !same {
		return different, time.Time{}, err
	}
	return equal, info.ModTime(), err
}

// holds reports whether r has exactly data.
func holds(r io.Reader, data []byte) (bool, error) {
	var buf [32 << 10]byte
	for {
		n, err := r.Read(buf[:])
		if n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
		if err == io.EOF {
			return len(data) == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// Err is the first fault met by Add: a path that may not be used, a full disk.
func (s *Stage) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Size is what was added so far, and Written the bytes of it that had to be
// written because they were not published already.
func (s *Stage) Size() (all Size, written int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size, s.written
}

// Discard removes the stage and leaves the target as it is. After Publish it
// does nothing.
func (s *Stage) Discard() error {
	if s.done {
		return nil
	}
	s.done = true
	defer s.lock.Close()
	return os.RemoveAll(s.dir)
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

func beside(target, name string) string { return filepath.Join(filepath.Dir(target), name) }

// sibling is a new name beside the target.
func (s *Stage) sibling(kind string) string {
	var id [8]byte
	rand.Read(id[:])
	return beside(s.target, filepath.Base(s.target)+"."+kind+"-"+hex.EncodeToString(id[:]))
}

var siblingName = regexp.MustCompile(`^(nuovo|vecchio)-[0-9a-f]{16}$`)

// clear removes what killed builds left. The lock is held: nobody else works
// on these names. A target that is missing while its last tree lies beside it
// was caught between two renames; the tree goes back first.
func (s *Stage) clear() error {
	all, err := os.ReadDir(filepath.Dir(s.target))
	if err != nil {
		return err
	}
	for _, e := range all {
		kind, ours := strings.CutPrefix(e.Name(), filepath.Base(s.target)+".")
		if !ours || !e.IsDir() || !siblingName.MatchString(kind) {
			continue
		}
		path := beside(s.target, e.Name())
		if strings.HasPrefix(kind, oldTree) {
			if err := os.Rename(path, s.target); err == nil {
				continue
			}
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
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
