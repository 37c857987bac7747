//go:build unix

package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// takeLock locks the file name and keeps it open; closing it, or the end of
// the process, lets go. The file stays: removing it would let two builds hold
// two files of one name.
func takeLock(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, fileMode)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrBusy
		}
		return nil, &os.PathError{Op: "lock", Path: name, Err: err}
	}
	return f, nil
}
