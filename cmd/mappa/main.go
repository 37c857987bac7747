// Command mappa makes the site from three folders: data, content and themes.
//
// It reads everything, reports every problem with its file and line, and only
// when there is none writes the folder public/, in one step. This package
// alone knows flags, the clock and the environment, and it alone prints.
//
// Exit codes: 0 done; 1 problems, nothing was written; 2 wrong usage.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)) }
