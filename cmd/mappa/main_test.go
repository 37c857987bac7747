package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mappa": main})
}

// TestScript runs testdata/script: the real program, in folders of their own.
//
//	exits CODE COMMAND ARGS...   runs a command and wants that exit code
//	repository FOLDER            copies a folder of this repository here
//
// and what [countryCommands] lists.
func TestScript(t *testing.T) {
	if *update && os.Getenv("CI") != "" {
		t.Fatal("wanted output is never rewritten in CI")
	}
	commands := countryCommands()
	commands["exits"], commands["repository"] = exits, repository
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds:                commands,
		Setup: func(env *testscript.Env) error { // boundaries as ISTAT publishes them
			data, err := os.ReadFile("testdata/confini/Com01012024_g.zip")
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "Com01012024_g.zip"), data, 0o644)
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("%s exits with %d, want %d", args[1], got, want)
	}
}

func repository(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: repository FOLDER")
	}
	root, err := filepath.Abs("../..")
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(filepath.Join(root, args[0]))))
}
