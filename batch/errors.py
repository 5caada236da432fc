"""The one error that ends a run, and the system's own errors in the reader's language."""

import errno
from typing import Final

_REASONS: Final = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读、不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "这个位置不存在",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "那里已有一个文件",
    errno.EISDIR: "那里是一个文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被其他程序使用",
    errno.EIO: "磁盘读写出错",
    errno.EXDEV: "不能改名",
    errno.EAGAIN: "同时运行的程序太多",
    errno.ENOMEM: "内存不足",
    errno.EMFILE: "打开的文件太多",
}


class BatchError(Exception):
    """A problem with the run itself: one Chinese sentence for the clerk, exit code 2.

    A problem *in* the workbook is never raised; it is a :class:`batch.finding.Finding`.
    """


def in_words(error: OSError) -> str:
    """Say in Chinese why the system refused."""
    return _REASONS.get(error.errno or 0, "系统没有允许")
