package boundary

func (r *reader) readJSON(data []byte) {}
