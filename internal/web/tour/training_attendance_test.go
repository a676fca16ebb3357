package tour_test

import "github.com/tidewaiter/tidewaiter/internal/web/webtest"

func init() {
	built["attendance "] = (*webtest.World).Attendance
	tour = append(tour, []stop{
		{"/t/{id}/attendance", "coordinator", "attendance /t/{id}/attendance"},
		{"/t/{id}/attendance", "contact-point", "attendance /t/{id}/attendance"},
		{"/t/{id}/attendance", "officer", "attendance /t/{id}/attendance"},
		{"/t/{id}/attendance/{session}", "coordinator", "attendance /t/{id}/attendance/{session}"},
		{"/t/{id}/attendance/{session}/code", "coordinator", "attendance /t/{id}/attendance/{session}/code"},
		{"/t/{id}/here", "officer", "attendance /t/{id}/here"},
		{"/t/{id}/here", "officer", "attendance /t/{id}/here?code={code}"},
		{"/t/{id}/certify", "coordinator", "attendance /t/{id}/certify"},
		{"/t/{id}/certificates/{certificate}", "officer", "attendance /t/{id}/certificates/{certificate}"},
		{"/t/{id}/certificates/{certificate}", "coordinator", "attendance /t/{id}/certificates/{revoked}"},
		{"/t/{id}/certificates/{certificate}/revoke", "coordinator", "attendance /t/{id}/certificates/{certificate}/revoke"},
		{"/t/certificates", "officer", "attendance /t/certificates"},
		{"/t/certificates", "right-holder", "/t/certificates"},
		{"/certificates/{$}", "", "/certificates/"},
	}...)
}
