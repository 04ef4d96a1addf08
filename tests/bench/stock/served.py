"""As newsdb is served, without what is newsdb's own in that."""

from pathlib import Path

worker_class = "gthread"
threads = 2
keepalive = 75
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True
