package browsertest

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Policy that every page must bear: nothing inline, nothing from elsewhere.
const Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// Serve answers from a tree of files on this machine, under [Policy], until
// the test ends, and returns the address without closing slash.
func Serve(t testing.TB, files fs.FS) string {
	t.Helper()
	tree := http.FileServerFS(files)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		tree.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}
