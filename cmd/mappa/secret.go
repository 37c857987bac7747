package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// secretFile is what a build leaves for the next one, packed with gzip.
type secretFile struct {
	file string // below the site folder
	text interface{ Write(io.Writer) error }
	cut  bool // one that a build laid beside its place before it was cut off waits there
}

// aside ends the name of a file that waits for its place.
const aside = ".nuovo"

// on is where the file goes in a site folder.
func (k secretFile) on(dir string) string { return filepath.Join(dir, filepath.FromSlash(k.file)) }

// prepare writes files beside their places, down to the disk.
func prepare(dir string, all []secretFile) (faults error) {
	for _, k := range all {
		faults = errors.Join(faults, k.prepare(k.on(dir)))
	}
	return faults
}

func (k secretFile) prepare(name string) error {
	if k.cut { // it may be the only one that says what is online
		if err := os.Rename(name+aside, name); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(name+aside, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(file)
	return errors.Join(k.text.Write(z), z.Close(), file.Sync(), file.Close())
}

// place gives files that were prepared their places, each in one step.
func place(dir string, all []secretFile) (faults error) {
	for _, k := range all {
		faults = errors.Join(faults, os.Rename(k.on(dir)+aside, k.on(dir)))
	}
	return faults
}

// drop takes away files that were prepared, as far as they are there.
func drop(dir string, all []secretFile) {
	for _, k := range all {
		_ = os.Remove(k.on(dir) + aside) // one that stays is read by nobody who must not
	}
}

// keep prepares files and gives them their places.
func keep(dir string, all []secretFile) error {
	if err := prepare(dir, all); err != nil {
		return err
	}
	return place(dir, all)
}

// cutShort reports whether a file is not there, or was not written to its end.
func cutShort(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// readKept unpacks a kept file for read. That there is none is fs.ErrNotExist.
func readKept[T any](fsys fs.FS, name string, read func(io.Reader) (T, error)) (none T, err error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return none, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return none, err
	}
	return read(z)
}
