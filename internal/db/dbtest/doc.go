// Package dbtest gives every store test a database of its own, on both engines.
//
// Each is what store tests call: it runs one function as a subtest on SQLite
// and again on PostgreSQL, so no test can pass on one engine only. Each of the
// two databases is migrated once per process into a template; a test gets a
// copy of it, which costs a file copy or a "create database … template".
//
// PostgreSQL is a throw-away cluster: `make test` starts one for the whole run
// and names it in TIDEWAITER_TEST_POSTGRES. Without that variable the process
// starts its own at the first need, in a temporary directory, reachable through
// a socket in that directory only, as a user that is not root. It stops when
// the test process ends, however it ends: a small shell waits on a pipe whose
// other end the process holds.
//
// Where PostgreSQL's programs are missing its subtests are skipped with a line
// that says so; with CI=true or TIDEWAITER_REQUIRE_POSTGRES=1 they fail.
// Only tests import this package.
package dbtest
