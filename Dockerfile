# The policy assistant as a container. compose.yaml runs it beside PostgreSQL.

# The Python and the Debian on which the tests run.
FROM python:3.11-slim-bookworm AS libraries
WORKDIR /app
RUN apt-get update && apt-get install --yes --no-install-recommends make
COPY Makefile requirements.lock ./
# The address of PyTorch's index of builds without graphics cards; docs/deploy.md says more.
ARG TORCH_INDEX=
RUN PIP_NO_CACHE_DIR=1 make ready TORCH_INDEX="$TORCH_INDEX"

FROM python:3.11-slim-bookworm
WORKDIR /app
RUN useradd --system --uid 10001 --create-home bot && install --directory --owner bot /data
COPY --from=libraries /app/.venv .venv
COPY LICENSE bot.py settings.py setting_types.py pyproject.toml ./
COPY knowledge knowledge
COPY index index
COPY answer answer
COPY desk desk
COPY handlers handlers
COPY app app

ENV PATH=/app/.venv/bin:$PATH DATA=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /data
EXPOSE 3978
# The first start builds the index, which takes a quarter of a minute.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3978/readyz', timeout=4)"]
CMD ["python", "bot.py", "serve", "--host", "0.0.0.0"]
