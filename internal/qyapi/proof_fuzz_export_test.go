package qyapi

// Paths returns the paths of all calls, for tests outside the package.
func Paths() (paths []string) {
	for _, r := range routes {
		paths = append(paths, r.path)
	}
	return paths
}
