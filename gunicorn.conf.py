"""How gunicorn serves newsdb, by `make serve` and in production alike."""

# Its most. By default gunicorn itself answers a line of more than 4,094 bytes, where newsdb would answer a
# query string that is too long with a problem like any other.
limit_request_line = 8190
# It would be one socket for all servers of a user.
control_socket_disable = True
