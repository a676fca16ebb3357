package server

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
)

// scanTime is how long a scanner may take for one file.
const scanTime = time.Minute

// program is a scanner that is a program: it gets the file on its standard input
// and ends with 0 for clean and 1 for refused, as clamdscan does; any other end
// means that it could not tell. It gets no argument and no name of the file.
func program(path string) attachment.Scanner {
	return func(ctx context.Context, file io.Reader) (string, bool) {
		ctx, stop := context.WithTimeout(ctx, scanTime)
		defer stop()
		c := exec.CommandContext(ctx, path)
		c.Stdin = file
		c.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"}
		c.WaitDelay = time.Second
		err := c.Run()
		if err == nil {
			return attachment.Clean, false
		}
		ended, ok := errors.AsType[*exec.ExitError](err)
		return attachment.Unscanned, ok && ended.ExitCode() == 1
	}
}
