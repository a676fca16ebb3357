// Command assets builds internal/web/static from internal/web/assets and
// third_party/js: the sheet and the script of every page, those of single pages, the
// pictures, each under a name
// that carries its hash, compressed copies, and manifest.json. The same input
// gives the same bytes; CI runs it again and compares.
//
//	go -C tools run ./assets        (from the root; or: make generate)
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const vendored = "third_party/js/htmx-4.0.1"

// budget is the hard limit of a file, compressed, in bytes (ux.md 12).
var budget = map[string]int{"app.css": 12_000, "core.js": 32_000, "product.css": 3_000, "report.css": 2_000, "analysis.css": 1_500, "training.css": 2_500, "certificate.css": 1_500, "lesson.css": 1_200, "practice.css": 1_000, "compare.js": 3_000, "scan.js": 3_000, "sheet.js": 2_000}

// apart are the sheets and scripts that only some pages have: whoever never opens
// those pages never loads them.
var apart = []string{"css/product.css", "css/report.css", "css/analysis.css", "css/training.css", "css/certificate.css", "css/lesson.css", "css/practice.css", "ts/compare.ts", "ts/scan.ts", "ts/sheet.ts"}

// target is the script of browsers of about 2021.
// The sheet is not lowered: what a browser does not know it leaves out.
const target = api.ES2021

func main() {
	root := flag.String("root", "..", "root of the repository")
	flag.Parse()
	if err := run(*root, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(root string, out io.Writer) error {
	files, err := build(root)
	if err != nil {
		return err
	}
	dir := filepath.Join(root, "internal/web/static")
	if err := clean(dir); err != nil {
		return err
	}
	return write(dir, files, out)
}

// build makes all files by their plain names.
func build(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	css, err := sheet(root)
	if err != nil {
		return nil, err
	}
	files["app.css"] = css
	if files["core.js"], err = core(root); err != nil {
		return nil, err
	}
	for _, name := range apart {
		source := filepath.Join(root, "internal/web/assets", name)
		made := strings.TrimSuffix(filepath.Base(name), ".ts")
		o := api.BuildOptions{EntryPoints: []string{source}, Target: api.ESNext}
		if made != filepath.Base(name) {
			made, o.Format, o.Target = made+".js", api.FormatIIFE, target
		}
		if files[made], err = bundle(o); err != nil {
			return nil, err
		}
	}
	pictures, err := filepath.Glob(filepath.Join(root, "internal/web/assets/picture/*.svg"))
	if err != nil {
		return nil, err
	}
	for _, path := range pictures {
		if files[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func sheet(root string) ([]byte, error) {
	return bundle(api.BuildOptions{
		EntryPoints: []string{filepath.Join(root, "internal/web/assets/css/app.css")},
		Target:      api.ESNext,
	})
}

// core is htmx, its two extensions and our own script, in this order, as one
// classic script: the extensions look for the global htmx.
func core(root string) ([]byte, error) {
	own, err := bundle(api.BuildOptions{
		EntryPoints: []string{filepath.Join(root, "internal/web/assets/ts/core.ts")},
		Format:      api.FormatIIFE,
		Target:      target,
	})
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for _, name := range []string{"htmx.js", "hx-csp.js", "hx-sse.js"} {
		src, err := checked(filepath.Join(root, vendored), name)
		if err != nil {
			return nil, err
		}
		all.Write(src)
		all.WriteString("\n;\n")
	}
	r := api.Transform(all.String(), api.TransformOptions{
		Loader: api.LoaderJS, MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Target: target, LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8,
	})
	if err := messages(r.Errors); err != nil {
		return nil, err
	}
	notice := "/*! htmx 4.0.1 with hx-csp and hx-sse, 0BSD: see THIRD_PARTY_NOTICES */\n"
	return append(append([]byte(notice), r.Code...), own...), nil
}

func bundle(o api.BuildOptions) ([]byte, error) {
	o.Bundle, o.Write = true, false
	o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	o.LegalComments, o.Charset = api.LegalCommentsNone, api.CharsetUTF8
	r := api.Build(o)
	if err := messages(append(r.Errors, r.Warnings...)); err != nil {
		return nil, err
	}
	return r.OutputFiles[0].Contents, nil
}

func messages(list []api.Message) error {
	var errs []error
	for _, m := range list {
		at := ""
		if m.Location != nil {
			at = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
		}
		errs = append(errs, errors.New(at+m.Text))
	}
	return errors.Join(errs...)
}

// checked reads a vendored file and compares it with SHA256SUMS beside it.
func checked(dir, name string) ([]byte, error) {
	src, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	sums, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		return nil, err
	}
	want := fmt.Sprintf("%s  %s\n", sum(src), name)
	if !strings.Contains(string(sums), want) {
		return nil, fmt.Errorf("%s differs from SHA256SUMS: it must stay as it was published", filepath.Join(dir, name))
	}
	return src, nil
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// clean takes away what an earlier run made, and only that.
func clean(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".css", ".js", ".svg", ".gz":
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func write(dir string, files map[string][]byte, out io.Writer) error {
	manifest := map[string]string{}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		data := files[name]
		ext := filepath.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + sum(data)[:10] + ext
		manifest[name] = hashed
		packed, err := pack(data)
		if err != nil {
			return err
		}
		if limit := budget[name]; limit > 0 && len(packed) > limit {
			return fmt.Errorf("%s weighs %d bytes compressed, the limit is %d", name, len(packed), limit)
		}
		if err := os.WriteFile(filepath.Join(dir, hashed), data, 0o644); err != nil {
			return err
		}
		if len(packed) < len(data) {
			if err := os.WriteFile(filepath.Join(dir, hashed+".gz"), packed, 0o644); err != nil {
				return err
			}
		}
		fmt.Fprintf(out, "%-10s %7d bytes, %6d compressed\n", name, len(data), len(packed))
	}
	raw, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "manifest.json"), append(raw, '\n'), 0o644)
}

// pack compresses without a time or a name, so that the bytes repeat.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
