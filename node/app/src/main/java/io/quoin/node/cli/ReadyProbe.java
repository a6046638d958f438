package io.quoin.node.cli;

import io.quoin.node.demo.trader.Patience;
import io.quoin.node.demo.trader.TraderException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Tells when a node that was just started is ready, or what it waits for. One call. */
final class ReadyProbe {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final URI readyz;
    private String lastAnswer = "";

    ReadyProbe(URI node) {
        this.readyz = node.resolve("/readyz");
    }

    void report(Console console) {
        console.waiting("until the node is ready");
        try (var client = HttpClient.newHttpClient()) {
            Patience.until("the node to be ready", SOON, () -> Optional.of(true).filter(_ -> isReady(client)));
            console.line("Ready. Ctrl-C ends it.");
        } catch (TraderException _) {
            console.line("Not ready yet, and still trying; " + readyz + " says: " + lastAnswer);
        } finally {
            console.arrived();
        }
    }

    private boolean isReady(HttpClient client) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(readyz).timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
            lastAnswer = answer.body();
            return answer.statusCode() == 200;
        } catch (IOException e) {
            lastAnswer = String.valueOf(e.getMessage());
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
