"""A folder on a file system without hard links: nolink.py <folder to mount it on> <folder that holds the files>."""
import errno
import os
import sys

from fusepy import FUSE, FuseOSError, Operations


class NoLinks(Operations):
    def __init__(self, root):
        self.root = root

    def __call__(self, operation, path, *arguments):
        return super().__call__(operation, self.root + path, *arguments)

    def getattr(self, path, fh=None):
        status = os.lstat(path)
        return {key: getattr(status, key) for key in
                ("st_atime", "st_ctime", "st_gid", "st_mode", "st_mtime", "st_nlink", "st_size", "st_uid")}

    def access(self, path, mode):
        if not os.access(path, mode):
            raise FuseOSError(errno.EACCES)

    def readdir(self, path, fh):
        return [".", "..", *os.listdir(path)]

    def statfs(self, path):
        status = os.statvfs(path)
        return {key: getattr(status, key) for key in
                ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_flag", "f_frsize", "f_namemax")}

    def mkdir(self, path, mode):
        return os.mkdir(path, mode)

    def rmdir(self, path):
        return os.rmdir(path)

    def unlink(self, path):
        return os.unlink(path)

    def chmod(self, path, mode):
        return os.chmod(path, mode)

    def rename(self, old, new):
        return os.rename(old, self.root + new)

    def link(self, target, source):
        raise FuseOSError(errno.EPERM)

    def create(self, path, mode, fi=None):
        return os.open(path, os.O_RDWR | os.O_CREAT, mode)

    def open(self, path, flags):
        return os.open(path, flags)

    def read(self, path, size, offset, fh):
        return os.pread(fh, size, offset)

    def write(self, path, data, offset, fh):
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        os.truncate(path, length)

    def flush(self, path, fh):
        return 0

    def fsync(self, path, datasync, fh):
        return os.fsync(fh)

    def release(self, path, fh):
        return os.close(fh)


FUSE(NoLinks(os.path.realpath(sys.argv[2])), sys.argv[1], foreground=True, nothreads=True, big_writes=True, allow_other=True)
