//go:build unix

package site

import (
	"syscall"
	"time"
)

// processorTime is what the process has used of the processors so far: on a
// machine that others share it says more than the clock.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
