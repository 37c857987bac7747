// Command mappa makes the site from three folders: data, content and themes.
//
// It reads everything, reports every problem with its file and line, and only
// when there is none writes the folder public/, in one step. This package
// alone knows flags, the clock and the environment, and it alone prints.
//
// Exit codes: 0 done; 1 problems, nothing was written; 2 wrong usage.
package main

import (
	"os"
	"runtime/debug"
)

// garbage is how much may pile up before it is collected, in per cent of what
// is in use: a sixth less work than at Go's 100, for 200 MB more of memory.
const garbage = 200

// most is the memory, in bytes, beyond which it is collected as soon as it can be.
// This site stays below; a survey of 400 items that all Comuni answer would take
// 1.6 GB with its garbage, of a machine that may have 2.
const most = 1 << 30

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(most)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
