package migrate

import (
	"io/fs"
	"strconv"
	"strings"
)

// Latest is the number of the newest migration that this program knows.
func Latest() int64 {
	var latest int64
	names, _ := fs.Glob(files, "*.sql") // fails for a bad pattern only
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			latest = max(latest, n)
		}
	}
	return latest
}
