package server

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/intake"
	"github.com/tidewaiter/tidewaiter/internal/job"
	"github.com/tidewaiter/tidewaiter/internal/mail"
	"github.com/tidewaiter/tidewaiter/internal/notice"
)

// tells sets up how people are told: notices always, e-mail where a relay is named.
func (a *App) tells() {
	a.Notices = notice.NewStore(a.DB, a.Clock)
	a.Notices.Secret = a.Signer.Secret("notices")
	a.Jobs = job.New(a.DB, a.Clock, a.Config.Log)
	a.Jobs.Handle(intake.JobKind, a.Intake.Do)
	if a.Config.Relay.Host == "" {
		return
	}
	a.Post = mail.NewSender(a.Config.Relay, a.Clock)
	a.Notices.Post = a.Post
	a.Jobs.Handle(notice.MailJob, a.Notices.Mail)
	a.Jobs.Handle(notice.ProveJob, a.Notices.SendCode)
}

// tellPeople follows the journals, so that notices are made of what they gained.
func (a *App) tellPeople(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := a.Notices.Follow(ctx)
		if worthLogging(ctx, err) && !failing {
			a.Config.Log.Error("notices", "error", err)
		}
		failing = err != nil
	}
}

var (
	descJobs       = describe("jobs", "Pieces of work that wait for their time.")
	descJobsFailed = describe("jobs_resting", "Those of them that failed and will be tried again.")
	descMails      = prometheus.NewDesc("tidewaiter_mails_total", "Letters handed to the relay, by whether it took them.", []string{"result"}, nil)
)

// collectTelling gives the figures of jobs and mails.
func (i *instance) collectTelling(to chan<- prometheus.Metric) {
	if p := i.app.Post; p != nil {
		sent, failed := p.Counts()
		to <- prometheus.MustNewConstMetric(descMails, prometheus.CounterValue, float64(sent), "sent")
		to <- prometheus.MustNewConstMetric(descMails, prometheus.CounterValue, float64(failed), "failed")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	var all, failed int64
	err := i.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
		all, failed, err = job.Waiting(tx)
		return err
	})
	if err == nil {
		to <- prometheus.MustNewConstMetric(descJobs, prometheus.GaugeValue, float64(all))
		to <- prometheus.MustNewConstMetric(descJobsFailed, prometheus.GaugeValue, float64(failed))
	}
}
