package api

import (
	"net/http"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/nilreport"
)

// nilReportIn says that there is nothing to report of a day.
type nilReportIn struct {
	Controls *int64 `json:"controls,omitempty"` // done on that day; absent: not told
	Remark   string `json:"remark,omitempty"`
	Language string `json:"language,omitempty"` // BCP 47, of the remark
}

// nilReportOut is the report of the caller's organisation for one of its local days.
type nilReportOut struct {
	Day      string    `json:"day"` // local date of the organisation, yyyy-mm-dd
	Controls *int64    `json:"controls,omitempty"`
	Remark   string    `json:"remark,omitempty"`
	Language string    `json:"language,omitempty"`
	Author   string    `json:"author"` // UUID of who wrote it last
	At       time.Time `json:"at"`     // UTC
	Version  int64     `json:"version"`
}

// getNilReport answers with what stands: a report that was taken back is none.
func (d *Door) getNilReport(w http.ResponseWriter, r *http.Request, c *call) error {
	_, report, err := d.NilReports.Own(r.Context(), c.who(), code(r), r.PathValue("day"))
	if err != nil {
		return err
	}
	if report.State != nilreport.Stands {
		return fault.Missing()
	}
	return answerNil(w, report)
}

func (d *Door) putNilReport(w http.ResponseWriter, r *http.Request, c *call) error {
	var in nilReportIn
	if _, err := read(r, &in); err != nil {
		return err
	}
	seen, known, err := version(r)
	if err != nil {
		return err
	}
	report, err := d.NilReports.Send(r.Context(), c.who(), code(r),
		nilreport.Draft{Day: r.PathValue("day"), Controls: in.Controls, Remark: in.Remark, Language: in.Language, Version: seen})
	if err != nil {
		return faster(known, err)
	}
	return answerNil(w, report)
}

// withdrawNilReport takes the version back that If-Match names.
func (d *Door) withdrawNilReport(w http.ResponseWriter, r *http.Request, c *call) error {
	seen, known, err := version(r)
	if err != nil {
		return err
	}
	if !known {
		return refused(http.StatusPreconditionRequired, "api.if-match")
	}
	if err := d.NilReports.Withdraw(r.Context(), c.who(), code(r), r.PathValue("day"), seen); err != nil {
		return faster(known, err)
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func answerNil(w http.ResponseWriter, r nilreport.Report) error {
	w.Header().Set("ETag", etag(r.Version))
	return answer(w, http.StatusOK, nilReportOut{r.Day, r.Controls, r.Remark, r.Language, r.Author, r.At, r.Version})
}
