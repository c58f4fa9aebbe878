"""The ASGI app: the pages, the health route and the security headers.

Run by `offendermgmt serve`; `streamlit run app/server.py` from the top of the project does for development.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from app.failures import tell_reader
from app.headers import SecurityHeaders
from app.health import healthz

app = st.App(
    Path(__file__).with_name("main.py"),
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=tell_reader,
)
