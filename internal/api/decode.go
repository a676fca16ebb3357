package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// read takes a JSON body strictly: no unknown field, none twice, UTF-8 only,
// nothing behind it. It gives the bytes as they came, too.
func read(r *http.Request, into any) (body []byte, err error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || kind != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, refused(http.StatusUnsupportedMediaType, "api.content-type")
	}
	body, err = io.ReadAll(r.Body)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, fault.Of(fault.TooLarge, "fault.too-large").Because(err)
	}
	if err != nil {
		return nil, refused(http.StatusBadRequest, "api.truncated")
	}
	return body, decode(body, into)
}

// decode is the parser of bodies. A field that is null is neither there nor
// missing: it is refused.
func decode(body []byte, into any) error {
	err := json.Unmarshal(body, into, json.RejectUnknownMembers(true))
	if at, found := null(body); err == nil && found {
		return refused(http.StatusBadRequest, "api.malformed", fault.Field{Path: path(at), Key: "api.wrong-type"})
	}
	if err == nil {
		return nil
	}
	key, at := "api.malformed", ""
	if s, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		at = string(s.JSONPointer)
	}
	if s, ok := errors.AsType[*json.SemanticError](err); ok {
		key, at = "api.wrong-type", string(s.JSONPointer)
	}
	switch {
	case errors.Is(err, json.ErrUnknownName):
		key = "api.unknown-field"
	case errors.Is(err, jsontext.ErrDuplicateName):
		key = "api.duplicate-field"
	}
	return refused(http.StatusBadRequest, "api.malformed", fault.Field{Path: path(at), Key: key})
}

// null finds the first null of a well-formed body.
func null(body []byte) (pointer string, found bool) {
	if !bytes.Contains(body, []byte("null")) {
		return "", false
	}
	d := jsontext.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return "", false
		}
		if t.Kind() == 'n' {
			return string(d.StackPointer()), true
		}
	}
}

// path turns a JSON pointer into the way in which drafts name their fields:
// /goods/0/category is goods.1.category.
func path(pointer string) string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		if n, err := strconv.Atoi(p); err == nil && i > 0 {
			p = strconv.Itoa(n + 1)
		}
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(p, "~1", "/"), "~0", "~")
	}
	out := strings.Join(parts, ".")
	if len(out) > 200 { // it is the caller's own text
		out = strings.ToValidUTF8(out[:200], "")
	}
	return out
}

// id is the UUID that a request names; another spelling of it is another id.
func id(r *http.Request) (string, error) {
	v := r.PathValue("id")
	if !source.ValidID(v) {
		return "", refused(http.StatusBadRequest, "fault.malformed-id")
	}
	return v, nil
}

// version is what If-Match names; ok is false without it.
func version(r *http.Request) (n int64, ok bool, err error) {
	v := r.Header.Get("If-Match")
	if v == "" {
		return 0, false, nil
	}
	unquoted, good := strings.CutPrefix(v, `"`)
	unquoted, closed := strings.CutSuffix(unquoted, `"`)
	n, err = strconv.ParseInt(unquoted, 10, 64)
	if !good || !closed || err != nil || n < 0 || unquoted != strconv.FormatInt(n, 10) {
		return 0, false, refused(http.StatusBadRequest, "api.if-match")
	}
	return n, true, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// limitOf is the size of a page that a request asks for, 0 for the usual one.
func limitOf(r *http.Request) (int64, error) {
	v := r.URL.Query().Get("limit")
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 1 || n > maxPage {
		return 0, refused(http.StatusBadRequest, "api.query", fault.Field{Path: "limit", Key: "api.limit", Args: fault.Args{"max": int64(maxPage)}})
	}
	return n, nil
}

// maxPage is the most items of a page.
const maxPage = 200

// repeated is the parameter that may be given more than once.
const repeated = "filter"

// switches are the parameters that are true or false.
var switches = []string{"open", "photos", "waits", "mine"}

// asked refuses parameters that a route does not know, that are given twice, or
// that cannot be read: a filter that is misspelt would otherwise show everything.
func asked(r *http.Request, known []string) error {
	all, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refused(http.StatusBadRequest, "api.query")
	}
	for name, values := range all {
		key := ""
		switch {
		case !slices.Contains(known, name):
			key = "api.unknown-field"
		case len(values) > 1 && name != repeated:
			key = "api.duplicate-field"
		case !utf8.ValidString(values[0]):
			key = "fault.not-utf8"
		case strings.ContainsFunc(values[0], unicode.IsControl):
			key = "fault.control-character"
		case slices.Contains(switches, name) && !slices.Contains([]string{"", "true", "false"}, values[0]):
			key = "fault.unknown-code"
		}
		if key != "" {
			return refused(http.StatusBadRequest, "api.query", fault.Field{Path: path(name), Key: key})
		}
	}
	return nil
}
