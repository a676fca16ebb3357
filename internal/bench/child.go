package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// child is a server that this run has started from its own binary.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	errs    *strings.Builder
	address string
	began   time.Time
}

// databaseVariable hands a child the database's address: arguments show in lists
// of processes, and an address may hold a password.
const databaseVariable = "TIDEWAITER_DATABASE"

// start starts this program with other arguments and waits for its line "ready".
func start(ctx context.Context, self, database string, args ...string) (*child, error) {
	c := &child{cmd: exec.CommandContext(ctx, self, args...), errs: &strings.Builder{}}
	c.cmd.Env = append(os.Environ(), databaseVariable+"="+database)
	c.cmd.Stderr = c.errs
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewScanner(out)
	c.began = time.Now()
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := c.line()
	address, ready := strings.CutPrefix(line, "ready ")
	if err != nil || !ready {
		err = errors.Join(err, c.stop())
		return nil, fmt.Errorf("bench: %s did not start: %w: %s%s", strings.Join(args, " "), err, line, c.errs)
	}
	c.address = strings.TrimPrefix(address, "http://")
	return c, nil
}

func (c *child) line() (string, error) {
	if !c.out.Scan() {
		return "", errors.Join(io.ErrUnexpectedEOF, c.out.Err())
	}
	return c.out.Text(), nil
}

// order tells the child something and reads its answer; see Role.Play.
func (c *child) order(what string) (string, error) {
	if _, err := fmt.Fprintln(c.in, what); err != nil {
		return "", err
	}
	return c.line()
}

// memory is what the child holds, in bytes.
func (c *child) memory() (float64, error) {
	said, err := c.order("memory")
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(said, 64)
}

// stop ends the child: roles end with their input, serve with an interrupt.
func (c *child) stop() error {
	_ = c.in.Close()
	_ = c.cmd.Process.Signal(os.Interrupt)
	ended := make(chan error, 1)
	go func() { ended <- c.cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = c.cmd.Process.Kill()
		<-ended
		return errors.New("bench: a server did not end")
	}
	return nil
}
