package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/server"
)

// passwordVariable holds the password of --login: a flag would show it to
// everybody on the machine.
const passwordVariable = "TIDEWAITER_PASSWORD"

// asker is who acts on the command line: a persona of a demonstration, or a
// person who signs in. The command line has no rights of its own.
type asker struct{ persona, login string }

func (a *asker) flags(c *cobra.Command, persona string) {
	c.Flags().StringVar(&a.persona, "persona", persona, "who asks, in a demonstration")
	c.Flags().StringVar(&a.login, "login", "", "who asks, in an instance; the password is read from "+passwordVariable)
}

// actor signs in, tells who that is under the first hat, and signs out.
func (s *shared) actor(ctx context.Context, app *server.App, a asker) (access.Actor, error) {
	var token string
	var err error
	switch {
	case a.login != "":
		token, _, err = app.Sessions.SignIn(ctx, a.login, s.env(passwordVariable), "command line")
	case app.Demo != nil:
		token, err = app.Sessions.Token(ctx, a.persona)
	default:
		return access.Actor{}, usage{errors.New("say who asks: --login NAME, with the password in " + passwordVariable)}
	}
	if err != nil {
		return access.Actor{}, err
	}
	sess, err := app.Sessions.Resolve(ctx, token)
	if err != nil {
		return access.Actor{}, err
	}
	return sess.Actor, app.Sessions.SignOut(ctx, token)
}
