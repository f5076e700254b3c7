package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the two kinds of picture that a face may be
	_ "image/png"
	"os"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

func newFaceCommand() *cobra.Command {
	return group("face", "Add members' faces", newFaceAddCommand())
}

func newFaceAddCommand() *cobra.Command {
	var o sourceOptions
	var w writeOptions
	output := asTable
	cmd := &cobra.Command{
		Use:   "add USER FILE",
		Short: "Add a member's face",
		Long: fmt.Sprintf(`Adds the face of a member, over an earlier one (document 93378): a JPEG or PNG of at
most %d bytes and, on daka, %d pixels. Of the picture daka keeps the format, the
sizes and a hash, never the picture itself. Ask the member first: a face is personal.

`, checkin.MaxFaceBytes, app.MaxFacePixels) + targetHelp + `

` + exitHelp,
		Example: "  daka face add zhangsan zhangsan.jpg --dry-run\n  daka face add zhangsan zhangsan.jpg --yes",
		Args:    someArgs(2, 2, "USER FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			picture, err := readPicture(args[1])
			if err != nil {
				return err
			}
			return runFaceAdd(cmd, &o, &w, args[0], picture, output)
		},
	}
	o.bind(cmd)
	w.bind(cmd)
	bind(cmd, "output", &output)
	return cmd
}

// picture is a file that is to be a face.
type picture struct {
	path          string
	data          []byte
	format        string
	width, height int
}

// readPicture reads a picture and its head.
func readPicture(path string) (p picture, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return p, err
	}
	if info.Size() > checkin.MaxFaceBytes {
		return p, failf("FILE %s: %d bytes, at most %d", path, info.Size(), checkin.MaxFaceBytes)
	}
	p.path = path
	if p.data, err = os.ReadFile(path); err != nil {
		return p, err
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(p.data))
	if err != nil {
		return p, failf("FILE %s: %d bytes that are neither JPEG nor PNG", path, len(p.data))
	}
	p.format, p.width, p.height = format, head.Width, head.Height
	return p, nil
}

// String says how large the picture is.
func (p *picture) String() string {
	return fmt.Sprintf("%s, %d x %d, %d bytes", p.format, p.width, p.height, len(p.data))
}

func runFaceAdd(cmd *cobra.Command, o *sourceOptions, w *writeOptions, user string, p picture, output format) error {
	o.names(cmd, &user)
	plan := func() string { return say(cmd, "store the face of %s (%s)", user, p.String()) }
	err := o.use(cmd, w.access(), func(ctx context.Context, a *app.App, corp *app.Corp) error {
		caller := &app.Caller{Corp: corp}
		if _, err := a.CheckFace(ctx, caller, attendance.UserID(user), p.data); err != nil {
			return p.refused(err)
		}
		if err := confirm(cmd, w, plan()); err != nil {
			return err
		}
		return p.refused(a.SetFace(ctx, caller, attendance.UserID(user), p.data))
	}, func(ctx context.Context, client *wecom.Client, _ *attendance.Zone) error {
		if err := confirm(cmd, w, plan()); err != nil {
			return err
		}
		_, err := checkin.NewClient(client).AddFace(ctx, checkin.FaceRequest{UserID: user, UserFace: base64.StdEncoding.EncodeToString(p.data)})
		return p.refused(err)
	})
	if err != nil {
		return err
	}
	return writeDone(cmd, output, say(cmd, "the face of %s is stored (%s)", user, p.String()))
}

// refused says of which picture an error is, and how large that is.
func (p *picture) refused(err error) error {
	if err == nil || errors.Is(err, attendance.ErrUnknownUser) {
		return err
	}
	return failf("FILE %s (%s): %w", p.path, p, err)
}
