package io.quoin.signer.keys.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.evm.Hex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One attribute of an object in a token.
 *
 * @param type CKA_ constant
 * @param value as the module takes it: numbers in the machine's order, eight bytes
 */
record KeyAttribute(long type, Hex value) {
    static final long CLASS = 0;
    static final long TOKEN = 1;
    static final long PRIVATE = 2;
    static final long LABEL = 3;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long SIGN = 0x108;
    static final long VERIFY = 0x10a;
    static final long DERIVE = 0x10c;
    static final long EXTRACTABLE = 0x162;
    static final long LOCAL = 0x163;
    static final long NEVER_EXTRACTABLE = 0x164;
    static final long ALWAYS_SENSITIVE = 0x165;
    static final long MODIFIABLE = 0x170;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    static final long PUBLIC_KEY = 2;
    static final long PRIVATE_KEY = 3;
    static final long EC = 3;

    static KeyAttribute flag(long type, boolean value) {
        return new KeyAttribute(type, Hex.of(new byte[] {(byte) (value ? 1 : 0)}));
    }

    static KeyAttribute number(long type, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
        return new KeyAttribute(type, Hex.of(bytes));
    }

    static KeyAttribute text(long type, String value) {
        return bytes(type, value.getBytes(UTF_8));
    }

    static KeyAttribute bytes(long type, byte[] value) {
        return new KeyAttribute(type, Hex.of(value));
    }
}
