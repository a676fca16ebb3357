package accountpage

import (
	"net/http"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/message"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) homeRoutes() []frame.Route {
	return []frame.Route{
		{Route: door.Route{Method: "GET", Pattern: "/{$}", Command: access.HomeRead}, Handle: s.home},
		{Route: door.Route{Method: "GET", Pattern: "/o/{$}", Command: access.HomeRead}, Handle: s.operationList},
	}
}

// membership is one operation of the reader with what waits there.
type membership struct {
	operation.Summary
	standing operation.Standing // zero for an invitation
	warnings []message.Item     // that wait for the own organisation
	drafts   int64              // of the own organisation, not reported yet
	held     int64              // reported, waiting for the own contact point
	training []kit.Task         // of its workshops
}

func (m membership) invited() bool { return m.Membership.State == operation.Invited }

// may tells what the reader's roles allow; nothing before the invitation was
// accepted.
func (m membership) may(p access.Permission) bool { return !m.invited() && m.standing.May(p) }

func (s site) home(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.operationsOf(r, v)
	if err != nil {
		return err
	}
	p := s.Page(r, v, v.Printer.T("home.title"))
	for i := range all {
		if all[i].Operation.Kind == operation.KindPractice || all[i].invited() {
			continue // nothing waits there
		}
		if err := s.waiting(r, v, &all[i]); err != nil {
			return err
		}
		if all[i].training, err = s.TrainingTasks(r, v, p, all[i].standing); err != nil {
			return err
		}
	}
	return frame.Show(w, r, http.StatusOK, homePage(p, v.Session, all))
}

func (s site) operationList(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.operationsOf(r, v)
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, operationsPage(s.Page(r, v, v.Printer.T("home.operations")), v.Session, all))
}

// operationsOf lists the reader's operations of every kind, with the standing in each.
func (s site) operationsOf(r *http.Request, v *frame.Visit) ([]membership, error) {
	list, err := s.Operations.List(r.Context(), v.Actor(), operation.KindOperation, operation.KindPractice, operation.KindLibrary)
	if err != nil {
		return nil, err
	}
	var out []membership
	for _, sum := range list {
		m := membership{Summary: sum}
		if !m.invited() {
			if sum.Operation.Kind == operation.KindLibrary {
				continue // its pages lead the navigation
			}
			if m.standing, err = s.Operations.Read(r.Context(), v.Actor(), sum.Operation.Code); err != nil {
				return nil, err
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// waiting adds what waits for the reader in one operation.
func (s site) waiting(r *http.Request, v *frame.Visit, m *membership) (err error) {
	ctx, who, code := r.Context(), v.Actor(), m.Operation.Code
	if m.may(access.MessageAnswer) {
		if m.warnings, err = s.Messages.Waiting(ctx, who, code); err != nil {
			return err
		}
	}
	if m.may(access.SeizureReport) {
		open, err := s.Seizures.Waiting(ctx, who, code)
		if err != nil {
			return err
		}
		m.drafts = open.Drafts
		if m.may(access.SeizureRelease) {
			m.held = open.Waiting
		}
	}
	return nil
}
