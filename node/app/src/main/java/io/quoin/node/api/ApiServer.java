package io.quoin.node.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.micrometer.core.instrument.Timer;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ValidatedRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Event loops carry bytes and check requests against the API's document; everything that waits runs
 * on a virtual thread of its own.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final String CONTRACT = "io/quoin/node/api/openapi.yaml";
    private static final long BODY_BYTES_MAX = 64 * 1024;
    private static final long START_SECONDS = 30;
    /** A connection that says nothing for so long is closed, so that silent ones do not pile up. */
    private static final int IDLE_SECONDS = 30;

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final ApiParts parts;
    private final TradingApi api;
    private final WithdrawalApi withdrawals;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private ApiServer(Vertx vertx, ApiParts parts, String host, int port) throws IOException {
        this.parts = parts;
        this.api = new TradingApi(parts);
        this.withdrawals = new WithdrawalApi(parts);
        OpenAPIContract contract = await(OpenAPIContract.from(vertx, CONTRACT), "the API's document");
        Router router = router(vertx, contract);
        this.server = await(
                vertx.createHttpServer(new HttpServerOptions()
                                .setHost(host)
                                .setPort(port)
                                .setIdleTimeout(IDLE_SECONDS)
                                .setIdleTimeoutUnit(TimeUnit.SECONDS))
                        .requestHandler(request -> route(router, request))
                        .listen(),
                "listening on " + host + ":" + port);
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @throws IOException if the port cannot be had
     */
    public static ApiServer start(Vertx vertx, ApiParts parts, String host, int port) throws IOException {
        return new ApiServer(vertx, parts, host, port);
    }

    /** Returns the port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        try {
            await(server.close(), "closing");
        } catch (IOException e) {
            LOG.warn("the HTTP server did not close: {}", e.getMessage());
        }
        workers.close();
    }

    private Router router(Vertx vertx, OpenAPIContract contract) {
        Router router = Router.router(vertx);
        router.get("/livez").handler(ctx -> send(ctx, Reply.ok(Map.of("live", true))));
        router.get("/readyz").handler(ctx -> work(ctx, this::ready));
        router.get("/metrics").handler(ctx -> work(ctx, this::metrics));
        router.get("/openapi.json")
                .handler(ctx -> send(ctx, Reply.ok(contract.getRawContract().getMap())));
        router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        router.route("/*").subRouter(operations(vertx, contract));
        router.errorHandler(404, this::fail);
        router.errorHandler(405, this::fail);
        router.errorHandler(413, this::fail);
        router.errorHandler(400, this::fail);
        router.errorHandler(500, this::fail);
        return router;
    }

    private Router operations(Vertx vertx, OpenAPIContract contract) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
        operation(builder, "listMarkets", _ -> api.markets());
        operation(builder, "readBook", request -> api.book(request.path("market"), request.depth()));
        operation(builder, "placeOrder", request -> api.place(RequestBodies.order(request.body())));
        operation(
                builder,
                "listOrders",
                request -> api.orders(request.query("trader").orElseThrow(), request.query("status"), request.page()));
        operation(builder, "readOrder", request -> api.order(request.hash("order")));
        operation(
                builder,
                "cancelOrder",
                request -> api.cancel(request.hash("order"), request.header("Quoin-Signature")));
        operation(
                builder,
                "listTrades",
                request -> api.trades(request.query("market").orElseThrow(), request.page()));
        operation(builder, "readEscrow", request -> api.escrow(request.hash("escrow")));
        operation(
                builder, "requestWithdrawal", request -> withdrawals.request(RequestBodies.withdrawal(request.body())));
        operation(builder, "readWithdrawal", request -> withdrawals.read(request.hash("withdrawal")));
        operation(builder, "readBalances", request -> api.balances(request.path("account")));
        return builder.createRouter();
    }

    private void operation(RouterBuilder builder, String id, Function<Parameters, Reply> action) {
        Timer timer = Timer.builder("quoin.http.request")
                .description("Time from the checked request to its answer")
                .tag("operation", id)
                .register(parts.operations().metrics());
        Objects.requireNonNull(builder.getRoute(id), id)
                .addHandler(ctx -> {
                    ValidatedRequest request = ctx.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
                    Parameters parameters = new Parameters(Objects.requireNonNull(request, "validated request"));
                    work(ctx, () -> Objects.requireNonNull(timer.record(() -> action.apply(parameters)), "reply"));
                })
                .addFailureHandler(this::fail);
    }

    private interface Work {
        Reply run();
    }

    /** Runs work on a virtual thread and answers on the connection's own. */
    private void work(RoutingContext ctx, Work work) {
        Context loop = ctx.vertx().getOrCreateContext();
        workers.execute(() -> {
            Reply reply = attempt(work, ctx);
            loop.runOnContext(_ -> send(ctx, reply));
        });
    }

    private Reply attempt(Work work, RoutingContext ctx) {
        String requestId = requestId();
        try {
            return work.run();
        } catch (RefusedException e) {
            if (e.refusal().code() == RefusalCode.INTERNAL) {
                LOG.error("request={} failed: {}", requestId, e.refusal().message());
            }
            return refusal(e.refusal(), requestId);
        } catch (RuntimeException e) {
            LOG.error(
                    "request={} {} {} failed",
                    requestId,
                    ctx.request().method(),
                    ctx.request().path(),
                    e);
            return refusal(new Refusal(RefusalCode.INTERNAL, "the node failed; its log has more"), requestId);
        }
    }

    /** Answers what never came to an operation: it does not fit the document, or is no HTTP that anyone could read. */
    private void fail(RoutingContext ctx) {
        String requestId = requestId();
        Refusal refusal = RequestFaults.refusal(ctx.statusCode(), ctx.failure(), BODY_BYTES_MAX);
        if (refusal.code() == RefusalCode.INTERNAL) {
            LOG.error("request={} {} failed", requestId, ctx.request().path(), ctx.failure());
        }
        send(ctx, refusal(refusal, requestId));
    }

    /** A request whose very address cannot be decoded breaks the router; it is answered like any other bad request. */
    private void route(Router router, HttpServerRequest request) {
        try {
            router.handle(request);
        } catch (IllegalArgumentException e) {
            Refusal refusal = RequestFaults.refusal(400, e, BODY_BYTES_MAX);
            request.response()
                    .setStatusCode(400)
                    .putHeader("content-type", "application/json")
                    .end(json(ErrorBody.of(refusal, requestId())))
                    .onFailure(failure -> LOG.debug("the client is gone: {}", failure.getMessage()));
        }
    }

    private Reply ready() {
        var report = parts.readiness().report();
        return new Reply(report.ready() ? 200 : 503, report);
    }

    private Reply metrics() {
        return Reply.ok(parts.operations().metrics().scrape());
    }

    private static Reply refusal(Refusal refusal, String requestId) {
        return new Reply(refusal.code().httpStatus(), ErrorBody.of(refusal, requestId));
    }

    private static void send(RoutingContext ctx, Reply reply) {
        if (ctx.response().ended() || ctx.response().closed()) {
            return;
        }
        boolean text = reply.body() instanceof String;
        ctx.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", text ? "text/plain; version=0.0.4; charset=utf-8" : "application/json")
                .putHeader("cache-control", "no-store")
                .end(text ? Buffer.buffer((String) reply.body()) : json(reply.body()))
                .onFailure(e -> LOG.debug("the client is gone: {}", e.getMessage()));
    }

    private static Buffer json(Object body) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written: " + body.getClass(), e);
        }
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    private static <T> T await(io.vertx.core.Future<T> future, String what) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(what + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(what + " took longer than " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(what + " was interrupted", e);
        }
    }
}
