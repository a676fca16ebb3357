package casepart

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func Title(p *kit.Page, c seizure.Case) string {
	if names := Categories(p, c.Draft); len(names) > 0 {
		return p.Printer.List(names)
	}
	return p.T("casepage.untitled")
}

// groupRows are the fields of one part of the page; what was not stated is left
// out, for a case in the short form has many such fields.
func groupRows(p *kit.Page, d seizure.Draft, keys []string) []kit.Row {
	var out []kit.Row
	for _, c := range caseCells(p, d) {
		if slices.Contains(keys, c.Key) && c.Text != "" {
			out = append(out, kit.Row{Label: c.Label, Value: c.Value()})
		}
	}
	return out
}

// lineRows are the fields of one line of goods.
func lineRows(p *kit.Page, d seizure.Draft, n int) []kit.Row {
	var out []kit.Row
	for _, c := range goodsCells(p, d, n) {
		switch {
		case c.Text != "":
			out = append(out, kit.Row{Label: c.Label, Value: c.Value()})
		case strings.HasSuffix(c.Key, ".quantity"):
			out = append(out, kit.Row{Label: c.Label}) // not given: a figure is missing
		}
	}
	return out
}

// WhyClass says whether the case counts, and if not, why.
func WhyClass(p *kit.Page, o operation.Operation, c seizure.Case) string {
	key := "casepage.why." + c.Class
	if c.Class == seizure.IsDraft && c.State == seizure.Reported {
		key = "casepage.why.unreleased"
	}
	args := fault.Args{}
	if c.Class == seizure.OutsidePhase {
		for _, ph := range o.Phases {
			if ph.Kind == o.Counting.Phase {
				args["phase"] = p.Printer.Range(ph.Starts, ph.Ends)
			}
		}
	}
	return p.T(key, args)
}

// Readers is who can see a case, or will.
func Readers(p *kit.Page, reach operation.Reach, sending bool) kit.Readers {
	r := kit.Readers{People: int64(reach.People), Sending: sending}
	for _, o := range reach.Organisations {
		r.Organisations = append(r.Organisations, kit.ReaderGroup{Name: frame.Called(p, o), Side: readerKind(p, o)})
	}
	slices.SortFunc(r.Organisations, func(a, b kit.ReaderGroup) int { return p.Printer.Compare(a.Name, b.Name) })
	return r
}

func readerKind(p *kit.Page, o organisation.Organisation) string {
	return p.Printer.Code("organisation-kind", o.Kind)
}

// Arrow points from old to new in the direction of reading.
func Arrow(p *kit.Page) string {
	if p.Printer.Dir() == "rtl" {
		return "←"
	}
	return "→"
}

// VersionOf is the version that was read when the form was shown; 0: a new one.
func VersionOf(values url.Values) int64 {
	n, _ := strconv.ParseInt(values.Get("version"), 10, 64)
	return max(n, 0)
}

func VersionText(n int64) string { return strconv.FormatInt(n, 10) }
