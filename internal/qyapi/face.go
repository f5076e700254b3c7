package qyapi

import (
	"context"
	"encoding/base64"
	"errors"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/wecom"
)

// addFace answers K5 (document 93378). A face that another member has, too, is
// stored and reported with 301071.
func (api *API) addFace(ctx context.Context, c *app.Caller, req *checkin.FaceRequest) (*checkin.EmptyResponse, error) {
	picture, err := base64.StdEncoding.DecodeString(req.UserFace) // line ends are passed over
	if err != nil {
		return nil, wecom.CodeFaceImage
	}
	user := attendance.UserID(req.Member())
	if !user.Valid() {
		return nil, wecom.CodeFaceNoMember // unquoted: a client may have put the picture there
	}
	err = api.app.SetFace(ctx, c, user, picture)
	if errors.Is(err, attendance.ErrUnknownUser) {
		err = wecom.Errorf(wecom.CodeFaceNoMember, "no such member: userid %q", string(user))
	}
	return &checkin.EmptyResponse{}, err
}
