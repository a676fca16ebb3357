package accountpage

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/door"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/notice"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/web/frame"
	"github.com/tidewaiter/tidewaiter/internal/web/kit"
)

func (s site) noticeRoutes() []frame.Route {
	row := func(method, pattern string, need access.Permission, limit int64, h frame.Handler) frame.Route {
		return frame.Route{Route: door.Route{Method: method, Pattern: pattern, Command: need, Limit: limit}, Handle: h}
	}
	return []frame.Route{
		row("GET", "/notices", access.NoticeRead, 0, s.notices),
		row("POST", "/notices/seen", access.NoticeRead, frame.SmallForm, s.noticesSeen),
		row("GET", "/me/notices", access.NoticeSettle, 0, s.telling),
		row("POST", "/me/notices/mode", access.NoticeSettle, frame.SmallForm, s.tellingMode),
		row("POST", "/me/notices/address", access.NoticeSettle, frame.SmallForm, s.tellingAddress),
		row("POST", "/me/notices/code", access.NoticeSettle, frame.SmallForm, s.tellingCode),
		row("POST", "/me/notices/subscribe", access.NoticeSettle, frame.SmallForm, s.subscribe),
		row("POST", "/me/notices/unsubscribe", access.NoticeSettle, frame.SmallForm, s.unsubscribe),
	}
}

func (s site) notices(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	all, err := s.Notices.List(r.Context(), v.Actor())
	if err != nil {
		return err
	}
	return frame.Show(w, r, http.StatusOK, noticesPage(s.Page(r, v, v.Printer.T("notice.title")), all))
}

// noticesSeen marks what the page showed; what came since stays new.
func (s site) noticesSeen(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	shown, err := strconv.ParseInt(r.PostFormValue("shown"), 10, 64)
	if err != nil {
		return fault.Of(fault.Invalid, "fault.malformed")
	}
	if err := s.Notices.See(r.Context(), v.Actor(), time.UnixMicro(shown)); err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/notices", "notices-seen")
}

// told is what the page about telling shows.
type told struct {
	setting    notice.Setting
	mails      bool // this instance sends e-mail
	wanted     []notice.Wanted
	operations []membership // in which somebody may subscribe
}

func (s site) telling(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.tellingPage(w, r, v, nil, nil)
}

// tellingPage shows how the reader is told, with a form as it was typed.
func (s site) tellingPage(w http.ResponseWriter, r *http.Request, v *frame.Visit, typed url.Values, wrong error) error {
	t, err := s.toldOf(r, v)
	if err != nil {
		return err
	}
	values := url.Values{"mode": {t.setting.Mode}, "hour": {strconv.FormatInt(t.setting.Hour, 10)}, "address": {t.setting.Address}}
	for name, typed := range typed {
		values[name] = typed
	}
	p := s.Page(r, v, v.Printer.T("notice.settings"), v.Printer.T("account.title"))
	p.Path, p.Error = "/me/notices", wrong != nil
	form := kit.FormOf(values, wrong)
	form.Labels = frame.Labels(p, "notice.field.", "mode", "hour", "address", "code", "operation", "category", "conveyance", "provenance",
		"destination", "brand")
	return frame.Show(w, r, frame.FormStatus(wrong), tellingPage(p, form, t))
}

func (s site) toldOf(r *http.Request, v *frame.Visit) (t told, err error) {
	if t.setting, t.mails, err = s.Notices.Settings(r.Context(), v.Actor()); err != nil {
		return t, err
	}
	if t.wanted, err = s.Notices.Subscriptions(r.Context(), v.Actor()); err != nil {
		return t, err
	}
	all, err := s.operationsOf(r, v)
	all, _ = apart(all) // of a practice nobody is told
	for _, m := range all {
		if m.may(access.MessageRead) {
			t.operations = append(t.operations, m)
		}
	}
	return t, err
}

// answered ends a form of the page: the page again, with what was wrong or with
// the sentence that it was taken.
func (s site) answered(w http.ResponseWriter, r *http.Request, v *frame.Visit, err error, done string) error {
	if frame.Refused(err) || fault.Is(err, fault.TooMany) {
		return s.tellingPage(w, r, v, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return frame.SeeOther(w, r, "/me/notices", done)
}

func (s site) tellingMode(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	hour, err := strconv.ParseInt(r.PostFormValue("hour"), 10, 64)
	if err != nil {
		hour = -1
	}
	err = s.Notices.Choose(r.Context(), v.Actor(), notice.Choice{Mode: r.PostFormValue("mode"), Hour: hour})
	return s.answered(w, r, v, err, "notices-chosen")
}

func (s site) tellingAddress(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	address, done := r.PostFormValue("address"), "notices-asked"
	if r.PostFormValue("remove") != "" || address == "" {
		address, done = "", "notices-removed"
	}
	return s.answered(w, r, v, s.Notices.Ask(r.Context(), v.Actor(), address), done)
}

func (s site) tellingCode(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	return s.answered(w, r, v, s.Notices.Prove(r.Context(), v.Actor(), r.PostFormValue("code")), "notices-proven")
}

func (s site) subscribe(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	f := r.PostFormValue
	err := s.Notices.Subscribe(r.Context(), v.Actor(), operation.Code(f("operation")), notice.Subscription{Category: f("category"),
		Conveyance: f("conveyance"), Provenance: f("provenance"), Destination: f("destination"), Brand: f("brand")})
	return s.answered(w, r, v, err, "notices-subscribed")
}

func (s site) unsubscribe(w http.ResponseWriter, r *http.Request, v *frame.Visit) error {
	err := s.Notices.Unsubscribe(r.Context(), v.Actor(), r.PostFormValue("subscription"))
	return s.answered(w, r, v, err, "notices-unsubscribed")
}
