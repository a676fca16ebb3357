package messagepage_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/browsertest"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
	"github.com/tidewaiter/tidewaiter/internal/web/webtest"
)

// word is a plain message of that subject.
func word(subject string) message.Draft { return message.Draft{Subject: subject} }

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }

// snapshot is a JPEG as a phone takes it: large, with grain, and something to see
// in it. It gives the path of the file and its size in bytes.
func snapshot(t *testing.T, w, h int) (path string, size int64) {
	t.Helper()
	m, rng := image.NewRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(1, 2))
	grains := make([]int, w)
	for y := range h {
		for x := range w {
			if x%2 == 0 && y%2 == 0 { // as coarse as a pixel of what is sent
				grains[x] = rng.IntN(48)
			}
			grain := grains[x&^1]
			c := color.RGBA{uint8(120 + grain + x*60/w), uint8(110 + grain + y*60/h), uint8(90 + grain), 255} // a wall
			if x > w/5 && x < w*4/5 && y > h/3 && y < h*9/10 {
				c = color.RGBA{uint8(150 + grain), uint8(105 + grain + (x*40/w%2)*20), uint8(50 + grain), 255} // a crate
			}
			m.SetRGBA(x, y, c)
		}
	}
	path = filepath.Join(t.TempDir(), "crate.jpg")
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, int64(b.Len())
}

// sent is the one picture of the message on a page, as the coordination gets it.
func sent(t *testing.T, w *webtest.World, page *browsertest.Page) image.Image {
	t.Helper()
	at := browsertest.Eval[string](page, `document.querySelector(".columns .held a[href*='/a/']")?.getAttribute("href") ?? ""`)
	if at == "" {
		t.Fatalf("%s shows no picture", page.URL())
	}
	status, body := w.Get("coordinator", at)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d", at, status)
	}
	m, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const (
	photo = "#f-photo"
	send  = `#answer button[value="send"]`
	// attached: a line of the list holds a file.
	attached = `document.querySelector(".files .held [name=attachment]")`
)

// line is what the form says of an upload.
func line(page *browsertest.Page) string {
	return browsertest.Eval[string](page, `document.querySelector(".files [role=status]").textContent`)
}

// Two taps: a photo, and send. Nothing else has to be chosen, and with scripts
// the second tap need not wait for the first.
func TestPhotoInTwoTaps(t *testing.T) {
	w := webtest.Open(t)
	path, _ := snapshot(t, 1800, 1200)
	var page *browsertest.Page
	for _, look := range webtest.Hands() {
		at := w.Send("coordinator", word("A lorry at the gate"))
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + at)
		w.Check(page, "answer-"+look.String())
		if browsertest.Eval[bool](page, `document.querySelector(".files details").open`) {
			t.Errorf("%v: what few need stands open", look)
		}
		page.Choose(photo, path)
		if status := page.Submit(send); status != http.StatusOK || !strings.Contains(page.URL(), "done=answer-sent") {
			t.Fatalf("%v: status %d at %s", look, status, page.URL())
		}
		if m := sent(t, w, page).Bounds(); m.Dx() != 1600 {
			t.Errorf("%v: the picture is %v", look, m)
		}
		w.Check(page, "answered-"+look.String())
		if look.Plain {
			continue
		}
		page.Go(w.Server.URL + at)
		page.Choose(photo, path)
		page.Wait(attached)
		page.Wait(`document.querySelector(".files .held img").naturalWidth`)
		w.Check(page, "chosen-"+look.String())
	}
}

// gate sees the uploads that pass, and may cut a line.
type gate struct {
	sync.Mutex
	length  int64   // that the last upload said it would have
	offsets []int64 // at which its pieces began
	cut     int64   // at which to cut the line in the middle of a piece, once; 0: never
}

func (g *gate) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cut := false
		if strings.Contains(r.URL.Path, "/uploads") {
			g.Lock()
			switch n, _ := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64); r.Method {
			case http.MethodPost:
				g.length, _ = strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
			case http.MethodPatch:
				g.offsets = append(g.offsets, n)
				cut = g.cut > 0 && n >= g.cut
			}
			if cut {
				g.cut = 0
			}
			g.Unlock()
		}
		if !cut {
			next.ServeHTTP(w, r)
			return
		}
		r.Body = io.NopCloser(io.MultiReader(io.LimitReader(r.Body, came), broken{}))
		next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler) // the line ends without an answer
	})
}

// came is how many bytes of a piece come before its line is cut.
const came = 100_000

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// A big photo is made smaller before it leaves; where the line is cut in the
// middle of a piece, the same upload goes on from what had come.
func TestBigPhotoOverALineThatIsCut(t *testing.T) {
	w := webtest.Open(t)
	path, size := snapshot(t, 3200, 2400)
	var page *browsertest.Page
	for _, look := range []webtest.Look{{Lang: "en", Width: 1280}, {Lang: "ar", Width: 360, Dark: true}} {
		g := &gate{cut: 1}
		w.Gate = g.watch
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + w.Send("coordinator", word("A crate")))
		page.Choose(photo, path)
		page.Wait(attached)
		g.Lock()
		if g.cut != 0 {
			t.Errorf("%v: no line was cut: a photo of %d bytes went in %v", look, g.length, g.offsets)
		}
		if g.length*3 > size || g.length < 256<<10 {
			t.Errorf("%v: of %d bytes %d were sent", look, size, g.length)
		}
		whole := 0
		for i, n := range g.offsets {
			if n == 0 {
				whole++
			}
			if i > 0 && n < g.offsets[i-1] { // Chromium itself sends a piece again whose line ended without an answer
				t.Errorf("%v: the pieces began at %v", look, g.offsets)
			}
		}
		if whole != 1 || !slices.Contains(g.offsets, 256<<10+came) {
			t.Errorf("%v: the upload did not go on from what had come: %v", look, g.offsets)
		}
		g.Unlock()
		page.Submit(send)
		if m := sent(t, w, page).Bounds(); m.Dx() != 1600 || m.Dy() != 1200 {
			t.Errorf("%v: the picture is %v", look, m)
		}
	}
}

