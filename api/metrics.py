"""What is counted while the server runs, in the words of Prometheus. Nothing of it tells of a person."""

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder

from api.query.pool import Pool
from api.query.results import Cache
from api.query.spool import Spool
from api.query.turns import Turns

_BUCKETS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_NAMESPACE: Final = "stadtziele"


class Metrics:
    """The metrics of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._queries = Counter(
            "queries",
            "Queries by who asks (public, own) and by outcome: done, cached, cancelled or a kind of problem",
            ("service", "outcome"),
            namespace=_NAMESPACE,
            registry=self._registry,
        )
        self._query_seconds = Histogram(
            "query_seconds",
            "Time of queries with their waiting, in seconds",
            ("service",),
            namespace=_NAMESPACE,
            registry=self._registry,
            buckets=_BUCKETS,
        )
        self._requests = Counter(
            "requests",
            "Requests by method, route and status",
            ("method", "route", "status"),
            namespace=_NAMESPACE,
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "request_seconds",
            "Time of requests until their last byte, in seconds",
            ("route",),
            namespace=_NAMESPACE,
            registry=self._registry,
            buckets=_BUCKETS,
        )

    def query(self, service: str, outcome: str, seconds: float) -> None:
        """Count a query that took `seconds`."""
        self._queries.labels(service, outcome).inc()
        self._query_seconds.labels(service).observe(seconds)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that took `seconds`."""
        self._requests.labels(method, route, status).inc()
        self._request_seconds.labels(route).observe(seconds)

    def watch(self, service: str, pool: Pool, turns: Turns) -> None:
        """Show how many queries of a service run and wait, and how many workers had to be replaced."""
        self._gauge(f"{service}_queries_running", "Queries that run", lambda: turns.running)
        self._gauge(f"{service}_queries_waiting", "Queries that wait for their turn", lambda: turns.waiting)
        self._gauge(f"{service}_workers_replaced", "Workers ended and replaced", lambda: pool.replaced)

    def watch_results(self, cache: Cache, spool: Spool) -> None:
        """Show how many bytes of results are kept, and how many lie on disk."""
        self._gauge("cache_bytes", "Bytes of the results that are kept", lambda: cache.bytes)
        self._gauge("spool_bytes", "Bytes of the large results on disk", lambda: spool.bytes)

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """Return all metrics as text and its media type: OpenMetrics for those who ask for it."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type

    def _gauge(self, name: str, told: str, value: Callable[[], int]) -> None:
        gauge = Gauge(name, told, namespace=_NAMESPACE, registry=self._registry)
        gauge.set_function(value)
