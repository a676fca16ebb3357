package attachment

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"time"
)

// Scanner looks at a file and says Clean or Unscanned, or that it is refused.
type Scanner func(ctx context.Context, file io.Reader) (said string, refused bool)

// scanTime is how long a scanner may take for one file.
const scanTime = time.Minute

// Program is a scanner that is a program: it gets the file on its standard input
// and ends with 0 for clean and 1 for refused, as clamdscan does; any other end
// means that it could not tell. It gets no argument and no name of the file.
func Program(path string) Scanner {
	return func(ctx context.Context, file io.Reader) (string, bool) {
		ctx, stop := context.WithTimeout(ctx, scanTime)
		defer stop()
		c := exec.CommandContext(ctx, path)
		c.Stdin = file
		c.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"}
		c.WaitDelay = time.Second
		err := c.Run()
		if err == nil {
			return Clean, false
		}
		ended, ok := errors.AsType[*exec.ExitError](err)
		return Unscanned, ok && ended.ExitCode() == 1
	}
}

// scan has the scanner look at a file.
func (s *Store) scan(ctx context.Context, content []byte) (string, error) {
	if s.Scanner == nil {
		return Unscanned, nil
	}
	said, no := s.Scanner(ctx, bytes.NewReader(content))
	if no {
		return said, refused("attachment.scanned-bad")
	}
	return said, nil
}
