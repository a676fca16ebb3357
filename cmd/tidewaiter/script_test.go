package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"tidewaiter": main})
}

// tests are run, and the story that they shared is removed after them.
type tests struct{ m *testing.M }

func (t tests) Run() int { return servertest.Main(t.m) }

// patience is how long a server may take to say that it is ready, and to stop.
const patience = 60 * time.Second

// TestScripts tells the whole binary as stories: testdata/scripts. The commands
// that the stories have beside those of testscript stand in commands below.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "testdata", "scripts"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			env.Setenv("LANG", "C.UTF-8")
			env.Values[stageKey{}] = &stage{servers: map[string]*served{}, http: &http.Client{
				Timeout:       patience,
				Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}, // its own, on loopback
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			}}
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			// Not stop: that is testscript's own, and ends the story there.
			"start": start, "halt": halt, "http": request, "code": code, "edit": edit, "json": jsonIs, "certificate": newCertificate,
			"keep": keep, "match": match, "tamper": tamper, "flip": flip,
		},
	})
}

type stageKey struct{}

// stage is what one story has running.
type stage struct {
	servers map[string]*served
	http    *http.Client
}

type served struct {
	cmd    *exec.Cmd
	ended  chan error
	output strings.Builder // standard error; read after it has ended
}

func stageOf(ts *testscript.TestScript) *stage { return ts.Value(stageKey{}).(*stage) }

// start NAME ARGS... runs tidewaiter in the background and waits for its line
// "ready http://...", whose address it puts into $NAME. A demonstration finds its
// story told already, but for those that ask for one of their own kind (usual).
func start(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: start NAME ARGS...")
	}
	if dir, ok := usual(args[1:]); ok && ts.Name() != "demo" { // that story tells it
		if _, err := os.Stat(ts.MkAbs(dir)); err != nil {
			ts.Check(servertest.CopyTo(ts.MkAbs(dir)))
		}
	}
	s := &served{ended: make(chan error, 1)}
	s.cmd = exec.Command("tidewaiter", args[1:]...)
	s.cmd.Dir = ts.MkAbs(".")
	s.cmd.Stderr = &s.output
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "TIDEWAITER_DATA", "TIDEWAITER_DATABASE", "TIDEWAITER_KEY"} {
		s.cmd.Env = append(s.cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := s.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	stageOf(ts).servers[args[0]] = s
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if address, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
				ready <- address
				break
			}
		}
		_, _ = io.Copy(io.Discard, out)
		s.ended <- s.cmd.Wait()
	}()
	ts.Defer(func() { _ = s.cmd.Process.Kill() })
	select {
	case address := <-ready:
		ts.Setenv(args[0], address)
	case err := <-s.ended:
		ts.Fatalf("the server ended before it was ready: %v\n%s", err, s.output.String())
	case <-time.After(patience):
		ts.Fatalf("the server was not ready in time")
	}
}

// halt NAME asks a server to end (SIGTERM) and wants it to end with 0; halt -kill
// NAME gives it no chance.
func halt(ts *testscript.TestScript, _ bool, args []string) {
	signal := syscall.SIGTERM
	if args[0] == "-kill" {
		signal, args = syscall.SIGKILL, args[1:]
	}
	s := stageOf(ts).servers[args[0]]
	ts.Check(s.cmd.Process.Signal(signal))
	select {
	case err := <-s.ended:
		if err != nil && signal == syscall.SIGTERM {
			ts.Fatalf("the server did not end cleanly: %v\n%s", err, s.output.String())
		}
	case <-time.After(patience):
		ts.Fatalf("the server did not end in time")
	}
	fmt.Fprint(ts.Stderr(), s.output.String())
}

var setCookie = regexp.MustCompile(`^([^=]+)=([^;]*)`)

// http [-bearer TOKEN | -cookie COOKIE] [-head NAME=VALUE] [-body FILE] METHOD URL
// STATUS [field=value...] asks a server. The body goes to standard output;
// $location (without its query) and, when the answer sets a session, $cookie are
// set. Fields make a form.
func request(ts *testscript.TestScript, _ bool, args []string) {
	cookies := "language=en" // personas read in their own languages
	header := http.Header{}
	var body io.Reader
	for len(args) > 1 && strings.HasPrefix(args[0], "-") {
		switch args[0] {
		case "-bearer":
			header.Set("Authorization", "Bearer "+strings.TrimSpace(args[1]))
		case "-cookie":
			cookies += "; " + args[1]
		case "-head":
			name, value, _ := strings.Cut(args[1], "=")
			header.Set(name, value)
		case "-body":
			body = strings.NewReader(ts.ReadFile(args[1]))
		default:
			ts.Fatalf("http: unknown option %s", args[0])
		}
		args = args[2:]
	}
	if len(args) < 3 {
		ts.Fatalf("usage: http [-bearer TOKEN | -cookie COOKIE] [-head NAME=VALUE] [-body FILE] METHOD URL STATUS [field=value...]")
	}
	if len(args) > 3 {
		body = strings.NewReader(formOf(args[3:]).Encode())
		header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req, err := http.NewRequestWithContext(context.Background(), args[0], args[1], body)
	ts.Check(err)
	header.Set("Cookie", cookies)
	req.Header = header
	resp, err := stageOf(ts).http.Do(req)
	ts.Check(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	ts.Check(err)
	page, _, _ := strings.Cut(resp.Header.Get("Location"), "?")
	ts.Setenv("location", page)
	for _, c := range resp.Header.Values("Set-Cookie") {
		if m := setCookie.FindString(c); m != "" {
			ts.Setenv("cookie", m)
		}
	}
	fmt.Fprintf(ts.Stdout(), "%s", text)
	if strconv.Itoa(resp.StatusCode) != args[2] {
		ts.Fatalf("%s %s answered %d, want %s", args[0], args[1], resp.StatusCode, args[2])
	}
}

func formOf(fields []string) url.Values {
	form := url.Values{}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		form.Add(name, value)
	}
	return form
}

// code N ARGS... runs tidewaiter and wants that exit code.
func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("tidewaiter", args[1:]...)
	got := 0
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// edit FILE OLD NEW replaces the one place of a text in a file.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if strings.Count(text, args[1]) != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], strings.Count(text, args[1]))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o600))
}

// flip FILE changes one bit in the middle of a file.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	b[len(b)/2] ^= 4
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}

// keep NAME puts what the last command printed, without its line end, into $NAME.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// match PATTERN NAME finds a pattern in what was printed and puts its group into
// $NAME.
func match(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(args[0]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("no %s in what was printed", args[0])
	}
	ts.Setenv(args[1], found[1])
}

// usual tells whether the arguments are those of the demonstration as it comes, and
// in which directory it is kept.
func usual(args []string) (dir string, ok bool) {
	if args[0] != "demo" {
		return "", false
	}
	for i := 1; i+1 < len(args); i += 2 {
		switch args[i] {
		case "--data":
			dir = args[i+1]
		case "--addr":
		default:
			return "", false
		}
	}
	return dir, dir != ""
}
