package io.quoin.node.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final List<String> PROC_NET_TCP = List.of(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0",
            "   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 20 4",
            "   2: 0100007F:2161 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100 0");

    @Test
    void listeningInodes_whenOthersAreOnlyConnected_findsTheListener() {
        assertThat(Ports.listeningInodes(PROC_NET_TCP, 8080)).containsExactly("4711");
        assertThat(Ports.listeningInodes(PROC_NET_TCP, 8545)).containsExactly("4713");
        assertThat(Ports.listeningInodes(PROC_NET_TCP, 80)).isEmpty();
    }

    @Test
    void isFree_whenSomebodyListens_isFalse() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }

    @Test
    void holder_whenItIsThisProcess_namesIt() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/net")), "only Linux tells by /proc");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.holder(socket.getLocalPort()))
                    .hasValueSatisfying(holder -> assertThat(holder)
                            .startsWith("process " + ProcessHandle.current().pid()));
        }
    }
}
