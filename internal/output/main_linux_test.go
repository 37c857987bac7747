package output

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The test binary is its own victim: started again with MAPPA_CHILD it does one
// of the jobs below in a process that can be killed or starved.
func TestMain(m *testing.M) {
	job, ok := map[string]func(target string){"publish": publishForever, "starve": publishStarved, "hold": holdLock}[os.Getenv("MAPPA_CHILD")]
	if ok {
		job(os.Args[1])
		return
	}
	os.Exit(m.Run())
}

// wholeFiles is how many files a version of the test tree has.
const wholeFiles = 120

// build stages version v of the test tree: files that all say v, some that
// never change, and some that only even versions have.
func build(target string, v int) (*Stage, error) {
	s, err := Open(target)
	if err != nil {
		return nil, err
	}
	var all sync.WaitGroup
	for i := range wholeFiles {
		all.Go(func() {
			s.Add(fmt.Sprintf("comuni/c%d/index.html", i), fmt.Appendf(nil, "version %d", v))
			s.Add(fmt.Sprintf("assets/a%d.css", i), []byte("body{}"))
			if v%2 == 0 {
				s.Add(fmt.Sprintf("even/%d.txt", i), nil)
			}
		})
	}
	all.Wait()
	return s, nil
}

func publishForever(target string) {
	from, err := strconv.Atoi(os.Getenv("MAPPA_VERSION"))
	must(err)
	for v := from; ; v++ {
		s, err := build(target, v)
		must(err)
		_, err = s.Publish()
		must(err)
	}
}

// publishStarved may write no file of more than a few bytes, as on a full disk.
func publishStarved(target string) {
	signal.Ignore(syscall.SIGXFSZ)
	const few = 10 // bytes: a file of 4096 is cut short
	must(unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: few, Max: few}))
	s, err := Open(target)
	must(err)
	s.Add("index.html", make([]byte, 4096))
	s.Add("small.txt", []byte("x"))
	change, err := s.Publish()
	fmt.Printf("%v %v\n", change, err)
}

func holdLock(target string) {
	s, err := Open(target)
	must(err)
	fmt.Println("locked")
	time.Sleep(time.Hour) // until it is killed
	runtime.KeepAlive(s)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// asNobody runs do on a thread that has no right to write below dir, whoever
// runs the test: root's rights over files are dropped for that thread alone,
// which ends with the goroutine.
func asNobody(t *testing.T, dir string, do func()) {
	t.Helper()
	if os.Getuid() != 0 {
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o755)
		do()
		return
	}
	const nobody = 65534
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := unix.Setfsuid(nobody)
		if err == nil {
			do()
		}
		done <- err
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
