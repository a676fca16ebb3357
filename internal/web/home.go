package web

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/seizure"
)

var homeRoutes = []row{
	{door.Route{Method: "GET", Pattern: "/{$}", Command: access.HomeRead}, home},
	{door.Route{Method: "GET", Pattern: "/o/{$}", Command: access.HomeRead}, operationList},
}

// membership is one operation of the reader with what waits there.
type membership struct {
	operation.Summary
	standing operation.Standing // zero for an invitation
	warnings []message.Item     // that wait for the own organisation
	drafts   []seizure.Case     // of the own organisation, not reported yet
	held     []seizure.Case     // reported, waiting for the own contact point
}

func (m membership) invited() bool { return m.Membership.State == operation.Invited }

// may tells what the reader's roles allow; nothing before the invitation was
// accepted.
func (m membership) may(p access.Permission) bool { return !m.invited() && m.standing.May(p) }

func home(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	all, err := s.operationsOf(r, v)
	if err != nil {
		return err
	}
	for i := range all {
		if err := s.waiting(r, v, &all[i]); err != nil {
			return err
		}
	}
	return show(w, r, http.StatusOK, homePage(s.page(r, v, v.printer.T("home.title")), v.session, all))
}

func operationList(s *Site, w http.ResponseWriter, r *http.Request, v *visit) error {
	all, err := s.operationsOf(r, v)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, operationsPage(s.page(r, v, v.printer.T("home.operations")), v.session, all))
}

// operationsOf lists the reader's operations of every kind, with the standing in each.
func (s *Site) operationsOf(r *http.Request, v *visit) ([]membership, error) {
	list, err := s.Operations.List(r.Context(), v.actor(), operation.KindOperation, operation.KindPractice, operation.KindLibrary)
	if err != nil {
		return nil, err
	}
	out := make([]membership, len(list))
	for i, sum := range list {
		out[i].Summary = sum
		if out[i].invited() {
			continue
		}
		if out[i].standing, err = s.Operations.Read(r.Context(), v.actor(), sum.Operation.Code); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// waiting adds what waits for the reader in one operation.
func (s *Site) waiting(r *http.Request, v *visit, m *membership) (err error) {
	ctx, who, code := r.Context(), v.actor(), m.Operation.Code
	if m.may(access.MessageAnswer) {
		if m.warnings, err = s.Messages.Waiting(ctx, who, code); err != nil {
			return err
		}
	}
	if m.may(access.SeizureReport) {
		if m.drafts, err = s.Seizures.Mine(ctx, who, code, seizure.Saved); err != nil {
			return err
		}
	}
	if m.may(access.SeizureRelease) {
		m.held, err = s.Seizures.Mine(ctx, who, code, seizure.Reported)
	}
	return err
}
