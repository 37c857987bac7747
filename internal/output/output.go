// Package output is what goes out: the finished tree of files, and the one step
// that puts it in place of the last one.
package output

// Sink takes finished files. A path is slash-separated, relative, without "."
// or ".." and lower case but for the cadastral codes of the short links; adding
// a path twice is a fault of the program. Add may be called from several
// goroutines; data must not be changed afterwards.
type Sink interface {
	Add(path string, data []byte)
}
