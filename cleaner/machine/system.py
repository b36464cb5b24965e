"""What the system says of an error, and what to do about it, in our words."""

import errno


def in_words(error: OSError) -> str:
    """What the system says of an error, without the place."""
    if error.errno == errno.ELOOP:
        return "its links go round in a circle"
    return (error.strerror or str(error)).lower()


STDOUT = "standard output"  # how errors name it

_ROOM = "; make room, or name another folder with -o"
_CURES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "; raise the limit on the size of files (ulimit -f)",
    errno.EMFILE: "; raise the limit on open files (ulimit -n)",
    errno.ENFILE: "; close other programs",
    errno.EROFS: "; name another folder with -o",
    errno.EAGAIN: "; ask for fewer processes with -j",
    errno.ENOMEM: "; ask for fewer processes with -j",
    errno.EIO: "; look after the disk, or the network to it, and run it again",
}


def cure(error: OSError) -> str:
    """What to do about what the system says, after a semicolon; nothing where nobody knows."""
    found = _CURES.get(error.errno or 0, "")
    return "; make room" if found == _ROOM and error.filename == STDOUT else found
