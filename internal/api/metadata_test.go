package api

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/fault"
)

func FuzzUploadHeaders(f *testing.F) {
	f.Add("id YQ==,filename Yg==,blackout MCwwLDEsMQ==", "sha256 AAAA")
	f.Add("", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=")
	f.Fuzz(func(t *testing.T, metadata, checksum string) {
		d, err := readMetadata(metadata)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if err == nil && strings.Count(metadata, "blackout ") == 0 && len(d.BlackOut) > 0 {
			t.Fatal("black without being said")
		}
		h, want, err := readChecksum(checksum)
		if err == nil && h != nil && len(want) != h.Size() || err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(h, want, err)
		}
	})
}
