package io.quoin.node.machine;

/**
 * One finding of the doctor.
 *
 * @param name what was looked for
 * @param status how it stands
 * @param found what was found, in a few words
 * @param advice the command or step that helps, empty if none is needed
 */
public record Check(String name, Status status, String found, String advice) {
    /** How a checked thing stands. */
    public enum Status {
        /** Present and usable. */
        OK,
        /** Not as it could be, but Quoin runs. */
        NOTE,
        /** Quoin does not run without it. */
        MISSING
    }

    static Check ok(String name, String found) {
        return new Check(name, Status.OK, found, "");
    }

    static Check note(String name, String found, String advice) {
        return new Check(name, Status.NOTE, found, advice);
    }

    static Check missing(String name, String found, String advice) {
        return new Check(name, Status.MISSING, found, advice);
    }
}
