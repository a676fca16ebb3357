package server

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/session"
	"github.com/tidewaiter/tidewaiter/internal/source"
)

// Metrics are the figures of one process, in a registry of its own. No label
// names a person, an operation or what either wrote.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
	live     atomic.Pointer[func() int]
}

// newMetrics makes the figures of an instance.
func newMetrics(a *App) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tidewaiter_requests_total",
			Help: "Requests answered, by route pattern, method and class of status; 429 and 503 stand alone."}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "tidewaiter_request_seconds",
			Help: "From the request's header to the end of the answer, streams included.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 11)}, []string{"route", "method"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "tidewaiter_requests_in_flight", Help: "Requests being answered, streams included."}),
	}
	m.registry.MustRegister(m.requests, m.took, m.inFlight, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &instance{app: a, live: &m.live})
	return m
}

// WatchLive tells where the number of live connections is read.
func (m *Metrics) WatchLive(n func() int) { m.live.Store(&n) }

// begin counts one request in; done counts it out.
func (m *Metrics) begin() (done func(route, method string, status int, took time.Duration)) {
	m.inFlight.Inc()
	return func(route, method string, status int, took time.Duration) {
		m.inFlight.Dec()
		m.requests.WithLabelValues(route, method, class(status)).Inc()
		m.took.WithLabelValues(route, method).Observe(took.Seconds())
	}
}

// class is 2xx and so on; what was refused for its number stands alone.
func class(status int) string {
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		return strconv.Itoa(status)
	}
	return strconv.Itoa(status/100) + "xx"
}

// Handler answers GET /metrics. It has no lock of its own: see ServeMetrics.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	return mux
}

// ServeMetrics answers on a listener of its own, which is loopback only: figures
// betray how busy an operation is.
func (a *App) ServeMetrics(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: a.Metrics.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10}
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() })
	defer stop()
	if err := srv.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}

// instance reads at each visit what the instance knows about itself.
type instance struct {
	app  *App
	live *atomic.Pointer[func() int]
}

func describe(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("tidewaiter_"+name, help, nil, nil)
}

var (
	descStreams  = describe("streams_open", "Streams that the doors hold open.")
	descLive     = describe("live_connections", "Connections that are told what is new.")
	descAtOnce   = describe("requests_admitted", "Requests that the gate let in and that are being answered, streams apart.")
	descCommits  = describe("commits_total", "Transactions that stored something.")
	descUnits    = describe("writes_stored_total", "Changes stored; divided by the commits, the size of a batch.")
	descRefused  = describe("writes_refused_total", "Changes that were asked for and not stored, whatever the reason.")
	descWaiting  = describe("writes_waiting", "Changes that wait for their batch.")
	descEntries  = describe("journal_entries", "Entries of all journals of the instance.")
	descSessions = describe("sessions", "Sessions that have not reached their end.")
	descUp       = describe("database_up", "1 where the database answered this visit.")
)

// Describe implements prometheus.Collector.
func (i *instance) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descStreams, descLive, descAtOnce, descCommits, descUnits, descRefused, descWaiting, descEntries, descSessions, descUp,
		descJobs, descJobsFailed, descMails} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (i *instance) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, n int64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n))
	}
	counter := func(d *prometheus.Desc, n int64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n))
	}
	requests, streams := i.app.Gate.InFlight()
	gauge(descAtOnce, requests)
	gauge(descStreams, streams)
	if n := i.live.Load(); n != nil {
		gauge(descLive, int64((*n)()))
	}
	s := i.app.DB.Stats()
	counter(descCommits, s.Commits)
	counter(descUnits, s.Units)
	counter(descRefused, s.Refused)
	gauge(descWaiting, s.Waiting)
	i.collectTelling(to)
	entries, sessions, err := i.read()
	if err != nil {
		gauge(descUp, 0)
		return
	}
	gauge(descUp, 1)
	gauge(descEntries, entries)
	gauge(descSessions, sessions)
}

// read asks the database, but not for long.
func (i *instance) read() (entries, sessions int64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err = i.app.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if entries, err = journal.Total(tx); err != nil {
			return err
		}
		sessions, err = session.Count(tx, source.Real().Now())
		return err
	})
	return entries, sessions, err
}
