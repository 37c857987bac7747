// Package output is what goes out: the finished tree of files, and the one step
// that puts it in place of the last one.
//
// A [Stage] writes the new tree to a folder beside the target while the site is
// being rendered, so that memory does not grow with it; a file that is already
// published with the same bytes is linked, not written, and keeps its times.
// [Stage.Publish] then exchanges the two folders in one step of the kernel
// (RENAME_EXCHANGE). Whoever reads the target sees the last tree whole or the
// new tree whole; a build that fails, is discarded or is killed leaves the last
// tree as it was. Where the filesystem cannot exchange (old kernels, some
// network filesystems, Windows) two renames are made; the target is missing
// between them, and if the build is killed just there the next one puts the
// last tree back.
//
// The tree that was replaced, or what a failed or killed build left, stays in
// the hidden folder .NAME.riserva beside the target, and the next build starts
// from it: most of its files and folders are there already. Nothing of it is
// trusted: a file stays only if it has the bytes wanted, and what was not added
// is removed before it is published. The unchanged files of both trees are the
// same files, so that the second costs little room. (Removing the old tree and
// making a new one costs ten seconds for a national site on ext4, which does not
// hand out again the inodes of files that were just removed.)
//
// One build at a time works on a target: it holds a lock on the file
// .NAME.lock beside it, which the kernel lets go when the process ends however
// it ends. A folder that holds files but no [Mark] was not published by this
// package and is never replaced.
package output

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Sink takes finished files. A path is slash-separated, relative, without "."
// or ".." and lower case but for the cadastral codes of the short links; adding
// a path twice is a fault of the program. Add may be called from several
// goroutines; data must not be changed afterwards.
type Sink interface {
	Add(path string, data []byte)
}

// Tee is a Sink that hands each file to all of sinks, in order.
func Tee(sinks ...Sink) Sink { return tee(sinks) }

type tee []Sink

func (t tee) Add(path string, data []byte) {
	for _, s := range t {
		s.Add(path, data)
	}
}

// Memory is a tree kept in memory, for tests. The zero value is ready to use.
type Memory struct {
	names names
	mu    sync.Mutex
	files map[string][]byte
	err   error
}

// Add keeps a file.
func (m *Memory) Add(path string, data []byte) {
	err := m.names.claim(path)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err = cmp.Or(m.err, err); err != nil {
		return
	}
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[path] = data
}

// Err is the first fault met by Add.
func (m *Memory) Err() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}

// Paths lists the files in order.
func (m *Memory) Paths() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.files))
}

// File is the content of a file and whether there is one.
func (m *Memory) File(path string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[path]
	return data, ok
}

// Void is a tree of which only the names and the size are kept: where a site
// is checked and not written. The zero value is ready to use.
type Void struct {
	names names
	mu    sync.Mutex
	size  Size
	err   error
}

// Add checks and counts a file.
func (v *Void) Add(path string, data []byte) {
	err := v.names.claim(path)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.err = cmp.Or(v.err, err)
	v.size.add(data)
}

// Err is the first fault met by Add.
func (v *Void) Err() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.err
}

// Size is what was added so far; of it, nothing was written.
func (v *Void) Size() (all Size, written int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.size, 0
}

// Publish reports the first fault; nothing is put anywhere.
func (v *Void) Publish() (Change, error) { return Change{}, v.Err() }

// Discard does nothing.
func (v *Void) Discard() error { return nil }

// Size is how much a tree holds.
type Size struct {
	Files int
	Bytes int64
}

func (s *Size) add(data []byte) {
	s.Files++
	s.Bytes += int64(len(data))
}
