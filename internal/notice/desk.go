package notice

import (
	"errors"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/alert"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/detention"
	"github.com/tidewaiter/tidewaiter/internal/document"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/workshop"
)

// desk is what one person may read now in one operation, of some records.
type desk struct {
	operation        operation.Operation
	messages, cases  db.List
	versions         db.List // of documents
	readableMessages map[int64]message.Message
	readableCases    map[int64]seizure.Case

	readableVersions map[int64]document.Version
	documents        map[int64]document.Document // of these versions

	inquiries         db.List // entries that speak of them
	readableInquiries map[int64]inquiry.Inquiry

	warnings db.List // of clocks
	alarms   map[int64]detention.Alarm

	alerts         db.List // entries that speak of them
	readableAlerts map[int64]alert.Alert

	sheets         db.List // entries that remind of them
	readableSheets map[int64]product.Sheet

	workshops         []row // entries that speak of them
	readableWorkshops map[int64]workshop.Workshop

	reports           db.List // entries that ask for something
	contribute, clear *Report // that the reader's administration still owes
	clearEntry        int64   // which asked for that
	directing         organisation.Organisation
}

func (d *desk) want(r row) {
	switch r.reason {
	case Asked, Answered, DueSoon, Overdue:
		d.inquiries = append(d.inquiries, r.seq)
	case Case, Back, Watched:
		d.cases = append(d.cases, r.seq)
	case Document:
		d.versions = append(d.versions, r.seq)
	case Review:
		d.sheets = append(d.sheets, r.seq)
	case ReportAsked, ReportFrozen:
		d.reports = append(d.reports, r.seq)
	case Alert, AlertUrgent, AlertAgain:
		d.alerts = append(d.alerts, r.seq)
	case WorkshopCalled, WorkshopConfirmed, WorkshopWaiting, WorkshopDeclined, WorkshopCancelled:
		d.workshops = append(d.workshops, r)
	case Clock:
		d.warnings = append(d.warnings, r.seq)
	default:
		d.messages = append(d.messages, r.seq)
	}
}

// open reads the records that are wanted, as far as the actor may read them now.
// For whoever is no member, nothing is readable.
func (d *desk) open(tx *db.Tx, now time.Time, who access.Actor, number int64) error {
	o, err := operation.ByNumber(tx, number)
	if err != nil {
		return err
	}
	st, err := operation.Enter(tx, now, who, o.Code, access.OperationRead)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	d.operation = st.Operation
	open, err := st.Readable(tx)
	if err != nil {
		return err
	}
	d.readableMessages, d.readableCases = map[int64]message.Message{}, map[int64]seizure.Case{}
	if len(d.messages) > 0 && st.May(access.MessageRead) {
		all, err := message.Several(tx, number, d.messages)
		if err != nil {
			return err
		}
		for _, m := range all {
			if slices.Contains(open, m.Audience) && m.Taken.State == "" {
				d.readableMessages[m.Seq] = m
			}
		}
	}
	if err := errors.Join(d.openAlarms(tx, st, open), d.openInquiries(tx, st), d.openAlerts(tx, st, open), d.openSheets(tx, st, open), d.openReports(tx, st), d.openWorkshops(tx, st)); err != nil {
		return err
	}
	if len(d.cases) > 0 && st.May(access.SeizureRead) {
		all, err := seizure.Several(tx, number, d.cases)
		if err != nil {
			return err
		}
		for _, c := range all {
			if slices.Contains(open, c.Audience) {
				d.readableCases[c.Seq] = c
			}
		}
	}
	return d.openVersions(tx, st, open)
}

// openAlarms reads the warnings of clocks that are wanted, and asks for their cases.
func (d *desk) openAlarms(tx *db.Tx, st operation.Standing, open db.List) error {
	if !st.May(access.DetentionRead) {
		return nil
	}
	all, err := detention.Alarms(tx, st.Operation.Number, d.warnings)
	d.alarms = map[int64]detention.Alarm{}
	for seq, a := range all {
		if slices.Contains(open, a.Of.Audience) {
			d.alarms[seq] = a
			d.cases = append(d.cases, a.Of.Seizure)
		}
	}
	return err
}

// openVersions reads the versions of documents that are wanted.
func (d *desk) openVersions(tx *db.Tx, st operation.Standing, open db.List) error {
	d.readableVersions = map[int64]document.Version{}
	if !st.May(access.DocumentRead) {
		return nil
	}
	versions, documents, err := document.Versions(tx, st.Operation.Number, d.versions)
	d.documents = documents
	for seq, v := range versions {
		if of := documents[v.Document]; slices.Contains(open, of.Audience) && of.InUse() {
			d.readableVersions[seq] = v
		}
	}
	return err
}

// notice gives a kept row with its record; false: it may not be read.
func (d *desk) notice(r row) (Notice, bool) {
	n := Notice{Operation: d.operation, Seq: r.seq, Reason: r.reason, At: r.at, Seen: !r.seen.IsZero()}
	if ofInquiry(r.reason) {
		return d.inquiry(n, r)
	}
	if r.reason == Review {
		return d.sheet(n)
	}
	if ofReport(r.reason) {
		return d.report(n)
	}
	if ofWorkshop(r.reason) {
		return d.workshop(n)
	}
	if ofAlert(r.reason) {
		return d.alert(n)
	}
	if r.reason == Case || r.reason == Back || r.reason == Watched {
		c, ok := d.readableCases[r.seq]
		n.Case, n.From = &c, organisation.Organisation{Number: c.Organisation}
		return n, ok
	}
	if a, ok := d.alarms[r.seq]; r.reason == Clock {
		c, also := d.readableCases[a.Of.Seizure]
		n.Case, n.Alarm, n.From = &c, &a, organisation.Organisation{Number: c.Organisation}
		return n, ok && also
	}
	if r.reason == Document {
		v, ok := d.readableVersions[r.seq]
		of := d.documents[v.Document]
		n.Document, n.Version, n.From = &of, v.Number, organisation.Organisation{Number: of.Organisation}
		return n, ok
	}
	m, ok := d.readableMessages[r.seq]
	n.Message, n.From = &m, organisation.Organisation{Number: m.Organisation}
	return n, ok
}
