"""A file system with one file, disk.img, that remembers what a disk without power would: a loop device over it is a disk that loses
whatever was not flushed.

    power.py <folder to mount it on> <size in bytes>

A write is kept in memory as "written since the last flush"; an fsync, which is what a loop device makes of a flush, makes durable all that
was written before it. A line "cut <seed> <path>" written to the file `control` writes the disk as a power cut at this moment leaves it: the
durable state, and of the later writes, in pieces of 4 KiB, a random part. A line "loss <seed> <path> <fraction>" chooses the part.
The file `state` counts writes and flushes.
"""
import errno
import random
import stat
import sys

from fusepy import FUSE, FuseOSError, Operations

PIECE = 4096
DISK, CONTROL, STATE = "/disk.img", "/control", "/state"


class Disk(Operations):
    def __init__(self, size):
        self.current = bytearray(size)
        self.durable = bytearray(size)
        self.later = []
        self.writes = self.flushes = 0

    def getattr(self, path, fh=None):
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        size = {DISK: len(self.current), CONTROL: 0, STATE: len(self.state())}.get(path)
        if size is None:
            raise FuseOSError(errno.ENOENT)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}

    def readdir(self, path, fh):
        return [".", "..", DISK[1:], CONTROL[1:], STATE[1:]]

    def state(self):
        return f"{self.writes} {self.flushes} {len(self.later)}\n".encode()

    def open(self, path, flags):
        return 0

    def truncate(self, path, length, fh=None):
        return 0

    def read(self, path, size, offset, fh):
        return bytes(self.current[offset:offset + size]) if path == DISK else self.state()[offset:offset + size]

    def write(self, path, data, offset, fh):
        if path == CONTROL:
            verb, seed, target, *rest = data.decode().split()
            self.cut(random.Random(int(seed)), target, float(rest[0]) if verb == "loss" else None)
            return len(data)
        self.current[offset:offset + len(data)] = data
        for start in range(0, len(data), PIECE):
            self.later.append((offset + start, data[start:start + PIECE]))
        self.writes += 1
        return len(data)

    def flush(self, path, fh):
        return 0

    def fsync(self, path, datasync, fh):
        for offset, data in self.later:
            self.durable[offset:offset + len(data)] = data
        self.later.clear()
        self.flushes += 1
        return 0

    def cut(self, chance, target, fraction):
        image = bytearray(self.durable)
        fraction = chance.random() if fraction is None else fraction
        for offset, data in self.later:
            if chance.random() < fraction:
                image[offset:offset + len(data)] = data
        empty = bytes(PIECE)
        with open(target, "wb") as file:
            file.truncate(len(image))
            for offset in range(0, len(image), PIECE):
                piece = image[offset:offset + PIECE]
                if piece != empty:
                    file.seek(offset)
                    file.write(piece)


def main():
    folder, size = sys.argv[1], int(sys.argv[2])
    FUSE(Disk(size), folder, foreground=True, nothreads=True, big_writes=True, allow_other=True, fsname="power")


main()
