package io.quoin.signer.keys.pkcs11;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A module's answer that is not CKR_OK. */
final class CryptokiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final long PIN_INCORRECT = 0xa0;
    static final long SESSION_CLOSED = 0xb0;
    static final long SESSION_HANDLE_INVALID = 0xb3;
    static final long USER_ALREADY_LOGGED_IN = 0x100;
    static final long ALREADY_INITIALISED = 0x191;

    /** Answers about the PIN: the same PIN gets the same answer, and may get the token locked. */
    private static final Set<Long> ABOUT_PIN = Set.of(PIN_INCORRECT, 0xa1L, 0xa2L, 0xa3L, 0xa4L, 0x102L);

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0x3L, "CKR_SLOT_ID_INVALID"),
            Map.entry(0x5L, "CKR_GENERAL_ERROR"),
            Map.entry(0x6L, "CKR_FUNCTION_FAILED"),
            Map.entry(0x30L, "CKR_DEVICE_ERROR"),
            Map.entry(0x32L, "CKR_DEVICE_REMOVED"),
            Map.entry(0x60L, "CKR_KEY_HANDLE_INVALID"),
            Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
            Map.entry(0xa0L, "CKR_PIN_INCORRECT"),
            Map.entry(0xa1L, "CKR_PIN_INVALID"),
            Map.entry(0xa2L, "CKR_PIN_LEN_RANGE"),
            Map.entry(0xa3L, "CKR_PIN_EXPIRED"),
            Map.entry(0xa4L, "CKR_PIN_LOCKED"),
            Map.entry(0xb0L, "CKR_SESSION_CLOSED"),
            Map.entry(0xb1L, "CKR_SESSION_COUNT"),
            Map.entry(0xb3L, "CKR_SESSION_HANDLE_INVALID"),
            Map.entry(0xe0L, "CKR_TOKEN_NOT_PRESENT"),
            Map.entry(0xe1L, "CKR_TOKEN_NOT_RECOGNIZED"),
            Map.entry(0x100L, "CKR_USER_ALREADY_LOGGED_IN"),
            Map.entry(0x101L, "CKR_USER_NOT_LOGGED_IN"),
            Map.entry(0x102L, "CKR_USER_PIN_NOT_INITIALIZED"),
            Map.entry(0x190L, "CKR_CRYPTOKI_NOT_INITIALIZED"),
            Map.entry(0x191L, "CKR_CRYPTOKI_ALREADY_INITIALIZED"));

    private final long answer;

    CryptokiException(String call, long answer) {
        super(call + " answered " + NAMES.getOrDefault(answer, "an error")
                + String.format(Locale.ROOT, " (0x%x)", answer));
        this.answer = answer;
    }

    long answer() {
        return answer;
    }

    /** Whether the session had ended before the call. */
    boolean isSessionGone() {
        return answer == SESSION_HANDLE_INVALID || answer == SESSION_CLOSED;
    }

    boolean isAboutPin() {
        return ABOUT_PIN.contains(answer);
    }
}
