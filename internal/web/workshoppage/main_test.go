package workshoppage_test

import (
	"os"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/server/servertest"
)

func TestMain(m *testing.M) { os.Exit(servertest.Main(m)) }
