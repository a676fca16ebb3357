package notice

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/inquiry"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
)

// The reasons why an inquiry matters to somebody.
const (
	Asked    = "asked"    // "genuine or fake?", of a right holder for whom the person answers
	Answered = "answered" // by the right holder
	DueSoon  = "due-soon" // the right holder's answer
	Overdue  = "overdue"  // the answer that the person's organisation waits for
)

// ofInquiry tells whether a notice is of an inquiry; its Seq is the entry's.
func ofInquiry(reason string) bool {
	return slices.Contains([]string{Asked, Answered, DueSoon, Overdue}, reason)
}

// isInquiry: a question to a right holder, or what became of it.
func isInquiry(e journal.Entry) bool {
	return slices.Contains([]string{string(access.InquiryAsk), string(access.InquiryAnswer), string(access.InquiryReply), string(access.InquiryRemind)}, e.Verb)
}

// inquiries tells those who answer for a right holder of what was asked, and who asked,
// with its contact points, of what was answered.
func (s *sieve) inquiries(entries []journal.Entry) error {
	var numbers db.List
	for _, e := range entries {
		if isInquiry(e) {
			numbers = append(numbers, e.Seq)
		}
	}
	all, err := inquiry.OfEntries(s.tx, s.operation, numbers)
	if err != nil {
		return err
	}
	for _, e := range entries {
		i, ok := all[e.Seq]
		if !ok || i.Holder == 0 || i.State == inquiry.Withdrawn || i.Erased {
			continue
		}
		reason := reasonOf(e, i)
		if reason == Asked || reason == DueSoon {
			err = s.askedOf(e, i, reason)
		} else {
			err = s.askerOf(e, i, reason)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func reasonOf(e journal.Entry, i inquiry.Inquiry) string {
	switch e.Verb {
	case string(access.InquiryAsk):
		return Asked
	case string(access.InquiryRemind):
		if slices.ContainsFunc(i.Reminders, func(r inquiry.Reminder) bool { return r.Seq == e.Seq && r.Kind == inquiry.Soon }) {
			return DueSoon
		}
		return Overdue
	}
	return Answered
}

func (s *sieve) askedOf(e journal.Entry, i inquiry.Inquiry, reason string) error {
	to, err := inquiry.Addressees(s.tx, s.now, s.operation, i)
	if err != nil {
		return err
	}
	for _, org := range to {
		people, err := s.peopleOf(org)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(access.InquiryAnswer) {
				s.keep(e, e.Seq, p, reason)
			}
		}
	}
	return nil
}

func (s *sieve) askerOf(e journal.Entry, i inquiry.Inquiry, reason string) error {
	people, err := s.peopleOf(i.Organisation)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.May(access.InquiryAsk) && (string(p.Person) == i.Author || slices.Contains(p.Roles, access.ContactPoint)) {
			s.keep(e, e.Seq, p, reason)
		}
	}
	return nil
}

// openInquiries reads the inquiries that are wanted.
func (d *desk) openInquiries(tx *db.Tx, st operation.Standing) (err error) {
	d.readableInquiries, err = inquiry.Visible(tx, st, d.inquiries)
	return err
}

// inquiry gives a kept row with its inquiry.
func (d *desk) inquiry(n Notice, r row) (Notice, bool) {
	i, ok := d.readableInquiries[r.seq]
	n.Inquiry, n.From = i.ID, organisation.Organisation{Number: i.Organisation}
	if r.reason == Answered {
		n.From = organisation.Organisation{Number: i.Holder}
	}
	return n, ok
}
