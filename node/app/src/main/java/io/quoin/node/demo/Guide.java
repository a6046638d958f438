package io.quoin.node.demo;

import io.quoin.node.demo.DemoStack.Up;
import io.quoin.node.demo.trader.Trader;
import io.quoin.testnet.Deployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people are told when the demonstration stays up. Stateless. */
final class Guide {
    private Guide() {}

    static List<String> lines(Up up, List<Trader> traders, String escrow, Path spareOrder) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Everything keeps running until Ctrl-C:");
        lines.add("  API       " + up.node());
        lines.add("  chain     " + up.rpc() + "  (chain id " + up.deployment().chainId() + ")");
        lines.add("  database  " + up.database() + ", schema " + DemoStack.SCHEMA);
        lines.add("  vault     " + up.deployment().vault());
        for (Deployment.Token token : up.deployment().tokens()) {
            lines.add(String.format("  %-8s  %s", token.symbol(), token.address()));
        }
        lines.add("Keys, made for this run and worth nothing elsewhere:");
        for (Trader trader : traders) {
            lines.add(String.format(
                    "  %-8s  %s  private key %s", trader.name(), trader.address(), trader.privateKeyOfTestChain()));
        }
        lines.addAll(toTry(up, escrow, spareOrder));
        return List.copyOf(lines);
    }

    private static List<String> toTry(Up up, String escrow, Path spareOrder) {
        String post = "curl -sw '\\n' -X POST -H 'Content-Type: application/json' --data ";
        return List.of(
                "",
                "Three things to try:",
                "  1. Read what a settled fill went through, with every transaction:",
                "       curl -sw '\\n' " + up.node() + "/v1/escrows/" + escrow,
                "  2. Place an order that Alice has signed already, and find it in the book:",
                "       " + post + "@'" + spareOrder + "' " + up.node() + "/v1/orders",
                "       curl -sw '\\n' " + up.node() + "/v1/book/" + TradingPlan.MARKET,
                "  3. Change its price after she signed it, and be refused:",
                "       sed 's/\"2600\"/\"1\"/' '" + spareOrder + "' | " + post + "@- " + up.node() + "/v1/orders",
                "");
    }
}
