package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/guess"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/outcome"
)

// Look says how a sheet of the actor's would be read, and what would become of its
// first rows. What is wrong with the file or its mapping is in the Look.
func (s *Store) Look(ctx context.Context, who access.Actor, code operation.Code, id ID) (Look, error) {
	v, err := s.Read(ctx, who, code, id)
	if err != nil {
		return Look{}, err
	}
	saved, err := s.Mappings(ctx, who, code)
	if err != nil {
		return Look{}, err
	}
	b, err := s.bytes(v.Standing, v.Sheet.blob)
	if err != nil {
		return Look{}, err
	}
	l := Look{View: v}
	if err := l.read(ctx, b, saved, s.source.Now()); err != nil {
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok {
			return Look{}, err
		}
		l.Fault = f
	}
	return l, nil
}

func (l *Look) read(ctx context.Context, b []byte, saved []Mapping, now time.Time) error {
	var c chosen
	if l.Sheet.choices != "" {
		if err := json.Unmarshal([]byte(l.Sheet.choices), &c); err != nil {
			return err
		}
	}
	l.Choices, l.Saved = c.Choices, c.Saved
	var err error
	if l.Found, err = guess.Make(bytes.NewReader(b), now, c.Choices); err != nil {
		return err
	}
	l.Text = string(l.Found.Mapping)
	switch {
	case c.Saved != "":
		l.Text = l.Sheet.mapping
	case l.Sheet.choices == "" && !l.Found.Own:
		for _, m := range saved { // nobody has chosen yet: one that fits its headings
			if m.Fingerprint == l.fingerprint() {
				l.Text, l.Saved = m.Text, m.Name
			}
		}
	}
	m, err := spreadsheet.ParseMapping([]byte(l.Text))
	if err != nil {
		return err
	}
	if l.Saved != "" {
		l.Found.Columns = rolesOf(m, l.Found.Columns)
	}
	return l.preview(ctx, b, m, now)
}

// fingerprint tells sheets of one make by their headings.
func (l *Look) fingerprint() string {
	var names []string
	for _, c := range l.Found.Columns {
		if !strings.HasPrefix(c.Heading, outcome.HeadingMark) {
			names = append(names, i18n.Fold(c.Heading))
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00") + "\x00" + l.Found.Encoding + l.Found.Delimiter))
	return hex.EncodeToString(sum[:16])
}

var errEnough = errors.New("intake: enough rows")

// preview does all of an import but the reporting.
func (l *Look) preview(ctx context.Context, b []byte, m *spreadsheet.Mapping, now time.Time) error {
	latest := now.Add(14 * time.Hour).Format(time.DateOnly)
	try := func(_ context.Context, batch []spreadsheet.Row) ([]spreadsheet.Outcome, error) {
		out := make([]spreadsheet.Outcome, len(batch))
		for i, row := range batch {
			d, err := row.Draft.Check(latest)
			if f, ok := errors.AsType[*fault.Fault](err); ok {
				out[i] = spreadsheet.Outcome{State: spreadsheet.Refused, Fault: f}
			} else if len(l.Cases) < shownCases {
				l.Cases = append(l.Cases, cut(d))
			}
		}
		return out, nil
	}
	limited, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	job := spreadsheet.Job{Operation: string(l.Standing.Operation.ID), Mapping: m, Report: try, Progress: func(done, _ int) {
		if done > lookRows {
			l.More = true
			stop(errEnough)
		}
	}}
	r, err := job.Import(limited, bytes.NewReader(b))
	if err != nil && !(l.More && errors.Is(context.Cause(limited), errEnough)) {
		return err
	}
	l.View.Result, l.Result = nil, r
	l.Why = reasons(r)
	return nil
}

// sheetName is the line of a mapping that names a sheet of a workbook.
var sheetName = regexp.MustCompile(`(?m)^name = ".*"\n`)

// Mapping is the one that the look used, as it may be kept under a name. The first
// sheet of a workbook is not named: next week it may be called otherwise.
func (l *Look) Mapping(name string) Mapping {
	text := l.Text
	if at := sheetName.FindStringIndex(text); at != nil && len(l.Found.Sheets) > 0 && l.Found.Sheet == l.Found.Sheets[0] {
		text = text[:at[0]] + text[at[1]:]
	}
	return Mapping{Name: name, Fingerprint: l.fingerprint(), Text: text}
}
