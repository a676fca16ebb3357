package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// bar shows how far long work has come: a line that moves on a terminal, a plain
// line every ten seconds elsewhere.
type bar struct {
	out      io.Writer
	what     string
	terminal bool
	began    time.Time
	shown    time.Time
	drawn    bool
}

func newBar(out io.Writer, what string) *bar {
	b := &bar{out: out, what: what, began: time.Now(), shown: time.Now()}
	if f, ok := out.(*os.File); ok {
		if st, err := f.Stat(); err == nil {
			b.terminal = st.Mode()&os.ModeCharDevice != 0
		}
	}
	return b
}

func (b *bar) show(done, total int) {
	now := time.Now()
	every := 10 * time.Second
	if b.terminal {
		every = 100 * time.Millisecond
	}
	if now.Sub(b.shown) < every && done < total || total == 0 {
		return
	}
	b.shown = now
	rate := float64(done) / max(now.Sub(b.began).Seconds(), 0.001)
	if !b.terminal {
		if done < total {
			fmt.Fprintf(b.out, "%s %d/%d, %.0f/s\n", b.what, done, total, rate)
		}
		return
	}
	b.drawn = true
	left := time.Duration(float64(total-done) / max(rate, 0.001) * float64(time.Second)).Round(time.Second)
	full := 30 * done / total
	fmt.Fprintf(b.out, "\r%s [%s%s] %d/%d %.0f/s %s ", b.what, strings.Repeat("#", full), strings.Repeat(".", 30-full), done, total, rate, left)
}

// end leaves the terminal's line clean.
func (b *bar) end() {
	if b.drawn {
		fmt.Fprintf(b.out, "\r%s\r", strings.Repeat(" ", 78))
	}
}
