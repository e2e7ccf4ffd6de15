# A small image: the bot and what it needs, for a user without rights and a file system that can't be written.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /bot && /bot/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN /bot/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /bot/bin/pip uninstall --yes pip hatchling editables
# What it learns at its first start, some minutes of work, is in the image, so that a worker starts in seconds.
ENV XDG_CACHE_HOME=/learned
RUN mkdir /learned && cd / && /bot/bin/strong-back ask "how often should I train?" > /dev/null \
    && chmod -R a+rX /learned

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent bot && mkdir /data && chown bot /data
COPY --from=build /bot /bot
COPY --from=build /learned /learned
ENV PATH=/bot/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 XDG_CACHE_HOME=/learned \
    DATA_DIR=/data WEBHOOK_LISTEN=0.0.0.0:8080 MONITOR_LISTEN=0.0.0.0:9090
USER bot
WORKDIR /data
VOLUME /data
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9090/health', timeout=4)"]
ENTRYPOINT ["strong-back"]
