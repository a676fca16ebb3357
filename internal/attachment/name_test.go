package attachment

import (
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/picture"
)

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{"holiday.PNG": "holiday.jpg", "": "attachment.jpg", "a/b\\c.html": "c.jpg", "../../etc/passwd": "passwd.jpg",
		"evil\r\nSet-Cookie: x.jpg": "evilSet-Cookie x.jpg", "photo\u202egpj.exe": "attachment.jpg", ".htaccess": "htaccess.jpg", "صورة.png": "صورة.jpg"} {
		if got := (Attachment{Name: cleanName(name), MediaType: picture.JPEG, Main: Picture{Width: 1}}).FileName(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"report.pdf": "report.pdf", "report.exe": "report.exe.pdf", "REPORT.PDF": "REPORT.PDF", "": "attachment.pdf"} {
		if got := (Attachment{Name: cleanName(name), MediaType: "application/pdf"}).FileName(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if n := len([]rune(cleanName(strings.Repeat("ab", 300) + ".pdf"))); n > maxName {
		t.Errorf("%d characters", n)
	}
}
