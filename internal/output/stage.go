package output

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

// Stage is a tree being built beside the folder it will replace.
type Stage struct {
	target string // the published folder, links in its path resolved
	dir    string // the tree being built
	lock   *os.File
	names  names
	first  bool      // nothing is published yet
	reads  sync.Pool // of *[readSize]byte, for comparing

	folders folders

	mu      sync.Mutex
	err     error
	size    Size
	written int64 // bytes that were not yet published
	change  Change
	same    []string // paths of files that are published already, linked at the end
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

// Open locks the target and makes a stage beside it. The folder above the
// target must exist. The caller ends with [Stage.Publish] or [Stage.Discard].
func Open(target string) (*Stage, error) {
	target, err := resolve(target)
	if err != nil {
		return nil, err
	}
	lock, err := takeLock(beside(target, "lock"))
	if err != nil {
		return nil, err
	}
	s := &Stage{target: target, dir: beside(target, spareTree), lock: lock}
	s.folders.root, s.folders.made = s.dir, map[string]bool{}
	if err := cmp.Or(s.repair(), replaceable(target)); err != nil {
		lock.Close()
		return nil, err
	}
	_, err = os.Lstat(filepath.Join(target, Mark))
	s.first = errors.Is(err, fs.ErrNotExist)
	return s, nil
}

const (
	dirMode  = 0o755 // a web server of another user reads the tree
	fileMode = 0o644

	spareTree = "riserva" // the tree being built, or the last but one
	lastTree  = "vecchio" // the last tree, between the two renames
)

// Add writes a file to the stage. One that is published already is linked to
// it by Publish, so that a build that changes nothing writes nothing.
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
		s.same = append(s.same, path)
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
	var was state
	if !s.first {
		var err error
		was, err = s.compare(filepath.Join(s.target, filepath.FromSlash(path)), data)
		if was == equal || err != nil {
			return was, err
		}
	}
	staged := filepath.Join(s.dir, filepath.FromSlash(path))
	made, err := s.folders.enter(filepath.Dir(staged))
	if err != nil {
		return was, err
	}
	if !made {
		left, err := s.compare(staged, data) // by an earlier build
		if left == equal || err != nil {
			return was, err
		}
		// It is never changed in place, since it may be published too; and it may
		// be a folder now.
		if err := os.RemoveAll(staged); err != nil {
			return was, err
		}
	}
	return was, write(staged, data)
}

// link puts a published file into the stage, with its bytes and times.
func (s *Stage) link(path string) error {
	published := filepath.Join(s.target, filepath.FromSlash(path))
	staged := filepath.Join(s.dir, filepath.FromSlash(path))
	there, err := os.Lstat(published)
	if err != nil {
		return err
	}
	made, err := s.folders.enter(filepath.Dir(staged))
	if err != nil {
		return err
	}
	if !made {
		if here, err := os.Lstat(staged); err == nil && os.SameFile(here, there) {
			return nil
		}
		if err := os.RemoveAll(staged); err != nil {
			return err
		}
	}
	if os.Link(published, staged) == nil {
		return nil
	}
	data, err := os.ReadFile(published) // the filesystem has no links
	if err != nil {
		return err
	}
	if err := write(staged, data); err != nil {
		return err
	}
	return os.Chtimes(staged, there.ModTime(), there.ModTime())
}

func write(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return cmp.Or(err, f.Close())
}

// compare tells how a file on the disk stands to data.
func (s *Stage) compare(name string, data []byte) (state, error) {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // a file stands where this tree has a folder
		return absent, nil
	case err != nil:
		return absent, err
	case info.IsDir():
		return absent, nil
	case !info.Mode().IsRegular() || info.Size() != int64(len(data)):
		return different, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return different, err
	}
	defer f.Close()
	buf, ok := s.reads.Get().(*[readSize]byte)
	if !ok {
		buf = new([readSize]byte)
	}
	defer s.reads.Put(buf)
	same, err := holds(f, data, buf[:])
	if !same || err != nil {
		return different, err
	}
	return equal, nil
}

// readSize is how much is compared at a time: most pages at once.
const readSize = 32 << 10

// holds reports whether r has exactly data.
func holds(r io.Reader, data, buf []byte) (bool, error) {
	for {
		n, err := r.Read(buf)
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

// Discard ends the stage and leaves the target as it is. After Publish it does
// nothing.
func (s *Stage) Discard() error {
	if err := s.lock.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
