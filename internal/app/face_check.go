package app

import (
	"context"

	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
)

// CheckFace returns what SetFace would keep of a picture, or how it would fail,
// without keeping anything. StoredAt is 0.
func (a *App) CheckFace(ctx context.Context, caller *Caller, user attendance.UserID, picture []byte) (Face, error) {
	row := store.Face{App: store.AgentID(caller.Agent)}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := resolve(tx, caller.Corp, []attendance.UserID{user}, a.Now())
		if err == nil {
			row.User = ids[0]
		}
		return err
	})
	if err == nil {
		err = a.inspectFace(picture, &row)
	}
	if err != nil {
		return Face{}, err
	}
	return faceOf(&row), nil
}

func faceOf(r *store.Face) Face {
	return Face{r.User, string(r.SHA256), r.Format, r.Width, r.Height, r.Size, int64(r.App), r.StoredAt}
}