// The rectangle that a finger draws is black in what is sent, and the rest is as it was.
func TestBlackOutByPointer(t *testing.T) {
	w := webtest.Open(t)
	path, _ := snapshot(t, 1400, 1000)
	var page *browsertest.Page
	for _, look := range []webtest.Look{{Lang: "en", Width: 1280}, {Lang: "ar", Width: 360, Dark: true}} {
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + w.Send("coordinator", word("A face")))
		page.Choose(photo, path)
		page.Wait(attached)
		black := w.Page("officer", look) // the link opens a tab
		black.Go(w.Server.URL + browsertest.Eval[string](page, `document.querySelector(".files .held a").getAttribute("href")`))
		black.Drag(".squares", [2]float64{.05, .1}, [2]float64{.5, .5})
		w.Check(black, "black-"+look.String())
		if status := black.Submit(`form[action$="/black"] button`); status != http.StatusOK {
			t.Fatalf("%v: blackened: status %d", look, status)
		}
		page.Submit(send)
		m := sent(t, w, page)
		for _, p := range []struct {
			x, y  float64
			black bool
		}{{.05, .1, true}, {.25, .3, true}, {.5, .5, true}, {.5, .1, true}, {.05, .5, true}, {.9, .1, false}, {.05, .9, false}, {.9, .9, false}} {
			b := m.Bounds()
			x, y := int(p.x*float64(b.Dx())), int(p.y*float64(b.Dy()))
			c := color.GrayModel.Convert(m.At(x, y)).(color.Gray)
			if (c.Y < 8) != p.black {
				t.Errorf("%v: at %v, %v the picture is %d", look, p.x, p.y, c.Y)
			}
		}
	}
}

// A file of a kind that is not taken is refused in the reader's words; what was
// typed and what was attached before stays.
func TestForbiddenFileIsRefusedInWords(t *testing.T) {
	w := webtest.Open(t)
	good, _ := snapshot(t, 400, 300)
	bad := filepath.Join(t.TempDir(), "run.html")
	if err := os.WriteFile(bad, []byte("<!doctype html><script>alert(1)</script>"), 0o600); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{"en": "This kind of file is not taken", "ar": "هذا النوع من الملفات غير مقبول"}
	var page *browsertest.Page
	for _, look := range webtest.Hands() {
		page = w.Turn(page, "officer", look)
		page.Go(w.Server.URL + w.Send("coordinator", word("A file")))
		page.Fill("#f-body", "Seen at gate 4.")
		page.Choose(photo, good)
		page.Choose("#f-file", bad)
		said := ""
		if look.Plain {
			if status := page.Submit(send); status != http.StatusUnprocessableEntity {
				t.Fatalf("%v: status %d", look, status)
			}
			said = page.Text("#error-summary")
		} else {
			page.Wait(attached)
			page.Wait(`document.querySelector(".files [role=status]").textContent.includes("` + words[look.Lang] + `")`)
			said = line(page)
		}
		if !strings.Contains(said, words[look.Lang]) {
			t.Errorf("%v: it says %q", look, said)
		}
		if !browsertest.Eval[bool](page, attached+" !== null") {
			t.Errorf("%v: the good photo is lost", look)
		}
		if look.Plain { // the browser notes the refusal of an upload as an error
			w.Check(page, "refused-"+look.String())
		} else {
			w.Picture(page, "refused-"+look.String())
		}
		page.Submit(send)
		if got := page.Text(".columns .user-text"); got != "Seen at gate 4." {
			t.Errorf("%v: what was typed became %q", look, got)
		}
		sent(t, w, page)
	}
}

// Send waits for a file that is on its way; when that is refused the form stays,
// and says so, rather than go without it.
func TestSendStaysWhenAFileWasRefused(t *testing.T) {
	w := webtest.Open(t)
	bad := filepath.Join(t.TempDir(), "run.html")
	if err := os.WriteFile(bad, []byte("<!doctype html><script>alert(1)</script>"), 0o600); err != nil {
		t.Fatal(err)
	}
	hold, sends := make(chan struct{}), atomic.Int64{}
	w.Gate = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "/uploads") {
				<-hold
			} else if r.Method == http.MethodPost {
				sends.Add(1)
			}
			next.ServeHTTP(rw, r)
		})
	}
	page := w.Page("officer", webtest.Look{Lang: "en", Width: 360})
	page.Go(w.Server.URL + w.Send("coordinator", word("A file")))
	page.Fill("#f-body", "Seen at gate 4.")
	page.Choose("#f-file", bad)
	page.Click(send)
	close(hold)
	page.Wait(`document.querySelector(".files [role=status]").textContent.includes("not taken")`)
	if got := browsertest.Eval[string](page, `document.querySelector("#f-body").value`); got != "Seen at gate 4." {
		t.Errorf("what was typed became %q", got)
	}
	if status := page.Submit(send); status != http.StatusOK || !strings.Contains(page.URL(), "done=answer-sent") {
		t.Errorf("sent without it: status %d at %s", status, page.URL())
	}
	if n := sends.Load(); n != 1 {
		t.Errorf("the form was sent %d times", n)
	}
}
