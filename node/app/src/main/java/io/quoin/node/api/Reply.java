package io.quoin.node.api;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param body written as JSON by its components
 */
record Reply(int status, Object body) {
    static Reply ok(Object body) {
        return new Reply(200, body);
    }
}
