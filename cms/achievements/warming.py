"""Reads the list's index right after a worker starts, before anybody asks."""

import logging
import threading
from time import perf_counter

from django.db import Error, connections

from cms.achievements.facet_index import INDEX, FacetIndex

logger = logging.getLogger(__name__)


def warm_in_background(index: FacetIndex = INDEX) -> threading.Thread:
    """Start reading the index in a thread of its own, and return the thread.

    To be called in the worker process, after the fork: threads do not survive it.
    """
    thread = threading.Thread(target=_warm, args=[index], name="warm", daemon=True)
    thread.start()
    return thread


def _warm(index: FacetIndex) -> None:
    start = perf_counter()
    try:
        index.warm()
    except Error as error:
        # The first request reads the index then, and tells what is wrong.
        logger.warning("成果目录索引未能预先读入：%s", error)
    else:
        seconds = perf_counter() - start
        logger.info("成果目录索引已读入（%.1f秒）。", seconds)
    finally:
        connections.close_all()
